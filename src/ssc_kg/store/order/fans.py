"""To how many nodes a property leads from one, for the nodes with more than a few.

A page that has room for all that its parent leads to needs no order to be found: the
engine may leave its rows as they come, which on disk saves it a look at two IRIs for
each comparison. That is counted with a version, in both directions of each property,
whatever the schema makes of it.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Variable

from ssc_kg.rdf.cells import is_iri
from ssc_kg.rdf.vocab import RDF
from ssc_kg.sparql.algebra import (
    Comparison,
    CountRows,
    Filter,
    Lateral,
    Operator,
    Pattern,
    Select,
    Triple,
    Values,
)
from ssc_kg.sparql.render import render
from ssc_kg.store.protocol import Store

FEW = 10
"""To at most so many a property leads from a node that is not kept."""
SCHEMA = """
CREATE TABLE way (
    id INTEGER PRIMARY KEY, property TEXT, inverse INTEGER, UNIQUE (property, inverse)
);
CREATE TABLE fan (
    way INTEGER, iri TEXT, size INTEGER, PRIMARY KEY (way, iri)
) WITHOUT ROWID;
"""
_NODES_AT_ONCE = 1_000
_NODE, _PROPERTY, _OTHER, _SIZE = map(Variable, ("node", "property", "other", "size"))


class Way(NamedTuple):
    """A property and whether it is followed from its objects to its subjects."""

    property: NamedNode
    inverse: bool

    def triple(self) -> Triple:
        """Return the pattern of all to which it leads from a node."""
        if self.inverse:
            return Triple(_OTHER, self.property, _NODE)
        return Triple(_NODE, self.property, _OTHER)

    def is_counted(self) -> bool:
        """Return whether it may be a link, which a class is not."""
        return self.property != RDF.type


def make_fans(connection: sqlite3.Connection, store: Store) -> None:
    """Count all ways of a store's default graph."""
    query = Select((_PROPERTY,), (Triple(_NODE, _PROPERTY, _OTHER),), distinct=True)
    for [cell] in store.select_cells(render(query)).rows:
        for inverse in (False, True):
            way = Way(NamedNode(cell[1:-1]), inverse)
            if way.is_counted():
                _put(connection, way, _count(store, way.triple()))


def update_fans(
    connection: sqlite3.Connection, store: Store, changed: Iterable[Quad]
) -> None:
    """Count anew the ways that a change is about, which the store has already had."""
    for way, nodes in _touched(changed).items():
        rest = iter(sorted(nodes, key=lambda node: node.value))
        while some := tuple(islice(rest, _NODES_AT_ONCE)):
            connection.executemany(_REMOVE, ((*_row(way), node.value) for node in some))
            # Joined, the engine might begin with all triples of the property.
            found = _count(store, Values(_NODE, some), Lateral((way.triple(),)))
            _put(connection, way, found)


def has_room(
    connection: sqlite3.Connection, way: Way, iris: str, *, limit: int
) -> bool:
    """Return whether a way leads from each node to at most so many.

    False also where that is not known. `iris` are the nodes, as an array of JSON.
    """
    if limit < FEW or not way.is_counted():
        return False
    found = connection.execute(_LARGER, (iris, *_row(way), limit))
    return found.fetchone() is None


def reach(connection: sqlite3.Connection, way: Way, iris: str) -> int:
    """Return to how many nodes a way leads from some at most.

    `iris` are the nodes, as an array of JSON.
    """
    [larger] = connection.execute(_REACH, (iris, *_row(way))).fetchone()
    [number] = connection.execute("SELECT json_array_length(?)", (iris,)).fetchone()
    return int(larger) + FEW * int(number)


def _count(store: Store, *patterns: Pattern) -> Iterator[tuple[str, int]]:
    """Yield the nodes from which patterns lead to more than a few, and to how many."""
    counted = Select((_NODE, CountRows(_SIZE)), patterns, group_by=(_NODE,))
    is_large = Filter(Comparison(_SIZE, Operator.GREATER, Literal(FEW)))
    query = render(Select((_NODE, _SIZE), (counted, is_large)))
    for node, size in store.select_cells(query).rows:
        if is_iri(node):
            yield node[1:-1], int(size)


def _put(
    connection: sqlite3.Connection, way: Way, sizes: Iterable[tuple[str, int]]
) -> None:
    connection.execute(_ADD_WAY, _row(way))
    connection.executemany(_ADD, ((*each, *_row(way)) for each in sorted(sizes)))


def _touched(changed: Iterable[Quad]) -> Mapping[Way, set[NamedNode]]:
    found = defaultdict[Way, set[NamedNode]](set)
    for quad in changed:
        if isinstance(quad.graph_name, DefaultGraph):
            for node, inverse in ((quad.subject, False), (quad.object, True)):
                way = Way(quad.predicate, inverse)
                if isinstance(node, NamedNode) and way.is_counted():
                    found[way].add(node)
    return found


def _row(way: Way) -> Sequence[str | bool]:
    return way.property.value, way.inverse


_ADD_WAY = "INSERT OR IGNORE INTO way (property, inverse) VALUES (?, ?)"
_ADD = """
INSERT INTO fan SELECT id, ?, ? FROM way WHERE property = ? AND inverse = ?
"""
_REMOVE = """
DELETE FROM fan
WHERE way = (SELECT id FROM way WHERE property = ? AND inverse = ?) AND iri = ?
"""
_LARGER = """
SELECT 1 FROM way CROSS JOIN json_each(?) CROSS JOIN fan
ON fan.way = way.id AND fan.iri = json_each.value
WHERE property = ? AND inverse = ? AND size > ? LIMIT 1
"""
"""Crossed in this order, so that each node costs a look into the table."""
_REACH = """
SELECT coalesce(sum(size), 0) FROM way CROSS JOIN json_each(?) CROSS JOIN fan
ON fan.way = way.id AND fan.iri = json_each.value
WHERE property = ? AND inverse = ?
"""
