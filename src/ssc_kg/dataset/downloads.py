"""What there is to say of dumps in RDF: distributions of DCAT 3, with checksums.

What is not made yet has neither size nor checksum.
"""

from collections.abc import Iterable, Iterator

from pyoxigraph import NamedNode, Triple

from ssc_kg.dataset.distributions import Distribution, describe_distributions
from ssc_kg.dataset.dumps import Dump, VersionDumps
from ssc_kg.dataset.provenance import summarise_version
from ssc_kg.rdf.vocab import DCAT, RDFS
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
    """Yield the files of versions; the public URL of `urls` is absolute.

    A file is also a distribution of what holds it in its version, which the description
    of the version names.
    """
    for version in versions:
        number = version.record.number
        yield from summarise_version(version.record, urls, title=title)
        yield Triple(urls.version(number), RDFS.seeAlso, urls.dump(number))
        yield from describe_distributions(distributions(version.dumps, urls), urls)
        for dump in version.dumps:
            file = urls.dump(number, dump.name)
            yield Triple(_held(dump, urls), DCAT.distribution, file)


def distributions(dumps: Iterable[Dump], urls: Urls) -> Iterator[Distribution]:
    """Yield the files of a version as a catalogue lists them."""
    for dump in dumps:
        address = dump.address(urls)
        yield Distribution(
            dataset=urls.dataset if dump.graph is None else dump.graph,
            name=dump.name,
            description=f"Version {dump.version}: {describe_content(dump)}.",
            access=address,
            download=address,
            format=dump.format_,
            packing=dump.packing.media_type,
            size=dump.size,
            sha256=dump.sha256,
            iri=urls.dump(dump.version, dump.name),
        )


def describe_content(dump: Dump) -> str:
    """Return what a file holds, in words."""
    what = _WHAT[dump.format_.name]
    if dump.graph is not None:
        return f"the graph {dump.graph.value} {what}"
    return f"the merge of the graphs {what}" if dump.format_.name == "turtle" else what


def _held(dump: Dump, urls: Urls) -> NamedNode:
    """Return what a file holds, as the description of the version names it."""
    version = urls.version(dump.version)
    if dump.graph is None:
        return version
    return urls.part(version, dump.graph.value.removeprefix(urls.base_iri))
