"""A process that answers queries of strangers, one at a time, and may die of one.

`ssc_kg.store.workers` starts and stops it and speaks with it over its standard input, a
socket in both directions. It reads the directories of versions, never writes, and has
given up the rest (`ssc_kg.store.sandbox`). It knows no format: whoever makes it a
program says how answers are written.

The engine writes a table itself where it can: where the text rules out that the row cap
applies, and neither a page nor labels are asked for. All else goes through a `Table`.
"""

import io
import os
import socket
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, TypeAlias

import orjson
from pyoxigraph import (
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    Store,
    Triple,
)

from ssc_kg.errors import (
    KnowledgeGraphError,
    QueryLimit,
    QueryRefusedError,
    QueryTooLargeError,
    StoreError,
)
from ssc_kg.sparql.scan import scan
from ssc_kg.sparql.table import Row, Table
from ssc_kg.store import sandbox
from ssc_kg.store.allocator import Allocator
from ssc_kg.store.evaluation import evaluate, explaining
from ssc_kg.store.request import End, Head, Request, Window
from ssc_kg.store.wire import (
    Frame,
    FrameKind,
    Frames,
    pack,
    read_request,
    read_text,
    write_facts,
    write_failure,
    write_scan,
)

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

TableWriter: TypeAlias = Callable[[Table], Iterable[bytes]]
GraphWriter: TypeAlias = Callable[[Iterable[Triple]], Iterable[bytes]]
Labeller: TypeAlias = Callable[[Store, Table, str], Table]
"""Adds columns of labels to a table, in languages as in Accept-Language; reads all of
its rows, since what columns there are is known then."""

_CHUNK = 64 * 1024
_STANDARD_INPUT, _STANDARD_ERROR = 0, 2


@dataclass(frozen=True, slots=True)
class Writers:
    """How answers are written, by the name of the format."""

    engine: Mapping[str, QueryResultsFormat]
    """Tables and booleans that the engine writes."""
    tables: Mapping[str, TableWriter]
    """Tables that may be cut or have more columns; also those the engine writes."""
    graphs: Mapping[str, GraphWriter]
    label: Labeller | None = None
    prepare: Mapping[str, Callable[[], None]] = field(default_factory=dict)
    """What comes before a format is first written, and is no part of what a query
    takes: to import its library."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """What each request may take, in bytes."""

    memory: int
    output: int
    """Of the answer."""


Work: TypeAlias = Callable[[socket.socket, Allowance], Callable[[Frame], None]]
"""Prepares to answer to a server; what it returns answers one request."""


def run(writers: Writers) -> None:
    """Answer queries until the server hangs up."""
    serve(lambda server, allowance: _Worker(server, writers, allowance).do)


def serve(work: Work) -> None:
    """Do what the server asks for until it hangs up.

    The arguments of the program are the priority, whether it may call other endpoints
    (1 or 0), the server's process, the bytes of memory that a request may take, and the
    bytes that an answer may have.
    """
    priority = sandbox.Priority(sys.argv[1])
    network, parent, memory, output = map(int, sys.argv[2:])
    # An interrupt from the keyboard is for the server, which ends its workers. It would
    # miss a session of their own too, but Linux may share out the processor by session
    # (autogroup), and then priorities count only within one.
    os.setpgrp()
    failures = sandbox.enter(parent=parent, priority=priority, network=bool(network))
    with socket.socket(fileno=_STANDARD_INPUT) as server:
        do = work(server, Allowance(memory, output))
        server.sendall(pack(FrameKind.READY, orjson.dumps(failures)))
        # What the engine prints when a query ends it is no news to an operator.
        os.dup2(os.open(os.devnull, os.O_WRONLY), _STANDARD_ERROR)
        allocator = Allocator()
        for frame in _frames(server):
            do(frame)
            allocator.give_back()


def _frames(server: socket.socket) -> Iterator[Frame]:
    frames = Frames()
    while chunk := server.recv(_CHUNK):
        yield from frames.read(chunk)


class _Worker:
    """Keeps the version of the last request open."""

    def __init__(
        self, server: socket.socket, writers: Writers, allowance: Allowance
    ) -> None:
        self._server = server
        self._writers = writers
        self._memory = allowance.memory
        self._output = allowance.output
        self._version = ""
        self._store = Store()
        self._prepared = set[str]()
        sandbox.limit_memory(allowance.memory)

    def do(self, frame: Frame) -> None:
        """Send what a frame asks for."""
        if frame.kind is FrameKind.SCAN:
            self.scan(*read_text(frame.body))
        else:
            self.answer(read_request(frame.body))

    def answer(self, request: Request) -> None:
        """Send what a request asks for, or why it gets nothing."""
        called = "".join(f" or <{iri}>" for iri in request.scan.services)
        try:
            with explaining(request.scan.text, source=f"the store{called}"):
                self._open(request.version)
                self._prepare(request.format_name)
                self._write(request)
        except (KnowledgeGraphError, MemoryError) as error:
            self._fail(error)

    def scan(self, text: str, services: Collection[str]) -> None:
        """Send what a text shows, or why it is no query."""
        try:
            shown = write_scan(scan(text, services=services))
        except (KnowledgeGraphError, MemoryError) as error:
            self._fail(error)
        else:
            self._server.sendall(pack(FrameKind.SCANNED, shown))

    def _fail(self, error: KnowledgeGraphError | MemoryError) -> None:
        if isinstance(error, MemoryError):
            error = QueryTooLargeError(QueryLimit.MEMORY, self._memory)
        self._server.sendall(pack(FrameKind.FAILURE, write_failure(error)))

    def _open(self, version: str) -> None:
        if version == self._version:
            return
        # The engine's threads and tables are no part of what a query takes.
        with self._unlimited():
            try:
                self._store = Store.read_only(version)
            except OSError as error:
                message = "the version cannot be opened; it may have been removed"
                raise StoreError(message) from error
            self._version = version

    def _prepare(self, format_name: str) -> None:
        prepare = self._writers.prepare.get(format_name)
        if prepare is None or format_name in self._prepared:
            return
        with self._unlimited():
            prepare()
            self._prepared.add(format_name)

    @contextmanager
    def _unlimited(self) -> Iterator[None]:
        """Take memory that is no query's; then a query may take as much as before."""
        sandbox.limit_memory(None)
        try:
            yield
        finally:
            sandbox.limit_memory(self._memory)

    def _write(self, request: Request) -> None:
        answer = _Answer(self._server, request, self._output)
        results = evaluate(self._store, request.scan, request.dataset)
        match results:
            case QueryBoolean():
                format_ = self._writers.engine[request.format_name]
                answer.write(results.serialize(format=format_) or b"")
                answer.end(_UNCOUNTED)
            case QueryTriples():
                if request.options.window is not None:
                    raise QueryRefusedError(_NO_PAGES)
                triples = _up_to(results, request.options.rows)
                answer.write_all(self._writers.graphs[request.format_name](triples))
                answer.end(_UNCOUNTED)
            case QuerySolutions():
                self._write_solutions(results, request, answer)

    def _write_solutions(
        self, results: QuerySolutions, request: Request, answer: "_Answer"
    ) -> None:
        answer.columns = [variable.value for variable in results.variables]
        engine = self._writers.engine.get(request.format_name)
        if engine is not None and _is_plain(request):
            results.serialize(answer, engine)
            answer.end(_UNCOUNTED)
            return
        options = request.options
        if options.window is None:
            table = Table(answer.columns, results, maximum=options.rows)
            answer.maximum = options.rows
        else:
            rows, answer.known_end = _turn_to(results, options.window, options.rows)
            table = Table(answer.columns, rows)
        if options.labels is not None:
            table = self._label(table, options.labels)
            answer.columns = table.columns
        answer.table = table
        answer.write_all(self._writers.tables[request.format_name](table))
        answer.end(answer.known_end or End(table.count, table.is_cut))

    def _label(self, table: Table, languages: str) -> Table:
        if self._writers.label is None:
            message = "labels are asked for, which this worker program does not add"
            raise StoreError(message)
        return self._writers.label(self._store, table, languages)


