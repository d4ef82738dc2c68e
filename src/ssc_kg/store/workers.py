"""The processes that answer SPARQL of strangers, seen from the server.

The engine can neither time out nor cancel, and hostile text can end the process that
reads it. So each query runs in a worker process (`ssc_kg.store.worker`) that is killed
at the time limit and replaced; one that dies of its query is replaced as well. A worker
is held for no longer than the time limit, also by a client that reads slowly.
"""

import asyncio
import logging
import math
import os
import signal
import socket
import sys
from asyncio import IncompleteReadError
from asyncio.subprocess import DEVNULL, Process
from collections.abc import AsyncGenerator, AsyncIterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import TracebackType
from typing import Self

import orjson

from ssc_kg.errors import (
    QueryLimit,
    QueryTimedOutError,
    QueryTooLargeError,
    StoreBusyError,
    StoreError,
)
from ssc_kg.sparql.scan import Scan
from ssc_kg.store import sandbox
from ssc_kg.store.channel import Channel, open_channel
from ssc_kg.store.evaluation import Dataset
from ssc_kg.store.request import NO_OPTIONS, End, Head, Options, Request
from ssc_kg.store.sandbox import Priority
from ssc_kg.store.wire import (
    Frame,
    FrameKind,
    pack,
    read_end,
    read_failure,
    read_head,
    read_scan,
    write_request,
    write_text,
)

