"""The short way from cells to values, for the fields that most objects consist of.

Shaping runs for every value of an answer. Where all fields of an object have one value
or none, and none is hidden for its language, its values are read by functions that are
made once for each plan. What is *unusual* of a node, several values or a value that is
missing or unreadable, is left to `shape`, which knows what to show and what to report.
"""

from collections.abc import Callable, Iterator
from math import inf
from operator import attrgetter
from typing import TypeAlias

from ssc_kg.compiler.collect import Node
from ssc_kg.compiler.json import Json, JsonObject
from ssc_kg.compiler.plan import Identifier, Template, Typename, Value
from ssc_kg.compiler.values import convert
from ssc_kg.errors import UnreadableValueError
from ssc_kg.mapping.model import Scalar, ValueField
from ssc_kg.rdf.cells import Cell, lexical_form

_QUOTES = frozenset('"<_')
"""How a cell begins that is no bare number or truth value."""
_Reader: TypeAlias = Callable[[Node], Json]
Readers: TypeAlias = tuple[tuple[str, _Reader], ...]
"""The keys of an object, in their order, and what reads the value of each."""


def readers_of(template: Template, type_name: str) -> Readers | None:
    """Return what reads the entries of a template, or None if some are not so simple.

    All entries stand in objects of the type.
    """
    found = tuple(_readers(template, type_name))
    return found if len(found) == len(template) else None


def read_quickly(node: Node, readers: Readers) -> JsonObject | None:
    """Return the object that shows a node, or None if the node is unusual."""
    try:
        return {key: read(node) for key, read in readers}
    except (_UnusualError, UnreadableValueError):
        return None


class _UnusualError(Exception):
    """A value that is not the only one, or is missing; never leaves this module."""


def _readers(template: Template, type_name: str) -> Iterator[tuple[str, _Reader]]:
    for entry in template:
        match entry:
            case Value() if not (entry.field.many or entry.may_be_hidden):
                yield entry.key, _reader(entry)
            case Identifier(key):
                yield key, attrgetter("iri")
            case Typename(key):
                yield key, lambda _: type_name
            case _:
                return


def _reader(entry: Value) -> _Reader:
    number, required, show = entry.variable, entry.field.required, _shower(entry.field)

    def read(node: Node) -> Json:
        cell = node.slots[number]
        if not cell and not required:
            return None
        if not cell or not isinstance(cell, str):
            raise _UnusualError
        return show(cell)

    return read


def _shower(field: ValueField) -> Callable[[Cell], Json]:
    """Return what shows a cell, called for every value of an answer."""
    match field.scalar:
        case Scalar.TEXT:
            return _text
        case Scalar.NUMBER:
            return lambda cell: _number(cell, field)
        case _:
            return lambda cell: convert(cell, field)


def _text(cell: Cell) -> str:
    if cell[0] == '"' and "\\" not in cell:
        return cell[1 : cell.rindex('"')]
    return lexical_form(cell)


def _number(cell: Cell, field: ValueField) -> Json:
    # A number that stands there bare is spelled as one, but may be beyond all.
    is_bare = cell[0] not in _QUOTES and -inf < (shown := float(cell)) < inf
    return shown if is_bare else convert(cell, field)
