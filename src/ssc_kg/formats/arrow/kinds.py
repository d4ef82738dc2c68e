"""What a term is beside its text."""

from typing import NamedTuple

from pyoxigraph import (
    BaseDirection,
    BlankNode,
    Literal,
    NamedNode,
    RdfFormat,
    Triple,
    parse,
)

from ssc_kg.sparql.table import Term


class TermKind(NamedTuple):
    """What a term is beside its text; only literals have more than the first."""

    kind: str
    """As in SPARQL JSON: uri, bnode, literal or triple."""
    datatype: str | None = None
    """The IRI; of a text in a language, none."""
    language: str | None = None
    direction: str | None = None


URI, BLANK, TRIPLE = TermKind("uri"), TermKind("bnode"), TermKind("triple")


def take_apart(term: Term) -> tuple[str, TermKind]:
    """Return the text of a term, and its kind.

    >>> take_apart(Literal("Ville", language="fr"))
    ('Ville', TermKind(kind='literal', datatype=None, language='fr', direction=None))
    """
    match term:
        case NamedNode():
            return term.value, URI
        case Literal():
            return term.value, _kind(term)
        case BlankNode():
            return term.value, BLANK
        case Triple():
            return _spell(term), TRIPLE


def put_together(text: str, kind: TermKind) -> Term:
    """Return the term that has a text and a kind."""
    match kind.kind:
        case "uri":
            return NamedNode(text)
        case "bnode":
            return BlankNode(text)
        case "triple":
            return _read(text)
        case _:
            return _literal(text, kind)


def _kind(literal: Literal) -> TermKind:
    if literal.language is None:
        return TermKind("literal", literal.datatype.value)
    direction = literal.direction
    base = None if direction is None else direction.value
    return TermKind("literal", language=literal.language, direction=base)


def _literal(text: str, kind: TermKind) -> Literal:
    if kind.language is None:
        datatype = None if kind.datatype is None else NamedNode(kind.datatype)
        return Literal(text, datatype=datatype)
    direction = None if kind.direction is None else BaseDirection(kind.direction)
    return Literal(text, language=kind.language, direction=direction)


def _spell(term: Term) -> str:
    if not isinstance(term, Triple):
        return str(term)
    parts = term.subject, term.predicate, term.object
    return f"<<( {' '.join(map(_spell, parts))} )>>"


def _read(text: str) -> Term:
    quads = parse(f"<urn:x:s> <urn:x:p> {text} .", RdfFormat.N_TRIPLES)
    terms: list[Term] = [quad.object for quad in quads]
    return terms[0]
