"""The input types of a mapped schema: `where` and `orderBy`, made from its mapping.

Each type gets three: conditions on one node, conditions on a list of them, and one of
the things it can be ordered by. They refer to each other in circles, so they name each
other, and Strawberry finds the names when the schema is built.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from keyword import iskeyword

import strawberry
from strawberry.annotation import StrawberryAnnotation
from strawberry.types import get_object_definition
from strawberry.types.arguments import StrawberryArgument

from ssc_kg.compiler.ordering import MAXIMUM_KEYS, Direction
from ssc_kg.mapping.model import (
    FieldMap,
    IdentityField,
    LinkField,
    Scalar,
    SchemaMap,
    TypeMap,
    ValueField,
)

_EQ = "Equal to this."
_NE = "There is a value, and it is not this."
_IN = "One of these; of an empty list, none is."
_NOT_IN = "There is a value, and it is none of these."
_IS_NULL = "Whether there is no value."
_RANGE = {
    "lt": "Less than this.",
    "lte": "Less than this, or equal.",
    "gt": "Greater than this.",
    "gte": "Greater than this, or equal.",
}
_TEXT = {
    "contains": "Contains this text.",
    "startsWith": "Begins with this text.",
    "endsWith": "Ends with this text.",
    "matches": "Some part of it matches this regular expression (XPath, `fn:matches`).",
    "ignoreCase": "Whether upper and lower case are the same; they are not by default.",
}
_LANGUAGE = (
    "Look only at values in this language, such as `fr`; `en` covers `en-GB`. Without "
    "it, a value in any language will do, and `ne` and `notIn` are about all of them."
)


class Inputs:
    """Input types by name, each of which may be declared after it is referred to."""

    def __init__(self) -> None:
        self._namespace: dict[str, object] = {"list": list, "ID": strawberry.ID}
        self._annotations: dict[str, StrawberryAnnotation] = {}

    def add(self, name: str, cls: object) -> None:
        """Declare a type under a name."""
        self._namespace[name] = cls

    def annotation(self, text: str) -> StrawberryAnnotation:
        """Return the annotation of what may be left out, or be null."""
        return self.exactly(f"{text} | None")

    def exactly(self, text: str) -> StrawberryAnnotation:
        """Return an annotation, in which names are found once they are needed."""
        # One for all fields of a type: each is evaluated once.
        if text not in self._annotations:
            made = StrawberryAnnotation(text, namespace=self._namespace)
            self._annotations[text] = made
        return self._annotations[text]


@dataclass(frozen=True, slots=True)
class Member:
    """A field of an input type."""

    name: str
    type: str
    """As an annotation; all may be left out."""
    description: str | None = None


def declare_inputs(schema: SchemaMap) -> Inputs:
    """Return the input types of a schema."""
    inputs = Inputs()
    inputs.add("SortDirection", _direction())
    for name, members, description in _scalars():
        declare_input(name, members, description, inputs)
    for type_ in schema.types.values():
        _declare_type(type_, inputs)
    return inputs


def add_arguments(cls: type, targets: Mapping[str, str], inputs: Inputs) -> None:
    """Give the connections of a Strawberry type the arguments `where` and `orderBy`.

    Args:
        cls: The type.
        targets: The name of the type that each attribute lists.
        inputs: The input types.
    """
    for field_ in get_object_definition(cls, strict=True).fields:
        if field_.python_name in targets:
            target = targets[field_.python_name]
            field_.arguments = list_arguments(field_.arguments, target, inputs)


def list_arguments(
    declared: Iterable[StrawberryArgument], target: str, inputs: Inputs
) -> list[StrawberryArgument]:
    """Return the arguments of a connection that lists a type, given its own."""
    paging = [each for each in declared if each.python_name in _PAGING]
    return [*paging, where_argument(target, inputs), _order_argument(target, inputs)]


def add_search_arguments(cls: type, targets: Mapping[str, str], inputs: Inputs) -> None:
    """Give the searches of a Strawberry type the arguments `types` and `where`.

    Args:
        cls: The type.
        targets: The name of the type that each attribute finds.
        inputs: The input types.
    """
    for field_ in get_object_definition(cls, strict=True).fields:
        if field_.python_name in targets:
            target = targets[field_.python_name]
            text, *others = field_.arguments
            paging = [a for a in others if a.python_name in _PAGING]
            types = StrawberryArgument(
                "types",
                None,
                inputs.annotation(f"list[{target}Type]"),
                description="Find only nodes of these types; of an empty list, none.",
            )
            where = where_argument(target, inputs)
            field_.arguments = [text, types, where, *paging]


def declare_choice(target: str, names: Sequence[str], inputs: Inputs) -> None:
    """Declare the enumeration of the types that a search for a target may name."""
    name = f"{target}Type"
    members = StrEnum(name, {each: each for each in names})  # type: ignore[misc]  # made of a table
    description = f"The types that {target} is or has, interfaces included."
    inputs.add(name, strawberry.enum(members, name=name, description=description))


def _declare_type(type_: TypeMap, inputs: Inputs) -> None:
    name = type_.name
    declare_input(
        f"{name}Where",
        _where(type_),
        f"Conditions on {name}, all of which have to hold.",
        inputs,
    )
    declare_input(
        f"{name}ListWhere",
        _quantifiers(f"{name}Where"),
        f"Conditions on a list of {name}, all of which have to hold.",
        inputs,
    )
    declare_input(
        f"{name}OrderBy",
        _orders(type_),
        f"What to order {name} by: exactly one of these.",
        inputs,
        one_of=True,
    )


_PAGING = frozenset(["depth", "first", "after", "last", "before"])


def where_argument(target: str, inputs: Inputs) -> StrawberryArgument:
    """Return the argument that says which nodes of a type are kept."""
    return StrawberryArgument(
        "where",
        None,
        inputs.annotation(f"{target}Where"),
        description="Keep only the nodes for which all of this holds.",
    )


def _order_argument(target: str, inputs: Inputs) -> StrawberryArgument:
    return StrawberryArgument(
        "order_by",
        None,
        inputs.annotation(f"list[{target}OrderBy]"),
        description=f"What to order the nodes by, at most {MAXIMUM_KEYS} things, the "
        "most important first; last, and without it, by their IRIs.",
    )


def declare_input(
    name: str,
    members: Iterable[Member],
    description: str,
    inputs: Inputs,
    *,
    one_of: bool = False,
) -> None:
    """Declare an input type."""
    declared = {attribute_of(member.name): member for member in members}
    body = {
        attribute: strawberry.field(
            name=member.name, description=member.description, default=strawberry.UNSET
        )
        for attribute, member in declared.items()
    }
    # Their types are put in below; as text here, each would be looked up in vain.
    placeholders = dict.fromkeys(declared, object)
    cls = type(name, (), {**body, "__annotations__": placeholders})
    made = strawberry.input(cls, name=name, description=description, one_of=one_of)
    for field_ in get_object_definition(made, strict=True).fields:
        text = declared[field_.python_name].type
        field_.type_annotation = inputs.annotation(text)
    inputs.add(name, made)


def attribute_of(name: str) -> str:
    """Return what a field of a class is called, given its name in the schema."""
    return f"{name}_" if iskeyword(name) else name


def _direction() -> type[StrEnum]:
    names = {
        Direction.ASC: "The least first; nodes without a value last.",
        Direction.DESC: "The greatest first; nodes without a value last.",
        Direction.ASC_NULLS_FIRST: "Nodes without a value first, then the least.",
        Direction.DESC_NULLS_FIRST: "Nodes without a value first, then the greatest.",
    }
    values = {direction.value: direction.value for direction in names}
    members = StrEnum("SortDirection", values)  # type: ignore[misc]  # made of a table
    made = strawberry.enum(
        members, name="SortDirection", description="Which end of an order comes first."
    )
    described = made.__strawberry_definition__.values  # type: ignore[attr-defined]  # of an enum
    for value, text in zip(described, names.values(), strict=True):
        value.description = text
    return made


def _scalars() -> Iterator[tuple[str, Iterator[Member], str]]:
    yield "IDWhere", _operators("ID", ordered=False), "Conditions on an IRI."
    for scalar, (name, type_) in _SCALARS.items():
        description = f"Conditions on {_WORDS[scalar]}, all of which have to hold."
        yield name, _value(scalar, type_), description
        yield (
            name.replace("Where", "ListWhere"),
            _quantifiers(name),
            f"Conditions on a list of values, each {_WORDS[scalar]}.",
        )
    yield (
        "LocalizedStringWhere",
        _localized(),
        "Conditions on a text that may stand there in several languages.",
    )
    yield (
        "LocalizedStringListWhere",
        _quantifiers("LocalizedStringWhere"),
        "Conditions on a list of values, each a text in some language.",
    )


_SCALARS = {
    Scalar.TEXT: ("StringWhere", "str"),
    Scalar.INTEGER: ("IntWhere", "int"),
    Scalar.NUMBER: ("FloatWhere", "float"),
    Scalar.BOOLEAN: ("BooleanWhere", "bool"),
}
_WORDS = {
    Scalar.TEXT: "a text",
    Scalar.INTEGER: "a whole number",
    Scalar.NUMBER: "a number",
    Scalar.BOOLEAN: "a truth value",
}


def _value(scalar: Scalar, type_: str) -> Iterator[Member]:
    yield from _operators(type_, ordered=scalar is not Scalar.BOOLEAN)
    yield Member("isNull", "bool", _IS_NULL)
    if scalar is Scalar.TEXT:
        for name, description in _TEXT.items():
            yield Member(name, "bool" if name == "ignoreCase" else "str", description)


def _localized() -> Iterator[Member]:
    yield from _value(Scalar.TEXT, "str")
    yield Member("language", "str", _LANGUAGE)


def comparisons(type_: str) -> Iterator[Member]:
    """Yield the operators that compare a value with others of its type."""
    yield from _operators(type_, ordered=True)
    yield Member("isNull", "bool", _IS_NULL)


def _operators(type_: str, *, ordered: bool) -> Iterator[Member]:
    yield Member("eq", type_, _EQ)
    yield Member("ne", type_, _NE)
    yield Member("in", f"list[{type_}]", _IN)
    yield Member("notIn", f"list[{type_}]", _NOT_IN)
    if ordered:
        for name, description in _RANGE.items():
            yield Member(name, type_, description)


def _quantifiers(where: str) -> Iterator[Member]:
    yield Member("some", where, "Hold of at least one of them, together.")
    yield Member("every", where, "Hold of each of them; of an empty list, they do.")
    yield Member("none", where, "Hold of none of them.")


def _where(type_: TypeMap) -> Iterator[Member]:
    own = f"{type_.name}Where"
    yield Member("and", f"list[{own}]", "All of these hold.")
    yield Member("or", f"list[{own}]", "At least one of these holds; of none, none.")
    yield Member("not", own, "This does not hold, also for want of a value.")
    yield Member("isNull", "bool", "Whether the link here leads to no node.")
    for name, each in type_.compared.items():
        yield Member(name, _condition(each), f"Conditions on `{name}`.")
    for name, member in type_.choices.items():
        yield Member(
            name, f"{member}Where", f"It is a {member}, and all of this holds."
        )


def _condition(field_: FieldMap) -> str:
    match field_:
        case IdentityField():
            return "IDWhere"
        case LinkField(target=target, many=True):
            return f"{target}ListWhere"
        case LinkField(target=target):
            return f"{target}Where"
        case ValueField(language_tagged=True, many=True):
            return "LocalizedStringListWhere"
        case ValueField(scalar=scalar, many=True):
            return _SCALARS[scalar][0].replace("Where", "ListWhere")
        case ValueField(language_tagged=True):
            return "LocalizedStringWhere"
        case ValueField(scalar=scalar):
            return _SCALARS[scalar][0]


def _orders(type_: TypeMap) -> Iterator[Member]:
    for name, each in type_.compared.items():
        match each:
            case LinkField(many=False, target=target):
                yield Member(name, f"{target}OrderBy", f"By what `{name}` leads to.")
            case IdentityField() | ValueField(many=False):
                yield Member(name, "SortDirection", f"By `{name}`.")
            case _:
                pass
