"""Mapped fields below resolvers that the mapping does not cover."""

import asyncio
from collections.abc import AsyncGenerator
from typing import Annotated

import pytest
import strawberry
from graphql import OperationType

from ssc_kg.compiler.plan import Plan
from ssc_kg.engine.connections import Connection, connection, lookup
from ssc_kg.engine.execute import Execution, execute
from ssc_kg.engine.operation import Operation, Result
from ssc_kg.engine.references import reference
from ssc_kg.engine.resolve import Context
from ssc_kg.engine.schema import build_engine
from ssc_kg.errors import MappingError
from ssc_kg.mapping.declare import Instances, Lookup
from ssc_kg.rdf.languages import read_languages
from ssc_kg.store.protocol import Store
from tests.library import NAMESPACE, Author, Book, Film, Item, shelf

SHELF = shelf("""
:a a :Book ; :title "A"@en, "Ä"@de ; :pages "many" ; :author :x, :y ; :editor :x .
:b a :Book ; :title "B" ; :sequel :a .
:f a :Film ; :label "F" ; :minutes 90 .
:x a :Author ; :name "X" . :y a :Author ; :name "Y" .
""")


@strawberry.type
class Loan:
    days: int
    book: Book
    others: list[Item | None]


def lend(book: str, days: int) -> Loan:
    others = [reference(Item, NAMESPACE + name) for name in ("f", "nothing", "x")]
    return Loan(days=days, book=reference(Book, NAMESPACE + book), others=[*others])


@strawberry.type
class Query:
    item: Annotated[Item | None, Lookup()] = lookup()
    books: Annotated[Connection[Book], Instances()] = connection()
    authors: Annotated[Connection[Author], Instances()] = connection()

    @strawberry.field
    def newest(self) -> Book | None:
        return reference(Book, NAMESPACE + "a")

    @strawberry.field
    def loan(self, book: str = "a") -> Loan:
        return lend(book, 1)

    @strawberry.field
    def nothing(self) -> list[Book]:
        return []

    @strawberry.field
    def unreadable(self) -> Book | None:
        return reference(Book, "a b")


@strawberry.type
class Mutation:
    @strawberry.mutation
    def lend(self, info: strawberry.Info[Context[int], None], book: str) -> Loan:
        return lend(book, info.context.own)


@strawberry.type
class Subscription:
    @strawberry.subscription
    async def arrived(
        self, info: strawberry.Info[Context[list[str]], None]
    ) -> AsyncGenerator[Item]:
        for name in info.context.own:
            yield reference(Item, NAMESPACE + name)

    @strawberry.subscription
    async def lent(self) -> AsyncGenerator[Loan]:
        yield lend("b", 7)


ENGINE = build_engine(
    Query, types=[Book, Film], mutation=Mutation, subscription=Subscription
)
FIELDS = """
  __typename id title authors(first: 1) { totalCount nodes { name } } editor { name }
  sequel { title sequels { nodes { id } } }
"""


def ask(query: str, own: object = None, **variables: object) -> Result:
    return ENGINE.execute(Operation(query, variables), SHELF, own=own)


def listen(query: str, own: object = None) -> list[Result]:
    async def all_answers() -> list[Result]:
        answers = ENGINE.subscribe(Operation(query), lambda: SHELF, own)
        return [answer async for answer in answers]

    return asyncio.run(all_answers())


def book(name: str) -> object:
    """Return what is asked by FIELDS of a book, as a mapped root field answers it."""
    result = ask(
        f'{{ item(id: "{NAMESPACE}{name}") {{ ... on Book {{ {FIELDS} }} }} }}'
    )
    assert result.data is not None
    assert result.data["item"] is not None, result.errors
    return result.data["item"]


def test_a_computed_field_has_what_a_mapped_one_has() -> None:
    mixed = ask(f"{{ newest {{ {FIELDS} }} books {{ totalCount }} nothing {{ id }} }}")
    assert mixed.errors == ()
    assert mixed.data == {
        "newest": book("a"),
        "books": {"totalCount": 2},
        "nothing": [],
    }


def test_a_payload_has_what_a_mapped_field_has() -> None:
    result = ask(
        f"""mutation ($book: String!, $is: Boolean!) {{
          lend(book: $book) {{ days book {{ ...F name: title @skip(if: $is) }} }}
        }} fragment F on Book {{ {FIELDS} }}""",
        own=14,
        **{"book": "a", "is": True},
    )
    assert result.errors == ()
    assert result.data == {"lend": {"days": 14, "book": book("a")}}


def test_nodes_of_an_interface_are_null_where_there_is_none() -> None:
    result = ask("{ loan { others { __typename id ... on Film { label minutes } } } }")
    assert result.errors == ()
    assert result.data == {
        "loan": {
            "others": [
                {
                    "__typename": "Film",
                    "id": f"{NAMESPACE}f",
                    "label": "F",
                    "minutes": 90,
                },
                None,
                {"__typename": "Author", "id": f"{NAMESPACE}x"},
            ]
        }
    }


