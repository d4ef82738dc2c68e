"""The short way from cells to values, for the fields that most objects consist of.

Shaping runs for every value of an answer. Where all fields of an object have one value
or none, and none is hidden for its language, its values are read by functions that are
made once for each plan. What is *unusual* of a node, several values or a value that is
missing or unreadable, is left to `shape`, which knows what to show and what to report.
"""

from collections.abc import Callable, Iterator
from operator import attrgetter
from typing import TypeAlias

from ssc_kg.compiler.collect import Node
from ssc_kg.compiler.json import Json, JsonObject
from ssc_kg.compiler.plan import Identifier, Template, Typename, Value
from ssc_kg.compiler.values import convert
from ssc_kg.errors import UnreadableValueError
from ssc_kg.mapping.model import Scalar
from ssc_kg.rdf.cells import lexical_form

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
    number, field = entry.variable, entry.field
    is_text = field.scalar is Scalar.TEXT

    def read(node: Node) -> Json:
        slot = node.slots[number]
        if slot and isinstance(slot, str):
            return lexical_form(slot) if is_text else convert(slot, field)
        if slot or field.required:
            raise _UnusualError
        return None

    return read
