"""What the engine's parser says of a query that does not parse, made readable.

Its message is like `error at 1:38: expected one of ",", "}", OPTIONAL, ['0'..='9']`.
It names every terminal it tried where it came furthest. Of these only the punctuation
helps a reader; a keyword is reported at the place after as many characters as it has;
and what is a sentence is the reason itself.
"""

import re

from ssc_kg.errors import QuerySyntaxError
from ssc_kg.sparql.tokens import Position, offset, position

_MESSAGE = re.compile(r"error at (\d+):(\d+): expected (?:one of )?(.*)", re.DOTALL)
_SYMBOL = re.compile(r'"((?:[^"\\]|\\.)*)"')
_CHARACTERS = re.compile(r"\[(?!_\])[^\[\]]*\]")
_SENTENCE = re.compile(r"(?:^|, )([A-Za-z]+(?: [^,\[\]\"]+)+)")
_KEYWORD = re.compile(r"(?:^|(?<=, ))[A-Za-z_0-9]+(?=, |$)")
_RELATIVE = re.compile(r"<[^<>:\s]*>")
_EXCERPT_LENGTH = 20
_MAX_SYMBOLS = 8


def diagnose(message: str, text: str) -> QuerySyntaxError:
    """Return the error that tells a person what the engine says of `text`.

    >>> query = "SELECT ?s WERE { ?s ?p ?o }"
    >>> print(diagnose("error at 1:16: expected one of DISTINCT, WHERE", query))
    the query does not parse at line 1, column 11: near 'WERE { ?s ?p ?o }'
    """
    match = _MESSAGE.fullmatch(message)
    if match is None:
        return QuerySyntaxError(message)
    reported = offset(text, Position(int(match[1]), int(match[2])))
    start = max(reported - _overshoot(match[3]), 0)
    line, column = position(text, start)
    return QuerySyntaxError(_reason(text, start, match[3]), line=line, column=column)


def _overshoot(expected: str) -> int:
    """How far behind the culprit the engine's place is."""
    if any(kind.search(expected) for kind in (_SYMBOL, _CHARACTERS, _SENTENCE)):
        return 0
    lengths = [len(keyword) for keyword in _KEYWORD.findall(expected)]
    return min(lengths, default=1)


def _reason(text: str, start: int, expected: str) -> str:
    if sentences := _SENTENCE.findall(expected):
        return "; ".join(sentences)
    if relative := _RELATIVE.match(text, start):
        return f"the IRI {relative[0]} is relative, and no BASE is declared"
    where = f"near {_excerpt(text, start)!r}" if text[start:].strip() else "at its end"
    symbols = _SYMBOL.findall(expected)
    # A longer list is what may begin any term: no help to anyone.
    is_short = 0 < len(symbols) < _MAX_SYMBOLS
    return f"{where}; expected {' or '.join(symbols)}" if is_short else where


def _excerpt(text: str, start: int) -> str:
    line = text[start:].lstrip().partition("\n")[0]
    return line if len(line) <= _EXCERPT_LENGTH else f"{line[:_EXCERPT_LENGTH]}…"
