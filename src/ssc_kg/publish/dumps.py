"""Versions as files to download.

    /dumps                     the versions, each with the files that hold all of it
    /dumps/<n>                 the files of a version
    /dumps/<n>/SHA256SUMS      their hashes, for `sha256sum --check`
    /dumps/<n>/<file>          one of them
    /dumps/<n>/<file>.sha256   its hash
    /dumps/latest[/<file>]     leads to those of the current version; `dataset.nq.zst`
                               there stands for `dataset-<n>.nq.zst`

The lists are pages and RDF (DCAT 3). A file is sent as it is: its media type is that of
the compression, which is no coding of the reply. Those that are not there yet are made
when somebody asks (`dumping`): who waits too long is told when to ask again.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from typing import Protocol

from pyoxigraph import NamedNode
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from ssc_kg.dataset.downloads import describe_dumps
from ssc_kg.dataset.dumps import SUMS, Dump, VersionDumps, write_sums
from ssc_kg.dataset.graphs import read_title
from ssc_kg.errors import UnknownDumpError, UnknownResourceError
from ssc_kg.http.conditional import entity_tag, http_date, is_fresh
from ssc_kg.publish.dumping import Dumping
from ssc_kg.publish.files import FOR_EVER, PublishedFile, reply_with_file
from ssc_kg.publish.made import Made, reply
from ssc_kg.publish.offers import absolute
from ssc_kg.store.snapshot import Snapshots
from ssc_kg.store.versions import VersionRecord
from ssc_kg.urls import Urls, split_suffix

_NUMBER = re.compile(r"[1-9][0-9]{0,17}")
_SUM = ".sha256"


class Pages(Protocol):
    """Makes what a browser sees; `addresses` are those of the other formats."""

    def dumps(
        self, versions: Sequence[VersionDumps], addresses: Mapping[str, str]
    ) -> Response:
        """Return the page that lists versions, the newest first."""
        ...

    def version_dumps(
        self, version: VersionDumps, addresses: Mapping[str, str]
    ) -> Response:
        """Return the page that lists the files of a version."""
        ...


def routes(
    snapshots: Snapshots, dumping: Dumping, urls: Urls, pages: Pages | None = None
) -> list[Route]:
    """Return the routes; each answers GET and HEAD."""
    face = _Dumps(snapshots, dumping, urls, pages)
    return [
        Route("/dumps", face.list),
        Route("/dumps/", face.list),
        Route("/dumps.{suffix}", face.list),
        Route("/dumps/latest", face.latest),
        Route("/dumps/latest/{name}", face.latest),
        Route("/dumps/{number}", face.version),
        Route("/dumps/{number}/", face.version),
        Route("/dumps/{number}/{name}", face.file),
    ]


@dataclass(frozen=True, slots=True)
class _Dumps:
    snapshots: Snapshots
    dumping: Dumping
    urls: Urls
    pages: Pages | None

    def list(self, request: Request) -> Response:
        """Answer with all versions, and have the files of the current one made."""
        current = self.snapshots.current().record
        if self.dumping.made(current.number) is None:
            self.dumping.start(current)
        versions = [
            VersionDumps(record, [d for d in self.dumping.list(record) if not d.graph])
            for record in reversed(self.snapshots.records())
        ]
        page = None if self.pages is None else partial(self.pages.dumps, versions)
        suffix = request.path_params.get("suffix")
        return self._reply(request, versions, suffix, page, self.urls.dumps)

    def latest(self, request: Request) -> Response:
        """Lead to the files of the current version, or to one of them."""
        record = self.snapshots.current().record
        name = request.path_params.get("name")
        if name is not None:
            name = self._numbered(record, name)
        return RedirectResponse(
            self.urls.url(self.urls.dump(record.number, name)),
            status_code=HTTPStatus.FOUND,
            headers={"Cache-Control": "no-cache"},
        )

    def _numbered(self, record: VersionRecord, name: str) -> str:
        """Return the name that a file has with the number of the version in it."""
        number = f"-{record.number}."
        names = [*(dump.name for dump in self.dumping.list(record)), SUMS]
        by_kind = {each.replace(number, ".", 1): each for each in names}
        known = by_kind.get(name.removesuffix(_SUM))
        if known is None:
            raise UnknownDumpError(name, record.number, list(by_kind))
        return f"{known}{_SUM}" if name.endswith(_SUM) else known

    def version(self, request: Request) -> Response:
        """Answer with the files of a version; to look at them makes none."""
        number, suffix = split_suffix(request.path_params["number"])
        record = self._record(number)
        version = VersionDumps(record, self.dumping.list(record))
        address = self.urls.dump(record.number)
        pages = self.pages
        page = None if pages is None else partial(pages.version_dumps, version)
        return self._reply(request, [version], suffix, page, address)

    async def file(self, request: Request) -> Response:
        """Answer with a file, once it is made."""
        record = self._record(request.path_params["number"])
        name = request.path_params["name"]
        self._require(record, name)
        dumps = {dump.name: dump for dump in await self.dumping.wait(record)}
        if name == SUMS:
            return self._reply_with_sums(request, record, list(dumps.values()))
        if name.endswith(_SUM):
            of_one = [dumps[name.removesuffix(_SUM)]]
            return self._reply_with_sums(request, record, of_one)
        dump = dumps[name]
        file = PublishedFile(
            path=self.snapshots.versions.dumps_path(record.number) / name,
            size=dump.size or 0,
            sha256=dump.sha256 or "",
            media_type=dump.packing.media_type,
            modified=record.time,
        )
        return reply_with_file(request, file)

    def _record(self, number: str) -> VersionRecord:
        if not _NUMBER.fullmatch(number):
            iri = f"{self.urls.dumps.value}/{number}"
            raise UnknownResourceError(iri)
        return self.snapshots.record(int(number))

    def _require(self, record: VersionRecord, name: str) -> None:
        """Prove that there is such a file, before any is made."""
        known = [dump.name for dump in self.dumping.list(record)]
        if name != SUMS and name.removesuffix(_SUM) not in known:
            raise UnknownDumpError(name, record.number, [*known, SUMS])

    def _reply_with_sums(
        self, request: Request, record: VersionRecord, dumps: Sequence[Dump]
    ) -> Response:
        body = write_sums(dumps)
        headers = {
            "Cache-Control": FOR_EVER,
            "ETag": entity_tag(body.decode("ascii")),
            "Last-Modified": http_date(record.time),
        }
        if is_fresh(request.headers, headers["ETag"]):
            return Response(status_code=304, headers=headers)
        return Response(body, headers=headers, media_type="text/plain")

    def _reply(
        self,
        request: Request,
        versions: Sequence[VersionDumps],
        suffix: str | None,
        page: Callable[[Mapping[str, str]], Response] | None,
        address: NamedNode,
    ) -> Response:
        urls = absolute(request, self.urls)
        title = read_title(self.snapshots.current().store, self.urls)
        made = Made(
            address,
            (urls.public_url, str(title), *map(_identity, versions)),
            max(version.record.time for version in versions),
            partial(describe_dumps, versions, urls, title=title),
            page,
        )
        return reply(request, self.urls, made, suffix)


def _identity(version: VersionDumps) -> str:
    return f"{version.record.identity} {version.is_made}"
