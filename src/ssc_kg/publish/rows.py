"""The statements of a document as a table, for who works with rows.

A row says one statement of one graph; what the document says of itself is in none.
Beside each IRI stands what it is called.
"""

from collections.abc import Iterable, Iterator
from typing import TypeAlias

from pyoxigraph import Literal, NamedNode, Quad

from ssc_kg.formats.statements import Statement, Subject, Term, merge
from ssc_kg.publish.nodes import Nodes
from ssc_kg.sparql.table import Table

COLUMNS = (
    *("subject", "subjectLabel", "predicate", "predicateLabel"),
    *("object", "objectLabel", "datatype", "language", "graph", "graphLabel"),
)
"""The columns, of which those of labels are named as in answers to queries."""

_Row: TypeAlias = tuple[Term | None, ...]


def tabulate(quads: Iterable[Quad], nodes: Nodes) -> Table:
    """Return the table of some statements, sorted by subject as in Turtle.

    Raises:
        UnwritableError: One has a term that only RDF 1.2 knows.
    """
    return Table(COLUMNS, _rows(quads, nodes))


def _rows(quads: Iterable[Quad], nodes: Nodes) -> Iterator[_Row]:
    for statement, graphs in merge(quads).items():
        for graph in graphs or (None,):
            yield _row(statement, graph, nodes)


def _row(statement: Statement, graph: Subject | None, nodes: Nodes) -> _Row:
    _, subject, predicate, object_ = statement
    literal = object_ if isinstance(object_, Literal) else None
    language = literal.language if literal else None
    return (
        subject,
        _label(subject, nodes),
        predicate,
        _label(predicate, nodes),
        object_,
        _label(object_, nodes),
        literal.datatype if literal else None,
        Literal(language) if language else None,
        graph,
        _label(graph, nodes),
    )


def _label(term: Term | None, nodes: Nodes) -> Literal | None:
    return nodes.name(term) if isinstance(term, NamedNode) else None
