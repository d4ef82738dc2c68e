"""What the rest of the program asks of a triple store.

A result belongs to the thread that ran the query: pyoxigraph aborts the process when
one is used in another. So every method here returns plain values, wholly read.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import IO, Protocol, TypeAlias

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad

from ssc_kg.mapping.model import LinkField, Scalar
from ssc_kg.mapping.orders import SortValue
from ssc_kg.rdf.cells import Cell
from ssc_kg.store.text_index import TextIndex

Term: TypeAlias = NamedNode | BlankNode | Literal
Subject: TypeAlias = NamedNode | BlankNode
Graph: TypeAlias = NamedNode | BlankNode | DefaultGraph
Row: TypeAlias = tuple[Term | None, ...]
DEFAULT_GRAPH = DefaultGraph()
"""The merge of the merged graphs."""


@dataclass(frozen=True, slots=True)
class Table:
    """The answer to a SELECT query: columns in the order of the query's text."""

    variables: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class CellTable:
    """The answer to a SELECT query, its terms spelled as in TSV (`rdf.cells`)."""

    variables: tuple[str, ...]
    rows: Sequence[Sequence[Cell]]


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What an engine can do beyond SPARQL 1.1."""

    lateral: bool = False
    """Whether `LATERAL { … }` is understood, so that a page can be per parent."""
    matches_at_once: bool = False
    """Whether `match` costs no request: it looks into memory or a file."""
    is_on_disk: bool = False
    """Whether a term is read from a file each time that it is compared."""


Stop: TypeAlias = tuple[SortValue, str]
"""A place in an order, whether or not anything stands there: a value and an IRI."""


@dataclass(frozen=True, slots=True)
class SortedBy:
    """An order of the things of a class; of equal ones, the lesser IRI comes first."""

    property: NamedNode | None = None
    """None for the order of the IRIs."""
    descends: bool = False
    nulls_first: bool = False


@dataclass(frozen=True, slots=True)
class Span:
    """A part of a list: what lies between two places, from one end, up to a number."""

    limit: int
    after: Stop | None = None
    before: Stop | None = None
    is_last: bool = False
    """Whether it is the end of what lies there."""


class SortedLists(Protocol):
    """The things of each class, sorted by their IRIs and by some properties."""

    def knows(self, property_: NamedNode | None, scalar: Scalar) -> bool:
        """Return whether things are sorted by a property, read as such a value."""
        ...

    def languages(
        self, classes: Sequence[NamedNode], property_: NamedNode
    ) -> Collection[str]:
        """Return the languages of the texts that things of classes are sorted by.

        An empty one stands for texts without a language.
        """
        ...

    def size(self, classes: Sequence[NamedNode]) -> int:
        """Return how many things have at least one of some classes."""
        ...

    def span(
        self, classes: Sequence[NamedNode], order: SortedBy, span: Span
    ) -> Mapping[str, SortValue]:
        """Return what things are sorted by, by IRI, of a part of the lists of classes.

        Of each class the whole part is there, so they are more than its limit for
        several classes; sort them, and take as many from the same end.
        """
        ...

    def has_room(
        self, limit: int, link: LinkField, parents: Sequence[NamedNode]
    ) -> bool:
        """Return whether a link leads from each parent to at most so many nodes.

        False also where that is not known.
        """
        ...

    def reach(self, link: LinkField, parents: Sequence[NamedNode]) -> int | None:
        """Return to how many nodes a link leads from some at most.

        None if that is not known.
        """
        ...


class Store(Protocol):
    """A readable RDF dataset; the default graph is the merge of its merged graphs."""

    @property
    def capabilities(self) -> Capabilities:
        """What this engine can do beyond SPARQL 1.1."""
        ...

    @property
    def lists(self) -> SortedLists | None:
        """The things of each class, sorted, if they are kept so."""
        ...

    @property
    def texts(self) -> TextIndex | None:
        """The texts of the things, by their words, if they can be searched."""
        ...

    def select(self, query: str) -> Table:
        """Return every row of a SELECT query.

        Raises:
            StoreError: The engine refused or failed.
        """
        ...

    def select_cells(self, query: str) -> CellTable:
        """Return every row of a SELECT query, without making terms of it.

        Raises:
            StoreError: The engine refused or failed.
        """
        ...

    def select_apart(self, query: str) -> CellTable:
        """Return every row of a SELECT query that may take long.

        A store may answer it elsewhere than in this process.

        Raises:
            StoreError: The engine refused or failed, or it took too long.
        """
        ...

    def match(
        self,
        subject: Subject | None = None,
        predicate: NamedNode | None = None,
        object_: Term | None = None,
        graph: Graph | None = DEFAULT_GRAPH,
    ) -> list[Quad]:
        """Return the quads that match; None is a wildcard, also for the graph."""
        ...

    def dump(self, graph: Graph, output: IO[bytes]) -> None:
        """Write a graph to a file as N-Triples, in any order.

        Raises:
            StoreError: The engine failed.
        """
        ...

    def describe(self, subject: Subject, maximum: int) -> list[Quad] | None:
        """Return all that the default graph says of a subject.

        None if that is more than `maximum` quads.
        """
        ...

    def graph_names(self) -> list[NamedNode]:
        """Return the names of the named graphs, sorted."""
        ...
