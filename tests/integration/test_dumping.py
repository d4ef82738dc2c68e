"""Versions as files to download: what is in them, and that nothing breaks them."""

import errno
import hashlib
import shutil
import signal
import subprocess
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, NamedNode, Quad, parse

from ssc_kg.dataset import dumping
from ssc_kg.dataset.canonical import is_canonical
from ssc_kg.dataset.dumping import make_dumps
from ssc_kg.dataset.dumps import Dump, offered, read_manifest
from ssc_kg.errors import DiskFullError, StoreError, UnknownVersionError
from ssc_kg.formats.table import N_TRIPLES, TRIG, TURTLE, Format
from ssc_kg.store.digest import record_digest
from ssc_kg.store.versions import PENDING, VersionRecord, Versions
from tests.datasets import BASE, FOREIGN, SOURCE, publish, quad, quads_of
from tests.server import run

MERGE = DefaultGraph()


@pytest.fixture
def versions(tmp_path: Path) -> Versions:
    versions = Versions(tmp_path / "data")
    texts = ("a", "b", "ü")
    merge = [quad(text, MERGE) for text in texts]
    publish(versions, *map(quad, texts), *merge, quad("f", FOREIGN))
    return versions


def make(versions: Versions, number: int = 1) -> dict[str, Dump]:
    dumps = make_dumps(versions, number, base_iri=BASE)
    return {dump.name: dump for dump in dumps}


def unpack(versions: Versions, dump: Dump) -> bytes:
    program = {"zstd": "zstd", "gzip": "gzip"}[dump.packing.name]
    path = versions.dumps_path(dump.version) / dump.name
    return run_program(program, "--decompress", "--stdout", path).stdout


def run_program(
    name: str, *arguments: str | Path, cwd: Path | None = None, check: bool = True
) -> subprocess.CompletedProcess[bytes]:
    path = shutil.which(name)
    assert path is not None
    command = [path, *arguments]
    return subprocess.run(command, cwd=cwd, check=check, capture_output=True)


def read(content: bytes, format_: Format) -> set[Quad]:
    return set(parse(content, format=format_.rdf))


def named(quads: set[Quad]) -> set[Quad]:
    return {each for each in quads if each.graph_name != MERGE}


def test_each_file_holds_what_it_is_called_after(versions: Versions) -> None:
    dumps = make(versions)
    quads = quads_of(versions, 1)
    assert len(dumps) == 2 * (3 + 2 * 2)
    for dump in dumps.values():
        content = unpack(versions, dump)
        found = read(content, dump.format_)
        if dump.graph is not None:
            inside = {each for each in quads if each.graph_name == dump.graph}
            assert found == {
                Quad(each.subject, each.predicate, each.object) for each in inside
            }
        elif dump.format_ is TURTLE:
            assert found == {each for each in quads if each.graph_name == MERGE}
        else:
            assert found == named(quads)
        assert dump.unpacked_size == len(content)
        assert dump.unpacked_sha256 == hashlib.sha256(content).hexdigest()


def test_the_canonical_file_has_the_hash_of_the_version(versions: Versions) -> None:
    assert versions.get(1).sha256 == PENDING
    dump = make(versions)["dataset-1.nq.gz"]
    lines = unpack(versions, dump).splitlines(keepends=True)
    assert lines == sorted(lines)
    assert hashlib.sha256(b"".join(lines)).hexdigest() == versions.get(1).sha256
    (versions.directory / "1.sha256").unlink()
    assert record_digest(versions, 1) == dump.unpacked_sha256


def test_what_is_for_people_is_as_export_writes_it(
    versions: Versions, tmp_path: Path
) -> None:
    for dump in make(versions).values():
        if dump.format_ in (TRIG, TURTLE):
            path = tmp_path / dump.name.removesuffix(f".{dump.packing.suffix}")
            path.write_bytes(unpack(versions, dump))
            assert is_canonical(path)


