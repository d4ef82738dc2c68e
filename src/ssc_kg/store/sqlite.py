"""The files of SQLite that are kept beside a version.

Each is written whole, once, under a name that nobody reads yet; then it is only read,
by any number of threads and processes. It says in its *stamp* what it was made of, so
that a reader can tell whether it is what it should be.
"""

import os
import shutil
import sqlite3
import weakref
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from queue import Empty, SimpleQueue

from ssc_kg.errors import StoreError


def connect(path: Path) -> sqlite3.Connection:
    """Open a finished file, for one thread at a time.

    Raises:
        sqlite3.OperationalError: There is no such file.
    """
    address = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
    return sqlite3.connect(address, uri=True, check_same_thread=False)


def put_stamp(connection: sqlite3.Connection, stamp: str) -> None:
    """Say in a new file what it is made of."""
    connection.execute("CREATE TABLE stamp (text TEXT NOT NULL)")
    connection.execute("INSERT INTO stamp VALUES (?)", (stamp,))


def is_stamped(path: Path, stamp: str) -> bool:
    """Whether a file is there and was made of what a stamp says."""
    if not path.is_file():
        return False
    try:
        with closing(connect(path)) as connection:
            found = connection.execute("SELECT text FROM stamp").fetchall()
    except sqlite3.DatabaseError:
        return False
    return found == [(stamp,)]


@contextmanager
def writing(path: Path, what: str) -> Iterator[sqlite3.Connection]:
    """Open a file to write, and see that it is on the disk at the end.

    Raises:
        StoreError: It cannot be written; the message says `what` it is.
    """
    try:
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("PRAGMA journal_mode = OFF")
            connection.execute("PRAGMA synchronous = OFF")
            with connection:
                yield connection
    except sqlite3.Error as error:
        message = f"cannot write {what} {path}: {error}"
        raise StoreError(message) from error
    with path.open("rb") as file:
        os.fsync(file.fileno())


class Pool:
    """Connections to a finished file, each lent to one thread at a time."""

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


def _close(idle: SimpleQueue[sqlite3.Connection], directory: Path | None) -> None:
    while not idle.empty():
        idle.get().close()
    if directory is not None:
        shutil.rmtree(directory, ignore_errors=True)
