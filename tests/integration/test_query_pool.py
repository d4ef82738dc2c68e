"""Queries of strangers, run by real workers over a real version on disk."""

import asyncio
import json
import logging
import os
import signal
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import pytest
import uvloop
from pyoxigraph import Literal, NamedNode, Quad, Store

from ssc_kg.errors import (
    KnowledgeGraphError,
    QueryRefusedError,
    QuerySyntaxError,
    QueryTimedOutError,
    QueryTooLargeError,
    StoreBusyError,
    StoreError,
)
from ssc_kg.sparql.scan import Form, scan
from ssc_kg.store.evaluation import Dataset
from ssc_kg.store.request import NO_OPTIONS, End, Options, Window
from ssc_kg.store.wire import Frame, Frames
from ssc_kg.store.workers import Answer, Limits, QueryPool

MODULE = "ssc_kg.publish.worker"
LIMITS = Limits(seconds=1.0, memory=256 * 1024**2, output=1_000_000, queue=1)
PATIENT = Limits(seconds=30.0, memory=256 * 1024**2, output=1_000_000, queue=1)
_SECONDS = 60
"""Far longer than anything here takes: a test that hangs fails instead."""

_PAIRS = "VALUES ?v{} {{ {} }}"
ENDLESS = "SELECT (COUNT(*) AS ?n) {{ {} }}".format(
    " ".join(_PAIRS.format(n, " ".join(map(str, range(40)))) for n in range(6))
)
NESTED = "SELECT * " + "{" * 5_000 + "?s ?p ?o" + "}" * 5_000
STREAMING = "SELECT * { ?a ?b ?c . ?d ?e ?f }"


