"""Search the texts of a version, from any number of threads.

All phrases of a question have to be in the texts of one node, together or apart: who
searches `ITU Geneva` finds what is called ITU and is described as in Geneva. The rank
of a node is that of its best text: one that is a name and nothing but what was searched
for, and then by bm25, times the weight of its field. Where that is equal the IRI
decides, so that every order is total and pages can begin after a rank.
"""

import json
import sqlite3
import threading
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from pyoxigraph import NamedNode

from ssc_kg.errors import StoreError
from ssc_kg.mapping.texts import TextField
from ssc_kg.store.protocol import Store
from ssc_kg.store.search.file import is_index
from ssc_kg.store.search.pool import make_pool
from ssc_kg.store.search.question import Question, read_question
from ssc_kg.store.search.snippets import cut_snippet
from ssc_kg.store.sqlite import Pool
from ssc_kg.store.text_index import Found, Hit, Rank


class SearchIndex:
    """The index of one version, which never changes.

    Where there is no file, or one of other fields, it is made from the store when it
    is first searched, in a temporary file of this process: a reader holds no lock and
    may not be able to write beside the version. The next version will have its own.
    """

    def __init__(self, path: Path, store: Store, fields: Sequence[TextField]) -> None:
        self._fields = tuple(fields)
        self._lock = threading.Lock()
        # The store is let go of where it is not needed, since it keeps files open.
        self._source: Pool | Store = Pool(path) if is_index(path, fields) else store

    def words(self, text: str) -> tuple[str, ...]:
        """Return the words that a text asks for.

        Raises:
            SearchTextError: The text has no word, or is too long.
        """
        return read_question(text).whole.words

    def search(
        self,
        text: str,
        *,
        types: Collection[NamedNode] | None = None,
        limit: int,
        after: Rank | None = None,
    ) -> list[Hit]:
        """Return the best hits, one for each node; `types` are the classes to find.

        With `after`, those that follow a rank, whether or not it is still there.

        Raises:
            SearchTextError: The text has no word, or is too long.
            StoreError: The index cannot be read.
        """
        found = self.rank(text, types=types)
        if after is not None:
            found = [one for one in found if one.rank.key > after.key]
        return self.show(text, found[:limit])

    def all_hits(
        self, text: str, *, types: Collection[NamedNode] | None = None
    ) -> list[Hit]:
        """Return every hit, the best first."""
        return self.show(text, self.rank(text, types=types))

    def rank(
        self, text: str, *, types: Collection[NamedNode] | None = None
    ) -> list[Found]:
        """Return every node that a search finds, the best first, without its text."""
        question = read_question(text)
        with self._reading() as connection:
            wanted = _wanted(connection, question)
            # Many words in no text together are common, and the ranks are dear.
            if wanted == set():
                return []
            return _rank(connection, question, wanted, types)

    def show(self, text: str, found: Iterable[Found]) -> list[Hit]:
        """Return the hits of what `rank` found for the same text."""
        question = read_question(text)
        with self._reading() as connection:
            return [self._show(connection, question, one) for one in found]

    def _show(
        self, connection: sqlite3.Connection, question: Question, found: Found
    ) -> Hit:
        texts = json.dumps(found.texts)
        field, language, text = connection.execute(_BEST_TEXT, (texts,)).fetchone()
        snippet = cut_snippet(text, question)
        return Hit(
            iri=NamedNode(found.rank.iri),
            rank=found.rank,
            declared=self._fields[field],
            language=language or None,
            text=text,
            snippet=snippet.text,
            ranges=snippet.ranges,
        )

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        try:
            with self._get_pool().borrow() as connection:
                yield connection
        except (sqlite3.Error, OSError) as error:
            message = f"the full-text index could not answer: {error}"
            raise StoreError(message) from error

    def _get_pool(self) -> Pool:
        with self._lock:
            if not isinstance(self._source, Pool):
                self._source = make_pool(self._source, self._fields)
            return self._source


def _wanted(connection: sqlite3.Connection, question: Question) -> set[int] | None:
    """Return which nodes have all phrases, or None if all that match do."""
    if len(question.phrases) == 1:
        return None
    return set.intersection(
        *(
            _column(connection.execute(_WITH_PHRASE, (phrase.expression,)))
            for phrase in question.phrases
        )
    )


def _rank(
    connection: sqlite3.Connection,
    question: Question,
    wanted: set[int] | None,
    types: Collection[NamedNode] | None,
) -> list[Found]:
    whole = question.whole
    place = (whole.expression, len(whole.words))
    exact = _column(connection.execute(_EXACT, place))
    best: dict[str, tuple[tuple[bool, float], list[int]]] = {}
    nodes = None if wanted is None else json.dumps(sorted(wanted))
    classes = None if types is None else json.dumps([each.value for each in types])
    matching = (question.expression, nodes, classes)
    for iri, text, score in connection.execute(_ANY, matching):
        worth = (text in exact, score)
        known = best.get(iri)
        if known is None or worth > known[0]:
            best[iri] = (worth, [text])
        elif worth == known[0]:
            known[1].append(text)
    found = (Found(Rank(*worth, iri), tuple(t)) for iri, (worth, t) in best.items())
    return sorted(found, key=lambda one: one.rank.key)


def _column(cursor: sqlite3.Cursor) -> set[int]:
    return {number for [number] in cursor}


_WITH_PHRASE = """
SELECT text.node FROM words CROSS JOIN text ON text.id = words.rowid
WHERE words MATCH ?
"""
_EXACT = """
SELECT text.id FROM words CROSS JOIN text ON text.id = words.rowid
JOIN field ON field.number = text.field
WHERE words MATCH ? AND text.length = ? AND field.is_name
"""
_ANY = """
SELECT node.iri, text.id, field.weight * -bm25(words)
FROM words CROSS JOIN text ON text.id = words.rowid
JOIN field ON field.number = text.field JOIN node ON node.id = text.node
WHERE words MATCH ?1
AND (?2 IS NULL OR text.node IN (SELECT value FROM json_each(?2)))
AND (?3 IS NULL OR EXISTS (
    SELECT 1 FROM type WHERE type.node = text.node AND type.class IN (
        SELECT id FROM class WHERE iri IN (SELECT value FROM json_each(?3))
    )
))
"""
_BEST_TEXT = """
SELECT text.field, text.language, text.text
FROM json_each(?) JOIN text ON text.id = json_each.value
ORDER BY text.field, text.language, text.text LIMIT 1
"""
