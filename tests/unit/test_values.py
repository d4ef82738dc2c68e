"""The VALUES blocks of a query's text, and other terms in them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, QuerySolutions, Store

from ssc_kg.sparql.algebra import Term
from ssc_kg.sparql.scan import scan
from ssc_kg.sparql.values import find_blocks, replace_terms

QUERY = "SELECT ?a ?b { VALUES ?a { 1 } VALUES ?b { 2 } }"


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        pytest.param("VALUES ?a { 1 2 }", [("a", "1 2")], id="several terms"),
        pytest.param("values $a{<x>}", [("a", "<x>")], id="no space, other signs"),
        pytest.param("VALUES ?a { }", [("a", "")], id="no term"),
        pytest.param('VALUES ?a { "}" }', [("a", '"}"')], id="a brace in a string"),
        pytest.param(
            "VALUES ?a # }\n{ # {\n ex:b # }\n}", [("a", "ex:b")], id="comments"
        ),
        pytest.param(QUERY, [("a", "1"), ("b", "2")], id="two"),
        pytest.param("VALUES (?a) { (1) }", [], id="the form for several variables"),
        pytest.param("?a ex:VALUES ?b { }", [], id="a name that ends like it"),
        pytest.param('"VALUES ?a { 1 }" # VALUES ?a { 1 }', [], id="no block at all"),
    ],
)
def test_blocks_are_found_where_the_grammar_has_them(
    text: str, blocks: list[tuple[str, str]]
) -> None:
    found = [(block.name, text[block.start : block.end]) for block in find_blocks(text)]
    assert found == blocks


def test_nothing_but_the_term_changes() -> None:
    text = "SELECT ?a { # of what\n  VALUES ?a { ex:b# why\n }\n}"
    changed = replace_terms(text, {"a": NamedNode("http://e.example/#c")})
    assert changed == text.replace("ex:b", "<http://e.example/#c>")
    assert replace_terms(text, {}) == text


HOSTILE = ('"', "\\", '\\"', "} UNION {", "'''", "\n\r\t\0", "1 } #", "\u2028😀", "?a")


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_no_value_can_leave_its_block(text: str) -> None:
    check({"a": Literal(text), "b": Literal(text)})
    check(
        {
            "b": Literal(text, language="en"),
            "a": Literal(text, datatype=NamedNode("x:y")),
        }
    )


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_no_text_at_all_can_leave_its_block(text: str) -> None:
    check({"a": Literal(text), "b": Literal(text)})


def check(terms: dict[str, Term]) -> None:
    changed = scan(replace_terms(QUERY, terms)).text
    rows = Store().query(changed)
    assert isinstance(rows, QuerySolutions)
    assert [tuple(row) for row in rows] == [(terms["a"], terms["b"])]
    assert len(list(find_blocks(changed))) == 2
