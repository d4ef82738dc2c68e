"""Build an engine from Strawberry classes: their schema and their mapping, as one."""

from collections.abc import Sequence
from typing import assert_never

from strawberry.extensions import MaskErrors
from strawberry.schema.config import StrawberryConfig
from strawberry.types import get_object_definition
from strawberry.types.base import StrawberryObjectDefinition
from strawberry.types.field import StrawberryField

from ssc_kg.engine.aggregates import aggregate_fields, declare_aggregates
from ssc_kg.engine.connections import Edge
from ssc_kg.engine.edges import (
    OF_EDGE,
    OF_HOP,
    MappedSchema,
    add_fields_argument,
    evidence_field,
)
from ssc_kg.engine.engine import Engine
from ssc_kg.engine.inputs import (
    Inputs,
    add_arguments,
    add_search_arguments,
    declare_choice,
    declare_inputs,
)
from ssc_kg.engine.limits import DEFAULT_LIMITS, OperationLimits
from ssc_kg.engine.localized import IN_EVERY_LANGUAGE, add_language
from ssc_kg.engine.path_types import Hop
from ssc_kg.engine.resolve import MappedFields, is_unexpected
from ssc_kg.mapping.declare import (
    listed_types,
    node_classes,
    properties,
    rdf_class,
    reached_classes,
    reification,
    reifying_class,
    root_fields,
    searched_types,
    tagged_scalars,
    type_map,
    union_map,
    unions,
)
from ssc_kg.mapping.model import (
    InstancesField,
    LookupField,
    LookupsField,
    PathsField,
    RootField,
    Scalar,
    SchemaMap,
    SearchField,
)
from ssc_kg.mapping.ontology import Ontology

_ANYTHING = "Anything the graph describes."


def build_engine(
    query: type,
    *,
    types: Sequence[type] = (),
    mutation: type | None = None,
    subscription: type | None = None,
    ontology: Ontology | None = None,
    limits: OperationLimits = DEFAULT_LIMITS,
) -> Engine:
    """Return an engine that answers queries of class `query`.

    Args:
        query: A Strawberry type whose fields are marked `Instances()` or `Lookup()`, or
            have resolvers of their own.
        types: Object types that are reached through interfaces only.
        mutation: A Strawberry type of mutations, which have resolvers of their own.
        subscription: A Strawberry type of subscriptions, likewise. Resolvers give back
            mapped nodes by `reference`.
        ontology: Where the descriptions of types and fields come from, if they have
            none of their own.
        limits: How much one operation may ask for.

    Raises:
        MappingError: A field has no mapping, or one that does not fit its type.
    """
    mapping, classes = _mapping(query, types, ontology)
    inputs = declare_inputs(mapping)
    declare_aggregates(mapping, inputs)
    for cls in (*classes, query):
        add_arguments(cls, listed_types(cls), inputs)
        add_language(cls, tagged_scalars(cls))
        add_fields_argument(cls, _evidence_lists(cls, mapping))
    searched = searched_types(query)
    for target in set(searched.values()):
        declare_choice(target, _kinds(target, mapping), inputs)
    add_search_arguments(query, searched, inputs)
    if ontology is not None:
        for cls in classes:
            _describe(get_object_definition(cls, strict=True), ontology)
        _describe_roots(query, mapping, ontology)
    # Strawberry reads arguments and descriptions now.
    schema = MappedSchema(
        query,
        mutation=mutation,
        subscription=subscription,
        types=types,
        extensions=[MappedFields, lambda: MaskErrors(is_unexpected)],
        more=_more_fields(query, classes, inputs),
    )
    return Engine(schema, schema.definition, mapping, limits=limits)


def _evidence_lists(cls: type, mapping: SchemaMap) -> list[str]:
    """Return the attributes that list what speaks of the links of a node itself."""
    if mapping.evidence is None:
        return []
    markers, listed = properties(cls), listed_types(cls)
    return [
        attribute
        for attribute, marker in markers.items()
        if marker.inverse and marker.property == mapping.evidence.subject
        if listed.get(attribute) == mapping.evidence.target
    ]


def _more_fields(
    query: type, classes: Sequence[type], inputs: Inputs
) -> dict[type, list[StrawberryField]]:
    more = {
        cls: aggregate_fields(cls, listed_types(cls), inputs)
        for cls in (*classes, query)
    }
    speaking = reifying_class(classes)
    if speaking is not None:
        more[Edge] = [evidence_field(speaking, inputs, OF_EDGE)]
        more[Hop] = [evidence_field(speaking, inputs, OF_HOP)]
    return more


def _mapping(
    query: type, types: Sequence[type], ontology: Ontology | None
) -> tuple[SchemaMap, list[type]]:
    """Return the mapping, and the mapped classes that a schema of `query` reaches."""
    classes = sorted(reached_classes([query, *types]), key=lambda cls: cls.__name__)
    maps = {
        cls.__name__: type_map(cls, names=_names(cls), members=_members(cls, classes))
        for cls in classes
    }
    for union in unions([*classes, query]):
        names = {name for cls in union.classes for name in maps[cls.__name__].members}
        members = [maps[name] for name in sorted(names)]
        maps[union.name] = union_map(union.name, members)
    roots = root_fields(query, names=_names(query))
    speaking = reifying_class(classes)
    evidence = None if speaking is None else reification(speaking)
    labels = {} if ontology is None else ontology.labels
    return SchemaMap(roots, maps, evidence, labels), classes


def _names(cls: type) -> dict[str, str]:
    """Return the GraphQL name of each Python attribute."""
    definition = get_object_definition(cls, strict=True)
    converter = StrawberryConfig().name_converter
    return {
        field.python_name: converter.from_field(field) for field in definition.fields
    }


def _members(cls: type, classes: Sequence[type]) -> tuple[str, ...]:
    """Return the object types that a value declared as a `cls` may have."""
    return tuple(
        each.__name__
        for each in classes
        if issubclass(each, cls)
        and not get_object_definition(each, strict=True).is_interface
    )


def _kinds(target: str, mapping: SchemaMap) -> list[str]:
    """Return the names of a type and of those below it, sorted."""
    members = {*mapping.types[target].members}
    return sorted(
        name
        for name, type_ in mapping.types.items()
        if members.issuperset(type_.members) and not type_.choices
    )


def _describe(definition: StrawberryObjectDefinition, ontology: Ontology) -> None:
    class_ = rdf_class(definition.origin)
    if class_ is not None and definition.description is None:
        definition.description = ontology.comments.get(class_)
    markers, nodes = properties(definition.origin), node_classes(definition.origin)
    scalars = tagged_scalars(definition.origin)
    for field in definition.fields:
        marker = markers.get(field.python_name)
        if marker is not None and field.description is None:
            field.description = (
                ontology.describe_inverse(nodes[field.python_name], marker.property)
                if marker.inverse
                else ontology.describe(class_, marker.property)
            )
            if scalars.get(field.python_name) == (Scalar.LOCALIZED, True):
                field.description = IN_EVERY_LANGUAGE + (field.description or "")


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
        case LookupsField():
            return f"Some of these by their IRIs, each null if there is none: {comment}"
        case SearchField():
            return f"Some of these by the words of their texts: {comment}"
        case PathsField():
            return f"How two of these are connected: {comment}"
        case LookupField():
            return f"One of these by its IRI, or null: {comment}"
        case _:
            assert_never(root)
