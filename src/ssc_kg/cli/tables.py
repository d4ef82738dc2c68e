"""How the bindings of a query are shown to a person."""

import orjson

from ssc_kg.cli.screen import print_line, print_table


def print_results(results: bytes) -> None:
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
