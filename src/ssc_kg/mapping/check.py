"""Prove that a mapping, the ontology and its shapes say the same.

The report is a list of sentences, one for each disagreement; an empty one is the proof.
"""

from collections.abc import Iterable, Iterator

from pyoxigraph import NamedNode

from ssc_kg.mapping.model import (
    FieldMap,
    IdentityField,
    LinkField,
    Scalar,
    SchemaMap,
    TypeMap,
    ValueField,
    is_localized,
)
from ssc_kg.mapping.ontology import Ontology, PropertyShape
from ssc_kg.rdf.vocab import RDF

SHOWN_BY_GRAPHQL = frozenset([RDF.type])
"""Properties that need no field: `__typename` shows the class."""


def check(schema: SchemaMap, ontology: Ontology) -> list[str]:
    """Return every disagreement between `schema` and `ontology`.

    Args:
        schema: The mapping of a whole GraphQL schema.
        ontology: What the terms and shapes say.
    """
    report: list[str] = []
    for type_ in schema.types.values():
        if type_.rdf_class is not None:
            report.extend(_check_type(type_, type_.rdf_class, schema, ontology))
            if type_.members == (type_.name,):
                report.extend(_unmapped(type_, type_.rdf_class, ontology))
        report.extend(_check_per_type(type_, schema))
    return sorted(report)


def _check_type(
    type_: TypeMap, class_: NamedNode, schema: SchemaMap, ontology: Ontology
) -> Iterator[str]:
    if class_ not in ontology.comments:
        yield f"{type_.name}: {class_} is not a class of the ontology"
    if (class_ in ontology.abstract) == (type_.members == (type_.name,)):
        yield f"{type_.name}: an abstract class is an interface, and no other is"
    yield from _check_languages(type_)
    nullable = _nullable_above(type_, schema)
    for field in type_.fields.values():
        where = f"{type_.name}.{field.name}"
        match field:
            case LinkField(closure=properties) if properties:
                yield from _check_closure(where, properties, schema, ontology)
            case LinkField(inverse=True):
                yield from _check_inverse(where, field, class_, schema, ontology)
            case LinkField() | ValueField():
                shape = ontology.shape(class_, field.property)
                if shape is None:
                    yield f"{where}: no shape of {class_} names {field.property}"
                    continue
                yield from _check_cardinality(where, field, shape)
                is_nullable = field.name in nullable
                yield from _check_required(where, field, shape, is_nullable=is_nullable)
                yield from _check_target(where, field, shape, schema)
            case IdentityField():
                pass


def _nullable_above(type_: TypeMap, schema: SchemaMap) -> frozenset[str]:
    """Return the fields of a type that an interface of it declares nullable.

    They are nullable on each type below, whatever its shape: a client selects a name
    alike on all types that it may meet.
    """
    interfaces = (
        above
        for above in schema.types.values()
        if above is not type_
        and above.members != (above.name,)
        and set(type_.members) <= set(above.members)
    )
    return frozenset(
        field.name
        for interface in interfaces
        for field in interface.fields.values()
        if isinstance(field, LinkField | ValueField) and not field.required
    )


def _check_cardinality(
    where: str, field: LinkField | ValueField, shape: PropertyShape
) -> Iterator[str]:
    may_differ = is_localized(field) and shape.is_unique_per_language
    if field.many == shape.is_single and not may_differ:
        yield f"{where}: {_is(field.many)} a list, unlike the shape"
    is_tagged = isinstance(field, ValueField) and field.language_tagged
    is_alone = not (field.many or shape.is_unique_per_language)
    if is_tagged != (shape.is_language_tagged and not is_alone):
        yield f"{where}: {_is(is_tagged)} language-tagged, unlike the shape"


def _check_languages(type_: TypeMap) -> Iterator[str]:
    """Yield the fields of one language beside which there is none of every language."""
    values = [each for each in type_.fields.values() if isinstance(each, ValueField)]
    localized = {each.property for each in values if is_localized(each)}
    for each in values:
        is_one = each.language_tagged and not each.many
        if is_one and each.property not in localized:
            yield f"{type_.name}.{each.name}: no field shows it in every language"


def _check_required(
    where: str,
    field: LinkField | ValueField,
    shape: PropertyShape,
    *,
    is_nullable: bool,
) -> Iterator[str]:
    is_literal = isinstance(field, LinkField) and shape.may_be_literal
    if is_localized(field):
        return
    if is_nullable and field.required:
        yield f"{where}: is required, unlike in the interface"
    elif is_literal and field.required:
        yield f"{where}: is required, though the shape allows a literal"
    elif is_nullable or is_literal:
        return
    elif field.required != (shape.is_single and shape.minimum > 0):
        yield f"{where}: {_is(field.required)} required, unlike the shape"


def _check_target(
    where: str, field: LinkField | ValueField, shape: PropertyShape, schema: SchemaMap
) -> Iterator[str]:
    if isinstance(field, LinkField):
        target = schema.types[field.target].rdf_class
        if target != shape.target:
            yield f"{where}: leads to {target}, the shape says {shape.target}"


def _check_closure(
    where: str,
    properties: Iterable[NamedNode],
    schema: SchemaMap,
    ontology: Ontology,
) -> Iterator[str]:
    classes = [type_.rdf_class for type_ in schema.types.values() if type_.rdf_class]
    for property_ in properties:
        if not any(ontology.shape(class_, property_) for class_ in classes):
            yield f"{where}: no shape names {property_}"


def _is(so: bool) -> str:  # noqa: FBT001  (a word for a truth)
    return "is" if so else "is not"


def _check_inverse(
    where: str,
    field: LinkField,
    class_: NamedNode,
    schema: SchemaMap,
    ontology: Ontology,
) -> Iterator[str]:
    target = schema.types[field.target]
    for source in schema.members(target.name) if target.choices else (target,):
        above, end = source.rdf_class, field.property
        shape = ontology.shape(above, end) if above else None
        if shape is None:
            yield f"{where}: no shape of {above} names {end}"
        elif shape.target and shape.target not in ontology.superclasses.get(class_, ()):
            yield f"{where}: {end} leads to {shape.target}, not to {class_}"


def _check_per_type(type_: TypeMap, schema: SchemaMap) -> Iterator[str]:
    """Yield where members of an interface map its field differently, or not at all."""
    members = schema.members(type_.name)
    for name in sorted(type_.per_type):
        for member in members:
            if name not in member.fields:
                yield f"{member.name}.{name}: not mapped, though {type_.name} has it"
        kinds = {
            _kind(member.fields[name]) for member in members if name in member.fields
        }
        if len(kinds) > 1:
            listed = " and ".join(sorted(kinds))
            yield f"{type_.name}.{name}: its types disagree: {listed}"


def _kind(field: FieldMap) -> str:
    """Say what a client sees of a field, wherever its values come from."""
    match field:
        case IdentityField():
            return "the IRI"
        case LinkField(target=what) | ValueField(scalar=Scalar(value=what)):
            need = "required" if field.required else "nullable"
            return f"a list of {what}" if field.many else f"{need} {what}"


def _unmapped(type_: TypeMap, class_: NamedNode, ontology: Ontology) -> Iterator[str]:
    mapped = {
        field.property
        for field in type_.fields.values()
        if isinstance(field, ValueField)
        or (isinstance(field, LinkField) and not (field.inverse or field.closure))
    }
    shaped = ontology.properties(class_) - SHOWN_BY_GRAPHQL
    for property_ in sorted(shaped - mapped, key=str):
        yield f"{type_.name}: no field shows {property_}"
