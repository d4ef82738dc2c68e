"""The verbs about what goes into the graph: load, validate, versions, evidence."""

import getpass
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from ssc_kg.cli.screen import (
    FAILED,
    option,
    print_line,
    print_table,
    progress,
)
from ssc_kg.dataset.evidence import check_evidence, find_uncovered
from ssc_kg.dataset.load import Rehearsed, rehearse
from ssc_kg.dataset.load import load as load_files
from ssc_kg.dataset.seed import seed_sources
from ssc_kg.dataset.sources import Source
from ssc_kg.errors import MissingFileError
from ssc_kg.rdf.terms import read_iri
from ssc_kg.settings import Settings, read_settings
from ssc_kg.store.snapshot import Snapshots
from ssc_kg.store.versions import Versions, existing_versions

DataDir = Annotated[Path | None, option("data_dir")]
Graph = Annotated[
    str | None, typer.Option(help="The IRI of the graph that the triples go to.")
]
_DIGITS = 12
"""How many digits of a hash tell versions apart at a glance."""


def add_to(app: typer.Typer) -> None:
    """Add the verbs."""
    app.command()(load)
    app.command()(validate)
    app.command()(versions)
    evidence = typer.Typer(help="Check the passages that support the facts.")
    evidence.command("check")(check)
    app.add_typer(evidence, name="evidence")


def load(
    files: Annotated[
        list[Path], typer.Argument(help="Turtle, TriG, N-Triples, N-Quads, …")
    ],
    graph: Graph = None,
    message: Annotated[str, typer.Option(help="What the version changes.")] = "",
    data_dir: DataDir = None,
) -> None:
    """Make a new version in which the graphs hold what the files say.

    All files become one version, or none does: a file that does not parse, or data that
    breaks a shape, changes nothing and is reported with file, line and reason.

    Example: ssc-kg load cities.ttl --graph https://w3id.org/ssc-kg/graph/local
    """
    settings = read_settings(data_dir=data_dir)
    for file in files:
        if not file.is_file():  # Said before a directory is made for the versions.
            raise MissingFileError(file)
    versions = Versions(settings.data_dir)
    before = versions.current()
    with progress("loading") as report:
        record = load_files(
            versions,
            [Source(file) for file in files],
            graph=None if graph is None else read_iri(graph),
            base_iri=settings.base_iri,
            author=getpass.getuser(),
            message=message or f"Load {', '.join(file.name for file in files)}",
            progress=report,
        )
    if before is not None and before.number == record.number:
        print_line(f"nothing changed: version {record.number} says all of it already")
        return
    print_line(
        f"version {record.number}: {record.added} added, {record.removed} removed, "
        f"{record.triples} triples"
    )


def validate(
    files: Annotated[
        list[Path] | None,
        typer.Argument(help="Files to try; the data of the program if left out."),
    ] = None,
    graph: Graph = None,
    documents: Annotated[
        Path | None,
        typer.Option(
            help="Compare quoted phrases with the documents in this directory.",
            file_okay=False,
            exists=True,
        ),
    ] = None,
    data_dir: DataDir = None,
) -> None:
    """Say how the graph would break shapes and rules if the files were loaded.

    Without a version, they are tried on top of the data of the program.

    Each violation is a line: file and line, subject, what is wrong, and the shape or
    rule. Warnings and infos are advice: the files would be accepted. Nothing is
    changed. The exit status is 1 if there are violations.

    Example: ssc-kg validate cities.ttl
    """
    settings = read_settings(data_dir=data_dir)
    with progress("validating") as report:
        rehearsed = rehearse(
            _sources(files, settings),
            before=_dataset(settings) if files else (),
            graph=None if graph is None else read_iri(graph),
            base_iri=settings.base_iri,
            documents=documents,
            progress=report,
        )
    for found in rehearsed.found:
        print_line(str(found))
    print_line(_sum_up(rehearsed))
    raise typer.Exit(FAILED if rehearsed.violations else 0)


def versions(data_dir: DataDir = None) -> None:
    """List the versions: when, by whom, what changed.

    Triples are those of the merge; added and removed are statements of the graphs, less
    those by which the program describes the data. The hash, of which the beginning is
    shown, is that of the N-Quads that ssc-kg dump makes: the same data, the same hash.

    Example: ssc-kg versions
    """
    settings = read_settings(data_dir=data_dir)
    directory = existing_versions(settings.data_dir)
    current = directory.current()
    print_table(
        (
            "version",
            "time",
            "author",
            "triples",
            "added",
            "removed",
            "sha256",
            "message",
        ),
        (
            (
                f"{record.number}{' *' if record == current else ''}",
                record.time.isoformat(timespec="seconds"),
                record.author,
                str(record.triples),
                str(record.added),
                str(record.removed),
                record.sha256[:_DIGITS],
                record.message,
            )
            for record in directory.list()
        ),
    )
    print_line("* answers now")


def check(
    documents: Annotated[
        Path,
        typer.Option(help="The directory of the source documents.", file_okay=False),
    ],
    data_dir: DataDir = None,
) -> None:
    """Prove that each phrase is where its evidence says, and each fact has evidence.

    The exit status is 1 if anything is not.

    Example: ssc-kg evidence check --documents documents/
    """
    settings = read_settings(data_dir=data_dir)
    with (
        Snapshots(existing_versions(settings.data_dir)) as snapshots,
        progress("comparing the passages with the documents"),
    ):
        store = snapshots.current().store
        report = check_evidence(store, documents)
        uncovered = find_uncovered(store, base_iri=settings.base_iri)
    for failure in report.failures:
        print_line(str(failure))
    for quad in uncovered:
        print_line(f"no evidence: {quad.triple}")
    print_line(
        f"{report.checked} passages checked, {len(report.failures)} wrong, "
        f"{len(uncovered)} facts without evidence"
    )
    raise typer.Exit(FAILED if report.failures or uncovered else 0)


def _sources(files: list[Path] | None, settings: Settings) -> list[Source]:
    if files:
        return [Source(file) for file in files]
    return seed_sources(base_iri=settings.base_iri)


def _sum_up(rehearsed: Rehearsed) -> str:
    violations, counts = rehearsed.violations, rehearsed.counts
    advice = len(rehearsed.found) - len(violations)
    if violations:
        files = {violation.source for violation in violations} - {None}
        where = f" in {_many(len(files), 'file')}" if files else ""
        return f"{_many(len(violations), 'violation')}{where}"
    evidence = f"{_many(counts.evidence, 'piece')} of evidence"
    with_advice = f", with {_many(advice, 'piece')} of advice" if advice else ""
    return (
        f"conforms{with_advice}: {_many(counts.triples, 'triple')} in "
        f"{_many(counts.graphs, 'graph')}, {_many(counts.things, 'thing')}, "
        f"{_many(counts.shapes, 'shape')}, {evidence}"
    )


def _many(number: int, name: str) -> str:
    return f"{number} {name}{'' if number == 1 else 's'}"


def _dataset(settings: Settings) -> Versions | Sequence[Source]:
    if settings.data_dir.exists():
        versions = Versions(settings.data_dir)
        if versions.current() is not None:
            return versions
    return seed_sources(base_iri=settings.base_iri)
