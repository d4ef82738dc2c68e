"""Hints where people meet them: over HTTP, on the command line, in Python."""

import httpx
import pytest

import ssc_kg
from ssc_kg.http.structured import read_texts
from tests.conftest import Server
from tests.server import run

MISSPELT = "SELECT ?a { ?a ssc:partnerOf ?b }"
RIGHT = "SELECT ?a { ?a ssc:partner ?b } LIMIT 1"
HINT = "ssc:partnerOf is not in the ontology; did you mean ssc:partner?"


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "QUERY"])
def test_a_reply_has_a_hint_beside_its_answer(server: Server, method: str) -> None:
    response = httpx.request(
        method,
        f"{server.address}/sparql",
        params={"query": MISSPELT},
        headers={
            "Accept": "text/csv",
            "Content-Type": "application/x-www-form-urlencoded",
        },
    )
    assert response.status_code == 200
    assert response.text == ("" if method == "HEAD" else "a\r\n")
    assert response.headers["SPARQL-Hint"] == f'"{HINT}"'
    assert "SPARQL-Hint" in response.headers["Access-Control-Expose-Headers"]


def test_a_reply_that_changed_nothing_has_it_too(server: Server) -> None:
    url, params = f"{server.address}/sparql", {"query": MISSPELT}
    etag = httpx.get(url, params=params).headers["ETag"]
    response = httpx.get(url, params=params, headers={"If-None-Match": etag})
    assert response.status_code == 304
    assert read_texts(response.headers["SPARQL-Hint"]) == (HINT,)


def test_a_right_query_has_none(server: Server) -> None:
    response = httpx.get(f"{server.address}/sparql", params={"query": RIGHT})
    assert response.status_code == 200
    assert "SPARQL-Hint" not in response.headers


def test_a_text_that_is_read_in_a_worker_has_one(server: Server) -> None:
    query = MISSPELT.ljust(3_000)
    response = httpx.get(f"{server.address}/sparql", params={"query": query})
    assert read_texts(response.headers["SPARQL-Hint"]) == (HINT,)


@pytest.mark.parametrize("place", ["directory", "server"])
def test_a_result_has_hints(server: Server, place: str) -> None:
    session = (
        ssc_kg.open(server.data_dir)
        if place == "directory"
        else ssc_kg.open(endpoint=server.address)
    )
    with session as graph:
        misspelt = graph.sparql("SELECT ?é { ?a ssc:partnerOf ?b }")
        assert len(misspelt) == 0
        assert misspelt.hints == (HINT, "?é is selected, but nothing binds it")
        assert graph.sparql(RIGHT).hints == ()


@pytest.mark.parametrize("format_", ["table", "csv"])
@pytest.mark.parametrize("place", ["directory", "server"])
def test_the_command_line_tells_hints_on_stderr(
    server: Server, format_: str, place: str
) -> None:
    source = (
        ("--data-dir", server.data_dir)
        if place == "directory"
        else ("--endpoint", server.address)
    )
    asked = run("sparql", MISSPELT, "--format", format_, *source)
    assert asked.returncode == 0
    assert asked.stderr.splitlines() == [f"hint: {HINT}"]
    assert "hint" not in asked.stdout
    assert run("sparql", RIGHT, "--format", format_, *source).stderr == ""
