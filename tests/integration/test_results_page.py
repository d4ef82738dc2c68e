"""A browser sees the answer to a query of its own, below the form that asked it."""

import re
from collections.abc import Iterator
from html import unescape

import httpx
import pytest

from ssc_kg.publish.shown import MAXIMUM_TURTLE
from tests.conftest import Server

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
CITYNET = "id/agreement/citynet-unescap-mou"
NUMBERS = "SELECT ?n { VALUES ?n { 1 2 3 4 5 6 7 } }"
EVERYTHING = "CONSTRUCT { ?s a ?class } { ?s a ?class }"


@pytest.fixture(scope="module")
def client(server: Server) -> Iterator[httpx.Client]:
    headers = {"Accept": BROWSER}
    with httpx.Client(base_url=server.address, headers=headers, timeout=60) as client:
        yield client


def see(client: httpx.Client, query: str, **sent: str) -> str:
    response = client.get("/sparql", params={"query": query, **sent})
    assert response.status_code == 200, response.text
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert response.headers["vary"].startswith("Accept, Accept-Language")
    return response.text


def link(page: str, relation: str) -> str:
    [address] = re.findall(f'rel="{relation}" href="([^"]*)"', page)
    return unescape(address)


def numbers(page: str) -> list[str]:
    return re.findall(r'<td class="number">(\d+)</td>', page)


def test_rows_have_names_that_are_links_and_the_form_keeps_the_query(
    client: httpx.Client,
) -> None:
    query = (
        "SELECT ?mou ?name { VALUES ?mou { <https://ssc-kg.org/id/none> } "
        'BIND("<b>Stadt"@de AS ?name) }'
    )
    page = see(client, query)
    assert f"\n{query}</textarea>" in unescape(page)
    assert '<span lang="de">&lt;b&gt;Stadt</span>' in page
    found = see(client, "SELECT ?mou { ?mou a ssc:MemorandumOfUnderstanding }")
    assert re.search(
        rf'<a href="[^"]*{CITYNET}" title="[^"]*{CITYNET}" lang="en">Memorandum', found
    )


def test_rows_are_turned_by_links_to_the_last(client: httpx.Client) -> None:
    page, seen = see(client, NUMBERS, limit="3"), list[str]()
    assert "The answer has more rows than these" in page
    for _ in range(2):
        seen += numbers(page)
        page = client.get(link(page, "next")).text
    seen += numbers(page)
    assert seen == list("1234567")
    assert 'rel="next"' not in page
    assert "more rows than these" not in page
    assert numbers(client.get(link(page, "prev")).text) == list("456")


def test_links_ask_the_same_in_other_formats(client: httpx.Client) -> None:
    graph = "http://example.org/none"
    query = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    page = see(client, query, **{"default-graph-uri": graph})
    assert numbers(page) == ["0"]
    [csv] = re.findall(r'<a href="([^"]*format=csv)"', page)
    assert client.get(unescape(csv)).text == "n\r\n0\r\n"
    [parquet] = re.findall(r'<a href="([^"]*format=parquet)"', page)
    assert client.get(unescape(parquet)).content.startswith(b"PAR1")
    again = client.get(link(page, "bookmark"), headers={"Accept": "*/*"})
    assert again.text == page


@pytest.mark.parametrize(
    ("query", "answer"),
    [
        pytest.param("ASK {}", "Yes.", id="yes"),
        pytest.param("ASK { FILTER(false) }", "No.", id="no"),
        pytest.param('CONSTRUCT { <http://a> rdfs:label "&" } {}', '"&"', id="a graph"),
        pytest.param("CONSTRUCT {} {}", "The graph is empty.", id="an empty graph"),
        pytest.param("SELECT * { FILTER(false) }", "No rows: ", id="no rows"),
    ],
)
def test_other_answers_are_told_in_words_or_as_turtle(
    client: httpx.Client, query: str, answer: str
) -> None:
    _, _, below = see(client, query).partition('id="answer"')
    assert answer in unescape(below)


def test_of_a_large_graph_the_beginning_is_shown_and_that_is_said(
    client: httpx.Client,
) -> None:
    page = see(client, EVERYTHING)
    [text] = re.findall(r'<pre tabindex="0"><code>(.*)</code></pre>', page, re.DOTALL)
    size = len(unescape(text).encode())
    assert MAXIMUM_TURTLE // 2 < size <= MAXIMUM_TURTLE
    assert f"This is the beginning, {size} bytes" in page


def test_a_page_stays_fresh_for_its_languages_and_its_rows(
    client: httpx.Client,
) -> None:
    params = {"query": NUMBERS, "format": "html"}
    tag = client.get("/sparql", params=params).headers["etag"]
    known = {"If-None-Match": tag}
    for sent, headers, status in (
        (params, {}, 304),
        (params, {"Accept-Language": "fr"}, 200),
        ({**params, "limit": "3"}, {}, 200),
        ({**params, "query": f"{NUMBERS} # a note"}, {}, 200),
    ):
        response = client.get("/sparql", params=sent, headers={**known, **headers})
        assert response.status_code == status
    volatile = client.get("/sparql", params={"query": "SELECT (NOW() AS ?now) {}"})
    assert volatile.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("name", ["limit", "offset"])
def test_a_wrong_window_is_shown_above_the_form(
    client: httpx.Client, name: str
) -> None:
    response = client.get("/sparql", params={"query": NUMBERS, name: "many"})
    assert response.status_code == 400
    assert "a whole number from" in response.text
    assert NUMBERS in response.text


def test_a_page_says_what_the_query_probably_does_not_mean(
    client: httpx.Client,
) -> None:
    page = see(client, "SELECT ?a { ?a a ssc:Agrement }")
    assert "ssc:Agreement" in unescape(page.partition('id="answer"')[2])
    assert 'role="note"' not in see(client, NUMBERS)


def test_programs_get_what_they_got(client: httpx.Client) -> None:
    for accept in ("*/*", "text/html, image/gif, *; q=.2, */*; q=.2"):
        answer = client.get(
            "/sparql", params={"query": NUMBERS}, headers={"Accept": accept}
        )
        assert answer.headers["content-type"] == "application/sparql-results+json"
    posted = client.post("/sparql", data={"query": NUMBERS})
    assert posted.headers["content-type"] == "application/sparql-results+json"
