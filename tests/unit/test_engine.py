"""What other GraphQL layers over RDF get wrong, asked of a schema of books."""

from typing import NoReturn

import pyoxigraph
import pytest
from graphql import GraphQLError

from ssc_kg.engine.operation import Operation
from ssc_kg.errors import StoreError
from ssc_kg.store.embedded import EmbeddedStore
from tests.library import NAMESPACE, ask, library, shelf

TWO_BOOKS = """
:a a :Book ; :title "A"@en ; :author :x, :y, :z ; :editor :x .
:b a :Book ; :title "B"@en ; :author :x ; :editor :x .
:x a :Author ; :name "X" . :y a :Author ; :name "Y" . :z a :Author ; :name "Z" .
"""


def test_a_page_is_per_parent() -> None:
    result = ask(
        "{ books { nodes { authors(first: 2) { nodes { name } } } } }", TWO_BOOKS
    )
    assert result.data == {
        "books": {
            "nodes": [
                {"authors": {"nodes": [{"name": "X"}, {"name": "Y"}]}},
                {"authors": {"nodes": [{"name": "X"}]}},
            ]
        }
    }


def test_a_total_is_per_parent_and_zero_for_a_childless_one() -> None:
    lone = TWO_BOOKS + ":c a :Book ; :editor :x ."
    result = ask("{ books { nodes { authors(first: 1) { totalCount } } } }", lone)
    counts = [3, 1, 0]
    assert result.data == {
        "books": {"nodes": [{"authors": {"totalCount": count}} for count in counts]}
    }
    assert len(result.levels) == 2


def test_a_missing_optional_value_never_drops_its_parent() -> None:
    result = ask("{ books { nodes { title price } } }", ":a a :Book ; :editor :x .")
    assert result.data == {"books": {"nodes": [{"title": None, "price": None}]}}


def test_several_languages_never_duplicate_a_parent() -> None:
    turtle = ':a a :Book ; :editor :x ; :title "Buch"@de, "Book"@en, "Livre"@fr .'
    result = ask("{ books { totalCount nodes { title } } }", turtle)
    assert result.data == {"books": {"totalCount": 1, "nodes": [{"title": "Book"}]}}


@pytest.mark.parametrize(
    ("titles", "chosen"),
    [
        pytest.param('"Book"@en, "Buch"@de', "Book", id="English first"),
        pytest.param('"Book", "Buch"@de', "Book", id="then none"),
        pytest.param('"Livre"@fr, "Buch"@de', "Buch", id="then by tag"),
        pytest.param('"Colour"@en-GB, "Farbe"', "Colour", id="English of any place"),
    ],
)
def test_a_text_is_shown_in_the_most_preferred_language(
    titles: str, chosen: str
) -> None:
    result = ask("{ books { nodes { title } } }", f":a a :Book ; :title {titles} .")
    assert result.data == {"books": {"nodes": [{"title": chosen}]}}


def test_nodes_with_equal_literals_never_merge() -> None:
    turtle = ':a a :Author ; :name "Same" . :b a :Author ; :name "Same" .'
    result = ask("{ authors { nodes { name } } }", turtle)
    assert result.data == {"authors": {"nodes": [{"name": "Same"}, {"name": "Same"}]}}


def test_a_node_reached_twice_stands_in_both_places() -> None:
    query = "{ books { nodes { authors { nodes { id name } } editor { id name } } } }"
    turtle = ':a a :Book ; :author :x ; :editor :x . :x a :Author ; :name "X" .'
    author = {"id": f"{NAMESPACE}x", "name": "X"}
    result = ask(query, turtle)
    assert result.data == {
        "books": {"nodes": [{"authors": {"nodes": [author]}, "editor": author}]}
    }