@pytest.fixture(scope="module")
def version(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A version of 5,000 triples."""
    return make_version(tmp_path_factory.mktemp("versions"), 5_000)


def make_version(root: Path, size: int) -> Path:
    store = Store(root / "draft")
    node = NamedNode
    store.bulk_extend(
        Quad(node(f"http://ex/{n // 5}"), node(f"http://ex/p{n % 5}"), Literal(n))
        for n in range(size)
    )
    store.flush()
    store.backup(root / str(size))
    return root / str(size)


@pytest.fixture(params=["asyncio", "uvloop"])
def each_loop(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run the test in the loop of the standard library, and in the server's."""
    if request.param == "uvloop":
        monkeypatch.setattr(asyncio, "run", uvloop.run)


def run(
    limits: Limits, work: Callable[[QueryPool], Awaitable[None]], *, size: int = 1
) -> None:
    async def main() -> None:
        async with (
            asyncio.timeout(_SECONDS),
            QueryPool(MODULE, limits, size=size) as pool,
        ):
            await work(pool)

    asyncio.run(main())


async def read(
    pool: QueryPool,
    text: str,
    version: Path,
    name: str = "csv",
    options: Options = NO_OPTIONS,
) -> bytes:
    return (await read_whole(pool, text, version, name, options))[1]


async def read_whole(
    pool: QueryPool, text: str, version: Path, name: str, options: Options
) -> tuple[Answer, bytes]:
    answer = await pool.answer(
        scan(text, max_depth=10**6),
        version=version,
        format_name=name,
        options=options,
    )
    return answer, b"".join([chunk async for chunk in answer])


@pytest.mark.parametrize(
    ("text", "error"),
    [
        pytest.param(ENDLESS, QueryTimedOutError, id="counting a product"),
        pytest.param(STREAMING, QueryTooLargeError, id="streaming a product"),
        pytest.param(
            f"{STREAMING} ORDER BY ?a ?f", KnowledgeGraphError, id="sorting it"
        ),
        pytest.param(
            "SELECT (STRLEN(?v30) AS ?l) { BIND('aaaaaaaa' AS ?v0) "
            + "".join(f"BIND(CONCAT(?v{n}, ?v{n}) AS ?v{n + 1}) " for n in range(30))
            + "}",
            QueryTooLargeError,
            id="doubling a string",
        ),
        pytest.param(
            "SELECT (COUNT(*) AS ?n) { ?a (<http://ex/p0>|!<http://ex/p0>|^!<http://ex/p0>)*"
            " ?b . ?c (!<http://ex/p1>)* ?d . ?e (!<http://ex/p1>)* ?f }",
            KnowledgeGraphError,
            id="walking every path",
        ),
        pytest.param(
            "SELECT * { ?s ?p " + "(" * 300 + "1" + ")" * 300 + " }",
            QueryTimedOutError,
            id="a planner that backtracks",
        ),
        pytest.param(
            NESTED,
            QueryTooLargeError,
            id="nesting past the stack",
        ),
        pytest.param(
            "ASK { FILTER(" + "!" * 100_000 + "true) }",
            QueryTooLargeError,
            id="negations",
        ),
        pytest.param("ASK { ?s ?p }", QuerySyntaxError, id="no SPARQL"),
        pytest.param(
            "ASK { FILTER(<http://no/f>(1)) }", QueryRefusedError, id="unknown function"
        ),
    ],
)
def test_a_hostile_query_ends_and_the_pool_answers_the_next(
    version: Path, text: str, error: type[KnowledgeGraphError]
) -> None:
    async def work(pool: QueryPool) -> None:
        with pytest.raises(error):
            await read(pool, text, version)
        assert (
            await read(pool, "ASK {}", version, "json") == b'{"head":{},"boolean":true}'
        )

    # What ends by itself may take longer than a second on a machine that is busy.
    may_time_out = issubclass(QueryTimedOutError, error)
    run(LIMITS if may_time_out else PATIENT, work)


def test_an_answer_within_the_limits_is_whole(version: Path) -> None:
    async def work(pool: QueryPool) -> None:
        text = "SELECT ?s ?o { ?s <http://ex/p3> ?o } ORDER BY ?o"
        rows = (await read(pool, text, version)).splitlines()
        assert rows[:2] == [b"s,o", b"http://ex/0,3"]
        assert len(rows) == 1_001

    run(PATIENT, work)


@pytest.mark.usefixtures("each_loop")
def test_a_failure_after_the_first_bytes_is_raised_and_not_an_end(
    version: Path,
) -> None:
    async def work(pool: QueryPool) -> None:
        answer = await pool.answer(scan(STREAMING), version=version, format_name="csv")
        first = await anext(answer)
        assert first.startswith(b"a,b,c,d,e,f\r\n")
        with pytest.raises(QueryTooLargeError, match="more than 1000000 bytes"):
            async for _ in answer:
                pass

    run(PATIENT, work)


@pytest.mark.usefixtures("each_loop")
def test_a_client_that_stops_reading_holds_a_worker_no_longer_than_the_limit(
    version: Path,
) -> None:
    async def work(pool: QueryPool) -> None:
        limited = scan("SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 1000000")
        answer = await pool.answer(limited, version=version, format_name="csv")
        # Nothing more is read of it, and the only worker answers someone else.
        assert await read(pool, "ASK {}", version, "json")
        with pytest.raises(QueryTimedOutError):
            async for _ in answer:
                pass

    run(LIMITS, work)


def test_a_client_that_goes_away_frees_its_worker_at_once(version: Path) -> None:
    async def work(pool: QueryPool) -> None:
        answer = await pool.answer(scan(STREAMING), version=version, format_name="csv")
        await answer.aclose()
        async with asyncio.timeout(PATIENT.seconds / 2):
            assert await read(pool, "ASK {}", version, "json")

    run(PATIENT, work)


def test_a_caller_that_is_cancelled_frees_its_worker_at_once(version: Path) -> None:
    async def work(pool: QueryPool) -> None:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.2):
                await read(pool, ENDLESS, version)
        async with asyncio.timeout(PATIENT.seconds / 2):
            assert await read(pool, "ASK {}", version, "json")

    run(PATIENT, work)


def test_a_full_queue_refuses_and_says_when_to_come_back(version: Path) -> None:
    async def work(pool: QueryPool) -> None:
        running = asyncio.create_task(read(pool, ENDLESS, version))
        waiting = asyncio.create_task(read(pool, "ASK {}", version, "json"))
        await asyncio.sleep(0.1)
        with pytest.raises(StoreBusyError) as caught:
            await read(pool, "ASK {}", version, "json")
        assert caught.value.retry_after == 1
        with pytest.raises(QueryTimedOutError):
            await running
        assert await waiting == b'{"head":{},"boolean":true}'

    run(LIMITS, work)


