"""The parameters of a GraphQL operation: its variables, with their defaults."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias, assert_never

from graphql import (
    BooleanValueNode,
    FloatValueNode,
    GraphQLSyntaxError,
    IntValueNode,
    NonNullTypeNode,
    OperationDefinitionNode,
    StringValueNode,
    VariableDefinitionNode,
    get_operation_ast,
    parse,
    print_ast,
)

from ssc_kg.catalogue.heading import Declaration
from ssc_kg.catalogue.parameters import Parameter, ParameterType, read_value
from ssc_kg.errors import CatalogueError, ParameterValueError
from ssc_kg.sparql.algebra import Term

Value: TypeAlias = str | int | float | bool


def bind_variables(
    parameters: Iterable[Parameter], values: Mapping[str, Term]
) -> dict[str, Value]:
    """Return the variables of an operation; those without a value keep their default.

    An IRI is given in full, since GraphQL knows no prefixes.
    """
    return {
        parameter.name: _write(parameter.type, values[parameter.name].value)
        for parameter in parameters
        if parameter.name in values
    }


def read_operation_parameters(
    text: str, declarations: Sequence[Declaration], file: str
) -> tuple[Parameter, ...]:
    """Return the parameters of an operation, in the order of their declarations.

    Raises:
        CatalogueError: A parameter is no variable, or a variable no parameter; one has
            another type, no default, or one of another type; or the text is no
            operation.
    """
    variables = {
        variable.variable.name.value: variable
        for variable in _read_operation(text, file).variable_definitions or ()
    }
    names = {declaration.name for declaration in declarations}
    for name, variable in variables.items():
        if name not in names:
            reason = f"${name} needs a line `# @param {name} (type) What it is.`"
            raise CatalogueError(file, _line(variable), reason)
    return tuple(
        _read_parameter(declaration, variables.get(declaration.name), file)
        for declaration in declarations
    )


_TYPES: Mapping[ParameterType, str] = {
    ParameterType.IRI: "ID",
    ParameterType.STRING: "String",
    ParameterType.LANGUAGE: "String",
    ParameterType.INTEGER: "Int",
    ParameterType.DECIMAL: "Float",
    ParameterType.BOOLEAN: "Boolean",
    ParameterType.DATE: "String",
    ParameterType.YEAR: "Int",
}


def _write(type_: ParameterType, text: str) -> Value:
    match type_:
        case ParameterType.INTEGER | ParameterType.YEAR:
            return int(text)
        case ParameterType.DECIMAL:
            return float(text)
        case ParameterType.BOOLEAN:
            return text == "true"
        case (
            ParameterType.IRI
            | ParameterType.STRING
            | ParameterType.LANGUAGE
            | ParameterType.DATE
        ):
            return text
        case _:
            assert_never(type_)


def _read_operation(text: str, file: str) -> OperationDefinitionNode:
    try:
        operation = get_operation_ast(parse(text))
    except GraphQLSyntaxError as error:
        [place, *_] = error.locations or []
        raise CatalogueError(file, place.line, error.message) from error
    if operation is None:
        raise CatalogueError(file, 1, "it has several operations, or none")
    return operation


def _read_parameter(
    declaration: Declaration, variable: VariableDefinitionNode | None, file: str
) -> Parameter:
    name, type_ = declaration.name, declaration.type
    if variable is None:
        reason = f"{name} is no variable of the operation; add ${name}: {_TYPES[type_]}"
        raise CatalogueError(file, declaration.line, reason)
    _check_type(declaration, variable, file)
    text = _read_default(variable, file)
    try:
        default = read_value(name, type_, text)
    except ParameterValueError as error:
        raise CatalogueError(file, _line(variable), str(error)) from error
    if default.value != text:
        reason = f"{name} is {text!r}, but has to be {default.value!r}"
        raise CatalogueError(file, _line(variable), reason)
    return Parameter(name, type_, declaration.words, default, declaration.values)


def _check_type(
    declaration: Declaration, variable: VariableDefinitionNode, file: str
) -> None:
    written = variable.type
    named = written.type if isinstance(written, NonNullTypeNode) else written
    expected = _TYPES[declaration.type]
    if print_ast(named) != expected:
        reason = (
            f"${declaration.name} is {print_ast(written)}, but as a parameter that is"
            f" declared {declaration.type} has to be {expected}"
        )
        raise CatalogueError(file, _line(variable), reason)


def _read_default(variable: VariableDefinitionNode, file: str) -> str:
    match variable.default_value:
        case BooleanValueNode(value=is_true):
            return "true" if is_true else "false"
        case IntValueNode() | FloatValueNode() | StringValueNode() as node:
            return node.value
        case _:
            name = variable.variable.name.value
            reason = f"${name} needs one value as its default"
            raise CatalogueError(file, _line(variable), reason)


def _line(variable: VariableDefinitionNode) -> int:
    return 1 if variable.loc is None else variable.loc.start_token.line
