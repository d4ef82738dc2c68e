"""Making the dumps that somebody asks for, in the background, a version at a time.

They are made in a process apart (`dataset.dumping`). A request waits for a little while
and is then told to ask again; so what is small is simply there.
"""

import logging
import math
import threading
import time
from collections.abc import Iterable, Sequence

import anyio
from cachetools import LRUCache

from ssc_kg.dataset.distributions import Distribution
from ssc_kg.dataset.downloads import distributions
from ssc_kg.dataset.dumping import make_dumps
from ssc_kg.dataset.dumps import Dump, Manifest, offered, read_manifest
from ssc_kg.errors import DumpsNotReadyError, KnowledgeGraphError
from ssc_kg.store.versions import VersionRecord, Versions
from ssc_kg.urls import Urls

PATIENCE = 10.0
"""Seconds that a request waits for files to be made."""
_PAUSE = 0.1
_AGAIN = 60.0
"""Seconds until what could not be made is tried again."""
_QUADS_PER_SECOND = 5_000
_LEAST_WAIT, _LONGEST_WAIT = 5, 600
_KEPT = 16

_log = logging.getLogger(__name__)


class Dumping:
    """The dumps of the versions in a directory, which are made when they are needed."""

    def __init__(
        self, versions: Versions, *, base_iri: str, patience: float = PATIENCE
    ) -> None:
        self._versions = versions
        self._base_iri = base_iri
        self._patience = patience
        self._made = LRUCache[int, Manifest](_KEPT)
        self._lock = threading.Lock()
        self._making: int | None = None
        self._failed: tuple[int, float] | None = None

    def made(self, number: int) -> Sequence[Dump] | None:
        """Return the files of a version, or None before they are made."""
        with self._lock:
            manifest = self._made.get(number)
        if manifest is None:
            manifest = read_manifest(self._versions, number)
        if manifest is None:
            return None
        with self._lock:
            self._made[number] = manifest
        return manifest.dumps

    def list(self, record: VersionRecord) -> Sequence[Dump]:
        """Return the files of a version; before they are made, what they will be."""
        made = self.made(record.number)
        return offered(record, base_iri=self._base_iri) if made is None else made

    def distributions(
        self, record: VersionRecord, urls: Urls
    ) -> Iterable[Distribution]:
        """Return the files of a version as a catalogue lists them."""
        return distributions(self.list(record), urls)

    async def wait(self, record: VersionRecord) -> Sequence[Dump]:
        """Return the files of a version; have them made if they are not.

        Raises:
            DumpsNotReadyError: That takes too long, or cannot be done.
        """
        limit = time.monotonic() + self._patience
        while (made := self.made(record.number)) is None:
            self.start(record)
            if self._has_failed(record):
                reason = "could not be made, for a reason that the server's log names"
                raise DumpsNotReadyError(record.number, reason, math.ceil(_AGAIN))
            if time.monotonic() > limit:
                wait = _guess(record)
                raise DumpsNotReadyError(record.number, "are being made", wait)
            await anyio.sleep(_PAUSE)
        return made

    def start(self, record: VersionRecord) -> None:
        """Have the dumps of a version made, unless any are being made already."""
        with self._lock:
            if self._making is not None or self._has_failed(record):
                return
            self._making = record.number
        # It ends with the process, and so does the child that does the work.
        name = f"ssc-kg-dump-{record.number}"
        threading.Thread(
            target=self._make, args=(record.number,), name=name, daemon=True
        ).start()

    def _make(self, number: int) -> None:
        try:
            make_dumps(self._versions, number, base_iri=self._base_iri)
            self._failed = None
        except (KnowledgeGraphError, OSError, RuntimeError) as error:
            _log.warning("the dumps of version %d are not made: %s", number, error)
            self._failed = number, time.monotonic()
        finally:
            self._making = None

    def _has_failed(self, record: VersionRecord) -> bool:
        if self._failed is None:
            return False
        number, moment = self._failed
        return number == record.number and time.monotonic() < moment + _AGAIN


def _guess(record: VersionRecord) -> int:
    """Return how many seconds it may still take to make the dumps of a version."""
    seconds = math.ceil(record.quads / _QUADS_PER_SECOND)
    return min(max(seconds, _LEAST_WAIT), _LONGEST_WAIT)
