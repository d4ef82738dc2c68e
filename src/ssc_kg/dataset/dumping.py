"""Making the dumps of a version, in a process apart: it takes a while, and a processor.

They are made in a directory of their own, which gets its name when it is whole. Who
makes them holds a lock; a maker that is killed leaves a directory that the next one
removes. A graph that is as it was in the parent is not written again: its files are the
parent's, under another name.
"""

import fcntl
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pyoxigraph

from ssc_kg.dataset.apart import Limits, Report, ignore, run_apart
from ssc_kg.dataset.dumps import (
    RELEASE,
    SUMS,
    Dump,
    by_content,
    manifest_path,
    offered,
    read_manifest,
    write_manifest,
    write_sums,
)
from ssc_kg.dataset.export import export
from ssc_kg.dataset.packing import pack
from ssc_kg.errors import DiskFullError, StoreError
from ssc_kg.formats.table import N_QUADS, N_TRIPLES
from ssc_kg.store.canonical import sorted_quads, sorted_triples
from ssc_kg.store.deltas import graphs_of_delta
from ssc_kg.store.digest import keep_digest
from ssc_kg.store.draft import sync_directory, write_durably
from ssc_kg.store.embedded import EmbeddedStore
from ssc_kg.store.versions import PENDING, VersionRecord, Versions

LIMITS = Limits(seconds=6 * 3600.0)
"""A million triples take minutes; what takes longer than this hangs."""
_SPARE_ROOM = 64 * 1024**2
_BYTES_PER_QUAD = 500
"""What the sorted runs and the files of a quad take on the disk at most, about."""


@dataclass(frozen=True, slots=True)
class _Job:
    root: Path
    number: int
    base_iri: str


def make_dumps(
    versions: Versions,
    number: int,
    *,
    base_iri: str,
    limits: Limits = LIMITS,
    progress: Report = ignore,
) -> Sequence[Dump]:
    """Return the dumps of a version, which are made if they are not yet.

    The hash of the version is kept with its record, if that was not known.

    Raises:
        UnknownVersionError: It was never published, or was pruned.
        DiskFullError: There is too little room.
        StoreError: The directory cannot be written, or the version is damaged.
        LoadStoppedError: It ran into the limits.
    """
    versions.get(number)
    made = read_manifest(versions, number)
    while made is None:
        job = _Job(versions.root, number, base_iri)
        run_apart(_make, job, limits=limits, progress=progress)
        made = read_manifest(versions, number)
    return made.dumps


def _make(job: _Job, report: Report) -> None:
    versions = Versions(job.root)
    record = versions.get(job.number)
    try:
        with _alone(versions, job.number):
            if read_manifest(versions, job.number) is None:
                _Maker(versions, record, job.base_iri).make(report)
    except OSError as error:
        message = f"cannot write to {versions.root}: {error}"
        raise StoreError(message) from error


@contextmanager
def _alone(versions: Versions, number: int) -> Iterator[None]:
    """Wait for another maker to end; the system lets go of the lock of a killed one."""
    path = versions.dumps_path(number).with_suffix(".dumps.lock")
    with path.open("ab") as file:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX)
        yield


class _Maker:
    """Makes the dumps of one version."""

    def __init__(
        self, versions: Versions, record: VersionRecord, base_iri: str
    ) -> None:
        self._versions = versions
        self._record = record
        self._base_iri = base_iri
        self._path = versions.dumps_path(record.number)
        self._part = self._path.with_suffix(".dumps.part")
        self._scratch = self._part / "scratch"
        directory = str(versions.path(record.number))
        self._store = pyoxigraph.Store.read_only(directory)

    def make(self, report: Report) -> None:
        """Make all."""
        shutil.rmtree(self._part, ignore_errors=True)
        self._check_room()
        self._scratch.mkdir(parents=True)
        try:
            dumps = list(self._write_all(report))
            self._check_hash(dumps)
            self._publish(dumps)
        finally:
            shutil.rmtree(self._part, ignore_errors=True)

    def _check_room(self) -> None:
        free = shutil.disk_usage(self._path.parent).free
        needed = _SPARE_ROOM + self._record.quads * _BYTES_PER_QUAD
        if free < needed:
            raise DiskFullError(self._versions.root, free=free, needed=needed)

    def _write_all(self, report: Report) -> Iterator[Dump]:
        known = self._unchanged()
        for (graph, format_), dumps in by_content(self._offered()).items():
            old = known.get((graph, format_))
            if old is not None:
                yield from self._link(old, dumps)
                continue
            report(f"writing {graph or 'everything'} in {format_}")
            yield from pack(self._content(dumps[0]), dumps, self._part)

    def _offered(self) -> Sequence[Dump]:
        return offered(self._record, base_iri=self._base_iri)

    def _unchanged(self) -> dict[tuple[str | None, str], list[Dump]]:
        """Return the parent's files of graphs that are as they were then."""
        parent = self._record.parent
        made = None if parent is None else read_manifest(self._versions, parent)
        changed = graphs_of_delta(self._versions, self._record.number)
        if made is None or changed is None or made.release != RELEASE:
            return {}
        return {
            (graph, format_): dumps
            for (graph, format_), dumps in by_content(made.dumps).items()
            if graph is not None and graph not in changed
        }

    def _link(self, old: Sequence[Dump], new: Sequence[Dump]) -> Iterator[Dump]:
        files = {dump.packing: dump for dump in old}
        for dump in new:
            known = files[dump.packing]
            source = self._versions.dumps_path(known.version) / known.name
            _link_or_copy(source, self._part / dump.name)
            yield replace(known, version=dump.version, name=dump.name)

    def _content(self, dump: Dump) -> Iterable[bytes]:
        if dump.format_ is N_QUADS:
            return sorted_quads(self._store, self._scratch)
        if dump.format_ is N_TRIPLES and dump.graph is not None:
            return sorted_triples(self._store, dump.graph, self._scratch)
        store = EmbeddedStore(self._store, is_on_disk=True)
        return export(store, graph=dump.graph, format_=dump.format_)

    def _check_hash(self, dumps: Iterable[Dump]) -> None:
        """Prove that the canonical file holds what the version's hash is of."""
        found = {d.unpacked_sha256 for d in dumps if d.format_ is N_QUADS}
        [digest] = filter(None, found)
        number = self._record.number
        if self._record.sha256 == PENDING:
            keep_digest(self._versions, number, digest)
        elif self._record.sha256 != digest:
            message = (
                f"version {number} does not hold what was published: its hash is "
                f"{digest}, its record says {self._record.sha256}"
            )
            raise StoreError(message)

    def _publish(self, dumps: Sequence[Dump]) -> None:
        self._scratch.rmdir()
        write_durably(self._part / SUMS, write_sums(dumps))
        write_durably(manifest_path(self._part), write_manifest(dumps))
        sync_directory(self._part)
        self._part.rename(self._path)
        sync_directory(self._path.parent)


def _link_or_copy(source: Path, path: Path) -> None:
    try:
        path.hardlink_to(source)
    except OSError:
        # Not every file system has links; one that is full fails again.
        shutil.copyfile(source, path)
