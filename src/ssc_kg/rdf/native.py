"""RDF terms as the values of Python that say the same.

What has no such value, and a literal that is not written as its datatype has it, is
given as its text.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from ssc_kg.rdf.namespaces import PREFIXES

AnyTerm: TypeAlias = NamedNode | BlankNode | Literal | Triple
"""What a variable may be bound to."""
Value: TypeAlias = bool | int | float | Decimal | date | datetime | str
"""What a term is in Python; a `datetime` is also a `date`."""

_XSD = PREFIXES["xsd"]
_INTEGERS = (
    "integer",
    "byte",
    "short",
    "int",
    "long",
    "unsignedByte",
    "unsignedShort",
    "unsignedInt",
    "unsignedLong",
    "positiveInteger",
    "nonNegativeInteger",
    "negativeInteger",
    "nonPositiveInteger",
    "gYear",
)
_BOOLEANS = {"true": True, "1": True, "false": False, "0": False}


def native(term: AnyTerm) -> Value:
    """Return the value of a term: of an IRI its text, of a year a whole number.

    >>> native(Literal("2030", datatype=NamedNode(f"{_XSD}gYear")))
    2030
    >>> native(Literal("0.10", datatype=NamedNode(f"{_XSD}decimal")))
    Decimal('0.10')
    >>> native(Literal("many", datatype=NamedNode(f"{_XSD}integer")))
    'many'
    """
    if isinstance(term, Triple):
        return str(term)
    if not isinstance(term, Literal):
        return term.value
    read = _READERS.get(term.datatype.value)
    if read is None:
        return term.value
    try:
        return read(term.value)
    except (ArithmeticError, LookupError, ValueError):
        return term.value


_READERS: Mapping[str, Callable[[str], Value]] = {
    **{f"{_XSD}{name}": int for name in _INTEGERS},
    f"{_XSD}decimal": Decimal,
    f"{_XSD}double": float,
    f"{_XSD}float": float,
    f"{_XSD}boolean": _BOOLEANS.__getitem__,
    f"{_XSD}date": date.fromisoformat,
    f"{_XSD}dateTime": datetime.fromisoformat,
}
