"""Requests as clients send them: read to the end, read slowly, or left."""

import asyncio
import random
import socket
import ssl
import struct
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import cache
from urllib.parse import urlsplit

import httpx
import orjson

TIMED_OUT = "503 query-timed-out"
"""The label of an answer that says that the query ran to its time limit."""
_KEEP_SECONDS = 2.0
"""Less than the server keeps a connection, so that none ends as it is used."""
_END = 200
"""In how many bytes at the end of an answer it says that it was cut."""
_RESET = struct.pack("ii", 1, 0)


@dataclass(frozen=True, slots=True)
class Sent:
    """A request."""

    path: str
    method: str = "GET"
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int = 0
    """0 if there was none."""
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    failure: str = ""
    """What ended it before its end."""

    @property
    def label(self) -> str:
        """Its status, and the kind of problem or the code of the error, in words."""
        if self.failure:
            return f"{self.status} broken off" if self.status else self.failure
        return f"{self.status} {_reason(self)}".strip()

    @property
    def is_busy(self) -> bool:
        """Whether it says that the queue is full, and when to come again."""
        return self.label == "503 busy" and "retry-after" in self.headers


def _reason(answer: Answer) -> str:
    if answer.status == httpx.codes.OK:
        return "cut" if b"truncated" in answer.body[-_END:] else ""
    try:
        document = orjson.loads(answer.body)
    except orjson.JSONDecodeError:
        return ""
    if "errors" in document:
        return str(document["errors"][0]["extensions"]["code"])
    return str(document.get("type", "")).rpartition("/")[2].replace("about:blank", "")


@asynccontextmanager
async def connected(
    address: str, *, seconds: float
) -> AsyncIterator[httpx.AsyncClient]:
    """Give a client of one socket, patient for some seconds.

    A client of many looks at all of them for each request.
    """
    limits = httpx.Limits(max_connections=1, keepalive_expiry=_KEEP_SECONDS)
    async with httpx.AsyncClient(
        base_url=address,
        limits=limits,
        timeout=httpx.Timeout(seconds),
        verify=_certificates(),
    ) as client:
        yield client


@cache
def _certificates() -> ssl.SSLContext:
    """Return what no client here uses, but each would read anew."""
    return ssl.create_default_context()


async def send(client: httpx.AsyncClient, sent: Sent) -> Answer:
    """Return what comes back, whatever it is."""
    status, headers, body = 0, dict[str, str](), bytearray()
    try:
        async with client.stream(
            sent.method, sent.path, headers=sent.headers, content=sent.body
        ) as response:
            status, headers = response.status_code, dict(response.headers)
            async for piece in response.aiter_bytes():
                body += piece
    except httpx.TransportError as error:
        return Answer(status, headers, bytes(body), type(error).__name__)
    return Answer(status, headers, bytes(body))


async def read_slowly(address: str, sent: Sent, *, seconds: float) -> str:
    """Read a few bytes at a time, and go away after some seconds.

    Returns how it ended: "left", "broken off" by the server, or "whole" if the last
    piece of the answer came, which is more than so slow a reader can have.
    """
    reader, writer = await _open(address, sent, buffer=4096)
    tail = b""
    try:
        async with asyncio.timeout(seconds):
            while piece := await reader.read(512):
                tail = (tail + piece)[-5:]
                await asyncio.sleep(0.02)
    except TimeoutError:
        return "left"
    except ConnectionError:
        return "broken off"
    finally:
        _reset(writer)
    return "whole" if tail == b"0\r\n\r\n" else "broken off"


async def leave(address: str, sent: Sent, *, after: float, share: float) -> str:
    """Send a share of a request, wait, and drop the connection; return "left"."""
    message = _message(address, sent)
    reader, writer = await _open(address, sent, only=int(share * len(message)))
    try:
        async with asyncio.timeout(after):
            while await reader.read(4096):
                pass
    except (TimeoutError, ConnectionError):
        pass
    finally:
        _reset(writer)
    return "left"


async def _open(
    address: str, sent: Sent, *, buffer: int = 65_536, only: int | None = None
) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    parts = urlsplit(address)
    assert parts.hostname is not None
    connection = socket.socket()
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
    connection.setblocking(False)  # noqa: FBT003  (the library's own signature)
    loop = asyncio.get_running_loop()
    await loop.sock_connect(connection, (parts.hostname, parts.port))
    reader, writer = await asyncio.open_connection(sock=connection, limit=buffer)
    writer.write(_message(address, sent)[:only])
    await writer.drain()
    return reader, writer


def _message(address: str, sent: Sent) -> bytes:
    headers = {
        "Host": urlsplit(address).netloc,
        "Content-Length": str(len(sent.body)),
        **sent.headers,
    }
    lines = [f"{sent.method} {sent.path} HTTP/1.1"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode() + sent.body


def _reset(writer: asyncio.StreamWriter) -> None:
    """Drop a connection without a farewell, as a machine does that is switched off."""
    connection = writer.get_extra_info("socket")
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
    writer.transport.abort()


def dice(seed: int) -> random.Random:
    """Return numbers by chance that are the same each time."""
    return random.Random(seed)  # noqa: S311  (nothing is to be kept secret)
