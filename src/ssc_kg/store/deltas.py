"""What versions keep of how they differ from their parents, line by line."""

import gzip
from collections.abc import Iterator
from pathlib import Path

from ssc_kg.store.versions import Versions

_END = " ."
_TERMS_OF_A_TRIPLE = 3


def graphs_of_delta(versions: Versions, number: int) -> set[str] | None:
    """Return the IRIs of the named graphs in which a version differs from its parent.

    None if it does not keep that.
    """
    paths = versions.delta_paths(number)
    if not all(path.exists() for path in paths):
        return None
    lines = (line for path in paths for line in read_lines(path))
    return {graph for line in lines if (graph := graph_of(line)) is not None}


def read_lines(path: Path) -> Iterator[str]:
    """Yield the lines of N-Quads in a compressed file, with their newlines."""
    # Not as universal newlines: a carriage return alone ends no line.
    with gzip.open(path, "rt", encoding="utf-8", newline="\n") as file:
        yield from file


def graph_of(line: str) -> str | None:
    """Return the IRI of the named graph of a line of N-Quads, if it has one.

    >>> graph_of('<http://x.org/a> <http://x.org/b> "<c> ."@en <http://x.org/g> .')
    'http://x.org/g'
    >>> graph_of('<http://x.org/a> <http://x.org/b> <http://x.org/c> .') is None
    True
    """
    statement = line.rstrip("\n").removesuffix(_END)
    if not statement.endswith(">"):
        return None
    # No IRI has a quotation mark or a space in it, so the last one ends the literal.
    _, quote, rest = statement.rpartition('"')
    terms = rest.split(" ")
    has_graph = len(terms) > (1 if quote else _TERMS_OF_A_TRIPLE)
    return terms[-1][1:-1] if has_graph else None
