"""The document about a thing: what the graph says of it, bounded, with its names.

    statements   all triples with the thing as their subject
    links        triples that point to it, counted and paged by predicate, and what
                 kinds of things these come from
    evidence     the evidence for its statements, whole, and the documents quoted
    names        of every resource that the above mention; of properties, what they mean
    document     what it is about, its licence, its date, its version, its sources

It reads the default graph, the merge; each triple keeps the named graphs that say it,
so that a format with named graphs can show who says what. What the document says of
itself is in no named graph.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from typing import TypeGuard
from urllib.parse import quote

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Triple

from ssc_kg.errors import UnknownPageError, UnknownResourceError
from ssc_kg.rdf.namespaces import shorten
from ssc_kg.rdf.vocab import DCTERMS, FOAF, PROV, RDF, RDFS, SKOS, VOID, XSD
from ssc_kg.store.protocol import Store
from ssc_kg.urls import Urls

LINK_LIMIT = 100
"""How many links to a thing its document shows by each predicate, sorted by subject."""

# Evidence is shown whole, with the thing that it is about.
_EVIDENCE_LINKS = frozenset((RDF.subject, RDF.predicate, RDF.object))
# Which thing a dataset names as an example says nothing of the thing.
_UNTOLD_LINKS = _EVIDENCE_LINKS | {VOID.exampleResource}
_NAMES = (SKOS.prefLabel, RDFS.label)
_MEANINGS = (RDFS.label, RDFS.comment)


@dataclass(frozen=True, slots=True)
class Document:
    """What a document says of itself beside what it takes from the graph."""

    iri: NamedNode
    version: NamedNode
    """The version of the dataset that it is taken from."""
    dataset: NamedNode
    modified: datetime
    """When that version was published."""
    page: int = 1
    """Which of the pages of links it shows; the first says all else too."""


@dataclass(frozen=True, slots=True)
class Links:
    """The triples that point to a thing by one predicate."""

    predicate: NamedNode
    total: int
    """How many there are on all pages."""
    shown: tuple[Triple, ...]


@dataclass(frozen=True, slots=True)
class Description:
    """The content of the document about one thing."""

    thing: NamedNode
    quads: tuple[Quad, ...]
    """Its triples, in the graphs that say them."""
    licenses: tuple[NamedNode, ...]
    """Those of the graphs that say something of the thing."""
    sources: tuple[NamedNode, ...]
    """Those graphs."""
    links: tuple[Links, ...]
    """What points to the thing, by predicate, sorted."""
    page: int
    pages: int
    """How many pages of links there are; one at least."""


def is_known(store: Store, thing: NamedNode) -> bool:
    """Whether the graph says anything about `thing`."""
    # A part is enough to know; a thing may have any number of links.
    return store.describe(thing, 0) is None or any(_incoming(store, thing))


def describe(
    store: Store, thing: NamedNode, document: Document, urls: Urls
) -> Description:
    """Return the document about `thing`.

    Raises:
        UnknownPageError: It has fewer pages.
        UnknownResourceError: The graph says nothing about the thing.
    """
    links = _links(store, thing)
    pages = -(-max(map(len, links), default=0) // LINK_LIMIT) or 1
    if document.page > pages:
        raise UnknownPageError(document.page, pages)
    beginning = (document.page - 1) * LINK_LIMIT
    shown = [group[beginning : beginning + LINK_LIMIT] for group in links]
    facts = _facts(store, thing, shown, is_first=document.page == 1)
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
        *_titles(store, sources),
        *_counts(document, links),
        *_page(document, pages),
        *_elsewhere(store, facts, urls),
    ]
    names = _sayings(store, _names(store, facts))
    return Description(
        thing,
        quads=(*sayings, *names, *(Quad(*triple) for triple in about)),
        licenses=tuple(licenses),
        sources=tuple(sources),
        links=tuple(
            Links(group[0].predicate, len(group), tuple(part))
            for group, part in zip(links, shown, strict=True)
        ),
        page=document.page,
        pages=pages,
    )


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
    links = sorted(
        _incoming(store, thing),
        key=lambda triple: (triple.predicate.value, str(triple.subject)),
    )
    groups = groupby(links, key=attrgetter("predicate"))
    return [list(group) for _, group in groups]


def _incoming(store: Store, thing: NamedNode) -> Iterator[Triple]:
    for quad in store.match(None, None, thing):
        if quad.predicate not in _UNTOLD_LINKS:
            yield quad.triple


def _facts(
    store: Store, thing: NamedNode, links: Iterable[list[Triple]], *, is_first: bool
) -> set[Triple]:
    facts = {triple for group in links for triple in group}
    facts.update(_kinds(store, facts))
    if is_first:
        facts.update(quad.triple for quad in store.match(thing))
        facts.update(_evidence(store, thing) if facts else ())
    return facts


def _graphs(quads: Iterable[Quad]) -> list[NamedNode]:
    names = {quad.graph_name for quad in quads}
    return sorted((name for name in names if isinstance(name, NamedNode)), key=str)


def _kinds(store: Store, links: Iterable[Triple]) -> list[Triple]:
    """Return the classes of what leads to a thing."""
    subjects = {link.subject for link in links}
    return [
        quad.triple
        for subject in subjects
        if isinstance(subject, NamedNode)
        for quad in store.match(subject, RDF.type)
    ]


def _evidence(store: Store, thing: NamedNode) -> Iterator[Triple]:
    quoted = set[NamedNode]()
    for evidence in store.match(None, RDF.subject, thing):
        if isinstance(evidence.subject, Triple):
            continue
        for quad in store.match(evidence.subject):
            yield quad.triple
            if quad.predicate == PROV.wasQuotedFrom and _is_named(quad.object):
                quoted.add(quad.object)
    for source in quoted:
        yield from (quad.triple for quad in store.match(source))


def _names(store: Store, facts: Collection[Triple]) -> list[Triple]:
    terms = {term for fact in facts for term in (fact.subject, fact.object)}
    wanted = [(term, _NAMES) for term in terms if _is_named(term)]
    properties = {fact.predicate for fact in facts}
    wanted += [(property_, _MEANINGS) for property_ in properties]
    return [
        quad.triple
        for term, predicates in wanted
        for predicate in predicates
        for quad in store.match(term, predicate)
    ]


def _titles(store: Store, graphs: Iterable[NamedNode]) -> Iterator[Triple]:
    """Yield what graphs are called, in the catalogue, which need not be merged."""
    for graph in graphs:
        for quad in store.match(graph, DCTERMS.title, None, None):
            yield quad.triple


def _is_named(term: object) -> TypeGuard[NamedNode]:
    return isinstance(term, NamedNode)


def _elsewhere(store: Store, facts: Iterable[Triple], urls: Urls) -> Iterator[Triple]:
    """Say where the documents are about things with IRIs of somebody else's.

    Their own addresses lead away from here.
    """
    terms = {term for fact in facts for term in (fact.subject, fact.object)}
    for term in terms:
        if not isinstance(term, NamedNode) or term.value.startswith(urls.base_iri):
            continue
        if store.match(term, RDF.type):
            yield Triple(term, FOAF.isPrimaryTopicOf, urls.document(term))


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
    yield Triple(document.iri, VOID.inDataset, document.dataset)


def _counts(document: Document, links: Iterable[list[Triple]]) -> Iterator[Triple]:
    """Say how many links there are where no page shows all (VoID, section 4.4)."""
    for group in links:
        if len(group) <= LINK_LIMIT:
            continue
        name = quote(shorten(group[0].predicate), safe=":")
        part = NamedNode(f"{document.iri.value}#links/{name}")
        yield Triple(document.iri, VOID.propertyPartition, part)
        yield Triple(part, VOID.property, group[0].predicate)
        yield Triple(part, VOID.triples, Literal(len(group)))


def _page(document: Document, pages: int) -> Iterator[Triple]:
    if pages == 1:
        return
    text = (
        f"This is page {document.page} of {pages}. Each shows up to {LINK_LIMIT} links "
        "to the topic by each property; the first says what is said of it, too."
    )
    yield Triple(document.iri, RDFS.comment, Literal(text, language="en"))
    if document.page < pages:
        following = page_of(document.iri, document.page + 1)
        yield Triple(document.iri, RDFS.seeAlso, following)


def page_of(document: NamedNode, number: int) -> NamedNode:
    """Return the IRI of a page of a document about a thing."""
    separator = "&" if "?" in document.value else "?"
    return NamedNode(f"{document.value}{separator}page={number}")
