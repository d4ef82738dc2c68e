"""Cursors: opaque names of a place in an ordering.

A cursor holds what a node is ordered by, of which the last is always its IRI, rather
than a row number: it stays valid when nodes are added or removed before it. It names
the ordering too; a cursor of another one is refused, because it would begin a page at a
place without meaning. If what is shown depends on the languages that a client likes, it
names those as well, and the list goes on as it was begun.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as Base64Error
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import orjson

from ssc_kg.compiler.ordering import (
    Key,
    KeyValue,
    Position,
    RankField,
    in_languages,
    languages_of,
    name_of,
)
from ssc_kg.errors import CursorError, LanguagesError, MalformedIriError
from ssc_kg.mapping.model import IdentityField, Scalar
from ssc_kg.rdf.languages import Languages, read_languages, write_languages
from ssc_kg.rdf.terms import read_iri

_BY_IRI = "i"
_BY_KEYS = "k"
_BY_TEXTS = "l"
"""By keys, before which stand the languages in which texts are shown."""
_UNREADABLE = (Base64Error, UnicodeError, LanguagesError, MalformedIriError, ValueError)


def write_cursor(position: Position, keys: Sequence[Key] = ()) -> str:
    """Return the cursor of a place in the order of `keys`, or in that of IRIs.

    >>> write_cursor(Position((), "http://metadata.un.org/sdg/11"))
    'aWh0dHA6Ly9tZXRhZGF0YS51bi5vcmcvc2RnLzEx'
    """
    parts = [name_of(tuple(keys)), *position.values, position.iri]
    if languages := languages_of(keys):
        held = _BY_TEXTS + _dump([write_languages(languages), *parts])
    else:
        held = _BY_KEYS + _dump(parts) if keys else _BY_IRI + position.iri
    return urlsafe_b64encode(held.encode()).decode().rstrip("=")


def read_cursor(text: str, keys: Sequence[Key] = (), *, name: str) -> Position:
    """Return the place that a cursor, the argument `name`, holds.

    Raises:
        CursorError: The text is no cursor, or one of another ordering.
    """
    try:
        held = _read(text)
        position = _position(held.parts, keys)
        read_iri(position.iri)
    except _UNREADABLE:
        raise CursorError(name, text) from None
    if held.languages != languages_of(keys):
        raise CursorError(name, text)
    return position


def as_begun(keys: tuple[Key, ...], cursors: Iterable[str]) -> tuple[Key, ...]:
    """Return an order in the languages of the first of some cursors, if there is one.

    Whoever goes on with a list may like other languages than who began it, but what is
    shown after a cursor has to be what was not shown before it.
    """
    for text in cursors:
        try:
            return in_languages(keys, _read(text).languages)
        except _UNREADABLE:
            break  # To be refused as a cursor.
    return keys


class _Held(NamedTuple):
    """What a cursor holds, of which anyone may have written anything."""

    parts: list[object]
    """The name of the order, values and IRI; or the IRI only."""
    languages: Languages = ()


def _read(text: str) -> _Held:
    padded = text + "=" * (-len(text) % 4)
    held = urlsafe_b64decode(padded.encode()).decode()
    kind, rest = held[:1], held[1:]
    if kind == _BY_IRI:
        return _Held([rest])
    if kind == _BY_KEYS:
        return _Held(_load(rest))
    match _load(rest):
        case [str() as languages, *parts] if kind == _BY_TEXTS:
            return _Held(parts, read_languages(languages))
    raise ValueError(held)


def _position(parts: list[object], keys: Sequence[Key]) -> Position:
    match parts:
        case [str() as iri] if not keys:
            return Position((), iri)
        case [str() as order, *values, str() as iri] if order == name_of(
            tuple(keys)
        ) and len(values) == len(keys):
            return Position(tuple(map(_value, values, keys)), iri)
    raise ValueError(parts)


def _load(text: str) -> list[object]:
    parts: object = orjson.loads(text)
    if isinstance(parts, list):
        return parts
    raise ValueError(text)


def _dump(parts: list[KeyValue]) -> str:
    return orjson.dumps(parts).decode()


def _value(value: object, key: Key) -> KeyValue:
    """Return a value if it is one of the key's."""
    match key.field:
        case field if value is None and not isinstance(field, RankField):
            return None
        case IdentityField():
            type_: type[str | float] = str
        case field if field.scalar is Scalar.BOOLEAN:
            type_ = bool
        case field:
            type_ = str if field.scalar is Scalar.TEXT else float
    if isinstance(value, type_):
        return value
    raise ValueError(value)
