"""The ontology as a page: every term, and links that lead somewhere."""

import re
from collections import Counter
from collections.abc import Iterator
from urllib.parse import parse_qs, unquote, urlsplit
from xml.etree.ElementTree import Element

import httpx
import pytest
from graphql import GraphQLInterfaceType, GraphQLObjectType, build_schema
from playwright.sync_api import Browser, Page, expect, sync_playwright
from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from ssc_kg.formats.table import JSON_LD
from ssc_kg.rdf.namespaces import SSC_NAMESPACE, shorten
from ssc_kg.rdf.vocab import OWL, RDF, RDFS, SH, SSC
from ssc_kg.resources import ONTOLOGY, ROOT
from tests.conftest import Server
from tests.html import addresses, find, find_barriers, read_html, text_of
from tests.integration.test_graphiql import CHROMIUM, QUIET
from tests.published import objects, read, subjects

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
TERMS = read(ONTOLOGY / "ssc.ttl")
SHAPES = read(ONTOLOGY / "shapes.ttl")
ALIGNMENTS = read(ONTOLOGY / "alignments.ttl")
DECLARED = sorted(subjects(TERMS, RDFS.isDefinedBy), key=str)
CLASSES = subjects(TERMS, RDF.type, OWL.Class)


@pytest.fixture(scope="module")
def client(server: Server) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=server.address, timeout=60) as client:
        yield client


@pytest.fixture(scope="module")
def text(client: httpx.Client) -> str:
    response = client.get("/ontology", headers={"Accept": BROWSER})
    assert response.status_code == 200, response.text
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    return response.text


@pytest.fixture(scope="module")
def page(text: str) -> Element:
    return read_html(text)


@pytest.fixture(scope="module")
def sections(page: Element) -> dict[str, Element]:
    return {section.attrib["id"]: section for section in find(page, "section", "term")}


def anchor(iri: NamedNode) -> str:
    return iri.value.removeprefix(SSC_NAMESPACE) if is_ours(iri) else shorten(iri)


def is_ours(iri: NamedNode) -> bool:
    return iri.value.startswith(SSC_NAMESPACE)


def texts(iri: NamedNode, predicate: NamedNode) -> list[str]:
    found = objects(TERMS, iri, predicate)
    return [" ".join(each.value.split()) for each in found if isinstance(each, Literal)]


def told(section: Element) -> dict[str, list[str]]:
    """Return what a section says, by the words before it."""
    found: dict[str, list[str]] = {}
    word = ""
    for row in section.iterfind("dl/div"):
        term, description = row
        word = text_of(term) or word
        found.setdefault(word, []).append(text_of(description))
    return found


def test_every_term_has_a_section_with_its_label_and_comment(
    sections: dict[str, Element],
) -> None:
    assert sections.keys() == {anchor(iri) for iri in DECLARED}
    for iri in DECLARED:
        section = sections[anchor(iri)]
        [label], [comment] = (texts(iri, each) for each in (RDFS.label, RDFS.comment))
        heading, paragraph = section.find("h3"), section.find("p")
        assert heading is not None
        assert paragraph is not None
        assert text_of(heading).startswith(f"{label} {shorten(iri)}")
        assert text_of(paragraph) == comment
        assert iri.value in told(section)["IRI"]


def test_every_section_has_an_example_or_says_why_not(
    sections: dict[str, Element],
) -> None:
    for iri in DECLARED:
        section = sections[anchor(iri)]
        [example] = told(section)["Example"]
        [number] = told(section)["In this version"]
        if reasons := texts(iri, SSC.withoutData):
            assert example == f"none: {reasons[0]}"
        elif example.startswith("none"):
            assert number.startswith("0 ")
        else:
            assert not number.startswith("0 ") or "with those of the classes" in number


def test_every_shape_has_a_place_of_its_own(page: Element) -> None:
    ids = {each.attrib["id"] for each in page.iter() if "id" in each.attrib}
    shapes = subjects(SHAPES, RDF.type, SH.NodeShape, SH.PropertyShape)
    assert {anchor(shape) for shape in shapes} <= ids


def test_every_class_and_property_tells_of_its_shape(
    sections: dict[str, Element],
) -> None:
    targeted = {q.object for q in SHAPES if q.predicate == SH.targetClass}
    shaped = {q.object for q in SHAPES if q.predicate == SH.path}
    for iri in DECLARED:
        section = sections[anchor(iri)]
        if iri in CLASSES:
            has_shape = section.find("div[@class='shape']") is not None
            assert (has_shape or "As every" in told(section)) >= (iri in targeted)
        else:
            assert (section.find("table") is not None) == (iri in shaped)


