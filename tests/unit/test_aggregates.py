"""Groups of nodes, counted and measured, asked of a schema of books."""

from decimal import Decimal
from typing import Annotated

import pytest
import strawberry

from ssc_kg.compiler.aggregates import collect as collected
from ssc_kg.compiler.aggregates import shape as shaped
from ssc_kg.compiler.json import Json
from ssc_kg.engine.connections import Connection, connection
from ssc_kg.engine.operation import Operation, Result
from ssc_kg.engine.schema import build_engine
from ssc_kg.mapping.declare import Identity, Instances, Rdf, maps
from tests.library import NAMESPACE, ask, library, read, shelf, term

SHELF = """
:a a :Book ; :title "Alpha"@en, "Alfa"@fr ; :pages 100 ; :price 0.1 ; :inPrint true ;
   :tag "new", "red" ; :author :x, :y ; :editor :x ; :label "one" .
:b a :Book ; :title "Beta"@en ; :pages 200 ; :price 0.2 ; :inPrint false ; :tag "red" ;
   :author :y ; :editor :y ; :sequel :a ; :label "one" .
:c a :Book ; :title "gamma"@en-GB ; :price 12 ; :editor :x .
:d a :Book ; :title "Beta"@de ; :pages "many" ; :price "dear" ; :editor :z .
:f a :Film ; :title "Film"@en ; :label "two" ; :minutes 90 ; :author :x .
:x a :Author ; :name "Xu" . :y a :Author ; :name "Yi" .
"""


def groups(asked: str, arguments: str = "", root: str = "books") -> list[Json]:
    """Return the groups that a root field tells of."""
    result = ask(f"{{ {root}Aggregate{arguments} {{ {asked} }} }}", SHELF)
    assert not result.errors
    return read(result, f"{root}Aggregate")


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        pytest.param("count", {"count": 4}, id="nodes"),
        pytest.param("title { count }", {"title": {"count": 4}}, id="one text shown"),
        pytest.param(
            "title { countDistinct min max }",
            {"title": {"countDistinct": 3, "min": "Alpha", "max": "gamma"}},
            id="the texts that are shown, by code points",
        ),
        pytest.param(
            "tags { count countDistinct }",
            {"tags": {"count": 3, "countDistinct": 2}},
            id="each value of a list",
        ),
        pytest.param(
            "pages_ { count sum avg min max }",
            {
                "pages_": {
                    "count": 2,
                    "sum": 300.0,
                    "avg": 150.0,
                    "min": 100,
                    "max": 200,
                }
            },
            id="whole numbers; what is none is left out",
        ),
        pytest.param(
            "price { sum avg }",
            {"price": {"sum": 12.3, "avg": 4.1}},
            id="decimals exactly, among whole numbers",
        ),
        pytest.param(
            "inPrint { count countDistinct }",
            {"inPrint": {"count": 2, "countDistinct": 2}},
            id="truth values",
        ),
        pytest.param(
            "editor { count countDistinct } authors { count countDistinct }",
            {
                "editor": {"count": 3, "countDistinct": 2},
                "authors": {"count": 3, "countDistinct": 2},
            },
            id="linked nodes of the right type",
        ),
        pytest.param(
            "sequels { count } __typename",
            {"sequels": {"count": 1}, "__typename": "BookGroup"},
            id="a closure",
        ),
        pytest.param(
            "few: pages_ { least: min __typename } all: count",
            {"few": {"least": 100, "__typename": "IntegerMeasures"}, "all": 4},
            id="aliases",
        ),
    ],
)
def test_one_group_of_all_is_measured(asked: str, answer: Json) -> None:
    assert groups(asked) == [answer]


def test_of_nothing_the_count_and_the_sum_are_0_and_the_rest_is_null() -> None:
    asked = "count price { count countDistinct sum avg min max } title { min }"
    nothing = '(where: {title: {eq: "none"}})'
    price = {"count": 0, "countDistinct": 0, "sum": 0.0}
    assert groups(asked, nothing) == [
        {
            "count": 0,
            "price": {**price, "avg": None, "min": None, "max": None},
            "title": {"min": None},
        }
    ]
    assert groups("count", f"{nothing[:-1]}, groupBy: [{{inPrint: ASC}}])") == []


