"""Files become a version: parsed, put into their graphs, merged, validated, published.

A graph that a file holds has what the files say afterwards, and nothing else. All of
it becomes one version, or nothing does. `load` publishes; `rehearse` only says what
would be broken. Both do their work in a process apart.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pyoxigraph
from pyoxigraph import NamedNode

from ssc_kg.dataset.apart import DEFAULT_LIMITS, Limits, Report, ignore, run_apart
from ssc_kg.dataset.conform import check_conformance
from ssc_kg.dataset.contents import collect
from ssc_kg.dataset.contract import read_contract
from ssc_kg.dataset.counts import Counts, count
from ssc_kg.dataset.descriptions import describe, is_described, set_aside
from ssc_kg.dataset.graphs import description_graphs, read_catalogue
from ssc_kg.dataset.merge import replace_graph, update_merge
from ssc_kg.dataset.orders import SORT_KEYS
from ssc_kg.dataset.sources import Parsed, Source, parse
from ssc_kg.dataset.texts import TEXT_FIELDS
from ssc_kg.errors import DataError, ShapeViolationError, Violation
from ssc_kg.store.digest import record_digest
from ssc_kg.store.draft import Change, drafting
from ssc_kg.store.embedded import EmbeddedStore
from ssc_kg.store.versions import VersionRecord, Versions

_DISK_PER_BYTE = 5
"""How much room a version may take for each byte of its files."""


@dataclass(frozen=True, slots=True)
class _Files:
    """What is to be loaded, and where to."""

    sources: tuple[Source, ...]
    graph: NamedNode | None
    base_iri: str


@dataclass(frozen=True, slots=True)
class _Publication:
    files: _Files
    root: Path
    author: str
    message: str


@dataclass(frozen=True, slots=True)
class _Rehearsal:
    files: _Files
    before: Path | tuple[Source, ...]
    """The root of the versions, or the files of a first one."""
    documents: Path | None


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """What a dataset would be if files were loaded."""

    counts: Counts
    found: tuple[Violation, ...]
    """Violations and advice, in the order of files and lines."""

    @property
    def violations(self) -> tuple[Violation, ...]:
        """What would refuse the files."""
        return _serious(self.found)


def load(  # noqa: PLR0913  each is a fact about the version, given by name
    versions: Versions,
    sources: Sequence[Source],
    *,
    graph: NamedNode | None = None,
    base_iri: str,
    author: str,
    message: str,
    limits: Limits = DEFAULT_LIMITS,
    progress: Report = ignore,
) -> VersionRecord:
    """Make what the files say the content of their graphs, as the next version.

    Triples that name no graph go to the source's own graph, else to `graph`, else to
    the one that the catalogue says the file is loaded into, else to `graph/local`. If
    the graphs say all of it already, there is no new version: the current one is
    returned, and `progress` is told. Each version describes itself (`descriptions`);
    one that an older release described is described anew, even without sources.

    Raises:
        MissingFileError: There is no such file.
        DataError: A file does not parse, holds what is refused, or breaks a shape or
            a rule.
        StoreError: The directory is busy, full or damaged.
    """
    files = _Files(tuple(sources), graph, base_iri)
    job = _Publication(files, versions.root, author, message)
    return versions.get(run_apart(_publish, job, limits=limits, progress=progress))


def rehearse(  # noqa: PLR0913  each is a fact about the dataset, given by name
    sources: Sequence[Source],
    *,
    before: Versions | Sequence[Source] = (),
    graph: NamedNode | None = None,
    base_iri: str,
    documents: Path | None = None,
    limits: Limits = DEFAULT_LIMITS,
    progress: Report = ignore,
) -> Rehearsed:
    """Return how the dataset would break shapes and rules if the files were loaded.

    The dataset is the current version, or what other files say `before`; if it has no
    ontology or shapes, the packaged ones hold. If `documents` names the directory of
    the source documents, the quoted phrases are compared with them.

    Raises:
        MissingFileError: There is no such file.
        DataError: A file does not parse or holds what is refused.
        StoreError: The directory is busy, full or damaged.
    """
    files = _Files(tuple(sources), graph, base_iri)
    start = before.root if isinstance(before, Versions) else tuple(before)
    job = _Rehearsal(files, start, documents)
    return run_apart(_rehearse, job, limits=limits, progress=progress)


def _publish(job: _Publication, report: Report) -> int:
    parsed = _parse_all(job.files, report)
    versions = Versions(job.root)
    report("putting the triples into their graphs")
    base_iri = job.files.base_iri
    with drafting(versions, room=_room(job.files)) as draft:
        data = _apply(draft.store, parsed, job.files)
        described = is_described(EmbeddedStore(draft.store), base_iri=base_iri)
        if not data and (draft.parent is None or described):
            return _name_unchanged(draft.parent, report)
        aside = set_aside(draft.store, base_iri=base_iri)
        if data:
            report("validating")
            _require_conformance(draft.store, parsed, base_iri)
        report("describing the dataset")
        change = data + aside + describe(draft.store, base_iri=base_iri)
        change = change.net()
        report("indexing the texts")
        draft.index(change, TEXT_FIELDS)
        report("sorting the lists")
        draft.sort(change, SORT_KEYS)
        report("publishing")
        record = draft.publish(
            change,
            author=job.author,
            message=job.message,
            uncounted=description_graphs(base_iri),
        )
    report("hashing")
    record_digest(versions, record.number)
    return record.number


def _require_conformance(
    store: pyoxigraph.Store, parsed: Sequence[Parsed], base_iri: str
) -> None:
    contract = read_contract(store, base_iri=base_iri)
    violations = check_conformance(store, parsed, contract, base_iri=base_iri)
    if serious := _serious(violations):
        raise ShapeViolationError(serious)


def _serious(found: Iterable[Violation]) -> tuple[Violation, ...]:
    """Return what refuses a change; advice does not."""
    return tuple(one for one in found if not one.is_advice)


def _rehearse(job: _Rehearsal, report: Report) -> Rehearsed:
    parsed = _parse_all(job.files, report)
    report("validating")
    if isinstance(job.before, Path):
        with drafting(Versions(job.before), room=_room(job.files)) as draft:
            set_aside(draft.store, base_iri=job.files.base_iri)
            return _try(draft.store, parsed, job)
    store = pyoxigraph.Store()
    first = replace(job.files, sources=job.before)
    _apply(store, [parse(source) for source in first.sources], first)
    return _try(store, parsed, job)


def _try(
    store: pyoxigraph.Store, parsed: Sequence[Parsed], job: _Rehearsal
) -> Rehearsed:
    base_iri = job.files.base_iri
    _apply(store, parsed, job.files)
    contract = read_contract(store, base_iri=base_iri)
    violations = check_conformance(
        store, parsed, contract, base_iri=base_iri, documents=job.documents
    )
    catalogue = read_catalogue(store, base_iri=base_iri)
    counts = count(EmbeddedStore(store), contract.shapes, catalogue=catalogue)
    return Rehearsed(counts, violations)


def _parse_all(files: _Files, report: Report) -> list[Parsed]:
    parsed = []
    for source in files.sources:
        report(f"parsing {source}")
        parsed.append(parse(source))
    return parsed


def _room(files: _Files) -> int:
    return _DISK_PER_BYTE * sum(s.path.stat().st_size for s in files.sources)


def _apply(store: pyoxigraph.Store, parsed: Sequence[Parsed], files: _Files) -> Change:
    before = read_catalogue(store, base_iri=files.base_iri)
    contents = collect(parsed, graph=files.graph, catalogue=before)
    change = Change()
    for graph, quads in contents.items():
        if graph not in description_graphs(files.base_iri):
            change += replace_graph(store, graph, quads)
    after = read_catalogue(store, base_iri=files.base_iri)
    return change + update_merge(store, change, before=before, after=after)


def _name_unchanged(parent: VersionRecord | None, report: Report) -> int:
    if parent is None:
        message = "the files hold no triples, so there is nothing to publish"
        raise DataError(message)
    report(f"nothing changes: version {parent.number} says all of it already")
    return parent.number
