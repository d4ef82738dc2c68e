"""What the SPARQL service says of itself (SPARQL 1.1 Service Description).

Every statement is computed from what serves: the table of formats, the limits, the
record of the version, and the figures that the version has of itself (VoID); nothing is
written down twice. Of the features that the W3C lists it has one at most, SERVICE: the
default graph is the union of the merged graphs only, no graph is empty, and no IRI is
dereferenced.
"""

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Triple

from ssc_kg.formats.table import RDF_FORMATS, RESULT_FORMATS, Format
from ssc_kg.rdf.vocab import RDF, RDFS, SD, VOID
from ssc_kg.store.protocol import Store
from ssc_kg.store.snapshot import Snapshot
from ssc_kg.store.workers import Limits
from ssc_kg.urls import Urls

GEOSPARQL = "http://www.opengis.net/def/function/geosparql/"
"""The namespace of the functions below (OGC GeoSPARQL 1.1, section 9)."""
GEOSPARQL_FUNCTIONS = (
    *("area", "asGeoJSON", "centroid", "convexHull", "coordinateDimension"),
    *("difference", "dimension", "distance", "ehContains", "ehCoveredBy", "ehCovers"),
    *("ehDisjoint", "ehEquals", "ehInside", "ehMeet", "ehOverlap", "envelope"),
    *("getSRID", "intersection", "isEmpty", "isSimple", "length", "perimeter"),
    *("rcc8dc", "rcc8ec", "rcc8eq", "rcc8ntpp", "rcc8ntppi", "rcc8po", "rcc8tpp"),
    *("rcc8tppi", "relate", "sfContains", "sfCrosses", "sfDisjoint", "sfEquals"),
    *("sfIntersects", "sfOverlaps", "sfTouches", "sfWithin", "spatialDimension"),
    *("symDifference", "union"),
)
"""The functions that the engine knows beside those of SPARQL; it lists them nowhere."""

_FORMATS = "http://www.w3.org/ns/formats/"
_FIGURES = frozenset(
    (
        *(VOID.triples, VOID.entities, VOID.classes, VOID.properties),
        *(VOID.distinctSubjects, VOID.distinctObjects),
    )
)
_LATERAL = (
    "LATERAL { … } is evaluated once for each solution of what stands before it, whose "
    "variables it sees (SPARQL-DEV SEP-0006)."
)
_MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"


def describe_service(
    snapshot: Snapshot, urls: Urls, *, endpoint: str, limits: Limits
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
    if limits.services:
        yield Triple(service, SD.feature, SD.BasicFederatedQuery)
    yield from _describe_extensions(service, urls)
    yield Triple(service, SD.defaultDataset, dataset)
    yield from _describe_dataset(dataset, snapshot, urls)


def _describe_limits(limits: Limits) -> str:
    rows = "" if limits.rows is None else f"{limits.rows} rows (or triples) and "
    called = ", ".join(f"<{iri}>" for iri in limits.services) or "none"
    return (
        f"A query takes at most {limits.seconds:g} s and {limits.memory} bytes of "
        f"memory; its answer has at most {rows}{limits.output} bytes. "
        f"SERVICE may call: {called}."
    )


def _describe_extensions(service: NamedNode, urls: Urls) -> Iterator[Triple]:
    lateral = urls.part(service, "lateral")
    yield Triple(service, SD.languageExtension, lateral)
    yield Triple(lateral, RDF.type, SD.Feature)
    yield Triple(lateral, RDFS.label, Literal("LATERAL", language="en"))
    yield Triple(lateral, RDFS.comment, Literal(_LATERAL, language="en"))
    for name in GEOSPARQL_FUNCTIONS:
        yield Triple(service, SD.extensionFunction, NamedNode(GEOSPARQL + name))


def _describe_dataset(
    dataset: NamedNode, snapshot: Snapshot, urls: Urls
) -> Iterator[Triple]:
    record = snapshot.record
    yield Triple(dataset, RDF.type, SD.Dataset)
    default = urls.part(urls.sparql, "default-graph")
    yield Triple(dataset, SD.defaultGraph, default)
    yield from _describe_graph(default, record.triples)
    yield from _describe_figures(default, snapshot.store, urls)
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


def _describe_figures(default: NamedNode, store: Store, urls: Urls) -> Iterator[Triple]:
    """Yield how much data there is, beside what describes it, if that is known."""
    found = (quad.triple for quad in store.match(urls.dataset))
    figures = [triple for triple in found if triple.predicate in _FIGURES]
    if figures:
        yield Triple(default, VOID.subset, urls.dataset)
        yield Triple(urls.dataset, RDF.type, VOID.Dataset)
        yield from figures


def _describe_graph(graph: NamedNode, count: int) -> Iterator[Triple]:
    yield Triple(graph, RDF.type, SD.Graph)
    yield Triple(graph, VOID.triples, Literal(count))


def _name(format_: Format) -> NamedNode:
    """Return the W3C's IRI of a format, or that of its media type if it has none."""
    known = format_.results or format_.rdf
    if known is None:
        return NamedNode(_MEDIA_TYPES + format_.media_type)
    # The engine has another directory for JSON-LD than the W3C's list.
    return NamedNode(_FORMATS + known.iri.rpartition("/")[2])
