"""What a server and its query workers say to each other, as frames of bytes.

    server -> worker   QUERY, SCAN, or DRAW
    worker -> server   READY once; then, for each query, HEAD, DATA … and END, for each
                       text to scan SCANNED, and for each table to draw DRAWN; or
                       FAILURE at any of these places

A frame is its kind, the length of its body and the body. Bodies are JSON, or the bytes
of the answer: nothing that a worker sends is ever run, since a worker reads what
strangers wrote. Frames that are ready at the same time are sent by one call.

No frame says that a query was taken up: that the system tells by itself. Reading from a
worker that ended is a reset of the connection if its query was still unread, and the
end of a file if it had been read.
"""

import struct
from collections.abc import Collection
from dataclasses import fields
from enum import IntEnum
from typing import NamedTuple

import orjson

from ssc_kg import errors
from ssc_kg.errors import KnowledgeGraphError, StoreError
from ssc_kg.sparql.scan import Form, Scan
from ssc_kg.store.evaluation import Dataset
from ssc_kg.store.request import End, Head, Options, Request, Window

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
# A look-up by number takes a fifth of what the call of an enumeration takes.
_KINDS = tuple(FrameKind)


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
    return orjson.dumps(request)


def read_request(body: bytes) -> Request:
    """Return the request in a body."""
    members = orjson.loads(body)
    scan, dataset, options = members["scan"], members["dataset"], members["options"]
    window = options.pop("window")
    return Request(
        version=members["version"],
        scan=Scan(**{**scan, "form": Form(scan["form"])}),
        format_name=members["format_name"],
        dataset=None if dataset is None else Dataset(**dataset),
        options=Options(**options, window=None if window is None else Window(**window)),
    )


def write_text(text: str, services: Collection[str]) -> bytes:
    """Return the body that carries a text to scan, and which endpoints it may call."""
    return orjson.dumps([text, *services])


def read_text(body: bytes) -> tuple[str, Collection[str]]:
    """Return the text in a body, and which endpoints it may call."""
    text, *services = orjson.loads(body)
    return text, services


def write_scan(scan: Scan) -> bytes:
    """Return the body that carries what a text shows, without the text."""
    shown = {field.name: getattr(scan, field.name) for field in fields(scan)}
    return orjson.dumps({**shown, "text": None, "prologue": len(scan.prologue)})


def read_scan(body: bytes, text: str) -> Scan:
    """Return what the body says that the text shows."""
    members = orjson.loads(body)
    for name, value in members.items():
        if isinstance(value, list):
            members[name] = tuple(value)
    members |= {"text": text, "prologue": text[: members["prologue"]]}
    return Scan(**{**members, "form": Form(members["form"])})


def write_facts(facts: Head | End) -> bytes:
    """Return the body that carries what is known of an answer."""
    return orjson.dumps(facts)


def read_head(body: bytes) -> Head:
    """Return what is known of an answer before its first byte."""
    members = orjson.loads(body)
    form, end = Form(members.pop("form")), members.pop("end")
    return Head(form=form, end=None if end is None else End(**end), **members)


def read_end(body: bytes) -> End:
    """Return how an answer ended."""
    return End(**orjson.loads(body))


def write_failure(error: KnowledgeGraphError) -> bytes:
    """Return the body that carries an error with all of its facts."""
    return orjson.dumps([type(error).__name__, error.args, vars(error)])


def read_failure(body: bytes) -> KnowledgeGraphError:
    """Return the error in a body."""
    name, arguments, facts = orjson.loads(body)
    kind = vars(errors).get(name)
    if not (isinstance(kind, type) and issubclass(kind, KnowledgeGraphError)):
        return StoreError(f"a query worker failed in an unknown way: {name}")
    error = kind.__new__(kind, *arguments)
    vars(error).update(facts)
    return error
