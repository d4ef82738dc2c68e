"""The solutions of a query to any format of the table.

What writes columns with types is an extra, and takes a third of a second to import, so
that is done when it is first asked for.
"""

from collections.abc import Callable, Iterable, Mapping

from ssc_kg.formats.results import write_csv, write_json, write_tsv, write_xml
from ssc_kg.formats.table import (
    ARROW,
    ARROW_STREAM,
    CSV,
    PARQUET,
    RESULTS_JSON,
    RESULTS_XML,
    TSV,
    Format,
)
from ssc_kg.sparql.table import Table


def write_solutions(table: Table, format_: Format) -> Iterable[bytes]:
    """Return the pieces of a table in a format of `RESULT_FORMATS`.

    Raises:
        QueryTooLargeError: The table is cut, which the format cannot say; as it is
            iterated over.
    """
    return _WRITERS[format_](table)


def import_writer() -> None:
    """Import what writes columns with types, for a process with little memory."""
    from ssc_kg.formats.arrow.write import use_memory_as_it_comes  # noqa: PLC0415

    use_memory_as_it_comes()


def _write_arrow(table: Table) -> Iterable[bytes]:
    from ssc_kg.formats.arrow.write import write_file  # noqa: PLC0415

    return write_file(table)


def _write_arrow_stream(table: Table) -> Iterable[bytes]:
    from ssc_kg.formats.arrow.write import write_stream  # noqa: PLC0415

    return write_stream(table)


def _write_parquet(table: Table) -> Iterable[bytes]:
    from ssc_kg.formats.arrow.write import write_parquet  # noqa: PLC0415

    return write_parquet(table)


_WRITERS: Mapping[Format, Callable[[Table], Iterable[bytes]]] = {
    RESULTS_JSON: write_json,
    RESULTS_XML: write_xml,
    CSV: write_csv,
    TSV: write_tsv,
    ARROW: _write_arrow,
    ARROW_STREAM: _write_arrow_stream,
    PARQUET: _write_parquet,
}
