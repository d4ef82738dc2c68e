"""Lines of text in the order of their bytes, even if memory has no room for them.

What is over a limit is sorted and put into a temporary file, run by run. The runs are
merged a block at a time: whatever comes before the least of the last lines of their
blocks is complete, and sorting it costs little, since it is in order run by run.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain
from tempfile import TemporaryFile, gettempdir
from typing import IO, Self, TypeAlias

from ssc_kg.errors import NoRoomError

Block: TypeAlias = list[bytes]
"""Lines without their ends, in order."""
LIMIT = 64 * 1024**2
"""Bytes of lines that are held in memory."""
_PIECE = 512 * 1024
"""Bytes read from each run at a time."""
_MANY = 4096
"""Lines handled at a time."""
_OVERHEAD = 41
"""Bytes that CPython adds to each line in a list."""


@contextmanager
def explaining() -> Iterator[None]:
    """Say what it means that a temporary file cannot be written.

    Raises:
        NoRoomError: It cannot.
    """
    try:
        yield
    except OSError as error:
        raise NoRoomError(gettempdir(), error.strerror or str(error)) from error


class Shelf:
    """A temporary file for what memory is not to hold, until the context is left."""

    def __init__(self, limit: int = LIMIT) -> None:
        self.limit = limit
        """How many bytes memory may hold."""
        self._file: IO[bytes] | None = None
        self._size = 0

    def __enter__(self) -> Self:
        """Return this; there is no file before there is need of one."""
        return self

    def __exit__(self, *_: object) -> None:
        """Remove the file."""
        if self._file is not None:
            self._file.close()

    def put(self, lines: Block) -> "_Stored":
        """Keep lines, of which there is at least one.

        Raises:
            NoRoomError: There is no room for them.
        """
        begin = self._size
        with explaining():
            if self._file is None:
                self._file = TemporaryFile(prefix="ssc-kg-")  # noqa: SIM115  (__exit__)
            self._file.seek(begin)
            for at in range(0, len(lines), _MANY):
                part = b"\n".join((*lines[at : at + _MANY], b""))
                self._size += self._file.write(part)
            self._file.flush()
        return _Stored(self, begin, self._size)

    def read(self, begin: int, size: int) -> bytes:
        """Return so many bytes of what is kept, and then those to the end of a line."""
        if self._file is None:
            return b""
        self._file.seek(begin)
        return self._file.read(size) + self._file.readline()


@dataclass(frozen=True, slots=True)
class _Stored:
    """A sorted run on a shelf."""

    shelf: Shelf
    begin: int
    end: int

    def blocks(self) -> Iterator[Block]:
        at = self.begin
        while at < self.end:
            text = self.shelf.read(at, min(_PIECE, self.end - at - 1))
            at += len(text)
            yield text[:-1].split(b"\n")


@dataclass(slots=True)
class SortedLines:
    """Lines that come in any order and go out in theirs, each once."""

    shelf: Shelf
    held: int = 0
    """About how many bytes of memory the lines take that are not on the shelf."""
    _lines: Block = field(default_factory=list)
    _runs: list[_Stored] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self._lines or self._runs)

    def add(self, lines: Block) -> None:
        """Take lines in.

        Raises:
            NoRoomError: The temporary directory has none.
        """
        self._lines += lines
        self.held += sum(map(len, lines)) + _OVERHEAD * len(lines)
        if self.held > self.shelf.limit:
            self.store()

    def store(self) -> None:
        """Move what is in memory to the shelf.

        Raises:
            NoRoomError: There is no room.
        """
        if self._lines:
            self._lines.sort()
            self._runs.append(self.shelf.put(self._lines))
            self._lines, self.held = [], 0

    def blocks(self) -> Iterator[Block]:
        """Yield all lines in order, some thousands at a time, never none."""
        self._lines.sort()
        held = (
            self._lines[at : at + _MANY] for at in range(0, len(self._lines), _MANY)
        )
        last = None
        for block in _merge([held, *(run.blocks() for run in self._runs)]):
            distinct = list(dict.fromkeys(block))
            if distinct[0] == last:
                del distinct[0]
            if distinct:
                yield distinct
                last = distinct[-1]


@dataclass(slots=True)
class _Reading:
    block: Block
    rest: Iterator[Block]

    def take(self, bound: bytes) -> Block:
        """Return the lines up to the bound, and go on behind them."""
        end = bisect_right(self.block, bound)
        taken = self.block[:end]
        self.block = self.block[end:] or next(self.rest, [])
        return taken


def _merge(sorted_: Iterable[Iterator[Block]]) -> Iterator[Block]:
    """Yield what runs have, in order; a line may still be there several times."""
    readings = [_Reading(next(run, []), run) for run in sorted_]
    while readings := [each for each in readings if each.block]:
        bound = min(each.block[-1] for each in readings)
        block = list(chain.from_iterable(each.take(bound) for each in readings))
        block.sort()
        yield block
