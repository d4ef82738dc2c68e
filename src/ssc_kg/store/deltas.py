"""How versions differ, line by line, from what each keeps of its parent.

A delta is sorted, and so is what several make together: they are merged, and of each
line its first change tells whether it was there before, and its last one whether it is
there afterwards. So nothing has to be held in memory, however far apart versions are.
"""

import gzip
import heapq
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import TypeAlias

from ssc_kg.errors import UnknownVersionError
from ssc_kg.store.versions import Versions

Edit: TypeAlias = tuple[bytes, bool]
"""A line of N-Quads, and whether it is added; else it is removed."""
_END = " ."
_TERMS_OF_A_TRIPLE = 3


@dataclass(frozen=True, slots=True)
class Step:
    """From a version to its parent, or the other way."""

    number: int
    """The version."""
    is_forward: bool
    """Whether it is the end of the step; else its parent is."""


def find_way(versions: Versions, before: int, after: int) -> list[Step] | None:
    """Return the steps that lead from a version to another.

    None if a version on the way is no longer kept, or does not keep its delta.

    Raises:
        UnknownVersionError: One of the two is not there.
    """
    back, forth = _ancestry(versions, before), _ancestry(versions, after)
    common = next((number for number in back if number in forth), None)
    if common is None:
        return None
    way = [
        *(Step(number, is_forward=False) for number in _until(back, common)),
        *(Step(number, is_forward=True) for number in _until(forth, common)[::-1]),
    ]
    is_kept = all(path.exists() for s in way for path in versions.delta_paths(s.number))
    return way if is_kept else None


def follow(versions: Versions, way: Sequence[Step]) -> Iterator[Edit]:
    """Yield what some steps change together, sorted by line; quads of the merge too."""
    changes = heapq.merge(
        *(
            _changes(path, place, is_added=is_added == step.is_forward)
            for place, step in enumerate(way)
            for path, is_added in zip(
                versions.delta_paths(step.number), (True, False), strict=True
            )
        )
    )
    for line, same in groupby(changes, key=itemgetter(0)):
        (_, _, is_first_added), *rest = same
        is_last_added = rest[-1][2] if rest else is_first_added
        if is_first_added == is_last_added:
            yield line, is_last_added


def compare_lines(before: Iterable[bytes], after: Iterable[bytes]) -> Iterator[Edit]:
    """Yield how sorted lines differ from others, sorted; no line is there twice."""
    removed = ((line, False) for line in before)
    added = ((line, True) for line in after)
    for _, same in groupby(heapq.merge(removed, added), key=itemgetter(0)):
        first, *rest = same
        if not rest:
            yield first


def graphs_of_delta(versions: Versions, number: int) -> set[str] | None:
    """Return the IRIs of the named graphs in which a version differs from its parent.

    None if it does not keep that.
    """
    paths = versions.delta_paths(number)
    if not all(path.exists() for path in paths):
        return None
    lines = (line for path in paths for line in _lines(path))
    return {graph for line in lines if (graph := graph_of(line)) is not None}


def graph_of(line: bytes) -> str | None:
    """Return the IRI of the named graph of a line of N-Quads, if it has one.

    >>> graph_of(b'<http://x.org/a> <http://x.org/b> "<c> ."@en <http://x.org/g> .')
    'http://x.org/g'
    >>> graph_of(b'<http://x.org/a> <http://x.org/b> <http://x.org/c> .') is None
    True
    """
    statement = line.decode().rstrip("\n").removesuffix(_END)
    if not statement.endswith(">"):
        return None
    # No IRI has a quotation mark or a space in it, so the last one ends the literal.
    _, quote, rest = statement.rpartition('"')
    terms = rest.split(" ")
    has_graph = len(terms) > (1 if quote else _TERMS_OF_A_TRIPLE)
    return terms[-1][1:-1] if has_graph else None


def _ancestry(versions: Versions, number: int) -> list[int]:
    """Return a version and those that it comes from, the nearest first."""
    found = [number]
    parent = versions.get(number).parent
    while parent is not None:
        found.append(parent)
        try:
            parent = versions.get(parent).parent
        except UnknownVersionError:
            # It is no longer kept, but its number is known, which may be enough.
            break
    return found


def _until(numbers: Sequence[int], end: int) -> list[int]:
    return list(numbers[: numbers.index(end)])


def _changes(
    path: Path, place: int, *, is_added: bool
) -> Iterator[tuple[bytes, int, bool]]:
    for line in _lines(path):
        yield line, place, is_added


def _lines(path: Path) -> Iterator[bytes]:
    with gzip.open(path, "rb") as file:
        yield from file
