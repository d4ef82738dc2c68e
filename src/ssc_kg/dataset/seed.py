"""The first version, from the files that come with the program."""

from pyoxigraph import DefaultGraph

from ssc_kg import resources
from ssc_kg.dataset.apart import DEFAULT_LIMITS, Limits, Report, ignore
from ssc_kg.dataset.graphs import describe_graphs
from ssc_kg.dataset.load import load
from ssc_kg.dataset.sources import Source, parse
from ssc_kg.store.versions import VersionRecord, Versions

_AUTHOR = "ssc-kg"
_MESSAGE = "The data that comes with ssc-kg"


def seed(
    versions: Versions,
    *,
    base_iri: str,
    limits: Limits = DEFAULT_LIMITS,
    progress: Report = ignore,
) -> VersionRecord:
    """Load every graph of the packaged catalogue from its file, as one version.

    Raises:
        DataError: A file does not parse, holds what is refused, or breaks a shape.
        StoreError: The directory is busy, full or damaged.
    """
    return load(
        versions,
        seed_sources(base_iri=base_iri),
        base_iri=base_iri,
        author=_AUTHOR,
        message=_MESSAGE,
        limits=limits,
        progress=progress,
    )


def describe_anew(
    versions: Versions, *, base_iri: str, progress: Report = ignore
) -> VersionRecord:
    """Publish the current version's data with the descriptions of this release.

    Raises:
        StoreError: The directory is busy, full or damaged, or cannot be written.
    """
    return load(
        versions,
        (),
        base_iri=base_iri,
        author=_AUTHOR,
        message="The descriptions that this release of ssc-kg makes",
        progress=progress,
    )


def seed_sources(*, base_iri: str) -> list[Source]:
    """Return the packaged files, each with its graph, in the order of their paths."""
    catalogue = parse(Source(resources.SEED_DATA / "catalogue.ttl"))
    files = describe_graphs(catalogue.quads(DefaultGraph()), base_iri=base_iri).files
    return [Source(resources.ROOT / file, files[file]) for file in sorted(files)]
