"""Is an ontology in OWL 2 DL? A check for the forms of axiom that ours is made of.

Each triple has to have one of a few forms, read as the mapping from RDF graphs reads
them (OWL 2 Mapping to RDF Graphs, section 3). Any other is reported, though OWL 2 may
know it, so that what passes is in OWL 2 DL: names are declared or built in, those of
the reserved vocabulary name nothing of ours, datatypes are of the OWL 2 datatype map,
and no name is two kinds of property, or a class and a datatype (OWL 2 Structural
Specification, sections 2.4, 3, 4 and 5). None of the forms is a transitive property, a
chain, a cardinality or an anonymous individual, so section 11 restricts nothing more.

Two rules are ours, not the profile's: an ontology has one version, and nothing stands
above itself.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from graphlib import CycleError, TopologicalSorter
from typing import TypeAlias

import pyoxigraph
from pyoxigraph import NamedNode, Quad

from ssc_kg.rdf.namespaces import PREFIXES
from ssc_kg.rdf.vocab import OWL, RDF, RDFS


class Kind(StrEnum):
    """What a name may stand for, apart from an individual, which any name may."""

    CLASS = "a class"
    DATATYPE = "a datatype"
    OBJECT = "an object property"
    DATA = "a data property"
    ANNOTATION = "an annotation property"


Kinds: TypeAlias = Mapping[NamedNode, frozenset[Kind]]


def dl_violations(quads: Iterable[Quad]) -> list[str]:
    """Return what keeps an ontology out of OWL 2 DL, one sentence each, sorted."""
    statements = list(quads)
    kinds = _declared(statements)
    faults = (
        *_header_faults(statements),
        *_punning_faults(kinds),
        *(fault for quad in statements for fault in _faults(quad, kinds)),
        *_cycles(statements, RDFS.subClassOf),
        *_cycles(statements, RDFS.subPropertyOf),
    )
    return sorted(faults)


def _names(prefix: str, words: str) -> frozenset[NamedNode]:
    return frozenset(NamedNode(PREFIXES[prefix] + word) for word in words.split())


def _name(prefix: str, word: str) -> NamedNode:
    return NamedNode(PREFIXES[prefix] + word)


_RESERVED = tuple(PREFIXES[prefix] for prefix in ("owl", "rdf", "rdfs", "xsd"))

_BUILT_IN = {
    Kind.CLASS: _names("owl", "Thing Nothing"),
    Kind.OBJECT: _names("owl", "topObjectProperty bottomObjectProperty"),
    Kind.DATA: _names("owl", "topDataProperty bottomDataProperty"),
    Kind.ANNOTATION: _names("rdfs", "label comment seeAlso isDefinedBy")
    | _names(
        "owl",
        "backwardCompatibleWith deprecated incompatibleWith priorVersion versionInfo",
    ),
    Kind.DATATYPE: _names("owl", "rational real")
    | _names("rdf", "PlainLiteral XMLLiteral")
    | _names("rdfs", "Literal")
    | _names(
        "xsd",
        "NCName NMTOKEN Name anyURI base64Binary boolean byte dateTime dateTimeStamp "
        "decimal double float hexBinary int integer language long negativeInteger "
        "nonNegativeInteger nonPositiveInteger normalizedString positiveInteger short "
        "string token unsignedByte unsignedInt unsignedLong unsignedShort",
    ),
}
"""The names of the reserved vocabulary that an ontology may use."""

_DECLARATIONS = {
    OWL.Class: Kind.CLASS,
    _name("rdfs", "Datatype"): Kind.DATATYPE,
    OWL.ObjectProperty: Kind.OBJECT,
    OWL.DatatypeProperty: Kind.DATA,
    OWL.AnnotationProperty: Kind.ANNOTATION,
}

_CLASSES = ((Kind.CLASS, Kind.CLASS),)
_PROPERTIES = ((Kind.OBJECT, Kind.OBJECT), (Kind.DATA, Kind.DATA))

_AXIOMS: Mapping[NamedNode, Sequence[tuple[Kind, Kind | None]]] = {
    RDFS.subClassOf: _CLASSES,
    _name("owl", "disjointWith"): _CLASSES,
    _name("owl", "equivalentClass"): _CLASSES,
    RDFS.subPropertyOf: (*_PROPERTIES, (Kind.ANNOTATION, Kind.ANNOTATION)),
    _name("owl", "equivalentProperty"): _PROPERTIES,
    _name("owl", "inverseOf"): ((Kind.OBJECT, Kind.OBJECT),),
    RDFS.domain: (
        (Kind.OBJECT, Kind.CLASS),
        (Kind.DATA, Kind.CLASS),
        (Kind.ANNOTATION, None),
    ),
    RDFS.range: (
        (Kind.OBJECT, Kind.CLASS),
        (Kind.DATA, Kind.DATATYPE),
        (Kind.ANNOTATION, None),
    ),
}
"""The kinds of subject and object that an axiom has; none stands for any IRI."""

_APART = (
    frozenset({Kind.OBJECT, Kind.DATA, Kind.ANNOTATION}),
    frozenset({Kind.CLASS, Kind.DATATYPE}),
)
"""Kinds of which a name may have one only."""


def _declared(quads: Iterable[Quad]) -> Kinds:
    kinds: dict[NamedNode, set[Kind]] = defaultdict(set)
    for kind, names in _BUILT_IN.items():
        for name in names:
            kinds[name].add(kind)
    for quad in quads:
        declared = _declaration(quad)
        if declared and isinstance(quad.subject, NamedNode):
            kinds[quad.subject].add(declared)
    return {name: frozenset(some) for name, some in kinds.items()}


def _declaration(quad: Quad) -> Kind | None:
    if quad.predicate != RDF.type or not isinstance(quad.object, NamedNode):
        return None
    return _DECLARATIONS.get(quad.object)


def _header_faults(quads: Sequence[Quad]) -> Iterator[str]:
    headers = {quad.subject for quad in quads if quad.object == OWL.Ontology}
    if len(headers) != 1:
        yield f"the ontology has one header, not {len(headers)}"
    versions = [quad for quad in quads if quad.predicate == OWL.versionIRI]
    if len(versions) != 1 or versions[0].subject not in headers:
        yield f"the header has one owl:versionIRI, not {len(versions)}"


def _punning_faults(kinds: Kinds) -> Iterator[str]:
    for name, some in kinds.items():
        for apart in _APART:
            if len(some & apart) > 1:
                yield f"{name} is {' and '.join(sorted(some & apart))}"


def _faults(quad: Quad, kinds: Kinds) -> Iterator[str]:
    reason = _reason(quad, kinds)
    if reason:
        yield f"{quad.subject} {quad.predicate} {quad.object}: {reason}"


def _reason(quad: Quad, kinds: Kinds) -> str | None:
    if not isinstance(quad.subject, NamedNode):
        return "no form that is known here has such a subject"
    if quad.predicate == RDF.type:
        return _reason_of_type(quad.subject, quad.object, kinds)
    if quad.predicate == OWL.versionIRI:
        return _reason_of_individual(quad.object)
    if quad.predicate in _AXIOMS:
        return _reason_of_axiom(quad, kinds)
    return _reason_of_assertion(quad, kinds)


def _reason_of_type(subject: NamedNode, class_: object, kinds: Kinds) -> str | None:
    if not isinstance(class_, NamedNode):
        return "the class has no name"
    declared = _DECLARATIONS.get(class_)
    if declared and subject in _BUILT_IN[declared]:
        return None
    is_class = declared or class_ == OWL.Ontology or _is(class_, Kind.CLASS, kinds)
    return _reason_of_individual(subject) if is_class else "no declared class"


def _reason_of_axiom(quad: Quad, kinds: Kinds) -> str | None:
    fits = any(
        _is(quad.subject, subject, kinds)
        and isinstance(quad.object, NamedNode)
        and (object_ is None or _is(quad.object, object_, kinds))
        for subject, object_ in _AXIOMS[quad.predicate]
    )
    return None if fits else "the two are not declared as kinds that fit"


def _reason_of_assertion(quad: Quad, kinds: Kinds) -> str | None:
    if _is(quad.predicate, Kind.ANNOTATION, kinds):
        return _reason_of_annotation_value(quad.object, kinds)
    if _is(quad.predicate, Kind.OBJECT, kinds):
        reason = _reason_of_individual(quad.object)
    elif _is(quad.predicate, Kind.DATA, kinds):
        reason = _reason_of_literal(quad.object, kinds)
    else:
        reason = "no declared property"
    return reason or _reason_of_individual(quad.subject)


def _reason_of_individual(term: object) -> str | None:
    if not isinstance(term, NamedNode):
        return "an individual is meant, which has an IRI"
    is_reserved = term.value.startswith(_RESERVED)
    return f"{term} is of the reserved vocabulary" if is_reserved else None


def _reason_of_annotation_value(value: object, kinds: Kinds) -> str | None:
    return None if isinstance(value, NamedNode) else _reason_of_literal(value, kinds)


def _reason_of_literal(value: object, kinds: Kinds) -> str | None:
    if not isinstance(value, pyoxigraph.Literal):
        return "a literal is meant"
    if value.language or _is(value.datatype, Kind.DATATYPE, kinds):
        return None
    return f"{value.datatype} is not in the OWL 2 datatype map"


def _is(term: object, kind: Kind, kinds: Kinds) -> bool:
    return isinstance(term, NamedNode) and kind in kinds.get(term, ())


def _cycles(quads: Iterable[Quad], predicate: NamedNode) -> Iterator[str]:
    above: dict[object, set[object]] = defaultdict(set)
    for quad in quads:
        if quad.predicate == predicate:
            above[quad.subject].add(quad.object)
    try:
        TopologicalSorter(above).prepare()
    except CycleError as error:
        yield f"{predicate} runs in a circle: {' '.join(map(str, error.args[1]))}"
