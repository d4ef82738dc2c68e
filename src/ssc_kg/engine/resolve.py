"""Mapped fields under Strawberry's own executor.

A root field is answered as a whole by its plan, so that a mixed operation costs what a
compiled one costs; the fields below it are then read off by response key.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

import strawberry
from graphql import GraphQLError, GraphQLObjectType, GraphQLResolveInfo, GraphQLSchema
from graphql.execution.values import VariableValues
from strawberry.extensions import SchemaExtension

from ssc_kg.compiler.plan import Plan
from ssc_kg.compiler.selection import INTROSPECTION, Reader, Selection
from ssc_kg.compiler.shape import NULL_MESSAGE, Json, JsonObject, Path, Shaper
from ssc_kg.engine.execute import Level, execute
from ssc_kg.errors import KnowledgeGraphError, OperationTooLargeError
from ssc_kg.store.protocol import Store

PlanQuery = Callable[[tuple[Selection, ...]], Plan]
TOO_LARGE = "OPERATION_TOO_LARGE"
"""The code of an operation that asks for more than one operation may."""
INTERNAL = "INTERNAL_SERVER_ERROR"
"""The code of an error that is ours."""


class Shaped(dict[str, Json]):
    """An object of the answer, keyed by response key, to which a type can be tied."""


@dataclass(slots=True)
class Resolution:
    """Resolves the mapped fields of one operation; the context of its execution."""

    schema: strawberry.Schema
    graphql_schema: GraphQLSchema
    plan: PlanQuery
    variables: VariableValues
    store: Store
    levels: list[Level] = field(default_factory=list)
    errors: dict[Path, GraphQLError] = field(default_factory=dict)
    """What went wrong while shaping, to be raised where the executor comes by."""

    def resolve_root(self, info: GraphQLResolveInfo[object]) -> Json:
        """Return the answer to a root field and all below it.

        Raises:
            GraphQLError: The field cannot be answered.
        """
        reader = Reader(self.graphql_schema, info.fragments, self.variables)
        selection = reader.read_field(self._query_type(), info.field_nodes)
        try:
            plan = self.plan((selection,))
        except OperationTooLargeError as error:
            raise GraphQLError(str(error), extensions={"code": TOO_LARGE}) from None
        execution = execute(plan, self.store)
        self.levels.extend(execution.levels)
        shaper = Shaper(
            execution.fetches, execution.answers, self._make, nulls_propagate=False
        )
        shaped = shaper.shape(plan.template) or {}
        self.errors.update((tuple(error.path or ()), error) for error in shaper.errors)
        return shaped[selection.key]

    def raise_error_at(self, info: GraphQLResolveInfo[object]) -> None:
        """Raise the error of this field, if it has one."""
        if self.errors and (error := self.errors.get(tuple(info.path.as_list()))):
            raise GraphQLError(error.message, extensions=error.extensions)

    def _query_type(self) -> GraphQLObjectType:
        query = self.graphql_schema.query_type
        if query is None:
            msg = "the schema has no query type"
            raise KnowledgeGraphError(msg)
        return query

    def _make(self, type_name: str) -> JsonObject:
        shaped = Shaped()
        definition = self.schema.get_type_by_name(type_name) if type_name else None
        origin = getattr(definition, "origin", None)
        return strawberry.cast(origin, shaped) if origin else shaped


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
        if not isinstance(info.context, Resolution):
            return _next(root, info, *args, **kwargs)
        if isinstance(root, Shaped):
            info.context.raise_error_at(info)
            return root[str(info.path.key)]
        is_introspection = info.field_name.startswith(INTROSPECTION)
        if info.parent_type == info.schema.query_type and not is_introspection:
            value = info.context.resolve_root(info)
            info.context.raise_error_at(info)
            return value
        return _next(root, info, *args, **kwargs)


def is_unexpected(error: GraphQLError) -> bool:
    """Return whether an error says nothing that a client should read."""
    original = error.original_error
    if error.message.startswith(NULL_MESSAGE):
        return False
    return original is not None and not isinstance(
        original, GraphQLError | KnowledgeGraphError
    )
