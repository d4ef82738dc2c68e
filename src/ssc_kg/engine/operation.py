"""What a client sends and what it gets."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from graphql import GraphQLError
from pyoxigraph import Triple

from ssc_kg.compiler.json import JsonObject
from ssc_kg.compiler.shape import BAD_USER_INPUT
from ssc_kg.engine.graphql_errors import formatted
from ssc_kg.engine.trace import Level, Phase
from ssc_kg.errors import IncompleteAnswerError, OperationRefusedError
from ssc_kg.rdf.languages import Languages


@dataclass(frozen=True, slots=True)
class Operation:
    """What a client sends (GraphQL over HTTP, section 5.3)."""

    query: str
    variables: Mapping[str, object] = field(default_factory=dict)
    name: str | None = None
    languages: Languages = ()
    """In which texts are shown, unless a field asks for others."""


@dataclass(frozen=True, slots=True)
class Result:
    """What a client gets.

    Attributes:
        data: The answer; None when a required value is missing or nothing was run.
        errors: What went wrong, each with a code in its extensions.
        is_executed: False when the operation was refused before it was run; then an
            answer has no `data` at all.
        levels: How the answer was found, one for each SPARQL query.
        seconds: How long each phase took, of those that were reached.
        facts: What the answer says, if that was asked for.
        is_lasting: Whether only the store and the schema decide the answer, so that it
            stays right as long as they do; not if a resolver of the schema's own, or
            a mutation, took part.
    """

    data: JsonObject | None
    errors: tuple[GraphQLError, ...] = ()
    is_executed: bool = True
    levels: tuple[Level, ...] = ()
    seconds: Mapping[Phase, float] = field(default_factory=dict)
    facts: frozenset[Triple] = frozenset()
    is_lasting: bool = False

    def body(self) -> JsonObject:
        """Return the response as the specification words it (section 7.1)."""
        body: JsonObject = {}
        if self.errors:
            body["errors"] = [formatted(error) for error in self.errors]
        if self.is_executed:
            body["data"] = self.data
        return body

    def require_data(self) -> None:
        """Check that something is left of the answer.

        Raises:
            OperationRefusedError: It is not run, or an argument leaves nothing of it.
            IncompleteAnswerError: The data leaves nothing of it.
        """
        if self.data is not None:
            return
        codes = [(error.extensions or {}).get("code") for error in self.errors]
        messages = [error.message for error in self.errors]
        if self.is_executed and BAD_USER_INPUT not in codes:
            raise IncompleteAnswerError(messages)
        raise OperationRefusedError(messages)
