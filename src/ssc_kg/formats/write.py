"""RDF terms to any format of the table, the same bytes for the same statements."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, serialize

from ssc_kg.errors import UnwritableError
from ssc_kg.formats.graphs import Graph, graphs_of, quads_of
from ssc_kg.formats.jsonld import write_jsonld
from ssc_kg.formats.lines import write_lines
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
from ssc_kg.formats.turtle import in_chunks, write_turtle
from ssc_kg.rdf.namespaces import PREFIXES
from ssc_kg.rdf.vocab import RDF

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
    in_text = _IN_TEXT.get(format_)
    if in_text is not None:
        return in_text(graphs_of(kept))
    return in_chunks(_IN_TERMS[format_](kept))


def write_graphs(graphs: Iterable[Graph], format_: Format) -> Iterator[bytes]:
    """Write graphs of any size, each dumped from where it is kept.

    Turtle, TriG, N-Triples and N-Quads take a bounded amount of memory, beside the
    statements that have blank nodes; the other formats hold all statements. A format
    without named graphs gets their merge.

    Raises:
        UnwritableError: The format cannot express a term.
        NoRoomError: The temporary directory has no room.
    """
    if not format_.is_dataset:
        graphs = (Graph(None, graph.dump) for graph in graphs)
    in_text = _IN_TEXT.get(format_)
    if in_text is not None:
        return in_text(graphs)
    return in_chunks(_IN_TERMS[format_](quads_of(graphs)))


def _merged(quad: Quad) -> Quad:
    return Quad(quad.subject, quad.predicate, quad.object)


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


_IN_TEXT: Mapping[Format, Callable[[Iterable[Graph]], Iterator[bytes]]] = {
    TURTLE: write_turtle,
    TRIG: write_turtle,
    N_TRIPLES: write_lines,
    N_QUADS: write_lines,
}
_IN_TERMS: Mapping[Format, Callable[[Iterable[Quad]], Iterator[str]]] = {
    JSON_LD: write_jsonld,
    RDF_XML: _write_xml,
}
