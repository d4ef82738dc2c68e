"""Cursors: opaque names of a place in an ordering.

A cursor holds what a node is ordered by, of which the last is always its IRI, rather
than a row number: it stays valid when nodes are added or removed before it. It names
the ordering too; a cursor of another one is refused, because it would begin a page at a
place without meaning.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as Base64Error
from collections.abc import Sequence

import orjson

from ssc_kg.compiler.ordering import Key, KeyValue, Position, RankField, name_of
from ssc_kg.errors import CursorError, MalformedIriError
from ssc_kg.mapping.model import IdentityField, Scalar
from ssc_kg.rdf.terms import read_iri

_BY_IRI = "i"
_BY_KEYS = "k"


def write_cursor(position: Position, keys: Sequence[Key] = ()) -> str:
    """Return the cursor of a place in the order of `keys`, or in that of IRIs.

    >>> write_cursor(Position((), "http://metadata.un.org/sdg/11"))
    'aWh0dHA6Ly9tZXRhZGF0YS51bi5vcmcvc2RnLzEx'
    """
    if keys:
        parts = [name_of(tuple(keys)), *position.values, position.iri]
        held = _BY_KEYS + orjson.dumps(parts).decode()
    else:
        held = _BY_IRI + position.iri
    return urlsafe_b64encode(held.encode()).decode().rstrip("=")


def read_cursor(text: str, keys: Sequence[Key] = (), *, name: str) -> Position:
    """Return the place that a cursor, the argument `name`, holds.

    Raises:
        CursorError: The text is no cursor, or one of another ordering.
    """
    try:
        padded = text + "=" * (-len(text) % 4)
        held = urlsafe_b64decode(padded.encode()).decode()
        position = _by_keys(held[1:], keys) if keys else Position((), held[1:])
        read_iri(position.iri)
    except (Base64Error, UnicodeError, MalformedIriError, ValueError):
        raise CursorError(name, text) from None
    if not held.startswith(_BY_KEYS if keys else _BY_IRI):
        raise CursorError(name, text)
    return position


def _by_keys(held: str, keys: Sequence[Key]) -> Position:
    match orjson.loads(held):
        case [str() as order, *values, str() as iri] if (
            order == name_of(tuple(keys))
            and len(values) == len(keys)
            and all(map(_fits, values, keys))
        ):
            return Position(tuple(values), iri)
    raise ValueError(held)


def _fits(value: KeyValue, key: Key) -> bool:
    """Return whether a value, which anyone may have written, is one of the key's."""
    match key.field:
        case field if value is None:
            return not isinstance(field, RankField)
        case IdentityField():
            return isinstance(value, str)
        case field if field.scalar is Scalar.BOOLEAN:
            return isinstance(value, bool)
        case field if field.scalar is Scalar.TEXT:
            return isinstance(value, str)
        case _:
            return isinstance(value, float)
