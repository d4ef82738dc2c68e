"""What can be measured of the nodes of a group."""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from enum import Enum
from typing import assert_never

from ssc_kg.errors import UnknownFieldError
from ssc_kg.mapping.model import LinkField, Scalar, SchemaMap, TypeMap, ValueField

KEY, COUNT = "key", "count"
"""The fields of a group that are not named after what is measured."""
_RESERVED = frozenset([KEY, COUNT, "and", "or", "not"])


class Quantity(Enum):
    """What is measured of the values of a field, by its name in the schema."""

    COUNT = "count"
    COUNT_DISTINCT = "countDistinct"
    SUM = "sum"
    AVERAGE = "avg"
    MINIMUM = "min"
    MAXIMUM = "max"


@dataclass(frozen=True, slots=True)
class Measured:
    """A field whose values are measured, or the nodes that it leads to."""

    field: ValueField | LinkField
    types: tuple[TypeMap, ...] = dataclass_field(default=(), compare=False)
    """Of a link, those of the nodes at its other end."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A quantity that is read; an average is read as a sum and a count."""

    measured: Measured
    quantity: Quantity


def quantities_of(scalar: Scalar | None) -> tuple[Quantity, ...]:
    """Return what can be measured of such values; None stands for linked nodes."""
    counts = Quantity.COUNT, Quantity.COUNT_DISTINCT
    ends = Quantity.MINIMUM, Quantity.MAXIMUM
    match scalar:
        case Scalar.TEXT | Scalar.LOCALIZED:
            return (*counts, *ends)
        case Scalar.INTEGER | Scalar.NUMBER:
            return (*counts, Quantity.SUM, Quantity.AVERAGE, *ends)
        case Scalar.BOOLEAN | None:
            return counts
        case _:
            assert_never(scalar)


def parts_of(quantity: Quantity) -> tuple[Quantity, ...]:
    """Return what has to be read for a quantity."""
    if quantity is Quantity.AVERAGE:
        return Quantity.SUM, Quantity.COUNT
    return (quantity,)


def measured_fields(type_: TypeMap) -> Mapping[str, ValueField | LinkField]:
    """Return what can be measured of nodes of a type, by the names for that.

    A field is called as it is, or with an underscore behind if that is taken.
    """
    return {
        f"{name}_" if name in _RESERVED else name: field
        for name, field in type_.compared.items()
        if isinstance(field, ValueField | LinkField)
    }


def find_measured(name: str, type_: TypeMap, schema: SchemaMap) -> Measured:
    """Return what is measured under a name.

    Raises:
        UnknownFieldError: Nothing is.
    """
    match measured_fields(type_).get(name):
        case ValueField() as field:
            return Measured(field)
        case LinkField() as link:
            return Measured(link, schema.members(link.target))
        case _:
            raise UnknownFieldError(type_.name, name)
