"""Stage 4: sort the rows of a level by branch, parent and node.

The order of rows means nothing across UNION branches, and a node may stand in several
rows. Here each row finds its place; shaping puts nodes in order. This and shaping run
for every row and value of an answer: cells stay cells until they are shown.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from pyoxigraph import NamedNode

from ssc_kg.compiler.aggregates.collect import GroupCells
from ssc_kg.compiler.aggregates.plan import Aggregate
from ssc_kg.compiler.emit import (
    BRANCH,
    COUNT,
    LINK,
    NODE,
    PARENT,
    TYPE,
    Branch,
    Columns,
    has_types,
    keys_of,
)
from ssc_kg.compiler.matches import Match
from ssc_kg.compiler.ordering import KeyValue, read_key
from ssc_kg.compiler.plan import About, AboutPaths, Along, Fetch
from ssc_kg.compiler.restrict import classes_of
from ssc_kg.mapping.model import Statement
from ssc_kg.rdf.cells import Cell

Row: TypeAlias = Sequence[Cell]
Slot: TypeAlias = Cell | dict[Cell, None]
"""The cell of a variable, or its different cells if there are several."""
ROOT = ""
"""Stands for the parent of a root fetch."""


@dataclass(slots=True)
class Node:
    """What was read of one node by one fetch."""

    iri: str
    types: set[str]
    """The IRIs of its classes."""
    slots: list[Slot]
    """What was read, by the number of the variable."""

    def cells(self, variable: int) -> Collection[Cell]:
        """Return the different cells of a variable."""
        slot = self.slots[variable]
        if isinstance(slot, str):
            return (slot,) if slot else ()
        return slot

    def add(self, cells: Iterable[Cell]) -> None:
        """Add what another row says of the node."""
        slots = self.slots
        for number, cell in enumerate(cells):
            slot = slots[number]
            if not cell or cell == slot:
                pass
            elif isinstance(slot, dict):
                slot[cell] = None
            else:
                slots[number] = {slot: None, cell: None} if slot else cell


@dataclass(slots=True)
class Answer:
    """What one fetch found."""

    nodes: dict[str, Node] = field(default_factory=dict)
    """Every node, by IRI."""
    pages: dict[str, dict[str, tuple[KeyValue, ...]]] = field(default_factory=dict)
    """What the nodes found are ordered by, by their IRI, by the IRI of the parent.

    For what speaks of links, a `link_key` stands for the parent.
    """
    counts: dict[str, int] = field(default_factory=dict)
    """The number on all pages, by the same; a childless parent is absent."""
    matches: Mapping[str, Match] = field(default_factory=dict)
    """The text by which a search found each node, by IRI."""
    groups: GroupCells = field(default_factory=GroupCells)

    def place(self, places: Mapping[str, tuple[KeyValue, ...]], size: int) -> None:
        """Say what the nodes that were found are ordered by, and how many there are."""
        found = self.pages.get(ROOT, {})
        self.pages[ROOT] = {iri: places[iri] for iri in found}
        self.counts[ROOT] = size
        self.groups.count(ROOT, size)


Answers: TypeAlias = Mapping[int, Answer]


def link_key(statement: Statement) -> str:
    """Return what stands for a link; no IRI has a space."""
    return " ".join(term.value for term in statement)


def collect(
    rows: Iterable[Row],
    columns: Columns,
    branches: Sequence[Branch],
    answers: Answers,
) -> None:
    """Add the rows of one level to the answers of the fetches of its branches."""
    collectors = {
        branch.fetch.number: _collector(
            answers[branch.fetch.number], branch.fetch, columns
        )
        for branch in branches
    }
    at = columns.find(BRANCH)
    if at is None:
        [collector] = collectors.values()
        collector.add(rows)
        return
    parts: dict[str, list[Row]] = {str(number): [] for number in collectors}
    for row in rows:
        parts[row[at]].append(row)
    for number, collector in collectors.items():
        collector.add(parts[str(number)])


def _collector(
    answer: Answer, fetch: Fetch, columns: Columns
) -> "_Collector | _GroupCollector":
    if fetch.aggregate is None:
        return _Collector(answer, fetch, columns)
    return _GroupCollector(answer, fetch.aggregate, columns)


class _GroupCollector:
    """Reads the rows of one branch, which are about groups."""

    def __init__(self, answer: Answer, aggregate: Aggregate, columns: Columns) -> None:
        self._groups = answer.groups
        self._parent = columns.find(PARENT)
        self._first_key = len(columns.fixed)
        self._end_of_keys = self._first_key + len(aggregate.keys)
        self._first_measure = self._first_key + columns.keys
        self._end = self._first_measure + 1 + len(aggregate.measures)

    def add(self, rows: Iterable[Row]) -> None:
        for row in rows:
            parent = ROOT if self._parent is None else row[self._parent][1:-1]
            key = tuple(row[self._first_key : self._end_of_keys])
            self._groups.add(parent, key, row[self._first_measure : self._end])


class _Collector:
    """Reads the rows of one branch."""

    def __init__(self, answer: Answer, fetch: Fetch, columns: Columns) -> None:
        self._answer = answer
        self._keys = keys_of(fetch)
        self._classes = {class_.value for class_ in classes_of(fetch.types)}
        self._node = columns.find(NODE) or 0
        self._parent = columns.find(PARENT)
        is_about = isinstance(fetch.source, About | AboutPaths)
        self._link = columns.find(LINK) if is_about else None
        self._type = columns.find(TYPE) if has_types(fetch) else None
        self._count = columns.find(COUNT) if fetch.has_count else None
        self._first_key = len(columns.fixed)
        self._first_value = self._first_key + columns.keys

    def add(self, rows: Iterable[Row]) -> None:
        nodes, pages = self._answer.nodes, self._answer.pages
        at, first_value, type_at = self._node, self._first_value, self._type
        page, origin = dict[str, tuple[KeyValue, ...]](), None
        for row in self._counted(rows):
            cell = row[at]
            if not cell or cell[0] != "<":
                continue  # A blank node, of which nothing more could be asked.
            iri = cell[1:-1]
            node = nodes.get(iri)
            if node is None:
                types = set[str]() if type_at is not None else self._classes
                node = nodes[iri] = Node(iri, types, [*row[first_value:]])
            else:
                node.add(row[first_value:])
            if type_at is not None:
                if not row[type_at]:
                    continue
                node.types.add(row[type_at][1:-1])
            if origin != (found := self._origin(row)):
                origin, page = found, pages.setdefault(found, {})
            page[iri] = self._place(row) if self._keys else ()

    def _counted(self, rows: Iterable[Row]) -> Iterator[Row]:
        """Yield the rows that are about nodes."""
        at = self._count
        if at is None:
            return iter(rows)
        return self._without_counts(rows, at)

    def _without_counts(self, rows: Iterable[Row], at: int) -> Iterator[Row]:
        for row in rows:
            if row[at]:
                self._answer.counts[self._origin(row)] = int(row[at])
            else:
                yield row

    def _origin(self, row: Row) -> str:
        if self._parent is None:
            return ROOT
        if self._link is None:
            return row[self._parent][1:-1]
        link = row[self._parent : self._parent + 3]
        return " ".join(cell[1:-1] for cell in link)

    def _place(self, row: Row) -> tuple[KeyValue, ...]:
        cells = row[self._first_key : self._first_key + len(self._keys)]
        return tuple(map(read_key, self._keys, cells))


def parents_of(fetch: Fetch, owner: Fetch, answer: Answer) -> tuple[NamedNode, ...]:
    """Return the nodes of `owner` from which `fetch` starts, sorted."""
    source = fetch.source
    if not isinstance(source, Along):
        return ()
    classes = {
        type_.rdf_class.value
        for type_ in owner.types
        if type_.rdf_class and type_.name in source.parents
    }
    return tuple(
        NamedNode(iri)
        for iri in sorted(answer.nodes)
        if not classes.isdisjoint(answer.nodes[iri].types)
    )


def links_of(fetch: Fetch, answer: Answer) -> tuple[Statement, ...]:
    """Return the links from which `fetch` starts, given what they led to, sorted."""
    match fetch.source:
        case About(link) if link is not None:
            pairs = (
                (parent, iri) for parent, page in answer.pages.items() for iri in page
            )
            return tuple(
                link.statement(NamedNode(parent), NamedNode(iri))
                for parent, iri in sorted(pairs)
            )
        case _:
            return ()
