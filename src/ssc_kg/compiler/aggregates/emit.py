"""Write the sub-selects of an aggregation: one that counts, one for each field.

Each finds the nodes anew, since a field with several values would count the others
again, and a node without a value of one field has values of another. Of the nodes,
their keys and the values of one field, each combination counts once; if there may be
more rows than that, they are made DISTINCT first:

    SELECT ?parent ?k0 (COUNT(?shown) AS ?v1) (SUM(?exact) AS ?v2) WHERE {
      { SELECT DISTINCT ?parent ?k0 ?node ?value WHERE { … } }
      BIND(xsd:double(STR(?value)) AS ?shown) …
    } GROUP BY ?parent ?k0
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import assert_never

from pyoxigraph import Literal, Variable

from ssc_kg.compiler.aggregates.measures import Measured, Quantity
from ssc_kg.compiler.aggregates.plan import Aggregate
from ssc_kg.compiler.ordering import RankField, Via
from ssc_kg.compiler.restrict import Writer, follow, key_variable, value_variable
from ssc_kg.mapping.model import IdentityField, LinkField, Scalar, ValueField
from ssc_kg.sparql.algebra import (
    And,
    Bind,
    Call,
    Comparison,
    CountDistinct,
    Expression,
    Filter,
    Fold,
    Folded,
    Function,
    Group,
    Lateral,
    Operator,
    Optional,
    Pattern,
    Projection,
    Select,
    Triple,
)

MAXIMUM_ROWS = 100_000
"""The most groups of all parents together."""
_VALUE, _SHOWN, _EXACT, _NUMBER = (
    Variable(name) for name in ("value", "shown", "exact", "number")
)
_NOTHING = Variable("nothing")
"""Never bound."""
_ZERO, _INFINITY, _MINUS_INFINITY = (
    Literal(number) for number in (0.0, float("inf"), float("-inf"))
)
_LEAST, _GREATEST = Literal(-(2**31)), Literal(2**31 - 1)
"""The ends of GraphQL's Int (section 3.5.1)."""


@dataclass(frozen=True, slots=True)
class Members:
    """The nodes that are grouped."""

    node: Variable
    found: Group
    """Finds them."""
    may_repeat: bool
    """Whether it finds one more than once from one parent."""
    parent: tuple[Variable, ...]
    """The variable of the parent, if there is one."""
    writer: Writer


def select_groups(aggregate: Aggregate, members: Members) -> Iterator[Select]:
    """Yield the sub-selects that count and measure."""
    keys = tuple(key_variable(number) for number in range(len(aggregate.keys)))
    grouping = (*members.parent, *keys)
    ways = [
        _Way(key.path, key.field, column)
        for key, column in zip(aggregate.keys, keys, strict=True)
    ]
    found = (*members.found, *_keys(ways, members.node, members.writer))
    limit = MAXIMUM_ROWS + 1 if keys else None
    yield Select(
        (*grouping, CountDistinct(members.node, value_variable(0))),
        found,
        group_by=grouping,
        limit=limit,
    )
    for measured in dict.fromkeys(each.measured for each in aggregate.measures):
        rows: Group = (*found, *_values(measured, members))
        if members.may_repeat or _multiplies(aggregate, measured):
            columns = (*grouping, members.node, _VALUE)
            rows = (Select(columns, rows, distinct=True),)
        yield Select(
            (*grouping, *_folds(measured, aggregate)),
            (*rows, *_reading(measured, aggregate)),
            group_by=grouping,
            limit=limit,
        )


def _multiplies(aggregate: Aggregate, measured: Measured) -> bool:
    """Return whether a node may have the same keys and value in several rows."""
    has_several_links = any(via.link.many for key in aggregate.keys for via in key.path)
    return has_several_links or len(measured.types) > 1


@dataclass(frozen=True, slots=True)
class _Way:
    """The rest of the way to a key, and its column."""

    path: tuple[Via, ...]
    field: ValueField | IdentityField | RankField
    column: Variable


def _keys(ways: Sequence[_Way], node: Variable, writer: Writer) -> Group:
    """Bind what nodes have in common; keys behind one link are of one linked node."""
    patterns: list[Pattern] = []
    for way in ways:
        if not way.path:
            patterns.extend(_key(way.field, node, way.column, writer))
    for via in {way.path[0].link: way.path[0] for way in ways if way.path}.values():
        behind = [
            replace(way, path=way.path[1:])
            for way in ways
            if way.path and way.path[0].link == via.link
        ]
        patterns.append(_behind(via, behind, node, writer))
    return tuple(patterns)


def _behind(via: Via, ways: Sequence[_Way], node: Variable, writer: Writer) -> Pattern:
    linked = writer.variable()
    reached: Group = (follow(node, via.link, linked), *writer.typed(linked, via.types))
    if not via.link.many:
        reached = (Select((node, linked), reached, order_by=(linked,), limit=1),)
    return _perhaps((*reached, *_keys(ways, linked, writer)))


