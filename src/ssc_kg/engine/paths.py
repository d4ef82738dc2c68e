"""Search for the shortest paths between two nodes, from both of them at once.

Each step is one query for all nodes that the last step on its side has found. The side
that has found fewer goes on, unless one of them has so many links that it is better to
come from the other.
"""

import time
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import TypeAlias

from pyoxigraph import NamedNode

from ssc_kg.compiler.collect import Row
from ssc_kg.compiler.emit import Branch
from ssc_kg.compiler.hops import Step, emit_ends, emit_step, read_steps
from ssc_kg.compiler.paths import Hop, PathsFound
from ssc_kg.compiler.plan import AboutPaths, Fetch, OnPaths, PathSearch, Several
from ssc_kg.engine.trace import Level
from ssc_kg.errors import OperationTooLargeError
from ssc_kg.sparql.algebra import Select
from ssc_kg.sparql.render import render
from ssc_kg.store.protocol import Store

MAXIMUM_LINKS = 100_000
"""The most links that are looked at for the paths of one operation."""
_FEW_LINKS = (1_000, 10_000, MAXIMUM_LINKS)
"""How many are looked at from one side before it is tried from the other."""
_Hops: TypeAlias = Mapping[str, Iterable[Hop]]


@dataclass(slots=True)
class PathFinder:
    """Finds the paths that an operation asks for."""

    store: Store
    levels: list[Level]
    _links: int = field(default=MAXIMUM_LINKS, init=False)
    """How many may still be looked at."""

    def find(self, search: PathSearch) -> PathsFound | None:
        """Return the shortest paths, or None if an end is no node of the types.

        Raises:
            OperationTooLargeError: Too many links lie around the two nodes.
            StoreError: The store could not answer.
        """
        start, end = search.start.value, search.end.value
        classes = _Classes()
        rows = self._ask(emit_ends(search))
        classes.add((node[1:-1], type_[1:-1]) for node, type_ in rows)
        if not {start, end} <= classes.known.keys():
            return None
        if start == end:
            return PathsFound(
                0, ((),) if search.paths else (), has_more=not search.paths
            )
        return self._search(search, classes)

    def _search(self, search: PathSearch, classes: "_Classes") -> PathsFound:
        there, back = _Side.at(search.start.value), _Side.at(search.end.value)
        for length in range(1, search.hops + 1):
            if not there.frontier or not back.frontier:
                break
            self._advance(search, (there, back), classes)
            if meeting := there.frontier & back.frontier:
                return _found(search, length, meeting, there, back, classes)
        return PathsFound(None)

    def _advance(
        self, search: PathSearch, sides: Sequence["_Side"], classes: "_Classes"
    ) -> None:
        """Go on from the side with fewer nodes, or from the other if it has a hub."""
        for most in _FEW_LINKS:
            for side in sorted(sides, key=lambda side: len(side.frontier)):
                rows = self._step(search, side, most)
                if len(rows) <= most:
                    steps = list(read_steps(rows))
                    classes.add((step.next, step.type) for step in steps)
                    side.advance(steps)
                    return

    def _step(self, search: PathSearch, side: "_Side", most: int) -> list[Row]:
        iris = [NamedNode(iri) for iri in sorted(side.frontier)]
        limit = min(most, self._links) + 1
        rows = self._ask(emit_step(search, iris, limit))
        self._links -= len(rows)
        if self._links < 0:
            what = "links around the ends of its paths"
            raise OperationTooLargeError(MAXIMUM_LINKS, what, limit="links")
        return rows

    def _ask(self, query: Select) -> list[Row]:
        started = time.perf_counter()
        sparql = render(query)
        rows = list(self.store.select_cells(sparql).rows)
        self.levels.append(Level(len(rows), time.perf_counter() - started, sparql))
        return rows


@dataclass(slots=True)
class _Classes:
    """The classes of the nodes that were met."""

    known: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def add(self, found: Iterable[tuple[str, str]]) -> None:
        for node, class_ in found:
            self.known[node].add(class_)


@dataclass(slots=True)
class _Side:
    """What was found from one end."""

    frontier: frozenset[str]
    """The nodes that the last step found."""
    links: dict[str, set[Step]]
    """The last links of all shortest ways to a node, by that."""

    @classmethod
    def at(cls, end: str) -> "_Side":
        return cls(frozenset([end]), {end: set()})

    def advance(self, steps: Iterable[Step]) -> None:
        found = defaultdict[str, set[Step]](set)
        for step in steps:
            if step.next not in self.links:
                found[step.next].add(step)
        self.links.update(found)
        self.frontier = frozenset(found)

    def before(self, nodes: Iterable[str]) -> Iterator[Step]:
        """Yield the links of all shortest ways from the end to some nodes."""
        waiting, met = [*nodes], set(nodes)
        while waiting:
            for step in self.links[waiting.pop()]:
                yield step
                if step.node not in met:
                    met.add(step.node)
                    waiting.append(step.node)


def branch_of(fetch: Fetch, paths: Mapping[int, PathsFound]) -> Branch:
    """Return a fetch of the first level, and what it starts from, of what was found."""
    match fetch.source:
        case OnPaths(search, end):
            nodes = paths[search].nodes(end) if search in paths else []
            iris = tuple(map(NamedNode, nodes))
            is_read = fetch.has_nodes and bool(iris)
            return Branch(replace(fetch, source=Several(iris), has_nodes=is_read))
        case AboutPaths(search):
            hops = paths[search].hops() if search in paths else []
            links = tuple(hop.statement() for hop in hops)
            if not links:
                return Branch(replace(fetch, has_nodes=False, has_count=False))
            return Branch(fetch, links=links)
        case _:
            return Branch(fetch)


def _found(
    search: PathSearch,
    length: int,
    meeting: Collection[str],
    there: _Side,
    back: _Side,
    classes: _Classes,
) -> PathsFound:
    onwards = defaultdict[str, set[Hop]](set)
    for step in there.before(meeting):
        onwards[step.node].add(
            Hop(step.next, step.property, step.inverse, start=step.node)
        )
    for step in back.before(meeting):
        onwards[step.next].add(
            Hop(step.node, step.property, not step.inverse, start=step.next)
        )
    sorted_hops = {node: sorted(hops) for node, hops in onwards.items()}
    ways = _ways(search.start.value, search.end.value, sorted_hops)
    paths = tuple(islice(ways, search.paths + 1))
    shown = paths[: search.paths]
    names = _type_names(search, classes, shown)
    return PathsFound(length, shown, has_more=len(paths) > len(shown), types=names)


def _ways(start: str, end: str, onwards: _Hops) -> Iterator[tuple[Hop, ...]]:
    """Yield all ways, in the order of their hops; each node on the way leads on."""
    if start == end:
        yield ()
        return
    for hop in onwards[start]:
        for rest in _ways(hop.end, end, onwards):
            yield hop, *rest


def _type_names(
    search: PathSearch, classes: _Classes, paths: Iterable[Iterable[Hop]]
) -> dict[str, str]:
    """Return the first type of each node on some paths."""
    nodes = {iri for path in paths for hop in path for iri in (hop.start, hop.end)}
    return {
        iri: next(
            type_.name
            for type_ in search.types
            if type_.rdf_class and type_.rdf_class.value in classes.known[iri]
        )
        for iri in nodes
    }