def test_shapes_are_told_in_words(sections: dict[str, Element]) -> None:
    table = text_of(sections["KpiValue"])
    assert "exactly one an instance of city" in table
    assert "at most one a number (xsd:decimal)" in table
    assert "an IRI, matching /id/kpi-value/" in table


def test_every_alignment_is_told_with_its_reason(
    sections: dict[str, Element],
) -> None:
    for alignment in subjects(ALIGNMENTS, RDF.type, SSC.Alignment):
        [term] = objects(ALIGNMENTS, alignment, RDF.subject)
        [target] = objects(ALIGNMENTS, alignment, RDF.object)
        [reason] = objects(ALIGNMENTS, alignment, SSC.alignmentReason)
        assert isinstance(term, NamedNode)
        assert isinstance(target, NamedNode)
        assert isinstance(reason, Literal)
        because = f"{shorten(target)}: {' '.join(reason.value.split())}"
        lines = told(sections[anchor(term)])["Aligned with"]
        assert any(line.endswith(because) for line in lines), alignment


def test_names_of_graphql_are_those_of_the_schema(
    sections: dict[str, Element],
) -> None:
    schema = build_schema((ROOT / "schema.graphql").read_text())
    root = schema.query_type
    assert root is not None
    named = Counter[str]()
    for section in sections.values():
        [line] = told(section)["GraphQL"]
        for type_, field in re.findall(r"(\w+)\.(\w+)", line):
            owner = schema.type_map[type_]
            assert isinstance(owner, GraphQLObjectType | GraphQLInterfaceType)
            assert field in owner.fields
            named["field"] += 1
        for name in re.findall(r"type (\w+)", line):
            assert name in schema.type_map
            named["type"] += 1
        for name in re.findall(r"listed by (\w+)", line):
            assert name in root.fields
            named["list"] += 1
    assert min(named[each] for each in ("field", "type", "list")) > 50


def test_nothing_keeps_people_from_reading_it(page: Element) -> None:
    assert list(find_barriers(page)) == []


def test_every_fragment_leads_to_a_place_of_the_page(page: Element) -> None:
    ids = {each.attrib["id"] for each in page.iter() if "id" in each.attrib}
    fragments = {unquote(each[1:]) for each in addresses(page) if each.startswith("#")}
    assert fragments
    assert fragments - ids == set()


def test_every_link_to_this_server_leads_somewhere(
    client: httpx.Client, page: Element
) -> None:
    ours = {each for each in addresses(page) if each.startswith("/")}
    assert len(ours) > 100
    for address in sorted(ours):
        split = urlsplit(address)
        if split.path == "/graphql" and split.query:
            [query] = parse_qs(split.query)["query"]
            answer = client.post("/graphql", json={"query": query}).json()
            assert "errors" not in answer, query
            continue
        response = client.get(
            address, headers={"Accept": BROWSER}, follow_redirects=True
        )
        assert response.status_code == 200, address


def test_the_same_is_offered_in_other_formats(
    client: httpx.Client, page: Element
) -> None:
    offered = {
        link.attrib["href"] for link in page.iter("a") if link.get("rel") == "alternate"
    }
    assert {each.rpartition(".")[2] for each in offered} == {
        *("ttl", "nt", "jsonld", "rdf", "trig", "nq")
    }
    turtle = next(each for each in offered if each.endswith(".ttl"))
    quads = parse(client.get(turtle).content, format=RdfFormat.TURTLE)
    assert {quad.subject for quad in quads} >= set(DECLARED)


def test_a_page_of_a_version_stays_with_it(client: httpx.Client) -> None:
    response = client.get("/ontology.html", params={"version": "1"})
    assert response.status_code == 200
    links = re.findall(r'<dt>Example</dt><dd><a href="(/[^"]*)"', response.text)
    assert links
    assert [link for link in links if "version=1" not in link] == []


