"""Nodes that a resolver gives back by their IRIs.

A resolver that the mapping does not cover, of a mutation, a subscription or a computed
field, has no values of a node to give, only the node itself:

    @strawberry.mutation
    def lend(self, id: strawberry.ID) -> Book:
        ...
        return reference(Book, id)

What was asked of the node is then read by one plan, as it is for any other.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from ssc_kg.errors import MappingError
from ssc_kg.mapping.declare import is_mapped

_Node = TypeVar("_Node")


@dataclass(frozen=True, slots=True)
class Reference:
    """A node by its IRI."""

    type_name: str
    """The GraphQL type that it is declared to be of: an object type or interface."""
    iri: str


def reference(cls: type[_Node], iri: str) -> _Node:
    """Return the node with an IRI, for a resolver that is declared to return a `cls`.

    It is null if the store has no such node of that type. Typed as the node that it
    stands for, which is what the resolver says it returns.

    Raises:
        MappingError: The class is not marked by `maps`.
    """
    if not is_mapped(cls):
        msg = f"{cls.__name__} is not mapped, so nothing can be read of {iri}"
        raise MappingError(msg)
    return Reference(cls.__name__, iri)  # type: ignore[return-value]  # it stands for it


def references_in(value: object) -> Sequence[Reference] | None:
    """Return the references of a value, if it is one, or a list of nothing else."""
    match value:
        case Reference():
            return [value]
        case [Reference(), *_]:
            return [each for each in value if isinstance(each, Reference)]
        case _:
            return None
