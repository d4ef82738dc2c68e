"""Texts in several languages, asked of a schema of books."""

import pytest

from ssc_kg.engine.operation import Operation, Result
from ssc_kg.rdf.languages import read_languages
from tests.library import NAMESPACE, library, read, shelf

LIBRARY = library()
SHELF = """
:a a :Book ; :title "Town"@en, "Ville"@fr, "Stadt"@de ; :author :x .
:b a :Book ; :title "Zoo"@en, "Arche"@fr-CA, "Bau"@de ; :author :x, :y .
:c a :Book ; :title "Plain" .
:d a :Book ; :title "Hut"@de .
:e a :Book .
:x a :Author ; :motto "Onwards"@en, "En avant"@fr ; :alias "X"@en, "Iks"@fr, "Ix" .
:y a :Author ; :motto "Nur Deutsch"@de .
"""


def ask(query: str, languages: str = "", **variables: object) -> Result:
    accepted = read_languages(languages) if languages else ()
    operation = Operation(query, variables, languages=accepted)
    return LIBRARY.execute(operation, shelf(SHELF))


def titles(result: Result, name: str = "title") -> str:
    return " ".join(str(each) for each in read(result, f"books.nodes.{name}"))


@pytest.mark.parametrize(
    ("field", "shown"),
    [
        pytest.param("title", "Town Zoo Plain Hut None", id="no preference"),
        pytest.param('title(language: "fr")', "Ville Arche Plain Hut None", id="one"),
        pytest.param(
            'title(language: "it, de")', "Stadt Bau Plain Hut None", id="several"
        ),
        pytest.param(
            'title(language: "fr-CA, en;q=0.5")',
            "Ville Arche Plain Hut None",
            id="a range without its last subtag",
        ),
        pytest.param(
            'title(language: "de;q=0")', "Town Zoo Plain None None", id="excluded"
        ),
        pytest.param(
            'title(language: "fr, *;q=0")', "Ville Arche None None None", id="only"
        ),
        pytest.param("title(language: null)", "Town Zoo Plain Hut None", id="null"),
    ],
)
def test_a_text_is_shown_in_the_language_asked_for(field: str, shown: str) -> None:
    assert titles(ask(f"{{ books {{ nodes {{ {field} }} }} }}")) == shown


def test_an_operation_has_languages_of_its_own_and_a_field_may_ask_for_others() -> None:
    query = '{ books { nodes { title german: title(language: "de") } } }'
    result = ask(query, "fr")
    assert titles(result) == "Ville Arche Plain Hut None"
    assert titles(result, "german") == "Stadt Bau Plain Hut None"


@pytest.mark.parametrize("language", ["fr", "it", "de;q=0", "*;q=0", "en;q=0, fr;q=0"])
def test_a_required_text_is_never_null_whatever_the_language(language: str) -> None:
    query = "query ($in: String) { authors { nodes { motto(language: $in) } } }"
    result = ask(query, **{"in": language})
    assert not result.errors
    assert "Nur Deutsch" in read(result, "authors.nodes.motto")


def test_all_languages_are_shown_the_preferred_first() -> None:
    query = "{ books(first: 1) { nodes { titles { value language __typename } } } }"
    [first, *rest] = read(ask(query, "fr, de;q=0.5"), "books.nodes.titles")
    assert first == {
        "value": "Ville",
        "language": "fr",
        "__typename": "LocalizedString",
    }
    assert [each["language"] for each in rest if isinstance(each, dict)] == ["de", "en"]


def test_one_language_and_all_of_them_are_read_once() -> None:
    query = """{ books { nodes { title titles { value }
                 fr: titles(language: "fr") { value } } } }"""
    result = ask(query)
    [level] = result.levels
    assert level.sparql.count(f"<{NAMESPACE}title>") == 1
    assert read(result, "books.nodes.fr.value") == ["Ville", "Arche"]


def test_a_text_without_a_language_has_none() -> None:
    query = f'{{ book(id: "{NAMESPACE}c") {{ titles {{ value language }} }} }}'
    [text] = read(ask(query), "book.titles")
    assert text == {"value": "Plain", "language": None}


@pytest.mark.parametrize(
    ("argument", "shown"),
    [
        pytest.param("", ["X", "Ix", "Iks"], id="all"),
        pytest.param('(language: "fr, en;q=0.5")', ["Iks", "X"], id="two"),
        pytest.param('(language: "it")', [], id="none"),
        pytest.param('(language: "*, fr;q=0")', ["X", "Ix"], id="all but one"),
    ],
)
def test_a_list_shows_the_texts_in_some_languages(
    argument: str, shown: list[str]
) -> None:
    query = f"{{ authors(first: 1) {{ nodes {{ aliases{argument} }} }} }}"
    assert read(ask(query), "authors.nodes.aliases") == shown


