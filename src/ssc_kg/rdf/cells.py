"""Terms as the cells of a table in TSV (SPARQL 1.1 Query Results CSV and TSV, 4.2).

A cell is a term in Turtle's spelling, or empty where a variable is unbound. Most cells
of a large answer are only compared or shown, for which no term has to be made of them.
"""

import re
from typing import TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode

from ssc_kg.rdf.vocab import XSD

Term: TypeAlias = NamedNode | BlankNode | Literal
Cell: TypeAlias = str
UNBOUND: Cell = ""
_INTEGER = re.compile(r"[+-]?[0-9]+")
_ESCAPE = re.compile(r"\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)")
_ESCAPED = {"t": "\t", "n": "\n", "r": "\r", "b": "\b", "f": "\f"}


def is_iri(cell: Cell) -> bool:
    """Return whether a cell holds an IRI."""
    return cell.startswith("<")


def lexical_form(cell: Cell) -> str:
    r"""Return the text of a cell: an IRI, the label of a blank node, a lexical form.

    >>> lexical_form("<http://a.example/>"), lexical_form('"a\\tb"@fr')
    ('http://a.example/', 'a\tb')
    """
    match cell[:1]:
        case '"':
            text = cell[1 : cell.rindex('"')]
            return _unescape(text) if "\\" in text else text
        case "<":
            return cell[1:-1]
        case "_":
            return cell[2:]
        case _:
            return cell


def language_in(cell: Cell) -> str:
    """Return the language tag of a cell, or nothing if it has none.

    >>> language_in('"Ville"@fr'), language_in('"a@b"'), language_in("5.0")
    ('fr', '', '')
    """
    if not cell.startswith('"'):
        return ""
    suffix = cell[cell.rindex('"') + 1 :]
    return suffix[1:] if suffix.startswith("@") else ""


def read_cell(cell: Cell) -> Term:
    """Return the term that a cell holds, which is not unbound.

    >>> read_cell("5.0")
    <Literal value=5.0 datatype=<NamedNode value=http://www.w3.org/2001/XMLSchema#decimal>>
    """
    text = lexical_form(cell)
    match cell[0]:
        case '"':
            return _literal(text, cell[cell.rindex('"') + 1 :])
        case "<":
            return NamedNode(text)
        case "_":
            return BlankNode(text)
        case _:
            return Literal(text, datatype=_datatype(text))


def _literal(text: str, suffix: str) -> Literal:
    if suffix.startswith("@"):
        return Literal(text, language=suffix[1:])
    if suffix:
        return Literal(text, datatype=NamedNode(suffix[3:-1]))
    return Literal(text)


def _datatype(text: str) -> NamedNode:
    """Return the datatype of a number or truth value that stands there bare."""
    if text in ("true", "false"):
        return XSD.boolean
    if _INTEGER.fullmatch(text):
        return XSD.integer
    return XSD.double if "e" in text.lower() else XSD.decimal


def _unescape(text: str) -> str:
    return _ESCAPE.sub(_read_escape, text)


def _read_escape(found: re.Match[str]) -> str:
    """Return the character that an escape stands for (RDF 1.1 Turtle, section 6.4)."""
    name = found[1]
    return chr(int(name[1:], 16)) if len(name) > 1 else _ESCAPED.get(name, name)
