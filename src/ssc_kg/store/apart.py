"""A store whose long queries run in the worker processes, under their limits.

The engine cannot be stopped, so what may take long is no work for a thread of the
server. Everything else is read here, from memory if the version is there.
"""

from pathlib import Path
from typing import IO

from anyio import from_thread
from pyoxigraph import NamedNode, Quad

from ssc_kg.sparql.scan import Form, Scan
from ssc_kg.store.embedded import read_cells
from ssc_kg.store.protocol import (
    DEFAULT_GRAPH,
    Capabilities,
    CellTable,
    Graph,
    SortedLists,
    Store,
    Subject,
    Table,
    Term,
)
from ssc_kg.store.request import NO_OPTIONS, Options
from ssc_kg.store.text_index import TextIndex
from ssc_kg.store.workers import QueryPool

_FORMAT = "tsv"


class StoreApart:
    """A store for a thread that was started by `anyio.to_thread.run_sync`."""

    def __init__(
        self,
        store: Store,
        version: Path,
        pool: QueryPool,
        options: Options = NO_OPTIONS,
    ) -> None:
        """Read `store`, but send long queries to `pool`, about the same version."""
        self._store = store
        self._version = version
        self._pool = pool
        self._options = options

    @property
    def capabilities(self) -> Capabilities:
        """What the engine can do; the workers run the same one."""
        return self._store.capabilities

    @property
    def lists(self) -> SortedLists | None:
        """The things of each class, sorted, if they are kept so."""
        return self._store.lists

    @property
    def texts(self) -> TextIndex | None:
        """The texts of the things, by their words, if they can be searched."""
        return self._store.texts

    def select(self, query: str) -> Table:
        """Return every row of a SELECT query."""
        return self._store.select(query)

    def select_cells(self, query: str) -> CellTable:
        """Return every row of a SELECT query, without making terms of it."""
        return self._store.select_cells(query)

    def select_apart(self, query: str) -> CellTable:
        """Return every row of a SELECT query of our own making, from a worker.

        Raises:
            QueryTimedOutError: It was stopped at the time limit.
            QueryTooLargeError: It took too much memory, or has too many rows.
            StoreBusyError: Every worker is busy, and enough queries wait.
            StoreError: The store could not answer.
        """
        return from_thread.run(self._ask, query)

    def match(
        self,
        subject: Subject | None = None,
        predicate: NamedNode | None = None,
        object_: Term | None = None,
        graph: Graph | None = DEFAULT_GRAPH,
    ) -> list[Quad]:
        """Return the quads that match; None is a wildcard, also for the graph."""
        return self._store.match(subject, predicate, object_, graph)

    def dump(self, graph: Graph, output: IO[bytes]) -> None:
        """Write a graph to a file as N-Triples, in any order."""
        self._store.dump(graph, output)

    def describe(self, subject: Subject, maximum: int) -> list[Quad] | None:
        """Return all that the default graph says of a subject, unless it is much."""
        return self._store.describe(subject, maximum)

    def graph_names(self) -> list[NamedNode]:
        """Return the names of the named graphs, sorted."""
        return self._store.graph_names()

    async def _ask(self, query: str) -> CellTable:
        answer = await self._pool.answer(
            _scan(query),
            version=self._version,
            format_name=_FORMAT,
            options=self._options,
        )
        # A table in this format that is cut short ends in an error.
        table = b"".join([chunk async for chunk in answer])
        return read_cells(tuple(answer.head.columns), table)


def _scan(query: str) -> Scan:
    """Return what the compiler knows of its own query: it names columns, no graphs."""
    return Scan(
        text=query,
        form=Form.SELECT,
        prologue="",
        projection=None,
        star=None,
        variables=(),
        default_graphs=(),
        named_graphs=(),
        is_volatile=False,
    )
