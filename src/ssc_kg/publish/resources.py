"""Linked data by its IRIs: things, and documents about them.

A thing is not a document, so its IRI answers 303 with the address of the document about
it. Documents come in every RDF format, and as pages where somebody makes these
(`representation`), as of any version that there is (`asof`). What is asked for in
another spelling than its IRI's is led to that (`spelling`).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus

from pyoxigraph import NamedNode, Quad
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from ssc_kg.errors import (
    RequestError,
    UnknownResourceError,
    WithdrawnResourceError,
)
from ssc_kg.formats.table import HTML
from ssc_kg.http.negotiation import named
from ssc_kg.http.parameters import read_number
from ssc_kg.publish import graphs, timemap
from ssc_kg.publish.asof import (
    Archive,
    AsOf,
    lead_to_memento,
    raw_path,
    read_version,
)
from ssc_kg.publish.description import (
    Description,
    Document,
    describe,
    is_known,
    page_of,
)
from ssc_kg.publish.documents import DocumentPage, DocumentPages
from ssc_kg.publish.past import versions_of_thing
from ssc_kg.publish.representation import (
    Representation,
    Site,
    alternates,
    choose_format,
    license_links,
    move,
    reply,
)
from ssc_kg.publish.spelling import spellings, suffix_of
from ssc_kg.rdf.terms import read_iri
from ssc_kg.rdf.vocab import RDF
from ssc_kg.urls import Urls, add_parameters, as_uri, split_suffix

_HIGHEST = 10**9


def routes(
    snapshots: Archive, urls: Urls, pages: DocumentPages | None = None
) -> list[Route]:
    """Return the routes of linked data; each answers GET and HEAD.

    Without `pages` browsers get Turtle.
    """
    site = Site(snapshots, urls, pages)
    things = _Things(site)
    return [
        Route("/id/{path:path}", things.thing),
        Route("/doc/{path:path}", things.document),
        Route("/doc", things.document_by_iri),
        *graphs.routes(site),
        *timemap.routes(snapshots, urls),
    ]


@dataclass(frozen=True, slots=True)
class _Things:
    """The endpoints; not coroutines, so that Starlette runs them off its event loop."""

    site: Site

    def thing(self, request: Request) -> Response:
        as_of = read_version(request, self.site.snapshots)
        thing = self.site.urls.resource(raw_path(request))
        if is_known(as_of.snapshot.store, thing) or (
            # Its document was there then, and leads to how it was.
            "accept-datetime" in request.headers
            and thing.value in as_of.snapshot.withdrawn
        ):
            return self._see_document(request, thing, as_of, HTTPStatus.SEE_OTHER, {})
        known = self._in_other_words(thing, as_of)
        return move(request, self.site.urls.url(known))

    def document(self, request: Request) -> Response:
        path, suffix = split_suffix(raw_path(request))
        return self._document(request, self.site.urls.thing(path), suffix)

    def document_by_iri(self, request: Request) -> Response:
        text = request.query_params.get("iri")
        if text is None:
            message = "name the thing that the document is about: /doc?iri=<IRI>"
            raise RequestError(message)
        thing = read_iri(text)
        if "?" in self.site.urls.document(thing).value:
            return self._document(request, thing, None)
        as_of = read_version(request, self.site.snapshots)
        status = HTTPStatus.MOVED_PERMANENTLY
        page = _read_page(request)
        more = {} if page == 1 else {"page": str(page)}
        return self._see_document(request, thing, as_of, status, more)

    def _see_document(
        self,
        request: Request,
        thing: NamedNode,
        as_of: AsOf,
        status: int,
        more: Mapping[str, str],
    ) -> Response:
        urls = self.site.urls
        name = request.query_params.get("format")
        suffix = None if name is None else named(name, self.site.offered).suffix
        document = urls.document(thing)
        url = urls.url(document, suffix=suffix)
        types = (quad.object for quad in as_of.snapshot.store.match(thing, RDF.type))
        classes = sorted(as_uri(each) for each in types if isinstance(each, NamedNode))
        links = (
            f'<{urls.url(document)}>; rel="describedby"',
            *(f'<{each}>; rel="type"' for each in classes),
        )
        headers = as_of.headers() | {"Link": ", ".join(links)}
        del headers["Last-Modified"]  # Of the document, whose address this is not.
        address = add_parameters(url, {**more, **as_of.parameters})
        return RedirectResponse(address, status_code=status, headers=headers)

    def _document(
        self, request: Request, thing: NamedNode, suffix: str | None
    ) -> Response:
        site = self.site
        past = partial(versions_of_thing, site.snapshots, thing)
        memento = lead_to_memento(request, site.urls, past)
        if memento is not None:
            return memento
        as_of = read_version(request, site.snapshots)
        if not is_known(as_of.snapshot.store, thing):
            return self._move_document(request, thing, suffix, as_of)
        format_ = choose_format(request, suffix, site.offered)
        record = as_of.snapshot.record
        document = Document(
            site.urls.document(thing),
            site.urls.version(record.number),
            site.urls.dataset,
            record.time,
            _read_page(request),
        )
        description = describe(as_of.snapshot.store, thing, document, site.urls)

        def make() -> Iterable[Quad] | Response:
            if format_ is HTML and site.pages is not None:
                addresses = alternates(site.urls, shown)
                page = DocumentPage(description, document.iri, as_of, addresses)
                return site.pages.document(request, page)
            return description.quads

        links = tuple(_links(site.urls, document, description))
        number = {} if document.page == 1 else {"page": str(document.page)}
        shown = Representation(document.iri, format_, as_of, make, links, number)
        return reply(request, site.urls, shown)

    def _move_document(
        self, request: Request, thing: NamedNode, suffix: str | None, as_of: AsOf
    ) -> Response:
        """Lead to a document that is known by another spelling of its address."""
        urls = self.site.urls
        stem, canonical = suffix_of(thing)
        if canonical is not None and is_known(as_of.snapshot.store, stem):
            return move(request, urls.url(urls.document(stem), suffix=canonical))
        known = urls.document(self._in_other_words(thing, as_of))
        return move(request, urls.url(known, suffix=suffix))

    def _in_other_words(self, thing: NamedNode, as_of: AsOf) -> NamedNode:
        """Return the IRI that an unknown one is another spelling of.

        Raises:
            UnknownResourceError: It is none.
            WithdrawnResourceError: It is that of a thing of earlier versions.
        """
        store = as_of.snapshot.store
        for other in spellings(thing, self.site.urls.things):
            if is_known(store, other):
                return other
        if thing.value in as_of.snapshot.withdrawn:
            raise WithdrawnResourceError(thing.value, as_of.snapshot.record.number)
        raise UnknownResourceError(thing.value)


def _links(urls: Urls, document: Document, description: Description) -> Iterator[str]:
    thing = description.thing
    yield f'<{urls.url(thing)}>; rel="describes"'
    yield f'<{as_uri(thing)}>; rel="cite-as"'
    yield from license_links(urls, description.licenses)
    before, after = document.page - 1, document.page + 1
    for relation, number in (("prev", before), ("next", after)):
        if 1 <= number <= description.pages:
            page = document.iri if number == 1 else page_of(document.iri, number)
            yield f'<{urls.url(page)}>; rel="{relation}"'


def _read_page(request: Request) -> int:
    text = request.query_params.get("page", "1")
    return read_number("page", text, minimum=1, maximum=_HIGHEST)
