"""Servers beside which a point query is measured.

`python -m benchmarks.point_peers NAME DATA_DIR` serves one of them on a free port,
which it prints, until it is ended.
"""

import socket
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import strawberry
import uvicorn
from pyoxigraph import Literal, NamedNode
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp
from strawberry.asgi import GraphQL
from strawberry.extensions import ParserCache, ValidationCache

from ssc_kg.rdf.vocab import RDF, SKOS, SSC
from ssc_kg.store.embedded import EmbeddedStore
from ssc_kg.store.versions import Versions

CONSTANT = b"""{"data":{"organization":{"id":\
"https://w3id.org/ssc-kg/id/organization/aosis",\
"name":"Alliance of Small Island States","alternativeNames":[]}}}"""


def constant_route(_data_dir: Path) -> ASGIApp:
    """Return an application that reads what was sent and says one thing."""

    async def answer(request: Request) -> Response:
        await request.body()
        return Response(CONSTANT, media_type="application/json")

    return Starlette(routes=[Route("/graphql", answer, methods=["POST"])])


def plain_strawberry(data_dir: Path) -> ASGIApp:
    """Return Strawberry's own view over resolvers that match patterns in memory."""
    versions = Versions(data_dir)
    record = versions.current()
    assert record is not None
    copied = EmbeddedStore.open(versions.path(record.number)).copy()
    assert copied is not None
    match = copied.match

    def literals(iri: str, property_: NamedNode) -> list[Literal]:
        terms = (quad.object for quad in match(NamedNode(iri), property_))
        return [term for term in terms if isinstance(term, Literal)]

    @strawberry.type
    class Organization:
        id: strawberry.ID

        @strawberry.field
        def name(self) -> str:
            labels = literals(self.id, SKOS.prefLabel)
            return min(labels, key=lambda term: (term.language != "en", term)).value

        @strawberry.field
        def alternative_names(self) -> list[str]:
            return sorted(term.value for term in literals(self.id, SKOS.altLabel))

    @strawberry.type
    class Query:
        @strawberry.field
        def organization(self, id: strawberry.ID) -> Organization | None:  # noqa: A002  (the schema's name for it)
            types = match(NamedNode(id), RDF.type, SSC.Organization)
            return Organization(id=id) if types else None

    extensions = [ParserCache, ValidationCache]
    schema = strawberry.Schema(Query, extensions=extensions)
    view: ASGIApp = GraphQL(schema)
    return Starlette(routes=[Route("/graphql", view)])


PEERS: Mapping[str, Callable[[Path], ASGIApp]] = {
    "constant": constant_route,
    "strawberry": plain_strawberry,
}


def main() -> None:
    """Serve one of the peers."""
    name, data_dir = sys.argv[1:]
    app = PEERS[name](Path(data_dir))
    listener = socket.create_server(("127.0.0.1", 0), backlog=2048)
    print(listener.getsockname()[1], flush=True)  # noqa: T201  (for who started it)
    config = uvicorn.Config(
        app, log_level="warning", access_log=False, loop="uvloop", http="httptools"
    )
    uvicorn.Server(config).run(sockets=[listener])


if __name__ == "__main__":
    main()
