"""Places on the outlines of the continents.

The projection is equirectangular, true to distances at the middle of the picture.
"""

import math
from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import FuncFormatter, MaxNLocator

from ssc_kg.charts.chart import MapChart, Place
from ssc_kg.charts.labels import Label, place_labels
from ssc_kg.charts.land import read_land
from ssc_kg.charts.style import (
    COLOURS,
    GRID,
    LABEL_SIZE,
    MARKERS,
    WIDTH,
    add_words,
    legend_columns,
    legend_name,
    sheet,
    written,
)

_LAND = "#EFEDE8"
_COAST = "#C9C5BC"
_AROUND = 1.6
_SMALLEST, _LARGEST, _PLAIN = 18.0, 320.0, 40.0
"""Areas of a mark in square points: of the smallest number, the largest, of none."""
_FLATTEST, _STEEPEST = 0.35, 1.1
"""Height to width."""


def draw_map(chart: MapChart, title: str) -> Figure:
    """Return the picture of a map."""
    west, east, south, north = _frame(chart.places)
    stretch = 1 / math.cos(math.radians((south + north) / 2))
    shape = (north - south) * stretch / (east - west)
    figure, axes = sheet(_AROUND + WIDTH * shape)
    axes.add_collection(
        PolyCollection(
            _shown_land(west, east, south, north),
            facecolors=_LAND,
            edgecolors=_COAST,
            linewidths=0.6,
        )
    )
    axes.set_xlim(west, east)
    axes.set_ylim(south, north)
    axes.set_aspect(stretch)
    _mark_degrees(axes)
    _draw_places(figure, axes, chart)
    add_words(figure, axes, title, chart.note)
    _take_up_slack(figure, axes)
    homeless = _write_names(figure, axes, chart.places)
    if homeless:
        said = f"{homeless} names had no room"
        add_words(figure, axes, title, "; ".join(filter(None, (chart.note, said))))
    return figure


def _shown_land(
    west: float, east: float, south: float, north: float
) -> list[list[tuple[float, float]]]:
    """Return the coasts of which anything can be seen."""
    return [
        list(ring)
        for ring in read_land()
        if min(x for x, _ in ring) < east
        and max(x for x, _ in ring) > west
        and min(y for _, y in ring) < north
        and max(y for _, y in ring) > south
    ]


def _frame(places: Sequence[Place]) -> tuple[float, float, float, float]:
    """Return west, east, south and north of what is shown, with room for names."""
    longitudes = [place.longitude for place in places]
    latitudes = [place.latitude for place in places]
    width = max(1.2 * (max(longitudes) - min(longitudes)), 4.0)
    height = max(1.2 * (max(latitudes) - min(latitudes)), 3.0)
    x = (max(longitudes) + min(longitudes)) / 2
    y = (max(latitudes) + min(latitudes)) / 2
    stretch = 1 / math.cos(math.radians(max(-80.0, min(80.0, y))))
    width = max(width, height * stretch / _STEEPEST)
    height = max(height, width * _FLATTEST / stretch)
    return (
        max(-180.0, x - width / 2),
        min(180.0, x + width / 2),
        max(-90.0, y - height / 2),
        min(90.0, y + height / 2),
    )


def _draw_places(figure: Figure, axes: Axes, chart: MapChart) -> None:
    groups = list(dict.fromkeys(place.group for place in chart.places))
    for index, group in enumerate(groups):
        places = [place for place in chart.places if place.group == group]
        # What is small is drawn on what is large.
        places.sort(key=lambda place: -(place.size or 0.0))
        axes.scatter(
            [place.longitude for place in places],
            [place.latitude for place in places],
            s=_areas(places, chart.places),
            color=COLOURS[index],
            marker=MARKERS[index],
            edgecolors="white",
            linewidths=0.7,
            alpha=0.9,
            zorder=3,
        )
    handles = [
        _mark(COLOURS[index], MARKERS[index], _PLAIN, legend_name(group))
        for index, group in enumerate(groups)
        if chart.group
    ]
    handles += _sizes(chart)
    if handles:
        names = [str(handle.get_label()) for handle in handles]
        figure.legend(
            handles=handles,
            loc="outside lower left",
            ncols=legend_columns(names),
            title=chart.group or None,
            alignment="left",
            frameon=False,
        )


def _sizes(chart: MapChart) -> list[Line2D]:
    """Return what explains the sizes: the smallest and the largest number."""
    sized = sorted(
        (place.size, area)
        for place, area in zip(
            chart.places, _areas(chart.places, chart.places), strict=True
        )
        if place.size is not None
    )
    if not chart.size or not sized:
        return []
    return [
        _mark(GRID, "o", area, f"{chart.size}: {written(size)}")
        for size, area in dict.fromkeys((sized[0], sized[-1]))
    ]


def _mark(colour: str, marker: str, area: float, name: str) -> Line2D:
    return Line2D(
        [],
        [],
        linestyle="none",
        color=colour,
        marker=marker,
        markersize=math.sqrt(area),
        markeredgecolor="#8C8C8C" if colour == GRID else "white",
        label=name,
    )


def _areas(places: Sequence[Place], all_: Sequence[Place]) -> list[float]:
    """Return the areas of marks, which grow as the numbers do."""
    sizes = [place.size for place in all_ if place.size is not None]
    largest = max(sizes, default=0.0)
    if largest <= 0:
        return [_PLAIN] * len(places)
    return [
        _SMALLEST + max(0.0, place.size or 0.0) / largest * (_LARGEST - _SMALLEST)
        for place in places
    ]


def _take_up_slack(figure: Figure, axes: Axes) -> None:
    """Lower the picture by what the map, whose shape is fixed, leaves empty."""
    figure.draw_without_rendering()
    slack = axes.get_position(original=True).height - axes.get_position().height
    width, height = figure.get_size_inches()
    figure.set_size_inches(width, height * (1 - slack))
    figure.draw_without_rendering()  # The layout is final from here on.


def _write_names(figure: Figure, axes: Axes, places: Sequence[Place]) -> int:
    areas = _areas(places, places)
    labels: dict[tuple[str, float, float], Label] = {}
    for place, area in sorted(
        zip(places, areas, strict=True), key=lambda pair: -pair[1]
    ):
        spot = (place.name, place.longitude, place.latitude)
        if place.name and spot not in labels:  # It may stand there in several groups.
            labels[spot] = Label(*spot, math.sqrt(area) / 2 + 3)
    return place_labels(figure, axes, [*labels.values()], size=LABEL_SIZE - 1)


def _mark_degrees(axes: Axes) -> None:
    axes.xaxis.set_major_locator(MaxNLocator(7))
    axes.yaxis.set_major_locator(MaxNLocator(6))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda at, _: _degrees(at, "EW")))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda at, _: _degrees(at, "NS")))
    axes.grid(color=GRID, linewidth=0.5)
    axes.set_axisbelow(True)


def _degrees(at: float, sides: str) -> str:
    side = "" if at == 0 else sides[1] if at < 0 else sides[0]
    return f"{abs(at):g}°{side}"
