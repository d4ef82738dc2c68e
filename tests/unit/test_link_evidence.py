"""What speaks of links, on the edges of connections, asked of a schema of books."""

import pytest

from ssc_kg.compiler.json import Json
from ssc_kg.engine.operation import Operation, Result
from tests.library import NAMESPACE, ask, library, read, shelf

NOTES = """
:a a :Book ; :author :x, :y ; :editor :x ; :section :s ; :sequel :b . :b a :Book .
:x a :Author ; :name "X" . :y a :Author ; :name "Y" . :s a :Section .
:n1 a :Note ; :from :a ; :by :author ; :to :x ; :words "one" .
:n2 a :Note ; :from :a ; :by :author ; :to :x ; :words "two" ; :source :b .
:n3 a :Note ; :from :a ; :by :editor ; :to :x ; :words "three" .
:n4 a :Note ; :from :a ; :by :sequel ; :to :b ; :words "four" .
:n5 a :Note ; :from :b ; :by :author ; :to :x ; :words "five" .
:n6 a :Section ; :from :a ; :by :author ; :to :y .
"""
WORDS = "evidence { totalCount nodes { words } }"


def edges(result: Result, path: str) -> dict[str, Json]:
    """Return the words of the evidence on each edge, by the last letter of its node."""
    found: dict[str, Json] = {}
    for edge in read(result, path):
        assert isinstance(edge, dict)
        iri, words = (
            read(Result(edge), "node.id"),
            read(Result(edge), "evidence.nodes.words"),
        )
        assert read(Result(edge), "evidence.totalCount") == [len(words)]
        found[str(iri[0])[-1]] = " ".join(map(str, words))
    return found


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        pytest.param(
            "books.edges.node.authors.edges", {"x": "one two", "y": ""}, id="forwards"
        ),
        pytest.param("books.edges.node.sections.edges", {"s": ""}, id="of none"),
        pytest.param("books.edges", {"a": "", "b": ""}, id="at the root"),
        pytest.param("books.edges.node.sequels.edges", {"b": ""}, id="transitive"),
    ],
)
def test_evidence_stands_on_the_link_of_which_it_speaks(
    path: str, expected: dict[str, Json]
) -> None:
    *outer, _ = path.split(".")
    query = f"{{ node {{ id }} {WORDS} }}"
    for name in reversed([*outer, "edges"]):
        query = f"{{ {name} {query} }}"
    assert edges(ask(query, NOTES), path) == expected


def test_a_link_followed_backwards_has_the_evidence_of_what_is_stated() -> None:
    query = "{ authors(first: 1) { nodes { works { edges { node { id } %s } } } } }"
    result = ask(query % WORDS, NOTES)
    assert edges(result, "authors.nodes.works.edges") == {"a": "one two"}


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        pytest.param("(first: 1)", ["one"], id="the first"),
        pytest.param("(last: 1)", ["two"], id="the last"),
        pytest.param('(where: {words: {eq: "two"}})', ["two"], id="filtered"),
        pytest.param("(orderBy: [{words: DESC}])", ["two", "one"], id="ordered"),
    ],
)
def test_evidence_is_paged_filtered_and_ordered_for_each_link(
    arguments: str, expected: list[Json]
) -> None:
    shown = f"evidence{arguments} {{ nodes {{ words }} }}"
    query = f"{{ books {{ nodes {{ authors {{ edges {{ {shown} }} }} }} }} }}"
    assert (
        read(ask(query, NOTES), "books.nodes.authors.edges.evidence.nodes.words")
        == expected
    )


def test_evidence_of_all_links_is_one_query_with_what_stands_below_their_nodes() -> (
    None
):
    query = """
    { books { nodes { authors { edges {
        node { works { nodes { id } } } evidence { totalCount nodes { source { id } } }
    } } } } }
    """
    result = ask(query, NOTES)
    assert len(result.levels) == 4
    authors = "books.nodes.authors.edges"
    assert read(result, f"{authors}.evidence.totalCount") == [2, 0]
    assert len(read(result, f"{authors}.node.works.nodes.id")) == 2


def test_without_links_nothing_is_asked_for_their_evidence() -> None:
    assert (
        len(ask("{ books { edges { evidence { totalCount } } } }", NOTES).levels) == 1
    )


def test_the_facts_of_evidence_name_the_link() -> None:
    query = """
    { authors(first: 1) { nodes { works(first: 1) { edges {
        evidence(first: 1) { nodes { words } }
    } } } } }
    """
    facts = library().facts(Operation(query), shelf(NOTES)).facts
    lines = sorted(str(fact).replace(f"<{NAMESPACE}", "<") for fact in facts)
    assert lines == [
        "<n1> <by> <author>",
        "<n1> <from> <a>",
        "<n1> <to> <x>",
        '<n1> <words> "one"',
    ]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        pytest.param('fields: ["authors"]', ["one", "two"], id="a list"),
        pytest.param('fields: ["editor"]', ["three"], id="a link to one node"),
        pytest.param('fields: ["editor", "sequel"]', ["three", "four"], id="several"),
        pytest.param('fields: ["price"]', [], id="a value without evidence"),
        pytest.param("fields: []", [], id="none"),
        pytest.param("fields: null", ["one", "two", "three", "four"], id="null"),
        pytest.param('fields: ["authors"], last: 1', ["two"], id="and a page"),
        pytest.param(
            'fields: ["authors"], where: {words: {ne: "two"}}',
            ["one"],
            id="and a condition",
        ),
    ],
)
def test_the_evidence_of_a_node_is_asked_for_by_field(
    arguments: str, expected: list[Json]
) -> None:
    shown = f"notes({arguments}) {{ nodes {{ words }} }}"
    result = ask(f'{{ item(id: "{NAMESPACE}a") {{ {shown} }} }}', NOTES)
    assert read(result, "item.notes.nodes.words") == expected


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("publisher", id="no field"),
        pytest.param("works", id="a field that follows a property backwards"),
        pytest.param("sequels", id="a transitive field"),
        pytest.param("id", id="the IRI"),
        pytest.param('"} #', id="no name"),
    ],
)
def test_a_field_that_has_no_evidence_of_its_own_is_refused(name: str) -> None:
    query = """
    query ($a: ID!, $names: [String!]) {
        item(id: $a) { notes(fields: $names) { totalCount } }
    }
    """
    result = ask(query, NOTES, a=f"{NAMESPACE}a", names=["authors", name])
    assert result.data == {"item": None}
    [error] = result.errors
    assert "the name of a field" in error.message
    assert (error.extensions or {})["code"] == "BAD_USER_INPUT"
