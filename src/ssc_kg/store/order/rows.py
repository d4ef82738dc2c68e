"""Which places the things of a graph have in the sorted lists of their classes."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from pyoxigraph import DefaultGraph, NamedNode, Quad, Triple

from ssc_kg.mapping.orders import SortKey, SortValue
from ssc_kg.rdf.cells import Term
from ssc_kg.rdf.vocab import RDF
from ssc_kg.store.protocol import Store

BY_IRI = -1
"""In place of the number of a key: the list that is sorted by nothing but the IRI."""
_Values: TypeAlias = Mapping[NamedNode, set[Term]]


class Place(NamedTuple):
    """A thing in the list of a class; a tuple, since there are very many."""

    class_iri: str
    key: int
    """The place of its key among the keys."""
    value: SortValue
    iri: str


@dataclass(frozen=True, slots=True)
class Thing:
    """A node, its classes, and its values of each key."""

    iri: str
    classes: frozenset[str]
    values: tuple[frozenset[Term], ...]

    def places(self, keys: Sequence[SortKey]) -> Iterator[Place]:
        """Yield a place for each class and key, and one by its IRI for each class."""
        read = [
            key.read(terms) if terms else None
            for key, terms in zip(keys, self.values, strict=True)
        ]
        for class_ in self.classes:
            yield Place(class_, BY_IRI, None, self.iri)
            for number, value in enumerate(read):
                yield Place(class_, number, value, self.iri)


def read_things(store: Store, keys: Sequence[SortKey]) -> Iterator[Thing]:
    """Yield every thing of the default graph that has a class."""
    properties = [key.property for key in keys]
    classes, *values = (
        _by_subject(store.match(None, property_))
        for property_ in (RDF.type, *properties)
    )
    for node in classes:
        yield _thing(node, classes, values)


def compare_things(
    store: Store,
    added: Iterable[Quad],
    removed: Iterable[Quad],
    keys: Sequence[SortKey],
) -> Iterator[tuple[Thing, Thing]]:
    """Yield each thing that a change is about, as it was before and as it is now.

    `added` and `removed` are that change, which the store has already had; what they
    say of other graphs than the default one is left out.
    """
    properties = (RDF.type, *(key.property for key in keys))
    came, went = _by_place(added), _by_place(removed)
    changed = {node for node, property_ in (*came, *went) if property_ in properties}
    for node in changed:
        now, before = list[_Values](), list[_Values]()
        for property_ in properties:
            quads = set(store.match(node, property_))
            place = node, property_
            now.append(_by_subject(quads))
            before.append(_by_subject((quads - came[place]) | went[place]))
        yield _thing(node, before[0], before[1:]), _thing(node, now[0], now[1:])


def _thing(node: NamedNode, classes: _Values, values: Sequence[_Values]) -> Thing:
    iris = (term.value for term in classes.get(node, ()) if isinstance(term, NamedNode))
    held = tuple(frozenset(each.get(node, ())) for each in values)
    return Thing(node.value, frozenset(iris), held)


def _by_subject(quads: Iterable[Quad]) -> _Values:
    found: dict[NamedNode, set[Term]] = defaultdict(set)
    for quad in quads:
        subject, object_ = quad.subject, quad.object
        if isinstance(subject, NamedNode) and not isinstance(object_, Triple):
            found[subject].add(object_)
    return found


def _by_place(
    quads: Iterable[Quad],
) -> Mapping[tuple[NamedNode, NamedNode], set[Quad]]:
    """Return quads of the default graph by subject and property."""
    found = defaultdict[tuple[NamedNode, NamedNode], set[Quad]](set)
    for quad in quads:
        in_default = isinstance(quad.graph_name, DefaultGraph)
        if in_default and isinstance(quad.subject, NamedNode):
            found[quad.subject, quad.predicate].add(quad)
    return found
