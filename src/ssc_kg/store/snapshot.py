"""What a server reads: one version, wholly, from the start of a request to its end.

A new version is served from its directory at once and, if it fits the budget, from
memory as soon as it has been copied; memory answers several times faster. A request
that keeps its snapshot keeps its version, whatever is published meanwhile.
"""

import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Self

from ssc_kg.errors import StoreError, UnknownVersionError
from ssc_kg.mapping.orders import SortKey
from ssc_kg.mapping.texts import TextField
from ssc_kg.store.embedded import EmbeddedStore
from ssc_kg.store.order.index import OrderIndex
from ssc_kg.store.protocol import Store
from ssc_kg.store.search.index import SearchIndex
from ssc_kg.store.versions import VersionRecord, Versions
from ssc_kg.store.withdrawn import read_withdrawn

_log = logging.getLogger(__name__)

_BYTES_PER_QUAD = 600
"""What a quad takes in memory, measured over a million of them."""
_COPIES = 2
"""How many copies there are while a new version takes over from the old one."""
_OLD_VERSIONS = 4
"""How many old versions stay open; each takes 9 descriptors and 4 MB."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One version, opened."""

    record: VersionRecord
    path: Path
    """The directory of the version, for processes that open it themselves."""
    store: Store
    search: SearchIndex
    in_memory: bool = False

    @property
    def withdrawn(self) -> frozenset[str]:
        """The IRIs that earlier versions told of and this one does not."""
        return read_withdrawn(self.path.with_suffix(".withdrawn"))


class Snapshots:
    """The current version and older ones, open for reading by any number of threads.

    Close it, or leave its `with` block, to end the copying that may be under way.
    """

    def __init__(
        self,
        versions: Versions,
        *,
        texts: Sequence[TextField] = (),
        sort_keys: Sequence[SortKey] = (),
        memory_budget: int = 0,
        interval: float = 0.2,
    ) -> None:
        """Open the current version.

        What is in the `texts` can be searched, and nothing else. Lists by the
        `sort_keys` are read as they were sorted when the version was published.
        The copies in memory take up to `memory_budget` bytes. The directory is looked
        at for a new version when a snapshot is asked for, at most every `interval`
        seconds.

        Raises:
            StoreError: There is no version yet, or it cannot be opened.
        """
        self._versions = versions
        self._texts = texts
        self._sort_keys = sort_keys
        self._budget = memory_budget
        self._interval = interval
        self._lock = threading.Lock()
        self._opened = OrderedDict[int, Snapshot]()
        self._copier: threading.Thread | None = None
        self._is_copying = False
        self._is_closed = False
        self._stamp = versions.stamp()
        self._next_look = time.monotonic() + interval
        self._snapshot = self._open_current()
        self._start_copying()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def versions(self) -> Versions:
        """The directory that the versions are in."""
        return self._versions

    def current(self) -> Snapshot:
        """Return the current version; keep it for as long as one answer takes."""
        # One thread switches; the others go on with what there is.
        if time.monotonic() >= self._next_look and self._lock.acquire(blocking=False):
            try:
                self._look()
            finally:
                self._lock.release()
        return self._snapshot

    def open(self, number: int) -> Snapshot:
        """Return a version by its number; the ones used last stay open.

        Raises:
            UnknownVersionError: It was never published, or was pruned.
        """
        snapshot = self.current()
        if snapshot.record.number == number:
            return snapshot
        with self._lock:
            if number not in self._opened:
                self._opened[number] = self._open(self._versions.get(number))
            self._opened.move_to_end(number)
            if len(self._opened) > _OLD_VERSIONS:
                self._opened.popitem(last=False)
            return self._opened[number]

    def record(self, number: int) -> VersionRecord:
        """Return what is known of one version, which is not opened.

        Raises:
            PrunedVersionError: It is no longer kept.
            UnknownVersionError: It was never published.
        """
        return self._versions.get(number)

    def records(self) -> tuple[VersionRecord, ...]:
        """Return what is known of each version that there is, oldest first."""
        return self._versions.list()

    def close(self) -> None:
        """Stop copying; the snapshots given out stay usable."""
        self._is_closed = True
        if self._copier is not None:
            self._copier.join()

    def _look(self) -> None:
        self._next_look = time.monotonic() + self._interval
        stamp = self._versions.stamp()
        if stamp == self._stamp:
            return
        self._stamp = stamp
        try:
            self._snapshot = self._open_current()
        except (StoreError, UnknownVersionError) as error:
            # A server that has an answer goes on giving it.
            number = self._snapshot.record.number
            _log.warning("still serving version %d: %s", number, error)
        else:
            self._start_copying()

    def _open_current(self) -> Snapshot:
        record = self._versions.current()
        if record is None:
            message = f"{self._versions.root} has no version yet; load data into it"
            raise StoreError(message)
        return self._open(record)

    def _open(self, record: VersionRecord) -> Snapshot:
        path = self._versions.path(record.number)
        order = self._versions.order_path(record.number)
        store = EmbeddedStore.open(path, lists=OrderIndex.open(order, self._sort_keys))
        index = self._versions.index_path(record.number)
        search = SearchIndex(index, store, self._texts)
        return Snapshot(record, path, store.with_texts(search), search)

    def _start_copying(self) -> None:
        if self._is_copying or not self._fits(self._snapshot.record):
            return
        self._is_copying = True
        self._copier = threading.Thread(target=self._copy, name="ssc-kg-copy")
        self._copier.start()

    def _fits(self, record: VersionRecord) -> bool:
        size = (record.quads + record.triples) * _BYTES_PER_QUAD
        return _COPIES * size <= self._budget

    def _copy(self) -> None:
        # A copy that is overtaken by a newer version is given up for that one's.
        is_overtaken = True
        while is_overtaken:
            snapshot = self._snapshot
            store = self._copy_store(snapshot)
            with self._lock:
                is_overtaken = self._snapshot is not snapshot and not self._is_closed
                if store is not None and not is_overtaken:
                    self._snapshot = replace(snapshot, store=store, in_memory=True)
                self._is_copying = is_overtaken

    def _copy_store(self, snapshot: Snapshot) -> EmbeddedStore | None:
        if not self._fits(snapshot.record):
            return None
        try:
            store = EmbeddedStore.open(snapshot.path, lists=snapshot.store.lists)
            copied = store.copy(is_wanted=lambda: self._is_wanted(snapshot))
            return None if copied is None else copied.with_texts(snapshot.search)
        except (OSError, StoreError) as error:
            number = snapshot.record.number
            _log.warning("serving version %d from the disk: %s", number, error)
            return None

    def _is_wanted(self, snapshot: Snapshot) -> bool:
        return self._snapshot is snapshot and not self._is_closed
