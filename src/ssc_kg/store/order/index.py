"""Pages and sizes of the lists of a version, from any number of threads."""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import NamedNode

from ssc_kg.errors import StoreError
from ssc_kg.mapping.model import LinkField, Scalar
from ssc_kg.mapping.orders import SortKey, SortValue
from ssc_kg.store.order.fans import Way, has_room, reach
from ssc_kg.store.order.file import is_index, is_without_fans
from ssc_kg.store.order.rows import BY_IRI
from ssc_kg.store.protocol import SortedBy, Span, Stop
from ssc_kg.store.sqlite import Pool


class OrderIndex:
    """The sorted lists of one version, which never change."""

    def __init__(
        self, path: Path, keys: Sequence[SortKey], *, has_fans: bool = True
    ) -> None:
        self._keys = {key.property: number for number, key in enumerate(keys)}
        self._scalars = {key.property: key.scalar for key in keys}
        self._has_fans = has_fans
        self._pool = Pool(path)

    @classmethod
    def open(cls, path: Path, keys: Sequence[SortKey]) -> "OrderIndex | None":
        """Return the index in a file, or None if it is not there or of other keys."""
        has_fans = is_index(path, keys)
        if has_fans or is_without_fans(path, keys):
            return cls(path, keys, has_fans=has_fans)
        return None

    def knows(self, property_: NamedNode | None, scalar: Scalar) -> bool:
        """Return whether things are sorted by a property, read as such a value."""
        return property_ is None or self._scalars.get(property_) is scalar

    def languages(
        self, classes: Sequence[NamedNode], property_: NamedNode
    ) -> frozenset[str]:
        """Return the languages of the texts that things of classes are sorted by.

        An empty one stands for texts without a language.

        Raises:
            StoreError: The index cannot be read.
        """
        iris = json.dumps([class_.value for class_ in classes])
        with self._reading() as connection:
            rows = connection.execute(_TAGS, (iris, self._keys[property_]))
            return frozenset(tag for (tag,) in rows)

    def size(self, classes: Sequence[NamedNode]) -> int:
        """Return how many things have at least one of some classes.

        Raises:
            StoreError: The index cannot be read.
        """
        with self._reading() as connection:
            sizes = (self._list(connection, class_, BY_IRI)[1] for class_ in classes)
            total = sum(sizes)
            if len(classes) == 1:
                return total
            iris = json.dumps([class_.value for class_ in classes])
            [repeated] = connection.execute(_REPEATED, (iris,)).fetchone()
            return total - int(repeated)

    def span(
        self, classes: Sequence[NamedNode], order: SortedBy, span: Span
    ) -> dict[str, SortValue]:
        """Return what things are sorted by, by IRI, of a part of the lists of classes.

        Of each class the whole part is there, so they are more than its limit for
        several classes; sort them, and take as many from the same end.

        Raises:
            StoreError: The index cannot be read.
        """
        found: dict[str, SortValue] = {}
        with self._reading() as connection:
            for class_ in classes:
                key = BY_IRI if order.property is None else self._keys[order.property]
                number, _ = self._list(connection, class_, key)
                segments = [*_segments(number, order)]
                if number is None and key != BY_IRI:
                    # Nothing of the class has a value: all stand there by their IRIs.
                    number, _ = self._list(connection, class_, BY_IRI)
                    segments = [_Segment(number, order, is_known=False)]
                found |= _read(connection, segments, span)
        return found

    def has_room(
        self, limit: int, link: LinkField, parents: Sequence[NamedNode]
    ) -> bool:
        """Return whether a link leads from each parent to at most so many nodes.

        False also where that is not known.

        Raises:
            StoreError: The index cannot be read.
        """
        if not self._has_fans or link.closure:
            return False
        iris = json.dumps([parent.value for parent in parents])
        with self._reading() as connection:
            way = Way(link.property, link.inverse)
            return has_room(connection, way, iris, limit=limit)

    def reach(self, link: LinkField, parents: Sequence[NamedNode]) -> int | None:
        """Return to how many nodes a link leads from some at most.

        None if that is not known.

        Raises:
            StoreError: The index cannot be read.
        """
        if not self._has_fans or link.closure:
            return None
        iris = json.dumps([parent.value for parent in parents])
        with self._reading() as connection:
            return reach(connection, Way(link.property, link.inverse), iris)

    def _list(
        self, connection: sqlite3.Connection, class_: NamedNode, key: int
    ) -> tuple[int | None, int]:
        row = connection.execute(
            "SELECT id, size FROM list WHERE class = ? AND key = ?", (class_.value, key)
        ).fetchone()
        return row or (None, 0)

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        try:
            with self._pool.borrow() as connection:
                yield connection
        except (sqlite3.Error, OSError) as error:
            message = f"the sorted lists could not answer: {error}"
            raise StoreError(message) from error


