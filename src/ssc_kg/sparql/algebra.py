"""The part of SPARQL that this package writes, as immutable values.

The compiler builds these nodes and `ssc_kg.sparql.render` prints them. Leaves are
pyoxigraph terms, which validate themselves, so no caller ever handles query text and no
user's value can become syntax.
"""

from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

from pyoxigraph import Literal, NamedNode, Variable

Term: TypeAlias = NamedNode | Literal
Operand: TypeAlias = Term | Variable


@dataclass(frozen=True, slots=True)
class Inverse:
    """The path `^predicate`: follow the property from object to subject."""

    predicate: NamedNode


class Often(Enum):
    """How many steps a path takes (SPARQL 1.1, section 9.1)."""

    ONCE = ""
    AT_MOST_ONCE = "?"
    AT_LEAST_ONCE = "+"


@dataclass(frozen=True, slots=True)
class Steps:
    """Steps along any of some properties, or along their inverses."""

    predicates: tuple[NamedNode, ...]
    inverse: bool
    often: Often


Path: TypeAlias = NamedNode | Inverse | Steps


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
class Rows:
    """Several variables restricted together to the given rows of terms."""

    variables: tuple[Variable, ...]
    rows: tuple[tuple[Term, ...], ...]


class Operator(Enum):
    """How two operands compare (SPARQL 1.1, section 17.3)."""

    EQUAL = "="
    NOT_EQUAL = "!="
    LESS = "<"
    AT_MOST = "<="
    GREATER = ">"
    AT_LEAST = ">="


class Function(Enum):
    """The functions that the compiler uses (SPARQL 1.1, sections 17.4 and 17.5)."""

    BOUND = "BOUND"
    CONCAT = "CONCAT"
    CONTAINS = "CONTAINS"
    IF = "IF"
    LANG = "LANG"
    LANG_MATCHES = "LANGMATCHES"
    LOWER_CASE = "LCASE"
    REGEX = "REGEX"
    STARTS_WITH = "STRSTARTS"
    ENDS_WITH = "STRENDS"
    TEXT = "STR"
    COALESCE = "COALESCE"
    BOOLEAN = "xsd:boolean"
    DECIMAL = "xsd:decimal"
    DOUBLE = "xsd:double"
    INTEGER = "xsd:integer"


@dataclass(frozen=True, slots=True)
class Call:
    """A function of some arguments."""

    function: Function
    arguments: tuple["Expression", ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """A comparison of two expressions."""

    left: "Expression"
    operator: Operator
    right: "Expression"


@dataclass(frozen=True, slots=True)
class OneOf:
    """Whether an expression equals one of the given terms."""

    expression: "Expression"
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class And:
    """Whether all hold; true if there is none."""

    expressions: tuple["Expression", ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Whether any holds; false if there is none."""

    expressions: tuple["Expression", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Whether it does not hold."""

    expression: "Expression"


Expression: TypeAlias = (
    Variable | NamedNode | Literal | Call | Comparison | OneOf | And | Or | Not
)


@dataclass(frozen=True, slots=True)
class Filter:
    """Keep rows for which an expression holds."""

    expression: Expression


@dataclass(frozen=True, slots=True)
class Bind:
    """A variable that holds the value of an expression; unbound if it has none."""

    expression: Expression
    variable: Variable


@dataclass(frozen=True, slots=True)
class Descending:
    """An order from the greatest to the least."""

    expression: Expression


OrderKey: TypeAlias = Expression | Descending


@dataclass(frozen=True, slots=True)
class CountRows:
    """The projection `(COUNT(*) AS ?alias)`."""

    alias: Variable


@dataclass(frozen=True, slots=True)
class CountDistinct:
    """The projection `(COUNT(DISTINCT ?variable) AS ?alias)`."""

    variable: Variable
    alias: Variable


class Fold(Enum):
    """What can be made of the values of a group (SPARQL 1.1, section 18.5.1)."""

    COUNT = "COUNT"
    SUM = "SUM"
    MINIMUM = "MIN"
    MAXIMUM = "MAX"


@dataclass(frozen=True, slots=True)
class Folded:
    """The projection `(SUM(?variable) AS ?alias)`.

    Of several variables, it is that of the first for which there is one.
    """

    fold: Fold
    variables: tuple[Variable, ...]
    alias: Variable


Projection: TypeAlias = Variable | CountRows | CountDistinct | Folded


@dataclass(frozen=True, slots=True)
class Select:
    """A SELECT query, or, as a pattern, a subquery."""

    projection: tuple[Projection, ...]
    where: "Group"
    distinct: bool = False
    group_by: tuple[Variable, ...] = ()
    order_by: tuple[OrderKey, ...] = ()
    limit: int | None = None


Pattern: TypeAlias = (
    Triple | Optional | Union | Lateral | Values | Rows | Filter | Bind | Select
)
Group: TypeAlias = tuple[Pattern, ...]
