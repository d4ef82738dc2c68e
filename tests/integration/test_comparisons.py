"""What comparisons leave on the disk."""

import gc
import tempfile
from pathlib import Path

import httpx
import pytest

from ssc_kg.dataset.apart import Limits
from ssc_kg.errors import StoreError
from ssc_kg.publish import comparisons
from ssc_kg.publish.comparisons import Comparisons
from ssc_kg.store.versions import Versions
from tests.datasets import publish, quad
from tests.server import running_server


@pytest.fixture
def compared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Comparisons:
    """Comparisons of three versions; what they write is in `scratch`."""
    versions = Versions(tmp_path / "data")
    for name in "abc":
        publish(versions, quad(name))
    (tmp_path / "scratch").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "scratch"))
    return Comparisons(versions)


def left(directory: Path) -> list[Path]:
    return [path for path in directory.rglob("*") if path.is_file()]


def test_one_that_is_stopped_leaves_nothing(
    compared: Comparisons, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def write_and_fail(*places: object, limits: Limits) -> None:
        *_, directory = places
        assert isinstance(directory, Path)
        (directory / "a run").write_bytes(b"a line")
        message = f"stopped after {limits.seconds} s"
        raise StoreError(message)

    monkeypatch.setattr(comparisons, "compare_apart", write_and_fail)
    with pytest.raises(StoreError):
        compared.get(1, 2)
    assert left(tmp_path / "scratch") == []


def test_what_is_kept_has_a_limit(
    compared: Comparisons, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(comparisons, "_LEAST", comparisons._ROOM // 2)  # noqa: SLF001
    for after in (1, 2, 3):
        assert compared.get(1, after).counts.added == after - 1
    gc.collect()
    assert len(left(tmp_path / "scratch")) == 2


def test_one_that_is_too_large_is_told_and_not_kept(
    compared: Comparisons, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(comparisons, "_LEAST", comparisons._ROOM + 1)  # noqa: SLF001
    found = compared.get(1, 3)
    assert len(list(found.edits())) == 2
    del found
    gc.collect()
    assert left(tmp_path / "scratch") == []


def test_what_is_kept_ends_with_the_server(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(Versions(tmp_path / "data"), quad("a"))
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setenv("TMPDIR", str(scratch))
    with running_server(tmp_path / "data") as address:
        assert httpx.get(f"{address}/diff/1/1").status_code == 200
        assert len(left(scratch)) == 1
    assert left(scratch) == []
