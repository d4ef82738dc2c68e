"""The verb about any query: sparql."""

from contextlib import closing
from typing import Annotated

import typer

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
from ssc_kg.cli.screen import read_argument
from ssc_kg.session.session import open_source

_SUFFIXES = (".rq", ".sparql")


def add_to(app: typer.Typer) -> None:
    """Add the verb."""
    app.command()(sparql)


def sparql(  # noqa: PLR0913  a flag for each way to ask
    query: Annotated[
        str,
        typer.Argument(
            help="The query; or a file that ends in .rq or .sparql; or - for stdin."
        ),
    ],
    *,
    format_: FormatName = None,
    out: Out = None,
    chart: Chart = None,
    title: Title = None,
    labels: Labels = False,
    accept_language: AcceptLanguage = "",
    endpoint: Endpoint = None,
    data_dir: DataDir = None,
) -> None:
    """Answer a SPARQL query, from the data directory or a server.

    The prefixes of this project, such as ssc, skos and sdg, need no declaration.

    Example: ssc-kg sparql 'SELECT ?name { ?goal a sdgo:Goal ; skos:prefLabel ?name }'
    """
    languages = choose_labels(accept_language, has_labels=labels)
    delivery = Delivery(format_, out, chart, title or "", languages)
    delivery.check()
    text = read_argument(query, _SUFFIXES)
    with closing(open_source(data_dir, endpoint=endpoint)) as source:
        deliver(source, text, delivery)