_STARTUP_SECONDS = 30.0
_ENDING_SECONDS = 5.0
_PAUSE_SECONDS = 1.0
"""How long to wait after a worker that did not start before trying another."""
_MAX_VERSIONS = 32
"""How many versions a worker opens: the engine keeps a little of each."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Limits:
    """What one query may take, and how many may wait."""

    seconds: float
    """From its start to the last byte of its answer."""
    memory: int
    """Bytes, beside what the engine takes for itself."""
    output: int
    """Bytes of the answer."""
    queue: int
    """How many queries may wait for a worker."""
    rows: int | None = None
    """Rows of a table, or triples of a graph; None for as many as there are."""
    priority: Priority = Priority.LOW
    services: tuple[str, ...] = ()
    """The IRIs of the endpoints that SERVICE may call."""


class Answer(AsyncIterator[bytes]):
    """The bytes of an answer, as the worker makes them, and what is known of it.

    Iterating raises, when the rest of the answer will not come, what asking for it
    would have raised: never take what came before for the whole.

    Attributes:
        head: What is known before the first byte.
    """

    def __init__(
        self,
        facts: "_Facts",
        first: bytes,
        rest: AsyncGenerator[bytes, None],
        *,
        output: int,
    ) -> None:
        if facts.head is None:
            message = "a query worker answered without saying what"
            raise StoreError(message)
        self.head = facts.head
        self._facts = facts
        self._first = first
        self._output = output
        self._rest = rest

    @property
    def limits(self) -> Mapping[str, int]:
        """What may still cut it, or has cut it, by the names of the settings."""
        if self.end is not None and not self.end.is_cut:
            return {}
        rows = {} if self.head.maximum is None else {"rows": self.head.maximum}
        return rows if self.end else {**rows, "bytes": self._output}

    @property
    def end(self) -> End | None:
        """How it ended; None if that is not known yet."""
        return self._facts.end or self.head.end

    async def __anext__(self) -> bytes:
        if not self._first:
            return await anext(self._rest)
        first, self._first = self._first, b""
        return first

    async def aclose(self) -> None:
        """Do without the rest, and let the worker go."""
        await self._rest.aclose()


@dataclass(slots=True)
class _Facts:
    """What a worker has said of an answer so far."""

    head: Head | None = None
    end: End | None = None

    def read(self, frames: Sequence[Frame]) -> bytes:
        """Return the data in some frames.

        Raises:
            KnowledgeGraphError: What a frame of failure says.
        """
        data = b""
        for kind, body in frames:
            match kind:
                case FrameKind.FAILURE:
                    raise read_failure(body)
                case FrameKind.HEAD:
                    self.head = read_head(body)
                case FrameKind.END:
                    self.end = read_end(body) if body else None
                case _:
                    data += body
        return data


class _UnreadError(Exception):
    """A worker ended before it read the query it was sent."""


class QueryPool:
    """A number of workers, started on entering the pool and ended on leaving it.

    If queries may call other endpoints, those that do go to one further worker, which
    is not kept off the network: the others still are.

    Attributes:
        limits: What one query may take at most.
    """

    def __init__(
        self, module: str, limits: Limits, *, size: int, is_outward: bool = False
    ) -> None:
        """Plan a pool of `size` workers, each of them `python -m <module>`.

        With `is_outward` they may call other endpoints.
        """
        self.limits = limits
        self._outward: QueryPool | None = None
        if limits.services and not is_outward:
            self._outward = QueryPool(module, limits, size=1, is_outward=True)
        self._is_outward = is_outward
        self._usual = Options(seconds=limits.seconds, rows=limits.rows)
        self._module = module
        self._size = size
        self._idle: asyncio.Queue[_Worker] = asyncio.Queue()
        self._alive: set[_Worker] = set()
        self._replacements: set[asyncio.Task[None]] = set()
        self._waiting = 0
        self._is_closed = False

    @property
    def capacity(self) -> int:
        """How many queries may run or wait at once."""
        return self._size + self.limits.queue

    async def __aenter__(self) -> Self:
        """Start the workers.

        Raises:
            StoreError: A worker does not start.
        """
        if self._outward is not None:
            await self._outward.__aenter__()
        starts = (self._start() for _ in range(self._size))
        results = await asyncio.gather(*starts, return_exceptions=True)
        for result in results:
            if result is not None:
                await self._close()
                raise result
        for sentence in {line for worker in self._alive for line in worker.lacks}:
            _log.warning("%s", sentence)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the workers, whatever they do."""
        await self._close()

    async def answer(
        self,
        scan: Scan,
        *,
        version: Path,
        format_name: str,
        dataset: Dataset | None = None,
        options: Options = NO_OPTIONS,
    ) -> Answer:
        """Return the answer to a query, once its first bytes exist.

        Args:
            scan: The query.
            version: The directory of the version it is about.
            format_name: One that the worker program knows for this form of query.
            dataset: The graphs it is about instead of those that its text names.
            options: What it wants otherwise; no limit gets higher by it.

        Raises:
            QuerySyntaxError: The text does not parse.
            QueryRefusedError: The engine cannot evaluate it.
            QueryTimedOutError: It was stopped at the time limit.
            QueryTooLargeError: It took too much memory, or nests too deeply, or its
                answer is too large.
            StoreBusyError: Every worker is busy, and enough queries wait.
            StoreError: The store could not answer.
        """
        if scan.services and self._outward is not None:
            return await self._outward.answer(
                scan,
                version=version,
                format_name=format_name,
                dataset=dataset,
                options=options,
            )
        options = self._limit(options)
        request = Request(str(version), scan, format_name, dataset, options)
        message = pack(FrameKind.QUERY, write_request(request))
        seconds = options.seconds or self.limits.seconds
        facts, first, chunks = await self._ask(message, seconds, request.version)
        return Answer(facts, first, chunks, output=self.limits.output)

    async def scan(self, text: str) -> Scan:
        """Return what a text shows, as `ssc_kg.sparql.scan` does, read in a worker.

        For long texts, which others than their author should not wait for.

        Raises:
            QueryRefusedError: It is an update, calls SERVICE, or nests too deeply.
            QuerySyntaxError: It is no query, leaves a string open or a prefix
                undeclared.
            QueryTimedOutError: It was stopped at the time limit.
            StoreBusyError: Every worker is busy, and enough queries wait.
            StoreError: It could not be read.
        """
        message = pack(FrameKind.SCAN, write_text(text, self.limits.services))
        _, shown, _ = await self._ask(message, self.limits.seconds)
        return read_scan(shown, text)

    async def draw(self, order: bytes, seconds: float | None = None) -> bytes:
        """Return the picture that a worker draws, of those that draw.

        Args:
            order: What to draw, as the program of the workers reads it.
            seconds: For how long, if that is less than the limit.

        Raises:
            ChartError: It cannot be drawn.
            QueryTimedOutError: It was stopped at the time limit.
            QueryTooLargeError: It took too much memory, or the picture is too large.
            StoreBusyError: Every worker is busy, and enough pictures wait.
            StoreError: The worker failed.
        """
        seconds = min(seconds or math.inf, self.limits.seconds)
        _, picture, _ = await self._ask(pack(FrameKind.DRAW, order), seconds)
        return picture

    def _limit(self, options: Options) -> Options:
        """Return what is wanted, as far as the limits allow it."""
        if options is NO_OPTIONS:
            return self._usual
        rows = [each for each in (options.rows, self.limits.rows) if each is not None]
        seconds = min(options.seconds or math.inf, self.limits.seconds)
        return replace(options, seconds=seconds, rows=min(rows, default=None))

    async def _ask(
        self, message: bytes, seconds: float, version: str | None = None
    ) -> tuple[_Facts, bytes, AsyncGenerator[bytes, None]]:
        """Return what is known when the first data come, these, and what follows.

        A worker that had ended before it read the message costs nothing; each may have.
        """
        for _ in range(self._size + 1):
            worker, facts = await self._take(), _Facts()
            if version is not None:
                worker.versions.add(version)
            chunks = self._converse(worker, message, seconds, facts)
            with suppress(_UnreadError):
                return facts, await anext(chunks, b""), chunks
        reason = "no query worker reads what it is sent; try again later"
        raise StoreError(reason)

    async def _take(self) -> "_Worker":
        """Return an idle worker, or wait until one must have become idle."""
        while not self._idle.empty():
            worker = self._idle.get_nowait()
            if worker.is_ready:
                return worker
            self._retire(worker)
        retry_after = math.ceil(self.limits.seconds)
        if self._waiting >= self.limits.queue:
            raise StoreBusyError(retry_after)
        self._waiting += 1
        try:
            # One that runs to its limit is then replaced, which takes a moment more.
            async with asyncio.timeout(2 * self.limits.seconds):
                return await self._next_alive()
        except TimeoutError:
            raise StoreBusyError(retry_after) from None
        finally:
            self._waiting -= 1

    async def _next_alive(self) -> "_Worker":
        while True:
            worker = await self._idle.get()
            if worker.is_ready:
                return worker
            self._retire(worker)

    async def _converse(
        self, worker: "_Worker", message: bytes, seconds: float, facts: _Facts
    ) -> AsyncGenerator[bytes, None]:
        """Yield the data that a worker answers with; then let it go, or end it."""
        loop = asyncio.get_running_loop()
        timer = loop.call_later(seconds, self._expire, worker)
        is_over = False
        try:
            worker.channel.send(message)
            while not is_over:
                frames = await worker.channel.receive()
                if is_over := frames[-1].kind.is_last:
                    # Whoever reads the answer no longer holds the worker, so its time
                    # is no longer this query's.
                    timer.cancel()
                    self._release(worker)
                if data := facts.read(frames):
                    yield data
        except (IncompleteReadError, ConnectionError) as error:
            raise await self._explain_end(worker, error, seconds) from None
        finally:
            timer.cancel()
            if not is_over:
                self._retire(worker)

    def _expire(self, worker: "_Worker") -> None:
        worker.is_expired = True
        self._retire(worker)
        # What it takes to die, with much memory to give back, is nobody's wait.
        worker.channel.abort()

    async def _explain_end(
        self, worker: "_Worker", error: Exception, seconds: float
    ) -> Exception:
        """Return what is raised when a worker ends in the midst of a query."""
        if worker.is_expired:
            return QueryTimedOutError(seconds)
        code = await worker.exit_code()
        if self._is_closed:
            return StoreError("the server is stopping")
        if isinstance(error, ConnectionError):
            return _UnreadError()
        _log.info("a query ended its worker process; exit code: %s", code)
        match -(code or 0):
            case signal.SIGSEGV | signal.SIGBUS:
                return QueryTooLargeError(QueryLimit.STACK, sandbox.STACK)
            case signal.SIGABRT:
                return QueryTooLargeError(QueryLimit.MEMORY, self.limits.memory)
            case signal.SIGKILL:
                return StoreError(
                    "the system ended the process that ran the query, as it does when "
                    "its memory runs out; try again later, or ask for less"
                )
            case _:
                return StoreError("the engine failed on this query")

    def _release(self, worker: "_Worker") -> None:
        if len(worker.versions) >= _MAX_VERSIONS:
            self._retire(worker)
        elif worker in self._alive:
            self._idle.put_nowait(worker)

    def _retire(self, worker: "_Worker") -> None:
        """Kill a worker, if it still lives, and start another in its place."""
        if worker not in self._alive:
            return
        self._alive.remove(worker)
        worker.kill()
        task = asyncio.get_running_loop().create_task(self._replace(worker))
        self._replacements.add(task)
        task.add_done_callback(self._replacements.discard)

    async def _replace(self, worker: "_Worker") -> None:
        await worker.end()
        while not self._is_closed:
            try:
                await self._start()
            except (StoreError, OSError) as error:
                _log.error("%s; trying again", error)
                await asyncio.sleep(_PAUSE_SECONDS)
            else:
                return

    async def _start(self) -> None:
        worker = await _start_worker(
            self._module, self.limits, network=self._is_outward
        )
        self._alive.add(worker)
        self._idle.put_nowait(worker)

    async def _close(self) -> None:
        self._is_closed = True
        if self._outward is not None:
            await self._outward._close()  # noqa: SLF001  (of the same class)
        # A start that is cut short would leave its process behind.
        await asyncio.gather(*self._replacements)
        ended, self._alive = self._alive, set()
        for worker in ended:
            worker.kill()
        await asyncio.gather(*(worker.end() for worker in ended))


