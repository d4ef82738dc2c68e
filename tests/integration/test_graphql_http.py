"""GraphQL over HTTP, against a running server."""

import httpx
import pytest
from graphql import build_client_schema, get_introspection_query, print_schema

from tests.conftest import Server

GRAPHQL = "application/graphql-response+json"
JSON = "application/json"
COUNT = "{ goals { totalCount } }"
COUNTED = {"data": {"goals": {"totalCount": 17}}}


def post(server: Server, body: object, **headers: str) -> httpx.Response:
    return httpx.post(f"{server.address}/graphql", json=body, headers=headers)


def get(server: Server, parameters: dict[str, str], **headers: str) -> httpx.Response:
    return httpx.get(f"{server.address}/graphql", params=parameters, headers=headers)


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        pytest.param("*/*", GRAPHQL, id="anything"),
        pytest.param(GRAPHQL, GRAPHQL, id="the draft's type"),
        pytest.param(JSON, JSON, id="the older type"),
        pytest.param(f"{GRAPHQL}, {JSON};q=0.9", GRAPHQL, id="as GraphiQL asks"),
    ],
)
def test_an_answer_comes_as_asked(server: Server, accept: str, media_type: str) -> None:
    response = post(server, {"query": COUNT}, Accept=accept)
    assert response.status_code == 200
    assert response.headers["content-type"].partition(";")[0] == media_type
    assert response.headers["access-control-allow-origin"] == "*"
    assert response.json() == COUNTED


def test_get_and_post_answer_alike(server: Server) -> None:
    assert get(server, {"query": COUNT}).json() == COUNTED
    assert httpx.get(f"{server.address}/graphql/", params={"query": COUNT}).json() == (
        COUNTED
    )


def test_variables_and_operation_names_are_read_from_both(server: Server) -> None:
    query = (
        "query A($n: Int!) { goals(first: $n) { nodes { id } } } query B { __typename }"
    )
    body = {"query": query, "variables": {"n": 1}, "operationName": "A"}
    expected = {"data": {"goals": {"nodes": [{"id": "http://metadata.un.org/sdg/1"}]}}}
    assert post(server, body).json() == expected
    parameters = {"query": query, "variables": '{"n": 1}', "operationName": "A"}
    assert get(server, parameters).json() == expected


@pytest.mark.parametrize(
    ("query", "code"),
    [
        pytest.param("{ nope }", "GRAPHQL_VALIDATION_FAILED", id="unknown field"),
        pytest.param("{ goals {", "GRAPHQL_PARSE_FAILED", id="syntax error"),
    ],
)
@pytest.mark.parametrize(
    ("accept", "status"),
    [pytest.param(GRAPHQL, 400, id="new"), pytest.param(JSON, 200, id="older")],
)
def test_an_operation_that_cannot_run_is_an_error_with_a_code(
    server: Server, query: str, code: str, accept: str, status: int
) -> None:
    response = post(server, {"query": query}, Accept=accept)
    assert response.status_code == status
    body = response.json()
    assert "data" not in body
    assert body["errors"][0]["extensions"]["code"] == code
    assert body["errors"][0]["locations"]


def test_an_unknown_iri_is_null_and_a_malformed_one_is_an_error(server: Server) -> None:
    query = """{ unknown: node(id: "http://nowhere.example/") { id }
      bad: node(id: "a b") { id } }"""
    body = post(server, {"query": query}).json()
    assert body["data"] == {"unknown": None, "bad": None}
    [error] = body["errors"]
    assert error["path"] == ["bad"]
    assert error["extensions"]["code"] == "BAD_USER_INPUT"
    assert "'a b' is not an absolute IRI" in error["message"]


@pytest.mark.parametrize(
    ("content", "content_type", "status", "words"),
    [
        pytest.param(b"{", JSON, 400, "not JSON", id="broken JSON"),
        pytest.param(b"[]", JSON, 400, "batches", id="a batch"),
        pytest.param(b"3", JSON, 400, "JSON object", id="a number"),
        pytest.param(b"{}", JSON, 400, "`query`", id="no query"),
        pytest.param(b'{"query": 1}', JSON, 400, "`query`", id="a number as query"),
        pytest.param(
            b'{"query": "{ a }", "variables": 1}',
            JSON,
            400,
            "`variables`",
            id="variables",
        ),
        pytest.param(
            b'{"query": "{ a }", "operationName": 1}',
            JSON,
            400,
            "`operationName`",
            id="operation name",
        ),
        pytest.param(b"query", "text/plain", 415, "application/json", id="other type"),
        pytest.param(b" " * 1_048_577, JSON, 413, "1048576 bytes", id="too long"),
    ],
)
def test_a_body_that_cannot_be_read_is_a_problem(
    server: Server, content: bytes, content_type: str, status: int, words: str
) -> None:
    response = httpx.post(
        f"{server.address}/graphql",
        content=content,
        headers={"Content-Type": content_type},
    )
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    assert words in response.json()["detail"]


def test_a_get_without_an_operation_is_a_problem(server: Server) -> None:
    response = get(server, {}, Accept=JSON)
    assert response.status_code == 400
    assert "`query`" in response.json()["detail"]


def test_an_unacceptable_type_lists_what_is_offered(server: Server) -> None:
    response = post(server, {"query": COUNT}, Accept="image/png")
    assert response.status_code == 406
    assert response.json()["offered"][:2] == [GRAPHQL, JSON]


def test_a_browser_gets_graphiql_and_its_form_gets_json(server: Server) -> None:
    browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    page = get(server, {}, Accept=browser)
    assert page.headers["content-type"].startswith("text/html")
    assert "citynet-unescap-mou" in page.text
    shared = get(server, {"query": COUNT}, Accept=browser)
    assert "totalCount" in shared.text
    form = get(server, {"query": COUNT, "format": "json"}, Accept=browser)
    assert form.json() == COUNTED


def test_other_methods_are_not_allowed(server: Server) -> None:
    response = httpx.put(f"{server.address}/graphql")
    assert response.status_code == 405
    assert response.headers["allow"] == "GET, HEAD, POST"


def test_a_stock_client_can_read_the_schema(server: Server) -> None:
    body = post(server, {"query": get_introspection_query()}).json()
    assert "errors" not in body
    printed = print_schema(build_client_schema(body["data"]))
    assert (
        "type MemorandumOfUnderstanding implements Agreement & Thing & Node" in printed
    )
    assert (
        '"""An organization that is a party to the agreement and signed it."""'
        in printed
    )
