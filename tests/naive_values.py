"""What naive answers are made of: triples, things, and values as they compare."""

import operator
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from pyoxigraph import Literal, NamedNode, Quad, Triple

from ssc_kg.mapping.model import LinkField, Scalar, ValueField
from ssc_kg.store.protocol import Term

Order: TypeAlias = tuple[tuple[tuple[str, ...], str], ...]
"""The path and the direction of each thing that a list is ordered by."""
Place: TypeAlias = tuple[tuple[object, ...], str]
"""What a node is ordered by, and its IRI."""


class Triples:
    """The default graph of a store as two dicts: forwards and backwards."""

    def __init__(self, quads: Iterable[Quad]) -> None:
        self._objects = defaultdict[tuple[str, str], list[Term]](list)
        self._subjects = defaultdict[tuple[str, str], list[Term]](list)
        self._saying = defaultdict[tuple[Literal, str], set[str]](set)
        self.named = set[str]()
        for quad in quads:
            assert isinstance(quad.subject, NamedNode)
            assert not isinstance(quad.object, Triple)
            self.named.add(quad.subject.value)
            subject, predicate = quad.subject.value, quad.predicate.value
            self._objects[subject, predicate].append(quad.object)
            if isinstance(quad.object, Literal):
                self._saying[quad.object, predicate].add(subject)
            if isinstance(quad.object, NamedNode):
                self._subjects[quad.object.value, predicate].append(quad.subject)

    def objects(self, subject: str, predicate: NamedNode) -> list[Term]:
        return self._objects.get((subject, predicate.value), [])

    def linked(self, iri: str, link: LinkField, depth: int | None = None) -> set[str]:
        if not link.closure:
            return self._step(iri, link.property, inverse=link.inverse)
        found, reached = set[str](), {iri}
        while reached and (depth is None or depth > 0):
            reached = {
                other
                for each in reached
                for property_ in link.closure
                for other in self._step(each, property_, inverse=link.inverse)
            } - found
            found |= reached
            depth = None if depth is None else depth - 1
        return found

    def subjects(self, predicate: NamedNode, object_: str) -> set[str]:
        terms = self._subjects.get((object_, predicate.value), [])
        return {term.value for term in terms if isinstance(term, NamedNode)}

    def said(self, predicate: NamedNode, text: str, language: str | None) -> set[str]:
        return self._saying[Literal(text, language=language), predicate.value]

    def _step(self, iri: str, property_: NamedNode, *, inverse: bool) -> set[str]:
        index = self._subjects if inverse else self._objects
        terms = index.get((iri, property_.value), [])
        return {term.value for term in terms if isinstance(term, NamedNode)}


@dataclass(frozen=True, slots=True)
class Thing:
    """A node as a value of one of its types."""

    iri: str
    type_name: str


@dataclass(frozen=True, slots=True)
class Fields:
    """An object of a connection: a page, an edge, a PageInfo."""

    values: Mapping[str, object] = field(default_factory=dict)


def order_of(entries: object) -> Order:
    """Return the path and the direction of each entry of `orderBy`."""
    return tuple(map(_path, entries if isinstance(entries, list) else []))


def _path(entry: object) -> tuple[tuple[str, ...], str]:
    if not isinstance(entry, Mapping):
        return (), str(getattr(entry, "value", entry))
    [(name, rest)] = entry.items()
    path, direction = _path(rest)
    return (name, *path), direction


def compare(mine: Place, other: Place, order: Order) -> int:
    """Compare two places, each the keys of a node and its IRI."""
    for (_, direction), a, b in zip(order, mine[0], other[0], strict=True):
        if a is None or b is None:
            if (a is None) != (b is None):
                first = a if direction.endswith("NULLS_FIRST") else b
                return -1 if first is None else 1
        elif a != b:
            is_less = (a < b) != direction.startswith("DESC")  # type: ignore[operator]  # of one type
            return -1 if is_less else 1
    return (mine[1] > other[1]) - (mine[1] < other[1])


OPERATORS: Mapping[str, Callable[[Any, Any], object]] = {
    "eq": operator.eq,
    "ne": operator.ne,
    "in": lambda mine, wanted: mine in wanted,
    "notIn": lambda mine, wanted: mine not in wanted,
    "lt": operator.lt,
    "lte": operator.le,
    "gt": operator.gt,
    "gte": operator.ge,
    "contains": operator.contains,
    "startsWith": str.startswith,
    "endsWith": str.endswith,
}


def passes(value: object, one: Mapping[str, Any]) -> bool:
    """Return whether one value satisfies all operators."""
    ignores_case = bool(one.get("ignoreCase"))

    def holds(name: str, wanted: Any) -> bool:
        if name == "matches":
            flags = re.IGNORECASE if ignores_case else re.NOFLAG
            return re.search(wanted, str(value), flags) is not None
        if name == "isNull":
            return not wanted
        if name not in OPERATORS:
            return True
        fold = _folded if ignores_case else _same
        return bool(OPERATORS[name](fold(value), fold(wanted)))

    return all(holds(name, wanted) for name, wanted in one.items())


def _folded(value: Any) -> Any:
    if isinstance(value, list):
        return [_folded(each) for each in value]
    return value.lower() if isinstance(value, str) else value


def _same(value: Any) -> Any:
    return value


def plain(term: Term, field_: ValueField) -> Any:
    """Return a value as conditions and orders see it; None if it cannot be read."""
    try:
        match field_.scalar:
            case Scalar.TEXT | Scalar.LOCALIZED:
                return term.value
            case Scalar.INTEGER | Scalar.NUMBER:
                text = term.value
                return float(text) if text.isascii() and "_" not in text else None
            case Scalar.BOOLEAN:
                return {"true": True, "1": True, "false": False, "0": False}[term.value]
    except (ValueError, KeyError):
        return None
