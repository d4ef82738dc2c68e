"""The front door: a page for people, and for programs what describes the dataset.

The base IRI leads programs on by 303, as it stands for everything and not for a
document; from the description, links lead to every kind of thing.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from ssc_kg.formats.table import HTML, RDF_FORMATS
from ssc_kg.publish.asof import CACHING
from ssc_kg.publish.representation import choose_format
from ssc_kg.urls import Urls


def routes(urls: Urls, page: Callable[[], Response]) -> list[Route]:
    """Return the route; it answers GET and HEAD."""
    return [Route("/", _Front(urls, page).answer)]


@dataclass(frozen=True, slots=True)
class _Front:
    urls: Urls
    page: Callable[[], Response]

    def answer(self, request: Request) -> Response:
        format_ = choose_format(request, None, (HTML, *RDF_FORMATS))
        link = ", ".join(self._links())
        headers = {"Cache-Control": CACHING, "Link": link, "Vary": "Accept"}
        if format_ is not HTML:
            asked = request.query_params.get("format")
            suffix = None if asked is None else format_.suffix
            url = self.urls.url(self.urls.void, suffix=suffix)
            status = HTTPStatus.SEE_OTHER
            return RedirectResponse(url, status_code=status, headers=headers)
        response = self.page()
        response.headers.update(headers)
        return response

    def _links(self) -> Iterator[str]:
        urls = self.urls
        yield f'<{urls.base_iri}>; rel="cite-as"'
        yield f'<{urls.url(urls.void)}>; rel="describedby"'
        yield f'<{urls.url(urls.catalog)}>; rel="describedby"'
        yield f'<{urls.url(urls.openapi)}>; rel="service-desc"'
        yield f'<{urls.public_url}.well-known/api-catalog>; rel="api-catalog"'
