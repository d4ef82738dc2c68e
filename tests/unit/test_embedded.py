"""What the store in this process answers."""

import threading
from pathlib import Path

import pyoxigraph
import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, RdfFormat

from ssc_kg.errors import QuerySyntaxError, StoreError
from ssc_kg.store.embedded import EmbeddedStore
from tests.datasets import FOREIGN, SOURCE, quad


def make_store() -> EmbeddedStore:
    store = pyoxigraph.Store()
    store.extend([quad("a"), quad("b"), quad("b", FOREIGN), quad("c", DefaultGraph())])
    return EmbeddedStore(store)


def test_columns_come_in_the_order_of_the_text() -> None:
    table = make_store().select("SELECT ?z ?a { VALUES (?a ?z) { (1 2) (UNDEF 3) } }")
    assert table.variables == ("z", "a")
    assert [tuple(term and term.value for term in row) for row in table.rows] == [
        ("2", "1"),
        ("3", None),
    ]


def test_plain_patterns_read_the_default_graph_only() -> None:
    assert make_store().select("SELECT ?o { ?s ?p ?o }").rows == ((Literal("c"),),)


def test_rows_can_be_used_in_another_thread() -> None:
    rows = make_store().select("SELECT ?o { GRAPH ?g { ?s ?p ?o } }").rows
    seen: list[int] = []
    thread = threading.Thread(target=lambda: seen.append(len({row[0] for row in rows})))
    thread.start()
    thread.join(timeout=10)
    assert seen == [2]


def test_a_syntax_error_tells_its_line_and_column() -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        make_store().select("SELECT ?s {\n  ?s ?p ;\n}")
    assert (caught.value.line, caught.value.column) == (3, 1)
    assert caught.value.reason.startswith("expected")


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        pytest.param("ASK {}", "no rows", id="no SELECT"),
        pytest.param("SELECT (<http://f>(1) AS ?x) {}", "http://f", id="no function"),
    ],
)
def test_a_query_that_cannot_be_answered_is_an_error(query: str, reason: str) -> None:
    with pytest.raises(StoreError, match=reason):
        make_store().select(query)


@pytest.mark.parametrize(
    ("graph", "expected"),
    [
        pytest.param(DefaultGraph(), {"c"}, id="the default graph"),
        pytest.param(SOURCE, {"a", "b"}, id="a named graph"),
        pytest.param(None, {"a", "b", "c"}, id="all graphs"),
    ],
)
def test_match(graph: NamedNode | DefaultGraph | None, expected: set[str]) -> None:
    found = make_store().match(graph=graph)
    assert {
        quad.object.value for quad in found if isinstance(quad.object, Literal)
    } == (expected)


def test_graph_names_are_sorted() -> None:
    assert make_store().graph_names() == [FOREIGN, SOURCE]


def test_a_copy_has_every_graph() -> None:
    store = make_store()
    copy = store.copy()
    assert copy is not None
    assert set(copy.match(graph=None)) == set(store.match(graph=None))


def test_a_copy_that_is_no_longer_wanted_is_given_up() -> None:
    assert make_store().copy(is_wanted=lambda: False) is None


def test_a_directory_that_is_no_store_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=str(tmp_path)):
        EmbeddedStore.open(tmp_path)


def test_a_directory_is_read_without_being_changed(tmp_path: Path) -> None:
    path = tmp_path / "store"
    writable = pyoxigraph.Store(path)
    writable.load("<http://a> <http://b> 1 .", RdfFormat.TURTLE)
    writable.flush()
    del writable
    before = {file.name: file.stat().st_mtime_ns for file in path.iterdir()}
    assert len(EmbeddedStore.open(path).match()) == 1
    assert {file.name: file.stat().st_mtime_ns for file in path.iterdir()} == before
