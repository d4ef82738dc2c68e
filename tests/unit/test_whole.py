"""Answers that a row cap cut are errors; those that only look so are not."""

from collections.abc import Callable, Iterator
from typing import TypeAlias

import pytest
from pyoxigraph import Literal

from ssc_kg.errors import QueryLimit, QueryTooLargeError
from ssc_kg.formats.results import write_json, write_xml
from ssc_kg.session.whole import require_whole
from ssc_kg.sparql.table import Table

Write: TypeAlias = Callable[[Table], Iterator[bytes]]
MARKS = (
    ']},"truncated":{"limit":"rows","maximum":7}}',
    '<?truncated limit="rows" maximum="7"?></sparql>',
)


def table(*texts: str, maximum: int | None = None) -> Table:
    return Table(["a"], [[Literal(text)] for text in texts], maximum=maximum)


@pytest.mark.parametrize("write", [write_json, write_xml])
def test_a_table_that_was_cut_is_refused_after_its_rows(
    write: Write,
) -> None:
    chunks = [*write(table("x", "y", maximum=1))]
    got: list[bytes] = []
    with pytest.raises(QueryTooLargeError, match="more than 1 rows") as caught:
        got.extend(require_whole(chunks))
    assert (caught.value.limit, caught.value.maximum) == (QueryLimit.ROWS, 1)


@pytest.mark.parametrize("write", [write_json, write_xml])
def test_texts_that_look_like_the_mark_are_texts(
    write: Write,
) -> None:
    chunks = [*write(table(*MARKS))]
    assert [*require_whole(chunks)] == chunks


def test_the_mark_is_found_across_chunks() -> None:
    for mark in MARKS:
        pieces = [bytes([byte]) for byte in mark.encode()]
        with pytest.raises(QueryTooLargeError):
            list(require_whole([b"x" * 999, *pieces]))
