"""Which fields and types of a GraphQL schema carry a class or a property of RDF."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import NamedNode

from ssc_kg.mapping.model import (
    FieldMap,
    IdentityField,
    InstancesField,
    LinkField,
    SchemaMap,
    TypeMap,
)


@dataclass(frozen=True, slots=True)
class TypeCarrier:
    """A type whose nodes are the things of a class."""

    type: str
    lists: tuple[str, ...]
    """The root fields that list them."""


@dataclass(frozen=True, slots=True)
class FieldCarrier:
    """A field that shows the values of a property."""

    type: str
    field: str
    is_inverse: bool = False
    """Whether it leads from a value to what has it."""
    is_closure: bool = False
    """Whether it leads on, step after step."""


def type_carriers(schema: SchemaMap) -> Mapping[NamedNode, tuple[TypeCarrier, ...]]:
    """Return the types that stand for each class, sorted by name."""
    found = defaultdict[NamedNode, list[TypeCarrier]](list)
    for name in sorted(schema.types):
        class_ = schema.types[name].rdf_class
        if class_ is not None:
            found[class_].append(TypeCarrier(name, tuple(_lists(schema, name))))
    return {class_: tuple(carriers) for class_, carriers in found.items()}


def field_carriers(schema: SchemaMap) -> Mapping[NamedNode, tuple[FieldCarrier, ...]]:
    """Return the fields that show each property, sorted by type and name.

    A field that a type has because of an interface is that of the interface alone.
    """
    found = defaultdict[NamedNode, list[FieldCarrier]](list)
    for name in sorted(schema.types):
        type_ = schema.types[name]
        inherited = set(_inherited(schema, type_))
        for field in sorted(type_.fields.values(), key=lambda field: field.name):
            if field not in inherited:
                for property_, carrier in _carriers(name, field):
                    found[property_].append(carrier)
    return {property_: tuple(carriers) for property_, carriers in found.items()}


def _lists(schema: SchemaMap, name: str) -> Iterator[str]:
    for root in schema.roots.values():
        if isinstance(root, InstancesField) and root.target == name:
            yield root.name


def _inherited(schema: SchemaMap, type_: TypeMap) -> Iterator[FieldMap]:
    for above in schema.types.values():
        if _is_above(above, type_):
            yield from above.fields.values()


def _is_above(above: TypeMap, type_: TypeMap) -> bool:
    is_object = type_.members == (type_.name,)
    is_interface = above.members != (above.name,) and not above.choices
    covers = set(type_.members) <= set(above.members)
    # Of two interfaces of the same types, neither is known to be above the other.
    return is_interface and covers and (is_object or type_.members != above.members)


def _carriers(type_: str, field: FieldMap) -> Iterator[tuple[NamedNode, FieldCarrier]]:
    match field:
        case IdentityField():
            return
        case LinkField(closure=properties) if properties:
            for property_ in properties:
                yield (
                    property_,
                    FieldCarrier(type_, field.name, field.inverse, is_closure=True),
                )
        case LinkField():
            yield field.property, FieldCarrier(type_, field.name, field.inverse)
        case _:
            yield field.property, FieldCarrier(type_, field.name)
