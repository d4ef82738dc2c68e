"""Where in a text something stands, for messages about it.

Turtle, TriG, N-Triples and N-Quads have the terminals of SPARQL, so this reads tokens
and the ends of statements, never recurses, and gives up on text that does not parse.
Lines count from 1.
"""

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TypeAlias
from urllib.parse import urljoin

from pyoxigraph import NamedNode

from ssc_kg.errors import QuerySyntaxError
from ssc_kg.rdf.vocab import RDF
from ssc_kg.sparql.tokens import Kind, Token, position, tokenize

Key: TypeAlias = tuple[str, str | None, str | None]
"""A subject, a subject and a predicate, or all of a triple; a literal by its text."""

_DIRECTIVE = 3
"""How many tokens the longest directive has: `@prefix`, the prefix, its IRI."""
_STRING_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_CONTROLS = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}
_CODE_POINT = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_ESCAPE = re.compile(r"\\(.)")
_LONG_QUOTES = ('"""', "'''")


def find_lines(text: str, wanted: Collection[NamedNode]) -> dict[Key, int]:
    r"""Return where each wanted subject is described, with each predicate and value.

    What stands in several places has the line of the first.

    >>> text = "PREFIX e: <http://e/>\ne:a e:b 1 ,\n 2 ."
    >>> lines = find_lines(text, [NamedNode("http://e/a")])
    >>> lines["http://e/a", None, None], lines["http://e/a", "http://e/b", "2"]
    (2, 3)
    """
    values = {subject.value for subject in wanted}
    newlines = [match.start() for match in re.finditer("\n", text)]
    lines: dict[Key, int] = {}
    for key, start in _keys(text, values):
        lines.setdefault(key, bisect_left(newlines, start) + 1)
    return lines


def find_blank_node(text: str) -> int | None:
    """Return the line of the first label, bracket or list that makes a blank node."""
    starts = (
        token.start
        for token in _tokens(text)
        if token.kind is Kind.BLANK or token.text in ("[", "(")
    )
    return _line(text, next(starts, None))


def find_triple_term(text: str) -> int | None:
    """Return the line of the first `<<`, which quotes a triple, or `{|`, or None."""
    starts = (
        left.start
        for left, right in pairwise(_tokens(text))
        if (left.text + right.text) in ("<<", "{|") and right.start == left.start + 1
    )
    return _line(text, next(starts, None))


def find_text(text: str, wanted: str) -> int | None:
    """Return the line of the first place where `wanted` stands, or None."""
    start = text.find(wanted)
    return _line(text, None if start < 0 else start)


def _line(text: str, start: int | None) -> int | None:
    return None if start is None else position(text, start).line


def _tokens(text: str) -> Iterator[Token]:
    try:
        yield from tokenize(text)
    except QuerySyntaxError:
        return  # A string without an end; the parser of the format says so better.


def _keys(text: str, wanted: Collection[str]) -> Iterator[tuple[Key, int]]:
    names = _Names()
    for statement in _statements(text):
        match [token.text.lower() for token in statement[:_DIRECTIVE]]:
            case ["@prefix" | "prefix", _, _]:
                names.prefixes[statement[1].text] = names.resolve(statement[2])
            case ["@base" | "base", _]:
                names = replace(names, base=names.resolve(statement[1]))
            case _:
                subject = names.resolve(statement[0])
                if subject in wanted:
                    yield (subject, None, None), statement[0].start
                    yield from _read_values(subject, statement[1:], names)


def _statements(text: str) -> Iterator[list[Token]]:
    # What stands in brackets is about something else: of it, only the bracket counts.
    statement: list[Token] = []
    depth = 0
    for token in _tokens(text):
        is_end = token.text in (".", "}") and depth == 0
        if is_end and statement:
            yield statement
        if is_end or token.text == "{":  # What precedes a brace names a graph.
            statement = []
            continue
        if token.text in ("]", ")"):
            depth -= 1
        elif depth == 0:
            statement.append(token)
        if token.text in ("[", "("):
            depth += 1
        if _is_sparql_directive(statement):
            yield statement
            statement = []


def _is_sparql_directive(statement: list[Token]) -> bool:
    # These two end without a dot.
    if len(statement) > _DIRECTIVE:
        return False
    match [token.text.lower() for token in statement]:
        case ["prefix", _, _] | ["base", _]:
            return True
        case _:
            return False


def _read_values(
    subject: str, tokens: list[Token], names: "_Names"
) -> Iterator[tuple[Key, int]]:
    for part in _split(tokens, ";"):
        predicate = RDF.type.value if part[0].text == "a" else names.resolve(part[0])
        yield (subject, predicate, None), part[0].start
        for value in _split(part[1:], ","):
            yield (subject, predicate, _read_value(value, names)), value[0].start


def _split(tokens: list[Token], mark: str) -> Iterator[list[Token]]:
    part: list[Token] = []
    for token in tokens:
        if token.text != mark:
            part.append(token)
        elif part:
            yield part
            part = []
    if part:
        yield part


def _read_value(tokens: list[Token], names: "_Names") -> str:
    first = tokens[0]
    match first.kind:
        case Kind.STRING:
            width = 3 if first.text.startswith(_LONG_QUOTES) else 1
            return _STRING_ESCAPE.sub(_read_escape, first.text[width:-width])
        case Kind.IRI | Kind.PREFIXED:
            return names.resolve(first)
        case _:
            return "".join(token.text for token in tokens)


def _read_escape(escape: re.Match[str]) -> str:
    if escape[3] is not None:
        return _CONTROLS.get(escape[3], escape[3])
    return _read_code_point(escape)


@dataclass(frozen=True, slots=True)
class _Names:
    """What names stand for, as far as a text has been read."""

    prefixes: dict[str, str] = field(default_factory=dict)
    base: str = ""

    def resolve(self, token: Token) -> str:
        if token.kind is Kind.IRI:
            iri = _CODE_POINT.sub(_read_code_point, token.text[1:-1])
            return urljoin(self.base, iri)
        prefix, _, local = token.text.partition(":")
        return self.prefixes.get(f"{prefix}:", "") + _ESCAPE.sub(r"\1", local)


def _read_code_point(escape: re.Match[str]) -> str:
    return chr(int(escape[1] or escape[2], 16))
