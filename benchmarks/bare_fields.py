"""As `bare_strawberry`, with a DataLoader for each field of an observation.

So it is written where any field may be asked for and nothing is read that is not: a
field is a resolver, and its loader reads it of all observations by one SPARQL query.

`python -m benchmarks.bare_fields DIRECTORY MEMORY|DISK` serves a version's directory on
a free port, and prints the address.
"""

from collections import defaultdict

import pyoxigraph
import strawberry
from starlette.applications import Starlette
from starlette.routing import Route
from strawberry.asgi import GraphQL
from strawberry.dataloader import DataLoader

from benchmarks.bare_strawberry import PREFIXES, read_cities, select, serve, text


class Loaders:
    """The loaders of one answer."""

    def __init__(self, store: pyoxigraph.Store) -> None:
        def load(pattern: str) -> DataLoader[str, list[str]]:
            async def load_all(keys: list[str]) -> list[list[str]]:
                found = read(store, pattern, keys)
                return [found[key] for key in keys]

            return DataLoader(load_all)

        self.nodes = load("?found sosa:hasFeatureOfInterest ?key ; a ssc:KpiValue")
        self.values = load("?key sosa:hasSimpleResult ?found")
        self.printed = load("?key ssc:printedValue ?found")
        self.months = load("?key ssc:asOf ?found")


def read(
    store: pyoxigraph.Store, pattern: str, keys: list[str]
) -> dict[str, list[str]]:
    """Return what a pattern finds, in order, for each key."""
    values = " ".join(f"<{key}>" for key in keys)
    query = f"""{PREFIXES} SELECT ?key ?found {{
      VALUES ?key {{ {values} }} {pattern} }} ORDER BY ?found"""
    found = defaultdict[str, list[str]](list)
    for row in select(store, query):
        found[text(row["key"])].append(text(row["found"]))
    return found


@strawberry.type
class KpiValue:
    """One observation, of which nothing is known yet."""

    id: strawberry.ID
    loaders: strawberry.Private[Loaders]

    @strawberry.field
    async def value(self) -> float:
        """Return the number."""
        return float((await self.loaders.values.load(self.id))[0])

    @strawberry.field
    async def printed_value(self) -> str:
        """Return the number as printed."""
        return (await self.loaders.printed.load(self.id))[0]

    @strawberry.field
    async def reported_on(self) -> str:
        """Return the month."""
        return (await self.loaders.months.load(self.id))[0]


@strawberry.type
class KpiValueConnection:
    """A page of observations."""

    nodes: list[KpiValue]


@strawberry.type
class City:
    """A city, with the loaders that all of an answer share."""

    id: strawberry.ID
    name: str
    loaders: strawberry.Private[Loaders]

    @strawberry.field
    async def kpi_values(self, first: int) -> KpiValueConnection:
        """Return the first observations by their IRIs."""
        iris = (await self.loaders.nodes.load(self.id))[:first]
        nodes = [KpiValue(id=strawberry.ID(i), loaders=self.loaders) for i in iris]
        return KpiValueConnection(nodes=nodes)


@strawberry.type
class CityConnection:
    """A page of cities."""

    nodes: list[City]


def create_app(store: pyoxigraph.Store) -> Starlette:
    """Return an application that answers from a store."""

    @strawberry.type
    class Query:
        @strawberry.field
        def cities(self, first: int) -> CityConnection:
            rows, loaders = read_cities(store, first), Loaders(store)
            nodes = [
                City(id=strawberry.ID(i), name=n, loaders=loaders) for i, n in rows
            ]
            return CityConnection(nodes=nodes)

    view = GraphQL[object, object](strawberry.Schema(Query))
    return Starlette(routes=[Route("/graphql", view)])


if __name__ == "__main__":
    serve(create_app)
