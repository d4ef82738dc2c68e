"""GraphQL operations from the command line, over a data directory or a server."""

from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import orjson
import typer

from ssc_kg.cli.screen import FAILED, WRONG, print_note, waiting, write_all
from ssc_kg.dataset.orders import SORT_KEYS
from ssc_kg.dataset.texts import TEXT_FIELDS
from ssc_kg.engine.operation import Operation, Result
from ssc_kg.formats.table import JSON, RDF_FORMATS
from ssc_kg.formats.write import write_graph
from ssc_kg.graphql_api.schema import domain_engine
from ssc_kg.http.negotiation import named
from ssc_kg.session.remote import Remote
from ssc_kg.settings import Settings
from ssc_kg.store.snapshot import Snapshots
from ssc_kg.store.versions import existing_versions


def ask_directory(
    settings: Settings,
    operation: Operation,
    format_name: str | None,
    out: Path | None,
    *,
    explain: bool,
) -> None:
    """Answer from the current version; the SPARQL, if it is wanted, goes to stderr.

    Raises:
        Exit: The answer has errors.
    """
    format_ = named(format_name or JSON.name, (JSON, *RDF_FORMATS))
    versions = existing_versions(settings.data_dir)
    with Snapshots(versions, texts=TEXT_FIELDS, sort_keys=SORT_KEYS) as snapshots:
        engine = domain_engine()
        run = engine.execute if format_ is JSON else engine.facts
        result = run(operation, snapshots.current().store)
    if explain:
        _explain(result)
    if format_ is JSON:
        _write_json(result.body(), out)
    else:
        if result.data is not None:
            write_all(write_graph(result.facts, format_), out)
        for error in result.errors:
            print_note(error.message)
    if result.errors:
        raise typer.Exit(FAILED if result.is_executed else WRONG)


def ask_server(
    endpoint: str,
    operation: Operation,
    languages: str,
    format_name: str | None,
    out: Path | None,
) -> None:
    """Answer from a server, as JSON.

    Raises:
        Exit: The answer has errors.
    """
    named(format_name or JSON.name, (JSON,))
    with closing(Remote(endpoint)) as server, waiting("asking"):
        body = server.operate(operation.query, operation.variables, languages)
    _write_json(body, out)
    if body.get("errors"):
        raise typer.Exit(FAILED if "data" in body else WRONG)


def _explain(result: Result) -> None:
    for number, level in enumerate(result.levels, start=1):
        place = f"level {number} of {len(result.levels)}"
        print_note(f"# {place}, by {level.how.value}, rows: {level.rows}")
        print_note(level.asked)


def _write_json(body: Mapping[str, object], out: Path | None) -> None:
    text = orjson.dumps(body, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
    write_all([text], out)
