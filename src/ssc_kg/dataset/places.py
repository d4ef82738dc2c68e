"""Where in a text something stands, for messages about it.

Turtle, TriG, N-Triples and N-Quads have the terminals of SPARQL, so this reads tokens
and the ends of statements, never recurses, and gives up on text that does not parse.
Lines count from 1.
"""

import re
from collections.abc import Collection, Iterator
from itertools import pairwise
from urllib.parse import urljoin

from pyoxigraph import NamedNode

from ssc_kg.errors import QuerySyntaxError
from ssc_kg.sparql.tokens import Kind, Token, position, tokenize

_HEAD = 3
"""How many tokens of a statement are needed: `@prefix`, the prefix, its IRI."""
_CODE_POINT = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_ESCAPE = re.compile(r"\\(.)")


def find_subjects(text: str, wanted: Collection[NamedNode]) -> dict[NamedNode, int]:
    r"""Return the line of the first statement about each wanted subject that is found.

    >>> text = "PREFIX e: <http://e/>\ne:a e:b 1 ."
    >>> find_subjects(text, [NamedNode("http://e/a")])
    {<NamedNode value=http://e/a>: 2}
    """
    values = {subject.value for subject in wanted}
    starts: dict[str, int] = {}
    for iri, start in _subjects(text):
        if iri in values:
            starts.setdefault(iri, start)
    return {NamedNode(iri): position(text, at).line for iri, at in starts.items()}


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


def _subjects(text: str) -> Iterator[tuple[str, int]]:
    prefixes: dict[str, str] = {}
    base = ""
    for head in _statements(text):
        match [token.text.lower() for token in head]:
            case ["@prefix" | "prefix", _, _]:
                prefixes[head[1].text] = _resolve(head[2], prefixes, base)
            case ["@base" | "base", _]:
                base = _resolve(head[1], prefixes, base)
            case _:
                yield _resolve(head[0], prefixes, base), head[0].start


def _statements(text: str) -> Iterator[list[Token]]:
    head: list[Token] = []
    depth = 0
    for token in _tokens(text):
        match token.text:
            case "[" | "(":
                depth += 1
            case "]" | ")":
                depth -= 1
            case "{":
                head = []  # What precedes it names a graph.
                continue
            case "." | "}" if depth == 0:
                if head:
                    yield head
                head = []
                continue
        if len(head) < _HEAD:
            head.append(token)
        if _is_sparql_directive(head):
            yield head
            head = []


def _is_sparql_directive(head: list[Token]) -> bool:
    # These two end without a dot.
    match [token.text.lower() for token in head]:
        case ["prefix", _, _] | ["base", _]:
            return True
        case _:
            return False


def _resolve(token: Token, prefixes: dict[str, str], base: str) -> str:
    if token.kind is Kind.IRI:
        return urljoin(base, _CODE_POINT.sub(_read_code_point, token.text[1:-1]))
    prefix, _, local = token.text.partition(":")
    return prefixes.get(f"{prefix}:", "") + _ESCAPE.sub(r"\1", local)


def _read_code_point(escape: re.Match[str]) -> str:
    return chr(int(escape[1] or escape[2], 16))