def test_sibling_lists_add_rows_and_do_not_multiply_them() -> None:
    tags = ", ".join(f'"tag {number}"' for number in range(12))
    authors = ", ".join(f":author{number}" for number in range(12))
    people = "".join(f':author{n} a :Author ; :name "{n}" . ' for n in range(12))
    sections = ", ".join(f":section{number}" for number in range(12))
    parts = "".join(f":section{number} a :Section . " for number in range(12))
    books = "".join(
        f":book{n} a :Book ; :tag {tags} ; :author {authors} ; :section {sections} ."
        for n in range(20)
    )
    query = """{ books { nodes { tags authors { nodes { name } }
                 sections { nodes { id } } } } }"""
    result = ask(query, books + people + parts)
    assert [level.rows for level in result.levels] == [20 * 13, 20 * 24]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('" . } # ', id="a quote and a brace"),
        pytest.param('\\" ?s ?p ?o', id="a backslash"),
        pytest.param("> } DROP ALL", id="an angle bracket"),
        pytest.param("line\nbreak", id="a newline"),
    ],
)
def test_an_argument_cannot_break_out_of_its_place(text: str) -> None:
    result = ask("query ($id: ID!) { item(id: $id) { id } }", TWO_BOOKS, id=text)
    assert result.data == {"item": None}
    [error] = result.errors
    assert error.extensions == {"code": "BAD_USER_INPUT"}
    assert not result.levels


def test_ten_thousand_parents_lose_nothing() -> None:
    size = 10_000
    turtle = "".join(
        f":b{number} a :Book ; :author :a{number} . "
        f':a{number} a :Author ; :name "{number}" . '
        for number in range(size)
    )
    engine, store = library(), shelf(turtle)
    query = """query ($after: String) { books(first: 1000, after: $after) {
      nodes { authors { nodes { name } } } pageInfo { hasNextPage endCursor } } }"""
    names: list[object] = []
    after: object = None
    while True:
        result = engine.execute(Operation(query, {"after": after}), store)
        assert result.data is not None
        match result.data["books"]:
            case {"nodes": list(nodes), "pageInfo": dict(info)}:
                names += nodes
            case other:
                pytest.fail(f"unexpected {other}")
        if not info["hasNextPage"]:
            break
        after = info["endCursor"]
    assert len(names) == size
    assert all(name != {"authors": {"nodes": []}} for name in names)


def test_pages_are_stable_and_complete_when_nodes_are_added_before_them() -> None:
    query = """query ($after: String) { authors(first: 2, after: $after) {
      nodes { name } pageInfo { endCursor hasNextPage } } }"""
    people = "".join(f':{name} a :Author ; :name "{name}" . ' for name in "mno")
    first = ask(query, people)
    assert first.data is not None
    match first.data["authors"]:
        case {"pageInfo": {"endCursor": cursor, "hasNextPage": True}}:
            pass
        case other:
            pytest.fail(f"unexpected {other}")
    second = ask(query, people + ':a a :Author ; :name "A" .', after=cursor)
    assert second.data == {
        "authors": {
            "nodes": [{"name": "o"}],
            "pageInfo": {"endCursor": _end(second.data), "hasNextPage": False},
        }
    }


def _end(data: object) -> object:
    match data:
        case {"authors": {"pageInfo": {"endCursor": cursor}}}:
            return cursor
        case other:
            pytest.fail(f"unexpected {other}")


def test_one_field_under_two_aliases_keeps_its_arguments_apart() -> None:
    query = """{ book(id: "http://library.example/a") {
      one: authors(first: 1) { nodes { name } }
      two: authors(first: 2) { nodes { name } } } }"""
    assert ask(query, TWO_BOOKS).data == {
        "book": {
            "one": {"nodes": [{"name": "X"}]},
            "two": {"nodes": [{"name": "X"}, {"name": "Y"}]},
        }
    }


def test_a_field_name_may_hold_an_underscore() -> None:
    turtle = ":a a :Book ; :editor :x ; :pages 12 ; :price 9.5 ; :inPrint true ."
    result = ask("{ books { nodes { pages_ price inPrint } } }", turtle)
    assert result.data == {
        "books": {"nodes": [{"pages_": 12, "price": 9.5, "inPrint": True}]}
    }


