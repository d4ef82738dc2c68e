"""The verb about questions: query."""

from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import orjson
import typer

from ssc_kg.catalogue.choices import read_values
from ssc_kg.catalogue.operation import bind_variables
from ssc_kg.catalogue.questions import Question
from ssc_kg.cli.answers import (
    AcceptLanguage,
    Chart,
    Delivery,
    Endpoint,
    FormatName,
    Labels,
    Out,
    Title,
    choose_labels,
    deliver,
)
from ssc_kg.cli.data import DataDir
from ssc_kg.cli.operations import ask_directory, ask_server
from ssc_kg.cli.questions import Language, find, list_questions, read_params
from ssc_kg.engine.operation import Operation
from ssc_kg.errors import BadRequestError, ConfigurationError
from ssc_kg.rdf.languages import Languages, read_languages
from ssc_kg.session.session import open_source
from ssc_kg.session.source import Source
from ssc_kg.settings import read_settings
from ssc_kg.sparql.algebra import Term
from ssc_kg.sparql.values import replace_terms


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
    format_: FormatName = None,
    out: Out = None,
    chart: Chart = None,
    title: Title = None,
    variables: Annotated[
        str, typer.Option(help="The variables of a GraphQL operation, as JSON.")
    ] = "{}",
    labels: Labels = False,
    accept_language: AcceptLanguage = "",
    explain: Annotated[
        bool,
        typer.Option(
            "--explain", help="Show the SPARQL of a GraphQL operation, on stderr."
        ),
    ] = False,
    endpoint: Endpoint = None,
    data_dir: DataDir = None,
) -> None:
    """Ask a question, in SPARQL or GraphQL, of the data directory or a server.

    Example: ssc-kg query who-signed-citynet-unescap --format csv
    """
    if question is None:
        list_questions()
        return
    asked = find(question, language)
    texts = read_params(param or [])
    if asked.sparql is not None and language is not Language.GRAPHQL:
        given_flags = {
            "--variables": variables != "{}",
            "--explain": explain,
        }
        _refuse("SPARQL", given_flags)
        chosen = choose_labels(accept_language, has_labels=labels)
        delivery = Delivery(format_, out, chart, title or asked.words, chosen)
        delivery.check()
        with closing(open_source(data_dir, endpoint=endpoint)) as source:
            values = _read_values(asked, texts, source)
            deliver(source, replace_terms(asked.sparql, values), delivery)
    elif asked.graphql is not None:
        given_flags = {
            "--chart": chart is not None,
            "--title": title is not None,
            "--labels": labels,
        }
        _refuse("GraphQL", given_flags)
        values = _draw_values(asked, texts, data_dir, endpoint)
        given = read_variables(variables) | bind_variables(asked.parameters, values)
        operation = Operation(asked.graphql, given)
        if endpoint is not None:
            _refuse("GraphQL, asked of a server", {"--explain": explain})
            ask_server(endpoint, operation, accept_language, format_, out)
            return
        operation = replace(operation, languages=_read_languages(accept_language))
        settings = read_settings(data_dir=data_dir)
        ask_directory(settings, operation, format_, out, explain=explain)


def _draw_values(
    asked: Question, texts: Mapping[str, str], data_dir: Path | None, url: str | None
) -> dict[str, Term]:
    if not texts:
        return {}
    with closing(open_source(data_dir, endpoint=url)) as source:
        return _read_values(asked, texts, source)


def _read_values(
    asked: Question, texts: Mapping[str, str], source: Source
) -> dict[str, Term]:
    return read_values(asked.parameters, texts, source.choices, slug=asked.slug)


def _refuse(language: str, given: Mapping[str, bool]) -> None:
    """Refuse flags that mean nothing to the language of the question."""
    for flag, is_given in given.items():
        if is_given:
            msg = f"{flag} is not for a question in {language}; leave it out"
            raise ConfigurationError(msg)


def read_variables(text: str) -> dict[str, object]:
    """Return the variables of an operation.

    Raises:
        BadRequestError: The text is no JSON object.
    """
    try:
        variables: object = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        msg = f"--variables is not JSON: {error}"
        raise BadRequestError(msg) from None
    if not isinstance(variables, dict):
        msg = "--variables is not a JSON object"
        raise BadRequestError(msg)
    return variables


def _read_languages(text: str) -> Languages:
    return read_languages(text, name="--accept-language") if text else ()