@pytest.mark.usefixtures("each_loop")
def test_a_worker_that_was_killed_is_replaced_and_costs_no_request(
    version: Path,
) -> None:
    async def work(pool: QueryPool) -> None:
        await read(pool, "ASK {}", version, "json")
        for _ in range(5):
            for number in _children():
                os.kill(number, signal.SIGKILL)
            assert await read(pool, "ASK {}", version, "json")

    run(PATIENT, work)


@pytest.mark.usefixtures("each_loop")
def test_a_worker_that_ended_while_nobody_looked_costs_no_request(
    version: Path,
) -> None:
    async def work(pool: QueryPool) -> None:
        await read(pool, "ASK {}", version, "json")
        (number,) = _children()
        os.kill(number, signal.SIGSTOP)
        # It is sent a query that it never reads.
        asked = asyncio.create_task(read(pool, "ASK {}", version, "json"))
        await asyncio.sleep(0.1)
        os.kill(number, signal.SIGKILL)
        assert await asked == b'{"head":{},"boolean":true}'

    run(PATIENT, work)


@pytest.mark.usefixtures("each_loop")
def test_a_query_that_ends_its_worker_is_not_asked_again(version: Path) -> None:
    async def work(pool: QueryPool) -> None:
        before = set(_children())
        assert len(before) == 2
        with pytest.raises(QueryTooLargeError):
            await read(pool, NESTED, version)
        await _eventually_equal(lambda: len(_children()), 2)
        assert len(before & set(_children())) == 1

    run(PATIENT, work, size=2)


@pytest.mark.parametrize(
    ("text", "limit", "maximum"),
    [
        pytest.param(
            "SELECT * { ?a ?b ?c . ?d ?e ?f }", "bytes", 1_000_000, id="bytes"
        ),
        pytest.param(
            "ASK { FILTER(" + "!" * 100_000 + "true) }", "stack", 2**23, id="stack"
        ),
        pytest.param(
            "SELECT (STRLEN(?v30) AS ?l) { BIND('aaaaaaaa' AS ?v0) "
            + "".join(f"BIND(CONCAT(?v{n}, ?v{n}) AS ?v{n + 1}) " for n in range(30))
            + "}",
            "memory",
            2**28,
            id="memory",
        ),
        pytest.param("SELECT * { ?s ?p ?o }", "rows", 4_999, id="rows"),
        pytest.param(
            "CONSTRUCT WHERE { ?s ?p ?o }", "rows", 4_999, id="triples of a graph"
        ),
    ],
)
def test_what_a_query_had_too_much_of_is_said(
    version: Path, text: str, limit: str, maximum: int
) -> None:
    async def work(pool: QueryPool) -> None:
        name = "turtle" if text.startswith("CONSTRUCT") else "csv"
        options = Options(rows=4_999) if limit == "rows" else NO_OPTIONS
        with pytest.raises(QueryTooLargeError) as caught:
            await read(pool, text, version, name, options)
        assert (caught.value.limit, caught.value.maximum) == (limit, maximum)

    run(PATIENT, work)


def test_a_process_that_the_system_ends_is_not_blamed_on_the_query(
    version: Path,
) -> None:
    async def work(pool: QueryPool) -> None:
        asked = asyncio.create_task(read(pool, ENDLESS, version))
        await asyncio.sleep(0.5)
        for number in _children():
            os.kill(number, signal.SIGKILL)
        with pytest.raises(StoreError, match="the system ended the process"):
            await asked

    run(PATIENT, work)


def test_a_request_may_have_less_time_but_not_more(version: Path) -> None:
    async def work(pool: QueryPool) -> None:
        for asked, given in ((0.25, 0.25), (1_000.0, 1.0)):
            with pytest.raises(QueryTimedOutError) as caught:
                await read(pool, ENDLESS, version, "csv", Options(seconds=asked))
            assert caught.value.seconds == given

    run(LIMITS, work)


def test_a_query_ends_within_a_second_of_its_limit(version: Path) -> None:
    async def work(pool: QueryPool) -> None:
        started = time.monotonic()
        with pytest.raises(QueryTimedOutError):
            await read(pool, ENDLESS, version)
        assert LIMITS.seconds <= time.monotonic() - started < LIMITS.seconds + 1
        await _eventually_equal(lambda: _busy_children() == [], expected=True)
        assert time.monotonic() - started < LIMITS.seconds + 1

    run(LIMITS, work)


