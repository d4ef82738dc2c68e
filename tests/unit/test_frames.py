"""Tables of terms as frames: the types of columns, and what is missing without them."""

import sys
from datetime import UTC, date, datetime
from decimal import Decimal

import pandas
import polars
import pytest
from pyoxigraph import BlankNode, Literal, NamedNode

from ssc_kg.errors import MissingExtraError
from ssc_kg.formats.table import RESULTS_JSON
from ssc_kg.rdf.native import AnyTerm, Value, native
from ssc_kg.rdf.vocab import XSD
from ssc_kg.session.frames import Kind, read_columns, to_pandas, to_polars
from ssc_kg.session.result import Result

YEAR = Literal("2030", datatype=XSD.gYear)
WHOLE = Literal("7", datatype=XSD.integer)
HUGE = Literal(str(2**63), datatype=XSD.integer)
EXACT = Literal("0.10", datatype=XSD.decimal)
DAY = Literal("2026-01-31", datatype=XSD.date)
NAIVE = Literal("2026-01-31T12:00:00", datatype=XSD.dateTime)
EARLY = Literal("2026-01-31T12:00:00+02:00", datatype=XSD.dateTime)
NO_DAY = Literal("--10-23", datatype=XSD.gMonthDay)
WRONG = Literal("many", datatype=XSD.integer)


@pytest.mark.parametrize(
    ("term", "value"),
    [
        pytest.param(YEAR, 2030, id="a year"),
        pytest.param(EXACT, Decimal("0.10"), id="a decimal is exact"),
        pytest.param(Literal("1", datatype=XSD.boolean), True, id="a boolean as 1"),
        pytest.param(Literal("INF", datatype=XSD.double), float("inf"), id="infinity"),
        pytest.param(DAY, date(2026, 1, 31), id="a date"),
        pytest.param(EARLY, datetime(2026, 1, 31, 10, tzinfo=UTC), id="an instant"),
        pytest.param(NO_DAY, "--10-23", id="a part of a date is text"),
        pytest.param(WRONG, "many", id="what is no number is text"),
        pytest.param(Literal("x", datatype=XSD.boolean), "x", id="nor a boolean"),
        pytest.param(Literal("x", datatype=XSD.decimal), "x", id="nor a decimal"),
        pytest.param(NamedNode("http://a.example/"), "http://a.example/", id="an IRI"),
        pytest.param(BlankNode("b"), "b", id="a blank node"),
    ],
)
def test_a_term_is_a_value(term: AnyTerm, value: Value) -> None:
    assert native(term) == value
    assert type(native(term)) is type(value)


@pytest.mark.parametrize(
    ("terms", "kind", "pandas_type", "polars_type"),
    [
        pytest.param([WHOLE, None], Kind.INTEGER, "Int64", "Int64", id="integers"),
        pytest.param([WHOLE, EXACT], Kind.NUMBER, "Float64", "Float64", id="numbers"),
        pytest.param([HUGE], Kind.NUMBER, "Float64", "Float64", id="65 bits"),
        pytest.param([YEAR], Kind.INTEGER, "Int64", "Int64", id="years"),
        pytest.param([DAY, None], Kind.DATE, "datetime64[s]", "Date", id="dates"),
        pytest.param(
            [NAIVE],
            Kind.TIME,
            "datetime64[us]",
            "Datetime(time_unit='us', time_zone=None)",
            id="times",
        ),
        pytest.param(
            [EARLY], Kind.INSTANT, "datetime64[us, UTC]", "UTC", id="instants"
        ),
        pytest.param([NAIVE, EARLY], Kind.TEXT, "string", "String", id="some zones"),
        pytest.param([DAY, NO_DAY], Kind.TEXT, "string", "String", id="parts of dates"),
        pytest.param([WHOLE, WRONG], Kind.TEXT, "string", "String", id="misspelt"),
        pytest.param(
            [Literal("true", datatype=XSD.boolean), None],
            Kind.BOOLEAN,
            "boolean",
            "Boolean",
            id="booleans",
        ),
        pytest.param([None, None], Kind.TEXT, "string", "String", id="nothing"),
        pytest.param([], Kind.TEXT, "string", "String", id="no rows"),
    ],
)
def test_a_column_has_the_type_of_all_its_values(
    terms: list[AnyTerm | None], kind: Kind, pandas_type: str, polars_type: str
) -> None:
    columns = read_columns(["x"], [[term] for term in terms])
    frame = to_pandas(columns)
    assert columns[0].kind is kind
    assert str(frame["x"].dtype) == pandas_type
    assert frame["x"].isna().to_list() == [term is None for term in terms]
    other = to_polars(columns)
    assert polars_type in str(other.schema["x"])
    assert other["x"].is_null().to_list() == [term is None for term in terms]


def test_whole_numbers_keep_all_their_digits_beside_an_unbound_one() -> None:
    most = 2**63 - 1
    term = Literal(str(most), datatype=XSD.integer)
    columns = read_columns(["n"], [[term], [None]])
    assert to_pandas(columns)["n"].to_list() == [most, pandas.NA]
    assert to_polars(columns)["n"].to_list() == [most, None]


def test_a_table_without_columns_is_an_empty_frame() -> None:
    assert to_pandas([]).empty
    assert to_polars([]).is_empty()


def test_mixed_texts_are_spelt_as_the_graph_does() -> None:
    [column] = read_columns(
        ["x"], [[EXACT], [NO_DAY], [NamedNode("http://a.example/")]]
    )
    assert column.cells == ["0.10", "--10-23", "http://a.example/"]


ONE = Result(
    b'{"head":{"vars":["n"]},"results":{"bindings":[{"n":{"type":"literal",'
    b'"value":"7","datatype":"http://www.w3.org/2001/XMLSchema#integer"}}]}}',
    RESULTS_JSON,
)


def test_a_result_becomes_a_frame() -> None:
    frame, other = ONE.to_pandas(), ONE.to_polars()
    assert isinstance(frame, pandas.DataFrame)
    assert isinstance(other, polars.DataFrame)
    assert frame["n"].sum() == other["n"].sum() == 7


def test_without_the_package_the_extra_is_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    monkeypatch.setitem(sys.modules, "polars", None)
    with pytest.raises(MissingExtraError, match=r"to_pandas\(\).*'\.\[pandas\]'"):
        ONE.to_pandas()
    with pytest.raises(MissingExtraError, match=r"to_polars\(\).*'\.\[polars\]'"):
        ONE.to_polars()
    assert [row.n for row in ONE] == [7]
