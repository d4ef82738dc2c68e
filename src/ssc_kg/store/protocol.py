"""What the rest of the program asks of a triple store.

A result belongs to the thread that ran the query: pyoxigraph aborts the process when
one is used in another. So every method here returns plain values, wholly read.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, TypeAlias

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad

from ssc_kg.rdf.cells import Cell

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


class Store(Protocol):
    """A readable RDF dataset; the default graph is the merge of its merged graphs."""

    @property
    def capabilities(self) -> Capabilities:
        """What this engine can do beyond SPARQL 1.1."""
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

    def match(
        self,
        subject: Subject | None = None,
        predicate: NamedNode | None = None,
        object_: Term | None = None,
        graph: Graph | None = DEFAULT_GRAPH,
    ) -> list[Quad]:
        """Return the quads that match; None is a wildcard, also for the graph."""
        ...

    def graph_names(self) -> list[NamedNode]:
        """Return the names of the named graphs, sorted."""
        ...
