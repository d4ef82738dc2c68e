"""Which places the things of a graph have in the sorted lists of their classes."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from pyoxigraph import DefaultGraph, NamedNode, Quad, Triple, Variable

from ssc_kg.mapping.orders import SortKey, SortValue
from ssc_kg.rdf.cells import Cell, Term, is_iri, read_cell
from ssc_kg.rdf.languages import tag_of
from ssc_kg.rdf.vocab import RDF
from ssc_kg.sparql import algebra
from ssc_kg.sparql.render import render
from ssc_kg.store.protocol import Store

BY_IRI = -1
"""In place of the number of a key: the list that is sorted by nothing but the IRI."""
_SUBJECT, _OBJECT = Variable("subject"), Variable("object")
_TRIPLE = "<<"
"""How the cell of a triple term begins."""
_Values: TypeAlias = Mapping[NamedNode, set[Term]]


class Sorted(NamedTuple):
    """What a node is sorted by, and the languages of the values that it is read of."""

    value: SortValue = None
    languages: tuple[str, ...] = ()


class Thing(NamedTuple):
    """A node, its classes, and what it is sorted by; a tuple, since there are many."""

    iri: str
    classes: frozenset[str]
    places: tuple[Sorted, ...]
    """For each key; without a value if the node has none of it."""

    def lists(self) -> Iterator[tuple[str, int]]:
        """Yield the class and the key of each list that there has to be."""
        for class_ in self.classes:
            yield class_, BY_IRI
            for number, place in enumerate(self.places):
                if place.value is not None:
                    yield class_, number

    def languages(self) -> Iterator[tuple[str, int, str]]:
        """Yield class, key and language of each value, once for each class."""
        for class_ in self.classes:
            for number, place in enumerate(self.places):
                for language in place.languages:
                    yield class_, number, language


_NOWHERE = Sorted()


def read_things(store: Store, keys: Sequence[SortKey]) -> Iterator[Thing]:
    """Yield every thing of the default graph that has a class."""
    properties = [key.property for key in keys]
    classes, *columns = (_read(store, each) for each in (RDF.type, *properties))
    pairs = [*zip(keys, columns, strict=True)]
    for node, cells in classes.items():
        places = tuple(
            _sort(key, {read_cell(cell) for cell in found})
            if (found := column.get(node))
            else _NOWHERE
            for key, column in pairs
        )
        iris = frozenset(cell[1:-1] for cell in cells if is_iri(cell))
        yield Thing(node[1:-1], iris, places)


def _sort(key: SortKey, terms: Collection[Term]) -> Sorted:
    return Sorted(key.read(terms), tuple(map(tag_of, terms)))


def _read(store: Store, property_: NamedNode) -> Mapping[Cell, list[Cell]]:
    """Return the values of a property, by subject.

    As cells, since a quad costs more than all that is done with it.
    """
    pattern = algebra.Triple(_SUBJECT, property_, _OBJECT)
    query = render(algebra.Select((_SUBJECT, _OBJECT), (pattern,)))
    found: dict[Cell, list[Cell]] = {}
    for subject, object_ in store.select_cells(query).rows:
        if is_iri(subject) and not object_.startswith(_TRIPLE):
            found.setdefault(subject, []).append(object_)
    return found


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
        yield _thing(node, before, keys), _thing(node, now, keys)


def _thing(node: NamedNode, found: Sequence[_Values], keys: Sequence[SortKey]) -> Thing:
    classes, *held = (each.get(node, set[Term]()) for each in found)
    iris = (term.value for term in classes if isinstance(term, NamedNode))
    places = (
        _sort(key, terms) if terms else _NOWHERE
        for key, terms in zip(keys, held, strict=True)
    )
    return Thing(node.value, frozenset(iris), tuple(places))


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
