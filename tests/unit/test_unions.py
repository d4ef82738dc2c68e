"""Links that lead to types with nothing in common, asked of a schema of books."""

import pytest

from ssc_kg.compiler.json import Json
from ssc_kg.engine.operation import Operation
from tests.library import NAMESPACE, ask, library, read, shelf

KEPT = """
:x a :Author ; :name "X" ; :keeps :a, :f, :s, :t, :y . :y a :Author ; :name "Y" .
:a a :Book ; :title "A" ; :editor :x . :f a :Film ; :label "F" ; :minutes 90 .
:s a :Section ; :heading "S" ; :subject :y . :t a :Section ; :subject :s .
:n a :Note ; :from :x ; :by :keeps ; :to :f ; :words "a gift" .
"""
PARTS = """
__typename
... on Book { title editor { name } }
... on Film { minutes }
... on Section { heading subject { __typename ... on Author { name } } }
"""


IRIS = "... on Book { id } ... on Film { id } ... on Section { id }"


def kept(arguments: str, shown: str) -> list[Json]:
    query = f"{{ authors(first: 1) {{ nodes {{ kept{arguments} {{ {shown} }} }} }} }}"
    return read(ask(query, KEPT), "authors.nodes.kept")


def test_each_node_is_shown_as_its_type_is() -> None:
    [page] = kept("", f"totalCount nodes {{ {PARTS} }}")
    assert page == {
        "totalCount": 4,
        "nodes": [
            {"__typename": "Book", "title": "A", "editor": {"name": "X"}},
            {"__typename": "Film", "minutes": 90},
            {
                "__typename": "Section",
                "heading": "S",
                "subject": {"__typename": "Author", "name": "Y"},
            },
            {
                "__typename": "Section",
                "heading": None,
                "subject": {"__typename": "Section"},
            },
        ],
    }


def test_a_level_is_one_query_whatever_the_types() -> None:
    query = f"{{ authors {{ nodes {{ kept {{ nodes {{ {PARTS} }} }} }} }} }}"
    assert len(ask(query, KEPT).levels) == 3


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        pytest.param("(first: 2)", "af", id="a page"),
        pytest.param("(orderBy: [{id: DESC}])", "tsfa", id="ordered by IRI"),
        pytest.param("(where: {section: {}})", "st", id="of a type"),
        pytest.param('(where: {book: {title: {eq: "A"}}})', "a", id="a condition"),
        pytest.param(
            '(where: {book: {title: {eq: "B"}}})', "", id="that does not hold"
        ),
        pytest.param("(where: {not: {film: {}}})", "ast", id="not of a type"),
        pytest.param(
            "(where: {or: [{film: {minutes: {gt: 60}}}, {book: {}}]})",
            "af",
            id="of several types",
        ),
        pytest.param(
            '(where: {section: {subject: {author: {name: {eq: "Y"}}}}})',
            "s",
            id="a union in a union",
        ),
        pytest.param(
            f'(where: {{id: {{eq: "{NAMESPACE}f"}}}})', "f", id="by IRI, of any type"
        ),
    ],
)
def test_nodes_of_a_union_are_paged_ordered_and_chosen(
    arguments: str, expected: str
) -> None:
    [page] = kept(arguments, f"nodes {{ {IRIS} }}")
    assert isinstance(page, dict)
    nodes = page["nodes"]
    assert isinstance(nodes, list)
    iris = (str(node["id"]) for node in nodes if isinstance(node, dict))
    assert "".join(iri[-1] for iri in iris) == expected


def test_a_field_that_is_required_on_one_type_is_missing_there_only() -> None:
    query = "{ authors { nodes { kept { nodes { ... on Film { label } } } } } }"
    turtle = KEPT.replace(':label "F" ;', "")
    result = ask(query, turtle)
    assert result.data is None
    [error] = result.errors
    assert error.path == ["authors", "nodes", 0, "kept", "nodes", 1, "label"]


def test_a_union_has_evidence_facts_and_ways_like_any_link() -> None:
    [page] = kept("", "edges { evidence { nodes { words } } }")
    words = [{"nodes": []}, {"nodes": [{"words": "a gift"}]}, *[{"nodes": []}] * 2]
    assert page == {"edges": [{"evidence": each} for each in words]}
    shown = "... on Film { __typename minutes }"
    query = f"{{ authors {{ nodes {{ kept(first: 2) {{ nodes {{ {shown} }} }} }} }} }}"
    facts = library().facts(Operation(query), shelf(KEPT)).facts
    lines = sorted(str(fact).replace(f"<{NAMESPACE}", "<") for fact in facts)
    assert lines == [
        "<f> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <Film>",
        '<f> <minutes> "90"^^<http://www.w3.org/2001/XMLSchema#integer>',
        "<x> <keeps> <a>",
        "<x> <keeps> <f>",
    ]
    ends = f'from: "{NAMESPACE}x", to: "{NAMESPACE}t"'
    query = f"{{ path({ends}) {{ paths {{ hops {{ property {{ field }} }} }} }} }}"
    assert read(ask(query, KEPT), "path.paths.hops.property.field") == ["kept"]


def test_mixed_with_introspection_the_answer_is_the_same() -> None:
    query = f"{{ authors {{ nodes {{ kept {{ nodes {{ {PARTS} }} }} }} }} }}"
    mixed = ask(query.replace("{", "{ __schema { __typename }", 1), KEPT)
    assert mixed.data is not None
    assert not mixed.errors
    assert {"authors": mixed.data["authors"]} == ask(query, KEPT).data
