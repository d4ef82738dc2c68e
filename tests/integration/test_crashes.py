"""A writer that is killed, at any moment, loses nothing and leaves nothing."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from ssc_kg.store.search.file import is_index
from ssc_kg.store.snapshot import Snapshots
from ssc_kg.store.versions import Versions
from tests.datasets import publish, quad, quads_of
from tests.texts import FIELDS

ROOT = Path(__file__).parents[2]
PATIENCE = 60

# Publishes a version and ends, as by kill -9, when the given call is made for the n-th
# time; without one, whoever reads "ready" may kill it.
WRITER = """
import os, pathlib, signal, sys
import pyoxigraph
from ssc_kg.store.draft import Change, drafting
from ssc_kg.store.versions import Versions
from tests.datasets import SOURCE, quad
from tests.texts import FIELDS

def die():
    os.kill(os.getpid(), signal.SIGKILL)

def dying(function, left):
    def call(*arguments):
        nonlocal left
        if left == 0:
            die()
        left -= 1
        return function(*arguments)
    return call

root, name, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
if name == "fsync":
    os.fsync = dying(os.fsync, count)
elif name == "replace":
    pathlib.Path.replace = dying(pathlib.Path.replace, count)
elif name == "rename":
    pathlib.Path.rename = dying(pathlib.Path.rename, count)
graphs = (SOURCE, pyoxigraph.DefaultGraph())
change = Change(tuple(quad(f"new{i}", graph) for i in range(1000) for graph in graphs))
with drafting(Versions(pathlib.Path(root))) as draft:
    if name == "begin":
        die()
    draft.store.extend(change.added)
    if name == "write":
        die()
    draft.index(change, FIELDS)
    draft.publish(change, author="tests", message="a crash")
    if name == "published":
        die()
"""

# Loads a file and tells its steps, to be killed at one of them.
LOADER = """
import sys
from pathlib import Path
from ssc_kg.dataset.apart import Limits
from ssc_kg.dataset.load import load
from ssc_kg.dataset.sources import Source
from ssc_kg.store.versions import Versions
from tests.datasets import BASE

load(
    Versions(Path(sys.argv[1])), [Source(Path(sys.argv[2]))], base_iri=BASE,
    author="tests", message="a load", limits=Limits(seconds=60),
    progress=lambda step: print(step, flush=True),
)
"""


@contextmanager
def python(script: str, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", script, *arguments]
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def wait_for(is_so: Callable[[], bool]) -> None:
    limit = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < limit
        time.sleep(0.01)


@pytest.fixture
def versions(tmp_path: Path) -> Versions:
    versions = Versions(tmp_path / "data")
    publish(versions, quad("old"))
    return versions


@pytest.mark.parametrize(
    ("call", "count", "published"),
    [
        pytest.param("begin", 0, 1, id="with a draft"),
        pytest.param("write", 0, 1, id="with a changed draft"),
        pytest.param("fsync", 0, 1, id="before the index is safe"),
        pytest.param("rename", 0, 1, id="before the index is in its place"),
        pytest.param("fsync", 1, 1, id="before what was added is safe"),
        pytest.param("fsync", 2, 1, id="before what was removed is safe"),
        pytest.param("fsync", 3, 1, id="before what is withdrawn is safe"),
        pytest.param("fsync", 4, 1, id="before the record is safe"),
        pytest.param("fsync", 5, 1, id="before the names are safe"),
        pytest.param("fsync", 6, 1, id="before the pointer is written"),
        pytest.param("replace", 0, 1, id="before the pointer moves"),
        pytest.param("fsync", 7, 2, id="after the pointer moved"),
        pytest.param("published", 0, 2, id="before the lock is let go"),
    ],
)
def test_a_writer_killed_half_way(
    versions: Versions, call: str, count: int, published: int
) -> None:
    with python(WRITER, str(versions.root), call, str(count)) as writer:
        assert writer.wait(timeout=PATIENCE) == -signal.SIGKILL
    current = versions.current()
    assert current is not None
    assert current.number == published
    assert current.quads == (1 if published == 1 else 1001)
    assert len(quads_of(versions)) == current.quads + current.triples
    with Snapshots(versions, texts=FIELDS) as snapshots:
        found = snapshots.current().search.rank("new")
    assert len(found) == current.triples
    assert is_index(versions.index_path(published), FIELDS) == (published == 2)
    assert publish(versions, quad("next")).number == published + 1
    assert quad("next") in quads_of(versions)
    numbers = {int(p.name.partition(".")[0]) for p in versions.directory.iterdir()}
    assert numbers == set(range(1, published + 2))
    assert list((versions.root / "work").iterdir()) == []


@pytest.mark.parametrize(
    "step", ["parsing", "putting", "validating", "indexing", "publishing"]
)
def test_a_load_whose_caller_is_killed(
    versions: Versions, tmp_path: Path, step: str
) -> None:
    path = tmp_path / "many.nt"
    lines = (f"<http://e/{i}> <http://e/says> <http://e/x> .\n" for i in range(20_000))
    path.write_text("".join(lines))
    with python(LOADER, str(versions.root), str(path)) as loader:
        assert loader.stdout is not None
        wait_for(lambda: step in next(iter(loader.stdout or ()), step))
        loader.kill()
    # The process apart dies with its caller, or has just published.
    assert publish(versions, quad("next")).number in {2, 3}
    assert {quad("old"), quad("next")} <= quads_of(versions)
    sizes = {len(quads_of(versions, record.number)) for record in versions.list()}
    assert sizes <= {1, 2, 40_001, 40_002}


def test_two_writers_at_once_both_get_their_version(versions: Versions) -> None:
    arguments = (str(versions.root), "none", "0")
    with python(WRITER, *arguments) as one, python(WRITER, *arguments) as other:
        assert one.wait(timeout=PATIENCE) == 0
        assert other.wait(timeout=PATIENCE) == 0
    assert [record.number for record in versions.list()] == [1, 2, 3]
    assert len(quads_of(versions)) == 2001
