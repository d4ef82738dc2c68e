"""Tables of terms as Arrow and Parquet, and back to the same terms."""

import io
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal

import pandas
import polars
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyarrow import ipc, parquet
from pyoxigraph import BlankNode, Literal, NamedNode

from ssc_kg.errors import QueryTooLargeError, UnreadableTableError
from ssc_kg.formats.arrow.tables import ROWS_OF_A_BATCH, make_table, read_table
from ssc_kg.formats.solutions import write_solutions
from ssc_kg.formats.table import ARROW, ARROW_STREAM, PARQUET, Format
from ssc_kg.rdf.vocab import XSD
from ssc_kg.sparql.table import Table, Term
from tests.unit.rdf_terms import blank_nodes, iris, literals
from tests.unit.test_results import TERMS

Cells = Sequence[Term | None]

NODE = NamedNode("http://ex/a")
READERS = [
    pytest.param(ARROW, lambda body: ipc.open_file(body).read_all(), id="file"),
    pytest.param(
        ARROW_STREAM, lambda body: ipc.open_stream(body).read_all(), id="stream"
    ),
    pytest.param(PARQUET, parquet.read_table, id="parquet"),
]
_TYPED = (
    *("boolean", "byte", "short", "int", "long", "integer", "decimal", "double"),
    *("unsignedByte", "unsignedLong", "nonNegativeInteger", "float", "date"),
    *("dateTime", "gYear", "gYearMonth", "time", "duration", "string"),
)
_NUMBERS = st.one_of(
    st.integers().map(str),
    st.decimals(allow_nan=False, allow_infinity=False).map("{:f}".format),
    st.floats().map(str),
    st.dates().map(str),
    st.datetimes().map(datetime.isoformat),
    st.datetimes().map("{:%Y-%m-%dT%H:%M:%S}-03:30".format),
    st.sampled_from(["+07", "INF", "-0", ".5", "1.", "1e9", "true", "0", "2030", ""]),
)
_typed = st.builds(
    lambda text, name: Literal(text, datatype=getattr(XSD, name)),
    _NUMBERS,
    st.sampled_from([name for name in _TYPED if hasattr(XSD, name)]),
)
_cells = st.one_of(st.none(), iris, blank_nodes, literals, _typed)


def typed(text: str, name: str) -> Literal:
    return Literal(text, datatype=NamedNode(f"http://www.w3.org/2001/XMLSchema#{name}"))


def column(*cells: Term | None) -> pa.Table:
    return make_table(Table(["x"], [(cell,) for cell in cells]))


def terms(table: pa.Table) -> list[Term | None]:
    return [cell for row in read_table(table) for cell in row]


def written(cells: Iterable[Cells], columns: Sequence[str], format_: Format) -> bytes:
    return b"".join(write_solutions(Table(columns, cells), format_))


@pytest.mark.parametrize(("format_", "read"), READERS)
def test_terms_of_every_kind_come_back(
    format_: Format, read: Callable[[io.BytesIO], pa.Table]
) -> None:
    numbered = [(term, Literal(n), None) for n, term in enumerate(TERMS)]
    body = written(numbered, ["term", "n", "none"], format_)
    found = read_table(read(io.BytesIO(body)))
    assert found.columns == ("term", "n", "none")
    assert [*found] == numbered


@given(st.lists(st.tuples(_cells, _cells, _typed)))
def test_any_terms_come_back(rows: list[tuple[Term | None, ...]]) -> None:
    body = written(rows, ["a", "b", "c"], PARQUET)
    assert [*read_table(parquet.read_table(io.BytesIO(body)))] == rows


@given(st.sampled_from(_TYPED), st.lists(_NUMBERS, min_size=1))
def test_literals_of_one_datatype_come_back_as_they_were_spelt(
    name: str, texts: list[str]
) -> None:
    cells = [typed(text, name) for text in texts]
    assert terms(column(*cells)) == cells


