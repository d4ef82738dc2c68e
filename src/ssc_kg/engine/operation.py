"""One GraphQL operation, from its text to its answer.

Query operations over mapped fields run through the compiled plan. Introspection and
whatever the compiler does not know run under Strawberry's own executor, whose mapped
fields are resolved by the same plans (`resolve`), so both paths answer alike.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import strawberry
from graphql import (
    DocumentNode,
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLSyntaxError,
    OperationDefinitionNode,
    OperationType,
    build_schema,
    get_operation_ast,
    get_variable_values,
    parse,
    validate,
)
from graphql.execution.values import VariableValues

from ssc_kg.compiler.lower import lower_query
from ssc_kg.compiler.plan import Plan
from ssc_kg.compiler.selection import INTROSPECTION, TYPENAME, Reader, Selection
from ssc_kg.compiler.shape import (
    BAD_USER_INPUT,
    INCOMPLETE_DATA,
    NULL_MESSAGE,
    Json,
    JsonObject,
    Shaper,
)
from ssc_kg.engine.execute import Level, execute
from ssc_kg.engine.resolve import INTERNAL, TOO_LARGE, Resolution
from ssc_kg.errors import MappingError, OperationTooLargeError
from ssc_kg.mapping.model import SchemaMap
from ssc_kg.store.protocol import Store

MAXIMUM_TOKENS = 10_000
"""The most tokens of a document; parsing stops there."""
_CACHED_DOCUMENTS = 256


@dataclass(frozen=True, slots=True)
class Operation:
    """What a client sends (GraphQL over HTTP, section 5.3)."""

    query: str
    variables: Mapping[str, object] = field(default_factory=dict)
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """What a client gets.

    Attributes:
        data: The answer; None when a required value is missing or nothing was run.
        errors: What went wrong, each with a code in its extensions.
        is_executed: False when the operation was refused before it was run; then an
            answer has no `data` at all.
        levels: How the answer was found, one for each SPARQL query.
    """

    data: JsonObject | None
    errors: tuple[GraphQLError, ...] = ()
    is_executed: bool = True
    levels: tuple[Level, ...] = ()

    def body(self) -> JsonObject:
        """Return the response as the specification words it (section 7.1)."""
        body: JsonObject = {}
        if self.errors:
            body["errors"] = [_formatted(error) for error in self.errors]
        if self.is_executed:
            body["data"] = self.data
        return body


def as_clients_see_it(schema: strawberry.Schema) -> GraphQLSchema:
    """Return the schema that introspection would show, as a graphql-core schema."""
    # Strawberry keeps its graphql-core schema to itself. The one read from the SDL has
    # the same types and arguments, and cannot show more than clients know.
    visible: GraphQLSchema = build_schema(schema.as_str())
    return visible


class Engine:
    """A GraphQL schema that answers from a triple store.

    Attributes:
        schema: The schema for Strawberry's executor.
        graphql_schema: The same schema as clients see it.
        mapping: What its types and fields mean in RDF.
    """

    def __init__(self, schema: strawberry.Schema, mapping: SchemaMap) -> None:
        self.schema = schema
        self.graphql_schema = as_clients_see_it(schema)
        self.mapping = mapping
        self._prepare = lru_cache(maxsize=_CACHED_DOCUMENTS)(self._prepare_document)

    def execute(self, operation: Operation, store: Store) -> Result:
        """Run an operation over `store` and return its answer.

        Mistakes of the client come back as errors of the result.

        Raises:
            StoreError: The store could not answer.
        """
        document = self._prepare(operation.query)
        if isinstance(document, Result):
            return document
        node = get_operation_ast(document, operation.name)
        if node is None:
            return _refused([_unknown_operation(operation.name)])
        variables = get_variable_values(
            self.graphql_schema,
            node.variable_definitions or (),
            {**operation.variables},
        )
        if not isinstance(variables, VariableValues):
            return _refused([_coded(error, BAD_USER_INPUT) for error in variables])
        return self._run(operation, _Prepared(document, node, variables), store)

    def plan(self, selections: tuple[Selection, ...]) -> Plan:
        """Return the plan of the root fields of a query."""
        return lower_query(selections, self.mapping, root=self._root.name)

    def _run(self, operation: Operation, prepared: "_Prepared", store: Store) -> Result:
        if prepared.node.operation is not OperationType.QUERY:
            return self._delegate(operation, prepared.variables, store)
        try:
            selections = self._read(prepared)
            if any(_is_introspection(selection) for selection in selections):
                return self._delegate(operation, prepared.variables, store)
            plan = self.plan(selections)
        except OperationTooLargeError as error:
            return _refused([_too_large(error)])
        except GraphQLError as error:
            # A null variable in a place that takes none: valid until it has a value.
            return _refused([_coded(error, BAD_USER_INPUT)])
        execution = execute(plan, store)
        shaper = Shaper(execution.fetches, execution.answers)
        data = shaper.shape(plan.template)
        return Result(data, tuple(shaper.errors), levels=execution.levels)

    def _read(self, prepared: "_Prepared") -> tuple[Selection, ...]:
        fragments = {
            definition.name.value: definition
            for definition in prepared.document.definitions
            if isinstance(definition, FragmentDefinitionNode)
        }
        reader = Reader(self.graphql_schema, fragments, prepared.variables)
        return reader.read(self._root, prepared.node.selection_set)

    @property
    def _root(self) -> GraphQLObjectType:
        root = self.graphql_schema.query_type
        if root is None:
            msg = "the schema has no query type"
            raise MappingError(msg)
        return root

    def _delegate(
        self, operation: Operation, variables: VariableValues, store: Store
    ) -> Result:
        """Run an operation under Strawberry's executor."""
        resolution = Resolution(
            self.schema, self.graphql_schema, self.plan, variables, store
        )
        answer = self.schema.execute_sync(
            operation.query,
            variable_values=dict(operation.variables),
            operation_name=operation.name,
            context_value=resolution,
        )
        errors = tuple(_with_code(error) for error in answer.errors or ())
        return Result(answer.data, errors, levels=tuple(resolution.levels))

    def _prepare_document(self, text: str) -> "DocumentNode | Result":
        """Return the parsed and valid document, or why there is none."""
        try:
            document = parse(
                text, max_tokens=MAXIMUM_TOKENS, allow_empty_selection_sets=False
            )
        except GraphQLSyntaxError as error:
            return _refused([_coded(error, "GRAPHQL_PARSE_FAILED")])
        errors = validate(self.graphql_schema, document)
        if errors:
            return _refused(
                [_coded(error, "GRAPHQL_VALIDATION_FAILED") for error in errors]
            )
        return document


