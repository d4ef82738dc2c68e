"""The facts that an answer shows, asked of a schema of books."""

import pytest

from ssc_kg.engine.operation import Operation, Result
from ssc_kg.engine.trace import Phase
from ssc_kg.formats.table import TURTLE
from ssc_kg.formats.write import write_graph
from tests.library import NAMESPACE, library, shelf

SHELF = """
:a a :Book ; :title "Book"@en, "Buch"@de ; :label "A" ; :pages 12 ; :tag "t", "u"@fr ;
   :author :x, :y ; :editor :x ; :sequel :b ; :price 9.5 .
:b a :Book ; :title "Sequel"@en ; :author :x ; :tag "v" .
:f a :Film ; :label "F" ; :minutes 90 ; :author :x .
:x a :Author ; :name "X" . :y a :Author ; :name "Y" .
"""


def tell(query: str, turtle: str = SHELF, **variables: object) -> Result:
    return library().facts(Operation(query, variables), shelf(turtle))


def written(result: Result) -> str:
    """Return the facts a line each, with the names of the library only."""
    lines = sorted(map(str, result.facts))
    return (
        "\n".join(lines)
        .replace(f"<{NAMESPACE}", "<")
        .replace("<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>", "a")
        .replace("http://www.w3.org/2001/XMLSchema#", "xsd:")
    )


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        pytest.param(
            "{ book(id: $a) { title } }",
            '<a> <title> "Book"@en',
            id="only the language that is shown",
        ),
        pytest.param(
            "{ book(id: $a) { pages_ price } }",
            '<a> <pages> "12"^^<xsd:integer>\n<a> <price> "9.5"^^<xsd:decimal>',
            id="terms with their types",
        ),
        pytest.param(
            "{ book(id: $a) { tags } }",
            '<a> <tag> "t"\n<a> <tag> "u"@fr',
            id="every value of a list",
        ),
        pytest.param(
            "{ book(id: $a) { id sequel { id } } }",
            "<a> <sequel> <b>",
            id="a link to one node",
        ),
        pytest.param(
            "{ book(id: $a) { authors(first: 1) { nodes { id } } } }",
            "<a> <author> <x>",
            id="a list, no further than its page",
        ),
        pytest.param(
            "{ book(id: $a) { authors { edges { node { id } } } } }",
            "<a> <author> <x>\n<a> <author> <y>",
            id="the nodes of edges",
        ),
        pytest.param(
            "{ authors(first: 1) { nodes { works { nodes { __typename } } } } }",
            "<a> <author> <x>\n<a> a <Book>\n<b> <author> <x>\n<b> a <Book>\n"
            "<f> <author> <x>\n<f> a <Film>",
            id="a link followed backwards, as it is stated",
        ),
        pytest.param(
            "{ works { nodes { ... on Film { label } } } }",
            '<f> <label> "F"',
            id="what a fragment asks of one type only",
        ),
        pytest.param(
            "{ book(id: $a) { kind: __typename label @skip(if: true) } }",
            "<a> a <Book>",
            id="a type under an alias, and nothing that is skipped",
        ),
        pytest.param(
            "{ book(id: $a) { label other: label } again: item(id: $a) "
            "{ ... on Book { label } } }",
            '<a> <label> "A"',
            id="once, however often it is shown",
        ),
        pytest.param(
            "{ books { totalCount __typename pageInfo { endCursor } edges { cursor } "
            "nodes { id } } book(id: $a) { id authors { totalCount } } __typename }",
            "",
            id="nothing of ids, counts, cursors and pages",
        ),
        pytest.param(
            "{ __schema { queryType { name } } book(id: $a) { label } }",
            '<a> <label> "A"',
            id="what is mapped of a mixed operation",
        ),
    ],
)
def test_facts_are_exactly_what_the_answer_shows(query: str, expected: str) -> None:
    text = query.replace("$a", f'"{NAMESPACE}a"')
    result = tell(text)
    assert not result.errors
    assert written(result) == expected


def test_what_a_missing_value_takes_along_is_not_told() -> None:
    query = "{ book(id: $id) { label sequel { label editor { name } } } }"
    text = query.replace("$id", f'"{NAMESPACE}a"')
    result = tell(text, SHELF + ':b :label "B" .')
    assert result.data == {"book": {"label": "A", "sequel": None}}
    assert len(result.errors) == 1
    assert written(result) == '<a> <label> "A"'


def test_what_was_told_elsewhere_stays_when_a_place_is_null() -> None:
    query = "{ one: book(id: $a) { label } two: book(id: $a) { label sequel { label } "
    text = f"{query}editor {{ id }} }} }}".replace("$a", f'"{NAMESPACE}a"')
    result = tell(text, SHELF.replace(":editor :x ;", ""))
    assert result.data == {"one": {"label": "A"}, "two": None}
    assert written(result) == '<a> <label> "A"'


def test_an_answer_that_is_null_tells_nothing() -> None:
    result = tell("{ books { nodes { label editor { name } } } }")
    assert result.data is None
    assert result.facts == frozenset()


def test_of_two_terms_with_one_text_always_the_same_is_told() -> None:
    for pages in ('12, "12"', '"12", 12'):
        result = tell(
            "{ books { nodes { pages_ } } }", f":a a :Book ; :pages {pages} ."
        )
        assert written(result) == '<a> <pages> "12"'


def test_an_unreadable_value_is_an_error_and_no_fact() -> None:
    result = tell(
        "{ books { nodes { label pages_ } } }",
        ':a a :Book ; :label "A" ; :pages "many" .',
    )
    assert len(result.errors) == 1
    assert written(result) == '<a> <label> "A"'


def test_an_operation_that_is_refused_tells_nothing() -> None:
    result = tell("{ nope }")
    assert not result.is_executed
    assert result.facts == frozenset()


def test_facts_are_told_only_if_they_are_asked_for() -> None:
    operation = Operation("{ books { nodes { label } } }")
    engine, store = library(), shelf(SHELF)
    assert engine.execute(operation, store).facts == frozenset()
    assert engine.execute(operation, store).data == engine.facts(operation, store).data


def test_facts_are_written_the_same_each_time() -> None:
    query = "{ works { nodes { __typename title authors { nodes { name } } } } }"
    texts = {b"".join(write_graph(tell(query).facts, TURTLE)) for _ in range(3)}
    assert len(texts) == 1


def test_each_phase_that_was_reached_has_its_seconds() -> None:
    assert list(tell("{ books { totalCount } }").seconds) == list(Phase)
    assert list(tell("{ nope }").seconds) == [Phase.READ]
