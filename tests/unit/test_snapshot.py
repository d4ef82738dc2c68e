"""Which version a reader gets, from where, and for how long."""

import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph

from ssc_kg.errors import StoreError, UnknownVersionError
from ssc_kg.store.snapshot import Snapshots
from ssc_kg.store.versions import Versions
from tests.datasets import publish, quad
from tests.texts import FIELDS

BUDGET = 1_000_000
PATIENCE = 30


@pytest.fixture
def versions(tmp_path: Path) -> Versions:
    versions = Versions(tmp_path)
    publish(versions, quad("a"))
    return versions


def wait_for(is_so: Callable[[], bool]) -> None:
    limit = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < limit
        time.sleep(0.01)


def test_a_directory_without_a_version_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no version yet"):
        Snapshots(Versions(tmp_path))


def test_a_version_that_fits_is_copied_into_memory(versions: Versions) -> None:
    with Snapshots(versions, memory_budget=BUDGET) as snapshots:
        wait_for(lambda: snapshots.current().in_memory)
        assert snapshots.current().store.match(graph=None) == [quad("a")]


@pytest.mark.parametrize(
    "budget",
    [
        pytest.param(0, id="disk only"),
        pytest.param(1199, id="room for one copy but not for two"),
    ],
)
def test_a_version_that_does_not_fit_is_read_from_disk(
    versions: Versions, budget: int
) -> None:
    with Snapshots(versions, memory_budget=budget) as snapshots:
        assert not any(t.name == "ssc-kg-copy" for t in threading.enumerate())
        assert snapshots.current().store.match(graph=None) == [quad("a")]


def test_a_new_version_is_served_at_once_and_then_from_memory(
    versions: Versions,
) -> None:
    with Snapshots(versions, memory_budget=BUDGET, interval=0) as snapshots:
        publish(versions, quad("b"))
        assert snapshots.current().record.number == 2
        wait_for(lambda: snapshots.current().in_memory)
        assert len(snapshots.current().store.match(graph=None)) == 2


def test_a_snapshot_stays_what_it_was(versions: Versions) -> None:
    with Snapshots(versions, interval=0) as snapshots:
        before = snapshots.current()
        publish(versions, quad("b"))
        assert snapshots.current() is not before
        assert before.store.match(graph=None) == [quad("a")]


def test_between_two_looks_nothing_is_opened(versions: Versions) -> None:
    with Snapshots(versions, interval=3600) as snapshots:
        before = snapshots.current()
        publish(versions, quad("b"))
        assert snapshots.current() is before


def test_an_old_version_answers_as_of_its_date(versions: Versions) -> None:
    publish(versions, quad("b"))
    with Snapshots(versions) as snapshots:
        assert snapshots.open(1).store.match(graph=None) == [quad("a")]
        assert snapshots.open(2) is snapshots.current()
        with pytest.raises(UnknownVersionError):
            snapshots.open(3)


def test_old_versions_stay_open_while_they_are_used(versions: Versions) -> None:
    for number in range(7):
        publish(versions, quad(f"more{number}"))
    with Snapshots(versions) as snapshots:
        first = snapshots.open(1)
        for number in (2, 3, 4):
            snapshots.open(number)
        assert snapshots.open(1) is first
        for number in (5, 6, 7, 2):
            snapshots.open(number)
        assert snapshots.open(1) is not first


def test_a_snapshot_searches_the_texts_of_its_version(tmp_path: Path) -> None:
    versions = Versions(tmp_path)
    publish(versions, quad("a", DefaultGraph()), texts=FIELDS)
    with Snapshots(
        versions, texts=FIELDS, memory_budget=BUDGET, interval=0
    ) as snapshots:
        before = snapshots.current()
        publish(versions, removed=[quad("a", DefaultGraph())], texts=FIELDS)
        wait_for(lambda: snapshots.current().in_memory)
        assert snapshots.current().search.all_hits("a") == []
        assert len(before.search.all_hits("a")) == 1
        assert len(snapshots.open(1).search.all_hits("a")) == 1
        for snapshot in (before, snapshots.current(), snapshots.open(1)):
            assert snapshot.store.texts is snapshot.search


def test_a_version_of_an_older_release_can_be_searched(tmp_path: Path) -> None:
    versions = Versions(tmp_path)
    publish(versions, quad("a", DefaultGraph()))
    before = set(tmp_path.rglob("*"))
    with Snapshots(versions, texts=FIELDS, interval=0) as snapshots:
        assert len(snapshots.current().search.all_hits("a")) == 1
        assert set(tmp_path.rglob("*")) == before
        publish(versions, quad("b", DefaultGraph()), texts=FIELDS)
        assert len(snapshots.current().search.all_hits("a")) == 1
        assert len(snapshots.current().search.all_hits("b")) == 1


def test_a_version_that_cannot_be_opened_is_not_served(
    versions: Versions, caplog: pytest.LogCaptureFixture
) -> None:
    with Snapshots(versions, interval=0) as snapshots:
        before = snapshots.current()
        versions.pointer_path.write_text("{}")
        assert snapshots.current() is before
        assert "still serving version 1" in caplog.text


def test_threads_may_ask_while_versions_come(versions: Versions) -> None:
    seen: list[list[int]] = [[] for _ in range(4)]
    with Snapshots(versions, memory_budget=BUDGET, interval=0) as snapshots:
        done = threading.Event()

        def ask(numbers: list[int]) -> None:
            while not done.is_set():
                snapshot = snapshots.current()
                assert len(snapshot.store.match(graph=None)) == snapshot.record.quads
                numbers.append(snapshot.record.number)
                time.sleep(0.001)

        threads = [threading.Thread(target=ask, args=(numbers,)) for numbers in seen]
        for thread in threads:
            thread.start()
        for number in range(5):
            publish(versions, quad(f"more{number}"))
        wait_for(lambda: all(numbers and numbers[-1] == 6 for numbers in seen))
        done.set()
        for thread in threads:
            thread.join(timeout=PATIENCE)
    assert all(numbers == sorted(numbers) for numbers in seen)
