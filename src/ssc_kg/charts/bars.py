"""Bars, lying, so that long names can be read; each with its number."""

from collections.abc import Sequence

from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from ssc_kg.charts.chart import BarChart
from ssc_kg.charts.style import (
    COLOURS,
    GRID,
    LABEL_SIZE,
    add_words,
    fold,
    legend_columns,
    legend_name,
    sheet,
    written,
)

_LETTERS = 42
_LINE = 0.17
_BAR = 0.22
_GAP = 0.14
_AROUND = 1.5
"""Inches: a line of text, a bar, between categories, and what is around."""


def draw_bars(chart: BarChart, title: str) -> Figure:
    """Return the picture of a bar chart."""
    names = [fold(name, _LETTERS) for name in chart.categories]
    many = len(chart.series)
    shown = [_shown(chart, row) for row in range(len(names))]
    heights = [
        max(_LINE * (name.count("\n") + 1), _BAR * len(each)) + _GAP
        for name, each in zip(names, shown, strict=True)
    ]
    figure, axes = sheet(_AROUND + sum(heights) + (0.3 if many > 1 else 0))
    middles = _middles(heights)
    for index, series in enumerate(chart.series):
        rows = [row for row, each in enumerate(shown) if index in each]
        values = [series.values[row] for row in rows]
        bars = axes.barh(
            [middles[row] + _offset(shown[row], index) for row in rows],
            [value or 0.0 for value in values],
            height=_BAR * 0.92,
            color=COLOURS[index],
            label=legend_name(series.name),
        )
        texts = ["" if value is None else written(value) for value in values]
        axes.bar_label(bars, texts, padding=3, fontsize=LABEL_SIZE)
    axes.set_yticks(middles, names)
    axes.set_ylim(sum(heights), 0)
    axes.set_xlabel(chart.value)
    axes.set_ylabel(chart.category)
    axes.margins(x=0.1)
    axes.tick_params(axis="y", length=0)
    axes.xaxis.set_major_locator(MaxNLocator(6, integer=_is_whole(chart)))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: written(value)))
    axes.grid(axis="x", color=GRID, linewidth=0.6)
    axes.set_axisbelow(True)
    if many > 1:
        figure.legend(
            loc="outside lower left",
            ncols=legend_columns([series.name for series in chart.series]),
            frameon=False,
        )
    add_words(figure, axes, title, chart.note)
    return figure


def _shown(chart: BarChart, row: int) -> list[int]:
    """Return which series have a bar beside a category."""
    return [
        index
        for index, series in enumerate(chart.series)
        if series.values[row] is not None
    ] or [0]


def _offset(shown: Sequence[int], index: int) -> float:
    """Return how far from the middle of its category a bar lies."""
    return (shown.index(index) - (len(shown) - 1) / 2) * _BAR


def _middles(heights: list[float]) -> list[float]:
    middles, begin = [], 0.0
    for height in heights:
        middles.append(begin + height / 2)
        begin += height
    return middles


def _is_whole(chart: BarChart) -> bool:
    return all(
        value is None or value == int(value)
        for series in chart.series
        for value in series.values
    )
