"""Browsers get pages about things and graphs, whose every link leads somewhere."""

import csv
import io
import json
import shutil
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit
from xml.etree.ElementTree import Element

import httpx
import pytest
from playwright.sync_api import Browser, sync_playwright
from pyoxigraph import DefaultGraph, RdfFormat, parse

from tests.conftest import Server
from tests.html import addresses, find, find_barriers, read_html, text_of

ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
MOU = "/doc/agreement/citynet-unescap-mou"
SEEN = (
    MOU,
    "/doc/city/suwon",
    "/doc/organization/itu",
    "/doc/scheme/topics?page=2",
    "/doc/evidence/citynet-unescap-mou-0-40-cef2052e",
    "/doc?iri=http%3A%2F%2Fmetadata.un.org%2Fsdg%2F11.2",
    "/graph/source/citynet-unescap-mou",
    "/void",
    "/catalog",
    "/versions",
    "/version/1",
)
CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))),
    None,
)


@pytest.fixture(scope="module")
def client(server: Server) -> Iterator[httpx.Client]:
    headers = {"Accept": ACCEPT}
    with httpx.Client(base_url=server.address, headers=headers, timeout=60) as client:
        yield client


def see(client: httpx.Client, path: str) -> Element:
    response = client.get(path)
    assert response.status_code == 200, response.text
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    return read_html(response.text)


@pytest.mark.parametrize("path", SEEN)
def test_every_link_of_a_page_leads_somewhere(client: httpx.Client, path: str) -> None:
    page = see(client, path)
    assert [*find_barriers(page)] == []
    here = str(client.base_url)
    found = {urljoin(f"{here}{path}", address) for address in addresses(page)}
    ours = {each.partition("#")[0] for each in found if each.startswith(here)}
    assert len(ours) > 10
    for address in sorted(ours):
        response = client.get(address, follow_redirects=True)
        assert response.status_code == 200, address


@pytest.mark.parametrize("path", SEEN)
def test_alternates_are_what_they_say(client: httpx.Client, path: str) -> None:
    page = see(client, path)
    links = [each for each in find(page, "link") if each.get("rel") == "alternate"]
    assert len(links) >= 6
    for link in links:
        answer = client.get(link.get("href") or "")
        assert answer.headers["content-type"].partition(";")[0] == link.get("type")


def test_the_dataset_is_told_by_class_and_property(client: httpx.Client) -> None:
    page = see(client, "/void")
    classes, properties, parts = find(page, "table", "rows")
    rows = {text_of(each[0]): [*map(text_of, each)] for each in find(classes, "tr")[1:]}
    assert rows["evidence"][1] == "3,143"
    things = [int(row[1].replace(",", "")) for row in rows.values()]
    assert things == sorted(things, reverse=True)
    assert len(find(properties, "tr")) > 100
    assert "sameAs" in text_of(parts) or "same as" in text_of(parts)
    anchored = {each.get("id") for each in find(classes, "tr")}
    assert "class/ssc:City" in anchored


def test_a_version_tells_its_graphs_and_its_origin(client: httpx.Client) -> None:
    page = see(client, "/version/1")
    facts, graphs = find(page, "table")
    rows = {text_of(each[0]): [*map(text_of, each)] for each in find(facts, "tr")}
    assert rows["author"] == ["author", "ssc-kg"]
    assert len(rows["SHA-256 of its sorted N-Quads"][1]) == 64
    turtle = client.get("/version/1.ttl").text
    assert rows["SHA-256 of its sorted N-Quads"][1] in turtle
    assert len(find(graphs, "tr")) == 1 + turtle.count("sd:NamedGraph")


