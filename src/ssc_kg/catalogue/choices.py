"""The values that a parameter may have, drawn from the data of a version.

They are what its `@values` finds, with the names and codes by which people know them.
Where the data has more than a person could look through, the first are an offer, and
any value of the type may be asked for.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import groupby
from operator import itemgetter
from typing import Protocol, TypeAlias

from pyoxigraph import Literal, NamedNode

from ssc_kg.catalogue.parameters import (
    Parameter,
    ParameterType,
    read_value,
    write_value,
)
from ssc_kg.errors import ParameterValueError, UnknownParameterError
from ssc_kg.sparql.algebra import Term
from ssc_kg.sparql.values import select_values
from ssc_kg.store.protocol import Row, Table
from ssc_kg.store.search.words import fold

MAXIMUM = 1_000
"""The most values that are read; if there are more, they are an offer."""
_NEAR = 5
"""How many values are named to a person who sent another."""
_CLOSENESS = 0.6
_LONGEST = 100
"""How many characters of a text are compared: the time grows with their square."""
_Natural: TypeAlias = list[tuple[int, str]]
_DIGITS = re.compile(r"([0-9]+)")


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that a parameter may have."""

    value: Term
    name: str | None = None
    code: str | None = None

    @property
    def label(self) -> str:
        """What a person reads: the code and the name, as far as there are any."""
        if self.name is None:
            return self.code or self.short
        # Many names begin with their codes.
        is_told = self.code is None or self.name.startswith(self.code)
        return self.name if is_told else f"{self.code} {self.name}"

    @property
    def short(self) -> str:
        """The value as it may be sent: an IRI with its prefix, if it has one."""
        return write_value(self.value)


@dataclass(frozen=True, slots=True)
class Choices:
    """The values of a parameter."""

    values: tuple[Choice, ...]
    """By code, then by name."""
    is_whole: bool
    """Whether there are no others, so that no other may be asked for."""

    def __contains__(self, value: Term) -> bool:
        return any(choice.value == value for choice in self.values)

    def near(self, text: str) -> list[Choice]:
        """Return those whose name, code or IRI looks like a text, the nearest first.

        Those that have all of its words in their name come before all that look alike.
        """
        wanted = _fold(text)
        spelled: dict[str, list[Choice]] = {}
        for choice in self.values:
            for words in _spell(choice):
                spelled.setdefault(words, []).append(choice)
        within = [words for words in spelled if f" {wanted}" in f" {words}"]
        alike = get_close_matches(wanted, spelled, _NEAR, _CLOSENESS)
        found = [*spelled.get(wanted, ())]
        found += (each for words in (*within, *alike) for each in spelled[words])
        return list(dict.fromkeys(found))[:_NEAR]


class Selects(Protocol):
    """What the values are drawn from: a store, or a server that is asked."""

    def select(self, query: str) -> Table:
        """Return every row of a SELECT query."""
        ...


def read_values(
    parameters: Sequence[Parameter],
    texts: Mapping[str, str],
    draw: Callable[[Parameter], Choices | None],
    *,
    slug: str,
) -> dict[str, Term]:
    """Return the values that texts give to the parameters of a question.

    Args:
        parameters: Those of the question.
        texts: What is given, by name.
        draw: Returns what a parameter may be, as `read_choices` does.
        slug: The name of the question.

    Raises:
        UnknownParameterError: The question has no parameter of a name.
        ParameterValueError: A text is not of its parameter's type, or the data has
            other values for it.
        StoreError: What draws them cannot be asked.
    """
    declared = {parameter.name: parameter for parameter in parameters}
    for name in texts:
        if name not in declared:
            raise UnknownParameterError(name, slug, list(declared))
    return {
        name: read_choice(declared[name], text, draw(declared[name]))
        for name, text in texts.items()
    }


def read_choices(parameter: Parameter, store: Selects) -> Choices | None:
    """Return what a parameter may be, or None if its type is all that is said of it.

    A value that is not of the type, such as a blank node, cannot be asked for and is
    left out.

    Raises:
        StoreError: The engine cannot match the pattern.
    """
    if parameter.values is None:
        return _BOOLEANS if parameter.type is ParameterType.BOOLEAN else None
    query = select_values(parameter.name, parameter.values, limit=MAXIMUM + 1)
    rows = sorted(store.select(query).rows, key=lambda row: str(row[0]))
    found = {value: [*group] for value, group in groupby(rows, key=itemgetter(0))}
    choices = [
        _choose(value, found[value])
        for value in [*found][:MAXIMUM]
        if isinstance(value, NamedNode | Literal) and _is_of_type(value, parameter)
    ]
    # Data that has none, such as another server's, says nothing of what there may be.
    is_whole = 0 < len(found) <= MAXIMUM
    return Choices(tuple(sorted(choices, key=_place)), is_whole)


def read_choice(parameter: Parameter, text: str, choices: Choices | None) -> Term:
    """Return the value that a text gives to a parameter, if it may have that.

    Raises:
        ParameterValueError: The data has other values for it.
    """
    try:
        value = read_value(parameter.name, parameter.type, text)
    except ParameterValueError as error:
        if choices is None:
            raise
        near = _describe(choices.near(text))
        raise ParameterValueError(error.name, text, error.expected, near) from error
    if choices is None or not choices.is_whole or value in choices:
        return value
    number = len(choices.values)
    expected = f"one of the {number} values that the data has for it"
    near = _describe(choices.near(text) or choices.values[:1])
    raise ParameterValueError(parameter.name, text, expected, near)


_BOOLEANS = Choices(
    (Choice(Literal(value=False), "no"), Choice(Literal(value=True), "yes")),
    is_whole=True,
)


def _choose(value: Term, rows: Sequence[Row]) -> Choice:
    """Return a value with its name in English, or else the first that it has."""
    codes = sorted({code.value for _, code, _ in rows if isinstance(code, Literal)})
    return Choice(value, _first_name(row[2] for row in rows), next(iter(codes), None))


def _first_name(terms: Iterable[object]) -> str | None:
    names = [term for term in terms if isinstance(term, Literal)]
    name = min(names, key=_rank, default=None)
    return None if name is None else name.value


def _rank(name: Literal) -> tuple[bool, str, str]:
    return (name.language != "en", name.language or "", name.value)


def _is_of_type(value: Term, parameter: Parameter) -> bool:
    try:
        return read_value(parameter.name, parameter.type, value.value) == value
    except ParameterValueError:
        return False


def _place(choice: Choice) -> tuple[bool, _Natural, _Natural, str]:
    label = _natural(fold(choice.label))
    return (not choice.code, _natural(choice.code or ""), label, choice.value.value)


def _natural(text: str) -> _Natural:
    """Return what texts are sorted by, so that 2 comes before 10."""
    parts = filter(None, _DIGITS.split(text))
    return [(int(part), "") if part.isdecimal() else (0, part) for part in parts]


def _spell(choice: Choice) -> Iterator[str]:
    local = re.split(r"[/#:]", choice.value.value.rstrip("/#"))[-1]
    for text in (choice.name, choice.code, choice.value.value, choice.short, local):
        if text:
            yield _fold(text)


def _fold(text: str) -> str:
    return fold(text[:_LONGEST]) or text[:_LONGEST]


def _describe(choices: Iterable[Choice]) -> list[str]:
    return [
        each.short if each.label == each.short else f"{each.short} ({each.label})"
        for each in choices
    ]
