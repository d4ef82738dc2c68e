"""Things whose names are near to an IRI that nothing is known about."""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from pyoxigraph import NamedNode

from ssc_kg.catalogue.shown import Link
from ssc_kg.errors import SearchTextError, StoreError
from ssc_kg.publish.nodes import Nodes
from ssc_kg.store.text_index import TextIndex

FEW = 5
_MANY = 200
"""How many of those found are compared."""
_SPREAD = 0.2
"""How much less alike others may be than the nearest, of 1."""
_LONGEST = 300
"""Characters of what is compared; that takes a millisecond for each."""
_STEM = 4
"""So many letters of a word are seldom misspelt."""


def find_near(
    iri: str, words: Sequence[str], index: TextIndex, nodes: Nodes
) -> tuple[Link, ...]:
    """Return things that were probably meant, the nearest first.

    Args:
        iri: What was asked for.
        words: Those of its last part.
        index: Finds things by words.
        nodes: Shows them.
    """
    if len(iri) > _LONGEST:
        return ()
    alike = {other: _likeness(iri, other) for other in _search(index, words)}
    least = max(alike.values(), default=0.0) - _SPREAD
    nearest = sorted(alike, key=lambda other: (-alike[other], other))[:FEW]
    shown = (nodes.show(NamedNode(each)) for each in nearest if alike[each] >= least)
    return tuple(
        Link(node.text, node.address, node.iri or "") for node in shown if node.address
    )


def _search(index: TextIndex, words: Sequence[str]) -> Iterator[str]:
    """Yield what has all the words, else all their beginnings, else the longest's."""
    stems = [word[:_STEM] for word in words]
    longest = sorted(words, key=len)[-1:]
    for text in (words, stems, [word[:_STEM] for word in longest]):
        try:
            found = index.rank(" ".join(text))
        except (SearchTextError, StoreError):
            continue
        if found:
            yield from (each.rank.iri for each in found[:_MANY])
            return


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()
