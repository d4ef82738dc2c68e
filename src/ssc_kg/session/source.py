"""What answers a session, here or elsewhere."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol, TypeAlias

from ssc_kg.catalogue.choices import Choices
from ssc_kg.catalogue.parameters import Parameter
from ssc_kg.formats.table import (
    N_TRIPLES,
    RDF_FORMATS,
    RESULT_FORMATS,
    RESULTS_JSON,
    Format,
)

GraphQLResponse: TypeAlias = Mapping[str, object]
"""What an operation is answered with (GraphQL, section 7.1)."""
READABLE = (RESULTS_JSON, N_TRIPLES)
"""The format of a table and that of a graph which keep all of what they hold."""
WRITABLE = (*RESULT_FORMATS, *RDF_FORMATS)
"""Every format of an answer."""


@dataclass(frozen=True, slots=True)
class Reply:
    """The answer to a query."""

    format: Format
    chunks: Iterator[bytes]
    """Its bytes, as they are made. To read on raises what asking would have raised."""
    hints: tuple[str, ...] = ()
    """What the query probably does not mean, a sentence each."""


class Source(Protocol):
    """A graph that can be asked."""

    def ask(
        self, text: str, offered: Sequence[Format], *, labels: str | None = None
    ) -> AbstractContextManager[Reply]:
        """Answer a SPARQL query, in the first of the formats that its form has.

        Labels are columns of names beside those of IRIs, in the languages preferred,
        which are written as in the header Accept-Language; none are added if None.

        To leave the context ends the query, if it still runs.
        """
        ...

    def choices(self, parameter: Parameter) -> Choices | None:
        """Return what a parameter may be, if the data or its type says so.

        Raises:
            StoreError: The data cannot be asked.
        """
        ...

    def operate(
        self, text: str, variables: Mapping[str, object], languages: str
    ) -> GraphQLResponse:
        """Answer a GraphQL operation, with texts in the `languages` preferred.

        These are written as in the header Accept-Language; none if empty.
        """
        ...

    def close(self) -> None:
        """Let go of what was opened; closing again does nothing."""
        ...
