"""What every writer writes: statements, each once, in one order, with stable labels."""

from collections.abc import Iterable
from typing import NamedTuple, TypeAlias

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Triple

from ssc_kg.errors import UnwritableError
from ssc_kg.formats.blank_nodes import relabel
from ssc_kg.rdf.vocab import DCTERMS, RDF, RDFS, SKOS

Subject: TypeAlias = NamedNode | BlankNode
Term: TypeAlias = NamedNode | BlankNode | Literal

FIRST = (
    RDF.type,
    *(SKOS.prefLabel, RDFS.label, DCTERMS.title),
    *(RDF.subject, RDF.predicate, RDF.object),
)
"""Predicates that stand above the others.

Readers look for the kind and the name of a thing first; a reified statement reads in
the order of a statement.
"""
_RANKS = {predicate: rank for rank, predicate in enumerate(FIRST)}
_Key: TypeAlias = tuple[int | str, ...]


class Statement(NamedTuple):
    """One triple of RDF 1.1 in one graph; None is the default graph."""

    graph: Subject | None
    subject: Subject
    predicate: NamedNode
    object: Term


def arrange(statements: Iterable[Triple] | Iterable[Quad]) -> list[Statement]:
    """Return the statements sorted, each once, with canonical blank nodes.

    Graphs: the default one, the named ones by IRI. Subjects: IRIs, then blank nodes.
    Predicates: `rdf:type`, names, `rdf:subject`, `rdf:predicate` and `rdf:object`, the
    others by IRI. Objects: IRIs, blank nodes, literals by language, value and datatype.

    Raises:
        UnwritableError: One has a term that only RDF 1.2 knows.
    """
    quads = (
        item
        if isinstance(item, Quad)
        else Quad(item.subject, item.predicate, item.object)
        for item in statements
    )
    return sorted(map(_statement, relabel(quads)), key=_key)


def merge(quads: Iterable[Quad]) -> dict[Statement, tuple[Subject, ...]]:
    """Return each statement once, in no graph, with the named graphs that say it.

    They are sorted as those of one graph are.

    Raises:
        UnwritableError: One has a term that only RDF 1.2 knows.
    """
    graphs: dict[Statement, list[Subject]] = {}
    for statement in arrange(quads):
        named = graphs.setdefault(statement._replace(graph=None), [])
        if statement.graph is not None:
            named.append(statement.graph)
    return {each: tuple(graphs[each]) for each in sorted(graphs, key=_key)}


def _statement(quad: Quad) -> Statement:
    subject, object_, graph = quad.subject, quad.object, quad.graph_name
    if isinstance(subject, Triple) or isinstance(object_, Triple):
        raise _only_in_rdf_12(quad)
    if isinstance(object_, Literal) and object_.direction is not None:
        raise _only_in_rdf_12(quad)
    name = None if isinstance(graph, DefaultGraph) else graph
    return Statement(name, subject, quad.predicate, object_)


def _only_in_rdf_12(quad: Quad) -> UnwritableError:
    return UnwritableError(str(quad.object), "RDF 1.1", "terms of RDF 1.1")


def _key(statement: Statement) -> _Key:
    graph, subject, predicate, object_ = statement
    return (
        *((0, "") if graph is None else _term_key(graph)[:2]),
        *_term_key(subject)[:2],
        _RANKS.get(predicate, len(_RANKS)),
        predicate.value,
        *_term_key(object_),
    )


def _term_key(term: Term) -> _Key:
    match term:
        case NamedNode(value):
            return (1, value, "", "")
        case BlankNode(value):
            return (2, value, "", "")
        case Literal(value):
            return (3, term.language or "", value, term.datatype.value)
