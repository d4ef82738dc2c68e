"""A schema that answers operations, each from its text to its answer.

Query operations over mapped fields run through the compiled plan. Introspection and
whatever the compiler does not know run under Strawberry's own executor, whose mapped
fields are resolved by the same plans (`resolve`), so both paths answer alike.
"""

from collections.abc import (
    AsyncGenerator,
    Callable,
    Collection,
    Iterable,
    Sequence,
)
from contextlib import aclosing
from dataclasses import dataclass, replace
from functools import partial

import strawberry
from anyio import to_thread
from graphql import (
    DocumentNode,
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLObjectType,
    GraphQLSchema,
    OperationDefinitionNode,
    OperationType,
    get_operation_ast,
    get_variable_values,
)
from graphql.execution.values import VariableValues
from pyoxigraph import Triple
from strawberry.types import ExecutionResult

from ssc_kg.compiler.facts import Facts
from ssc_kg.compiler.json import JsonObject
from ssc_kg.compiler.lower import lower_nodes, lower_query
from ssc_kg.compiler.plan import Plan
from ssc_kg.compiler.selection import (
    TYPENAME,
    Reader,
    Selection,
    is_introspection,
)
from ssc_kg.compiler.shape import (
    BAD_USER_INPUT,
    Shaper,
)
from ssc_kg.engine.document import Document
from ssc_kg.engine.documents import Documents
from ssc_kg.engine.execute import Execution, execute
from ssc_kg.engine.graphql_errors import (
    RefusedError,
    coded,
    too_large,
    unknown_operation,
    unsupported,
    with_code,
)
from ssc_kg.engine.limits import DEFAULT_LIMITS, OperationLimits
from ssc_kg.engine.operation import Operation, Result
from ssc_kg.engine.patterns import refuse_patterns
from ssc_kg.engine.resolve import Context, Info, Shaped, shape
from ssc_kg.engine.searching import refuse_texts
from ssc_kg.engine.trace import Phase, Trace
from ssc_kg.errors import (
    MappingError,
    OperationTooLargeError,
)
from ssc_kg.mapping.model import LookupField, SchemaMap
from ssc_kg.rdf.languages import Languages
from ssc_kg.store.protocol import Store

_QUERY = (OperationType.QUERY,)
_SINGLE = (OperationType.QUERY, OperationType.MUTATION)
"""The kinds of operations that have one answer."""


