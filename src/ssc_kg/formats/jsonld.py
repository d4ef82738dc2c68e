"""JSON-LD 1.1, compacted with the published context (`ontology/context.jsonld`).

One object per subject, in the order of `statements`, under `@graph`. The part of the
context that a document uses is written into it, so that it is complete in itself: to
read it, nothing has to be fetched. IRIs of things are written in full.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from operator import attrgetter
from typing import TypeAlias, assert_never

import orjson
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from ssc_kg.formats.statements import Statement, Term, arrange
from ssc_kg.rdf.vocab import RDF, XSD
from ssc_kg.resources import ONTOLOGY

_Json: TypeAlias = "str | int | bool | dict[str, _Json] | list[_Json] | None"
_Object: TypeAlias = dict[str, _Json]

# A JSON number becomes an xsd:integer in its one canonical spelling, and readers may
# hold it in a double.
_CANONICAL_INTEGER = re.compile(r"0|-?[1-9][0-9]{0,14}")


@dataclass(frozen=True, slots=True)
class _Name:
    """A name that the context gives to a class, or to a property with some values."""

    name: str
    type: str | None
    """`@id` or a datatype if the name is for such values only."""
    language: str | None
    """A language tag if the name is for strings of that language only."""

    @property
    def is_plain(self) -> bool:
        """Whether it is for all values, which then say themselves what they are."""
        return self.type is None and self.language is None


@dataclass(frozen=True, slots=True)
class _Context:
    entries: Mapping[str, _Json]
    """As published."""
    prefixes: Mapping[str, str]
    """Namespace to prefix."""
    names: Mapping[str, tuple[_Name, ...]]
    """IRI to names."""


def published_context() -> bytes:
    """Return the document that gives the context, whole."""
    return (ONTOLOGY / "context.jsonld").read_bytes()


def write_jsonld(triples: Iterable[Triple] | Iterable[Quad]) -> Iterator[str]:
    """Write a graph, object by object.

    Raises:
        UnwritableError: A term is none of RDF 1.1.
    """
    statements = arrange(triples)
    context = _context(_schemes(statements))
    objects = [
        _subject(list(about), context)
        for _, about in groupby(statements, key=attrgetter("subject"))
    ]
    used = _used(objects, context)
    yield f'{{\n  "@context": {_dump(used, margin="  ")},\n  "@graph": ['
    separator = "\n    "
    for object_ in objects:
        yield separator + _dump(object_, margin="    ")
        separator = ",\n    "
    yield "\n  ]\n}\n"


def _schemes(statements: Iterable[Statement]) -> frozenset[str]:
    """Schemes of IRIs such as `oa:x`, which a prefix of that name would change."""
    terms = {term for statement in statements for term in statement}
    iris = {term.datatype if isinstance(term, Literal) else term for term in terms}
    parts = (iri.value.partition(":") for iri in iris if isinstance(iri, NamedNode))
    return frozenset(scheme for scheme, _, rest in parts if not rest.startswith("//"))


@lru_cache(maxsize=16)
def _context(excluded: frozenset[str]) -> _Context:
    """Read the published context, without the entries that need an excluded name."""
    published: _Object = orjson.loads(published_context())["@context"]
    entries = {
        name: entry
        for name, entry in published.items()
        if excluded.isdisjoint((name, *_needs(entry)))
    }
    prefixes = {
        entry: name
        for name, entry in entries.items()
        if isinstance(entry, str) and entry.endswith(("/", "#"))
    }
    return _Context(entries, prefixes, _names(entries, prefixes))


def _needs(entry: _Json) -> Iterator[str]:
    """The prefixes that an entry of the context is written with."""
    values = entry.values() if isinstance(entry, dict) else (entry,)
    for value in values:
        if isinstance(value, str) and ":" in value:
            yield value.partition(":")[0]


def _names(
    entries: Mapping[str, _Json], prefixes: Mapping[str, str]
) -> dict[str, tuple[_Name, ...]]:
    namespaces = {prefix: namespace for namespace, prefix in prefixes.items()}
    names: dict[str, tuple[_Name, ...]] = {}
    for name, entry in entries.items():
        definition = entry if isinstance(entry, dict) else {"@id": entry}
        iri = _expand(definition.get("@id"), namespaces)
        if iri is not None and name not in namespaces:
            type_ = _expand(definition.get("@type"), namespaces)
            language = definition.get("@language")
            known = _Name(name, type_, language if isinstance(language, str) else None)
            names[iri] = (*names.get(iri, ()), known)
    return names


def _expand(value: _Json, namespaces: Mapping[str, str]) -> str | None:
    if not isinstance(value, str):
        return None
    prefix, colon, rest = value.partition(":")
    return namespaces.get(prefix, prefix + colon) + rest


def _subject(about: list[Statement], context: _Context) -> _Object:
    object_: _Object = {"id": _id(about[0].subject)}
    for statement in about:
        key, value = _member(statement, context)
        known = object_.get(key)
        if known is None:
            object_[key] = value
        elif isinstance(known, list):
            known.append(value)
        else:
            object_[key] = [known, value]
    return object_


def _member(statement: Statement, context: _Context) -> tuple[str, _Json]:
    predicate, term = statement.predicate, statement.object
    if predicate == RDF.type and isinstance(term, NamedNode):
        return "type", _compact(term, context)
    names = context.names.get(predicate.value, ())
    for name in names:
        if not name.is_plain and _suits(name, term):
            return name.name, term.value if isinstance(term, Literal) else _id(term)
    plain = next((name.name for name in names if name.is_plain), None)
    key = plain or _compact_by_prefix(predicate, context)
    return key, _value(term, context)


def _suits(name: _Name, term: Term) -> bool:
    match term:
        case Literal(language=str()):
            return name.language == term.language
        case Literal():
            return name.type == term.datatype.value
        case NamedNode() | BlankNode():
            return name.type == "@id"
        case _:
            assert_never(term)


def _value(term: Term, context: _Context) -> _Json:
    if not isinstance(term, Literal):
        return {"id": _id(term)}
    if term.language is not None:
        return {"@value": term.value, "@language": term.language}
    if term.datatype == XSD.string:
        return term.value
    if term.datatype == XSD.boolean and term.value in {"true", "false"}:
        return term.value == "true"
    if term.datatype == XSD.integer and _CANONICAL_INTEGER.fullmatch(term.value):
        return int(term.value)
    return {"@value": term.value, "type": _compact(term.datatype, context)}


def _id(term: NamedNode | BlankNode) -> str:
    return term.value if isinstance(term, NamedNode) else str(term)


def _compact(iri: NamedNode, context: _Context) -> str:
    names = context.names.get(iri.value, ())
    plain = next((name.name for name in names if name.is_plain), None)
    return plain or _compact_by_prefix(iri, context)


def _compact_by_prefix(iri: NamedNode, context: _Context) -> str:
    end = max(iri.value.rfind("/"), iri.value.rfind("#")) + 1
    prefix = context.prefixes.get(iri.value[:end])
    return iri.value if prefix is None else f"{prefix}:{iri.value[end:]}"


def _used(objects: Iterable[_Object], context: _Context) -> _Object:
    words = {word for object_ in objects for word in _words(object_)} | {"@version"}
    names = words | {word.partition(":")[0] for word in words}
    entries = {name: entry for name, entry in context.entries.items() if name in names}
    needed = {prefix for entry in entries.values() for prefix in _needs(entry)}
    return {
        name: entry
        for name, entry in context.entries.items()
        if name in entries or name in needed
    }


def _words(object_: Mapping[str, _Json]) -> Iterator[str]:
    """What the context has to explain: keys, types and datatypes."""
    yield from object_
    for key, value in object_.items():
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, dict):
                yield from _words(item)
            elif key == "type" and isinstance(item, str):
                yield item


def _dump(value: _Json, *, margin: str) -> str:
    text = orjson.dumps(value, option=orjson.OPT_INDENT_2).decode()
    return text.replace("\n", f"\n{margin}")
