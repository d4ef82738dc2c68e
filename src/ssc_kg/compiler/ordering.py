"""In which order a list stands: `orderBy` read, and the places in such an order.

Every order ends with the IRI, so no two nodes share a place. What a node is ordered by
is what the field shows of it; where it shows nothing, the node comes last, unless its
direction says otherwise.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from hashlib import sha256
from json import dumps
from typing import NamedTuple, TypeAlias, TypeVar

from ssc_kg.errors import OrderingError
from ssc_kg.mapping.model import (
    IdentityField,
    LinkField,
    Scalar,
    SchemaMap,
    TypeMap,
    ValueField,
)
from ssc_kg.rdf.cells import Cell, lexical_form
from ssc_kg.rdf.languages import Languages

_Item = TypeVar("_Item")

MAXIMUM_KEYS = 8
"""The most entries of an `orderBy`."""
KeyValue: TypeAlias = str | float | bool | None
"""What a node is ordered by; None if its field shows nothing."""


class Direction(Enum):
    """The values of the enumeration of directions."""

    ASC = "ASC"
    DESC = "DESC"
    ASC_NULLS_FIRST = "ASC_NULLS_FIRST"
    DESC_NULLS_FIRST = "DESC_NULLS_FIRST"

    @property
    def descends(self) -> bool:
        """Whether the greatest comes first."""
        return self in (Direction.DESC, Direction.DESC_NULLS_FIRST)

    @property
    def nulls_first(self) -> bool:
        """Whether nodes without a value come first."""
        return self in (Direction.ASC_NULLS_FIRST, Direction.DESC_NULLS_FIRST)


@dataclass(frozen=True, slots=True)
class Via:
    """A link to one node on the way to what a list is ordered by."""

    link: LinkField
    types: tuple[TypeMap, ...]


@dataclass(frozen=True, slots=True)
class RankField:
    """A part of how well a node fits a search; the search says it, not the graph."""

    name: str
    """Tells one search from another, as their ranks cannot be compared."""
    scalar: Scalar


@dataclass(frozen=True, slots=True)
class Key:
    """One of the things that a list is ordered by."""

    path: tuple[Via, ...]
    field: ValueField | IdentityField | RankField
    direction: Direction
    languages: Languages = ()
    """Those that are liked, by which one of the field's texts is chosen."""

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the fields that lead there."""
        return (*(via.link.name for via in self.path), self.field.name)

    def __str__(self) -> str:
        return f"{'.'.join(self.names)} {self.direction.value}"


class Position(NamedTuple):
    """The place of a node in an order, whether or not the node is still there."""

    values: tuple[KeyValue, ...]
    """A value for each key."""
    iri: str


def read_ordering(
    entries: object,
    type_: TypeMap,
    schema: SchemaMap,
    languages: Languages = (),
    *,
    name: str = "orderBy",
) -> tuple[Key, ...]:
    """Return the keys that an argument of a list of `type_` names.

    Texts are chosen by the languages that are liked.

    Raises:
        OrderingError: An entry does not name one field, or there are too many.
    """
    if not isinstance(entries, list):
        return ()
    if len(entries) > MAXIMUM_KEYS:
        msg = f"{len(entries)} keys; at most {MAXIMUM_KEYS} are used"
        raise OrderingError(msg, name)
    keys = tuple(_read(entry, type_, schema, (), name) for entry in entries)
    return in_languages(keys, languages)


def in_languages(keys: Sequence[Key], languages: Languages) -> tuple[Key, ...]:
    """Return an order by the texts that are shown where these languages are liked."""
    return tuple(
        replace(key, languages=languages) if _has_languages(key) else key
        for key in keys
    )


def languages_of(keys: Sequence[Key]) -> Languages:
    """Return the languages by which the texts of an order are chosen."""
    return next((key.languages for key in keys if key.languages), ())


def order_by_rank(**asked: object) -> tuple[Key, ...]:
    """Return the order of what a search finds: exact names first, then by score.

    Args:
        asked: All that decides what is found, as JSON has it.
    """
    search = sha256(dumps(asked, sort_keys=True).encode()).hexdigest()[:8]
    parts = {"exact": Scalar.BOOLEAN, "score": Scalar.NUMBER}
    return tuple(
        Key((), RankField(f"{name} of {search}", scalar), Direction.DESC)
        for name, scalar in parts.items()
    )


def sort_places(
    places: Mapping[str, tuple[KeyValue, ...]], keys: Sequence[Key]
) -> list[Position]:
    """Return the places of nodes, given by IRI, in the order of `keys`."""
    found = [Position(places[iri], iri) for iri in sorted(places)]
    return sort_by_keys(found, keys, values=lambda place: place.values)


def sort_by_keys(
    items: Iterable[_Item],
    keys: Sequence[Key],
    *,
    values: Callable[[_Item], Sequence[KeyValue]],
) -> list[_Item]:
    """Return items in the order of `keys`; `values` returns one for each key."""
    found = [*items]
    # From the last key to the first: sorting keeps the order of what is equal.
    for number in reversed(range(len(keys))):
        found = _sorted(found, keys[number].direction, number, values)
    return found


def read_key(key: Key, cell: Cell) -> KeyValue:
    """Return what a cell says that a node is ordered by."""
    if not cell:
        return None
    text = lexical_form(cell)
    match key.field:
        case IdentityField():
            return text
        case field_ if field_.scalar is Scalar.BOOLEAN:
            return text == "true"
        case field_ if field_.scalar is Scalar.TEXT:
            return text
        case _:
            return float(text)


def name_of(keys: tuple[Key, ...]) -> str:
    """Return a short name of an order, by which a cursor knows that it is its own."""
    text = "; ".join(map(str, keys))
    return sha256(text.encode()).hexdigest()[:8]


def _sorted(
    items: list[_Item],
    direction: Direction,
    number: int,
    values: Callable[[_Item], Sequence[KeyValue]],
) -> list[_Item]:
    nulls = [item for item in items if values(item)[number] is None]
    others = [item for item in items if values(item)[number] is not None]
    # Reversed or not, Python keeps the order of what is equal.
    others.sort(
        key=lambda item: _comparable(values(item)[number]), reverse=direction.descends
    )
    return [*nulls, *others] if direction.nulls_first else [*others, *nulls]


def _comparable(value: KeyValue) -> tuple[float, str]:
    """Return a value as one that compares; all values of a key are of one kind."""
    return (0.0, value) if isinstance(value, str) else (float(value or 0.0), "")


def _has_languages(key: Key) -> bool:
    return isinstance(key.field, ValueField) and key.field.language_tagged


def _read(
    entry: object, type_: TypeMap, schema: SchemaMap, path: tuple[Via, ...], of: str
) -> Key:
    if not isinstance(entry, Mapping) or len(entry) != 1:
        msg = "each entry names exactly one field and its direction"
        raise OrderingError(msg, of)
    [(name, value)] = entry.items()
    match type_.field(name):
        case LinkField() as link:
            via = Via(link, schema.members(link.target))
            return _read(value, schema.types[link.target], schema, (*path, via), of)
        case field if isinstance(value, str):
            return Key(path, field, Direction(value))
        case _:
            msg = f"{name} needs a direction, such as ASC"
            raise OrderingError(msg, of)
