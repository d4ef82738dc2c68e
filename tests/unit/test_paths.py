"""How two things are connected, asked of a schema of books."""

import json
from random import Random
from typing import NoReturn

import pyoxigraph
import pytest
from graphql import parse
from pyoxigraph import NamedNode, Quad

from ssc_kg.compiler.json import Json
from ssc_kg.compiler.paths import MAXIMUM_HOPS, MAXIMUM_PATH_SEARCHES
from ssc_kg.engine.operation import Operation, Result
from ssc_kg.engine.paths import MAXIMUM_LINKS
from ssc_kg.engine.weight import sent_sizes, weigh
from ssc_kg.rdf.vocab import RDF
from ssc_kg.store.embedded import EmbeddedStore
from tests.library import NAMESPACE, ask, library, read, shelf, term
from tests.naive import answer_naively
from tests.naive_values import Triples

WORKS = """
:a a :Book ; :author :x ; :editor :x ; :sequel :b ; :section :s .
:b a :Book ; :author :y . :c a :Film ; :author :x, :y . :d a :Book ; :author :z .
:x a :Author ; :name "X" . :y a :Author ; :name "Y" . :z a :Author .
:s a :Section ; :heading "S" . :u :author :x, :z . :a :tag :d ; :sequel [ a :Book ] .
:n a :Note ; :from :a ; :by :author ; :to :x ; :words "one" ; :source :d .
:m a :Note ; :from :a ; :by :author ; :to :x ; :words "two" ; :source :a .
"""
HOPS = "{ length hasMore paths { hops { from { id } direction property { id } } } }"


class Untouchable(EmbeddedStore):
    """A store that nobody may ask."""

    def __init__(self) -> None:
        super().__init__(pyoxigraph.Store())

    def select_cells(self, query: str) -> NoReturn:
        raise AssertionError(query)


def search(start: str, end: str, more: str = "", shown: str = HOPS) -> str:
    ends = f'from: "{NAMESPACE}{start}", to: "{NAMESPACE}{end}"'
    return f"{{ path({ends}{more}) {shown} }}"


def ways(result: Result) -> list[str]:
    """Return the paths that were found, each as its nodes and steps but the last."""
    found = []
    for path in read(result, "path.paths"):
        assert isinstance(path, dict)
        steps = []
        for hop in read(Result(path), "hops"):
            assert isinstance(hop, dict)
            [start] = read(Result(hop), "from.id")
            [link] = read(Result(hop), "property.id")
            arrow = "<" if hop["direction"] == "INVERSE" else ">"
            steps.append(f"{start} {link}{arrow}".replace(NAMESPACE, ""))
        found.append(" ".join(steps))
    return found


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        pytest.param("a", "s", ["a section>"], id="a link"),
        pytest.param("s", "a", ["s section<"], id="a link against its direction"),
        pytest.param("a", "x", ["a author>", "a editor>"], id="two links"),
        pytest.param(
            "x",
            "b",
            ["x author< a sequel>", "x editor< a sequel>"],
            id="two links, the second in its direction",
        ),
        pytest.param(
            "x",
            "y",
            ["x author< c author>"],
            id="the shortest only",
        ),
        pytest.param(
            "s",
            "y",
            ["s section< a sequel> b author>"],
            id="three links",
        ),
        pytest.param(
            "s",
            "c",
            ["s section< a author> x author<", "s section< a editor> x author<"],
            id="ways that part and meet",
        ),
        pytest.param("a", "a", [""], id="from a thing to itself"),
        pytest.param("a", "d", [], id="none over what is no field or has no type"),
    ],
)
def test_the_shortest_ways_are_found(start: str, end: str, expected: list[str]) -> None:
    result = ask(search(start, end), WORKS)
    assert ways(result) == expected
    lengths: set[Json] = {way.count(">") + way.count("<") for way in expected}
    assert read(result, "path.length") == [*(lengths or {None})]
    assert read(result, "path.hasMore") == [False]


@pytest.mark.parametrize(
    ("hops", "expected"), [(1, None), (2, None), (3, 3), (MAXIMUM_HOPS, 3)]
)
def test_a_way_that_has_too_many_hops_is_not_found(hops: int, expected: Json) -> None:
    result = ask(search("s", "y", f", maxHops: {hops}"), WORKS)
    assert read(result, "path.length") == [expected]