def _key(
    field: ValueField | IdentityField | RankField,
    node: Variable,
    key: Variable,
    writer: Writer,
) -> Group:
    match field:
        case IdentityField():
            return (Bind(_text(node), key),)
        case ValueField():
            value = writer.variable()
            return (
                _perhaps((_value(field, node, value, writer),)),
                *_read(field.scalar, value, key, writer.variable()),
            )
        case RankField():
            return ()  # No list that a search ranks is grouped.
        case _:
            assert_never(field)


def _perhaps(group: Group) -> Pattern:
    return Lateral((Optional(group),))


def _values(measured: Measured, members: Members) -> Group:
    """Find the values of a field; nodes without any are lost."""
    match measured.field:
        case ValueField() as field:
            found = _value(field, members.node, _VALUE, members.writer)
            return (Lateral((found,)) if isinstance(found, Select) else found,)
        case LinkField() as link:
            reached = (
                follow(members.node, link, _VALUE),
                *members.writer.typed(_VALUE, measured.types),
            )
            if link.many:
                return reached
            columns = (members.node, _VALUE)
            order = (_VALUE,)
            return (Lateral((Select(columns, reached, order_by=order, limit=1),)),)


def _value(
    field: ValueField, node: Variable, value: Variable, writer: Writer
) -> Pattern:
    """Find every value of a field that shows several, else the one that it shows."""
    if field.many:
        return Triple(node, field.property, value)
    return writer.shown(field, node, value)


def _reading(measured: Measured, aggregate: Aggregate) -> Iterator[Pattern]:
    """Read the values as the field shows them; those it cannot show are lost."""
    match measured.field:
        case LinkField():
            yield Bind(_VALUE, _SHOWN)
        case ValueField(scalar=scalar):
            yield from _read(scalar, _VALUE, _SHOWN, _NUMBER)
            yield Filter(Call(Function.BOUND, (_SHOWN,)))
            if _is_summed_exactly(measured, aggregate):
                # As they are written: sums of decimals have no rounding errors.
                written = Call(Function.DECIMAL, (_text(_VALUE),))
                yield Bind(Call(Function.COALESCE, (written, _SHOWN)), _EXACT)


def _read(scalar: Scalar, value: Variable, shown: Variable, number: Variable) -> Group:
    text = _text(value)
    match scalar:
        case Scalar.TEXT | Scalar.LOCALIZED:
            return (Bind(text, shown),)
        case Scalar.BOOLEAN:
            return (Bind(Call(Function.BOOLEAN, (text,)), shown),)
        case Scalar.INTEGER:
            kept = _between(number, _LEAST, Operator.AT_LEAST, _GREATEST)
            return (
                Bind(Call(Function.INTEGER, (text,)), number),
                Bind(Call(Function.IF, (kept, number, _NOTHING)), shown),
            )
        case Scalar.NUMBER:
            kept = _between(number, _MINUS_INFINITY, Operator.GREATER, _INFINITY)
            finite = Call(Function.IF, (kept, number, _NOTHING))
            is_zero = Comparison(number, Operator.EQUAL, _ZERO)  # as is minus zero
            return (
                Bind(Call(Function.DOUBLE, (text,)), number),
                Bind(Call(Function.IF, (is_zero, _ZERO, finite)), shown),
            )


def _between(
    number: Variable, least: Literal, operator: Operator, greatest: Literal
) -> Expression:
    other = {Operator.GREATER: Operator.LESS, Operator.AT_LEAST: Operator.AT_MOST}
    return And(
        (
            Comparison(number, operator, least),
            Comparison(number, other[operator], greatest),
        )
    )


def _is_summed_exactly(measured: Measured, aggregate: Aggregate) -> bool:
    field = measured.field
    return (
        isinstance(field, ValueField)
        and field.scalar is Scalar.NUMBER
        and any(
            each.measured == measured and each.quantity is Quantity.SUM
            for each in aggregate.measures
        )
    )


def _folds(measured: Measured, aggregate: Aggregate) -> Iterator[Projection]:
    is_exact = _is_summed_exactly(measured, aggregate)
    for number, measure in enumerate(aggregate.measures, start=1):
        if measure.measured != measured:
            continue
        alias = value_variable(number)
        match measure.quantity:
            case Quantity.COUNT:
                yield Folded(Fold.COUNT, (_SHOWN,), alias)
            case Quantity.COUNT_DISTINCT:
                yield CountDistinct(_SHOWN, alias)
            case Quantity.MINIMUM:
                yield Folded(Fold.MINIMUM, (_SHOWN,), alias)
            case Quantity.MAXIMUM:
                yield Folded(Fold.MAXIMUM, (_SHOWN,), alias)
            case Quantity.SUM | Quantity.AVERAGE:
                # What is too large for a decimal is summed as a double.
                summed = (_EXACT, _SHOWN) if is_exact else (_SHOWN,)
                yield Folded(Fold.SUM, summed, alias)


def _text(value: Variable) -> Expression:
    return Call(Function.TEXT, (value,))
