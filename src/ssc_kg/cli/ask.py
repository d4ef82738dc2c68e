"""The verbs about what comes out of the graph: query, export, schema."""

import asyncio
import sys
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import orjson
import typer

from ssc_kg import resources
from ssc_kg.app import query_pool
from ssc_kg.catalogue.operation import bind_variables
from ssc_kg.catalogue.parameters import read_values
from ssc_kg.catalogue.questions import (
    GRAPHQL_SUFFIX,
    SPARQL_SUFFIX,
    Question,
    find_question,
    read_question,
    read_questions,
)
from ssc_kg.cli.data import DataDir
from ssc_kg.cli.screen import (
    FAILED,
    WRONG,
    existing_versions,
    print_line,
    print_note,
    print_table,
    progress,
    read_settings,
    read_text,
    write_all,
)
from ssc_kg.dataset.export import export as export_graph
from ssc_kg.dataset.export import is_canonical
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
from ssc_kg.mapping.check import check as check_mapping
from ssc_kg.mapping.ontology import read_ontology
from ssc_kg.rdf.languages import Languages, read_languages
from ssc_kg.rdf.terms import read_iri
from ssc_kg.settings import Settings
from ssc_kg.sparql.scan import Form, scan
from ssc_kg.sparql.values import replace_terms
from ssc_kg.store.snapshot import Snapshot, Snapshots


class Language(StrEnum):
    """The two languages that a question may be asked in."""

    SPARQL = "sparql"
    GRAPHQL = "graphql"


def add_to(app: typer.Typer) -> None:
    """Add the verbs."""
    app.command()(query)
    app.command()(export)
    app.command()(schema)


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
        _list_questions()
        return
    settings = read_settings(data_dir=data_dir)
    asked = _find(question, language)
    values = read_values(asked.parameters, _read_params(param or []), slug=asked.slug)
    versions = existing_versions(settings)
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


def export(
    graph: Annotated[
        str | None,
        typer.Option(help="The IRI of one named graph; everything if left out."),
    ] = None,
    format_: Annotated[
        str,
        typer.Option(
            "--format", help="turtle, trig, ntriples, nquads, jsonld or rdfxml."
        ),
    ] = "turtle",
    version: Annotated[
        int | None, typer.Option(help="A version; the current one if left out.")
    ] = None,
    output: Annotated[
        Path | None, typer.Option(help="The file to write; stdout if left out.")
    ] = None,
    check: Annotated[
        Path | None,
        typer.Option(help="Only say whether this file is as export would write it."),
    ] = None,
    data_dir: DataDir = None,
) -> None:
    """Write the graph, or one named graph, as a file; the same facts, the same bytes.

    In a format that keeps named graphs everything is written as these, in the others
    as their merge.

    Example: ssc-kg export --graph https://w3id.org/ssc-kg/graph/source/oier-itu-mou
    """
    if check is not None:
        _check_canonical(check)
        return
    settings = read_settings(data_dir=data_dir)
    chosen = named(format_, RDF_FORMATS)
    with Snapshots(existing_versions(settings)) as snapshots:
        snapshot = snapshots.current() if version is None else snapshots.open(version)
        name = None if graph is None else read_iri(graph)
        with progress("writing") if output else nullcontext():
            write_all(export_graph(snapshot.store, graph=name, format_=chosen), output)


def schema(
    check: Annotated[  # noqa: FBT002  (Typer makes a flag of it)
        bool,
        typer.Option(
            "--check", help="Only say whether schema, ontology and shapes agree."
        ),
    ] = False,
) -> None:
    """Print the GraphQL schema (SDL).

    Example: ssc-kg schema > schema.graphql
    """
    engine = domain_engine()
    if not check:
        print_line(engine.schema.as_str())
        return
    report = check_mapping(engine.mapping, read_ontology(resources.ONTOLOGY))
    for sentence in report:
        print_line(sentence)
    print_line(f"{len(report)} disagreements" if report else "schema and shapes agree")
    raise typer.Exit(FAILED if report else 0)


def _list_questions() -> None:
    """Print each question, and below it a line for each of its parameters."""
    print_table(("question", "asks"), _rows(read_questions(resources.QUERIES)))


def _rows(questions: Iterable[Question]) -> Iterator[tuple[str, str]]:
    for question in questions:
        yield question.slug, question.words
        for parameter in question.parameters:
            yield "", f"  {parameter}"


def _read_params(params: Sequence[str]) -> dict[str, str]:
    texts: dict[str, str] = {}
    for param in params:
        name, equals, text = param.partition("=")
        if not equals:
            msg = f"--param {param!r} is not of the form NAME=VALUE"
            raise BadRequestError(msg)
        if name in texts:
            msg = f"--param {name} is given twice; give it once"
            raise BadRequestError(msg)
        texts[name] = text
    return texts


def _find(name: str, language: Language | None) -> Question:
    """Return the question of the catalogue, of a file, or of stdin."""
    path = Path(name)
    if name != "-" and path.suffix not in (SPARQL_SUFFIX, GRAPHQL_SUFFIX):
        question = find_question(resources.QUERIES, name)
    else:
        suffix = path.suffix
        if name == "-":
            is_graphql = language is Language.GRAPHQL
            suffix = GRAPHQL_SUFFIX if is_graphql else SPARQL_SUFFIX
        shown = "stdin" if name == "-" else name
        question = read_question(read_text(path), shown, suffix)
    _require_twin(question, language)
    return question


def _refuse(language: str, given: Mapping[str, bool]) -> None:
    """Refuse flags that mean nothing to the language of the question."""
    for flag, is_given in given.items():
        if is_given:
            msg = f"{flag} is not for a question in {language}; leave it out"
            raise ConfigurationError(msg)


def _require_twin(question: Question, language: Language | None) -> None:
    twins = {
        Language.SPARQL: question.sparql,
        Language.GRAPHQL: question.graphql,
    }
    if language is not None and twins[language] is None:
        msg = f"{question.slug} is not asked in {language}; leave --language out"
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
            _print_results(await _whole(answer))
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


def _print_results(results: bytes) -> None:
    """Print SPARQL JSON results (SPARQL 1.1 Query Results JSON Format) as a table."""
    match orjson.loads(results):
        case {"boolean": bool(answer)}:
            print_line("yes" if answer else "no")
        case {"head": {"vars": [*columns]}, "results": {"bindings": [*rows]}}:
            print_table(
                [str(column) for column in columns],
                (
                    [str(row.get(column, {}).get("value", "")) for column in columns]
                    for row in rows
                ),
            )
            print_line(f"{len(rows)} rows")
        case other:
            msg = f"not SPARQL JSON results: {other!r}"
            raise AssertionError(msg)


def _check_canonical(path: Path) -> None:
    canonical = is_canonical(path)
    print_line(f"{path} is {'' if canonical else 'not '}canonical")
    raise typer.Exit(0 if canonical else FAILED)
