"""How charts look: sizes, colours that the colour-blind tell apart, folded texts."""

import textwrap
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING
from warnings import catch_warnings, filterwarnings

import matplotlib as mpl
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.figure import Figure

if TYPE_CHECKING:
    from matplotlib.typing import RcKeyType

COLOURS = (
    "#0072B2",
    "#E69F00",
    "#009E73",
    "#D55E00",
    "#CC79A7",
    "#56B4E9",
    "#000000",
    "#8C8C8C",
)
"""Okabe and Ito's, without the yellow that white paper swallows; then grey."""
MARKERS = "osD^vPX*"
"""A second mark beside each colour."""
INK = "#222222"
QUIET = "#6B6B6B"
GRID = "#DDDDDD"
WIDTH = 9.0
"""Inches, of every picture."""
TITLE_SIZE = 13.0
LABEL_SIZE = 8.5
_TITLE_LETTERS = 76
_LONG = 1e15
"""Of so large a number a double does not have each digit."""
_FONTS = ("DejaVu Sans", "Noto Sans CJK SC", "Noto Sans CJK JP", "Noto Sans Arabic")
_LEGEND_LETTERS = 44


@contextmanager
def styled() -> Iterator[None]:
    """Draw within this: the same bytes for the same chart, texts as they are.

    Text stays text in SVG, so that it can be searched, read aloud and translated, and
    is shown with the fonts of whoever looks. PNG has the fonts of this machine, and a
    box for a letter that none of them has.
    """
    settings: dict[RcKeyType, object] = {
        "axes.edgecolor": GRID,
        "axes.labelcolor": INK,
        "font.family": list(_fonts()),
        "font.size": LABEL_SIZE + 0.5,
        "savefig.dpi": 150,
        "svg.fonttype": "none",
        "svg.hashsalt": "ssc-kg",
        "text.color": INK,
        "text.parse_math": False,
        "xtick.color": INK,
        "ytick.color": INK,
    }
    with mpl.rc_context(settings), catch_warnings():
        filterwarnings("ignore", "Glyph .* missing from font")
        yield


def fold(text: str, letters: int) -> str:
    r"""Return a text in lines of about so many letters; nothing of it is lost.

    >>> fold("Sustainable cities and communities", 16)
    'Sustainable\ncities and\ncommunities'
    """
    return "\n".join(textwrap.wrap(text, letters)) or text


def written(value: float) -> str:
    """Return a number as people write it.

    >>> written(13568357.0), written(0.25), written(1e-9), written(1e300)
    ('13,568,357', '0.25', '1e-09', '1e+300')
    """
    is_long = abs(value) >= _LONG
    return f"{value:,.4g}" if is_long or value != int(value) else f"{value:,.0f}"


def sheet(height: float) -> tuple[Figure, Axes]:
    """Return an empty picture of a height in inches, without a frame."""
    figure = Figure(figsize=(WIDTH, height), layout="constrained")
    axes = figure.add_subplot()
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    return figure, axes


def add_words(figure: Figure, axes: Axes, title: str, note: str) -> None:
    """Write the title above, and the note between it and the picture."""
    if title:
        folded = fold(title, _TITLE_LETTERS)
        figure.suptitle(
            folded, x=0.01, ha="left", fontsize=TITLE_SIZE, fontweight="bold"
        )
    if note:
        axes.set_title(note, loc="left", fontsize=LABEL_SIZE, color=QUIET)


def legend_name(name: str) -> str:
    """Return a name for a legend, which would leave out one that begins with `_`."""
    folded = fold(name, _LEGEND_LETTERS)
    return f" {folded}" if folded.startswith("_") else folded


def legend_columns(names: Sequence[str]) -> int:
    """Return how many names stand beside each other."""
    longest = max(min(len(name), _LEGEND_LETTERS) for name in names)
    return max(1, min(len(names), 100 // (longest + 6)))


@cache
def _fonts() -> tuple[str, ...]:
    """Return the fonts that there are; the first comes with matplotlib."""
    known = set(font_manager.get_font_names())
    return tuple(name for name in _FONTS if name in known)
