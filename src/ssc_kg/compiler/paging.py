"""The arguments that say which part of a list is shown, and how far a closure goes."""

from collections.abc import Mapping

from ssc_kg.compiler.cursors import as_begun, read_cursor
from ssc_kg.compiler.ordering import Key, Position
from ssc_kg.compiler.plan import Page
from ssc_kg.errors import DepthError, PageEndsError, PageSizeError

DEFAULT_PAGE = 50
"""Nodes of a connection when `first` is not given."""
MAXIMUM_PAGE = 1000
"""The largest `first` or `last`; a larger one is refused, never cut."""
MAXIMUM_STEPS = 20
"""The largest `depth` of a transitive field; without it there is no limit."""


def read_page(arguments: Mapping[str, object], keys: tuple[Key, ...]) -> Page:
    """Return the page that the arguments of a connection ask for.

    Raises:
        CursorError: A cursor is none of this order.
        PageEndsError: It is asked for from both ends.
        PageSizeError: It is too large, or less than empty.
    """
    size, is_last = read_size(arguments)
    cursors = {
        name: text
        for name in ("after", "before")
        if isinstance(text := arguments.get(name), str)
    }
    keys = as_begun(keys, cursors.values())
    places: dict[str, Position] = {
        name: read_cursor(text, keys, name=name) for name, text in cursors.items()
    }
    return Page(size, keys, places.get("after"), places.get("before"), is_last)


def read_depth(arguments: Mapping[str, object]) -> int | None:
    """Return how many steps a closure may go; None if there is no limit.

    Raises:
        DepthError: It is none, or too many.
    """
    depth = arguments.get("depth")
    if not isinstance(depth, int):
        return None
    if not 1 <= depth <= MAXIMUM_STEPS:
        raise DepthError(depth, MAXIMUM_STEPS)
    return depth


def read_size(arguments: Mapping[str, object]) -> tuple[int, bool]:
    """Return how many nodes to show, and whether those at the end.

    Raises:
        PageEndsError: Both ends are asked for.
        PageSizeError: They are too many, or less than none.
    """
    first, last = arguments.get("first"), arguments.get("last")
    if isinstance(first, int) and isinstance(last, int):
        raise PageEndsError
    name, size = ("last", last) if isinstance(last, int) else ("first", first)
    if not isinstance(size, int):
        return DEFAULT_PAGE, False
    if not 0 <= size <= MAXIMUM_PAGE:
        raise PageSizeError(name, size, MAXIMUM_PAGE)
    return size, name == "last"