class Engine:
    """A GraphQL schema that answers from a triple store.

    Attributes:
        schema: The schema for Strawberry's executor.
        graphql_schema: The same schema for graphql-core.
        mapping: What its types and fields mean in RDF.
        limits: How much one operation may ask for.
    """

    def __init__(
        self,
        schema: strawberry.Schema,
        graphql_schema: GraphQLSchema,
        mapping: SchemaMap,
        *,
        limits: OperationLimits = DEFAULT_LIMITS,
    ) -> None:
        self.schema = schema
        self.graphql_schema = graphql_schema
        self.mapping = mapping
        self.limits = limits
        roots = mapping.roots.items()
        lookups = {name for name, field in roots if isinstance(field, LookupField)}
        self._documents = Documents(graphql_schema, limits, lookups)

    def execute(
        self,
        operation: Operation,
        store: Store,
        *,
        trace: Trace | None = None,
        own: object = None,
    ) -> Result:
        """Run an operation over `store` and return its answer.

        Mistakes of the client come back as errors of the result. What is done is told
        to `trace` as well, which is what is left to look at if the store fails. The
        resolvers of fields that are not mapped find `own` in their context.

        Raises:
            StoreError: The store could not answer.
        """
        return self._answer(operation, store, trace or Trace(), own=own)

    def facts(
        self, operation: Operation, store: Store, *, trace: Trace | None = None
    ) -> Result:
        """Run an operation over `store` and return the facts that its answer shows.

        Introspection shows none, so what it asks for is left out of the answer.

        Raises:
            StoreError: The store could not answer.
        """
        return self._answer(operation, store, trace or Trace(), facts=Facts())

    async def subscribe(
        self, operation: Operation, store: Callable[[], Store], own: object
    ) -> AsyncGenerator[Result]:
        """Yield the answers to a subscription; its fields find `own` in their context.

        Nodes are read from what `store` gives when they are told of. Mistakes of the
        client come back as errors of the one result.
        """
        try:
            await to_thread.run_sync(self._check_subscription, operation)
        except RefusedError as error:
            yield Result(None, error.errors, is_executed=False)
            return
        answers = await self.schema.subscribe(
            operation.query,
            variable_values={**operation.variables},
            operation_name=operation.name,
            context_value=self._context(store, own, operation.languages),
        )
        async with aclosing(answers):
            async for answer in answers:
                yield _result(answer)

    def kind(self, operation: Operation) -> OperationType | None:
        """Return whether it is a query, a mutation or a subscription; None: unclear."""
        try:
            node = get_operation_ast(self._read(operation).node, operation.name)
        except RefusedError:
            return None
        return node.operation if node else None

    def is_quick(self, operation: Operation, store: Store) -> bool:
        """Return whether an operation is known, and takes less than to change threads.

        It does if its plan is kept, and is read from `store` without a query.
        """
        document = self._documents.known(operation.query)
        if document is None or not store.capabilities.matches_at_once:
            return False
        return document.plans.is_small(operation)

    def look_up(self, operation: Operation, store: Store) -> JsonObject | None:
        """Return the data of an operation that was answered before and is a look-up.

        None if it is none, if the data is unusual, or if the store is elsewhere; then
        `execute` answers it.
        """
        document = self._documents.known(operation.query)
        if document is None or not store.capabilities.matches_at_once:
            return None
        lookup = document.plans.lookup(operation)
        return None if lookup is None else lookup.read(store, operation.variables)

    def check(self, text: str) -> tuple[GraphQLError, ...]:
        """Return why no operation of a document could run, whatever its variables."""
        try:
            return tuple(self._documents.read(text, {}).errors)
        except RefusedError as error:
            return error.errors

    def plan(self, selections: Iterable[Selection], languages: Languages = ()) -> Plan:
        """Return the plan of the root fields of a query.

        Raises:
            OperationTooLargeError: It has too many lists and links.
        """
        root = self._root.name
        return lower_query(selections, self.mapping, root=root, languages=languages)

    def _answer(
        self,
        operation: Operation,
        store: Store,
        trace: Trace,
        *,
        facts: Facts | None = None,
        own: object = None,
    ) -> Result:
        try:
            planned = self._plan(operation, trace, _SINGLE if facts is None else _QUERY)
            context = self._context(lambda: store, own, operation.languages)
            return self._run(operation, planned, context, trace, facts)
        except RefusedError as error:
            return _refused(error.errors, trace)
        except OperationTooLargeError as error:
            return _refused((too_large(error),), trace)

    def _plan(
        self, operation: Operation, trace: Trace, kinds: Collection[OperationType]
    ) -> "_Planned":
        with trace.phase(Phase.READ):
            kept = self._find_plan(operation)
            if kept is not None:
                return _Planned(kept)
            document = self._read(operation)
            prepared = self._prepare(document, operation, kinds)
        if prepared.node.operation is OperationType.MUTATION:
            return _Planned(Plan((), ()), is_whole=False, is_lasting=False)
        with trace.phase(Phase.PLAN):
            selections = self._select(prepared)
            mapped = [one for one in selections if self._is_mapped(one.name)]
            plan = self.plan(mapped, operation.languages)
            if len(mapped) < len(selections):
                is_lasting = all(
                    self._is_mapped(one.name) or is_introspection(one.name)
                    for one in selections
                )
                return _Planned(plan, is_whole=False, is_lasting=is_lasting)
            document.plans.keep(operation, plan)
            return _Planned(plan)

    def _find_plan(self, operation: Operation) -> Plan | None:
        """Return a plan that is kept: of a document that was valid and small enough."""
        document = self._documents.known(operation.query)
        return None if document is None else document.plans.find(operation)

    def _is_mapped(self, root_field: str) -> bool:
        return self.mapping.root(root_field) is not None or root_field == TYPENAME

    def _run(
        self,
        operation: Operation,
        planned: "_Planned",
        context: Context[object],
        trace: Trace,
        facts: Facts | None,
    ) -> Result:
        with trace.phase(Phase.STORE):
            store = context.store()
            plan = refuse_patterns(refuse_texts(planned.plan, store), store)
            execution = execute(plan, store, trace.levels)
        with trace.phase(Phase.SHAPE):
            if facts is None and not planned.is_whole:
                root = shape(self.schema, plan, execution)
                answer = self._delegate(operation, replace(context, root=root))
            else:
                answer = _shape(plan, execution, facts)
        return Result(
            answer.data,
            answer.errors,
            facts=answer.facts,
            levels=tuple(trace.levels),
            seconds=trace.seconds,
            is_lasting=planned.is_lasting,
        )

    def _delegate(self, operation: Operation, context: Context[object]) -> Result:
        """Answer under Strawberry's executor, with what the plan has found."""
        answer = self.schema.execute_sync(
            operation.query,
            variable_values=dict(operation.variables),
            operation_name=operation.name,
            context_value=context,
        )
        return _result(answer)

    def _context(
        self, store: Callable[[], Store], own: object, languages: Languages
    ) -> Context[object]:
        return Context(
            own,
            store,
            self.schema,
            self.mapping,
            partial(self._plan_nodes, languages),
            Shaped(),
        )

    def _plan_nodes(
        self, languages: Languages, info: Info, target: str, iris: Sequence[str]
    ) -> Plan:
        """Return the plan of what a field asks of nodes that a resolver gave back."""
        variables = VariableValues(
            sources={},
            coerced=info.variable_values,  # type: ignore[arg-type]  # what it really is
        )
        reader = Reader(self.graphql_schema, info.fragments, variables)
        return lower_nodes(
            reader.read_below(target, info.field_nodes),
            self.mapping,
            target=target,
            iris=iris,
            node=info.field_nodes[0],
            languages=languages,
        )

    @property
    def _root(self) -> GraphQLObjectType:
        root = self.graphql_schema.query_type
        if root is None:
            msg = "the schema has no query type"
            raise MappingError(msg)
        return root

    def _read(self, operation: Operation) -> Document:
        return self._documents.read(operation.query, operation.variables)

    def _check_subscription(self, operation: Operation) -> None:
        self._prepare(
            self._read(operation),
            operation,
            (OperationType.SUBSCRIPTION,),
        )

    def _prepare(
        self,
        document: Document,
        operation: Operation,
        kinds: Collection[OperationType],
    ) -> "_Prepared":
        """Return the operation with its variables, ready to be read."""
        if document.errors:
            code = "GRAPHQL_VALIDATION_FAILED"
            raise RefusedError(*(coded(error, code) for error in document.errors))
        node = get_operation_ast(document.node, operation.name)
        if node is None:
            raise RefusedError(unknown_operation(operation.name))
        if node.operation not in kinds:
            raise RefusedError(unsupported(node))
        variables = get_variable_values(
            self.graphql_schema,
            node.variable_definitions or (),
            {**operation.variables},
        )
        if not isinstance(variables, VariableValues):
            raise RefusedError(*(coded(error, BAD_USER_INPUT) for error in variables))
        return _Prepared(document.node, node, variables)

    def _select(self, prepared: "_Prepared") -> tuple[Selection, ...]:
        fragments = {
            definition.name.value: definition
            for definition in prepared.document.definitions
            if isinstance(definition, FragmentDefinitionNode)
        }
        reader = Reader(self.graphql_schema, fragments, prepared.variables)
        try:
            return reader.read(self._root, prepared.node.selection_set)
        except GraphQLError as error:
            # A null variable in a place that takes none: valid until it has a value.
            raise RefusedError(coded(error, BAD_USER_INPUT)) from None


@dataclass(frozen=True, slots=True)
class _Planned:
    """The plan of an operation."""

    plan: Plan
    is_whole: bool = True
    """Whether it answers all that was asked; the rest is for Strawberry's executor."""
    is_lasting: bool = True
    """Whether the rest, if any, asks about the schema only."""


@dataclass(frozen=True, slots=True)
class _Prepared:
    """An operation that is ready to be planned."""

    document: DocumentNode
    node: OperationDefinitionNode
    variables: VariableValues


def _shape(plan: Plan, execution: Execution, facts: Facts | None) -> Result:
    shaper = Shaper(execution.fetches, execution.answers, execution.paths, facts=facts)
    data = shaper.shape(plan.template)
    shown = frozenset[Triple]() if facts is None else facts.triples()
    return Result(data, tuple(shaper.errors), facts=shown)


def _refused(errors: tuple[GraphQLError, ...], trace: Trace) -> Result:
    levels, seconds = tuple(trace.levels), trace.seconds
    return Result(None, errors, is_executed=False, levels=levels, seconds=seconds)


def _result(answer: ExecutionResult) -> Result:
    return Result(answer.data, tuple(map(with_code, answer.errors or ())))