@pytest.mark.parametrize(
    ("texts", "name", "type_", "values"),
    [
        pytest.param(["7", "+07"], "integer", pa.int64(), [7, 7], id="integers"),
        pytest.param(["255"], "unsignedByte", pa.uint8(), [255], id="bytes"),
        pytest.param(
            ["1.50", "-20"],
            "decimal",
            pa.decimal128(4, 2),
            [Decimal("1.50"), Decimal(-20)],
            id="decimals have the digits that they need",
        ),
        pytest.param(
            ["1e3", "INF"], "double", pa.float64(), [1000.0, float("inf")], id="doubles"
        ),
        pytest.param(["0.1"], "float", pa.float64(), [0.1], id="floats"),
        pytest.param(
            ["true", "0"], "boolean", pa.bool_(), [True, False], id="booleans"
        ),
        pytest.param(
            ["2026-01-31"], "date", pa.date32(), [date(2026, 1, 31)], id="dates"
        ),
        pytest.param(["2030", "-0044"], "gYear", pa.int32(), [2030, -44], id="years"),
        pytest.param(
            ["2026-01-31T12:00:00.5"],
            "dateTime",
            pa.timestamp("us"),
            [datetime(2026, 1, 31, 12, 0, 0, 500_000)],  # noqa: DTZ001  (no zone)
            id="times",
        ),
        pytest.param(
            ["2026-01-31T12:00:00Z", "2026-01-31T12:00:00+02:00"],
            "dateTime",
            pa.timestamp("us", tz="UTC"),
            [
                datetime(2026, 1, 31, 12, tzinfo=UTC),
                datetime(2026, 1, 31, 10, tzinfo=UTC),
            ],
            id="instants",
        ),
    ],
)
def test_a_column_of_one_datatype_has_its_type(
    texts: list[str], name: str, type_: pa.DataType, values: list[object]
) -> None:
    cells = [*(typed(text, name) for text in texts), None]
    table = column(*cells)
    assert table.schema.field("x").type == type_
    assert table.column("x").to_pylist() == [*values, None]
    assert terms(table) == cells


@pytest.mark.parametrize(
    "cells",
    [
        pytest.param([typed("7", "integer"), Literal("7")], id="a number and a text"),
        pytest.param([typed("many", "integer")], id="no number"),
        pytest.param([typed("", "decimal")], id="nothing"),
        pytest.param([typed(str(2**63), "integer")], id="65 bits"),
        pytest.param([typed("256", "unsignedByte")], id="a byte of nine bits"),
        pytest.param([typed("1" * 39, "decimal")], id="39 digits"),
        pytest.param([typed("2026-01-31Z", "date")], id="a date with a zone"),
        pytest.param([typed("20260131", "date")], id="a date without hyphens"),
        pytest.param([typed("2026-02-30", "date")], id="no date"),
        pytest.param([typed("12026-02-20", "date")], id="a late date"),
        pytest.param([typed("2026-01", "gYearMonth")], id="a month"),
        pytest.param(
            [typed("2026-01-31T12:00:00.1234567Z", "dateTime")], id="nanoseconds"
        ),
        pytest.param(
            [typed(f"2026-01-31T12:00:00{zone}", "dateTime") for zone in ("", "Z")],
            id="some zones",
        ),
        pytest.param([typed("2026", "gYear"), typed("1", "integer")], id="a year, a 1"),
        pytest.param([NODE, BlankNode("b"), Literal("a", language="en")], id="kinds"),
    ],
)
def test_all_else_is_text(cells: list[Term | None]) -> None:
    table = column(*cells)
    assert table.schema.field("x").type == pa.string()
    assert table.column("x").to_pylist() == [
        getattr(cell, "value", 0) for cell in cells
    ]
    assert terms(table) == cells


@pytest.mark.parametrize(
    ("names", "type_"),
    [
        pytest.param(["int", "integer"], pa.int64(), id="integers"),
        pytest.param(["integer", "decimal"], pa.decimal128(1, 0), id="decimals"),
        pytest.param(["integer", "decimal", "float"], pa.float64(), id="floats"),
    ],
)
def test_numbers_of_several_datatypes_have_the_widest(
    names: list[str], type_: pa.DataType
) -> None:
    cells = [typed("7", name) for name in names]
    table = column(*cells)
    assert table.schema.field("x").type == type_
    assert terms(table) == cells


def test_a_field_says_what_its_terms_are() -> None:
    french, english = Literal("Ville", language="fr"), Literal("City", language="en")
    table = make_table(
        Table(
            ["iri", "number", "name", "none"],
            [
                (NODE, typed("07", "integer"), french, None),
                (NODE, typed("8", "integer"), english, None),
                (NODE, None, french, None),
            ],
        )
    )
    metadata = [table.schema.field(n).metadata for n in range(4)]
    assert metadata == [
        {b"rdf:kind": b"uri"},
        {
            b"rdf:kind": b"literal",
            b"rdf:datatype": b"http://www.w3.org/2001/XMLSchema#integer",
            b"rdf:spellings": b'{"07":[0]}',
            b"rdf:rows": b"3",
        },
        {
            b"rdf:kind": b"literal",
            b"rdf:language": b"fr",
            b"rdf:others": b'[{"kind":"literal","language":"en","rows":[1]}]',
            b"rdf:rows": b"3",
        },
        {},
    ]


