"""A second opinion on Turtle and TriG: the writer that holds all terms in memory.

It shares with `formats.turtle` the order of statements, the lists and the layout, but
handles terms one by one where that handles lines of text.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain, groupby
from operator import attrgetter
from typing import assert_never

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from ssc_kg.formats.lists import Lists, take_lists
from ssc_kg.formats.statements import Statement, Term, arrange
from ssc_kg.rdf.namespaces import PREFIXES
from ssc_kg.rdf.vocab import RDF, XSD

_INDENT = "    "
_WIDTH = 88
_END = " ;"
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
    XSD.integer: re.compile(r"[+-]?[0-9]+"),
    XSD.decimal: re.compile(r"[+-]?[0-9]+\.[0-9]+"),
    XSD.double: re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?[eE][+-]?[0-9]+"),
    XSD.boolean: re.compile(r"true|false"),
}

_ESCAPES = {"\t": r"\t", "\b": r"\b", "\r": r"\r", "\f": r"\f", "\\": r"\\"}
_ENDING_QUOTE = re.compile(r'"(?="|\Z)')
# Controls, line and paragraph separators, the byte order mark, directional overrides.
_UNSEEN = re.compile(
    r"[\\\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]"
)


def naive_turtle(statements: Iterable[Triple] | Iterable[Quad]) -> Iterator[str]:
    """Write statements, block by block: the default graph, then the named ones."""
    yield from _write(arrange(statements))


def _write(statements: list[Statement]) -> Iterator[str]:
    pieces = _pieces(statements)
    yield next(pieces, "").removeprefix("\n")
    yield from pieces


def _pieces(statements: list[Statement]) -> Iterator[str]:
    """Each piece begins with the newline that sets it off from what is above."""
    kept, lists = take_lists(statements)
    if header := "".join(_declarations(kept, lists)):
        yield header
    for graph, inside in groupby(kept, key=attrgetter("graph")):
        if graph is None:
            yield from _blocks(inside, lists, margin="")
        else:
            yield f"\n{_term(graph)} {{"
            yield from _blocks(inside, lists, margin=_INDENT)
            yield "}\n"


def _declarations(statements: Iterable[Statement], lists: Lists) -> Iterator[str]:
    members = (_written_iri(member) for member in chain(*lists.values()))
    iris = {*chain(*map(_written_iris, statements)), *members}
    used = {name.partition(":")[0] for iri in iris if iri and (name := _shorten(iri))}
    for prefix in sorted(used):
        yield f"@prefix {prefix}: <{PREFIXES[prefix]}> .\n"


def _written_iris(statement: Statement) -> Iterator[NamedNode | None]:
    graph, subject, predicate, object_ = statement
    if predicate != RDF.type:
        yield predicate
    for term in (graph, subject):
        if isinstance(term, NamedNode):
            yield term
    yield _written_iri(object_)


def _written_iri(object_: Term) -> NamedNode | None:
    if isinstance(object_, Literal):
        return object_.datatype if _has_datatype(object_) else None
    return object_ if isinstance(object_, NamedNode) and object_ != RDF.nil else None


def _blocks(
    statements: Iterable[Statement], lists: Lists, *, margin: str
) -> Iterator[str]:
    for subject, about in groupby(statements, key=attrgetter("subject")):
        lead, facts = f"{margin}{_term(subject)} ", []
        for predicate, same in groupby(about, key=attrgetter("predicate")):
            objects = _sort([statement.object for statement in same], lists)
            facts.append(lead + _fact(predicate, objects, lists, margin, len(lead)))
            lead = f"{margin}{_INDENT}"
        yield "\n" + f"{_END}\n".join(facts) + " .\n"


def _sort(objects: list[Term], lists: Lists) -> list[Term]:
    """Put lists after IRIs, by what they say; all else is in order already."""
    if lists.keys().isdisjoint(objects):
        return objects
    return sorted(
        objects,
        key=lambda term: (
            not isinstance(term, NamedNode),
            term not in lists,
            _flat(term, lists) if term in lists else "",
        ),
    )


def _fact(
    predicate: NamedNode, objects: list[Term], lists: Lists, margin: str, column: int
) -> str:
    if predicate == RDF.type:
        return f"a {', '.join(_flat(term, lists) for term in objects)}"
    name = _term(predicate)
    if len(objects) == 1:
        room = _WIDTH - column - len(f"{name} {_END}")
        return f"{name} {_object(objects[0], lists, margin + _INDENT, room)}"
    inner = margin + _INDENT * 2
    room = _WIDTH - len(inner + _END)
    lines = (f"\n{inner}{_object(term, lists, inner, room)}" for term in objects)
    return f"{name}{','.join(lines)}"


def _object(term: Term, lists: Lists, margin: str, room: int) -> str:
    """A list that has no room on its line, or spans lines, has members below it."""
    flat = _flat(term, lists)
    if term not in lists or ("\n" not in flat and len(flat) <= room):
        return flat
    inner = margin + _INDENT
    below = _WIDTH - len(inner)
    lines = (f"\n{inner}{_object(item, lists, inner, below)}" for item in lists[term])
    return f"({''.join(lines)}\n{margin})"


def _flat(term: Term, lists: Lists) -> str:
    if term in lists:
        return f"( {' '.join(_flat(member, lists) for member in lists[term])} )"
    return "()" if term == RDF.nil else _term(term)


def _term(term: Term) -> str:
    match term:
        case NamedNode():
            return _shorten(term) or str(term)
        case BlankNode():
            return str(term)
        case Literal():
            return _literal(term)
        case _:
            assert_never(term)


@lru_cache(maxsize=65536)
def _shorten(iri: NamedNode) -> str | None:
    """The prefixed name of an IRI, if it has one that needs no escapes."""
    end = max(iri.value.rfind("/"), iri.value.rfind("#")) + 1
    prefix, name = _PREFIX_OF.get(iri.value[:end]), iri.value[end:]
    if prefix is None or _LOCAL_NAME.fullmatch(name) is None:
        return None
    return f"{prefix}:{name}"


def _literal(literal: Literal) -> str:
    if _is_short(literal):
        return literal.value
    quoted = _quote(literal.value)
    if literal.language is not None:
        return f"{quoted}@{literal.language}"
    return f"{quoted}^^{_term(literal.datatype)}" if _has_datatype(literal) else quoted


def _has_datatype(literal: Literal) -> bool:
    is_plain = literal.datatype in {XSD.string, RDF.langString}
    return not is_plain and not _is_short(literal)


def _is_short(literal: Literal) -> bool:
    short_form = _SHORT_FORMS.get(literal.datatype)
    return short_form is not None and short_form.fullmatch(literal.value) is not None


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