def test_the_catalogue_leads_to_all_that_it_holds(client: httpx.Client) -> None:
    datasets, services, versions = find(see(client, "/catalog"), "table", "rows")
    names = [text_of(row[0]) for row in find(datasets, "tr")[1:]]
    assert "Memorandum of CityNet and UNESCAP" in names
    addresses_ = [*addresses(services)]
    assert f"{client.base_url}/sparql" in addresses_
    assert "/version/1" in [*addresses(versions)]
    listed = find(see(client, "/versions"), "table", "rows")
    assert [*addresses(listed[0])] == ["/version/1"]


def test_a_thing_leads_a_browser_to_its_page(client: httpx.Client) -> None:
    response = client.get("/id/agreement/citynet-unescap-mou", follow_redirects=True)
    assert urlsplit(str(response.url)).path == MOU
    assert "Accept" in response.headers["vary"]
    assert "Accept-Language" in response.headers["vary"]
    page = read_html(response.text)
    [canonical] = [
        each for each in find(page, "link") if each.get("rel") == "canonical"
    ]
    assert canonical.get("href") == f"https://w3id.org/ssc-kg{MOU}"


def test_a_page_is_in_the_language_of_who_reads_it(client: httpx.Client) -> None:
    path = "/doc?iri=http%3A%2F%2Fmetadata.un.org%2Fsdg%2F11"
    tags = set()
    for language, name in (
        ("fr", "Villes et communautés durables"),
        ("es", "Ciudades y comunidades sostenibles"),
    ):
        response = client.get(path, headers={"Accept-Language": language})
        [heading] = find(read_html(response.text), "h1")
        assert text_of(heading) == name
        tags.add(response.headers["etag"])
    assert len(tags) == 2


def test_the_queries_of_a_page_are_about_its_thing(client: httpx.Client) -> None:
    page = see(client, MOU)
    by_text = {text_of(each): each.get("href") or "" for each in find(page, "a")}
    [graphql] = [v for k, v in by_text.items() if k == "GraphQL" and "?" in v]
    accept = {"Accept": "application/json"}
    answer = client.get(graphql, headers=accept).json()
    assert "errors" not in answer
    node = answer["data"]["node"]
    assert node["__typename"] == "MemorandumOfUnderstanding"
    assert len(node["evidence"]["nodes"]) == 10
    [sparql] = [v for k, v in by_text.items() if k == "SPARQL" and "?" in v]
    turtle = client.get(sparql, headers={"Accept": "text/turtle"})
    assert "ssc:signatory" in turtle.text


def test_a_page_says_what_search_engines_read(client: httpx.Client) -> None:
    [script] = find(see(client, "/doc/city/suwon"), "script")
    told = json.loads(script.text or "")
    assert told["@type"] == "City"
    assert told["geo"]["latitude"] == 37.29111


def test_search_engines_find_the_files_of_a_graph(client: httpx.Client) -> None:
    path = "/graph/source/citynet-unescap-mou"
    [script] = find(see(client, path), "script")
    told = json.loads(script.text or "")
    assert told["@type"] == "Dataset"
    for file in told["distribution"]:
        answer = client.get(file["contentUrl"])
        assert answer.headers["content-type"].startswith(file["encodingFormat"])
    [script] = find(see(client, "/catalog"), "script")
    told = json.loads(script.text or "")
    assert told["@type"] == "DataCatalog"
    assert "https://w3id.org/ssc-kg/void#dataset" in {
        each["@id"] for each in told["dataset"]
    }


def test_a_page_of_an_older_version_stays_with_it(client: httpx.Client) -> None:
    page = see(client, f"{MOU}?version=1")
    table = find(page, "table", "facts")[0]
    ours = [each for each in addresses(table) if each.startswith("/doc")]
    assert ours
    assert all("version=1" in each for each in ours)
    [note] = [each for each in find(page, "p") if each.get("role") == "note"]
    assert "As of version 1" in text_of(note)
    assert MOU in [*addresses(note)]
    asked = [each for each in addresses(page) if each.startswith("/sparql?query")]
    assert asked[0].endswith("&version=1")
    assert client.get(asked[0]).status_code == 200
    assert not find(find(see(client, MOU), "main")[0], "p", "found")


