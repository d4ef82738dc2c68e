"""The texts of a graph that find nodes, and how a change of the graph changes them.

Several quotations with the same words about one node are one row with several holders,
so that the difference alone says when the row goes.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad

from ssc_kg.mapping.texts import TextField
from ssc_kg.store.protocol import Store, Subject


class Row(NamedTuple):
    """A text by which a node is found; a tuple, since there are very many."""

    node: str
    field: int
    """The place of its field among the fields."""
    language: str
    """The language tag, or nothing."""
    text: str


Rows: TypeAlias = Mapping[Row, int]
"""How many holders each row has, or by how many it gains or loses."""


def read_rows(store: Store, fields: Sequence[TextField]) -> Rows:
    """Return every row of the default graph."""
    rows = Counter[Row]()
    for number, field in enumerate(fields):
        texts = store.match(None, field.property)
        if field.about is None:
            rows.update(_rows(number, ((quad, quad.subject) for quad in texts)))
        else:
            links = store.match(None, field.about)
            rows.update(_rows(number, _join(texts, links)))
    return rows


def compare_rows(
    store: Store,
    added: Iterable[Quad],
    removed: Iterable[Quad],
    fields: Sequence[TextField],
) -> Rows:
    """Return by how much the rows of `store` differ from those before a change.

    `added` and `removed` are that change, which the store has already had; what they
    say of other graphs than the default one is left out.
    """
    came, went = _by_predicate(added), _by_predicate(removed)
    rows = Counter[Row]()
    for number, field in enumerate(fields):
        after, before = came[field.property], went[field.property]
        if field.about is None:
            rows.update(_rows(number, ((quad, quad.subject) for quad in after)))
            rows.subtract(_rows(number, ((quad, quad.subject) for quad in before)))
            continue
        gained, lost = came[field.about], went[field.about]
        holders = _subjects(*after, *before, *gained, *lost)
        texts = _find(store, holders, field.property)
        links = _find(store, holders, field.about)
        rows.update(_rows(number, _join(texts, links)))
        texts, links = (texts - after) | before, (links - gained) | lost
        rows.subtract(_rows(number, _join(texts, links)))
    return {row: count for row, count in rows.items() if count}


def _by_predicate(quads: Iterable[Quad]) -> Mapping[NamedNode, set[Quad]]:
    found: dict[NamedNode, set[Quad]] = defaultdict(set)
    for quad in quads:
        if isinstance(quad.graph_name, DefaultGraph):
            found[quad.predicate].add(quad)
    return found


def _subjects(*quads: Quad) -> set[Subject]:
    subjects = (quad.subject for quad in quads)
    return {one for one in subjects if isinstance(one, (NamedNode, BlankNode))}


def _find(store: Store, subjects: Iterable[Subject], property_: NamedNode) -> set[Quad]:
    return {quad for one in subjects for quad in store.match(one, property_)}


def _join(
    texts: Iterable[Quad], links: Iterable[Quad]
) -> Iterator[tuple[Quad, object]]:
    """Yield each text with each node that its subject is about."""
    about: dict[object, list[object]] = defaultdict(list)
    for quad in links:
        about[quad.subject].append(quad.object)
    for quad in texts:
        for node in about.get(quad.subject, ()):
            yield quad, node


def _rows(number: int, found: Iterable[tuple[Quad, object]]) -> Iterator[Row]:
    for quad, node in found:
        text = quad.object
        if isinstance(node, NamedNode) and isinstance(text, Literal):
            yield Row(node.value, number, text.language or "", text.value)
