"""What is drawn: the columns of a table, as a chart sees them.

An IRI beside a text that names it is one column: `city` and `cityName` or `cityLabel`,
or `name` or `label` right behind it.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from itertools import pairwise
from typing import TypeAlias, TypeGuard

from pyoxigraph import Literal, NamedNode

from ssc_kg.rdf.native import AnyTerm, Value, native
from ssc_kg.rdf.vocab import GEO, XSD

Cells: TypeAlias = Sequence[AnyTerm | None]
_NAMES = ("Label", "Name")
_POINT = re.compile(
    r"\s*(?:<[^>]*>\s*)?POINT\s*\(\s*(\S+)\s+(\S+?)\s*\)\s*", re.IGNORECASE
)
_LATITUDE = re.compile(r"lat(itude)?", re.IGNORECASE)
_LONGITUDE = re.compile(r"(lon|lng|long|longitude)", re.IGNORECASE)
LARGEST = 1e300
"""Beyond this and its negative, sums and distances of numbers have no end."""
_NO_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_REPLACEMENT = "\ufffd"
_WORDS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|[_-]+")


@dataclass(frozen=True)
class Column:
    """A column of terms, with the column that names its IRIs if there is one."""

    name: str
    cells: Cells
    names: Cells = ()

    @cached_property
    def values(self) -> Sequence[Value | None]:
        """The cells as values of Python."""
        return [None if cell is None else native(cell) for cell in self.cells]

    @cached_property
    def bound(self) -> Sequence[Value]:
        """The values that there are."""
        return [value for value in self.values if value is not None]

    @property
    def title(self) -> str:
        """The name as a person writes it.

        >>> Column("signedOn", ()).title
        'Signed on'
        """
        words = " ".join(_WORDS.sub(" ", self.name).split())
        return (
            words[:1].upper() + words[1:].lower() if words != words.upper() else words
        )

    @property
    def is_number(self) -> bool:
        """Whether all values are numbers, years among them."""
        return self._all(lambda value: number(value) is not None)

    @property
    def is_year(self) -> bool:
        """Whether all values are years."""
        return self._have(XSD.gYear)

    @property
    def is_date(self) -> bool:
        """Whether all values are dates, or dates with times; or these with zones.

        Those with a zone and those without one have no order.
        """
        return self.is_of_dates and len(set(map(_kind_of_date, self.bound))) == 1

    @property
    def is_of_dates(self) -> bool:
        """Whether all values are dates of whatever kinds."""
        return self._all(lambda value: isinstance(value, date))

    @property
    def is_of_numbers(self) -> bool:
        """Whether all values are numbers, also such as no chart can have."""
        return self._all(_is_number)

    @property
    def is_part_of_date(self) -> bool:
        """Whether all values are months or days of no year, or months of one."""
        return self._have(XSD.gYearMonth, XSD.gMonthDay)

    @property
    def is_point(self) -> bool:
        """Whether all values are points in WKT."""
        return self._have(GEO.wktLiteral)

    @property
    def is_latitude(self) -> bool:
        """Whether it is called so and holds numbers."""
        return self.is_number and _LATITUDE.fullmatch(self.name) is not None

    @property
    def is_longitude(self) -> bool:
        """Whether it is called so and holds numbers."""
        return self.is_number and _LONGITUDE.fullmatch(self.name) is not None

    @property
    def is_text(self) -> bool:
        """Whether it names things: texts and IRIs, no numbers, dates or points."""
        is_when = self.is_of_dates or self.is_part_of_date
        return bool(self.bound) and not (self.is_of_numbers or is_when or self.is_point)

    @property
    def kind(self) -> str:
        """What it holds, in words."""
        if not self.bound:
            return "empty"
        kinds = {
            "years": self.is_year,
            "numbers": self.is_number,
            "dates": self.is_date,
            "parts of dates": self.is_part_of_date,
            "points": self.is_point,
            "dates with and without times or zones": self.is_of_dates,
            "numbers, some too large or none": self.is_of_numbers,
        }
        return next((word for word, holds in kinds.items() if holds), "texts")

    def text(self, row: int) -> str | None:
        """Return what names the thing of a row, if there is one."""
        cell = self.cells[row]
        name = self.names[row] if self.names else None
        if cell is None:
            return None
        if name is not None:
            return legible(str(native(name)))
        if isinstance(cell, NamedNode):
            return legible(_local_name(cell.value))
        return legible(str(native(cell)))

    def _have(self, *datatypes: NamedNode) -> bool:
        return bool(self.bound) and all(
            isinstance(cell, Literal) and cell.datatype in datatypes
            for cell in self.cells
            if cell is not None
        )

    def _all(self, holds: Callable[[Value], bool]) -> bool:
        return bool(self.bound) and all(holds(value) for value in self.bound)


@dataclass(frozen=True, slots=True)
class Table:
    """Names of columns, and rows of terms; None where a variable is unbound."""

    columns: Sequence[str]
    rows: Sequence[Cells]

    def read(self) -> list[Column]:
        """Return the columns; one that only names the IRIs of another is part of it."""
        cells = {
            name: [row[index] for row in self.rows]
            for index, name in enumerate(self.columns)
        }
        naming = dict(_naming(cells))
        return [
            Column(name, cells[name], cells.get(naming.get(name, ""), ()))
            for name in self.columns
            if name not in naming.values()
        ]


def number(value: Value | None) -> float | None:
    """Return a number as one that can be drawn; None of what is no number.

    >>> number(10**400), number(float("nan")), number(7)
    (None, None, 7.0)
    """
    if not _is_number(value):
        return None
    try:
        drawn = float(value)
    except (OverflowError, ValueError):
        return None
    return drawn if -LARGEST <= drawn <= LARGEST else None


def legible(text: str) -> str:
    r"""Return a text without characters that XML has not (XML 1.0, 2.2).

    >>> legible("a\x01b")
    'a\ufffdb'
    """
    return _NO_XML.sub(_REPLACEMENT, text)


def point(value: Value | None) -> tuple[float, float] | None:
    """Return the longitude and the latitude of a point in WKT (GeoSPARQL 1.1, 8.5.1).

    >>> point("POINT(10.4 59.9)"), point("LINESTRING(1 2, 3 4)")
    ((10.4, 59.9), None)
    """
    found = _POINT.fullmatch(value) if isinstance(value, str) else None
    try:
        return None if found is None else (float(found[1]), float(found[2]))
    except ValueError:
        return None


def _is_number(value: Value | None) -> TypeGuard[float | Decimal]:
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)


def _kind_of_date(value: Value) -> tuple[bool, bool]:
    """Return whether a date has a time, and whether that has a zone."""
    has_time = isinstance(value, datetime)
    return has_time, isinstance(value, datetime) and value.tzinfo is not None


def _naming(cells: Mapping[str, Cells]) -> Iterator[tuple[str, str]]:
    for name, following in pairwise([*cells, ""]):
        bound = [cell for cell in cells[name] if cell is not None]
        if bound and all(isinstance(cell, NamedNode) for cell in bound):
            naming = [f"{name}{suffix}" for suffix in _NAMES]
            if following.capitalize() in _NAMES:
                naming.append(following)
            if found := next((each for each in naming if each in cells), None):
                yield name, found


def _local_name(iri: str) -> str:
    return re.split(r"[/#]", iri.rstrip("/#"))[-1] or iri
