"""The types of aggregations, made from the mapping of a schema.

Beside each field that lists nodes stands one that tells of groups of them. Each type
gets four types for that: a group of its nodes, what they have in common, what to group
by, and conditions on groups. What is measured has one type for each kind of values,
which all fields share: there are many, and a schema is made at each start.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import strawberry
from strawberry.schema.config import StrawberryConfig
from strawberry.types import get_object_definition
from strawberry.types.arguments import StrawberryArgument
from strawberry.types.field import StrawberryField

from ssc_kg.compiler.aggregates.lower import MAXIMUM_GROUPS
from ssc_kg.compiler.aggregates.measures import (
    COUNT,
    KEY,
    Quantity,
    measured_fields,
    quantities_of,
)
from ssc_kg.compiler.ordering import MAXIMUM_KEYS
from ssc_kg.engine.inputs import (
    Inputs,
    Member,
    attribute_of,
    comparisons,
    declare_input,
    where_argument,
)
from ssc_kg.mapping.model import (
    AGGREGATE,
    FieldMap,
    IdentityField,
    LinkField,
    Scalar,
    SchemaMap,
    TypeMap,
    ValueField,
)


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of values that are measured."""

    name: str
    type: str
    """As an annotation."""
    words: str


_KINDS = {
    Scalar.TEXT: _Kind("Text", "str", "texts, in the order of their code points"),
    Scalar.INTEGER: _Kind("Integer", "int", "whole numbers"),
    Scalar.NUMBER: _Kind("Number", "float", "numbers"),
    Scalar.BOOLEAN: _Kind("Truth", "bool", "truth values"),
    None: _Kind("Link", "ID", "nodes at the other end of a link"),
}
_QUANTITIES = {
    Quantity.COUNT: "How many there are in all nodes of the group.",
    Quantity.COUNT_DISTINCT: "How many different ones there are.",
    Quantity.SUM: "Their sum, 0 if there are none. It is exact before it is rounded to "
    "this number, and null if it is too large for one.",
    Quantity.AVERAGE: "Their sum divided by their number; null if there are none.",
    Quantity.MINIMUM: "The least; null if there are none.",
    Quantity.MAXIMUM: "The greatest; null if there are none.",
}


def declare_aggregates(schema: SchemaMap, inputs: Inputs) -> None:
    """Declare the types of aggregations beside the input types of a schema."""
    for scalar, kind in _KINDS.items():
        if Quantity.MINIMUM in quantities_of(scalar):
            words = "Conditions on a quantity, all of which have to hold."
            name = f"{kind.name}QuantityWhere"
            declare_input(name, comparisons(kind.type), words, inputs)
        _declare_measures(scalar, kind, inputs)
    for type_ in schema.types.values():
        _declare_type(type_, inputs)


def aggregate_fields(
    cls: type, targets: Mapping[str, str], inputs: Inputs
) -> list[StrawberryField]:
    """Return a field that aggregates for each connection of a Strawberry type.

    Args:
        cls: The type.
        targets: The name of the type that each attribute lists.
        inputs: The types of aggregations.
    """
    fields = get_object_definition(cls, strict=True).fields
    made = [
        _aggregate(listed, targets[listed.python_name], inputs)
        for listed in fields
        if listed.python_name in targets
    ]
    # A type may have a field of that name already, which is then its own.
    taken = {_name(field) for field in fields}
    return [each for each in made if _name(each) not in taken]


def _name(field: StrawberryField) -> str:
    return StrawberryConfig().name_converter.from_field(field)


def _aggregate(listed: StrawberryField, target: str, inputs: Inputs) -> StrawberryField:
    name = _name(listed)
    made = StrawberryField(
        python_name=f"{listed.python_name}_aggregate",
        graphql_name=f"{name}{AGGREGATE}",
        type_annotation=inputs.exactly(f"list[{target}Group]"),
        description=f"Groups of `{name}`, counted and measured; all are one group if "
        "`groupBy` names nothing.",
    )
    depth = [each for each in listed.arguments if each.python_name == "depth"]
    made.arguments = [*depth, *_arguments(target, inputs)]
    return made


def _arguments(target: str, inputs: Inputs) -> Iterator[StrawberryArgument]:
    yield where_argument(target, inputs)
    yield StrawberryArgument(
        "group_by",
        None,
        inputs.annotation(f"list[{target}GroupBy]"),
        description=f"What the nodes of a group have in common, at most {MAXIMUM_KEYS} "
        "things; a node stands in a group for each of several values or links.",
    )
    yield StrawberryArgument(
        "having",
        None,
        inputs.annotation(f"{target}Having"),
        description="Keep only the groups for which all of this holds; there are at "
        f"most {MAXIMUM_GROUPS} then.",
    )