def test_stock_programs_find_nothing_wrong(versions: Versions) -> None:
    dumps = make(versions)
    directory = versions.dumps_path(1)
    check = ("sha256sum", "--check", "--strict", "SHA256SUMS")
    done = run_program(*check, cwd=directory)
    assert done.stdout.decode().splitlines() == [f"{name}: OK" for name in dumps]
    for program, suffix in (("zstd", "zst"), ("gzip", "gz")):
        files = [name for name in dumps if name.endswith(suffix)]
        run_program(program, "--test", *files, cwd=directory)
    damaged = directory / "dataset-1.nq.zst"
    damaged.write_bytes(damaged.read_bytes()[:-1] + b"?")
    assert run_program("zstd", "--test", damaged, check=False).returncode != 0
    assert run_program(*check, cwd=directory, check=False).returncode != 0


def test_the_same_facts_give_the_same_bytes(versions: Versions, tmp_path: Path) -> None:
    other = Versions(tmp_path / "other")
    publish(other, *sorted(quads_of(versions, 1), key=str, reverse=True))
    one, two = make(versions), make(other)
    assert {name: dump.sha256 for name, dump in one.items()} == {
        name: dump.sha256 for name, dump in two.items()
    }
    header = (versions.dumps_path(1) / "dataset-1.nq.gz").read_bytes()[3:8]
    assert header == bytes(5), "a name or a time in it"


def test_they_are_made_once(versions: Versions) -> None:
    first = make(versions)
    path = versions.dumps_path(1) / "SHA256SUMS"
    before = path.stat()
    assert make(versions) == first
    assert path.stat() == before


def test_a_graph_that_did_not_change_is_not_written_again(versions: Versions) -> None:
    publish(versions, quad("g", FOREIGN), removed=[quad("f", FOREIGN)])
    one, two = make(versions, 1), make(versions, 2)

    def inode(dump: Dump) -> int:
        return (versions.dumps_path(dump.version) / dump.name).stat().st_ino

    old = {(dump.graph, dump.format_, dump.packing): dump for dump in one.values()}
    for dump in two.values():
        before = old[dump.graph, dump.format_, dump.packing]
        assert (inode(dump) == inode(before)) == (dump.graph == SOURCE)
        if dump.graph == SOURCE:
            assert (dump.size, dump.sha256) == (before.size, before.sha256)
    shutil.rmtree(versions.dumps_path(1))
    run_program("sha256sum", "--check", "SHA256SUMS", cwd=versions.dumps_path(2))


def test_files_are_copied_where_there_are_no_links(
    versions: Versions, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.EOPNOTSUPP, "no links here")

    make(versions, 1)
    publish(versions, quad("g", FOREIGN))
    # In this process, where the patches are.
    monkeypatch.setattr(dumping, "run_apart", lambda make, job, **_: make(job, len))
    monkeypatch.setattr(Path, "hardlink_to", refuse)
    make(versions, 2)
    run_program("sha256sum", "--check", "SHA256SUMS", cwd=versions.dumps_path(2))


@pytest.mark.parametrize(
    ("graph", "stem"),
    [
        pytest.param(f"{BASE}graph/source/a-b_c", "graph.source.a-b_c", id="a path"),
        pytest.param(f"{BASE}graph/dataset", "graph.dataset", id="not the whole"),
        pytest.param("http://example.org/graph", None, id="named elsewhere"),
        pytest.param(f"{BASE}graph/şehir", None, id="not of ASCII"),
        pytest.param(f"{BASE}graph/a.b", None, id="a dot"),
        pytest.param(f"{BASE}graph/../../etc/passwd", None, id="a way out"),
        pytest.param(f"{BASE}graph/{'a' * 500}", None, id="very long"),
        pytest.param(f"{BASE}graph/", None, id="no name"),
    ],
)
def test_any_graph_gets_the_name_of_a_file(
    tmp_path: Path, graph: str, stem: str | None
) -> None:
    versions = Versions(tmp_path)
    name = NamedNode(graph)
    publish(versions, quad("a", name))
    files = [each for each in make(versions).values() if each.graph == name]
    assert len(files) == 4
    for dump in files:
        assert read(unpack(versions, dump), N_TRIPLES if "nt" in dump.name else TURTLE)
        assert "/" not in dump.name
        assert dump.name.isascii()
        assert dump.name.partition("-1.")[0] == stem or dump.name.startswith("iri.")
        assert stem is None or not dump.name.startswith("iri.")


