"""Evidence on edges, in a schema that has something that speaks of links.

The classes of connections and edges are shared by all schemas. So the field is not
declared there, but given to the edges of one schema while that is built.
"""

from collections.abc import Callable, Collection, Mapping, Sequence

import strawberry
from graphql import GraphQLSchema
from strawberry.annotation import StrawberryAnnotation
from strawberry.extensions import SchemaExtension
from strawberry.types import get_object_definition
from strawberry.types.arguments import StrawberryArgument
from strawberry.types.base import StrawberryObjectDefinition
from strawberry.types.field import StrawberryField

from ssc_kg.compiler.evidence import FIELDS
from ssc_kg.engine.connections import Connection, page_field
from ssc_kg.engine.inputs import Inputs, list_arguments

OF_EDGE = (
    "The evidence for the link that led to the node; none at the root, and none for a "
    "transitive field, which may lead over several links."
)
_FIELDS = (
    "Show only the evidence for what these fields of the node show, as in "
    '`fields: ["name"]`; none for one that follows a property backwards, of which the '
    "other node has the evidence."
)
OF_HOP = "The evidence for the link."


def evidence_field(cls: type, inputs: Inputs, description: str) -> StrawberryField:
    """Return the field that lists what speaks of a link, nodes of a mapped class."""
    found = page_field(description)
    found.python_name = "evidence"
    found.type_annotation = StrawberryAnnotation(Connection[cls])  # type: ignore[valid-type]  # made at run time
    found.arguments = list_arguments(found.arguments, cls.__name__, inputs)
    return found


def add_fields_argument(cls: type, attributes: Collection[str]) -> None:
    """Give the connections of a Strawberry type the argument that names fields.

    Args:
        cls: The type.
        attributes: Those that list what speaks of the links of the node itself.
    """
    for field_ in get_object_definition(cls, strict=True).fields:
        if field_.python_name in attributes:
            made = StrawberryArgument(
                FIELDS,
                None,
                StrawberryAnnotation(list[str] | None),
                description=_FIELDS,
                default=strawberry.UNSET,
            )
            others = [each for each in field_.arguments if each.python_name != FIELDS]
            field_.arguments = [made, *others]


class MappedSchema(strawberry.Schema):
    """A schema in which some classes have more fields than are declared."""

    def __init__(
        self,
        query: type,
        *,
        mutation: type | None,
        subscription: type | None,
        types: Sequence[type],
        extensions: Sequence[Callable[[], SchemaExtension]],
        more: Mapping[type, Sequence[StrawberryField]],
    ) -> None:
        # Strawberry asks for the fields while the schema is made.
        self._more = more
        super().__init__(
            query,
            mutation=mutation,
            subscription=subscription,
            types=types,
            extensions=extensions,
        )

    @property
    def definition(self) -> GraphQLSchema:
        """The schema as graphql-core knows it."""
        return self._schema

    def get_fields(
        self, type_definition: StrawberryObjectDefinition
    ) -> list[StrawberryField]:
        """Return the fields of a type, also of one made of a generic class."""
        declared = type_definition.concrete_of or type_definition
        fields = super().get_fields(type_definition)
        return [*fields, *self._more.get(declared.origin, ())]
