"""The verb about how versions differ: diff."""

import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from ssc_kg.cli.data import DataDir
from ssc_kg.cli.screen import progress, write_all
from ssc_kg.compiler.preferences import prefer
from ssc_kg.dataset.difference import compare
from ssc_kg.dataset.differences import write_difference
from ssc_kg.dataset.report import Reader
from ssc_kg.errors import ConfigurationError
from ssc_kg.formats.table import DIFFERENCE_FORMATS, TEXT
from ssc_kg.http.negotiation import named
from ssc_kg.rdf.languages import read_languages
from ssc_kg.settings import read_settings
from ssc_kg.store.embedded import EmbeddedStore
from ssc_kg.store.versions import Versions, existing_versions
from ssc_kg.urls import Urls

_STYLES = {"+": "green", "-": "red", "@": "cyan"}
_HEADS = ("+++ ", "--- ")


def add_to(app: typer.Typer) -> None:
    """Add the verb."""
    app.command()(diff)


def diff(  # noqa: PLR0913  a flag for each choice
    before: Annotated[
        int | None,
        typer.Argument(help="The version to begin with; the parent of the other."),
    ] = None,
    after: Annotated[
        int | None, typer.Argument(help="The version to end with; the current one.")
    ] = None,
    *,
    format_: Annotated[
        str,
        typer.Option(
            "--format", help="text, json, trig, nquads, sparql-update or rdf-patch."
        ),
    ] = TEXT.name,
    every: Annotated[
        bool,
        typer.Option(
            "--all", help="Show what the program says of the data itself, too."
        ),
    ] = False,
    language: Annotated[
        str, typer.Option(help='Languages of names, such as "fr, en;q=0.5".')
    ] = "en",
    output: Annotated[
        Path | None, typer.Option(help="The file to write; stdout if left out.")
    ] = None,
    data_dir: DataDir = None,
) -> None:
    """Show what a version says more than another, and no longer.

    A report names the things that changed, graph by graph, with what was removed (-)
    and added (+). For programs there are two graphs for each that differs (trig,
    nquads), or what makes the one version's named graphs of the other's (sparql-update,
    rdf-patch). Any two versions can be compared, also backwards.

    Example: ssc-kg diff 1 3
    """
    settings = read_settings(data_dir=data_dir)
    chosen = named(format_, DIFFERENCE_FORMATS)
    versions = existing_versions(settings.data_dir)
    numbers = _choose(versions, before, after)
    preference = prefer(read_languages(language))
    with tempfile.TemporaryDirectory(prefix="ssc-kg-") as directory:
        with progress("comparing"):
            found = compare(versions, *numbers, Path(directory))
        one, other = (EmbeddedStore.open(versions.path(number)) for number in numbers)
        reader = Reader(one, other, preference, base_iri=settings.base_iri)
        told = write_difference(
            found, chosen, reader, Urls(settings.base_iri), is_whole=every
        )
        if chosen is TEXT and output is None and sys.stdout.isatty():
            _print(told)
        else:
            write_all(told, output)


def _choose(
    versions: Versions, before: int | None, after: int | None
) -> tuple[int, int]:
    current = versions.current()
    if after is None and current is not None:
        after = current.number
    record = versions.get(after or 0)
    if before is None:
        before = record.parent
    if before is None:
        msg = f"version {record.number} has no parent; name the version to begin with"
        raise ConfigurationError(msg)
    return before, record.number


def _print(chunks: Iterable[bytes]) -> None:
    """Print a report to a terminal, in colours."""
    console = Console(highlight=False)
    for line in b"".join(chunks).decode().splitlines():
        style = "bold" if line.startswith(_HEADS) else _STYLES.get(line[:1], "")
        console.print(Text(line, style=style), soft_wrap=True)
