"""How many rows an operation reads, and by how many queries, as `explain` tells it.

From a graph of 1.2 million triples: more and more lists beside one another, which have
to add rows and not to multiply them; and more and more levels below one another, each
of which may take one query.
"""

import json
from collections.abc import Sequence
from typing import TypedDict

import typer

from benchmarks import servers
from benchmarks.generate import CACHE, WORLD, Cache, dataset
from benchmarks.measure import print_machine, print_table
from benchmarks.servers import Place, Server

CITIES, VALUES = 20, 12
CITY_PAGE = f"cities(first: {CITIES})"
ORDERS = (
    "{id: ASC}",
    "{id: DESC}",
    "{value: ASC}",
    "{value: DESC}",
    "{reportedOn: ASC}",
)
STEPS = (
    CITY_PAGE,
    f"kpiValues(first: {VALUES})",
    "city",
    f"kpiValues(last: {VALUES})",
    "kpi",
    "category",
)
"""From each thing to the next, lists and single links."""


class Level(TypedDict):
    """What is told of one look-up in a kept list, in patterns, or one query."""

    how: str
    rows: int
    milliseconds: float


def main(cache: Cache = CACHE) -> None:
    """Ask each operation, and print two tables."""
    with servers.ssc_kg(dataset(WORLD, cache), Place.DISK) as server:
        print_machine()
        lists = [_beside(server, number + 1) for number in range(len(ORDERS))]
        print_table(("lists", "queries", "rows", "their product", "ms"), lists)
        levels = [_below(server, number + 1) for number in range(len(STEPS))]
        print_table(("levels", "queries", "rows of each level", "ms"), levels)


def _beside(server: Server, number: int) -> tuple[str, ...]:
    """Ask for several lists of each city."""
    lists = " ".join(
        f"list{place}: kpiValues(first: {VALUES}, orderBy: [{order}])"
        " { nodes { id } }"
        for place, order in enumerate(ORDERS[:number])
    )
    levels = _explain(server, f"{{ {CITY_PAGE} {{ nodes {{ id {lists} }} }} }}")
    rows = levels[-1]["rows"]
    assert rows == CITIES * VALUES * number
    product = CITIES * VALUES**number
    return (str(number), _queries(levels), f"{rows:,}", f"{product:,}", _time(levels))


def _below(server: Server, depth: int) -> tuple[str, ...]:
    """Ask for so many levels."""
    selection = "{ id }"
    for step in reversed(STEPS[:depth]):
        is_list = "(" in step
        selection = (
            f"{{ {step} {f'{{ nodes {selection} }}' if is_list else selection} }}"
        )
    levels = [each for each in _explain(server, selection) if each["how"] != "list"]
    assert len(levels) <= depth
    rows = " + ".join(f"{level['rows']:,}" for level in levels)
    return (str(depth), _queries(levels), rows, _time(levels))


def _explain(server: Server, query: str) -> list[Level]:
    """Return how an operation was answered that had been answered before."""
    server.graphql(query)
    answer = json.loads(server.graphql(query, explain=True))
    assert "errors" not in answer, answer["errors"]
    levels: list[Level] = answer["extensions"]["explain"]["levels"]
    return levels


def _queries(levels: Sequence[Level]) -> str:
    return str(sum(level["how"] == "query" for level in levels))


def _time(levels: Sequence[Level]) -> str:
    return f"{sum(level['milliseconds'] for level in levels):.1f}"


if __name__ == "__main__":
    typer.run(main)
