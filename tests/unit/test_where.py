"""What `where` keeps, asked of a schema of books."""

import json

import pytest

from ssc_kg.engine.operation import Result
from tests.library import NAMESPACE, ask, read

SHELF = """
:a a :Book ; :title "Alpha"@en, "Alfa"@fr ; :pages 100 ; :price 9.5 ; :inPrint true ;
   :tag "new", "red" ; :author :x, :y ; :editor :x ; :label "one" .
:b a :Book ; :title "Beta"@en ; :pages 200 ; :inPrint false ; :tag "old" ;
   :author :y ; :editor :y ; :sequel :a .
:c a :Book ; :title "gamma"@en-GB ; :price 12 ; :editor :x .
:f a :Film ; :title "Film"@en ; :label "two" ; :minutes 90 ; :author :x .
:x a :Author ; :name "Xu" . :y a :Author ; :name "Yi" .
:s a :Section ; :heading "S" .
"""


def kept(where: str, root: str = "books") -> str:
    """Return the last letters of the IRIs that are kept."""
    result = ask(f"{{ {root}(where: {where}) {{ totalCount nodes {{ id }} }} }}", SHELF)
    iris = read(result, f"{root}.nodes.id")
    assert read(result, f"{root}.totalCount") == [len(iris)]
    return "".join(str(iri)[-1] for iri in iris)


def refusal(where: str, root: str = "books") -> str:
    return message(ask(f"{{ {root}(where: {where}) {{ totalCount }} }}", SHELF))


def message(result: Result) -> str:
    assert result.data is None
    [error] = result.errors
    assert error.extensions is not None
    assert error.extensions["code"] in ("BAD_USER_INPUT", "OPERATION_TOO_LARGE")
    return error.message


@pytest.mark.parametrize(
    ("where", "letters"),
    [
        pytest.param("{}", "abc", id="nothing asked"),
        pytest.param('{title: {eq: "Alpha"}}', "a", id="equal"),
        pytest.param('{title: {eq: "Alfa"}}', "a", id="equal in another language"),
        pytest.param('{title: {eq: "Alfa", language: "en"}}', "", id="in this one"),
        pytest.param('{title: {eq: "gamma", language: "en"}}', "c", id="a range"),
        pytest.param('{title: {language: "fr"}}', "a", id="has this language"),
        pytest.param('{title: {ne: "Alpha"}}', "bc", id="another in all languages"),
        pytest.param('{title: {in: ["Beta", "x"]}}', "b", id="one of"),
        pytest.param("{title: {in: []}}", "", id="one of none"),
        pytest.param('{title: {notIn: ["Beta"]}}', "ac", id="none of"),
        pytest.param("{title: {notIn: []}}", "abc", id="none of none"),
        pytest.param('{title: {contains: "mm"}}', "c", id="contains"),
        pytest.param('{title: {startsWith: "B"}}', "b", id="starts"),
        pytest.param('{title: {endsWith: "ta"}}', "b", id="ends"),
        pytest.param('{title: {matches: "^A.+a$"}}', "a", id="matches"),
        pytest.param('{title: {eq: "GAMMA"}}', "", id="case counts"),
        pytest.param('{title: {eq: "GAMMA", ignoreCase: true}}', "c", id="or not"),
        pytest.param('{title: {matches: "^g", ignoreCase: true}}', "c", id="either"),
        pytest.param('{title: {lt: "B"}}', "a", id="text before"),
        pytest.param("{pages_: {gte: 100, lt: 200}}", "a", id="a range of numbers"),
        pytest.param("{price: {gt: 9.5}}", "c", id="numbers of any type"),
        pytest.param("{inPrint: {eq: false}}", "b", id="a truth value"),
        pytest.param("{pages_: {isNull: true}}", "c", id="null"),
        pytest.param("{pages_: {isNull: false}}", "ab", id="not null"),
        pytest.param("{pages_: {ne: 100}}", "b", id="null differs from nothing"),
        pytest.param("{not: {pages_: {eq: 100}}}", "bc", id="but it is not equal"),
        pytest.param(
            '{or: [{price: {lt: 10}}, {title: {eq: "Beta"}}]}', "ab", id="either"
        ),
        pytest.param("{or: []}", "", id="none of no conditions holds"),
        pytest.param("{and: []}", "abc", id="all of no conditions hold"),
        pytest.param(
            '{not: {or: [{price: {lt: 10}}, {title: {eq: "Beta"}}]}}', "c", id="neither"
        ),
        pytest.param('{tags: {some: {eq: "old"}}}', "b", id="some value"),
        pytest.param('{tags: {every: {contains: "e"}}}', "ac", id="every value"),
        pytest.param('{tags: {none: {contains: "e"}}}', "bc", id="no value"),
        pytest.param('{editor: {name: {eq: "Yi"}}}', "b", id="a nested object"),
        pytest.param("{sequel: {isNull: true}}", "ac", id="no link"),
        pytest.param("{sequel: {isNull: false}}", "b", id="a link"),
        pytest.param('{sequel: {editor: {name: {eq: "Xu"}}}}', "b", id="two links"),
        pytest.param('{authors: {some: {name: {eq: "Yi"}}}}', "ab", id="some node"),
        pytest.param('{authors: {every: {name: {eq: "Yi"}}}}', "bc", id="every node"),
        pytest.param('{authors: {none: {name: {eq: "Yi"}}}}', "c", id="no node"),
        pytest.param("{authors: {none: {}}}", "c", id="no node at all"),
        pytest.param(
            '{id: {in: ["http://library.example/c", "http://library.example/f"]}}',
            "c",
            id="IRIs, of this type only",
        ),
        pytest.param('{not: {id: {eq: "http://library.example/a"}}}', "bc", id="IRI"),
        pytest.param("{id: {in: []}}", "", id="one of no IRIs"),
        pytest.param("{not: {id: {in: []}}}", "abc", id="not one of no IRIs"),
        pytest.param("{id: {notIn: []}}", "abc", id="none of no IRIs"),
        pytest.param("{not: {title: {in: []}}}", "abc", id="not one of no texts"),
        pytest.param(
            '{authors: {some: {id: {eq: "http://library.example/x"}}}}',
            "a",
            id="anchor",
        ),
        pytest.param(
            '{sequel: {authors: {some: {id: {eq: "http://library.example/x"}}}}}',
            "b",
            id="anchor behind two links",
        ),
    ],
)
def test_where_keeps(where: str, letters: str) -> None:
    assert kept(where) == letters


