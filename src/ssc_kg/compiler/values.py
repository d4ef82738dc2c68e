"""RDF terms to JSON scalars."""

import re
from collections.abc import Collection
from math import isfinite, nan

from ssc_kg.compiler.preferences import NO_PREFERENCE
from ssc_kg.errors import UnreadableValueError
from ssc_kg.mapping.model import Scalar, ValueField
from ssc_kg.rdf.cells import Cell, Term, lexical_form, read_cell

_INTEGER = re.compile(r"[+-]?[0-9]{1,10}")


def convert(cell: Cell, field: ValueField) -> str | int | float | bool:
    """Return the JSON value of a term.

    Raises:
        UnreadableValueError: The lexical form is not one of the field's type.
    """
    text = lexical_form(cell)
    try:
        match field.scalar:
            case Scalar.TEXT | Scalar.LOCALIZED:
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


def shown_text(terms: Collection[Term]) -> str:
    """Return the text that a field shows of its values to whom no language is dear."""
    return min(terms, key=NO_PREFERENCE.place_term).value
