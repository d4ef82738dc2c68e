"""Connections to an index that is finished, for any number of threads."""

import logging
import shutil
import sqlite3
import tempfile
import weakref
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from queue import Empty, SimpleQueue

from ssc_kg.mapping.texts import TextField
from ssc_kg.store.protocol import Store
from ssc_kg.store.search.file import connect, make_index

_log = logging.getLogger(__name__)


class Pool:
    """Connections to a finished index, each lent to one thread at a time."""

    def __init__(self, path: Path, *, directory: Path | None = None) -> None:
        """Lend connections to `path`; `directory` goes when the pool does."""
        self._path = path
        self._idle = SimpleQueue[sqlite3.Connection]()
        weakref.finalize(self, _close, self._idle, directory)

    @contextmanager
    def borrow(self) -> Iterator[sqlite3.Connection]:
        """Lend a connection."""
        try:
            connection = self._idle.get_nowait()
        except Empty:
            connection = connect(self._path)
        try:
            yield connection
        finally:
            self._idle.put(connection)


def make_pool(store: Store, fields: Sequence[TextField]) -> Pool:
    """Return connections to an index made from a store, in a temporary file."""
    _log.info("the version has no full-text index; one is made for this process")
    directory = Path(tempfile.mkdtemp(prefix="ssc-kg-"))
    pool = Pool(directory / "search.sqlite", directory=directory)
    make_index(directory / "search.sqlite", store, fields)
    return pool


def _close(idle: SimpleQueue[sqlite3.Connection], directory: Path | None) -> None:
    while not idle.empty():
        idle.get().close()
    if directory is not None:
        shutil.rmtree(directory, ignore_errors=True)
