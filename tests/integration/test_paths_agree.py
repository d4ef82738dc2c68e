"""Random operations: compiled, the executor's and a naive resolver's answers agree.

The compiled ones are asked of a store with the lists that a version keeps sorted, and
of one without them, by queries only.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import TypeGuard

import pyoxigraph
import pytest
from graphql import (
    GraphQLError,
)
from pyoxigraph import Literal

from ssc_kg.compiler.values import shown_text
from ssc_kg.dataset.orders import SORT_KEYS
from ssc_kg.dataset.texts import TEXT_FIELDS
from ssc_kg.engine import lookups
from ssc_kg.engine.engine import Engine
from ssc_kg.engine.operation import Operation
from ssc_kg.mapping.model import Scalar
from ssc_kg.mapping.orders import SortKey
from ssc_kg.mapping.texts import TextField
from ssc_kg.store.embedded import EmbeddedStore
from ssc_kg.store.search.index import SearchIndex
from tests.library import TEXT_FIELDS as LIBRARY_TEXTS
from tests.library import library, term
from tests.naive import Texts, answer_naively
from tests.naive_values import Triples
from tests.operations import draw, draw_lookup, library_graph, with_gaps
from tests.stores import ByQueries, keeping

LIBRARY_KEYS = tuple(
    SortKey(term(name), Scalar.TEXT, shown_text) for name in ("title", "label")
)


@pytest.fixture(scope="module")
def library_engine() -> Engine:
    return library()


@pytest.mark.parametrize("seed", range(10))
def test_ways_to_answer_agree_over_graphs_of_all_sorts(
    library_engine: Engine, seed: int, operations: int, tmp_path: Path
) -> None:
    random = Random(seed)  # noqa: S311  (the same operations each time)
    store = pyoxigraph.Store()
    store.extend(library_graph(random))
    plain = EmbeddedStore(store)
    kept = keeping(plain, tmp_path / "lists", LIBRARY_KEYS)
    _check(library_engine, plain, kept, LIBRARY_TEXTS, random, operations)


@pytest.mark.parametrize("seed", range(10))
def test_ways_to_answer_agree_over_the_seed_data(
    engine: Engine,
    seeds: pyoxigraph.Store,
    seed: int,
    operations: int,
    tmp_path: Path,
) -> None:
    random = Random(seed)  # noqa: S311  (the same operations each time)
    plain = EmbeddedStore(seeds) if seed % 2 else with_gaps(seeds, random)
    kept = keeping(plain, tmp_path / "lists", SORT_KEYS)
    _check(engine, plain, kept, TEXT_FIELDS, random, operations)


@pytest.mark.parametrize(
    "maximum", [lookups.MAXIMUM_STATEMENTS, 2], ids=["few", "much"]
)
@pytest.mark.parametrize("seed", range(4))
def test_lookups_are_mostly_answered_at_once_and_alike(
    library_engine: Engine,
    engine: Engine,
    seeds: pyoxigraph.Store,
    seed: int,
    maximum: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # Of a node about which more is said, only that is read which is wanted.
    monkeypatch.setattr(lookups, "MAXIMUM_STATEMENTS", maximum)
    random = Random(seed)  # noqa: S311  (the same operations each time)
    books = pyoxigraph.Store()
    books.extend(library_graph(random))
    at_once = _look_up(library_engine, EmbeddedStore(books), random)
    assert at_once > 20
    at_once = _look_up(engine, with_gaps(seeds, random), random)
    assert at_once > 80


def _look_up(engine: Engine, store: EmbeddedStore, random: Random) -> int:
    """Ask 100 look-ups; return how many were answered at once."""
    iris = sorted(Triples(store.match()).named)
    at_once = 0
    for _ in range(100):
        operation = draw_lookup(engine.graphql_schema, random, iris, ["a"])
        compiled = engine.execute(operation, store)
        # The plan is kept for other nodes too, where one is looked up by a variable.
        for variables in (operation.variables, _other(operation.variables, iris)):
            asked = replace(operation, variables=variables)
            found = engine.look_up(asked, store)
            if found is not None:
                compiled = engine.execute(asked, store)
                assert _outcome(found, ()) == _outcome(compiled.data, compiled.errors)
                at_once += variables is operation.variables
    return at_once


def _other(variables: Mapping[str, object], iris: Sequence[str]) -> dict[str, object]:
    """Return the next IRI for each that is one."""
    return {
        name: iris[iris.index(str(value)) - 1] if value in iris else value
        for name, value in variables.items()
    }


def _check(
    engine: Engine,
    plain: EmbeddedStore,
    kept: EmbeddedStore,
    fields: Sequence[TextField],
    random: Random,
    operations: int,
) -> None:
    index = SearchIndex(Path("none"), plain, fields)
    triples, store = Triples(plain.match()), kept.with_texts(index)
    by_queries = ByQueries.over(plain.with_texts(index))
    naive_texts = Texts(triples, fields, index)
    iris = sorted(triples.named)
    texts = sorted({q.object.value for q in store.match() if _is_text(q.object)})
    for _ in range(operations):
        operation = draw(engine.graphql_schema, random, iris, texts)
        naive = answer_naively(engine, operation, triples, naive_texts)
        compiled = engine.execute(operation, store)
        at_once = engine.look_up(operation, store)
        asked = engine.execute(operation, by_queries)
        mixed = engine.execute(_with_introspection(operation), store)
        if mixed.data is not None:
            mixed.data.pop("__schema")
        expected = _outcome(naive.data, naive.errors or ())
        assert _outcome(compiled.data, compiled.errors) == expected, operation
        if at_once is not None:
            assert _outcome(at_once, ()) == expected, operation
        assert _outcome(asked.data, asked.errors) == expected, operation
        assert _outcome(mixed.data, mixed.errors) == expected, operation


def _is_text(term: object) -> TypeGuard[Literal]:
    return isinstance(term, Literal)


def _outcome(data: object, errors: Iterable[GraphQLError]) -> str:
    """Return what a client sees, the order of keys included, that of errors not."""
    reported = sorted((json.dumps(error.path), error.message) for error in errors)
    return json.dumps([data, reported], indent=1, ensure_ascii=False)


def _with_introspection(operation: Operation) -> Operation:
    query = operation.query.replace("{", "{ __schema { __typename }", 1)
    return replace(operation, query=query)
