"""A search as a field: what it finds, how it filters and pages, and what it shows."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from typing import Annotated

import orjson
import pyoxigraph
import pytest
import strawberry

from ssc_kg.compiler.json import Json
from ssc_kg.compiler.lower import MAXIMUM_SEARCHES
from ssc_kg.engine.connections import Connection, connection, lookup
from ssc_kg.engine.operation import Operation, Result
from ssc_kg.engine.schema import build_engine
from ssc_kg.engine.searching import FIRST_CANDIDATES
from ssc_kg.engine.trace import How
from ssc_kg.errors import MappingError, StoreError
from ssc_kg.mapping.declare import Instances, Search
from ssc_kg.rdf.vocab import RDF
from ssc_kg.store.embedded import EmbeddedStore
from ssc_kg.store.protocol import Store
from tests.library import NAMESPACE, Author, library, read, shelf, term

SHELF = """
:art a :Book ; :label "Art" ; :title "The art of cities"@en, "L'art des cités"@fr ;
    :pages 90 .
:artist a :Book ; :label "Artist" ; :tag "art", "oil" ; :pages 12 .
:film a :Film ; :label "A film about art" ; :minutes 90 .
:painter a :Author ; :name "Arturo" .
:smart a :Book ; :title "智慧城市"@zh, "Умный город"@ru ;
    :title "مدينة ذكيّة"@ar, "스마트시티"@ko ; :label "😀 Zürich smart" .
