"""The forms in which data can be had, as distributions of DCAT 3.

A distribution is a document at an address, a file to download, or what a service
answers. Media types have the IRIs of the IANA, file types those of the EU's list, which
DCAT-AP asks for. What is not known of one, such as a size, is not said.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Triple

from ssc_kg.dataset.provenance import describe_checksum
from ssc_kg.formats.table import (
    CSV,
    DATA_FORMATS,
    JSON_LD,
    N_QUADS,
    N_TRIPLES,
    RDF_XML,
    TRIG,
    TURTLE,
    Format,
)
from ssc_kg.rdf.vocab import DCAT, DCTERMS, RDF, RDFS, SPDX, XSD
from ssc_kg.urls import Urls, add_parameters

MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"
"""What the IRI of a media type begins with."""
_FILE_TYPES = "http://publications.europa.eu/resource/authority/file-type/"
_FILE_TYPE: Mapping[Format, tuple[str, str]] = {
    TURTLE: ("RDF_TURTLE", "Turtle"),
    N_TRIPLES: ("RDF_N_TRIPLES", "N-Triples"),
    JSON_LD: ("JSON_LD", "JSON-LD"),
    RDF_XML: ("RDF_XML", "RDF/XML"),
    TRIG: ("RDF_TRIG", "TriG"),
    N_QUADS: ("RDF_N_QUADS", "N-Quads"),
    CSV: ("CSV", "CSV"),
}
"""What the EU's list calls a format, and what people do."""
_SEVERAL_LICENSES = (
    "Each named graph has a licence of its own, which its description names."
)


@dataclass(frozen=True, slots=True)
class Distribution:
    """One form in which a dataset can be had."""

    dataset: NamedNode
    name: str
    """What tells it from the others of the catalogue, such as `sparql`."""
    description: str
    access: str
    """The address that leads to it, absolute."""
    download: str | None = None
    """The address of the file itself, absolute."""
    format: Format | None = None
    """What the file holds, when it is unpacked."""
    packing: str | None = None
    """The media type of the compression, such as `application/zstd`."""
    service: NamedNode | None = None
    """Who gives access to it."""
    licenses: tuple[NamedNode, ...] = ()
    size: int | None = None
    """In bytes, as it is downloaded."""
    sha256: str | None = None
    """Of the file as it is downloaded, in hexadecimal."""
    iri: NamedNode | None = None
    """Its own IRI, if it has one; else it is a part of the catalogue."""


def graph_documents(
    graph: NamedNode,
    title: str,
    licenses: tuple[NamedNode, ...],
    urls: Urls,
    parameters: Mapping[str, str],
) -> Iterator[Distribution]:
    """Yield the document about a named graph in each format.

    The parameters are those of its addresses, such as the version.
    """
    path = graph.value.removeprefix(urls.base_iri)
    for format_ in DATA_FORMATS:
        yield Distribution(
            dataset=graph,
            name=f"{path}.{format_.suffix}",
            description=f"{title}: the named graph, as {spell_format(format_)}.",
            access=add_parameters(urls.url(graph), parameters),
            download=add_parameters(urls.url(graph, suffix=format_.suffix), parameters),
            format=format_,
            licenses=licenses,
        )


def describe_distributions(
    distributions: Iterable[Distribution], urls: Urls
) -> Iterator[Triple]:
    """Yield what there is to say of distributions."""
    for each in distributions:
        node = each.iri or urls.part(urls.catalog, each.name)
        yield from _describe(each, node, urls)


def spell_format(format_: Format) -> str:
    """Return what people call a format.

    >>> spell_format(N_TRIPLES)
    'N-Triples'
    """
    return _FILE_TYPE[format_][1] if format_ in _FILE_TYPE else format_.media_type


def describe_value(
    node: NamedNode, property_: NamedNode, value: NamedNode, class_: NamedNode
) -> Iterator[Triple]:
    """Yield a value with its class: the shapes of DCAT-AP infer nothing.

    Those of release 3.0.0 want even addresses to be said to be resources.
    """
    yield Triple(node, property_, value)
    yield Triple(value, RDF.type, class_)


def describe_license(license_: NamedNode) -> Triple:
    """Return that something is a licence."""
    return Triple(license_, RDF.type, DCTERMS.LicenseDocument)


def _describe(
    distribution: Distribution, node: NamedNode, urls: Urls
) -> Iterator[Triple]:
    yield Triple(distribution.dataset, DCAT.distribution, node)
    yield Triple(node, RDF.type, DCAT.Distribution)
    words = Literal(distribution.description, language="en")
    yield Triple(node, DCTERMS.description, words)
    access = NamedNode(distribution.access)
    yield from describe_value(node, DCAT.accessURL, access, RDFS.Resource)
    if distribution.service is not None:
        yield Triple(node, DCAT.accessService, distribution.service)
    if distribution.download is not None:
        download = NamedNode(distribution.download)
        yield from describe_value(node, DCAT.downloadURL, download, RDFS.Resource)
    yield from _describe_rights(distribution, node, urls)
    yield from _describe_file(distribution, node)


def _describe_rights(
    distribution: Distribution, node: NamedNode, urls: Urls
) -> Iterator[Triple]:
    # DCAT-AP allows one licence for a distribution.
    match distribution.licenses:
        case ():
            return
        case (license_,):
            yield Triple(node, DCTERMS.license, license_)
            yield describe_license(license_)
        case _:
            rights = urls.part(urls.catalog, "rights")
            yield Triple(node, DCTERMS.rights, rights)
            yield Triple(rights, RDF.type, DCTERMS.RightsStatement)
            label = Literal(_SEVERAL_LICENSES, language="en")
            yield Triple(rights, RDFS.label, label)


def _describe_file(distribution: Distribution, node: NamedNode) -> Iterator[Triple]:
    if distribution.format is not None:
        media_type = NamedNode(MEDIA_TYPES + distribution.format.media_type)
        yield from describe_value(node, DCAT.mediaType, media_type, DCTERMS.MediaType)
        if distribution.format in _FILE_TYPE:
            file_type = NamedNode(_FILE_TYPES + _FILE_TYPE[distribution.format][0])
            yield from describe_value(
                node, DCTERMS.format, file_type, DCTERMS.MediaTypeOrExtent
            )
    if distribution.packing is not None:
        packing = NamedNode(MEDIA_TYPES + distribution.packing)
        yield from describe_value(node, DCAT.compressFormat, packing, DCTERMS.MediaType)
    if distribution.size is not None:
        size = Literal(str(distribution.size), datatype=XSD.nonNegativeInteger)
        yield Triple(node, DCAT.byteSize, size)
    if distribution.sha256 is not None:
        mark = "/" if "#" in node.value else "#"
        checksum = NamedNode(f"{node.value}{mark}sha256")
        yield Triple(node, SPDX.checksum, checksum)
        yield from describe_checksum(checksum, distribution.sha256)