def test_two_conditions_on_one_item_are_not_two_on_different_items() -> None:
    one = '{authors: {some: {name: {eq: "Xu"}, works: {some: {label: {eq: "two"}}}}}}'
    assert kept(one) == "a"
    other = '{tags: {some: {eq: "new", contains: "red"}}}'
    assert kept(other) == ""
    assert kept(
        '{and: [{tags: {some: {eq: "new"}}}, {tags: {some: {eq: "red"}}}]}'
    ) == ("a")


def test_an_interface_is_filtered_by_its_fields() -> None:
    assert kept('{label: {in: ["one", "two"]}}', "works") == "af"
    assert kept('{authors: {some: {name: {eq: "Xu"}}}}', "works") == "af"


def test_a_nested_list_is_filtered_before_it_is_counted_and_paged() -> None:
    query = """
    { authors { nodes { name works(where: {title: {lt: "C"}}, first: 1) {
      totalCount nodes { id } pageInfo { hasNextPage } } } } }
    """
    result = ask(query, SHELF)
    works = "authors.nodes.works"
    assert read(result, f"{works}.totalCount") == [1, 2]
    assert read(result, f"{works}.nodes.id") == [f"{NAMESPACE}a", f"{NAMESPACE}a"]
    assert read(result, f"{works}.pageInfo.hasNextPage") == [False, True]
    assert len(result.levels) == 2


@pytest.mark.parametrize(
    ("where", "words"),
    [
        pytest.param("{title: {eq: null}}", "eq is null", id="operator"),
        pytest.param("{title: null}", "title is null", id="field"),
        pytest.param("{not: null}", "not is null", id="not"),
        pytest.param('{id: {eq: "a b"}}', "'a b' is not an absolute IRI", id="IRI"),
        pytest.param('{title: {matches: "("}}', "regular expression", id="pattern"),
        pytest.param('{title: {language: "e n"}}', "has to be a language", id="tag"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_a_reason(where: str, words: str) -> None:
    assert words in refusal(where)


def test_conditions_have_limits() -> None:
    nested = "{not: " * 31 + "{pages_: {eq: 1}}" + "}" * 31
    assert "more than 30 conditions inside each other" in refusal(nested)
    many = json.dumps([{"x": 1}] * 501).replace('"x"', "pages_").replace("1", "{eq: 1}")
    assert "more than 500 conditions" in refusal(f"{{or: {many}}}")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('"', id="quote"),
        pytest.param("\\", id="backslash"),
        pytest.param("} UNION { ?s ?p ?o", id="braces"),
        pytest.param("a\nb\r", id="newlines"),
        pytest.param("\0", id="NUL"),
        pytest.param("\u202eabc", id="right to left"),
        pytest.param("x" * 1_000_000, id="a megabyte"),
        pytest.param("')> #", id="ends of everything"),
    ],
)
@pytest.mark.parametrize("operator", ["eq", "ne", "contains", "startsWith", "gte"])
def test_a_hostile_text_is_only_a_text(text: str, operator: str) -> None:
    query = "query ($where: BookWhere) { books(where: $where) { totalCount } }"
    result = ask(query, SHELF, where={"title": {operator: text}})
    assert not result.errors
    expected = sum(
        any(PYTHON[operator](title, text) for title in titles)
        if operator != "ne"
        else True
        for titles in (["Alpha", "Alfa"], ["Beta"], ["gamma"])
    )
    assert result.data == {"books": {"totalCount": expected}}


PYTHON = {
    "eq": str.__eq__,
    "contains": str.__contains__,
    "startsWith": str.startswith,
    "gte": str.__ge__,
}


def test_half_a_surrogate_pair_is_refused() -> None:
    query = "query ($where: BookWhere) { books(where: $where) { totalCount } }"
    where = {"title": {"eq": chr(0xD800)}}
    assert "has to be a text" in message(ask(query, SHELF, where=where))
