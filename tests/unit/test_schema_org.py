"""What pages say in the words of schema.org is true, and is JSON-LD by itself."""

import json
from collections.abc import Mapping, Sequence

import pyoxigraph
import pytest
import rdflib
from pyoxigraph import Literal, NamedNode, Quad

from ssc_kg.compiler.preferences import prefer
from ssc_kg.publish.nodes import Nodes
from ssc_kg.publish.schema_org import describe_thing, find_words
from ssc_kg.publish.told import Told
from ssc_kg.rdf.vocab import DCTERMS, ORG, RDF, SCHEMA, SKOS, SSC, XSD
from ssc_kg.store.embedded import EmbeddedStore
from ssc_kg.urls import Urls

BASE = "https://w3id.org/ssc-kg/"
URLS = Urls(BASE)
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is:DeprecationWarning")
_SCHEMA = rdflib.Namespace("https://schema.org/")


def describe(store: EmbeddedStore, thing: NamedNode) -> Mapping[str, object]:
    about = Told.of(store.match(thing)).of_subject(thing)
    nodes = Nodes(store, URLS, prefer(()))
    return describe_thing(thing, URLS.document(thing), about, nodes)


def parse(document: Mapping[str, object]) -> rdflib.Graph:
    return rdflib.Graph().parse(data=json.dumps(document), format="json-ld")


@pytest.mark.parametrize(
    ("term", "words"),
    [
        pytest.param(SSC.City, ("City",), id="a class and what it is a kind of"),
        pytest.param(SSC.Topic, ("DefinedTerm",), id="by way of SKOS"),
        pytest.param(SSC.MemorandumOfUnderstanding, ("Thing",), id="none of its own"),
        pytest.param(SCHEMA.location, ("location",), id="itself"),
        pytest.param(SSC.heldBy, ("organizer",), id="a close one"),
        pytest.param(SSC.callsFor, ("about",), id="a broader one"),
        pytest.param(SSC.acronym, ("alternateName",), id="of a close one"),
        pytest.param(SSC.callsOn, (), id="not of a related one"),
        pytest.param(ORG.role, (), id="none"),
    ],
)
def test_words_come_from_the_alignments(
    seed_store: EmbeddedStore, term: NamedNode, words: Sequence[str]
) -> None:
    assert find_words(term, seed_store) == tuple(words)


def test_a_city_is_told_of_completely(seed_store: EmbeddedStore) -> None:
    city = rdflib.URIRef(f"{BASE}id/city/suwon")
    graph = parse(describe(seed_store, NamedNode(city)))
    told = {
        (str(predicate).removeprefix(_SCHEMA), value)
        for predicate, value in graph.predicate_objects(city)
        if not isinstance(value, rdflib.BNode)
    }
    assert told == {
        (str(rdflib.RDF.type), _SCHEMA.City),
        ("containedInPlace", rdflib.URIRef(f"{BASE}id/country/south-korea")),
        ("latitude", rdflib.Literal(37.29111)),
        ("longitude", rdflib.Literal(127.00889)),
        ("mainEntityOfPage", rdflib.URIRef(f"{BASE}doc/city/suwon")),
        ("name", rdflib.Literal("Suwon", lang="en")),
        ("sameAs", rdflib.URIRef("http://www.wikidata.org/entity/Q20714")),
        ("sameAs", rdflib.URIRef("https://sws.geonames.org/1835553/")),
    }
    place = graph.value(city, _SCHEMA.geo)
    assert graph.value(place, _SCHEMA.latitude) == rdflib.Literal(37.29111)


def test_what_is_told_of_any_thing_is_what_the_graph_says(
    seed_store: EmbeddedStore,
) -> None:
    """Each value is one that a property has which the word is true of."""
    told = 0
    for thing in _things(seed_store):
        graph = parse(describe(seed_store, thing))
        about = seed_store.match(thing)
        for predicate, value in graph.predicate_objects(rdflib.URIRef(thing.value)):
            word = str(predicate).removeprefix(_SCHEMA)
            said = {
                _spell(quad.object)
                for quad in about
                if word in find_words(quad.predicate, seed_store)
            }
            if word not in _OURS:
                assert _spell(value) in said, (thing, predicate, value)
                told += 1
    assert told > 1000


_OURS = frozenset({"geo", "mainEntityOfPage", "memberOf", RDF.type.value})


def _spell(term: object) -> str:
    """The text of a term, of a number the same however it is written."""
    text = term.value if isinstance(term, NamedNode | Literal) else str(term)
    try:
        return str(float(text))
    except ValueError:
        return text


def _things(store: EmbeddedStore) -> list[NamedNode]:
    names = {quad.subject for quad in store.match(None, SKOS.prefLabel)}
    things = sorted((each for each in names if isinstance(each, NamedNode)), key=str)
    return things[::5]


def test_what_is_in_a_list_is_a_term_of_it(seed_store: EmbeddedStore) -> None:
    document = describe(seed_store, NamedNode("http://metadata.un.org/sdg/11.2"))
    assert document["@type"] == "DefinedTerm"
    assert document["termCode"] == "11.2"
    assert "DefinedTermSet" in find_words(SKOS.ConceptScheme, seed_store)
    assert find_words(DCTERMS.title, seed_store) == ("name",)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        pytest.param("9007199254740993", 9007199254740993, id="more than a float has"),
        pytest.param("-07", -7, id="whole"),
        pytest.param("1.50", 1.5, id="broken"),
        pytest.param("9" * 5000, "9" * 5000, id="more than JSON has"),
        pytest.param("INF", "INF", id="none"),
    ],
)
def test_a_number_is_the_same_number(text: str, told: float | str) -> None:
    store, thing = pyoxigraph.Store(), NamedNode(f"{BASE}id/scheme/a")
    number = Literal(text, datatype=XSD.double if text == "INF" else XSD.decimal)
    store.add(Quad(thing, NamedNode(f"{_SCHEMA}numberOfItems"), number))
    assert describe(EmbeddedStore(store), thing)["numberOfItems"] == told


def test_a_membership_is_told_by_its_ends(seed_store: EmbeddedStore) -> None:
    person = NamedNode(f"{BASE}id/person/vijay-jagannathan")
    member = describe(seed_store, person)["memberOf"]
    assert member == {
        "@id": f"{BASE}id/organization/citynet",
        "name": {"@value": "CityNet", "@language": "en"},
    }
