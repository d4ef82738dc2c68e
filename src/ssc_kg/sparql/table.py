"""The solutions of a query as rows of terms.

Between whoever evaluates a query and whoever writes its answer; it knows neither the
engine nor a format.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Self, TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

Term: TypeAlias = NamedNode | BlankNode | Literal | Triple
Row: TypeAlias = Iterable[Term | None]
"""A term for each column, or None where the solution binds none."""


class Table(Iterable[Row]):
    """Columns, and rows that end at the row cap, if there is one.

    Rows that are no sequence are read once.

    Attributes:
        columns: The names, in order.
        maximum: The row cap.
        count: How many rows it has, as far as they were read.
        is_read: Whether all rows were read.
        is_cut: Whether the cap left out rows; known once all rows are read.
    """

    def __init__(
        self,
        columns: Sequence[str],
        rows: Iterable[Row],
        *,
        maximum: int | None = None,
    ) -> None:
        self.columns = tuple(columns)
        self.maximum = maximum
        self.count = 0
        self.is_read = False
        self.is_cut = False
        self._rows = rows

    def __iter__(self) -> Iterator[Row]:
        for count, row in enumerate(self._rows):
            if count == self.maximum:
                self.is_cut = True
                break
            # Rows that are known already are not counted again.
            self.count = max(self.count, count + 1)
            yield row
        self.is_read = True

    def replace(self, columns: Sequence[str], rows: Iterable[Row]) -> Self:
        """Return a table that is cut if this is, of rows that take the place of its.

        All rows of this one must have been read.
        """
        table = type(self)(columns, rows, maximum=self.maximum)
        table.count, table.is_read, table.is_cut = self.count, True, self.is_cut
        return table
