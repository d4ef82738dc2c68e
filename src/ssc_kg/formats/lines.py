"""N-Triples and N-Quads, sorted: one line is one statement, so a `diff` is one too."""

from collections.abc import Iterable, Iterator

from pyoxigraph import Quad

from ssc_kg.formats.graphs import Graph, Take, read_graph
from ssc_kg.formats.runs import Shelf, SortedLines
from ssc_kg.formats.statements import Statement, Subject, arrange


def write_lines(graphs: Iterable[Graph]) -> Iterator[bytes]:
    """Write graphs as lines sorted by code point; the default graph's have no name.

    Raises:
        UnwritableError: A term is none of RDF 1.1.
        NoRoomError: The temporary directory has no room.
    """
    apart = list[Quad]()
    with Shelf() as shelf:
        lines = SortedLines(shelf)
        for graph in graphs:
            apart += read_graph(graph, _taking(lines, graph.name))
        lines.add([_line(statement) for statement in arrange(apart)])
        for block in lines.blocks():
            yield b"\n".join((*block, b""))


def _taking(lines: SortedLines, name: Subject | None) -> Take:
    end = b" .\n" if name is None else f" {name} .\n".encode()

    def take(text: bytes) -> None:
        lines.add(text.replace(b" .\n", end).split(b"\n")[:-1])

    return take


def _line(statement: Statement) -> bytes:
    graph, subject, predicate, object_ = statement
    name = "" if graph is None else f" {graph}"
    return f"{subject} {predicate} {object_}{name} .".encode()
