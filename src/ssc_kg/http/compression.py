"""Gzip for replies, with tags that stay strong.

Starlette's middleware compresses well but keeps the tag, so that two different byte
strings share one strong tag (RFC 9110, section 8.8.3.3, forbids it), and it compresses
for clients that refuse gzip with `gzip;q=0`. Around it, this gives the compressed form
a tag of its own and takes that away again from the tags that a client sends back; the
faces inside never see it.
"""

import re
from http import HTTPStatus

from starlette.datastructures import MutableHeaders
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MINIMUM_BYTES = 500
"""The least bytes of a reply that is compressed."""
_MARK = '-gzip"'
_REFUSAL = re.compile(r"\bgzip\s*;\s*q\s*=\s*0(?:\.0*)?\s*(?:,|$)", re.IGNORECASE)


class Compression:
    """ASGI middleware that sends gzip to clients that accept it."""

    def __init__(self, app: ASGIApp, *, minimum_bytes: int = MINIMUM_BYTES) -> None:
        # On Turtle, level 6 is within 2 % of level 9's size in half of its time.
        self._compressing = GZipMiddleware(
            app, minimum_size=minimum_bytes, compresslevel=6
        )
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if _is_plain(scope):
            await self._app(scope, receive, _varying(send))
            return
        inner = {**scope, "headers": list(scope["headers"])}
        headers = MutableHeaders(scope=inner)
        if _REFUSAL.search(headers.get("accept-encoding", "")):
            del headers["accept-encoding"]
        has_compressed = _unmark(headers)

        async def send_marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                reply = MutableHeaders(scope=message)
                if message["status"] == HTTPStatus.NOT_MODIFIED:
                    reply.add_vary_header("Accept-Encoding")
                    _mark(reply, when=has_compressed)
                else:
                    _mark(reply, when=reply.get("content-encoding") == "gzip")
            await send(message)

        await self._compressing(inner, receive, send_marked)


def _is_plain(scope: Scope) -> bool:
    """Whether the client takes no gzip, and names no reply that may have been one."""
    return not any(
        name == b"if-none-match" or (name == b"accept-encoding" and b"gzip" in value)
        for name, value in scope["headers"]
    )


def _varying(send: Send) -> Send:
    """Send what others may get compressed."""

    async def send_varying(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).add_vary_header("Accept-Encoding")
        await send(message)

    return send_varying


def _unmark(headers: MutableHeaders) -> bool:
    """Give the request the tags that the faces know; whether any was marked."""
    known = headers.get("if-none-match", "")
    if _MARK in known:
        headers["if-none-match"] = known.replace(_MARK, '"')
    return _MARK in known


def _mark(headers: MutableHeaders, *, when: bool) -> None:
    tag = headers.get("etag", "")
    if when and tag.startswith('"'):
        headers["etag"] = tag.removesuffix('"') + _MARK