def test_rows_that_were_taken_away_are_no_longer_told_apart() -> None:
    table = column(NODE, Literal("a"))
    with pytest.raises(UnreadableTableError, match="about 2 rows, but there are 1"):
        read_table(table.slice(1))
    assert terms(column(NODE, NODE).slice(1)) == [NODE]


def test_a_table_of_another_program_is_not_guessed_at() -> None:
    with pytest.raises(UnreadableTableError, match="'x' does not tell its terms"):
        read_table(pa.table({"x": ["http://ex/a"]}))


@pytest.mark.parametrize(("format_", "read"), READERS)
@pytest.mark.parametrize("columns", [["a", "b"], []])
def test_no_rows_are_the_columns_alone(
    format_: Format, read: Callable[[io.BytesIO], pa.Table], columns: list[str]
) -> None:
    found = read(io.BytesIO(written([], columns, format_)))
    assert (found.column_names, found.num_rows) == (columns, 0)


@pytest.mark.parametrize("format_", [ARROW, ARROW_STREAM, PARQUET])
def test_the_same_rows_are_the_same_bytes(format_: Format) -> None:
    rows = [(term,) for term in TERMS]
    assert written(rows, ["x"], format_) == written(rows, ["x"], format_)


@pytest.mark.parametrize(("format_", "read"), READERS)
def test_many_rows_come_in_pieces(
    format_: Format, read: Callable[[io.BytesIO], pa.Table]
) -> None:
    rows = [(Literal(n), NODE) for n in range(ROWS_OF_A_BATCH + 5)]
    pieces = [*write_solutions(Table(["n", "x"], rows), format_)]
    assert len(pieces) == 3
    found = read(io.BytesIO(b"".join(pieces)))
    assert found.column("n").to_pylist() == [*range(ROWS_OF_A_BATCH + 5)]


@pytest.mark.parametrize("format_", [ARROW, ARROW_STREAM, PARQUET])
def test_a_table_that_is_cut_is_refused_whole(format_: Format) -> None:
    pieces = write_solutions(
        Table(["n"], [(Literal(n),) for n in range(4)], maximum=3), format_
    )
    with pytest.raises(QueryTooLargeError, match="more than 3 rows"):
        next(iter(pieces))


def test_frames_have_the_types() -> None:
    rows = [
        (NODE, typed("7", "integer"), typed("1.5", "decimal"), typed("2026", "gYear")),
        (NODE, None, typed("2", "decimal"), typed("2027", "gYear")),
    ]
    names = ["iri", "whole", "exact", "year"]
    frame = polars.read_parquet(written(rows, names, PARQUET))
    assert frame.schema == {
        "iri": polars.String,
        "whole": polars.Int64,
        "exact": polars.Decimal(2, 1),
        "year": polars.Int32,
    }
    assert frame["whole"].to_list() == [7, None]
    assert polars.read_ipc(written(rows, names, ARROW)).equals(frame)
    assert polars.read_ipc_stream(written(rows, names, ARROW_STREAM)).equals(frame)
    other = pandas.read_feather(io.BytesIO(written(rows, names, ARROW)))
    assert other["year"].to_list() == [2026, 2027]
    assert str(other["year"].dtype) == "int32"


_WITHOUT = """
import sys
sys.modules["pyarrow"] = None
import ssc_kg.publish.worker
from ssc_kg.errors import NotAcceptableError
from ssc_kg.formats.table import RESULT_FORMATS
from ssc_kg.http.negotiation import negotiate
try:
    negotiate("application/vnd.apache.parquet", RESULT_FORMATS)
except NotAcceptableError as error:
    print(error)
"""


def test_without_pyarrow_nothing_offers_it() -> None:
    said = subprocess.run(
        [sys.executable, "-c", _WITHOUT], capture_output=True, check=True, text=True
    ).stdout
    assert "text/csv" in said
    assert said.count("apache") == 1
