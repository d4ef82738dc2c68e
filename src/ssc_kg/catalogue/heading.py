"""The comment at the top of a question's file: the question, and its parameters.

    # Which agreements name a goal?
    # @topic goals
    # @param goal (iri) The goal.
    # @values goal { ?goal a sdgo:Goal }

`@values` says which values a parameter may have, as a pattern that is matched with the
data; prefixes need no declaration in it. What a parameter is by default stands in the
query or operation below; nothing of that is known here.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from ssc_kg.catalogue.parameters import ParameterType
from ssc_kg.catalogue.topics import Topic
from ssc_kg.errors import CatalogueError, QueryRefusedError, QuerySyntaxError
from ssc_kg.sparql.scan import scan
from ssc_kg.sparql.values import select_values
from ssc_kg.store.evaluation import check

RESERVED = (
    *("chart", "download", "format", "labels", "limit"),
    *("offset", "q", "timeout", "title", "version"),
)
"""What no parameter is called: it says how an answer comes, whatever is asked."""


@dataclass(frozen=True, slots=True)
class Declaration:
    """A parameter as the heading declares it."""

    name: str
    type: ParameterType
    words: str
    line: int
    """Where it begins, counted from 1."""
    values: str | None = None
    """The pattern of its values, without braces, if they are drawn from the data."""


@dataclass(frozen=True, slots=True)
class Heading:
    """What a file says of itself."""

    words: str
    """The question; empty if there is none."""
    declarations: tuple[Declaration, ...]
    topic: Topic | None = None


def read_heading(text: str, file: str) -> Heading:
    """Return what the comment at the top of a file says.

    Raises:
        CatalogueError: A line that begins with `@` is none of those above, or says what
            another has said already.
    """
    words, *entries = _read_entries(text)
    reading = _Reading(file, {})
    for entry in entries:
        reading.read(entry)
    return Heading(words.text, tuple(reading.declarations.values()), reading.topic)


_NAME = r"[_A-Za-z][_A-Za-z0-9]*"
_PARAMETER = re.compile(rf"@param +({_NAME}) *\(([^()]*)\) *(.*)")
_VALUES = re.compile(rf"@values +({_NAME}) *\{{(.*)\}}")
_TOPIC = re.compile(r"@topic +(\S+)")
_FORMS = {
    "@param": "`@param name (type) What it is.`",
    "@topic": "`@topic name`",
    "@values": "`@values name { pattern }`",
}


@dataclass(frozen=True, slots=True)
class _Entry:
    """Some lines of the comment, joined."""

    line: int
    """The first of them."""
    text: str

    @property
    def sign(self) -> str:
        return self.text.partition(" ")[0]


@dataclass(slots=True)
class _Reading:
    """What the entries of a file have said so far."""

    file: str
    declarations: dict[str, Declaration]
    topic: Topic | None = None

    def read(self, entry: _Entry) -> None:
        match entry.sign:
            case "@param":
                self._read_parameter(entry)
            case "@values":
                self._read_values(entry)
            case "@topic":
                self._read_topic(entry)
            case sign:
                reason = f"there is no {sign}; there are: {', '.join(_FORMS)}"
                raise self._wrong(entry, reason)

    def _read_parameter(self, entry: _Entry) -> None:
        name, type_, words = self._match(_PARAMETER, entry)
        if not words:
            form = _FORMS["@param"]
            raise self._wrong(entry, f"{name} has no words; write {form}")
        if name in RESERVED:
            reason = f"no parameter is called {', '.join(RESERVED)}; name it otherwise"
            raise self._wrong(entry, reason)
        if name in self.declarations:
            first = self.declarations[name].line
            raise self._wrong(entry, f"{name} is declared already, in line {first}")
        declared = Declaration(name, self._read_type(type_, entry), words, entry.line)
        self.declarations[name] = declared

    def _read_type(self, text: str, entry: _Entry) -> ParameterType:
        try:
            return ParameterType(text)
        except ValueError:
            there_are = ", ".join(ParameterType)
            reason = f"there is no type {text!r}; there are: {there_are}"
            raise self._wrong(entry, reason) from None

    def _read_values(self, entry: _Entry) -> None:
        name, pattern = self._match(_VALUES, entry)
        declaration = self.declarations.get(name)
        if declaration is None:
            reason = f"{name} is not declared above; write {_FORMS['@param']} first"
            raise self._wrong(entry, reason)
        if declaration.values is not None:
            raise self._wrong(entry, f"the values of {name} are given already")
        self._check(name, pattern, entry)
        self.declarations[name] = replace(declaration, values=pattern.strip())

    def _check(self, name: str, pattern: str, entry: _Entry) -> None:
        try:
            has_name = name in scan(f"ASK {{ {pattern} }}").variables
            check(scan(select_values(name, pattern, limit=1)))
        except QuerySyntaxError as error:
            reason = f"the pattern of {name} does not parse: {error.reason}"
            raise self._wrong(entry, reason) from error
        except QueryRefusedError as error:
            raise self._wrong(entry, str(error)) from error
        if not has_name:
            raise self._wrong(entry, f"the pattern of {name} does not have ?{name}")

    def _read_topic(self, entry: _Entry) -> None:
        (name,) = self._match(_TOPIC, entry)
        if self.topic is not None:
            raise self._wrong(entry, f"it has the topic {self.topic} already")
        try:
            self.topic = Topic(name)
        except ValueError:
            reason = f"there is no topic {name!r}; there are: {', '.join(Topic)}"
            raise self._wrong(entry, reason) from None

    def _match(self, pattern: re.Pattern[str], entry: _Entry) -> tuple[str, ...]:
        found = pattern.fullmatch(entry.text)
        if found is None:
            reason = f"{entry.text!r} is not of the form {_FORMS[entry.sign]}"
            raise self._wrong(entry, reason)
        return found.groups()

    def _wrong(self, entry: _Entry, reason: str) -> CatalogueError:
        return CatalogueError(self.file, entry.line, reason)


def _read_entries(text: str) -> list[_Entry]:
    """Return the question, then each entry that begins with a sign."""
    entries: list[tuple[int, list[str]]] = [(1, [])]
    for number, line in enumerate(_read_comment(text), start=1):
        if line.startswith("@"):
            entries.append((number, []))
        entries[-1][1].append(line)
    return [_Entry(number, _join(lines)) for number, lines in entries]


def _join(lines: Iterable[str]) -> str:
    return " ".join(filter(None, lines))


def _read_comment(text: str) -> Iterator[str]:
    for line in text.splitlines():
        if not line.startswith("#"):
            return
        yield line.removeprefix("#").strip()
