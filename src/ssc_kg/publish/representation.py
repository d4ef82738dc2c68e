"""One resource in one format, as a reply: its headers, its links, its bytes.

The format is that of the suffix of the address, else of `?format=`, else of `Accept`;
HTML is one of them where somebody makes pages. What links a reply has is signposting
(https://signposting.org): `cite-as` is the IRI to refer to, `describedby` leads from a
page to the data, `collection` to the dataset, `license` and `type` say what they say.
"""

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPMethod, HTTPStatus

from pyoxigraph import DefaultGraph, NamedNode, Quad
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse

from ssc_kg.compiler.preferences import prefer
from ssc_kg.errors import LargeGraphBusyError
from ssc_kg.formats.graphs import Graph, quads_of
from ssc_kg.formats.results import write_csv
from ssc_kg.formats.table import (
    CSV,
    DATA_FORMATS,
    HTML,
    JSON_LD,
    N_QUADS,
    N_TRIPLES,
    TRIG,
    TURTLE,
    Format,
)
from ssc_kg.formats.write import write_dataset, write_graphs
from ssc_kg.http.conditional import entity_tag, is_fresh
from ssc_kg.http.negotiation import named, negotiate
from ssc_kg.publish.answers import read_languages_of
from ssc_kg.publish.asof import CACHING, Archive, AsOf, Original
from ssc_kg.publish.documents import DocumentPages
from ssc_kg.publish.nodes import Nodes
from ssc_kg.publish.rows import tabulate
from ssc_kg.rdf.vocab import FOAF
from ssc_kg.urls import Urls, add_parameters

_ABOUT_PAGE = NamedNode("https://schema.org/AboutPage")
_CONTEXT = "http://www.w3.org/ns/json-ld#context"

_MANY = 50_000
"""From how many statements on a reply is sent as it is written."""
_STREAMED = (TURTLE, N_TRIPLES, TRIG, N_QUADS)
"""The formats of which a writer holds a part at a time; of others it holds all."""
_HOLDING = threading.Lock()
_PATIENCE, _AGAIN = 5.0, 10
_WITH_NAMES = (HTML, CSV)
"""Those that call things by their names, in the languages of who reads them."""


@dataclass(frozen=True, slots=True)
class Site:
    """What is published, where, and as what."""

    snapshots: Archive
    urls: Urls
    pages: DocumentPages | None = None
    """Who makes pages for browsers; without them these get Turtle."""

    @property
    def offered(self) -> tuple[Format, ...]:
        """The formats of documents and graphs."""
        return DATA_FORMATS if self.pages is None else (*DATA_FORMATS, HTML)


@dataclass(frozen=True, slots=True)
class Kept:
    """Graphs that are written from where they are kept, whatever their size."""

    graphs: tuple[Graph, ...]
    """In a format with named graphs, in the default graph too."""
    size: int
    """How many statements they have."""

    def write(self, format_: Format) -> Iterator[bytes]:
        """Write them, each once and merged."""
        if not format_.is_dataset:
            return write_graphs(self.graphs, format_)
        merged = (Graph(None, graph.dump) for graph in self.graphs)
        return write_graphs((*self.graphs, *merged), format_)


@dataclass(frozen=True, slots=True)
class Representation:
    """What is sent, before it is made."""

    address: NamedNode
    """The IRI of what is represented: a document, a graph."""
    format: Format
    as_of: AsOf
    make: Callable[[], Iterable[Quad] | Kept | Response]
    """Makes what it holds: what RDF is written of, or a page."""
    links: tuple[str, ...] = ()
    """Those that only it has."""
    parameters: Mapping[str, str] = field(default_factory=dict)
    """Those of its address beside the version and the format."""
    also: str = ""
    """What it depends on beside its address and the version."""


def choose_format(
    request: Request, suffix: str | None, offered: Sequence[Format]
) -> Format:
    """Return the format that a request is answered in.

    Raises:
        NotAcceptableError: It is none of those that are offered.
    """
    name = suffix or request.query_params.get("format")
    if name is not None:
        return named(name, offered)
    return negotiate(", ".join(request.headers.getlist("accept")), offered)


