"""Which nodes a `where` keeps, as a tree of conditions.

A condition is true or false of a node, never unknown: a field without a value satisfies
no operator but `isNull: true`, and `not` keeps exactly what its condition does not. So
`{acronym: {ne: "ITU"}}` asks for another acronym, `{not: {acronym: {eq: "ITU"}}}` also
keeps what has none.

A field that has one value per language is like each of them: `eq` asks whether one of
them is equal, `ne` whether none is, within the languages of `language` if it is given.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias, assert_never

from pyoxigraph import Literal, NamedNode

from ssc_kg.mapping.model import LinkField, TypeMap, ValueField
from ssc_kg.sparql.algebra import Operator


class TextMatch(Enum):
    """How a text may resemble another, by the name of the operator."""

    CONTAINS = "contains"
    STARTS_WITH = "startsWith"
    ENDS_WITH = "endsWith"
    MATCHES = "matches"


@dataclass(frozen=True, slots=True)
class Compares:
    """The value compares with a constant."""

    operator: Operator
    value: Literal


@dataclass(frozen=True, slots=True)
class Among:
    """The value is one of some constants."""

    values: tuple[Literal, ...]


@dataclass(frozen=True, slots=True)
class Resembles:
    """The value is a text that contains another, begins with it, matches it …."""

    match: TextMatch
    text: str


@dataclass(frozen=True, slots=True)
class Differs:
    """Not all of some tests hold of the value."""

    tests: tuple["Test", ...]


Test: TypeAlias = Compares | Among | Resembles | Differs


@dataclass(frozen=True, slots=True)
class Always:
    """Of any node."""


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every condition holds."""

    conditions: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one condition holds; of none, none does."""

    conditions: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Unless:
    """The condition does not hold."""

    condition: "Condition"


@dataclass(frozen=True, slots=True)
class HasIri:
    """The node is one of these."""

    iris: tuple[NamedNode, ...]


@dataclass(frozen=True, slots=True)
class HasValue:
    """The node has a value that passes all tests."""

    field: ValueField
    tests: tuple[Test, ...] = ()
    language: str | None = None
    """A language range (RFC 4647, section 2.1) that the value has to match."""
    ignores_case: bool = False


@dataclass(frozen=True, slots=True)
class HasLink:
    """The node has a link to a node for which a condition holds."""

    link: LinkField
    types: tuple[TypeMap, ...]
    condition: "Condition"


@dataclass(frozen=True, slots=True)
class HasType:
    """The node is of one of these types, and a condition holds of it."""

    types: tuple[TypeMap, ...]
    condition: "Condition"


Condition: TypeAlias = (
    Always | AllOf | AnyOf | Unless | HasIri | HasValue | HasLink | HasType
)
ALWAYS = Always()
NEVER = AnyOf(())


def both(one: Condition, other: Condition) -> Condition:
    """Return the condition that both hold."""
    found = tuple(each for each in (one, other) if each != ALWAYS)
    return found[0] if len(found) == 1 else AllOf(found) if found else ALWAYS


def parts_of(condition: Condition) -> tuple[Condition, ...]:
    """Return the conditions that stand directly inside one."""
    match condition:
        case AllOf(conditions) | AnyOf(conditions):
            return conditions
        case Unless(inner) | HasLink(condition=inner) | HasType(condition=inner):
            return (inner,)
        case Always() | HasIri() | HasValue():
            return ()
        case _:
            assert_never(condition)


def patterns_of(condition: Condition) -> Iterator[str]:
    """Yield the regular expressions of a condition, which only an engine can check."""
    if isinstance(condition, HasValue):
        yield from _patterns(condition.tests)
    for part in parts_of(condition):
        yield from patterns_of(part)


def _patterns(tests: Iterable[Test]) -> Iterator[str]:
    for test in tests:
        match test:
            case Resembles(TextMatch.MATCHES, text):
                yield text
            case Differs(inner):
                yield from _patterns(inner)
            case _:
                pass
