"""A process that answers queries of strangers, one at a time, and may die of one.

`ssc_kg.store.workers` starts and stops it and speaks with it over its standard input, a
socket in both directions. It reads the directories of versions, never writes, and has
given up the rest (`ssc_kg.store.sandbox`). It knows no format: whoever makes it a
program says how answers are written.
"""

import io
import os
import socket
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, BinaryIO, TypeAlias

import orjson
from pyoxigraph import QueryResultsFormat, QueryTriples, Store, Triple

from ssc_kg.errors import KnowledgeGraphError, QueryTooLargeError
from ssc_kg.store import sandbox
from ssc_kg.store.evaluation import Results, evaluate, explaining
from ssc_kg.store.wire import (
    HEADER_SIZE,
    FrameKind,
    Request,
    pack,
    read_request,
    unpack,
    write_failure,
)

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

GraphWriter: TypeAlias = Callable[[Iterable[Triple]], Iterable[bytes]]

_CHUNK = 64 * 1024
_STANDARD_INPUT, _STANDARD_ERROR = 0, 2


@dataclass(frozen=True, slots=True)
class Writers:
    """How answers are written, by the name of the format."""

    tables: Mapping[str, QueryResultsFormat]
    graphs: Mapping[str, GraphWriter]


def run(writers: Writers) -> None:
    """Answer requests until the server hangs up.

    The arguments of the program are the server's process, the bytes of memory that a
    query may take, and the bytes that an answer may have.
    """
    parent, memory, output = map(int, sys.argv[1:])
    failures = sandbox.enter(parent=parent)
    with socket.socket(fileno=_STANDARD_INPUT) as server:
        server.sendall(pack(FrameKind.READY, orjson.dumps(failures)))
        # What the engine prints when a query ends it is no news to an operator.
        os.dup2(os.open(os.devnull, os.O_WRONLY), _STANDARD_ERROR)
        worker = _Worker(server, writers, memory=memory, output=output)
        for request in _requests(server.makefile("rb")):
            worker.answer(request)


def _requests(stream: BinaryIO) -> Iterator[Request]:
    while header := stream.read(HEADER_SIZE):
        yield read_request(stream.read(unpack(header).size))


class _Worker:
    """Keeps the version of the last request open."""

    def __init__(
        self, server: socket.socket, writers: Writers, *, memory: int, output: int
    ) -> None:
        self._server = server
        self._writers = writers
        self._memory = memory
        self._output = output
        self._version: Path | None = None
        self._store = Store()

    def answer(self, request: Request) -> None:
        """Send what a request asks for, or why it gets nothing."""
        try:
            with explaining(request.scan.text):
                self._open(request.version)
                self._write(request)
        except KnowledgeGraphError as error:
            self._server.sendall(pack(FrameKind.FAILURE, write_failure(error)))
        else:
            self._server.sendall(pack(FrameKind.END))

    def _open(self, version: Path) -> None:
        if version == self._version:
            return
        # The engine's threads and tables are no part of what a query takes.
        sandbox.limit_memory(None)
        self._store = Store.read_only(str(version))
        self._version = version
        sandbox.limit_memory(self._memory)

    def _write(self, request: Request) -> None:
        frames = _Frames(self._server, self._output)
        output = io.BufferedWriter(frames, _CHUNK)
        try:
            results = evaluate(self._store, request.scan, request.dataset)
            self._serialize(results, request.format_name, output)
            output.flush()
        finally:
            # What a failure leaves in the buffer must not follow it out.
            frames.is_over = True

    def _serialize(self, results: Results, format_name: str, output: IO[bytes]) -> None:
        if isinstance(results, QueryTriples):
            output.writelines(self._writers.graphs[format_name](results))
        else:
            results.serialize(output, self._writers.tables[format_name])


class _Frames(io.RawIOBase):
    """A file whose bytes go out in frames, up to a limit."""

    def __init__(self, server: socket.socket, limit: int) -> None:
        super().__init__()
        self.is_over = False
        self._server = server
        self._limit = limit
        self._left = limit

    def writable(self) -> bool:
        return True

    def write(self, data: "ReadableBuffer", /) -> int:
        chunk = bytes(memoryview(data)[:_CHUNK])
        if not self.is_over:
            self._count(len(chunk))
            self._server.sendall(pack(FrameKind.DATA, chunk))
        return len(chunk)

    def _count(self, size: int) -> None:
        self._left -= size
        if self._left < 0:
            message = (
                f"the answer has more than {self._limit} bytes, the limit; "
                "ask for less, or page with LIMIT and OFFSET"
            )
            raise QueryTooLargeError(message)
