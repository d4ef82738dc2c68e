"""GraphQL over HTTP, against a running server."""

import httpx
import orjson
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


DEEP = 5_000
NESTED = "{ node(id: %s%s) { id } }"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        pytest.param(b'{"query": "{ a }\xff"}', "UTF-8", id="no UTF-8"),
        pytest.param('{"query": "{ é }"}'.encode("latin-1"), "UTF-8", id="Latin 1"),
        pytest.param(b'{"query": "\\ud800"}', "surrogate", id="a lone surrogate"),
        pytest.param(
            b'{"query": "{ a }", "variables": {"a": "\\udfff"}}',
            "surrogate",
            id="a lone surrogate in a variable",
        ),
        pytest.param(b"[" * DEEP + b"]" * DEEP, "not JSON", id="deep lists"),
        pytest.param(
            b'{"a":' * DEEP + b"1" + b"}" * DEEP, "not JSON", id="deep objects"
        ),
        pytest.param(
            b'{"query": "{ a }", "variables": {"a": %b1%b}}' % (b"[" * 150, b"]" * 150),
            "100 levels",
            id="deep variables",
        ),
        pytest.param(b'{"query": "{ a }", "variables": {"a": NaN}}', "JSON", id="NaN"),
        pytest.param(b'{"query": "{ a }", "documentId": 1}', "documentId", id="id"),
        pytest.param(b'{"query": "{ a }", "extensions": 1}', "extensions", id="ext"),
    ],
)
def test_a_hostile_body_is_a_problem(
    server: Server, content: bytes, words: str
) -> None:
    response = httpx.post(
        f"{server.address}/graphql", content=content, headers={"Content-Type": JSON}
    )
    assert response.status_code == 400
    assert words in response.json()["detail"]


