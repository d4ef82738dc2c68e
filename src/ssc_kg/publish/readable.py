"""Literals as people read them: dates in words, numbers in groups, yes and no.

What is not understood stays as it is written, and nothing is rounded.
"""

import re
from collections.abc import Mapping

from pyoxigraph import Literal, NamedNode

from ssc_kg.catalogue.parameters import write_value
from ssc_kg.dataset.shown import Kind, Node
from ssc_kg.rdf.namespaces import PREFIXES
from ssc_kg.rdf.vocab import GEO, RDF, XSD

_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_ZONE = r"(?P<zone>Z|[+-]\d\d:\d\d)?"
_YEAR, _MONTH, _DAY = r"(?P<year>-?\d{4,})", r"(?P<month>\d\d)", r"(?P<day>\d\d)"
_CLOCK = r"(?P<clock>\d\d:\d\d)(?::\d\d(?:\.\d+)?)?"
_TIMES: Mapping[NamedNode, re.Pattern[str]] = {
    XSD.date: re.compile(f"{_YEAR}-{_MONTH}-{_DAY}{_ZONE}"),
    XSD.dateTime: re.compile(f"{_YEAR}-{_MONTH}-{_DAY}T{_CLOCK}{_ZONE}"),
    XSD.gMonthDay: re.compile(f"--{_MONTH}-{_DAY}{_ZONE}"),
    XSD.gYear: re.compile(f"{_YEAR}{_ZONE}"),
    XSD.gYearMonth: re.compile(f"{_YEAR}-{_MONTH}{_ZONE}"),
}
# Python reads no number of thousands of digits, and nobody does.
_NUMBER = re.compile(r"(?P<sign>[+-]?)(?P<whole>\d{1,300})(?P<rest>\.\d+)?")
NUMBERS = frozenset(
    PREFIXES["xsd"] + name
    for name in (
        *("byte", "short", "int", "long", "integer", "decimal", "float", "double"),
        *("unsignedByte", "unsignedShort", "unsignedInt", "unsignedLong"),
        *("negativeInteger", "nonNegativeInteger"),
        *("nonPositiveInteger", "positiveInteger"),
    )
)
"""The datatypes whose values are numbers, by IRI."""
_ANSWERS = {"true": "yes", "1": "yes", "false": "no", "0": "no"}
_CODES = frozenset((GEO.wktLiteral,))
_PLAIN = frozenset((XSD.string, RDF.langString))


def read_literal(literal: Literal) -> Node:
    """Return a literal as a page shows it.

    >>> node = read_literal(Literal("2020-06", datatype=XSD.gYearMonth))
    >>> node.text, node.exact, node.datatype
    ('June 2020', '2020-06', 'xsd:gYearMonth')
    """
    text, kind = _read(literal)
    datatype = literal.datatype
    return Node(
        text,
        kind,
        language=literal.language,
        datatype=None if datatype in _PLAIN else write_value(datatype),
        # A day of no year has two hyphens less in HTML.
        exact=literal.value.removeprefix("--") if kind in _SPELT else None,
    )


_SPELT = frozenset((Kind.TIME, Kind.NUMBER))


def _read(literal: Literal) -> tuple[str, Kind]:
    value, datatype = literal.value, literal.datatype
    pattern = _TIMES.get(datatype)
    if pattern and (found := pattern.fullmatch(value)):
        time = _say_time(found.groupdict())
        return (value, Kind.TEXT) if time is None else (time, Kind.TIME)
    if datatype.value in NUMBERS and (found := _NUMBER.fullmatch(value)):
        whole = f"{int(found['whole']):,}"
        return f"{found['sign']}{whole}{found['rest'] or ''}", Kind.NUMBER
    if datatype == XSD.boolean and value in _ANSWERS:
        return _ANSWERS[value], Kind.NUMBER
    return value, Kind.CODE if datatype in _CODES else Kind.TEXT


def _say_time(parts: Mapping[str, str | None]) -> str | None:
    """Return a date in words, or None if there is no such month."""
    month = int(parts.get("month") or 1)
    if not 1 <= month <= len(_MONTHS):
        return None
    day = parts.get("day")
    clock = parts.get("clock")
    zone = parts.get("zone")
    words = (
        str(int(day)) if day else None,
        _MONTHS[month - 1] if parts.get("month") else None,
        parts.get("year"),
        f"at {clock}" if clock else None,
        "UTC" if zone in _UTC else zone,
    )
    return " ".join(filter(None, words))


_UTC = frozenset(("Z", "+00:00", "-00:00"))
