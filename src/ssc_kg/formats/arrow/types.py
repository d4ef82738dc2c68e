"""Types of RDF literals (XML Schema 1.1, part 2) to those of Arrow.

    boolean                               bool
    byte, short, int, long                int8, int16, int32, int64
    unsignedByte … unsignedLong           uint8, uint16, uint32, uint64
    integer and what else is below it     int64
    decimal                               decimal128, of as many digits as there are
    float, double                         float64
    date                                  date32
    dateTime                              timestamp[us]; [us, UTC] of those with a zone
    gYear                                 int32
    numbers of several of these           int64, decimal128 or float64, the widest

A value that its type cannot hold, such as a date with a zone, a fraction below
microseconds or an integer of 65 bits, makes its column text.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TypeAlias

import pyarrow as pa

from ssc_kg.rdf.namespaces import PREFIXES

Value: TypeAlias = bool | int | float | Decimal | date | datetime
"""What a cell of a column with a type is in Python."""
_XSD = PREFIXES["xsd"]


@dataclass(frozen=True, slots=True)
class ColumnType:
    """A type of Arrow, and how its values are spelt in RDF."""

    arrow: Callable[[Iterable[Value]], pa.DataType]
    """The type that holds some values."""
    pattern: re.Pattern[str]
    """What the texts look like of which `read` makes a value."""
    read: Callable[[str], Value]
    """Return the value of a text that looks like that."""
    spell: Callable[[Value], str]
    """Return the text that a value most likely had."""

    def value(self, text: str) -> Value:
        """Return the value of a text.

        Raises:
            ArithmeticError: It has one that cannot be told.
            ValueError: It has none.
        """
        if self.pattern.fullmatch(text) is None:
            message = f"not of the type: {text}"
            raise ValueError(message)
        return self.read(text)


def types_for(datatypes: Collection[str | None]) -> Sequence[ColumnType]:
    """Return the types that a column may have, the best first.

    What is no literal, or is in a language, has no datatype, and is only ever text.
    """
    if len(datatypes) == 1:
        [datatype] = datatypes
        return _TYPES.get(datatype or "", ())
    ranks = [_RANKS.get(datatype or "") for datatype in datatypes]
    known = [rank for rank in ranks if rank is not None]
    return (_NUMBERS[max(known)],) if known and len(known) == len(ranks) else ()


def type_of(arrow: pa.DataType, datatype: str) -> ColumnType:
    """Return the type of a column that is one of Arrow's, for its spelling."""
    if pa.types.is_timestamp(arrow):
        return _TIME if arrow.tz is None else _INSTANT
    if pa.types.is_decimal(arrow):
        return _DECIMAL
    if pa.types.is_floating(arrow):
        return _DOUBLE
    return _TYPES[datatype][0]


def _always(arrow: pa.DataType) -> Callable[[Iterable[Value]], pa.DataType]:
    return lambda _values: arrow


def _whole(arrow: pa.DataType) -> ColumnType:
    return ColumnType(_always(arrow), re.compile(r"[+-]?[0-9]+"), int, str)


_MOST_DIGITS = 38


def _decimal_type(values: Iterable[Value]) -> pa.DataType:
    """Return the narrowest type, of 128 bits, that holds each of some decimals.

    Raises:
        ValueError: There are too many digits.
    """
    before, after = 1, 0
    for value in values:
        match value:
            case Decimal():
                _, digits, exponent = value.as_tuple()
            case _:
                raise TypeError(value)
        if isinstance(exponent, int):
            after = max(after, -exponent)
            before = max(before, len(digits) + exponent)
    if before + after > _MOST_DIGITS:
        message = f"{before + after} digits are more than {_MOST_DIGITS}"
        raise ValueError(message)
    return pa.decimal128(before + after, after)


def _spell_decimal(value: Value) -> str:
    # Arrow's zero has no sign.
    text = f"{value:f}" if value else "0"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _spell_double(value: Value) -> str:
    """Return a number as the engine writes one, which is without an exponent."""
    text = repr(value)
    if text in _SPECIAL:
        return _SPECIAL[text]
    return _spell_decimal(Decimal(text)) if value else text.removesuffix(".0")


