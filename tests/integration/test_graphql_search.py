"""Searches over HTTP: the seed data, texts in many languages, versions new and old."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Any

import httpx
import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from ssc_kg.dataset.texts import TEXT_FIELDS
from ssc_kg.engine.engine import Engine
from ssc_kg.engine.operation import Operation
from ssc_kg.rdf.vocab import RDF, SKOS
from ssc_kg.store.embedded import EmbeddedStore
from ssc_kg.store.search.index import SearchIndex
from tests.conftest import Server
from tests.library import read
from tests.naive import Texts
from tests.naive_values import Triples
from tests.server import run, running_server

ID = "https://w3id.org/ssc-kg/id/"
SECONDS = 30
"""The first request waits until the schema is built."""
QUERY = """query ($text: String!, $types: [NodeType!], $first: Int, $after: String) {
  search(text: $text, types: $types, first: $first, after: $after) {
    totalCount
    nodes { id __typename ... on Thing { name } }
    edges { isExact score match { field language text ranges { start end } } }
    pageInfo { hasNextPage endCursor }
  }
}"""
NAMES = """@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix ssc: <https://w3id.org/ssc-kg/ontology#> .

<https://w3id.org/ssc-kg/id/activity/visit> a ssc:Activity ;
    skos:prefLabel "Visit to Zürich"@en, "취리히 방문"@ko, "Поездка в Цюрих"@ru,
        "访问苏黎世"@zh, "زيارة زيورخ"@ar ;
    skos:prefLabel "Déplacement à Zurich"@fr, "チューリッヒ訪問"@ja .
"""


def search(address: str, text: str, **variables: object) -> Any:
    body = {"query": QUERY, "variables": {"text": text, **variables}}
    response = httpx.post(f"{address}/graphql", json=body, timeout=SECONDS)
    assert response.status_code == 200, response.text
    return response.json()["data"]["search"]


@pytest.mark.parametrize(
    ("text", "best", "field", "is_exact"),
    [
        pytest.param("ITU", f"{ID}organization/itu", "acronym", True, id="acronym"),
        pytest.param("itu", f"{ID}organization/itu", "acronym", True, id="small"),
        pytest.param("karmoy", f"{ID}city/karmoy", "label", True, id="without ø"),
        pytest.param(
            "11.2", "http://metadata.un.org/sdg/11.2", "code", True, id="a code"
        ),
        pytest.param(
            "egalite", "http://metadata.un.org/sdg/5", "label", False, id="French"
        ),
        pytest.param(
            "ciudades", "http://metadata.un.org/sdg/11", "label", False, id="Spanish"
        ),
        pytest.param(
            "as representatives of the two parties",
            f"{ID}signature/citynet-unescap-mou-citynet",
            "evidence",
            False,
            id="a quotation",
        ),
    ],
)
def test_the_best_hit_is(
    server: Server, text: str, best: str, field: str, *, is_exact: bool
) -> None:
    found = search(server.address, text)
    edge = found["edges"][0]
    assert found["nodes"][0]["id"] == best
    assert (edge["match"]["field"], edge["isExact"]) == (field, is_exact)


def test_the_beginning_of_a_word_finds_all_that_go_on(server: Server) -> None:
    found = search(server.address, "resil", first=1000)
    shown = [
        edge["match"]["text"][range_["start"] : range_["end"]].lower()
        for edge in found["edges"]
        for range_ in edge["match"]["ranges"]
    ]
    assert {"resilient", "resilience"} <= {*shown}
    assert all(word.startswith("resil") for word in shown)
    assert found["totalCount"] == len(found["edges"]) > 10


def test_a_quotation_tells_its_document_and_place(server: Server) -> None:
    query = """{ search(text: "representatives of the two parties", first: 1) {
      edges {
        node { __typename }
        match { source { ... on Evidence { phrase start end document { name } } } }
      }
    } }"""
    response = httpx.post(
        f"{server.address}/graphql", json={"query": query}, timeout=SECONDS
    )
    [edge] = response.json()["data"]["search"]["edges"]
    source = edge["match"]["source"]
    assert edge["node"]["__typename"] == "Signature"
    assert (source["start"], source["end"]) == (536, 573)
    assert source["phrase"] == "as representatives of the two parties"
    assert source["document"]["name"].startswith("CityNet page on")


def test_pages_of_types_hold_everything_once(server: Server) -> None:
    types = ["Organization", "Concept"]
    everything = search(server.address, "smart", types=types, first=1000)
    names, after = list[str](), None
    while True:
        page = search(server.address, "smart", types=types, first=7, after=after)
        assert page["totalCount"] == everything["totalCount"]
        names += [node["id"] for node in page["nodes"]]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    assert names == [node["id"] for node in everything["nodes"]]
    kinds = {node["__typename"] for node in everything["nodes"]}
    assert {"Organization", "Topic"} <= kinds
    others = {node["__typename"] for node in search(server.address, "smart")["nodes"]}
    assert others - kinds


def test_the_facts_of_what_was_found_are_given_as_turtle(server: Server) -> None:
    query = (
        '{ search(text: "karmoy", types: [City]) { nodes { ... on City { name } } } }'
    )
    response = httpx.post(
        f"{server.address}/graphql",
        json={"query": query},
        headers={"Accept": "text/turtle"},
        timeout=SECONDS,
    )
    [quad] = parse(response.content, format=RdfFormat.TURTLE)
    assert quad.subject.value == f"{ID}city/karmoy"
    assert (quad.predicate, quad.object) == (
        SKOS.prefLabel,
        Literal("Karmøy", language="en"),
    )


def test_an_explanation_tells_the_words_that_were_looked_up(server: Server) -> None:
    query = '{ search(text: "KARMØY", first: 1) { totalCount nodes { id } } }'
    response = httpx.post(
        f"{server.address}/graphql",
        json={"query": query, "extensions": {"explain": True}},
        timeout=SECONDS,
    )
    body = response.json()
    words, _ = body["extensions"]["explain"]["levels"]
    assert (words["how"], words["words"]) == ("words", "karmoy")
    assert words["rows"] == body["data"]["search"]["totalCount"] > 1
    assert words["milliseconds"] > 0


@pytest.mark.parametrize("text", ["", "-", '"*"', "\0", "a" * 501])
def test_a_text_that_cannot_be_searched_for_is_an_error_of_its_field(
    server: Server, text: str
) -> None:
    body = {"query": QUERY, "variables": {"text": text}}
    response = httpx.post(f"{server.address}/graphql", json=body, timeout=SECONDS)
    [error] = response.json()["errors"]
    assert (error["path"], error["extensions"]["code"]) == (
        ["search"],
        "BAD_USER_INPUT",
    )
    assert error["message"].startswith("the text to search for, ")


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server to whose data names in many languages were added while it ran."""
    directory = tmp_path_factory.mktemp("grown")
    file = directory / "names.ttl"
    file.write_text(NAMES, encoding="utf-8")
    with running_server(directory / "data") as address:
        assert search(address, "zurich")["totalCount"] == 0
        done = run("load", file, "--data-dir", directory / "data")
        assert done.returncode == 0, done.stderr
        yield address


