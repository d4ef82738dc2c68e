"""Counting a little graph whose numbers can be counted by hand."""

from dataclasses import replace

import pyoxigraph
import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat

from ssc_kg.dataset.partitions import (
    ClassFigures,
    Figures,
    Links,
    PropertyFigures,
    Space,
    count_partitions,
)
from ssc_kg.dataset.void import Surroundings, describe_dataset
from ssc_kg.rdf.vocab import RDF, VOID, XSD
from ssc_kg.urls import Urls

EXAMPLE = "http://example.org/"
OURS, WIKI = NamedNode("http://e/ours"), NamedNode("http://e/wiki")
OWN = Space(OURS, f"{EXAMPLE}id/")
OTHERS = [Space(WIKI, "http://wiki.example/")]
DATA = """
prefix : <http://example.org/>
prefix id: <http://example.org/id/>
prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
prefix wiki: <http://wiki.example/>

id:oslo a :City, :Capital ; :name "Oslo", "Kristiania"@no  ; :in id:norway ;
    :same wiki:585 .
id:asker a :City ; :name "Oslo" ; :people 1 ; :in id:norway, id:nowhere .
id:norway a :Country ; :same wiki:20 .
id:nowhere :name "^^<x>" .
id:claim rdf:subject id:oslo ; rdf:predicate :same ; rdf:object wiki:585 .
wiki:20 a :Country ; :capital id:oslo ; :next wiki:34 .
"""


@pytest.fixture(scope="module")
def figures() -> Figures:
    store = pyoxigraph.Store()
    store.load(DATA, format=RdfFormat.TURTLE)
    # What is in a named graph alone is not counted.
    other = DATA.replace("example.org/id/", "example.org/id/other/")
    store.load(other, format=RdfFormat.TURTLE, to_graph=WIKI)
    return count_partitions(store, OWN, OTHERS)


def named(name: str) -> NamedNode:
    return NamedNode(EXAMPLE + name)


def class_(figures: Figures, name: str) -> ClassFigures:
    [found] = [each for each in figures.classes if each.class_ == named(name)]
    return found


def property_(figures: Figures | ClassFigures, name: str) -> PropertyFigures:
    [found] = [each for each in figures.properties if each.property == named(name)]
    return found


def test_texts_are_counted_by_language(figures: Figures) -> None:
    assert figures.languages == {"no": 1}


def test_all_is_counted_once(figures: Figures) -> None:
    assert figures.triples == 20
    assert figures.subjects == 6
    # Three classes, three names, a number, six things and a property.
    assert figures.objects == 14
    assert figures.entities == 4
    assert (figures.own_triples, figures.own_entities) == (17, 3)
    assert [each.class_ for each in figures.classes] == [
        named("Capital"),
        named("City"),
        named("Country"),
    ]
    assert [each.property.value.rpartition("/")[2] for each in figures.properties] == [
        "capital",
        "in",
        "name",
        "next",
        "people",
        "same",
        *(f"22-rdf-syntax-ns#{name}" for name in ("object", "predicate", "subject")),
        "22-rdf-syntax-ns#type",
    ]


def test_a_property_counts_its_triples_subjects_and_objects(figures: Figures) -> None:
    names = property_(figures, "name")
    assert (names.triples, names.subjects, names.objects) == (4, 3, 3)
    of_cities = property_(class_(figures, "City"), "name")
    assert (of_cities.triples, of_cities.subjects, of_cities.objects) == (3, 2, 2)


def test_a_thing_of_two_classes_counts_in_both(figures: Figures) -> None:
    city, capital = class_(figures, "City"), class_(figures, "Capital")
    assert (city.entities, city.triples) == (2, 11)
    assert (capital.entities, capital.triples) == (1, 6)


def test_the_values_of_a_property_have_classes_and_datatypes(figures: Figures) -> None:
    city = class_(figures, "City")
    # One of the three places has no class.
    assert property_(city, "in").classes == {named("Country"): 2}
    assert property_(city, "in").datatypes == {}
    assert property_(city, "name").datatypes == {RDF.langString: 1, XSD.string: 2}
    assert property_(city, "people").datatypes == {XSD.integer: 1}
    capital = property_(class_(figures, "Country"), "capital")
    assert capital.classes == {named("Capital"): 1, named("City"): 1}


def test_the_first_thing_of_a_class_is_one_of_ours(figures: Figures) -> None:
    firsts = [each.first for each in figures.classes]
    assert firsts == [named("id/oslo"), named("id/asker"), named("id/norway")]


def test_links_lead_from_one_dataset_to_another(figures: Figures) -> None:
    # Neither the claim about a link nor what stays within a dataset is one.
    assert figures.links == (
        Links(OURS, named("same"), WIKI, 2),
        Links(WIKI, named("capital"), OURS, 1),
    )


def test_the_longest_beginning_says_which_dataset_a_thing_is_of() -> None:
    store = pyoxigraph.Store()
    line = "<http://e/id/a> <http://e/p> <http://e/id/far/b> .\n"
    store.load(line, format=RdfFormat.N_TRIPLES)
    spaces = Space(OURS, "http://e/id/"), [Space(WIKI, "http://e/id/far/")]
    links = count_partitions(store, *spaces).links
    assert links == (Links(OURS, NamedNode("http://e/p"), WIKI, 1),)


def test_nothing_is_counted_as_nothing() -> None:
    figures = count_partitions(pyoxigraph.Store(), OWN, OTHERS)
    assert figures == Figures(0, 0, 0, 0, 0, 0, (), (), ())


def test_a_vocabulary_has_the_name_of_its_namespace_without_the_hash(
    figures: Figures,
) -> None:
    alone = replace(figures, links=())
    triples = describe_dataset(alone, Surroundings(), Urls(EXAMPLE))
    found = [t.object for t in triples if t.predicate == VOID.vocabulary]
    rdf = RDF.type.value.removesuffix("#type")
    assert found == [NamedNode(EXAMPLE), NamedNode(rdf)]


def test_parts_have_iris_whatever_their_terms_are(figures: Figures) -> None:
    urls = Urls("http://base.example/")
    alone = replace(figures, links=())
    triples = set(describe_dataset(alone, Surroundings(), urls))
    parts = {t.object: t.subject for t in triples if t.predicate == VOID.class_}
    subjects = {t.subject for t in triples if t.predicate == VOID.entities}
    assert len(parts) == len(figures.classes) == len(subjects) - 2
    whole = urls.void_part("class", f"{EXAMPLE}City", "property", "rdf:type")
    assert whole.value.endswith(
        "#class/http:%2F%2Fexample.org%2FCity/property/rdf:type"
    )
    about = {t.predicate: t.object for t in triples if t.subject == whole}
    assert about[VOID.triples] == Literal(3)
