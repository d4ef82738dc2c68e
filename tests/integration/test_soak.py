"""The soak itself, for a few seconds: it finds a well server well, and a mistake."""

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace

import pytest

from benchmarks.soak.load import Load, Plan
from benchmarks.soak.normal import Case, make_cases
from benchmarks.soak.processes import children, take_sample
from benchmarks.soak.record import Outcome
from tests.conftest import Server
from tests.server import Watched, watched_server

SECONDS = 4.0
PLAN = Plan(limit=1.0, normal=2, hostile=2, slow=1, leaving=1, burst=60, sockets=20)


@pytest.fixture(scope="module")
def soaked(
    server: Server, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Watched]:
    """Another server of the same data, which gives queries little time and room."""
    with watched_server(
        server.data_dir,
        tmp_path_factory.mktemp("soaked") / "log",
        SSC_KG_QUERY_SECONDS="1",
        SSC_KG_QUERY_MEMORY=str(2**28),
        SSC_KG_QUERY_BYTES=str(2**22),
    ) as watched:
        yield watched


@pytest.fixture(scope="module")
def cases(server: Server) -> list[Case]:
    return make_cases(server.data_dir)


def test_every_kind_of_request_ends_as_it_should(
    soaked: Watched, cases: list[Case]
) -> None:
    load = Load(soaked.address, cases, PLAN)
    asyncio.run(load.mix(SECONDS))
    assert load.record.faults == []
    assert load.record.total(Outcome.RIGHT) > 10
    assert load.record.total(Outcome.ENDED) > 3
    assert "Traceback" not in soaked.log.read_text()
    sample = take_sample(soaked.process)
    assert sample.server > 2**24
    assert len(sample.workers) == len(children(soaked.process)) == 2


def test_a_wrong_answer_is_found(soaked: Watched, cases: list[Case]) -> None:
    one, other = [case for case in cases if case.kind == "point"][:2]
    mistaken = replace(one, is_right=other.is_right)
    load = Load(soaked.address, [mistaken, other], PLAN)
    asyncio.run(load.ask_all())
    assert load.record.total(Outcome.RIGHT) == 1
    assert load.record.faults == [f"wrong: point, {one.name}: 200"]


def test_a_server_that_is_gone_loses_requests(cases: list[Case]) -> None:
    load = Load("http://127.0.0.1:9", cases[:1], PLAN)
    asyncio.run(load.ask_all())
    assert load.record.total(Outcome.LOST) == 1


def test_a_process_that_is_gone_has_no_memory_to_look_at() -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        pass
    with pytest.raises(OSError, match=str(process.pid)):
        take_sample(process.pid)
