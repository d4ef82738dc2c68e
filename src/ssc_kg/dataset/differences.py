"""A difference between versions in any of the formats that it is told in."""

from collections.abc import Iterable, Iterator

from ssc_kg.dataset.difference import Difference
from ssc_kg.dataset.graphs import description_graphs
from ssc_kg.dataset.patches import write_changes, write_patch, write_update
from ssc_kg.dataset.report import Reader, write_json, write_text
from ssc_kg.formats.table import JSON, RDF_PATCH, SPARQL_UPDATE, TEXT, Format
from ssc_kg.urls import Urls

_CHUNK = 32 * 1024


def write_difference(
    difference: Difference,
    format_: Format,
    reader: Reader,
    urls: Urls,
    *,
    is_whole: bool = False,
) -> Iterator[bytes]:
    """Write a difference in one of the formats for it.

    Args:
        difference: What changed.
        format_: One of `DIFFERENCE_FORMATS`.
        reader: Knows the names of things, for people.
        urls: Names what is made.
        is_whole: Whether people are shown the graphs in which the program describes
            the data, which change with all else. Programs always are.

    Raises:
        UnwritableError: The format cannot express a term.
    """
    hidden = () if is_whole else described(urls)
    if format_ is TEXT:
        lines = write_text(difference, reader, hidden=hidden)
        return _join(line.encode() for line in lines)
    if format_ is JSON:
        return _join(write_json(difference, reader, hidden=hidden))
    if format_ is SPARQL_UPDATE:
        return _join(write_update(difference))
    if format_ is RDF_PATCH:
        return _join(write_patch(difference, urls))
    return write_changes(difference, format_, urls)


def described(urls: Urls) -> frozenset[str]:
    """Return the IRIs of the graphs in which the program describes the data."""
    return frozenset(graph.value for graph in description_graphs(urls.base_iri))


def _join(pieces: Iterable[bytes]) -> Iterator[bytes]:
    pending: list[bytes] = []
    size = 0
    for piece in pieces:
        pending.append(piece)
        size += len(piece)
        if size >= _CHUNK:
            yield b"".join(pending)
            pending, size = [], 0
    yield b"".join(pending)
