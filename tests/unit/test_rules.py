"""What breaks a rule that no shape states, and what does not."""

import pyoxigraph
import pytest
from pyoxigraph import RdfFormat

from ssc_kg.dataset.contract import read_contract
from ssc_kg.dataset.counts import Counts, count
from ssc_kg.dataset.graphs import ontology_graph, read_catalogue
from ssc_kg.dataset.rules import find_breaches
from ssc_kg.errors import Violation
from ssc_kg.store.embedded import EmbeddedStore
from tests.datasets import BASE, CATALOGUE, FOREIGN, SOURCE

PREFIXES = f"""
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX ssc: <{BASE}ontology#>
PREFIX e: <http://example.org/>
BASE <{BASE}id/>
"""


def merge(text: str) -> pyoxigraph.Store:
    store = pyoxigraph.Store()
    store.load(PREFIXES + text, RdfFormat.TURTLE)
    return store


def breaches(store: pyoxigraph.Store) -> list[Violation]:
    ontology = read_contract(store, base_iri=BASE).ontology
    found = find_breaches(EmbeddedStore(store), ontology, base_iri=BASE)
    return sorted(found, key=str)


@pytest.mark.parametrize(
    ("text", "path", "value", "message"),
    [
        pytest.param(
            "<city/a> ssc:acronim 'A' .",
            f"{BASE}ontology#acronim",
            None,
            f"<{BASE}ontology#acronim> is no property that the ontology declares; "
            f"the closest is <{BASE}ontology#acronym>",
            id="a property",
        ),
        pytest.param(
            "<city/a> a ssc:Citty .",
            "http://www.w3.org/1999/02/22-rdf-syntax-ns#type",
            f"{BASE}ontology#Citty",
            f"<{BASE}ontology#Citty> is no class that the ontology declares; "
            f"the closest is <{BASE}ontology#City>",
            id="a class",
        ),
        pytest.param(
            "<city/a> e:prefLabel 'A' .",
            "http://example.org/prefLabel",
            None,
            "<http://example.org/prefLabel> is no property that the ontology declares; "
            "the closest is <http://www.w3.org/2004/02/skos/core#prefLabel>",
            id="a property of another vocabulary",
        ),
        pytest.param(
            "<city/a> e:zzz 'A' .",
            "http://example.org/zzz",
            None,
            "<http://example.org/zzz> is no property that the ontology declares; "
            "declare it first",
            id="a property like no other",
        ),
        pytest.param(
            "<city/a> ssc:City 'A' .",
            f"{BASE}ontology#City",
            None,
            f"<{BASE}ontology#City> is no property that the ontology declares; "
            "declare it first",
            id="a class as a property",
        ),
        pytest.param(
            "<city/a> a 'ssc:City' .",
            "http://www.w3.org/1999/02/22-rdf-syntax-ns#type",
            "ssc:City",
            '"ssc:City" is no class that the ontology declares; '
            f"the closest is <{BASE}ontology#City>",
            id="a text for a class",
        ),
    ],
)
def test_our_things_are_described_in_declared_terms(
    text: str, path: str, value: str | None, message: str
) -> None:
    [found] = breaches(merge(text))
    assert (found.subject, found.path) == (f"{BASE}id/city/a", path)
    assert (found.value, found.message) == (value, message)
    assert (found.rule, found.severity) == ("declared term", "Violation")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        pytest.param("e:a e:b e:c ; a e:C .", 0, id="theirs"),
        pytest.param("e:a ssc:acronim 'A' ; a e:C .", 1, id="our property"),
        pytest.param("e:a e:b e:c ; a ssc:Citty .", 1, id="our class"),
    ],
)
def test_other_things_are_free_but_for_our_namespace(text: str, number: int) -> None:
    assert len(breaches(merge(text))) == number


def test_a_thing_is_told_once_for_a_term_that_it_uses_twice() -> None:
    found = breaches(merge("<a> e:p 1 , 2 ; e:q 1 . <b> e:p 1 ."))
    names = [(one.subject.removeprefix(f"{BASE}id/"), one.path) for one in found]
    assert names == [
        ("a", "http://example.org/p"),
        ("a", "http://example.org/q"),
        ("b", "http://example.org/p"),
    ]


def test_what_is_not_merged_is_not_looked_at() -> None:
    store = pyoxigraph.Store()
    store.load(f"{PREFIXES} <city/a> ssc:nope 1 .", RdfFormat.TURTLE, to_graph=FOREIGN)
    assert breaches(store) == []


