"""Linked data by its IRIs: things, documents about them, graphs and the ontology.

A thing is not a document, so its IRI answers 303 with the address of the document about
it. Documents and graphs come in every RDF format: chosen by the suffix of the address,
else by `?format=`, else by Accept.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus
from typing import Protocol
from urllib.parse import urljoin

from pyoxigraph import NamedNode, Quad
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from ssc_kg.dataset.export import content
from ssc_kg.errors import RequestError, UnknownResourceError
from ssc_kg.formats.table import RDF_FORMATS, Format
from ssc_kg.formats.write import write_dataset
from ssc_kg.http.conditional import entity_tag, http_date, is_fresh
from ssc_kg.http.negotiation import named, negotiate
from ssc_kg.publish.description import Document, describe, is_known, licenses_of
from ssc_kg.rdf.terms import read_iri
from ssc_kg.rdf.vocab import VOID
from ssc_kg.store.snapshot import Snapshot
from ssc_kg.store.versions import VersionRecord
from ssc_kg.urls import Urls, split_suffix

_CACHING = "public, max-age=60, stale-while-revalidate=600"


class Readable(Protocol):
    """What knows the version to answer from; `store.snapshot.Snapshots` does."""

    def current(self) -> Snapshot:
        """Return the version that a request which begins now reads to its end."""
        ...


def routes(snapshots: Readable, urls: Urls) -> list[Route]:
    """Return the routes of linked data; each answers GET and HEAD."""
    resources = _Resources(snapshots, urls)
    return [
        Route("/id/{path:path}", resources.thing),
        Route("/doc/{path:path}", resources.document),
        Route("/doc", resources.document_by_iri),
        Route("/graph/{path:path}", resources.graph),
        Route("/ontology", resources.ontology),
        Route("/ontology.{suffix}", resources.ontology),
        Route("/void", resources.void),
        Route("/void.{suffix}", resources.void),
        Route("/.well-known/void", resources.well_known_void),
    ]


@dataclass(frozen=True, slots=True)
class _Resources:
    """The endpoints; not coroutines, so that Starlette runs them off its event loop."""

    snapshots: Readable
    urls: Urls

    def thing(self, request: Request) -> Response:
        thing = self.urls.resource(_path(request))
        if not is_known(self.snapshots.current().store, thing):
            raise UnknownResourceError(thing.value)
        return self._redirect(request, thing, HTTPStatus.SEE_OTHER)

    def document(self, request: Request) -> Response:
        path, suffix = split_suffix(_path(request))
        return self._document(request, self.urls.thing(path), suffix)

    def document_by_iri(self, request: Request) -> Response:
        text = request.query_params.get("iri")
        if text is None:
            message = "name the thing that the document is about: /doc?iri=<IRI>"
            raise RequestError(message)
        thing = read_iri(text)
        if "?" not in self.urls.document(thing).value:
            return self._redirect(request, thing, HTTPStatus.MOVED_PERMANENTLY)
        return self._document(request, thing, None)

    def graph(self, request: Request) -> Response:
        graph = self.urls.resource(split_suffix(_path(request))[0])
        return self._graph(request, graph, address=graph)

    def ontology(self, request: Request) -> Response:
        graph = self.urls.graph("ontology")
        return self._graph(request, graph, address=self.urls.ontology)

    def void(self, request: Request) -> Response:
        """Answer with the dataset's description, and with where it can be queried.

        That is known only here: the same data may be served at any address.
        """
        graph = self.urls.graph("void")
        sparql = urljoin(str(request.base_url), self.urls.url(self.urls.sparql))
        at = Quad(self.urls.dataset, VOID.sparqlEndpoint, NamedNode(sparql))
        return self._graph(request, graph, address=self.urls.void, also=(at,))

    def well_known_void(self, request: Request) -> Response:
        # VoID, section 7.2, asks for this status.
        query = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(
            self.urls.url(self.urls.void) + query,
            status_code=HTTPStatus.FOUND,
            headers={"Cache-Control": _CACHING},
        )

    def _redirect(self, request: Request, thing: NamedNode, status: int) -> Response:
        name = request.query_params.get("format")
        suffix = None if name is None else named(name, RDF_FORMATS).suffix
        document = self.urls.document(thing)
        link = f'<{self.urls.url(document)}>; rel="describedby"'
        return RedirectResponse(
            self.urls.url(document, suffix=suffix),
            status_code=status,
            headers={"Cache-Control": _CACHING, "Link": link},
        )

    def _document(
        self, request: Request, thing: NamedNode, suffix: str | None
    ) -> Response:
        format_ = _choose(request, suffix)
        snapshot = self.snapshots.current()
        record = snapshot.record
        address = self.urls.document(thing)
        document = Document(address, self.urls.version(record.number), record.time)
        description = describe(snapshot.store, thing, document)
        links = (
            f'<{self.urls.url(thing)}>; rel="describes"',
            *(f'<{self.urls.url(iri)}>; rel="license"' for iri in description.licenses),
        )
        chunks = write_dataset(description.quads, format_)
        return self._reply(
            request, _Representation(address, format_, record, links, chunks)
        )

    def _graph(
        self,
        request: Request,
        graph: NamedNode,
        *,
        address: NamedNode,
        also: tuple[Quad, ...] = (),
    ) -> Response:
        format_ = _choose(request, split_suffix(_path(request))[1])
        snapshot = self.snapshots.current()
        licenses = licenses_of(snapshot.store, graph)
        links = tuple(f'<{self.urls.url(iri)}>; rel="license"' for iri in licenses)
        quads = content(snapshot.store, graph=graph, format_=format_)
        chunks = write_dataset((*quads, *also), format_)
        representation = _Representation(
            address, format_, snapshot.record, links, chunks, str(also)
        )
        return self._reply(request, representation)

    def _reply(self, request: Request, representation: "_Representation") -> Response:
        format_, record = representation.format, representation.record
        address = representation.address
        tag = entity_tag(
            record.identity, address.value, format_.name, representation.also
        )
        links = (*representation.links, *self._alternates(address, format_))
        headers = {
            "Cache-Control": _CACHING,
            "Content-Location": self.urls.url(address, suffix=format_.suffix),
            "ETag": tag,
            "Last-Modified": http_date(record.time),
            "Link": ", ".join(links),
            "Vary": "Accept",
        }
        if is_fresh(request.headers, tag):
            return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
        body = b"".join(representation.chunks)
        return Response(body, headers=headers, media_type=format_.media_type)

    def _alternates(self, address: NamedNode, chosen: Format) -> Iterator[str]:
        for format_ in RDF_FORMATS:
            if format_ != chosen:
                url = self.urls.url(address, suffix=format_.suffix)
                yield f'<{url}>; rel="alternate"; type="{format_.media_type}"'


@dataclass(frozen=True, slots=True)
class _Representation:
    """One resource in one format; its chunks are made as they are read."""

    address: NamedNode
    format: Format
    record: VersionRecord
    links: tuple[str, ...]
    chunks: Iterator[bytes]
    also: str = ""
    """What it depends on beside the version."""


def _choose(request: Request, suffix: str | None) -> Format:
    name = suffix or request.query_params.get("format")
    if name is not None:
        return named(name, RDF_FORMATS)
    return negotiate(", ".join(request.headers.getlist("accept")), RDF_FORMATS)


def _path(request: Request) -> str:
    """The path as sent: Starlette's is decoded, so that `%2F` looks like a slash."""
    path: bytes = request.scope["raw_path"]
    root: str = request.scope.get("root_path", "")
    return path.decode("ascii").removeprefix(root)
