"""Which version a request is about, and what its reply says of that (RFC 7089).

Every address of a thing, a document or a graph answers from the current version. With
`?version=3` it answers from that one, for as long as there is one: such an address is a
memento. `Accept-Datetime` asks for the version that was current then, and is led to its
memento; so each address is its own time gate (section 4.1.1, pattern 1.1). `/timemap/…`
lists the mementos of what lies at the same path without it.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Protocol, Self
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from ssc_kg.errors import RequestError
from ssc_kg.http.conditional import http_date
from ssc_kg.http.parameters import VERSION, read_version_number
from ssc_kg.store.snapshot import Snapshot
from ssc_kg.store.versions import VersionRecord
from ssc_kg.urls import Urls, with_parameters

CACHING = "public, max-age=60, stale-while-revalidate=600"
"""How long caches keep what the current version says."""
_LASTING = "public, max-age=86400, stale-while-revalidate=604800"
"""And what a memento says, which only another release writes otherwise."""
VARY = "Accept, Accept-Datetime, Accept-Language"
"""The headers by which a representation is chosen."""
_IN_PATHS = "/%:@!$&'()*+,;=~"
_MEANT = ("iri", "format", "page")
"""The parameters, beside the version, on which it depends what lies at an address."""
TIMEMAP = "timemap/"
"""What the path of a list of mementos begins with."""


class Readable(Protocol):
    """What knows the versions to answer from; `store.snapshot.Snapshots` does."""

    def current(self) -> Snapshot:
        """Return the version that a request which begins now reads to its end."""
        ...

    def open(self, number: int) -> Snapshot:
        """Return a version by its number.

        Raises:
            UnknownVersionError: It was never published, or was pruned.
        """
        ...


class Archive(Readable, Protocol):
    """What can list them, too; `store.snapshot.Snapshots` does."""

    def records(self) -> Sequence[VersionRecord]:
        """Return what is known of each version that there is, oldest first."""
        ...


@dataclass(frozen=True, slots=True)
class AsOf:
    """The version that a request is about."""

    snapshot: Snapshot
    is_memento: bool
    """Whether the request names it, so that the same address answers alike later."""

    @property
    def parameters(self) -> dict[str, str]:
        """What an address needs to stay with it."""
        return {VERSION: str(self.snapshot.record.number)} if self.is_memento else {}

    def headers(self) -> dict[str, str]:
        """Return the headers that tell of it, less the links."""
        headers = {
            "Cache-Control": _LASTING if self.is_memento else CACHING,
            "Last-Modified": http_date(self.snapshot.record.time),
            "Vary": VARY,
        }
        if self.is_memento:
            headers["Memento-Datetime"] = headers["Last-Modified"]
        return headers


def read_version(request: Request, snapshots: Archive) -> AsOf:
    """Return the version that a request names, else the current one.

    Raises:
        ParameterValueError: The parameter is no number.
        UnknownVersionError: There is no such version.
    """
    text = request.query_params.get(VERSION)
    if text is None:
        return AsOf(snapshots.current(), is_memento=False)
    return AsOf(snapshots.open(read_version_number(text)), is_memento=True)


def lead_to_memento(
    request: Request, urls: Urls, records: Callable[[], Sequence[VersionRecord]]
) -> Response | None:
    """Return the reply that leads to the version that was current at a time.

    None if the request asks for no time, or names a version: that says more. Asked
    for are those of the `records`, which are those that have something to answer.

    Raises:
        RequestError: The header Accept-Datetime holds no date as HTTP writes it.
    """
    text = request.headers.get("accept-datetime")
    if text is None or VERSION in request.query_params:
        return None
    record = _current_at(_read_time(text), records())
    original = Original.of(request, urls)
    return RedirectResponse(
        original.memento(record.number),
        status_code=HTTPStatus.FOUND,
        headers={
            "Cache-Control": CACHING,
            "Link": ", ".join(original.links()),
            "Vary": VARY,
        },
    )


@dataclass(frozen=True, slots=True)
class Original:
    """An address that answers from the current version, whatever that is."""

    url: str
    """Without the parameters."""
    query: tuple[tuple[str, str], ...]
    """Its parameters, less the one that names a version."""
    timemap: str

    @classmethod
    def of(cls, request: Request, urls: Urls) -> Self:
        """Return the address that a request names, or names a version of."""
        return cls._at(raw_path(request).lstrip("/"), request, urls)

    @classmethod
    def listed_by(cls, request: Request, urls: Urls) -> Self:
        """Return the address whose mementos a request asks for."""
        path = raw_path(request).removeprefix(f"/{TIMEMAP}").lstrip("/")
        return cls._at(path, request, urls)

    @classmethod
    def _at(cls, path: str, request: Request, urls: Urls) -> Self:
        # Some clients send characters that end an address in a link.
        path = quote(path, safe=_IN_PATHS)
        sent = request.query_params
        query = tuple((name, sent[name]) for name in _MEANT if name in sent)
        timemap = with_parameters(f"{urls.public_url}{TIMEMAP}{path}", query)
        return cls(f"{urls.public_url}{path}", query, timemap)

    @property
    def address(self) -> str:
        """The address with its parameters."""
        return with_parameters(self.url, self.query)

    def memento(self, number: int) -> str:
        """Return the address that answers from one version."""
        return with_parameters(self.url, [*self.query, (VERSION, str(number))])

    def links(self) -> Iterator[str]:
        """Yield the links that each of its replies has (RFC 8288)."""
        yield f'<{self.address}>; rel="original timegate"'
        yield f'<{self.timemap}>; rel="timemap"; type="application/link-format"'


def raw_path(request: Request) -> str:
    """Return the path as sent: Starlette's is decoded, so that `%2F` looks like `/`."""
    path: bytes = request.scope["raw_path"]
    root: str = request.scope.get("root_path", "")
    return path.decode("ascii").removeprefix(root)


def _read_time(text: str) -> datetime:
    try:
        time = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        message = (
            f"Accept-Datetime is {text[:60]!r}, but has to be a date as HTTP writes "
            "it, such as Mon, 23 Nov 2026 02:39:00 GMT"
        )
        raise RequestError(message) from None
    return time if time.tzinfo else time.replace(tzinfo=UTC)


def _current_at(time: datetime, records: Sequence[VersionRecord]) -> VersionRecord:
    """Return the last one published until then, or the first of all (section 4.1)."""
    first, *_ = records
    until = [record for record in records if record.time <= time]
    return until[-1] if until else first
