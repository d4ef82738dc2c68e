"""Random operations: the facts of an answer are those that a naive walk finds."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random

import pyoxigraph
import pytest
from pyoxigraph import Literal, Quad, Triple, parse

from ssc_kg.dataset.texts import TEXT_FIELDS
from ssc_kg.engine.engine import Engine
from ssc_kg.engine.operation import Operation
from ssc_kg.formats.table import RDF_FORMATS
from ssc_kg.formats.write import write_graph
from ssc_kg.mapping.texts import TextField
from ssc_kg.store.embedded import EmbeddedStore
from ssc_kg.store.search.index import SearchIndex
from tests.library import TEXT_FIELDS as LIBRARY_TEXTS
from tests.library import library
from tests.naive import Texts
from tests.naive_facts import facts_naively
from tests.naive_values import Triples
from tests.operations import draw, library_graph, with_gaps

OPERATIONS = 40


@pytest.fixture(scope="module")
def library_engine() -> Engine:
    return library()


@pytest.mark.parametrize("seed", range(10))
def test_facts_are_what_a_naive_walk_finds_over_graphs_of_all_sorts(
    library_engine: Engine, seed: int
) -> None:
    random = Random(seed)  # noqa: S311  (the same operations each time)
    store = pyoxigraph.Store()
    store.extend(library_graph(random))
    _check(library_engine, EmbeddedStore(store), LIBRARY_TEXTS, random)


@pytest.mark.parametrize("seed", range(4))
def test_facts_are_what_a_naive_walk_finds_over_the_seed_data(
    engine: Engine, seeds: pyoxigraph.Store, seed: int
) -> None:
    random = Random(seed)  # noqa: S311  (the same operations each time)
    plain = EmbeddedStore(seeds) if seed % 2 else with_gaps(seeds, random)
    _check(engine, plain, TEXT_FIELDS, random)


def _check(
    engine: Engine, plain: EmbeddedStore, fields: Sequence[TextField], random: Random
) -> None:
    quads, index = plain.match(), SearchIndex(Path("none"), plain, fields)
    store = plain.with_texts(index)
    triples, stated = Triples(quads), set(map(_triple, quads))
    naive_texts = Texts(triples, fields, index)
    iris = sorted(triples.named)
    texts = sorted({q.object.value for q in quads if isinstance(q.object, Literal)})
    shown = 0
    for _ in range(OPERATIONS):
        operation = draw(engine.graphql_schema, random, iris, texts)
        facts = engine.facts(operation, store).facts
        assert facts == facts_naively(engine, operation, triples, naive_texts), (
            operation
        )
        assert facts <= stated, operation
        assert facts == engine.facts(_introspecting(operation), store).facts
        for format_ in RDF_FORMATS:
            written = b"".join(write_graph(facts, format_))
            assert _read(parse(written, format=format_.rdf)) == facts, operation
        shown += len(facts)
    assert shown


def _introspecting(operation: Operation) -> Operation:
    query = operation.query.replace("{", "{ __schema { __typename }", 1)
    return replace(operation, query=query)


def _read(quads: Iterable[Quad]) -> frozenset[Triple]:
    return frozenset(map(_triple, quads))


def _triple(quad: Quad) -> Triple:
    return Triple(quad.subject, quad.predicate, quad.object)
