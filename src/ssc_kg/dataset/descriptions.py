"""The graphs that the program makes itself: what a dataset says of itself to editors.

    graph/void        its figures, parts and links (VoID), counted from its data
    graph/prefixes    the prefixes that queries may use (`sh:declare`)
    graph/queries     the questions of the catalogue (`sh:SPARQLExecutable`), if the
                      dataset holds the ontology that they are asked in

Editors of SPARQL ask the default graph for completions and examples, so these graphs
are merged. A description cannot count itself: the data is all the rest, so while a
draft is changed, validated and counted, these graphs are set aside. Files do not fill
them.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping

import pyoxigraph
from pyoxigraph import NamedNode, Quad, Triple

from ssc_kg import resources
from ssc_kg.catalogue.published import describe_prefixes, describe_questions
from ssc_kg.catalogue.questions import read_questions
from ssc_kg.dataset.coverage import describe_period
from ssc_kg.dataset.graphs import (
    catalogue_graph,
    description_graphs,
    ontology_graph,
    read_catalogue,
)
from ssc_kg.dataset.merge import replace_graph, update_merge
from ssc_kg.dataset.partitions import count_partitions
from ssc_kg.dataset.void import Surroundings, describe_dataset, own_space
from ssc_kg.rdf.vocab import DCTERMS, RDFS
from ssc_kg.store.draft import Change
from ssc_kg.store.embedded import EmbeddedStore
from ssc_kg.store.protocol import Store
from ssc_kg.urls import Urls


def set_aside(store: pyoxigraph.Store, *, base_iri: str) -> Change:
    """Take the descriptions out of a store, so that it holds the data alone."""
    return _write(store, {}, base_iri=base_iri)


def is_described(store: Store, *, base_iri: str) -> bool:
    """Whether a version has its descriptions, those that this release makes.

    An older release may have made none, or have had other questions.
    """
    urls = Urls(base_iri)
    void = urls.graph("void")
    constant = _constant(store, urls)
    # What an older release wrote there leads to no catalogue.
    is_current = store.match(urls.void, RDFS.seeAlso, urls.catalog, void)
    return bool(is_current) and all(
        set(store.match(graph=graph)) == set(_in(graph, constant.get(graph, ())))
        for graph in description_graphs(base_iri)
        if graph != void
    )


def describe(store: pyoxigraph.Store, *, base_iri: str) -> Change:
    """Write the descriptions of the data that a store holds."""
    urls = Urls(base_iri)
    surroundings = _read_surroundings(store, urls)
    figures = count_partitions(store, own_space(urls), surroundings.spaces())
    void = set(describe_dataset(figures, surroundings, urls))
    void.update(describe_period(store, urls))
    constant = _constant(EmbeddedStore(store), urls)
    contents = {**constant, urls.graph("void"): void}
    return _write(store, contents, base_iri=base_iri)


def _constant(store: Store, urls: Urls) -> Mapping[NamedNode, Collection[Triple]]:
    """Return the descriptions that no figure of the data is in."""
    prefixes = {urls.graph("prefixes"): set(describe_prefixes(urls))}
    if ontology_graph(urls.base_iri) not in store.graph_names():
        return prefixes
    questions = read_questions(resources.QUERIES)
    return prefixes | {urls.graph("queries"): set(describe_questions(questions, urls))}


def _write(
    store: pyoxigraph.Store,
    contents: Mapping[NamedNode, Collection[Triple]],
    *,
    base_iri: str,
) -> Change:
    catalogue = read_catalogue(store, base_iri=base_iri)
    change = Change()
    for graph in description_graphs(base_iri):
        quads = set(_in(graph, contents.get(graph, ())))
        change += replace_graph(store, graph, quads)
    return change + update_merge(store, change, before=catalogue, after=catalogue)


def _in(graph: NamedNode, triples: Iterable[Triple]) -> Iterator[Quad]:
    for triple in triples:
        yield Quad(triple.subject, triple.predicate, triple.object, graph)


def _read_surroundings(store: pyoxigraph.Store, urls: Urls) -> Surroundings:
    graph = catalogue_graph(urls.base_iri)
    stated = [quad.triple for quad in store.quads_for_pattern(None, None, None, graph)]
    beginning = urls.void_part().value
    is_merged = read_catalogue(store, base_iri=urls.base_iri).is_merged
    licenses = {
        triple.object
        for triple in stated
        if triple.predicate == DCTERMS.license
        if isinstance(triple.subject, NamedNode) and is_merged(triple.subject)
        if isinstance(triple.object, NamedNode)
    }
    return Surroundings(
        tuple(
            triple
            for triple in stated
            if isinstance(triple.subject, NamedNode)
            if triple.subject.value.startswith(beginning)
        ),
        tuple(sorted(licenses, key=str)),
    )
