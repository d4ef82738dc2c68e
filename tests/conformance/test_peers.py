"""The twenty things that other GraphQL layers over RDF get wrong, one test for each.

Each runs the case in which another system was seen to fail: through HTTP over the seed
data where they have such a case, else through the engine over a schema of books.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from random import Random
from typing import Any

import httpx
import pytest
from graphql import (
    GraphQLObjectType,
    build_client_schema,
    get_introspection_query,
    parse,
    validate,
)

from ssc_kg import resources
from ssc_kg.catalogue.questions import read_questions
from ssc_kg.engine.engine import Engine
from ssc_kg.engine.operation import Operation
from ssc_kg.store.protocol import Store
from tests.conftest import Server
from tests.library import NAMESPACE, ask, library, read, shelf
from tests.operations import draw

THE_LINES = range(1, 21)
AGREEMENT = "https://w3id.org/ssc-kg/id/agreement/oier-itu-mou"
TWO_BOOKS = """
:a a :Book ; :title "A"@en ; :author :x, :y, :z ; :editor :x .
:b a :Book ; :title "B"@en ; :author :x ; :editor :x .
:c a :Book ; :editor :x .
:x a :Author ; :name "X" . :y a :Author ; :name "Y" . :z a :Author ; :name "Z" .
"""
SECONDS = 30


def over_http(server: Server, query: str, **variables: object) -> Any:
    """Return the data of an answer, which has no errors."""
    body = httpx.post(
        f"{server.address}/graphql",
        json={"query": query, "variables": variables},
        timeout=SECONDS,
    ).json()
    assert "errors" not in body, body
    return body["data"]


def people(names: Iterable[str]) -> str:
    return "".join(f':{name} a :Author ; :name "{name}" . ' for name in names)


def numbers(prefix: str, size: int) -> list[str]:
    return [f"{prefix}{number}" for number in range(size)]


def listed(names: Iterable[str]) -> str:
    return ", ".join(f":{name}" for name in names)


def test_every_line_has_a_test_and_no_other() -> None:
    names = re.findall(r"^def test_(\d\d)_", Path(__file__).read_text(), re.M)
    assert [int(name) for name in names] == [*THE_LINES]


def test_01_a_nested_first_is_per_parent(server: Server) -> None:
    goals = over_http(
        server,
        "{ goals(first: 17) { nodes { targets(first: 2) { nodes { code } } } } }",
    )["goals"]["nodes"]
    codes = [[each["code"] for each in goal["targets"]["nodes"]] for goal in goals]
    assert len(codes) == 17
    assert all(len(each) == 2 for each in codes)
    assert len({code for each in codes for code in each}) == 34


def test_02_a_total_is_per_parent_and_zero_without_children() -> None:
    query = "{ books { nodes { authors(first: 1) { totalCount nodes { id } } } } }"
    result = ask(query, TWO_BOOKS)
    assert read(result, "books.nodes.authors.totalCount") == [3, 1, 0]
    assert len(result.levels) == 2


def test_03_a_missing_optional_value_never_drops_its_parent(server: Server) -> None:
    query = "{ organizations(first: 1000) { totalCount nodes { id acronym name } } }"
    found = over_http(server, query)["organizations"]
    nodes = found["nodes"]
    assert len(nodes) == found["totalCount"]
    assert 0 < len([each for each in nodes if each["acronym"] is None]) < len(nodes)
    absent = ask("{ books { nodes { title price sequel { id } } } }", TWO_BOOKS)
    assert read(absent, "books.nodes.title") == ["A", "B", None]
    assert read(absent, "books.nodes.sequel") == [None] * 3


def test_04_several_languages_never_duplicate_their_node(server: Server) -> None:
    found = over_http(server, "{ goals { totalCount nodes { id name } } }")["goals"]
    languages = httpx.get(
        f"{server.address}/sparql",
        params={
            "query": "SELECT (COUNT(?name) AS ?n) { ?goal a sdgo:Goal ; "
            "skos:prefLabel ?name }"
        },
        headers={"Accept": "text/csv"},
    )
    assert int(languages.text.split()[1]) > 17
    assert found["totalCount"] == len({each["id"] for each in found["nodes"]}) == 17
    turtle = ':a a :Book ; :title "Buch"@de, "Book"@en, "Livre"@fr ; :tag "x", "y" .'
    result = ask("{ books { totalCount nodes { title tags } } }", turtle)
    nodes = [{"title": "Book", "tags": ["x", "y"]}]
    assert result.data == {"books": {"totalCount": 1, "nodes": nodes}}


def test_05_nodes_with_equal_literals_never_merge() -> None:
    turtle = ':a a :Author ; :name "Same" . :b a :Author ; :name "Same" .'
    turtle += ":c a :Book ; :author :a, :b ."
    result = ask(
        "{ books { nodes { authors { totalCount nodes { name } } } } }", turtle
    )
    assert read(result, "books.nodes.authors.nodes.name") == ["Same", "Same"]
    assert read(result, "books.nodes.authors.totalCount") == [2]


def test_06_a_node_reached_twice_stands_in_both_places() -> None:
    query = "{ books { nodes { editor { id name } authors { nodes { id name } } } } }"
    result = ask(query, TWO_BOOKS)
    author = {"id": f"{NAMESPACE}x", "name": "X"}
    assert read(result, "books.nodes.editor") == [author] * 3
    authors = read(result, "books.nodes.authors.nodes")
    assert sum(each == author for each in authors) == 2


@pytest.mark.parametrize("depth", [1, 2, 3])
def test_07_sibling_lists_add_rows_and_do_not_multiply_them(depth: int) -> None:
    size = 4
    names, sections = numbers("p", size), numbers("s", size)
    tags = ", ".join(f'"{name}"' for name in names)
    books = "".join(
        f":b{n} a :Book ; :tag {tags} ; :author {listed(names)} ; "
        f":section {listed(sections)} . "
        for n in range(size)
    )
    parts = "".join(f":{name} a :Section . " for name in sections)
    inner = "id"
    for _ in range(depth):
        inner = (
            f"id ... on Book {{ tags sections(first: {size}) {{ nodes {{ id }} }} "
            f"authors(first: {size}) {{ nodes {{ "
            f"id works(first: {size}) {{ nodes {{ {inner} }} }} }} }} }}"
        )
    query = f"{{ works(first: {size}) {{ nodes {{ {inner} }} }} }}"
    result = ask(query, books + parts + people(names))
    assert result.errors == ()
    # A row for each node of each parent, and one for each of its tags; the last level
    # asks for no tags. As a product, a level would have size ** 4 rows.
    links = size * size
    expected = [size * (1 + size)]
    for level in range(depth):
        expected += [2 * links, links * (1 + size if level < depth - 1 else 1)]
    assert [level.rows for level in result.levels] == expected


HOSTILE = [
    pytest.param('" . } # ', id="quote and brace"),
    pytest.param("\\\" ?s ?p ?o . '''", id="backslash"),
    pytest.param("http://x.example/> } ; DROP ALL #", id="angle bracket"),
    pytest.param("line\nbreak\r} UNION { ?s ?p ?o", id="newline"),
]


@pytest.mark.parametrize("text", HOSTILE)
def test_08_an_argument_cannot_break_out_of_its_place(
    server: Server, text: str
) -> None:
    whole = "{ goals { totalCount nodes { id name } } }"
    before = over_http(server, whole)
    for conditions in (
        {"code": {"eq": text}},
        {"code": {"in": [text]}},
        {"name": {"contains": text, "language": "en"}},
        {"name": {"startsWith": text}},
        {"name": {"matches": re.escape(text)}},
        {"targets": {"some": {"code": {"eq": text}}}},
    ):
        query = "query ($where: GoalWhere) { goals(where: $where) { totalCount } }"
        assert over_http(server, query, where=conditions) == {
            "goals": {"totalCount": 0}
        }
    of_language = "goals(where: {name: {language: $x}}) { totalCount }"
    for type_, field, value in (
        ("ID!", "node(id: $x) { id }", text),
        ("ID!", "nodes(ids: [$x]) { id }", f"http://x.example/{text}"),
        ("String", "goals(after: $x) { totalCount }", text),
        ("String", of_language, f"en{text}"),
    ):
        asked = {
            "query": f"query ($x: {type_}) {{ x: {field} }}",
            "variables": {"x": value},
        }
        body = httpx.post(f"{server.address}/graphql", json=asked).json()
        [error] = body["errors"]
        assert error["extensions"]["code"] == "BAD_USER_INPUT"
        assert not (body["data"] or {}).get("x")
    assert over_http(server, whole) == before


@pytest.mark.parametrize(
    ("books", "authors"),
    [
        pytest.param(101, 1, id="101"),
        pytest.param(1_000, 2, id="2,000"),
        pytest.param(1_000, 11, id="11,000"),
    ],
)
def test_09_parents_beyond_a_round_number_lose_nothing(
    books: int, authors: int
) -> None:
    turtle = "".join(
        f":b{n} a :Book ; :author {listed(numbers(f'a{n}x', authors))} . "
        for n in range(books)
    )
    turtle += people(f"a{n}x{m}" for n in range(books) for m in range(authors))
    query = f"""{{ books(first: 1000) {{ nodes {{ authors(first: {authors}) {{ nodes {{
      name works(first: 1) {{ totalCount nodes {{ id }} }} }} }} }} }} }}"""
    result = ask(query, turtle)
    names = read(result, "books.nodes.authors.nodes.name")
    assert len(set(map(str, names))) == len(names) == books * authors
    totals = read(result, "books.nodes.authors.nodes.works.totalCount")
    assert totals == [1] * books * authors
    assert len(result.levels) == 3


def test_10_pages_without_an_order_are_stable_and_complete() -> None:
    engine, names = library(), numbers("n", 50)
    store = shelf(people(names))
    grown = shelf(people([*names, "a", "aa", "n0a"]))
    query = """query ($after: String, $before: String, $first: Int, $last: Int) {
      authors(after: $after, before: $before, first: $first, last: $last) {
        nodes { id } pageInfo { endCursor startCursor } } }"""

    def turn(size: str, cursor: str, name: str, stores: Sequence[Store]) -> list[str]:
        found: list[str] = []
        place = None
        for each in stores:
            asked = {size: 7, name: place}
            data: Any = engine.execute(Operation(query, asked), each).data
            page = [node["id"] for node in data["authors"]["nodes"]]
            found = [*found, *page] if size == "first" else [*page, *found]
            place = data["authors"]["pageInfo"][cursor]
        return found

    expected = sorted(f"{NAMESPACE}{name}" for name in names)
    assert turn("first", "endCursor", "after", [store] * 8) == expected
    assert turn("last", "startCursor", "before", [store] * 8) == expected
    # What is added before a cursor while a client pages moves nothing after it.
    assert turn("first", "endCursor", "after", [store, *[grown] * 7]) == expected


def test_11_one_field_under_two_aliases_keeps_its_arguments_apart(
    server: Server,
) -> None:
    query = f"""{{ agreement(id: "{AGREEMENT}") {{
      one: goals(first: 1) {{ nodes {{ code }} }}
      last: goals(last: 1) {{ nodes {{ code }} }}
      some: goals(where: {{code: {{eq: "13"}}}}) {{ totalCount nodes {{ code }} }}
      all: goals {{ totalCount nodes {{ code }} }} }} }}"""
    found = over_http(server, query)["agreement"]
    codes = [each["code"] for each in found["all"]["nodes"]]
    assert len(codes) == found["all"]["totalCount"] > 1
    assert [each["code"] for each in found["one"]["nodes"]] == codes[:1]
    assert [each["code"] for each in found["last"]["nodes"]] == codes[-1:]
    assert found["some"] == {"totalCount": 1, "nodes": [{"code": "13"}]}


def test_12_a_field_name_may_hold_an_underscore() -> None:
    query = """{ books(where: {pages_: {gt: 10}}, orderBy: [{pages_: DESC}]) {
      nodes { pages_ other_pages: pages_ } } }"""
    turtle = ":a a :Book ; :pages 12 . :b a :Book ; :pages 13 . :c a :Book ; :pages 9 ."
    assert ask(query, turtle).data == {
        "books": {"nodes": [{"pages_": n, "other_pages": n} for n in (13, 12)]}
    }


def test_13_a_node_of_two_types_appears_once_under_their_interface() -> None:
    turtle = ":a a :Book, :Film ; :minutes 90 ; :author :x . :x a :Author ; :name 'X' ."
    query = """{ works { totalCount nodes { id __typename } }
      authors { nodes { works { totalCount nodes { id __typename } } } } }"""
    once = {
        "totalCount": 1,
        "nodes": [{"id": f"{NAMESPACE}a", "__typename": "Book"}],
    }
    assert ask(query, turtle).data == {
        "works": once,
        "authors": {"nodes": [{"works": once}]},
    }


def test_14_cycles_are_followed_as_far_as_was_asked() -> None:
    turtle = ":a a :Book ; :sequel :b . :b a :Book ; :sequel :a ."
    query = f"""{{ book(id: "{NAMESPACE}a") {{ sequel {{ sequel {{ sequel {{ id }} }} }}
      sequels {{ totalCount nodes {{ id }} }} }} }}"""
    result = ask(query, turtle)
    assert read(result, "book.sequel.sequel.sequel.id") == [f"{NAMESPACE}b"]
    assert read(result, "book.sequels.totalCount") == [2]
    assert read(result, "book.sequels.nodes.id") == [f"{NAMESPACE}a", f"{NAMESPACE}b"]


def test_15_a_thing_is_the_same_wherever_it_stands_in_an_answer(
    server: Server,
) -> None:
    query = """{ goals { nodes { id name } }
      targets(first: 200) { nodes { goal { id name } } }
      agreements { nodes { goals { nodes { id name } } } } }"""
    found = over_http(server, query)
    goals = {each["id"]: each for each in found["goals"]["nodes"]}
    others = [each["goal"] for each in found["targets"]["nodes"]]
    for agreement in found["agreements"]["nodes"]:
        others += agreement["goals"]["nodes"]
    assert len(others) > 169
    assert all(goals[each["id"]] == each for each in others)
    again = over_http(
        server,
        "query ($ids: [ID!]!) { nodes(ids: $ids) { id ... on Goal { name } } }",
        ids=[*goals],
    )
    assert again["nodes"] == [*goals.values()]


def test_16_a_total_alone_fetches_no_nodes() -> None:
    query = "{ books { totalCount nodes { authors { totalCount } } } }"
    result = ask(query.replace("nodes { authors { totalCount } }", ""), TWO_BOOKS)
    assert result.data == {"books": {"totalCount": 3}}
    [level] = result.levels
    assert level.rows == 1
    assert "LATERAL" not in level.sparql
    nested = ask(query, TWO_BOOKS).levels[1]
    assert nested.rows == 2
    assert "LATERAL" not in nested.sparql


def test_17_filters_apply_before_paging(server: Server) -> None:
    query = """query ($first: Int) { targets(
      first: $first, where: {goal: {code: {eq: "17"}}}, orderBy: [{code: DESC}]) {
        totalCount nodes { code } pageInfo { hasNextPage } } }"""
    found = over_http(server, query, first=3)["targets"]
    whole = over_http(server, query, first=1000)["targets"]
    assert found["totalCount"] == whole["totalCount"] == len(whole["nodes"]) == 19
    assert found["nodes"] == whole["nodes"][:3]
    assert (found["pageInfo"], whole["pageInfo"]) == (
        {"hasNextPage": True},
        {"hasNextPage": False},
    )


def test_18_a_stock_client_reads_the_schema_and_uses_all_of_the_language(
    server: Server,
) -> None:
    schema = build_client_schema(over_http(server, get_introspection_query()))
    assert isinstance(schema.query_type, GraphQLObjectType)
    query = """query Ask($n: Int = 1, $with: Boolean!, $id: ID!) {
      goals(first: $n) { nodes { ...Coded id @skip(if: $with) __typename } }
      node(id: $id) { ... on Agreement @include(if: $with) { name }
        ... @include(if: false) { id } } }
      fragment Coded on Goal { code @include(if: $with) ...Named }
      fragment Named on Thing { name }"""
    assert validate(schema, parse(query)) == []
    found = over_http(server, query, **{"with": True, "id": AGREEMENT})
    [goal] = found["goals"]["nodes"]
    assert goal == {"code": "1", "name": "No poverty", "__typename": "Goal"}
    assert [*found["node"]] == ["name"]
    without = over_http(server, query, **{"with": False, "id": AGREEMENT, "n": 2})
    assert [[*each] for each in without["goals"]["nodes"]] == [
        ["name", "id", "__typename"]
    ] * 2
    assert without["node"] == {}


def test_19_two_conditions_on_one_item_are_not_two_on_several() -> None:
    turtle = """:a a :Book ; :section :s, :t . :b a :Book ; :section :u .
      :s a :Section ; :heading "one" . :t a :Section ; :heading "two" .
      :u a :Section ; :heading "one, two" ."""
    query = "query ($where: BookWhere) { books(where: $where) { nodes { id } } }"
    one, two = {"heading": {"contains": "one"}}, {"heading": {"contains": "two"}}

    def found(where: Mapping[str, object]) -> list[str]:
        nodes = read(ask(query, turtle, where=where), "books.nodes.id")
        return [str(each).removeprefix(NAMESPACE) for each in nodes]

    assert found({"sections": {"some": {"and": [one, two]}}}) == ["b"]
    several = [{"sections": {"some": one}}, {"sections": {"some": two}}]
    assert found({"and": several}) == ["a", "b"]
    assert found({"sections": {"every": {"and": [one, two]}}}) == ["b"]
    assert found({"sections": {"none": {"and": [one, two]}}}) == ["a"]


def test_20_no_branch_of_a_union_begins_with_what_is_optional(
    engine: Engine, seed_store: Store
) -> None:
    random = Random(20)  # noqa: S311  (the same operations each time)
    texts = [each.graphql for each in read_questions(resources.QUERIES)]
    operations = [Operation(text) for text in texts if text]
    iris = sorted({str(quad.subject)[1:-1] for quad in seed_store.match()})
    operations += [
        draw(engine.graphql_schema, random, iris, ["a", "b"]) for _ in range(30)
    ]
    seen = 0
    for operation in operations:
        for level in engine.execute(operation, seed_store).levels:
            seen += level.sparql.count("UNION")
            assert not BEGINS_OPTIONAL.search(level.sparql), level.sparql
    assert seen > 100
    assert BEGINS_OPTIONAL.search("{ ?a ?b ?c } UNION {\n OPTIONAL { ?a ?b ?c } }")
    assert BEGINS_OPTIONAL.search("{\n {\n OPTIONAL { } } UNION { }")


BEGINS_OPTIONAL = re.compile(r"(?<!LATERAL )\{\s*OPTIONAL")
"""A group that begins with OPTIONAL; alone in a LATERAL it has its root outside."""