def test_a_node_of_two_types_appears_once_under_their_interface() -> None:
    turtle = ":a a :Book, :Film ; :minutes 90 ; :editor :x ."
    result = ask("{ works { totalCount nodes { id __typename } } }", turtle)
    assert result.data == {
        "works": {
            "totalCount": 1,
            "nodes": [{"id": f"{NAMESPACE}a", "__typename": "Book"}],
        }
    }


def test_cycles_are_followed_as_far_as_was_asked() -> None:
    turtle = ":a a :Book ; :sequel :b . :b a :Book ; :sequel :a ."
    query = '{ book(id: "http://library.example/a") { sequel { sequel { id } } } }'
    assert ask(query, turtle).data == {
        "book": {"sequel": {"sequel": {"id": f"{NAMESPACE}a"}}}
    }


def test_a_total_alone_fetches_no_nodes() -> None:
    result = ask("{ books { totalCount } }", TWO_BOOKS)
    assert result.data == {"books": {"totalCount": 2}}
    assert [level.rows for level in result.levels] == [1]


def test_directives_and_variables_decide_what_is_read() -> None:
    query = """query ($with: Boolean!) { books(first: 1) {
      nodes { id @skip(if: $with) title @include(if: $with) } } }"""
    assert ask(query, TWO_BOOKS, **{"with": True}).data == {
        "books": {"nodes": [{"title": "A"}]}
    }
    assert ask(query, TWO_BOOKS, **{"with": False}).data == {
        "books": {"nodes": [{"id": f"{NAMESPACE}a"}]}
    }


def test_selections_under_one_key_are_merged() -> None:
    query = """{ books(first: 1) { nodes { editor { id } ...More } } }
      fragment More on Book { editor { name } }"""
    result = ask(query, TWO_BOOKS)
    assert result.data == {
        "books": {"nodes": [{"editor": {"id": f"{NAMESPACE}x", "name": "X"}}]}
    }
    assert len(result.levels) == 2


def test_a_fragment_keeps_its_type_condition() -> None:
    turtle = (
        ':a a :Book ; :title "A"@en ; :editor :x . '
        ':f a :Film ; :title "F"@en ; :minutes 90 .'
    )
    query = "{ works { nodes { ... on Film { minutes } title ... on Book { id } } } }"
    assert ask(query, turtle).data == {
        "works": {
            "nodes": [
                {"title": "A", "id": f"{NAMESPACE}a"},
                {"minutes": 90, "title": "F"},
            ]
        }
    }


def test_nested_double_spreads_are_read_once() -> None:
    fragments = "".join(
        f"fragment F{n} on Book {{ ...F{n + 1} ...F{n + 1} }} " for n in range(10)
    )
    query = (
        f"{{ books {{ nodes {{ ...F0 }} }} }} {fragments} fragment F10 on Book {{ id }}"
    )
    result = ask(query, TWO_BOOKS)
    assert result.data is not None


def test_a_required_value_that_is_missing_nulls_the_nearest_nullable_place() -> None:
    turtle = ":a a :Book ; :sequel :b . :b a :Book ."
    query = '{ book(id: "http://library.example/a") { id sequel { editor { name } } } }'
    result = ask(query, turtle)
    assert result.data == {"book": {"id": f"{NAMESPACE}a", "sequel": None}}
    [error] = result.errors
    assert error.path == ["book", "sequel", "editor"]
    assert error.message == "Cannot return null for non-nullable field Book.editor."


def test_a_null_that_reaches_the_root_leaves_no_data() -> None:
    result = ask("{ works { nodes { ... on Film { minutes } } } }", ":f a :Film .")
    assert result.body()["data"] is None
    assert [error.path for error in result.errors] == [["works", "nodes", 0, "minutes"]]


