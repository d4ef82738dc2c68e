"""The cells of a group as JSON values."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import isfinite
from typing import TypeAlias, assert_never

from ssc_kg.compiler.aggregates.collect import KeyCells
from ssc_kg.compiler.aggregates.having import holds
from ssc_kg.compiler.aggregates.lower import MAXIMUM_GROUPS
from ssc_kg.compiler.aggregates.measures import Measure, Measured, Quantity
from ssc_kg.compiler.aggregates.plan import (
    Aggregate,
    Fixed,
    GroupEntry,
    Groups,
    KeyObject,
    KeyValue,
    Measures,
    NodeCount,
)
from ssc_kg.compiler.json import Json, JsonObject
from ssc_kg.compiler.ordering import KeyValue as Common
from ssc_kg.compiler.ordering import read_key, sort_by_keys
from ssc_kg.errors import OperationTooLargeError
from ssc_kg.mapping.model import Scalar, ValueField
from ssc_kg.rdf.cells import UNBOUND, Cell, lexical_form

MakeObject: TypeAlias = Callable[[str], JsonObject]
"""Makes an empty object of the named object type."""


def shape_groups(
    groups: Groups,
    found: Iterable[tuple[KeyCells, Sequence[Cell]]],
    make: MakeObject,
) -> list[Json]:
    """Return the groups of one parent, in the order of their keys.

    Without keys there is one group, also of nothing.

    Raises:
        OperationTooLargeError: There are too many groups.
    """
    aggregate = groups.aggregate
    read = [_read(aggregate, cells, measures) for cells, measures in found]
    if not aggregate.keys and not read:
        read = [_Group(aggregate, (), [UNBOUND] * (1 + len(aggregate.measures)))]
    if groups.having is not None:
        read = [each for each in read if holds(groups.having, each.show)]
    if len(read) > MAXIMUM_GROUPS:
        raise OperationTooLargeError(
            MAXIMUM_GROUPS, "groups in a list", limit="groups", asked=len(read)
        )
    ordered = sort_by_keys(read, aggregate.keys, values=lambda group: group.keys)
    return [_group(each, groups.entries, make) for each in ordered]


def _read(aggregate: Aggregate, cells: KeyCells, measures: Sequence[Cell]) -> "_Group":
    return _Group(aggregate, tuple(map(read_key, aggregate.keys, cells)), measures)


@dataclass(frozen=True, slots=True)
class _Group:
    """One group, as it was read."""

    aggregate: Aggregate
    keys: tuple[Common, ...]
    measures: Sequence[Cell]

    def key(self, number: int) -> Json:
        """Return what the nodes have in common."""
        value, field = self.keys[number], self.aggregate.keys[number].field
        is_whole = isinstance(field, ValueField) and field.scalar is Scalar.INTEGER
        return int(value) if is_whole and value is not None else value

    def show(self, measured: Measured | None, quantity: Quantity) -> Json:
        """Return a quantity of a field, or the number of nodes."""
        if measured is None:
            return _count(self.measures[0])
        match quantity:
            case Quantity.COUNT | Quantity.COUNT_DISTINCT:
                return _count(self._cell(measured, quantity))
            case Quantity.SUM:
                return _finite(self._sum(measured))
            case Quantity.AVERAGE:
                return self._average(measured)
            case Quantity.MINIMUM | Quantity.MAXIMUM:
                return _end(self._cell(measured, quantity), measured)
            case _:
                assert_never(quantity)

    def _average(self, measured: Measured) -> float | None:
        number = _count(self._cell(measured, Quantity.COUNT))
        total = self._sum(measured)
        return _finite(total / number if number and total is not None else None)

    def _sum(self, measured: Measured) -> Fraction | None:
        """Return a sum as it was found; None if it is beyond all numbers."""
        cell = self._cell(measured, Quantity.SUM)
        text = lexical_form(cell) if cell else "0"
        return Fraction(text) if isfinite(float(text)) else None

    def _cell(self, measured: Measured, quantity: Quantity) -> Cell:
        number = self.aggregate.measures.index(Measure(measured, quantity))
        return self.measures[1 + number]


def _group(group: _Group, entries: Iterable[GroupEntry], make: MakeObject) -> Json:
    shaped = make("")
    for entry in entries:
        match entry:
            case Fixed(key, value):
                shaped[key] = value
            case NodeCount(key):
                shaped[key] = group.show(None, Quantity.COUNT)
            case KeyObject(key):
                shaped[key] = _key(group, entry, make)
            case Measures(key):
                shaped[key] = _measures(group, entry, make)
            case _:
                assert_never(entry)
    return shaped


def _key(group: _Group, key: KeyObject, make: MakeObject) -> Json:
    shaped = make("")
    for entry in key.entries:
        match entry:
            case Fixed(name, value):
                shaped[name] = value
            case KeyValue(name, number):
                shaped[name] = group.key(number)
            case KeyObject(name):
                shaped[name] = _key(group, entry, make)
            case _:
                assert_never(entry)
    return shaped


def _measures(group: _Group, measures: Measures, make: MakeObject) -> Json:
    shaped = make("")
    for entry in measures.quantities:
        match entry:
            case Fixed(key, value):
                shaped[key] = value
            case (key, quantity):
                shaped[key] = group.show(measures.measured, quantity)
            case _:
                assert_never(entry)
    return shaped


def _count(cell: Cell) -> int:
    return int(lexical_form(cell)) if cell else 0


def _finite(number: Fraction | None) -> float | None:
    return None if number is None else float(number)


def _end(cell: Cell, measured: Measured) -> Json:
    if not cell:
        return None
    text = lexical_form(cell)
    match measured.field:
        case ValueField(scalar=Scalar.INTEGER):
            return int(text)
        case ValueField(scalar=Scalar.NUMBER):
            return float(text)
        case _:
            return text
