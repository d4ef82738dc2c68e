"""The ontology of a version, read from its graphs.

Terms and shapes come from `graph/ontology` and `graph/shapes`; alignments are those of
the whole version, whichever graph states them.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from pyoxigraph import NamedNode

from ssc_kg.dataset.graphs import ontology_graph, shapes_graph
from ssc_kg.dataset.terms.model import Alignment, Header, Term, TermKind, Vocabulary
from ssc_kg.dataset.terms.shapes import read_shapes
from ssc_kg.dataset.terms.statements import Statements, state
from ssc_kg.errors import UnknownGraphError
from ssc_kg.rdf.namespaces import shorten
from ssc_kg.rdf.vocab import DASH, DCTERMS, OWL, RDF, RDFS, SKOS, SSC, VANN
from ssc_kg.store.protocol import Store

_KINDS: Mapping[NamedNode, TermKind] = {
    OWL.Class: TermKind.CLASS,
    OWL.ObjectProperty: TermKind.OBJECT_PROPERTY,
    OWL.DatatypeProperty: TermKind.DATATYPE_PROPERTY,
    OWL.AnnotationProperty: TermKind.ANNOTATION_PROPERTY,
}


def read_vocabulary(store: Store, *, base_iri: str) -> Vocabulary:
    """Return the terms of a version with their alignments and shapes.

    Raises:
        UnknownGraphError: The version has no graph of an ontology.
    """
    graph = ontology_graph(base_iri)
    known = store.graph_names()
    if graph not in known:
        raise UnknownGraphError(graph.value, [name.value for name in known])
    ontology = state(store.match(graph=graph))
    alignments = _read_alignments(store)
    below = _read_below(ontology)
    terms = [_read_term(ontology, term, below, alignments) for term in _terms(ontology)]
    terms.sort(key=lambda term: (term.label.casefold(), term.iri.value))
    return Vocabulary(
        header=_read_header(ontology, graph),
        terms={term.iri: term for term in terms},
        shapes=read_shapes(state(store.match(graph=shapes_graph(base_iri)))),
    )


def _terms(ontology: Statements) -> Iterator[NamedNode]:
    """Yield what the ontology defines: it says of each which vocabulary has it."""
    for subject, properties in ontology.about.items():
        is_typed = not _KINDS.keys().isdisjoint(properties.get(RDF.type, ()))
        if isinstance(subject, NamedNode) and (
            is_typed or RDFS.isDefinedBy in properties
        ):
            yield subject


def _read_term(
    ontology: Statements,
    iri: NamedNode,
    below: Mapping[NamedNode, Sequence[NamedNode]],
    alignments: Mapping[NamedNode, tuple[Alignment, ...]],
) -> Term:
    types = ontology.iris(iri, RDF.type)
    kind = next(
        (_KINDS[each] for each in types if each in _KINDS), TermKind.RESERVED_PROPERTY
    )
    order = RDFS.subClassOf if kind is TermKind.CLASS else RDFS.subPropertyOf
    return Term(
        iri=iri,
        kind=kind,
        label=ontology.text(iri, RDFS.label) or shorten(iri),
        comment=ontology.text(iri, RDFS.comment),
        defined_by=ontology.iri(iri, RDFS.isDefinedBy),
        above=ontology.iris(iri, order),
        below=tuple(below.get(iri, ())),
        domain=ontology.iris(iri, RDFS.domain),
        range=ontology.iris(iri, RDFS.range),
        see_also=ontology.iris(iri, RDFS.seeAlso),
        alignments=alignments.get(iri, ()),
        notes=ontology.texts(iri, SKOS.scopeNote),
        inverse_comment=ontology.text(iri, SSC.inverseComment),
        without_alignment=ontology.text(iri, SSC.withoutAlignment),
        without_data=ontology.text(iri, SSC.withoutData),
        is_abstract=ontology.is_true(iri, DASH.abstract),
        is_deprecated=ontology.is_true(iri, OWL.deprecated),
    )


def _read_below(ontology: Statements) -> Mapping[NamedNode, Sequence[NamedNode]]:
    """Return the classes and properties right below each, sorted."""
    found = defaultdict[NamedNode, list[NamedNode]](list)
    for subject in ontology.about:
        for order in (RDFS.subClassOf, RDFS.subPropertyOf):
            for above in ontology.iris(subject, order):
                if isinstance(subject, NamedNode):
                    found[above].append(subject)
    return found


def _read_alignments(store: Store) -> Mapping[NamedNode, tuple[Alignment, ...]]:
    """Return the alignments by the term that each is about."""
    found = defaultdict[NamedNode, list[Alignment]](list)
    nodes = {quad.subject for quad in store.match(None, RDF.type, SSC.Alignment)}
    stated = state(
        quad
        for node in nodes
        if isinstance(node, NamedNode)
        for quad in store.match(node)
    )
    for node in stated.about:
        term = stated.iri(node, RDF.subject)
        relation = stated.iri(node, RDF.predicate)
        target = stated.iri(node, RDF.object)
        if isinstance(node, NamedNode) and term and relation and target:
            reason = stated.text(node, SSC.alignmentReason)
            found[term].append(Alignment(node, relation, target, reason))
    return {term: tuple(alignments) for term, alignments in found.items()}


def _read_header(ontology: Statements, graph: NamedNode) -> Header:
    iri = next(ontology.instances(OWL.Ontology), graph)
    return Header(
        iri=iri,
        title=ontology.text(iri, DCTERMS.title) or "Ontology",
        description=ontology.text(iri, DCTERMS.description),
        creators=ontology.texts(iri, DCTERMS.creator),
        licenses=ontology.iris(iri, DCTERMS.license),
        version=ontology.text(iri, OWL.versionInfo),
        version_iri=ontology.iri(iri, OWL.versionIRI),
        prefix=ontology.text(iri, VANN.preferredNamespacePrefix),
        namespace=ontology.text(iri, VANN.preferredNamespaceUri),
    )
