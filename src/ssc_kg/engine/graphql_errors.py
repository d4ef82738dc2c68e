"""Errors as clients are told them: each with a code, none endless."""

from graphql import GraphQLError, OperationDefinitionNode

from ssc_kg.compiler.json import Json, JsonObject
from ssc_kg.compiler.shape import INCOMPLETE_DATA, NULL_MESSAGE
from ssc_kg.errors import OperationTooLargeError

INTERNAL = "INTERNAL_SERVER_ERROR"
"""The code of an error that is ours."""
TOO_LARGE = "OPERATION_TOO_LARGE"
"""The code of an operation that asks for more than one operation may."""
NOT_TOLD = "INTROSPECTION_DISABLED"
"""The code of a question about a schema that is not told."""
UNSUPPORTED = "OPERATION_NOT_SUPPORTED"
"""The code of an operation that has no single answer."""
_LONGEST = 1_000
"""The most characters of a message, which may repeat what a client sent."""


class RefusedError(Exception):
    """An operation that is not run; never leaves this package."""

    def __init__(self, *errors: GraphQLError) -> None:
        super().__init__(*errors)
        self.errors = errors


def unknown_operation(name: str | None) -> GraphQLError:
    """Return why no operation of a document can be chosen."""
    message = (
        "The document has several operations, or none; say which by operationName."
        if name is None
        else f"The document has no operation named {_shorten(repr(name))}."
    )
    return GraphQLError(message, extensions={"code": "OPERATION_RESOLUTION_FAILURE"})


def unsupported(node: OperationDefinitionNode) -> GraphQLError:
    """Return why an operation of another kind is not run."""
    message = f"A {node.operation.value} has no single answer that could be given here."
    return GraphQLError(message, node, extensions={"code": UNSUPPORTED})


def too_large(error: OperationTooLargeError) -> GraphQLError:
    """Return the limit that an operation is over."""
    extensions: dict[str, object] = {
        "code": TOO_LARGE,
        "limit": error.limit,
        "maximum": error.maximum,
    }
    if error.asked is not None:
        extensions["asked"] = error.asked
    return GraphQLError(str(error), extensions=extensions)


def _shorten(text: str) -> str:
    """Return a text as it can be shown: not endless, and half a pair as an escape."""
    cut = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
    return cut.encode(errors="backslashreplace").decode()


def coded(error: GraphQLError, code: str) -> GraphQLError:
    """Return an error with a code."""
    return GraphQLError(
        _shorten(error.message),
        error.nodes,
        error.source,
        error.positions,
        error.path,
        extensions={"code": code},
    )


def with_code(error: GraphQLError) -> GraphQLError:
    """Return an error of the executor with the code that it should have."""
    if error.extensions and "code" in error.extensions:
        return error
    is_incomplete = error.message.startswith(NULL_MESSAGE)
    return coded(error, INCOMPLETE_DATA if is_incomplete else INTERNAL)


def formatted(error: GraphQLError) -> Json:
    """Return an error as the specification words it (section 7.1.2)."""
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
