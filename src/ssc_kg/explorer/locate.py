"""Where a place lies: a small map of the land around it, drawn in the page itself."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

from ssc_kg.charts.land import Ring, read_land
from ssc_kg.dataset.shown import Spot

WIDTH, HEIGHT = 320.0, 200.0
"""Units of the drawing; a page may show it at any size."""
_SPAN = 60.0
"""How many degrees of a great circle are as long as it is wide."""
_MARGIN = 2.0
"""So far outside land is cut, so that no cut is seen as a coast."""
_HIGHEST = 80.0
"""Where degrees of longitude are no longer made shorter."""

_Point: TypeAlias = tuple[float, float]


@dataclass(frozen=True, slots=True)
class SpotMap:
    """A map, as SVG draws it."""

    land: str
    """The path of the coasts."""
    x: float
    y: float
    """Where the place is."""
    width: float = WIDTH
    height: float = HEIGHT


def draw_spot(spot: Spot) -> SpotMap | None:
    """Return the map around a place, or None if it lies nowhere on Earth.

    The projection is equirectangular, true to distances at the place.
    """
    if not (abs(spot.latitude) <= 90 and abs(spot.longitude) <= 180):  # noqa: PLR2004
        return None
    rings = (
        _clip(_project(ring, spot, turn))
        for ring in read_land()
        # On the other side of the antimeridian degrees are counted otherwise.
        for turn in (-360.0, 0.0, 360.0)
    )
    paths = [_path(ring) for ring in rings if ring]
    return SpotMap(" ".join(paths), WIDTH / 2, HEIGHT / 2)


def _project(ring: Ring, spot: Spot, turn: float) -> list[_Point]:
    down = WIDTH / _SPAN
    across = down * math.cos(math.radians(min(abs(spot.latitude), _HIGHEST)))
    return [
        (
            WIDTH / 2 + (longitude + turn - spot.longitude) * across,
            HEIGHT / 2 - (latitude - spot.latitude) * down,
        )
        for longitude, latitude in ring
    ]


def _clip(ring: Sequence[_Point]) -> Sequence[_Point]:
    """Return what of a polygon is seen (Sutherland and Hodgman, side by side)."""
    for axis, limit, sign in (
        (0, -_MARGIN, 1),
        (0, WIDTH + _MARGIN, -1),
        (1, -_MARGIN, 1),
        (1, HEIGHT + _MARGIN, -1),
    ):
        ring = list(_cut(ring, axis, limit, sign))
    return ring


def _cut(
    ring: Sequence[_Point], axis: int, limit: float, sign: int
) -> Iterator[_Point]:
    """Yield the part of a polygon on one side of a line across an axis."""
    for before, point in pairwise((*ring[-1:], *ring)):
        was_inside = (before[axis] - limit) * sign >= 0
        is_inside = (point[axis] - limit) * sign >= 0
        if was_inside != is_inside:
            part = (limit - before[axis]) / (point[axis] - before[axis])
            x, y = (a + part * (b - a) for a, b in zip(before, point, strict=True))
            yield x, y
        if is_inside:
            yield point


def _path(ring: Sequence[_Point]) -> str:
    points = dict.fromkeys(f"{x:.1f} {y:.1f}" for x, y in ring)
    return f"M{'L'.join(points)}Z"
