"""The verb about the graph, or a part of it, as a file: export."""

from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

from ssc_kg.cli.answers import format_name, formats_called, send
from ssc_kg.cli.data import DataDir
from ssc_kg.cli.excerpts import Excerpt, require_one, write_facts
from ssc_kg.cli.screen import FAILED, counting, print_line, write_all
from ssc_kg.cli.site import write_site
from ssc_kg.dataset.canonical import first_difference
from ssc_kg.errors import ConfigurationError
from ssc_kg.formats.table import CSV, RDF_FORMATS, TURTLE
from ssc_kg.http.negotiation import named
from ssc_kg.session.local import Local
from ssc_kg.settings import read_settings
from ssc_kg.urls import Urls


def add_to(app: typer.Typer) -> None:
    """Add the verb."""
    app.command()(export)


def export(  # noqa: PLR0913  a flag for each part of the graph
    *,
    graph: Annotated[
        str | None,
        typer.Option(metavar="IRI", help="One named graph; everything if left out."),
    ] = None,
    thing: Annotated[
        str | None,
        typer.Option(metavar="IRI", help="The document about one thing, as served."),
    ] = None,
    query: Annotated[
        str | None,
        typer.Option(
            metavar="QUESTION",
            help="The answer to a question of the catalogue, or of a file: a table, a"
            " graph, or the facts that a GraphQL operation shows.",
        ),
    ] = None,
    param: Annotated[
        list[str] | None,
        typer.Option(
            "--param",
            metavar="NAME=VALUE",
            help="What --query is to ask instead of a default of the question.",
        ),
    ] = None,
    construct: Annotated[
        str | None,
        typer.Option(
            metavar="TEXT",
            help="The graph that a CONSTRUCT or DESCRIBE query makes: its text, a file"
            " that ends in .rq or .sparql, or - for stdin.",
        ),
    ] = None,
    graphql: Annotated[
        str | None,
        typer.Option(
            metavar="TEXT",
            help="The facts that the answer to a GraphQL operation shows: its text, a"
            " file that ends in .graphql, or - for stdin.",
        ),
    ] = None,
    variables: Annotated[
        str | None, typer.Option(help="The variables of --graphql, as JSON.")
    ] = None,
    version: Annotated[
        int | None, typer.Option(help="A version; the current one if left out.")
    ] = None,
    format_: Annotated[
        str | None,
        typer.Option(
            "--format",
            help="turtle, trig, ntriples, nquads, jsonld or rdfxml; for a table csv,"
            " tsv, json, xml, parquet or arrow. Left out, the end of the file's name"
            " says it, else it is turtle or csv.",
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "--out", help="The file; stdout if left out."),
    ] = None,
    check: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Write nothing: say whether this file is as export would write it.",
        ),
    ] = None,
    site: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            help="Write everything as a folder for any web server, as `site` does.",
        ),
    ] = None,
    url: Annotated[
        str | None, typer.Option(help="Where the folder of --site will be published.")
    ] = None,
    live: Annotated[
        str | None,
        typer.Option(help="A server for what the folder of --site cannot answer."),
    ] = None,
    data_dir: DataDir = None,
) -> None:
    """Write the graph, or a part of it, as a file; the same facts, the same bytes.

    In a format that keeps named graphs everything is written as these, in the others
    as their merge. A file is there when all of it is; what was there before stays if
    something goes wrong.

    Example: ssc-kg export --graph https://w3id.org/ssc-kg/graph/source/oier-itu-mou
    """
    part = Excerpt(graph, thing, query, param or (), construct, graphql, variables)
    if check is not None:
        written = {"--version": version, "--format": format_, "--output": output}
        require_one({"--check": check, **part.flags(), **written})
        _check(check)
        return
    if site is not None:
        written = {"--version": version, "--format": format_, "--output": output}
        require_one({"--site": site, **part.flags(), **written})
        write_site(site, url=url or "/", live=live, data_dir=data_dir)
        return
    if url is not None or live is not None:
        message = "--url and --live say where a folder is published: give --site, too"
        raise ConfigurationError(message)
    part.check()
    name = format_name(format_, output)
    settings = read_settings(data_dir=data_dir)
    with closing(Local(settings, version=version)) as source:
        asked = part.ask(source)
        if isinstance(asked, str):
            formats = (TURTLE, CSV) if name is None else formats_called(name)
            send(source, asked, formats, out=output)
            return
        rdf = TURTLE if name is None else named(name, RDF_FORMATS)
        with counting("writing") as count:
            chunks = (
                part.write(source.snapshot, Urls(settings.base_iri), rdf)
                if asked is None
                else write_facts(source.snapshot, asked, rdf)
            )
            write_all(count(chunks), output)


def _check(path: Path) -> None:
    difference = first_difference(path)
    if difference is None:
        print_line(f"{path} is canonical")
        return
    print_line(f"{path} is not canonical: {difference}")
    raise typer.Exit(FAILED)
