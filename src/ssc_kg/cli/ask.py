"""The verb about questions: query."""

import asyncio
import sys
from collections.abc import AsyncIterator, Mapping
from typing import Annotated

import orjson
import typer

from ssc_kg.app import query_pool
from ssc_kg.catalogue.operation import bind_variables
from ssc_kg.catalogue.parameters import read_values
from ssc_kg.cli.data import DataDir
from ssc_kg.cli.questions import (
    Language,
    find,
    list_questions,
    read_params,
)
from ssc_kg.cli.screen import (
    FAILED,
    WRONG,
    print_line,
    print_note,
    progress,
    write_all,
)
from ssc_kg.cli.tables import print_results
from ssc_kg.dataset.orders import SORT_KEYS
from ssc_kg.dataset.texts import TEXT_FIELDS
from ssc_kg.engine.operation import Operation, Result
from ssc_kg.errors import BadRequestError, ConfigurationError
from ssc_kg.formats.table import (
    JSON,
    RDF_FORMATS,
    RESULT_FORMATS,
    RESULTS_JSON,
    Format,
)
from ssc_kg.formats.write import write_graph
from ssc_kg.graphql_api.schema import domain_engine
from ssc_kg.http.negotiation import named
from ssc_kg.rdf.languages import Languages, read_languages
from ssc_kg.settings import Settings, read_settings
from ssc_kg.sparql.scan import Form, scan
from ssc_kg.sparql.values import replace_terms
from ssc_kg.store.snapshot import Snapshot, Snapshots
from ssc_kg.store.versions import existing_versions


def add_to(app: typer.Typer) -> None:
    """Add the verb."""
    app.command()(query)


def query(  # noqa: PLR0913  a flag for each way to ask
    question: Annotated[
        str | None,
        typer.Argument(
            help="A question of the catalogue, a .rq or .graphql file, or - for stdin."
            " Left out, the catalogue is listed, with what may be asked differently."
        ),
    ] = None,
    *,
    param: Annotated[
        list[str] | None,
        typer.Option(
            "--param",
            metavar="NAME=VALUE",
            help="What to ask instead of a default of the question, once for each"
            " parameter; an IRI may have a prefix, as in goal=sdg:4.",
        ),
    ] = None,
    language: Annotated[
        Language | None,
        typer.Option(help="Which twin of the question to ask; SPARQL if it has both."),
    ] = None,
    format_: Annotated[
        str | None,
        typer.Option(
            "--format",
            help="table, json, csv, tsv or xml for a table; turtle, … for a graph;"
            " for GraphQL json, or turtle, … for the facts that the answer shows.",
        ),
    ] = None,
    variables: Annotated[
        str, typer.Option(help="The variables of a GraphQL operation, as JSON.")
    ] = "{}",
    accept_language: Annotated[
        str,
        typer.Option(
            "--accept-language",
            metavar="LANGUAGES",
            help="The languages in which a GraphQL operation shows names, as in the"
            ' header of HTTP: "fr, en;q=0.5".',
        ),
    ] = "",
    explain: Annotated[
        bool,
        typer.Option(
            "--explain", help="Show the SPARQL of a GraphQL operation, on stderr."
        ),
    ] = False,
    data_dir: DataDir = None,
) -> None:
    """Ask a question, in SPARQL or GraphQL.

    Example: ssc-kg query who-signed-citynet-unescap --format csv
    """
    if question is None:
        list_questions()
        return
    settings = read_settings(data_dir=data_dir)
    asked = find(question, language)
    values = read_values(asked.parameters, read_params(param or []), slug=asked.slug)
    versions = existing_versions(settings.data_dir)
    with Snapshots(versions, texts=TEXT_FIELDS, sort_keys=SORT_KEYS) as snapshots:
        snapshot = snapshots.current()
        if asked.sparql is not None and language is not Language.GRAPHQL:
            given_flags = {
                "--variables": variables != "{}",
                "--accept-language": bool(accept_language),
                "--explain": explain,
            }
            _refuse("SPARQL", given_flags)
            text = replace_terms(asked.sparql, values)
            asyncio.run(_ask_sparql(text, format_, snapshot, settings))
        elif asked.graphql is not None:
            chosen = named(format_ or JSON.name, (JSON, *RDF_FORMATS))
            given = _read_variables(variables)
            given |= bind_variables(asked.parameters, values)
            languages = _read_accept_language(accept_language)
            operation = Operation(asked.graphql, given, languages=languages)
            _ask_graphql(operation, snapshot, chosen, explain=explain)


def _refuse(language: str, given: Mapping[str, bool]) -> None:
    """Refuse flags that mean nothing to the language of the question."""
    for flag, is_given in given.items():
        if is_given:
            msg = f"{flag} is not for a question in {language}; leave it out"
            raise ConfigurationError(msg)


def _ask_graphql(
    operation: Operation, snapshot: Snapshot, format_: Format, *, explain: bool
) -> None:
    engine = domain_engine()
    run = engine.execute if format_ is JSON else engine.facts
    result = run(operation, snapshot.store)
    if explain:
        for number, level in enumerate(result.levels, start=1):
            place = f"level {number} of {len(result.levels)}"
            print_note(f"# {place}, by {level.how.value}, rows: {level.rows}")
            print_note(level.asked)
    if format_ is JSON:
        print_line(orjson.dumps(result.body(), option=orjson.OPT_INDENT_2).decode())
    else:
        _write_facts(result, format_)
    if result.errors:
        raise typer.Exit(FAILED if result.is_executed else WRONG)


def _write_facts(result: Result, format_: Format) -> None:
    """Write what is left of an answer to stdout, and what went wrong to stderr."""
    if result.data is not None:
        write_all(write_graph(result.facts, format_), None)
    for error in result.errors:
        print_note(error.message)


def _read_variables(text: str) -> dict[str, object]:
    try:
        variables: object = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        msg = f"--variables is not JSON: {error}"
        raise BadRequestError(msg) from None
    if not isinstance(variables, dict):
        msg = "--variables is not a JSON object"
        raise BadRequestError(msg)
    return variables


def _read_accept_language(text: str) -> Languages:
    return read_languages(text, name="--accept-language") if text else ()


async def _ask_sparql(
    text: str, format_name: str | None, snapshot: Snapshot, settings: Settings
) -> None:
    """Answer in a worker process, as the server does, under the same limits."""
    scanned = scan(text)
    is_table = scanned.form in (Form.SELECT, Form.ASK)
    as_table = is_table and (format_name or "table") == "table"
    chosen = _choose(format_name, is_table=is_table, as_table=as_table)
    async with query_pool(settings, size=1) as pool:
        with progress("asking"):
            answer = await pool.answer(
                scanned, version=snapshot.path, format_name=chosen.name
            )
        if as_table:
            print_results(await _whole(answer))
            return
        async for chunk in answer:
            sys.stdout.buffer.write(chunk)
        sys.stdout.buffer.flush()


def _choose(format_name: str | None, *, is_table: bool, as_table: bool) -> Format:
    if as_table:
        return RESULTS_JSON
    offered = RESULT_FORMATS if is_table else RDF_FORMATS
    return named(format_name, offered) if format_name else offered[0]


async def _whole(chunks: AsyncIterator[bytes]) -> bytes:
    return b"".join([chunk async for chunk in chunks])
