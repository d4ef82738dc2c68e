"""What there is to say of dumps in RDF: distributions of DCAT 3, with checksums.

A file is the distribution of what it holds: of the version, or of a graph in it. What
is not made yet has neither size nor checksum.
"""

from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode, Triple

from ssc_kg.dataset.distributions import MEDIA_TYPES, Distribution
from ssc_kg.dataset.dumps import Dump, VersionDumps
from ssc_kg.dataset.provenance import describe_checksum, summarise_version
from ssc_kg.rdf.vocab import DCAT, DCTERMS, RDF, RDFS, SPDX, XSD
from ssc_kg.urls import Urls

_WHAT = {
    "nquads": "all named graphs as canonical N-Quads",
    "trig": "all named graphs as TriG",
    "turtle": "as Turtle",
    "ntriples": "as canonical N-Triples",
}


def describe_dumps(
    versions: Iterable[VersionDumps], urls: Urls, *, title: str | None = None
) -> Iterator[Triple]:
    """Yield the files of versions; the public URL of `urls` is absolute."""
    for version in versions:
        number = version.record.number
        node = urls.version(number)
        yield from summarise_version(version.record, urls, title=title)
        yield Triple(node, RDFS.seeAlso, urls.dump(number))
        for dump in version.dumps:
            yield from _describe(dump, urls)


def distributions(dumps: Iterable[Dump], urls: Urls) -> Iterator[Distribution]:
    """Yield the files of a version as a catalogue lists them."""
    for dump in dumps:
        address = dump.address(urls)
        yield Distribution(
            dataset=urls.dataset if dump.graph is None else dump.graph,
            name=f"dumps/{dump.name}",
            description=f"Version {dump.version}: {describe_content(dump)}.",
            access=address,
            download=address,
            format=dump.format_,
            packing=dump.packing.media_type,
            size=dump.size,
            sha256=dump.sha256,
        )


def describe_content(dump: Dump) -> str:
    """Return what a file holds, in words."""
    what = _WHAT[dump.format_.name]
    if dump.graph is not None:
        return f"the graph {dump.graph.value} {what}"
    return f"the merge of the graphs {what}" if dump.format_.name == "turtle" else what


def _describe(dump: Dump, urls: Urls) -> Iterator[Triple]:
    file = urls.dump(dump.version, dump.name)
    yield Triple(_held(dump, urls), DCAT.distribution, file)
    yield Triple(file, RDF.type, DCAT.Distribution)
    yield Triple(file, DCTERMS.title, Literal(dump.name))
    words = Literal(f"Version {dump.version}: {describe_content(dump)}.", language="en")
    yield Triple(file, DCTERMS.description, words)
    address = NamedNode(dump.address(urls))
    yield Triple(file, DCAT.accessURL, address)
    yield Triple(file, DCAT.downloadURL, address)
    yield Triple(file, DCAT.mediaType, _media_type(dump.format_.media_type))
    yield Triple(file, DCAT.compressFormat, _media_type(dump.packing.media_type))
    if dump.size is not None:
        size = Literal(str(dump.size), datatype=XSD.nonNegativeInteger)
        yield Triple(file, DCAT.byteSize, size)
    if dump.sha256 is not None:
        checksum = urls.part(file, "sha256")
        yield Triple(file, SPDX.checksum, checksum)
        yield from describe_checksum(checksum, dump.sha256)


def _held(dump: Dump, urls: Urls) -> NamedNode:
    """Return what a file holds, as the description of the version names it."""
    version = urls.version(dump.version)
    if dump.graph is None:
        return version
    return urls.part(version, dump.graph.value.removeprefix(urls.base_iri))


def _media_type(name: str) -> NamedNode:
    return NamedNode(MEDIA_TYPES + name)
