"""Datasets in the one order of Turtle, as lines of text, graph by graph.

Graphs: the default one, the named ones by IRI. Subjects: IRIs, then blank nodes. A line
has subject, predicate and object, with `BETWEEN` between them, each spelled as in
`spelling`. The lines of a subject are in order of their predicates' IRIs, and then of
how their objects are spelled.

In a document about a thing, as published here, the thing comes first, and then the
document: what says so is a foaf:Document with the one foaf:primaryTopic there is.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from pyoxigraph import NamedNode, Quad

from ssc_kg.formats.graphs import Graph, Take, read_graph
from ssc_kg.formats.lists import take_lists
from ssc_kg.formats.runs import Shelf, SortedLines
from ssc_kg.formats.spelling import BETWEEN, MARK, Text, text_of
from ssc_kg.formats.statements import Statement, Subject, arrange
from ssc_kg.rdf.vocab import FOAF, RDF

_MARKED = bytes.maketrans(b">", MARK.encode())
_TOPIC = f" {FOAF.primaryTopic} ".encode()
_DOCUMENT = f" {RDF.type} {FOAF.Document} .".encode()
_TOPICS = re.compile(
    rb"^(<[^>]*)>" + re.escape(_TOPIC) + rb"(<[^>]*)> \.$", re.MULTILINE
)
_DOCUMENTS = re.compile(rb"^(<[^>]*)>" + re.escape(_DOCUMENT) + rb"$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Arranged:
    """A dataset in order."""

    graphs: Mapping[Subject | None, SortedLines]
    """None is the default graph; none is empty."""
    lists: Mapping[Text, tuple[Text, ...]]
    """The members of each list that is taken out, by its first blank node."""
    first: tuple[Text, ...] = ()
    """The subjects that come before the others: a topic, and the document about it."""

    def names(self) -> list[Subject | None]:
        """Return the names of the graphs in order."""
        return sorted(self.graphs, key=_name_key)

    def lines(self, name: Subject | None) -> Iterator[str]:
        """Yield the lines of a graph."""
        if not self.first:
            yield from self._sorted(name)
            return
        beginnings = tuple(f"{subject}{BETWEEN}" for subject in self.first)
        for first in beginnings:
            yield from (line for line in self._sorted(name) if line.startswith(first))
        for line in self._sorted(name):
            if not line.startswith(beginnings):
                yield line

    def _sorted(self, name: Subject | None) -> Iterator[str]:
        for block in self.graphs[name].blocks():
            yield from b"\n".join(block).decode().split("\n")


def arrange_graphs(graphs: Iterable[Graph], shelf: Shelf) -> Arranged:
    """Read graphs, and put them in order; what is over its limit is put on the shelf.

    Raises:
        UnwritableError: A term is none of RDF 1.1.
        NoRoomError: The temporary directory has no room.
    """
    arranged: dict[Subject | None, SortedLines] = {}
    topics = _Topics()
    apart: list[Quad] = []
    held = 0
    for graph in graphs:
        lines = arranged.setdefault(graph.name, SortedLines(shelf))
        held -= lines.held
        apart += read_graph(graph, _taking(lines, topics))
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
        topics.first(),
    )


@dataclass(slots=True)
class _Topics:
    """What graphs say about documents and their topics."""

    topics: set[tuple[bytes, bytes]] = field(default_factory=set)
    documents: set[bytes] = field(default_factory=set)

    def look(self, text: bytes) -> None:
        """Note what some lines say."""
        if _TOPIC in text:
            self.topics.update(_TOPICS.findall(text))
        if _DOCUMENT in text:
            self.documents.update(_DOCUMENTS.findall(text))

    def first(self) -> tuple[Text, ...]:
        """Return what comes first: the one topic there is, and its document."""
        if len(self.topics) != 1:
            return ()
        [(document, topic)] = self.topics
        if document not in self.documents:
            return ()
        return topic.decode(), document.decode()


def _taking(lines: SortedLines, topics: _Topics) -> Take:
    def take(text: bytes) -> None:
        topics.look(text)
        lines.add(text.translate(_MARKED)[:-1].split(b"\n"))

    return take


def _line(statement: Statement) -> bytes:
    _, subject, predicate, object_ = statement
    parts = (text_of(subject), text_of(predicate), f"{object_} .")
    return BETWEEN.join(part.replace(">", MARK) for part in parts).encode()


def _name_key(name: Subject | None) -> tuple[int, str]:
    if name is None:
        return (0, "")
    return (1 if isinstance(name, NamedNode) else 2, name.value)
