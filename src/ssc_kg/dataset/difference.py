"""How a version differs from another: what its named graphs say more, and no longer.

The default graph is left out, as in dumps: it is the merge of the others. Two versions
are compared by what those between them keep of their changes (`store.deltas`), or by
all that the two hold if that is not kept. The edits lie in a file, sorted by graph and
then by line, so that any number can be told in any form.
"""

import secrets
import tempfile
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import pyoxigraph
from pyoxigraph import BlankNode, Quad, RdfFormat, parse

from ssc_kg.dataset.apart import Limits, Report, run_apart
from ssc_kg.errors import LoadStoppedError, StoreError
from ssc_kg.store.canonical import sorted_quads
from ssc_kg.store.deltas import Edit, compare_lines, find_way, follow, graph_of
from ssc_kg.store.lines import sort_lines
from ssc_kg.store.versions import VersionRecord, Versions

_TAB = b"\t"
_SIGNS = {True: b"+", False: b"-"}
_READ_AHEAD = 256 * 1024
_SMALL = 128 * 1024
"""Bytes of compressed changes that are followed in 0.2 s or less."""


@dataclass(frozen=True, slots=True)
class Change:
    """A statement that is added to a graph, or removed from it."""

    quad: Quad
    is_added: bool


@dataclass(frozen=True, slots=True)
class Counts:
    """How many statements are added and removed."""

    added: int = 0
    removed: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(self.added + other.added, self.removed + other.removed)


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Difference:
    """How a version differs from another."""

    before: VersionRecord
    after: VersionRecord
    graphs: Mapping[str, Counts]
    """The graphs in which they differ, by IRI, in order."""
    has_blank_nodes: bool
    """Whether a statement has a node that only its graph can name."""
    path: Path
    """The edits: graph, line and sign, separated by tabs."""
    places: Mapping[str, int]
    """Where in the file those of a graph begin."""

    @property
    def counts(self) -> Counts:
        """How many statements are added and removed in all graphs."""
        return sum(self.graphs.values(), Counts())

    def edits(self) -> Iterator[tuple[str, bytes, bool]]:
        """Yield graph, line of N-Quads and whether it is added, by graph and line."""
        return self._read(0)

    def triples(self, graph: str, *, added: bool) -> Iterator[bytes]:
        """Yield what is added to a graph, or removed from it, as N-Triples."""
        end = f" <{graph}> .\n".encode()
        for name, line, is_added in self._read(self.places[graph]):
            if name != graph:
                return
            if is_added == added:
                yield line.removesuffix(end) + b" .\n"

    def things(
        self, *, without: Collection[str] = ()
    ) -> Iterator[tuple[str, Iterator[list[Change]]]]:
        """Yield each graph, and for each thing there what changes of it, in order.

        Read one to its end before the next.

        Args:
            without: Graphs to leave out.
        """
        for graph, edits in groupby(self.edits(), key=lambda edit: edit[0]):
            if graph not in without:
                about = groupby(edits, key=lambda edit: edit[1].partition(b" ")[0])
                yield graph, (_parse(list(same)) for _, same in about)

    def _read(self, place: int) -> Iterator[tuple[str, bytes, bool]]:
        with self.path.open("rb", buffering=_READ_AHEAD) as file:
            file.seek(place)
            for row in file:
                graph, line, sign = row.rstrip(b"\n").split(_TAB)
                yield graph.decode(), line + b"\n", sign == _SIGNS[True]


def compare(versions: Versions, before: int, after: int, directory: Path) -> Difference:
    """Return how a version differs from another.

    Args:
        versions: Where they are.
        before: The number of the version to begin with.
        after: That of the version to end with; it may be older.
        directory: Where the edits are written.

    Raises:
        UnknownVersionError: One of the two was never published, or was pruned.
        StoreError: One cannot be opened.
    """
    path = directory / f"{before}-{after}.{secrets.token_hex(4)}"
    found, has_blank_nodes = Counter[tuple[str, bool]](), False

    def rows() -> Iterator[bytes]:
        nonlocal has_blank_nodes
        with _edits(versions, before, after, directory) as edits:
            for line, is_added in edits:
                graph = graph_of(line)
                if graph is not None:
                    found[graph, is_added] += 1
                    has_blank_nodes = has_blank_nodes or _has_blank_node(line)
                    yield (
                        _TAB.join((graph.encode(), line[:-1], _SIGNS[is_added])) + b"\n"
                    )

    places = _write(sort_lines(rows(), directory), path)
    graphs = {
        graph: Counts(found[graph, True], found[graph, False])
        for graph in sorted({graph for graph, _ in found})
    }
    records = versions.get(before), versions.get(after)
    return Difference(*records, graphs, has_blank_nodes, path, places)


def compare_apart(
    versions: Versions, before: int, after: int, directory: Path, *, limits: Limits
) -> Difference:
    """Return the same, made in another process if it is much work.

    Raises:
        UnknownVersionError: One of the two was never published, or was pruned.
        StoreError: One cannot be opened, or it took too long.
    """
    if _is_small(versions, before, after):
        return compare(versions, before, after, directory)
    job = _Job(versions.root, before, after, directory)
    try:
        return run_apart(_compare, job, limits=limits)
    except LoadStoppedError as error:
        message = f"versions {before} and {after} could not be compared: {error}"
        raise StoreError(message) from error


@dataclass(frozen=True, slots=True)
class _Job:
    root: Path
    before: int
    after: int
    directory: Path


def _compare(job: _Job, _report: Report) -> Difference:
    return compare(Versions(job.root), job.before, job.after, job.directory)


def _is_small(versions: Versions, before: int, after: int) -> bool:
    way = find_way(versions, before, after)
    paths = (path for step in way or () for path in versions.delta_paths(step.number))
    return way is not None and sum(path.stat().st_size for path in paths) <= _SMALL


def _write(rows: Iterable[bytes], path: Path) -> dict[str, int]:
    """Write the edits to a file, and return where those of each graph begin."""
    places: dict[str, int] = {}
    size = 0
    with path.open("wb", buffering=_READ_AHEAD) as file:
        for row in rows:
            graph = row.partition(_TAB)[0].decode()
            places.setdefault(graph, size)
            size += file.write(row)
    return places


@contextmanager
def _edits(
    versions: Versions, before: int, after: int, directory: Path
) -> Iterator[Iterator[Edit]]:
    way = find_way(versions, before, after)
    if way is not None:
        yield follow(versions, way)
        return
    with tempfile.TemporaryDirectory(dir=directory) as scratch:
        lines = (
            sorted_quads(
                pyoxigraph.Store.read_only(str(versions.path(number))), Path(scratch)
            )
            for number in (before, after)
        )
        yield compare_lines(*lines)


def _has_blank_node(line: bytes) -> bool:
    # In a literal the two characters may follow a space too, so it is read.
    if not line.startswith(b"_:") and b" _:" not in line:
        return False
    [quad] = parse(line, format=RdfFormat.N_QUADS)
    return isinstance(quad.subject, BlankNode) or isinstance(quad.object, BlankNode)


def _parse(edits: list[tuple[str, bytes, bool]]) -> list[Change]:
    lines = b"".join(line for _, line, _ in edits)
    quads = parse(lines, format=RdfFormat.N_QUADS)
    return [
        Change(quad, is_added)
        for quad, (_, _, is_added) in zip(quads, edits, strict=True)
    ]