@pytest.mark.parametrize(
    ("where", "letters"),
    [
        pytest.param('title: {contains: "ille", language: "fr"}', "a", id="a text"),
        pytest.param('title: {contains: "ille", language: "de"}', "", id="not there"),
        pytest.param('title: {language: "fr"}', "ab", id="has a language"),
        pytest.param(
            'authors: {some: {aliases: {some: {language: "fr", eq: "Iks"}}}}',
            "ab",
            id="a text of a list",
        ),
        pytest.param(
            'authors: {some: {aliases: {some: {language: "en", eq: "Iks"}}}}',
            "",
            id="a text of a list that is in another language",
        ),
    ],
)
def test_lists_are_filtered_by_texts_in_a_language(where: str, letters: str) -> None:
    result = ask(f"{{ books(where: {{ {where} }}) {{ nodes {{ id }} }} }}")
    assert "".join(str(iri)[-1] for iri in read(result, "books.nodes.id")) == letters


@pytest.mark.parametrize(
    ("languages", "shown"),
    [
        pytest.param("", "Hut Plain Town Zoo None", id="no preference"),
        pytest.param("fr", "Arche Hut Plain Ville None", id="French"),
        pytest.param("de", "Bau Hut Plain Stadt None", id="German"),
        pytest.param("fr, *;q=0", "Arche Ville None None None", id="only French"),
    ],
)
def test_a_list_is_ordered_by_what_is_shown(languages: str, shown: str) -> None:
    query = "{ books(orderBy: [{title: ASC}]) { nodes { title } } }"
    assert titles(ask(query, languages)) == shown


def test_a_list_goes_on_in_the_languages_in_which_it_was_begun() -> None:
    query = """query ($after: String) {
      books(first: 2, after: $after, orderBy: [{title: DESC}]) {
        nodes { title } pageInfo { endCursor hasNextPage } } }"""
    pages, after, languages = [], None, "de, en;q=0.5"
    while True:
        result = ask(query, languages, after=after)
        pages.append(titles(result))
        [info] = read(result, "books.pageInfo")
        assert isinstance(info, dict)
        after, languages = info["endCursor"], "fr"
        if not info["hasNextPage"]:
            break
    # Shown in French from the second page on, and in the German order to the end.
    assert pages == ["Stadt Plain", "Hut Arche", "None"]


def test_cursors_of_different_languages_are_not_those_of_one_list() -> None:
    query = "{ books(orderBy: [{title: ASC}]) { pageInfo { endCursor } } }"
    [french] = read(ask(query, "fr"), "books.pageInfo.endCursor")
    [german] = read(ask(query, "de"), "books.pageInfo.endCursor")
    between = """query ($a: String, $b: String) {
      books(after: $a, before: $b, orderBy: [{title: ASC}]) { totalCount } }"""
    assert not ask(between, a=french, b=french).errors
    [error] = ask(between, a=french, b=german).errors
    assert "is not a cursor of this connection in this order" in error.message


def test_a_cursor_of_an_order_without_texts_is_of_every_language() -> None:
    query = "{ books(orderBy: [{pages_: ASC}]) { pageInfo { endCursor } } }"
    assert ask(query, "fr").data == ask(query, "de").data


@pytest.mark.parametrize(
    ("selection", "column"),
    [
        pytest.param('title(language: "fr_FR")', 19, id="one text"),
        pytest.param('titles(language: "fr_FR") { value }', 19, id="every language"),
        pytest.param(
            'authors { nodes { aliases(language: "fr_FR") } }', 37, id="far below"
        ),
    ],
)
def test_what_is_no_language_is_an_error_at_its_field(
    selection: str, column: int
) -> None:
    query = f"{{ books {{ nodes {{ {selection} }} }} }}"
    result = ask(query)
    [error] = result.errors
    assert "language: 'fr_FR' is no list of languages" in error.message
    assert "(BCP 47)" in error.message
    assert error.extensions == {"code": "BAD_USER_INPUT"}
    assert error.path == ["books"]
    assert [place.column for place in error.locations or ()] == [column]
    assert not result.levels


def test_the_facts_are_those_in_the_language_that_is_shown() -> None:
    query = f'{{ book(id: "{NAMESPACE}a") {{ title }} }}'
    operation = Operation(query, languages=read_languages("fr"))
    facts = LIBRARY.facts(operation, shelf(SHELF)).facts
    assert [str(fact.object) for fact in facts] == ['"Ville"@fr']


@pytest.mark.parametrize(
    ("languages", "keys", "least"),
    [
        pytest.param("", ["Hut", "Plain", "Town", "Zoo", None], "Hut", id="none"),
        pytest.param("fr", ["Arche", "Hut", "Plain", "Ville", None], "Arche", id="one"),
        pytest.param("fr, *;q=0", ["Arche", "Ville", None], "Arche", id="only one"),
    ],
)
def test_groups_are_of_what_is_shown(
    languages: str, keys: list[str | None], least: str
) -> None:
    query = """{ booksAggregate(groupBy: [{title: ASC}]) { key { title } }
                 all: booksAggregate { title { min } } }"""
    result = ask(query, languages)
    assert read(result, "booksAggregate.key.title") == keys
    assert read(result, "all.title.min") == [least]


def test_introspection_beside_it_changes_nothing() -> None:
    selection = 'books { nodes { title(language: "fr") titles { value language } } }'
    plain = ask(f"{{ {selection} }}", "de").data
    mixed = ask(f"{{ {selection} __schema {{ __typename }} }}", "de").data
    assert plain is not None
    assert mixed == {**plain, "__schema": {"__typename": "__Schema"}}