@dataclass(eq=False, slots=True)
class _Worker:
    """A process and the socket to it."""

    process: Process
    channel: Channel
    lacks: Sequence[str] = ()
    """What the process could not give up."""
    versions: set[str] = field(default_factory=set)
    """The versions it was asked about."""
    is_expired: bool = False

    @property
    def is_ready(self) -> bool:
        """Whether the process is alive, for all that is known."""
        return self.process.returncode is None and not self.channel.is_over

    def kill(self) -> None:
        with suppress(ProcessLookupError):
            self.process.kill()

    async def exit_code(self) -> int | None:
        """Wait for the end of the process, but not for ever."""
        with suppress(TimeoutError):
            async with asyncio.timeout(_ENDING_SECONDS):
                return await self.process.wait()
        return None

    async def end(self) -> None:
        """Wait for the end of a process that was killed, and close the socket."""
        await self.exit_code()
        await self.channel.close()


async def _start_worker(module: str, limits: Limits, *, network: bool) -> _Worker:
    ours, theirs = socket.socketpair()
    numbers = map(str, (int(network), os.getpid(), limits.memory, limits.output))
    try:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-P", "-m", module, limits.priority, *numbers),
            stdin=theirs.fileno(),
            stdout=DEVNULL,
            env=_environment(),
        )
    except OSError:
        ours.close()
        raise
    finally:
        theirs.close()
    worker = _Worker(process, await open_channel(ours))
    try:
        async with asyncio.timeout(_STARTUP_SECONDS):
            ready, *_ = await worker.channel.receive()
    except (IncompleteReadError, ConnectionError, TimeoutError) as error:
        worker.kill()
        await worker.end()
        message = f"a query worker (python -m {module}) does not start"
        raise StoreError(message) from error
    worker.lacks = orjson.loads(ready.body)
    return worker


def _environment() -> Mapping[str, str]:
    """Return what a worker needs of an environment, and nothing that is secret."""
    return {
        "PYTHONPATH": os.pathsep.join(entry or str(Path.cwd()) for entry in sys.path),
        # Each further arena reserves 64 MB, which would count as the query's memory.
        "MALLOC_ARENA_MAX": "2",
    }
