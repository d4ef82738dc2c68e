"""The reply that carries a document which the program makes itself.

Such a document lies in no graph of a version: it is made from records and settings when
it is asked for. The format is that of the suffix of its address, else of `?format=`,
else of `Accept`; HTML is one of them where somebody makes the page.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus

from pyoxigraph import NamedNode, Triple
from starlette.requests import Request
from starlette.responses import Response

from ssc_kg.formats.table import HTML, RDF_FORMATS, Format
from ssc_kg.formats.write import write_graph
from ssc_kg.http.conditional import entity_tag, http_date, is_fresh
from ssc_kg.http.negotiation import named
from ssc_kg.publish.answers import CACHING, choose
from ssc_kg.urls import Urls


@dataclass(frozen=True, slots=True)
class Made:
    """A document, before it is made."""

    address: NamedNode
    """Its IRI."""
    parts: tuple[str, ...]
    """What decides what it says, beside its address."""
    modified: datetime
    triples: Callable[[], Iterable[Triple]]
    page: Callable[[Mapping[str, str]], Response] | None = None
    """Makes the page for a browser, given the addresses by the names of formats."""
    links: tuple[str, ...] = ()
    """Links that only it has (RFC 8288)."""

    @property
    def formats(self) -> Sequence[Format]:
        """What it is offered in, in order of preference."""
        return RDF_FORMATS if self.page is None else (*RDF_FORMATS, HTML)


def reply(request: Request, urls: Urls, made: Made, suffix: str | None) -> Response:
    """Return the reply to GET or HEAD; nothing is made for who has it already.

    Raises:
        NotAcceptableError: It is not offered in the format that is asked for.
    """
    format_ = (
        choose(request, request.query_params.get("format"), made.formats)
        if suffix is None
        else named(suffix, made.formats)
    )
    addresses = {
        each.name: urls.url(made.address, suffix=each.suffix) for each in made.formats
    }
    tag = entity_tag(made.address.value, *made.parts, format_.name)
    headers = {
        "Cache-Control": CACHING,
        "Content-Location": addresses[format_.name],
        "ETag": tag,
        "Last-Modified": http_date(made.modified),
        "Link": ", ".join((*made.links, *_alternates(made, addresses, format_))),
        "Vary": "Accept",
    }
    if is_fresh(request.headers, tag):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    if format_ is HTML and made.page is not None:
        page = made.page(addresses)
        page.headers.update(headers)
        return page
    body = b"".join(write_graph(made.triples(), format_))
    return Response(body, headers=headers, media_type=format_.media_type)


def _alternates(
    made: Made, addresses: Mapping[str, str], chosen: Format
) -> Iterator[str]:
    for each in made.formats:
        if each is not chosen:
            url = addresses[each.name]
            yield f'<{url}>; rel="alternate"; type="{each.media_type}"'
