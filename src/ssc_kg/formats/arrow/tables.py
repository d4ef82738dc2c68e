"""A table of terms to one of Arrow, and back."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

import pyarrow as pa

from ssc_kg.formats.arrow.columns import ColumnBuilder, read_column
from ssc_kg.sparql.table import Row, Table

ROWS_OF_A_BATCH = 2**16
"""How many rows are written at once."""
# As terms, rows take far more room than as texts.
_ROWS_OF_A_CHUNK = 2**10


def make_table(table: Table) -> pa.Table:
    """Return a table of terms as one of Arrow.

    All rows are read first, since a type is that of a whole column; what is kept of
    them until then are their texts.
    """
    builders = [ColumnBuilder(name) for name in table.columns]
    rows = iter(table)
    while chunk := [*islice(rows, _ROWS_OF_A_CHUNK)]:
        _add(builders, chunk)
    columns = [builder.build() for builder in builders]
    schema = pa.schema([field for field, _ in columns])
    return pa.Table.from_arrays([values for _, values in columns], schema=schema)


def batches(table: pa.Table) -> Iterator[pa.RecordBatch]:
    """Yield a table in parts."""
    for start in range(0, table.num_rows, ROWS_OF_A_BATCH):
        yield from table.slice(start, ROWS_OF_A_BATCH).combine_chunks().to_batches()


def read_table(table: pa.Table) -> Table:
    """Return the terms of a table that `make_table` made, also after a file held it.

    Raises:
        UnreadableTableError: Another program made it, or took away rows.
    """
    columns = [
        read_column(field, table.column(place))
        for place, field in enumerate(table.schema)
    ]
    return Table(table.column_names, [*zip(*columns, strict=True)])


def _add(builders: Sequence[ColumnBuilder], rows: Iterable[Row]) -> None:
    for builder, terms in zip(builders, zip(*rows, strict=True), strict=True):
        builder.add(terms)