@pytest.mark.parametrize(
    ("text", "shown", "language"),
    [
        pytest.param("zurich", "Visit to Zürich", "en", id="an umlaut less"),
        pytest.param("ZÜRI", "Visit to Zürich", "en", id="the beginning, in capitals"),
        pytest.param("deplacement", "Déplacement à Zurich", "fr", id="French"),
        pytest.param("취리", "취리히 방문", "ko", id="a part of Korean"),
        pytest.param("방문", "취리히 방문", "ko", id="Korean"),
        pytest.param("цюрих", "Поездка в Цюрих", "ru", id="Russian"),
        pytest.param("苏黎", "访问苏黎世", "zh", id="two characters"),
        pytest.param("زيورخ", "زيارة زيورخ", "ar", id="Arabic"),
        pytest.param("زِيَارَة", "زيارة زيورخ", "ar", id="Arabic with its marks"),
        pytest.param("訪問", "チューリッヒ訪問", "ja", id="Japanese"),
    ],
)
def test_a_text_is_found_in_its_language(
    grown: str, text: str, shown: str, language: str
) -> None:
    found = search(grown, text)
    assert found["nodes"][0] == {
        "id": f"{ID}activity/visit",
        "__typename": "Activity",
        "name": "Visit to Zürich",
    }
    match = found["edges"][0]["match"]
    assert (match["text"], match["language"]) == (shown, language)
    assert match["ranges"]


TEXTS = 60
"""How many texts are drawn for each seed."""


@pytest.mark.parametrize("seed", range(3))
def test_a_search_finds_what_reading_every_text_does(
    engine: Engine, seed_store: EmbeddedStore, seed: int
) -> None:
    random = Random(seed)  # noqa: S311  (the same words each time)
    index = SearchIndex(Path("none"), seed_store, TEXT_FIELDS)
    said = Texts(Triples(seed_store.match()), TEXT_FIELDS, index)
    known, texts = described(engine, seed_store), said.all()
    number = 0
    for _ in range(TEXTS):
        text = draw_words(random, texts)
        operation = Operation(QUERY, {"text": text, "first": 1000})
        result = engine.execute(operation, seed_store)
        found = {iri for iri in said.scan(text) if iri in known}
        assert read(result, "search.totalCount") == [len(found)], text
        assert {*read(result, "search.nodes.id")} <= found, text
        number += len(found)
    assert number > TEXTS


def described(engine: Engine, store: EmbeddedStore) -> set[str]:
    """Return the IRIs of what has a type of the schema: the ontology has none."""
    classes = {type_.rdf_class for type_ in engine.mapping.types.values()}
    quads = store.match(None, RDF.type)
    return {
        quad.subject.value
        for quad in quads
        if quad.object in classes and isinstance(quad.subject, NamedNode)
    }


def draw_words(random: Random, texts: Sequence[str]) -> str:
    """Return a few words of a text, the last one cut now and then."""
    words = random.choice(texts).split()
    begin = random.randrange(len(words))
    shown = " ".join(words[begin : begin + random.choice([1, 1, 2, 3])])
    return shown[: random.choice([2, 3, 5, 100])].strip()