@pytest.mark.parametrize(
    ("first", "expected", "has_more"),
    [
        (0, [], True),
        (1, ["a author>"], True),
        (2, ["a author>", "a editor>"], False),
        (9, ["a author>", "a editor>"], False),
    ],
)
def test_no_more_ways_are_shown_than_asked_for_and_that_is_said(
    first: int, expected: list[str], *, has_more: bool
) -> None:
    result = ask(search("a", "x", f", first: {first}"), WORKS)
    assert ways(result) == expected
    assert read(result, "path.hasMore") == [has_more]


@pytest.mark.parametrize(
    ("start", "end"),
    [
        pytest.param("a", "nowhere", id="an end that nothing is said of"),
        pytest.param("nowhere", "a", id="a start that nothing is said of"),
        pytest.param("nowhere", "nowhere", id="both, and the same"),
        pytest.param("a", "u", id="an end without a type"),
        pytest.param("n", "n", id="what speaks of links"),
    ],
)
def test_between_what_is_no_node_there_is_null(start: str, end: str) -> None:
    result = ask(search(start, end), WORKS)
    assert result.body() == {"data": {"path": None}}


@pytest.mark.parametrize(
    ("query", "words"),
    [
        pytest.param(search("a", "b", ", maxHops: 0"), "maxHops: 0", id="no hop"),
        pytest.param(search("a", "b", ", maxHops: 11"), "1 to 10", id="too many hops"),
        pytest.param(search("a", "b", ", first: -1"), "first", id="a negative number"),
        pytest.param(search("> } #", "b"), "IRI", id="a start that is no IRI"),
        pytest.param(
            '{ path(from: "urn:a", to: "b") { length } }', "IRI", id="a relative end"
        ),
    ],
)
def test_what_cannot_be_searched_is_refused_before_anything_is_read(
    query: str, words: str
) -> None:
    result = library().execute(Operation(query), Untouchable())
    assert result.data == {"path": None}
    [error] = result.errors
    assert words in error.message
    assert (error.extensions or {})["code"] == "BAD_USER_INPUT"


def test_too_many_ways_at_once_are_refused_before_anything_is_read() -> None:
    query = search("a", "b", ", first: 1001")
    result = library().execute(Operation(query), Untouchable())
    assert not result.is_executed
    [error] = result.errors
    assert (error.extensions or {})["limit"] == "page"


def test_too_many_searches_are_refused_before_anything_is_read() -> None:
    one = search("a", "b", shown="{ length }")[2:-2]
    query = " ".join(f"p{number}: {one}" for number in range(MAXIMUM_PATH_SEARCHES + 1))
    result = library().execute(Operation(f"{{ {query} }}"), Untouchable())
    assert not result.is_executed
    [error] = result.errors
    assert (error.extensions or {})["limit"] == "paths"


def test_nodes_properties_and_evidence_of_a_way_are_shown() -> None:
    shown = """{ paths { hops {
        from { __typename ... on Section { heading } }
        to { ... on Author { name works { totalCount } } }
        property { name field }
        evidence(first: 1) { totalCount nodes { words source { id } } }
    } } }"""
    result = ask(search("s", "x", ", first: 1", shown), WORKS)
    assert result.body() == {
        "data": {
            "path": {
                "paths": [
                    {
                        "hops": [
                            {
                                "from": {"__typename": "Section", "heading": "S"},
                                "to": {},
                                "property": {"name": None, "field": None},
                                "evidence": {"totalCount": 0, "nodes": []},
                            },
                            {
                                "from": {"__typename": "Book"},
                                "to": {"name": "X", "works": {"totalCount": 2}},
                                "property": {"name": None, "field": "authors"},
                                "evidence": {
                                    "totalCount": 2,
                                    "nodes": [
                                        {
                                            "words": "two",
                                            "source": {"id": f"{NAMESPACE}a"},
                                        }
                                    ],
                                },
                            },
                        ]
                    }
                ]
            }
        }
    }
    # The ends; a step from each; what is shown of nodes and evidence; below these.
    assert len(result.levels) == 5


def test_the_facts_of_a_way_are_its_links_as_they_are_stated() -> None:
    query = search(
        "s", "x", shown="{ paths { hops { to { ... on Author { name } } } } }"
    )
    facts = library().facts(Operation(query), shelf(WORKS)).facts
    lines = sorted(str(fact).replace(f"<{NAMESPACE}", "<") for fact in facts)
    assert lines == [
        "<a> <author> <x>",
        "<a> <editor> <x>",
        "<a> <section> <s>",
        '<x> <name> "X"',
    ]


def test_a_required_value_that_is_missing_takes_the_ways_with_it() -> None:
    query = search(
        "d", "z", shown="{ length paths { hops { to { ... on Author { name } } } } }"
    )
    result = library().facts(Operation(query), shelf(WORKS))
    assert result.data == {"path": None}
    [error] = result.errors
    assert error.path == ["path", "paths", 0, "hops", 0, "to", "name"]
    assert not result.facts


