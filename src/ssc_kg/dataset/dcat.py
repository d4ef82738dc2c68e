"""The catalogue of a dataset in DCAT 3, as DCAT-AP 3 asks for it.

    the catalogue    holds the dataset, its graphs as datasets, and the services
    the dataset      has versions, parts (its graphs) and distributions
    the services     answer from it (`services`)

Titles, licences, publisher, themes and keywords are those that the version states;
numbers are those of its record; languages and times those that it found in itself, as
VoID has them (`metadata`). Nothing is written down twice, and what nobody stated is
left out. The classes that DCAT-AP wants things to have are said here alone: in the data
each thing has one.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from pyoxigraph import Literal, NamedNode, Triple

from ssc_kg.dataset.coverage import find_countries, language_iri
from ssc_kg.dataset.distributions import (
    Distribution,
    describe_distributions,
    describe_license,
    graph_documents,
)
from ssc_kg.dataset.graphs import catalogue_graph, ontology_graph, read_title
from ssc_kg.dataset.metadata import Metadata
from ssc_kg.dataset.provenance import describe_versions, time_literal
from ssc_kg.dataset.services import Service, describe_services
from ssc_kg.rdf.vocab import DCAT, DCTERMS, FOAF, PROV, RDF, SKOS, VOID
from ssc_kg.store.protocol import Store
from ssc_kg.store.versions import VersionRecord
from ssc_kg.urls import Urls

_WORDS = "The dataset, its graphs, its versions, and the services that answer from it."
_FIGURES = (VOID.triples, VOID.entities, VOID.distinctSubjects, VOID.distinctObjects)
_STATED = (DCTERMS.publisher, DCAT.keyword, DCAT.theme)
_STATED_OF_GRAPHS = (
    *(DCTERMS.issued, DCTERMS.modified, DCTERMS.license),
    DCTERMS.bibliographicCitation,
)


@dataclass(frozen=True, slots=True)
class Holding:
    """What a catalogue is of: one version of a dataset, and what is offered of it."""

    store: Store
    record: VersionRecord
    versions: Sequence[VersionRecord]
    """All that there are, oldest first."""
    current: int
    """The number of the one that answers where none is named."""
    services: Sequence[Service] = ()
    files: Sequence[Distribution] = ()
    """Distributions beside those of services and graphs, such as dumps."""
    parameters: Mapping[str, str] = field(default_factory=dict)
    """What the addresses of documents need, to answer from this version."""

    @property
    def graphs(self) -> list[NamedNode]:
        """The named graphs of the version."""
        return [NamedNode(iri) for iri in self.record.graphs]


def describe_catalog(holding: Holding, urls: Urls) -> Iterator[Triple]:
    """Yield the catalogue; the public URL of `urls` is absolute."""
    metadata = Metadata(holding.store, urls)
    yield from _describe_catalog(holding, metadata)
    yield from _describe_dataset(holding, metadata)
    for graph in holding.graphs:
        yield from _describe_graph(graph, holding, metadata)
    for publisher in metadata.publishers():
        yield Triple(publisher, RDF.type, FOAF.Agent)
        for _, _, name in metadata.labels(publisher):
            yield Triple(publisher, FOAF.name, name)
    yield from describe_versions(
        holding.versions,
        urls,
        current=holding.current,
        title=read_title(holding.store, urls),
    )
    yield from describe_services(holding.services, urls)
    yield from describe_distributions(_distributions(holding, metadata), urls)


def _describe_catalog(holding: Holding, metadata: Metadata) -> Iterator[Triple]:
    urls = metadata.urls
    catalog = urls.catalog
    yield Triple(catalog, RDF.type, DCAT.Catalog)
    title = Literal(f"Catalogue: {metadata.title}", language="en")
    yield Triple(catalog, DCTERMS.title, title)
    yield Triple(catalog, DCTERMS.description, Literal(_WORDS, language="en"))
    yield from _describe_language(catalog, language_iri("en"))
    for publisher in metadata.publishers():
        yield Triple(catalog, DCTERMS.publisher, publisher)
    for license_ in metadata.licenses_of(catalogue_graph(urls.base_iri)):
        yield Triple(catalog, DCTERMS.license, license_)
        yield describe_license(license_)
    yield from _describe_times(catalog, holding)
    yield from _describe_places(catalog, metadata)
    yield from _describe_front(catalog, FOAF.homepage, urls)
    for scheme in metadata.schemes():
        yield Triple(catalog, DCAT.themeTaxonomy, scheme)
    for dataset in (urls.dataset, *holding.graphs):
        yield Triple(catalog, DCAT.dataset, dataset)


def _describe_dataset(holding: Holding, metadata: Metadata) -> Iterator[Triple]:
    urls, record = metadata.urls, holding.record
    dataset = urls.dataset
    yield Triple(dataset, RDF.type, DCAT.Dataset)
    yield from _describe_text(dataset, DCTERMS.title, metadata.title, metadata)
    yield Triple(dataset, DCTERMS.identifier, Literal(dataset.value))
    yield Triple(dataset, DCAT.version, Literal(str(record.number)))
    for property_ in _STATED:
        for value in metadata.stated(dataset, property_):
            yield Triple(dataset, property_, value)
    words = f"A dataset of {len(record.graphs)} named graphs."
    yield from _describe_text(dataset, DCTERMS.description, words, metadata)
    for license_ in metadata.licenses():
        yield Triple(dataset, DCTERMS.license, license_)
        yield describe_license(license_)
    yield from _describe_figures(metadata)
    yield from _describe_times(dataset, holding)
    yield from _describe_places(dataset, metadata)
    yield from _describe_themes(metadata)
    yield from _describe_front(dataset, DCAT.landingPage, urls)
    if ontology_graph(urls.base_iri) in holding.graphs:
        yield Triple(dataset, DCTERMS.conformsTo, urls.ontology)
        yield Triple(urls.ontology, RDF.type, DCTERMS.Standard)
    for graph in holding.graphs:
        yield Triple(dataset, DCTERMS.hasPart, graph)


def _describe_graph(
    graph: NamedNode, holding: Holding, metadata: Metadata
) -> Iterator[Triple]:
    title, description = metadata.words(graph)
    yield Triple(graph, RDF.type, DCAT.Dataset)
    yield from _describe_text(graph, DCTERMS.title, title, metadata)
    yield from _describe_text(graph, DCTERMS.description, description, metadata)
    yield Triple(graph, DCTERMS.identifier, Literal(graph.value))
    yield Triple(graph, DCTERMS.isPartOf, metadata.urls.dataset)
    yield Triple(graph, VOID.triples, Literal(holding.record.graphs[graph.value]))
    for publisher in metadata.publishers():
        yield Triple(graph, DCTERMS.publisher, publisher)
    for property_ in _STATED_OF_GRAPHS:
        for value in metadata.stated(graph, property_):
            yield Triple(graph, property_, value)
    # A source is a dataset to DCAT-AP, and a document here.
    for source in metadata.named(graph, DCTERMS.source):
        yield Triple(graph, PROV.wasDerivedFrom, source)


def _distributions(holding: Holding, metadata: Metadata) -> Iterator[Distribution]:
    urls = metadata.urls
    for service in holding.services:
        yield Distribution(
            dataset=urls.dataset,
            name=f"{service.name}-access",
            description=f"{metadata.title}, by way of a service: {service.title}.",
            access=service.endpoint,
            service=service.node(urls),
            licenses=metadata.licenses(),
        )
    for graph in holding.graphs:
        if graph.value.startswith(urls.base_iri):
            title, _ = metadata.words(graph)
            licenses = metadata.licenses_of(graph)
            yield from graph_documents(graph, title, licenses, urls, holding.parameters)
    for file in holding.files:
        is_whole = file.dataset == urls.dataset
        known = metadata.licenses() if is_whole else metadata.licenses_of(file.dataset)
        yield replace(file, licenses=file.licenses or known)


def _describe_figures(metadata: Metadata) -> Iterator[Triple]:
    """Yield what the version counted of itself, and what it covers."""
    dataset = metadata.urls.dataset
    for property_ in _FIGURES:
        for value in metadata.counted(dataset, property_):
            yield Triple(dataset, property_, value)
    for language in metadata.counted(dataset, DCTERMS.language):
        if isinstance(language, NamedNode):
            yield from _describe_language(dataset, language)
    for period in metadata.counted(dataset, DCTERMS.temporal):
        yield Triple(dataset, DCTERMS.temporal, period)
        if isinstance(period, NamedNode):
            for property_ in (RDF.type, DCAT.startDate, DCAT.endDate):
                for value in metadata.counted(period, property_):
                    yield Triple(period, property_, value)


def _describe_text(
    node: NamedNode, property_: NamedNode, otherwise: str, metadata: Metadata
) -> Iterator[Triple]:
    """Yield what people wrote, in their languages, or else some English words."""
    for text in metadata.stated(node, property_) or [Literal(otherwise, language="en")]:
        yield Triple(node, property_, text)


def _describe_language(node: NamedNode, language: NamedNode) -> Iterator[Triple]:
    yield Triple(node, DCTERMS.language, language)
    yield Triple(language, RDF.type, DCTERMS.LinguisticSystem)


def _describe_times(node: NamedNode, holding: Holding) -> Iterator[Triple]:
    first = holding.versions[0]
    if first.parent is None:  # Else the first one is no longer kept.
        yield Triple(node, DCTERMS.issued, time_literal(first.time))
    yield Triple(node, DCTERMS.modified, time_literal(holding.record.time))


def _describe_places(node: NamedNode, metadata: Metadata) -> Iterator[Triple]:
    for country in find_countries(metadata.store):
        yield Triple(node, DCTERMS.spatial, country)
        yield Triple(country, RDF.type, DCTERMS.Location)
        yield from metadata.labels(country)


def _describe_themes(metadata: Metadata) -> Iterator[Triple]:
    for theme in metadata.themes():
        yield Triple(theme, RDF.type, SKOS.Concept)
        yield from metadata.labels(theme)
        for scheme in metadata.named(theme, SKOS.inScheme):
            yield Triple(theme, SKOS.inScheme, scheme)
    for scheme in metadata.schemes():
        yield Triple(scheme, RDF.type, SKOS.ConceptScheme)
        for title in metadata.stated(scheme, DCTERMS.title):
            yield Triple(scheme, DCTERMS.title, title)


def _describe_front(
    node: NamedNode, property_: NamedNode, urls: Urls
) -> Iterator[Triple]:
    front = NamedNode(urls.public_url)
    yield Triple(node, property_, front)
    yield Triple(front, RDF.type, FOAF.Document)
