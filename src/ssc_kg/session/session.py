"""A graph that is open for questions."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import TracebackType
from typing import Self, TypeAlias

from pyoxigraph import Literal, NamedNode

from ssc_kg import resources
from ssc_kg.catalogue.choices import read_values
from ssc_kg.catalogue.questions import Question, find_question, read_questions
from ssc_kg.errors import ConfigurationError, OperationFailedError
from ssc_kg.session.local import Local
from ssc_kg.session.remote import Remote
from ssc_kg.session.result import Result
from ssc_kg.session.source import READABLE, Source
from ssc_kg.settings import read_settings
from ssc_kg.sparql.values import replace_terms

Parameter: TypeAlias = NamedNode | Literal | str | bool | int | float | Decimal | date
"""What a parameter of a question may be given as; a text is read by its type."""


def open_session(
    data_dir: str | Path | None = None,
    *,
    endpoint: str | None = None,
    version: int | None = None,
    seconds: float | None = None,
) -> "Session":
    """Return a session of what `open_source` opens."""
    source = open_source(data_dir, endpoint=endpoint, version=version, seconds=seconds)
    return Session(source)


def open_source(
    data_dir: str | Path | None = None,
    *,
    endpoint: str | None = None,
    version: int | None = None,
    seconds: float | None = None,
) -> Source:
    """Return a data directory or a server; `ssc_kg.open` says what is what.

    Raises:
        ConfigurationError: The directory has no version yet, or is named beside a
            server.
        NotADataDirectoryError: The directory is something else.
        UnknownVersionError: The version was never published, or was pruned.
        EndpointError: The endpoint is no address of a server.
    """
    if endpoint is None:
        settings = read_settings(data_dir=data_dir, query_seconds=seconds)
        return Local(settings, version=version)
    if data_dir is not None or version is not None:
        msg = "name a data directory and its version, or an endpoint, not both"
        raise ConfigurationError(msg)
    return Remote(endpoint, seconds=seconds)


class Session:
    """A graph that is open for questions, until it is closed.

    It may be used in several threads; a local one answers one SPARQL query at a time.
    """

    def __init__(self, source: Source) -> None:
        self._source = source

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<Session: {self._source!r}>"

    def sparql(self, text: str, *, labels: bool | str = False) -> Result:
        """Answer a SPARQL query; the prefixes of this project need no declaration.

        Args:
            text: The query.
            labels: Whether a column of names follows each column of IRIs; or in which
                languages, as in Accept-Language: "fr, en".

        Raises:
            QuerySyntaxError: The text does not parse.
            QueryRefusedError: It is not run here: an update, SERVICE.
            QueryTimedOutError: It was stopped at the time limit.
            QueryTooLargeError: It took too much memory, or its answer is too large.
            StoreError: The store could not answer, or the server not be reached.
        """
        languages = "" if labels is True else labels or None
        with self._source.ask(text, READABLE, labels=languages) as reply:
            return Result(b"".join(reply.chunks), reply.format, reply.hints)

    def query(
        self, slug: str, /, *, labels: bool | str = False, **params: Parameter
    ) -> Result:
        """Answer a question of the catalogue, with other values than its defaults.

            graph.query("goals-of-an-agreement", agreement="https://w3id.org/…")

        Args:
            slug: The name of the question.
            labels: As for `sparql`.
            params: The values.

        Raises:
            UnknownQuestionError: There is none of that name.
            UnknownParameterError: The question has no parameter of a name.
            ParameterValueError: A value is not of its parameter's type, or the data has
                others for it.
            ConfigurationError: It is asked in GraphQL only.
            StoreError: As `sparql` raises it.
        """
        question = find_question(resources.QUERIES, slug)
        if question.sparql is None:
            msg = (
                f"{slug} is asked in GraphQL only; the question that questions() lists "
                "has the operation as its .graphql, for graphql()"
            )
            raise ConfigurationError(msg)
        texts = {name: _spell(value) for name, value in params.items()}
        values = read_values(
            question.parameters, texts, self._source.choices, slug=slug
        )
        return self.sparql(replace_terms(question.sparql, values), labels=labels)

    def graphql(
        self,
        text: str,
        variables: Mapping[str, object] | None = None,
        *,
        languages: str = "",
    ) -> dict[str, object]:
        """Answer a GraphQL operation with its data.

        Args:
            text: The operation.
            variables: Its variables.
            languages: In which texts are preferred, as in Accept-Language: "fr, en".

        Raises:
            OperationFailedError: The answer has errors; what is left of it comes along.
            LanguagesError: The languages are no list of these.
            StoreError: The store could not answer, or the server not be reached.
        """
        response = self._source.operate(text, variables or {}, languages)
        errors, data = response.get("errors", []), response.get("data")
        if isinstance(errors, list) and not errors and isinstance(data, dict):
            return data
        raise OperationFailedError(errors if isinstance(errors, list) else [], data)

    def questions(self) -> list[Question]:
        """Return the questions of the catalogue, with their parameters."""
        return read_questions(resources.QUERIES)

    def close(self) -> None:
        """Let go of the graph and end the worker; closing again does nothing."""
        self._source.close()


def _spell(value: Parameter) -> str:
    match value:
        case NamedNode() | Literal():
            return value.value
        case bool():
            return str(value).lower()
        case date():
            return value.isoformat()
        case _:
            return str(value)
