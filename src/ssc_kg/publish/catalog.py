"""The catalogue of the dataset (DCAT), at `/catalog`, as of any version.

It is made when it is asked for, since the addresses of what is offered are those of the
server that is asked.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from pyoxigraph import Quad
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ssc_kg.dataset.dcat import Holding, describe_catalog
from ssc_kg.dataset.distributions import Distribution
from ssc_kg.dataset.graphs import catalogue_graph
from ssc_kg.dataset.services import Service
from ssc_kg.formats.table import DATA_FORMATS, HTML, Format
from ssc_kg.publish.asof import Archive, AsOf, lead_to_memento, read_version
from ssc_kg.publish.description import licenses_of
from ssc_kg.publish.offers import absolute
from ssc_kg.publish.representation import (
    Representation,
    alternates,
    choose_format,
    license_links,
    reply,
)
from ssc_kg.store.versions import VersionRecord
from ssc_kg.urls import Urls

Services: TypeAlias = Callable[[Urls], tuple[Service, ...]]
"""Gives the services at absolute addresses."""
Files: TypeAlias = Callable[[VersionRecord, Urls], Iterable[Distribution]]
"""Gives the files of a version that can be downloaded, at absolute addresses."""
Page: TypeAlias = Callable[[Holding, Mapping[str, str]], Response]
"""Makes the page of what a catalogue holds, with addresses by format."""


def routes(
    snapshots: Archive,
    urls: Urls,
    services: Services,
    *,
    files: Files | None = None,
    page: Page | None = None,
) -> list[Route]:
    """Return the routes; each answers GET and HEAD.

    Args:
        snapshots: The versions.
        urls: Their addresses.
        services: What answers from them.
        files: What can be downloaded of them.
        page: What a browser gets; without it, Turtle.
    """
    face = _Catalog(snapshots, urls, services, files, page)
    return [Route("/catalog", face.answer), Route("/catalog.{suffix}", face.answer)]


@dataclass(frozen=True, slots=True)
class _Catalog:
    """The endpoint; no coroutine, so that Starlette runs it off its event loop."""

    snapshots: Archive
    urls: Urls
    services: Services
    files: Files | None
    page: Page | None

    @property
    def offered(self) -> tuple[Format, ...]:
        return DATA_FORMATS if self.page is None else (*DATA_FORMATS, HTML)

    def answer(self, request: Request) -> Response:
        memento = lead_to_memento(request, self.urls, self.snapshots.records)
        if memento is not None:
            return memento
        as_of = read_version(request, self.snapshots)
        suffix = request.path_params.get("suffix")
        format_ = choose_format(request, suffix, self.offered)
        urls = absolute(request, self.urls)
        holding = self._hold(as_of, urls)

        def make() -> Iterable[Quad] | Response:
            if format_ is HTML and self.page is not None:
                return self.page(holding, alternates(self.urls, shown))
            return [Quad(*triple) for triple in describe_catalog(holding, urls)]

        graph = catalogue_graph(urls.base_iri)
        cite = f'<{self.urls.catalog.value}>; rel="cite-as"'
        licenses = licenses_of(as_of.snapshot.store, graph)
        shown = Representation(
            self.urls.catalog,
            format_,
            as_of,
            make,
            (cite, *license_links(self.urls, licenses)),
            also=self._depends_on(holding, urls),
        )
        return reply(request, self.urls, shown)

    def _hold(self, as_of: AsOf, urls: Urls) -> Holding:
        record = as_of.snapshot.record
        return Holding(
            as_of.snapshot.store,
            record,
            self.snapshots.records(),
            current=self.snapshots.current().record.number,
            services=self.services(urls),
            files=() if self.files is None else tuple(self.files(record, urls)),
            parameters=as_of.parameters,
        )

    def _depends_on(self, holding: Holding, urls: Urls) -> str:
        versions = [record.identity for record in holding.versions]
        return str((urls.public_url, holding.current, versions, holding.files))
