"""What is measured side by side tells the same facts, and generated data is sound."""

from collections import Counter

import httpx
import orjson
import pyoxigraph
import pytest
from pyoxigraph import Literal, NamedNode, Quad, QueryResultsFormat, QuerySolutions
from starlette.types import ASGIApp

from benchmarks.bare_fields import create_app as many_loaders
from benchmarks.bare_strawberry import create_app as one_loader
from benchmarks.generate import BASE, Size, generate
from benchmarks.nested_page import GRAPHQL, SPARQL, read_nodes, read_rows
from ssc_kg.engine.operation import Operation
from ssc_kg.graphql_api.schema import domain_engine
from ssc_kg.rdf.vocab import RDF, SKOS, SOSA, SSC
from ssc_kg.store.embedded import EmbeddedStore
from tests.serving import serving

SIZE = Size(cities=7, organizations=3, observations=25)
KPIS = [NamedNode(f"{BASE}id/kpi/{number}") for number in range(6)]


@pytest.fixture(scope="module")
def store() -> pyoxigraph.Store:
    store = pyoxigraph.Store()
    store.extend(Quad(*each) for each in generate(SIZE, KPIS))
    return store


def test_a_size_says_how_many_things_there_are(store: pyoxigraph.Store) -> None:
    quads = store.quads_for_pattern(None, RDF.type, None)
    counts = Counter(quad.object for quad in quads)
    assert counts == {SSC.City: 7, SSC.Organization: 3, SSC.KpiValue: 25}


def test_no_two_generated_things_have_the_same_name() -> None:
    names = {
        value
        for _, property_, value in generate(Size(20_000, organizations=500), KPIS)
        if property_ == SKOS.prefLabel and isinstance(value, Literal)
    }
    assert len(names) == 20_500


def test_a_city_has_each_indicator_at_most_once() -> None:
    statements = generate(Size(7, observations=7 * 6), KPIS)
    pairs = Counter[tuple[object, object]]()
    about: dict[NamedNode, object] = {}
    for node, property_, value in statements:
        if property_ == SOSA.hasFeatureOfInterest:
            about[node] = value
        elif property_ == SOSA.observedProperty:
            pairs[about[node], value] += 1
    assert len(pairs) == 7 * 6
    assert {*pairs.values()} == {1}


def test_the_contestants_tell_the_same_facts(store: pyoxigraph.Store) -> None:
    ours = domain_engine().execute(Operation(GRAPHQL), EmbeddedStore(store))
    bare = [_post(make_app(store)) for make_app in (one_loader, many_loaders)]
    solutions = store.query(SPARQL)
    assert isinstance(solutions, QuerySolutions)
    rows = solutions.serialize(format=QueryResultsFormat.JSON)
    assert rows is not None
    facts = sorted(read_nodes(orjson.dumps(ours.body())))
    assert len(facts) == SIZE.observations
    assert facts == sorted(read_rows(rows))
    assert [facts, facts] == [sorted(read_nodes(answer)) for answer in bare]


def _post(app: ASGIApp) -> bytes:
    with serving(app) as address:
        return httpx.post(f"{address}/graphql", json={"query": GRAPHQL}).content
