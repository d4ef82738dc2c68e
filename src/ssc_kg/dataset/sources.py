"""Files to quads: what is read, and what is refused.

Some input ends the process that parses it, or keeps it busy for ever, whatever is
checked here; so strangers' files are read in a process of their own (`apart`).
"""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph
from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    RdfFormat,
    Triple,
)

from ssc_kg.dataset import places
from ssc_kg.errors import (
    MissingFileError,
    RdfRefusedError,
    RdfSyntaxError,
    UnknownFormatError,
)
from ssc_kg.formats.table import (
    JSON_LD,
    N_QUADS,
    N_TRIPLES,
    RDF_FORMATS,
    RDF_XML,
    TRIG,
    TURTLE,
    Format,
)

_MAX_DEPTH = 256
_TURTLE_FAMILY = (TURTLE, TRIG, N_TRIPLES, N_QUADS)
_DOCTYPE = "<!DOCTYPE"
_PLACE = re.compile(r"Parser error .*?\d: ")
# Atomic groups for the reason that `sparql/tokens.py` gives.
# Groups: what opens a level, what closes one; anything else leaves the depth alone.
_BRACKETS = re.compile(rb'"(?>(?:[^"\\]|\\.)*)"|([\[{])|([\]}])', re.DOTALL)
_TAGS = re.compile(
    rb"""<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>
      | (</[^>]*+>)
      | <(?>(?:[^<>"'/]|"[^"]*+"|'[^']*+'|/(?!>))+)/>
      | (<(?>(?:[^<>"'/]|"[^"]*+"|'[^']*+'|/(?!>))+)>)""",
    re.DOTALL | re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Source:
    """A file of RDF, and the graph for those of its triples that name none."""

    path: Path
    graph: NamedNode | None = None
    """None leaves it to the catalogue."""

    def __str__(self) -> str:
        return str(self.path)


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a file says, in the terms of the store: `"01"^^xsd:integer` is 1."""

    source: Source
    format: Format
    store: pyoxigraph.Store
    """Its quads; the default graph has those that name no graph."""

    def quads(self, graph: NamedNode | DefaultGraph) -> Iterator[Quad]:
        """Yield the quads of one of the file's graphs."""
        return self.store.quads_for_pattern(None, None, None, graph)

    def graph_names(self) -> list[NamedNode]:
        """Return the graphs that the file names, sorted.

        Raises:
            RdfRefusedError: A graph has a blank node for its name.
        """
        names = list(self.store.named_graphs())
        if any(isinstance(name, BlankNode) for name in names):
            reason = "a graph is named by a blank node; name it by an IRI"
            raise RdfRefusedError(str(self.source), reason)
        named = (name for name in names if isinstance(name, NamedNode))
        return sorted(named, key=lambda name: name.value)

    def lines_of(self, subjects: Collection[NamedNode]) -> dict[places.Key, int]:
        """Return the lines on which the subjects are described, as far as known.

        What a triple says of a subject has a line of its own in Turtle and its family.
        """
        text = self._text()
        if self.format in _TURTLE_FAMILY:
            return places.find_lines(text, subjects)
        lines = {s.value: places.find_text(text, f'"{s.value}"') for s in subjects}
        return {(s, None, None): line for s, line in lines.items() if line is not None}

    def line_of_blank_node(self) -> int | None:
        """Return the line of the first blank node, if known."""
        if self.format in _TURTLE_FAMILY:
            return places.find_blank_node(self._text())
        return None

    def _text(self) -> str:
        return self.source.path.read_text(encoding="utf-8", errors="replace")


def parse(source: Source) -> Parsed:
    """Read a file in the format that its name says.

    Raises:
        MissingFileError: There is no such file.
        UnknownFormatError: The name does not say the format.
        RdfSyntaxError: The file does not parse.
        RdfRefusedError: It holds what no graph here may hold.
    """
    format_ = format_of(source.path)
    try:
        content = source.path.read_bytes()
    except (FileNotFoundError, IsADirectoryError):
        raise MissingFileError(source.path) from None
    _check_text(source, format_, content)
    store = pyoxigraph.Store()
    try:
        store.bulk_load(content, format_.rdf)
    except SyntaxError as error:
        raise _explain(source, error) from error
    _check_terms(source, store)
    return Parsed(source, format_, store)


def format_of(path: Path) -> Format:
    """Return the format that a file's name says.

    >>> format_of(Path("goals.jsonld")).name
    'jsonld'

    Raises:
        UnknownFormatError: It is none that is read here.
    """
    # To the engine a `.txt` is N-Triples; to people it is anything.
    extension = path.suffix.removeprefix(".")
    rdf = RdfFormat.from_extension(extension) if extension != "txt" else None
    for format_ in RDF_FORMATS:
        if rdf is not None and format_.rdf == rdf:
            return format_
    raise UnknownFormatError(str(path), [format_.suffix for format_ in RDF_FORMATS])


def _check_text(source: Source, format_: Format, content: bytes) -> None:
    if format_ == JSON_LD:
        _check_depth(source, "brackets", _BRACKETS.finditer(content), opening=1)
    elif format_ == RDF_XML:
        _refuse_doctype(source, content)
        _check_depth(source, "elements", _TAGS.finditer(content), opening=2)
    elif b"<<" in content or b"{|" in content:
        line = places.find_triple_term(content.decode(errors="replace"))
        if line is not None:
            raise _triple_term(source, line)


def _refuse_doctype(source: Source, content: bytes) -> None:
    # Entities that are made of entities fill the memory.
    line = places.find_text(content.decode(errors="replace"), _DOCTYPE)
    if line is not None:
        reason = f"{_DOCTYPE} is not read; write out what its entities stand for"
        raise RdfRefusedError(str(source), reason, line=line)


def _check_depth(
    source: Source, what: str, marks: Iterable[re.Match[bytes]], *, opening: int
) -> None:
    # The parser of JSON-LD overflows its stack, that of RDF/XML takes quadratic time.
    depth = 0
    for mark in marks:
        if mark.lastindex is not None:
            depth += 1 if mark.lastindex == opening else -1
        if depth > _MAX_DEPTH:
            reason = f"{what} nest deeper than {_MAX_DEPTH} levels, the limit"
            line = mark.string.count(b"\n", 0, mark.start()) + 1
            raise RdfRefusedError(str(source), reason, line=line)


def _explain(source: Source, error: SyntaxError) -> RdfSyntaxError:
    reason = _PLACE.sub("", error.msg, count=1)
    if "LoadDocumentCallback" in reason:
        reason = "a remote @context is not fetched; put its content into the file"
    return RdfSyntaxError(str(source), reason, line=error.lineno, column=error.offset)


def _check_terms(source: Source, store: pyoxigraph.Store) -> None:
    for quad in store.quads_for_pattern(None, None, None, None):
        term = quad.object
        if isinstance(term, Triple):
            raise _triple_term(source, None)
        if isinstance(term, Literal) and term.direction is not None:
            reason = (
                f"{term} has a base direction, which engines of RDF 1.1 cannot read; "
                "leave it out"
            )
            raise RdfRefusedError(str(source), reason)


def _triple_term(source: Source, line: int | None) -> RdfRefusedError:
    reason = (
        "a triple term of RDF 1.2 (<<…>> or {|…|}), which engines of RDF 1.1 cannot "
        "read; describe the triple with rdf:subject, rdf:predicate and rdf:object"
    )
    return RdfRefusedError(str(source), reason, line=line)
