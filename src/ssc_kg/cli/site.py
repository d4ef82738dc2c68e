"""The verb about everything as a folder that any web server can publish: site."""

import math
import re
import time
from pathlib import Path
from typing import Annotated

import anyio
import typer

from ssc_kg.app import create_app
from ssc_kg.cli.data import DataDir
from ssc_kg.cli.screen import print_line, progress
from ssc_kg.dataset.dumping import make_dumps
from ssc_kg.dataset.orders import SORT_KEYS
from ssc_kg.dataset.texts import TEXT_FIELDS
from ssc_kg.errors import ConfigurationError
from ssc_kg.settings import read_settings
from ssc_kg.site.build import Site, build
from ssc_kg.store.snapshot import Snapshots
from ssc_kg.store.versions import existing_versions
from ssc_kg.urls import Urls

_ADDRESS = re.compile(r"https?://[^\s<>\"{}|\\^`?#]+/")


def add_to(app: typer.Typer) -> None:
    """Add the verb."""
    app.command()(site)


def site(
    directory: Annotated[
        Path, typer.Argument(help="The folder to write, new or an earlier export.")
    ],
    url: Annotated[
        str, typer.Option(help="Where it will be published; / if it may be anywhere.")
    ] = "/",
    live: Annotated[
        str | None,
        typer.Option(help="A server for what a folder cannot answer, as SPARQL."),
    ] = None,
    data_dir: DataDir = None,
) -> None:
    """Write everything that a server answers as a folder for any web server.

    There are the documents about all things, the graphs, the ontology and what
    describes the dataset, as pages and in every format. The folder is replaced at once
    when all is written, and is the same for the same version.

    Example: ssc-kg site public --url https://example.org/cities/
    """
    write_site(directory, url=url, live=live, data_dir=data_dir)


def write_site(
    directory: Path, *, url: str, live: str | None, data_dir: Path | None
) -> None:
    """Write the folder, and tell what is in it."""
    _check_address("--url", None if url == "/" else url)
    _check_address("--live", live)
    read = read_settings(data_dir=data_dir, query_priority="low")
    # Not the address of a server, which the environment may name.
    public_url = None if url == "/" else url
    settings = read.model_copy(update={"public_url": public_url})
    begun = time.monotonic()
    with Snapshots(
        existing_versions(settings.data_dir),
        texts=TEXT_FIELDS,
        sort_keys=SORT_KEYS,
        memory_budget=settings.memory_budget,
        # All of it is about one version, whatever is published meanwhile.
        interval=math.inf,
    ) as snapshots:
        snapshot = snapshots.current()
        urls = Urls(settings.base_iri, url)
        app = create_app(settings, snapshots)
        made = Site(urls, snapshot, snapshots.versions, live)
        with progress("making the files to download") as report:
            number, base_iri = snapshot.record.number, settings.base_iri
            make_dumps(snapshots.versions, number, base_iri=base_iri, progress=report)
            report("asking for everything")
            built = anyio.run(build, app, made, directory, report)
    seconds = time.monotonic() - begun
    print_line(
        f"{directory} holds version {snapshot.record.number}: {built.files} files, "
        f"{built.pages} of them pages, {built.size / 2**20:.0f} MiB, in {seconds:.0f} s"
    )


def _check_address(option: str, address: str | None) -> None:
    if address is not None and not _ADDRESS.fullmatch(address):
        message = (
            f"{option} is {address!r}, but has to be an address that ends in /, such "
            "as https://example.org/cities/"
        )
        raise ConfigurationError(message)
