"""The parameters of a question: their types, and texts that become terms of a type.

A text comes from a command line, an address or a file. It is read here, once, and is an
RDF term from then on.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import assert_never

from pyoxigraph import Literal, NamedNode

from ssc_kg.errors import MalformedIriError, ParameterValueError
from ssc_kg.rdf.namespaces import PREFIXES
from ssc_kg.rdf.terms import read_iri
from ssc_kg.rdf.vocab import XSD
from ssc_kg.sparql.algebra import Term


class ParameterType(StrEnum):
    """What the value of a parameter is."""

    IRI = "iri"
    STRING = "string"
    LANGUAGE = "language"
    INTEGER = "integer"
    DECIMAL = "decimal"
    BOOLEAN = "boolean"
    DATE = "date"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Parameter:
    """What may be asked differently in a question.

    Attributes:
        name: The name of its variable, without a sign before it.
        type: What its value is.
        words: What it means.
        default: Its value if none is given.
        values: The pattern in which it is what it may be, if that is drawn from the
            data (`catalogue.choices`).
    """

    name: str
    type: ParameterType
    words: str
    default: Term
    values: str | None = None

    def __str__(self) -> str:
        declared = f"{self.name} ({self.type}) {self.words}"
        return f"{declared} [default: {self.default.value}]"


def read_value(name: str, type_: ParameterType, text: str) -> Term:
    """Return the value that a text gives to a parameter.

    >>> str(read_value("goal", ParameterType.IRI, "sdg:11"))
    '<http://metadata.un.org/sdg/11>'

    Raises:
        ParameterValueError: The text is not of the type.
    """
    is_iri = type_ is ParameterType.IRI
    try:
        return _read_iri(text) if is_iri else _read_literal(type_, text)
    except (MalformedIriError, ValueError):
        expected = _IRI_WORDS if is_iri else _FORMS[type_].words
        raise ParameterValueError(name, text, expected) from None


def write_value(value: Term) -> str:
    """Return the shortest text that `read_value` reads as a value.

    >>> write_value(NamedNode("http://metadata.un.org/sdg/ontology#Goal"))
    'sdgo:Goal'
    """
    text = value.value
    if not isinstance(value, NamedNode):
        return text
    short = (
        f"{prefix}:{text.removeprefix(namespace)}"
        for prefix, namespace in PREFIXES.items()
        if text.startswith(namespace) and text != namespace
    )
    return min((each for each in short if "://" not in each), key=len, default=text)


@dataclass(frozen=True, slots=True)
class _Form:
    """How the values of a type are written."""

    pattern: str
    datatype: NamedNode
    words: str
    """What a value has to be, with an example."""


_IRI_WORDS = (
    "an IRI in full, such as http://metadata.un.org/sdg/11, or a name with one of the"
    f" prefixes {', '.join(PREFIXES)}, such as sdg:11"
)
_FORMS: Mapping[ParameterType, _Form] = {
    ParameterType.STRING: _Form(r"(?s:.*)", XSD.string, "a text in Unicode"),
    ParameterType.LANGUAGE: _Form(
        r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*",
        XSD.string,
        "the tag of a language, such as en or pt-br",
    ),
    ParameterType.INTEGER: _Form(
        r"[+-]?[0-9]{1,18}",
        XSD.integer,
        "a whole number of at most 18 digits, such as 11",
    ),
    ParameterType.DECIMAL: _Form(
        r"[+-]?([0-9]+(\.[0-9]+)?|\.[0-9]+)",
        XSD.decimal,
        "a decimal number, such as 0.5",
    ),
    ParameterType.BOOLEAN: _Form(r"true|false", XSD.boolean, "true or false"),
    ParameterType.DATE: _Form(
        r"[0-9]{4}-[0-9]{2}-[0-9]{2}", XSD.date, "a date, such as 2024-10-23"
    ),
    ParameterType.YEAR: _Form(
        r"[0-9]{4}", XSD.gYear, "a year of four digits, such as 2030"
    ),
}
_WRITTEN_IN_FULL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://|urn:")


def _read_iri(text: str) -> NamedNode:
    if _WRITTEN_IN_FULL.match(text):
        return read_iri(text)
    # Any "word:rest" could be an IRI of some scheme; far more often its prefix is
    # misspelt, and the answer would be empty without a word.
    prefix, colon, local = text.partition(":")
    if not colon or prefix not in PREFIXES:
        raise MalformedIriError(text)
    return read_iri(PREFIXES[prefix] + local)


def _read_literal(type_: ParameterType, text: str) -> Literal:
    form = _FORMS[type_]
    if re.fullmatch(form.pattern, text) is None:
        msg = f"{text!r} is not {form.words}"
        raise ValueError(msg)
    return Literal(_normalise(type_, text), datatype=form.datatype)


def _normalise(type_: ParameterType, text: str) -> str:
    match type_:
        case ParameterType.DATE:
            return date.fromisoformat(text).isoformat()
        case ParameterType.INTEGER:
            return str(int(text))
        case ParameterType.LANGUAGE:
            # What LANG() answers is in lower case.
            return text.lower()
        case (
            ParameterType.IRI
            | ParameterType.STRING
            | ParameterType.DECIMAL
            | ParameterType.BOOLEAN
            | ParameterType.YEAR
        ):
            return text
        case _:
            assert_never(type_)
