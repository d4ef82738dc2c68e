"""The store inside this process: pyoxigraph over a directory or in memory.

Each method runs the engine and reads everything it answers in one call, in one thread:
a result of pyoxigraph that is used in another thread aborts the process.
"""

import re
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import IO, Self

import pyoxigraph
from pyoxigraph import (
    DefaultGraph,
    NamedNode,
    Quad,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
)

from ssc_kg.errors import QuerySyntaxError, StoreError
from ssc_kg.store.protocol import (
    Capabilities,
    CellTable,
    Graph,
    SortedLists,
    Subject,
    Table,
    Term,
)
from ssc_kg.store.text_index import TextIndex

_MERGE = DefaultGraph()
_TSV = QueryResultsFormat.TSV
_IN_MEMORY = Capabilities(lateral=True, matches_at_once=True)
_ON_DISK = replace(_IN_MEMORY, is_on_disk=True)
_PIECE = 16 * 1024**2
"""Bytes loaded at a time: a tenth of a second, after which a copy may be given up."""
_SYNTAX_ERROR = re.compile(
    r"(?:error at )?(?P<line>\d+):(?P<column>\d+): (?P<reason>.*)"
)


class EmbeddedStore:
    """A pyoxigraph store that nothing writes to while it is here."""

    def __init__(
        self,
        store: pyoxigraph.Store,
        *,
        lists: SortedLists | None = None,
        texts: TextIndex | None = None,
        is_on_disk: bool = False,
    ) -> None:
        self._store = store
        self._capabilities = _ON_DISK if is_on_disk else _IN_MEMORY
        self._lists = lists
        self._texts = texts

    @classmethod
    def open(cls, path: Path, *, lists: SortedLists | None = None) -> Self:
        """Return a read-only handle on a version's directory.

        Raises:
            StoreError: The directory is missing or damaged.
        """
        try:
            store = pyoxigraph.Store.read_only(str(path))
        except OSError as error:
            message = f"cannot open the store in {path}: {error}"
            raise StoreError(message) from error
        return cls(store, lists=lists, is_on_disk=True)

    @property
    def capabilities(self) -> Capabilities:
        """What Oxigraph can do beyond SPARQL 1.1."""
        return self._capabilities

    @property
    def lists(self) -> SortedLists | None:
        """The things of each class, sorted, if the version is kept with that."""
        return self._lists

    @property
    def texts(self) -> TextIndex | None:
        """The texts of the things, by their words, if the version has an index."""
        return self._texts

    def with_texts(self, texts: TextIndex) -> Self:
        """Return the same store with an index of its texts."""
        is_on_disk = self._capabilities.is_on_disk
        return type(self)(
            self._store, lists=self._lists, texts=texts, is_on_disk=is_on_disk
        )

    def select(self, query: str) -> Table:
        """Return every row of a SELECT query, its columns in the order of the text.

        `SELECT *` is the exception: Oxigraph sorts its columns by name.

        Raises:
            QuerySyntaxError: The query does not parse.
            StoreError: It is no SELECT query, or the engine cannot evaluate it.
        """
        with _explaining():
            solutions = self._solutions(query)
            return Table(_names(solutions), tuple(tuple(row) for row in solutions))

    def select_cells(self, query: str) -> CellTable:
        """Return every row of a SELECT query, without making terms of it.

        Over 4,000 rows of 5 columns it takes half the time that `select` does.

        Raises:
            QuerySyntaxError: The query does not parse.
            StoreError: It is no SELECT query, or the engine cannot evaluate it.
        """
        with _explaining():
            solutions = self._solutions(query)
            names = _names(solutions)
            return read_cells(names, solutions.serialize(format=_TSV) or b"")

    def select_apart(self, query: str) -> CellTable:
        """Return every row of a SELECT query that may take long; it is run here.

        Raises:
            StoreError: The engine cannot evaluate it.
        """
        return self.select_cells(query)

    def match(
        self,
        subject: Subject | None = None,
        predicate: NamedNode | None = None,
        object_: Term | None = None,
        graph: Graph | None = _MERGE,
    ) -> list[Quad]:
        """Return the quads that match; None is a wildcard, also for the graph."""
        return list(self._store.quads_for_pattern(subject, predicate, object_, graph))

    def dump(self, graph: Graph, output: IO[bytes]) -> None:
        """Write a graph to a file as N-Triples, in any order.

        Other threads run meanwhile, but for the time that the file takes.

        Raises:
            StoreError: The engine failed.
        """
        with _explaining():
            self._store.dump(output, RdfFormat.N_TRIPLES, from_graph=graph)

    def describe(self, subject: Subject, maximum: int) -> list[Quad] | None:
        """Return all that the default graph says of a subject, unless it is much."""
        quads = self._store.quads_for_pattern(subject, None, None, _MERGE)
        found = list(islice(quads, maximum + 1))
        return None if len(found) > maximum else found

    def graph_names(self) -> list[NamedNode]:
        """Return the names of the named graphs, sorted."""
        names = (n for n in self._store.named_graphs() if isinstance(n, NamedNode))
        return sorted(names, key=lambda name: name.value)

    def _solutions(self, query: str) -> QuerySolutions:
        solutions = self._store.query(query)
        if isinstance(solutions, QuerySolutions):
            return solutions
        message = "the query has no rows; a SELECT query would"
        raise StoreError(message)

    def copy(self, *, is_wanted: Callable[[], bool] = lambda: True) -> Self | None:
        """Return a copy in memory, or None if it is no longer wanted half-way.

        Both halves, to N-Quads and from them, leave other threads running.
        """
        copied = pyoxigraph.Store()
        with tempfile.TemporaryDirectory(prefix="ssc-kg-") as directory:
            path = Path(directory) / "quads.nq"
            self._store.dump(path, format=RdfFormat.N_QUADS)
            with path.open("rb") as file:
                while piece := file.read(_PIECE):
                    if not is_wanted():
                        return None
                    copied.bulk_load(piece + file.readline(), RdfFormat.N_QUADS)
        return type(self)(copied, lists=self._lists, texts=self._texts)


def read_cells(names: tuple[str, ...], table: bytes) -> CellTable:
    """Return the rows of a table in TSV, as the engine writes it."""
    _, *lines, _ = table.decode().split("\n")
    return CellTable(names, [line.split("\t") for line in lines])


def _names(solutions: QuerySolutions) -> tuple[str, ...]:
    return tuple(variable.value for variable in solutions.variables)


@contextmanager
def _explaining() -> Iterator[None]:
    try:
        yield
    except SyntaxError as error:
        raise read_syntax_error(error) from error
    except (OSError, RuntimeError) as error:
        message = f"the store could not answer: {error}"
        raise StoreError(message) from error


def read_syntax_error(error: SyntaxError) -> QuerySyntaxError:
    """Return what pyoxigraph says of a query's text, with its place as numbers."""
    found = _SYNTAX_ERROR.fullmatch(" ".join(str(error).split()))
    if found is None:
        return QuerySyntaxError(str(error))
    line, column, reason = found.group("line", "column", "reason")
    return QuerySyntaxError(reason, line=int(line), column=int(column))