@pytest.mark.parametrize(
    ("field", "value", "word"),
    [
        pytest.param("pages_", ':pages "many"', "many", id="a word"),
        pytest.param("pages_", ":pages 3000000000", "3000000000", id="33 bits"),
        pytest.param("pages_", ':pages "1_0"', "1_0", id="what only Python reads"),
        pytest.param(
            "price",
            ':price "NaN"^^<http://www.w3.org/2001/XMLSchema#double>',
            "NaN",
            id="no number",
        ),
        pytest.param("inPrint", ':inPrint "yes"', "yes", id="no truth"),
    ],
)
def test_a_literal_of_the_wrong_type_is_an_error_and_not_a_guess(
    field: str, value: str, word: str
) -> None:
    turtle = f":a a :Book ; :editor :x ; {value} ."
    result = ask(f"{{ books {{ nodes {{ {field} }} }} }}", turtle)
    assert result.data == {"books": {"nodes": [{field: None}]}}
    [error] = result.errors
    assert error.path == ["books", "nodes", 0, field]
    assert word in error.message


def test_a_field_is_required_where_the_type_of_the_node_says_so() -> None:
    query = '{ item(id: "http://library.example/a") { id ... on Work { label } } }'
    result = ask(query, ":a a :Film ; :minutes 1 .")
    assert result.data == {"item": None}
    [error] = result.errors
    assert error.message == "Cannot return null for non-nullable field Film.label."
    book = ask(query, ":a a :Book .")
    assert book.data == {"item": {"id": f"{NAMESPACE}a", "label": None}}


def test_a_blank_node_is_not_shown() -> None:
    turtle = ":a a :Book ; :author [ a :Author ; :name 'B' ], :x . :x a :Author ."
    query = "{ books { nodes { authors { nodes { id works { totalCount } } } } } }"
    author = {"id": f"{NAMESPACE}x", "works": {"totalCount": 1}}
    assert ask(query, turtle).data == {
        "books": {"nodes": [{"authors": {"nodes": [author]}}]}
    }


def test_an_untyped_link_target_is_not_shown() -> None:
    turtle = """:a a :Book ; :author :x, :nobody ; :editor :nobody .
      :x a :Author ; :name "X" ."""
    result = ask(
        "{ books { nodes { authors { totalCount nodes { name } } } } }", turtle
    )
    assert result.data == {
        "books": {"nodes": [{"authors": {"totalCount": 1, "nodes": [{"name": "X"}]}}]}
    }


@pytest.mark.parametrize(
    ("query", "code"),
    [
        pytest.param("{ books { nope } }", "GRAPHQL_VALIDATION_FAILED", id="field"),
        pytest.param("{ books {", "GRAPHQL_PARSE_FAILED", id="syntax"),
        pytest.param(
            "query ($n: Int!) { books(first: $n) { totalCount } }",
            "BAD_USER_INPUT",
            id="missing variable",
        ),
        pytest.param(
            "query A { __typename } query B { __typename }",
            "OPERATION_RESOLUTION_FAILURE",
            id="which operation",
        ),
        pytest.param("mutation { x }", "GRAPHQL_VALIDATION_FAILED", id="mutation"),
    ],
)
def test_an_operation_that_cannot_run_says_why(query: str, code: str) -> None:
    result = ask(query, TWO_BOOKS)
    assert not result.is_executed
    assert "data" not in result.body()
    assert {(error.extensions or {})["code"] for error in result.errors} == {code}


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param("first: -1", id="negative"),
        pytest.param('after: "nonsense"', id="no cursor"),
        pytest.param('after: "eGh0dHA6Ly9saWJyYXJ5LmV4YW1wbGUvYQ"', id="other order"),
    ],
)
def test_a_page_that_cannot_be_is_refused(arguments: str) -> None:
    result = ask(f"{{ books({arguments}) {{ totalCount }} __typename }}", TWO_BOOKS)
    assert result.data is None
    [error] = result.errors
    assert error.path == ["books"]
    assert error.extensions == {"code": "BAD_USER_INPUT"}
    assert not result.levels


@pytest.mark.parametrize(
    "query",
    [
        pytest.param("item(id: $x) { id }", id="argument"),
        pytest.param('book(id: "http://e.example/") { id @skip(if: $x) }', id="skip"),
        pytest.param("__schema { __typename } item(id: $x) { id }", id="mixed"),
    ],
)
def test_a_null_where_a_default_made_it_valid_is_refused(query: str) -> None:
    type_ = "Boolean = true" if "@skip" in query else 'ID = "http://e.example/"'
    result = ask(f"query ($x: {type_}) {{ {query} }}", TWO_BOOKS, x=None)
    assert not result.is_executed
    [error] = result.errors
    assert error.extensions == {"code": "BAD_USER_INPUT"}
    assert "$x" in error.message


