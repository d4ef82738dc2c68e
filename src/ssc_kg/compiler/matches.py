"""What a search shows of a node beside the node: the text by which it was found."""

from dataclasses import dataclass

from pyoxigraph import NamedNode


@dataclass(frozen=True, slots=True)
class Holder:
    """A node that has a text about another one, as a quotation is about a thing."""

    iri: NamedNode
    about: NamedNode
    """The property that leads from it to the other node."""


@dataclass(frozen=True, slots=True)
class Match:
    """A text of a node, or the part of it that has the words of a search."""

    field: str
    """What kind of text it is, such as label."""
    language: str | None
    text: str
    ranges: tuple[tuple[int, int], ...]
    """Where the words are in it, in code points, the end not included."""
    holder: Holder | None = None
    """What has the text, if that is not the node itself and is shown."""
