"""Mapped fields under Strawberry's own executor.

The mapped root fields of an operation are answered by one plan, as a whole, before the
executor begins. A node that another resolver gives back (`references`) is answered by
one plan rooted there. Either way mapped fields are then read off by response key, so
both executors answer alike, and none asks the store field by field.
"""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from inspect import isawaitable
from typing import Generic, TypeVar

import strawberry
from anyio import to_thread
from graphql import GraphQLError, GraphQLResolveInfo
from strawberry.extensions import SchemaExtension

from ssc_kg.compiler.json import Json, JsonObject
from ssc_kg.compiler.plan import Plan
from ssc_kg.compiler.shape import NULL_MESSAGE, Shaper
from ssc_kg.engine.execute import Execution, execute
from ssc_kg.engine.graphql_errors import too_large
from ssc_kg.engine.patterns import refuse_patterns
from ssc_kg.engine.references import Reference, references_in
from ssc_kg.errors import KnowledgeGraphError, OperationTooLargeError
from ssc_kg.mapping.model import SchemaMap
from ssc_kg.store.protocol import Store

_Own = TypeVar("_Own")
Info = GraphQLResolveInfo[object]
PlanNodes = Callable[[Info, str, Sequence[str]], Plan]
"""Plans what a field asks of nodes of a type, given their IRIs."""


class Shaped(dict[str, Json]):
    """An object of the answer, keyed by response key, to which a type can be tied."""

    def __init__(self) -> None:
        super().__init__()
        self.errors: dict[str, GraphQLError] = {}
        """What went wrong while shaping, to be raised where the executor comes by."""

    def read(self, info: Info) -> Json:
        """Return the value of a field.

        Raises:
            GraphQLError: The field has no value, and this is why.
        """
        key = str(info.path.key)
        if error := self.errors.get(key):
            raise GraphQLError(error.message, extensions=error.extensions)
        return self[key]


@dataclass(frozen=True, slots=True)
class Context(Generic[_Own]):
    """What resolvers find in `info.context`.

    Attributes:
        own: What the caller gave for the resolvers of its schema.
        store: Gives the store that nodes are read from.
    """

    own: _Own
    store: Callable[[], Store]
    schema: strawberry.Schema
    mapping: SchemaMap
    plan_nodes: PlanNodes
    root: Shaped
    """The answers to the mapped root fields."""

    def resolve(
        self, parent: object, info: Info, go_on: Callable[[], object]
    ) -> object:
        """Return the value of a field; `go_on` asks the schema's own resolver."""
        if isinstance(parent, Shaped):
            return parent.read(info)
        is_root = info.parent_type == info.schema.query_type
        if is_root and self.mapping.root(info.field_name) is not None:
            return self.root.read(info)
        value = go_on()
        return (
            self._await(value, info) if isawaitable(value) else self._fill(value, info)
        )

    async def _await(self, value: Awaitable[object], info: Info) -> object:
        return await to_thread.run_sync(self._fill, await value, info)

    def _fill(self, value: object, info: Info) -> object:
        """Read what was asked of the nodes in a value, if it holds any."""
        references = references_in(value)
        if references is None:
            return value
        try:
            nodes = self._read(references, info)
        except OperationTooLargeError as error:
            raise too_large(error) from None
        return nodes[0] if isinstance(value, Reference) else nodes

    def _read(self, references: Sequence[Reference], info: Info) -> Sequence[Json]:
        store, found = self.store(), dict[Reference, Json]()
        for name in {each.type_name for each in references}:
            same = [each for each in references if each.type_name == name]
            plan = self.plan_nodes(info, name, [each.iri for each in same])
            plan = refuse_patterns(plan, store)
            root = shape(self.schema, plan, execute(plan, store))
            [(key, nodes)] = root.items()
            if key in root.errors:
                error = root.errors[key]
                raise GraphQLError(error.message, extensions=error.extensions)
            found.update(
                zip(same, nodes if isinstance(nodes, list) else (), strict=True)
            )
        return [found[each] for each in references]


def shape(schema: strawberry.Schema, plan: Plan, execution: Execution) -> Shaped:
    """Shape what a plan has found for an executor, which propagates nulls by itself."""

    def make(type_name: str) -> JsonObject:
        definition = schema.get_type_by_name(type_name) if type_name else None
        origin = getattr(definition, "origin", None)
        return strawberry.cast(origin, Shaped()) if origin else Shaped()

    shaper = Shaper(
        execution.fetches,
        execution.answers,
        execution.paths,
        make,
        nulls_propagate=False,
    )
    root = shaper.shape(plan.template)
    if not isinstance(root, Shaped):
        return Shaped()
    for error in shaper.errors:
        *path, key = error.path or ("",)
        owner = _find(root, path)
        if isinstance(owner, Shaped):
            owner.errors[str(key)] = error
    return root


def _find(place: Json, path: Iterable[str | int]) -> Json:
    """Return what stands at a path."""
    for step in path:
        match place, step:
            case dict(), str():
                place = place[step]
            case list(), int():
                place = place[step]
            case _:
                return None
    return place


class MappedFields(SchemaExtension):
    """Resolves what the mapping covers; everything else goes its usual way."""

    def resolve(
        self,
        _next: Callable[..., object],
        root: object,
        info: Info,
        *args: object,
        **kwargs: object,
    ) -> object:
        """Resolve one field."""

        def go_on() -> object:
            return _next(root, info, *args, **kwargs)

        context = info.context
        return (
            context.resolve(root, info, go_on)
            if isinstance(context, Context)
            else go_on()
        )


def is_unexpected(error: GraphQLError) -> bool:
    """Return whether an error says nothing that a client should read."""
    original = error.original_error
    if error.message.startswith(NULL_MESSAGE):
        return False
    return original is not None and not isinstance(
        original, GraphQLError | KnowledgeGraphError
    )
