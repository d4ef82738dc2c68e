"""What programs that go through all there is find first: robots.txt, sitemap.xml.

The sitemap (https://www.sitemaps.org/protocol.html) lists the documents about all
things of the current version, up to 50,000 addresses in a file, each with its last
change: the publication of the version. What can be asked without end is not for robots.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urljoin, urlsplit
from xml.sax.saxutils import escape

from pyoxigraph import NamedNode
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ssc_kg.errors import UnknownResourceError
from ssc_kg.http.conditional import entity_tag, http_date, is_fresh
from ssc_kg.publish.asof import CACHING, Readable
from ssc_kg.rdf.vocab import RDF
from ssc_kg.store.protocol import Store
from ssc_kg.store.snapshot import Snapshot
from ssc_kg.urls import Urls

MAXIMUM_ADDRESSES = 50_000
"""The most in one file."""
_NOT_FOR_ROBOTS = ("diff", "dumps/", "graphql", "sparql", "timemap/")
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'


def routes(snapshots: Readable, urls: Urls) -> list[Route]:
    """Return the routes; each answers GET and HEAD."""
    crawling = _Crawling(snapshots, urls)
    return [
        Route("/robots.txt", crawling.robots),
        Route("/sitemap.xml", crawling.index),
        Route("/sitemap-{number}.xml", crawling.sitemap),
    ]


@dataclass(frozen=True, slots=True)
class _Crawling:
    snapshots: Readable
    urls: Urls

    def robots(self, request: Request) -> Response:
        # Paths, never whole addresses (RFC 9309, section 2.2.2).
        root = urlsplit(self.urls.public_url).path
        refused = "".join(f"Disallow: {root}{path}\n" for path in _NOT_FOR_ROBOTS)
        sitemap = self._absolute(request, "sitemap.xml")
        text = f"User-agent: *\n{refused}\nSitemap: {sitemap}\n"
        headers = {"Cache-Control": CACHING}
        return Response(text, headers=headers, media_type="text/plain")

    def index(self, request: Request) -> Response:
        """Answer with the one file, or with the list of them if there are several."""
        snapshot = self.snapshots.current()
        files = self._files(snapshot)
        if len(files) == 1:
            return self._reply(
                request, snapshot, self._write(request, snapshot, files[0])
            )
        names = (f"sitemap-{number}.xml" for number in range(1, len(files) + 1))
        addresses = (self._absolute(request, name) for name in names)
        entries = _entries("sitemap", addresses, snapshot)
        return self._reply(request, snapshot, _document("sitemapindex", entries))

    def sitemap(self, request: Request) -> Response:
        snapshot = self.snapshots.current()
        files = {str(n): each for n, each in enumerate(self._files(snapshot), start=1)}
        pages = files.get(request.path_params["number"])
        if pages is None:
            raise UnknownResourceError(str(request.url))
        text = self._write(request, snapshot, pages)
        return self._reply(request, snapshot, text)

    def _files(self, snapshot: Snapshot) -> list[Sequence[NamedNode]]:
        pages, size = pages_of(snapshot.store, self.urls), MAXIMUM_ADDRESSES
        return [pages[start : start + size] for start in range(0, len(pages), size)]

    def _write(
        self, request: Request, snapshot: Snapshot, pages: Sequence[NamedNode]
    ) -> str:
        here = str(request.base_url)
        addresses = (urljoin(here, self.urls.url(page)) for page in pages)
        return _document("urlset", _entries("url", addresses, snapshot))

    def _absolute(self, request: Request, path: str) -> str:
        return urljoin(str(request.base_url), f"{self.urls.public_url}{path}")

    def _reply(self, request: Request, snapshot: Snapshot, text: str) -> Response:
        tag = entity_tag(snapshot.record.identity, str(request.url))
        headers = {
            "Cache-Control": CACHING,
            "ETag": tag,
            "Last-Modified": http_date(snapshot.record.time),
        }
        if is_fresh(request.headers, tag):
            return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
        return Response(text, headers=headers, media_type="application/xml")


def pages_of(store: Store, urls: Urls) -> list[NamedNode]:
    """Return what has a page: the whole, its graphs, and all things with a class."""
    subjects = {quad.subject for quad in store.match(None, RDF.type)}
    named = sorted(each.value for each in subjects if isinstance(each, NamedNode))
    things = (iri for iri in named if _is_thing(iri, urls))
    return [
        *(NamedNode(urls.base_iri), urls.ontology, urls.queries, urls.void),
        *(urls.catalog, urls.versions),
        *store.graph_names(),
        *(urls.document(NamedNode(iri)) for iri in things),
    ]


def _is_thing(iri: str, urls: Urls) -> bool:
    """Whether it has a document of its own; the parts of others have theirs."""
    return iri.startswith(urls.things) or not iri.startswith(urls.base_iri)


def _entries(name: str, addresses: Iterator[str], snapshot: Snapshot) -> Iterator[str]:
    changed = snapshot.record.time.isoformat()
    for address in addresses:
        location = f"<loc>{escape(address)}</loc>"
        yield f"  <{name}>{location}<lastmod>{changed}</lastmod></{name}>\n"


def _document(name: str, entries: Iterator[str]) -> str:
    body = "".join(entries)
    return f'{_DECLARATION}<{name} xmlns="{_NAMESPACE}">\n{body}</{name}>\n'
