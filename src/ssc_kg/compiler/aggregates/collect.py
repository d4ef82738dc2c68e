"""The cells of each group, put together from the rows that count and measure it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from ssc_kg.compiler.aggregates.emit import MAXIMUM_ROWS
from ssc_kg.errors import OperationTooLargeError
from ssc_kg.rdf.cells import Cell

KeyCells: TypeAlias = tuple[Cell, ...]
"""What the nodes of a group have in common."""


@dataclass(slots=True)
class GroupCells:
    """The groups of one aggregation, by parent and by key."""

    _cells: dict[str, dict[KeyCells, list[Cell]]] = field(default_factory=dict)
    _size: int = 0

    def add(self, parent: str, key: KeyCells, measures: Sequence[Cell]) -> None:
        """Add what a row says of a group; other rows say the rest.

        Raises:
            OperationTooLargeError: There are too many groups.
        """
        groups = self._cells.setdefault(parent, {})
        known = groups.get(key)
        if known is not None:
            for number, cell in enumerate(measures):
                if cell:
                    known[number] = cell
            return
        self._size += 1
        if self._size > MAXIMUM_ROWS:
            raise OperationTooLargeError(MAXIMUM_ROWS, "groups", limit="groups")
        groups[key] = [*measures]

    def count(self, parent: str, size: int) -> None:
        """Say how many nodes of a parent there are, in one group."""
        self._cells[parent] = {(): [str(size)]}

    def of(self, parent: str) -> Iterable[tuple[KeyCells, Sequence[Cell]]]:
        """Return the groups of a parent: what they have in common, and the measures."""
        return self._cells.get(parent, {}).items()
