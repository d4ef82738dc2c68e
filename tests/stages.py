"""The compiler's stages, one at a time, for tests that look at what each makes."""

from collections.abc import Mapping

from graphql import (
    FragmentDefinitionNode,
    OperationDefinitionNode,
    get_variable_values,
    parse,
)
from graphql.execution.values import VariableValues

from ssc_kg.compiler.plan import Plan
from ssc_kg.compiler.selection import Reader, Selection
from ssc_kg.engine.engine import Engine


def read_selections(
    engine: Engine, text: str, variables: Mapping[str, object]
) -> tuple[Selection, ...]:
    definitions = parse(text).definitions
    [operation] = (d for d in definitions if isinstance(d, OperationDefinitionNode))
    fragments = {
        definition.name.value: definition
        for definition in definitions
        if isinstance(definition, FragmentDefinitionNode)
    }
    schema = engine.graphql_schema
    values = get_variable_values(
        schema, operation.variable_definitions or (), dict(variables)
    )
    assert isinstance(values, VariableValues)
    assert schema.query_type is not None
    reader = Reader(schema, fragments, values)
    return reader.read(schema.query_type, operation.selection_set)


def plan_of(engine: Engine, text: str, variables: Mapping[str, object]) -> Plan:
    return engine.plan(read_selections(engine, text, variables))