@pytest.mark.parametrize(
    ("window", "expected", "end"),
    [
        pytest.param(Window(0, 3), [0, 5, 10], End(3, is_cut=True), id="first"),
        pytest.param(
            Window(997, 3), [4985, 4990, 4995], End(3, is_cut=False), id="last"
        ),
        pytest.param(Window(999, 3), [4995], End(1, is_cut=False), id="shorter"),
        pytest.param(Window(1_000, 3), [], End(0, is_cut=False), id="after the last"),
        pytest.param(Window(5, 0), [], End(0, is_cut=True), id="nothing of it"),
    ],
)
def test_a_page_knows_whether_more_follow_before_it_begins(
    version: Path, window: Window, expected: list[int], end: End
) -> None:
    text = "SELECT ?o { ?s <http://ex/p0> ?o } ORDER BY ?o"

    async def work(pool: QueryPool) -> None:
        options = Options(window=window)
        answer, body = await read_whole(pool, text, version, "csv", options)
        assert [int(row) for row in body.split()[1:]] == expected
        assert answer.head.end == answer.end == end

    run(PATIENT, work)


def test_a_graph_has_no_pages(version: Path) -> None:
    async def work(pool: QueryPool) -> None:
        options = Options(window=Window(0, 3))
        with pytest.raises(QueryRefusedError, match="a graph has no pages"):
            await read(pool, "CONSTRUCT WHERE { ?s ?p ?o }", version, "turtle", options)

    run(PATIENT, work)


def test_a_page_is_no_longer_than_the_row_cap(version: Path) -> None:
    async def work(pool: QueryPool) -> None:
        options = Options(window=Window(0, 50), rows=7)
        text = "SELECT ?o { ?s ?p ?o }"
        answer, body = await read_whole(pool, text, version, "csv", options)
        assert len(body.split()) == 1 + 7
        assert answer.end == End(7, is_cut=True)

    run(PATIENT, work)


@pytest.mark.parametrize(
    ("text", "maximum"),
    [
        pytest.param("SELECT * { ?s ?p ?o }", 5_000, id="no limit"),
        pytest.param("SELECT * { ?s ?p ?o } LIMIT 5001", 5_000, id="a higher one"),
        pytest.param("SELECT * { ?s ?p ?o } LIMIT 5000", None, id="its own limit"),
        pytest.param(
            "SELECT * { { SELECT * { ?s ?p ?o } LIMIT 5 } ?a ?b ?c } LIMIT 5001",
            5_000,
            id="a limit of a query within",
        ),
        pytest.param("ASK { ?s ?p ?o }", None, id="a boolean"),
    ],
)
def test_the_row_cap_is_named_where_the_text_does_not_rule_it_out(
    version: Path, text: str, maximum: int | None
) -> None:
    async def work(pool: QueryPool) -> None:
        options = Options(rows=5_000)
        answer = await pool.answer(
            scan(text), version=version, format_name="json", options=options
        )
        assert answer.head.maximum == maximum
        await answer.aclose()

    run(PATIENT, work)


def test_a_table_that_the_row_cap_cuts_says_so(version: Path) -> None:
    async def work(pool: QueryPool) -> None:
        options = Options(rows=3_000)
        text = "SELECT * { ?s ?p ?o }"
        answer, body = await read_whole(pool, text, version, "json", options)
        assert json.loads(body)["truncated"] == {"limit": "rows", "maximum": 3_000}
        # It is longer than one frame, so at first nobody could know.
        assert answer.head.end is None
        assert answer.end == End(3_000, is_cut=True)

    run(PATIENT, work)


def test_the_cap_of_the_pool_holds_for_all(version: Path) -> None:
    async def work(pool: QueryPool) -> None:
        text = "SELECT ?o { ?s ?p ?o }"
        for rows, expected in ((None, 5), (7, 5), (3, 3)):
            options = Options(rows=rows)
            answer, _ = await read_whole(pool, text, version, "json", options)
            assert answer.end == End(expected, is_cut=True)

    run(replace(PATIENT, rows=5), work)