def test_names_differ_where_graphs_do() -> None:
    paths = ["a/b", "a.b", "a-b", "a", "a/b/c", "ab/c", "a/bc", "dataset", "ş", "s"]
    graphs = {f"{BASE}graph/{path}": 1 for path in paths}
    record = VersionRecord(
        number=1,
        time=datetime.now(UTC),
        parent=None,
        author="",
        message="",
        triples=0,
        graphs={**graphs, "http://example.org/graph/a": 1},
        added=0,
        removed=0,
    )
    names = [dump.name for dump in offered(record, base_iri=BASE)]
    assert len(set(names)) == len(names) == 6 + 4 * 11


def test_an_unknown_version_has_none(versions: Versions) -> None:
    with pytest.raises(UnknownVersionError, match="published: 1"):
        make(versions, 2)
    assert read_manifest(versions, 2) is None


def test_a_version_that_is_not_what_was_published_is_told(versions: Versions) -> None:
    (versions.directory / "1.sha256").write_text(f"{'0' * 64}\n")
    with pytest.raises(StoreError, match="does not hold what was published"):
        make(versions)
    assert not versions.dumps_path(1).exists()
    assert not list(versions.directory.glob("*.part"))


def test_a_list_that_is_damaged_is_named(versions: Versions) -> None:
    make(versions)
    (versions.dumps_path(1) / "manifest.json").write_text("{}")
    with pytest.raises(StoreError, match=r"manifest\.json"):
        make(versions)


def test_a_full_disk_is_told_before_anything_is_written(
    versions: Versions, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dumping, "_BYTES_PER_QUAD", 2**62)
    # In this process, where the patch is.
    monkeypatch.setattr(dumping, "run_apart", lambda make, job, **_: make(job, len))
    with pytest.raises(DiskFullError, match="MiB free"):
        make(versions)


def test_two_makers_at_once_make_them_once(versions: Versions) -> None:
    found: list[dict[str, Dump]] = []
    makers = [
        threading.Thread(target=lambda: found.append(make(versions))) for _ in range(2)
    ]
    for maker in makers:
        maker.start()
    for maker in makers:
        maker.join(60)
    assert found[0] == found[1]
    assert len(found[0]) == 14
    assert not list(versions.directory.glob("*.part"))


KILLED = """
import os, pathlib, signal, sys
from ssc_kg.dataset import dumping

def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)

setattr(dumping if sys.argv[2] == "write_sums" else pathlib.Path, sys.argv[2], die)
job = dumping._Job(pathlib.Path(sys.argv[1]), 1, sys.argv[3])
dumping._make(job, print)
"""


@pytest.mark.parametrize("moment", ["write_sums", "rename"])
def test_a_maker_that_is_killed_leaves_nothing_half(
    versions: Versions, moment: str
) -> None:
    arguments = ("-c", KILLED, versions.root, moment, BASE)
    done = run_program(sys.executable, *arguments, check=False)
    assert done.returncode == -signal.SIGKILL
    assert read_manifest(versions, 1) is None
    assert versions.dumps_path(1).with_suffix(".dumps.part").exists()
    assert len(make(versions)) == 14
    assert not list(versions.directory.glob("*.part"))
    publish(versions, quad("next"))


def test_the_verb_makes_and_lists_them(versions: Versions) -> None:
    publish(versions, quad("c"))
    where = ("--data-dir", versions.root)
    done = run("dump", *where)
    assert done.returncode == 0, done.stderr
    sums = (versions.dumps_path(2) / "SHA256SUMS").read_text().splitlines()
    for line in sums:
        digest, name = line.split()
        assert any(
            row.split()[::2] == [name, digest] for row in done.stdout.split("\n")
        )
    assert f"14 files of version 2 and SHA256SUMS are in {versions.dumps_path(2)}" in (
        done.stdout
    )
    assert not versions.dumps_path(1).exists()
    assert run("dump", "--every", *where).returncode == 0
    assert versions.dumps_path(1).exists()
    unknown = run("dump", "--version", "7", *where)
    assert unknown.returncode == 2
    assert "there is no version 7; published: 1, 2" in unknown.stderr
    both = run("dump", "--version", "1", "--every", *where)
    assert both.returncode == 2
    assert "exclude each other" in both.stderr
