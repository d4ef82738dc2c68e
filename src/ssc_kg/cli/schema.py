"""The verb about the types of GraphQL: schema."""

from typing import Annotated

import typer

from ssc_kg import resources
from ssc_kg.cli.screen import (
    FAILED,
    print_line,
)
from ssc_kg.graphql_api.schema import domain_engine
from ssc_kg.mapping.check import check as check_mapping
from ssc_kg.mapping.ontology import read_ontology


def add_to(app: typer.Typer) -> None:
    """Add the verb."""
    app.command()(schema)


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
