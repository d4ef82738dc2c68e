"""The API catalogue at its well-known address (RFC 9727), a set of links (RFC 9264).

It lists the services of the table that DCAT reads too. Each has links to what describes
it to programs (`service-desc`), to people (`service-doc`), to the catalogue of the data
(`service-meta`), and to whether the server is ready (`status`).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import TypeAlias

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ssc_kg.dataset.services import Link, Service
from ssc_kg.formats.table import JSON, LINKSET, TURTLE
from ssc_kg.http.conditional import entity_tag, is_fresh
from ssc_kg.publish.answers import CACHING, choose
from ssc_kg.publish.offers import absolute
from ssc_kg.urls import Urls

PROFILE = "https://www.rfc-editor.org/info/rfc9727"
"""What says that a set of links is an API catalogue."""
_PATH = ".well-known/api-catalog"

_Targets: TypeAlias = list[dict[str, str]]


def routes(urls: Urls, services: Callable[[Urls], Iterable[Service]]) -> list[Route]:
    """Return the route; it answers GET and HEAD."""
    return [Route(f"/{_PATH}", _ApiCatalog(urls, services).answer)]


@dataclass(frozen=True, slots=True)
class _ApiCatalog:
    urls: Urls
    services: Callable[[Urls], Iterable[Service]]

    def answer(self, request: Request) -> Response:
        choose(request, request.query_params.get("format"), (LINKSET,))
        urls = absolute(request, self.urls)
        body = orjson.dumps(
            {"linkset": _describe(list(self.services(urls)), urls)},
            option=orjson.OPT_INDENT_2,
        )
        tag = entity_tag("api-catalog", body.decode())
        headers = {
            "Cache-Control": CACHING,
            "ETag": tag,
            "Link": f'<{self.urls.public_url}{_PATH}>; rel="api-catalog"',
            "Vary": "Accept",
        }
        if is_fresh(request.headers, tag):
            return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
        media_type = f'{LINKSET.media_type}; profile="{PROFILE}"'
        return Response(body, headers=headers, media_type=media_type)


def _describe(
    services: list[Service], urls: Urls
) -> list[Mapping[str, str | _Targets]]:
    items = [{"href": each.endpoint, "title": each.title} for each in services]
    return [
        {"anchor": f"{urls.public_url}{_PATH}", "item": items},
        *(_link(service, urls) for service in services),
    ]


def _link(service: Service, urls: Urls) -> Mapping[str, str | _Targets]:
    catalog = Link(urls.url(urls.catalog), TURTLE.media_type)
    status = Link(f"{urls.public_url}readyz", JSON.media_type)
    relations = {
        "service-desc": service.machine_readable,
        "service-doc": service.human_readable,
        "service-meta": (catalog,),
        "status": (status,),
    }
    targets = {
        relation: [{"href": link.url, "type": link.media_type} for link in links]
        for relation, links in relations.items()
        if links
    }
    return {"anchor": service.endpoint, **targets}
