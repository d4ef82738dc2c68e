"""A real server on a free port, in a thread of the test's own process."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp

_SECONDS = 10


@contextmanager
def serving(app: ASGIApp) -> Iterator[str]:
    """Serve `app` on loopback; give the address, which ends without a slash."""
    server = uvicorn.Server(uvicorn.Config(app, port=0, ws="none", log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{_port(server)}"
    finally:
        server.should_exit = True
        thread.join(_SECONDS)


def _port(server: uvicorn.Server) -> int:
    deadline = time.monotonic() + _SECONDS
    while not server.started:
        assert time.monotonic() < deadline, "the server did not start"
        time.sleep(0.01)
    port: int = server.servers[0].sockets[0].getsockname()[1]
    return port
