"""The short way of shaping shows what the long way shows, and reports it alike."""

from collections.abc import Callable

import pytest

from ssc_kg.compiler import shape
from ssc_kg.compiler.collect import Node
from ssc_kg.compiler.json import JsonObject
from ssc_kg.compiler.quick import Readers, read_quickly
from ssc_kg.engine.operation import Operation, Result
from ssc_kg.rdf.languages import accept_languages
from tests.library import library, shelf

LIBRARY = library()
STORE = shelf(r"""
:a a :Book ; :title "A"@en, "Ä"@de ; :tag "x", "y" ; :editor :x ; :author :x, :y ;
   :pages 5, 007 ; :price 1.50 ; :inPrint true .
:b a :Book ; :title "say \"B\"\n\\" ; :pages 12 ; :price 1e1 ; :editor :y ; :author :y .
:c a :Book ; :title "C"@de ; :pages "many" ; :price "1_0" ; :editor :z ; :author :z .
:d a :Book ; :pages 12 ; :editor :x .
:x a :Author ; :name "X" ; :motto "mot"@fr .
:y a :Author ; :name "Y" ; :motto "Wort"@de, "word"@en .
:z a :Author .
:f a :Film ; :label "F" ; :minutes 90 ; :title "Film" .
""")
QUERIES = [
    "{ books { nodes { __typename id pages: pages_ price inPrint } } }",
    "{ books { nodes { id title } } }",
    "{ books { nodes { again: pages_ id pages_ pages_ } } }",
    "{ books { nodes { id editor { id name motto } } } }",
    "{ books { nodes { tags price } } }",
    "{ books { edges { node { price authors { nodes { id motto } } } } } }",
    "{ works { nodes { id __typename title ... on Film { label minutes } } } }",
]


def answer(query: str, languages: str) -> Result:
    operation = Operation(query, languages=accept_languages(languages))
    return LIBRARY.execute(operation, STORE)


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("languages", ["", "de", "fr, de;q=0"])
def test_both_ways_show_and_report_the_same(
    query: str, languages: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick = answer(query, languages).body()
    monkeypatch.setattr(shape, "readers_of", lambda *_: None)
    assert answer(query, languages).body() == quick


def count_quick(monkeypatch: pytest.MonkeyPatch) -> Callable[[], tuple[int, int]]:
    """Return what tells how many objects were made, and left, by the short way."""
    objects = list[JsonObject | None]()

    def read_counted(node: Node, readers: Readers) -> JsonObject | None:
        objects.append(read_quickly(node, readers))
        return objects[-1]

    monkeypatch.setattr(shape, "read_quickly", read_counted)
    return lambda: (len(objects) - objects.count(None), objects.count(None))


@pytest.mark.parametrize(
    ("selection", "counts"),
    [
        pytest.param("id __typename", (4, 0), id="what is known"),
        pytest.param("price inPrint", (3, 1), id="an unreadable number"),
        pytest.param("pages_", (3, 1), id="several values, an unreadable one"),
        pytest.param("tags", (4, 0), id="a list"),
        pytest.param("titles { value }", (0, 0), id="texts with their languages"),
        pytest.param("editor { id }", (4, 0), id="below a link"),
    ],
)
def test_only_what_is_unusual_goes_the_long_way(
    selection: str, counts: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    counted = count_quick(monkeypatch)
    answer(f"{{ books {{ nodes {{ {selection} }} }} }}", "")
    assert counted() == counts