@pytest.mark.parametrize(
    ("by", "key", "expected"),
    [
        pytest.param(
            "{inPrint: ASC}",
            "inPrint",
            [({"inPrint": False}, 1), ({"inPrint": True}, 1), ({"inPrint": None}, 2)],
            id="a field, nulls last",
        ),
        pytest.param(
            "{inPrint: DESC_NULLS_FIRST}",
            "inPrint",
            [({"inPrint": None}, 2), ({"inPrint": True}, 1), ({"inPrint": False}, 1)],
            id="in the order asked for",
        ),
        pytest.param(
            "{title: ASC}",
            "title",
            [({"title": "Alpha"}, 1), ({"title": "Beta"}, 2), ({"title": "gamma"}, 1)],
            id="the text that is shown",
        ),
        pytest.param(
            "{pages_: ASC}",
            "pages_",
            [({"pages_": 100}, 1), ({"pages_": 200}, 1), ({"pages_": None}, 2)],
            id="whole numbers",
        ),
        pytest.param(
            "{editor: {name: DESC}}",
            "editor { name }",
            [
                ({"editor": {"name": "Yi"}}, 1),
                ({"editor": {"name": "Xu"}}, 2),
                ({"editor": {"name": None}}, 1),
            ],
            id="a link; one to nothing is null",
        ),
        pytest.param(
            "{sequel: {editor: {name: ASC}}}",
            "sequel { editor { name } }",
            [
                ({"sequel": {"editor": {"name": "Xu"}}}, 1),
                ({"sequel": {"editor": {"name": None}}}, 3),
            ],
            id="two links",
        ),
        pytest.param(
            "{tags: ASC}",
            "tags",
            [({"tags": "new"}, 1), ({"tags": "red"}, 2), ({"tags": None}, 2)],
            id="each value of a list",
        ),
        pytest.param(
            "{tags: DESC}, {tags: ASC}",
            "tags",
            [({"tags": "red"}, 2), ({"tags": "new"}, 1), ({"tags": None}, 2)],
            id="what is named again is one key",
        ),
        pytest.param(
            "{authors: {name: ASC}}, {authors: {id: ASC}}",
            "authors { name id }",
            [
                ({"authors": {"name": "Xu", "id": f"{NAMESPACE}x"}}, 1),
                ({"authors": {"name": "Yi", "id": f"{NAMESPACE}y"}}, 2),
                ({"authors": {"name": None, "id": None}}, 2),
            ],
            id="each of several links, as one node",
        ),
        pytest.param(
            "{label: DESC}, {inPrint: ASC}",
            "label inPrint",
            [
                ({"label": "one", "inPrint": False}, 1),
                ({"label": "one", "inPrint": True}, 1),
                ({"label": None, "inPrint": None}, 2),
            ],
            id="two fields",
        ),
    ],
)
def test_groups_stand_in_the_order_of_what_they_have_in_common(
    by: str, key: str, expected: list[tuple[Json, int]]
) -> None:
    found = groups(f"key {{ {key} }} count", f"(groupBy: [{by}])")
    assert found == [{"key": key, "count": count} for key, count in expected]


def test_a_node_counts_once_whatever_joins_its_condition_makes() -> None:
    where = '{authors: {some: {name: {contains: ""}}}, tags: {some: {contains: "e"}}}'
    found = groups("count price { sum count }", f"(where: {where})")
    assert found == [{"count": 2, "price": {"sum": 0.3, "count": 2}}]


def test_a_node_is_measured_once_in_each_of_its_groups() -> None:
    asked = "key { authors { name } } price { sum } tags { count }"
    found = groups(asked, "(groupBy: [{authors: {name: ASC}}])")
    assert [read_all(each, "price.sum", "tags.count") for each in found] == [
        [0.1, 2],
        [0.3, 3],
        [12.0, 0],
    ]


def read_all(group: Json, *paths: str) -> list[Json]:
    found = []
    for path in paths:
        value = group
        for name in path.split("."):
            assert isinstance(value, dict)
            value = value[name]
        found.append(value)
    return found


def test_an_interface_is_grouped_by_its_fields() -> None:
    found = groups("key { label } count", "(groupBy: [{label: ASC}])", "works")
    assert found == [
        {"key": {"label": "one"}, "count": 2},
        {"key": {"label": "two"}, "count": 1},
        {"key": {"label": None}, "count": 2},
    ]


