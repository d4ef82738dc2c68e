"""What an operation may ask for, decided before it is validated or read."""

from typing import NoReturn

import pyoxigraph
import pytest
from graphql import get_introspection_query, parse

from ssc_kg import resources
from ssc_kg.app import operation_limits
from ssc_kg.catalogue.questions import read_questions
from ssc_kg.compiler.aggregates.lower import MAXIMUM_GROUPS
from ssc_kg.compiler.paging import DEFAULT_PAGE, MAXIMUM_PAGE
from ssc_kg.engine.engine import Engine
from ssc_kg.engine.limits import OperationLimits
from ssc_kg.engine.operation import Operation, Result
from ssc_kg.engine.schema import build_engine
from ssc_kg.engine.weight import SATURATION, Weighing, Weight, sent_sizes, weigh
from ssc_kg.graphql_api.schema import domain_engine
from ssc_kg.settings import Settings
from ssc_kg.store.embedded import EmbeddedStore
from tests.library import Book, Film, Query, library, shelf

SMALL = OperationLimits(
    tokens=60,
    operations=2,
    fragments=2,
    depth=4,
    fields=8,
    aliases=3,
    directives=2,
    page=100,
    cost=1_000,
    introspection=1,
)
BOOKS = ":a a :Book ."


class Untouchable(EmbeddedStore):
    """A store that nobody may ask."""

    def __init__(self) -> None:
        super().__init__(pyoxigraph.Store())

    def select_cells(self, query: str) -> NoReturn:
        raise AssertionError(query)

    def match(self, *pattern: object) -> NoReturn:
        raise AssertionError(pattern)


@pytest.fixture(scope="module")
def small() -> Engine:
    return build_engine(Query, types=[Book, Film], limits=SMALL)


def ask(engine: Engine, query: str, **variables: object) -> Result:
    return engine.execute(Operation(query, variables), shelf(BOOKS))


def refuse(engine: Engine, query: str, **variables: object) -> dict[str, object]:
    """Return what a client is told of the one reason why nothing was read."""
    result = engine.execute(Operation(query, variables), Untouchable())
    assert not result.is_executed
    [error] = result.errors
    assert "ask for less at once" in error.message
    return dict(error.extensions or {})


def weigh_text(query: str, **variables: object) -> Weighing:
    return weigh(parse(query), library().graphql_schema, sent_sizes(variables))


def weight(query: str, **variables: object) -> Weight:
    [only] = weigh_text(query, **variables).weights
    return only


@pytest.mark.parametrize(
    ("arguments", "number"),
    [
        pytest.param("where: {title: {eq: 1}}", 1, id="a condition"),
        pytest.param("orderBy: {title: ASC}", 1, id="an order"),
        pytest.param("where: $where, orderBy: $order", 2, id="both, in variables"),
    ],
)
def test_what_has_to_be_looked_at_costs_a_largest_page(
    arguments: str, number: int
) -> None:
    query = "{{ authors {{ nodes {{ works(first: 3{}) {{ totalCount }} }} }} }}"
    plain = weight(query.format("")).cost
    chosen = weight(query.format(f", {arguments}")).cost
    assert chosen - plain == DEFAULT_PAGE * MAXIMUM_PAGE * number


def test_what_is_searched_for_costs_a_largest_page_more_than_what_is_shown() -> None:
    found = weight('{ find(text: "a", first: 3) { nodes { id } } }').cost
    assert found - weight("{ works(first: 3) { nodes { id } } }").cost == MAXIMUM_PAGE


