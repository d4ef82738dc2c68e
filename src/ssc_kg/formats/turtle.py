"""Turtle and TriG that people enjoy reading, and that line up under `diff`.

One block per subject, in the order of `statements`: `a` first, then the names, then
the other predicates by IRI. Several types share a line; several objects of another
predicate have a line each. A list of which nothing else is said is written `( a b )`,
with a line for each member if it is long. Prefixes are those of `rdf/namespaces.py`
that are used; all else is written as `<IRI>`, things too, so that they can be searched
for. The same triples, in any order and from any source, give the same bytes, and
reading those gives the triples.

How a term looks is said in `spelling`. Names, lists and what is said of one subject are
held in memory, the document only while it is small: it goes to a temporary file, since
the prefixes declared at its top are those that it turns out to need.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import chain, repeat
from tempfile import SpooledTemporaryFile
from typing import TypeAlias

from ssc_kg.formats.arranged import Arranged, arrange_graphs
from ssc_kg.formats.graphs import Graph
from ssc_kg.formats.runs import Shelf, explaining
from ssc_kg.formats.spelling import (
    BETWEEN,
    MARK,
    Spell,
    Text,
    sort_key,
    spell_term,
    speller,
    text_of,
)
from ssc_kg.formats.statements import FIRST
from ssc_kg.rdf.namespaces import PREFIXES
from ssc_kg.rdf.vocab import RDF

_INDENT = "    "
_WIDTH = 88
_END = " ;"
_TYPE, _NIL = text_of(RDF.type), text_of(RDF.nil)
_RANKS = {text_of(predicate): rank for rank, predicate in enumerate(FIRST)}
_IN_MEMORY = 8 * 1024**2
"""Bytes of a document that are held before it goes to a file."""
_PIECE = 64 * 1024

_Lists: TypeAlias = Mapping[Text, tuple[Text, ...]]
_Fact: TypeAlias = list[Text]
"""A predicate, and behind it its objects in order."""


@dataclass(frozen=True, slots=True)
class _Writing:
    """What is needed everywhere in a document."""

    lists: _Lists
    predicate: Spell
    object: Spell
    used: set[str]
    """The prefixes so far."""


def write_turtle(graphs: Iterable[Graph]) -> Iterator[bytes]:
    r"""Write graphs, block by block: the default one, then the named ones, as in TriG.

    >>> from pyoxigraph import NamedNode, Triple
    >>> from ssc_kg.formats.graphs import graphs_of
    >>> triple = Triple(NamedNode("http://x.org/a"), RDF.object, RDF.nil)
    >>> print(b"".join(write_turtle(graphs_of([triple]))).decode(), end="")
    @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
    <BLANKLINE>
    <http://x.org/a> rdf:object () .

    Raises:
        UnwritableError: A term is none of RDF 1.1.
        NoRoomError: The temporary directory has no room.
    """
    used: set[str] = set()
    with SpooledTemporaryFile(_IN_MEMORY, prefix="ssc-kg-") as body:
        with Shelf() as shelf:
            for piece in in_chunks(_graphs(arrange_graphs(graphs, shelf), used)):
                with explaining():
                    body.write(piece)
        header = "".join(
            f"@prefix {prefix}: <{PREFIXES[prefix]}> .\n" for prefix in sorted(used)
        )
        yield header.encode()
        # A blank line stands above each block but the first line of a document.
        body.seek(0 if header else 1)
        yield from iter(partial(body.read, _PIECE), b"")


def in_chunks(texts: Iterable[str]) -> Iterator[bytes]:
    """Join texts to pieces of some size, in UTF-8."""
    pending: list[str] = []
    size = 0
    for text in texts:
        pending.append(text)
        size += len(text)
        if size >= _PIECE:
            yield "".join(pending).encode()
            pending, size = [], 0
    if pending:
        yield "".join(pending).encode()


def _graphs(arranged: Arranged, used: set[str]) -> Iterator[str]:
    spell = partial(speller, used)
    writing = _Writing(arranged.lists, spell({_TYPE: "a"}), spell({_NIL: "()"}), used)
    for name in arranged.names():
        lines = arranged.lines(name)
        if name is None:
            yield from _blocks(lines, writing, margin="")
        else:
            yield f"\n{spell_term(text_of(name), used)} {{"
            yield from _blocks(lines, writing, margin=_INDENT)
            yield "}\n"


def _blocks(lines: Iterable[str], writing: _Writing, *, margin: str) -> Iterator[str]:
    between = f"{_END}\n{margin}{_INDENT}"
    for subject, facts in _subjects(lines):
        lead = f"{margin}{spell_term(subject, writing.used)} "
        said = between.join(_facts(facts, writing, margin, len(lead)))
        yield f"\n{lead}{said} .\n"


def _subjects(lines: Iterable[str]) -> Iterator[tuple[Text, list[_Fact]]]:
    """Each subject with what is said of it, in order."""
    known, last = "", ""
    facts: list[_Fact] = []
    for line in lines:
        subject, predicate, rest = line.split(BETWEEN, 2)
        if subject != known:
            if facts:
                yield known, _ranked(facts)
            known, last, facts = subject, "", []
        object_ = rest[:-2].rstrip(MARK)
        if predicate == last:
            facts[-1].append(object_)
        else:
            facts.append([predicate, object_])
            last = predicate
    if facts:
        yield known, _ranked(facts)


def _ranked(facts: list[_Fact]) -> list[_Fact]:
    first = [fact for fact in facts if fact[0] in _RANKS]
    for fact in first:
        facts.remove(fact)
    if len(first) > 1:
        first.sort(key=_rank)
    return first + facts


def _rank(fact: _Fact) -> int:
    return _RANKS[fact[0]]


def _facts(
    facts: list[_Fact], writing: _Writing, margin: str, column: int
) -> list[str]:
    """The column is where the first one begins."""
    if writing.lists:
        columns = chain([column], repeat(len(margin + _INDENT)))
        return [
            _fact(fact, writing, margin, column)
            for fact, column in zip(facts, columns, strict=False)
        ]
    # Most facts have one object, and most documents have no list.
    verb, noun = writing.predicate, writing.object
    return [
        f"{verb(fact[0])} {noun(fact[1])}"
        if len(fact) == 2  # noqa: PLR2004
        else _fact(fact, writing, margin, column)
        for fact in facts
    ]


def _fact(fact: _Fact, writing: _Writing, margin: str, column: int) -> str:
    predicate, *objects = fact
    name = writing.predicate(predicate)
    objects = _sort(objects, writing)
    if predicate == _TYPE:
        return f"{name} {', '.join(_flat(text, writing) for text in objects)}"
    if len(objects) == 1:
        room = _WIDTH - column - len(f"{name} {_END}")
        return f"{name} {_object(objects[0], writing, margin + _INDENT, room)}"
    inner = margin + _INDENT * 2
    room = _WIDTH - len(inner + _END)
    lines = (f"\n{inner}{_object(text, writing, inner, room)}" for text in objects)
    return f"{name}{','.join(lines)}"


def _sort(objects: list[Text], writing: _Writing) -> list[Text]:
    """Put objects in order, lists after IRIs, by what they say."""
    lists = writing.lists
    in_order = objects if objects[0][0] != '"' else sorted(objects, key=sort_key)
    if lists.keys().isdisjoint(objects):
        return in_order
    return sorted(
        in_order,
        key=lambda text: (
            text[0] != "<",
            text not in lists,
            _flat(text, writing) if text in lists else "",
        ),
    )


def _object(text: Text, writing: _Writing, margin: str, room: int) -> str:
    """A list that has no room on its line, or spans lines, has members below it."""
    flat = _flat(text, writing)
    members = writing.lists.get(text)
    if members is None or ("\n" not in flat and len(flat) <= room):
        return flat
    inner = margin + _INDENT
    below = _WIDTH - len(inner)
    lines = (f"\n{inner}{_object(each, writing, inner, below)}" for each in members)
    return f"({''.join(lines)}\n{margin})"


def _flat(text: Text, writing: _Writing) -> str:
    members = writing.lists.get(text)
    if members is None:
        return writing.object(text)
    return f"( {' '.join(_flat(member, writing) for member in members)} )"
