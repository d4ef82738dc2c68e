"""Columns of labels beside those of IRIs."""

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Store, Triple

from ssc_kg.publish.labels import add_labels
from ssc_kg.rdf.vocab import DCTERMS, RDFS, SKOS
from ssc_kg.sparql.table import Table, Term

GENEVA, BARE, TITLED = (NamedNode(f"http://ex/{name}") for name in ("g", "b", "t"))
FRENCH, ENGLISH = Literal("Genève", language="fr"), Literal("Geneva", language="en")
SWISS = Literal("Genf", language="de-CH")
TITLE = Literal("A title", language="en")


@pytest.fixture
def store() -> Store:
    store = Store()
    for name in (FRENCH, ENGLISH, SWISS):
        store.add(Quad(GENEVA, SKOS.prefLabel, name))
    store.add(Quad(GENEVA, RDFS.label, Literal("Canton", language="it")))
    store.add(Quad(TITLED, DCTERMS.title, TITLE))
    store.add(Quad(TITLED, RDFS.label, NamedNode("http://ex/no-text")))
    store.add(Quad(BARE, SKOS.prefLabel, Literal("elsewhere"), NamedNode("http://ex/")))
    return store


def labelled(
    store: Store,
    columns: list[str],
    *rows: tuple[Term | None, ...],
    languages: str = "",
) -> tuple[tuple[str, ...], list[tuple[Term | None, ...]]]:
    table = add_labels(store, Table(columns, rows), languages)
    return table.columns, [tuple(row) for row in table]


@pytest.mark.parametrize(
    ("languages", "label"),
    [
        pytest.param("", ENGLISH, id="English for who says nothing"),
        pytest.param("fr", FRENCH, id="one language"),
        pytest.param("es, de;q=0.5, fr;q=0.4", SWISS, id="a range, by weight"),
        pytest.param("fr-CA", FRENCH, id="the language without its country"),
        pytest.param("ja", ENGLISH, id="a language that it does not have"),
        pytest.param("en;q=0", SWISS, id="none that is not wanted"),
        pytest.param(
            "it, en;q=0, fr;q=0, de;q=0",
            Literal("Canton", language="it"),
            id="the next property, before what is not wanted",
        ),
        pytest.param("*;q=0", None, id="nothing is wanted"),
        pytest.param("no list!", ENGLISH, id="what cannot be read is nothing"),
    ],
)
def test_a_label_is_in_the_language_that_is_liked_best(
    store: Store, languages: str, label: Literal | None
) -> None:
    columns, rows = labelled(store, ["city"], (GENEVA,), languages=languages)
    assert columns == ("city", "cityLabel")
    assert rows == [(GENEVA, label)]


def test_only_iris_of_the_default_graph_have_labels(store: Store) -> None:
    triple = Triple(GENEVA, SKOS.prefLabel, FRENCH)
    cells: list[Term | None] = [TITLED, BARE, BlankNode("b"), FRENCH, triple, None]
    _, rows = labelled(store, ["x"], *((cell,) for cell in cells))
    assert rows == [(cell, TITLE if cell == TITLED else None) for cell in cells]


def test_each_column_of_iris_has_its_labels_right_after_it(store: Store) -> None:
    columns, rows = labelled(
        store,
        ["n", "from", "name", "to", "none"],
        (Literal(1), GENEVA, FRENCH, None, None),
        (Literal(2), None, FRENCH, TITLED, None),
    )
    assert columns == ("n", "from", "fromLabel", "name", "to", "toLabel", "none")
    assert rows == [
        (Literal(1), GENEVA, ENGLISH, FRENCH, None, None, None),
        (Literal(2), None, None, FRENCH, TITLED, TITLE, None),
    ]


def test_a_name_that_is_taken_gets_a_number(store: Store) -> None:
    columns, rows = labelled(
        store,
        ["x", "xLabel", "xLabelLabel", "xLabel2"],
        (GENEVA, BARE, None, FRENCH),
    )
    assert columns == (
        "x",
        "xLabel3",
        "xLabel",
        "xLabelLabel2",
        "xLabelLabel",
        "xLabel2",
    )
    assert rows == [(GENEVA, ENGLISH, BARE, None, None, FRENCH)]


@pytest.mark.parametrize("rows", [[], [(FRENCH,), (None,)]])
def test_without_iris_nothing_is_added(
    store: Store, rows: list[tuple[Term | None, ...]]
) -> None:
    assert labelled(store, ["x"], *rows) == (("x",), rows)


def test_a_table_that_is_cut_stays_cut(store: Store) -> None:
    table = add_labels(store, Table(["x"], [(GENEVA,)] * 4, maximum=3), "")
    assert (table.count, table.is_cut, table.is_read) == (3, True, True)
    assert len([*table]) == 3
