"""The document about a thing: what the graph says of it, bounded, with its names.

    statements   all triples with the thing as their subject
    links        triples that point to it, the first ones of each predicate
    evidence     the evidence for its statements, whole
    names        of every resource that the above mention
    document     what it is about, its licence, its date, its version, its sources

It reads the default graph, the merge; each triple keeps the named graphs that say it,
so that a format with named graphs can show who says what. What the document says of
itself is in no named graph.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import attrgetter

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Triple

from ssc_kg.errors import UnknownResourceError
from ssc_kg.rdf.vocab import DCTERMS, FOAF, PROV, RDF, RDFS, SKOS, VOID, XSD
from ssc_kg.store.protocol import Store

LINK_LIMIT = 100
"""How many links to a thing its document shows by each predicate, sorted by subject."""

# Evidence is shown whole, with the thing that it is about.
_EVIDENCE_LINKS = frozenset((RDF.subject, RDF.predicate, RDF.object))
# Which thing a dataset names as an example says nothing of the thing.
_UNTOLD_LINKS = _EVIDENCE_LINKS | {VOID.exampleResource}
_NAMES = (SKOS.prefLabel, RDFS.label)


@dataclass(frozen=True, slots=True)
class Document:
    """What a document says of itself beside what it takes from the graph."""

    iri: NamedNode
    version: NamedNode
    """The version of the dataset that it is taken from."""
    modified: datetime
    """When that version was published."""


@dataclass(frozen=True, slots=True)
class Description:
    """The content of the document about one thing."""

    quads: tuple[Quad, ...]
    """Its triples, in the graphs that say them."""
    licenses: tuple[NamedNode, ...]
    """Those of the graphs that say something of the thing."""


def is_known(store: Store, thing: NamedNode) -> bool:
    """Whether the graph says anything about `thing`."""
    return bool(store.match(thing)) or any(_links(store, thing))


def describe(store: Store, thing: NamedNode, document: Document) -> Description:
    """Return the document about `thing`.

    Raises:
        UnknownResourceError: The graph says nothing about it.
    """
    links = _links(store, thing)
    facts = _facts(store, thing, links)
    if not facts:
        raise UnknownResourceError(thing.value)
    sayings = _sayings(store, facts)
    sources = _graphs(sayings)
    licenses = licenses_of(store, *sources)
    about = [
        Triple(document.iri, FOAF.primaryTopic, thing),
        *_about(document),
        *(Triple(document.iri, DCTERMS.license, iri) for iri in licenses),
        *(Triple(document.iri, PROV.wasDerivedFrom, name) for name in sources),
        *_cuts(document, links),
    ]
    names = _sayings(store, _names(store, facts))
    quads = (*sayings, *names, *(Quad(*triple) for triple in about))
    return Description(quads, tuple(licenses))


def licenses_of(store: Store, *graphs: NamedNode) -> list[NamedNode]:
    """Return the licenses that the catalogue gives to the graphs, sorted."""
    # The catalogue is a named graph, and need not be merged.
    found = [
        quad.object
        for graph in graphs
        for quad in store.match(graph, DCTERMS.license, None, None)
    ]
    return sorted({iri for iri in found if isinstance(iri, NamedNode)}, key=str)


def _links(store: Store, thing: NamedNode) -> list[list[Triple]]:
    """The triples that point to `thing`, a sorted list for each predicate."""
    incoming = (quad.triple for quad in store.match(None, None, thing))
    links = sorted(
        (triple for triple in incoming if triple.predicate not in _UNTOLD_LINKS),
        key=lambda triple: (triple.predicate.value, str(triple.subject)),
    )
    groups = groupby(links, key=attrgetter("predicate"))
    return [list(group) for _, group in groups]


def _facts(
    store: Store, thing: NamedNode, links: Iterable[list[Triple]]
) -> set[Triple]:
    facts = {quad.triple for quad in store.match(thing)}
    facts.update(triple for group in links for triple in group[:LINK_LIMIT])
    if facts:
        facts.update(_evidence(store, thing))
    return facts


def _graphs(quads: Iterable[Quad]) -> list[NamedNode]:
    names = {quad.graph_name for quad in quads}
    return sorted((name for name in names if isinstance(name, NamedNode)), key=str)


def _evidence(store: Store, thing: NamedNode) -> Iterator[Triple]:
    for evidence in store.match(None, RDF.subject, thing):
        if not isinstance(evidence.subject, Triple):
            yield from (quad.triple for quad in store.match(evidence.subject))


def _names(store: Store, facts: Iterable[Triple]) -> list[Triple]:
    terms = {term for fact in facts for term in (fact.subject, fact.object)}
    return [
        quad.triple
        for term in terms
        if isinstance(term, NamedNode)
        for predicate in _NAMES
        for quad in store.match(term, predicate)
    ]


def _sayings(store: Store, facts: Iterable[Triple]) -> set[Quad]:
    return {quad for fact in facts for quad in _say(store, fact)}


def _say(store: Store, fact: Triple) -> list[Quad]:
    """The fact in each named graph that says it, or in the default graph if none."""
    if isinstance(fact.subject, Triple) or isinstance(fact.object, Triple):
        return [Quad(*fact)]
    everywhere = store.match(fact.subject, fact.predicate, fact.object, None)
    named = [quad for quad in everywhere if quad.graph_name != DefaultGraph()]
    return named or everywhere


def _about(document: Document) -> Iterator[Triple]:
    modified = Literal(document.modified.isoformat(), datatype=XSD.dateTime)
    yield Triple(document.iri, RDF.type, FOAF.Document)
    yield Triple(document.iri, DCTERMS.isPartOf, document.version)
    yield Triple(document.iri, DCTERMS.modified, modified)


def _cuts(document: Document, links: Iterable[list[Triple]]) -> Iterator[Triple]:
    for group in links:
        if len(group) > LINK_LIMIT:
            text = (
                f"This document shows {LINK_LIMIT} of the {len(group)} links to its "
                f"topic by {group[0].predicate}."
            )
            yield Triple(document.iri, RDFS.comment, Literal(text, language="en"))
