"""RDF terms to any format of the table, the same bytes for the same statements."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, serialize

from ssc_kg.errors import UnwritableError
from ssc_kg.formats.jsonld import write_jsonld
from ssc_kg.formats.statements import Statement, arrange
from ssc_kg.formats.table import (
    JSON_LD,
    N_QUADS,
    N_TRIPLES,
    RDF_XML,
    TRIG,
    TURTLE,
    Format,
)
from ssc_kg.formats.turtle import write_trig, write_turtle
from ssc_kg.rdf.namespaces import PREFIXES
from ssc_kg.rdf.vocab import RDF

_CHUNK = 64 * 1024
# What XML 1.0 has no way to write, and the ends of IRIs that can be an element's name.
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_ROOT = re.compile("<rdf:RDF ([^>]*)>")
_LETTER = (
    "A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff"
    "\u200c-\u200d\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd"
)
_ELEMENT_NAME = re.compile(
    rf"[{_LETTER}][-.0-9\u00b7\u0300-\u036f\u203f-\u2040{_LETTER}]*$"
)
# Names may have these since the fifth edition of XML, which many readers do not know.
_NOT_IN_NAMES = re.compile("[\U00010000-\U0010ffff]")


def write_graph(triples: Iterable[Triple], format_: Format) -> Iterator[bytes]:
    """Write one graph; a dataset format gets it as its default graph.

    Raises:
        UnwritableError: The format cannot express a term.
    """
    return write_dataset(
        (Quad(item.subject, item.predicate, item.object) for item in triples), format_
    )


def write_dataset(quads: Iterable[Quad], format_: Format) -> Iterator[bytes]:
    """Write a dataset; a format without named graphs gets the merge of all graphs.

    Raises:
        UnwritableError: The format cannot express a term.
    """
    kept = quads if format_.is_dataset else (_merged(quad) for quad in quads)
    return _in_chunks(_WRITERS[format_](kept))


def _merged(quad: Quad) -> Quad:
    return Quad(quad.subject, quad.predicate, quad.object)


def _in_chunks(texts: Iterable[str]) -> Iterator[bytes]:
    pending: list[str] = []
    size = 0
    for text in texts:
        pending.append(text)
        size += len(text)
        if size >= _CHUNK:
            yield "".join(pending).encode()
            pending, size = [], 0
    if pending:
        yield "".join(pending).encode()


def _write_lines(quads: Iterable[Quad]) -> Iterator[str]:
    yield from sorted(map(_line, arrange(quads)))


def _line(statement: Statement) -> str:
    graph, subject, predicate, object_ = statement
    name = "" if graph is None else f" {graph}"
    return f"{subject} {predicate} {object_}{name} .\n"


def _write_xml(quads: Iterable[Quad]) -> Iterator[str]:
    statements = arrange(quads)
    for statement in statements:
        _require_xml(statement)
    triples = (Triple(*statement[1:]) for statement in statements)
    try:
        document = serialize(
            triples, format=RdfFormat.RDF_XML, prefixes=_used_prefixes(statements)
        )
    except OSError as error:
        # The one failure there is in memory: a predicate that is syntax in RDF/XML.
        raise _no_xml(str(error)) from error
    text = (document or b"").decode()
    # The engine leaves carriage returns bare, and a reader makes newlines of those.
    yield _ROOT.sub(_sort_attributes, text, count=1).replace("\r", "&#13;") + "\n"


def _require_xml(statement: Statement) -> None:
    predicate, object_ = statement.predicate, statement.object
    elements = [predicate]
    if predicate == RDF.type and isinstance(object_, NamedNode):
        elements.append(object_)
    for element in elements:
        has_name = _ELEMENT_NAME.search(element.value)
        if has_name is None or _NOT_IN_NAMES.search(element.value):
            raise _no_xml(str(element))
    if isinstance(object_, Literal) and _NOT_IN_XML.search(object_.value):
        raise _no_xml(ascii(object_.value))


def _sort_attributes(root: re.Match[str]) -> str:
    # The engine writes the prefixes in the order of a hash table.
    return f"<rdf:RDF {' '.join(sorted(root[1].split()))}>"


def _used_prefixes(statements: Iterable[Statement]) -> dict[str, str]:
    predicates = {statement.predicate.value for statement in statements}
    return {
        prefix: namespace
        for prefix, namespace in PREFIXES.items()
        if any(predicate.startswith(namespace) for predicate in predicates)
    }


def _no_xml(what: str) -> UnwritableError:
    return UnwritableError(what, RDF_XML.name, TURTLE.name)


_WRITERS: Mapping[Format, Callable[[Iterable[Quad]], Iterator[str]]] = {
    TURTLE: write_turtle,
    TRIG: write_trig,
    N_TRIPLES: _write_lines,
    N_QUADS: _write_lines,
    JSON_LD: write_jsonld,
    RDF_XML: _write_xml,
}
