"""Cities and their KPI values as most would write it, to be compared with.

Strawberry's own view and executor, plain resolvers, and a DataLoader over pyoxigraph:
one SPARQL query for each level, whatever the number of cities, which reads exactly what
the operation that is measured asks for. `bare_fields` has a loader for each field.

`python -m benchmarks.bare_strawberry DIRECTORY MEMORY|DISK` serves a version's
directory on a free port, and prints the address.
"""

import socket
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

import pyoxigraph
import strawberry
import uvicorn
from pyoxigraph import Literal, NamedNode, QuerySolutions, RdfFormat
from starlette.applications import Starlette
from starlette.routing import Route
from strawberry.asgi import GraphQL
from strawberry.dataloader import DataLoader

from benchmarks.servers import HOST, Place
from ssc_kg.cli.screen import print_line

PREFIXES = """
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX sosa: <http://www.w3.org/ns/sosa/>
PREFIX ssc: <https://w3id.org/ssc-kg/ontology#>
"""


@strawberry.type
class KpiValue:
    """One observation."""

    id: strawberry.ID
    value: float
    printed_value: str
    reported_on: str


@strawberry.type
class KpiValueConnection:
    """A page of observations."""

    nodes: list[KpiValue]


Values = DataLoader[str, list[KpiValue]]


@strawberry.type
class City:
    """A city, with the loader that all cities of an answer share."""

    id: strawberry.ID
    name: str
    values: strawberry.Private[Values]

    @strawberry.field
    async def kpi_values(self, first: int) -> KpiValueConnection:
        """Return the first observations by their IRIs."""
        values = await self.values.load(self.id)
        return KpiValueConnection(nodes=values[:first])


@strawberry.type
class CityConnection:
    """A page of cities."""

    nodes: list[City]


def create_app(store: pyoxigraph.Store) -> Starlette:
    """Return an application that answers from a store."""

    async def load_values(cities: list[str]) -> list[list[KpiValue]]:
        found = defaultdict[str, list[KpiValue]](list)
        for city, value in read_values(store, cities):
            found[city].append(value)
        return [found[city] for city in cities]

    @strawberry.type
    class Query:
        @strawberry.field
        def cities(self, first: int) -> CityConnection:
            values = Values(load_values)
            rows = read_cities(store, first)
            nodes = [City(id=strawberry.ID(i), name=n, values=values) for i, n in rows]
            return CityConnection(nodes=nodes)

    view = GraphQL[object, object](strawberry.Schema(Query))
    return Starlette(routes=[Route("/graphql", view)])


def read_cities(store: pyoxigraph.Store, first: int) -> Iterator[tuple[str, str]]:
    """Yield the IRIs and names of the first cities by their IRIs."""
    query = f"""{PREFIXES} SELECT ?city ?name {{
      {{ SELECT ?city {{ ?city a ssc:City }} ORDER BY ?city LIMIT {first} }}
      ?city skos:prefLabel ?name }} ORDER BY ?city"""
    for row in select(store, query):
        yield text(row["city"]), text(row["name"])


def read_values(
    store: pyoxigraph.Store, cities: list[str]
) -> Iterator[tuple[str, KpiValue]]:
    """Yield the observations of cities by their IRIs, each with its city."""
    query = f"""{PREFIXES} SELECT ?city ?node ?value ?printed ?month {{
      VALUES ?city {{ {" ".join(f"<{city}>" for city in cities)} }}
      ?node sosa:hasFeatureOfInterest ?city ; a ssc:KpiValue ;
        sosa:hasSimpleResult ?value ; ssc:printedValue ?printed ; ssc:asOf ?month
      }} ORDER BY ?node"""
    for row in select(store, query):
        yield (
            text(row["city"]),
            KpiValue(
                id=strawberry.ID(text(row["node"])),
                value=float(text(row["value"])),
                printed_value=text(row["printed"]),
                reported_on=text(row["month"]),
            ),
        )


def select(store: pyoxigraph.Store, query: str) -> QuerySolutions:
    """Return the rows of a query."""
    rows = store.query(query)
    assert isinstance(rows, QuerySolutions)
    return rows


def text(term: object) -> str:
    """Return an IRI or the text of a literal."""
    assert isinstance(term, NamedNode | Literal)
    return term.value


def open_store(version: Path, place: Place) -> pyoxigraph.Store:
    """Return a version's store, or a copy of it in memory."""
    store = pyoxigraph.Store.read_only(str(version))
    if place is Place.DISK:
        return store
    copied = pyoxigraph.Store()
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory) / "quads.nq"
        store.dump(path, format=RdfFormat.N_QUADS)
        copied.bulk_load(path=path, format=RdfFormat.N_QUADS)
    return copied


def serve(make_app: Callable[[pyoxigraph.Store], Starlette]) -> None:
    """Serve what the command line names, until it is ended."""
    version, place = sys.argv[1:]
    app = make_app(open_store(Path(version), Place[place]))
    with socket.create_server((HOST, 0), backlog=2048) as listener:
        print_line(f"http://{HOST}:{listener.getsockname()[1]}/")
        config = uvicorn.Config(
            app, log_level="warning", access_log=False, loop="uvloop", http="httptools"
        )
        uvicorn.Server(config).run(sockets=[listener])


if __name__ == "__main__":
    serve(create_app)