@pytest.mark.parametrize(
    ("query", "limit", "maximum", "asked"),
    [
        pytest.param(
            "{ books { nodes { sequel { editor { id } } } } }", "depth", 4, 5, id="deep"
        ),
        pytest.param(
            "{ books { nodes { ...A } } } fragment A on Book { sequel { ...B } }"
            " fragment B on Book { editor { id } }",
            *("depth", 4, 5),
            id="deep by fragments",
        ),
        pytest.param(f"{{ {'__typename ' * 9}}}", "fields", 8, 9, id="broad"),
        pytest.param(
            "{ ...A ...A ...A } fragment A on Query { __typename __typename "
            "__typename }",
            *("fields", 8, 9),
            id="broad by fragments",
        ),
        pytest.param(
            "{ a: __typename b: __typename c: __typename d: __typename }",
            *("aliases", 3, 4),
            id="aliases",
        ),
        pytest.param(
            "{ __typename @skip(if: false) ... @skip(if: false) { __typename"
            " @include(if: true) } }",
            *("directives", 2, 3),
            id="directives",
        ),
        pytest.param("{ books(first: 101) { totalCount } }", "page", 100, 101, id="1"),
        pytest.param(
            "{ books(first: 20) { nodes { authors(first: 49) { totalCount } } } }",
            *("cost", 1_000, 1 + 20 * (1 + 1 + 49)),
            id="cost",
        ),
        pytest.param(
            "{ booksAggregate(groupBy: [{id: ASC}]) { count } }",
            *("cost", 1_000, 1 + MAXIMUM_GROUPS + MAXIMUM_PAGE),
            id="cost of groups",
        ),
        pytest.param(
            "query A { __typename } query B { __typename } query C { __typename }",
            *("operations", 2, 3),
            id="operations",
        ),
        pytest.param(
            "{ ...A ...B ...C } fragment A on Query { __typename }"
            " fragment B on Query { __typename } fragment C on Query { __typename }",
            *("fragments", 2, 3),
            id="fragments",
        ),
        pytest.param(
            '{ __schema { __typename } __type(name: "Book") { name } }',
            *("introspection", 1, 2),
            id="introspection",
        ),
    ],
)
def test_an_operation_over_a_limit_is_refused_unread_with_the_facts(
    small: Engine, query: str, limit: str, maximum: int, asked: int
) -> None:
    assert refuse(small, query) == {
        "code": "OPERATION_TOO_LARGE",
        "limit": limit,
        "maximum": maximum,
        "asked": asked,
    }


@pytest.mark.parametrize(
    "query",
    [
        pytest.param("{ %s: __typename }", id="alias"),
        pytest.param("query %s { __typename }", id="operation"),
        pytest.param("{ ...%s }", id="fragment"),
        pytest.param("{ books(%s: 1) { totalCount } }", id="argument"),
    ],
)
def test_a_name_that_an_answer_might_repeat_is_not_too_long(query: str) -> None:
    facts = refuse(library(), query % ("a" * 257))
    assert (facts["limit"], facts["maximum"], facts["asked"]) == ("name", 256, 257)
    longest = "a" * 256
    answer = ask(library(), f"query {longest} {{ {longest}: __typename }}")
    assert answer.data == {longest: "Query"}


def test_an_error_repeats_of_what_was_sent_as_much_as_can_be_read() -> None:
    text = "x" * 100_000
    for query in (
        f'{{ books(orderBy: [{{id: "{text}"}}]) {{ totalCount }} }}',
        f"query ($x: Int) {{ books(first: $x) {{ totalCount }} }} # {text}",
        '{ books(where: {"' + text + '": 1}) { totalCount } }',
    ):
        result = library().execute(
            Operation(query, {"x": text}, "none" + text), Untouchable()
        )
        assert not result.is_executed
        assert 20 < max(len(error.message) for error in result.errors) < 1_100


def test_an_error_about_half_a_surrogate_pair_can_be_written() -> None:
    query = "query ($x: [BookOrderBy!]) { books(orderBy: $x) { totalCount } }"
    [error] = ask(library(), query, x=[{"id": "\ud800"}]).errors
    assert "'\\ud800'" in error.message
    assert error.message.isprintable()


def test_parsing_stops_at_the_limit_of_tokens(small: Engine) -> None:
    facts = refuse(small, "{ books { nodes { id } } " + "#\n" * 60 + "}")
    assert facts == {"code": "OPERATION_TOO_LARGE", "limit": "tokens", "maximum": 60}


def test_an_operation_at_every_limit_is_answered(small: Engine) -> None:
    result = ask(
        small,
        """query ($n: Int) { a: books(first: $n) { b: nodes { c: sequel { id
           @skip(if: false) } } } __schema { __typename @include(if: true) }
           __typename __typename }""",
        n=100,
    )
    assert result.errors == ()


