"""The part of SPARQL that this package writes, as immutable values.

The compiler builds these nodes and `ssc_kg.sparql.render` prints them. Leaves are
pyoxigraph terms, which validate themselves, so no caller ever handles query text and no
user's value can become syntax.
"""

from dataclasses import dataclass
from typing import TypeAlias

from pyoxigraph import Literal, NamedNode, Variable

Term: TypeAlias = NamedNode | Literal
Operand: TypeAlias = Term | Variable


@dataclass(frozen=True, slots=True)
class Inverse:
    """The path `^predicate`: follow the property from object to subject."""

    predicate: NamedNode


Path: TypeAlias = NamedNode | Inverse


@dataclass(frozen=True, slots=True)
class Triple:
    """A triple pattern."""

    subject: Operand
    path: Path | Variable
    object: Operand


@dataclass(frozen=True, slots=True)
class Optional:
    """A group that may be absent without losing the row."""

    group: "Group"


@dataclass(frozen=True, slots=True)
class Union:
    """Groups of which each adds its own rows."""

    groups: tuple["Group", ...]


@dataclass(frozen=True, slots=True)
class Lateral:
    """A group that runs once for each row so far (SPARQL 1.2 community group, SEP-6).

    A `Select` inside must project the variables it shares with the rows so far, or it
    silently ranges over everything.
    """

    group: "Group"


@dataclass(frozen=True, slots=True)
class Values:
    """One variable restricted to the given terms."""

    variable: Variable
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class OneOf:
    """Keep rows in which a variable is one of the given terms."""

    variable: Variable
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Bind:
    """A variable that holds one constant."""

    term: Term
    variable: Variable


@dataclass(frozen=True, slots=True)
class IriAfter:
    """Keep rows whose IRI sorts after `iri`, by code point."""

    variable: Variable
    iri: NamedNode


@dataclass(frozen=True, slots=True)
class CountRows:
    """The projection `(COUNT(*) AS ?alias)`."""

    alias: Variable


@dataclass(frozen=True, slots=True)
class CountDistinct:
    """The projection `(COUNT(DISTINCT ?variable) AS ?alias)`."""

    variable: Variable
    alias: Variable


Projection: TypeAlias = Variable | CountRows | CountDistinct


@dataclass(frozen=True, slots=True)
class Select:
    """A SELECT query, or, as a pattern, a subquery."""

    projection: tuple[Projection, ...]
    where: "Group"
    distinct: bool = False
    group_by: tuple[Variable, ...] = ()
    order_by: tuple[Variable, ...] = ()
    limit: int | None = None


Pattern: TypeAlias = (
    Triple | Optional | Union | Lateral | Values | OneOf | Bind | IriAfter | Select
)
Group: TypeAlias = tuple[Pattern, ...]
