"""Arrow IPC, as a file and as a stream, and Parquet.

All rows are read before the first byte is written, since the types of columns come
first; then the bytes are made piece by piece.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from io import RawIOBase
from typing import TYPE_CHECKING, Protocol

import pyarrow as pa
from pyarrow import ipc, parquet

from ssc_kg.errors import QueryLimit, QueryTooLargeError
from ssc_kg.formats.arrow.tables import batches, make_table
from ssc_kg.sparql.table import Table

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer


class _BatchWriter(Protocol):
    def write_batch(self, batch: pa.RecordBatch) -> None: ...


def use_memory_as_it_comes() -> None:
    """Reserve no addresses beforehand, as a process under a limit of these has to."""
    pa.set_memory_pool(pa.system_memory_pool())


def write_file(table: Table) -> Iterator[bytes]:
    """Yield an Arrow file, whose parts can be read in any order.

    Raises:
        QueryTooLargeError: The table is cut.
    """
    return _write(table, ipc.new_file)


def write_stream(table: Table) -> Iterator[bytes]:
    """Yield an Arrow stream, which is read from its beginning.

    Raises:
        QueryTooLargeError: The table is cut.
    """
    return _write(table, ipc.new_stream)


def write_parquet(table: Table) -> Iterator[bytes]:
    """Yield Parquet, compressed by Snappy, which every reader knows.

    Raises:
        QueryTooLargeError: The table is cut.
    """
    return _write(table, parquet.ParquetWriter)


def _write(
    table: Table,
    begin: Callable[[pa.PythonFile, pa.Schema], AbstractContextManager[_BatchWriter]],
) -> Iterator[bytes]:
    made = make_table(table)
    if table.is_cut and table.maximum is not None:
        raise QueryTooLargeError(QueryLimit.ROWS, table.maximum)
    sink = _Pieces()
    with begin(pa.PythonFile(sink, "w"), made.schema) as writer:
        for batch in batches(made):
            writer.write_batch(batch)
            yield sink.take()
    yield sink.take()


class _Pieces(RawIOBase):
    """A file of which only what was written since the last look is kept."""

    def __init__(self) -> None:
        super().__init__()
        self._pieces: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, piece: "ReadableBuffer", /) -> int:
        kept = bytes(piece)
        self._pieces.append(kept)
        return len(kept)

    def take(self) -> bytes:
        """Return what was written since this was last called."""
        taken, self._pieces = b"".join(self._pieces), []
        return taken
