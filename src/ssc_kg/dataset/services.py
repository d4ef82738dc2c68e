"""The services that answer from a dataset, as data services of DCAT 3.

What serves says which there are and where; this says so in RDF.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Triple

from ssc_kg.dataset.distributions import describe_value
from ssc_kg.rdf.vocab import DCAT, DCTERMS, FOAF, RDF, RDFS
from ssc_kg.urls import Urls


@dataclass(frozen=True, slots=True)
class Link:
    """Where something is told, and the media type to ask for there."""

    url: str
    """Absolute."""
    media_type: str


@dataclass(frozen=True, slots=True)
class Service:
    """One service."""

    name: str
    """What tells it from the others, such as `sparql`."""
    title: str
    description: str
    endpoint: str
    """Its address, absolute."""
    machine_readable: tuple[Link, ...] = ()
    """What describes it to programs."""
    human_readable: tuple[Link, ...] = ()
    """What describes it to people."""
    standard: str | None = None
    """The IRI of the specification that it follows."""

    def node(self, urls: Urls) -> NamedNode:
        """Return the IRI of the service, a part of the catalogue."""
        return urls.part(urls.catalog, self.name)


def describe_services(services: Iterable[Service], urls: Urls) -> Iterator[Triple]:
    """Yield the services of the catalogue, which serve the dataset."""
    for service in services:
        yield Triple(urls.catalog, DCAT.service, service.node(urls))
        yield from _describe(service, service.node(urls), urls)


def _describe(service: Service, node: NamedNode, urls: Urls) -> Iterator[Triple]:
    yield Triple(node, RDF.type, DCAT.DataService)
    yield Triple(node, DCTERMS.title, Literal(service.title, language="en"))
    words = Literal(service.description, language="en")
    yield Triple(node, DCTERMS.description, words)
    endpoint = NamedNode(service.endpoint)
    yield from describe_value(node, DCAT.endpointURL, endpoint, RDFS.Resource)
    yield Triple(node, DCAT.servesDataset, urls.dataset)
    for link in service.machine_readable:
        url = NamedNode(link.url)
        yield from describe_value(node, DCAT.endpointDescription, url, RDFS.Resource)
    for link in service.human_readable:
        page = NamedNode(link.url)
        yield from describe_value(node, DCAT.landingPage, page, FOAF.Document)
    if service.standard is not None:
        standard = NamedNode(service.standard)
        yield from describe_value(node, DCTERMS.conformsTo, standard, DCTERMS.Standard)