@pytest.mark.parametrize("beside", ["", "__schema { __typename }"])
def test_an_operation_of_too_many_links_is_refused_before_it_is_run(
    beside: str,
) -> None:
    links = " ".join(f"a{n}: authors {{ totalCount }}" for n in range(200))
    result = ask(f"{{ {beside} books {{ nodes {{ {links} }} }} }}", TWO_BOOKS)
    assert result.data is None
    assert result.levels == ()
    [error] = result.errors
    assert (error.extensions or {})["code"] == "OPERATION_TOO_LARGE"
    assert "more than 200 lists and links" in error.message


def test_an_answer_that_shows_too_many_nodes_is_refused() -> None:
    size = 50
    books = "".join(
        f":b{n} a :Book ; :author {', '.join(f':a{m}' for m in range(size))} . "
        for n in range(size)
    )
    people = "".join(f':a{n} a :Author ; :name "{n}" . ' for n in range(size))
    query = """{ books { nodes { authors { nodes { works { nodes { id
      ... on Book { authors { nodes { id } } } } } } } } } }"""
    result = ask(query, books + people)
    assert not result.is_executed
    [error] = result.errors
    assert (error.extensions or {})["code"] == "OPERATION_TOO_LARGE"
    assert "more than 100000 nodes in its answer" in error.message


def test_many_root_fields_beside_introspection_are_one_query_for_each_level() -> None:
    roots = " ".join(f"a{n}: books {{ nodes {{ editor {{ id }} }} }}" for n in range(9))
    result = ask(f"{{ __schema {{ __typename }} {roots} }}", TWO_BOOKS)
    assert result.errors == ()
    assert len(result.levels) == 2


@pytest.mark.parametrize("beside", ["", "__schema { __typename }"])
def test_a_store_that_cannot_answer_is_an_error_on_both_paths(beside: str) -> None:
    class Broken(EmbeddedStore):
        def select_cells(self, query: str) -> NoReturn:
            msg = f"no answer to {len(query)} characters"
            raise StoreError(msg)

    operation = Operation(f"{{ {beside} books {{ totalCount }} }}")
    with pytest.raises(StoreError, match="no answer"):
        library().execute(operation, Broken(pyoxigraph.Store()))


def test_introspection_beside_data_is_answered_in_one_operation() -> None:
    query = """query ($n: Int!) { __schema { queryType { name } }
      books(first: $n) { nodes { ...Kind authors { nodes { name } } } } }
      fragment Kind on Work { __typename title }"""
    plain = query.replace("__schema { queryType { name } }", "")
    mixed, compiled = ask(query, TWO_BOOKS, n=1), ask(plain, TWO_BOOKS, n=1)
    assert mixed.data is not None
    assert mixed.data.pop("__schema") == {"queryType": {"name": "Query"}}
    assert mixed.data == compiled.data
    assert [level.sparql for level in mixed.levels] == [
        level.sparql for level in compiled.levels
    ]


def test_both_paths_report_the_same_errors() -> None:
    turtle = ':a a :Book ; :pages "many" ; :sequel :b . :b a :Book .'
    query = "{ books { nodes { pages_ sequel { editor { name } } } } }"
    compiled = ask(query, turtle)
    mixed = ask(query.replace("{ books", "{ __schema { __typename } books"), turtle)
    assert mixed.data is not None
    mixed.data.pop("__schema")
    assert mixed.data == compiled.data
    assert _messages(mixed.errors) == _messages(compiled.errors)


def _messages(errors: tuple[GraphQLError, ...]) -> list[tuple[str, str, object]]:
    return sorted(
        (str(error.path), error.message, (error.extensions or {})["code"])
        for error in errors
    )
