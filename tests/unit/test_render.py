"""SPARQL algebra as text; the engine then reads it back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, QuerySolutions, Store, Variable

from ssc_kg.rdf.vocab import RDF, SKOS, SSC, XSD
from ssc_kg.sparql.algebra import (
    Bind,
    Call,
    Comparison,
    CountDistinct,
    CountRows,
    Filter,
    Function,
    Inverse,
    Lateral,
    OneOf,
    Operator,
    Optional,
    Pattern,
    Select,
    Triple,
    Union,
    Values,
)
from ssc_kg.sparql.render import render

S, P = Variable("s"), Variable("p")
O = Variable("o")  # noqa: E741  the names of the specification
COUNT = Variable("count")
THING = NamedNode("http://e.example/a-b")
NAME = Triple(S, SKOS.prefLabel, O)


@pytest.mark.parametrize(
    ("pattern", "lines"),
    [
        pytest.param(NAME, ["?s skos:prefLabel ?o ."], id="triple"),
        pytest.param(Triple(S, RDF.type, SSC.City), ["?s a ssc:City ."], id="type"),
        pytest.param(
            Triple(S, Inverse(SKOS.inScheme), O),
            ["?s ^skos:inScheme ?o ."],
            id="inverse path",
        ),
        pytest.param(Triple(S, P, O), ["?s ?p ?o ."], id="any predicate"),
        pytest.param(
            Optional((NAME,)),
            ["OPTIONAL {", "  ?s skos:prefLabel ?o .", "}"],
            id="optional",
        ),
        pytest.param(
            Union(((NAME,), (Bind(Literal(1), O),))),
            [
                "{",
                "  ?s skos:prefLabel ?o .",
                "}",
                "UNION",
                "{",
                "  BIND(1 AS ?o)",
                "}",
            ],
            id="union",
        ),
        pytest.param(
            Lateral((Select((S,), (NAME,), limit=1),)),
            [
                "LATERAL {",
                "  SELECT ?s WHERE {",
                "    ?s skos:prefLabel ?o .",
                "  }",
                "  LIMIT 1",
                "}",
            ],
            id="lateral",
        ),
        pytest.param(
            Values(S, (THING, Literal("x"))),
            ['VALUES ?s { <http://e.example/a-b> "x" }'],
            id="values",
        ),
        pytest.param(
            Filter(OneOf(S, (SSC.City, SSC.Country))),
            ["FILTER(?s IN (ssc:City, ssc:Country))"],
            id="one of",
        ),
        pytest.param(
            Filter(
                Comparison(
                    Call(Function.TEXT, (S,)),
                    Operator.GREATER,
                    Literal(THING.value),
                )
            ),
            ['FILTER(STR(?s) > "http://e.example/a-b")'],
            id="after",
        ),
    ],
)
def test_each_pattern_is_written_one_way(pattern: Pattern, lines: list[str]) -> None:
    text = render(Select((S, O), (NAME, pattern)))
    body = text.partition(" WHERE {\n")[2].splitlines()[1:-1]
    assert [line.removeprefix("  ") for line in body] == lines


def test_a_query_names_only_the_prefixes_it_uses() -> None:
    counting = Select(
        (S, CountDistinct(O, COUNT)),
        (NAME,),
        group_by=(S,),
        order_by=(S,),
    )
    assert render(counting) == (
        "PREFIX skos: <http://www.w3.org/2004/02/skos/core#>\n"
        "SELECT ?s (COUNT(DISTINCT ?o) AS ?count) WHERE {\n"
        "  ?s skos:prefLabel ?o .\n"
        "}\n"
        "GROUP BY ?s\n"
        "ORDER BY ?s\n"
    )


def test_rows_are_counted_whatever_they_hold() -> None:
    text = render(Select((CountRows(COUNT),), (Triple(S, P, O),)))
    assert text.startswith("SELECT (COUNT(*) AS ?count) WHERE {")
    solutions = Store().query(text)
    assert isinstance(solutions, QuerySolutions)
    assert [list(solution) for solution in solutions] == [[Literal(0)]]


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_no_text_can_leave_its_literal(text: str) -> None:
    query = render(Select((S,), (Values(S, (Literal(text),)),)))
    solutions = Store().query(query)
    assert isinstance(solutions, QuerySolutions)
    [[term]] = solutions
    assert term == Literal(text)


def test_many_values_are_written_in_full() -> None:
    terms = tuple(NamedNode(f"{SSC.City.value}{number}") for number in range(101))
    assert "PREFIX" not in render(Select((S,), (Values(S, terms),)))
    assert "PREFIX ssc:" in render(Select((S,), (Values(S, terms[:100]),)))


def test_a_literal_that_only_claims_to_be_an_integer_stays_a_literal() -> None:
    hostile = Literal("1)) } ; DROP ALL #", datatype=XSD.integer)
    text = render(Select((S,), (NAME, Filter(OneOf(O, (hostile, Literal(7)))))))
    assert '("1)) } ; DROP ALL #"^^<' in text.replace("IN ", "")
    Store().query(text)
