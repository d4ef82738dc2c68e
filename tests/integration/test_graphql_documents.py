"""Batches, persisted and registered documents, against running servers."""

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeAlias

import httpx
import orjson
import pytest

from tests.conftest import Server
from tests.server import run, running_server

GRAPHQL = "application/graphql-response+json"
JSON = "application/json"
COUNT = "{ goals { totalCount } }"
COUNTED = {"data": {"goals": {"totalCount": 17}}}
GOAL = "http://metadata.un.org/sdg/1"
NAMED = """# How many goals are there?
query Goals($first: Int = 1) { goals(first: $first) { totalCount } }
"""


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def persisted(text: str, **more: object) -> dict[str, object]:
    extension = {"version": 1, "sha256Hash": digest(text)}
    return {"extensions": {"persistedQuery": extension}, **more}


def post(address: str, body: object, accept: str = JSON) -> httpx.Response:
    return httpx.post(f"{address}/graphql", json=body, headers={"Accept": accept})


def get(address: str, body: dict[str, object], accept: str = JSON) -> httpx.Response:
    parameters = {
        name: value if isinstance(value, str) else orjson.dumps(value).decode()
        for name, value in body.items()
    }
    headers = {"Accept": accept}
    return httpx.get(f"{address}/graphql", params=parameters, headers=headers)


def code(response: httpx.Response) -> str:
    body = response.json()
    assert "data" not in body
    [error] = body["errors"]
    return str(error["extensions"]["code"])


Send: TypeAlias = Callable[..., httpx.Response]


@pytest.fixture(scope="module")
def small(server: Server) -> Iterator[str]:
    """A server that takes batches of 3, remembers 2 texts and reads 2,000 bytes."""
    settings = {
        "SSC_KG_GRAPHQL_BATCH": "3",
        "SSC_KG_GRAPHQL_PERSISTED": "2",
        "SSC_KG_GRAPHQL_BYTES": "2000",
        "SSC_KG_GRAPHQL_DEPTH": "3",
        "SSC_KG_GRAPHQL_INTROSPECTION": "0",
    }
    with running_server(server.data_dir, **settings) as address:
        yield address


