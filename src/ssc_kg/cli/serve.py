"""The verb `serve`: answer GraphQL, SPARQL and linked data over HTTP."""

import errno
import logging
import signal
import socket
from pathlib import Path
from typing import Annotated, NoReturn

import typer
import uvicorn

from ssc_kg.app import create_app, faces
from ssc_kg.cli.screen import option, print_line, print_note, progress
from ssc_kg.dataset.descriptions import is_described
from ssc_kg.dataset.orders import SORT_KEYS
from ssc_kg.dataset.seed import describe_anew, seed
from ssc_kg.dataset.texts import TEXT_FIELDS
from ssc_kg.errors import (
    ConfigurationError,
    LoadStoppedError,
    PortInUseError,
    StoreError,
)
from ssc_kg.settings import Settings, read_settings
from ssc_kg.store.embedded import EmbeddedStore
from ssc_kg.store.snapshot import Snapshots
from ssc_kg.store.versions import Versions

_GRACE_SECONDS = 10


def add_to(app: typer.Typer) -> None:
    """Add the verb."""
    app.command()(serve)


def serve(  # noqa: PLR0913  a flag for each setting
    *,
    host: Annotated[str | None, option("host")] = None,
    port: Annotated[int | None, option("port")] = None,
    data_dir: Annotated[Path | None, option("data_dir")] = None,
    base_iri: Annotated[str | None, option("base_iri")] = None,
    public_url: Annotated[str | None, option("public_url")] = None,
    memory_budget: Annotated[int | None, option("memory_budget")] = None,
    query_seconds: Annotated[float | None, option("query_seconds")] = None,
    query_memory: Annotated[int | None, option("query_memory")] = None,
    query_rows: Annotated[int | None, option("query_rows")] = None,
    query_bytes: Annotated[int | None, option("query_bytes")] = None,
    query_priority: Annotated[str | None, option("query_priority")] = None,
    query_services: Annotated[str | None, option("query_services")] = None,
    query_workers: Annotated[int | None, option("query_workers")] = None,
    query_queue: Annotated[int | None, option("query_queue")] = None,
    graphql_tokens: Annotated[int | None, option("graphql_tokens")] = None,
    graphql_operations: Annotated[int | None, option("graphql_operations")] = None,
    graphql_fragments: Annotated[int | None, option("graphql_fragments")] = None,
    graphql_depth: Annotated[int | None, option("graphql_depth")] = None,
    graphql_fields: Annotated[int | None, option("graphql_fields")] = None,
    graphql_aliases: Annotated[int | None, option("graphql_aliases")] = None,
    graphql_directives: Annotated[int | None, option("graphql_directives")] = None,
    graphql_page: Annotated[int | None, option("graphql_page")] = None,
    graphql_cost: Annotated[int | None, option("graphql_cost")] = None,
    graphql_introspection: Annotated[
        int | None, option("graphql_introspection")
    ] = None,
    graphql_bytes: Annotated[int | None, option("graphql_bytes")] = None,
    graphql_batch: Annotated[int | None, option("graphql_batch")] = None,
    graphql_persisted: Annotated[int | None, option("graphql_persisted")] = None,
    graphql_registered: Annotated[Path | None, option("graphql_registered")] = None,
    graphql_cache: Annotated[int | None, option("graphql_cache")] = None,
    graphql_streams: Annotated[int | None, option("graphql_streams")] = None,
    graphql_keep_alive: Annotated[float | None, option("graphql_keep_alive")] = None,
) -> None:
    """Answer GraphQL, SPARQL and linked data over HTTP.

    The first version is made from the data that comes with the program, if the data
    directory has none yet. Every setting is also an environment variable.

    Example: ssc-kg serve --port 8080 --data-dir /var/lib/ssc-kg
    """
    settings = read_settings(
        host=host,
        port=port,
        data_dir=data_dir,
        base_iri=base_iri,
        public_url=public_url,
        memory_budget=memory_budget,
        query_seconds=query_seconds,
        query_memory=query_memory,
        query_rows=query_rows,
        query_bytes=query_bytes,
        query_priority=query_priority,
        query_services=query_services,
        query_workers=query_workers,
        query_queue=query_queue,
        graphql_tokens=graphql_tokens,
        graphql_operations=graphql_operations,
        graphql_fragments=graphql_fragments,
        graphql_depth=graphql_depth,
        graphql_fields=graphql_fields,
        graphql_aliases=graphql_aliases,
        graphql_directives=graphql_directives,
        graphql_page=graphql_page,
        graphql_cost=graphql_cost,
        graphql_introspection=graphql_introspection,
        graphql_bytes=graphql_bytes,
        graphql_batch=graphql_batch,
        graphql_persisted=graphql_persisted,
        graphql_registered=graphql_registered,
        graphql_cache=graphql_cache,
        graphql_streams=graphql_streams,
        graphql_keep_alive=graphql_keep_alive,
    )
    signal.signal(signal.SIGTERM, _leave)
    with _listen(settings) as listener:
        versions = Versions(settings.data_dir)
        _make_ready(versions, settings)
        with Snapshots(
            versions,
            texts=TEXT_FIELDS,
            sort_keys=SORT_KEYS,
            memory_budget=settings.memory_budget,
        ) as snapshots:
            # Made before it is announced: whoever reads the address may ask at once.
            server = _make_server(settings, snapshots)
            _announce(settings, snapshots, listener)
            server.run(sockets=[listener])


