"""What a data directory is, and what it tells of its versions."""

from datetime import UTC, timedelta
from pathlib import Path

import pytest

from ssc_kg.errors import NotADataDirectoryError, StoreError, UnknownVersionError
from ssc_kg.store.digest import record_digest
from ssc_kg.store.versions import PENDING, Pointer, Versions
from tests.datasets import FOREIGN, SOURCE, publish, quad


def test_a_new_directory_has_no_version(tmp_path: Path) -> None:
    versions = Versions(tmp_path / "made" / "here")
    assert versions.current() is None
    assert versions.list() == ()
    assert versions.stamp() is None


def test_an_empty_directory_becomes_a_data_directory(tmp_path: Path) -> None:
    (tmp_path / "lost+found").mkdir()
    Versions(tmp_path)
    assert Versions(tmp_path).current() is None


def test_a_directory_of_other_things_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.tex").touch()
    with pytest.raises(NotADataDirectoryError, match=r"thesis\.tex"):
        Versions(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.tex"]


def test_a_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "data"
    path.touch()
    with pytest.raises(NotADataDirectoryError):
        Versions(path)


def test_a_record_is_read_back_as_it_was_published(tmp_path: Path) -> None:
    versions = Versions(tmp_path)
    first = publish(versions, quad("a"), quad("b", FOREIGN))
    second = publish(versions, quad("c"), removed=[quad("a")])
    assert versions.list() == (first, second)
    assert versions.current() == second == Versions(tmp_path).get(2)
    assert second.parent == 1
    assert second.time.tzinfo is UTC
    assert second.time - first.time < timedelta(minutes=5)


def test_an_unknown_version_is_an_error_that_lists_the_known(tmp_path: Path) -> None:
    versions = Versions(tmp_path)
    publish(versions, quad("a"))
    for ask in (versions.get, versions.path):
        with pytest.raises(UnknownVersionError, match="published: 1"):
            ask(2)


def test_a_version_is_known_while_the_pointer_says_so(tmp_path: Path) -> None:
    # As after a rollback: the pointer names an older version and the highest number.
    versions = Versions(tmp_path)
    publish(versions, quad("a"))
    publish(versions, quad("b"))
    versions.pointer_path.write_text('{"current": 1, "highest": 2}')
    assert versions.pointer() == Pointer(current=1, highest=2)
    current = versions.current()
    assert current is not None
    assert current.number == 1
    assert [record.number for record in versions.list()] == [1, 2]


@pytest.mark.parametrize("name", ["current", "versions/1.json"])
def test_a_damaged_file_is_named(tmp_path: Path, name: str) -> None:
    versions = Versions(tmp_path)
    publish(versions, quad("a"))
    (tmp_path / name).write_text("{}")
    with pytest.raises(StoreError, match=name):
        versions.current()


def test_the_stamp_changes_with_each_version(tmp_path: Path) -> None:
    versions = Versions(tmp_path)
    stamps = {versions.stamp()}
    for text in "abc":
        publish(versions, quad(text))
        stamps.add(versions.stamp())
    assert len(stamps) == 4


def test_the_hash_is_pending_until_it_is_computed(tmp_path: Path) -> None:
    versions = Versions(tmp_path)
    assert publish(versions, quad("a"), quad("a", FOREIGN)).sha256 == PENDING
    assert versions.get(1).sha256 == PENDING
    digest = record_digest(versions, 1)
    assert versions.get(1).sha256 == digest == record_digest(versions, 1)


def test_equal_named_graphs_have_equal_hashes(tmp_path: Path) -> None:
    one, other = Versions(tmp_path / "one"), Versions(tmp_path / "other")
    publish(one, quad("a"), quad("b", FOREIGN))
    publish(other, quad("b", FOREIGN))
    publish(other, quad("a"))
    assert record_digest(one, 1) == record_digest(other, 2) != record_digest(other, 1)


def test_a_record_counts_triples_by_graph(tmp_path: Path) -> None:
    versions = Versions(tmp_path)
    publish(versions, quad("a"), quad("b"), quad("a", FOREIGN))
    record = publish(versions, quad("c", FOREIGN), removed=[quad("a", FOREIGN)])
    assert record.graphs == {FOREIGN.value: 1, SOURCE.value: 2}
    assert (record.quads, record.added, record.removed) == (3, 1, 1)
