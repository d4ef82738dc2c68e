"""Graphs by their IRIs: each source, the ontology with its shapes, what describes all.

Each comes in every RDF format, and as a page where somebody makes these.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus

from pyoxigraph import NamedNode, Quad
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from ssc_kg.dataset.dumps import offered
from ssc_kg.dataset.export import dumped
from ssc_kg.errors import UnknownGraphError, UnknownResourceError
from ssc_kg.formats.graphs import graphs_of
from ssc_kg.formats.table import HTML
from ssc_kg.publish.asof import CACHING, AsOf, lead_to_memento, raw_path, read_version
from ssc_kg.publish.description import is_known, licenses_of
from ssc_kg.publish.documents import DocumentPages, GraphPage
from ssc_kg.publish.offers import absolute
from ssc_kg.publish.past import versions_of_graphs
from ssc_kg.publish.representation import (
    Kept,
    Representation,
    Site,
    alternates,
    choose_format,
    license_links,
    move,
    reply,
)
from ssc_kg.rdf.terms import read_iri
from ssc_kg.rdf.vocab import OWL, VOID
from ssc_kg.urls import as_uri, split_suffix

ONTOLOGY = ("ontology", "alignments", "shapes")
"""The graphs that tell of the terms."""


def routes(site: Site) -> list[Route]:
    """Return the routes; each answers GET and HEAD."""
    graphs = _Graphs(site)
    return [
        Route("/graph/{path:path}", graphs.graph),
        Route("/ontology", graphs.ontology),
        Route("/ontology.{suffix}", graphs.ontology),
        Route("/ontology/{path:path}", graphs.term),
        Route("/void", graphs.void),
        Route("/void.{suffix}", graphs.void),
        Route("/.well-known/void", graphs.well_known_void),
    ]


@dataclass(frozen=True, slots=True)
class _Graphs:
    """The endpoints; not coroutines, so that Starlette runs them off its event loop."""

    site: Site

    def graph(self, request: Request) -> Response:
        graph = self.site.urls.resource(split_suffix(raw_path(request))[0])
        return self._answer(request, graph, graph)

    def ontology(self, request: Request) -> Response:
        urls = self.site.urls
        return self._answer(request, urls.ontology, *map(urls.graph, ONTOLOGY))

    def term(self, request: Request) -> Response:
        """Lead to the release of the ontology, or the term, that a path names.

        Terms have fragments instead of paths.
        """
        urls = self.site.urls
        name = raw_path(request).rpartition("/ontology/")[2]
        if not name:
            return move(request, urls.url(urls.ontology))
        store = read_version(request, self.site.snapshots).snapshot.store
        release = read_iri(f"{urls.ontology.value}/{name}")
        if store.match(urls.ontology, OWL.versionIRI, release):
            status = HTTPStatus.SEE_OTHER
            return move(request, urls.url(urls.ontology), status=status)
        term = read_iri(f"{urls.ontology.value}#{name}")
        if not is_known(store, term):
            raise UnknownResourceError(term.value)
        return move(request, urls.url(term))

    def void(self, request: Request) -> Response:
        """Answer with the dataset's description, and with where it can be had.

        That is known only here: the same data may be served at any address.
        """
        urls = absolute(request, self.site.urls)
        record = read_version(request, self.site.snapshots).snapshot.record
        files = offered(record, base_iri=urls.base_iri)
        at = (
            (VOID.sparqlEndpoint, urls.url(urls.sparql)),
            *((VOID.dataDump, dump.address(urls)) for dump in files if not dump.graph),
        )
        also = tuple(
            Quad(urls.dataset, predicate, NamedNode(url)) for predicate, url in at
        )
        return self._answer(request, urls.void, urls.graph("void"), also=also)

    def well_known_void(self, request: Request) -> Response:
        # VoID, section 7.2, asks for this status.
        query = f"?{request.url.query}" if request.url.query else ""
        urls = self.site.urls
        return RedirectResponse(
            urls.url(urls.void) + query,
            status_code=HTTPStatus.FOUND,
            headers={"Cache-Control": CACHING},
        )

    def _answer(
        self,
        request: Request,
        address: NamedNode,
        *graphs: NamedNode,
        also: tuple[Quad, ...] = (),
    ) -> Response:
        site = self.site
        past = partial(versions_of_graphs, site.snapshots, graphs)
        memento = lead_to_memento(request, site.urls, past)
        if memento is not None:
            return memento
        as_of = read_version(request, site.snapshots)
        suffix = split_suffix(raw_path(request))[1]
        format_ = choose_format(request, suffix, site.offered)
        found = _find(as_of, graphs)
        licenses = licenses_of(as_of.snapshot.store, *found)

        def make() -> Kept | Response:
            if format_ is HTML and site.pages is not None:
                addresses = alternates(site.urls, shown)
                page = GraphPage(address, found, as_of, addresses)
                return self._show(request, site.pages, page)
            return _keep(as_of, found, also)

        cite = f'<{as_uri(address)}>; rel="cite-as"'
        links = (cite, *license_links(site.urls, licenses))
        shown = Representation(address, format_, as_of, make, links, also=str(also))
        return reply(request, site.urls, shown)

    def _show(
        self, request: Request, pages: DocumentPages, page: GraphPage
    ) -> Response:
        if page.address == self.site.urls.ontology:
            return pages.ontology(request, page)
        return pages.graph(request, page)


def _find(as_of: AsOf, graphs: tuple[NamedNode, ...]) -> tuple[NamedNode, ...]:
    """Return those of some graphs that there are.

    Raises:
        UnknownGraphError: There is none of them.
    """
    known = as_of.snapshot.store.graph_names()
    found = tuple(name for name in graphs if name in known)
    if not found:
        raise UnknownGraphError(graphs[0].value, [name.value for name in known])
    return found


def _keep(as_of: AsOf, graphs: Iterable[NamedNode], also: tuple[Quad, ...]) -> Kept:
    """Return some graphs, and what is said beside them in the default graph."""
    snapshot, names = as_of.snapshot, list(graphs)
    kept = [dumped(snapshot.store, name) for name in names]
    size = sum(snapshot.record.graphs.get(name.value, 0) for name in names)
    return Kept((*kept, *graphs_of(also)), size + len(also))
