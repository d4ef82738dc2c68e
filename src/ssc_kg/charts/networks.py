"""Nodes by what they are connected with; whoever has more connections is larger."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Literal, TypeAlias

import networkx as nx
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import FancyArrowPatch

from ssc_kg.charts.chart import NetworkChart
from ssc_kg.charts.labels import Label, place_labels
from ssc_kg.charts.style import (
    COLOURS,
    LABEL_SIZE,
    add_words,
    fold,
    legend_columns,
    legend_name,
    sheet,
)

Position: TypeAlias = tuple[float, float]
_NODE = "#4D4D4D"
_LETTERS = 22
_HEIGHT = 7.5
_BEND = 0.14
_THIN, _THICK = 0.9, 2.8
_STYLES: Sequence[Literal["solid", "dashed", "dotted", "dashdot"]] = (
    "solid",
    "dashed",
    "dotted",
    "dashdot",
)


def draw_network(chart: NetworkChart, title: str) -> Figure:
    """Return the picture of a network."""
    graph: nx.Graph[str] = nx.Graph()
    for edge in chart.edges:
        graph.add_edge(edge.source, edge.target)
    places = _lay_out(graph)
    figure, axes = sheet(_HEIGHT if len(graph) <= 40 else _HEIGHT * 1.3)  # noqa: PLR2004
    axes.set_axis_off()
    axes.set_xlim(-1.15, 1.15)
    axes.set_ylim(-1.1, 1.1)
    kinds = list(dict.fromkeys(edge.kind for edge in chart.edges))
    _draw_edges(axes, chart, places, kinds)
    areas = {node: 16 + 14 * math.sqrt(degree) for node, degree in graph.degree()}
    axes.scatter(
        [places[node][0] for node in graph],
        [places[node][1] for node in graph],
        s=[areas[node] for node in graph],
        color=_NODE,
        edgecolors="white",
        linewidths=0.8,
        zorder=4,
    )
    if chart.kind:
        names = [legend_name(kind) for kind in kinds]
        figure.legend(
            handles=[
                Line2D([], [], color=COLOURS[n], linestyle=_STYLES[n % 4], label=name)
                for n, name in enumerate(names)
            ],
            title=chart.kind,
            alignment="left",
            loc="outside lower left",
            ncols=legend_columns(names),
            frameon=False,
        )
    add_words(figure, axes, title, chart.note)
    figure.draw_without_rendering()  # The layout is final from here on.
    labels = [
        Label(fold(node, _LETTERS), *places[node], math.sqrt(areas[node]) / 2 + 3)
        for node in sorted(graph, key=lambda node: (-areas[node], node))
    ]
    homeless = place_labels(figure, axes, labels, size=LABEL_SIZE - 1)
    if homeless:
        said = f"{homeless} names had no room"
        add_words(figure, axes, title, "; ".join(filter(None, (chart.note, said))))
    return figure


def _lay_out(graph: "nx.Graph[str]") -> Mapping[str, Position]:
    """Return where the nodes are, between -1 and 1; the same for the same graph.

    What is connected is laid out by itself, in a square as large as its nodes need;
    the largest square stands left, the others in columns beside it.
    """
    parts = sorted(
        (sorted(part) for part in nx.connected_components(graph)),
        key=lambda part: (-len(part), part),
    )
    sides = [math.sqrt(len(part)) + 0.6 for part in parts]
    corners = _pack(sides)
    placed = {
        node: (left + side * (x + 1) / 2, bottom + side * (y + 1) / 2)
        for part, side, (left, bottom) in zip(parts, sides, corners, strict=True)
        for node, (x, y) in _spread(graph, part).items()
    }
    return _fill(placed)


def _pack(sides: Sequence[float]) -> list[Position]:
    """Return the corners of squares that come in the order of their size."""
    corners: list[Position] = []
    left = bottom = widest = 0.0
    for side in sides:
        if corners and bottom + side > sides[0]:
            left, bottom, widest = left + widest, 0.0, 0.0
        corners.append((left, bottom))
        bottom += side
        widest = max(widest, side)
    return corners


def _spread(graph: "nx.Graph[str]", part: Sequence[str]) -> Mapping[str, Position]:
    """Return where connected nodes are in a square from -1 to 1."""
    ordered: nx.Graph[str] = nx.Graph()
    ordered.add_nodes_from(part)
    edges = graph.subgraph(part).edges()
    ordered.add_edges_from(sorted((min(edge), max(edge)) for edge in edges))
    apart = 4 / math.sqrt(len(part))
    found = nx.spring_layout(ordered, seed=1, k=apart, iterations=500)
    return _fill({node: (float(x), float(y)) for node, (x, y) in found.items()}, 0.78)


def _fill(places: Mapping[str, Position], to: float = 1.0) -> dict[str, Position]:
    """Return the places stretched so that each direction goes from -to to `to`."""
    ends = [(min(axis), max(axis)) for axis in zip(*places.values(), strict=True)]
    (west, east), (south, north) = ends
    return {
        node: (_stretch(x, west, east) * to, _stretch(y, south, north) * to)
        for node, (x, y) in places.items()
    }


def _stretch(at: float, low: float, high: float) -> float:
    return 0.0 if high == low else 2 * (at - low) / (high - low) - 1


def _draw_edges(
    axes: Axes,
    chart: NetworkChart,
    places: Mapping[str, Position],
    kinds: list[str],
) -> None:
    seen = Counter[frozenset[str]]()
    weights = [edge.weight for edge in chart.edges]
    for edge in chart.edges:
        pair = frozenset((edge.source, edge.target))
        index = kinds.index(edge.kind)
        axes.add_patch(
            FancyArrowPatch(
                places[min(pair)],
                places[max(pair)],
                arrowstyle="-",
                connectionstyle=f"arc3,rad={_bend(seen[pair])}",
                color=COLOURS[index] if chart.kind else "#9A9A9A",
                linestyle=_STYLES[index % 4],
                linewidth=_width(edge.weight, min(weights), max(weights)),
                alpha=0.75,
                zorder=2,
            )
        )
        seen[pair] += 1


def _bend(before: int) -> float:
    """Return how an edge bends that has so many others between the same nodes.

    >>> [_bend(before) for before in range(3)]
    [0.0, 0.14, -0.14]
    """
    return ((before + 1) // 2) * (_BEND if before % 2 else -_BEND) + 0.0


def _width(weight: float, least: float, most: float) -> float:
    share = 0.0 if most == least else (weight - least) / (most - least)
    return _THIN + (_THICK - _THIN) * share
