"""How an operation was answered, told over HTTP to those who ask."""

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import orjson
import pytest
from pyoxigraph import DefaultGraph, Quad
from starlette.applications import Starlette
from starlette.responses import Response

from ssc_kg.engine.trace import Phase
from ssc_kg.errors import StoreError
from ssc_kg.graphql_api.documents import OpenDocuments
from ssc_kg.graphql_api.events import Streams
from ssc_kg.graphql_api.http import GraphQLEndpoint
from ssc_kg.graphql_api.request import RequestLimits
from ssc_kg.store.embedded import EmbeddedStore
from ssc_kg.store.protocol import CellTable, Store, Table
from ssc_kg.store.publications import Publications
from ssc_kg.store.snapshot import Snapshot, Snapshots
from ssc_kg.store.versions import Versions
from tests.conftest import Server
from tests.datasets import publish
from tests.library import library, shelf
from tests.stores import ByQueries

QUERY = """{
  agreements { totalCount nodes { name goals(first: 2) { nodes { name } } } }
}"""
PREFER = {"Prefer": "return=minimal, explain"}
SECONDS = 30
"""The first request waits until the schema is built."""
BESIDE = {"extensions": {"explain": True}}


def post(
    server: Server, body: dict[str, object], headers: dict[str, str]
) -> httpx.Response:
    return httpx.post(
        f"{server.address}/graphql", json=body, headers=headers, timeout=SECONDS
    )


def read_nodes(table: Table) -> set[object]:
    at = table.variables.index("node")
    return {row[at] for row in table.rows}


@pytest.mark.parametrize(
    ("beside", "headers"),
    [
        pytest.param({}, PREFER, id="by a header"),
        pytest.param(BESIDE, {}, id="by an extension"),
        pytest.param(BESIDE, {**PREFER, "Accept": "application/json"}, id="by both"),
    ],
)
def test_an_explanation_has_each_query_with_its_rows(
    server: Server,
    seed_store: Store,
    beside: dict[str, object],
    headers: dict[str, str],
) -> None:
    response = post(server, {"query": QUERY, **beside}, headers)
    explained = response.json()["extensions"]["explain"]
    assert explained["version"] == 1
    kept, near, asked = explained["levels"]
    assert kept["list"] == "MemorandumOfUnderstanding by id ASC"
    assert [kept["how"], near["how"], asked["how"]] == ["list", "patterns", "query"]
    assert explained["queries"] == 1
    assert near["rows"] == len(read_nodes(seed_store.select(near["sparql"]))) == 2
    assert asked["rows"] == len(seed_store.select(asked["sparql"]).rows) > 0
    for level in explained["levels"]:
        assert 0 < level["milliseconds"] <= explained["milliseconds"]["store"]
    phases = list(Phase)
    # The plan may be known from an earlier request.
    assert list(explained["milliseconds"]) in (phases, [*phases[:1], *phases[2:]])
    plain = post(server, {"query": QUERY}, {}).json()
    assert response.json()["data"] == plain["data"]
    assert response.headers.get("preference-applied") == (
        "explain" if headers else None
    )


def test_an_explanation_is_asked_for_by_get_too(server: Server) -> None:
    parameters = {"query": QUERY, "extensions": '{"explain": true}'}
    response = httpx.get(f"{server.address}/graphql", params=parameters)
    assert response.json()["extensions"]["explain"]["queries"] == 1


@pytest.mark.parametrize(
    ("beside", "headers"),
    [
        pytest.param({}, {}, id="nothing"),
        pytest.param({"extensions": {"explain": False}}, {}, id="an extension: no"),
        pytest.param({"extensions": {"explain": "yes"}}, {}, id="an extension: text"),
        pytest.param({"extensions": None}, {}, id="no extensions"),
        pytest.param({}, {"Prefer": "return=minimal"}, id="another preference"),
        pytest.param({}, {"Prefer": 'x="explain"'}, id="a value of that name"),
    ],
)
def test_nothing_is_explained_to_those_who_do_not_ask(
    server: Server, beside: dict[str, object], headers: dict[str, str]
) -> None:
    response = post(server, {"query": QUERY, **beside}, headers)
    assert list(response.json()) == ["data"]
    assert "preference-applied" not in response.headers
    assert response.headers["vary"].split(", ")[:2] == ["Accept", "Prefer"]


def test_a_refused_operation_is_explained_as_far_as_it_came(server: Server) -> None:
    body = post(server, {"query": "{ nope }"}, PREFER).json()
    assert body["errors"][0]["extensions"]["code"] == "GRAPHQL_VALIDATION_FAILED"
    explained = body["extensions"]["explain"]
    assert list(explained["milliseconds"]) == ["read"]
    assert explained["levels"] == []


