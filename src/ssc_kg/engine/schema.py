"""Build an engine from Strawberry classes: their schema and their mapping, as one."""

from collections.abc import Iterator, Sequence
from typing import assert_never

import strawberry
from graphql import GraphQLInterfaceType, GraphQLSchema, build_schema
from strawberry.extensions import MaskErrors
from strawberry.types import get_object_definition
from strawberry.types.base import StrawberryObjectDefinition

from ssc_kg.engine.operation import Engine
from ssc_kg.engine.resolve import MappedFields, is_unexpected
from ssc_kg.errors import MappingError
from ssc_kg.mapping.declare import (
    is_mapped,
    node_classes,
    properties,
    rdf_class,
    root_fields,
    type_map,
)
from ssc_kg.mapping.model import (
    InstancesField,
    LookupField,
    RootField,
    SchemaMap,
)
from ssc_kg.mapping.ontology import Ontology

_ANYTHING = "Anything the graph describes."


def build_engine(
    query: type, *, types: Sequence[type] = (), ontology: Ontology | None = None
) -> Engine:
    """Return an engine that answers queries of class `query`.

    Args:
        query: A Strawberry type whose fields are marked `Instances()` or `Lookup()`.
        types: Object types that are reached through interfaces only.
        ontology: Where the descriptions of types and fields come from, if they have
            none of their own.

    Raises:
        MappingError: A field has no mapping, or one that does not fit its type.
    """
    schema = _schema(query, types)
    mapping = _mapping(query, schema, as_clients_see_it(schema))
    if ontology is not None:
        for name in mapping.types:
            _describe(_definition(schema, name), ontology)
        _describe_roots(query, mapping, ontology)
        # Strawberry reads descriptions when the schema is made, so it is made again.
        schema = _schema(query, types)
    return Engine(schema, as_clients_see_it(schema), mapping)


def as_clients_see_it(schema: strawberry.Schema) -> GraphQLSchema:
    """Return the schema that introspection would show, as a graphql-core schema."""
    # Strawberry keeps its graphql-core schema to itself. The one read from the SDL has
    # the same types and arguments, and cannot show more than clients know.
    visible: GraphQLSchema = build_schema(schema.as_str())
    return visible


def _schema(query: type, types: Sequence[type]) -> strawberry.Schema:
    return strawberry.Schema(
        query,
        types=types,
        extensions=[MappedFields, lambda: MaskErrors(is_unexpected)],
    )


def _mapping(
    query: type, schema: strawberry.Schema, visible: GraphQLSchema
) -> SchemaMap:
    root = get_object_definition(query, strict=True)
    types = {
        definition.name: type_map(
            definition.origin,
            names=_names(definition, schema),
            members=_members(visible, definition.name),
        )
        for definition in _mapped_definitions(schema, visible)
    }
    return SchemaMap(root_fields(query, names=_names(root, schema)), types)


def _mapped_definitions(
    schema: strawberry.Schema, visible: GraphQLSchema
) -> Iterator[StrawberryObjectDefinition]:
    for name in sorted(visible.type_map):
        definition = schema.get_type_by_name(name)
        if isinstance(definition, StrawberryObjectDefinition) and is_mapped(
            definition.origin
        ):
            yield definition


def _definition(schema: strawberry.Schema, name: str) -> StrawberryObjectDefinition:
    definition = schema.get_type_by_name(name)
    if not isinstance(definition, StrawberryObjectDefinition):
        msg = f"{name} is no object type or interface"
        raise MappingError(msg)
    return definition


def _names(
    definition: StrawberryObjectDefinition, schema: strawberry.Schema
) -> dict[str, str]:
    """Return the GraphQL name of each Python attribute."""
    converter = schema.config.name_converter
    return {
        field.python_name: converter.from_field(field) for field in definition.fields
    }


def _members(schema: GraphQLSchema, name: str) -> tuple[str, ...]:
    match schema.get_type(name):
        case GraphQLInterfaceType() as interface:
            possible = schema.get_possible_types(interface)
            return tuple(sorted(member.name for member in possible))
        case _:
            return (name,)


def _describe(definition: StrawberryObjectDefinition, ontology: Ontology) -> None:
    class_ = rdf_class(definition.origin)
    if class_ is not None and definition.description is None:
        definition.description = ontology.comments.get(class_)
    markers, nodes = properties(definition.origin), node_classes(definition.origin)
    for field in definition.fields:
        marker = markers.get(field.python_name)
        if marker is not None and field.description is None:
            field.description = (
                ontology.describe_inverse(nodes[field.python_name], marker.property)
                if marker.inverse
                else ontology.describe(class_, marker.property)
            )


def _describe_roots(query: type, mapping: SchemaMap, ontology: Ontology) -> None:
    definition = get_object_definition(query, strict=True)
    names = {field.python_name: field.python_name for field in definition.fields}
    roots = root_fields(query, names=names)
    for field in definition.fields:
        root = roots.get(field.python_name)
        if root is not None and field.description is None:
            class_ = mapping.types[root.target].rdf_class
            comment = ontology.comments.get(class_) if class_ else None
            field.description = _describe_root(root, comment or _ANYTHING)


def _describe_root(root: RootField, comment: str) -> str:
    match root:
        case InstancesField():
            return f"All of these: {comment}"
        case LookupField():
            return f"One of these by its IRI, or null: {comment}"
        case _:
            assert_never(root)
