"""Read what is asked of the groups of a list."""

from collections.abc import Iterable, Iterator, Mapping

from ssc_kg.compiler.aggregates.having import Having, measures_in, read_having
from ssc_kg.compiler.aggregates.measures import (
    COUNT,
    KEY,
    Measure,
    Quantity,
    find_measured,
    parts_of,
)
from ssc_kg.compiler.aggregates.plan import (
    Aggregate,
    Fixed,
    GroupEntry,
    Groups,
    KeyEntry,
    KeyObject,
    KeyValue,
    Measures,
    NodeCount,
)
from ssc_kg.compiler.ordering import Key, read_ordering
from ssc_kg.compiler.selection import TYPENAME, Selection
from ssc_kg.errors import GroupingError
from ssc_kg.mapping.model import SchemaMap, TypeMap
from ssc_kg.rdf.languages import Languages

GROUP_BY = "groupBy"
"""The argument that names what nodes of a group have in common."""
MAXIMUM_GROUPS = 10_000
"""The most groups of a list; more are refused, never cut."""


def lower_groups(
    selection: Selection,
    fetch: int,
    type_: TypeMap,
    schema: SchemaMap,
    languages: Languages = (),
) -> Groups:
    """Return what a selection asks of the groups of a list of `type_`.

    Texts are chosen by the languages that are liked.

    Raises:
        ConditionError: A condition of `having` has null for a value.
        GroupingError: The nodes are not grouped by a key that is asked for.
        OperationTooLargeError: There are too many conditions in `having`.
        OrderingError: There are too many keys.
    """
    arguments = selection.arguments
    keys = _once(read_ordering(arguments.get(GROUP_BY), type_, schema, name=GROUP_BY))
    entries = tuple(_entries(selection.children, keys, type_, schema))
    having = _having(arguments.get("having"), type_, schema)
    measures = [*_shown(entries), *(measures_in(having) if having else ())]
    return Groups(
        key=selection.key,
        types=selection.types,
        fetch=fetch,
        aggregate=Aggregate(keys, tuple(dict.fromkeys(measures)), languages),
        having=having,
        entries=entries,
        node=selection.node,
    )


def _once(keys: Iterable[Key]) -> tuple[Key, ...]:
    """Return each key as it was named first."""
    found: dict[tuple[str, ...], Key] = {}
    for key in keys:
        found.setdefault(key.names, key)
    return tuple(found.values())


def _having(value: object, type_: TypeMap, schema: SchemaMap) -> Having | None:
    return read_having(value, type_, schema) if isinstance(value, Mapping) else None


def _entries(
    selections: Iterable[Selection],
    keys: tuple[Key, ...],
    type_: TypeMap,
    schema: SchemaMap,
) -> Iterator[GroupEntry]:
    for selection in selections:
        match selection.name:
            case _ if selection.name == TYPENAME:
                yield _typename(selection)
            case _ if selection.name == KEY:
                yield KeyObject(selection.key, _key(selection.children, keys, ()))
            case _ if selection.name == COUNT:
                yield NodeCount(selection.key)
            case name:
                measured = find_measured(name, type_, schema)
                quantities = tuple(map(_quantity, selection.children))
                yield Measures(selection.key, measured, quantities)


def _key(
    selections: Iterable[Selection], keys: tuple[Key, ...], path: tuple[str, ...]
) -> tuple[KeyEntry, ...]:
    return tuple(_key_entry(selection, keys, path) for selection in selections)


def _key_entry(
    selection: Selection, keys: tuple[Key, ...], path: tuple[str, ...]
) -> KeyEntry:
    if selection.name == TYPENAME:
        return _typename(selection)
    names = (*path, selection.name)
    if selection.children:
        return KeyObject(selection.key, _key(selection.children, keys, names))
    for number, key in enumerate(keys):
        if key.names == names:
            return KeyValue(selection.key, number)
    raise GroupingError(".".join(names))


def _quantity(selection: Selection) -> tuple[str, Quantity] | Fixed:
    if selection.name == TYPENAME:
        return _typename(selection)
    return selection.key, Quantity(selection.name)


def _typename(selection: Selection) -> Fixed:
    return Fixed(selection.key, min(selection.types))


def _shown(entries: Iterable[GroupEntry]) -> Iterator[Measure]:
    for entry in entries:
        if isinstance(entry, Measures):
            for quantity in entry.quantities:
                if not isinstance(quantity, Fixed):
                    for part in parts_of(quantity[1]):
                        yield Measure(entry.measured, part)
