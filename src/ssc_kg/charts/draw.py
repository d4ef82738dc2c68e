"""A chart as bytes of SVG and PNG; the one door to the drawing libraries."""

from io import BytesIO
from typing import assert_never

from matplotlib.figure import Figure

from ssc_kg.charts.bars import draw_bars
from ssc_kg.charts.chart import BarChart, Chart, LineChart, MapChart, NetworkChart
from ssc_kg.charts.lines import draw_lines
from ssc_kg.charts.maps import draw_map
from ssc_kg.charts.networks import draw_network
from ssc_kg.charts.style import styled


def write_svg(chart: Chart, title: str) -> bytes:
    """Return the picture as SVG, the same bytes for the same chart."""
    with styled():
        return _write(_draw(chart, title), "svg", {"Date": None, "Title": title})


def write_png(chart: Chart, title: str) -> bytes:
    """Return the picture as PNG, 150 pixels to the inch."""
    with styled():
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


def _write(figure: Figure, format_: str, metadata: dict[str, str | None]) -> bytes:
    written = BytesIO()
    figure.savefig(written, format=format_, metadata=metadata)
    return written.getvalue()
