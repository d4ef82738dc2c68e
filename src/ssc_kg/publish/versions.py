"""The versions of the dataset, each at its own address.

    /versions             which there are
    /version/<n>          one of them: its origin, its numbers, its graphs

They are read from their records, so that no version is opened. One that is not there is
404 if it never was, 410 if it is no longer kept.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ssc_kg.dataset.graphs import read_title
from ssc_kg.dataset.provenance import describe_version, describe_versions
from ssc_kg.errors import UnknownResourceError
from ssc_kg.publish.made import Made, reply
from ssc_kg.store.snapshot import Snapshot
from ssc_kg.store.versions import VersionRecord
from ssc_kg.urls import Urls, split_suffix

_NUMBER = re.compile(r"[1-9][0-9]{0,17}")


class Recorded(Protocol):
    """What knows the versions; `store.snapshot.Snapshots` does."""

    def current(self) -> Snapshot:
        """Return the version that a request which begins now reads to its end."""
        ...

    def record(self, number: int) -> VersionRecord:
        """Return what is known of one version."""
        ...

    def records(self) -> Sequence[VersionRecord]:
        """Return what is known of each version that there is, oldest first."""
        ...


class Pages(Protocol):
    """Makes what a browser sees; `addresses` are those of the other formats."""

    def versions(
        self, records: Sequence[VersionRecord], addresses: Mapping[str, str]
    ) -> Response:
        """Return the page that lists versions, which are given oldest first."""
        ...

    def version(self, record: VersionRecord, addresses: Mapping[str, str]) -> Response:
        """Return the page of one version."""
        ...


def routes(versions: Recorded, urls: Urls, pages: Pages | None = None) -> list[Route]:
    """Return the routes; each answers GET and HEAD, and has pages if they are made."""
    face = _Versions(versions, urls, pages)
    return [
        Route("/versions", face.list),
        Route("/versions.{suffix}", face.list),
        Route("/version/{name}", face.version),
    ]


@dataclass(frozen=True, slots=True)
class _Versions:
    """The endpoints; not coroutines, so that Starlette runs them off its event loop."""

    known: Recorded
    urls: Urls
    pages: Pages | None

    def list(self, request: Request) -> Response:
        snapshot = self.known.current()
        records = self.known.records()
        title = read_title(snapshot.store, self.urls)
        number = snapshot.record.number
        made = Made(
            self.urls.versions,
            (str(title), str(number), *map(_identity, records)),
            max(record.time for record in records),
            partial(describe_versions, records, self.urls, current=number, title=title),
            None if self.pages is None else partial(self.pages.versions, records),
        )
        return reply(request, self.urls, made, request.path_params.get("suffix"))

    def version(self, request: Request) -> Response:
        name, suffix = split_suffix(request.path_params["name"])
        if not _NUMBER.fullmatch(name):
            iri = f"{self.urls.base_iri}version/{name}"
            raise UnknownResourceError(iri)
        record = self.known.record(int(name))
        title = read_title(self.known.current().store, self.urls)
        made = Made(
            self.urls.version(record.number),
            (str(title), _identity(record)),
            record.time,
            partial(describe_version, record, self.urls, title=title),
            None if self.pages is None else partial(self.pages.version, record),
            tuple(self._links(record)),
        )
        return reply(request, self.urls, made, suffix)

    def _links(self, record: VersionRecord) -> Sequence[str]:
        """Return the links between versions (RFC 5829)."""
        links = [f'<{self.urls.url(self.urls.versions)}>; rel="version-history"']
        if record.parent is not None:
            parent = self.urls.url(self.urls.version(record.parent))
            links.append(f'<{parent}>; rel="predecessor-version"')
        return links


def _identity(record: VersionRecord) -> str:
    # The hash is added after a version was published.
    return f"{record.identity} {record.sha256}"
