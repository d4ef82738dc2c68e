"""The one way to write: a copy of the current version, changed, then published.

A draft is a hard-linked copy that only its writer sees. Publishing copies it to its
place and moves the pointer last, so a reader sees the old version or the new one, and a
writer that is killed at any moment leaves nothing but a leftover, which the next one
removes.
"""

import fcntl
import gzip
import os
import secrets
import shutil
import time
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pyoxigraph
from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad

from ssc_kg.errors import DirectoryBusyError, DiskFullError, StoreError
from ssc_kg.mapping.orders import SortKey
from ssc_kg.mapping.texts import TextField
from ssc_kg.store import order
from ssc_kg.store.embedded import EmbeddedStore
from ssc_kg.store.search.file import make_index, update_index
from ssc_kg.store.versions import (
    Pointer,
    VersionRecord,
    Versions,
    write_pointer,
    write_record,
)
from ssc_kg.store.withdrawn import read_withdrawn, still_withdrawn, write_withdrawn

_PAUSE = 0.05
_SPARE_ROOM = 64 * 1024**2
BULK = 100_000
"""From so many added quads on, they are written in bulk, and the store compacted."""
_MERGE = ""
"""Where the default graph is counted; no graph has it as its name."""


@dataclass(frozen=True, slots=True)
class Change:
    """What a draft has that its parent does not, and the other way round.

    Quads of the default graph are the merge's; the two tuples have no quad in common.
    """

    added: tuple[Quad, ...] = ()
    removed: tuple[Quad, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.removed)

    def __add__(self, other: "Change") -> "Change":
        """Return this change followed by one of other quads."""
        return Change(self.added + other.added, self.removed + other.removed)

    def net(self) -> "Change":
        """Return this change without what was removed to be added again."""
        both = set(self.added).intersection(self.removed)
        if not both:
            return self
        return Change(
            tuple(quad for quad in self.added if quad not in both),
            tuple(quad for quad in self.removed if quad not in both),
        )


class Draft:
    """A version in the making; `drafting` makes one."""

    def __init__(
        self, versions: Versions, parent: VersionRecord | None, path: Path
    ) -> None:
        """Open the copy in `path`, beside which only this draft makes files."""
        self.parent = parent
        self.store = pyoxigraph.Store(path)
        """May be read and written; let go of every result before publishing."""
        self._versions = versions
        self._index_path = path.with_suffix(".search.sqlite")
        self._order_path = path.with_suffix(".order.sqlite")

    def index(self, change: Change, fields: Sequence[TextField]) -> None:
        """Make the full-text index of the draft, which it is published with.

        `change` is how the draft, written already, differs from its parent. A version
        without an index can be searched too, but each process has to make one.
        """
        store, path = EmbeddedStore(self.store), self._index_path
        if self.parent is None or len(change.added) >= BULK:
            make_index(path, store, fields)
            return
        parent = self._versions.index_path(self.parent.number)
        added, removed = change.added, change.removed
        update_index(path, parent, store, fields, added=added, removed=removed)

    def sort(self, change: Change, keys: Sequence[SortKey]) -> None:
        """Make the sorted lists of the draft, which it is published with.

        `change` is how the draft, written already, differs from its parent. Of a
        version without them every list is sorted when it is asked for.
        """
        store, path = EmbeddedStore(self.store), self._order_path
        if self.parent is None or len(change.added) >= BULK:
            order.make_index(path, store, keys)
            return
        parent = self._versions.order_path(self.parent.number)
        added, removed = change.added, change.removed
        order.update_index(path, parent, store, keys, added=added, removed=removed)

    def forget(self) -> None:
        """Let go of the store, which has no close(), and of what was not published."""
        del self.store
        self._index_path.unlink(missing_ok=True)
        self._order_path.unlink(missing_ok=True)

    def publish(
        self,
        change: Change,
        *,
        author: str,
        message: str,
        uncounted: Collection[NamedNode] = (),
    ) -> VersionRecord:
        """Make the draft the current version; it must not be used afterwards.

        `change` is how it differs from its parent. What it changes in some graphs may
        be left out of the numbers that the record gives.
        """
        pointer = self._versions.pointer()
        number = 1 if pointer is None else pointer.highest + 1
        record = self._describe(
            number, change, author=author, message=message, uncounted=uncounted
        )
        self._copy_store(number, change)
        directory = self._versions.directory
        added, removed = self._versions.delta_paths(number)
        if self._index_path.exists():
            self._index_path.rename(self._versions.index_path(number))
        if self._order_path.exists():
            self._order_path.rename(self._versions.order_path(number))
        write_durably(added, _pack(change.added))
        write_durably(removed, _pack(change.removed))
        withdrawn = self._withdraw(change)
        write_durably(self._versions.withdrawn_path(number), withdrawn)
        write_durably(directory / f"{number}.json", write_record(record))
        sync_directory(directory)
        self._point(Pointer(current=number, highest=number))
        return record

    def _describe(
        self,
        number: int,
        change: Change,
        *,
        author: str,
        message: str,
        uncounted: Collection[NamedNode],
    ) -> VersionRecord:
        added, removed = _count(change.added), _count(change.removed)
        counts = Counter[str]()
        if self.parent is not None:
            counts.update({_MERGE: self.parent.triples, **self.parent.graphs})
        counts.update(added)
        counts.subtract(removed)
        return VersionRecord(
            number=number,
            time=datetime.now(UTC).replace(microsecond=0),
            parent=None if self.parent is None else self.parent.number,
            author=author,
            message=message,
            triples=counts.pop(_MERGE, 0),
            graphs={graph: counts[graph] for graph in sorted(counts) if counts[graph]},
            added=_total(added, uncounted),
            removed=_total(removed, uncounted),
        )

    def _withdraw(self, change: Change) -> bytes:
        before: frozenset[str] = frozenset()
        if self.parent is not None:
            path = self._versions.withdrawn_path(self.parent.number)
            before = read_withdrawn(path)
        iris = still_withdrawn(before, self.store, removed=change.removed)
        return write_withdrawn(iris)

    def _copy_store(self, number: int, change: Change) -> None:
        if len(change.added) >= BULK:
            self.store.optimize()
        # Oxigraph does not sync its log by itself; the backup holds what was flushed.
        self.store.flush()
        self._versions.directory.mkdir(exist_ok=True)
        self.store.backup(self._versions.directory / str(number))

    def _point(self, pointer: Pointer) -> None:
        path = self._versions.pointer_path
        temporary = path.with_name(f"{path.name}.new")
        write_durably(temporary, write_pointer(pointer))
        temporary.replace(path)
        sync_directory(path.parent)


