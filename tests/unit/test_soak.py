"""A soak tells a server that is well from one that is not."""

from collections.abc import Callable, Iterable
from dataclasses import replace

import pytest

from benchmarks.soak.client import Answer, Sent
from benchmarks.soak.hostile import Attack, judge_attack
from benchmarks.soak.normal import Case, judge_case
from benchmarks.soak.processes import Sample
from benchmarks.soak.record import Ended, Outcome, Record
from benchmarks.soak.verdict import MIB, Watch, judge

SECONDS = 300
WORKERS = (40 * MIB, 40 * MIB)
BUSY = b'{"type": "https://w3id.org/ssc-kg/problems/busy"}'
TIMED_OUT = b'{"type": "https://w3id.org/ssc-kg/problems/query-timed-out"}'


def sample(second: int, server: float = 200, descriptors: int = 20) -> Sample:
    return Sample(float(second), int(server * MIB), WORKERS, descriptors)


def seen(server: Callable[[int], float]) -> Watch:
    """What is seen when the server has so many MiB in each second."""
    samples = [sample(second, server(second)) for second in range(SECONDS)]
    after = sample(SECONDS, server(SECONDS))
    return Watch(sample(0), samples, after, query_memory=256 * MIB)


FLAT = seen(lambda second: 200 + second % 7)


def record(outcomes: Iterable[Outcome]) -> Record:
    kept = Record()
    for outcome in outcomes:
        kept.add(Ended("point", "a city", outcome, "200", 0.01))
    return kept


RIGHT = record([Outcome.RIGHT, Outcome.ENDED, Outcome.BUSY, Outcome.LIMIT])


def test_a_server_that_is_well_has_nothing_said_of_it() -> None:
    assert judge(RIGHT, FLAT) == []


@pytest.mark.parametrize(
    ("outcomes", "says"),
    [
        pytest.param(
            [Outcome.RIGHT, Outcome.WRONG], "1 requests ended wrong", id="wrong"
        ),
        pytest.param([Outcome.RIGHT, Outcome.LOST], "1 requests ended lost", id="lost"),
        pytest.param([Outcome.BUSY], "no request got its right answer", id="none"),
    ],
)
def test_requests_that_went_wrong_or_were_lost_fail(
    outcomes: list[Outcome], says: str
) -> None:
    assert judge(record(outcomes), FLAT) == [says]


def test_what_went_wrong_is_kept_with_what_was_asked() -> None:
    assert record([Outcome.RIGHT, Outcome.LOST]).faults == ["lost: point, a city: 200"]


@pytest.mark.parametrize(
    ("server", "says"),
    [
        pytest.param(lambda second: 200 + second / 3, "grew by 67 MiB", id="a leak"),
        pytest.param(
            lambda second: 200 + 80 * (second > 250), "at rest", id="a late jump"
        ),
        pytest.param(lambda second: 200 + second / 5, "slope", id="a slow leak"),
    ],
)
def test_memory_that_grows_fails(server: Callable[[int], float], says: str) -> None:
    reasons = judge(RIGHT, seen(server))
    assert any(says in reason for reason in reasons)


@pytest.mark.parametrize(
    "server",
    [
        pytest.param(lambda second: 200 + 500 * (second == 150), id="one peak"),
        pytest.param(lambda second: 300 - second / 3, id="less and less"),
        pytest.param(lambda second: 200 + 20 * (second > 100), id="a cache that fills"),
    ],
)
def test_memory_that_does_not_stay_is_not_a_leak(
    server: Callable[[int], float],
) -> None:
    assert judge(RIGHT, seen(server)) == []


def test_too_few_samples_are_no_proof() -> None:
    with pytest.raises(ValueError, match="2 samples tell no trend"):
        judge(RIGHT, replace(FLAT, during=FLAT.during[:2]))


@pytest.mark.parametrize(
    ("watch", "says"),
    [
        pytest.param(
            replace(FLAT, after=sample(SECONDS, descriptors=40)),
            "at rest, the server has 40 descriptors open, 20 before",
            id="descriptors",
        ),
        pytest.param(
            replace(FLAT, after=replace(FLAT.after, workers=WORKERS[:1])),
            "there were 2 workers, now 1",
            id="a worker that is not replaced",
        ),
        pytest.param(
            replace(FLAT, after=replace(FLAT.after, workers=(200 * MIB, 200 * MIB))),
            "at rest, the workers have 320 MiB more than before",
            id="workers that grow",
        ),
        pytest.param(
            replace(
                FLAT, during=[*FLAT.during, replace(FLAT.after, workers=(MIB << 9,))]
            ),
            "a worker had 512 MiB, and 384 MiB is allowed",
            id="a worker over its limit",
        ),
        pytest.param(
            replace(FLAT, left=[1]), "1 workers outlived the server", id="an orphan"
        ),
        pytest.param(
            replace(FLAT, log="ERROR\nTraceback (most recent call last):\n"),
            "the server's log has 1 tracebacks",
            id="an error of the server's own",
        ),
    ],
)
def test_what_is_left_over_fails(watch: Watch, says: str) -> None:
    assert judge(RIGHT, watch) == [says]


RETRY = {"retry-after": "2"}


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        pytest.param(Answer(200, {}, b"right"), Outcome.RIGHT, id="right"),
        pytest.param(Answer(200, {}, b"left"), Outcome.WRONG, id="wrong"),
        pytest.param(Answer(200, {}, b"\xff"), Outcome.WRONG, id="unreadable"),
        pytest.param(Answer(503, RETRY, BUSY), Outcome.BUSY, id="busy"),
        pytest.param(Answer(503, {}, BUSY), Outcome.LOST, id="busy, without when"),
        pytest.param(Answer(503, {}, TIMED_OUT), Outcome.LIMIT, id="its own limit"),
        pytest.param(Answer(500, {}, b""), Outcome.LOST, id="a failure"),
        pytest.param(Answer(200, {}, b"ri", "ReadError"), Outcome.LOST, id="half"),
        pytest.param(Answer(failure="ConnectError"), Outcome.LOST, id="none"),
    ],
)
def test_a_normal_request_is_right_or_was_told_why_not(
    answer: Answer, outcome: Outcome
) -> None:
    case = Case("point", "", Sent("/"), lambda body: body.decode() == "right")
    assert judge_case(case, answer) is outcome


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        pytest.param(Answer(503, {}, TIMED_OUT), Outcome.ENDED, id="stopped"),
        pytest.param(Answer(503, RETRY, BUSY), Outcome.BUSY, id="busy"),
        pytest.param(Answer(200, {}, b"{}"), Outcome.WRONG, id="a time-out as a 200"),
        pytest.param(Answer(500, {}, b""), Outcome.WRONG, id="a failure"),
        pytest.param(Answer(failure="ReadError"), Outcome.LOST, id="none"),
    ],
)
def test_a_hostile_request_ends_as_it_may(answer: Answer, outcome: Outcome) -> None:
    attack = Attack("a product", Sent("/"), frozenset({"503 query-timed-out"}))
    assert judge_attack(attack, answer) is outcome
