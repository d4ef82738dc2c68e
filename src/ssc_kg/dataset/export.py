"""A version, or one of its graphs, as a file; whether a file is written that way."""

from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import DefaultGraph, NamedNode, Quad, parse

from ssc_kg.dataset.sources import format_of
from ssc_kg.errors import MissingFileError, RdfSyntaxError, UnknownGraphError
from ssc_kg.formats.table import Format
from ssc_kg.formats.write import write_dataset
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
    """
    return write_dataset(content(store, graph=graph, format_=format_), format_)


def content(
    store: Store, *, graph: NamedNode | None = None, format_: Format
) -> list[Quad]:
    """Return what `export` writes.

    Raises:
        UnknownGraphError: There is no such graph.
    """
    if graph is not None:
        known = store.graph_names()
        if graph not in known:
            raise UnknownGraphError(graph.value, [name.value for name in known])
        return store.match(graph=graph)
    if not format_.is_dataset:
        return store.match()
    merge = DefaultGraph()
    return [quad for quad in store.match(graph=None) if quad.graph_name != merge]


def is_canonical(path: Path) -> bool:
    """Whether a file is what `export` would write of its content, to the byte.

    Raises:
        MissingFileError: There is no such file.
        UnknownFormatError: Its name does not say the format.
        RdfSyntaxError: It does not parse.
    """
    if not path.is_file():
        raise MissingFileError(path)
    content = path.read_bytes()
    format_ = format_of(path)
    try:
        quads = list(parse(content, format=format_.rdf))
    except SyntaxError as error:
        raise RdfSyntaxError(
            str(path), error.msg, line=error.lineno, column=error.offset
        ) from error
    return b"".join(write_dataset(quads, format_)) == content
