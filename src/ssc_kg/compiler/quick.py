"""The short way from cells to values, for the fields that most objects consist of.

Shaping runs for every value of an answer. Where all fields of an object are plain
values, they are read by functions that are made once for each plan. What is *unusual*
of a node, a value that is missing or unreadable, is left to `shape`, which knows what
to report.
"""

from collections.abc import Callable, Iterator
from math import inf
from operator import attrgetter
from typing import TypeAlias

from ssc_kg.compiler.collect import Node, Slot
from ssc_kg.compiler.json import Json, JsonObject
from ssc_kg.compiler.plan import Identifier, Template, Texts, Typename, Value
from ssc_kg.compiler.values import convert
from ssc_kg.errors import UnreadableValueError
from ssc_kg.mapping.model import Scalar, ValueField
from ssc_kg.rdf.cells import Cell, lexical_form

_QUOTES = frozenset('"<_')
"""How a cell begins that is no bare number or truth value."""
Reader: TypeAlias = Callable[[Node], Json]
Readers: TypeAlias = tuple[tuple[str, Reader], ...]
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
    except (UnusualError, UnreadableValueError):
        return None


class UnusualError(Exception):
    """A value is missing that has to be there; told to no client."""


def choose(entry: Value, node: Node) -> Cell | None:
    """Return the cell that a field of one value shows, if any."""
    is_required = entry.field.required
    return entry.preference.choose(node.cells(entry.variable), required=is_required)


def chosen(entry: Value | Texts, node: Node) -> list[Cell]:
    """Return the cells that a field of many values shows, in their order."""
    cells = node.cells(entry.variable)
    pick = entry.preference.accept if entry.is_filtered else entry.preference.sort
    return pick(cells)


def _readers(template: Template, type_name: str) -> Iterator[tuple[str, Reader]]:
    for entry in template:
        match entry:
            case Value(key):
                yield key, _list_reader(entry) if entry.field.many else _reader(entry)
            case Identifier(key):
                yield key, attrgetter("iri")
            case Typename(key):
                yield key, lambda _: type_name
            case _:
                return


def _reader(entry: Value) -> Reader:
    number, required, show = entry.variable, entry.field.required, _shower(entry.field)
    has_to_choose = entry.may_be_hidden

    def read(node: Node) -> Json:
        cell: Slot | None = node.slots[number]
        if has_to_choose or not isinstance(cell, str):
            cell = choose(entry, node)
        if cell:
            return show(cell)
        if required:
            raise UnusualError
        return None

    return read


def _list_reader(entry: Value) -> Reader:
    number, show = entry.variable, _shower(entry.field)

    def read(node: Node) -> Json:
        if not node.slots[number]:
            return []
        return [show(cell) for cell in chosen(entry, node)]

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
