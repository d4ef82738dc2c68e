"""Terms of an ontology, their alignments and shapes, as plain values.

They know nothing of stores, of addresses or of pages.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from pyoxigraph import Literal, NamedNode

from ssc_kg.rdf.namespaces import shorten

Phrase: TypeAlias = tuple[str | NamedNode | Literal, ...]
"""A few words, among which terms stand as they are, so that they can be linked."""


class TermKind(StrEnum):
    """What a term is, as a person calls it."""

    CLASS = "class"
    OBJECT_PROPERTY = "link to things"
    DATATYPE_PROPERTY = "property with values"
    ANNOTATION_PROPERTY = "annotation"
    RESERVED_PROPERTY = "property of RDF"
    """OWL 2 DL lets nobody give these a type."""

    @property
    def is_property(self) -> bool:
        """Whether it has values."""
        return self is not TermKind.CLASS


@dataclass(frozen=True, slots=True)
class Alignment:
    """How a term relates to one of another vocabulary."""

    iri: NamedNode
    relation: NamedNode
    target: NamedNode
    reason: str | None


@dataclass(frozen=True, slots=True)
class Term:
    """A class or a property, and what the ontology says of it."""

    iri: NamedNode
    kind: TermKind
    label: str
    comment: str | None
    defined_by: NamedNode | None
    above: tuple[NamedNode, ...] = ()
    """The classes or properties right above it."""
    below: tuple[NamedNode, ...] = ()
    """Those right below it."""
    domain: tuple[NamedNode, ...] = ()
    range: tuple[NamedNode, ...] = ()
    see_also: tuple[NamedNode, ...] = ()
    alignments: tuple[Alignment, ...] = ()
    notes: tuple[str, ...] = ()
    """Scope notes."""
    inverse_comment: str | None = None
    """What a property says when it is read from its value's side."""
    without_alignment: str | None = None
    """Why it has no alignment."""
    without_data: str | None = None
    """Why no data uses it."""
    is_abstract: bool = False
    """Whether a class has instances of the classes below it only."""
    is_deprecated: bool = False


@dataclass(frozen=True, slots=True)
class PropertyShape:
    """What holds for a property of the things that a node shape is about."""

    iri: NamedNode
    path: NamedNode
    """The property."""
    name: str
    description: str | None
    cardinality: str
    demands: tuple[Phrase, ...]
    """What holds for its values, in words."""
    message: str | None
    is_advice: bool
    """Whether data that breaks it is accepted, with a warning or less."""
    minimum: int
    maximum: int | None
    target: NamedNode | None
    """The class that all its values have, if there is one."""

    @property
    def multiplicity(self) -> str:
        """How many values there are, as class diagrams say it."""
        if self.minimum == self.maximum:
            return str(self.minimum)
        return f"{self.minimum}..{'*' if self.maximum is None else self.maximum}"


@dataclass(frozen=True, slots=True)
class NodeShape:
    """What holds for the things of some classes, or for what other shapes refer to."""

    iri: NamedNode
    label: str | None
    classes: tuple[NamedNode, ...]
    """The classes that it is about; none if other shapes refer to it."""
    demands: tuple[Phrase, ...]
    message: str | None
    properties: tuple[PropertyShape, ...]


@dataclass(frozen=True, slots=True)
class Header:
    """What an ontology says of itself."""

    iri: NamedNode
    title: str
    description: str | None
    creators: tuple[str, ...]
    licenses: tuple[NamedNode, ...]
    version: str | None
    version_iri: NamedNode | None
    prefix: str | None
    namespace: str | None


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The ontology of one version."""

    header: Header
    terms: Mapping[NamedNode, Term]
    """By IRI, sorted by label."""
    shapes: tuple[NodeShape, ...]

    def is_own(self, iri: NamedNode) -> bool:
        """Whether a term is of this ontology, rather than of another vocabulary."""
        term = self.terms.get(iri)
        return term is not None and term.defined_by == self.header.iri

    def name(self, iri: NamedNode) -> str:
        """Return what a term is called here: one of others has a prefix."""
        return self.terms[iri].label if self.is_own(iri) else shorten(iri)

    def shapes_of(self, class_: NamedNode) -> tuple[NodeShape, ...]:
        """Return the shapes that are about a class itself."""
        return tuple(shape for shape in self.shapes if class_ in shape.classes)

    def ancestors(self, iri: NamedNode) -> tuple[NamedNode, ...]:
        """Return all terms above one, the nearest first, each once."""
        return _reach(
            iri, lambda each: self.terms[each].above if each in self.terms else ()
        )

    def descendants(self, iri: NamedNode) -> tuple[NamedNode, ...]:
        """Return all terms below one, the nearest first, each once."""
        return _reach(
            iri, lambda each: self.terms[each].below if each in self.terms else ()
        )


def _reach(
    start: NamedNode, step: Callable[[NamedNode], Iterable[NamedNode]]
) -> tuple[NamedNode, ...]:
    found: dict[NamedNode, None] = {}
    waiting: list[NamedNode] = [start]
    while waiting:
        ends = dict.fromkeys(end for each in waiting for end in step(each))
        waiting = [end for end in ends if end not in found and end != start]
        found |= dict.fromkeys(waiting)
    return tuple(found)
