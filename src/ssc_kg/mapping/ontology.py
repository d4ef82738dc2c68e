"""What the ontology and its shapes say of classes and properties, as plain values.

Only what a GraphQL schema can show is read: comments, the class hierarchy, and per
class and property how many values there are and of what kind.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pyoxigraph import Dataset, Literal, NamedNode, RdfFormat, parse

from ssc_kg.rdf.vocab import DASH, OWL, RDF, RDFS, SH, SSC

_ADVICE = frozenset({SH.Warning, SH.Info})
ONTOLOGY_FILES = ("ssc.ttl", "shapes.ttl")


@dataclass(frozen=True, slots=True)
class PropertyShape:
    """How many values a property has on a class, and of what kind (SHACL)."""

    description: str
    inverse_description: str
    """What the property says when it is read from its value's side."""
    minimum: int
    maximum: int | None
    is_language_tagged: bool
    is_unique_per_language: bool
    target: NamedNode | None
    """The class that the values have, if they are nodes of the graph."""
    may_be_literal: bool = False
    """Whether a value may be an IRI or a literal, and so a node or none."""

    @property
    def is_single(self) -> bool:
        """Whether a person would say that there is one value."""
        return self.maximum == 1 or self.is_unique_per_language


@dataclass(frozen=True, slots=True)
class Ontology:
    """The terms of an ontology and the shapes of its classes."""

    comments: dict[NamedNode, str]
    inverse_comments: dict[NamedNode, str]
    superclasses: dict[NamedNode, frozenset[NamedNode]]
    """Each class with all classes above it, itself included."""
    abstract: frozenset[NamedNode]
    shapes: dict[tuple[NamedNode, NamedNode], PropertyShape]
    """By class and property, as declared, without inheritance."""
    labels: dict[NamedNode, str] = field(default_factory=dict)
    """The names of terms."""

    def shape(self, class_: NamedNode, property_: NamedNode) -> PropertyShape | None:
        """Return what holds for a property of a class, its own shape before others."""
        own = self.shapes.get((class_, property_))
        if own is not None:
            return own
        above = sorted(self._above(class_), key=str)
        shapes = (self.shapes.get((superclass, property_)) for superclass in above)
        return next((shape for shape in shapes if shape is not None), None)

    def properties(self, class_: NamedNode) -> frozenset[NamedNode]:
        """Return the properties that the shapes of a class and of those above name."""
        above = {class_, *self._above(class_)}
        return frozenset(path for target, path in self.shapes if target in above)

    def describe(self, class_: NamedNode | None, property_: NamedNode) -> str | None:
        """Return the sentence that explains a property, where it stands on `class_`."""
        shape = self.shape(class_, property_) if class_ else None
        if shape and shape.description:
            return shape.description
        return self.comments.get(property_)

    def describe_inverse(
        self, source: NamedNode | None, property_: NamedNode
    ) -> str | None:
        """Return the sentence that explains a property from its value's side.

        Args:
            source: The class of what has the property.
            property_: The property.
        """
        shape = self.shape(source, property_) if source else None
        if shape and shape.inverse_description:
            return shape.inverse_description
        return self.inverse_comments.get(property_)

    def _above(self, class_: NamedNode) -> frozenset[NamedNode]:
        return self.superclasses.get(class_, frozenset())


def read_ontology(directory: Path) -> Ontology:
    """Read the ontology and the shapes in a directory."""
    graph = Dataset(
        quad
        for name in ONTOLOGY_FILES
        for quad in parse(path=directory / name, format=RdfFormat.TURTLE)
    )
    return Ontology(
        # Whatever its type: those that RDF reserves have none in OWL 2 DL.
        comments=dict(_subject_texts(graph, RDFS.comment)),
        inverse_comments=dict(_subject_texts(graph, SSC.inverseComment)),
        superclasses={
            class_: frozenset(_closure(graph, class_))
            for class_ in _instances(graph, OWL.Class)
        },
        abstract=frozenset(_subjects(graph, DASH.abstract, Literal(value=True))),
        shapes=dict(_shapes(graph)),
        labels=dict(_subject_texts(graph, RDFS.label)),
    )


def _shapes(
    graph: Dataset,
) -> Iterator[tuple[tuple[NamedNode, NamedNode], PropertyShape]]:
    for node_shape in _instances(graph, SH.NodeShape):
        for target in _objects(graph, node_shape, SH.targetClass):
            for shape in _objects(graph, node_shape, SH.property):
                if _is_advice(graph, shape):
                    continue
                for path in _objects(graph, shape, SH.path):
                    yield (target, path), _property_shape(graph, shape)


def _is_advice(graph: Dataset, shape: NamedNode) -> bool:
    """Whether data that breaks a shape is accepted, with a warning or less."""
    return any(grade in _ADVICE for grade in _objects(graph, shape, SH.severity))


def _property_shape(graph: Dataset, shape: NamedNode) -> PropertyShape:
    return PropertyShape(
        description=next(_texts(graph, shape, SH.description), ""),
        inverse_description=next(_texts(graph, shape, SSC.inverseComment), ""),
        minimum=int(next(_texts(graph, shape, SH.minCount), "0")),
        maximum=next(map(int, _texts(graph, shape, SH.maxCount)), None),
        is_language_tagged=RDF.langString in _objects(graph, shape, SH.datatype),
        is_unique_per_language="true" in _texts(graph, shape, SH.uniqueLang),
        target=next(_objects(graph, shape, SH.class_), None),
        may_be_literal=SH.IRIOrLiteral in _objects(graph, shape, SH.nodeKind),
    )


def _closure(graph: Dataset, class_: NamedNode) -> set[NamedNode]:
    found, waiting = set[NamedNode](), [class_]
    while waiting:
        current = waiting.pop()
        if current not in found:
            found.add(current)
            waiting.extend(_objects(graph, current, RDFS.subClassOf))
    return found


def _instances(graph: Dataset, class_: NamedNode) -> Iterator[NamedNode]:
    yield from _subjects(graph, RDF.type, class_)


def _subjects(
    graph: Dataset, predicate: NamedNode, object_: NamedNode | Literal
) -> Iterator[NamedNode]:
    for quad in graph.quads_for_object(object_):
        if quad.predicate == predicate and isinstance(quad.subject, NamedNode):
            yield quad.subject


def _objects(
    graph: Dataset, subject: NamedNode, predicate: NamedNode
) -> Iterator[NamedNode]:
    for quad in graph.quads_for_subject(subject):
        if quad.predicate == predicate and isinstance(quad.object, NamedNode):
            yield quad.object


def _texts(graph: Dataset, subject: NamedNode, predicate: NamedNode) -> Iterator[str]:
    for quad in graph.quads_for_subject(subject):
        if quad.predicate == predicate and isinstance(quad.object, Literal):
            yield quad.object.value


def _subject_texts(
    graph: Dataset, predicate: NamedNode
) -> Iterator[tuple[NamedNode, str]]:
    for quad in graph.quads_for_predicate(predicate):
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, Literal):
            yield quad.subject, quad.object.value
