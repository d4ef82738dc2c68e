"""Names beside points, where they hide neither each other nor other points."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from ssc_kg.charts.style import INK, QUIET

_SIDES = (
    (1.0, 0.0),
    (-1.0, 0.0),
    (0.0, 1.0),
    (0.0, -1.0),
    (0.8, 0.8),
    (-0.8, 0.8),
    (0.8, -0.8),
    (-0.8, -0.8),
)
_FAR = (1.0, 1.8, 3.0, 4.5, 6.5)
"""How many times its distance a name may move away from its point."""
_POINTS = 72
"""How many an inch has."""


@dataclass(frozen=True, slots=True)
class Label:
    """A name, where its point is, and how far from the middle of it the name begins."""

    text: str
    x: float
    y: float
    distance: float
    """In points, of which an inch has 72."""


def place_labels(
    figure: Figure, axes: Axes, labels: Sequence[Label], *, size: float
) -> int:
    """Write names where there is room; return how many found none.

    The earlier names choose first. The picture must have its final layout.
    """
    renderer = FigureCanvasAgg(figure).get_renderer()
    scale = figure.dpi / _POINTS
    frame = axes.get_window_extent(renderer)
    places = [axes.transData.transform((label.x, label.y)) for label in labels]
    taken = [
        _around(x, y, label.distance * scale * 0.8)
        for (x, y), label in zip(places, labels, strict=True)
    ]
    homeless = 0
    for own, label in enumerate(labels):
        width, height = _measure(axes, renderer, label, size)
        others = [box for index, box in enumerate(taken) if index != own]
        for spot in _SPOTS:
            x, y = places[own] + np.array(spot.offset(label.distance)) * scale
            box = spot.box(x, y, width, height)
            if _contains(frame, box) and not any(map(box.overlaps, others)):
                _write(axes, label, spot, size)
                taken.append(box)
                break
        else:
            homeless += 1
    return homeless


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where a name may stand: in which direction, how far, and by which corner."""

    x: float
    y: float
    far: float

    @property
    def horizontal(self) -> Literal["left", "right", "center"]:
        return "center" if self.x == 0 else "left" if self.x > 0 else "right"

    @property
    def vertical(self) -> Literal["bottom", "top", "center"]:
        return "center" if self.y == 0 else "bottom" if self.y > 0 else "top"

    def offset(self, distance: float) -> tuple[float, float]:
        return self.x * self.far * distance, self.y * self.far * distance

    def box(self, x: float, y: float, width: float, height: float) -> Bbox:
        left = {"left": x, "right": x - width, "center": x - width / 2}
        bottom = {"bottom": y, "top": y - height, "center": y - height / 2}
        corner = left[self.horizontal], bottom[self.vertical]
        return Bbox.from_bounds(*corner, width, height)


_SPOTS = [_Spot(x, y, far) for far in _FAR for x, y in _SIDES]


def _measure(
    axes: Axes, renderer: RendererAgg, label: Label, size: float
) -> tuple[float, float]:
    text = axes.text(label.x, label.y, label.text, fontsize=size)
    extent = text.get_window_extent(renderer)
    text.remove()
    return extent.width, extent.height


def _write(axes: Axes, label: Label, spot: _Spot, size: float) -> None:
    is_led = spot.far > _FAR[1]
    axes.annotate(
        label.text,
        (label.x, label.y),
        xytext=spot.offset(label.distance),
        textcoords="offset points",
        ha=spot.horizontal,
        va=spot.vertical,
        fontsize=size,
        color=INK,
        zorder=2.5,  # What is behind a name is no point.
        # A halo by path effects would make outlines of the letters in SVG.
        bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.6, "pad": 0.4},
        arrowprops={"arrowstyle": "-", "color": QUIET, "linewidth": 0.5}
        if is_led
        else None,
    )


def _around(x: float, y: float, radius: float) -> Bbox:
    return Bbox.from_extents(x - radius, y - radius, x + radius, y + radius)


def _contains(frame: Bbox, box: Bbox) -> bool:
    across = frame.x0 <= box.x0 and box.x1 <= frame.x1
    return bool(across and frame.y0 <= box.y0 and box.y1 <= frame.y1)