def test_an_operation_with_errors_and_introspection_is_explained_whole(
    server: Server,
) -> None:
    query = "{ __typename __schema { __typename } goals { nodes { name } } "
    body = post(server, {"query": f'{query} bad: node(id: "a b") {{ id }} }}'}, PREFER)
    assert len(body.json()["errors"]) == 1
    levels = body.json()["extensions"]["explain"]["levels"]
    assert [level["rows"] for level in levels] == [17, 17]


def test_an_explanation_is_no_part_of_a_graph(server: Server) -> None:
    headers = {"Accept": "text/turtle"}
    plain = post(server, {"query": QUERY}, headers)
    asked = post(server, {"query": QUERY}, headers | PREFER)
    assert asked.content == plain.content
    assert "preference-applied" not in asked.headers


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize(
    ("beside", "headers"),
    [pytest.param({}, PREFER, id="a header"), pytest.param(BESIDE, {}, id="extension")],
)
def test_an_answer_in_a_stream_is_explained_too(
    server: Server, method: str, beside: dict[str, object], headers: dict[str, str]
) -> None:
    accept = {"Accept": "text/event-stream"}
    if method == "POST":
        response = post(server, {"query": QUERY, **beside}, headers | accept)
    else:
        texts = {name: orjson.dumps(value).decode() for name, value in beside.items()}
        response = httpx.get(
            f"{server.address}/graphql",
            params={"query": QUERY, **texts},
            headers=headers | accept,
        )
    body = _first_event(response)
    assert body["extensions"]["explain"]["queries"] == 1
    assert response.headers.get("preference-applied") == (
        "explain" if headers else None
    )
    assert "Prefer" in response.headers["vary"]
    plain = _first_event(post(server, {"query": QUERY}, accept))
    assert plain == {"data": body["data"]}


def _first_event(response: httpx.Response) -> Any:
    data = [line for line in response.text.splitlines() if line.startswith("data: {")]
    return orjson.loads(data[0].removeprefix("data: "))


class Tired(ByQueries):
    """A store that answers once."""

    _is_tired = False

    def select_cells(self, query: str) -> CellTable:
        if self._is_tired:
            msg = "it has had enough"
            raise StoreError(msg)
        self._is_tired = True
        return super().select_cells(query)


class TiredSnapshots(Snapshots):
    """Snapshots of which each answers once."""

    def current(self) -> Snapshot:
        snapshot = super().current()
        assert isinstance(snapshot.store, EmbeddedStore)
        return replace(snapshot, store=Tired.over(snapshot.store))


@pytest.mark.parametrize(
    ("accept", "is_batch"),
    [
        pytest.param("application/json", False, id="an answer"),
        pytest.param("application/json", True, id="a batch"),
        pytest.param("text/event-stream", False, id="a stream"),
    ],
)
def test_what_the_store_answered_before_it_failed_is_explained(
    tmp_path: Path, accept: str, *, is_batch: bool
) -> None:
    book = ":a a :Book ; :editor :x . :x a :Author ."
    quads = (
        Quad(each.subject, each.predicate, each.object, DefaultGraph())
        for each in shelf(book).match()
    )
    publish(Versions(tmp_path), *quads)
    asked = {"query": "{ books { nodes { editor { id } } } }", **BESIDE}
    body = [asked] if is_batch else asked
    response = asyncio.run(_ask_tired(tmp_path, body, accept))
    if accept == "text/event-stream":
        told = _first_event(response)
    else:
        assert response.status_code == (200 if is_batch else 503)
        told = response.json()[0] if is_batch else response.json()
    assert "it has had enough" in str(told["errors"])
    assert "STORE_UNAVAILABLE" in str(told["errors"])
    explained = told["extensions"]["explain"]
    assert explained["queries"] == 1
    [level] = explained["levels"]
    assert level["rows"] == 1
    assert "?node a <http://library.example/Book>" in level["sparql"]
    assert list(explained["milliseconds"]) == ["read", "plan", "store"]


async def _ask_tired(directory: Path, body: object, accept: str) -> httpx.Response:
    with TiredSnapshots(Versions(directory)) as snapshots:
        endpoint = GraphQLEndpoint(
            library(),
            snapshots,
            lambda _request: Response(),
            documents=OpenDocuments(0),
            publications=Publications(snapshots),
            streams=Streams(1, 1),
            limits=RequestLimits(batch=1),
        )
        transport = httpx.ASGITransport(Starlette(routes=endpoint.routes("/graphql")))
        async with httpx.AsyncClient(
            transport=transport, base_url="http://x"
        ) as client:
            return await client.post("/graphql", json=body, headers={"Accept": accept})
