"""The four charts as facts: what is to be drawn, and how it is called."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeAlias


class ChartKind(StrEnum):
    """What can be drawn."""

    BAR = "bar"
    LINE = "line"
    MAP = "map"
    NETWORK = "network"


@dataclass(frozen=True, slots=True)
class Series:
    """Values that belong together; one for each category, None where there is none."""

    name: str
    values: Sequence[float | None]


@dataclass(frozen=True, slots=True)
class BarChart:
    """Bars of one or several series beside each category."""

    category: str
    """What the categories are."""
    categories: Sequence[str]
    value: str
    """What the values are, with their unit if it is known; empty if series differ."""
    series: Sequence[Series]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """Points in the order of x."""

    name: str
    x: Sequence[float | date]
    y: Sequence[float]


@dataclass(frozen=True, slots=True)
class LineChart:
    """Lines over numbers, years or dates."""

    x: str
    y: str
    """What the values are, with their unit if it is known; empty if lines differ."""
    lines: Sequence[Line]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A point on the map, in degrees."""

    name: str
    longitude: float
    latitude: float
    group: str = ""
    size: float | None = None


@dataclass(frozen=True, slots=True)
class MapChart:
    """Places in groups, sized by a number if there is one."""

    places: Sequence[Place]
    group: str = ""
    """What the groups are; empty if there are none."""
    size: str = ""
    """What the size is; empty if all are of one size."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Edge:
    """A line between two nodes."""

    source: str
    target: str
    kind: str
    weight: float
    """From the table, or else how many rows say the same."""


@dataclass(frozen=True, slots=True)
class NetworkChart:
    """Nodes that are connected."""

    source: str
    target: str
    edges: Sequence[Edge]
    kind: str = ""
    """What the kinds are; empty if there are none."""
    weight: str = "rows"
    note: str = ""


Chart: TypeAlias = BarChart | LineChart | MapChart | NetworkChart
