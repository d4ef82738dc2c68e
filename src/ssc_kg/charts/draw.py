"""A chart as bytes of SVG and PNG; the one door to the drawing libraries."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import assert_never

from matplotlib.figure import Figure

from ssc_kg.charts.bars import draw_bars
from ssc_kg.charts.chart import (
    BarChart,
    Chart,
    ChartKind,
    LineChart,
    MapChart,
    NetworkChart,
)
from ssc_kg.charts.lines import draw_lines
from ssc_kg.charts.maps import draw_map
from ssc_kg.charts.networks import draw_network
from ssc_kg.charts.style import styled
from ssc_kg.errors import ChartError


def write_svg(chart: Chart, title: str) -> bytes:
    """Return the picture as SVG, the same bytes for the same chart.

    Raises:
        ChartError: The library cannot draw what it has.
    """
    with styled(), _explaining(chart):
        return _write(_draw(chart, title), "svg", {"Date": None, "Title": title})


def write_png(chart: Chart, title: str) -> bytes:
    """Return the picture as PNG, 150 pixels to the inch.

    Raises:
        ChartError: The library cannot draw what it has.
    """
    with styled(), _explaining(chart):
        return _write(_draw(chart, title), "png", {"Software": None, "Title": title})


def _draw(chart: Chart, title: str) -> Figure:
    match chart:
        case BarChart():
            return draw_bars(chart, title)
        case LineChart():
            return draw_lines(chart, title)
        case MapChart():
            return draw_map(chart, title)
        case NetworkChart():
            return draw_network(chart, title)
        case _:
            assert_never(chart)


_KINDS = {
    BarChart: ChartKind.BAR,
    LineChart: ChartKind.LINE,
    MapChart: ChartKind.MAP,
    NetworkChart: ChartKind.NETWORK,
}


@contextmanager
def _explaining(chart: Chart) -> Iterator[None]:
    try:
        yield
    except (ArithmeticError, RuntimeError, ValueError) as error:
        reason = (
            "the drawing library has no place for it; take fewer rows, or numbers and "
            "dates that are nearer to each other"
        )
        raise ChartError(_KINDS[type(chart)], reason) from error


def _write(figure: Figure, format_: str, metadata: dict[str, str | None]) -> bytes:
    written = BytesIO()
    figure.savefig(written, format=format_, metadata=metadata)
    return written.getvalue()
