"""Transitive fields and look-ups of several nodes, asked of a schema of books."""

import pytest

from tests.library import NAMESPACE, ask, read

SERIES = """
:a a :Book ; :editor :x ; :sequel :b . :b a :Book ; :editor :x ; :sequel :c .
:c a :Book ; :editor :y ; :sequel :d ; :author :y . :d a :Book ; :editor :x .
:x a :Author ; :name "X" . :y a :Author ; :name "Y" .
"""


def letters(query: str, path: str, turtle: str = SERIES) -> str:
    return "".join(str(iri)[-1] for iri in read(ask(query, turtle), path))


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        pytest.param("", "bcd", id="all there are"),
        pytest.param("(depth: 1)", "b", id="one step"),
        pytest.param("(depth: 2)", "bc", id="two steps"),
        pytest.param("(depth: 20)", "bcd", id="more than there are"),
        pytest.param("(last: 1)", "d", id="paged"),
        pytest.param("(depth: 2, last: 1)", "c", id="limited and paged"),
        pytest.param('(where: {editor: {name: {eq: "Y"}}})', "c", id="filtered"),
        pytest.param("(orderBy: [{id: DESC}])", "dcb", id="ordered"),
    ],
)
def test_a_transitive_field_follows_step_after_step(
    arguments: str, expected: str
) -> None:
    query = (
        f'{{ book(id: "{NAMESPACE}a") {{ sequels{arguments} {{ nodes {{ id }} }} }} }}'
    )
    assert letters(query, "book.sequels.nodes.id") == expected


def test_a_node_reached_in_two_ways_is_there_and_counted_once() -> None:
    query = f"""
    {{ book(id: "{NAMESPACE}a") {{ sequels {{ totalCount nodes {{ id }} }} }} }}
    """
    twice = SERIES + ":a :sequel :c ."
    assert letters(query, "book.sequels.nodes.id", twice) == "bcd"
    assert read(ask(query, twice), "book.sequels.totalCount") == [3]


def test_a_cycle_ends() -> None:
    query = "{ books { nodes { sequels { nodes { id } } } } }"
    circle = SERIES + ":d :sequel :a ."
    assert letters(query, "books.nodes.sequels.nodes.id", circle) == "abcd" * 4


def test_a_dense_graph_costs_its_size_and_not_the_number_of_its_ways() -> None:
    names = "abcdefghijkl"
    links = "".join(
        f":{n} :sequel {', '.join(f':{o}' for o in names)} ." for n in names
    )
    books = "".join(f":{name} a :Book ; :editor :x ." for name in names)
    query = "{ books { nodes { sequels(depth: 20) { totalCount } } } }"
    counts = read(ask(query, links + books), "books.nodes.sequels.totalCount")
    assert counts == [len(names)] * len(names)


def test_several_properties_are_followed_backwards_from_all_parents_at_once() -> None:
    result = ask("{ authors { nodes { involvedIn { nodes { id } } } } }", SERIES)
    assert len(result.levels) == 2
    iris = read(result, "authors.nodes.involvedIn.nodes.id")
    assert "".join(str(iri)[-1] for iri in iris) == "abdc"


def test_what_a_transitive_field_leads_to_can_be_a_condition() -> None:
    where = f'{{sequels: {{some: {{id: {{eq: "{NAMESPACE}d"}}}}}}}}'
    query = f"{{ books(where: {where}) {{ nodes {{ id }} }} }}"
    assert letters(query, "books.nodes.id") == "abc"
    query = "{ books(where: {sequels: {none: {}}}) { nodes { id } } }"
    assert letters(query, "books.nodes.id") == "d"


@pytest.mark.parametrize("depth", [0, -1, 21])
def test_a_depth_that_is_none_is_refused_with_a_reason(depth: int) -> None:
    query = f"{{ books {{ nodes {{ sequels(depth: {depth}) {{ totalCount }} }} }} }}"
    [error] = ask(query, SERIES).errors
    assert f"depth: {depth} is not a number of steps" in error.message


def test_nodes_come_in_the_order_of_their_ids_each_as_often_as_named() -> None:
    ids = [f"{NAMESPACE}{letter}" for letter in "bzab"]
    query = (
        "query ($ids: [ID!]!) { items(ids: $ids) { id ... on Book { sequel { id } } } }"
    )
    result = ask(query, SERIES, ids=ids)
    found = [
        {"id": f"{NAMESPACE}{one}", "sequel": {"id": f"{NAMESPACE}{next_}"}}
        for one, next_ in ("bc", "ab")
    ]
    assert result.data == {"items": [found[0], None, found[1], found[0]]}
    assert len(result.levels) == 2


def test_too_many_ids_are_refused() -> None:
    query = "query ($ids: [ID!]!) { items(ids: $ids) { id } }"
    [error] = ask(query, SERIES, ids=[f"{NAMESPACE}a"] * 1001).errors
    assert "1000 nodes named by `ids`" in error.message


def test_an_id_that_is_no_iri_is_refused() -> None:
    [error] = ask('{ items(ids: ["a b"]) { id } }', SERIES).errors
    assert error.message == "'a b' is not an absolute IRI"
    assert error.path == ["items"]


def test_a_required_value_that_is_missing_nulls_its_node_alone() -> None:
    query = "query ($ids: [ID!]!) { items(ids: $ids) { ... on Film { minutes } } }"
    ids = [f"{NAMESPACE}a", f"{NAMESPACE}f"]
    result = ask(query, SERIES + ":f a :Film ; :label 'f' .", ids=ids)
    assert result.data == {"items": [{}, None]}
    [error] = result.errors
    assert error.path == ["items", 1, "minutes"]
