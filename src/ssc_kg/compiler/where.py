"""Read the argument `where`, whose input types `engine.inputs` declares."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

from pyoxigraph import Literal

from ssc_kg.compiler.conditions import (
    ALWAYS,
    NEVER,
    AllOf,
    Among,
    AnyOf,
    Compares,
    Condition,
    Differs,
    HasIri,
    HasLink,
    HasType,
    HasValue,
    Resembles,
    Test,
    TextMatch,
    Unless,
    parts_of,
)
from ssc_kg.errors import ConditionError, OperationTooLargeError
from ssc_kg.mapping.model import (
    IdentityField,
    LinkField,
    Scalar,
    SchemaMap,
    TypeMap,
    ValueField,
)
from ssc_kg.rdf.terms import is_text, read_iri
from ssc_kg.sparql.algebra import Operator

Argument: TypeAlias = Mapping[str, object]
MAXIMUM_CONDITIONS = 500
"""The most conditions of a `where`, those inside others counted."""
MAXIMUM_DEPTH = 30
"""The most conditions inside each other; engines parse by recursion."""
_COMPARISONS: Mapping[str, Operator] = {
    "eq": Operator.EQUAL,
    "lt": Operator.LESS,
    "lte": Operator.AT_MOST,
    "gt": Operator.GREATER,
    "gte": Operator.AT_LEAST,
}
_IS_NULL, _LANGUAGE, _IGNORE_CASE = "isNull", "language", "ignoreCase"
_MODIFIERS = frozenset([_IS_NULL, _LANGUAGE, _IGNORE_CASE])
_NEGATIVE = frozenset(["ne", "notIn"])
_LISTS = frozenset(["in", "notIn"])
_LANGUAGE_RANGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")


def read_condition(where: Argument, type_: TypeMap, schema: SchemaMap) -> Condition:
    """Return what the argument `where` of a list of `type_` asks.

    Raises:
        ConditionError: An operator has null for a value, or one it cannot work with.
        MalformedIriError: An `id` is no IRI.
        OperationTooLargeError: There are too many conditions, or too many inside each
            other.
    """
    condition = _all(_Reader(schema).conditions(where, type_))
    _check_size(condition)
    return condition


def _check_size(condition: Condition) -> None:
    number, depth, level = 0, 0, [condition]
    while level:
        number, depth = number + len(level), depth + 1
        if number > MAXIMUM_CONDITIONS:
            raise OperationTooLargeError(MAXIMUM_CONDITIONS, "conditions in a `where`")
        if depth > MAXIMUM_DEPTH:
            raise OperationTooLargeError(MAXIMUM_DEPTH, "conditions inside each other")
        level = [inner for each in level for inner in parts_of(each)]


@dataclass(frozen=True, slots=True)
class _Reader:
    """Walks an input object along the mapping."""

    schema: SchemaMap

    def conditions(self, where: Argument, type_: TypeMap) -> Iterator[Condition]:
        for name, value in where.items():
            match name:
                case "and":
                    yield _all(self._each(value, type_, name))
                case "or":
                    yield AnyOf(tuple(self._each(value, type_, name)))
                case "not":
                    yield Unless(self._nested(value, type_, name))
                case "isNull":
                    # A node is there; whether a link leads to one, the link knows.
                    yield NEVER if _boolean(value, name) else ALWAYS
                case _:
                    yield self._field(_object(value, name), type_, name)

    def _nested(self, value: object, type_: TypeMap, name: str) -> Condition:
        return _all(self.conditions(_object(value, name), type_))

    def _each(self, value: object, type_: TypeMap, name: str) -> Iterator[Condition]:
        for each in _list(value, name):
            yield self._nested(each, type_, name)

    def _field(self, value: Argument, type_: TypeMap, name: str) -> Condition:
        if name in type_.choices:
            member = self.schema.types[type_.choices[name]]
            types = self.schema.members(member.name)
            return HasType(types, self._nested(value, member, name))
        match type_.field(name):
            case IdentityField():
                return _identity(value)
            case ValueField(many=True) as field:
                return _values(value, field)
            case ValueField() as field:
                return _value(value, field)
            case LinkField(many=True) as link:
                return self._links(value, link)
            case LinkField() as link:
                return self._link(value, link)

    def _links(self, value: Argument, link: LinkField) -> Condition:
        target = self.schema.types[link.target]
        found: list[Condition] = []
        for name, each in value.items():
            inner = self._nested(each, target, name)
            match name:
                case "some":
                    found.append(self._linked(link, inner))
                case "none":
                    found.append(Unless(self._linked(link, inner)))
                case _:
                    found.append(Unless(self._linked(link, Unless(inner))))
        return _all(found)

    def _link(self, value: Argument, link: LinkField) -> Condition:
        if _IS_NULL in value and _boolean(value[_IS_NULL], _IS_NULL):
            is_absent = Unless(self._linked(link, ALWAYS))
            return is_absent if len(value) == 1 else NEVER
        target = self.schema.types[link.target]
        return self._linked(link, self._nested(value, target, link.name))

    def _linked(self, link: LinkField, condition: Condition) -> HasLink:
        return HasLink(link, self.schema.members(link.target), condition)


def _identity(value: Argument) -> Condition:
    found: list[Condition] = []
    for name, each in value.items():
        iris = _list(each, name) if name in _LISTS else [each]
        known = HasIri(tuple(read_iri(_text(iri, name)) for iri in iris))
        found.append(Unless(known) if name in _NEGATIVE else known)
    return _all(found)


def _values(value: Argument, field: ValueField) -> Condition:
    """Return a condition on the values of a list, each by itself."""
    found: list[Condition] = []
    for name, each in value.items():
        one = _object(each, name)
        tests = tuple(_tests(one, field))
        any_of_them = _modified(HasValue(field), one)
        match name:
            case "some":
                found.append(replace(any_of_them, tests=tests))
            case "none":
                found.append(Unless(replace(any_of_them, tests=tests)))
            case _:
                found.append(Unless(replace(any_of_them, tests=(Differs(tests),))))
    return _all(found)


def _value(value: Argument, field: ValueField) -> Condition:
    """Return a condition on the value of a field, or on its values in all languages."""
    any_of_them = _modified(HasValue(field), value)
    operators = {name: each for name, each in value.items() if name not in _MODIFIERS}
    positive = {n: each for n, each in operators.items() if n not in _NEGATIVE}
    found: list[Condition] = []
    if operators or (any_of_them.language and _IS_NULL not in value):
        found.append(replace(any_of_them, tests=tuple(_tests(positive, field))))
    found.extend(
        Unless(replace(any_of_them, tests=test.tests))
        for test in _tests(operators, field)
        if isinstance(test, Differs)
    )
    if _IS_NULL in value:
        is_null = _boolean(value[_IS_NULL], _IS_NULL)
        found.append(Unless(any_of_them) if is_null else any_of_them)
    return _all(found)


def _modified(condition: HasValue, value: Argument) -> HasValue:
    language = value.get(_LANGUAGE)
    if _LANGUAGE in value:
        language = _text(language, _LANGUAGE)
        if not _LANGUAGE_RANGE.fullmatch(language):
            raise ConditionError(_LANGUAGE, language, 'a language, such as "fr"')
    return replace(
        condition,
        language=language if isinstance(language, str) else None,
        ignores_case=_boolean(value.get(_IGNORE_CASE, False), _IGNORE_CASE),
    )


def _tests(value: Argument, field: ValueField) -> Iterator[Test]:
    for name, each in value.items():
        match name:
            case "language" | "ignoreCase":
                pass
            case "isNull":
                # A value in a list is there.
                if _boolean(each, name):
                    yield Among(())
            case "in":
                yield _among(each, field, name)
            case "notIn":
                yield Differs((_among(each, field, name),))
            case "ne":
                yield Differs((Compares(Operator.EQUAL, _term(each, field, name)),))
            case _ if name in _COMPARISONS:
                yield Compares(_COMPARISONS[name], _term(each, field, name))
            case _:
                yield Resembles(TextMatch(name), _text(each, name))


def _among(value: object, field: ValueField, name: str) -> Among:
    return Among(tuple(_term(each, field, name) for each in _list(value, name)))


def _term(value: object, field: ValueField, name: str) -> Literal:
    """Return the constant with which `emission` compares a value of the field."""
    match field.scalar:
        case Scalar.TEXT | Scalar.LOCALIZED:
            return Literal(_text(value, name))
        case Scalar.INTEGER | Scalar.NUMBER:
            if isinstance(value, int | float):
                return Literal(float(value))
        case Scalar.BOOLEAN:
            return Literal(value=_boolean(value, name))
    raise ConditionError(name, value, "a number")


def _text(value: object, name: str) -> str:
    if isinstance(value, str) and is_text(value):
        return value
    raise ConditionError(name, value, "a text")


def _boolean(value: object, name: str) -> bool:
    if isinstance(value, bool):
        return value
    raise ConditionError(name, value, "true or false")


def _object(value: object, name: str) -> Argument:
    if isinstance(value, Mapping):
        return value
    raise ConditionError(name, value, "an object")


def _list(value: object, name: str) -> list[object]:
    if isinstance(value, list):
        return value
    raise ConditionError(name, value, "a list")


def _all(conditions: Iterable[Condition]) -> Condition:
    match tuple(each for each in conditions if each != ALWAYS):
        case ():
            return ALWAYS
        case (condition,):
            return condition
        case several:
            return AllOf(several)
