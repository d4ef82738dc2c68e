"""A difference between versions for people: what changed of which thing.

    @@ source/example: 1 added, 1 removed @@

    Memorandum of A and B <https://w3id.org/ssc-kg/id/agreement/a-b>
    -   skos:prefLabel "Memorandum of A and B"@en
    +   skos:prefLabel "Memorandum of understanding between A and B"@en

Things are grouped by graph and called what the newer version calls them, or else the
older one. What is removed of a property stands above what is added.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

import orjson
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from ssc_kg.compiler.preferences import Preference
from ssc_kg.dataset.difference import Change, Counts, Difference
from ssc_kg.rdf.namespaces import shorten
from ssc_kg.rdf.vocab import DCTERMS, RDF, RDFS, SKOS, XSD
from ssc_kg.store.protocol import Store
from ssc_kg.store.versions import VersionRecord

_NAMES = (SKOS.prefLabel, RDFS.label, DCTERMS.title)
_FIRST = (RDF.type, *_NAMES)
_KEPT = 10_000
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Term:
    """A term as a person reads it."""

    text: str
    """Shortened, or as Turtle writes it."""
    iri: str | None = None
    name: str | None = None
    """What it is called, if it is a thing with a name."""


@dataclass(frozen=True, slots=True)
class Line:
    """A statement about a thing that is added or removed."""

    is_added: bool
    predicate: Term
    object: Term


@dataclass(frozen=True, slots=True)
class ChangedThing:
    """What changes of a thing in a graph."""

    thing: Term
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class ChangedGraph:
    """What changes in a graph."""

    graph: Term
    counts: str
    """How many statements, in words."""
    things: tuple[ChangedThing, ...] = ()
    """None of a graph of which only the numbers are told."""


@dataclass(frozen=True, slots=True)
class Report:
    """A difference as a page shows it."""

    difference: Difference
    graphs: tuple[ChangedGraph, ...]
    hidden: tuple[ChangedGraph, ...]
    is_cut: bool
    """Whether there is more than is shown."""

    @property
    def counts(self) -> str:
        """How much changed, in words."""
        return describe_counts(self.difference)


class Reader:
    """Reads differences with the names that things have."""

    def __init__(
        self, before: Store, after: Store, preference: Preference, *, base_iri: str
    ) -> None:
        self._stores = (after, before)
        self._preference = preference
        self._graphs = f"{base_iri}graph/"
        # Names are read again and again; what is not met for long is let go of.
        self._name = lru_cache(_KEPT)(self._find_name)

    def things(self, changes: Iterator[list[Change]]) -> Iterator[ChangedThing]:
        """Yield what changes of things, which are those of one graph."""
        for about in changes:
            lines = [self._line(change) for change in sorted(about, key=_place)]
            subject = about[0].quad.subject
            yield ChangedThing(self._term(subject), tuple(lines))

    def graph(self, iri: str) -> Term:
        """Return a graph as a person reads it."""
        return Term(iri.removeprefix(self._graphs), iri)

    def _line(self, change: Change) -> Line:
        quad = change.quad
        is_type = quad.predicate == RDF.type
        text = "a" if is_type else _shorten(quad.predicate)
        predicate = Term(text, quad.predicate.value)
        return Line(change.is_added, predicate, self._term(quad.object))

    def _term(self, term: NamedNode | BlankNode | Literal | Triple) -> Term:
        match term:
            case NamedNode():
                return Term(_shorten(term), term.value, self._name(term))
            case Literal() if term.datatype not in (XSD.string, RDF.langString):
                quoted = str(Literal(term.value))
                return Term(f"{quoted}^^{_shorten(term.datatype)}")
            case _:
                return Term(str(term))

    def _find_name(self, iri: NamedNode) -> str | None:
        for store in self._stores:
            for property_ in _NAMES:
                found = (quad.object for quad in store.match(iri, property_))
                texts = [text for text in found if isinstance(text, Literal)]
                if name := self._preference.choose_text(texts):
                    return " ".join(name.value.split())
        return None


def read_report(
    difference: Difference,
    reader: Reader,
    *,
    hidden: Collection[str] = (),
    maximum: int,
) -> Report:
    """Return a difference as a page shows it, with at most so many statements."""
    graphs: list[ChangedGraph] = []
    left = maximum
    for graph, changes in difference.things(without=hidden):
        if left <= 0:
            break
        things: list[ChangedThing] = []
        for thing in reader.things(changes):
            things.append(replace(thing, lines=thing.lines[:left]))
            left -= len(thing.lines)
            if left <= 0:
                break
        told = count(difference.graphs[graph])
        graphs.append(ChangedGraph(reader.graph(graph), told, tuple(things)))
    unseen = tuple(
        ChangedGraph(reader.graph(graph), count(counts))
        for graph, counts in told_of(difference, hidden).items()
    )
    total = difference.counts
    all_told = sum(told_of(difference, hidden).values(), Counts())
    shown = sum(len(t.lines) for each in graphs for t in each.things)
    is_cut = shown < total.added + total.removed - all_told.added - all_told.removed
    return Report(difference, tuple(graphs), unseen, is_cut)


def write_text(
    difference: Difference, reader: Reader, *, hidden: Collection[str] = ()
) -> Iterator[str]:
    """Write a difference as lines, each with its end.

    Args:
        difference: What changed.
        reader: Knows names.
        hidden: Graphs of which only the numbers are told.
    """
    for line in _lines(difference, reader, hidden):
        # What moves the cursor, or the order of letters, would change how it looks.
        yield _UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04X}", line) + "\n"


def _lines(
    difference: Difference, reader: Reader, hidden: Collection[str]
) -> Iterator[str]:
    yield f"--- {_summarise(difference.before)}"
    yield f"+++ {_summarise(difference.after)}"
    yield describe_counts(difference)
    for graph, changes in difference.things(without=hidden):
        told = count(difference.graphs[graph])
        yield from ("", f"@@ {reader.graph(graph).text}: {told} @@")
        for thing in reader.things(changes):
            yield from _write_thing(thing)
    for graph, counts in told_of(difference, hidden).items():
        told = count(counts)
        yield from ("", f"@@ {reader.graph(graph).text}: {told}, not shown @@")


def write_json(
    difference: Difference, reader: Reader, *, hidden: Collection[str] = ()
) -> Iterator[bytes]:
    """Write what `write_text` writes as one JSON object, thing by thing."""
    versions = {
        "before": _record(difference.before),
        "after": _record(difference.after),
        "added": difference.counts.added,
        "removed": difference.counts.removed,
    }
    yield orjson.dumps(versions)[:-1] + b',"graphs":['
    comma = b""
    for graph, changes in difference.things(without=hidden):
        yield comma + orjson.dumps(_graph(graph, difference))[:-1] + b',"things":['
        comma = b""
        for thing in reader.things(changes):
            yield comma + orjson.dumps(_thing(thing))
            comma = b","
        yield b"]}"
    for graph in told_of(difference, hidden):
        yield comma + orjson.dumps(_graph(graph, difference))
        comma = b","
    yield b"]}\n"


def describe_counts(difference: Difference) -> str:
    """Return how much changed, in words."""
    if not difference.graphs:
        return "nothing differs"
    number = len(difference.graphs)
    where = f"in {number} graph{'' if number == 1 else 's'}"
    return f"{count(difference.counts)}, {where}"


def count(counts: Counts) -> str:
    """Return how many statements are added and removed, in words."""
    parts = ((counts.added, "added"), (counts.removed, "removed"))
    return ", ".join(f"{number} {word}" for number, word in parts if number)


def told_of(difference: Difference, hidden: Collection[str]) -> Mapping[str, Counts]:
    """Return the graphs that differ but are not shown, with how much."""
    return {
        graph: counts for graph, counts in difference.graphs.items() if graph in hidden
    }


def _shorten(iri: NamedNode) -> str:
    short = shorten(iri)
    return f"<{short}>" if short == iri.value else short


def _place(change: Change) -> tuple[int, str, bool, str]:
    predicate = change.quad.predicate
    rank = _FIRST.index(predicate) if predicate in _FIRST else len(_FIRST)
    return rank, predicate.value, change.is_added, str(change.quad.object)


def _summarise(record: VersionRecord) -> str:
    time = record.time.strftime("%Y-%m-%d %H:%M:%S UTC")
    message = " ".join(record.message.split())
    return f"version {record.number}  {time}  {record.author}  {message}".rstrip()


def _write_thing(thing: ChangedThing) -> Iterator[str]:
    yield from ("", _spell(thing.thing))
    for line in thing.lines:
        sign = "+" if line.is_added else "-"
        name = f"  # {line.object.name}" if line.object.name else ""
        yield f"{sign}   {line.predicate.text} {line.object.text}{name}"


def _spell(thing: Term) -> str:
    return f"{thing.name} {thing.text}" if thing.name else thing.text


def _record(record: VersionRecord) -> Mapping[str, object]:
    return {
        "number": record.number,
        "time": record.time,
        "author": record.author,
        "message": record.message,
    }


def _graph(graph: str, difference: Difference) -> Mapping[str, object]:
    counts = difference.graphs[graph]
    return {"graph": graph, "added": counts.added, "removed": counts.removed}


def _thing(thing: ChangedThing) -> Mapping[str, object]:
    return {
        "iri": thing.thing.iri,
        "name": thing.thing.name,
        "changes": [
            {
                "change": "added" if line.is_added else "removed",
                "predicate": line.predicate.iri,
                "object": line.object.iri or line.object.text,
                **({"name": line.object.name} if line.object.name else {}),
            }
            for line in thing.lines
        ],
    }
