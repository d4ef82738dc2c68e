"""A version, or one of its graphs, as a file."""

from collections.abc import Iterator
from functools import partial

from pyoxigraph import DefaultGraph, NamedNode

from ssc_kg.errors import UnknownGraphError
from ssc_kg.formats.graphs import Graph
from ssc_kg.formats.table import Format
from ssc_kg.formats.write import write_graphs
from ssc_kg.store.protocol import Store


def export(
    store: Store, *, graph: NamedNode | None = None, format_: Format
) -> Iterator[bytes]:
    """Write one graph, or everything if none is named.

    Everything is the named graphs in a format that keeps them, else their merge. The
    default graph is that merge, so no format has both.

    Raises:
        UnknownGraphError: There is no such graph.
        UnwritableError: The format cannot express a term.
        NoRoomError: There is no room for temporary files.
        StoreError: The store cannot be read.
    """
    if graph is None:
        names = store.graph_names() if format_.is_dataset else [DefaultGraph()]
    else:
        names = [_known(store, graph)]
    return write_graphs([dumped(store, name) for name in names], format_)


def _known(store: Store, graph: NamedNode) -> NamedNode:
    known = store.graph_names()
    if graph not in known:
        raise UnknownGraphError(graph.value, [name.value for name in known])
    return graph


def dumped(store: Store, graph: NamedNode | DefaultGraph) -> Graph:
    """Return a graph of a store, to be dumped when it is written."""
    name = graph if isinstance(graph, NamedNode) else None
    return Graph(name, partial(store.dump, graph))
