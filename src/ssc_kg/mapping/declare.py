"""Declare a mapping where the GraphQL type is declared.

One class body is the single source of the GraphQL schema, the SPARQL translation and
the ontology check:

    @strawberry.type
    @maps(SSC.Organization)
    class Organization(Node):
        acronym: Annotated[str | None, Rdf(SSC.acronym)]
        units: Annotated[Connection[Organization], Rdf(ORG.unitOf, inverse=True)]

Strawberry ignores the annotations and this module ignores Strawberry.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import NoneType, UnionType
from typing import (
    Annotated,
    TypeAlias,
    TypeVar,
    Union,
    get_args,
    get_origin,
    get_type_hints,
)

from pyoxigraph import NamedNode

from ssc_kg.errors import MappingError
from ssc_kg.mapping.model import (
    FieldMap,
    IdentityField,
    InstancesField,
    LinkField,
    LookupField,
    LookupsField,
    PathsField,
    Reification,
    RootField,
    Scalar,
    SearchField,
    TypeMap,
    ValueField,
)

_RDF_CLASS = "__rdf_class__"
_REIFICATION = "__reification__"
_IS_CONNECTION = "__is_connection__"
_IS_LOCALIZED = "__is_localized__"
_ARE_PATHS = "__are_paths__"
_SCALARS: Mapping[object, Scalar] = {
    int: Scalar.INTEGER,
    float: Scalar.NUMBER,
    bool: Scalar.BOOLEAN,
}
_Class = TypeVar("_Class", bound=type)


@dataclass(frozen=True, slots=True)
class Rdf:
    """Marks a field with the property that holds its values."""

    property: NamedNode
    inverse: bool = False
    language_tagged: bool = False


@dataclass(frozen=True, slots=True)
class Transitive:
    """Marks a connection with all that some properties lead to, step after step."""

    properties: tuple[NamedNode, ...]
    inverse: bool = False


@dataclass(frozen=True, slots=True)
class Identity:
    """Marks the field that holds the IRI of the node itself."""


@dataclass(frozen=True, slots=True)
class Instances:
    """Marks a root field that lists every node of its type."""


@dataclass(frozen=True, slots=True)
class Lookup:
    """Marks a root field that finds a node by its IRI, or a list of them by theirs."""


@dataclass(frozen=True, slots=True)
class Search:
    """Marks a root field that finds nodes by the words of their texts."""


@dataclass(frozen=True, slots=True)
class PerType:
    """Marks a field of an interface that each type below maps for itself."""


@dataclass(frozen=True, slots=True)
class Connecting:
    """Marks a root field that tells how two nodes of its type are connected."""


Marker: TypeAlias = (
    Rdf | Transitive | Identity | Instances | Lookup | Search | PerType | Connecting
)


@dataclass(frozen=True, slots=True)
class _Hint:
    """What a type hint says, taken apart."""

    value: object
    is_list: bool
    is_connection: bool
    are_paths: bool
    is_optional: bool

    @property
    def node_type(self) -> str | None:
        union = _read_union(self.value)
        if union is not None:
            return union.name
        return next((cls.__name__ for cls in self.classes), None)

    @property
    def classes(self) -> tuple[type, ...]:
        """The mapped classes that a node may be declared as; none if it is no node."""
        union = _read_union(self.value)
        if union is not None:
            return union.classes
        if isinstance(self.value, type) and is_mapped(self.value):
            return (self.value,)
        return ()


@dataclass(frozen=True, slots=True)
class UnionHint:
    """A union of mapped object types, which need have nothing in common."""

    name: str
    classes: tuple[type, ...]


def maps(rdf_class: NamedNode | None = None) -> Callable[[_Class], _Class]:
    """Mark a GraphQL type with the RDF class of its instances.

    Leave the class out for an interface whose instances share none, such as Node.
    """

    def mark(cls: _Class) -> _Class:
        setattr(cls, _RDF_CLASS, rdf_class)
        return cls

    return mark


def speaks_of_links(
    subject: NamedNode, predicate: NamedNode, object_: NamedNode
) -> Callable[[_Class], _Class]:
    """Mark the GraphQL type whose nodes each speak of a link, by these properties.

    The edges of connections get a field `evidence` that finds them.
    """

    def mark(cls: _Class) -> _Class:
        made = Reification(cls.__name__, subject, predicate, object_)
        setattr(cls, _REIFICATION, made)
        return cls

    return mark


def reifying_class(classes: Iterable[type]) -> type | None:
    """Return the one class among some that is marked by `speaks_of_links`, if any.

    Raises:
        MappingError: There are several.
    """
    found = [cls for cls in classes if _REIFICATION in vars(cls)]
    if len(found) > 1:
        names = " and ".join(sorted(cls.__name__ for cls in found))
        msg = f"one type may speak of links, not {names}"
        raise MappingError(msg)
    return found[0] if found else None


def reification(cls: type) -> Reification:
    """Return how the nodes of a class marked by `speaks_of_links` name a link."""
    made: Reification = vars(cls)[_REIFICATION]
    return made


def is_mapped(cls: type) -> bool:
    """Return whether `cls` itself, not only a base of it, is marked by `maps`."""
    return _RDF_CLASS in vars(cls)


def rdf_class(cls: type) -> NamedNode | None:
    """Return the RDF class of the instances of a class marked by `maps`."""
    class_: NamedNode | None = vars(cls)[_RDF_CLASS]
    return class_


def properties(cls: type) -> dict[str, Rdf]:
    """Return the marker of each attribute of `cls` that holds values of a property."""
    return {
        attribute: marker
        for attribute, marker, _ in _marked(cls)
        if isinstance(marker, Rdf)
    }


def node_classes(cls: type) -> dict[str, NamedNode | None]:
    """Return the RDF class of the nodes that each attribute with nodes leads to.

    Those of a union have no class in common.
    """
    return {
        attribute: rdf_class(hint.classes[0]) if len(hint.classes) == 1 else None
        for attribute, _, hint in _marked(cls)
        if hint.classes
    }


def listed_types(cls: type) -> dict[str, str]:
    """Return the name of the type that each attribute with a connection lists."""
    return {
        attribute: hint.node_type
        for attribute, marker, hint in _marked(cls)
        if hint.is_connection and hint.node_type and not isinstance(marker, Search)
    }


def searched_types(cls: type) -> dict[str, str]:
    """Return the name of the type that each attribute with a search finds."""
    return {
        attribute: hint.node_type
        for attribute, marker, hint in _marked(cls)
        if isinstance(marker, Search) and hint.node_type
    }


def tagged_scalars(cls: type) -> dict[str, tuple[Scalar, bool]]:
    """Return of each attribute with languages what a value is, and if it has many."""
    return {
        attribute: (_scalar(cls, attribute, marker, hint), hint.is_list)
        for attribute, marker, hint in _marked(cls)
        if isinstance(marker, Rdf) and marker.language_tagged
    }


def reached_classes(start: Iterable[type]) -> set[type]:
    """Return the mapped classes among some, those their fields lead to, and bases."""
    found, waiting = set[type](), [*start]
    while waiting:
        cls = waiting.pop()
        if cls in found:
            continue
        found.add(cls)
        waiting.extend(base for base in cls.__mro__ if is_mapped(base))
        waiting.extend(each for _, _, hint in _marked(cls) for each in hint.classes)
    return {cls for cls in found if is_mapped(cls)}


def unions(classes: Iterable[type]) -> list[UnionHint]:
    """Return the unions that the fields of some classes lead to, sorted by name."""
    hints = (hint for cls in classes for _, _, hint in _marked(cls))
    found = {each.name: each for hint in hints if (each := _read_union(hint.value))}
    return [found[name] for name in sorted(found)]


def union_map(name: str, members: Sequence[TypeMap]) -> TypeMap:
    """Return the mapping of a union of object types.

    Raises:
        MappingError: They have no field in common that holds their IRIs.
    """
    own = [_identities(member) for member in members]
    shared = set.intersection(*own)
    if not shared:
        msg = f"the types of the union {name} share no field marked Identity()"
        raise MappingError(msg)
    fields = {each: IdentityField(each) for each in sorted(shared)}
    names = tuple(member.name for member in members)
    choices = {f"{each[0].lower()}{each[1:]}": each for each in names}
    return TypeMap(name, None, fields, names, choices=choices)


def _identities(type_: TypeMap) -> set[str]:
    fields = type_.fields.values()
    return {field.name for field in fields if isinstance(field, IdentityField)}


def type_map(
    cls: type, *, names: Mapping[str, str], members: tuple[str, ...]
) -> TypeMap:
    """Read the mapping that the annotations of `cls` declare.

    Args:
        cls: A class marked by `maps`.
        names: The GraphQL name of each attribute.
        members: The object types that implement `cls`; itself for an object type.

    Raises:
        MappingError: An attribute has no marker, or one that does not fit.
    """
    fields, per_type = dict[str, FieldMap](), set[str]()
    for attribute, marker, hint in _marked(cls):
        name = names[attribute]
        # An object type that only inherits the marker has not mapped the field.
        if not isinstance(marker, PerType):
            fields[name] = _field_map(cls, name, marker, hint)
        elif members != (cls.__name__,):
            per_type.add(name)
    missing = sorted(set(names.values()) - set(fields) - per_type)
    if missing:
        msg = f"{cls.__name__} has fields without a mapping: {', '.join(missing)}"
        raise MappingError(msg)
    return TypeMap(cls.__name__, rdf_class(cls), fields, members, frozenset(per_type))


def root_fields(cls: type, *, names: Mapping[str, str]) -> dict[str, RootField]:
    """Read the root fields that the annotations of a query type declare."""
    return {
        names[attribute]: _root_field(cls, names[attribute], marker, hint)
        for attribute, marker, hint in _marked(cls)
    }


def _marked(cls: type) -> Iterator[tuple[str, Marker, _Hint]]:
    for attribute, hint in get_type_hints(cls, include_extras=True).items():
        if get_origin(hint) is not Annotated:
            continue
        declared, *extras = get_args(hint)
        for marker in extras:
            if isinstance(marker, Marker):
                yield attribute, marker, _read_hint(declared)


def _read_hint(hint: object) -> _Hint:
    hint, is_optional = _required(hint)
    origin = get_origin(hint)
    is_connection = bool(getattr(origin, _IS_CONNECTION, False))
    are_paths = bool(getattr(origin, _ARE_PATHS, False))
    is_list = origin is list
    value = get_args(hint)[0] if is_list or is_connection or are_paths else hint
    inner, _ = _required(value)
    return _Hint(inner, is_list, is_connection, are_paths, is_optional)


def _required(hint: object) -> tuple[object, bool]:
    """Return a hint without None, and whether None was part of it."""
    is_optional = get_origin(hint) in (Union, UnionType) and NoneType in get_args(hint)
    if not is_optional:
        return hint, False
    return next(arg for arg in get_args(hint) if arg is not NoneType), True


def _read_union(value: object) -> UnionHint | None:
    """Return the union that a type hint declares, as `Annotated[A | B, union("AB")]`.

    What names it is another library's; it says so by its `graphql_name`.
    """
    if get_origin(value) is not Annotated:
        return None
    declared, *extras = get_args(value)
    names = (getattr(extra, "graphql_name", None) for extra in extras)
    name = next((each for each in names if each), None)
    classes = tuple(each for each in get_args(declared) if isinstance(each, type))
    if name is None or not all(map(is_mapped, classes)):
        return None
    return UnionHint(name, classes)


def _field_map(cls: type, name: str, marker: Marker, hint: _Hint) -> FieldMap:
    match marker:
        case Identity():
            return IdentityField(name)
        case Rdf() if hint.node_type:
            return _link(cls, name, marker, hint)
        case Rdf():
            return ValueField(
                name,
                marker.property,
                scalar=_scalar(cls, name, marker, hint),
                many=hint.is_list,
                required=not (hint.is_list or hint.is_optional),
                language_tagged=marker.language_tagged,
            )
        case Transitive(properties, is_inverse):
            if not hint.is_connection or hint.node_type is None:
                msg = f"{cls.__name__}.{name}: {marker} marks a Connection[…]"
                raise MappingError(msg)
            return LinkField(
                name,
                properties[0],
                hint.node_type,
                inverse=is_inverse,
                many=True,
                closure=properties,
            )
        case Instances() | Lookup() | Search() | PerType() | Connecting():
            msg = f"{cls.__name__}.{name}: {marker} belongs on the query type"
            raise MappingError(msg)


def _scalar(cls: type, name: str, marker: Rdf, hint: _Hint) -> Scalar:
    if not getattr(hint.value, _IS_LOCALIZED, False):
        return _SCALARS.get(hint.value, Scalar.TEXT)
    if not (hint.is_list and marker.language_tagged):
        msg = f"{cls.__name__}.{name}: texts with languages are a language-tagged list"
        raise MappingError(msg)
    return Scalar.LOCALIZED


def _link(cls: type, name: str, marker: Rdf, hint: _Hint) -> LinkField:
    if hint.is_list or hint.node_type is None:
        msg = f"{cls.__name__}.{name}: a list of nodes is declared as Connection[…]"
        raise MappingError(msg)
    return LinkField(
        name,
        marker.property,
        hint.node_type,
        inverse=marker.inverse,
        many=hint.is_connection,
        required=not (hint.is_connection or hint.is_optional),
    )


def _root_field(cls: type, name: str, marker: Marker, hint: _Hint) -> RootField:
    match marker, hint.node_type, hint.is_connection:
        case Connecting(), str() as target, False if hint.are_paths:
            return PathsField(name, target)
        case Instances(), str() as target, True:
            return InstancesField(name, target)
        case Search(), str() as target, True:
            return SearchField(name, target)
        case Lookup(), str() as target, False if hint.is_list:
            return LookupsField(name, target)
        case Lookup(), str() as target, False:
            return LookupField(name, target)
        case _:
            msg = (
                f"{cls.__name__}.{name}: a root field is a Connection[…] marked "
                "Instances(), or an optional node, or a list of them, marked Lookup(), "
                "or a SearchConnection[…] marked Search(), or Paths[…] marked "
                "Connecting()"
            )
            raise MappingError(msg)