@dataclass(frozen=True, slots=True)
class _Segment:
    """The things of a list with a value, or those without."""

    number: int | None
    order: SortedBy
    is_known: bool

    def read(
        self, connection: sqlite3.Connection, span: Span, limit: int
    ) -> Iterator[tuple[str, SortValue]]:
        conditions = ["list = ?", "is_known = ?"]
        values: list[SortValue] = [self.number, self.is_known]
        if not self.is_known:
            conditions.append(_NO_VALUE)
        for stop, is_after in ((span.after, True), (span.before, False)):
            bound = None if stop is None else self._bound(stop, is_after=is_after)
            if bound is not None:
                conditions.append(bound.condition)
                values.extend(bound.values)
        # Made of words that stand here; what a client sends is bound.
        query = (
            f"SELECT iri, value FROM place WHERE {' AND '.join(conditions)} "  # noqa: S608
            f"ORDER BY {self._order(is_last=span.is_last)} LIMIT ?"
        )
        for iri, value in connection.execute(query, (*values, limit)):
            yield iri, value if self.is_known else None

    def _order(self, *, is_last: bool) -> str:
        by_iri = "iri DESC" if is_last else "iri"
        if not self.is_known:
            return by_iri
        descends = self.order.descends != is_last
        return f"value DESC, {by_iri}" if descends else f"value, {by_iri}"

    def _bound(self, stop: Stop, *, is_after: bool) -> "_Bound":
        """Return what a stop leaves of the segment."""
        value, iri = stop
        beyond = ">" if is_after else "<"
        if not self.is_known and value is None:
            return _Bound(f"iri {beyond} ?", (iri,))
        if self.is_known and value is not None:
            towards = ">" if is_after != self.order.descends else "<"
            condition = f"value {towards}= ? AND (value {towards} ? OR iri {beyond} ?)"
            return _Bound(condition, (value, value, iri))
        # The stop is in the other segment: all of this lies on one side of it.
        comes_first = self.is_known != self.order.nulls_first
        return _Bound("TRUE" if comes_first != is_after else "FALSE")


@dataclass(frozen=True, slots=True)
class _Bound:
    """A condition of SQL and what is bound in it."""

    condition: str
    values: tuple[SortValue, ...] = ()


def _segments(number: int | None, order: SortedBy) -> Iterator[_Segment]:
    has_values = order.property is not None
    for is_known in (False, True) if order.nulls_first else (True, False):
        if has_values or not is_known:
            yield _Segment(number, order, is_known)


def _read(
    connection: sqlite3.Connection, segments: Sequence[_Segment], span: Span
) -> dict[str, SortValue]:
    found: dict[str, SortValue] = {}
    for segment in reversed(segments) if span.is_last else segments:
        if len(found) < span.limit:
            found |= segment.read(connection, span, span.limit - len(found))
    return found


_NO_VALUE = "value = ''"
"""Said too, or the engine would not see that what has no value stands by its IRI."""
_TAGS = """
SELECT tag FROM language
JOIN list ON list.id = language.list JOIN json_each(?) ON class = value
WHERE list.key = ? AND number > 0
"""
_REPEATED = """
SELECT TOTAL(number - 1) FROM (
    SELECT COUNT(*) AS number FROM shared JOIN json_each(?) ON class = value
    GROUP BY iri
)
"""