def test_a_wrong_expression_below_a_way_is_an_error_of_its_field() -> None:
    evidence = 'evidence(where: {words: {matches: "[["}}) { totalCount }'
    shown = f"{{ paths {{ hops {{ {evidence} }} }} }}"
    query = f"{search('a', 'x', shown=shown)[:-1]} authors {{ totalCount }} }}"
    result = ask(query, WORKS)
    assert result.data == {"path": None, "authors": {"totalCount": 3}}
    [error] = result.errors
    assert error.path == ["path"]
    assert "matches" in error.message


@pytest.fixture(scope="module")
def hubs() -> EmbeddedStore:
    """One has written all books, one has edited all, and one has done nothing."""
    store = pyoxigraph.Store()
    books = [NamedNode(f"{NAMESPACE}{number}") for number in range(MAXIMUM_LINKS + 1)]
    store.extend(Quad(book, RDF.type, term("Book")) for book in books)
    store.extend(Quad(book, term("author"), term("x")) for book in books)
    store.extend(Quad(book, term("editor"), term("y")) for book in books)
    store.extend(Quad(term(name), RDF.type, term("Author")) for name in "xyz")
    return EmbeddedStore(store)


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        pytest.param("x", "7", ["x author<"], id="from it"),
        pytest.param("7", "x", ["7 author>"], id="to it"),
        pytest.param("8", "7", ["8 author> x author<"], id="over it"),
        pytest.param("x", "z", [], id="from it to what has no links"),
    ],
)
def test_a_way_is_found_from_the_side_that_has_fewer_links(
    hubs: EmbeddedStore, start: str, end: str, expected: list[str]
) -> None:
    query = search(start, end, ", maxHops: 2, first: 1")
    assert ways(library().execute(Operation(query), hubs)) == expected


def test_where_both_ends_have_too_many_links_the_limit_is_named(
    hubs: EmbeddedStore,
) -> None:
    query = f"{search('x', 'y')[:-1]} other: {search('7', '8')[2:]}"
    result = library().execute(Operation(query), hubs)
    assert not result.is_executed
    [error] = result.errors
    assert f"{MAXIMUM_LINKS} links around the ends of its paths" in error.message
    assert (error.extensions or {})["limit"] == "links"


def test_what_stands_below_ways_counts_for_each_hop_of_each() -> None:
    def cost(arguments: str, **variables: object) -> int:
        shown = "{ paths { hops { to { id } } } }"
        text = f"query ($n: Int! = 3) {search('a', 'b', arguments, shown)}"
        document, sizes = parse(text), sent_sizes(variables)
        [weight] = weigh(document, library().graphql_schema, sizes).weights
        return weight.cost

    assert cost(", first: 1, maxHops: 1") == 5
    assert cost("") == 1 + 10 * 4 * 4
    assert cost(", first: 5, maxHops: $n") == 1 + 5 * 3 * 4
    assert cost(", first: 5, maxHops: $n", n=7) == 1 + 5 * 7 * 4


@pytest.mark.parametrize("seed", range(8))
def test_ways_are_those_that_a_naive_search_finds(seed: int) -> None:
    random = Random(seed)  # noqa: S311  (the same graphs each time)
    engine, quads = library(), _sparse_graph(random)
    store = pyoxigraph.Store()
    store.extend(quads)
    triples = Triples(quads)
    lengths = set()
    for _ in range(30):
        start, end = (str(random.randrange(_NODES)) for _ in range(2))
        more = f", maxHops: {random.choice([2, 4, 6])}, first: {random.choice([2, 50])}"
        operation = Operation(search(start, end, more))
        naive = answer_naively(engine, operation, triples)
        result = engine.execute(operation, EmbeddedStore(store))
        assert json.dumps(result.data) == json.dumps(naive.data)
        lengths |= set(read(result, "path.length"))
    assert len(lengths) > 3


_NODES = 40


def _sparse_graph(random: Random) -> list[Quad]:
    nodes = [NamedNode(f"{NAMESPACE}{number}") for number in range(_NODES)]
    links = [term(name) for name in ("author", "editor", "sequel", "other")]
    typed = [
        Quad(node, RDF.type, term(random.choice(["Book", "Author", "Film"])))
        for node in nodes
    ]
    linked = [
        Quad(random.choice(nodes), random.choice(links), random.choice(nodes))
        for _ in range(_NODES * 3 // 2)
    ]
    return [*typed, *linked]
