"""The terminals of SPARQL 1.1 (section 19.8), in linear time and without recursion.

Text of strangers is looked at here before it comes near a parser, so this reads any
text: what is no terminal is a character of its own, and only a quote that nothing
closes is an error. Nothing here knows the grammar.
"""

import re
from collections.abc import Iterator
from enum import StrEnum, auto
from typing import NamedTuple

from ssc_kg.errors import QuerySyntaxError


class Kind(StrEnum):
    """What a token is; the values name the groups of the pattern below."""

    IRI = auto()
    STRING = auto()
    VARIABLE = auto()
    BLANK = auto()
    PREFIXED = auto()
    WORD = auto()
    NUMBER = auto()
    LANGUAGE = auto()
    PUNCTUATION = auto()


class Token(NamedTuple):
    """One terminal."""

    kind: Kind
    text: str
    """As written, with its quotes, brackets or question mark."""
    start: int
    """The offset of its first character."""


class Position(NamedTuple):
    """A place in a text, counted from 1 in characters, as editors do."""

    line: int
    column: int


def tokenize(text: str) -> Iterator[Token]:
    """Yield the tokens of `text`, without its white space and comments.

    >>> [token.text for token in tokenize("ASK { ?s a ex:City } # now")]
    ['ASK', '{', '?s', 'a', 'ex:City', '}']

    Raises:
        QuerySyntaxError: A string is not closed.
    """
    for match in _TERMINAL.finditer(text):
        match match.lastgroup:
            case None:
                continue
            case "unclosed":
                line, column = position(text, match.start())
                reason = f"the string that begins with {match[0]} is not closed"
                raise QuerySyntaxError(reason, line=line, column=column, token=match[0])
            case name:
                yield Token(Kind(name), match[0], match.start())


def position(text: str, offset: int) -> Position:
    """Return the line and the column of an offset."""
    line_start = text.rfind("\n", 0, offset) + 1
    return Position(text.count("\n", 0, offset) + 1, offset - line_start + 1)


def offset(text: str, position: Position) -> int:
    """Return the offset of a line and a column."""
    lines = text.split("\n", position.line - 1)[: position.line - 1]
    return sum(len(line) + 1 for line in lines) + position.column - 1


_PN_CHARS_BASE = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff"
    "\u200c-\u200d\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd"
    "\U00010000-\U000effff"
)
_VARIABLE_CHARS = rf"_0-9\u00b7\u0300-\u036f\u203f-\u2040{_PN_CHARS_BASE}"
_PN_CHARS = rf"[-{_VARIABLE_CHARS}]"
_LOCAL_CHARS = (
    rf"(?:[-:{_VARIABLE_CHARS}]|%[0-9A-Fa-f]{{2}}|\\[_~.\-!$&'()*+,;=/?\#@%])"
)
# Every repetition is possessive or in an atomic group, and every alternative begins
# with another character, so no text makes the pattern try twice. Repeated groups are
# atomic: up to Python 3.11.4 a possessive one keeps what an attempt took that failed. A
# name is one run of characters and dots, whether or not a colon makes it a prefix:
# tried part by part, "a.a.a…" would be quadratic.
_MORE = rf"(?>(?:\.+{_PN_CHARS}+)*)"
_NAME = rf"[{_PN_CHARS_BASE}]{_PN_CHARS}*+{_MORE}"
_LOCAL = rf"(?!-)(?>{_LOCAL_CHARS}+(?:\.+{_LOCAL_CHARS}+)*)"
_TERMINAL = re.compile(
    rf"""
      [ \t\r\n]++ | \#[^\r\n]*+
    | (?P<iri> < (?> (?: [^<>"{{}}|^`\\\x00-\x20] | \\[uU][0-9A-Fa-f]+ )* ) > )
    | (?P<string>
          \"\"\" (?> (?: [^"\\]+ | \\. | "{{1,2}}(?!") )* ) \"\"\"
        | ''' (?> (?: [^'\\]+ | \\. | '{{1,2}}(?!') )* ) '''
        | "(?!"") (?> (?: [^"\\\r\n]+ | \\. )* ) "
        | '(?!'') (?> (?: [^'\\\r\n]+ | \\. )* ) '
      )
    | (?P<unclosed> \"\"\" | ''' | ["'] )
    | (?P<variable> [?$] (?: [{_VARIABLE_CHARS}] )++ )
    | (?P<blank> _: [_0-9{_PN_CHARS_BASE}]{_PN_CHARS}*+{_MORE} )
    | (?P<prefixed> (?>(?:{_NAME})?) : (?>(?:{_LOCAL})?) )
    | (?P<word> {_NAME} )
    | (?P<number> [0-9]*+\.[0-9]++(?:[eE][+-]?[0-9]++)?
        | [0-9]++(?:\.?[eE][+-]?[0-9]++)? )
    | (?P<language> @[A-Za-z]++(?>(?:-+[A-Za-z0-9]+)*) )
    | (?P<punctuation> \^\^ | && | \|\| | [!<>]= | . )
    """,
    re.VERBOSE | re.DOTALL,
)
