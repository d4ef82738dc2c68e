"""What was asked before is answered from the replies that are kept, and rightly."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import ClassVar, TypeAlias

import httpx
import pytest
import strawberry
from pyoxigraph import DefaultGraph, Quad
from starlette.applications import Starlette
from starlette.responses import Response

from ssc_kg.engine.schema import build_engine
from ssc_kg.errors import StoreError
from ssc_kg.graphql_api.documents import OpenDocuments
from ssc_kg.graphql_api.events import Streams
from ssc_kg.graphql_api.http import GraphQLEndpoint
from ssc_kg.graphql_api.request import RequestLimits
from ssc_kg.http.replies import Replies
from ssc_kg.store.embedded import EmbeddedStore
from ssc_kg.store.protocol import CellTable
from ssc_kg.store.publications import Publications
from ssc_kg.store.snapshot import Snapshot, Snapshots
from ssc_kg.store.versions import Versions
from tests.datasets import publish
from tests.library import Book, Film, Query, shelf
from tests.serving import serving
from tests.stores import ByQueries

ASKED = {"query": "{ books { nodes { title } } }"}
EXPLAIN = {"Prefer": "explain"}
Sent: TypeAlias = Mapping[str, object] | list[Mapping[str, object]]


class Counting(ByQueries):
    """A store that counts how often it is asked, and does not answer if it may not."""

    asked = 0
    is_down = False

    def select_cells(self, query: str) -> CellTable:
        type(self).asked += 1
        if type(self).is_down:
            msg = "it is down"
            raise StoreError(msg)
        return super().select_cells(query)


class CountingSnapshots(Snapshots):
    """Snapshots of counting stores."""

    def current(self) -> Snapshot:
        snapshot = super().current()
        assert isinstance(snapshot.store, EmbeddedStore)
        return replace(snapshot, store=Counting.over(snapshot.store))


class Site:
    """An endpoint, and how often its store is asked."""

    def __init__(self, address: str, versions: Versions) -> None:
        self._address = address
        self._versions = versions

    def post(self, body: Sent, **headers: str) -> tuple[httpx.Response, int]:
        """Return a reply, and how many queries it took."""
        before = Counting.asked
        response = httpx.post(self._address, json=body, headers=headers)
        return response, Counting.asked - before

    def publish(self, turtle: str) -> None:
        """Publish another version, which is seen at once."""
        quads = (_merged(quad) for quad in shelf(turtle).match())
        publish(self._versions, *quads)


def _merged(quad: Quad) -> Quad:
    """Return a quad as one of the merge, which is the default graph."""
    return Quad(quad.subject, quad.predicate, quad.object, DefaultGraph())


@strawberry.type
class Mutation:
    """A mutation that does something each time."""

    calls: ClassVar[int] = 0

    @strawberry.mutation
    def count(self) -> int:
        Mutation.calls += 1
        return Mutation.calls


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    versions = Versions(tmp_path)
    publish(versions, *map(_merged, shelf(':a a :Book ; :title "A" .').match()))
    with CountingSnapshots(versions, interval=0) as snapshots:
        endpoint = GraphQLEndpoint(
            build_engine(Query, types=[Book, Film], mutation=Mutation),
            snapshots,
            lambda _request: Response(),
            documents=OpenDocuments(1),
            publications=Publications(snapshots),
            streams=Streams(1, 1),
            limits=RequestLimits(batch=2),
        )
        app = Replies(
            Starlette(routes=endpoint.routes("/graphql")),
            paths=("/graphql",),
            version=lambda: snapshots.current().record.number,
            maximum=2**20,
        )
        with serving(app) as address:
            yield Site(f"{address}/graphql", versions)


def test_the_second_time_the_store_is_not_asked(site: Site) -> None:
    first, asked_first = site.post(ASKED)
    second, asked_second = site.post(ASKED)
    assert (asked_first, asked_second) == (1, 0)
    assert first.json()["data"] == {"books": {"nodes": [{"title": "A"}]}}
    assert second.content == first.content
    for name in ("content-type", "vary", "cache-control"):
        assert second.headers[name] == first.headers[name]


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        pytest.param({"query": "{books{nodes{title}}}"}, {}, id="another text"),
        pytest.param(ASKED, {"Accept": "application/json"}, id="another format"),
        pytest.param(ASKED, EXPLAIN, id="explained by a header"),
        pytest.param(
            ASKED | {"extensions": {"explain": True}}, {}, id="explained beside it"
        ),
    ],
)
def test_what_asks_otherwise_is_answered_anew(
    site: Site, body: Mapping[str, object], headers: Mapping[str, str]
) -> None:
    site.post(ASKED)
    response, asked = site.post(body, **headers)
    assert asked == 1
    assert response.json()["data"] == {"books": {"nodes": [{"title": "A"}]}}


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        pytest.param(ASKED, EXPLAIN, id="by a header"),
        pytest.param(ASKED | {"extensions": {"explain": True}}, {}, id="beside it"),
    ],
)
def test_an_explanation_is_never_kept(
    site: Site, body: Mapping[str, object], headers: Mapping[str, str]
) -> None:
    for _ in range(2):
        response, asked = site.post(body, **headers)
        assert asked == response.json()["extensions"]["explain"]["queries"] == 1


def test_another_version_is_answered_anew(site: Site) -> None:
    site.post(ASKED)
    site.publish(':b a :Book ; :title "B" .')
    response, asked = site.post(ASKED)
    assert asked == 1
    assert {"title": "B"} in response.json()["data"]["books"]["nodes"]


def test_an_error_is_not_kept(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(Counting, "is_down", True)
        assert site.post(ASKED)[0].status_code == 503
    assert site.post(ASKED)[0].status_code == 200


def test_a_text_is_remembered_each_time_it_is_told(site: Site) -> None:
    def told(text: str) -> dict[str, object]:
        digest = hashlib.sha256(text.encode()).hexdigest()
        extension = {"persistedQuery": {"version": 1, "sha256Hash": digest}}
        return {"query": text, "extensions": extension}

    asked, other = (
        told("{ books { nodes { id } } }"),
        told("{ authors { totalCount } }"),
    )
    # There is room for one text.
    for body in (asked, other, asked):
        assert "errors" not in site.post(body)[0].json()
    by_hash = {"extensions": asked["extensions"]}
    first, asked_first = site.post(by_hash)
    second, asked_second = site.post(by_hash)
    assert (asked_first, asked_second) == (1, 0)
    assert first.json() == second.json() == site.post(asked)[0].json()


def test_a_list_of_operations_is_answered_each_time(site: Site) -> None:
    for _ in range(2):
        _, asked = site.post([ASKED, ASKED])
        assert asked == 2


def test_a_mutation_is_run_each_time(site: Site) -> None:
    first, second = (site.post({"query": "mutation { count }"})[0] for _ in range(2))
    assert second.json()["data"]["count"] == first.json()["data"]["count"] + 1
