"""Where a text stops being a query, by the grammar of SPARQL 1.1 (`query.lark`).

The engine's parser backtracks, and tells the place to which it came last. This one goes
from token to token and never back (LALR), so where it stops is the first token that
cannot follow those before it, and it knows what could. It takes time in proportion to
the text and does not recurse, but whether a text is a query is for the engine to say.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache

from lark import Lark
from lark import Token as Terminal
from lark.common import LexerConf
from lark.exceptions import UnexpectedToken
from lark.lexer import Lexer
from lark.tree import ParseTree

from ssc_kg.sparql.tokens import Kind, Token, tokenize


@dataclass(frozen=True, slots=True)
class Misfit:
    """The first token that cannot stand where it does."""

    token: Token | None
    """None if the text ends too early."""
    expected: tuple[str, ...]
    """What could stand there, in words or as it is written."""
    meant: str | None
    """The keyword that a word there was probably meant to be."""


def read_query(text: str) -> ParseTree | Misfit:
    """Return the tree of a query, or where the text stops being one.

    The leaves are terminals of `query.lark` with `start_pos`, their offset.
    """
    tokens = list(tokenize(text))
    try:
        return _grammar().parse(_terminals(tokens))
    except UnexpectedToken as error:
        accepted = frozenset(error.accepts)
        start = None if error.token.type == _END else error.token.start_pos
        token = next((each for each in tokens if each.start == start), None)
        return Misfit(token, _describe(accepted), _guess(token, accepted))


_END = "$END"
_MOST_EXPECTED = 7
"""Of a longer list a reader has no use."""
_SIGNS: Mapping[str, str] = {
    "(": "OPEN",
    ")": "CLOSE",
    "{": "BEGIN",
    "}": "END",
    "[": "BEGIN_BLANK",
    "]": "END_BLANK",
    ".": "DOT",
    ",": "COMMA",
    ";": "SEMICOLON",
    "|": "PIPE",
    "/": "SLASH",
    "^": "CARET",
    "?": "QUESTION",
    "*": "STAR",
    "+": "PLUS",
    "-": "MINUS_SIGN",
    "!": "BANG",
    "=": "EQUAL",
    "<": "LESS",
    ">": "GREATER",
    "||": "OR",
    "&&": "AND",
    "^^": "DATATYPE",
}
_KEYWORDS = """
    AS ASC ASK BASE BIND BNODE BOUND BY CONSTRUCT COUNT DESC DESCRIBE DISTINCT EXISTS
    FALSE FILTER FROM GRAPH GROUP GROUP_CONCAT HAVING IN LATERAL LIMIT MINUS NAMED NOT
    OFFSET OPTIONAL ORDER PREFIX REDUCED REPLACE SELECT SEPARATOR SERVICE SILENT TRUE
    UNDEF UNION VALUES VERSION WHERE
    """
_FUNCTIONS: Mapping[str, str] = {
    "FUNCTION_0": "NOW RAND STRUUID UUID",
    "FUNCTION_1": """
        ABS CEIL DATATYPE DAY ENCODE_FOR_URI FLOOR HASLANG HASLANGDIR HOURS IRI ISBLANK
        ISIRI ISLITERAL ISNUMERIC ISTRIPLE ISURI LANG LANGDIR LCASE MD5 MINUTES MONTH
        OBJECT PREDICATE ROUND SECONDS SHA1 SHA256 SHA384 SHA512 STR STRLEN SUBJECT
        TIMEZONE TZ UCASE URI YEAR
        """,
    "FUNCTION_2": """
        ADJUST CONTAINS LANGMATCHES SAMETERM STRAFTER STRBEFORE STRDT STRENDS STRLANG
        STRSTARTS
        """,
    "FUNCTION_23": "REGEX SUBSTR",
    "FUNCTION_3": "IF STRLANGDIR TRIPLE",
    "FUNCTION_N": "COALESCE CONCAT",
    "AGGREGATE": "AVG MAX MIN SAMPLE SUM",
}
_WORDS: Mapping[str, str] = {
    **{keyword: keyword for keyword in _KEYWORDS.split()},
    **{word: kind for kind, words in _FUNCTIONS.items() for word in words.split()},
}
_IRIS = frozenset(("IRI", "NAMESPACE", "PREFIXED"))
_NUMBERS = frozenset(("INTEGER", "NUMBER", "SIGNED"))
_LITERALS = frozenset(("STRING", "TRUE", "FALSE")) | _NUMBERS
_CALLS = frozenset(_FUNCTIONS)
_OPERATORS = frozenset(
    (
        *("AND", "COMPARISON", "EQUAL", "GREATER", "IN", "LESS", "MINUS_SIGN", "NOT"),
        *("OR", "PLUS", "SIGNED", "SLASH", "STAR"),
    )
)
# What many terminals mean together, the larger sets first.
_GROUPS: tuple[tuple[str, frozenset[str]], ...] = (
    (
        "an expression",
        _CALLS
        | _IRIS
        | _LITERALS
        | {"VARIABLE", "OPEN", "BNODE", "BOUND", "REPLACE", "EXISTS", "NOT", "COUNT"}
        | {"GROUP_CONCAT"},
    ),
    (
        "a function",
        _CALLS
        | {"BNODE", "BOUND", "REPLACE", "COUNT", "GROUP_CONCAT", "EXISTS", "NOT"},
    ),
    (
        "a term",
        _IRIS | _LITERALS | {"VARIABLE", "BLANK", "OPEN", "BEGIN_BLANK"},
    ),
    (
        "a pattern",
        frozenset(
            (
                *("BEGIN", "BIND", "FILTER", "GRAPH", "LATERAL", "MINUS", "OPTIONAL"),
                *("SERVICE", "VALUES"),
            )
        ),
    ),
    ("a property", _IRIS | {"A", "BANG", "CARET", "OPEN"}),
    ("a value", _IRIS | _LITERALS),
    ("an IRI", _IRIS),
    ("a number", _NUMBERS),
)
_NAMES: Mapping[str, str] = {
    **{name: sign for sign, name in _SIGNS.items()},
    "A": "a",
    "BLANK": "a blank node",
    "INTEGER": "a whole number",
    "IRI": "an IRI in <…>",
    "LANGUAGE": "a language",
    "NAMESPACE": "a prefix with its colon",
    "STRING": "a string",
    "VARIABLE": "a variable",
    _END: "the end",
}


class _Tokens(Lexer):
    """Gives the parser the tokens that it is given."""

    def __init__(self, lexer_conf: LexerConf) -> None:
        pass

    def lex(self, data: Iterable[Terminal]) -> Iterator[Terminal]:  # type: ignore[override]
        return iter(data)


@cache
def _grammar() -> Lark:
    # It takes 0.2 s, once in a process, and only where a query is wrong.
    return Lark.open("query.lark", rel_to=__file__, parser="lalr", lexer=_Tokens)


def _terminals(tokens: Iterable[Token]) -> Iterator[Terminal]:
    previous: Token | None = None
    for token in tokens:
        # A sign right before a number is part of it (INTEGER_POSITIVE and others).
        is_signed = (
            previous is not None
            and token.kind is Kind.NUMBER
            and previous.start == token.start - 1
        )
        if previous is not None and is_signed:
            yield Terminal("SIGNED", previous.text + token.text, previous.start)
        elif previous is not None:
            yield Terminal(_SIGNS[previous.text], previous.text, previous.start)
        previous = token if token.text in ("+", "-") else None
        if previous is None and not is_signed:
            yield Terminal(_name(token), token.text, token.start)
    if previous is not None:
        yield Terminal(_SIGNS[previous.text], previous.text, previous.start)


def _name(token: Token) -> str:
    match token.kind:
        case Kind.WORD:
            is_a = token.text == "a"
            return "A" if is_a else _WORDS.get(token.text.upper(), "UNKNOWN")
        case Kind.PUNCTUATION:
            is_comparison = token.text in ("!=", "<=", ">=")
            return "COMPARISON" if is_comparison else _SIGNS.get(token.text, "UNKNOWN")
        case Kind.NUMBER:
            return "INTEGER" if token.text.isdecimal() else "NUMBER"
        case Kind.PREFIXED:
            return "NAMESPACE" if token.text.endswith(":") else "PREFIXED"
        case kind:
            return kind.name


def _describe(accepted: frozenset[str]) -> tuple[str, ...]:
    """Return what is accepted in words, unless that is too much to be of use."""
    left = set(accepted)
    found = []
    if "OR" in left:
        found.append("an operator")
        left -= _OPERATORS
    for words, members in _GROUPS:
        if members <= left:
            found.append(words)
            left -= members
    found += sorted(_NAMES.get(name, name) for name in left)
    return tuple(found) if len(found) <= _MOST_EXPECTED else ()


def _guess(token: Token | None, accepted: frozenset[str]) -> str | None:
    if token is None or token.kind is not Kind.WORD:
        return None
    known = [word for word, name in _WORDS.items() if name in accepted]
    return next(
        iter(get_close_matches(token.text.upper(), known, n=1, cutoff=0.8)), None
    )
