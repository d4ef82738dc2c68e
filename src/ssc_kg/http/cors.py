"""Cross-origin reads (CORS): any page on the web may read what is published here.

Starlette's middleware answers only requests that name an origin. A shared cache that
stored such an answer to somebody else would then keep it from scripts; here every reply
says the same to all.
"""

from http import HTTPStatus

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_EXPOSED = (
    "Accept-Post",
    "Accept-Query",
    "Accept-Ranges",
    "Allow",
    "Content-Disposition",
    "Content-Location",
    "Content-Range",
    "ETag",
    "GraphQL-Errors",
    "Last-Modified",
    "Link",
    "Location",
    "Memento-Datetime",
    "Preference-Applied",
    "Repr-Digest",
    "Retry-After",
    "SPARQL-Hint",
    "SPARQL-Limits",
)
"""What scripts of other origins may read beside the safelisted headers."""
_OPEN = (
    (b"access-control-allow-origin", b"*"),
    (b"access-control-expose-headers", ", ".join(_EXPOSED).encode()),
)


class CrossOrigin:
    """ASGI middleware that opens every reply, and answers preflight requests.

    It goes around the whole Starlette app: a middleware inside would miss the replies
    to unexpected errors, which Starlette writes outside all of its middleware.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_open(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *_OPEN]
            await send(message)

        if scope["method"] == "OPTIONS":
            headers = Headers(scope=scope)
            wanted = headers.get("access-control-request-method")
            if wanted is not None:
                await _allow(wanted, headers)(scope, receive, send_open)
                return
        await self._app(scope, receive, send_open)


def _allow(method: str, headers: Headers) -> Response:
    # There are no cookies to protect: what a script asks for is decided by the request
    # itself, where a route may still refuse the method.
    return Response(
        status_code=HTTPStatus.NO_CONTENT,
        headers={
            "Access-Control-Allow-Methods": method,
            "Access-Control-Allow-Headers": headers.get(
                "access-control-request-headers", "*"
            ),
            "Access-Control-Max-Age": "86400",
            "Vary": "Access-Control-Request-Method, Access-Control-Request-Headers",
        },
    )
