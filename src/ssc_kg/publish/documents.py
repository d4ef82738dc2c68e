"""What is shown on pages about things, graphs and the ontology, and who makes them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from pyoxigraph import NamedNode
from starlette.requests import Request
from starlette.responses import Response

from ssc_kg.publish.asof import AsOf
from ssc_kg.publish.description import Description


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """A document about a thing."""

    description: Description
    address: NamedNode
    """Its IRI."""
    as_of: AsOf
    alternates: Mapping[str, str]
    """The address of the same in each format, by the name of the format."""


@dataclass(frozen=True, slots=True)
class GraphPage:
    """Some graphs under one address."""

    address: NamedNode
    """The IRI that was asked for: a graph's, or the ontology's."""
    graphs: tuple[NamedNode, ...]
    as_of: AsOf
    alternates: Mapping[str, str]


class DocumentPages(Protocol):
    """Makes the pages; headers that say what is cached for how long come on top."""

    def document(self, request: Request, page: DocumentPage) -> Response:
        """Return the page about a thing."""
        ...

    def graph(self, request: Request, page: GraphPage) -> Response:
        """Return the page about a graph."""
        ...

    def ontology(self, request: Request, page: GraphPage) -> Response:
        """Return the documentation of the terms."""
        ...
