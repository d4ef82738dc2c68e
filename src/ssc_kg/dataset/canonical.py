"""Whether a file is what `export` would write of its content, and where it is not."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import count, takewhile, zip_longest
from operator import eq
from pathlib import Path

from pyoxigraph import Quad, parse

from ssc_kg.dataset.sources import format_of
from ssc_kg.errors import MissingFileError, RdfSyntaxError
from ssc_kg.formats.graphs import graphs_in_pieces
from ssc_kg.formats.table import Format
from ssc_kg.formats.write import write_graphs

_BEFORE, _SHOWN = 100, 200
"""How much of a line is shown, in characters: before what differs, and in all."""


@dataclass(frozen=True, slots=True)
class Difference:
    """The first line of a file that is not what it should be."""

    line: int
    found: bytes | None
    """None if the file ends before it."""
    expected: bytes | None
    """None if the file should end before it."""

    def __str__(self) -> str:
        texts = [_text(self.found), _text(self.expected)]
        # Long lines are shown from a little before the place where they part.
        same = sum(takewhile(bool, map(eq, *texts)))
        begin = max(same - _BEFORE, 0)
        found, expected = (_show(text, begin) for text in texts)
        if self.found is None:
            return f"it ends before line {self.line}, expected {expected}"
        if self.expected is None:
            return f"line {self.line} is {found}, expected no more"
        return f"line {self.line} is {found}, expected {expected}"


def is_canonical(path: Path) -> bool:
    """Whether a file is what `export` would write of its content, to the byte.

    Raises:
        MissingFileError: There is no such file.
        UnknownFormatError: Its name does not say the format.
        RdfSyntaxError: It does not parse.
    """
    return first_difference(path) is None


def first_difference(path: Path) -> Difference | None:
    """Return where a file begins to differ from what `export` would write.

    A file in Turtle, TriG, N-Triples or N-Quads may be larger than memory.

    Raises:
        MissingFileError: There is no such file.
        UnknownFormatError: Its name does not say the format.
        RdfSyntaxError: It does not parse.
        UnwritableError: It says what its format is not written with here.
    """
    if not path.is_file():
        raise MissingFileError(path)
    format_ = format_of(path)
    written = write_graphs(graphs_in_pieces(_read(path, format_)), format_)
    with path.open("rb") as file:
        lines = zip(count(1), zip_longest(file, _lines(written)), strict=False)
        for number, (found, expected) in lines:
            if found != expected:
                return Difference(number, found, expected)
    return None


def _read(path: Path, format_: Format) -> Iterator[Quad]:
    try:
        with path.open("rb") as file:
            yield from parse(file, format=format_.rdf)
    except SyntaxError as error:
        raise RdfSyntaxError(
            str(path), error.msg, line=error.lineno, column=error.offset
        ) from error


def _lines(chunks: Iterable[bytes]) -> Iterator[bytes]:
    rest = b""
    for chunk in chunks:
        *whole, rest = (rest + chunk).split(b"\n")
        for line in whole:
            yield line + b"\n"
    if rest:
        yield rest


def _show(text: str, begin: int) -> str:
    end = begin + _SHOWN
    before, after = "…" * (begin > 0), "…" * (len(text) > end)
    return repr(f"{before}{text[begin:end]}{after}")


def _text(line: bytes | None) -> str:
    return (line or b"").decode(errors="backslashreplace")
