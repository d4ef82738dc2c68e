"""Which levels are read pattern by pattern, and that this changes no answer."""

import pytest

from ssc_kg.engine.direct import MAXIMUM_READS
from ssc_kg.engine.operation import Operation, Result
from ssc_kg.engine.trace import How
from tests.library import NAMESPACE, library, shelf
from tests.stores import ByQueries

LIBRARY = library()
BOOKS = """
:a a :Book ; :title "A"@en, "Ä"@de ; :tag "x", "y", "x\\ty" ;
   :pages 5, 007 ; :price 1.50 ;
   :editor :x ; :author :x, :y ; :sequel :b , [] .
:b a :Book ; :title "B"@en ; :editor :y , "no node" ; :inPrint true .
:x a :Author ; :name "X", "X"@en . :y a :Author, :Film ; :name "Y" .
:f a :Film ; :label "F" .
"""


def ask(query: str, turtle: str = BOOKS) -> Result:
    """Answer both ways; the answers are the same."""
    store = shelf(turtle)
    operation = Operation(query)
    asked = LIBRARY.execute(operation, ByQueries.over(store))
    assert {level.how for level in asked.levels} <= {How.QUERY}
    read = LIBRARY.execute(operation, store)
    assert read.body() == asked.body()
    return read


def hows(result: Result) -> list[How]:
    return [level.how for level in result.levels]


@pytest.mark.parametrize(
    "query",
    [
        '{ book(id: ":a") { id title pages_ price tags editor { name } } }',
        '{ book(id: ":b") { title inPrint sequel { id } editor { name } } }',
        '{ book(id: ":f") { id } }',
        '{ book(id: ":nothing") { id editor { name } } }',
        '{ item(id: ":y") { __typename id ... on Author { name } } }',
        '{ items(ids: [":f", ":a", ":f", ":nothing"]) { __typename id } }',
        '{ one: book(id: ":a") { title } other: book(id: ":b") { title } }',
    ],
)
def test_few_patterns_are_matched_one_by_one(query: str) -> None:
    result = ask(query.replace('":', f'"{NAMESPACE}'))
    assert set(hows(result)) == {How.PATTERNS}


@pytest.mark.parametrize(
    "below",
    [
        pytest.param("authors { nodes { name } }", id="a page"),
        pytest.param("authors { totalCount }", id="a count"),
        pytest.param("sequels { nodes { id } }", id="a closure"),
    ],
)
def test_what_has_to_be_sorted_or_counted_is_asked_by_a_query(below: str) -> None:
    result = ask(f'{{ book(id: "{NAMESPACE}a") {{ {below} }} }}')
    assert hows(result) == [How.PATTERNS, How.QUERY]


def test_many_patterns_are_asked_by_a_query() -> None:
    number = MAXIMUM_READS // 3 + 1
    names = [f"b{number}" for number in range(number)]
    books = " ".join(f':{name} a :Book ; :title "{name}" .' for name in names)
    for count, how in ((number - 1, How.PATTERNS), (number, How.QUERY)):
        ids = ", ".join(f'"{NAMESPACE}{name}"' for name in names[:count])
        result = ask(f"{{ items(ids: [{ids}]) {{ ... on Book {{ title }} }} }}", books)
        assert hows(result) == [how]
