"""RDF terms as Turtle spells them, from their text, without making terms of it.

The text of a term is that of N-Triples, less the `>` at its end: `<http://x.org/a`,
`_:b0`, `"a"@en`, `"2030"^^<http://www.w3.org/2001/XMLSchema#gYear`. So texts of IRIs
are in order as the IRIs are. Inside a string, NUL stands for `>`.

A number or a boolean gets its short form only if that keeps the value's spelling (`01`
stays `01`). Characters that nobody sees, or that change how a line looks, are escaped.
"""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode

from ssc_kg.rdf.cells import lexical_form
from ssc_kg.rdf.namespaces import PREFIXES
from ssc_kg.rdf.vocab import XSD

Text: TypeAlias = str
"""A term, spelled as above."""
Spell: TypeAlias = Callable[[Text], str]

MARK = "\0"
"""What stands for `>` in a line: at the end of an IRI, and inside a string."""
BETWEEN = f"{MARK} "
"""What stands in a line between its terms."""
_STRING = f"^^<{XSD.string.value}"
_MANY = 65536
"""How many spellings are kept; things repeat kinds, years and one another."""
_PREFIX_OF = {namespace: prefix for prefix, namespace in PREFIXES.items()}

# The productions PN_CHARS_BASE, PN_CHARS and PN_LOCAL of Turtle 1.1, section 6.5, less
# the backslash escapes: a name that needs one reads better as an IRI.
_BASE = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff"
    "\u200c-\u200d\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd"
    "\U00010000-\U000effff"
)
_CHARS = rf"\-0-9_{_BASE}\u00b7\u0300-\u036f\u203f-\u2040"
_PERCENT = "%[0-9A-Fa-f]{2}"
_LOCAL_NAME = re.compile(
    rf"(?:[0-9_:{_BASE}]|{_PERCENT})"
    rf"(?:(?:[{_CHARS}.:]|{_PERCENT})*(?:[{_CHARS}:]|{_PERCENT}))?"
)

# The short forms that every reader takes: Turtle allows ".5" and "5.e0" too.
_SHORT_FORMS = {
    f"^^<{datatype.value}": re.compile(form)
    for datatype, form in {
        XSD.integer: r"[+-]?[0-9]+",
        XSD.decimal: r"[+-]?[0-9]+\.[0-9]+",
        XSD.double: r"[+-]?[0-9]+(?:\.[0-9]+)?[eE][+-]?[0-9]+",
        XSD.boolean: r"true|false",
    }.items()
}

_ESCAPES = {"\t": r"\t", "\b": r"\b", "\r": r"\r", "\f": r"\f", "\\": r"\\"}
_ENDING_QUOTE = re.compile(r'"(?="|\Z)')
# Controls, line and paragraph separators, the byte order mark, directional overrides.
_UNSEEN = re.compile(
    r"[\\\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]"
)


def text_of(term: NamedNode | BlankNode | Literal) -> Text:
    """Return the text of a term.

    >>> text_of(NamedNode("http://x.org/a")), text_of(Literal("a", language="en"))
    ('<http://x.org/a', '"a"@en')
    """
    return str(term).removesuffix(">")


def speller(used: set[str], special: Mapping[Text, str]) -> Spell:
    """Return what spells terms as Turtle does where one is not `special`.

    It adds to `used` the prefixes that it needs.
    """

    @lru_cache(maxsize=_MANY)
    def spell(text: Text) -> str:
        return special.get(text) or spell_term(text, used)

    return spell


def spell_term(text: Text, used: set[str]) -> str:
    """Return a term as Turtle spells it; a prefix that it needs is added to `used`."""
    match text[0]:
        case "<":
            return _iri(text[1:], used)
        case '"':
            return _literal(text, used)
        case _:
            return text


def sort_key(text: Text) -> tuple[int, str, str, str]:
    """Return the place of an object: IRIs, blank nodes, then literals by language."""
    if text[0] == '"':
        opened, _, suffix = text.rpartition('"')
        language = suffix if suffix[:1] == "@" else ""
        return (3, language, _read(opened), suffix or _STRING)
    return (1 if text[0] == "<" else 2, text, "", "")


def _iri(iri: str, used: set[str]) -> str:
    """Return the prefixed name of an IRI, if it has one that needs no escapes."""
    end = max(iri.rfind("/"), iri.rfind("#")) + 1
    prefix = _PREFIX_OF.get(iri[:end])
    if prefix is None or _LOCAL_NAME.fullmatch(iri, end) is None:
        return f"<{iri}>"
    used.add(prefix)
    return f"{prefix}:{iri[end:]}"


def _literal(text: Text, used: set[str]) -> str:
    opened, _, suffix = text.rpartition('"')
    short_form = _SHORT_FORMS.get(suffix)
    if short_form is not None and short_form.fullmatch(opened, 1):
        return opened[1:]
    # Most texts have nothing to escape, and then stand in N-Triples as in Turtle.
    quoted = f'{opened}"' if _UNSEEN.search(opened) is None else _quote(_read(opened))
    if suffix[:1] == "^":
        return f"{quoted}^^{_iri(suffix[3:], used)}"
    return f"{quoted}{suffix}"


def _quote(text: str) -> str:
    visible = _UNSEEN.sub(_escape, text)
    if "\n" not in text.rstrip("\n"):
        line = visible.replace("\n", r"\n").replace('"', r"\"")
        return f'"{line}"'
    # In a long string only a quote beside another, or at the end, can end it.
    lines = _ENDING_QUOTE.sub(r'\\"', visible)
    return f'"""{lines}"""'


def _escape(character: re.Match[str]) -> str:
    return _ESCAPES.get(character[0]) or f"\\u{ord(character[0]):04X}"


def _read(opened: str) -> str:
    return lexical_form(f'{opened.replace(MARK, ">")}"')
