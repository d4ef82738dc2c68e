"""Writing a version: what is published, what is left behind, and who may write."""

import gzip
import hashlib
import shutil
import threading
from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph

from ssc_kg.errors import DirectoryBusyError, DiskFullError
from ssc_kg.store.draft import Change, drafting
from ssc_kg.store.versions import Versions
from tests.datasets import FOREIGN, publish, quad, quads_of
from tests.texts import FIELDS, texts_of


def fingerprint(directory: Path) -> dict[str, str]:
    files = [path for path in directory.rglob("*") if path.is_file()]
    return {str(p): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


def test_a_version_has_its_parents_quads_and_the_change(tmp_path: Path) -> None:
    versions = Versions(tmp_path)
    publish(versions, quad("a"), quad("b"))
    publish(versions, quad("c"), removed=[quad("a")])
    assert quads_of(versions, 1) == {quad("a"), quad("b")}
    assert quads_of(versions, 2) == {quad("b"), quad("c")}


def test_a_published_version_is_never_changed(tmp_path: Path) -> None:
    versions = Versions(tmp_path)
    publish(versions, *(quad(f"a{i}") for i in range(1000)))
    before = fingerprint(versions.path(1))
    publish(versions, *(quad(f"b{i}") for i in range(1000)))
    publish(versions, removed=[quad(f"a{i}") for i in range(1000)])
    assert fingerprint(versions.path(1)) == before


def test_the_delta_is_kept_with_the_merge(tmp_path: Path) -> None:
    versions = Versions(tmp_path)
    publish(versions, quad("b"), quad("a"), quad("a", DefaultGraph()))
    publish(versions, removed=[quad("b")])
    added = gzip.decompress((versions.directory / "1.added.nq.gz").read_bytes())
    removed = gzip.decompress((versions.directory / "2.removed.nq.gz").read_bytes())
    expected = [quad("a"), quad("a", DefaultGraph()), quad("b")]
    assert added.decode().splitlines() == sorted(f"{quad} ." for quad in expected)
    assert removed.decode().splitlines() == [f"{quad('b')} ."]


def test_equal_changes_have_equal_deltas(tmp_path: Path) -> None:
    one, other = Versions(tmp_path / "one"), Versions(tmp_path / "other")
    publish(one, quad("a"), quad("b"))
    publish(other, quad("b"), quad("a"))
    name = "1.added.nq.gz"
    assert (one.directory / name).read_bytes() == (other.directory / name).read_bytes()


def test_a_draft_that_is_not_published_is_forgotten(tmp_path: Path) -> None:
    versions = Versions(tmp_path)
    publish(versions, quad("a"))
    before = fingerprint(tmp_path)
    with drafting(versions) as draft:
        draft.store.add(quad("b"))
    assert fingerprint(tmp_path) == before
    assert quads_of(versions) == {quad("a")}
    assert list((tmp_path / "work").iterdir()) == []


def test_a_reader_sees_the_old_version_until_the_new_one_is_out(tmp_path: Path) -> None:
    versions = Versions(tmp_path)
    publish(versions, quad("a"))
    with drafting(versions) as draft:
        draft.store.add(quad("b", FOREIGN))
        assert quads_of(Versions(tmp_path)) == {quad("a")}
    publish(versions, quad("b", FOREIGN))
    assert quads_of(Versions(tmp_path)) == {quad("a"), quad("b", FOREIGN)}


def test_leftovers_of_a_killed_writer_are_removed(tmp_path: Path) -> None:
    versions = Versions(tmp_path)
    publish(versions, quad("a"))
    shutil.copytree(versions.path(1), versions.directory / "2")
    (versions.directory / "2.json").write_text("{")
    (versions.directory / "2.added.nq.gz").touch()
    (tmp_path / "work" / "store").mkdir(parents=True)
    assert [record.number for record in versions.list()] == [1]
    assert publish(versions, quad("b")).number == 2
    assert quads_of(versions) == {quad("a"), quad("b")}
    assert list((tmp_path / "work").iterdir()) == []


def test_a_number_is_never_given_twice(tmp_path: Path) -> None:
    versions = Versions(tmp_path)
    publish(versions, quad("a"))
    publish(versions, quad("b"))
    versions.pointer_path.write_text('{"current": 1, "highest": 2}')
    record = publish(versions, quad("c"))
    assert (record.number, record.parent) == (3, 1)
    assert quads_of(versions, 2) == {quad("a"), quad("b")}
    assert quads_of(versions, 3) == {quad("a"), quad("c")}


def test_a_second_writer_waits_for_the_first(tmp_path: Path) -> None:
    versions = Versions(tmp_path)
    second = threading.Thread(target=publish, args=(Versions(tmp_path), quad("b")))
    with drafting(versions) as draft:
        second.start()
        draft.store.add(quad("a"))
        with pytest.raises(DirectoryBusyError, match="another program"):
            publish_at_once(versions)
    second.join(timeout=30)
    assert quads_of(versions) == {quad("b")}


def publish_at_once(versions: Versions) -> None:
    with drafting(versions, wait=0):
        pass


def test_an_index_follows_the_change_and_leaves_its_parents(tmp_path: Path) -> None:
    versions = Versions(tmp_path)
    merged = [quad(text, DefaultGraph()) for text in "abc"]
    publish(versions, *merged[:2], texts=FIELDS)
    before = versions.index_path(1).read_bytes()
    publish(versions, merged[2], removed=merged[:1], texts=FIELDS)
    assert versions.index_path(1).read_bytes() == before
    assert [row[3] for row in texts_of(versions.index_path(1))] == ["a", "b"]
    assert [row[3] for row in texts_of(versions.index_path(2))] == ["b", "c"]
    assert list((tmp_path / "work").iterdir()) == []


def test_an_index_after_a_rollback_is_that_of_its_parent(tmp_path: Path) -> None:
    versions = Versions(tmp_path)
    for text in "ab":
        publish(versions, quad(text, DefaultGraph()), texts=FIELDS)
    versions.pointer_path.write_text('{"current": 1, "highest": 2}')
    publish(versions, quad("c", DefaultGraph()), texts=FIELDS)
    assert [row[3] for row in texts_of(versions.index_path(3))] == ["a", "c"]


def test_a_version_after_one_without_an_index_has_a_whole_one(tmp_path: Path) -> None:
    versions = Versions(tmp_path)
    publish(versions, quad("a", DefaultGraph()))
    publish(versions, quad("b", DefaultGraph()), texts=FIELDS)
    assert not versions.index_path(1).exists()
    assert [row[3] for row in texts_of(versions.index_path(2))] == ["a", "b"]


def test_an_index_that_is_not_published_is_forgotten(tmp_path: Path) -> None:
    versions = Versions(tmp_path)
    publish(versions, quad("a", DefaultGraph()), texts=FIELDS)
    before = fingerprint(tmp_path)
    with drafting(versions) as draft:
        draft.index(Change(), FIELDS)
    assert fingerprint(tmp_path) == before


def test_the_index_of_a_killed_writer_is_removed(tmp_path: Path) -> None:
    versions = Versions(tmp_path)
    publish(versions, quad("a", DefaultGraph()), texts=FIELDS)
    versions.index_path(2).write_bytes(versions.index_path(1).read_bytes())
    publish(versions, quad("b", DefaultGraph()))
    assert not versions.index_path(2).exists()


def test_a_bulk_load_is_indexed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ssc_kg.store.draft.BULK", 2)
    versions = Versions(tmp_path)
    publish(versions, quad("a", DefaultGraph()), texts=FIELDS)
    publish(versions, *(quad(text, DefaultGraph()) for text in "bc"), texts=FIELDS)
    assert [row[3] for row in texts_of(versions.index_path(2))] == ["a", "b", "c"]


def test_too_little_room_is_known_before_anything_is_written(tmp_path: Path) -> None:
    versions = Versions(tmp_path)
    publish(versions, quad("a"))
    with pytest.raises(DiskFullError, match="MiB free"), drafting(versions, room=2**60):
        pass
    assert publish(versions, quad("b")).number == 2
