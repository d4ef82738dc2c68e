"""Requests whose headers are too large: 431 (RFC 6585, section 5), with the reason."""

from http import HTTPStatus

from starlette.types import ASGIApp, Receive, Scope, Send

from ssc_kg.http.problems import Problem, respond

MAXIMUM_BYTES = 32 * 1024
"""The most bytes of all names and values of headers."""


class Oversized:
    """ASGI middleware that refuses what nobody sends who means well."""

    def __init__(self, app: ASGIApp, *, maximum: int = MAXIMUM_BYTES) -> None:
        self._app = app
        self._maximum = maximum

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "http" and (reply := self._refuse(scope)) is not None:
            await respond(reply)(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _refuse(self, scope: Scope) -> Problem | None:
        size = sum(len(name) + len(value) for name, value in scope["headers"])
        if size <= self._maximum:
            return None
        status = HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
        detail = f"the headers have {size} bytes; the most are {self._maximum}"
        return Problem(status, status.phrase, detail)
