"""How a result is shown to a person: aligned, by pages where it is long."""

from ssc_kg.cli.screen import print_line, print_table, print_text
from ssc_kg.session.result import Kind, Result


def print_result(result: Result) -> None:
    """Print a table, a yes or no, or a graph in Turtle."""
    match result.kind:
        case Kind.BOOLEAN:
            print_line("yes" if result else "no")
        case Kind.GRAPH:
            print_text(result.serialize("turtle").rstrip("\n"))
        case Kind.TABLE:
            rows = [
                [
                    "" if term is None else str(getattr(term, "value", term))
                    for term in row
                ]
                for row in result.terms
            ]
            print_table(result.columns, rows, end=f"{len(rows)} rows")
