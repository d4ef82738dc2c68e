"""The outlines of the continents, for maps that need no network.

`land.json` is Natural Earth's land at 1:110 million (version 4.1, public domain), as
rings of longitudes and latitudes in degrees, rounded to a hundredth. Rings over the
antimeridian go on beyond it, and are there once for each side.
"""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TypeAlias

from pydantic import TypeAdapter

Ring: TypeAlias = Sequence[tuple[float, float]]
_FILE = Path(__file__).with_name("land.json")
_RINGS = TypeAdapter(list[list[tuple[float, float]]])


@cache
def read_land() -> Sequence[Ring]:
    """Return each island and continent as the points of its coast."""
    return _RINGS.validate_json(_FILE.read_bytes())
