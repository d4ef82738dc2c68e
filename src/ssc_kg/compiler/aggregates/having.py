"""Which groups are kept: the argument `having`, read and decided.

A group is kept or not by what is shown of it, so this is decided where the numbers are
shown, and text is compared as Python does: by code points.
"""

import operator
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias, assert_never

from ssc_kg.compiler.aggregates.measures import (
    COUNT,
    Measure,
    Measured,
    Quantity,
    find_measured,
    parts_of,
)
from ssc_kg.compiler.json import Json
from ssc_kg.errors import ConditionError, OperationTooLargeError
from ssc_kg.mapping.model import SchemaMap, TypeMap

MAXIMUM_CONDITIONS = 100
"""The most conditions of a `having`, those inside others counted."""
_IS_NULL = "isNull"
Rank: TypeAlias = tuple[float, str]
"""A number, or a text; all values of one quantity are of one kind."""
_OPERATORS: Mapping[str, Callable[[Rank, Rank], bool]] = {
    "eq": operator.eq,
    "ne": operator.ne,
    "in": operator.eq,
    "notIn": operator.ne,
    "lt": operator.lt,
    "lte": operator.le,
    "gt": operator.gt,
    "gte": operator.ge,
}


@dataclass(frozen=True, slots=True)
class AllHold:
    """Every part holds."""

    parts: tuple["Having", ...]


@dataclass(frozen=True, slots=True)
class AnyHolds:
    """At least one part holds; of none, none does."""

    parts: tuple["Having", ...]


@dataclass(frozen=True, slots=True)
class DoesNotHold:
    """The part does not hold."""

    part: "Having"


@dataclass(frozen=True, slots=True)
class Passes:
    """A quantity compares with constants: one of them, or each if it differs."""

    measured: Measured | None
    """None for the nodes themselves, which are counted."""
    quantity: Quantity
    operator: str
    values: tuple[Rank, ...]


@dataclass(frozen=True, slots=True)
class IsNull:
    """There is no such quantity."""

    measured: Measured | None
    quantity: Quantity


Having: TypeAlias = AllHold | AnyHolds | DoesNotHold | Passes | IsNull
Show: TypeAlias = Callable[[Measured | None, Quantity], Json]
"""Returns what is shown of a group."""


def read_having(
    value: Mapping[str, object], type_: TypeMap, schema: SchemaMap
) -> Having:
    """Return what the argument `having` of a list of `type_` asks.

    Raises:
        ConditionError: An operator has null for a value.
        OperationTooLargeError: There are too many conditions.
    """
    having = _Reader(type_, schema).all(value)
    if sum(1 for _ in _walk(having)) > MAXIMUM_CONDITIONS:
        raise OperationTooLargeError(MAXIMUM_CONDITIONS, "conditions in a `having`")
    return having


def holds(having: Having, show: Show) -> bool:
    """Return whether a group is kept, given what is shown of it."""
    match having:
        case AllHold(parts):
            return all(holds(part, show) for part in parts)
        case AnyHolds(parts):
            return any(holds(part, show) for part in parts)
        case DoesNotHold(part):
            return not holds(part, show)
        case Passes(measured, quantity, name, values):
            return _passes(show(measured, quantity), name, values)
        case IsNull(measured, quantity):
            return show(measured, quantity) is None
        case _:
            assert_never(having)


def measures_in(having: Having) -> Iterator[Measure]:
    """Yield what has to be read to decide."""
    for each in _walk(having):
        if isinstance(each, Passes | IsNull) and each.measured is not None:
            for quantity in parts_of(each.quantity):
                yield Measure(each.measured, quantity)


def _passes(shown: Json, name: str, values: Iterable[Rank]) -> bool:
    if not isinstance(shown, str | int | float):
        return False
    compared = (_OPERATORS[name](_rank(shown), value) for value in values)
    return all(compared) if name == "notIn" else any(compared)


def _rank(value: str | float) -> Rank:
    return (0.0, value) if isinstance(value, str) else (float(value), "")


def _walk(having: Having) -> Iterator[Having]:
    yield having
    match having:
        case AllHold(parts) | AnyHolds(parts):
            for part in parts:
                yield from _walk(part)
        case DoesNotHold(part):
            yield from _walk(part)
        case Passes() | IsNull():
            pass
        case _:
            assert_never(having)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Walks an input object along the mapping."""

    type_: TypeMap
    schema: SchemaMap

    def all(self, value: Mapping[str, object]) -> AllHold:
        return AllHold(tuple(self._parts(value)))

    def _parts(self, value: Mapping[str, object]) -> Iterator[Having]:
        for name, each in value.items():
            match name:
                case "and":
                    yield AllHold(self._each(each, name))
                case "or":
                    yield AnyHolds(self._each(each, name))
                case "not":
                    yield DoesNotHold(self.all(_object(each, name)))
                case _ if name == COUNT:
                    yield from _tests(None, Quantity.COUNT, _object(each, name))
                case _:
                    measured = find_measured(name, self.type_, self.schema)
                    for quantity, tests in _object(each, name).items():
                        one = _object(tests, quantity)
                        yield from _tests(measured, Quantity(quantity), one)

    def _each(self, value: object, name: str) -> tuple[Having, ...]:
        if not isinstance(value, list):
            raise ConditionError(name, value, "a list")
        return tuple(self.all(_object(each, name)) for each in value)


def _tests(
    measured: Measured | None, quantity: Quantity, tests: Mapping[str, object]
) -> Iterable[Having]:
    for name, value in tests.items():
        if name == _IS_NULL:
            is_null = IsNull(measured, quantity)
            if not isinstance(value, bool):
                raise ConditionError(name, value, "true or false")
            yield is_null if value else DoesNotHold(is_null)
        else:
            values = value if isinstance(value, list) else [value]
            constants = tuple(_constant(each, name) for each in values)
            yield Passes(measured, quantity, name, constants)


def _constant(value: object, name: str) -> Rank:
    if isinstance(value, str | int | float):
        return _rank(value)
    raise ConditionError(name, value, "a number, or a text")


def _object(value: object, name: str) -> Mapping[str, object]:
    if isinstance(value, Mapping):
        return value
    raise ConditionError(name, value, "an object")
