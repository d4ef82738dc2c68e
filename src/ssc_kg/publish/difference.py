"""How versions differ, at `/diff/<m>/<n>`: what version n says more, and no longer.

    text, JSON, HTML          a report by thing, with names
    TriG, N-Quads             what is added and what is removed, as graphs
    SPARQL Update, RDF Patch  what makes the one version of the other

By `Accept`, by `?format=` or by suffix, as `/diff/1/2.ru`. `/diff?before=1&after=2`
leads there. With `?all=on` reports show the graphs, too, in which the program describes
the data. What differs never changes, and is told piece by piece.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPMethod, HTTPStatus
from typing import Protocol

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from ssc_kg.compiler.preferences import prefer
from ssc_kg.dataset.difference import Difference
from ssc_kg.dataset.differences import described, write_difference
from ssc_kg.dataset.report import Reader, Report, read_report
from ssc_kg.errors import RequestError, UnknownResourceError
from ssc_kg.formats.table import DIFFERENCE_FORMATS, HTML, Format
from ssc_kg.http.conditional import entity_tag, http_date, is_fresh
from ssc_kg.http.negotiation import named
from ssc_kg.publish.answers import choose, name_file, read_languages_of
from ssc_kg.publish.asof import raw_path
from ssc_kg.publish.comparisons import Comparisons
from ssc_kg.publish.files import FOR_EVER
from ssc_kg.store.snapshot import Snapshots
from ssc_kg.store.versions import VersionRecord
from ssc_kg.urls import Urls, with_parameters

MOST_SHOWN = 2_000
"""How many statements a page shows; the other formats have all."""
_NUMBER = re.compile(r"0|[1-9][0-9]{0,17}")


class Page(Protocol):
    """Makes what a browser sees."""

    def __call__(
        self,
        report: Report,
        versions: Sequence[VersionRecord],
        addresses: Mapping[str, str],
    ) -> Response:
        """Return the page of a report; others can be asked for by their versions."""
        ...


def routes(
    snapshots: Snapshots,
    comparisons: Comparisons,
    urls: Urls,
    page: Page | None = None,
) -> list[Route]:
    """Return the routes; each answers GET and HEAD."""
    face = _Differences(snapshots, comparisons, urls, page)
    return [
        Route("/diff", face.lead),
        Route("/diff/{before}/{after}", face.answer),
    ]


@dataclass(frozen=True, slots=True)
class _Differences:
    """The endpoints; not coroutines, so that Starlette runs them off its event loop."""

    snapshots: Snapshots
    comparisons: Comparisons
    urls: Urls
    page: Page | None

    @property
    def offered(self) -> tuple[Format, ...]:
        """The formats, in order of preference."""
        return DIFFERENCE_FORMATS if self.page is None else (*DIFFERENCE_FORMATS, HTML)

    def lead(self, request: Request) -> Response:
        """Lead to a difference; unless told, that of the newest from its parent."""
        current = self.snapshots.current().record
        after = self._asked(request, "after") or current
        before = self._asked(request, "before")
        if before is None:
            before = self.snapshots.record(after.parent or after.number)
        url = self.urls.url(self.urls.difference(before.number, after.number))
        kept = {
            name: value
            for name, value in request.query_params.items()
            if name not in ("before", "after")
        }
        return RedirectResponse(
            with_parameters(url, kept),
            status_code=HTTPStatus.SEE_OTHER,
            headers={"Cache-Control": "no-cache"},
        )

    def answer(self, request: Request) -> Response:
        """Answer with how a version differs from another."""
        last, _, suffix = request.path_params["after"].partition(".")
        before = self._record(request, request.path_params["before"])
        after = self._record(request, last)
        format_ = (
            named(suffix, self.offered)
            if suffix
            else choose(request, request.query_params.get("format"), self.offered)
        )
        shown = _Shown(before, after, format_, is_whole=_is_whole(request))
        headers = self._headers(request, shown)
        if is_fresh(request.headers, headers["ETag"]):
            return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
        if request.method == HTTPMethod.HEAD:
            return Response(headers=headers, media_type=format_.media_type)
        found = self.comparisons.get(before.number, after.number)
        return self._reply(request, shown, found, headers)

    def _reply(
        self,
        request: Request,
        shown: "_Shown",
        found: Difference,
        headers: Mapping[str, str],
    ) -> Response:
        reader = self._reader(request, shown)
        if shown.format is HTML and self.page is not None:
            hidden = () if shown.is_whole else described(self.urls)
            report = read_report(found, reader, hidden=hidden, maximum=MOST_SHOWN)
            addresses = {each.name: self._address(shown, each) for each in self.offered}
            page = self.page(report, self.snapshots.records(), addresses)
            page.headers.update(headers)
            return page
        chunks = write_difference(
            found, shown.format, reader, self.urls, is_whole=shown.is_whole
        )
        return StreamingResponse(
            chunks, headers=headers, media_type=shown.format.media_type
        )

    def _reader(self, request: Request, shown: "_Shown") -> Reader:
        before, after = (
            self.snapshots.open(record.number).store
            for record in (shown.before, shown.after)
        )
        preference = prefer(read_languages_of(request))
        return Reader(before, after, preference, base_iri=self.urls.base_iri)

    def _headers(self, request: Request, shown: "_Shown") -> Mapping[str, str]:
        before, after, format_ = shown.before, shown.after, shown.format
        names = str(read_languages_of(request)), str(shown.is_whole)
        parts = before.identity, after.identity, format_.name, *names
        file = name_file(f"diff-{before.number}-{after.number}", format_, is_kept=False)
        # A page names all versions there are, so it does change.
        kept = FOR_EVER if format_ is not HTML else "no-cache"
        also = (str(len(self.snapshots.records())),) if format_ is HTML else ()
        return {
            "Cache-Control": kept,
            "Content-Disposition": file,
            "Content-Location": self._address(shown, format_),
            "ETag": entity_tag("difference", *parts, *also),
            "Last-Modified": http_date(max(before.time, after.time)),
            "Link": ", ".join(
                f'<{self._address(shown, each)}>; rel="alternate"; '
                f'type="{each.media_type}"'
                for each in self.offered
                if each is not format_
            ),
            "Vary": "Accept, Accept-Language",
        }

    def _address(self, shown: "_Shown", format_: Format) -> str:
        iri = self.urls.difference(shown.before.number, shown.after.number)
        url = self.urls.url(iri, suffix=format_.suffix)
        return with_parameters(url, {"all": "on"} if shown.is_whole else {})

    def _asked(self, request: Request, name: str) -> VersionRecord | None:
        number = request.query_params.get(name)
        if number is None:
            return None
        if not _NUMBER.fullmatch(number):
            message = (
                f"{name} is {number[:40]!r}, but has to be the number of a version"
            )
            raise RequestError(message)
        return self.snapshots.record(int(number))

    def _record(self, request: Request, number: str) -> VersionRecord:
        if not _NUMBER.fullmatch(number):
            raise UnknownResourceError(self.urls.resource(raw_path(request)).value)
        return self.snapshots.record(int(number))


@dataclass(frozen=True, slots=True)
class _Shown:
    before: VersionRecord
    after: VersionRecord
    format: Format
    is_whole: bool


def _is_whole(request: Request) -> bool:
    value = request.query_params.get("all", "off")
    if value not in ("on", "off"):
        message = f"all is {value[:40]!r}, but has to be on or off"
        raise RequestError(message)
    return value == "on"
