"""A difference between versions for programs: what changed, and what makes the change.

    N-Quads, TriG   two graphs for each graph that differs, of what is added to it and
                    of what is removed; the default graph says which is which
    SPARQL Update   applied to the named graphs of the one version, makes the other's
    RDF Patch       the same as a list of changes (Apache Jena's format), which can
                    name blank nodes

None is in memory as a whole.
"""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from typing import IO

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse, serialize

from ssc_kg.dataset.difference import Difference
from ssc_kg.errors import UnwritableError
from ssc_kg.formats.graphs import Graph
from ssc_kg.formats.table import N_QUADS, RDF_PATCH, SPARQL_UPDATE, Format
from ssc_kg.formats.write import write_graphs
from ssc_kg.rdf.vocab import DCTERMS, PROV, RDF, RDFS, SD, VOID
from ssc_kg.sparql.render import render_change
from ssc_kg.urls import Urls

_BATCH = 5_000
"""Statements in one operation of an update: what a parser holds at a time."""


def write_changes(
    difference: Difference, format_: Format, urls: Urls
) -> Iterator[bytes]:
    """Write what is added and what is removed as graphs of their own.

    Args:
        difference: What changed.
        format_: A format that keeps named graphs.
        urls: Names the graphs.
    """
    description = Graph(None, partial(_dump_description, difference, urls))
    parts = [
        Graph(_part(difference, graph, urls, added=added), dump)
        for graph in difference.graphs
        for added in (True, False)
        if (dump := _dumped(difference, graph, added=added)) is not None
    ]
    return write_graphs([description, *parts], format_)


def write_update(difference: Difference) -> Iterator[bytes]:
    """Write the update that makes the named graphs of the one those of the other.

    Raises:
        UnwritableError: A statement has a blank node, which no update can name.
    """
    if difference.has_blank_nodes:
        term, instead = "a blank node", f"{RDF_PATCH.name} or {N_QUADS.name}"
        raise UnwritableError(term, SPARQL_UPDATE.name, instead)
    return _update(difference)


def write_patch(difference: Difference, urls: Urls) -> Iterator[bytes]:
    """Write the list of changes; one graph after the other, what is removed first."""
    before, after = (
        urls.version(record.number).value
        for record in (difference.before, difference.after)
    )
    yield f"H prev <{before}> .\nH id <{after}> .\nTX .\n".encode()
    for graph in difference.graphs:
        for added, letter in ((False, b"D "), (True, b"A ")):
            end = f" <{graph}> .\n".encode()
            for line in difference.triples(graph, added=added):
                yield letter + line.removesuffix(b" .\n") + end
    yield b"TC .\n"


def _update(difference: Difference) -> Iterator[bytes]:
    before, after = difference.before.number, difference.after.number
    yield f"# Makes version {after} of the named graphs of version {before}.\n".encode()
    edits = difference.edits()
    while batch := list(islice(edits, _BATCH)):
        quads = parse(b"".join(line for _, line, _ in batch), format=RdfFormat.N_QUADS)
        signed = [(quad, edit[2]) for quad, edit in zip(quads, batch, strict=True)]
        removed = [quad for quad, is_added in signed if not is_added]
        added = [quad for quad, is_added in signed if is_added]
        yield render_change(removed, added).encode()


def _dump_description(difference: Difference, urls: Urls, output: IO[bytes]) -> None:
    serialize(_describe(difference, urls), output, RdfFormat.N_TRIPLES)


def _describe(difference: Difference, urls: Urls) -> Iterator[Triple]:
    before, after = difference.before.number, difference.after.number
    whole = urls.difference(before, after)
    title = f"How version {after} differs from version {before}"
    yield Triple(whole, RDF.type, PROV.Entity)
    yield Triple(whole, DCTERMS.title, Literal(title, language="en"))
    for number in sorted({before, after}):
        yield Triple(whole, PROV.wasDerivedFrom, urls.version(number))
    for graph, counts in difference.graphs.items():
        for added, count in ((True, counts.added), (False, counts.removed)):
            if count:
                part = _part(difference, graph, urls, added=added)
                words = f"Statements {'added to' if added else 'removed from'} {graph}"
                yield Triple(whole, DCTERMS.hasPart, part)
                yield Triple(part, RDFS.label, Literal(words, language="en"))
                yield Triple(part, SD.name, NamedNode(graph))
                yield Triple(part, VOID.triples, Literal(count))


def _part(difference: Difference, graph: str, urls: Urls, *, added: bool) -> NamedNode:
    whole = urls.difference(difference.before.number, difference.after.number)
    path = graph.removeprefix(urls.base_iri)
    return urls.part(whole, f"{'added' if added else 'removed'}/{path}")


def _dumped(
    difference: Difference, graph: str, *, added: bool
) -> Callable[[IO[bytes]], None] | None:
    counts = difference.graphs[graph]
    if not (counts.added if added else counts.removed):
        return None

    def dump(output: IO[bytes]) -> None:
        output.writelines(difference.triples(graph, added=added))

    return dump
