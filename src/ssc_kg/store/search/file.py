"""The index on disk: made from a graph, or from the parent's by a change.

Whoever makes one gives it a name that nobody reads yet; once it is there, it is never
changed. SQLite is told not to sync, since a file that is not finished is thrown away;
the finished one is synced as a whole.

A reader compares the *stamp*: an index of other fields, or of words that were made in
another way, is as good as none.
"""

import json
import shutil
import sqlite3
import zlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from pyoxigraph import NamedNode, Quad

from ssc_kg.errors import StoreError
from ssc_kg.mapping.texts import TextField
from ssc_kg.rdf.vocab import RDF
from ssc_kg.store.protocol import Store
from ssc_kg.store.search import words
from ssc_kg.store.search.rows import Row, Rows, compare_rows, read_rows
from ssc_kg.store.sqlite import is_stamped, put_stamp, writing

_LAYOUT = 1
_NAME = "the full-text index"
_SCHEMA = """
CREATE TABLE field (number INTEGER PRIMARY KEY, weight REAL, is_name INTEGER);
CREATE TABLE node (id INTEGER PRIMARY KEY, iri TEXT NOT NULL UNIQUE);
CREATE TABLE text (
    id INTEGER PRIMARY KEY,
    node INTEGER NOT NULL,
    key INTEGER NOT NULL,
    field INTEGER NOT NULL,
    length INTEGER NOT NULL,
    holders INTEGER NOT NULL,
    language TEXT NOT NULL,
    text TEXT NOT NULL
);
CREATE INDEX text_of_node ON text (node, key);
CREATE TABLE class (id INTEGER PRIMARY KEY, iri TEXT NOT NULL UNIQUE);
CREATE TABLE type (node INTEGER, class INTEGER, PRIMARY KEY (node, class))
    WITHOUT ROWID;
CREATE VIRTUAL TABLE words USING fts5 (
    folded, content = '', tokenize = 'ascii', prefix = '1 2'
);
"""


def stamp(fields: Sequence[TextField]) -> str:
    """Return what an index of these fields has to say of itself."""
    declared = [
        [
            field.property.value,
            field.about and field.about.value,
            field.weight,
            field.is_name,
        ]
        for field in fields
    ]
    return json.dumps([_LAYOUT, words.FORMAT, declared])


def is_index(path: Path, fields: Sequence[TextField]) -> bool:
    """Whether a file is there and is an index of these fields."""
    return is_stamped(path, stamp(fields))


def make_index(path: Path, store: Store, fields: Sequence[TextField]) -> None:
    """Write the index of a store's default graph.

    Raises:
        StoreError: The disk is full or cannot be written.
    """
    path.unlink(missing_ok=True)
    with writing(path, _NAME) as connection:
        connection.executescript(_SCHEMA)
        put_stamp(connection, stamp(fields))
        connection.executemany(
            "INSERT INTO field VALUES (?, ?, ?)",
            ((number, f.weight, f.is_name) for number, f in enumerate(fields)),
        )
        rows = read_rows(store, fields)
        _Writer(connection, store).apply(rows, ())
        connection.execute("INSERT INTO words (words) VALUES ('optimize')")


def update_index(
    path: Path,
    parent: Path,
    store: Store,
    fields: Sequence[TextField],
    *,
    added: Iterable[Quad],
    removed: Iterable[Quad],
) -> None:
    """Write the index of a store from that of its parent and the change since.

    The store has had the change already. If the parent has no index, or not the one
    that it should have, the index is made anew.

    Raises:
        StoreError: The disk is full or cannot be written.
    """
    added, removed = tuple(added), tuple(removed)
    if is_index(parent, fields):
        shutil.copyfile(parent, path)
        retyped = _subjects_of_types((*added, *removed))
        rows = compare_rows(store, added, removed, fields)
        try:
            with writing(path, _NAME) as connection:
                _Writer(connection, store).apply(rows, retyped)
        except (_StrayRowError, StoreError):
            pass  # It is damaged; a full disk is met again below.
        else:
            return
    make_index(path, store, fields)


