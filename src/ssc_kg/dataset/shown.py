"""What pages for people show of the dataset: things, graphs, versions, descriptions.

Every address is a text by now: pages are templates, and know neither how links are made
nor what a term is.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from ssc_kg.catalogue.shown import Link


class Kind(StrEnum):
    """How a value is read."""

    LINK = "link"
    TEXT = "text"
    TIME = "time"
    NUMBER = "number"
    CODE = "code"
    """A text for programs, such as a checksum's or a geometry's."""


@dataclass(frozen=True, slots=True)
class Node:
    """An IRI or a literal as a person reads it."""

    text: str
    kind: Kind = Kind.TEXT
    address: str | None = None
    """Where it leads: to its page here, else to itself."""
    iri: str | None = None
    outside: str | None = None
    """Where else it leads: what is named elsewhere and has a page here."""
    language: str | None = None
    datatype: str | None = None
    """That of a literal, with a prefix; none for a plain text."""
    exact: str | None = None
    """The text as a program reads it, where a person reads another."""

    @property
    def leaves(self) -> bool:
        """Whether it leads away from here."""
        return self.address is not None and self.address == self.iri


@dataclass(frozen=True, slots=True)
class Passage:
    """Where a document supports a statement."""

    quote: str
    address: str
    """The page of the evidence."""
    document: Node | None
    position: str
    """From which character to which, in words."""


@dataclass(frozen=True, slots=True)
class Value:
    """What a property of a thing has, and who says so."""

    node: Node
    passages: tuple[Passage, ...] = ()
    sources: tuple[Node, ...] = ()
    """The graphs that say it."""


@dataclass(frozen=True, slots=True)
class Property:
    """A property of a thing with its values."""

    node: Node
    values: tuple[Value, ...]
    hint: str = ""
    """What the property means."""


@dataclass(frozen=True, slots=True)
class Links:
    """What leads to a thing by one property."""

    title: str
    """What these things are to this one."""
    property: Node
    values: tuple[Value, ...]
    total: int
    """How many there are, here and on other pages."""


@dataclass(frozen=True, slots=True)
class Row:
    """What is said of one of several like things."""

    anchor: str | None
    """What its address in this page ends with."""
    cells: tuple[tuple[Node, ...], ...]
    """The values in each column."""


@dataclass(frozen=True, slots=True)
class Grid:
    """Like things, one below the other."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    hint: str = ""


@dataclass(frozen=True, slots=True)
class OverviewPage:
    """A description that the program makes: of the dataset, a version, a catalogue."""

    iri: str
    name: Node
    canonical: str
    summary: Node | None
    properties: tuple[Property, ...]
    grids: tuple[Grid, ...]
    formats: tuple[Link, ...]
    """The same for programs; a hint is a media type."""
    further: tuple[Link, ...]
    """Where more of it is."""
    json_ld: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on a map, in degrees."""

    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class ThingPage:
    """A document about a thing, as a page."""

    iri: str
    name: Node
    canonical: str
    """The address that stays, wherever this is read."""
    kinds: tuple[Node, ...]
    summary: Node | None
    names: tuple[Node, ...]
    """What else it is called, in other languages."""
    properties: tuple[Property, ...]
    passages: tuple[Passage, ...]
    """Evidence for statements that are not among these."""
    links: tuple[Links, ...]
    sources: tuple[Node, ...]
    """The graphs from which the statements come."""
    about: tuple[Property, ...]
    """What the document says of itself."""
    formats: tuple[Link, ...]
    """The same for programs; a hint is a media type."""
    queries: tuple[Link, ...]
    """Where one can ask on."""
    version: Link
    json_ld: Mapping[str, object]
    """The thing in the words of schema.org."""
    current: str | None = None
    """Where the current version is, if this is an older one."""
    size: int | None = None
    """How many statements it holds, if it is a graph."""
    contents: tuple[Links, ...] = ()
    """What it tells of, by class, if it is a graph."""
    page: int = 1
    pages: int = 1
    turns: Mapping[str, str] = field(default_factory=dict)
    """Where other pages of its links are: first, prev, next."""
    spot: Spot | None = None

    @property
    def has_passages(self) -> bool:
        """Whether any statement has evidence."""
        return any(value.passages for each in self.properties for value in each.values)
