"""What a GraphQL schema means in RDF, as plain values.

A `TypeMap` pairs a GraphQL type with an RDF class, a `FieldMap` pairs one of its fields
with a property. They know nothing of Strawberry or of SPARQL; `declare` builds them
from annotations and the compiler reads them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import TypeAlias

from pyoxigraph import NamedNode

from ssc_kg.errors import UnknownFieldError

AGGREGATE = "Aggregate"
"""How the name of a field ends that tells of the groups of a list."""

Statement: TypeAlias = tuple[NamedNode, NamedNode, NamedNode]
"""The subject, predicate and object of a link."""


class Scalar(Enum):
    """How the lexical form of a term becomes a JSON value."""

    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    LOCALIZED = "localized"
    """A text beside its language, rather than as a JSON value by itself."""


@dataclass(frozen=True, slots=True)
class IdentityField:
    """A field that holds the IRI of the node itself."""

    name: str


@dataclass(frozen=True, slots=True)
class ValueField:
    """A field and the property that holds its values, literals or bare IRIs."""

    name: str
    property: NamedNode
    scalar: Scalar = Scalar.TEXT
    many: bool = False
    required: bool = False
    language_tagged: bool = False
    """Whether values have languages. Of many, some may be chosen by their languages;
    else one stands there once per language, of which the best is shown.
    """


@dataclass(frozen=True, slots=True)
class LinkField:
    """A field and the property that leads to other nodes."""

    name: str
    property: NamedNode
    target: str
    """The name of the GraphQL type at the other end."""
    inverse: bool = False
    many: bool = False
    """Whether the field is a connection rather than one node."""
    required: bool = False
    closure: tuple[NamedNode, ...] = ()
    """If any, the field leads to all that one step or more along these reaches."""

    def statement(self, parent: NamedNode, node: NamedNode) -> Statement:
        """Return the triple that says that the link leads from a parent to a node."""
        start, end = (node, parent) if self.inverse else (parent, node)
        return start, self.property, end


@dataclass(frozen=True, slots=True)
class InstancesField:
    """A root field that lists every node of a type."""

    name: str
    target: str


@dataclass(frozen=True, slots=True)
class LookupField:
    """A root field that finds one node of a type by its IRI."""

    name: str
    target: str


@dataclass(frozen=True, slots=True)
class LookupsField:
    """A root field that finds several nodes of a type by their IRIs."""

    name: str
    target: str


@dataclass(frozen=True, slots=True)
class SearchField:
    """A root field that finds nodes of a type by the words of their texts."""

    name: str
    target: str


@dataclass(frozen=True, slots=True)
class Reification:
    """The type whose nodes speak of links, and how these name one."""

    target: str
    subject: NamedNode
    predicate: NamedNode
    object: NamedNode


@dataclass(frozen=True, slots=True)
class AggregateField:
    """A field that tells of the groups of what another field lists."""

    name: str
    listed: LinkField | InstancesField


@dataclass(frozen=True, slots=True)
class PathsField:
    """A root field that tells how two nodes of a type are connected."""

    name: str
    target: str


FieldMap: TypeAlias = IdentityField | ValueField | LinkField
RootField: TypeAlias = (
    InstancesField | LookupField | LookupsField | SearchField | PathsField
)


def is_localized(field: FieldMap) -> bool:
    """Return whether a field shows each text beside its language."""
    return isinstance(field, ValueField) and field.scalar is Scalar.LOCALIZED


@dataclass(frozen=True, slots=True)
class TypeMap:
    """One GraphQL object type or interface and the RDF class of its instances."""

    name: str
    rdf_class: NamedNode | None
    """None for an interface that spans classes, such as Node."""
    fields: Mapping[str, FieldMap]
    members: tuple[str, ...] = ()
    """For an interface, the object types that implement it; for an object, itself."""
    per_type: frozenset[str] = frozenset()
    """Fields of an interface that each of its members maps for itself."""
    choices: Mapping[str, str] = field(default_factory=dict)
    """For a union, how a condition names each of its members."""

    @property
    def compared(self) -> Mapping[str, FieldMap]:
        """The fields by which nodes are compared: a text has one for all languages."""
        return {
            name: field
            for name, field in self.fields.items()
            if not is_localized(field)
        }

    def field(self, name: str) -> FieldMap:
        """Return the mapping of field `name`.

        Raises:
            UnknownFieldError: The type has no such field.
        """
        try:
            return self.fields[name]
        except KeyError:
            raise UnknownFieldError(self.name, name) from None

    def selected(self, name: str) -> FieldMap | AggregateField:
        """Return what field `name` means where it is selected.

        Raises:
            UnknownFieldError: The type has no such field.
        """
        match self.fields.get(name.removesuffix(AGGREGATE)):
            case LinkField(many=True) as listed if name not in self.fields:
                return AggregateField(name, listed)
            case _:
                return self.field(name)


@dataclass(frozen=True, slots=True)
class SchemaMap:
    """A whole GraphQL schema in RDF."""

    roots: Mapping[str, RootField]
    types: Mapping[str, TypeMap]
    evidence: Reification | None = None
    """What speaks of the links, if anything does."""
    labels: Mapping[NamedNode, str] = field(default_factory=dict)
    """The names of properties, as far as they are known."""

    @property
    def classes(self) -> frozenset[NamedNode]:
        """The classes whose things are nodes of a type."""
        types = self.types.values()
        return frozenset(each.rdf_class for each in types if each.rdf_class is not None)

    def root(self, name: str) -> RootField | AggregateField | None:
        """Return what root field `name` means, if there is one."""
        match self.roots.get(name.removesuffix(AGGREGATE)):
            case InstancesField() as listed if name not in self.roots:
                return AggregateField(name, listed)
            case _:
                return self.roots.get(name)

    def members(self, name: str) -> tuple[TypeMap, ...]:
        """Return the object types that a value of type `name` may have."""
        return tuple(self.types[member] for member in self.types[name].members)
