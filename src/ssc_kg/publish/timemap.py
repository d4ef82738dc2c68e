"""The list of the mementos of an address (RFC 7089, section 5), in link format.

There is one for each version of the dataset that knows the thing or has the graph,
whether or not it changed anything there.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from http import HTTPStatus

from pyoxigraph import NamedNode
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ssc_kg.errors import RequestError
from ssc_kg.http.conditional import entity_tag, http_date, is_fresh
from ssc_kg.publish.asof import CACHING, TIMEMAP, Archive, Original
from ssc_kg.publish.graphs import ONTOLOGY
from ssc_kg.publish.past import versions_of_graphs, versions_of_thing
from ssc_kg.rdf.terms import read_iri
from ssc_kg.store.versions import VersionRecord
from ssc_kg.urls import Urls, split_suffix

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
        links = list(_links(original, self._records(request, path)))
        tag = entity_tag(*links)
        headers = {"Cache-Control": CACHING, "ETag": tag}
        if is_fresh(request.headers, tag):
            return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
        return Response(
            ",\n".join(links) + "\n", headers=headers, media_type=MEDIA_TYPE
        )

    def _records(self, request: Request, path: str) -> Sequence[VersionRecord]:
        """Return the versions that have what lies at a path, oldest first."""
        stem, beginning = split_suffix(path)[0], path.partition("/")[0]
        match beginning.partition(".")[0]:
            case "doc":
                return versions_of_thing(self.snapshots, self._thing(request, stem))
            case "graph":
                graph = self.urls.resource(stem)
                return versions_of_graphs(self.snapshots, (graph,))
            case "ontology":
                graphs = tuple(map(self.urls.graph, ONTOLOGY))
                return versions_of_graphs(self.snapshots, graphs)
            case _:
                return self.snapshots.records()

    def _thing(self, request: Request, stem: str) -> NamedNode:
        iri = request.query_params.get("iri")
        return self.urls.thing(f"/{stem}") if iri is None else read_iri(iri)


def _links(original: Original, records: Sequence[VersionRecord]) -> Iterator[str]:
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
