"""The evidence of a node for what some of its fields show."""

from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode

from ssc_kg.compiler.conditions import Among, Condition, HasValue
from ssc_kg.errors import ConditionError
from ssc_kg.mapping.model import LinkField, Reification, TypeMap, ValueField

FIELDS = "fields"
"""The argument that names the fields."""


def speaks_of_node(link: LinkField, terms: Reification | None) -> bool:
    """Return whether a link leads from a node to what speaks of its own links."""
    is_subject = terms is not None and link.property == terms.subject
    return is_subject and link.inverse and not link.closure


def of_fields(
    names: Iterable[str], types: Iterable[TypeMap], terms: Reification
) -> Condition:
    """Return the condition on evidence that it is about one of some fields.

    Args:
        names: The names of the fields.
        types: The object types that the node may have.
        terms: How evidence names what it is about.

    Raises:
        ConditionError: A name is of no field that the evidence of the node is about.
    """
    several = tuple(types)
    found = {iri for name in names for iri in _properties(name, several)}
    predicate = ValueField("predicate", terms.predicate)
    iris = tuple(Literal(iri.value) for iri in sorted(found, key=str))
    return HasValue(predicate, (Among(iris),))


def _properties(name: str, types: Iterable[TypeMap]) -> set[NamedNode]:
    found = set[NamedNode]()
    for type_ in types:
        match type_.fields.get(name):
            case ValueField(property=own):
                found.add(own)
            case LinkField(property=own, inverse=False, closure=()):
                found.add(own)
            case _:
                pass
    if not found:
        expected = "the name of a field that shows what is stated of the node itself"
        raise ConditionError(FIELDS, name, expected)
    return found
