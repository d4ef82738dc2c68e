"""The first page, the last page and the size of a whole collection, small and large.

5,000 cities, and 500,000 cities: `ssc-kg serve` over each on disk, asked in turn over
HTTP. The names of cities are kept sorted with a version; their latitudes are not, so a
page in that order is sorted for each request, which stands here beside it.
"""

import json
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from functools import partial
from typing import Annotated

import typer

from benchmarks import servers
from benchmarks.generate import CACHE, FEW, MANY, Cache, dataset
from benchmarks.measure import MILLISECONDS, print_machine, print_table, take_turns
from benchmarks.servers import Place, Server

PAGE = "{ nodes { id name } pageInfo { hasNextPage hasPreviousPage } }"
KEPT: Mapping[str, str] = {
    "first 50 by name": f"{{ cities(first: 50, orderBy: [{{name: ASC}}]) {PAGE} }}",
    "last 50 by name": f"{{ cities(last: 50, orderBy: [{{name: ASC}}]) {PAGE} }}",
    "first 50 by name, descending": (
        f"{{ cities(first: 50, orderBy: [{{name: DESC}}]) {PAGE} }}"
    ),
    "first 50 by IRI": f"{{ cities(first: 50) {PAGE} }}",
    "last 50 by IRI": f"{{ cities(last: 50) {PAGE} }}",
    "totalCount": "{ cities { totalCount } }",
}
SORTED: Mapping[str, str] = {
    "first 50 by latitude": (
        f"{{ cities(first: 50, orderBy: [{{latitude: ASC}}]) {PAGE} }}"
    ),
}
COLUMNS = ("", "of 5,000, in ms", "of 500,000, in ms", "times as long")


def main(
    cache: Cache = CACHE,
    turns: Annotated[int, typer.Option(min=2, help="How often each is asked.")] = 200,
) -> None:
    """Measure each operation at both sizes, and print the table."""
    with ExitStack() as stack:
        few, many = (
            stack.enter_context(servers.ssc_kg(dataset(size, cache), Place.DISK))
            for size in (FEW, MANY)
        )
        assert _count(many) - _count(few) == MANY.cities - FEW.cities
        rows = [
            *_measure(few, many, KEPT, turns),
            *_measure(few, many, SORTED, max(2, turns // 40)),
        ]
    print_machine()
    print_table(COLUMNS, rows)


def _measure(
    few: Server, many: Server, operations: Mapping[str, str], turns: int
) -> list[tuple[str, ...]]:
    """Return a row for each operation."""
    steps: dict[str, Callable[[], object]] = {}
    for name, query in operations.items():
        _check(few, many, query)
        steps[f"{name}, few"] = partial(few.graphql, query)
        steps[f"{name}, many"] = partial(many.graphql, query)
    times = take_turns(steps, turns=turns, warm_up=1)
    rows = []
    for name in operations:
        small, large = times[f"{name}, few"], times[f"{name}, many"]
        shown = (each.show(MILLISECONDS) for each in (small, large))
        rows.append((name, *shown, (large / small).show()))
    return rows


def _check(few: Server, many: Server, query: str) -> None:
    """See that both answer as fully."""
    answers = [json.loads(server.graphql(query)) for server in (few, many)]
    small, large = (len(each["data"]["cities"].get("nodes", ())) for each in answers)
    assert small == large
    assert not any("errors" in answer for answer in answers)


def _count(server: Server) -> int:
    answer = json.loads(server.graphql(KEPT["totalCount"]))
    count: int = answer["data"]["cities"]["totalCount"]
    return count


if __name__ == "__main__":
    typer.run(main)
