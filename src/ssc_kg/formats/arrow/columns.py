"""A column of terms to one of Arrow, and back."""

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Set

import orjson
import pyarrow as pa

from ssc_kg.errors import UnreadableTableError
from ssc_kg.formats.arrow.kinds import URI, TermKind, put_together, take_apart
from ssc_kg.formats.arrow.types import Value, type_of, types_for
from ssc_kg.sparql.table import Term

_PREFIX = "rdf:"
_OTHERS, _SPELLINGS, _ROWS = "others", "spellings", "rows"
_NO_VALUE = (ValueError, ArithmeticError, pa.ArrowInvalid, pa.ArrowTypeError)


class ColumnBuilder:
    """A column while its terms are read, of which it keeps texts and kinds.

    Attributes:
        name: The name.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self._texts: list[pa.Array] = []
        self._kinds: dict[TermKind | None, int] = {}
        self._numbers = array("i")

    def add(self, terms: Iterable[Term | None]) -> None:
        """Add some terms, as one more chunk."""
        texts: list[str | None] = []
        kinds = self._kinds
        for term in terms:
            text, kind = (None, None) if term is None else take_apart(term)
            texts.append(text)
            self._numbers.append(kinds.setdefault(kind, len(kinds)))
        self._texts.append(pa.array(texts, pa.string()))

    def build(self) -> tuple[pa.Field, pa.ChunkedArray]:
        """Return the column."""
        texts = pa.chunked_array(self._texts, pa.string())
        values, spellings = self._type(texts)
        metadata = self._describe(spellings)
        return pa.field(self.name, values.type, metadata=metadata), values

    def _type(
        self, texts: pa.ChunkedArray
    ) -> tuple[pa.ChunkedArray, Mapping[str, list[int]]]:
        """Return the values, and the rows of texts that are spelt uncommonly."""
        kinds = (kind for kind in self._kinds if kind is not None)
        for type_ in types_for({kind.datatype for kind in kinds}):
            cells: list[str | None] = texts.to_pylist()
            try:
                known = {
                    text: type_.value(text) for text in {*cells} if text is not None
                }
                values = [None if cell is None else known[cell] for cell in cells]
                typed = pa.array(values, type_.arrow(known.values()))
            except _NO_VALUE:
                continue
            odd = {text for text, value in known.items() if type_.spell(value) != text}
            return pa.chunked_array([typed]), _find(odd, cells) if odd else {}
        return texts, {}

    def _describe(self, spellings: Mapping[str, list[int]]) -> dict[str, str]:
        kinds = [*self._kinds]
        counts = Counter(self._numbers)
        present = [number for number in counts if kinds[number] is not None]
        if not present:
            return {}
        common = max(present, key=counts.__getitem__)
        rows = {number: list[int]() for number in present if number != common}
        for row, number in enumerate(self._numbers):
            if number in rows:
                rows[number].append(row)
        described = dict(_write(kinds[common]))
        others = [
            {**dict(_write(kinds[number])), _ROWS: places}
            for number, places in rows.items()
        ]
        if others:
            described[_OTHERS] = orjson.dumps(others).decode()
        if spellings:
            described[_SPELLINGS] = orjson.dumps(spellings).decode()
        if others or spellings:
            described[_ROWS] = str(len(self._numbers))
        return {f"{_PREFIX}{key}": text for key, text in described.items()}


def read_column(field: pa.Field, values: pa.ChunkedArray) -> list[Term | None]:
    """Return the terms of a column that `ColumnBuilder` built.

    Raises:
        UnreadableTableError: The metadata is not about this column, which was made by
            another program, or has other rows now.
    """
    metadata = {
        key.decode().removeprefix(_PREFIX): value.decode()
        for key, value in (field.metadata or {}).items()
        if key.startswith(_PREFIX.encode())
    }
    size = len(values)
    if int(metadata.get(_ROWS, size)) != size:
        reason = f"it is about {metadata[_ROWS]} rows, but there are {size}"
        raise UnreadableTableError(field.name, reason)
    if not metadata and values.null_count < size:
        raise UnreadableTableError(field.name, "there is none")
    common = _read(metadata) if metadata else URI
    kinds, texts = [common] * size, _texts(field, values, common)
    for other in orjson.loads(metadata.get(_OTHERS, "[]")):
        for row in other[_ROWS]:
            kinds[row] = _read(other)
    for text, rows in orjson.loads(metadata.get(_SPELLINGS, "{}")).items():
        for row in rows:
            texts[row] = text
    return [
        None if text is None else put_together(text, kind)
        for text, kind in zip(texts, kinds, strict=True)
    ]


def _find(odd: Set[str], texts: Iterable[str | None]) -> Mapping[str, list[int]]:
    """Return the rows of some of the texts."""
    found: dict[str, list[int]] = {}
    for row, text in enumerate(texts):
        if text is not None and text in odd:
            found.setdefault(text, []).append(row)
    return found


def _write(kind: TermKind | None) -> Iterator[tuple[str, str]]:
    members = {} if kind is None else kind._asdict()
    return ((key, text) for key, text in members.items() if text is not None)


def _read(members: Mapping[str, str]) -> TermKind:
    details = (members.get(name) for name in TermKind._fields[1:])
    return TermKind(members["kind"], *details)


def _texts(
    field: pa.Field, values: pa.ChunkedArray, kind: TermKind
) -> list[str | None]:
    if pa.types.is_string(field.type) or pa.types.is_large_string(field.type):
        texts: list[str | None] = values.to_pylist()
        return texts
    type_ = type_of(field.type, kind.datatype or "")
    cells: list[Value | None] = values.to_pylist()
    return [None if cell is None else type_.spell(cell) for cell in cells]
