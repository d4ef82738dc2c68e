"""What a server and its query workers say to each other, as frames of bytes.

    server -> worker   QUERY, SCAN, or DRAW
    worker -> server   READY once; then, for each query, HEAD, DATA … and END, for each
                       text to scan SCANNED, and for each table to draw DRAWN; or
                       FAILURE at any of these places

A frame is its kind, the length of its body and the body. Bodies are JSON, or the bytes
of the answer; that of an END is empty if the HEAD said how the answer ends. Nothing
that a worker sends is ever run, since a worker reads what strangers wrote. Frames that
are ready at the same time are sent by one call.

No frame says that a query was taken up: that the system tells by itself. Reading from a
worker that ended is a reset of the connection if its query was still unread, and the
end of a file if it had been read.
"""

import struct
from collections.abc import Collection
from dataclasses import replace
from enum import IntEnum
from typing import NamedTuple

import msgspec

from ssc_kg import errors
from ssc_kg.errors import KnowledgeGraphError, StoreError
from ssc_kg.sparql.scan import Scan
from ssc_kg.store.request import End, Head, Request

_PREFIX = struct.Struct("<BI")
PREFIX_SIZE = _PREFIX.size
"""How many bytes come before the body."""


class FrameKind(IntEnum):
    """What a body is."""

    QUERY = 0
    READY = 1
    HEAD = 2
    DATA = 3
    END = 4
    FAILURE = 5
    SCAN = 6
    SCANNED = 7
    DRAW = 8
    DRAWN = 9

    @property
    def is_last(self) -> bool:
        """Whether the worker is idle after it."""
        return self in _LAST


_LAST = (FrameKind.END, FrameKind.FAILURE, FrameKind.SCANNED, FrameKind.DRAWN)
# A look-up takes a fifth of what the call of an enumeration takes.
_KINDS = tuple(FrameKind)
_ENCODER = msgspec.json.Encoder()
_REQUESTS = msgspec.json.Decoder(Request)
_TEXTS = msgspec.json.Decoder(list[str])
_SCANS = msgspec.json.Decoder(tuple[int, Scan])
_HEADS = msgspec.json.Decoder(Head)
_ENDS = msgspec.json.Decoder(End)


class Frame(NamedTuple):
    """A message, whole."""

    kind: FrameKind
    body: bytes


class Frames:
    """Bytes as they are received, to frames."""

    def __init__(self) -> None:
        self._received = b""

    def read(self, chunk: bytes) -> list[Frame]:
        """Return the frames that end in these bytes.

        >>> frames = Frames()
        >>> frames.read(pack(FrameKind.DATA, b"a,b")[:-1])
        []
        >>> frames.read(b"b")
        [Frame(kind=<FrameKind.DATA: 3>, body=b'a,b')]
        """
        received = self._received + chunk if self._received else chunk
        found, start = [], 0
        while len(received) >= start + PREFIX_SIZE:
            kind, size = _PREFIX.unpack_from(received, start)
            end = start + PREFIX_SIZE + size
            if len(received) < end:
                break
            found.append(Frame(_KINDS[kind], received[start + PREFIX_SIZE : end]))
            start = end
        self._received = received[start:]
        return found


def pack(kind: FrameKind, body: bytes = b"") -> bytes:
    """Return the bytes of a frame.

    >>> pack(FrameKind.DATA, b"a,b")[PREFIX_SIZE:]
    b'a,b'
    """
    return _PREFIX.pack(kind, len(body)) + body


def write_request(request: Request) -> bytes:
    """Return the body that carries a request."""
    return _ENCODER.encode(request)


def read_request(body: bytes) -> Request:
    """Return the request in a body."""
    return _REQUESTS.decode(body)


def write_text(text: str, services: Collection[str]) -> bytes:
    """Return the body that carries a text to scan, and which endpoints it may call."""
    return _ENCODER.encode([text, *services])


def read_text(body: bytes) -> tuple[str, Collection[str]]:
    """Return the text in a body, and which endpoints it may call."""
    text, *services = _TEXTS.decode(body)
    return text, services


def write_scan(scan: Scan) -> bytes:
    """Return the body that carries what a text shows, without the text."""
    return _ENCODER.encode([len(scan.prologue), replace(scan, text="", prologue="")])


def read_scan(body: bytes, text: str) -> Scan:
    """Return what the body says that the text shows."""
    length, scan = _SCANS.decode(body)
    return replace(scan, text=text, prologue=text[:length])


def write_facts(facts: Head | End) -> bytes:
    """Return the body that carries what is known of an answer."""
    return _ENCODER.encode(facts)


def read_head(body: bytes) -> Head:
    """Return what is known of an answer before its first byte."""
    return _HEADS.decode(body)


def read_end(body: bytes) -> End:
    """Return how an answer ended."""
    return _ENDS.decode(body)


def write_failure(error: KnowledgeGraphError) -> bytes:
    """Return the body that carries an error with all of its facts."""
    return _ENCODER.encode([type(error).__name__, error.args, vars(error)])


def read_failure(body: bytes) -> KnowledgeGraphError:
    """Return the error in a body."""
    name, arguments, facts = msgspec.json.decode(body)
    kind = vars(errors).get(name)
    if not (isinstance(kind, type) and issubclass(kind, KnowledgeGraphError)):
        return StoreError(f"a query worker failed in an unknown way: {name}")
    error = kind.__new__(kind, *arguments)
    vars(error).update(facts)
    return error