@pytest.mark.parametrize(
    ("arguments", "variables", "size"),
    [
        pytest.param("", {}, 50, id="the schema's default"),
        pytest.param("first: 7", {}, 7, id="a literal"),
        pytest.param("first: null", {}, 50, id="null"),
        pytest.param("first: $n", {}, 9, id="the variable's default"),
        pytest.param("first: $n", {"n": 11}, 11, id="a variable"),
        pytest.param("first: $n", {"n": 11.0}, 11, id="a whole float"),
        pytest.param("first: $n", {"n": None}, 50, id="a null variable"),
        pytest.param("first: $n", {"n": "many"}, 50, id="no number"),
        pytest.param("first: $n", {"n": True}, 50, id="a boolean"),
        pytest.param("first: $n", {"n": 10**400}, SATURATION, id="a huge variable"),
        pytest.param(f"first: {'9' * 5000}", {}, SATURATION, id="a huge literal"),
        pytest.param("last: 5", {}, 5, id="from the end"),
        pytest.param("first: 3, last: 5", {}, 5, id="from both ends"),
    ],
)
def test_the_size_of_a_page_is_known_before_it_is_valid(
    arguments: str, variables: dict[str, object], size: int
) -> None:
    argument = f"({arguments})" if arguments else ""
    query = f"query ($n: Int = 9) {{ books{argument} {{ nodes {{ id }} }} }}"
    found = weight(query, **variables)
    assert found.page == size
    assert found.cost == min(1 + 2 * size, SATURATION)


def test_of_the_defaults_of_several_operations_the_largest_counts() -> None:
    query = """query A($n: Int = 2) { ...F } query B($n: Int = 70) { ...F }
      query C($n: Int) { ...F }
      fragment F on Query { books(first: $n) { totalCount } }"""
    assert [each.page for each in weigh_text(query).weights] == [70] * 3


def test_a_document_is_weighed_again_when_its_pages_change(small: Engine) -> None:
    query = "query ($n: Int = 1) { books(first: $n) { totalCount } }"
    for _ in range(2):
        assert ask(small, query).errors == ()
        assert ask(small, query, n=100).errors == ()
        assert refuse(small, query, n=101)["limit"] == "page"
        assert ask(small, query, n=None, other=101).errors == ()


def test_a_page_counts_once_for_what_stands_beside_and_again_for_what_is_below() -> (
    None
):
    values = "authors(first: 40) { nodes { id name __typename } }"
    query = (
        f"{{ books(first: 100) {{ nodes {{ {values} {values} sequel {{ id }} }} }} }}"
    )
    per_book = 2 * (1 + 40 * (1 + 3)) + 2
    assert weight(query).cost == 1 + 100 * (1 + per_book)


def test_a_link_multiplies_by_one() -> None:
    assert weight('{ book(id: "a") { sequel { editor { id } } } }').cost == 4


def doubled(levels: int, *, field: str) -> str:
    """Return a short document that asks for 2 ** `levels` fields."""
    body = "{{ {open} ...F{n} {close} {open2} ...F{n} {close} }}"
    fragments = "".join(
        f"fragment F{n} on Book "
        + body.format(
            n=n + 1,
            open=field and f"a: {field} {{",
            open2=field and f"b: {field} {{",
            close=field and "}",
        )
        for n in range(levels)
    )
    return (
        f"{{ books {{ nodes {{ ...F0 }} }} }} {fragments}"
        f"fragment F{levels} on Book {{ id }}"
    )


@pytest.mark.parametrize("field", ["", "sequel"])
def test_a_document_that_grows_exponentially_is_weighed_in_one_walk(field: str) -> None:
    query = doubled(40, field=field)
    weighing = weigh_text(query)
    assert weighing.weights[0].fields == SATURATION
    assert weighing.weights[0].cost == SATURATION
    assert weighing.steps <= query.count("{") + query.count("...")
    assert refuse(library(), query)["asked"] == SATURATION


def test_many_spreads_of_one_fragment_are_weighed_as_written() -> None:
    spreads = 20
    fragments = "".join(
        f"fragment F{n} on Query {{ {f'...F{n + 1} ' * spreads}}} " for n in range(9)
    )
    query = f"{{ ...F0 }} {fragments} fragment F9 on Query {{ __typename }}"
    weighing = weigh_text(query)
    assert weighing.weights[0].fields == 20**9
    assert weighing.steps == 1 + 9 * spreads + 1
    assert refuse(library(), query)["limit"] == "fields"


