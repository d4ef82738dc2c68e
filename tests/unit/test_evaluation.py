"""What the engine would get wrong, and what it says when it cannot."""

import pytest
from pyoxigraph import (
    Literal,
    NamedNode,
    Quad,
    QueryResultsFormat,
    QuerySolutions,
    Store,
)

from ssc_kg.errors import QueryRefusedError, QuerySyntaxError
from ssc_kg.sparql.scan import scan
from ssc_kg.store.evaluation import Dataset, evaluate, explaining

THING = NamedNode("http://example.org/thing")
A, B = NamedNode("http://example.org/a"), NamedNode("http://example.org/b")
COUNT = "SELECT (COUNT(*) AS ?n) {} {{ ?s ?p ?o }}"
COUNT_NAMED = "SELECT (COUNT(*) AS ?n) {} {{ GRAPH ?g {{ ?s ?p ?o }} }}"


@pytest.fixture
def store() -> Store:
    """One triple that both graphs have, one more in each, one in the default graph."""
    store = Store()
    for graph in (A, B):
        store.add(Quad(THING, A, Literal("both"), graph))
        store.add(Quad(THING, A, Literal(graph.value), graph))
    store.add(Quad(THING, A, Literal("default")))
    return store


@pytest.mark.parametrize(
    ("query", "clauses", "dataset", "count"),
    [
        pytest.param(COUNT, "", None, 1, id="the store's default graph"),
        pytest.param(COUNT, f"FROM {A}", None, 2, id="from one"),
        pytest.param(COUNT, f"FROM {A} FROM {B}", None, 3, id="from two, merged"),
        pytest.param(COUNT, f"FROM {A} FROM {A}", None, 2, id="from one twice"),
        pytest.param(COUNT, f"FROM NAMED {A}", None, 0, id="from named alone"),
        pytest.param(COUNT_NAMED, "", None, 4, id="named graphs keep what they share"),
        pytest.param(
            COUNT_NAMED, f"FROM {A} FROM {B} FROM NAMED {A}", None, 2, id="both"
        ),
        pytest.param(COUNT, "", ([A], []), 2, id="one by the protocol"),
        pytest.param(COUNT, "", ([A, B], []), 3, id="two by the protocol, merged"),
        pytest.param(COUNT, "", ([], [A]), 0, id="only named by the protocol"),
        pytest.param(COUNT_NAMED, "", ([A], []), 0, id="no named by the protocol"),
        pytest.param(COUNT_NAMED, "", ([A, B], [B]), 2, id="named beside a merge"),
        pytest.param(COUNT, f"FROM {B}", ([A, B], []), 3, id="the protocol overrides"),
        pytest.param(COUNT, "", ([THING], []), 0, id="an unknown graph is empty"),
    ],
)
def test_a_default_graph_is_a_merge(
    store: Store,
    query: str,
    clauses: str,
    dataset: tuple[list[NamedNode], list[NamedNode]] | None,
    count: int,
) -> None:
    asked = None
    if dataset is not None:
        asked = Dataset(*([iri.value for iri in iris] for iris in dataset))
    results = evaluate(store, scan(query.format(clauses)), asked)
    assert isinstance(results, QuerySolutions)
    assert [row["n"] for row in results] == [Literal(count)]


def test_graphs_are_named_in_any_way_that_iris_are(store: Store) -> None:
    text = (
        "BASE <http://example.org/> PREFIX ex: <http://example.org/> "
        "SELECT (COUNT(*) AS ?n) FROM ex:a FROM <b> { ?s ?p ?o }"
    )
    results = evaluate(store, scan(text))
    assert isinstance(results, QuerySolutions)
    assert [row["n"] for row in results] == [Literal(3)]


@pytest.mark.parametrize(
    ("results_format", "expected"),
    [
        pytest.param(QueryResultsFormat.CSV, b"s,o,a\r\n", id="csv"),
        pytest.param(QueryResultsFormat.TSV, b"?s\t?o\t?a\n", id="tsv"),
        pytest.param(
            QueryResultsFormat.JSON, b'{"head":{"vars":["s","o","a"]}', id="json"
        ),
        pytest.param(QueryResultsFormat.XML, b'"s"/><variable name="o"/>', id="xml"),
    ],
)
def test_star_has_the_order_of_the_text_in_every_format(
    store: Store, results_format: QueryResultsFormat, expected: bytes
) -> None:
    results = evaluate(store, scan("SELECT * { ?s skos:prefLabel ?o BIND(1 AS ?a) }"))
    assert isinstance(results, QuerySolutions)
    assert expected in (results.serialize(format=results_format) or b"")


@pytest.mark.parametrize(
    ("text", "error", "reason"),
    [
        pytest.param("ASK {\n ?s ?p }", QuerySyntaxError, "line 2", id="syntax"),
        pytest.param(
            "ASK { FILTER(<http://no/function>(1)) }",
            QueryRefusedError,
            "http://no/function",
            id="unknown function",
        ),
    ],
)
def test_what_the_engine_raises_is_explained(
    store: Store, text: str, error: type[Exception], reason: str
) -> None:
    with pytest.raises(error, match=reason), explaining(text):
        evaluate(store, scan(text))
