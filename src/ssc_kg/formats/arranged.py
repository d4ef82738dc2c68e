"""Datasets in the one order of Turtle, as lines of text, graph by graph.

Graphs: the default one, the named ones by IRI. Subjects: IRIs, then blank nodes. A line
has subject, predicate and object, of which NUL ends the first two, each spelled as in
`spelling`. The lines of a subject are in order of their predicates' IRIs, and then of
how their objects are spelled.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import NamedNode, Quad

from ssc_kg.formats.graphs import Graph, Take, read_graph
from ssc_kg.formats.lists import take_lists
from ssc_kg.formats.runs import Shelf, SortedLines
from ssc_kg.formats.spelling import MARK, Text, text_of
from ssc_kg.formats.statements import Statement, Subject, arrange

_MARK = MARK.encode()


@dataclass(frozen=True, slots=True)
class Arranged:
    """A dataset in order."""

    graphs: Mapping[Subject | None, SortedLines]
    """None is the default graph; none is empty."""
    lists: Mapping[Text, tuple[Text, ...]]
    """The members of each list that is taken out, by its first blank node."""

    def names(self) -> list[Subject | None]:
        """Return the names of the graphs in order."""
        return sorted(self.graphs, key=_name_key)

    def lines(self, name: Subject | None) -> Iterator[str]:
        """Yield the lines of a graph."""
        for block in self.graphs[name].blocks():
            yield from b"\n".join(block).decode().split("\n")


def arrange_graphs(graphs: Iterable[Graph], shelf: Shelf) -> Arranged:
    """Read graphs, and put them in order; what is over its limit is put on the shelf.

    Raises:
        UnwritableError: A term is none of RDF 1.1.
        NoRoomError: The temporary directory has no room.
    """
    arranged: dict[Subject | None, SortedLines] = {}
    apart: list[Quad] = []
    held = 0
    for graph in graphs:
        lines = arranged.setdefault(graph.name, SortedLines(shelf))
        held -= lines.held
        apart += read_graph(graph, _taking(lines))
        held += lines.held
        if held > shelf.limit:
            for each in arranged.values():
                each.store()
            held = 0
    kept, lists = take_lists(arrange(apart))
    for statement in kept:
        lines = arranged.setdefault(statement.graph, SortedLines(shelf))
        lines.add([_line(statement)])
    return Arranged(
        {name: lines for name, lines in arranged.items() if lines},
        {text_of(head): tuple(map(text_of, lists[head])) for head in lists},
    )


def _taking(lines: SortedLines) -> Take:
    def take(text: bytes) -> None:
        lines.add(text.replace(b"> ", _MARK)[:-1].split(b"\n"))

    return take


def _line(statement: Statement) -> bytes:
    _, subject, predicate, object_ = statement
    ended = f"{object_} .".replace("> ", MARK)
    return MARK.join((text_of(subject), text_of(predicate), ended)).encode()


def _name_key(name: Subject | None) -> tuple[int, str]:
    if name is None:
        return (0, "")
    return (1 if isinstance(name, NamedNode) else 2, name.value)
