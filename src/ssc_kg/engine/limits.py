"""How much one operation may ask for, decided before it is validated or run."""

from dataclasses import dataclass

from ssc_kg.compiler.paging import MAXIMUM_PAGE
from ssc_kg.engine.weight import Weighing, Weight, check_nesting
from ssc_kg.errors import IntrospectionDisabledError, OperationTooLargeError


@dataclass(frozen=True, slots=True)
class OperationLimits:
    """The most that a document may have; what is spread twice counts twice."""

    tokens: int = 10_000
    """Where parsing stops."""
    operations: int = 50
    fragments: int = 100
    depth: int = 50
    """Fields above each other."""
    fields: int = 2_000
    aliases: int = 500
    directives: int = 500
    page: int = MAXIMUM_PAGE
    """The largest `first` or `last`."""
    cost: int = 500_000_000
    """Values to read, if all pages are full (`weight`)."""
    introspection: int = 10
    """Fields `__schema` and `__type`; with 0, the schema is not told."""


DEFAULT_LIMITS = OperationLimits()


def check_limits(limits: OperationLimits, weighing: Weighing) -> None:
    """Refuse a document that asks for too much.

    Raises:
        OperationTooLargeError: It has more than it may have.
        IntrospectionDisabledError: It asks about the schema, which is not told.
    """
    number = len(weighing.weights)
    _check("operations", "operations", number, limits.operations)
    _check("fragments", "fragments", weighing.fragments, limits.fragments)
    for weight in weighing.weights:
        if weight.introspection and not limits.introspection:
            raise IntrospectionDisabledError
        _check_weight(weight, limits)


def _check_weight(weight: Weight, limits: OperationLimits) -> None:
    check_nesting(weight.nesting)
    _check("depth", "fields above each other", weight.depth, limits.depth)
    _check("fields", "fields", weight.fields, limits.fields)
    _check("aliases", "aliases", weight.aliases, limits.aliases)
    _check("directives", "directives", weight.directives, limits.directives)
    _check("page", "nodes on a page", weight.page, limits.page)
    _check("cost", "values to read at worst", weight.cost, limits.cost)
    words = "questions about the schema"
    _check("introspection", words, weight.introspection, limits.introspection)


def _check(limit: str, what: str, asked: int, maximum: int) -> None:
    if asked > maximum:
        raise OperationTooLargeError(maximum, what, limit=limit, asked=asked)
