"""What is wrong with a query that the engine does not parse, for a person to read.

The grammar finds the first token that cannot follow (`grammar`), and what fits it but
is refused is looked through for terms in the wrong place (`scopes`). What neither finds
the engine may: its message is like `error at 1:38: expected one of ",", OPTIONAL,
['0'..='9']`, and names every terminal that it tried where it came furthest. Of these
only the punctuation helps a reader; a keyword is reported at the place after as many
characters as it has; and what is a sentence is the reason itself.
"""

import re

from lark.tree import Tree

from ssc_kg.errors import QuerySyntaxError
from ssc_kg.sparql.grammar import Misfit, read_query
from ssc_kg.sparql.scopes import find_misuse
from ssc_kg.sparql.tokens import Position, offset, position, tokenize

_MESSAGE = re.compile(r"error at (\d+):(\d+): expected (?:one of )?(.*)", re.DOTALL)
_SYMBOL = re.compile(r'"((?:[^"\\]|\\.)*)"')
_CHARACTERS = re.compile(r"\[(?!_\])[^\[\]]*\]")
_SENTENCE = re.compile(r"(?:^|, )([A-Za-z]+(?: [^,\[\]\"]+)+)")
_KEYWORD = re.compile(r"(?:^|(?<=, ))[A-Za-z_0-9]+(?=, |$)")
# Triple terms, annotations and reifiers of SPARQL 1.2, which the grammar here has not.
_NEWER = re.compile(r"<<|\{\||~")
_EXCERPT_LENGTH = 20
_MAX_SYMBOLS = 8


def diagnose(message: str, text: str) -> QuerySyntaxError:
    """Return the error that tells a person why the engine refuses `text`.

    >>> query = "SELECT ?s WERE { ?s ?p ?o }"
    >>> error = diagnose("error at 1:16: expected one of DISTINCT, WHERE", query)
    >>> print(error)
    the query does not parse at line 1, column 11: near 'WERE { ?s ?p ?o }'; did you \
mean WHERE?
    >>> error.token, error.suggestion
    ('WERE', 'WHERE')
    """
    read = None if _NEWER.search(text) else read_query(text)
    match read:
        case Misfit():
            return _explain(read, text)
        case Tree() if misuse := find_misuse(read):
            line, column = position(text, misuse.start)
            return QuerySyntaxError(
                misuse.reason, line=line, column=column, token=misuse.text
            )
        case _:
            return _translate(message, text)


def _explain(misfit: Misfit, text: str) -> QuerySyntaxError:
    end = len(text.rstrip())
    start, token = (
        (misfit.token.start, misfit.token.text) if misfit.token else (end, "")
    )
    reason = _where(text, start)
    if misfit.meant is not None:
        reason += f"; did you mean {misfit.meant}?"
    elif misfit.expected:
        reason += f"; expected {' or '.join(misfit.expected)}"
    line, column = position(text, start)
    return QuerySyntaxError(
        reason, line=line, column=column, token=token, suggestion=misfit.meant
    )


def _translate(message: str, text: str) -> QuerySyntaxError:
    """Return what the engine says of a text that fits the grammar known here."""
    match = _MESSAGE.fullmatch(message)
    if match is None:
        return QuerySyntaxError(message)
    reported = offset(text, Position(int(match[1]), int(match[2])))
    start = max(reported - _overshoot(match[3]), 0)
    covering = (
        token
        for token in tokenize(text)
        if token.start <= start < token.start + len(token.text)
    )
    token = next(covering, None)
    line, column = position(text, start)
    return QuerySyntaxError(
        _reason(text, start, match[3]),
        line=line,
        column=column,
        token="" if token is None else token.text,
    )


def _overshoot(expected: str) -> int:
    """How far behind the culprit the engine's place is."""
    if any(kind.search(expected) for kind in (_SYMBOL, _CHARACTERS, _SENTENCE)):
        return 0
    lengths = [len(keyword) for keyword in _KEYWORD.findall(expected)]
    return min(lengths, default=1)


def _reason(text: str, start: int, expected: str) -> str:
    if sentences := _SENTENCE.findall(expected):
        return "; ".join(sentences)
    symbols = _SYMBOL.findall(expected)
    # A longer list is what may begin any term: no help to anyone.
    is_short = 0 < len(symbols) < _MAX_SYMBOLS
    where = _where(text, start)
    return f"{where}; expected {' or '.join(symbols)}" if is_short else where


def _where(text: str, start: int) -> str:
    rest = text[start:].lstrip()
    if not rest:
        return "at its end"
    line = rest.partition("\n")[0].rstrip()
    cut = line if len(line) <= _EXCERPT_LENGTH else f"{line[:_EXCERPT_LENGTH]}…"
    return f"near {cut!r}"
