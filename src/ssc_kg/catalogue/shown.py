"""What pages for people show of questions and answers.

Every address is a text by now: pages are templates, and know neither how links are made
nor what a term is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ssc_kg.catalogue.parameters import ParameterType
from ssc_kg.catalogue.questions import Question
from ssc_kg.catalogue.topics import Topic


@dataclass(frozen=True, slots=True)
class Link:
    """Something that a page leads to."""

    title: str
    address: str
    hint: str = ""
    """What one gets there, in a few words."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A question in the list."""

    slug: str
    words: str
    address: str
    parameters: tuple[str, ...]
    """What may be asked differently, by name."""


@dataclass(frozen=True, slots=True)
class CataloguePage:
    """The list of questions, or those that a search found."""

    address: str
    search: str
    groups: Sequence[tuple[Topic, Sequence[Entry]]]
    number: int
    total: int
    openapi: str
    suggestion: Link | None = None
    """The search that was probably meant, if this one finds nothing."""


@dataclass(frozen=True, slots=True)
class Option:
    """A value that a person may choose."""

    text: str
    label: str
    is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """A parameter in the form that asks a question."""

    name: str
    words: str
    type: ParameterType
    text: str
    """What is asked now."""
    default: str
    """What is asked if nothing is sent, as people read it."""
    options: tuple[Option, ...] = ()
    is_whole: bool = False
    """Whether there are no other values than the options."""


@dataclass(frozen=True, slots=True)
class Source:
    """The text of a question in one language."""

    title: str
    text: str
    address: str
    """Where the text is alone."""
    run: str
    """Where it can be changed and run."""


@dataclass(frozen=True, slots=True)
class QuestionPage:
    """A question, explained, with the form that asks it."""

    question: Question
    catalogue: str
    address: str
    fields: tuple[Field, ...]
    show: str | None
    """Where the answer is a page."""
    formats: tuple[Link, ...]
    """The answer in other formats; the form's values are added to these addresses."""
    asked: tuple[Link, ...]
    """The same, as what is asked now."""
    sources: tuple[Source, ...]
    columns: tuple[str, ...]
    openapi: str
    error: str | None = None
    """Why what was asked has no answer."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A term in a table."""

    text: str
    address: str | None = None
    """Where it leads, if it is an IRI."""
    iri: str | None = None
    language: str | None = None
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table."""

    name: str
    is_number: bool
    """Whether all that is in it is numbers."""
    language: str | None = None
    """That of all that is in it, if it is one."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of the rows of a page."""

    address: str
    words: str
    """What it shows, for those who do not see it."""
    formats: tuple[Link, ...]
    """The same picture, alone."""


@dataclass(frozen=True, slots=True)
class ResultPage:
    """The answer to a query of one's own: a table, yes or no, or a graph as Turtle."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell | None, ...], ...]
    start: int
    """The number of the first row, counted from 1."""
    turns: Mapping[str, str]
    """Where other pages of it are: first, prev, next."""
    formats: tuple[Link, ...]
    permalink: str
    version: int
    text: str | None = None
    """What is shown instead of a table."""
    shown: int | None = None
    """How many bytes the text is, if it is only the beginning of a graph."""
    hints: tuple[str, ...] = ()
    """What the query probably does not mean."""
    has_labels: bool = False
    """Whether the formats have names beside IRIs, as this page always has."""


@dataclass(frozen=True, slots=True)
class AnswerPage:
    """An answer as a page: a table, yes or no, or the text of a JSON document."""

    question: Question
    catalogue: str
    change: str
    """Where the same question is asked otherwise."""
    asked: tuple[tuple[str, str], ...]
    """The parameters and their values, as people read them."""
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell | None, ...], ...]
    start: int
    """The number of the first row, counted from 1."""
    turns: Mapping[str, str]
    """Where other pages of it are: first, prev, next."""
    formats: tuple[Link, ...]
    permalink: str
    version: int
    text: str | None = None
    """What is shown instead of a table."""
    picture: Picture | None = None
    """A picture of the rows, if they fit one."""
