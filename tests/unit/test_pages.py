"""Orders and pages from both ends, asked of a schema of books."""

import pytest

from ssc_kg.compiler.json import JsonObject
from ssc_kg.engine.operation import Operation
from tests.library import ask, library, read, shelf

SHELF = """
:a a :Book ; :title "m"@en ; :pages 9 ; :editor :y ; :inPrint true .
:b a :Book ; :title "é"@en, "a"@fr ; :pages 10 ; :editor :x .
:c a :Book ; :title "Z"@en ; :editor :x ; :inPrint false .
:d a :Book ; :title "m"@en ; :pages 10 ; :editor :x ; :sequel :b .
:e a :Book ; :pages -1 ; :inPrint "1" ; :editor :y ; :sequel :a .
:x a :Author ; :name "X" . :y a :Author ; :name "Y" .
"""
LISTED = "totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor }"
ORDERS = [
    pytest.param("", "abcde", id="by IRI"),
    pytest.param("{title: ASC}", "cadbe", id="shown text, by code point"),
    pytest.param("{title: DESC}", "badce", id="nulls last also when descending"),
    pytest.param("{title: ASC_NULLS_FIRST}", "ecadb", id="nulls first"),
    pytest.param("{pages_: ASC}", "eabdc", id="numbers as numbers"),
    pytest.param("{pages_: DESC_NULLS_FIRST}", "cbdae", id="nulls first, descending"),
    pytest.param("{pages_: DESC}, {title: ASC}", "dbaec", id="two keys"),
    pytest.param("{inPrint: ASC}", "caebd", id="truth values, false first"),
    pytest.param("{inPrint: DESC_NULLS_FIRST}", "bdaec", id="truth values, descending"),
    pytest.param("{editor: {name: DESC}}", "aebcd", id="a link"),
    pytest.param("{sequel: {title: ASC}}", "edabc", id="a link that may be absent"),
    pytest.param(
        "{sequel: {editor: {name: DESC}}}, {id: DESC}", "edcba", id="two links"
    ),
    pytest.param("{id: DESC}", "edcba", id="the IRI itself"),
]


def page(arguments: str, turtle: str = SHELF) -> tuple[str, JsonObject]:
    """Return the last letters of the IRIs of a page, and where it stands."""
    query = f"{{ books({arguments}) {{ nodes {{ id }} {LISTED} }} }}"
    result = ask(query, turtle)
    [info] = read(result, "books.pageInfo")
    assert isinstance(info, dict)
    return "".join(str(iri)[-1] for iri in read(result, "books.nodes.id")), info


@pytest.mark.parametrize(("order", "letters"), ORDERS)
def test_nodes_stand_in_the_order_asked_for(order: str, letters: str) -> None:
    assert page(f"first: 10, orderBy: [{order}]")[0] == letters


@pytest.mark.parametrize("size", [1, 2, 3, 5])
@pytest.mark.parametrize(("order", "letters"), ORDERS)
def test_pages_forwards_and_backwards_are_the_whole(
    order: str, letters: str, size: int
) -> None:
    forwards, info = page(f"first: {size}, orderBy: [{order}]")
    while info["hasNextPage"]:
        after = info["endCursor"]
        more, info = page(f'first: {size}, after: "{after}", orderBy: [{order}]')
        forwards += more
    assert forwards == letters
    backwards, info = page(f"last: {size}, orderBy: [{order}]")
    while info["hasPreviousPage"]:
        before = info["startCursor"]
        more, info = page(f'last: {size}, before: "{before}", orderBy: [{order}]')
        backwards = more + backwards
    assert backwards == letters


def test_a_cursor_survives_what_is_added_and_removed() -> None:
    _, info = page("first: 2, orderBy: [{pages_: ASC}]")
    after = f'first: 2, orderBy: [{{pages_: ASC}}], after: "{info["endCursor"]}"'
    assert page(after)[0] == "bd"
    without = SHELF.replace(":a a :Book", ":a a :Film")
    more = without + ":f a :Book ; :pages 9.5 ; :editor :x . "
    assert page(after, more)[0] == "fb"


def test_a_range_between_two_cursors_is_paged_from_either_end() -> None:
    cursors = []
    for letter in "ad":
        where = f'where: {{id: {{eq: "http://library.example/{letter}"}}}}'
        cursors.append(page(where)[1]["startCursor"])
    between = f'after: "{cursors[0]}", before: "{cursors[1]}"'
    assert page(between)[0] == "bc"
    assert page(f"{between}, first: 1")[0] == "b"
    found, info = page(f"{between}, last: 1")
    assert found == "c"
    assert (info["hasPreviousPage"], info["hasNextPage"]) == (True, True)


def test_a_page_of_nothing_has_no_ends() -> None:
    for name in ("first", "last"):
        found, info = page(f"{name}: 0")
        assert found == ""
        assert (info["startCursor"], info["endCursor"]) == (None, None)


def test_an_order_is_per_parent_in_one_query_for_all_parents() -> None:
    query = """
    { authors { nodes { name works(last: 2, orderBy: [{title: DESC}]) {
      edges { cursor node { title } } pageInfo { hasPreviousPage } } } } }
    """
    turtle = SHELF.replace(":editor", ":author")
    result = library().execute(Operation(query), shelf(turtle))
    assert len(result.levels) == 2
    titles = read(result, "authors.nodes.works.edges.node.title")
    assert titles == ["m", "Z", "m", None]


def test_cursors_of_a_page_differ() -> None:
    query = "{ books(orderBy: [{title: ASC}]) { edges { cursor } } }"
    cursors = read(ask(query, SHELF), "books.edges.cursor")
    assert len(set(map(str, cursors))) == 5


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        pytest.param("first: 1, last: 1", "not both", id="both ends"),
        pytest.param("last: -1", "0 to 1000", id="negative"),
        pytest.param('before: "x"', "before: 'x' is not a cursor", id="no cursor"),
        pytest.param(
            f"orderBy: [{', '.join(['{id: ASC}'] * 9)}]", "at most 8", id="keys"
        ),
    ],
)
def test_what_is_no_page_is_refused_with_a_reason(arguments: str, words: str) -> None:
    result = ask(f"{{ books({arguments}) {{ totalCount }} }}", SHELF)
    [error] = result.errors
    assert words in error.message
    assert error.path == ["books"]
