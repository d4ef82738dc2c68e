"""The verbs about the graph as a whole, written out: export, schema."""

from contextlib import nullcontext
from pathlib import Path
from typing import Annotated

import typer

from ssc_kg import resources
from ssc_kg.cli.data import DataDir
from ssc_kg.cli.screen import (
    FAILED,
    print_line,
    progress,
    write_all,
)
from ssc_kg.dataset.export import export as export_graph
from ssc_kg.dataset.export import is_canonical
from ssc_kg.formats.table import RDF_FORMATS
from ssc_kg.graphql_api.schema import domain_engine
from ssc_kg.http.negotiation import named
from ssc_kg.mapping.check import check as check_mapping
from ssc_kg.mapping.ontology import read_ontology
from ssc_kg.rdf.terms import read_iri
from ssc_kg.settings import read_settings
from ssc_kg.store.snapshot import Snapshots
from ssc_kg.store.versions import existing_versions


def add_to(app: typer.Typer) -> None:
    """Add the verbs."""
    app.command()(export)
    app.command()(schema)


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
    with Snapshots(existing_versions(settings.data_dir)) as snapshots:
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


def _check_canonical(path: Path) -> None:
    canonical = is_canonical(path)
    print_line(f"{path} is {'' if canonical else 'not '}canonical")
    raise typer.Exit(0 if canonical else FAILED)