_SPECIAL = {"inf": "INF", "-inf": "-INF", "nan": "NaN"}


def _read_instant(text: str) -> datetime:
    # A time that has no zone is one of the machine's for astimezone().
    return datetime.fromisoformat(text).astimezone(UTC)


def _spell_time(value: Value) -> str:
    if not isinstance(value, datetime):
        raise TypeError(value)
    text = value.replace(tzinfo=None).isoformat()
    zone = "" if value.tzinfo is None else "Z"
    return f"{text.rstrip('0') if value.microsecond else text}{zone}"


def _spell_date(value: Value) -> str:
    if not isinstance(value, date):
        raise TypeError(value)
    return value.isoformat()


def _spell_year(value: Value) -> str:
    return f"{value:05d}" if isinstance(value, int) and value < 0 else f"{value:04d}"


_LOCAL_TIME = r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?"
_NUMBER = r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)"

_BOOLEAN = ColumnType(
    _always(pa.bool_()),
    re.compile(r"true|false|1|0"),
    lambda text: text in ("true", "1"),
    lambda value: "true" if value else "false",
)
_INTEGER = _whole(pa.int64())
_DECIMAL = ColumnType(_decimal_type, re.compile(_NUMBER), Decimal, _spell_decimal)
_DOUBLE = ColumnType(
    _always(pa.float64()),
    re.compile(rf"{_NUMBER}([eE][+-]?[0-9]+)?|[+-]?INF|NaN"),
    float,
    _spell_double,
)
_DATE = ColumnType(
    _always(pa.date32()),
    re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"),
    date.fromisoformat,
    _spell_date,
)
_TIME = ColumnType(
    _always(pa.timestamp("us")),
    re.compile(_LOCAL_TIME),
    datetime.fromisoformat,
    _spell_time,
)
_INSTANT = ColumnType(
    _always(pa.timestamp("us", tz="UTC")),
    re.compile(rf"{_LOCAL_TIME}(Z|[+-][0-9]{{2}}:[0-9]{{2}})"),
    _read_instant,
    _spell_time,
)
_YEAR = ColumnType(_always(pa.int32()), re.compile(r"-?[0-9]{4,}"), int, _spell_year)

_INTEGERS: Mapping[str, ColumnType] = {
    "byte": _whole(pa.int8()),
    "short": _whole(pa.int16()),
    "int": _whole(pa.int32()),
    "long": _INTEGER,
    "unsignedByte": _whole(pa.uint8()),
    "unsignedShort": _whole(pa.uint16()),
    "unsignedInt": _whole(pa.uint32()),
    "unsignedLong": _whole(pa.uint64()),
    "integer": _INTEGER,
    "positiveInteger": _INTEGER,
    "nonNegativeInteger": _INTEGER,
    "negativeInteger": _INTEGER,
    "nonPositiveInteger": _INTEGER,
}
_TYPES: Mapping[str, Sequence[ColumnType]] = {
    **{f"{_XSD}{name}": (type_,) for name, type_ in _INTEGERS.items()},
    f"{_XSD}boolean": (_BOOLEAN,),
    f"{_XSD}decimal": (_DECIMAL,),
    f"{_XSD}float": (_DOUBLE,),
    f"{_XSD}double": (_DOUBLE,),
    f"{_XSD}date": (_DATE,),
    f"{_XSD}dateTime": (_TIME, _INSTANT),
    f"{_XSD}gYear": (_YEAR,),
}
# What numbers of several datatypes become (SPARQL 1.1, section 17.3).
_NUMBERS = (_INTEGER, _DECIMAL, _DOUBLE)
_RANKS: Mapping[str, int] = {
    **{f"{_XSD}{name}": 0 for name in _INTEGERS},
    f"{_XSD}decimal": 1,
    f"{_XSD}float": 2,
    f"{_XSD}double": 2,
}
