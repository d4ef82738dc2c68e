"""The named graphs of a version as canonical lines, the same bytes for the same quads.

They are the canonical N-Quads of RDF 1.2 (N-Quads, section 4), sorted by code point.
Without blank nodes that is what RDFC-1.0 makes of a dataset; graphs that have some keep
the labels that they were given when they were loaded, which depend on what they say.
"""

import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph
from pyoxigraph import NamedNode, RdfFormat

from ssc_kg.store.lines import sort_lines

_END = b" .\n"


def sorted_quads(store: pyoxigraph.Store, scratch: Path) -> Iterator[bytes]:
    """Yield the quads of all named graphs as sorted lines of N-Quads.

    What does not fit into memory lies in files in the directory `scratch`.
    """
    return sort_lines(_quads(store, scratch), scratch)


def sorted_triples(
    store: pyoxigraph.Store, graph: NamedNode, scratch: Path
) -> Iterator[bytes]:
    """Yield the triples of a named graph as sorted lines of N-Triples."""
    return sort_lines(_triples(store, graph, scratch), scratch)


def _quads(store: pyoxigraph.Store, scratch: Path) -> Iterator[bytes]:
    for graph in _names(store):
        end = b" " + str(graph).encode() + _END
        for line in _triples(store, graph, scratch):
            yield line.removesuffix(_END) + end


def _names(store: pyoxigraph.Store) -> Iterable[pyoxigraph.NamedNode]:
    # A graph that only a blank node names is in no record either.
    return (name for name in store.named_graphs() if isinstance(name, NamedNode))


def _triples(
    store: pyoxigraph.Store, graph: NamedNode, scratch: Path
) -> Iterator[bytes]:
    # The engine writes several times as fast as Python goes through its quads.
    with tempfile.TemporaryFile(dir=scratch) as file:
        store.dump(file, RdfFormat.N_TRIPLES, from_graph=graph)
        file.seek(0)
        yield from file
