"""In which column each box stands, and in which order, so that few lines cross."""

from bisect import bisect_right, insort
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import TypeAlias

_SWEEPS = 32

Cell: TypeAlias = str | tuple[int, int]
"""A box by its name, or the place where a line passes a column."""
Ends: TypeAlias = Sequence[tuple[str, str]]
Links: TypeAlias = Sequence[tuple[Cell, Cell]]


def turned(names: Sequence[str], ends: Ends) -> frozenset[int]:
    """Return which lines have to be turned, so that none close a circle.

    >>> turned(["a", "b"], [("a", "b"), ("b", "a")])
    frozenset({1})
    """
    leaving = defaultdict[str, list[tuple[int, str]]](list)
    for number, (source, target) in enumerate(ends):
        leaving[source].append((number, target))
    found, done, open_ = set[int](), set[str](), set[str]()

    def visit(name: str) -> None:
        open_.add(name)
        for number, target in leaving[name]:
            if target in open_:
                found.add(number)
            elif target not in done:
                visit(target)
        open_.remove(name)
        done.add(name)

    for name in names:
        if name not in done:
            visit(name)
    return frozenset(found)


def rank(names: Sequence[str], ends: Ends) -> dict[str, int]:
    """Return how many columns from the right each box stands, the lines being short.

    Args:
        names: The boxes.
        ends: The lines, which close no circle; each leads to the right.

    >>> rank(["a", "b", "c"], [("a", "b"), ("b", "c")])
    {'c': 0, 'b': 1, 'a': 2}
    """
    targets, sources = (
        defaultdict[str, list[str]](list),
        defaultdict[str, list[str]](list),
    )
    for left, right in ends:
        targets[left].append(right)
        sources[right].append(left)
    ranks: dict[str, int] = {}

    def visit(name: str) -> int:
        if name not in ranks:
            ranks[name] = max((visit(each) + 1 for each in targets[name]), default=0)
        return ranks[name]

    for name in names:
        visit(name)
    is_moved = True
    while is_moved:
        is_moved = False
        for name in names:
            if len(sources[name]) > len(targets[name]):
                nearest = min(ranks[each] for each in sources[name]) - 1
                is_moved |= nearest > ranks[name]
                ranks[name] = max(nearest, ranks[name])
    return ranks


def sort_columns(columns: Sequence[Sequence[Cell]], links: Links) -> list[list[Cell]]:
    """Return the columns, each sorted so that few links between them cross."""
    joined = defaultdict[Cell, list[Cell]](list)
    for left, right in links:
        joined[left].append(right)
        joined[right].append(left)
    best = current = [list(column) for column in columns]
    fewest = _count_crossings(best, links)
    for number in range(_SWEEPS):
        current = _sweep(current, joined, backward=bool(number % 2))
        crossings = _count_crossings(current, links)
        if crossings < fewest:
            best, fewest = current, crossings
    return best


def _sweep(
    columns: Sequence[Sequence[Cell]],
    joined: Mapping[Cell, Sequence[Cell]],
    *,
    backward: bool,
) -> list[list[Cell]]:
    """Sort each column by the middle of its neighbours in the one before."""
    waiting = list(reversed(columns)) if backward else list(columns)
    swept = [list(waiting[0])] if waiting else []
    for column in waiting[1:]:
        places = {cell: place for place, cell in enumerate(swept[-1])}
        wanted = {
            cell: _middle(places, joined[cell], own) for own, cell in enumerate(column)
        }
        swept.append(sorted(column, key=wanted.__getitem__))
    return swept[::-1] if backward else swept


def _middle(
    places: Mapping[Cell, int], neighbours: Collection[Cell], own: int
) -> float:
    found = [places[each] for each in neighbours if each in places]
    return sum(found) / len(found) if found else float(own)


def _count_crossings(columns: Sequence[Sequence[Cell]], links: Links) -> int:
    places = {cell: place for column in columns for place, cell in enumerate(column)}
    number = {cell: n for n, column in enumerate(columns) for cell in column}
    between = defaultdict[int, list[tuple[int, int]]](list)
    for left, right in links:
        between[number[right]].append((places[left], places[right]))
    return sum(_inversions(sorted(pairs)) for pairs in between.values())


def _inversions(pairs: Sequence[tuple[int, int]]) -> int:
    seen, total = list[int](), 0
    for _, end in pairs:
        total += len(seen) - bisect_right(seen, end)
        insort(seen, end)
    return total