def test_what_several_operations_share_is_weighed_once() -> None:
    operations = "".join(f"query Q{n} {{ ...F }} " for n in range(50))
    query = f"{operations} fragment F on Query {{ {'__typename ' * 100}}}"
    assert weigh_text(query).steps == 50 + 100


def test_a_cycle_of_fragments_is_left_to_validation() -> None:
    query = """{ ...A } fragment A on Query { ...B __typename }
      fragment B on Query { ...A ...B }"""
    assert weight(query).fields == 1
    result = library().execute(Operation(query), Untouchable())
    codes = {(error.extensions or {})["code"] for error in result.errors}
    assert codes == {"GRAPHQL_VALIDATION_FAILED"}
    assert any("Cannot spread fragment" in error.message for error in result.errors)


@pytest.mark.parametrize(
    "query",
    [
        pytest.param(f"{'{ ... ' * 120}{{ __typename }}{'}' * 120}", id="inline"),
        pytest.param(
            "{ ...F0 } "
            + "".join(
                f"fragment F{n} on Query {{ ... {{ ... {{ ...F{n + 1} }} }} }} "
                for n in range(60)
            )
            + "fragment F60 on Query { __typename }",
            id="by fragments",
        ),
        pytest.param(
            f"{{ ...A {'... { ' * 60}...A{' }' * 60} }} "
            f"fragment A on Query {{ {'... { ' * 60}__typename{' }' * 60} }}",
            id="by a fragment that is met twice",
        ),
    ],
)
def test_selection_sets_that_are_nested_too_deeply_are_refused(query: str) -> None:
    facts = refuse(library(), query)
    assert (facts["limit"], facts["maximum"]) == ("nesting", 100)


def test_an_unknown_field_or_type_is_weighed_and_left_to_validation() -> None:
    query = "{ no(first: 5) { a } ... on No { b { c } } ... on Book { id } ...None }"
    assert weight(query).cost == 5
    assert weight("mutation { a { b } }").fields == 2
    assert not ask(library(), query).is_executed


def test_the_operations_of_the_catalogue_and_usual_pages_pass() -> None:
    engine = domain_engine()
    pages = """{ cities(first: 100) { nodes { kpiValues(first: 40) { nodes {
      id name value printedValue } } } } }"""
    texts = [each.graphql for each in read_questions(resources.QUERIES)]
    for text in (pages, *filter(None, texts)):
        result = engine.execute(Operation(text), EmbeddedStore(pyoxigraph.Store()))
        assert result.is_executed, [error.message for error in result.errors]


@pytest.mark.parametrize("is_full", [True, False])
def test_the_standard_introspection_passes(*, is_full: bool) -> None:
    query = get_introspection_query(
        schema_description=is_full,
        specified_by_url=is_full,
        directive_is_repeatable=is_full,
        input_value_deprecation=is_full,
    )
    assert ask(library(), query).errors == ()


def test_a_schema_that_is_not_told_is_not_read_from_errors_either() -> None:
    limits = OperationLimits(introspection=0)
    engine = build_engine(Query, types=[Book, Film], limits=limits)
    for query in (
        get_introspection_query(),
        '{ __type(name: "Book") { name } }',
        "{ ...A } fragment A on Query { __schema { __typename } }",
    ):
        result = engine.execute(Operation(query), Untouchable())
        assert not result.is_executed
        [error] = result.errors
        assert error.extensions == {"code": "INTROSPECTION_DISABLED"}
    [error] = ask(engine, "{ book { id } }").errors
    assert error.message.startswith("Argument 'Query.book(id:)'")
    [error] = ask(engine, "{ boks { totalCount } }").errors
    assert error.message == "Cannot query field 'boks' on type 'Query'."
    answer = ask(engine, "{ __typename books { nodes { __typename } } }")
    assert answer.data == {
        "__typename": "Query",
        "books": {"nodes": [{"__typename": "Book"}]},
    }


def test_the_settings_are_as_safe_as_the_limits_are_by_themselves() -> None:
    assert operation_limits(Settings.model_validate({})) == OperationLimits()
