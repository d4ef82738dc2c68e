"""The command line: verbs only.

    serve     answer over HTTP
    data      load, validate, versions, evidence: what goes into the graph
    ask       query: a question of the catalogue, or of a file
    operations  a question in GraphQL
    sparql    sparql: any query
    answers   how an answer is given: as a table, in a format, to a file, as a picture
    difference  diff: how versions differ
    export    export: the graph, or a part of it, as a file
    excerpts  which parts there are
    schema    schema: the types of GraphQL
    dumps     dump: versions as files to download
    site      site: all of it as a folder for any web server
    questions which question is asked, and of what
    tables    how bindings are shown
    screen    how progress, tables and errors are printed

Exit statuses: 0, done; 1, the check that was asked for failed; 2, something is wrong
with the command, a file, a directory or a query, and nothing was changed.
"""

import errno
import sys

import typer

from ssc_kg.cli import (
    ask,
    data,
    difference,
    dumps,
    export,
    schema,
    serve,
    site,
    sparql,
)
from ssc_kg.cli.screen import WRONG, print_error
from ssc_kg.errors import ConfigurationError, KnowledgeGraphError

_FULL = (errno.ENOSPC, errno.EDQUOT)

app = typer.Typer(
    name="ssc-kg",
    help="A knowledge graph of smart sustainable cities: GraphQL, SPARQL, linked data.",
    epilog="Exit statuses: 0 done, 1 a check failed, 2 nothing was done.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
)
for module in (serve, data, ask, sparql, export, dumps, difference, schema, site):
    module.add_to(app)


def main() -> None:
    """Run the command line; a deliberate error becomes one sentence and a status."""
    try:
        app()
    except KnowledgeGraphError as error:
        print_error(error)
        sys.exit(WRONG)
    except OSError as error:
        if error.errno not in _FULL:
            raise
        print_error(ConfigurationError(f"cannot write: {error.strerror}"))
        sys.exit(WRONG)
