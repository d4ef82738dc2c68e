"""What a server and its query workers say to each other, as frames of bytes.

    server -> worker   Request
    worker -> server   READY once; then, for each request, DATA … and END or FAILURE

A frame is its kind, the length of its body and the body. Bodies are JSON, or the bytes
of the answer: nothing that a worker sends is ever run, since a worker reads what
strangers wrote.
"""

import struct
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import NamedTuple

import orjson

from ssc_kg import errors
from ssc_kg.errors import KnowledgeGraphError, StoreError
from ssc_kg.sparql.scan import Form, Scan
from ssc_kg.store.evaluation import Dataset

_HEADER = struct.Struct("<BI")
HEADER_SIZE = _HEADER.size
"""How many bytes come before the body."""


class FrameKind(IntEnum):
    """What a body is."""

    REQUEST = 0
    READY = 1
    DATA = 2
    END = 3
    FAILURE = 4


class Header(NamedTuple):
    """The beginning of a frame."""

    kind: FrameKind
    size: int


@dataclass(frozen=True, slots=True)
class Request:
    """One query to be answered."""

    version: Path
    """The directory of the version it is about."""
    scan: Scan
    format_name: str
    dataset: Dataset | None = None


def pack(kind: FrameKind, body: bytes = b"") -> bytes:
    """Return a frame.

    >>> unpack(pack(FrameKind.DATA, b"a,b")[:HEADER_SIZE])
    Header(kind=<FrameKind.DATA: 2>, size=3)
    """
    return _HEADER.pack(kind, len(body)) + body


def unpack(header: bytes) -> Header:
    """Return what the first bytes of a frame say."""
    kind, size = _HEADER.unpack(header)
    return Header(FrameKind(kind), size)


def write_request(request: Request) -> bytes:
    """Return the body that carries a request."""
    return orjson.dumps(request, default=str)


def read_request(body: bytes) -> Request:
    """Return the request in a body."""
    members = orjson.loads(body)
    dataset = members["dataset"]
    return Request(
        version=Path(members["version"]),
        scan=Scan(**{**members["scan"], "form": Form(members["scan"]["form"])}),
        format_name=members["format_name"],
        dataset=None if dataset is None else Dataset(**dataset),
    )


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
