"""Cells of TSV against the terms that the same engine makes of the same rows."""

import pyoxigraph
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from ssc_kg.rdf.cells import is_iri, lexical_form, read_cell
from ssc_kg.rdf.vocab import XSD
from ssc_kg.store.embedded import EmbeddedStore

SUBJECT, PROPERTY = NamedNode("http://a.example/s"), NamedNode("http://a.example/p")
TEXT = st.text(st.characters(exclude_categories=["Cs"]))
NUMBER = st.one_of(st.integers().map(str), st.floats().map(str), st.just("5."))
TYPE = st.sampled_from([XSD.integer, XSD.decimal, XSD.double, XSD.boolean, XSD.date])
TERM = st.one_of(
    TEXT.map(Literal),
    st.builds(
        lambda text, tag: Literal(text, language=tag),
        TEXT,
        st.sampled_from(["en", "zh-Hans"]),
    ),
    st.builds(lambda text, type_: Literal(text, datatype=type_), NUMBER | TEXT, TYPE),
    st.sampled_from([NamedNode("http://a.example/\u00e9?x=1#y"), BlankNode("b")]),
)


@given(st.lists(TERM, max_size=5))
def test_a_cell_is_the_term_of_its_row(
    terms: list[NamedNode | BlankNode | Literal],
) -> None:
    store = pyoxigraph.Store()
    store.extend(Quad(SUBJECT, PROPERTY, term) for term in terms)
    query = f"SELECT ?o ?nothing WHERE {{ {SUBJECT} {PROPERTY} ?o }}"
    rows = EmbeddedStore(store).select(query).rows
    cells = EmbeddedStore(store).select_cells(query).rows
    assert len(cells) == len(rows)
    for (term, _), (cell, nothing) in zip(rows, cells, strict=True):
        assert term is not None
        assert read_cell(cell) == term
        assert lexical_form(cell) == term.value
        assert is_iri(cell) == isinstance(term, NamedNode)
        assert nothing == ""


@given(TERM)
def test_a_cell_may_be_spelled_as_the_engine_spells_a_term(
    term: NamedNode | BlankNode | Literal,
) -> None:
    assert lexical_form(str(term)) == term.value


def test_each_control_character_has_its_way_back() -> None:
    for number in (*range(32), 127):
        text = f"a{chr(number)}b"
        assert lexical_form(str(Literal(text))) == text
        assert lexical_form(f'"a\\u{number:04X}b"') == text
        assert lexical_form(f'"a\\U{number:08x}b"') == text


def test_one_column_that_is_unbound_is_a_row_all_the_same() -> None:
    table = EmbeddedStore(pyoxigraph.Store()).select_cells("SELECT ?x WHERE {}")
    assert (table.variables, [*map(list, table.rows)]) == (("x",), [[""]])
