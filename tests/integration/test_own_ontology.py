"""The page of an ontology that somebody else wrote, whatever it holds."""

from collections.abc import Iterator
from urllib.parse import unquote
from xml.etree.ElementTree import Element

import httpx
import pyoxigraph
import pytest
from pyoxigraph import RdfFormat

from ssc_kg.app import create_app
from ssc_kg.settings import Settings
from tests.html import addresses, find, find_barriers, read_html, text_of
from tests.serving import serving

HOSTILE = "</script><img src=x onerror=alert(1)>{{ 7 * 7 }}"
THEIRS = f"""
@prefix ex: <http://example.org/terms#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix ssc: <https://w3id.org/ssc-kg/ontology#> .
@base <https://w3id.org/ssc-kg/> .

GRAPH <graph/ontology> {{
    ex:Old a owl:Class ;
        rdfs:label "{HOSTILE}" ;
        rdfs:comment "{HOSTILE}" ;
        rdfs:subClassOf ex:Loop ;
        rdfs:seeAlso <javascript:alert(1)> ;
        owl:deprecated true ;
        skos:scopeNote "Use another." .
    ex:Loop a owl:Class ; rdfs:subClassOf ex:Loop .
    <urn:x:p> a owl:DatatypeProperty ; rdfs:label "p & q" .
}}
GRAPH <graph/shapes> {{
    ex:S a sh:NodeShape ; sh:targetClass ex:Old, ex:Unknown ; sh:property ex:P .
    ex:T a sh:NodeShape ; sh:targetClass ex:Old ; sh:property ex:P .
    ex:P sh:path <urn:x:p> ; sh:minCount 1 ; sh:class ex:Old .
}}
ex:a a ex:Old ; <urn:x:p> "{HOSTILE}" .
<id/alignment/a> a ssc:Alignment ;
    rdf:subject ex:Old ; rdf:predicate skos:closeMatch ; rdf:object <data:text/html,x> .
"""


@pytest.fixture(scope="module")
def client() -> Iterator[httpx.Client]:
    store = pyoxigraph.Store()
    store.load(THEIRS.encode(), RdfFormat.TRIG)
    settings = Settings.model_validate({"query_workers": 1, "memory_budget": 0})
    with (
        serving(create_app(settings, store=store)) as address,
        httpx.Client(base_url=address, timeout=60) as client,
    ):
        yield client


@pytest.fixture(scope="module")
def page(client: httpx.Client) -> Element:
    response = client.get("/ontology.html")
    assert response.status_code == 200, response.text
    return read_html(response.text)


def section(page: Element, anchor: str) -> str:
    [found] = [each for each in find(page, "section") if each.get("id") == anchor]
    return text_of(found)


def test_what_it_says_is_text_and_never_markup(page: Element) -> None:
    assert not list(page.iter("img"))
    assert len(list(page.iter("script"))) == 2
    assert HOSTILE in section(page, "http://example.org/terms#Old")


def test_only_addresses_of_the_web_are_links(page: Element) -> None:
    away = {each for each in addresses(page) if each[:1] not in "/#"}
    assert {each.partition(":")[0] for each in away} == {"http"}
    told = section(page, "http://example.org/terms#Old")
    assert "javascript:alert(1)" in told
    assert "close to data:text/html,x" in told


def test_every_id_is_there_once_and_every_fragment_leads_to_one(page: Element) -> None:
    assert list(find_barriers(page)) == []
    ids = {each.attrib["id"] for each in page.iter() if "id" in each.attrib}
    fragments = {unquote(each[1:]) for each in addresses(page) if each.startswith("#")}
    assert fragments <= ids


def test_what_is_deprecated_is_marked_and_says_what_to_use(page: Element) -> None:
    told = section(page, "http://example.org/terms#Old")
    assert "deprecated" in told
    assert "Use another." in told


def test_what_was_not_counted_says_so_and_still_has_an_example(page: Element) -> None:
    told = section(page, "urn:x:p")
    assert "not counted: this version does not describe itself" in told
    assert "Examplehttp://example.org/terms#a →" in told
    assert "GraphQLnone: it is asked for in SPARQL" in told


def test_without_an_ontology_there_is_no_page() -> None:
    settings = Settings.model_validate({"query_workers": 1, "memory_budget": 0})
    app = create_app(settings, store=pyoxigraph.Store())
    with serving(app) as address:
        response = httpx.get(f"{address}/ontology.html")
    assert response.status_code == 404
    assert "graph/ontology" in response.text
