"""The list of the mementos of an address (RFC 7089, section 5), in link format.

There is one for each version of the dataset, whether or not it changed anything here;
of a version that did not know a thing yet, the memento says so, by 404.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ssc_kg.errors import RequestError
from ssc_kg.http.conditional import entity_tag, http_date, is_fresh
from ssc_kg.publish.asof import CACHING, TIMEMAP, Archive, Original
from ssc_kg.urls import Urls

MEDIA_TYPE = "application/link-format"
_WITH_MEMENTOS = ("catalog", "doc", "graph", "ontology", "void")
"""The beginnings of the paths that answer as of a version."""


def routes(snapshots: Archive, urls: Urls) -> list[Route]:
    """Return the route; it answers GET and HEAD."""
    return [Route(f"/{TIMEMAP}{{path:path}}", _TimeMaps(snapshots, urls).answer)]


@dataclass(frozen=True, slots=True)
class _TimeMaps:
    snapshots: Archive
    urls: Urls

    def answer(self, request: Request) -> Response:
        original = Original.listed_by(request, self.urls)
        path = original.url.removeprefix(self.urls.public_url)
        if path.partition("/")[0].partition(".")[0] not in _WITH_MEMENTOS:
            beginnings = ", ".join(f"/{name}" for name in _WITH_MEMENTOS)
            message = f"/{path} has no mementos; what begins with {beginnings} has"
            raise RequestError(message)
        links = list(self._links(original))
        tag = entity_tag(*links)
        headers = {"Cache-Control": CACHING, "ETag": tag}
        if is_fresh(request.headers, tag):
            return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
        return Response(
            ",\n".join(links) + "\n", headers=headers, media_type=MEDIA_TYPE
        )

    def _links(self, original: Original) -> Iterator[str]:
        records = self.snapshots.records()
        yield f'<{original.address}>; rel="original timegate"'
        first, last = http_date(records[0].time), http_date(records[-1].time)
        yield (
            f'<{original.timemap}>; rel="self"; type="{MEDIA_TYPE}"; '
            f'from="{first}"; until="{last}"'
        )
        for record in records:
            ends = [
                name
                for name, end in (("first", records[0]), ("last", records[-1]))
                if record is end
            ]
            relation = " ".join((*ends, "memento"))
            memento, time = original.memento(record.number), http_date(record.time)
            yield f'<{memento}>; rel="{relation}"; datetime="{time}"'
