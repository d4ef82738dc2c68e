"""The sorted lists on disk: made from a graph, or from the parent's by a change.

A class is sorted by a key only if some thing of it has a value for that; then things
without one stand there too. Beside the lists stand the fans of the graph. As with the
full-text index, whoever makes a file gives it a name that nobody reads yet, and a
reader compares its *stamp*.
"""

import json
import shutil
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from pyoxigraph import Quad

from ssc_kg.errors import StoreError
from ssc_kg.mapping.orders import SortKey, SortValue
from ssc_kg.store.order import fans
from ssc_kg.store.order.rows import (
    BY_IRI,
    Thing,
    compare_things,
    read_things,
)
from ssc_kg.store.protocol import Store
from ssc_kg.store.sqlite import is_stamped, put_stamp, writing

_LAYOUT = 3
_WITHOUT_FANS = 2
"""The layout before, of which everything but the fans can be read."""
_NAME = "the sorted lists"
_SCHEMA = """
CREATE TABLE list (
    id INTEGER PRIMARY KEY, class TEXT, key INTEGER, size INTEGER, UNIQUE (class, key)
);
CREATE TABLE place (
    list INTEGER, is_known INTEGER, value NOT NULL, iri TEXT,
    PRIMARY KEY (list, is_known, value, iri)
) WITHOUT ROWID;
CREATE TABLE language (
    list INTEGER, tag TEXT, number INTEGER, PRIMARY KEY (list, tag)
) WITHOUT ROWID;
CREATE TABLE shared (iri TEXT, class TEXT, PRIMARY KEY (iri, class)) WITHOUT ROWID;
"""


def stamp(keys: Sequence[SortKey], *, layout: int = _LAYOUT) -> str:
    """Return what an index by these keys has to say of itself."""
    declared = [[key.property.value, key.read.__qualname__] for key in keys]
    return json.dumps([layout, declared])


def is_index(path: Path, keys: Sequence[SortKey]) -> bool:
    """Whether a file is there and is an index by these keys."""
    return is_stamped(path, stamp(keys))


def is_without_fans(path: Path, keys: Sequence[SortKey]) -> bool:
    """Whether a file is such an index, but of the layout before."""
    return is_stamped(path, stamp(keys, layout=_WITHOUT_FANS))


def make_index(path: Path, store: Store, keys: Sequence[SortKey]) -> None:
    """Write the sorted lists of a store's default graph.

    Raises:
        StoreError: The disk is full or cannot be written.
    """
    path.unlink(missing_ok=True)
    with writing(path, _NAME) as connection:
        connection.executescript(_SCHEMA + fans.SCHEMA)
        put_stamp(connection, stamp(keys))
        things = [*read_things(store, keys)]
        needed = {each for thing in things for each in thing.lists()}
        lists = {each: number for number, each in enumerate(sorted(needed))}
        connection.executemany(
            "INSERT INTO list VALUES (?, ?, ?, 0)",
            ((number, *each) for each, number in lists.items()),
        )
        _Writer(connection, lists).add(things)
        fans.make_fans(connection, store)


def update_index(
    path: Path,
    parent: Path,
    store: Store,
    keys: Sequence[SortKey],
    *,
    added: Iterable[Quad],
    removed: Iterable[Quad],
) -> None:
    """Write the sorted lists of a store from its parent's and the change since.

    The store has had the change already. If the parent has no such file, or one in
    which a list is missing that there has to be now, it is made anew.

    Raises:
        StoreError: The disk is full or cannot be written.
    """
    if is_index(parent, keys):
        changes = [*compare_things(store, added, removed, keys)]
        before, now = [one for one, _ in changes], [one for _, one in changes]
        shutil.copyfile(parent, path)
        try:
            with writing(path, _NAME) as connection:
                writer = _Writer(connection, _read_lists(connection))
                writer.remove(before)
                writer.add(now)
                fans.update_fans(connection, store, (*added, *removed))
        except (_NoSuchListError, StoreError):
            pass  # A damaged one too; a full disk is met again below.
        else:
            return
    make_index(path, store, keys)


class _NoSuchListError(Exception):
    """A change that begins a list, for which all things of the class are needed."""


class _Writer:
    """Brings the tables up to date with things that come and go."""

    def __init__(
        self, connection: sqlite3.Connection, lists: dict[tuple[str, int], int]
    ) -> None:
        self._connection = connection
        self._lists = lists
        self._of_class = defaultdict[str, list[tuple[int, int]]](list)
        for (class_, key), number in lists.items():
            self._of_class[class_].append((number, key))

    def add(self, things: Sequence[Thing]) -> None:
        if any(each not in self._lists for thing in things for each in thing.lists()):
            raise _NoSuchListError
        self._write("INSERT INTO place VALUES (?, ?, ?, ?)", things)
        self._share("INSERT INTO shared VALUES (?, ?)", things)
        self._tag(things, 1)
        self._count()

    def remove(self, things: Sequence[Thing]) -> None:
        self._write(_REMOVE_PLACE, things)
        self._share("DELETE FROM shared WHERE iri = ? AND class = ?", things)
        self._tag(things, -1)

    def _write(self, statement: str, things: Iterable[Thing]) -> None:
        # In the order of the table, where the next page is then the same or a new one.
        self._connection.executemany(statement, sorted(self._places(things)))

    def _places(self, things: Iterable[Thing]) -> Iterator[tuple[SortValue, ...]]:
        """Yield the row of each thing in each list of its classes."""
        for thing in things:
            for class_ in thing.classes:
                for number, key in self._of_class[class_]:
                    value = None if key == BY_IRI else thing.places[key].value
                    is_known = value is not None
                    yield number, is_known, value if is_known else "", thing.iri

    def _share(self, statement: str, things: Iterable[Thing]) -> None:
        self._connection.executemany(
            statement,
            (
                (thing.iri, class_)
                for thing in things
                if len(thing.classes) > 1
                for class_ in sorted(thing.classes)
            ),
        )

    def _tag(self, things: Iterable[Thing], change: int) -> None:
        numbers = Counter(each for thing in things for each in thing.languages())
        self._connection.executemany(
            _CHANGE_NUMBER,
            (
                (self._lists[class_, key], tag, change * number)
                for (class_, key, tag), number in numbers.items()
                if (class_, key) in self._lists
            ),
        )

    def _count(self) -> None:
        self._connection.execute(
            "UPDATE list SET size = (SELECT COUNT(*) FROM place WHERE list = list.id)"
        )


def _read_lists(connection: sqlite3.Connection) -> dict[tuple[str, int], int]:
    rows = connection.execute("SELECT class, key, id FROM list")
    return {(class_, key): number for class_, key, number in rows}


_CHANGE_NUMBER = """
INSERT INTO language VALUES (?, ?, ?)
ON CONFLICT (list, tag) DO UPDATE SET number = number + excluded.number
"""
_REMOVE_PLACE = """
DELETE FROM place WHERE list = ? AND is_known = ? AND value = ? AND iri = ?
"""
