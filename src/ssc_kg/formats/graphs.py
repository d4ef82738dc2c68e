"""Graphs as the lines of N-Triples that an engine writes, and what has to be apart.

Most lines need nothing but their place in an order, so no term is made of them. Those
with a blank node have to be seen together, since its label depends on all that is said
of it; so memory has to have room for them.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from io import BufferedWriter, BytesIO, RawIOBase
from itertools import islice
from typing import IO, TYPE_CHECKING, TypeAlias

from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    Quad,
    RdfFormat,
    Triple,
    parse,
    serialize,
)

from ssc_kg.formats.statements import Subject

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

Take: TypeAlias = Callable[[bytes], None]
"""What gets whole lines, each with its end."""

_PIECE = 1024**2
"""Bytes handled at a time."""
_MANY = 50_000
"""Quads handled at a time."""
# A blank node as subject or object, and what only RDF 1.2 knows: a triple as a term, a
# base direction.
_MARKS = (b"_:", b"<<(")
_DIRECTIONS = (b"--ltr .", b"--rtl .")
_APART = re.compile(
    rb"^(?:_:.*|\S+ \S+ (?:_:|<<).*|.*--(?:ltr|rtl) \.)\n", re.MULTILINE
)


@dataclass(frozen=True, slots=True)
class Graph:
    """A graph, and what writes it to a file as N-Triples, in any order."""

    name: Subject | None
    """None is the default graph."""
    dump: Callable[[IO[bytes]], None]


def graphs_of(statements: Iterable[Triple] | Iterable[Quad]) -> list[Graph]:
    """Return the graphs that statements are in; triples are in the default graph."""
    triples: dict[Subject | None, list[Triple]] = {}
    for item in statements:
        triple, name = _split(item)
        triples.setdefault(name, []).append(triple)
    return [Graph(name, _dump(inside)) for name, inside in triples.items()]


def graphs_in_pieces(quads: Iterable[Quad]) -> Iterator[Graph]:
    """Yield what quads say of a graph, some of it at a time, so as not to hold all.

    Each piece has to be dumped before the next one is asked for.
    """
    remaining = iter(quads)
    while piece := list(islice(remaining, _MANY)):
        yield from graphs_of(piece)


def read_graph(graph: Graph, take: Take) -> list[Quad]:
    """Give the lines of a graph away, and return the quads that belong together.

    Those are the ones with a blank node, or with a term that only RDF 1.2 knows. The
    lines come in the order in which they are dumped.
    """
    apart = bytearray()
    is_blank = isinstance(graph.name, BlankNode)

    def split(text: bytes) -> None:
        if is_blank:
            apart.extend(text)
        elif rest := _set_apart(text, apart):
            take(rest)

    with BufferedWriter(_WholeLines(split), _PIECE) as output:
        graph.dump(output)
    return list(_read(bytes(apart), graph.name))


def quads_of(graphs: Iterable[Graph]) -> Iterator[Quad]:
    """Yield what graphs say."""
    for graph in graphs:
        output = BytesIO()
        graph.dump(output)
        yield from _read(output.getvalue(), graph.name)


def _split(item: Triple | Quad) -> tuple[Triple, Subject | None]:
    if isinstance(item, Triple):
        return item, None
    name = item.graph_name
    return item.triple, None if isinstance(name, DefaultGraph) else name


def _dump(triples: list[Triple]) -> Callable[[IO[bytes]], None]:
    def dump(output: IO[bytes]) -> None:
        serialize(triples, output, RdfFormat.N_TRIPLES)

    return dump


def _read(text: bytes, graph: Subject | None) -> Iterator[Quad]:
    name = graph or DefaultGraph()
    for quad in parse(text, format=RdfFormat.N_TRIPLES):
        yield Quad(quad.subject, quad.predicate, quad.object, name)


def _set_apart(text: bytes, apart: bytearray) -> bytes:
    marks = (*_MARKS, *_DIRECTIONS) if b"--" in text else _MARKS
    if not any(mark in text for mark in marks):
        return text
    apart += b"".join(_APART.findall(text))
    return _APART.sub(b"", text)


class _WholeLines(RawIOBase):
    """A file that gives on what is written to it, cut between lines."""

    def __init__(self, take: Take) -> None:
        self._take = take
        self._rest = b""

    def writable(self) -> bool:
        return True

    def write(self, piece: "ReadableBuffer", /) -> int:
        text = bytes(piece)
        end = text.rfind(b"\n") + 1
        if end:
            self._take(self._rest + text[:end])
            self._rest = text[end:]
        else:
            self._rest += text
        return len(text)
