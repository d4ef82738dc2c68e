"""RDF terms to JSON scalars."""

import re
from collections.abc import Collection, Iterable
from math import isfinite, nan

from pyoxigraph import Literal

from ssc_kg.errors import UnreadableValueError
from ssc_kg.mapping.model import Scalar, ValueField
from ssc_kg.rdf.cells import Cell, Term, lexical_form, read_cell

_INTEGER = re.compile(r"[+-]?[0-9]{1,10}")
PREFERRED_LANGUAGES = ("en", "")
"""Languages in order of preference; "" is a literal without one."""


def convert(cell: Cell, field: ValueField) -> str | int | float | bool:
    """Return the JSON value of a term.

    Raises:
        UnreadableValueError: The lexical form is not one of the field's type.
    """
    text = lexical_form(cell)
    try:
        match field.scalar:
            case Scalar.TEXT:
                return text
            case Scalar.INTEGER:
                return _integer(text)
            case Scalar.NUMBER:
                return _number(text)
            case Scalar.BOOLEAN:
                return {"true": True, "1": True, "false": False, "0": False}[text]
    except (ValueError, KeyError):
        raise UnreadableValueError(field.name, str(read_cell(cell))) from None


def _integer(text: str) -> int:
    # GraphQL's Int has 32 bits (section 3.5.1); Python reads "1_0" and other digits.
    if not _INTEGER.fullmatch(text) or not -(2**31) <= int(text) < 2**31:
        raise ValueError(text)
    return int(text)


def _number(text: str) -> float:
    number = float(text) if text.isascii() and "_" not in text else nan
    if not isfinite(number):
        raise ValueError(text)
    return number


def choose_language(cells: Iterable[Cell]) -> Cell:
    """Return the term in the most preferred language; ties go to the first by text.

    Of terms with one text, as `"1"` and `1`, it is always the same one.
    """
    return min(cells, key=_rank)


def sort_cells(cells: Iterable[Cell]) -> list[Cell]:
    """Return terms by language preference and text."""
    return sorted(cells, key=_rank)


def shown_text(terms: Collection[Term]) -> str:
    """Return the text that a field shows of its values, by which it is ordered."""
    return min(terms, key=_term_rank).value


def _rank(cell: Cell) -> tuple[int, str, str, str]:
    return _term_rank(read_cell(cell))


def _term_rank(term: Term) -> tuple[int, str, str, str]:
    language = (term.language or "") if isinstance(term, Literal) else ""
    texts = term.value, str(term)
    # A preferred language is a range: "en" covers "en-GB" (RFC 4647, section 3.3.1).
    primary = language.partition("-")[0]
    if primary in PREFERRED_LANGUAGES:
        return PREFERRED_LANGUAGES.index(primary), language, *texts
    return len(PREFERRED_LANGUAGES), language, *texts
