"""The media types this service reads and writes, in one table, by purpose.

Engines disagree about media types: to pyoxigraph `text/plain` is N-Triples for a graph
and CSV for a table, and `application/json` is JSON-LD. So negotiation, file suffixes
and command-line names all go through the rows below.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec

from pyoxigraph import QueryResultsFormat, RdfFormat


@dataclass(frozen=True, slots=True, eq=False)
class Format:
    """One representation, of which there is one object: this table's."""

    name: str
    """The name a person types: `turtle`, `json`."""
    media_type: str
    suffix: str
    aliases: tuple[str, ...] = ()
    """Further media types by which clients ask for it."""
    rdf: RdfFormat | None = None
    """The engine's serialisation of a graph or dataset, if this is one."""
    results: QueryResultsFormat | None = None
    """The engine's serialisation of a table of bindings, if this is one."""
    is_dataset: bool = False
    """Whether it keeps named graphs."""
    is_binary: bool = False
    """Whether it is no text."""
    is_picture: bool = False
    """Whether it shows a table; only who names it gets it."""

    @property
    def media_types(self) -> tuple[str, ...]:
        """All media types by which clients ask for it."""
        return (self.media_type, *self.aliases)


HTML = Format("html", "text/html", "html", ("application/xhtml+xml",))
TURTLE = Format(
    "turtle",
    "text/turtle",
    "ttl",
    ("application/x-turtle", "text/n3"),
    rdf=RdfFormat.TURTLE,
)
N_TRIPLES = Format(
    "ntriples", "application/n-triples", "nt", ("text/plain",), rdf=RdfFormat.N_TRIPLES
)
RDF_XML = Format(
    "rdfxml", "application/rdf+xml", "rdf", ("application/xml",), rdf=RdfFormat.RDF_XML
)
JSON_LD = Format(
    "jsonld",
    "application/ld+json",
    "jsonld",
    ("application/json",),
    rdf=RdfFormat.JSON_LD,
)
TRIG = Format(
    "trig",
    "application/trig",
    "trig",
    ("application/x-trig",),
    rdf=RdfFormat.TRIG,
    is_dataset=True,
)
N_QUADS = Format(
    "nquads",
    "application/n-quads",
    "nq",
    ("text/x-nquads",),
    rdf=RdfFormat.N_QUADS,
    is_dataset=True,
)

RESULTS_JSON = Format(
    "json",
    "application/sparql-results+json",
    "json",
    ("application/json",),
    results=QueryResultsFormat.JSON,
)
RESULTS_XML = Format(
    "xml",
    "application/sparql-results+xml",
    "xml",
    ("application/xml", "text/xml"),
    results=QueryResultsFormat.XML,
)
CSV = Format("csv", "text/csv", "csv", results=QueryResultsFormat.CSV)
TSV = Format("tsv", "text/tab-separated-values", "tsv", results=QueryResultsFormat.TSV)
ARROW = Format("arrow", "application/vnd.apache.arrow.file", "arrow", is_binary=True)
ARROW_STREAM = Format(
    "arrows", "application/vnd.apache.arrow.stream", "arrows", is_binary=True
)
PARQUET = Format("parquet", "application/vnd.apache.parquet", "parquet", is_binary=True)

RDF_FORMATS = (TURTLE, N_TRIPLES, JSON_LD, RDF_XML, TRIG, N_QUADS)
"""Serialisations of a graph, in order of preference."""
_TYPED = (ARROW, ARROW_STREAM, PARQUET)
TYPED_FORMATS = _TYPED if find_spec("pyarrow") else ()
"""Those whose columns have types: an extra, so there are none where it is missing."""
RESULT_FORMATS = (RESULTS_JSON, RESULTS_XML, CSV, TSV, *TYPED_FORMATS)
"""Serialisations of a table of bindings, in order of preference."""
DATA_FORMATS = (*RDF_FORMATS, CSV)
"""The formats of documents and graphs for programs, in order of preference."""

SVG = Format("svg", "image/svg+xml", "svg", is_picture=True)
PNG = Format("png", "image/png", "png", is_binary=True, is_picture=True)
_PICTURES = (SVG, PNG)
PICTURE_FORMATS = _PICTURES if find_spec("matplotlib") and find_spec("networkx") else ()
"""Pictures of a table of rows: an extra, so there are none where it is missing."""

MISSING_FORMATS: Mapping[Format, str] = {
    **({} if TYPED_FORMATS else dict.fromkeys(_TYPED, "arrow")),
    **({} if PICTURE_FORMATS else dict.fromkeys(_PICTURES, "charts")),
}
"""Those that are not offered, with the extra that brings each."""

SPARQL_QUERY = Format("sparql", "application/sparql-query", "rq")
GRAPHQL_DOCUMENT = Format("graphql", "application/graphql", "graphql")
"""What is asked itself, as a text."""

LINKSET = Format("linkset", "application/linkset+json", "json", ("application/json",))
"""Links, and what they lead from (RFC 9264)."""

GRAPHQL_RESPONSE = Format("graphql", "application/graphql-response+json", "json")
JSON = Format("json", "application/json", "json")
GRAPHQL_FORMATS = (GRAPHQL_RESPONSE, JSON)
"""Media types of a GraphQL response, in order of preference; HTML is a page beside."""

TEXT = Format("text", "text/plain", "txt")
"""For people, where nothing else is plain text."""
SPARQL_UPDATE = Format("sparql-update", "application/sparql-update", "ru")
RDF_PATCH = Format("rdf-patch", "application/rdf-patch", "rdfp")
"""What makes one dataset of another: an update, and Jena's list of changes."""
DIFFERENCE_FORMATS = (TEXT, JSON, TRIG, N_QUADS, SPARQL_UPDATE, RDF_PATCH)
"""How a difference between versions is told, in order of preference."""
PROBLEM = Format("problem", "application/problem+json", "json", ("application/json",))
"""What a client is told of an error (RFC 9457)."""
EVENT_STREAM = Format("events", "text/event-stream", "txt")
"""Answers of GraphQL as they happen."""