def test_graphql_is_asked_of_what_it_knows(client: httpx.Client) -> None:
    for path, number in (
        ("/doc/city/suwon", 1),
        ("/doc/geometry/suwon", 1),
        ("/doc/alignment/year-schema-start-date", 0),
    ):
        found = addresses(see(client, path))
        asked = [each for each in found if each.startswith("/graphql?")]
        assert len(asked) == number
        for address in asked:
            answer = client.get(address, headers={"Accept": "application/json"}).json()
            assert answer["data"]["node"]["id"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("no Chromium is installed")
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=arguments, handle_sigint=False
        )
        yield browser
        browser.close()


_CONTRAST = """() => {
  const channel = value => {
    value /= 255;
    return value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  const canvas = document.createElement("canvas").getContext("2d", {
    willReadFrequently: true,
  });
  const light = colour => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b] = canvas.getImageData(0, 0, 1, 1).data;
    return 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
  };
  const ground = element => {
    for (; element; element = element.parentElement) {
      const colour = getComputedStyle(element).backgroundColor;
      if (!/rgba\\(.*, 0\\)|transparent/.test(colour)) return colour;
    }
    return "white";
  };
  const poor = [];
  for (const element of document.querySelectorAll("main *, header *")) {
    const own = [...element.childNodes].some(
      node => node.nodeType === Node.TEXT_NODE && node.textContent.trim());
    if (!own || !element.getClientRects().length) continue;
    const [a, b] = [light(getComputedStyle(element).color), light(ground(element))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) poor.push(`${element.outerHTML.slice(0, 80)}: ${ratio}`);
  }
  return poor;
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", [MOU, "/doc/city/suwon", "/void", "/version/1"])
def test_a_page_is_read_in_any_light_on_a_small_screen(
    browser: Browser, server: Server, path: str, scheme: str
) -> None:
    """Contrast is at least 4.5 (WCAG 2.2, 1.4.3); nothing is wider than the screen."""
    context = browser.new_context(
        base_url=server.address,
        color_scheme="dark" if scheme == "dark" else "light",
        viewport={"width": 400, "height": 800},
    )
    with context:
        page = context.new_page()
        complaints: list[str] = []
        page.on("console", lambda message: complaints.append(message.text))
        page.goto(path)
        assert page.evaluate(_CONTRAST) == []
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= 400
        assert complaints == []


@pytest.mark.parametrize("path", [MOU, "/graph/source/citynet-unescap-mou"])
def test_the_rows_of_a_document_are_its_statements(
    client: httpx.Client, path: str
) -> None:
    rows = client.get(f"{path}.csv")
    assert rows.headers["content-type"] == "text/csv; charset=utf-8"
    assert client.get(path, headers={"Accept": "text/csv"}).content == rows.content
    told = {
        tuple(row[name] for name in ("subject", "predicate", "object", "graph"))
        for row in csv.DictReader(io.StringIO(rows.text, newline=""))
    }
    quads = [*parse(client.get(f"{path}.nq").content, RdfFormat.N_QUADS)]
    named = {
        tuple(getattr(term, "value", "") for term in quad)
        for quad in quads
        if quad.graph_name != DefaultGraph()
    }
    assert {row for row in told if row[3]} == named
    merged = {
        tuple(getattr(term, "value", "") for term in quad.triple) for quad in quads
    }
    assert {row[:3] for row in told} == merged


def test_the_labels_of_rows_are_in_the_language_of_who_reads_them(
    client: httpx.Client,
) -> None:
    path = "/doc?iri=http%3A%2F%2Fmetadata.un.org%2Fsdg%2F11&format=csv"
    french = client.get(path, headers={"Accept-Language": "fr"})
    spanish = client.get(path, headers={"Accept-Language": "es"})
    assert "Villes et communautés durables" in french.text
    assert french.headers["etag"] != spanish.headers["etag"]
    assert french.text != spanish.text