def test_the_head_says_what_the_answer_is(version: Path) -> None:
    async def work(pool: QueryPool) -> None:
        text = "SELECT * { ?s ?p ?o BIND(RAND() AS ?a) } LIMIT 2"
        answer, _ = await read_whole(pool, text, version, "json", NO_OPTIONS)
        head = answer.head
        assert (head.form, head.is_volatile) == (Form.SELECT, True)
        assert head.columns == ["s", "p", "o", "a"]

    run(PATIENT, work)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "PREFIX ex: <http://ex/> SELECT * FROM ex:a { ?s ?p 'é' } LIMIT 5",
            id="a table",
        ),
        pytest.param("ASK { FILTER(RAND() > 0) }", id="volatile"),
        pytest.param("ASK { " + "?s ?p ?o . " * 90_000 + "}", id="a megabyte"),
    ],
)
def test_a_text_that_a_worker_reads_shows_what_it_shows_here(text: str) -> None:
    async def work(pool: QueryPool) -> None:
        assert await pool.scan(text) == scan(text)

    run(PATIENT, work)


def test_a_text_that_a_worker_reads_is_refused_as_it_is_here() -> None:
    async def work(pool: QueryPool) -> None:
        with pytest.raises(QueryRefusedError, match="line 2, column 3: SERVICE"):
            await pool.scan("ASK {\n  SERVICE <http://ex/> {} }")
        with pytest.raises(QuerySyntaxError) as caught:
            await pool.scan("ASK {\n 'open")
        assert (caught.value.line, caught.value.column) == (2, 2)

    run(PATIENT, work)


def test_each_request_is_about_its_own_version(version: Path, tmp_path: Path) -> None:
    smaller = make_version(tmp_path, 10)
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"

    async def work(pool: QueryPool) -> None:
        assert await read(pool, count, version) == b"n\r\n5000\r\n"
        assert await read(pool, count, smaller) == b"n\r\n10\r\n"
        assert await read(pool, count, version) == b"n\r\n5000\r\n"

    run(PATIENT, work)


def test_a_worker_that_opened_many_versions_is_replaced(
    version: Path, tmp_path: Path
) -> None:
    paths = [tmp_path / str(number) for number in range(40)]
    for path in paths:
        path.symlink_to(version)

    async def work(pool: QueryPool) -> None:
        first = _children()
        for path in paths:
            assert await read(pool, "ASK {}", path, "json")
        assert _children() != first

    run(PATIENT, work)


def test_a_version_that_is_not_there_fails_clearly(tmp_path: Path) -> None:
    async def work(pool: QueryPool) -> None:
        with pytest.raises(StoreError, match="the version cannot be opened"):
            await read(pool, "ASK {}", tmp_path / "no-version", "json")

    run(PATIENT, work)


def test_the_dataset_of_the_protocol_reaches_the_engine(version: Path) -> None:
    async def work(pool: QueryPool) -> None:
        answer = await pool.answer(
            scan("ASK { ?s ?p ?o }"),
            version=version,
            format_name="json",
            dataset=Dataset(["http://ex/unknown"], []),
        )
        assert [chunk async for chunk in answer] == [b'{"head":{},"boolean":false}']

    run(PATIENT, work)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        pytest.param("turtle", b"<http://ex/1> <http://ex/p0> 5 .\n", id="turtle"),
        pytest.param("rdfxml", b'rdf:about="http://ex/1"', id="rdf/xml"),
        pytest.param("jsonld", b'"id": "http://ex/1"', id="json-ld"),
        pytest.param("nquads", b'<http://ex/1> <http://ex/p0> "5"^^', id="n-quads"),
    ],
)
def test_a_graph_is_written_in_the_format_asked_for(
    version: Path, name: str, expected: bytes
) -> None:
    async def work(pool: QueryPool) -> None:
        text = "CONSTRUCT WHERE { <http://ex/1> <http://ex/p0> ?o }"
        assert expected in await read(pool, text, version, name)

    run(PATIENT, work)


def test_an_empty_graph_is_an_answer(version: Path) -> None:
    async def work(pool: QueryPool) -> None:
        text = "CONSTRUCT WHERE { <http://ex/none> ?p ?o }"
        assert await read(pool, text, version, "ntriples") == b""

    run(PATIENT, work)


