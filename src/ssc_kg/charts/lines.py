"""Lines over numbers, years or dates, each with marks of its own.

A mark is a row. Between years and other whole numbers there is nothing to read off, so
the line there is thin and only leads the eye from mark to mark.
"""

from collections.abc import Sequence
from datetime import date

from matplotlib.axes import Axes
from matplotlib.dates import AutoDateLocator, ConciseDateFormatter, date2num
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from ssc_kg.charts.chart import LineChart
from ssc_kg.charts.style import (
    COLOURS,
    GRID,
    MARKERS,
    add_words,
    legend_columns,
    legend_name,
    sheet,
    written,
)

_HEIGHT = 5.0
_FIRST_DAY, _LAST_DAY = map(date2num, (date.min, date.max))
_LEGEND_ROW = 0.25
_EDGE = 1.6
"""Marks are hollow: those of two lines at one point are both seen."""
_MARK, _LINE = 5.0, 1.6
_MARK_OF_WHOLE, _LINE_OF_WHOLE = 7.5, 0.5


def draw_lines(chart: LineChart, title: str) -> Figure:
    """Return the picture of a line chart."""
    names = [line.name for line in chart.lines]
    rows = -(-len(names) // legend_columns(names))
    figure, axes = sheet(_HEIGHT + _LEGEND_ROW * rows)
    points = [at for line in chart.lines for at in line.x]
    is_whole = _are_whole(points)
    for index, line in enumerate(chart.lines):
        axes.plot(
            _numbers(line.x),
            line.y,
            color=COLOURS[index],
            marker=MARKERS[index],
            markerfacecolor="none",
            markeredgewidth=_EDGE,
            markersize=_MARK_OF_WHOLE if is_whole else _MARK,
            linewidth=_LINE_OF_WHOLE if is_whole else _LINE,
            label=legend_name(line.name),
        )
    _mark_x(axes, points)
    if _are_whole([value for line in chart.lines for value in line.y]):
        axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: written(value)))
    axes.set_xlabel(chart.x)
    axes.set_ylabel(chart.y)
    axes.grid(color=GRID, linewidth=0.6)
    axes.set_axisbelow(True)
    if len(names) > 1:
        figure.legend(
            loc="outside lower left", ncols=legend_columns(names), frameon=False
        )
    add_words(figure, axes, title, chart.note)
    return figure


def _numbers(points: Sequence[float | date]) -> list[float]:
    return [date2num(at) if isinstance(at, date) else float(at) for at in points]


def _mark_x(axes: Axes, points: Sequence[float | date]) -> None:
    if any(isinstance(at, date) for at in points):
        # Before the year 1 and after 9999 the library knows no dates.
        left, right = axes.get_xlim()
        axes.set_xlim(max(left, _FIRST_DAY), min(right, _LAST_DAY))
        locator = AutoDateLocator()
        axes.xaxis.set_major_locator(locator)
        axes.xaxis.set_major_formatter(ConciseDateFormatter(locator))
        return
    axes.xaxis.set_major_locator(MaxNLocator(10, integer=_are_whole(points)))
    # Of numbers on this axis most are years, which nobody writes with a comma.
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))


def _are_whole(points: Sequence[float | date]) -> bool:
    return all(not isinstance(at, date) and at == int(at) for at in points)
