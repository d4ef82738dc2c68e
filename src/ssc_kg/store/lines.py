"""Lines sorted by their bytes, however many there are.

What does not fit the memory that may be taken lies in sorted runs in a directory, which
are merged while they are read (an external merge sort).
"""

import heapq
import tempfile
from collections.abc import Generator, Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path

RUN = 32 * 1024**2
"""Bytes that are sorted at a time; in memory their lines take about twice as much."""
_READ_AHEAD = 256 * 1024


def sort_lines(
    lines: Iterable[bytes], directory: Path, *, run: int = RUN
) -> Generator[bytes, None, None]:
    """Yield lines, each of which ends in a newline, sorted by their bytes.

    Those that do not fit `run` bytes are written to files in `directory`, which are
    gone when the last line is read, or the iterator closed.
    """
    with ExitStack() as files:
        runs: list[Iterable[bytes]] = []
        for piece in _pieces(lines, run):
            piece.sort()
            if not runs and sum(map(len, piece)) < run:
                yield from piece
                return
            file = files.enter_context(
                tempfile.TemporaryFile(dir=directory, buffering=_READ_AHEAD)
            )
            file.writelines(piece)
            file.seek(0)
            runs.append(file)
        yield from heapq.merge(*runs)


def _pieces(lines: Iterable[bytes], run: int) -> Iterator[list[bytes]]:
    """Yield lists of lines of `run` bytes or a little more; the last may be less."""
    piece: list[bytes] = []
    size = 0
    for line in lines:
        piece.append(line)
        size += len(line)
        if size >= run:
            yield piece
            piece, size = [], 0
    if piece:
        yield piece
