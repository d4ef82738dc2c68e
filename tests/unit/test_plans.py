"""A plan that is kept answers as a new one would."""

import pytest

from ssc_kg.engine.operation import Operation, Result
from ssc_kg.engine.plans import MAXIMUM_PLANS
from ssc_kg.engine.trace import Phase
from tests.library import NAMESPACE, library, shelf

BOOKS = shelf("""
:a a :Book ; :title "A" ; :editor :x . :b a :Book ; :title "B" ; :editor :x .
:x a :Author ; :name "X" .
""")
A, B = f"{NAMESPACE}a", f"{NAMESPACE}b"
LOOK_UP = "query ($id: ID!) { book(id: $id) { title } }"


class Client:
    """Asks one engine that starts without plans."""

    def __init__(self) -> None:
        self._engine = library()

    def ask(
        self, query: str, variables: dict[str, object], name: str | None = None
    ) -> tuple[Result, bool]:
        """Return the answer, and whether it took a new plan; it is always right."""
        operation = Operation(query, variables, name)
        result = self._engine.execute(operation, BOOKS)
        assert result.body() == library().execute(operation, BOOKS).body()
        return result, Phase.PLAN in result.seconds


@pytest.mark.parametrize(
    "query",
    [
        pytest.param(LOOK_UP, id="a look-up"),
        pytest.param(
            "query ($id: ID!) { b: books { totalCount } a: book(id: $id) { title } }",
            id="beside another field",
        ),
        pytest.param("query ($id: ID = 5) { item(id: $id) { id } }", id="a default"),
    ],
)
def test_one_plan_serves_every_iri(query: str) -> None:
    client = Client()
    first, is_first_new = client.ask(query, {"id": A})
    second, is_second_new = client.ask(query, {"id": B})
    assert (is_first_new, is_second_new) == (True, False)
    assert first.data != second.data


@pytest.mark.parametrize(
    ("query", "first", "second"),
    [
        pytest.param(
            "query ($id: ID!) { book(id: $id) { title } items(ids: [$id]) { id } }",
            {"id": A},
            {"id": B},
            id="an IRI in two places",
        ),
        pytest.param(
            "query ($id: ID!) { book(id: $id) { ...F } } "
            "fragment F on Book { authors(where: {id: {eq: $id}}) { totalCount } }",
            {"id": A},
            {"id": B},
            id="an IRI in a fragment",
        ),
        pytest.param(
            "query ($n: Int) { books(first: $n) { nodes { title } } }",
            {"n": 1},
            {"n": 2},
            id="a size",
        ),
        pytest.param(
            "query ($is: Boolean!) { books { nodes { title @skip(if: $is) } } }",
            {"is": True},
            {"is": False},
            id="a directive",
        ),
        pytest.param(
            "query ($w: BookWhere) { books(where: $w) { nodes { title } } }",
            {"w": {"title": {"eq": "A"}}},
            {"w": {"title": {"eq": "B"}}},
            id="a condition",
        ),
    ],
)
def test_what_else_changes_a_plan_takes_a_new_one(
    query: str, first: dict[str, object], second: dict[str, object]
) -> None:
    client = Client()
    for variables in (first, second):
        _, is_new = client.ask(query, variables)
        assert is_new
    for variables in (first, second):
        _, is_new = client.ask(query, variables)
        assert not is_new


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param({"id": "a b"}, id="no IRI"),
        pytest.param({"id": "\ud800"}, id="half a pair"),
        pytest.param({"id": 5}, id="a number"),
        pytest.param({"id": None}, id="null"),
        pytest.param({"id": [A]}, id="a list"),
        pytest.param({}, id="nothing"),
        pytest.param({"id": A, "other": {"\ud800": 1}}, id="one that is not declared"),
    ],
)
def test_a_kept_plan_makes_no_wrong_value_right(wrong: dict[str, object]) -> None:
    client = Client()
    client.ask(LOOK_UP, {"id": A})
    client.ask(LOOK_UP, wrong)
    _, is_new = client.ask(LOOK_UP, {"id": B})
    assert not is_new


def test_operations_of_one_document_have_their_own_plans() -> None:
    document = (
        "query One($id: ID!) { book(id: $id) { title } } "
        "query Other($id: ID!) { book(id: $id) { id } }"
    )
    client = Client()
    for name, is_expected in (("One", True), ("Other", True), ("One", False)):
        _, is_new = client.ask(document, {"id": A}, name)
        assert is_new is is_expected


def test_an_operation_that_asks_about_the_schema_is_answered_whole() -> None:
    query = "query ($id: ID!) { __schema { __typename } book(id: $id) { title } }"
    client = Client()
    for iri in (A, B, A):
        result, _ = client.ask(query, {"id": iri})
        assert result.errors == ()


def test_the_plans_that_were_used_last_are_kept() -> None:
    query = "query ($n: Int) { books(first: $n) { totalCount } }"
    client = Client()
    for number in (*range(MAXIMUM_PLANS), 0, MAXIMUM_PLANS):
        client.ask(query, {"n": number})
    assert not client.ask(query, {"n": 0})[1]
    assert client.ask(query, {"n": 1})[1]


def test_of_large_plans_fewer_are_kept() -> None:
    lists = " ".join(
        f"a{number}: books(first: $n) {{ nodes {{ authors {{ totalCount }} }} }}"
        for number in range(60)
    )
    client = Client()
    for number in (1, 2, 3, 4, 5):
        client.ask(f"query ($n: Int) {{ {lists} }}", {"n": number})
    assert not client.ask(f"query ($n: Int) {{ {lists} }}", {"n": 5})[1]
    assert client.ask(f"query ($n: Int) {{ {lists} }}", {"n": 1})[1]
