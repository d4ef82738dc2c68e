"""Tables of results as pages show them."""

import pytest
from pyoxigraph import Literal, NamedNode, Quad
from pyoxigraph import Store as Quads

from ssc_kg.catalogue.shown import Cell, Column
from ssc_kg.publish.tables import show_table
from ssc_kg.rdf.languages import accept_languages
from ssc_kg.rdf.vocab import RDFS
from ssc_kg.store.embedded import EmbeddedStore
from ssc_kg.urls import Urls

BASE = "https://w3id.org/ssc-kg/"
URLS = Urls(BASE, "/kg/")
NAMED = {f"{BASE}id/city/pully": "Pully", "http://metadata.un.org/sdg/11": "Cities"}


def store() -> EmbeddedStore:
    quads = Quads()
    for iri, name in NAMED.items():
        quads.add(Quad(NamedNode(iri), RDFS.label, Literal(name, language="en")))
    return EmbeddedStore(quads)


def results(*terms: str) -> bytes:
    rows = ", ".join(f'{{"a": {term}}}' if term else "{}" for term in terms)
    text = f'{{"head": {{"vars": ["a"]}}, "results": {{"bindings": [{rows}]}}}}'
    return text.encode()


def literal(text: str, more: str = "") -> str:
    return f'{{"type": "literal", "value": "{text}"{more}}}'


def uri(iri: str) -> str:
    return f'{{"type": "uri", "value": "{iri}"}}'


INTEGER = ', "datatype": "http://www.w3.org/2001/XMLSchema#integer"'


@pytest.mark.parametrize(
    ("term", "cell"),
    [
        pytest.param("", None, id="unbound"),
        pytest.param(literal("x"), Cell("x"), id="text"),
        pytest.param(
            literal("ville", ', "xml:lang": "fr"'),
            Cell("ville", language="fr"),
            id="with a language",
        ),
        pytest.param(literal("5", INTEGER), Cell("5", is_number=True), id="number"),
        pytest.param(
            uri(f"{BASE}id/city/pully"),
            Cell("Pully", "/kg/id/city/pully", f"{BASE}id/city/pully", "en"),
            id="a thing of ours",
        ),
        pytest.param(
            uri(f"{BASE}graph/a"),
            Cell("graph/a", "/kg/graph/a", f"{BASE}graph/a"),
            id="ours without a name",
        ),
        pytest.param(
            uri("http://metadata.un.org/sdg/11"),
            Cell(
                "Cities",
                "/kg/doc?iri=http%3A%2F%2Fmetadata.un.org%2Fsdg%2F11",
                "http://metadata.un.org/sdg/11",
                "en",
            ),
            id="described here, named elsewhere",
        ),
        pytest.param(
            uri("http://example.org/x"),
            Cell(
                "http://example.org/x", "http://example.org/x", "http://example.org/x"
            ),
            id="elsewhere",
        ),
        pytest.param(
            uri("http://www.w3.org/2004/02/skos/core#broader"),
            Cell(
                "skos:broader",
                "http://www.w3.org/2004/02/skos/core#broader",
                "http://www.w3.org/2004/02/skos/core#broader",
            ),
            id="with a prefix",
        ),
        pytest.param('{"type": "bnode", "value": "b"}', Cell("_:b"), id="blank"),
    ],
)
def test_a_term_is_shown_for_what_it_is(term: str, cell: Cell | None) -> None:
    table = show_table(results(term), store(), URLS)
    assert table.rows == ((cell,),)


@pytest.mark.parametrize(
    ("terms", "column"),
    [
        pytest.param(
            ["", literal("5", INTEGER)], Column("a", is_number=True), id="numbers"
        ),
        pytest.param(
            [literal("x"), literal("5", INTEGER)],
            Column("a", is_number=False),
            id="mixed",
        ),
        pytest.param([""], Column("a", is_number=False), id="nothing"),
        pytest.param(
            [literal("x", ', "xml:lang": "en"'), ""],
            Column("a", is_number=False, language="en"),
            id="one language",
        ),
        pytest.param(
            [literal("x", ', "xml:lang": "en"'), literal("y", ', "xml:lang": "fr"')],
            Column("a", is_number=False),
            id="two languages",
        ),
        pytest.param(
            [uri(f"{BASE}id/city/pully")], Column("a", is_number=False), id="names"
        ),
    ],
)
def test_a_column_is_what_all_its_values_are(terms: list[str], column: Column) -> None:
    assert show_table(results(*terms), store(), URLS).columns == (column,)


def test_a_name_is_in_the_language_that_is_liked() -> None:
    quads, city = Quads(), NamedNode("http://example.org/geneva")
    for name, language in (("Geneva", "en"), ("Genève", "fr")):
        quads.add(Quad(city, RDFS.label, Literal(name, language=language)))
    for header, name in (("", "Geneva"), ("fr-CH", "Genève"), ("*;q=0", city.value)):
        languages = accept_languages(header)
        table = show_table(
            results(uri(city.value)), EmbeddedStore(quads), URLS, languages
        )
        [[cell]] = table.rows
        assert cell is not None
        assert cell.text == name


def test_yes_and_no_are_words() -> None:
    for answer, word in (("true", "Yes."), ("false", "No.")):
        text = f'{{"head": {{}}, "boolean": {answer}}}'
        assert show_table(text.encode(), store(), URLS).text == word