def test_all_parents_are_one_query_and_each_has_its_own_groups() -> None:
    query = """
    { authors { nodes { name
      all: worksAggregate { count }
      worksAggregate(where: {title: {ne: "Film"}}, groupBy: [{label: ASC}]) {
        key { label } count
      }
      works { totalCount }
    } } }
    """
    result = ask(query, SHELF + ":w a :Author ; :name 'W' .")
    assert len(result.levels) == 2
    assert read(result, "authors.nodes.name") == ["W", "Xu", "Yi"]
    assert read(result, "authors.nodes.all.count") == [0, 2, 2]
    assert read(result, "authors.nodes.works.totalCount") == [0, 2, 2]
    assert read(result, "authors.nodes.worksAggregate") == [
        {"key": {"label": "one"}, "count": 1},
        {"key": {"label": "one"}, "count": 2},
    ]


def test_a_closure_is_aggregated_as_far_as_its_depth() -> None:
    turtle = ":a a :Book ; :sequel :b . :b a :Book ; :sequel :c . :c a :Book ."
    query = """
    { book(id: "http://library.example/a") {
      near: sequelsAggregate(depth: 1) { count } sequelsAggregate { count } } }
    """
    book = {"near": [{"count": 1}], "sequelsAggregate": [{"count": 2}]}
    assert ask(query, turtle).data == {"book": book}


def test_a_key_without_a_value_is_null_where_nodes_of_several_types_are_reached() -> (
    None
):
    turtle = """
    :x a :Author . :a a :Book ; :author :x . :f a :Film ; :author :x ; :label "one" .
    """
    query = """
    { authors { nodes {
      involvedInAggregate(depth: 2, groupBy: [{label: ASC}]) { key { label } count }
      unnamed: involvedIn(depth: 2, where: {label: {isNull: true}}) { totalCount }
      involvedIn(depth: 2, orderBy: [{label: ASC}]) { nodes { label } }
    } } }
    """
    result = ask(query, turtle)
    assert read(result, "authors.nodes.involvedInAggregate") == [
        {"key": {"label": "one"}, "count": 1},
        {"key": {"label": None}, "count": 1},
    ]
    assert read(result, "authors.nodes.unnamed.totalCount") == [1]
    assert read(result, "authors.nodes.involvedIn.nodes.label") == ["one", None]


@pytest.mark.parametrize(
    ("having", "labels"),
    [
        pytest.param("{}", ["one", None], id="nothing asked"),
        pytest.param("{count: {gt: 1}}", ["one", None], id="the number of nodes"),
        pytest.param("{price: {sum: {lt: 1}}}", ["one"], id="a sum"),
        pytest.param("{price: {avg: {gte: 12}}}", [None], id="an average"),
        pytest.param("{pages_: {max: {isNull: true}}}", [None], id="null"),
        pytest.param("{pages_: {max: {isNull: false}}}", ["one"], id="not null"),
        pytest.param(
            "{pages_: {max: {ne: 1}}}", ["one"], id="null differs from nothing"
        ),
        pytest.param("{not: {pages_: {max: {ne: 1}}}}", [None], id="not"),
        pytest.param('{title: {min: {lt: "B"}}}', ["one"], id="texts"),
        pytest.param(
            "{or: [{count: {gt: 9}}, {authors: {countDistinct: {in: [0]}}}]}",
            [None],
            id="either, of linked nodes",
        ),
        pytest.param(
            "{and: [{count: {notIn: [2]}}, {count: {gte: 2}}]}", [], id="both"
        ),
    ],
)
def test_having_keeps_groups(having: str, labels: list[str | None]) -> None:
    arguments = f"(groupBy: [{{label: ASC}}], having: {having})"
    found = groups("key { label }", arguments)
    assert found == [{"key": {"label": label}} for label in labels]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        pytest.param(["0.1"] * 10, 1.0, id="what doubles cannot add"),
        pytest.param(["0.1", "2", "-0.10"], 2.0, id="with whole numbers"),
        pytest.param(["1e0", "0.1", "0.2"], 1.3, id="with doubles"),
        pytest.param(["9" * 20, "9" * 20, "9" * 20], 3e20, id="beyond decimals"),
        pytest.param(["1e308", "1e308"], None, id="beyond all numbers"),
    ],
)
def test_a_sum_is_exact_before_it_is_a_number(
    values: list[str], expected: float | None
) -> None:
    turtle = "\n".join(
        f":b{number} a :Book ; :price {value} ." for number, value in enumerate(values)
    )
    [found] = read(
        ask("{ booksAggregate { price { sum } } }", turtle), "booksAggregate"
    )
    assert found == {"price": {"sum": expected}}
    if expected is not None:
        assert expected == float(sum(map(Decimal, values)))