@pytest.fixture(scope="module")
def registered(
    server: Server, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    directory = tmp_path_factory.mktemp("registered")
    (directory / "goals.graphql").write_text(NAMED)
    (directory / "count.graphql").write_text(COUNT)
    settings = {"SSC_KG_GRAPHQL_REGISTERED": str(directory)}
    with running_server(server.data_dir, **settings) as address:
        yield address


@pytest.mark.parametrize("send", [get, post])
def test_a_text_is_sent_once_and_then_known_by_its_hash(
    server: Server, send: Send
) -> None:
    text = f"{COUNT} # by {send.__name__}"
    first = send(server.address, persisted(text))
    assert first.status_code == 200
    assert code(first) == "PERSISTED_QUERY_NOT_FOUND"
    assert first.json()["errors"][0]["message"] == "PersistedQueryNotFound"
    assert send(server.address, persisted(text), GRAPHQL).status_code == 400
    assert send(server.address, persisted(text, query=text)).json() == COUNTED
    assert send(server.address, persisted(text)).json() == COUNTED
    by_id = {"documentId": f"sha256:{digest(text)}"}
    assert send(server.address, by_id).json() == COUNTED


@pytest.mark.parametrize("send", [get, post])
def test_a_text_with_the_hash_of_another_is_refused_and_not_remembered(
    server: Server, send: Send
) -> None:
    text = f"{COUNT} # not by {send.__name__}"
    wrong = send(server.address, persisted(text, query=COUNT), GRAPHQL)
    assert (wrong.status_code, code(wrong)) == (400, "DOCUMENT_HASH_MISMATCH")
    assert digest(COUNT) in wrong.json()["errors"][0]["message"]
    assert code(send(server.address, persisted(text))) == "PERSISTED_QUERY_NOT_FOUND"
    wrong_id = {"documentId": f"sha256:{digest(text)}", "query": COUNT}
    assert code(send(server.address, wrong_id)) == "DOCUMENT_HASH_MISMATCH"


def test_a_document_that_cannot_run_is_not_remembered(server: Server) -> None:
    assert code(post(server.address, persisted("{ no }", query="{ no }"))) == (
        "GRAPHQL_VALIDATION_FAILED"
    )
    again = post(server.address, persisted("{ no }"))
    assert code(again) == "PERSISTED_QUERY_NOT_FOUND"


def test_the_texts_used_last_are_remembered(small: str) -> None:
    texts = [f"{COUNT} # {number}" for number in range(3)]
    for text in texts[:2]:
        assert post(small, persisted(text, query=text)).json() == COUNTED
    assert post(small, persisted(texts[0])).json() == COUNTED
    assert post(small, persisted(texts[2], query=texts[2])).json() == COUNTED
    assert code(post(small, persisted(texts[1]))) == "PERSISTED_QUERY_NOT_FOUND"
    assert post(small, persisted(texts[0])).json() == COUNTED


@pytest.mark.parametrize(
    "extension",
    [
        pytest.param({"version": 2, "sha256Hash": "0"}, id="another version"),
        pytest.param({"version": 1}, id="no hash"),
        pytest.param("hash", id="no object"),
    ],
)
def test_another_protocol_of_persisted_queries_is_a_problem(
    server: Server, extension: object
) -> None:
    body = {"extensions": {"persistedQuery": extension}, "query": COUNT}
    response = post(server.address, body)
    assert response.status_code == 400
    assert "version 1" in response.json()["detail"]


def test_an_unknown_document_id_is_told(server: Server) -> None:
    response = post(server.address, {"documentId": "nothing"}, GRAPHQL)
    assert (response.status_code, code(response)) == (400, "DOCUMENT_NOT_FOUND")
    assert "'nothing'" in response.json()["errors"][0]["message"]


def test_a_batch_is_answered_in_order_each_with_limits_of_its_own(small: str) -> None:
    deep = "{ goals { nodes { targets { totalCount } } } }"
    batch = [
        {"query": COUNT},
        {"query": deep},
        {"query": "query ($n: Int) { goals(first: $n) { nodes { id } } }",
         "variables": {"n": 1}},
    ]  # fmt: skip
    response = post(small, batch)
    assert response.status_code == 200
    counted, refused, paged = response.json()
    assert counted == COUNTED
    assert refused["errors"][0]["extensions"] == {
        "code": "OPERATION_TOO_LARGE",
        "limit": "depth",
        "maximum": 3,
        "asked": 4,
    }
    assert paged == {"data": {"goals": {"nodes": [{"id": GOAL}]}}}


@pytest.mark.parametrize(
    ("batch", "words"),
    [
        pytest.param([{"query": COUNT}] * 4, "send 1 to 3", id="too many"),
        pytest.param([], "send 1 to 3", id="none"),
        pytest.param([{"query": COUNT}, 1], "list of JSON objects", id="a number"),
        pytest.param([{"query": COUNT}, {}], "`query`", id="no operation"),
    ],
)
def test_a_batch_that_cannot_be_read_is_a_problem(
    small: str, batch: list[object], words: str
) -> None:
    response = post(small, batch)
    assert response.status_code == 400
    assert words in response.json()["detail"]


def test_the_limits_are_those_of_the_settings(small: str) -> None:
    assert post(small, {"query": f"{COUNT} # {'x' * 2000}"}).status_code == 413
    told = post(small, {"query": "{ __schema { types { name } } }"})
    assert code(told) == "INTROSPECTION_DISABLED"
    assert post(small, {"query": "{ __typename }"}).json() == {
        "data": {"__typename": "Query"}
    }


@pytest.mark.parametrize("send", [get, post])
@pytest.mark.parametrize(
    "body",
    [
        pytest.param({"query": NAMED}, id="text"),
        pytest.param({"query": NAMED.strip()}, id="text without its ends"),
        pytest.param({"documentId": f"sha256:{digest(NAMED)}"}, id="hash"),
        pytest.param({"documentId": "goals"}, id="name of the file"),
        pytest.param(persisted(NAMED), id="persisted query"),
        pytest.param(persisted(NAMED, query=NAMED), id="persisted query with text"),
    ],
)
def test_a_registered_document_runs_by_any_of_its_names(
    registered: str, body: dict[str, object], send: Send
) -> None:
    asked = {**body, "variables": {"first": 2}, "operationName": "Goals"}
    assert send(registered, asked).json() == COUNTED


@pytest.mark.parametrize(
    "body",
    [
        pytest.param({"query": "{ goals { nodes { id } } }"}, id="text"),
        pytest.param({"query": f"{COUNT} # or not"}, id="text with a comment"),
        pytest.param({"query": "{ __schema { types { name } } }"}, id="introspection"),
        pytest.param({"documentId": "goals.graphql"}, id="no name"),
        pytest.param({"documentId": "../goals"}, id="path"),
        pytest.param({"documentId": "sha256:0"}, id="hash"),
        pytest.param(persisted("{ __typename }"), id="persisted query"),
        pytest.param(
            persisted("{ __typename }", query="{ __typename }"),
            id="persisted query with text",
        ),
    ],
)
def test_what_is_not_registered_does_not_run(
    registered: str, body: dict[str, object]
) -> None:
    response = post(registered, body, GRAPHQL)
    assert (response.status_code, code(response)) == (400, "DOCUMENT_NOT_REGISTERED")
    assert "documentId`: count, goals" in response.json()["errors"][0]["message"]


def test_a_server_does_not_start_with_a_document_that_cannot_run(
    server: Server, tmp_path: Path
) -> None:
    def refuses() -> str:
        done = run(
            "serve", "--port", "0", "--data-dir", server.data_dir,
            "--graphql-registered", tmp_path,
        )  # fmt: skip
        assert done.returncode == 2
        return done.stderr

    assert "holds no .graphql file" in refuses()
    (tmp_path / "wrong.graphql").write_text("{ nothing }")
    assert "wrong.graphql cannot run: Cannot query field 'nothing'" in refuses()
    (tmp_path / "wrong.graphql").write_bytes(b"{ \xff }")
    assert "cannot read" in refuses()
