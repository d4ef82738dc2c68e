"""The page about a thing says what its document says, and nothing gets out of it."""

import re
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from xml.etree.ElementTree import Element

import pyoxigraph
import pytest
from pyoxigraph import Literal, NamedNode, Quad

from ssc_kg.catalogue.shown import Link
from ssc_kg.compiler.preferences import prefer
from ssc_kg.dataset.shown import ThingPage
from ssc_kg.explorer.thing import thing_page
from ssc_kg.publish.description import LINK_LIMIT, Description, Document, describe
from ssc_kg.publish.nodes import Nodes
from ssc_kg.publish.thing_view import ThingView
from ssc_kg.rdf.languages import accept_languages
from ssc_kg.rdf.vocab import DCTERMS, OA, PROV, RDF, RDFS, SCHEMA, SKOS, SSC, XSD
from ssc_kg.store.embedded import EmbeddedStore
from ssc_kg.store.protocol import Store
from ssc_kg.urls import Urls
from tests.html import addresses, find, find_barriers, read_html, text_of
from tests.seeds import load_seeds

BASE = "https://w3id.org/ssc-kg/"
URLS = Urls(BASE, "/kg/")
NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)
FORMATS = (Link("Turtle", "/kg/doc/x.ttl", "text/turtle"),)
MOU = NamedNode(f"{BASE}id/agreement/citynet-unescap-mou")
GOAL = NamedNode("http://metadata.un.org/sdg/11")
HOSTILE = '</script><script>alert("<&>")</script>\u202e{{ 7 * 7 }}'

_CLASSES = "SELECT ?class (MIN(?thing) AS ?one) { ?thing a ?class } GROUP BY ?class"


def one_of_each_class() -> Sequence[NamedNode]:
    solutions = load_seeds().query(_CLASSES)
    assert isinstance(solutions, pyoxigraph.QuerySolutions)
    found = [solution["one"] for solution in solutions]
    return sorted((each for each in found if isinstance(each, NamedNode)), key=str)


def tell(store: Store, thing: NamedNode, page: int = 1) -> Description:
    version = URLS.version(1)
    document = Document(URLS.document(thing), version, URLS.dataset, NOW, page)
    return describe(store, thing, document, URLS)


def see(store: Store, description: Description, languages: str = "") -> ThingPage:
    nodes = Nodes(store, URLS, prefer(accept_languages(languages)))
    document = URLS.document(description.thing)
    return ThingView(description, document, nodes, 1, FORMATS).page()


def read(page: ThingPage) -> Element:
    return read_html(bytes(thing_page(page, root="/kg/").body).decode())


def test_what_no_browser_can_follow_leads_nowhere() -> None:
    store, thing = pyoxigraph.Store(), NamedNode(f"{BASE}id/city/a")
    property_, graph = NamedNode("urn:x:property"), NamedNode("urn:x:graph")
    for subject, value in ((thing, Literal("a")), (NamedNode("urn:x:b"), thing)):
        for name in (graph, NamedNode("urn:x:other"), pyoxigraph.DefaultGraph()):
            store.add(Quad(subject, property_, value, name))
    page = see(EmbeddedStore(store), tell(EmbeddedStore(store), thing))
    html = read(page)
    assert [each for each in addresses(html) if each in ("", "None")] == []
    assert "urn:x:graph" in [*map(text_of, find(html, "span", "source"))]


@pytest.mark.parametrize("thing", one_of_each_class(), ids=lambda thing: thing.value)
def test_every_statement_of_a_document_is_on_its_page(
    seed_store: EmbeddedStore, thing: NamedNode
) -> None:
    description = tell(seed_store, thing)
    page = see(seed_store, description)
    html = read(page)
    facts = {quad.triple for quad in description.quads if quad.subject == thing}
    nodes = Nodes(seed_store, URLS, prefer(()))
    said = Counter(nodes.show(fact.object).text for fact in facts)
    below = [value.node.text for each in page.properties for value in each.values]
    above = [page.name, *page.names, *([page.summary] if page.summary else [])]
    assert not said - Counter([*below, *(node.text for node in above)])
    cells = [*map(text_of, find(html, "td", "value"))]
    assert len(cells) == len(below)
    for cell, text in zip(cells, below, strict=True):
        assert cell.startswith(" ".join(text.split()))
    for node in above:
        assert " ".join(node.text.split()) in text_of(html)
    evidence = {
        quad.subject
        for quad in description.quads
        if quad.predicate == RDF.subject and quad.object == thing
    }
    assert len(find(html, "blockquote")) == len(evidence)
    shown = sum(len(links.shown) for links in description.links)
    assert sum(len(find(each, "li")) for each in find(html, "section")) == shown
    assert [*find_barriers(html)] == []


def test_the_passage_that_supports_a_statement_stands_beside_it(
    seed_store: EmbeddedStore,
) -> None:
    page = see(seed_store, tell(seed_store, MOU))
    html = read(page)
    [row] = [each for each in find(html, "tr") if "23 October" in text_of(each)]
    [quote] = find(row, "blockquote")
    assert "October 23rd" in text_of(quote)
    [caption] = find(row, "figcaption")
    assert re.search(r"CityNet page .*, characters [\d,]+ to [\d,]+", text_of(caption))
    document, evidence = addresses(caption)
    assert document == "/kg/doc/document/citynet-unescap-mou"
    assert evidence.startswith("/kg/doc/evidence/citynet-unescap-mou-")