:robot a :Machine ; :label "Art robot" .
:note a :Note ; :words "Of harbours" ; :source :artist, :film .
"""


ENGINE, STORE = library(), shelf(SHELF)


def find(arguments: str, shown: str = "nodes { id }") -> Result:
    return ENGINE.execute(Operation(f"{{ find({arguments}) {{ {shown} }} }}"), STORE)


def names(result: Result) -> list[str]:
    found = read(result, "find.nodes.id")
    return [str(iri).removeprefix(NAMESPACE) for iri in found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("art", ["art", "artist", "film", "painter"], id="a word"),
        pytest.param("ARTUR", ["painter"], id="a beginning, in capitals"),
        pytest.param("film about", ["film"], id="several words"),
        pytest.param("oil artist", ["artist"], id="words of two texts"),
        pytest.param("cites", ["art"], id="French without accents"),
        pytest.param("CITÉS", ["art"], id="French with accents"),
        pytest.param("zurich", ["smart"], id="an umlaut less"),
        pytest.param("город", ["smart"], id="Cyrillic"),
        pytest.param("城市", ["smart"], id="two Chinese characters"),
        pytest.param("市", ["smart"], id="one Chinese character"),
        pytest.param("시티", ["smart"], id="Korean"),
        pytest.param("ذكية", ["smart"], id="Arabic without its marks"),
        pytest.param("harbours", ["film", "artist"], id="what a text is about"),
        pytest.param("robot", [], id="a class that is in no schema"),
        pytest.param("of section", [], id="words of no text"),
    ],
)
def test_a_search_finds(text: str, found: list[str]) -> None:
    assert sorted(names(find(f'text: "{text}"'))) == sorted(found)


def test_an_exact_name_comes_before_a_mention() -> None:
    result = find('text: "art"', "nodes { id } edges { isExact score }")
    assert names(result)[0] == "art"
    assert read(result, "find.edges.isExact") == [True, False, False, False]
    scores = read(result, "find.edges.score")[1:]
    assert scores == sorted(scores, key=lambda score: -float(str(score)))


def test_a_match_says_where_in_which_text_the_words_are() -> None:
    shown = "edges { match { field language text ranges { start end } } }"
    [edge] = read(find('text: "smart"', shown), "find.edges")
    assert edge == {
        "match": {
            "field": "label",
            "language": None,
            "text": "😀 Zürich smart",
            "ranges": [{"start": 9, "end": 14}],
        }
    }
    [edge] = read(find('text: "cites"', shown), "find.edges")
    assert edge == {
        "match": {
            "field": "title",
            "language": "fr",
            "text": "L'art des cités",
            "ranges": [{"start": 10, "end": 15}],
        }
    }


SOURCE = """edges {
    node { id }
    match { __typename text source { __typename id ... on Note { words } } }
}"""


def test_a_text_about_a_node_tells_what_has_it() -> None:
    source = {"__typename": "Note", "id": f"{NAMESPACE}note", "words": "Of harbours"}
    match = {"__typename": "ItemTextMatch", "text": "Of harbours", "source": source}
    assert find('text: "harbours"', SOURCE).data == {
        "find": {
            "edges": [
                {"node": {"id": f"{NAMESPACE}{name}"}, "match": match}
                for name in ("artist", "film")
            ]
        }
    }


def test_a_text_of_the_node_itself_has_no_other_source() -> None:
    shown = "edges { match { source { id } } }"
    assert read(find('text: "art"', shown), "find.edges.match.source") == [None] * 4


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        pytest.param("harbours", ["note", "a-note"], id="the first by IRI"),
        pytest.param("ports", [None], id="none of a class that is in no schema"),
    ],
)
def test_of_several_that_have_one_text_one_is_told(
    text: str, sources: list[str | None]
) -> None:
    several = f"""{SHELF}
        :a-note a :Note ; :words "Of harbours" ; :source :film .
        :a-draft a :Draft ; :words "Of ports" ; :source :film .
    """
    query = f'{{ find(text: "{text}") {{ edges {{ match {{ source {{ id }} }} }} }} }}'
    found = ENGINE.execute(Operation(query), shelf(several))
    assert read(found, "find.edges.match.source") == [
        source and {"id": NAMESPACE + source} for source in sources
    ]


def test_sources_are_read_with_the_level_below() -> None:
    shown = """edges {
        node { ... on Work { authors { totalCount } } }
        match { source { ... on Note { words source { id } } } }
    }"""
    words, *others = find('text: "harbours"', shown).levels
    assert words.how is How.WORDS
    assert len(others) == 3  # The nodes; authors and sources; what these speak of.


def test_the_facts_of_a_source_say_what_it_is_about() -> None:
    operation = Operation(f'{{ find(text: "harbours") {{ {SOURCE} }} }}')
    facts = ENGINE.facts(operation, STORE).facts
    assert {fact.object for fact in facts if fact.predicate == term("source")} == {
        term("artist"),
        term("film"),
    }


def test_nodes_are_of_any_type_and_read_as_everywhere() -> None:
    shown = """nodes {
        __typename id ... on Book { title pages_ } ... on Film { minutes }
        ... on Author { name works { totalCount } }
    } totalCount"""
    result = find('text: "art"', shown)
    assert result.data == {
        "find": {
            "nodes": [
                {
                    "__typename": "Book",
                    "id": f"{NAMESPACE}art",
                    "title": "The art of cities",
                    "pages_": 90,
                },
                {"__typename": "Film", "id": f"{NAMESPACE}film", "minutes": 90},
                {
                    "__typename": "Book",
                    "id": f"{NAMESPACE}artist",
                    "title": None,
                    "pages_": 12,
                },
                {
                    "__typename": "Author",
                    "id": f"{NAMESPACE}painter",
                    "name": "Arturo",
                    "works": {"totalCount": 0},
                },
            ],
            "totalCount": 4,
        }
    }


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        pytest.param("types: [Book]", ["art", "artist"], id="a type"),
        pytest.param("types: [Work]", ["art", "film", "artist"], id="an interface"),
        pytest.param("types: [Film, Author]", ["film", "painter"], id="two types"),
        pytest.param("types: [Item]", ["art", "film", "artist", "painter"], id="all"),
        pytest.param("types: [Section]", [], id="a type that is not found"),
        pytest.param("types: []", [], id="none of none"),
        pytest.param("types: null", ["art", "film", "artist", "painter"], id="null"),
        pytest.param(
            f'where: {{id: {{notIn: ["{NAMESPACE}art"]}}}}',
            ["film", "artist", "painter"],
            id="a condition",
        ),
        pytest.param(
            f'types: [Film, Author], where: {{id: {{ne: "{NAMESPACE}film"}}}}',
            ["painter"],
            id="both",
        ),
        pytest.param('where: {id: {eq: "urn:x"}}', [], id="a condition on no node"),
    ],
)
def test_types_and_conditions_filter(arguments: str, found: list[str]) -> None:
    assert names(find(f'text: "art", {arguments}')) == found


def test_filters_come_before_pages_and_counts() -> None:
    where = f'where: {{id: {{ne: "{NAMESPACE}artist"}}}}'
    shown = "nodes { id } totalCount pageInfo { hasNextPage hasPreviousPage endCursor }"
    first = find(f'text: "art", {where}, first: 2', shown)
    assert names(first) == ["art", "film"]
    assert read(first, "find.totalCount") == [3]
    assert read(first, "find.pageInfo.hasNextPage") == [True]
    [cursor] = read(first, "find.pageInfo.endCursor")
    second = find(f'text: "art", {where}, first: 2, after: "{cursor}"', shown)
    assert names(second) == ["painter"]
    assert read(second, "find.totalCount") == [3]
    assert read(second, "find.pageInfo.hasNextPage") == [False]
    assert read(second, "find.pageInfo.hasPreviousPage") == [True]


def test_where_nothing_is_counted_the_best_are_asked_about_first() -> None:
    number = FIRST_CANDIDATES + 5
    books = " ".join(f':b{n:04} a :Book ; :label "Art" .' for n in range(number))
    many = shelf(books)

    def asked(condition: str, shown: str) -> tuple[list[str], list[int]]:
        arguments = f'text: "art", first: 2, where: {{id: {{{condition}}}}}'
        query = Operation(f"{{ find({arguments}) {{ {shown} }} }}")
        result = ENGINE.execute(query, many)
        queries = [each.rows for each in result.levels if each.how is How.QUERY]
        return names(result), queries

    without, last = f'ne: "{NAMESPACE}b0000"', f'in: ["{NAMESPACE}b{number - 1:04}"]'
    shown = "nodes { id }"
    assert asked(without, shown) == (["b0001", "b0002"], [FIRST_CANDIDATES - 1])
    assert asked(last, shown) == ([f"b{number - 1:04}"], [0, 1])
    assert asked(without, f"{shown} totalCount") == (["b0001", "b0002"], [number - 1])


@pytest.mark.parametrize("size", [1, 2, 3, 4, 5])
def test_pages_hold_everything_once_in_order(size: int) -> None:
    everything, found, after = names(find('text: "art"')), list[str](), "null"
    for _ in range(5):
        page = find(
            f'text: "art", first: {size}, after: {after}',
            "nodes { id } pageInfo { endCursor hasNextPage }",
        )
        found += names(page)
        [after] = (f'"{cursor}"' for cursor in read(page, "find.pageInfo.endCursor"))
        if read(page, "find.pageInfo.hasNextPage") == [False]:
            break
    assert found == everything


def cursor_after(number: int, arguments: str, store: Store = STORE) -> Json:
    shown = "edges { cursor }"
    query = f"{{ find({arguments}) {{ {shown} }} }}"
    result = ENGINE.execute(Operation(query), store)
    return read(result, "find.edges.cursor")[number - 1]


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param('text: "arts"', id="another text"),
        pytest.param('text: "art", types: [Book]', id="other types"),
        pytest.param('text: "art", where: {id: {ne: "urn:x"}}', id="a condition"),
    ],
)
def test_a_cursor_of_another_search_is_refused(arguments: str) -> None:
    cursor = cursor_after(1, 'text: "art"')
    result = find(f'{arguments}, after: "{cursor}"')
    assert errors(result) == ["BAD_USER_INPUT"]
    assert "is not a cursor of this connection" in result.errors[0].message


def errors(result: Result) -> list[object]:
    return [(error.extensions or {})["code"] for error in result.errors]


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda held: held, id="as it was"),
        pytest.param(lambda held: held.replace(b"false", b"null"), id="no rank"),
        pytest.param(lambda held: held.replace(b"false", b"1.5"), id="another kind"),
        pytest.param(lambda held: held.replace(b"http", b"ht tp"), id="no IRI"),
        pytest.param(lambda held: held[:-1], id="a part"),
        pytest.param(lambda _: b"k[1e999]", id="no number of JSON"),
    ],
)
def test_a_cursor_that_was_tampered_with_is_refused(
    change: Callable[[bytes], bytes],
) -> None:
    cursor = str(cursor_after(2, 'text: "art"'))
    held = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
    changed = urlsafe_b64encode(change(held)).decode().rstrip("=")
    result = find(f'text: "art", after: "{changed}"')
    assert errors(result) == ([] if changed == cursor else ["BAD_USER_INPUT"])


def test_a_page_goes_on_after_its_node_although_ranks_have_changed() -> None:
    cursor = cursor_after(2, 'text: "art"')
    arguments = f'text: "art", after: "{cursor}"'
    more = " ".join(
        f':n{number} a :Book ; :label "Art {number}", "Nothing {number}" .'
        for number in range(9)
    )
    grown = shelf(SHELF + more)
    query = Operation(f"{{ find({arguments}) {{ nodes {{ id }} edges {{ score }} }} }}")
    before, after = ENGINE.execute(query, STORE), ENGINE.execute(query, grown)
    assert names(before) == ["artist", "painter"]
    assert [name for name in names(after) if name[0] != "n"] == ["artist", "painter"]
    assert read(before, "find.edges.score") != read(after, "find.edges.score")[-2:]


def test_a_page_goes_on_where_its_node_was_before_it_went() -> None:
    cursor = cursor_after(2, 'text: "art"')
    without = "\n".join(line for line in SHELF.split("\n") if ":film a" not in line)
    query = f'{{ find(text: "art", after: "{cursor}") {{ nodes {{ id }} }} }}'
    result = ENGINE.execute(Operation(query), shelf(without))
    assert names(result) == ["artist", "painter"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        pytest.param("", "no letter and no digit", id="nothing"),
        pytest.param(" \t\u3000", "no letter and no digit", id="white space"),
        pytest.param("*\"'()^-+:{}", "no letter and no digit", id="signs"),
        pytest.param("\0", "no letter and no digit", id="NUL"),
        pytest.param("\ud800", "no letter and no digit", id="half a pair"),
        pytest.param("a" * 501, "501 characters; at most 500", id="too long"),
        pytest.param("a " * 65, "65 words; at most 64", id="too many words"),
    ],
)
def test_a_text_without_words_or_with_too_many_is_refused(
    text: str, reason: str
) -> None:
    query = "query ($text: String!) { find(text: $text) { totalCount } }"
    result = ENGINE.execute(Operation(query, {"text": text}), STORE)
    [error] = result.errors
    assert errors(result) == ["BAD_USER_INPUT"]
    assert error.path == ["find"]
    assert reason in error.message
    assert result.data is None  # As a list cannot be null.
    orjson.dumps(result.body())


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param('"oil"', ["artist"], id="quotes"),
        pytest.param("oi*", ["artist"], id="a star"),
        pytest.param("-oil", ["artist"], id="a minus"),
        pytest.param("^oil:", ["artist"], id="signs of FTS5"),
        pytest.param("folded:oil", [], id="a column is a word"),
        pytest.param("oil OR film", [], id="OR is a word"),
        pytest.param("NEAR(oil art)", [], id="NEAR is a word"),
        pytest.param("'; DROP TABLE words; --", [], id="SQL"),
        pytest.param("film\0about", ["film"], id="NUL"),
        pytest.param("\ud800oil", ["artist"], id="half a pair"),
        pytest.param("o\u0301il\u202e", ["artist"], id="marks and directions"),
    ],
)
def test_signs_are_no_operators(text: str, found: list[str]) -> None:
    query = "query ($text: String!) { find(text: $text) { nodes { id } } }"
    result = ENGINE.execute(Operation(query, {"text": text}), STORE)
    assert (names(result), result.errors) == (found, ())


def test_a_page_has_the_size_of_pages_everywhere() -> None:
    assert errors(find('text: "art", first: 1001')) == ["OPERATION_TOO_LARGE"]
    assert errors(find('text: "art", first: -1')) == ["BAD_USER_INPUT"]
    nothing = find('text: "art", first: 0', "nodes { id } pageInfo { hasNextPage }")
    assert (names(nothing), read(nothing, "find.pageInfo.hasNextPage")) == ([], [True])


def test_searches_are_limited_before_anything_is_read() -> None:
    def query(number: int) -> str:
        return " ".join(
            f'a{each}: find(text: "art") {{ totalCount }}' for each in range(number)
        )

    most = ENGINE.execute(Operation(f"{{ {query(MAXIMUM_SEARCHES)} }}"), STORE)
    assert most.errors == ()
    more = ENGINE.execute(Operation(f"{{ {query(MAXIMUM_SEARCHES + 1)} }}"), STORE)
    [error] = more.errors
    assert error.extensions == {
        "code": "OPERATION_TOO_LARGE",
        "limit": "searches",
        "maximum": MAXIMUM_SEARCHES,
    }
    assert more.levels == ()


def test_a_store_without_an_index_says_so() -> None:
    plain = EmbeddedStore(pyoxigraph.Store())
    with pytest.raises(StoreError, match="has no full-text index"):
        ENGINE.execute(Operation('{ find(text: "a") { totalCount } }'), plain)


def test_each_part_of_a_search_is_told_with_its_rows() -> None:
    only = find('text: "ART cities"', "totalCount")
    assert [(each.how, each.asked, each.rows) for each in only.levels] == [
        (How.WORDS, "art cities", 1)
    ]
    words, filtered, read_ = find(
        f'text: "art", where: {{id: {{ne: "{NAMESPACE}art"}}}}, first: 1'
    ).levels
    assert (words.how, words.asked, words.rows) == (How.WORDS, "art", 4)
    assert (filtered.how, filtered.rows) == (How.QUERY, 3)
    assert (read_.how, read_.rows) == (How.PATTERNS, 1)
    assert min(each.seconds for each in (words, filtered, read_)) > 0


def test_the_facts_of_a_search_are_those_of_its_nodes() -> None:
    operation = Operation(
        '{ find(text: "arturo") { nodes { __typename ... on Author { name } } } }'
    )
    facts = ENGINE.facts(operation, STORE).facts
    assert {(str(f.predicate), str(f.object)) for f in facts} == {
        (str(RDF.type), f"<{NAMESPACE}Author>"),
        (f"<{NAMESPACE}name>", '"Arturo"'),
    }


def test_a_schema_without_a_search_has_no_types_of_it() -> None:
    @strawberry.type
    class Query:
        authors: Annotated[Connection[Author], Instances()] = connection()

    printed = build_engine(Query).schema.as_str()
    assert "TextMatch" not in printed
    assert "enum ItemType" not in printed


def test_a_search_is_a_connection_of_its_own() -> None:
    @strawberry.type
    class Query:
        find: Annotated[Author | None, Search()] = lookup()

    with pytest.raises(MappingError, match=r"a SearchConnection\[…\] marked Search"):
        build_engine(Query)
