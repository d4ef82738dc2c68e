"""The application over a store with graphs of somebody else, over real HTTP."""

import gc
import tempfile
from collections.abc import Iterator
from pathlib import Path

import httpx
import pyoxigraph
import pytest
from pyoxigraph import (
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    RdfFormat,
    Triple,
    parse,
)

from ssc_kg.app import create_app
from ssc_kg.errors import ConfigurationError
from ssc_kg.rdf.vocab import SD, VOID
from ssc_kg.settings import Settings
from ssc_kg.store.embedded import EmbeddedStore
from tests.serving import serving

THEIRS = """
@prefix ex: <http://example.org/> .
@prefix sdgo: <http://metadata.un.org/sdg/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix void: <http://rdfs.org/ns/void#> .
@base <https://w3id.org/ssc-kg/id/> .

ex:a ex:p ex:b, [ ex:p "in a blank node" ] .
<city/ours> skos:prefLabel "A city of theirs"@en .
<https://w3id.org/ssc-kg/void#dataset> void:classes 3 .
ex:goal a sdgo:Goal ; skos:prefLabel "A goal of theirs"@en ; skos:notation "99" .

GRAPH ex:one { ex:a ex:p ex:c }
GRAPH ex:two { ex:a ex:p ex:c . ex:c ex:p ex:d }
GRAPH _:nameless { ex:a ex:p ex:e }
"""
DOCUMENTED = "http://example.org/goal"


def settings(**more: object) -> Settings:
    return Settings.model_validate({"query_workers": 1, "memory_budget": 0, **more})


def their_store() -> pyoxigraph.Store:
    store = pyoxigraph.Store()
    store.load(THEIRS.encode(), RdfFormat.TRIG)
    return store


@pytest.fixture(scope="module", params=["pyoxigraph", "the protocol", "in memory"])
def client(request: pytest.FixtureRequest) -> Iterator[httpx.Client]:
    store = their_store()
    budget = 2**30 if request.param == "in memory" else 0
    own = EmbeddedStore(store) if request.param == "the protocol" else store
    app = create_app(settings(memory_budget=budget), store=own)
    late = NamedNode("http://example.org/late")
    store.add(Quad(late, late, late))
    with (
        serving(app) as address,
        httpx.Client(base_url=address, timeout=30) as client,
    ):
        yield client


def count(client: httpx.Client, pattern: str, **parameters: str) -> int:
    query = f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}"
    named = {name.replace("_", "-"): value for name, value in parameters.items()}
    response = client.get("/sparql", params={"query": query, "format": "csv", **named})
    assert response.status_code == 200, response.text
    return int(response.text.split()[1])


@pytest.mark.parametrize(
    ("pattern", "parameters", "expected"),
    [
        pytest.param("?s ?p ?o", {}, 8, id="the default graph as it is"),
        pytest.param("GRAPH ?g { ?s ?p ?o }", {}, 4, id="every graph"),
        pytest.param("GRAPH <http://example.org/two> { ?s ?p ?o }", {}, 2, id="one"),
        pytest.param(
            "?s ?p ?o",
            {"default_graph_uri": "http://example.org/two"},
            2,
            id="chosen by the protocol",
        ),
        pytest.param("?s ?p [ ?q 'in a blank node' ]", {}, 1, id="a blank node"),
        pytest.param("<http://example.org/late> ?p ?o", {}, 0, id="written later"),
    ],
)
def test_their_graphs_answer_sparql(
    client: httpx.Client, pattern: str, parameters: dict[str, str], expected: int
) -> None:
    assert count(client, pattern, **parameters) == expected


def test_their_terms_are_not_doubted(client: httpx.Client) -> None:
    query = "SELECT ?a { ?a ssc:ofTheirs ?b ; rdfs:lable ?c }"
    response = client.get("/sparql", params={"query": query})
    assert response.status_code == 200
    assert "SPARQL-Hint" not in response.headers


def test_the_service_describes_their_graphs(client: httpx.Client) -> None:
    response = client.get("/sparql", headers={"Accept": "application/n-triples"})
    triples = {each.triple for each in parse(response.content, RdfFormat.N_TRIPLES)}
    names = {each.object for each in triples if each.predicate == SD.name}
    assert names == {NamedNode(f"http://example.org/{name}") for name in ("one", "two")}
    counts = {each.object for each in triples if each.predicate == VOID.triples}
    dataset = NamedNode("https://w3id.org/ssc-kg/void#dataset")
    assert Triple(dataset, VOID.classes, Literal(3)) in triples
    [(default, _, _)] = [each for each in triples if each.predicate == VOID.subset]
    assert Triple(default, VOID.triples, Literal(8)) in triples
    assert counts >= {Literal(number) for number in (8, 1, 2)}


def test_their_goals_answer_graphql(client: httpx.Client) -> None:
    query = """{ goals { totalCount nodes { id code name } } agreements { totalCount }
      search(text: "theirs") { nodes { id } } }"""
    body = client.post("/graphql", json={"query": query}).json()
    assert "errors" not in body, body
    goals = {"id": DOCUMENTED, "code": "99", "name": "A goal of theirs"}
    assert body["data"]["goals"] == {"totalCount": 1, "nodes": [goals]}
    assert body["data"]["agreements"] == {"totalCount": 0}
    assert {"id": DOCUMENTED} in body["data"]["search"]["nodes"]


def test_their_things_are_documented(client: httpx.Client) -> None:
    led = client.get("/id/city/ours", headers={"Accept": "text/turtle"})
    assert (led.status_code, led.headers["location"]) == (303, "/doc/city/ours")
    ours = client.get(led.headers["location"], headers={"Accept": "text/turtle"})
    assert '"A city of theirs"@en' in ours.text
    theirs = client.get("/doc", params={"iri": DOCUMENTED, "format": "ntriples"})
    assert (theirs.status_code, DOCUMENTED in theirs.text) == (200, True)
    for path in ("/id/city/nowhere", "/doc?iri=http%3A%2F%2Fexample.org%2Fnone"):
        assert client.get(path).status_code == 404


def test_two_stores_never_confirm_each_others_copies() -> None:
    tags = []
    for graph in (DefaultGraph(), NamedNode("http://example.org/one")):
        store = pyoxigraph.Store()
        node = NamedNode("http://example.org/a")
        store.add(Quad(node, node, node, graph))
        with serving(create_app(settings(), store=store)) as address:
            response = httpx.get(f"{address}/sparql", params={"query": "ASK {}"})
            tags.append(response.headers["etag"])
    assert tags[0] != tags[1]


def test_an_empty_store_answers_nothing_rather_than_failing() -> None:
    with (
        serving(create_app(settings(), store=pyoxigraph.Store())) as address,
        httpx.Client(base_url=address, timeout=30) as client,
    ):
        assert count(client, "?s ?p ?o") == 0
        assert client.get("/sparql").status_code == 200
        body = client.post("/graphql", json={"query": "{ goals { totalCount } }"})
        assert body.json()["data"] == {"goals": {"totalCount": 0}}


def test_the_copy_goes_with_the_application(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    app = create_app(settings(), store=their_store())
    assert len([*tmp_path.glob("ssc-kg-*/versions/1")]) == 1
    with serving(app):
        pass
    del app
    gc.collect()
    assert [*tmp_path.glob("ssc-kg-*")] == []


def test_an_application_answers_from_one_or_the_other() -> None:
    with pytest.raises(ConfigurationError, match="from snapshots or from a store"):
        create_app(settings())
