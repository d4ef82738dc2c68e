"""A second opinion on aggregations: nodes put into groups and measured in Python.

It shares nothing with the compiler. Sums are fractions of what is written.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cmp_to_key
from itertools import product
from math import isfinite
from typing import Any, TypeAlias

from ssc_kg.mapping.model import (
    IdentityField,
    LinkField,
    Scalar,
    SchemaMap,
    ValueField,
)
from ssc_kg.store.protocol import Term
from tests import naive_values as naive
from tests.naive_values import Fields, Thing

Way: TypeAlias = tuple[int, tuple[str, ...]]
"""The number of a key, and the rest of the path to it."""
Common: TypeAlias = Mapping[int, object]
"""What a thing has for each key."""
_WHOLE = re.compile(r"[+-]?[0-9]+")


@dataclass(frozen=True, slots=True)
class Grouping:
    """Puts the things of a list, taken as of type `target`, into groups."""

    mapping: SchemaMap
    shown: Callable[[Thing, ValueField], list[Term]]
    linked: Callable[[Thing, LinkField], list[Thing]]
    target: str

    def groups(
        self, things: Sequence[Thing], arguments: Mapping[str, object]
    ) -> list[Fields]:
        named = naive.order_of(arguments.get("groupBy"))
        paths = [path for path, _ in named]
        order = tuple(
            entry for n, entry in enumerate(named) if paths.index(entry[0]) == n
        )
        ways = [(number, path) for number, (path, _) in enumerate(order)]
        found = defaultdict[tuple[object, ...], list[Thing]](list)
        if not order:
            found[()] = []
        for thing in things:
            combined = self._common(thing, self.target, ways)
            for key in {tuple(each[n] for n, _ in ways) for each in combined}:
                found[key].append(thing)

        def compare(mine: tuple[object, ...], other: tuple[object, ...]) -> int:
            return naive.compare((mine, ""), (other, ""), order)

        shown = [
            {
                "key": _nested(zip((path for path, _ in order), key, strict=True)),
                "count": len(found[key]),
                **self._measures(found[key]),
            }
            for key in sorted(found, key=cmp_to_key(compare))
        ]
        having = arguments.get("having")
        kept = (g for g in shown if not isinstance(having, Mapping) or _has(g, having))
        return [_fields(each) for each in kept]

    def _common(self, thing: Thing, target: str, ways: Sequence[Way]) -> list[Common]:
        parts: list[list[Common]] = []
        for number, (name, *rest) in ways:
            if not rest:
                parts.append([{number: v} for v in self._values(thing, target, name)])
        for first in dict.fromkeys(path[0] for _, path in ways if len(path) > 1):
            link = self.mapping.types[target].fields[first]
            assert isinstance(link, LinkField)
            behind = [
                (n, path[1:]) for n, path in ways if path[0] == first and len(path) > 1
            ]
            linked = self.linked(thing, link)
            combined = [
                each
                for other in (linked if link.many else linked[:1])
                for each in self._common(other, link.target, behind)
            ]
            parts.append(combined or [dict.fromkeys((n for n, _ in behind), None)])
        return [
            {number: value for part in each for number, value in part.items()}
            for each in product(*parts)
        ]

    def _values(self, thing: Thing, target: str, name: str) -> list[object]:
        match self.mapping.types[target].fields[name]:
            case IdentityField():
                return [thing.iri]
            case ValueField() as field:
                terms = self.shown(thing, field)
                return [_shown(each, field) for each in terms] or [None]
            case _:
                raise AssertionError(name)

    def _measures(self, things: Sequence[Thing]) -> dict[str, object]:
        fields = self.mapping.types[self.target].fields
        return {
            name: dict(self._measure(things, field))
            for name, field in fields.items()
            if not isinstance(field, IdentityField)
        }

    def _measure(
        self, things: Sequence[Thing], field: ValueField | LinkField
    ) -> Iterator[tuple[str, object]]:
        if isinstance(field, LinkField):
            linked = [self.linked(thing, field) for thing in things]
            iris = [
                other.iri
                for each in linked
                for other in (each if field.many else each[:1])
            ]
            yield from {"count": len(iris), "countDistinct": len(set(iris))}.items()
            return
        read = [
            (value, term)
            for thing in things
            for term in self.shown(thing, field)
            if (value := _shown(term, field)) is not None
        ]
        values: list[Any] = [value for value, _ in read]
        yield "count", len(values)
        yield "countDistinct", len(set(values))
        yield "min", min(values, default=None)
        yield "max", max(values, default=None)
        if field.scalar in (Scalar.INTEGER, Scalar.NUMBER):
            total = sum(map(Fraction, (term.value for _, term in read)), Fraction())
            yield "sum", float(total)
            yield "avg", float(total / len(values)) if values else None


def _shown(term: Term, field: ValueField) -> object:
    """Return a value as the field shows it; None if it cannot."""
    value = naive.plain(term, field)
    if field.scalar is Scalar.INTEGER:
        is_whole = _WHOLE.fullmatch(term.value) and -(2**31) <= value < 2**31
        return int(value) if is_whole else None
    if isinstance(value, float):
        return value + 0.0 if isfinite(value) else None  # minus zero is zero
    shown: object = value
    return shown


def _has(group: Mapping[str, Any], having: Mapping[str, Any]) -> bool:
    def one(name: str, value: Any) -> bool:
        match name:
            case "and":
                return all(_has(group, each) for each in value)
            case "or":
                return any(_has(group, each) for each in value)
            case "not":
                return not _has(group, value)
            case "count":
                return _suits(group["count"], value)
            case _:
                return all(_suits(group[name][q], each) for q, each in value.items())

    return all(one(name, value) for name, value in having.items())


def _suits(shown: object, tests: Mapping[str, Any]) -> bool:
    if shown is None:
        return all(name == "isNull" and value for name, value in tests.items())
    return naive.passes(shown, tests)


def _nested(found: Iterator[tuple[tuple[str, ...], object]]) -> dict[str, Any]:
    nested: dict[str, Any] = {}
    for (*path, name), value in found:
        inside = nested
        for step in path:
            inside = inside.setdefault(step, {})
        inside[name] = value
    return nested


def _fields(values: Mapping[str, object]) -> Fields:
    return Fields(
        {
            name: _fields(value) if isinstance(value, Mapping) else value
            for name, value in values.items()
        }
    )
