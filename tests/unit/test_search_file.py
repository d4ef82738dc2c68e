"""The full-text index as a file: what a change does to it, and to its parent's."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from itertools import pairwise
from pathlib import Path

import pyoxigraph
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, DefaultGraph, Literal, Quad

from ssc_kg.errors import StoreError
from ssc_kg.mapping.texts import TextField
from ssc_kg.rdf.vocab import RDF
from ssc_kg.store.embedded import EmbeddedStore
from ssc_kg.store.search.file import is_index, make_index, update_index
from ssc_kg.store.search.index import SearchIndex
from tests.datasets import FOREIGN
from tests.texts import (
    FIELDS,
    MOTTO,
    NAME,
    QUOTED,
    SPEAKS_OF,
    is_a,
    node,
    quotes,
    says,
    store_of,
    texts_of,
    types_of,
)

NAMES, CLASSES = "abc", "ST"
QUOTES = ("q1", "q2", "q3")
TEXTS = ("Geneva", "genève", "smart city", "智慧城市", "\0", "")

texts = st.builds(
    says,
    st.sampled_from(NAMES),
    st.sampled_from([NAME, MOTTO]),
    st.sampled_from(TEXTS),
    st.sampled_from([None, "en", "fr"]),
)
classes = st.builds(is_a, st.sampled_from(NAMES), st.sampled_from(CLASSES))
quoted = st.builds(
    says, st.sampled_from(QUOTES), st.just(QUOTED), st.sampled_from(TEXTS)
)
links = st.builds(
    lambda quote, name: Quad(node(quote), SPEAKS_OF, node(name), DefaultGraph()),
    st.sampled_from(QUOTES),
    st.sampled_from(NAMES),
)
elsewhere = st.builds(
    lambda quad: Quad(quad.subject, quad.predicate, quad.object, FOREIGN), texts
)
states = st.lists(
    st.frozensets(texts | classes | quoted | links | elsewhere, max_size=15),
    min_size=2,
    max_size=4,
)


@given(states)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_an_index_that_was_updated_is_the_one_made_anew(
    tmp_path: Path, states: list[frozenset[Quad]]
) -> None:
    updated, made = tmp_path / "0", tmp_path / "made"
    make_index(updated, store_of(states[0]), FIELDS)
    for number, (before, after) in enumerate(pairwise(states), start=1):
        parent, updated = updated, tmp_path / str(number)
        store = store_of(after)
        added, removed = after - before, before - after
        update_index(updated, parent, store, FIELDS, added=added, removed=removed)
    make_index(made, store, FIELDS)
    assert texts_of(updated) == texts_of(made)
    assert types_of(updated) == types_of(made)
    for text in ("geneva", "smart", "c", "城市", "geneve city"):
        one, other = (SearchIndex(path, store, FIELDS) for path in (updated, made))
        assert one.all_hits(text) == other.all_hits(text)


def test_a_change_leaves_the_index_of_the_parent_as_it_was(tmp_path: Path) -> None:
    parent, path = tmp_path / "parent", tmp_path / "child"
    make_index(parent, store_of([says("a", NAME, "Old")]), FIELDS)
    before = parent.read_bytes()
    new = says("b", NAME, "New")
    store = store_of([new])
    old = says("a", NAME, "Old")
    update_index(path, parent, store, FIELDS, added=[new], removed=[old])
    assert parent.read_bytes() == before
    assert SearchIndex(parent, store, FIELDS).all_hits("old")
    assert not SearchIndex(path, store, FIELDS).all_hits("old")


def test_a_text_goes_when_the_last_quotation_with_it_does(tmp_path: Path) -> None:
    path = tmp_path / "0"
    first, second = quotes("q1", "the city", "a"), quotes("q2", "the city", "a")
    make_index(path, store_of(first), FIELDS)
    for number, (added, removed, rest, holders) in enumerate(
        [
            (second, [], [*first, *second], [2]),
            ([], first, second, [1]),
            ([], second, [], []),
        ],
        start=1,
    ):
        parent, path = path, tmp_path / str(number)
        store = store_of(rest)
        update_index(path, parent, store, FIELDS, added=added, removed=removed)
        rows = [(node("a").value, 2, "", "the city", 2, count) for count in holders]
        assert texts_of(path) == rows
    assert texts_of(path) == []
    assert types_of(path) == []


def test_what_is_no_text_of_a_node_with_an_iri_is_left_out(tmp_path: Path) -> None:
    quads = [
        Quad(BlankNode(), NAME, Literal("Geneva"), DefaultGraph()),
        Quad(node("a"), NAME, node("Geneva"), DefaultGraph()),
        Quad(node("a"), node("other"), Literal("Geneva"), DefaultGraph()),
        Quad(node("a"), NAME, Literal("Geneva"), FOREIGN),
        *quotes("q1", "Geneva"),
    ]
    make_index(tmp_path / "index", store_of(quads), FIELDS)
    assert texts_of(tmp_path / "index") == []


def test_the_same_graph_makes_the_same_file(tmp_path: Path) -> None:
    quads = [says(f"a{n}", NAME, f"Geneva {n}") for n in range(100)]
    make_index(tmp_path / "one", store_of(quads), FIELDS)
    make_index(tmp_path / "other", store_of(reversed(quads)), FIELDS)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "other").read_bytes()


def damage(path: Path) -> None:
    path.write_bytes(b"SQLite format 3\0" + path.read_bytes()[100:])


def damage_words(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE words_data SET block = zeroblob(8)")


def lose_a_row(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("DELETE FROM text")


def of_other_fields(path: Path) -> None:
    make_index(path, store_of(()), FIELDS[1:])


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(Path.unlink, id="none"),
        pytest.param(damage, id="a damaged one"),
        pytest.param(damage_words, id="one of damaged words"),
        pytest.param(lambda path: path.write_bytes(b""), id="an empty one"),
        pytest.param(lose_a_row, id="one without what is removed"),
        pytest.param(of_other_fields, id="one of other fields"),
    ],
)
def test_a_parent_whose_index_is_of_no_use_is_done_without(
    tmp_path: Path, spoil: Callable[[Path], None]
) -> None:
    parent, path, made = tmp_path / "parent", tmp_path / "child", tmp_path / "made"
    old, kept, new = (says(name, NAME, name) for name in ("old", "kept", "new"))
    make_index(parent, store_of([old, kept]), FIELDS)
    spoil(parent)
    store = store_of([kept, new])
    update_index(path, parent, store, FIELDS, added=[new], removed=[old])
    make_index(made, store, FIELDS)
    assert texts_of(path) == texts_of(made)


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param(FIELDS[:-1], id="fewer"),
        pytest.param(FIELDS[::-1], id="in another order"),
        pytest.param(
            (*FIELDS[:-1], TextField(QUOTED, kind="evidence", weight=1.0)),
            id="that find other nodes",
        ),
        pytest.param(
            (TextField(NAME, kind="label", weight=9.0, is_name=True), *FIELDS[1:]),
            id="of other weights",
        ),
    ],
)
def test_an_index_is_that_of_its_fields(
    tmp_path: Path, fields: tuple[TextField, ...]
) -> None:
    path = tmp_path / "index"
    make_index(path, store_of(()), FIELDS)
    assert is_index(path, FIELDS)
    assert not is_index(path, fields)


def test_a_node_has_the_classes_that_it_has_now(tmp_path: Path) -> None:
    paths = [tmp_path / str(number) for number in range(2)]
    name = says("a", NAME, "Geneva")
    make_index(paths[0], store_of([name, is_a("a", "S")]), FIELDS)
    added, removed = [is_a("a", "T"), is_a("b", "T")], [is_a("a", "S")]
    store = store_of([name, *added])
    update_index(paths[1], paths[0], store, FIELDS, added=added, removed=removed)
    assert types_of(paths[1]) == [(node("a").value, node("T").value)]
    index = SearchIndex(paths[1], store, FIELDS)
    assert index.all_hits("geneva", types=[node("T")])
    assert not index.all_hits("geneva", types=[node("S")])


def test_an_index_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="full-text index"):
        make_index(tmp_path / "missing" / "index", store_of(()), FIELDS)


def test_the_default_graph_alone_is_indexed(tmp_path: Path) -> None:
    store = pyoxigraph.Store()
    for graph in (DefaultGraph(), FOREIGN):
        store.add(Quad(node("a"), NAME, Literal("Geneva"), graph))
        store.add(Quad(node("a"), RDF.type, node("S"), graph))
    make_index(tmp_path / "index", EmbeddedStore(store), FIELDS)
    found = texts_of(tmp_path / "index"), types_of(tmp_path / "index")
    assert [len(rows) for rows in found] == [1, 1]
