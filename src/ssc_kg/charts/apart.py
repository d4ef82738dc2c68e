"""A picture of an answer, drawn where it keeps nobody waiting: in another process.

What goes there and what comes back are plain values, so that processes can send them;
errors of this package are not.
"""

from dataclasses import dataclass

from pyoxigraph import QueryResultsFormat, QuerySolutions, parse_query_results

from ssc_kg.charts.picture import make_picture
from ssc_kg.charts.table import Table
from ssc_kg.errors import ChartError


@dataclass(frozen=True, slots=True)
class Wanted:
    """How rows are to be drawn."""

    kind: str | None
    """The kind of chart; None for the first that fits."""
    title: str
    is_svg: bool
    """Whether it becomes SVG; else it becomes PNG."""


@dataclass(frozen=True, slots=True)
class Refused:
    """Why rows make no such chart: what `ChartError` is made of."""

    chart: str
    reason: str


def draw(results: bytes, wanted: Wanted) -> bytes | Refused:
    """Return a picture of a table, given as SPARQL JSON results."""
    try:
        picture = make_picture(wanted.kind, read_table(results), wanted.title)
    except ChartError as error:
        return Refused(error.chart, error.reason)
    return picture.to_svg().encode() if wanted.is_svg else picture.to_png()


def read_table(results: bytes) -> Table:
    """Return the rows of SPARQL JSON results."""
    solutions = parse_query_results(results, format=QueryResultsFormat.JSON)
    assert isinstance(solutions, QuerySolutions)  # noqa: S101  (only rows are drawn)
    columns = [variable.value for variable in solutions.variables]
    return Table(columns, [tuple(solution) for solution in solutions])
