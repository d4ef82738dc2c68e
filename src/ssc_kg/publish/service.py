"""What the SPARQL service says of itself (SPARQL 1.1 Service Description).

Every statement is computed from what serves: the table of formats and the record of the
version; nothing is written down twice.
"""

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Triple

from ssc_kg.formats.table import RDF_FORMATS, RESULT_FORMATS, Format
from ssc_kg.rdf.vocab import RDF, RDFS, SD, VOID
from ssc_kg.store.versions import VersionRecord
from ssc_kg.store.workers import Limits
from ssc_kg.urls import Urls

_FORMATS = "http://www.w3.org/ns/formats/"


def describe_service(
    record: VersionRecord, urls: Urls, *, endpoint: str, limits: Limits
) -> Iterator[Triple]:
    """Yield the description of the service at the URL `endpoint`."""
    service = urls.sparql
    dataset = urls.part(service, "dataset")
    yield Triple(service, RDF.type, SD.Service)
    yield Triple(service, SD.endpoint, NamedNode(endpoint))
    yield Triple(
        service, RDFS.comment, Literal(_describe_limits(limits), language="en")
    )
    yield Triple(service, SD.supportedLanguage, SD.SPARQL11Query)
    for format_ in (*RESULT_FORMATS, *RDF_FORMATS):
        yield Triple(service, SD.resultFormat, _name(format_))
    yield Triple(service, SD.defaultDataset, dataset)
    yield from _describe_dataset(dataset, record, urls)


def _describe_limits(limits: Limits) -> str:
    rows = "" if limits.rows is None else f"{limits.rows} rows (or triples) and "
    return (
        f"A query takes at most {limits.seconds:g} s and {limits.memory} bytes of "
        f"memory; its answer has at most {rows}{limits.output} bytes."
    )


def _describe_dataset(
    dataset: NamedNode, record: VersionRecord, urls: Urls
) -> Iterator[Triple]:
    yield Triple(dataset, RDF.type, SD.Dataset)
    default = urls.part(urls.sparql, "default-graph")
    yield Triple(dataset, SD.defaultGraph, default)
    yield from _describe_graph(default, record.triples)
    for iri, count in record.graphs.items():
        path = iri.removeprefix(urls.base_iri)
        named = urls.part(urls.sparql, path)
        yield Triple(dataset, SD.namedGraph, named)
        yield Triple(named, RDF.type, SD.NamedGraph)
        yield Triple(named, SD.name, NamedNode(iri))
        # The name is no description: a graph's own IRI stays free for what it is about.
        graph = urls.part(urls.sparql, f"triples/{path}")
        yield Triple(named, SD.graph, graph)
        yield from _describe_graph(graph, count)


def _describe_graph(graph: NamedNode, count: int) -> Iterator[Triple]:
    yield Triple(graph, RDF.type, SD.Graph)
    yield Triple(graph, VOID.triples, Literal(count))


def _name(format_: Format) -> NamedNode:
    """Return the W3C's IRI of a format."""
    known = format_.results or format_.rdf
    # The engine has another directory for JSON-LD than the W3C's list.
    name = format_.name if known is None else known.iri.rpartition("/")[2]
    return NamedNode(_FORMATS + name)
