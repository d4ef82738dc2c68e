"""Queries and clients that mean harm, over HTTP: the next request is answered.

Each is sent to a server that gives queries little time and memory. What a worker does
with a hostile text is shown in test_query_pool.py.
"""

import asyncio
import time
from collections import Counter
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

import httpx
import orjson
import pytest

from benchmarks.soak.client import (
    TIMED_OUT,
    Answer,
    Sent,
    connected,
    leave,
    read_slowly,
    send,
)
from benchmarks.soak.hostile import (
    Attack,
    ask,
    ask_by_address,
    judge_attack,
    make_attacks,
)
from benchmarks.soak.processes import Sample, take_sample
from benchmarks.soak.record import Outcome
from benchmarks.soak.verdict import GROWTH, SLACK, WORKER_SLACK, has_rested
from ssc_kg.publish.endpoint import MAX_QUERY_BYTES
from tests.conftest import Server
from tests.server import Watched, watched_server

SECONDS = 1
MIB = 1024**2
QUERY = "application/sparql-query"
PATTERN = "?s ?p ?o . ?t ?q ?u . ?v ?r ?w"
ROWS = f"SELECT * {{ {PATTERN} }}"
COUNT = f"SELECT (COUNT(*) AS ?n) {{ {PATTERN} }}"
LONG = f"ASK {{}} #{'x' * (MAX_QUERY_BYTES - 10)}"
LONG_IN_A_FORM = LONG[: MAX_QUERY_BYTES - 100]
LIMITS = ("seconds", "memory", "stack", "rows", "bytes")
ROW_CAP = "20000"
REQUESTS, SOCKETS = 2_000, 400
ATTACKS = make_attacks()
QUIET_SECONDS = 30
"""How long a server that works off what was left may take."""


@pytest.fixture(scope="module")
def attacked(
    server: Server, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Watched]:
    """Another server of the same data, which gives a query a second."""
    with watched_server(
        server.data_dir,
        tmp_path_factory.mktemp("attacked") / "log",
        SSC_KG_QUERY_SECONDS=str(SECONDS),
        SSC_KG_QUERY_MEMORY=str(256 * MIB),
        SSC_KG_QUERY_BYTES=str(4 * MIB),
        SSC_KG_QUERY_QUEUE="32",
        SSC_KG_QUERY_ROWS=ROW_CAP,
    ) as watched:
        yield watched


def is_well(attacked: Watched) -> bool:
    """Whether the next query is answered, by a worker.

    On a machine that has no time for workers, a second may be too short even for it.
    """
    query = ask("SELECT ?n { BIND(6 * 7 AS ?n) }")
    until = time.monotonic() + QUIET_SECONDS
    [answer] = gather(attacked, [query])
    while answer.label == TIMED_OUT and time.monotonic() < until:
        [answer] = gather(attacked, [query])
    return b'"42"' in answer.body


@pytest.mark.parametrize("attack", ATTACKS, ids=[each.name for each in ATTACKS])
def test_what_is_sent_to_hurt_ends_as_it_may_and_the_next_is_answered(
    attacked: Watched, attack: Attack
) -> None:
    [answer] = gather(attacked, [attack.sent])
    outcome = judge_attack(attack, answer)
    assert outcome is Outcome.ENDED, (answer.label, answer.body[:500])
    if answer.status == HTTPStatus.SERVICE_UNAVAILABLE:
        assert orjson.loads(answer.body)["limit"] in LIMITS
    assert is_well(attacked)


@pytest.mark.parametrize(
    ("query", "limit", "says"),
    [
        pytest.param(COUNT, "seconds", f"after {SECONDS} s", id="seconds"),
        pytest.param("CONSTRUCT WHERE { ?s ?p ?o }", "rows", ROW_CAP, id="rows"),
    ],
)
def test_a_refusal_says_what_was_exceeded(
    attacked: Watched, query: str, limit: str, says: str
) -> None:
    [answer] = gather(attacked, [ask(query, "*/*")])
    problem = orjson.loads(answer.body)
    assert (answer.status, problem["limit"]) == (503, limit)
    assert says in problem["detail"]


