"""Style sheets and browser bundles, at addresses that never change their content.

The address of each file has a digest of all of them in it, so a browser may keep what
it got for ever and asks for the new files after an upgrade. The bundles in `built/` are
made when the package is built, and may be missing. Compression is the app's business.
"""

from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path

from starlette.datastructures import MutableHeaders
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

DIRECTORY = Path(__file__).parent / "static"

_FOR_EVER = "public, max-age=31536000, immutable"
_DIGEST_LENGTH = 12


def static_routes() -> list[Mount]:
    """Return the routes that answer at every `address`."""
    files = StaticFiles(directory=DIRECTORY)
    return [Mount(f"/static/{_digest()}", _kept_for_ever(files))]


def address(name: str, *, root: str = "/") -> str:
    """Return the address of a file, given its path inside the static directory."""
    return f"{root}static/{_digest()}/{name}"


def is_built(name: str) -> bool:
    """Tell whether the bundle `name` was built into this installation."""
    return (DIRECTORY / "built" / f"{name}.js").is_file()


@cache
def _digest() -> str:
    total = sha256()
    for path in _files():
        total.update(path.relative_to(DIRECTORY).as_posix().encode())
        total.update(sha256(path.read_bytes()).digest())
    return total.hexdigest()[:_DIGEST_LENGTH]


def _files() -> Iterator[Path]:
    return (path for path in sorted(DIRECTORY.rglob("*")) if path.is_file())


def _kept_for_ever(app: ASGIApp) -> ASGIApp:
    async def respond(scope: Scope, receive: Receive, send: Send) -> None:
        async def send_kept(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)["Cache-Control"] = _FOR_EVER
            await send(message)

        await app(scope, receive, send_kept)

    return respond