@pytest.mark.parametrize(
    ("field", "words"),
    [
        pytest.param(
            "booksAggregate(groupBy: [{label: ASC}]) { key { title } }",
            "key: title is not what the nodes are grouped by",
            id="a key that is none",
        ),
        pytest.param(
            "booksAggregate { key { editor { name } } }",
            "key: editor.name is not",
            id="a key without groups",
        ),
        pytest.param(
            "booksAggregate(having: {price: {sum: {lt: null}}}) { count }",
            "lt is null",
            id="having null",
        ),
        pytest.param(
            f"booksAggregate(groupBy: [{'{label: ASC},' * 9}]) {{ count }}",
            "groupBy: 9 keys; at most 8",
            id="too many keys",
        ),
    ],
)
def test_what_cannot_be_asked_is_refused_with_a_reason(field: str, words: str) -> None:
    result = ask(f"{{ {field} }}", SHELF)
    assert result.data is None
    [error] = result.errors
    assert words in error.message
    assert error.extensions is not None
    assert error.extensions["code"] == "BAD_USER_INPUT"


def test_groups_have_a_limit_and_are_never_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shaped, "MAXIMUM_GROUPS", 3)
    query = "{ booksAggregate(groupBy: [{id: ASC}]) { count } }"
    assert len(read(ask(query, SHELF.replace(":d", ":a")), "booksAggregate")) == 3
    assert refusal(ask(query, SHELF)) == ("groups", 3)
    kept = query.replace("])", '], having: {title: {max: {eq: "Beta"}}})')
    assert len(read(ask(kept, SHELF), "booksAggregate")) == 2


def test_groups_of_all_parents_together_have_a_limit(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    query = "{ authors { nodes { worksAggregate(groupBy: [{id: ASC}]) { count } } } }"
    monkeypatch.setattr(collected, "MAXIMUM_ROWS", 4)
    assert not ask(query, SHELF).errors
    monkeypatch.setattr(collected, "MAXIMUM_ROWS", 3)
    assert refusal(ask(query, SHELF)) == ("groups", 3)


def refusal(result: Result) -> tuple[object, object]:
    assert result.data is None
    [error] = result.errors
    assert error.extensions is not None
    assert error.extensions["code"] == "OPERATION_TOO_LARGE"
    return error.extensions["limit"], error.extensions["maximum"]


@strawberry.type
@maps(term("Word"))
class Word:
    id: Annotated[strawberry.ID, Identity()]
    count: Annotated[int | None, Rdf(term("count"))]
    key: Annotated[str | None, Rdf(term("key"))]
    not_: Annotated[str | None, Rdf(term("not"))] = strawberry.field(name="not")
    forms: Annotated[Connection["Word"], Rdf(term("form"))] = connection()
    forms_aggregate: Annotated[str | None, Rdf(term("summary"))]


@strawberry.type
class Words:
    words: Annotated[Connection[Word], Instances()] = connection()


def test_names_that_are_taken_stand_for_what_they_are() -> None:
    query = """
    { words { nodes { formsAggregate } }
      wordsAggregate(
        groupBy: [{count: DESC}, {key: ASC}]
        having: {count: {gt: 0}, count_: {max: {gt: 1}}, not_: {count: {eq: 1}}}
      ) { key { count key } count count_ { sum } key_ { min } not_ { max } } }
    """
    turtle = """
    :a a :Word ; :count 7 ; :key "k" ; :not "n" ; :form :b ; :summary "s" .
    :b a :Word ; :count 1 ; :not "n" .
    """
    result = build_engine(Words).execute(Operation(query), shelf(turtle))
    assert read(result, "words.nodes.formsAggregate") == ["s", None]
    assert read(result, "wordsAggregate") == [
        {
            "key": {"count": 7, "key": "k"},
            "count": 1,
            "count_": {"sum": 7.0},
            "key_": {"min": "k"},
            "not_": {"max": "n"},
        }
    ]


def test_an_aggregation_says_no_facts() -> None:
    query = "{ authors { nodes { worksAggregate { count title { min } } } } }"
    assert library().facts(Operation(query), shelf(SHELF)).facts == frozenset()