class _StrayRowError(Exception):
    """An index that does not hold a row that was there before a change."""


def _subjects_of_types(quads: Iterable[Quad]) -> set[str]:
    return {
        quad.subject.value
        for quad in quads
        if quad.predicate == RDF.type and isinstance(quad.subject, NamedNode)
    }


class _Writer:
    """Brings the tables up to date with rows that come and go."""

    def __init__(self, connection: sqlite3.Connection, store: Store) -> None:
        self._execute = connection.execute
        self._store = store

    def apply(self, rows: Rows, retyped: Iterable[str]) -> None:
        """Add to the rows' holders, and read again the classes of `retyped`."""
        iris = sorted({row.node for row in rows})
        nodes = {iri: self._identify(_NODE, iri) for iri in iris}
        # Ordered, so that the same change always writes the same file.
        for row, count in sorted(rows.items()):
            self._count(nodes[row.node], row, count)
        for iri in sorted({*iris, *retyped}):
            self._classify(iri)

    def _identify(self, table: "_Table", iri: str) -> int:
        self._execute(table.add, (iri,))
        number: int = self._execute(table.find, (iri,)).fetchone()[0]
        return number

    def _count(self, node: int, row: Row, count: int) -> None:
        key = zlib.crc32(row.text.encode())
        place = (node, key, row.field, row.language, row.text)
        found = self._execute(_FIND_TEXT, place).fetchone()
        if found is None:
            if count < 0:
                raise _StrayRowError(row)
            self._add(place, count)
        elif found[1] + count > 0:
            change = (found[1] + count, found[0])
            self._execute("UPDATE text SET holders = ? WHERE id = ?", change)
        else:
            self._remove(found[0], row.text)

    def _add(self, place: tuple[int, int, int, str, str], holders: int) -> None:
        folded = words.fold(place[-1])
        length = len(folded.split(" ")) if folded else 0
        number = self._execute(_ADD_TEXT, (*place, length, holders)).lastrowid
        self._execute(
            "INSERT INTO words (rowid, folded) VALUES (?, ?)", (number, folded)
        )

    def _remove(self, number: int, text: str) -> None:
        # FTS5 keeps no texts here; it has to be told which words go.
        self._execute(
            "INSERT INTO words (words, rowid, folded) VALUES ('delete', ?, ?)",
            (number, words.fold(text)),
        )
        self._execute("DELETE FROM text WHERE id = ?", (number,))

    def _classify(self, iri: str) -> None:
        """Note the classes of a node, or forget one that has no text any more."""
        found = self._execute("SELECT id FROM node WHERE iri = ?", (iri,)).fetchone()
        if found is None:
            return
        self._execute("DELETE FROM type WHERE node = ?", found)
        if self._execute("SELECT 1 FROM text WHERE node = ?", found).fetchone() is None:
            self._execute("DELETE FROM node WHERE id = ?", found)
            return
        for quad in self._store.match(NamedNode(iri), RDF.type):
            if isinstance(quad.object, NamedNode):
                class_ = self._identify(_CLASS, quad.object.value)
                self._execute("INSERT INTO type VALUES (?, ?)", (*found, class_))


class _Table(NamedTuple):
    """How a table of IRIs is written and read."""

    add: str
    find: str


_NODE = _Table(
    "INSERT OR IGNORE INTO node (iri) VALUES (?)", "SELECT id FROM node WHERE iri = ?"
)
_CLASS = _Table(
    "INSERT OR IGNORE INTO class (iri) VALUES (?)", "SELECT id FROM class WHERE iri = ?"
)
_FIND_TEXT = """
SELECT id, holders FROM text
WHERE node = ? AND key = ? AND field = ? AND language = ? AND text = ?
"""
_ADD_TEXT = """
INSERT INTO text (node, key, field, language, text, length, holders)
VALUES (?, ?, ?, ?, ?, ?, ?)
"""