@dataclass(frozen=True, slots=True)
class _Prepared:
    """An operation that is ready to be planned."""

    document: DocumentNode
    node: OperationDefinitionNode
    variables: VariableValues


def _is_introspection(selection: Selection) -> bool:
    return selection.name.startswith(INTROSPECTION) and selection.name != TYPENAME


def _refused(errors: Sequence[GraphQLError]) -> Result:
    return Result(None, tuple(errors), is_executed=False)


def _unknown_operation(name: str | None) -> GraphQLError:
    message = (
        "The document has several operations, or none; say which by operationName."
        if name is None
        else f"The document has no operation named {name!r}."
    )
    return GraphQLError(message, extensions={"code": "OPERATION_RESOLUTION_FAILURE"})


def _too_large(error: OperationTooLargeError) -> GraphQLError:
    return GraphQLError(str(error), extensions={"code": TOO_LARGE})


def _coded(error: GraphQLError, code: str) -> GraphQLError:
    return GraphQLError(
        error.message,
        error.nodes,
        error.source,
        error.positions,
        error.path,
        extensions={"code": code},
    )


def _with_code(error: GraphQLError) -> GraphQLError:
    if error.extensions and "code" in error.extensions:
        return error
    is_incomplete = error.message.startswith(NULL_MESSAGE)
    return _coded(error, INCOMPLETE_DATA if is_incomplete else INTERNAL)


def _formatted(error: GraphQLError) -> Json:
    formatted = error.formatted
    shown: JsonObject = {"message": formatted["message"]}
    if "locations" in formatted:
        shown["locations"] = [
            {"line": place["line"], "column": place["column"]}
            for place in formatted["locations"]
        ]
    if "path" in formatted:
        shown["path"] = [*formatted["path"]]
    shown["extensions"] = {**formatted.get("extensions", {})}
    return shown
