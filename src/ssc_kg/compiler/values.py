"""RDF terms to JSON scalars."""

import re
from collections.abc import Collection
from math import isfinite, nan

from pyoxigraph import Literal

from ssc_kg.compiler.collect import Term
from ssc_kg.errors import UnreadableValueError
from ssc_kg.mapping.model import Scalar, ValueField

_INTEGER = re.compile(r"[+-]?[0-9]{1,10}")
PREFERRED_LANGUAGES = ("en", "")
"""Languages in order of preference; "" is a literal without one."""


def convert(term: Term, field: ValueField) -> str | int | float | bool:
    """Return the JSON value of a term.

    Raises:
        UnreadableValueError: The lexical form is not one of the field's type.
    """
    try:
        match field.scalar:
            case Scalar.TEXT:
                return term.value
            case Scalar.INTEGER:
                return _integer(term.value)
            case Scalar.NUMBER:
                return _number(term.value)
            case Scalar.BOOLEAN:
                return {"true": True, "1": True, "false": False, "0": False}[term.value]
    except (ValueError, KeyError):
        raise UnreadableValueError(field.name, str(term)) from None


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


def choose_language(terms: Collection[Term]) -> Term:
    """Return the term in the most preferred language; ties go to the first by text.

    Of terms with one text, as `"1"` and `1`, it is always the same one.
    """
    return min(terms, key=_rank)


def sort_terms(terms: Collection[Term]) -> list[Term]:
    """Return the terms by language preference and text."""
    return sorted(terms, key=_rank)


def _rank(term: Term) -> tuple[int, str, str, str]:
    language = (term.language or "") if isinstance(term, Literal) else ""
    texts = term.value, str(term)
    # A preferred language is a range: "en" covers "en-GB" (RFC 4647, section 3.3.1).
    primary = language.partition("-")[0]
    if primary in PREFERRED_LANGUAGES:
        return PREFERRED_LANGUAGES.index(primary), language, *texts
    return len(PREFERRED_LANGUAGES), language, *texts
