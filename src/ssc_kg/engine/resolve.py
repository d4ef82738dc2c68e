"""Mapped fields under Strawberry's own executor.

The root fields of an operation are answered by one plan, as a whole, before the
executor begins; mapped fields are then read off by response key. So a mixed operation
costs what a compiled one costs, and both answer alike.
"""

from collections.abc import Callable
from dataclasses import dataclass

import strawberry
from graphql import GraphQLError, GraphQLResolveInfo
from strawberry.extensions import SchemaExtension

from ssc_kg.compiler.json import Json, JsonObject, Path
from ssc_kg.compiler.plan import Plan
from ssc_kg.compiler.selection import is_introspection
from ssc_kg.compiler.shape import NULL_MESSAGE, Shaper
from ssc_kg.engine.execute import Execution
from ssc_kg.errors import KnowledgeGraphError


class Shaped(dict[str, Json]):
    """An object of the answer, keyed by response key, to which a type can be tied."""


@dataclass(frozen=True, slots=True)
class Resolution:
    """The answer to the mapped fields of an operation; the context of its execution."""

    root: JsonObject
    errors: dict[Path, GraphQLError]
    """What went wrong while shaping, to be raised where the executor comes by."""

    def read(self, parent: JsonObject, info: GraphQLResolveInfo[object]) -> Json:
        """Return the value of a field of an object of the answer.

        Raises:
            GraphQLError: The field has no value, and this is why.
        """
        if self.errors and (error := self.errors.get(tuple(info.path.as_list()))):
            raise GraphQLError(error.message, extensions=error.extensions)
        return parent[str(info.path.key)]


def resolve(schema: strawberry.Schema, plan: Plan, execution: Execution) -> Resolution:
    """Shape what a plan has found for an executor, which propagates nulls by itself."""

    def make(type_name: str) -> JsonObject:
        definition = schema.get_type_by_name(type_name) if type_name else None
        origin = getattr(definition, "origin", None)
        return strawberry.cast(origin, Shaped()) if origin else Shaped()

    shaper = Shaper(execution.fetches, execution.answers, make, nulls_propagate=False)
    root = shaper.shape(plan.template) or {}
    return Resolution(root, {tuple(e.path or ()): e for e in shaper.errors})


class MappedFields(SchemaExtension):
    """Resolves what the mapping covers; everything else goes its usual way."""

    def resolve(
        self,
        _next: Callable[..., object],
        root: object,
        info: GraphQLResolveInfo[object],
        *args: object,
        **kwargs: object,
    ) -> object:
        """Resolve one field."""
        if isinstance(info.context, Resolution):
            if isinstance(root, Shaped):
                return info.context.read(root, info)
            is_root = info.parent_type == info.schema.query_type
            if is_root and not is_introspection(info.field_name):
                return info.context.read(info.context.root, info)
        return _next(root, info, *args, **kwargs)


def is_unexpected(error: GraphQLError) -> bool:
    """Return whether an error says nothing that a client should read."""
    original = error.original_error
    if error.message.startswith(NULL_MESSAGE):
        return False
    return original is not None and not isinstance(
        original, GraphQLError | KnowledgeGraphError
    )