def _declare_measures(scalar: Scalar | None, kind: _Kind, inputs: Inputs) -> None:
    _declare_object(
        f"{kind.name}Measures",
        [
            Member(each.value, _result(each, kind), _QUANTITIES[each])
            for each in quantities_of(scalar)
        ],
        f"What is measured of {kind.words}, of all nodes of a group.",
        inputs,
    )
    declare_input(
        f"{kind.name}Having",
        [Member(each.value, _compared(each, kind)) for each in quantities_of(scalar)],
        f"Conditions on what is measured of {kind.words}.",
        inputs,
    )


def _result(quantity: Quantity, kind: _Kind) -> str:
    match quantity:
        case Quantity.COUNT | Quantity.COUNT_DISTINCT:
            return "int"
        case Quantity.SUM | Quantity.AVERAGE:
            return "float | None"
        case Quantity.MINIMUM | Quantity.MAXIMUM:
            return f"{kind.type} | None"


def _compared(quantity: Quantity, kind: _Kind) -> str:
    match quantity:
        case Quantity.COUNT | Quantity.COUNT_DISTINCT:
            return "IntegerQuantityWhere"
        case Quantity.SUM | Quantity.AVERAGE:
            return "NumberQuantityWhere"
        case Quantity.MINIMUM | Quantity.MAXIMUM:
            return f"{kind.name}QuantityWhere"


def _declare_type(type_: TypeMap, inputs: Inputs) -> None:
    name = type_.name
    _declare_object(
        f"{name}Group",
        _group(type_),
        f"Some {name} nodes together: what they have in common, how many they are, and "
        "what is measured of their fields.",
        inputs,
    )
    _declare_object(
        f"{name}Key",
        [_key(each, field_) for each, field_ in type_.compared.items()],
        f"What {name} nodes of one group have in common; only what `groupBy` names can "
        "be asked for.",
        inputs,
    )
    declare_input(
        f"{name}GroupBy",
        [_group_by(each, field_) for each, field_ in type_.compared.items()],
        f"What to group {name} nodes by, and in which order the groups stand: exactly "
        "one of these.",
        inputs,
        one_of=True,
    )
    words = f"Conditions on groups of {name} nodes, all of which have to hold."
    declare_input(f"{name}Having", _having(type_), words, inputs)


def _group(type_: TypeMap) -> Iterator[Member]:
    yield Member(KEY, f"{type_.name}Key", "What the nodes have in common.")
    yield Member(COUNT, "int", "How many nodes there are.")
    for name, field_ in measured_fields(type_).items():
        kind = _kind(field_)
        yield Member(name, f"{kind.name}Measures", f"Of `{field_.name}`.")


def _having(type_: TypeMap) -> Iterator[Member]:
    own = f"{type_.name}Having"
    yield Member("and", f"list[{own}]", "All of these hold.")
    yield Member("or", f"list[{own}]", "At least one of these holds; of none, none.")
    yield Member("not", own, "This does not hold.")
    yield Member(COUNT, "IntegerQuantityWhere", "Conditions on the number of nodes.")
    for name, field_ in measured_fields(type_).items():
        kind = _kind(field_)
        yield Member(name, f"{kind.name}Having")


def _kind(field_: ValueField | LinkField) -> _Kind:
    return _KINDS[field_.scalar if isinstance(field_, ValueField) else None]


def _key(name: str, field_: FieldMap) -> Member:
    match field_:
        case IdentityField():
            return Member(name, "ID | None", "The IRI.")
        case LinkField(target=target):
            return Member(name, f"{target}Key", f"Of what `{name}` leads to.")
        case ValueField(scalar=scalar):
            type_ = _KINDS[scalar].type
            return Member(name, f"{type_} | None", f"The value of `{name}`, if any.")


def _group_by(name: str, field_: FieldMap) -> Member:
    if isinstance(field_, LinkField):
        return Member(name, f"{field_.target}GroupBy")
    return Member(name, "SortDirection")


def _declare_object(
    name: str, members: Iterable[Member], description: str, inputs: Inputs
) -> None:
    declared = {attribute_of(member.name): member for member in members}
    body = {
        attribute: strawberry.field(name=member.name, description=member.description)
        for attribute, member in declared.items()
    }
    placeholders = dict.fromkeys(declared, object)
    cls = type(name, (), {**body, "__annotations__": placeholders})
    made = strawberry.type(cls, name=name, description=description)
    for field_ in get_object_definition(made, strict=True).fields:
        field_.type_annotation = inputs.exactly(declared[field_.python_name].type)
    inputs.add(name, made)