_NO_PAGES = "a graph has no pages; page with ORDER BY, LIMIT and OFFSET in the query"
_UNCOUNTED = End(rows=None, is_cut=False)


def _is_plain(request: Request) -> bool:
    """Whether all rows are asked for as they are, and no cap can apply to them."""
    options, limit = request.options, request.scan.limit
    is_below = options.rows is None or (limit is not None and limit <= options.rows)
    return is_below and options.window is None and options.labels is None


def _turn_to(
    results: QuerySolutions, window: Window, maximum: int | None
) -> tuple[list[Row], End]:
    """Return the rows of a page, and what comes after it."""
    limit = window.limit if maximum is None else min(window.limit, maximum)
    rows: list[Row] = [*islice(results, window.offset, window.offset + limit + 1)]
    is_cut = len(rows) > limit
    return rows[:limit], End(min(len(rows), limit), is_cut)


def _up_to(triples: QueryTriples, maximum: int | None) -> Iterator[Triple]:
    for number, triple in enumerate(triples):
        if number == maximum:
            raise QueryTooLargeError(QueryLimit.ROWS, maximum)
        yield triple


class _Answer(io.BytesIO):
    """A file whose bytes go out in frames, up to a limit.

    Nothing goes out before there is enough for a frame, or all: what fails until then
    is a failure and nothing else, and a small answer is one message.
    """

    def __init__(self, server: socket.socket, request: Request, limit: int) -> None:
        super().__init__()
        self.columns: Sequence[str] = ()
        self.maximum: int | None = None
        self.known_end: End | None = None
        self.table: Table | None = None
        self._server = server
        self._scan = request.scan
        self._limit = limit
        self._sent = 0
        self._has_head = False

    def write(self, data: "ReadableBuffer", /) -> int:
        written = super().write(data)
        waiting = self.tell()
        if self._sent + waiting > self._limit:
            raise QueryTooLargeError(QueryLimit.BYTES, self._limit)
        if waiting >= _CHUNK:
            self._server.sendall(self._begin(self._foresee()) + self._take())
        return written

    def write_all(self, chunks: Iterable[bytes]) -> None:
        """Write some bytes after the others; `writelines` would not pass `write`."""
        for chunk in chunks:
            self.write(chunk)

    def end(self, end: End) -> None:
        """Send what is left, and how it ended if the head did not say it."""
        facts = write_facts(end) if self._has_head else b""
        frame = pack(FrameKind.END, facts)
        self._server.sendall(self._begin(end) + self._take() + frame)

    def _foresee(self) -> End | None:
        """Return how it will end, if that is known: all rows are, or it is a page."""
        table = self.table
        if self.known_end is not None or table is None or not table.is_read:
            return self.known_end
        return End(table.count, table.is_cut)

    def _begin(self, end: End | None) -> bytes:
        if self._has_head:
            return b""
        self._has_head = True
        scan = self._scan
        head = Head(scan.form, self.columns, scan.is_volatile, self.maximum, end)
        return pack(FrameKind.HEAD, write_facts(head))

    def _take(self) -> bytes:
        chunk = self.getvalue()
        self._sent += len(chunk)
        self.seek(0)
        self.truncate()
        # One write may be much; the reader of a frame waits for all of it.
        parts = (chunk[at : at + _CHUNK] for at in range(0, len(chunk), _CHUNK))
        return b"".join(pack(FrameKind.DATA, part) for part in parts)
