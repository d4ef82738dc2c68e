"""The columns of a table with the types that all of their values have.

A column of one kind gets that type; whole numbers beside fractions become fractions;
whatever else is mixed, and what is not written as its datatype has it, is text. Texts
lose their language and decimals their exactness; `Row.terms` keep both.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum, auto
from typing import TYPE_CHECKING, TypeAlias, assert_never

from ssc_kg.extras import needing
from ssc_kg.rdf.native import AnyTerm, Value, native

if TYPE_CHECKING:
    import pandas
    import polars

Cell: TypeAlias = Value | None
_MOST = 2**63
"""What a whole number of 64 bits is below."""


class Kind(Enum):
    """What all values of a column are."""

    BOOLEAN = auto()
    INTEGER = auto()
    NUMBER = auto()
    DATE = auto()
    TIME = auto()
    """Date and time, without a time zone."""
    INSTANT = auto()
    """Date and time with a time zone, given in UTC."""
    TEXT = auto()


@dataclass(frozen=True, slots=True)
class Column:
    """A column: the cells are of its kind, or None."""

    name: str
    kind: Kind
    cells: Sequence[Cell]


def read_columns(
    names: Sequence[str], rows: Sequence[Sequence[AnyTerm | None]]
) -> list[Column]:
    """Return the columns of a table of terms."""
    return [
        _read_column(name, [row[index] for row in rows])
        for index, name in enumerate(names)
    ]


def to_pandas(columns: Sequence[Column]) -> "pandas.DataFrame":
    """Return a frame of nullable types: Int64, Float64, boolean, string, datetime64.

    Raises:
        MissingExtraError: pandas is not installed.
    """
    with needing("pandas", "pandas", what="to_pandas()"):
        import pandas  # noqa: PLC0415  (an extra)
    types = {
        Kind.BOOLEAN: "boolean",
        Kind.INTEGER: "Int64",
        Kind.NUMBER: "Float64",
        Kind.DATE: "datetime64[s]",
        Kind.TIME: "datetime64[us]",
        Kind.INSTANT: "datetime64[us, UTC]",
        Kind.TEXT: "string",
    }
    cells = {column.name: column.cells for column in columns}
    untyped = pandas.DataFrame(cells, dtype="object")
    return untyped.astype({column.name: types[column.kind] for column in columns})


def to_polars(columns: Sequence[Column]) -> "polars.DataFrame":
    """Return a frame of Int64, Float64, Boolean, Date, Datetime and String.

    Raises:
        MissingExtraError: polars is not installed.
    """
    with needing("polars", "polars", what="to_polars()"):
        import polars  # noqa: PLC0415  (an extra)
    types = {
        Kind.BOOLEAN: polars.Boolean(),
        Kind.INTEGER: polars.Int64(),
        Kind.NUMBER: polars.Float64(),
        Kind.DATE: polars.Date(),
        Kind.TIME: polars.Datetime("us"),
        Kind.INSTANT: polars.Datetime("us", "UTC"),
        Kind.TEXT: polars.String(),
    }
    return polars.DataFrame(
        [
            polars.Series(column.name, column.cells, dtype=types[column.kind])
            for column in columns
        ]
    )


def _read_column(name: str, terms: Sequence[AnyTerm | None]) -> Column:
    values = [None if term is None else native(term) for term in terms]
    kind = _common({_kind(value) for value in values if value is not None})
    if kind is not Kind.TEXT:
        return Column(name, kind, [_cell(kind, value) for value in values])
    texts = [None if term is None else _text(term) for term in terms]
    return Column(name, kind, texts)


def _kind(value: Value) -> Kind:
    match value:
        case bool():
            return Kind.BOOLEAN
        case int():
            return Kind.INTEGER if -_MOST <= value < _MOST else Kind.NUMBER
        case float() | Decimal():
            return Kind.NUMBER
        case datetime():
            return Kind.TIME if value.tzinfo is None else Kind.INSTANT
        case date():
            return Kind.DATE
        case str():
            return Kind.TEXT
        case _:
            assert_never(value)


def _common(kinds: set[Kind]) -> Kind:
    if len(kinds) == 1:
        [kind] = kinds
        return kind
    return Kind.NUMBER if kinds == {Kind.INTEGER, Kind.NUMBER} else Kind.TEXT


def _cell(kind: Kind, value: Cell) -> Cell:
    match value:
        case Decimal() | int() if kind is Kind.NUMBER:
            return float(value)
        case datetime() if kind is Kind.INSTANT:
            return value.astimezone(UTC)
        case _:
            return value


def _text(term: AnyTerm) -> str:
    value = native(term)
    return value if isinstance(value, str) else getattr(term, "value", str(term))