def test_subscriptions_tell_of_nodes() -> None:
    answers = listen(
        f"subscription {{ arrived {{ ... on Book {{ {FIELDS} }} }} }}", own=["a", "f"]
    )
    assert [answer.data for answer in answers] == [
        {"arrived": book("a")},
        {"arrived": {}},
    ]
    [answer] = listen("subscription { lent { days book { title } } }")
    assert answer.data == {"lent": {"days": 7, "book": {"title": "B"}}}


@pytest.mark.parametrize(
    ("query", "data", "path", "message"),
    [
        pytest.param(
            "{ newest { title pages_ } }",
            {"newest": {"title": "A", "pages_": None}},
            ["newest", "pages_"],
            "many",
            id="a value that cannot be read",
        ),
        pytest.param(
            '{ loan(book: "b") { book { editor { name } } } books { totalCount } }',
            None,
            ["loan", "book", "editor"],
            "Cannot return null for non-nullable field Book.editor.",
            id="a missing value",
        ),
        pytest.param(
            '{ loan(book: "f") { days book { title } } }',
            None,
            ["loan", "book"],
            "Cannot return null for non-nullable field Loan.book.",
            id="a missing node",
        ),
        pytest.param(
            '{ newest { authors(where: {name: {matches: "("}}) { totalCount } } }',
            {"newest": None},
            ["newest"],
            "a regular expression",
            id="a wrong pattern",
        ),
        pytest.param(
            "{ newest { authors(first: -1) { totalCount } } }",
            {"newest": None},
            ["newest"],
            "-1",
            id="a wrong argument",
        ),
        pytest.param(
            "{ unreadable { title } }",
            {"unreadable": None},
            ["unreadable"],
            "a b",
            id="no IRI",
        ),
    ],
)
def test_what_goes_wrong_is_an_error_at_its_field(
    query: str, data: object, path: list[str], message: str
) -> None:
    result = ask(query)
    assert result.data == data
    [error] = result.errors
    assert error.path == path
    assert message in error.message


@pytest.mark.parametrize(
    "limit",
    [
        pytest.param("ssc_kg.compiler.lower.MAXIMUM_FETCHES", id="lists"),
        pytest.param("ssc_kg.compiler.shape.MAXIMUM_OBJECTS", id="nodes"),
    ],
)
def test_a_node_of_which_too_much_is_asked_is_refused_with_the_limit(
    limit: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limit, 2)
    result = ask("{ newest { authors { nodes { works { nodes { id } } } } } }")
    assert result.data == {"newest": None}
    [error] = result.errors
    assert (error.extensions or {})["code"] == "OPERATION_TOO_LARGE"
    assert (error.extensions or {})["maximum"] == 2


def test_errors_of_one_event_are_not_those_of_the_next() -> None:
    query = "subscription { arrived { ... on Book { pages_ } } }"
    broken, whole = listen(query, own=["a", "b"])
    assert [error.path for error in broken.errors] == [["arrived", "pages_"]]
    assert (whole.data, whole.errors) == ({"arrived": {"pages_": None}}, ())


@pytest.mark.parametrize(
    ("query", "is_lasting"),
    [
        pytest.param("{ books { totalCount } }", True, id="mapped fields"),
        pytest.param(
            "{ __schema { __typename } books { totalCount } }", True, id="both"
        ),
        pytest.param("{ __schema { __typename } }", True, id="the schema"),
        pytest.param("{ books { totalCount } newest { id } }", False, id="a resolver"),
        pytest.param('mutation { lend(book: "a") { days } }', False, id="a mutation"),
    ],
)
def test_only_what_the_store_decides_is_an_answer_that_lasts(
    query: str, *, is_lasting: bool
) -> None:
    result = ask(query, own=1)
    assert result.errors == ()
    assert result.is_lasting is is_lasting


def test_the_nodes_of_a_list_are_read_together(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    runs = list[int]()

    def counted(plan: Plan, store: Store) -> Execution:
        execution = execute(plan, store)
        runs.append(len(execution.levels))
        return execution

    monkeypatch.setattr("ssc_kg.engine.resolve.execute", counted)
    query = "{ loan { others { id ... on Author { works { nodes { title } } } } } }"
    assert ask(query).errors == ()
    assert runs == [2]


def test_a_mutation_is_no_query_of_facts() -> None:
    result = ENGINE.facts(Operation('mutation { lend(book: "a") { days } }'), SHELF)
    assert not result.is_executed
    assert ENGINE.kind(Operation("mutation { x }")) is OperationType.MUTATION


def test_a_class_that_is_not_mapped_has_no_references() -> None:
    with pytest.raises(MappingError, match="Loan is not mapped"):
        reference(Loan, NAMESPACE + "a")


def test_texts_are_in_the_languages_of_the_operation() -> None:
    asked = 'title titles(language: "en") { value }'
    query = f'mutation {{ lend(book: "a") {{ book {{ {asked} }} }} }}'
    operation = Operation(query, languages=read_languages("de"))
    result = ENGINE.execute(operation, SHELF, own=1)
    book = {"title": "Ä", "titles": [{"value": "A"}]}
    assert result.data == {"lend": {"book": book}}


def test_what_is_no_language_is_an_error_where_the_nodes_are() -> None:
    result = ENGINE.execute(Operation('{ newest { title(language: "de_CH") } }'), SHELF)
    assert result.data == {"newest": None}
    [error] = result.errors
    assert "'de_CH' is no list of languages" in error.message
