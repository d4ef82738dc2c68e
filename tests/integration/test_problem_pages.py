"""A browser that asks for what is not there sees why, and where to go on."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

import httpx
import pytest

from tests.conftest import Server
from tests.html import addresses, find, find_barriers, read_html, text_of

ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
HOSTILE = "%3Cscript%3Ealert(1)%3C%2Fscript%3E"


@pytest.fixture(scope="module")
def client(server: Server) -> Iterator[httpx.Client]:
    headers = {"Accept": ACCEPT}
    with httpx.Client(base_url=server.address, headers=headers, timeout=60) as client:
        yield client


def see(client: httpx.Client, path: str, status: int) -> Element:
    response = client.get(path)
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert response.headers["cache-control"] == "no-store"
    assert response.headers["vary"].startswith("Accept,")
    assert response.headers["access-control-allow-origin"] == "*"
    page = read_html(response.text)
    assert [*find_barriers(page)] == []
    return page


def links(page: Element) -> dict[str, str]:
    return {text_of(each): each.get("href") or "" for each in find(page, "a")}


@pytest.mark.parametrize(
    ("path", "status", "link", "address"),
    [
        pytest.param("/id/city/suwonn", 404, "Suwon", "/doc/city/suwon", id="a slip"),
        pytest.param(
            "/doc/agreement/citynet-unescap-memo",
            404,
            "Memorandum of understanding between CityNet and UNESCAP",
            "/doc/agreement/citynet-unescap-mou",
            id="words",
        ),
        pytest.param(
            "/doc/city/suwon.ttl?page=9", 404, "the first page", "?page=1", id="a page"
        ),
        pytest.param(
            "/doc/city/suwon?format=pdf&page=1",
            406,
            "turtle",
            "/doc/city/suwon?page=1&format=turtle",
            id="a format",
        ),
        pytest.param("/version/77", 404, "version 1", "/version/1", id="a version"),
        pytest.param(
            "/graph/source/citynet",
            404,
            "graph/source/citynet-unescap-mou",
            "/graph/source/citynet-unescap-mou",
            id="a graph",
        ),
        pytest.param(
            "/queries/who-signed-citynet",
            404,
            "who-signed-citynet-unescap",
            "/queries/who-signed-citynet-unescap",
            id="a question",
        ),
        pytest.param("/id/city/su%zz", 400, "Front page", "/", id="an IRI"),
        pytest.param("/nothing", 404, "What there is", "/void", id="no address"),
    ],
)
def test_a_problem_says_where_to_go_on(
    client: httpx.Client, path: str, status: int, link: str, address: str
) -> None:
    page = see(client, path, status)
    assert links(page)[link].endswith(address)
    assert client.get(links(page)[link], follow_redirects=True).status_code == 200
    for each in addresses(page):
        if each.startswith("/"):
            assert client.get(each, follow_redirects=True).status_code == 200, each


def test_what_is_longer_than_all_names_is_near_to_none(client: httpx.Client) -> None:
    for length, has_near in ((1, True), (5000, False)):
        page = see(client, f"/id/{'ab-' * length}/suwon", 404)
        assert ("Suwon" in links(page)) is has_near


def test_what_was_asked_for_does_not_get_out_of_the_page(client: httpx.Client) -> None:
    for path in (f"/id/{HOSTILE}", f"/{HOSTILE}", f"/doc?iri={HOSTILE}"):
        status = client.get(path).status_code
        assert find(see(client, path, status), "script") == []


@pytest.mark.parametrize(
    "accept",
    [
        pytest.param("*/*", id="anything"),
        pytest.param("application/json", id="JSON"),
        pytest.param("text/turtle, text/html;q=0.2, */*;q=0.1", id="Turtle before"),
        pytest.param("text/html, image/gif, *; q=.2, */*; q=.2", id="Java"),
    ],
)
def test_programs_get_problem_documents(client: httpx.Client, accept: str) -> None:
    response = client.get("/id/city/suwonn", headers={"Accept": accept})
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["status"] == response.status_code == 404
    assert response.headers["vary"].startswith("Accept,")


def test_head_has_the_headers_of_the_page(client: httpx.Client) -> None:
    response = client.head("/id/city/suwonn")
    assert response.status_code == 404
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert response.content == b""
