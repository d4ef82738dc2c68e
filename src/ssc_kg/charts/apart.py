"""A picture of an answer, drawn where it keeps nobody waiting: in another process.

What goes there is JSON, and what comes back the bytes of the picture.
"""

import os
from dataclasses import dataclass
from tempfile import TemporaryDirectory
from typing import Self

import orjson
from pyoxigraph import Literal, QueryResultsFormat, QuerySolutions, parse_query_results

from ssc_kg.charts.picture import make_picture
from ssc_kg.charts.table import Table

_SETTINGS = "MPLCONFIGDIR"
_ENDS = (Literal("a"), Literal("b"))


@dataclass(frozen=True, slots=True)
class Wanted:
    """How rows are to be drawn, and the rows."""

    kind: str | None
    """The kind of chart; None for the first that fits."""
    title: str
    is_svg: bool
    """Whether it becomes SVG; else it becomes PNG."""
    results: str
    """The rows, as SPARQL JSON results."""

    def write(self) -> bytes:
        """Return it as JSON."""
        return orjson.dumps(self)

    @classmethod
    def read(cls, body: bytes) -> Self:
        """Return what `write` wrote.

        Raises:
            MemoryError: There is too little memory for it.
        """
        try:
            return cls(**orjson.loads(body))
        except orjson.JSONDecodeError as error:
            # The library says so of what it has no memory for.
            raise MemoryError from error


def prepare() -> None:
    """Import what draws, read which fonts there are, and draw for the first time.

    The libraries import parts of themselves where these are needed: a process whose
    memory is limited afterwards might have none for that. Nothing is left in the
    files of whoever runs this, nor needed there.
    """
    with TemporaryDirectory(prefix="ssc-kg-") as directory:
        os.environ[_SETTINGS] = directory  # noqa: TID251  (matplotlib reads it)
        picture = make_picture("network", Table(["a", "b"], [_ENDS]))
        picture.to_svg()
        picture.to_png()


def draw(wanted: Wanted) -> bytes:
    """Return a picture of a table.

    Raises:
        ChartError: The table does not fit the chart, or cannot be drawn.
    """
    table = read_table(wanted.results.encode())
    picture = make_picture(wanted.kind, table, wanted.title)
    return picture.to_svg().encode() if wanted.is_svg else picture.to_png()


def read_table(results: bytes) -> Table:
    """Return the rows of SPARQL JSON results."""
    solutions = parse_query_results(results, format=QueryResultsFormat.JSON)
    assert isinstance(solutions, QuerySolutions)  # noqa: S101  (only rows are drawn)
    columns = [variable.value for variable in solutions.variables]
    return Table(columns, [tuple(solution) for solution in solutions])
