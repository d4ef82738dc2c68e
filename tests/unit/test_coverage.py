"""What a dataset covers: when, where, in which languages."""

import pyoxigraph
import pytest
from pyoxigraph import Literal, NamedNode, Quad

from ssc_kg.dataset.coverage import describe_period, find_countries, language_iri
from ssc_kg.rdf.vocab import DCAT, DCTERMS, RDF, SSC, XSD
from ssc_kg.store.embedded import EmbeddedStore
from ssc_kg.urls import Urls
from tests.datasets import BASE

URLS = Urls(BASE)


def thing(name: str) -> NamedNode:
    return NamedNode(f"{BASE}id/{name}")


def test_a_period_is_from_the_first_value_to_the_last() -> None:
    store = pyoxigraph.Store()
    for number, (property_, text, datatype) in enumerate(
        [
            (SSC.asOf, "2020-06", XSD.gYearMonth),
            (SSC.year, "2017", XSD.gYear),
            (SSC.asOf, "2026-07", XSD.gYearMonth),
            (SSC.targetYear, "2030", XSD.gYear),  # A wish, and no value.
        ]
    ):
        value = Literal(text, datatype=datatype)
        store.add(Quad(thing(f"value/{number}"), property_, value))
    told = {(t.subject, t.predicate): t.object for t in describe_period(store, URLS)}
    period = told[URLS.dataset, DCTERMS.temporal]
    assert isinstance(period, NamedNode)
    assert told[period, RDF.type] == DCTERMS.PeriodOfTime
    assert told[period, DCAT.startDate] == Literal("2017", datatype=XSD.gYear)
    assert told[period, DCAT.endDate] == Literal("2026-07", datatype=XSD.gYearMonth)


def test_data_without_times_has_no_period() -> None:
    assert list(describe_period(pyoxigraph.Store(), URLS)) == []


def test_countries_are_those_of_the_class() -> None:
    store = pyoxigraph.Store()
    for name, class_ in (("b", SSC.Country), ("c", SSC.City), ("a", SSC.Country)):
        store.add(Quad(thing(name), RDF.type, class_))
    assert find_countries(EmbeddedStore(store)) == [thing("a"), thing("b")]


@pytest.mark.parametrize(
    ("tag", "iri"),
    [
        pytest.param("en", "europa.eu/resource/authority/language/ENG", id="in the EU"),
        pytest.param("ar", "europa.eu/resource/authority/language/ARA", id="in the UN"),
        pytest.param("zh-Hant", "authority/language/ZHO", id="with a script"),
        pytest.param("EN-us", "authority/language/ENG", id="in any case"),
        pytest.param("eo", "vocabulary/iso639-1/eo", id="of two letters"),
        pytest.param("haw", "vocabulary/iso639-2/haw", id="of three letters"),
    ],
)
def test_a_language_has_the_iri_of_a_list(tag: str, iri: str) -> None:
    assert language_iri(tag).value.endswith(iri)
