"""The SHACL shapes of a version, read for people."""

from pyoxigraph import NamedNode

from ssc_kg.dataset.terms.model import NodeShape, PropertyShape
from ssc_kg.dataset.terms.statements import Statements
from ssc_kg.dataset.terms.words import cardinality, demands
from ssc_kg.rdf.namespaces import shorten
from ssc_kg.rdf.vocab import RDFS, SH

_ADVICE = frozenset({SH.Warning, SH.Info})


def read_shapes(shapes: Statements) -> tuple[NodeShape, ...]:
    """Return the node shapes that have names, sorted by IRI."""
    return tuple(_read_shape(shapes, shape) for shape in shapes.instances(SH.NodeShape))


def _read_shape(shapes: Statements, shape: NamedNode) -> NodeShape:
    properties = sorted(
        shapes.iris(shape, SH.property),
        key=lambda each: (_is_advice(shapes, each), _order(shapes, each), each.value),
    )
    return NodeShape(
        iri=shape,
        label=shapes.text(shape, RDFS.label),
        classes=shapes.iris(shape, SH.targetClass),
        demands=demands(shapes, shape),
        message=shapes.text(shape, SH.message),
        properties=tuple(
            _read_property(shapes, each, path)
            for each in properties
            for path in shapes.iris(each, SH.path)
        ),
    )


def _read_property(
    shapes: Statements, shape: NamedNode, path: NamedNode
) -> PropertyShape:
    return PropertyShape(
        iri=shape,
        path=path,
        name=shapes.text(shape, SH.name) or shorten(path),
        description=shapes.text(shape, SH.description),
        cardinality=cardinality(shapes, shape),
        demands=demands(shapes, shape),
        message=shapes.text(shape, SH.message),
        is_advice=_is_advice(shapes, shape),
        minimum=shapes.number(shape, SH.minCount) or 0,
        maximum=shapes.number(shape, SH.maxCount),
        target=shapes.iri(shape, SH.class_),
    )


def _is_advice(shapes: Statements, shape: NamedNode) -> bool:
    return not _ADVICE.isdisjoint(shapes.iris(shape, SH.severity))


def _order(shapes: Statements, shape: NamedNode) -> int:
    return shapes.number(shape, SH.order) or 0
