"""RDF terms to JSON scalars."""

from collections.abc import Collection

from pyoxigraph import Literal

from ssc_kg.compiler.collect import Term
from ssc_kg.errors import UnreadableValueError
from ssc_kg.mapping.model import Scalar, ValueField

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
                return int(term.value)
            case Scalar.NUMBER:
                return float(term.value)
            case Scalar.BOOLEAN:
                return {"true": True, "1": True, "false": False, "0": False}[term.value]
    except (ValueError, KeyError):
        raise UnreadableValueError(field.name, str(term)) from None


def choose_language(terms: Collection[Term]) -> Term:
    """Return the term in the most preferred language; ties go to the first by text."""
    return min(terms, key=_rank)


def sort_terms(terms: Collection[Term]) -> list[Term]:
    """Return the terms by language preference and text."""
    return sorted(terms, key=_rank)


def _rank(term: Term) -> tuple[int, str, str]:
    language = (term.language or "") if isinstance(term, Literal) else ""
    if language in PREFERRED_LANGUAGES:
        return PREFERRED_LANGUAGES.index(language), language, term.value
    return len(PREFERRED_LANGUAGES), language, term.value
