"""The comment at the top of a question's file: the question, and its parameters.

    # Which agreements name a goal?
    # @param goal (iri) The goal.

What a parameter is by default stands in the query or operation below; nothing of that
is known here.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ssc_kg.catalogue.parameters import ParameterType
from ssc_kg.errors import CatalogueError


@dataclass(frozen=True, slots=True)
class Declaration:
    """A parameter as the heading declares it."""

    name: str
    type: ParameterType
    words: str
    line: int
    """Where it begins, counted from 1."""


@dataclass(frozen=True, slots=True)
class Heading:
    """What a file says of itself."""

    words: str
    """The question; empty if there is none."""
    declarations: tuple[Declaration, ...]


def read_heading(text: str, file: str) -> Heading:
    """Return what the comment at the top of a file says.

    Raises:
        CatalogueError: A line that begins with `@param` declares no parameter, or one
            that there is already.
    """
    (_, words), *entries = _read_entries(text)
    declarations: dict[str, Declaration] = {}
    for line, entry in entries:
        declaration = _read_declaration(entry, line, file)
        if declaration.name in declarations:
            first = declarations[declaration.name].line
            reason = f"{declaration.name} is declared already, in line {first}"
            raise CatalogueError(file, line, reason)
        declarations[declaration.name] = declaration
    return Heading(words, tuple(declarations.values()))


_PARAMETER = "@param"
_FORM = "`@param name (type) What it is.`"
_NAME = r"[_A-Za-z][_A-Za-z0-9]*"
_DECLARATION = re.compile(rf"{_PARAMETER} +({_NAME}) *\(([^()]*)\) *(.*)")


def _read_entries(text: str) -> list[tuple[int, str]]:
    """Return the question and each parameter, with the lines in which they begin."""
    entries: list[tuple[int, list[str]]] = [(1, [])]
    for number, line in enumerate(_read_comment(text), start=1):
        if line.startswith(_PARAMETER):
            entries.append((number, []))
        entries[-1][1].append(line)
    return [(number, " ".join(filter(None, lines))) for number, lines in entries]


def _read_comment(text: str) -> Iterator[str]:
    for line in text.splitlines():
        if not line.startswith("#"):
            return
        yield line.removeprefix("#").strip()


def _read_declaration(entry: str, line: int, file: str) -> Declaration:
    match = _DECLARATION.fullmatch(entry)
    if match is None:
        raise CatalogueError(file, line, f"{entry!r} is not of the form {_FORM}")
    name, type_, words = match.groups()
    if not words:
        raise CatalogueError(file, line, f"{name} has no words; write {_FORM}")
    return Declaration(name, _read_type(type_, line, file), words, line)


def _read_type(text: str, line: int, file: str) -> ParameterType:
    try:
        return ParameterType(text)
    except ValueError:
        reason = f"there is no type {text!r}; there are: {', '.join(ParameterType)}"
        raise CatalogueError(file, line, reason) from None