@pytest.mark.parametrize(
    ("query", "variables"),
    [
        pytest.param("{ goals\0 { totalCount } }", {}, id="NUL in the document"),
        pytest.param('{ node(id: "\\uD800") { id } }', {}, id="a lone surrogate"),
        pytest.param('{ node(id: "a:\\u0000") { id } }', {}, id="NUL in a literal"),
        pytest.param(
            "query ($id: ID!) { node(id: $id) { id } }", {"id": "a:\0"}, id="NUL"
        ),
        pytest.param(
            "query ($a: String) { goals(after: $a) { totalCount } }",
            {"a": "\0"},
            id="NUL in a cursor",
        ),
        pytest.param(f"{{ node(id: {'9' * 5000}) {{ id }} }}", {}, id="a long number"),
        pytest.param(f"{{ goals(first: {'9' * 5000}) {{ a }} }}", {}, id="a long page"),
        pytest.param("query ($n: Int) { goals(first: $n) { totalCount } }",
                     {"n": 1e300}, id="a large page"),
        pytest.param("{ a" * DEEP + "}" * DEEP, {}, id="deep"),
        pytest.param(NESTED % ("[" * DEEP, "]" * DEEP), {}, id="list"),
        pytest.param(NESTED % ("[" * 150, "]" * 150), {}, id="short list"),
        pytest.param("query ($n: Int) { goals(first: $n) { totalCount } }",
                     {"n": [[[[1]]]]}, id="a list as a page"),
        pytest.param("query ($n: Nothing) { a(n: $n) }", {"n": "\U0001f600"}, id="?"),
        pytest.param(f"query {'A' * 9000} {{ no }}", {}, id="a long name"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_hostile_operation_is_an_error_with_a_code(
    server: Server, query: str, variables: dict[str, object], method: str
) -> None:
    if method == "POST":
        response = post(server, {"query": query, "variables": variables})
    else:
        text = orjson.dumps(variables).decode()
        response = get(server, {"query": query, "variables": text})
    assert response.status_code in {200, 400}
    for error in response.json()["errors"]:
        assert error["extensions"]["code"] in {
            "BAD_USER_INPUT",
            "GRAPHQL_PARSE_FAILED",
            "GRAPHQL_VALIDATION_FAILED",
            "OPERATION_TOO_LARGE",
        }


@pytest.mark.parametrize(
    ("content_type", "status"),
    [
        pytest.param("application/json; charset=utf-8", 200, id="UTF-8"),
        pytest.param('Application/JSON; Charset="UTF-8"', 200, id="UTF-8, quoted"),
        pytest.param("application/json;profile=x", 200, id="another parameter"),
        pytest.param("application/json; charset=utf-16", 415, id="UTF-16"),
        pytest.param("application/json; charset=latin1", 415, id="Latin 1"),
        pytest.param("application/x-www-form-urlencoded", 415, id="a form"),
        pytest.param("application/graphql", 415, id="a bare document"),
        pytest.param("", 415, id="none"),
    ],
)
def test_a_body_is_json_in_utf_8(
    server: Server, content_type: str, status: int
) -> None:
    response = httpx.post(
        f"{server.address}/graphql",
        content=b'{"query": "{ __typename }"}',
        headers={"Content-Type": content_type},
    )
    assert response.status_code == status


@pytest.mark.parametrize(
    "parameters",
    [
        pytest.param("query=%ff", id="no UTF-8"),
        pytest.param("query=%7B%20__typename%20%7D&variables=%7B", id="broken JSON"),
        pytest.param("query=%7B%20__typename%20%7D&variables=[]", id="a list"),
        pytest.param("query=%7B%20__typename%20%7D&extensions=1", id="a number"),
        pytest.param("query=", id="nothing"),
    ],
)
def test_an_address_that_cannot_be_read_is_a_problem(
    server: Server, parameters: str
) -> None:
    address = f"{server.address}/graphql?{parameters}"
    response = httpx.get(address, headers={"Accept": JSON})
    assert response.status_code == 400
    assert response.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("kind", ["mutation", "subscription"])
def test_only_queries_run_by_get(server: Server, kind: str) -> None:
    query = f"query Q {{ __typename }} {kind} M {{ a }}"
    response = get(server, {"query": query, "operationName": "M"}, Accept=GRAPHQL)
    assert response.status_code == 405
    assert response.headers["allow"] == "POST"
    alone = get(server, {"query": f"{kind} {{ a }}"}, Accept=JSON)
    assert alone.status_code == 405
    posted = post(server, {"query": query, "operationName": "M"})
    assert posted.status_code == 400
    assert posted.json()["errors"][0]["extensions"]["code"] == (
        "GRAPHQL_VALIDATION_FAILED"
    )


@pytest.mark.parametrize("accept", [GRAPHQL, JSON])
def test_a_partial_answer_is_a_success(server: Server, accept: str) -> None:
    query = '{ node(id: "a b") { id } goals { totalCount } }'
    response = post(server, {"query": query}, Accept=accept)
    assert response.status_code == 200
    assert response.json()["data"] == {"node": None, "goals": {"totalCount": 17}}


@pytest.mark.parametrize(
    ("body", "code"),
    [
        pytest.param(
            {"query": "query ($n: Int!) { goals(first: $n) { totalCount } }"},
            "BAD_USER_INPUT",
            id="variables",
        ),
        pytest.param(
            {"query": COUNT, "operationName": "Other"},
            "OPERATION_RESOLUTION_FAILURE",
            id="unknown name",
        ),
        pytest.param(
            {"query": "query A { __typename } query B { __typename }"},
            "OPERATION_RESOLUTION_FAILURE",
            id="no name",
        ),
        pytest.param({"query": ""}, "GRAPHQL_PARSE_FAILED", id="no document"),
    ],
)
@pytest.mark.parametrize(
    ("accept", "status"),
    [pytest.param(GRAPHQL, 400, id="new"), pytest.param(JSON, 200, id="older")],
)
def test_a_request_error_has_the_status_of_its_media_type(
    server: Server, body: dict[str, object], code: str, accept: str, status: int
) -> None:
    response = post(server, body, Accept=accept)
    assert response.status_code == status
    assert "data" not in response.json()
    assert response.json()["errors"][0]["extensions"]["code"] == code


def test_a_get_without_an_operation_is_a_problem(server: Server) -> None:
    response = get(server, {}, Accept=JSON)
    assert response.status_code == 400
    assert "`query`" in response.json()["detail"]


def test_an_unacceptable_type_lists_what_is_offered(server: Server) -> None:
    response = post(server, {"query": COUNT}, Accept="image/png")
    assert response.status_code == 406
    offered = response.json()["offered"]
    assert offered[:2] == [GRAPHQL, JSON]
    assert offered[-1] == "text/event-stream"


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


LOOKUP = "query Q($id: ID!) { organization(id: $id) { id name alternativeNames } }"
ORGANIZATION = "https://w3id.org/ssc-kg/id/organization/{}"


def _iri(name: str) -> str:
    return ORGANIZATION.format(name)


def lookup(name: str, **others: object) -> dict[str, object]:
    variables = {"id": _iri(name)}
    return {"query": LOOKUP, "variables": variables, **others}


@pytest.mark.parametrize("accept", [GRAPHQL, JSON])
@pytest.mark.parametrize("encoding", ["identity", "gzip"])
def test_a_known_lookup_is_answered_like_one_that_is_not(
    server: Server, accept: str, encoding: str
) -> None:
    headers = {"Accept": accept, "Accept-Encoding": encoding}
    for name in ("itu", "citynet", "aosis", "itu", "nobody", "wego"):
        posted = post(server, lookup(name), **headers)
        parameters = {"query": LOOKUP, "variables": f'{{"id": "{_iri(name)}"}}'}
        asked = get(server, parameters, **headers)
        assert posted.content == asked.content
        for each in (posted, asked):
            del each.headers["date"]
        assert sorted(posted.headers.items()) == sorted(asked.headers.items())


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(lookup("itu", operationName="Other"), id="no such operation"),
        pytest.param(lookup("itu", operationName=1), id="a name that is none"),
        pytest.param({"query": LOOKUP}, id="no variables"),
        pytest.param({"query": LOOKUP, "variables": {"id": "no IRI"}}, id="no IRI"),
        pytest.param({"query": LOOKUP, "variables": {"id": 1}}, id="a number"),
        pytest.param({"query": LOOKUP, "variables": [1]}, id="a list of variables"),
        pytest.param(lookup("itu", extensions={"explain": True}), id="explained"),
        pytest.param(lookup("itu", documentId="sha256:0"), id="another hash"),
        pytest.param({"variables": {}}, id="no operation"),
        pytest.param([lookup("itu")], id="a batch"),
    ],
)
def test_what_is_wrong_with_a_known_lookup_is_told(
    server: Server, body: object
) -> None:
    known = {"Accept": JSON, "Accept-Language": "en"}
    for name in ("itu", "citynet"):
        assert post(server, lookup(name), **known).json()["data"]["organization"]
    answered = post(server, body, **known)
    fresh = post(server, body, **known, Prefer=f"x-{id(body)}")
    assert answered.status_code == fresh.status_code
    shown, expected = (each.json() for each in (answered, fresh))
    for each in (shown, expected):
        each.pop("extensions", None)
        each.pop("instance", None)
    assert shown == expected