def reply(request: Request, urls: Urls, shown: Representation) -> Response:
    """Return the reply, whose body is made unless the client has it."""
    format_, as_of = shown.format, shown.as_of
    languages = read_languages_of(request) if format_ in _WITH_NAMES else ()
    parts = (str(shown.parameters), shown.also, str(languages))
    record = as_of.snapshot.record
    tag = entity_tag(record.identity, shown.address.value, format_.name, *parts)
    headers = {
        **as_of.headers(),
        "Content-Location": _address(urls, shown, format_),
        "ETag": tag,
        "Link": ", ".join(_links(request, urls, shown)),
    }
    if is_fresh(request.headers, tag):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    made = shown.make()
    if isinstance(made, Response):
        made.headers.update(headers)
        return made
    if format_ is CSV:
        quads = quads_of(made.graphs) if isinstance(made, Kept) else made
        nodes = Nodes(as_of.snapshot.store, urls, prefer(languages))
        chunks: Iterator[bytes] = iter(write_csv(tabulate(quads, nodes)))
    elif isinstance(made, Kept):
        chunks = made.write(format_)
    else:
        chunks = write_dataset(also_merged(made, format_), format_)
    media_type = format_.media_type
    if not isinstance(made, Kept) or made.size <= _MANY:
        return Response(b"".join(chunks), headers=headers, media_type=media_type)
    if request.method == HTTPMethod.HEAD:
        return Response(headers=headers, media_type=media_type)
    if format_ in _STREAMED:
        return StreamingResponse(chunks, headers=headers, media_type=media_type)
    with _alone(format_):
        return Response(b"".join(chunks), headers=headers, media_type=media_type)


@contextmanager
def _alone(format_: Format) -> Iterator[None]:
    """Be the only one that holds a large graph.

    Raises:
        LargeGraphBusyError: Somebody else is, for too long.
    """
    if not _HOLDING.acquire(timeout=_PATIENCE):
        streamed = [each.media_type for each in _STREAMED]
        raise LargeGraphBusyError(format_.media_type, streamed, _AGAIN)
    try:
        yield
    finally:
        _HOLDING.release()


def alternates(
    urls: Urls, shown: Representation, offered: Sequence[Format] = DATA_FORMATS
) -> dict[str, str]:
    """Return the address of the same in each format, by the name of the format."""
    return {each.name: _address(urls, shown, each) for each in offered}


def _links(request: Request, urls: Urls, shown: Representation) -> Iterator[str]:
    yield from shown.links
    yield f'<{urls.url(urls.dataset)}>; rel="collection"'
    kind = _ABOUT_PAGE if shown.format is HTML else FOAF.Document
    yield f'<{kind.value}>; rel="type"'
    if shown.format is JSON_LD:
        context = urls.url(urls.context)
        yield f'<{context}>; rel="{_CONTEXT}"; type="{JSON_LD.media_type}"'
    relation = "describedby" if shown.format is HTML else "alternate"
    for format_ in DATA_FORMATS:
        if format_ is not shown.format:
            url = _address(urls, shown, format_)
            yield f'<{url}>; rel="{relation}"; type="{format_.media_type}"'
    yield from Original.of(request, urls).links()


def _address(urls: Urls, shown: Representation, format_: Format) -> str:
    url = urls.url(shown.address, suffix=format_.suffix)
    parameters = {**shown.parameters, **shown.as_of.parameters}
    return add_parameters(url, parameters)


def move(
    request: Request, url: str, *, status: HTTPStatus = HTTPStatus.MOVED_PERMANENTLY
) -> Response:
    """Lead to the one spelling of an address, with what else was asked."""
    address, hash_, fragment = url.partition("#")
    said = QueryParams(address.partition("?")[2])
    asked = request.query_params.items()
    more = {name: value for name, value in asked if name not in said}
    location = add_parameters(address, more)
    return RedirectResponse(
        f"{location}{hash_}{fragment}",
        status_code=status,
        headers={"Cache-Control": CACHING},
    )


def license_links(urls: Urls, licenses: Iterable[NamedNode]) -> Iterator[str]:
    """Yield the links to some licences."""
    return (f'<{urls.url(iri)}>; rel="license"' for iri in licenses)


def also_merged(quads: Iterable[Quad], format_: Format) -> Iterable[Quad]:
    """Return statements, in a format with named graphs in the default graph too.

    So it is in the dataset, whose default graph is the merge; many clients read no
    other graph.
    """
    if not format_.is_dataset:
        return quads
    merge = DefaultGraph()
    return {
        each
        for quad in quads
        for each in (quad, Quad(quad.subject, quad.predicate, quad.object, merge))
    }
