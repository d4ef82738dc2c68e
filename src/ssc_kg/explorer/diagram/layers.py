"""Boxes in columns, joined by lines that seldom cross.

The layered drawing of Sugiyama, Tagawa and Toda (1981): each box stands left of those
that it leads to, boxes of a column are sorted by where their neighbours stand, and then
moved to where lines are short. Equal graphs are drawn alike.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TypeAlias

from ssc_kg.explorer.diagram.columns import Cell, Links, rank, sort_columns, turned
from ssc_kg.explorer.diagram.spread import spread

_PASSES = 16
_GAP = 20.0
"""Between boxes of a column."""
_AISLE = 64.0
"""Between columns."""
_LANE = 6.0
"""What a line takes that passes a column."""

Point: TypeAlias = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Box:
    """What is joined: how large it is, and in the end where its left top corner is."""

    name: str
    width: float
    height: float
    x: float = 0.0
    y: float = 0.0
    column: float = 0.0
    """How wide its column is, which begins where it does."""


@dataclass(frozen=True, slots=True)
class Line:
    """What joins two boxes, from a height in one to a height in the other."""

    source: str
    target: str
    leaves: float
    """How far below the top of its source it begins."""
    enters: float
    """How far below the top of its target it ends."""


@dataclass(frozen=True, slots=True)
class Route:
    """Where a line passes, from its source on."""

    line: Line
    points: tuple[Point, ...]

    @property
    def path(self) -> str:
        """The way as SVG spells it: curves that begin and end level."""
        (x, y), *_ = self.points
        parts = [f"M{x:.1f},{y:.1f}"]
        for (x1, y1), (x2, y2) in pairwise(self.points):
            middle = (x1 + x2) / 2
            parts.append(
                f"C{middle:.1f},{y1:.1f} {middle:.1f},{y2:.1f} {x2:.1f},{y2:.1f}"
            )
        return "".join(parts)


@dataclass(frozen=True, slots=True)
class Layout:
    """Boxes with their places, and lines with their ways, from 0, 0 on."""

    boxes: Mapping[str, Box]
    routes: tuple[Route, ...]
    width: float
    height: float


def lay_out(boxes: Sequence[Box], lines: Sequence[Line]) -> Layout:
    """Return where boxes and lines lie.

    A line from a box to itself needs no way, and gets none.
    """
    names = [box.name for box in boxes]
    lines = [line for line in lines if line.source != line.target]
    ends = [(line.source, line.target) for line in lines]
    back = turned(names, ends)
    ways = [
        (target, source) if number in back else (source, target)
        for number, (source, target) in enumerate(ends)
    ]
    ranks = rank(names, ways)
    chains = [_chain(number, way, ranks) for number, way in enumerate(ways)]
    columns: dict[int, list[Cell]] = defaultdict(list)
    for name in names:
        columns[ranks[name]].append(name)
    for (left, *_), passed in zip(ways, chains, strict=True):
        for steps, cell in enumerate(passed[1:-1], start=1):
            columns[ranks[left] - steps].append(cell)
    links = [pair for chain in chains for pair in pairwise(chain)]
    ordered = sort_columns([columns[each] for each in sorted(columns)], links)
    placed = _place(ordered, links, {box.name: box for box in boxes})
    routes = (
        _route(line, chain, placed, is_back=number in back)
        for number, (line, chain) in enumerate(zip(lines, chains, strict=True))
    )
    found = {name: placed[name] for name in names}
    return Layout(
        found,
        tuple(routes),
        width=max((box.x + box.width for box in placed.values()), default=0.0),
        height=max((box.y + box.height for box in placed.values()), default=0.0),
    )


def _chain(number: int, way: tuple[str, str], ranks: Mapping[str, int]) -> list[Cell]:
    """Return the cells that a line joins: one in each column that it passes."""
    left, right = way
    passed = range(ranks[left] - 1, ranks[right], -1)
    return [left, *((number, column) for column in passed), right]


def _place(
    columns: Sequence[Sequence[Cell]], links: Links, boxes: Mapping[str, Box]
) -> Mapping[Cell, Box]:
    sizes = {
        cell: boxes[cell] if isinstance(cell, str) else Box("", 0.0, _LANE)
        for column in columns
        for cell in column
    }
    centres = _relax(columns, links, sizes)
    top = min((centres[cell] - sizes[cell].height / 2 for cell in sizes), default=0.0)
    placed: dict[Cell, Box] = {}
    x = 0.0
    # The first column is that of boxes that lead nowhere: it stands on the right.
    for column in reversed(columns):
        width = max(sizes[cell].width for cell in column)
        for cell in column:
            y = centres[cell] - sizes[cell].height / 2 - top
            placed[cell] = replace(sizes[cell], x=x, y=y, column=width)
        x += width + _AISLE
    return placed


def _relax(
    columns: Sequence[Sequence[Cell]], links: Links, sizes: Mapping[Cell, Box]
) -> dict[Cell, float]:
    """Return the middle of each cell, moved by turns towards its neighbours'."""
    centres: dict[Cell, float] = {}
    for column in columns:
        heights = [sizes[cell].height for cell in column]
        centres |= zip(column, spread([0.0] * len(column), heights, _GAP), strict=True)
    joined = defaultdict[Cell, list[Cell]](list)
    for left, right in links:
        joined[left].append(right)
        joined[right].append(left)
    for number in range(_PASSES):
        for column in columns if number % 2 else reversed(columns):
            wanted = [_mean(centres, joined[cell], centres[cell]) for cell in column]
            heights = [sizes[cell].height for cell in column]
            centres |= zip(column, spread(wanted, heights, _GAP), strict=True)
    return centres


def _mean(
    centres: Mapping[Cell, float], cells: Iterable[Cell], otherwise: float
) -> float:
    found = [centres[cell] for cell in cells]
    return sum(found) / len(found) if found else otherwise


def _route(
    line: Line, chain: Sequence[Cell], placed: Mapping[Cell, Box], *, is_back: bool
) -> Route:
    """Return a way that is level in columns, so that it curves in aisles only."""
    left, *passed, right = (placed[cell] for cell in chain)
    begins, ends = line.leaves, line.enters
    if is_back:
        begins, ends = ends, begins
    start, end = left.y + begins, right.y + ends
    points: list[Point] = [(left.x + left.width, start), (left.x + left.column, start)]
    for box in passed:
        level = box.y + box.height / 2
        points += [(box.x, level), (box.x + box.column, level)]
    points.append((right.x, end))
    return Route(line, tuple(reversed(points)) if is_back else tuple(points))
