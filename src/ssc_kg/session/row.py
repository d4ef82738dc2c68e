"""A row of a result: a tuple of Python values that are also found by name."""

from collections.abc import Iterable, Sequence
from typing import SupportsIndex, overload

from ssc_kg.rdf.native import AnyTerm, Value, native


class Row(tuple[Value | None, ...]):
    """The values of one solution, in the order of the columns; None where unbound.

    A column that is called as a method of tuples is, `count`, is found as
    `row["count"]` only.

    >>> from pyoxigraph import Literal
    >>> row = Row(["city", "note"], [Literal("Oslo", language="en"), None])
    >>> row.city, row["city"], row[0], row.terms[0].language
    ('Oslo', 'Oslo', 'Oslo', 'en')

    Attributes:
        columns: The names of the columns.
        terms: The same row as RDF terms, with languages and datatypes.
    """

    # A tuple of a varying length has no room for slots.
    columns: tuple[str, ...]
    terms: tuple[AnyTerm | None, ...]

    def __new__(cls, columns: Sequence[str], terms: Iterable[AnyTerm | None]) -> "Row":
        """Make a row of terms."""
        kept = tuple(terms)
        row = super().__new__(
            cls, (None if term is None else native(term) for term in kept)
        )
        row.columns = tuple(columns)
        row.terms = kept
        return row

    @overload
    def __getitem__(self, key: SupportsIndex | str) -> Value | None: ...
    @overload
    def __getitem__(self, key: slice) -> tuple[Value | None, ...]: ...
    def __getitem__(
        self, key: SupportsIndex | str | slice
    ) -> Value | tuple[Value | None, ...] | None:
        """Return the value of a column, by its name or position.

        Raises:
            KeyError: There is no column of that name.
            IndexError: There is none at that position.
        """
        if isinstance(key, str):
            return super().__getitem__(self._find(key))
        return super().__getitem__(key)

    def __getattr__(self, name: str) -> Value | None:
        try:
            return super().__getitem__(self._find(name))
        except KeyError as error:
            raise AttributeError(*error.args) from None

    def __repr__(self) -> str:
        pairs = zip(self.columns, self, strict=True)
        return f"Row({', '.join(f'{name}={value!r}' for name, value in pairs)})"

    def asdict(self) -> dict[str, Value | None]:
        """Return the values by name."""
        return dict(zip(self.columns, self, strict=True))

    def _find(self, name: str) -> int:
        try:
            return self.columns.index(name)
        except ValueError:
            msg = f"no column {name!r}; there are: {', '.join(self.columns)}"
            raise KeyError(msg) from None