def test_the_ontology_of_a_dataset_goes_before_the_packaged_one() -> None:
    store = merge("<city/a> a ssc:City ; e:mayor 'M' .")
    declared = (
        f"{PREFIXES} e:mayor a owl:DatatypeProperty . rdf:type skos:prefLabel 'class' ."
    )
    rdf = "PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>"
    store.load(rdf + declared, RdfFormat.TURTLE, to_graph=ontology_graph(BASE))
    [found] = breaches(store)
    assert found.value == f"{BASE}ontology#City"


SCHEME = "<topic/{}> skos:inScheme <scheme/{}> ; skos:prefLabel {} ."


def concepts(*described: tuple[str, str, str]) -> pyoxigraph.Store:
    return merge(" ".join(SCHEME.format(*one) for one in described))


def test_two_concepts_of_a_scheme_have_two_names() -> None:
    found = breaches(concepts(("a", "topics", '"Air"@en'), ("b", "topics", '"Air"@en')))
    assert [one.subject for one in found] == [f"{BASE}id/topic/a", f"{BASE}id/topic/b"]
    assert {one.value for one in found} == {"Air"}
    assert str(found[0]) == (
        f'the graph: <{BASE}id/topic/a>: "Air"@en is also the name of '
        f"<{BASE}id/topic/b>; in <{BASE}id/scheme/topics> no two concepts have one "
        "name in one language (distinct name)"
    )


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(("b", "roles", '"Air"@en'), id="another scheme"),
        pytest.param(("b", "topics", '"Air"@fr'), id="another language"),
        pytest.param(("b", "topics", '"air"@en'), id="another spelling"),
        pytest.param(("a", "topics", '"Air"@en'), id="the same concept"),
        pytest.param(("a", "roles", '"Air"@en'), id="one concept in two schemes"),
    ],
)
def test_a_name_is_free_in(other: tuple[str, str, str]) -> None:
    assert breaches(concepts(("a", "topics", '"Air"@en'), other)) == []


def test_each_of_many_concepts_is_told_one_other() -> None:
    many = concepts(*((str(n), "topics", '"Air"@en') for n in range(100)))
    assert len({one.subject for one in breaches(many)}) == 100


EVIDENCE = """
<document/a> ssc:length 20 .
<evidence/a> a ssc:Evidence ; prov:wasQuotedFrom <document/a> ;
  oa:start {start} ; oa:end {end} ; oa:exact {phrase} .
"""


@pytest.mark.parametrize(
    ("start", "end", "phrase", "words"),
    [
        pytest.param(3, 6, "abc", [], id="a phrase that fits"),
        pytest.param(17, 20, "abc", [], id="a phrase at the very end"),
        pytest.param(3, 6, "a🏙c", [], id="a character beyond 16 bits counts one"),
        pytest.param(3, 6, "e\u0301c", [], id="a combining character counts one"),
        pytest.param(3, 6, "a\r\n", [], id="a line end of two characters"),
        pytest.param(
            3,
            8,
            "abc",
            ["from 3 to 8 there is room for 5 characters, but the phrase has 3"],
            id="too much room",
        ),
        pytest.param(3, 5, "abc", ["its end would be 6"], id="too little room"),
        pytest.param(
            18, 21, "abc", ["has 20 characters only"], id="behind the document's end"
        ),
        pytest.param(
            18, 22, "abc", ["20 characters only", "room for 4"], id="both at once"
        ),
        pytest.param(6, 3, "abc", [], id="backwards, which a shape tells"),
        pytest.param(-3, 3, "abc", [], id="negative, which a shape tells"),
    ],
)
def test_positions_fit_the_phrase_and_the_document(
    start: int, end: int, phrase: str, words: list[str]
) -> None:
    text = EVIDENCE.format(start=start, end=end, phrase=pyoxigraph.Literal(phrase))
    found = breaches(merge(text))
    assert {(one.rule, one.value) for one in found} <= {("fitting position", str(end))}
    assert len(found) == len(words)
    assert all(any(some in one.message for one in found) for some in words)


def test_counts_are_of_the_merge_and_count_nothing_twice() -> None:
    text = f"""
      GRAPH <{SOURCE.value}> {{ <city/a> a ssc:City . }}
      GRAPH <{FOREIGN.value}> {{ <city/b> a ssc:City . }}
      GRAPH <{CATALOGUE.value}> {{ <{SOURCE.value}> ssc:merged true . }}
      <city/a> a ssc:City ; skos:prefLabel "A"@en .
      <evidence/a> a ssc:Evidence . e:a a e:C .
    """
    store = pyoxigraph.Store()
    store.load(PREFIXES + text, RdfFormat.TRIG)
    catalogue = read_catalogue(store, base_iri=BASE)
    found = count(EmbeddedStore(store), (), catalogue=catalogue)
    assert found == Counts(triples=4, graphs=1, things=1, shapes=0, evidence=1)