def test_a_name_is_in_the_language_that_is_liked_and_others_stand_below(
    seed_store: EmbeddedStore,
) -> None:
    page = see(seed_store, tell(seed_store, GOAL), "fr")
    html = read(page)
    [name] = find(html, "h1")
    assert (text_of(name), name.get("lang")) == (
        "Villes et communautés durables",
        "fr",
    )
    [others] = find(html, "p", "names")
    assert [each.get("lang") for each in find(others, "span") if each.get("lang")] == [
        "en",
        "es",
    ]


def test_what_is_named_elsewhere_leads_here_and_there(
    seed_store: EmbeddedStore,
) -> None:
    html = read(see(seed_store, tell(seed_store, NamedNode(f"{GOAL.value}.2"))))
    [cell] = [each for each in find(html, "td", "value") if "cities" in text_of(each)]
    assert [*addresses(cell)][:2] == [
        "/kg/doc?iri=http%3A%2F%2Fmetadata.un.org%2Fsdg%2F11",
        GOAL.value,
    ]


def test_links_are_counted_and_paged(seed_store: EmbeddedStore) -> None:
    scheme = NamedNode(f"{BASE}id/scheme/topics")
    first, second = (see(seed_store, tell(seed_store, scheme, n)) for n in (1, 2))
    [links] = [each for each in first.links if each.total > LINK_LIMIT]
    assert len(links.values) == LINK_LIMIT
    assert f"{links.title} {links.total}" in text_of(read(first))
    assert first.turns == {"next": "/kg/doc/scheme/topics?page=2"}
    assert second.turns["prev"] == "/kg/doc/scheme/topics"
    assert second.properties == ()
    assert f"Page 2 of {second.pages}" in text_of(read(second))
    seen = {
        value.node.iri for page in (first, second) for value in page.links[0].values
    }
    assert len(seen) > LINK_LIMIT


def test_what_is_numbered_is_in_the_order_of_the_numbers(
    seed_store: EmbeddedStore,
) -> None:
    itu = tell(seed_store, NamedNode(f"{BASE}id/organization/itu"))
    page = see(seed_store, itu)
    texts = [value.node.text for links in page.links for value in links.values]
    numbers = [text for text in texts if re.search(r"to SDG \d+$", text)]
    assert numbers[:3] == [f"ITU's contribution to SDG {n}" for n in (1, 2, 3)]
    assert numbers[-1] == "ITU's contribution to SDG 17"


def test_a_page_of_an_older_version_leads_to_that_version(
    seed_store: EmbeddedStore,
) -> None:
    nodes = Nodes(seed_store, URLS, prefer(()), {"version": "1"})
    assert nodes.show(MOU).address == (
        "/kg/doc/agreement/citynet-unescap-mou?version=1"
    )
    assert nodes.show(GOAL).address == (
        "/kg/doc?iri=http%3A%2F%2Fmetadata.un.org%2Fsdg%2F11&version=1"
    )
    assert nodes.show(SSC.City).address == "/kg/ontology?version=1#City"


def hostile_store() -> EmbeddedStore:
    graph = NamedNode(f"{BASE}graph/a")
    thing, evidence = NamedNode(f"{BASE}id/x/y"), NamedNode(f"{BASE}id/evidence/z")
    script = NamedNode("javascript:alert(1)")
    text = Literal(HOSTILE)
    facts: list[tuple[NamedNode, NamedNode, NamedNode | Literal]] = [
        (thing, SKOS.prefLabel, Literal(HOSTILE, language="en")),
        (thing, RDF.type, SSC.City),
        (thing, DCTERMS.description, text),
        (thing, SSC.acronym, text),
        (thing, SCHEMA.url, script),
        (thing, SCHEMA.sameAs, NamedNode("urn:x:y")),
        (SSC.City, RDFS.label, text),
        (SSC.acronym, RDFS.label, text),
        (SSC.acronym, RDFS.comment, text),
        (SSC.acronym, SSC.inverseComment, text),
        (NamedNode(f"{BASE}id/x/other"), SSC.acronym, thing),
        (NamedNode(f"{BASE}id/x/other"), RDFS.label, text),
        (graph, DCTERMS.title, text),
        (evidence, RDF.type, SSC.Evidence),
        (evidence, RDF.subject, thing),
        (evidence, RDF.predicate, SSC.acronym),
        (evidence, RDF.object, text),
        (evidence, OA.exact, text),
        (evidence, OA.start, Literal("-1", datatype=XSD.integer)),
        (evidence, PROV.wasQuotedFrom, text),
    ]
    quads = pyoxigraph.Store()
    for fact in facts:
        quads.add(Quad(*fact))
        quads.add(Quad(*fact, graph))
    return EmbeddedStore(quads)


def test_nothing_hostile_breaks_out_of_a_page() -> None:
    store = hostile_store()
    html = read(see(store, tell(store, NamedNode(f"{BASE}id/x/y"))))
    [script] = find(html, "script")
    assert script.get("type") == "application/ld+json"
    assert HOSTILE.replace(" ", "") in text_of(html).replace(" ", "")
    assert "49" not in text_of(html)
    assert not [each for each in addresses(html) if each.startswith("javascript")]
    assert "javascript:alert(1)" in text_of(html)
    assert [*find_barriers(html)] == []