def test_search_engines_are_told_of_each_term(page: Element) -> None:
    [script] = [
        each for each in page.iter("script") if each.get("type") == JSON_LD.media_type
    ]
    quads = list(parse(script.text or "", format=RdfFormat.JSON_LD))
    named = {q.subject for q in quads if q.predicate.value == "https://schema.org/name"}
    assert named >= {iri for iri in DECLARED if is_ours(iri)}
    [version] = [
        q.object.value
        for q in quads
        if q.predicate.value == "https://schema.org/version"
        if isinstance(q.object, Literal)
    ]
    assert version in texts(NamedNode(SSC_NAMESPACE.rstrip("#")), OWL.versionInfo)


def test_who_asks_for_data_gets_data(client: httpx.Client) -> None:
    assert client.get("/ontology").headers["content-type"].startswith("text/turtle")


def test_a_page_that_is_known_is_not_sent_again(client: httpx.Client) -> None:
    first = client.get("/ontology.html")
    again = client.get("/ontology.html")
    assert again.content == first.content
    known = {"If-None-Match": first.headers["etag"]}
    assert client.get("/ontology.html", headers=known).status_code == 304


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("there is no Chromium; tools/install-browser.sh installs it")
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)


@pytest.fixture
def shown(browser: Browser, server: Server) -> Iterator[Page]:
    with browser.new_context(base_url=server.address) as context:
        page = context.new_page()
        complaints: list[str] = []
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto("/ontology")
        yield page
        assert complaints == []


def visible_terms(page: Page) -> list[str]:
    visible = page.locator("section.term:visible").all()
    return [section.get_attribute("id") or "" for section in visible]


def test_the_box_leaves_the_terms_that_have_all_words(shown: Page) -> None:
    assert len(visible_terms(shown)) == len(DECLARED)
    box = shown.get_by_label("Find terms")
    box.fill("SSC:kpi benchmark")
    found = visible_terms(shown)
    assert "Benchmark" not in found
    box.fill("MEMORANDUM of")
    assert visible_terms(shown) == ["MemorandumOfUnderstanding"]
    expect(shown.get_by_role("status")).to_have_text(f"1 of {len(DECLARED)} terms")
    entries = shown.locator(".contents li li:visible")
    expect(entries).to_have_text(["memorandum of understanding"])
    box.press("Enter")
    assert urlsplit(shown.url).fragment == "MemorandumOfUnderstanding"
    box.fill("no such term at all")
    assert visible_terms(shown) == []
    box.fill("")
    assert len(visible_terms(shown)) == len(DECLARED)


def test_a_link_to_a_term_that_is_hidden_shows_it(shown: Page) -> None:
    shown.get_by_label("Find terms").fill("memorandum of")
    section = shown.locator("#MemorandumOfUnderstanding")
    section.get_by_role("link", name="agreement", exact=True).first.click()
    expect(shown.locator("#Agreement")).to_be_in_viewport()
    assert urlsplit(shown.url).fragment == "Agreement"


@pytest.mark.parametrize(
    "name", ["Agreement", "schema:url", "CityShape", "KpiShape-unit"]
)
def test_the_iri_of_a_term_or_shape_leads_to_its_place(shown: Page, name: str) -> None:
    shown.goto(f"/ontology#{name}")
    expect(shown.locator(f'[id="{name}"]')).to_be_in_viewport()


def test_a_class_of_a_diagram_leads_to_its_section(shown: Page) -> None:
    for diagram in ("svg.tree", "svg.required"):
        shown.goto("/ontology")
        drawn = shown.locator(diagram).get_by_text("organization", exact=True)
        drawn.first.click()
        expect(shown.locator("#Organization")).to_be_in_viewport()


def test_diagrams_are_named_for_those_who_cannot_see_them(shown: Page) -> None:
    for diagram in shown.locator("figure.diagram svg").all():
        title, description = diagram.locator("title"), diagram.locator("desc")
        assert title.text_content()
        assert description.text_content()
        named = diagram.get_attribute("aria-labelledby")
        ids = f"{title.get_attribute('id')} {description.get_attribute('id')}"
        assert named == ids


@pytest.mark.parametrize("width", [400, 800, 1400])
def test_nothing_is_wider_than_the_window(
    browser: Browser, server: Server, width: int
) -> None:
    size = {"width": width, "height": 900}
    with browser.new_context(viewport=size) as context:  # type: ignore[arg-type]
        page = context.new_page()
        page.goto(f"{server.address}/ontology")
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_without_scripts_all_terms_are_there_and_no_box(
    browser: Browser, server: Server
) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{server.address}/ontology")
        expect(page.locator("section.term")).to_have_count(len(DECLARED))
        expect(page.locator("form.filter")).to_be_hidden()
