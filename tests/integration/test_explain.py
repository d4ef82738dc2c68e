"""How an operation was answered, told over HTTP to those who ask."""

import httpx
import pytest

from ssc_kg.engine.trace import Phase
from ssc_kg.store.protocol import Store
from tests.conftest import Server

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
    assert explained["queries"] == len(explained["levels"]) == 2
    for level in explained["levels"]:
        assert len(seed_store.select(level["sparql"]).rows) == level["rows"] > 0
        assert 0 < level["milliseconds"] <= explained["milliseconds"]["store"]
    assert list(explained["milliseconds"]) == [phase.value for phase in Phase]
    assert min(explained["milliseconds"].values()) > 0
    plain = post(server, {"query": QUERY}, {}).json()
    assert response.json()["data"] == plain["data"]
    assert response.headers.get("preference-applied") == (
        "explain" if headers else None
    )


def test_an_explanation_is_asked_for_by_get_too(server: Server) -> None:
    parameters = {"query": QUERY, "extensions": '{"explain": true}'}
    response = httpx.get(f"{server.address}/graphql", params=parameters)
    assert response.json()["extensions"]["explain"]["queries"] == 2


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
    query = "{ __typename __schema { __typename } goals { totalCount } "
    body = post(server, {"query": f'{query} bad: node(id: "a b") {{ id }} }}'}, PREFER)
    assert len(body.json()["errors"]) == 1
    assert body.json()["extensions"]["explain"]["queries"] == 1


def test_an_explanation_is_no_part_of_a_graph(server: Server) -> None:
    headers = {"Accept": "text/turtle"}
    plain = post(server, {"query": QUERY}, headers)
    asked = post(server, {"query": QUERY}, headers | PREFER)
    assert asked.content == plain.content
    assert "preference-applied" not in asked.headers
