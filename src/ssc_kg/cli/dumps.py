"""The verb about versions as files to download: dump."""

from collections.abc import Iterator
from typing import Annotated

import typer

from ssc_kg.cli.data import DataDir
from ssc_kg.cli.screen import print_line, print_table, progress
from ssc_kg.dataset.dumping import make_dumps
from ssc_kg.dataset.dumps import SUMS
from ssc_kg.errors import ConfigurationError
from ssc_kg.settings import read_settings
from ssc_kg.store.versions import Versions, existing_versions


def add_to(app: typer.Typer) -> None:
    """Add the verb."""
    app.command()(dump)


def dump(
    version: Annotated[
        int | None, typer.Option(help="A version; the current one if left out.")
    ] = None,
    every: Annotated[  # noqa: FBT002  (Typer makes a flag of it)
        bool, typer.Option("--every", help="Make those of every version.")
    ] = False,
    data_dir: DataDir = None,
) -> None:
    """Make the files that people download of a version, and list them with hashes.

    There is everything, as canonical N-Quads, TriG and Turtle, and each graph, as
    N-Triples and Turtle, all as Zstandard and as gzip, with SHA256SUMS. They are made
    once, beside the version. A server offers them at /dumps/, and makes by itself those
    that somebody asks for.

    Example: ssc-kg dump --version 1
    """
    settings = read_settings(data_dir=data_dir)
    versions = existing_versions(settings.data_dir)
    for number in _choose(versions, version, every=every):
        with progress(f"version {number}") as report:
            dumps = make_dumps(
                versions, number, base_iri=settings.base_iri, progress=report
            )
        rows = ((each.name, f"{each.size}", f"{each.sha256}") for each in dumps)
        print_table(("file", "bytes", "sha-256"), rows)
        path = versions.dumps_path(number)
        print_line(f"{len(dumps)} files of version {number} and {SUMS} are in {path}")


def _choose(versions: Versions, version: int | None, *, every: bool) -> Iterator[int]:
    if every and version is not None:
        msg = "--every and --version exclude each other; give one of them"
        raise ConfigurationError(msg)
    if every:
        yield from (record.number for record in versions.list())
        return
    record = versions.current() if version is None else versions.get(version)
    if record is not None:
        yield record.number