@contextmanager
def drafting(
    versions: Versions, *, wait: float = 30.0, room: int = 0
) -> Iterator[Draft]:
    """Hold the writers' lock and give a draft of the current version.

    Whatever is not published by the end is forgotten. Other writers are waited for up
    to `wait` seconds; `room` is how many bytes the change may take on the disk.

    Raises:
        DirectoryBusyError: Another program has been writing for too long.
        DiskFullError: There is too little room; a full disk blocks Oxigraph for ever.
        StoreError: The directory cannot be written.
    """
    try:
        with _lock(versions.root, wait):
            room += _SPARE_ROOM + _index_size(versions)
            _check_room(versions.root, needed=room)
            _remove_leftovers(versions)
            yield from _offer(versions)
    except OSError as error:
        message = f"cannot write to {versions.root}: {error}"
        raise StoreError(message) from error


def write_durably(path: Path, content: bytes) -> None:
    """Write a file that is whole after a power failure, if its directory is synced."""
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def sync_directory(path: Path) -> None:
    """Make the names in a directory survive a power failure."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _lock(root: Path, wait: float) -> Iterator[None]:
    # The system lets go of the lock when its holder ends, however it ends.
    with (root / "lock").open("ab") as file:
        limit = time.monotonic() + wait
        while not _try_lock(file.fileno()):
            if time.monotonic() > limit:
                raise DirectoryBusyError(root, wait)
            time.sleep(_PAUSE)
        yield


def _try_lock(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _remove_leftovers(versions: Versions) -> None:
    pointer = versions.pointer()
    highest = 0 if pointer is None else pointer.highest
    for path in versions.directory.glob("*"):
        number = path.name.partition(".")[0]
        if number.isdecimal() and int(number) > highest:
            _remove(path)
    for path in _work(versions).glob("*"):
        _remove(path)


def _work(versions: Versions) -> Path:
    return versions.root / "work"


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink()


def _index_size(versions: Versions) -> int:
    """Return how many bytes the copies of the current version's indexes will take."""
    pointer = versions.pointer()
    if pointer is None:
        return 0
    current = pointer.current
    paths = versions.index_path(current), versions.order_path(current)
    return sum(path.stat().st_size for path in paths if path.exists())


def _check_room(root: Path, *, needed: int) -> None:
    free = shutil.disk_usage(root).free
    if free < needed:
        raise DiskFullError(root, free=free, needed=needed)


def _offer(versions: Versions) -> Iterator[Draft]:
    # A path of its own: while a result of an earlier draft lives, so does its lock.
    path = _work(versions) / secrets.token_hex(8)
    path.parent.mkdir(exist_ok=True)
    parent = versions.current()
    if parent is not None:
        source = versions.path(parent.number)
        pyoxigraph.Store.read_only(str(source)).backup(path)
    draft = Draft(versions, parent, path)
    try:
        yield draft
    finally:
        draft.forget()
        shutil.rmtree(path, ignore_errors=True)


def _count(quads: Iterable[Quad]) -> Counter[str]:
    names = (quad.graph_name for quad in quads)
    # A graph that only a blank node names cannot be asked for, and no record names it.
    return Counter(
        _MERGE if isinstance(name, DefaultGraph) else name.value
        for name in names
        if not isinstance(name, BlankNode)
    )


def _total(counts: Counter[str], uncounted: Collection[NamedNode]) -> int:
    left_out = (_MERGE, *(graph.value for graph in uncounted))
    return counts.total() - sum(counts[name] for name in left_out)


def _pack(quads: Iterable[Quad]) -> bytes:
    # The time in a gzip header would make equal changes differ. Level 9, the default,
    # takes ten times as long for a twentieth less.
    lines = sorted(f"{quad} .\n" for quad in quads)
    return gzip.compress("".join(lines).encode(), compresslevel=6, mtime=0)