def test_a_worker_program_that_does_not_start_is_an_error() -> None:
    async def main() -> None:
        async with asyncio.timeout(_SECONDS), QueryPool("json.tool", LIMITS, size=2):
            pytest.fail("a pool without workers")

    with pytest.raises(StoreError, match=r"json\.tool.* does not start"):
        asyncio.run(main())


def test_what_the_system_cannot_deny_is_said_once(
    version: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async def work(pool: QueryPool) -> None:
        await read(pool, "ASK {}", version, "json")

    with caplog.at_level(logging.WARNING, logger="ssc_kg"):
        run(PATIENT, work)
    assert caplog.messages == []


@pytest.mark.usefixtures("each_loop")
def test_no_worker_outlives_the_pool(version: Path) -> None:
    async def work(pool: QueryPool) -> None:
        task = asyncio.create_task(read(pool, ENDLESS, version))
        await asyncio.sleep(0.2)
        assert _children()
        task.cancel()

    run(PATIENT, work)
    assert not _children()


def _children() -> list[int]:
    tasks = Path("/proc/self/task").glob("*/children")
    numbers = [int(number) for task in tasks for number in task.read_text().split()]
    command = MODULE.encode()
    return [n for n in numbers if command in Path(f"/proc/{n}/cmdline").read_bytes()]


def _busy_children() -> list[int]:
    """Return the workers that are running at this moment."""
    states = {n: Path(f"/proc/{n}/stat").read_text() for n in _children()}
    return [
        n for n, text in states.items() if text.rpartition(")")[2].split()[0] == "R"
    ]


async def _eventually_equal(read: Callable[[], object], expected: object) -> None:
    while True:
        if read() == expected:
            return
        await asyncio.sleep(0.05)


def test_who_does_not_read_an_answer_holds_nobody_else_up(version: Path) -> None:
    slow = "SELECT (COUNT(*) AS ?n) {{ {} }}".format(
        " ".join(_PAIRS.format(n, " ".join(map(str, range(10)))) for n in range(7))
    )

    async def work(pool: QueryPool) -> None:
        # Its bytes are here, and the worker has gone on to somebody else.
        unread = await pool.answer(
            scan("ASK {}"),
            version=version,
            format_name="json",
            options=Options(seconds=0.2),
        )
        counted = await read(pool, slow, version)
        assert counted.split() == [b"n", b"10000000"]
        assert b"true" in b"".join([chunk async for chunk in unread])

    run(PATIENT, work)


def test_a_version_that_is_gone_leaves_the_memory_limit(version: Path) -> None:
    doubled = (
        "SELECT (STRLEN(?v26) AS ?l) { BIND('aaaaaaaaaaaaaaaa' AS ?v0) "
        + "".join(f"BIND(CONCAT(?v{n}, ?v{n}) AS ?v{n + 1}) " for n in range(26))
        + "}"
    )

    async def work(pool: QueryPool) -> None:
        assert await read(pool, "SELECT (1 AS ?n) {}", version)
        gone = version.with_name("gone")
        with pytest.raises(StoreError, match="may have been removed") as told:
            await read(pool, "SELECT (1 AS ?n) {}", gone)
        assert str(version.parent) not in str(told.value)
        with pytest.raises(QueryTooLargeError, match="memory"):
            await read(pool, doubled, version)

    run(PATIENT, work)


def test_much_at_once_comes_in_small_frames(version: Path) -> None:
    large = "SELECT (CONCAT({}) AS ?text) {{ BIND('{}' AS ?a) }}".format(
        ", ".join(["?a"] * 30), "a" * 30_000
    )
    frames = list[int]()

    class Counting(Frames):
        def read(self, chunk: bytes) -> list[Frame]:
            found = super().read(chunk)
            frames.extend(len(frame.body) for frame in found)
            return found

    async def work(pool: QueryPool) -> None:
        [worker] = pool._alive  # noqa: SLF001  (what it reads is counted)
        worker.channel._frames = Counting()  # noqa: SLF001
        whole = await read(pool, large, version)
        assert len(whole) == len("text\r\n") + 900_000 + len("\r\n")

    run(PATIENT, work)
    assert len(frames) > 10
    assert max(frames) <= 64 * 1024
