"""Every question of the catalogue has the answer beside its name in questions/.

A table is CSV, a graph is Turtle, an answer of GraphQL is JSON. Twins agree: what the
table says, the JSON says too.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import assert_never

import orjson
import pyoxigraph
import pytest
from graphql import parse as graphql_parse
from graphql import validate
from pyoxigraph import (
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QuerySolutions,
    QueryTriples,
    Triple,
)

from ssc_kg.catalogue.operation import bind_variables
from ssc_kg.catalogue.questions import Question, find_question, read_questions
from ssc_kg.engine.engine import Engine
from ssc_kg.engine.operation import Operation, Result
from ssc_kg.formats.table import TURTLE
from ssc_kg.formats.write import write_graph
from ssc_kg.rdf.vocab import SKOS
from ssc_kg.resources import QUERIES
from ssc_kg.sparql.algebra import Term
from ssc_kg.sparql.scan import scan
from ssc_kg.sparql.values import replace_terms
from ssc_kg.store.embedded import EmbeddedStore
from ssc_kg.store.evaluation import Results, evaluate
from ssc_kg.store.protocol import Row
from tests.conftest import GoldenFile
from tests.datasets import BASE

ANSWERS = Path(__file__).parent / "questions"
QUESTIONS = read_questions(QUERIES)
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?")


CASES = [
    *(pytest.param(question, {}, id=question.slug) for question in QUESTIONS),
    *(
        pytest.param(
            question,
            {parameter.name: parameter.default for parameter in question.parameters},
            id=f"{question.slug} with its defaults given",
        )
        for question in QUESTIONS
        if question.parameters
    ),
]


@pytest.mark.parametrize(("question", "values"), CASES)
def test_is_answered_alike_in_each_language(
    question: Question,
    values: Mapping[str, Term],
    golden: GoldenFile,
    engine: Engine,
    seeds: pyoxigraph.Store,
) -> None:
    stem = ANSWERS / question.slug
    in_table: set[str] = set()
    if question.sparql is not None:
        results = ask_sparql(replace_terms(question.sparql, values), seeds)
        in_table = check_results(results, stem, golden)
    if question.graphql is not None:
        variables = bind_variables(question.parameters, values)
        operation = Operation(question.graphql, variables)
        result = engine.execute(operation, EmbeddedStore(seeds))
        in_json = check_json(result, stem, golden)
        assert in_table - in_json == set(), "SPARQL says what GraphQL does not"


@pytest.fixture(scope="module")
def translated(seeds: pyoxigraph.Store) -> pyoxigraph.Store:
    """The seed data, in which everything also has a German name."""
    store = pyoxigraph.Store()
    store.extend(seeds)
    named = store.quads_for_pattern(None, SKOS.prefLabel, None, DefaultGraph())
    store.extend(
        [
            Quad(quad.subject, SKOS.prefLabel, Literal("Name", language="de"))
            for quad in named
        ]
    )
    return store


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.slug)
def test_is_answered_the_same_if_there_are_names_in_another_language(
    question: Question,
    golden: GoldenFile,
    engine: Engine,
    translated: pyoxigraph.Store,
) -> None:
    stem = ANSWERS / question.slug
    if question.sparql is not None:
        check_results(ask_sparql(question.sparql, translated), stem, golden)
    if question.graphql is not None:
        operation = Operation(question.graphql)
        check_json(engine.execute(operation, EmbeddedStore(translated)), stem, golden)


@pytest.mark.parametrize(
    ("slug", "values", "count"),
    [
        pytest.param(
            "compare-three-cities",
            {
                "category": "kpi-category/environment-air-quality",
                "first": "city/riyadh",
                "second": "city/rana",
                "third": "city/riyadh",
            },
            6,
            id="a KPI of five data points, and one of none",
        ),
        pytest.param(
            "values-in-a-category",
            {"category": "kpi-category/environment-air-quality"},
            8,
            id="values of data points",
        ),
        pytest.param(
            "indicators-of-a-custodian",
            {"organization": "organization/unep"},
            25,
            id="indicators of several targets",
        ),
        pytest.param(
            "contributions-to-goals",
            {"organization": "organization/itu-regional-offices"},
            1,
            id="a contribution to no goal",
        ),
    ],
)
def test_a_row_is_never_doubled_where_something_else_is_asked_for(
    slug: str, values: Mapping[str, str], count: int, seeds: pyoxigraph.Store
) -> None:
    question = find_question(QUERIES, slug)
    assert question.sparql is not None
    terms = {name: NamedNode(f"{BASE}id/{value}") for name, value in values.items()}
    results = ask_sparql(replace_terms(question.sparql, terms), seeds)
    assert isinstance(results, QuerySolutions)
    rows = [tuple(row) for row in results]
    assert len(rows) == len(set(rows)) == count


def ask_sparql(text: str, seeds: pyoxigraph.Store) -> Results:
    # Other tools predeclare no prefixes, so a question declares each that it uses.
    return evaluate(seeds, scan(text, predeclared=()))


def check_results(results: Results, stem: Path, golden: GoldenFile) -> set[str]:
    """Check the answer of SPARQL, and return what its literals say."""
    match results:
        case QuerySolutions():
            rows = [tuple(row) for row in results]
            names = [variable.value for variable in results.variables]
            golden(stem.with_suffix(".csv"), write_csv(names, rows))
        case QueryTriples():
            rows = [tuple(triple) for triple in results]
            triples = (Triple(*row) for row in rows)
            turtle = b"".join(write_graph(triples, TURTLE)).decode()
            golden(stem.with_suffix(".ttl"), turtle)
        case QueryBoolean():
            pytest.fail("yes or no is no answer that a question of the catalogue has")
        case _:
            assert_never(results)
    assert rows, "the answer is empty"
    assert len(rows) == len(set(rows)), "a row is there twice"
    terms = (term for row in rows for term in row)
    return {comparable(term.value) for term in terms if isinstance(term, Literal)}


def check_json(result: Result, stem: Path, golden: GoldenFile) -> set[str]:
    """Check the answer of GraphQL, and return what its leaves say."""
    assert not result.errors
    text = orjson.dumps(result.body(), option=orjson.OPT_INDENT_2).decode()
    golden(stem.with_suffix(".json"), f"{text}\n")
    leaves = {comparable(leaf) for leaf in read_leaves(result.data)}
    assert leaves, "the answer is empty"
    return leaves


def write_csv(names: Iterable[str], rows: Iterable[Row]) -> str:
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(names)
    writer.writerows(
        ["" if term is None else term.value for term in row] for row in rows
    )
    return file.getvalue()


def read_leaves(answer: object) -> Iterator[str]:
    match answer:
        case dict():
            for value in answer.values():
                yield from read_leaves(value)
        case list():
            for value in answer:
                yield from read_leaves(value)
        case None:
            return
        case bool():
            yield str(answer).lower()
        case _:
            yield str(answer)


def comparable(text: str) -> str:
    """Return a text that equal numbers share, however they are written."""
    if _NUMBER.fullmatch(text) is None:
        return text
    return f"{Decimal(text).normalize():f}"


def test_code_generators_can_read_all_operations_as_one_document(
    engine: Engine,
) -> None:
    texts = [question.graphql for question in QUESTIONS if question.graphql]
    assert validate(engine.graphql_schema, graphql_parse("\n".join(texts))) == []


def test_no_answer_is_without_its_question() -> None:
    expected = {
        f"{question.slug}{suffix}"
        for question in QUESTIONS
        for suffix in suffixes(question)
    }
    assert {path.name for path in ANSWERS.iterdir()} == expected


def suffixes(question: Question) -> Iterator[str]:
    if question.sparql is not None:
        yield ".csv" if scan(question.sparql).form.is_table else ".ttl"
    if question.graphql is not None:
        yield ".json"
