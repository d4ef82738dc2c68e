"""Asks an application in this process what it would answer over HTTP (ASGI 3.0)."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

import anyio
from starlette.types import ASGIApp, Message, Scope

from ssc_kg.errors import KnowledgeGraphError


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered."""

    status: int
    headers: Mapping[str, str]
    """By their names in small letters."""
    body: bytes

    @property
    def media_type(self) -> str:
        """That of the body, without parameters."""
        return self.headers.get("content-type", "").partition(";")[0]


@dataclass(frozen=True, slots=True)
class Asking:
    """A running application and the origin that it is asked as."""

    app: ASGIApp
    origin: str
    """Its scheme and host, as `https://example.org`."""

    async def get(self, target: str, *, accept: str = "*/*") -> Answer:
        """Return the answer to a GET of a path, which may have a query."""
        path, _, query = target.partition("?")
        scheme, host, *_ = urlsplit(self.origin)
        scope: Scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": "GET",
            "scheme": scheme,
            "server": (host, None),
            "path": unquote(path),
            "raw_path": path.encode("ascii"),
            "query_string": query.encode("ascii"),
            "root_path": "",
            "headers": [(b"host", host.encode()), (b"accept", accept.encode())],
        }
        sent: list[Message] = []
        request = iter([{"type": "http.request", "body": b"", "more_body": False}])

        async def receive() -> Message:
            for message in request:
                return message
            # The client stays for the whole answer.
            await anyio.sleep_forever()
            return {"type": "http.disconnect"}

        async def send(message: Message) -> None:
            sent.append(message)

        await self.app(scope, receive, send)
        return _read(sent)


@asynccontextmanager
async def running(app: ASGIApp, origin: str) -> AsyncIterator[Asking]:
    """Start an application, and end it after the block (ASGI's lifespan protocol)."""
    has_started, is_to_end = anyio.Event(), anyio.Event()
    events = iter(("lifespan.startup", "lifespan.shutdown"))

    async def receive() -> Message:
        event = next(events)
        if event == "lifespan.shutdown":
            await is_to_end.wait()
        return {"type": event}

    async def send(message: Message) -> None:
        if message["type"] == "lifespan.startup.complete":
            has_started.set()

    async with anyio.create_task_group() as tasks:
        scope: Scope = {"type": "lifespan", "asgi": {"version": "3.0"}}

        async def live() -> None:
            await app(scope, receive, send)

        tasks.start_soon(live)
        await has_started.wait()
        failure: KnowledgeGraphError | None = None
        try:
            yield Asking(app, origin)
        except KnowledgeGraphError as error:
            # It would leave the group as a part of another.
            failure = error
        finally:
            is_to_end.set()
    if failure is not None:
        raise failure


def _read(sent: list[Message]) -> Answer:
    start, *pieces = sent
    headers: dict[str, str] = {}
    for raw_name, raw_value in start["headers"]:
        name, value = raw_name.decode("latin-1").lower(), raw_value.decode("latin-1")
        headers[name] = f"{headers[name]}, {value}" if name in headers else value
    body = b"".join(piece.get("body", b"") for piece in pieces)
    return Answer(start["status"], headers, body)
