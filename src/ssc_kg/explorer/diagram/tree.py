"""The classes, each beside those below it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pyoxigraph import NamedNode

from ssc_kg.dataset.terms.model import Term, TermKind, Vocabulary

ROW = 20.0
_CHARACTER = 6.6
_MARGIN = 14.0
_AISLE = 40.0


@dataclass(frozen=True, slots=True)
class Leaf:
    """A class, and where the middle of its left side is."""

    class_: NamedNode
    label: str
    is_abstract: bool
    width: float
    x: float = 0.0
    y: float = 0.0


@dataclass(frozen=True, slots=True)
class TreeDiagram:
    """The classes, and the ways from each to those right above it."""

    leaves: tuple[Leaf, ...]
    paths: tuple[str, ...]
    width: float
    height: float


def draw_tree(vocabulary: Vocabulary) -> TreeDiagram:
    """Return the diagram of all classes.

    A class that is below several stands beside the first that is of its own vocabulary;
    one that is below itself stands alone.
    """
    classes = [t for t in vocabulary.terms.values() if t.kind is TermKind.CLASS]
    below = defaultdict[NamedNode | None, list[Leaf]](list)
    for term in sorted(classes, key=lambda term: vocabulary.name(term.iri).casefold()):
        below[_parent(vocabulary, term)].append(_leaf(vocabulary, term))
    # A class with two parents stands far from one of them: that is nearer so.
    below[None].sort(key=lambda leaf: leaf.class_ in below)
    placed: dict[NamedNode, Leaf] = {}
    _place(None, 0, below, _columns(below), placed)
    return TreeDiagram(
        tuple(placed.values()),
        tuple(
            _path(placed[above], placed[term.iri])
            for term in classes
            for above in term.above
            if above in placed
        ),
        width=max((leaf.x + leaf.width for leaf in placed.values()), default=0.0),
        height=ROW * sum(term.iri not in below for term in classes),
    )


def _leaf(vocabulary: Vocabulary, term: Term) -> Leaf:
    label = vocabulary.name(term.iri)
    width = len(label) * _CHARACTER + _MARGIN
    return Leaf(term.iri, label, term.is_abstract, width)


def _parent(vocabulary: Vocabulary, term: Term) -> NamedNode | None:
    known = [
        each
        for each in term.above
        if each in vocabulary.terms and term.iri not in vocabulary.ancestors(each)
    ]
    own = [each for each in known if _vocabulary(vocabulary, each) == term.defined_by]
    return next(iter(own or known), None)


def _vocabulary(vocabulary: Vocabulary, iri: NamedNode) -> NamedNode | None:
    return vocabulary.terms[iri].defined_by


def _columns(below: Mapping[NamedNode | None, Sequence[Leaf]]) -> Sequence[float]:
    """Return where each column begins."""
    starts, column = [0.0], list(below.get(None, ()))
    while column:
        starts.append(starts[-1] + max(leaf.width for leaf in column) + _AISLE)
        column = [each for leaf in column for each in below.get(leaf.class_, ())]
    return starts


def _place(
    above: NamedNode | None,
    depth: int,
    below: Mapping[NamedNode | None, Sequence[Leaf]],
    columns: Sequence[float],
    placed: dict[NamedNode, Leaf],
) -> float:
    """Place what is below a class, row by row, and return the middle of that."""
    middles = list[float]()
    for leaf in below.get(above, ()):
        if leaf.class_ in below:
            middle = _place(leaf.class_, depth + 1, below, columns, placed)
        else:
            rows = sum(each not in below for each in placed)
            middle = ROW * (rows + 0.5)
        placed[leaf.class_] = replace(leaf, x=columns[depth], y=middle)
        middles.append(middle)
    return (middles[0] + middles[-1]) / 2 if middles else 0.0


def _path(above: Leaf, below: Leaf) -> str:
    start, end = above.x + above.width, below.x
    half = (start + end) / 2
    return (
        f"M{start:.1f},{above.y:.1f}"
        f"C{half:.1f},{above.y:.1f} {half:.1f},{below.y:.1f} {end:.1f},{below.y:.1f}"
    )
