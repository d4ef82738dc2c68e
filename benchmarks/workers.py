"""What a worker process adds to a small query, without HTTP.

Each query is evaluated and written as SPARQL JSON in three ways that take turns: in
this process over the handle of the version on disk, by a worker over the same version,
and in this process over a copy in memory. The loop of events is the server's, uvloop.
"""

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import uvloop
from pyoxigraph import QueryResultsFormat, QueryTriples, Store

from benchmarks.measure import Times, print_machine, print_table, take_turns_awaiting
from ssc_kg.dataset.seed import seed
from ssc_kg.sparql.scan import Scan, scan
from ssc_kg.store.evaluation import evaluate
from ssc_kg.store.sandbox import Priority
from ssc_kg.store.versions import Versions
from ssc_kg.store.workers import Limits, QueryPool

BASE_IRI = "https://w3id.org/ssc-kg/"
TURNS = 2_000
MICROSECONDS = 1e-6
MOU = "<https://w3id.org/ssc-kg/id/agreement/citynet-unescap-mou>"
QUERIES = {
    "ASK {}": "ASK {}",
    "one label": f"SELECT ?name {{ {MOU} skos:prefLabel ?name }}",
    "17 rows": "SELECT ?goal ?name { ?goal a sdgo:Goal ; skos:prefLabel ?name "
    "FILTER(LANG(?name) = 'en') } ORDER BY ?goal LIMIT 17",
}
LIMITS = Limits(seconds=30, memory=2**30, output=2**28, queue=1, priority=Priority.IDLE)


def main() -> None:
    """Measure all, and print a table in Markdown."""
    with TemporaryDirectory() as directory:
        versions = Versions(Path(directory))
        path = versions.path(seed(versions, base_iri=BASE_IRI).number)
        print_machine()
        rows = uvloop.run(_rows(path))
    columns = (
        *("", "µs in process", "µs by a worker", "times in process"),
        *("µs in memory", "times in memory"),
    )
    print_table(columns, rows)


async def _rows(path: Path) -> list[tuple[str, ...]]:
    disk, memory = Store.read_only(str(path)), Store()
    memory.bulk_extend(iter(disk))
    async with QueryPool("ssc_kg.publish.worker", LIMITS, size=1) as pool:
        return [
            _row(name, await _measure(pool, path, scan(text), disk, memory))
            for name, text in QUERIES.items()
        ]


async def _measure(
    pool: QueryPool, path: Path, scanned: Scan, disk: Store, memory: Store
) -> dict[str, Times]:
    async def on_disk() -> bytes:
        return _write(disk, scanned)

    async def in_memory() -> bytes:
        return _write(memory, scanned)

    async def by_a_worker() -> bytes:
        answer = await pool.answer(scanned, version=path, format_name="json")
        return b"".join([chunk async for chunk in answer])

    steps = {"disk": on_disk, "worker": by_a_worker, "memory": in_memory}
    assert len({await step() for step in steps.values()}) == 1
    return await take_turns_awaiting(steps, turns=TURNS, warm_up=100)


def _write(store: Store, scanned: Scan) -> bytes:
    results = evaluate(store, scanned)
    assert not isinstance(results, QueryTriples)
    return results.serialize(format=QueryResultsFormat.JSON) or b""


def _row(name: str, taken: Mapping[str, Times]) -> tuple[str, ...]:
    disk, worker, memory = taken["disk"], taken["worker"], taken["memory"]
    return (
        name,
        disk.show(MICROSECONDS),
        worker.show(MICROSECONDS),
        (worker / disk).show(),
        memory.show(MICROSECONDS),
        (worker / memory).show(),
    )


if __name__ == "__main__":
    main()
