"""The verb `diff`, on versions that real loads made."""

from pathlib import Path

import pyoxigraph
import pytest

from ssc_kg.store.versions import Versions
from tests.datasets import publish, quad, quads_of
from tests.server import run


@pytest.fixture
def versions(tmp_path: Path) -> Versions:
    versions = Versions(tmp_path / "data")
    publish(versions, quad("a"))
    publish(versions, quad("b"))
    publish(versions, quad("c"), removed=[quad("a")])
    return versions


def test_it_compares_with_the_parent_unless_told(versions: Versions) -> None:
    where = ("--data-dir", versions.root)
    latest = run("diff", *where)
    assert latest.returncode == 0, latest.stderr
    assert run("diff", "2", *where).stdout == run("diff", "2", "3", *where).stdout
    assert latest.stdout == run("diff", "2", "3", *where).stdout
    assert '-   <http://example.org/says> "a"\n' in latest.stdout
    assert '+   <http://example.org/says> "c"\n' in latest.stdout
    assert "\x1b" not in latest.stdout
    far = run("diff", "1", "3", *where).stdout
    assert "2 added, 1 removed, in 1 graph" in far


def test_an_update_from_the_command_line_makes_the_other_version(
    versions: Versions, tmp_path: Path
) -> None:
    path = tmp_path / "changes.ru"
    options = ("--format", "sparql-update", "--output", path)
    done = run("diff", "3", "1", *options, "--data-dir", versions.root)
    assert done.returncode == 0, done.stderr
    store = pyoxigraph.Store()
    store.extend(quads_of(versions, 3))
    store.update(path.read_text())
    assert set(store) == quads_of(versions, 1)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        pytest.param(["1", "9"], "no version 9; published: 1, 2, 3", id="unknown"),
        pytest.param(["1", "2", "--format", "csv"], "offered: text, json", id="format"),
        pytest.param(["1", "2", "--language", "12"], "'12'", id="language"),
        pytest.param(["1", "0"], "no version 0", id="zero"),
    ],
)
def test_what_is_wrong_is_said(
    versions: Versions, arguments: list[str], message: str
) -> None:
    done = run("diff", *arguments, "--data-dir", versions.root)
    assert done.returncode == 2
    assert message in done.stderr


def test_the_first_version_has_nothing_before_it(tmp_path: Path) -> None:
    versions = Versions(tmp_path / "data")
    publish(versions, quad("a"))
    done = run("diff", "--data-dir", versions.root)
    assert done.returncode == 2
    assert "version 1 has no parent" in done.stderr