def _leave(number: int, _frame: object) -> NoReturn:
    """End as a signal asks for, but leave nothing behind in temporary directories.

    The server stops first, and raises the signal again when it has stopped.
    """
    raise SystemExit(128 + number)


def _make_ready(versions: Versions, settings: Settings) -> None:
    """Make the first version, or describe one anew that an older release described."""
    record = versions.current()
    if record is None:
        with progress("making the first version") as report:
            seed(versions, base_iri=settings.base_iri, progress=report)
        return
    store = EmbeddedStore.open(versions.path(record.number))
    if is_described(store, base_iri=settings.base_iri):
        return
    try:
        with progress("describing the dataset") as report:
            describe_anew(versions, base_iri=settings.base_iri, progress=report)
    except (StoreError, LoadStoppedError) as error:
        # It can be asked all the same; what editors list is that of an older release.
        print_note(f"not described anew: {error}")


def _listen(settings: Settings) -> socket.socket:
    """Return a socket that listens, before anything slow is done."""
    try:
        return socket.create_server(
            (settings.host, settings.port),
            family=socket.AF_INET6 if ":" in settings.host else socket.AF_INET,
            backlog=2048,
        )
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise PortInUseError(settings.host, settings.port) from None
        msg = f"cannot listen on {settings.host}:{settings.port}: {error.strerror}"
        raise ConfigurationError(msg) from None


def _announce(
    settings: Settings, snapshots: Snapshots, listener: socket.socket
) -> None:
    record = snapshots.current().record
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    root = settings.public_url or f"http://{host}:{listener.getsockname()[1]}/"
    print_line(
        f"ssc-kg serves version {record.number} of {settings.data_dir}"
        f" ({record.triples} triples)"
    )
    for face in faces(root):
        print_line(f"  {face.title:12} {face.address}")
    print_line("Stop with Ctrl-C.")


def _make_server(settings: Settings, snapshots: Snapshots) -> uvicorn.Server:
    logging.basicConfig(format="%(levelname)s %(name)s: %(message)s")
    app = create_app(settings, snapshots, is_stopping=lambda: server.should_exit)
    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        lifespan="on",
        loop="uvloop",
        http="httptools",
        ws="none",
        server_header=False,
        proxy_headers=settings.public_url is not None,
        timeout_graceful_shutdown=_GRACE_SECONDS,
    )
    server = uvicorn.Server(config)
    return server
