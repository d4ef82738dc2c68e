"""Where a version of the dataset comes from, in PROV-O and DCAT 3.

A version is an entity that revises its parent. The publication that made it is an
activity of its author, which added some statements (`prov:generated`) and removed
others (`prov:invalidated`). All of it is taken from the record of the version; a hash
that is not computed yet is left out.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from pyoxigraph import Literal, NamedNode, Triple

from ssc_kg.rdf.vocab import (
    ADMS,
    DCAT,
    DCTERMS,
    FOAF,
    PROV,
    RDF,
    RDFS,
    SD,
    SPDX,
    VOID,
    XSD,
)
from ssc_kg.store.versions import PENDING, VersionRecord
from ssc_kg.urls import Urls


def describe_version(
    record: VersionRecord, urls: Urls, *, title: str | None = None
) -> Iterator[Triple]:
    """Yield what there is to say of a version: its origin, its numbers, its graphs.

    Args:
        record: The version.
        urls: Names it.
        title: That of the dataset, if it has one.
    """
    version = urls.version(record.number)
    yield from summarise_version(record, urls, title=title)
    yield Triple(version, RDF.type, PROV.Entity)
    yield Triple(version, PROV.specializationOf, urls.dataset)
    yield Triple(version, PROV.generatedAtTime, time_literal(record.time))
    yield Triple(version, RDFS.seeAlso, urls.dump(record.number))
    if record.parent is not None:
        yield Triple(version, PROV.wasRevisionOf, urls.version(record.parent))
        changes = urls.difference(record.parent, record.number)
        yield Triple(version, RDFS.seeAlso, changes)
    yield from _describe_publication(record, urls)
    if record.sha256 != PENDING:
        checksum = urls.part(version, "sha256")
        yield Triple(version, SPDX.checksum, checksum)
        yield from describe_checksum(checksum, record.sha256)
    for name, count in record.graphs.items():
        graph = urls.part(version, name.removeprefix(urls.base_iri))
        yield Triple(version, VOID.subset, graph)
        yield Triple(graph, RDF.type, SD.NamedGraph)
        yield Triple(graph, SD.name, NamedNode(name))
        yield Triple(graph, VOID.triples, Literal(count))


def summarise_version(
    record: VersionRecord, urls: Urls, *, title: str | None = None
) -> Iterator[Triple]:
    """Yield what a list of versions says of one: what it is, when, after which."""
    version = urls.version(record.number)
    name = f"Version {record.number}"
    name = name if title is None else f"{title}, version {record.number}"
    yield Triple(version, RDF.type, DCAT.Dataset)
    yield Triple(version, RDF.type, VOID.Dataset)
    yield Triple(version, DCTERMS.title, Literal(name, language="en"))
    yield Triple(version, DCTERMS.description, Literal(_explain(record), language="en"))
    yield Triple(version, DCAT.version, Literal(str(record.number)))
    yield Triple(version, DCAT.isVersionOf, urls.dataset)
    yield Triple(version, DCTERMS.issued, time_literal(record.time))
    yield Triple(version, VOID.triples, Literal(record.triples))
    if record.message:
        yield Triple(version, ADMS.versionNotes, Literal(record.message))
    if record.parent is not None:
        yield Triple(version, DCAT.previousVersion, urls.version(record.parent))


def describe_versions(
    records: Iterable[VersionRecord],
    urls: Urls,
    *,
    current: int,
    title: str | None = None,
) -> Iterator[Triple]:
    """Yield which versions the dataset has, and a summary of each."""
    for record in records:
        version = urls.version(record.number)
        yield Triple(urls.dataset, DCAT.hasVersion, version)
        yield from summarise_version(record, urls, title=title)
    yield Triple(urls.dataset, DCAT.hasCurrentVersion, urls.version(current))


def describe_checksum(checksum: NamedNode, sha256: str) -> Iterator[Triple]:
    """Yield a SHA-256 hash, which is given in hexadecimal."""
    algorithm = SPDX.checksumAlgorithm_sha256
    yield Triple(checksum, RDF.type, SPDX.Checksum)
    yield Triple(checksum, SPDX.algorithm, algorithm)
    yield Triple(algorithm, RDF.type, SPDX.ChecksumAlgorithm)
    value = Literal(sha256, datatype=XSD.hexBinary)
    yield Triple(checksum, SPDX.checksumValue, value)


def time_literal(time: datetime) -> Literal:
    """Return an aware time in the canonical form of XML Schema.

    >>> time_literal(datetime(2026, 11, 23, 2, 39, tzinfo=UTC)).value
    '2026-11-23T02:39:00Z'
    """
    text = time.astimezone(UTC).isoformat().replace("+00:00", "Z")
    return Literal(text, datatype=XSD.dateTime)


def _explain(record: VersionRecord) -> str:
    since = "" if record.parent is None else f" since version {record.parent}"
    return (
        "A state of the dataset that never changes. "
        f"Statements added{since}, less those that describe the data: {record.added}; "
        f"removed: {record.removed}."
    )


def _describe_publication(record: VersionRecord, urls: Urls) -> Iterator[Triple]:
    version = urls.version(record.number)
    activity, author, added, removed = (
        urls.part(version, name)
        for name in ("publication", "author", "added", "removed")
    )
    yield Triple(version, PROV.wasGeneratedBy, activity)
    yield Triple(activity, RDF.type, PROV.Activity)
    yield Triple(activity, PROV.endedAtTime, time_literal(record.time))
    yield Triple(activity, PROV.wasAssociatedWith, author)
    if record.message:
        yield Triple(activity, RDFS.comment, Literal(record.message))
    if record.parent is not None:
        yield Triple(activity, PROV.used, urls.version(record.parent))
    yield Triple(author, RDF.type, PROV.Agent)
    yield Triple(author, RDF.type, FOAF.Agent)
    yield Triple(author, FOAF.name, Literal(record.author))
    yield Triple(activity, PROV.generated, added)
    yield from _describe_difference(added, "Statements added", record.added)
    yield Triple(activity, PROV.invalidated, removed)
    yield from _describe_difference(removed, "Statements removed", record.removed)


def _describe_difference(part: NamedNode, label: str, count: int) -> Iterator[Triple]:
    yield Triple(part, RDF.type, PROV.Entity)
    yield Triple(part, RDF.type, VOID.Dataset)
    yield Triple(part, RDFS.label, Literal(label, language="en"))
    yield Triple(part, VOID.triples, Literal(count))
