"""A nested page over HTTP, beside a SPARQL server and beside bare Strawberry.

100 cities with 40 observations each, four fields of each observation, from a graph of
1.2 million triples: this program, `oxigraph serve` asked for the same facts as SPARQL
JSON, and the same operation answered by `bare_strawberry` and `bare_fields`; all with
their data in memory, and all on disk. Every server is a process of its own that answers
over one connection, without compression; ours, without its cache of replies. Before
anything is timed, all of them have to tell the same facts.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Annotated, TypeAlias

import typer

from benchmarks import servers
from benchmarks.generate import CACHE, WORLD, Cache, dataset
from benchmarks.measure import (
    MILLISECONDS,
    print_machine,
    print_table,
    take_turns,
)
from benchmarks.servers import Place

CITIES, OBSERVATIONS = 100, 40
GRAPHQL = f"""{{
  cities(first: {CITIES}) {{
    nodes {{
      id name
      kpiValues(first: {OBSERVATIONS}) {{
        nodes {{ id value printedValue reportedOn }}
      }}
    }}
  }}
}}"""
SPARQL = f"""
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX sosa: <http://www.w3.org/ns/sosa/>
PREFIX ssc: <https://w3id.org/ssc-kg/ontology#>
SELECT ?city ?name ?observation ?value ?printed ?month {{
  {{ SELECT ?city {{ ?city a ssc:City }} ORDER BY ?city LIMIT {CITIES} }}
  ?city skos:prefLabel ?name .
  ?observation sosa:hasFeatureOfInterest ?city ;
    a ssc:KpiValue ;
    sosa:hasSimpleResult ?value ;
    ssc:printedValue ?printed ;
    ssc:asOf ?month .
}}"""
OURS, RAW = "ssc-kg", "oxigraph serve"
BARE: Mapping[str, str] = {
    "Strawberry, a loader for the list": "benchmarks.bare_strawberry",
    "Strawberry, a loader for each field": "benchmarks.bare_fields",
}
Fact: TypeAlias = tuple[str, str, str, float, str, str]


def main(
    cache: Cache = CACHE,
    turns: Annotated[int, typer.Option(min=2, help="How often each is asked.")] = 40,
) -> None:
    """Measure in memory and on disk, and print the table."""
    data = dataset(WORLD, cache)
    rows = [row for place in Place for row in _measure(place, data, turns)]
    print_machine()
    columns = (
        "",
        "milliseconds (quartiles)",
        "times oxigraph serve",
        "times ssc-kg",
        "KiB",
    )
    print_table(columns, rows)


def _measure(place: Place, data: Path, turns: int) -> Iterator[tuple[str, ...]]:
    """Yield a row for each server."""
    with ExitStack() as stack:
        ours = stack.enter_context(servers.ssc_kg(data, place))
        raw = stack.enter_context(servers.oxigraph(data, place))
        steps: dict[str, Callable[[], bytes]] = {
            OURS: lambda: ours.graphql(GRAPHQL),
            RAW: lambda: raw.sparql(SPARQL),
        }
        for name, module in BARE.items():
            bare = stack.enter_context(servers.module(module, data, place))
            steps[name] = partial(bare.graphql, GRAPHQL)
        _check(steps)
        times = take_turns(steps, turns=turns)
        for name, taken in times.items():
            yield (
                f"{name}, {place.value}",
                taken.show(MILLISECONDS),
                (taken / times[RAW]).show(),
                (taken / times[OURS]).show(),
                f"{len(steps[name]()) / 1024:,.0f}",
            )


def _check(steps: Mapping[str, Callable[[], bytes]]) -> None:
    """See that all tell the same facts, and as many as they should."""
    facts = {
        name: sorted((read_rows if name == RAW else read_nodes)(step()))
        for name, step in steps.items()
    }
    assert len(facts[OURS]) == len({*facts[OURS]}) == CITIES * OBSERVATIONS
    assert all(told == facts[OURS] for told in facts.values())


def read_nodes(answer: bytes) -> Iterator[Fact]:
    """Yield what an answer to the operation says of each observation."""
    for city in json.loads(answer)["data"]["cities"]["nodes"]:
        for node in city["kpiValues"]["nodes"]:
            yield (
                city["id"],
                city["name"],
                node["id"],
                node["value"],
                node["printedValue"],
                node["reportedOn"],
            )


def read_rows(answer: bytes) -> Iterator[Fact]:
    """Yield what the rows of the query say of each observation."""
    names = ("city", "name", "observation", "value", "printed", "month")
    for row in json.loads(answer)["results"]["bindings"]:
        city, name, node, value, printed, month = (row[each]["value"] for each in names)
        yield city, name, node, float(value), printed, month


if __name__ == "__main__":
    typer.run(main)
