"""GraphQL operations that may take long run in the workers, under their limits."""

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from anyio import to_thread
from pyoxigraph import Literal, Quad

from ssc_kg.app import create_app
from ssc_kg.dataset.orders import SORT_KEYS
from ssc_kg.dataset.texts import TEXT_FIELDS
from ssc_kg.engine import work
from ssc_kg.engine.operation import Operation, Result
from ssc_kg.rdf.vocab import RDF
from ssc_kg.settings import Settings
from ssc_kg.store.apart import StoreApart
from ssc_kg.store.snapshot import Snapshots
from ssc_kg.store.versions import Versions
from ssc_kg.store.workers import Limits, QueryPool
from tests.conftest import Server
from tests.datasets import publish
from tests.library import library, term
from tests.serving import serving

LIBRARY = library()
MODULE = "ssc_kg.publish.worker"
LIMITS = Limits(seconds=30.0, memory=256 * 1024**2, output=1_000_000, queue=1)
QUERIES = [
    '{ books(where: {title: {contains: "1"}}) { totalCount nodes { title pages_ } } }',
    """{ books(orderBy: [{pages_: DESC}]) { nodes { id pages_ price }
    pageInfo { hasNextPage endCursor } } }""",
    """{ booksAggregate(groupBy: [{title: ASC}]) { key { title } count
    pages_ { sum min } } }""",
    "{ authors { nodes { works(first: 1) { totalCount nodes { title } } } } }",
    '{ books(first: 0) { nodes { title } } nobody: book(id: "urn:x") { title } }',
]


def shelf() -> Iterator[Quad]:
    for number in range(30):
        book, author = term(f"book{number:02}"), term(f"author{number % 3}")
        yield Quad(book, RDF.type, term("Book"))
        title = Literal('say "\\\n\t' + str(number % 5), language="en")
        yield Quad(book, term("title"), title)
        yield Quad(book, term("pages"), Literal(number % 7))
        yield Quad(book, term("price"), Literal(number / 2))
        yield Quad(book, term("author"), author)
        yield Quad(author, RDF.type, term("Author"))


@pytest.fixture
def versions(tmp_path: Path) -> Versions:
    versions = Versions(tmp_path / "data")
    publish(versions, *shelf(), sort_keys=())
    return versions


def test_answers_are_the_same_apart(
    versions: Versions, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work, "MOMENT", -1)
    with Snapshots(versions) as snapshots:
        here = snapshots.current().store
        expected = [LIBRARY.execute(Operation(query), here) for query in QUERIES]
        found = asyncio.run(_apart(snapshots, QUERIES))
    assert [each.body() for each in found] == [each.body() for each in expected]
    assert all(each.data for each in found)


async def _apart(snapshots: Snapshots, queries: Sequence[str]) -> list[Result]:
    snapshot = snapshots.current()
    async with QueryPool(MODULE, LIMITS, size=1) as pool:
        store = StoreApart(snapshot.store, snapshot.path, pool)
        return [
            await to_thread.run_sync(LIBRARY.execute, Operation(query), store)
            for query in queries
        ]


@contextmanager
def site(server: Server, **settings: object) -> Iterator[str]:
    """Serve the seed data again, by this process."""
    versions = Versions(server.data_dir)
    with Snapshots(versions, texts=TEXT_FIELDS, sort_keys=SORT_KEYS) as snapshots:
        told = Settings(data_dir=server.data_dir, **settings)  # type: ignore[arg-type]
        with serving(create_app(told, snapshots)) as address:
            yield f"{address}/graphql"


COUNTED = {"query": '{ kpis(where: {name: {contains: "e"}}) { totalCount } }'}


def test_an_operation_is_stopped_at_the_time_limit(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work, "MOMENT", 0)
    with site(server, query_seconds=0.001) as address:
        told = httpx.post(address, json=COUNTED)
        assert told.status_code == 503
        [error] = told.json()["errors"]
        assert "data" not in told.json()
        assert error["extensions"]["code"] == "OPERATION_TIMED_OUT"
        assert error["extensions"]["maximum"] == 0.001
        assert "0.001 s, its time limit" in error["message"]
        graph = httpx.post(address, json=COUNTED, headers={"Accept": "text/turtle"})
        assert graph.status_code == 503
        assert graph.headers["content-type"].startswith("application/problem+json")
        known = httpx.post(address, json={"query": "{ goals { totalCount } }"})
        assert known.json()["data"]["goals"]["totalCount"] == 17
