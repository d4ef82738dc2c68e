"""Comparing the versions that somebody asks about, a pair at a time."""

import shutil
import tempfile
import threading
import weakref
from pathlib import Path

from cachetools import LRUCache

from ssc_kg.dataset.apart import Limits
from ssc_kg.dataset.difference import Difference, compare_apart
from ssc_kg.errors import ComparisonBusyError
from ssc_kg.store.versions import Versions

_LIMITS = Limits(seconds=300)
_ROOM = 1024**3
"""Bytes that the comparisons which are kept may take on the disk."""
_LEAST = _ROOM // 32
"""What a small one counts for, so that there are not too many."""
_PATIENCE = 5.0
_AGAIN = 5


class Comparisons:
    """Compares versions, a pair at a time, and keeps what was asked for last."""

    def __init__(self, versions: Versions) -> None:
        self._versions = versions
        self._known = LRUCache[tuple[int, int], Difference](_ROOM, _size)
        self._lock = threading.Lock()
        self._comparing = threading.Lock()
        self._directory: Path | None = None

    def get(self, before: int, after: int) -> Difference:
        """Return how a version differs from another.

        Raises:
            ComparisonBusyError: Others are being compared for too long.
            StoreError: It takes too long, or a version cannot be read.
        """
        known = self._look_up(before, after)
        if known is not None:
            return known
        if not self._comparing.acquire(timeout=_PATIENCE):
            raise ComparisonBusyError(_AGAIN)
        try:
            known = self._look_up(before, after)
            return known or self._compare(before, after)
        finally:
            self._comparing.release()

    def close(self) -> None:
        """Remove what is kept.

        A server that is told to stop ends by a signal, so that nothing else does.
        """
        with self._lock:
            self._known.clear()
        if self._directory is not None:
            shutil.rmtree(self._directory, ignore_errors=True)

    def _look_up(self, before: int, after: int) -> Difference | None:
        with self._lock:
            return self._known.get((before, after))

    def _compare(self, before: int, after: int) -> Difference:
        # Of its own, since a process that is stopped leaves what it has written.
        directory = Path(tempfile.mkdtemp(dir=self._place()))
        try:
            found = compare_apart(
                self._versions, before, after, directory, limits=_LIMITS
            )
        except BaseException:
            shutil.rmtree(directory, ignore_errors=True)
            raise
        # When it is not kept any longer, and nobody reads it.
        weakref.finalize(found, shutil.rmtree, directory, ignore_errors=True)
        if _size(found) <= _ROOM:
            with self._lock:
                self._known[before, after] = found
        return found

    def _place(self) -> Path:
        if self._directory is None:
            self._directory = Path(tempfile.mkdtemp(prefix="ssc-kg-"))
            weakref.finalize(self, shutil.rmtree, self._directory, ignore_errors=True)
        return self._directory


def _size(difference: Difference) -> int:
    return max(difference.path.stat().st_size, _LEAST)