@pytest.mark.parametrize(
    "way",
    [
        pytest.param(
            {"content": LONG, "headers": {"Content-Type": QUERY}}, id="as it is"
        ),
        pytest.param({"data": {"query": LONG_IN_A_FORM}}, id="in a form"),
    ],
)
def test_a_query_of_a_megabyte_is_answered(
    attacked: Watched, way: dict[str, Any]
) -> None:
    answer = httpx.post(f"{attacked.address}/sparql", **way, timeout=60)
    assert answer.json()["boolean"] is True


def test_thousands_at_once_are_answered_or_told_when_to_come_again(
    attacked: Watched,
) -> None:
    query = "SELECT (COUNT(*) AS ?n) { ?s a ssc:City ; ?p ?o ; ?q ?r }"
    expected = httpx.post(f"{attacked.address}/sparql", data={"query": query}).content
    answers = gather(attacked, [ask(query)] * REQUESTS, sockets=SOCKETS)
    ends = Counter(answer.label for answer in answers)
    # A busy machine gives the workers what is left, so that some reach their limit.
    assert {"200", "503 busy"} <= {*ends} <= {"200", "503 busy", TIMED_OUT}, ends
    for answer in answers:
        assert answer.body == expected or "retry-after" in answer.headers
    assert is_well(attacked)


def test_who_goes_away_in_the_middle_leaves_nothing_behind(attacked: Watched) -> None:
    before = take_sample(attacked.process)
    operation = Sent(
        "/graphql", "POST", {"Content-Type": "application/json"}, b"{}" * 50
    )
    sent = [ask(COUNT), ask(ROWS), ask(LONG), operation, Sent("/ontology.ttl")]

    async def main() -> None:
        leaving = [
            leave(attacked.address, each, after=after, share=share)
            for each in sent
            for share in (1.0, 0.99, 0.5, 0.01)
            for after in (0.0, 0.1, 0.5)
        ]
        slow = [
            read_slowly(attacked.address, ask_by_address(ROWS), seconds=2 * SECONDS)
            for _ in range(5)
        ]
        ends = await asyncio.gather(*leaving, *slow)
        assert "whole" not in ends

    asyncio.run(main())
    assert is_well(attacked)
    assert rests_as(attacked, before)
    assert "Traceback" not in attacked.log.read_text()


def test_memory_returns_to_where_it_was(attacked: Watched) -> None:
    hostile = [attack.sent for attack in ATTACKS]
    gather(attacked, hostile)  # So that all that is kept on purpose is kept.
    assert is_well(attacked)
    before = take_sample(attacked.process)
    for _ in range(3):
        gather(attacked, hostile)
    assert is_well(attacked)
    assert rests_as(attacked, before)


def rests_as(attacked: Watched, before: Sample) -> bool:
    """Whether the server comes to have what it had: a tenth and some MiB more at most.

    Memory that is freed stays with the allocator, so it is not exactly the same.
    """
    until = time.monotonic() + QUIET_SECONDS
    while not (is_like(take_sample(attacked.process), before)):
        if time.monotonic() > until:
            pytest.fail(f"it had {before}, and has {take_sample(attacked.process)}")
        time.sleep(0.5)
    return True


def is_like(now: Sample, before: Sample) -> bool:
    return (
        has_rested(before, now)
        and now.server <= (1 + GROWTH) * before.server + SLACK
        and sum(now.workers) <= sum(before.workers) + len(now.workers) * WORKER_SLACK
    )


def gather(attacked: Watched, sent: list[Sent], *, sockets: int = 100) -> list[Answer]:
    """Send requests at once, over so many sockets; return the answers in any order."""
    waiting, answers = iter(sent), list[Answer]()

    async def work() -> None:
        async with connected(attacked.address, seconds=60) as client:
            for each in waiting:
                answers.append(await send(client, each))

    async def main() -> None:
        await asyncio.gather(*(work() for _ in range(min(sockets, len(sent)))))

    asyncio.run(main())
    return answers
