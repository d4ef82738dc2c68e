"""Tables as SPARQL's four formats, beside what the engine writes of the same rows."""

import csv
import json
from collections.abc import Callable, Iterable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import (
    BaseDirection,
    BlankNode,
    Literal,
    NamedNode,
    Quad,
    QueryResultsFormat,
    QuerySolutions,
    Store,
    Triple,
    parse_query_results,
)

from ssc_kg.errors import QueryTooLargeError
from ssc_kg.formats.results import write_csv, write_json, write_tsv, write_xml
from ssc_kg.rdf.vocab import XSD
from ssc_kg.sparql.table import Table, Term

Writer = Callable[[Table], Iterable[bytes]]

NODE = NamedNode("http://ex/a")
CSV, TSV = QueryResultsFormat.CSV, QueryResultsFormat.TSV
JSON, XML = QueryResultsFormat.JSON, QueryResultsFormat.XML
FORMATS = [
    pytest.param(write_json, JSON, id="json"),
    pytest.param(write_xml, XML, id="xml"),
    pytest.param(write_csv, CSV, id="csv"),
    pytest.param(write_tsv, TSV, id="tsv"),
]
TERMS: list[Term] = [
    NamedNode("http://ex/a?b=c&d='e'"),
    BlankNode("b0"),
    Literal(""),
    Literal(' a "quoted", <b>&amp;</b> \\text\\ '),
    Literal("lines\nof\r\ntext\tand\rmore"),
    Literal("é 漢 \U0001f600"),
    Literal("bonjour", language="fr"),
    Literal("أهلا", language="ar", direction=BaseDirection.RTL),
    Literal(7),
    Literal("+07", datatype=XSD.integer),
    Literal("seven", datatype=XSD.integer),
    Literal("1.50", datatype=XSD.decimal),
    Literal("1e0", datatype=XSD.double),
    Literal("1", datatype=XSD.double),
    Literal("1", datatype=XSD.boolean),
    Literal("true", datatype=XSD.boolean),
    Literal("2026-11-29", datatype=XSD.date),
    Triple(NODE, NODE, Literal("\tb")),
    Triple(NODE, NODE, Triple(BlankNode("b1"), NODE, Literal(1))),
]


def engine_solutions(terms: Iterable[Term]) -> QuerySolutions:
    store = Store()
    for number, term in enumerate(terms):
        store.add(Quad(NamedNode(f"http://ex/{number:03}"), NODE, term))
    results = store.query(
        "SELECT ?s ?o ?none { ?s ?p ?o OPTIONAL { ?none ?o ?s } } ORDER BY ?s"
    )
    assert isinstance(results, QuerySolutions)
    return results


def written(writer: Writer, terms: Iterable[Term]) -> bytes:
    solutions = engine_solutions(terms)
    columns = [variable.value for variable in solutions.variables]
    return b"".join(writer(Table(columns, solutions)))


def read(body: bytes, format_: QueryResultsFormat) -> list[tuple[Term | None, ...]]:
    solutions = parse_query_results(body, format_)
    assert isinstance(solutions, QuerySolutions)
    return [tuple(row) for row in solutions]


@pytest.mark.parametrize(("writer", "format_"), FORMATS)
@pytest.mark.parametrize("term", TERMS, ids=map(str, range(len(TERMS))))
def test_what_is_written_is_what_the_engine_writes(
    writer: Writer, format_: QueryResultsFormat, term: Term
) -> None:
    ours = written(writer, [term])
    theirs = engine_solutions([term]).serialize(format=format_)
    assert theirs is not None
    if format_ in (CSV, JSON):
        assert ours == theirs
    else:
        assert read(ours, format_) == read(theirs, format_)


def test_a_triple_is_one_cell_of_csv() -> None:
    body = written(write_csv, [Triple(NODE, NODE, Literal('a,"b"'))]).decode()
    (_, cell, _) = [*csv.reader(body.splitlines())][1]
    assert cell == 'http://ex/a http://ex/a a,"b"'


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cn"]))))
def test_any_text_comes_back(texts: list[str]) -> None:
    terms = [Literal(text) for text in texts]
    for writer, format_ in ((write_json, JSON), (write_xml, XML), (write_tsv, TSV)):
        found = read(written(writer, terms), format_)
        assert [row[1] for row in found] == terms


@pytest.mark.parametrize(("writer", "format_"), FORMATS)
def test_no_rows_are_the_columns_alone(
    writer: Writer, format_: QueryResultsFormat
) -> None:
    assert written(writer, []) == engine_solutions([]).serialize(format=format_)


@pytest.mark.parametrize(("writer", "format_"), FORMATS)
def test_many_rows_are_written_in_more_than_one_piece(
    writer: Writer, format_: QueryResultsFormat
) -> None:
    terms = [Literal(n) for n in range(1_000)]
    assert written(writer, terms) == engine_solutions(terms).serialize(format=format_)


def rows(number: int) -> Iterator[tuple[Term]]:
    return ((Literal(n),) for n in range(number))


def test_json_says_that_it_is_cut() -> None:
    body = json.loads(b"".join(write_json(Table(["n"], rows(9), maximum=3))))
    assert len(body["results"]["bindings"]) == 3
    assert body["truncated"] == {"limit": "rows", "maximum": 3}


def test_xml_says_that_it_is_cut_where_parsers_do_not_mind() -> None:
    body = b"".join(write_xml(Table(["n"], rows(9), maximum=3)))
    assert b'</results><?truncated limit="rows" maximum="3"?></sparql>' in body
    assert len(read(body, XML)) == 3


@pytest.mark.parametrize("writer", [write_csv, write_tsv])
def test_what_cannot_say_that_it_is_cut_breaks_off(writer: Writer) -> None:
    chunks = iter(writer(Table(["n"], rows(9), maximum=3)))
    assert b"".join(next(chunks) for _ in range(2)).count(b"\n") == 4
    with pytest.raises(QueryTooLargeError, match="more than 3 rows"):
        next(chunks)


@pytest.mark.parametrize("writer", [write_csv, write_tsv])
def test_what_is_known_to_be_cut_is_not_begun(writer: Writer) -> None:
    table = Table(["n"], rows(9), maximum=3)
    known = table.replace(["n"], [*table])
    with pytest.raises(QueryTooLargeError, match="more than 3 rows"):
        next(iter(writer(known)))


@pytest.mark.parametrize("writer", [write_json, write_xml, write_csv, write_tsv])
def test_a_table_as_long_as_the_cap_is_whole(writer: Writer) -> None:
    table = Table(["n"], rows(3), maximum=3)
    assert b"truncated" not in b"".join(writer(table))
    assert (table.count, table.is_cut) == (3, False)
