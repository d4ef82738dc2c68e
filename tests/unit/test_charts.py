"""Tables as pictures: which columns fit, what is missing, and what is drawn."""

import re
import struct
import subprocess
import sys
import xml.etree.ElementTree as ET
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode

from ssc_kg.charts.chart import (
    BarChart,
    ChartKind,
    Edge,
    LineChart,
    MapChart,
    NetworkChart,
    Place,
    Series,
)
from ssc_kg.charts.choose import MAX_BARS, choose
from ssc_kg.charts.land import read_land
from ssc_kg.charts.picture import Picture, make_picture
from ssc_kg.charts.table import Table
from ssc_kg.errors import ChartError, ConfigurationError, MissingExtraError
from ssc_kg.rdf.native import AnyTerm
from ssc_kg.rdf.vocab import GEO, XSD

SVG = "{http://www.w3.org/2000/svg}"


def term(cell: object) -> AnyTerm | None:
    match cell:
        case None:
            return None
        case date():
            return Literal(cell.isoformat(), datatype=XSD.date)
        case str() if cell.startswith("POINT"):
            return Literal(cell, datatype=GEO.wktLiteral)
        case str() if cell.startswith("http:"):
            return NamedNode(cell)
        case str() if cell.startswith("year "):
            return Literal(cell[5:], datatype=XSD.gYear)
        case str() if cell.startswith("month "):
            return Literal(cell[6:], datatype=XSD.gYearMonth)
        case str() | int() | float():
            return Literal(cell)
        case _:
            raise TypeError(cell)


def table(columns: str, *rows: tuple[object, ...]) -> Table:
    return Table(columns.split(), [[term(cell) for cell in row] for row in rows])


def test_bars_are_what_the_first_text_names_with_each_number() -> None:
    chart = choose(ChartKind.BAR, table("goal code n", ("Water", 6, 2), ("Life", 3, 5)))
    assert chart == BarChart(
        "Goal",
        ["Water", "Life"],
        "",
        [Series("Code", [6.0, 3.0]), Series("N", [2.0, 5.0])],
    )


def test_the_unit_of_all_values_stands_beside_them() -> None:
    rows = ("Oslo", 7, "km²"), ("Rana", None, "km²")
    chart = choose(ChartKind.BAR, table("city areaOfCity unit", *rows))
    assert isinstance(chart, BarChart)
    assert chart.value == "Area of city (km²)"
    assert chart.series[0].values == [7.0, None]


def test_bars_of_one_name_are_told_apart_by_a_second_text() -> None:
    rows = ("Oslo", "met", 7), ("Oslo", "missed", 2), ("Rana", "met", 1)
    chart = choose(ChartKind.BAR, table("city status values", *rows))
    assert isinstance(chart, BarChart)
    assert chart.categories == ["Oslo", "Rana"]
    assert chart.series == [Series("met", [7.0, 1.0]), Series("missed", [2.0, None])]


@pytest.mark.parametrize(
    "columns", ["city cityName n", "city cityLabel n", "city name n", "city label n"]
)
def test_a_thing_is_shown_by_the_text_that_names_it(columns: str) -> None:
    rows = ("http://a.example/oslo", "Oslo", 7), ("http://a.example/rana#c", None, 1)
    chart = choose(ChartKind.BAR, table(columns, *rows))
    assert isinstance(chart, BarChart)
    assert (chart.category, chart.categories) == ("City", ["Oslo", "c"])


def test_lines_go_by_years_in_order_one_for_each_text() -> None:
    chart = choose(
        ChartKind.LINE,
        table(
            "year city n",
            ("year 2031", "Oslo", 2),
            ("year 2030", "Oslo", 1),
            ("year 2030", "Rana", 7),
            ("year 2031", "Rana", None),
        ),
    )
    assert isinstance(chart, LineChart)
    assert [(line.name, line.x, line.y) for line in chart.lines] == [
        ("Oslo", [2030, 2031], [1, 2]),
        ("Rana", [2030], [7]),
    ]
    assert chart.note == "1 row is left out: no value"


def test_lines_go_by_dates_one_for_each_column_of_numbers() -> None:
    days = (date(2026, 1, 1), 1, 5), (date(2026, 2, 1), 2, 4)
    chart = choose(ChartKind.LINE, table("day n m", *days))
    assert isinstance(chart, LineChart)
    assert [(line.name, line.y) for line in chart.lines] == [
        ("N", [1, 2]),
        ("M", [5, 4]),
    ]
    assert chart.lines[0].x == [date(2026, 1, 1), date(2026, 2, 1)]
    assert chart.y == ""


@pytest.mark.parametrize(
    ("columns", "row", "words"),
    [
        pytest.param("year n m", (1, 2), "", id="several"),
        pytest.param("year n m unit", (1, 2, "km"), "km", id="several of a unit"),
        pytest.param("year n unit", (1, "km"), "N (km)", id="one of a unit"),
        pytest.param("year n", (1,), "N", id="one"),
    ],
)
def test_an_axis_says_what_its_numbers_have_in_common(
    columns: str, row: tuple[object, ...], words: str
) -> None:
    made = table(columns, ("year 2030", *row), ("year 2031", *row))
    chart = choose(ChartKind.LINE, made)
    assert isinstance(chart, LineChart)
    assert chart.y == words
    what = f": {words}" if words else ""
    assert f"Line chart{what} over Year" in make_picture("line", made).description


def marks_and_widths(svg: str) -> tuple[int, set[str]]:
    """Return how many marks a picture has, and how wide the line between them is."""
    root = ET.fromstring(svg)  # noqa: S314  (we wrote it)
    axes = next(each for each in root.iter() if each.get("id") == "axes_1")
    drawn = [each for each in axes if str(each.get("id")).startswith("line2d_")]
    paths = [path for line in drawn for path in line.findall(f"{SVG}path")]
    widths = {
        found[1]
        for path in paths
        if (found := re.search(r"stroke-width: ([\d.]+)", path.get("style", "")))
    }
    return sum(len(list(line.iter(f"{SVG}use"))) for line in drawn), widths


def test_each_row_is_a_mark_and_years_between_rows_are_not_read_off() -> None:
    years = (("year 2030", 1), ("year 2031", 5), ("year 2039", 2))
    days = ((date(2026, 1, 1), 1), (date(2026, 2, 1), 2), (date(2026, 9, 1), 4))
    by_year, by_day = (
        marks_and_widths(make_picture("line", table("at n", *rows)).to_svg())
        for rows in (years, days)
    )
    assert by_year == (3, {"0.5"})
    assert by_day == (3, {"1.6"})


@pytest.mark.parametrize(
    ("columns", "position"),
    [
        pytest.param("city kind latitude longitude people", (59.9, 10.7), id="names"),
        pytest.param("city kind lat lng people", (59.9, 10.7), id="short names"),
    ],
)
def test_places_lie_where_numbers_say(
    columns: str, position: tuple[float, float]
) -> None:
    rows = ("Oslo", "capital", *position, 700), ("Rana", "town", None, None, 26)
    chart = choose(ChartKind.MAP, table(columns, *rows))
    assert chart == MapChart(
        [Place("Oslo", 10.7, 59.9, "capital", 700.0)],
        "Kind",
        "People",
        "1 row is left out: no coordinates",
    )


def test_places_lie_where_points_say() -> None:
    rows = (
        ("Oslo", "POINT (10.7 59.9)", "month 2026-07"),
        ("Rana", "POINT(14 66)", None),
    )
    chart = choose(ChartKind.MAP, table("city wkt asOf", *rows))
    assert chart == MapChart([Place("Oslo", 10.7, 59.9), Place("Rana", 14.0, 66.0)])


def test_a_network_counts_what_connects_two_things() -> None:
    rows = (
        ("A", "B", "talks"),
        ("A", "B", "talks"),
        ("B", "C", "pays"),
        ("C", None, "x"),
    )
    chart = choose(ChartKind.NETWORK, table("source target kind", *rows))
    assert chart == NetworkChart(
        "Source",
        "Target",
        [Edge("A", "B", "talks", 2), Edge("B", "C", "pays", 1)],
        "Kind",
        note="1 row is left out: only one end",
    )


@pytest.mark.parametrize(
    ("kind", "made", "words"),
    [
        pytest.param(
            "bar",
            table("city name", ("Oslo", "Oslo")),
            r"no bar chart: it needs a column of numbers; it has city \(texts\), name",
            id="no numbers",
        ),
        pytest.param(
            "bar",
            table("n day", (1, date(2026, 1, 1))),
            r"needs a column of texts or things.*has n \(numbers\), day \(dates\)",
            id="no names",
        ),
        pytest.param(
            "bar",
            table("city n", ("Oslo", 1), ("Oslo", 2)),
            r"2 rows have the city 'Oslo', .* GROUP BY \?city",
            id="names again",
        ),
        pytest.param(
            "bar",
            table("city n", *((f"c{n}", n) for n in range(MAX_BARS + 1))),
            "201 bars are more than 200; take fewer, as with LIMIT",
            id="bars",
        ),
        pytest.param(
            "bar",
            table("city kind n", *(("Oslo", f"k{n}", n) for n in range(9))),
            "9 values of kind are more than 8",
            id="colours",
        ),
        pytest.param(
            "line",
            table("city n", ("Oslo", 1)),
            "needs a column of numbers beside n, its x",
            id="one number",
        ),
        pytest.param(
            "line",
            table("city", ("Oslo",)),
            "needs a column of numbers, years or dates",
            id="no order",
        ),
        pytest.param(
            "map",
            table("city latitude", ("Oslo", 59.9)),
            r"latitude and longitude, or one of points.*latitude \(numbers\)",
            id="no longitude",
        ),
        pytest.param(
            "map",
            table("wkt", ("POINT EMPTY",)),
            "no row has coordinates",
            id="no point",
        ),
        pytest.param(
            "network",
            table("a n", ("A", 1)),
            "needs two columns of things",
            id="an end",
        ),
        pytest.param(
            "network",
            table("a b", *((f"a{n}", f"b{n}") for n in range(61))),
            "122 nodes are more than 120",
            id="nodes",
        ),
        pytest.param(
            "network",
            table("a b", *((f"a{n}", f"b{m}") for n in range(40) for m in range(26))),
            "1040 edges are more than 1000",
            id="edges",
        ),
        pytest.param(
            "map",
            table("a lat long", *((f"a{n}", 1, 2) for n in range(201))),
            "201 places are more than 200",
            id="places",
        ),
        pytest.param(
            "map",
            table("a b", ("http://a.example/a", "month 2026-07")),
            r"it has a \(texts\), b \(parts of dates\)",
            id="IRIs are texts",
        ),
        pytest.param("bar", table("a n"), "it has no rows", id="no rows"),
        pytest.param(
            "pie", table("a n", ("A", 1)), "there are: bar, line, map", id="no kind"
        ),
    ],
)
def test_a_table_that_does_not_fit_is_told_what_is_missing(
    kind: str, made: Table, words: str
) -> None:
    with pytest.raises(ChartError, match=words):
        make_picture(kind, made)


HOSTILE = "_$x$ <b>&\"' \u202e أهلا 你好"
FITTING = {
    "bar": table("city n m", (HOSTILE, 7, 1), ("Rana", 1.5, 2), ("Asker", None, 0)),
    "line": table("year city n", ("year 2030", HOSTILE, 1), ("year 2031", "Rana", 2)),
    "map": table(
        "city kind latitude longitude people",
        (HOSTILE, HOSTILE, 59.9, 10.7, 7),
        ("Rana", "b", 66, 14, 0),
    ),
    "network": table("a b kind", (HOSTILE, "B", HOSTILE), ("B", "C", "y")),
}


def texts_of(svg: str) -> str:
    root = ET.fromstring(svg)  # noqa: S314  (we wrote it)
    return "\n".join(text for element in root.iter() for text in element.itertext())


@pytest.mark.parametrize("kind", FITTING)
def test_a_picture_says_its_texts_as_they_are(kind: str) -> None:
    svg = make_picture(kind, FITTING[kind], HOSTILE).to_svg()
    shown = "".join(texts_of(svg).split())
    assert "".join(HOSTILE.split()) in shown
    assert "Rana" in shown or "C" in shown


def typed(text: str, name: str) -> Literal:
    return Literal(text, datatype=NamedNode(f"http://www.w3.org/2001/XMLSchema#{name}"))


@pytest.mark.parametrize(
    ("kind", "values", "held"),
    [
        pytest.param(
            "bar", [typed("9" * 400, "integer")], "n (numbers, some", id="400 digits"
        ),
        pytest.param(
            "bar",
            [typed("1.7e308", "double"), typed("-1.7e308", "double")],
            "n (numbers, some",
            id="too far from each other",
        ),
        pytest.param(
            "bar", [typed("NaN", "double")], "n (numbers, some", id="no number"
        ),
        pytest.param(
            "bar", [typed("sNaN", "decimal")], "n (numbers, some", id="signal"
        ),
        pytest.param(
            "line",
            [
                typed("2020-01-01T00:00:00", "dateTime"),
                typed("2021-01-01T00:00:00Z", "dateTime"),
            ],
            "n (dates with and without",
            id="with and without a zone",
        ),
        pytest.param(
            "line",
            [typed("2020-01-01", "date"), typed("2021-01-01T00:00:00", "dateTime")],
            "n (dates with and without",
            id="with and without a time",
        ),
    ],
)
def test_values_that_no_axis_has_are_no_column_of_a_chart(
    kind: str, values: list[Literal], held: str
) -> None:
    wanted = Table(["n", "text"], [(value, Literal("a")) for value in values])
    with pytest.raises(ChartError) as refused:
        make_picture(kind, wanted)
    assert held in refused.value.reason


@pytest.mark.parametrize(
    "ends",
    [
        pytest.param(
            [typed("0001-01-01", "date"), typed("9999-12-31", "date")], id="dates"
        ),
        pytest.param(
            [typed("1e300", "double"), typed("-1e300", "double")], id="numbers"
        ),
        pytest.param([typed("5e-324", "double"), typed("0", "integer")], id="tiny"),
    ],
)
def test_what_lies_as_far_apart_as_can_be_is_drawn(ends: list[Literal]) -> None:
    rows = [(end, Literal(row)) for row, end in enumerate(ends)]
    svg = make_picture("line", Table(["x", "n"], rows)).to_svg()
    assert "2 points" in svg
    ET.fromstring(svg)  # noqa: S314  (we wrote it)


def test_what_the_library_cannot_draw_is_refused() -> None:
    day = typed("0001-01-01T00:00:00+14:00", "dateTime")
    picture = make_picture("line", Table(["x", "n"], [(day, Literal(1))]))
    with pytest.raises(ChartError, match="no line chart: the drawing library has no"):
        picture.to_svg()


def test_places_beyond_the_poles_are_left_out() -> None:
    rows = ("Oslo", 59.9, 10.7), ("Nowhere", 1e300, 10), ("Nowhere", 10, -181)
    chart = choose(ChartKind.MAP, table("name latitude longitude", *rows))
    assert isinstance(chart, MapChart)
    assert [place.name for place in chart.places] == ["Oslo"]
    assert chart.note == "2 rows are left out: no coordinates"


@pytest.mark.parametrize("kind", ["bar", "network", "map"])
def test_characters_that_xml_has_not_are_replaced(kind: str) -> None:
    rows = ("a\x01b", "c\ufffe", 1, 2.5, 3.5), ("d\x08", "\x0c", 2, 4.5, 5.5)
    columns = "name other n latitude longitude"
    picture = make_picture(kind, table(columns, *rows), "title\x1f")
    for written in (picture.to_svg(), picture.to_html()):
        assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", written)
        assert "a\ufffdb" in written
        assert "title\ufffd" in written
    ET.fromstring(picture.to_svg())  # noqa: S314  (we wrote it)


@pytest.mark.parametrize("kind", FITTING)
def test_the_same_table_makes_the_same_bytes(kind: str) -> None:
    pictures = [make_picture(kind, FITTING[kind], "Title") for _ in range(2)]
    first, second = (picture.to_svg() for picture in pictures)
    assert first == second


def test_other_programs_make_the_same_bytes() -> None:
    code = (
        "from tests.unit.test_charts import FITTING, make_picture\n"
        "print(make_picture('network', FITTING['network'], 'Title').to_svg(), end='')"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        check=True,
        cwd=Path(__file__).parents[2],
        encoding="utf-8",
    )
    assert done.stdout == make_picture("network", FITTING["network"], "Title").to_svg()


def test_a_picture_is_described_for_those_who_do_not_see_it() -> None:
    root = ET.fromstring(make_picture("bar", FITTING["bar"]).to_svg())  # noqa: S314
    ids = root.attrib["aria-labelledby"].split()
    named = {each.get("id"): each for each in root if each.get("id") in ids}
    assert root.attrib["role"] == "img"
    assert [named[each].tag for each in ids] == [f"{SVG}title", f"{SVG}desc"]
    description = named["description"].text or ""
    assert "3 categories, 2 bars for each" in description
    assert "From 0 (Asker) to 7" in description


@pytest.fixture
def picture() -> Picture:
    return make_picture("map", FITTING["map"], HOSTILE)


def test_a_page_needs_nothing_else_and_shows_the_rows(picture: Picture) -> None:
    page = picture.to_html()
    assert page.count("<svg") == 1
    assert "<script" not in page
    assert "<b>" not in page
    assert page.count("<td>") == 10
    assert not [word for word in ("src=", "<link", "@import", "url(h") if word in page]


def test_a_picture_is_saved_as_the_name_of_the_file_says(
    picture: Picture, tmp_path: Path
) -> None:
    for name in ("a.svg", "a.PNG", "a.html"):
        picture.save(tmp_path / name)
    assert (tmp_path / "a.svg").read_text(encoding="utf-8") == picture.to_svg()
    png = (tmp_path / "a.PNG").read_bytes()
    width, height = struct.unpack(">II", png[16:24])
    assert png.startswith(b"\x89PNG")
    assert (width, height > 300) == (1350, True)
    with pytest.raises(
        ConfigurationError, match=r"is no picture; the name ends in \.svg"
    ):
        picture.save(tmp_path / "a.pdf")
    with pytest.raises(ConfigurationError, match="cannot write"):
        picture.save(tmp_path / "nowhere" / "a.svg")


def test_without_the_packages_the_extra_is_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in [name for name in sys.modules if name.startswith("ssc_kg.charts.")]:
        if name.rpartition(".")[2] in {"draw", "bars", "style"}:
            monkeypatch.delitem(sys.modules, name)
    monkeypatch.delattr("ssc_kg.charts.draw", raising=False)
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(
        MissingExtraError, match=r"matplotlib.*extra charts .*'\.\[charts\]'"
    ):
        make_picture("bar", FITTING["bar"])


def test_the_continents_lie_in_degrees_and_nothing_crosses_the_map() -> None:
    rings = read_land()
    points = [point for ring in rings for point in ring]
    assert all(-90 <= latitude <= 90 for _, latitude in points)
    assert min(x for x, _ in points) >= -540
    steps = [
        abs(one[0] - other[0])
        for ring in rings
        for one, other in pairwise(ring)
        if one[1] > -89
    ]
    assert max(steps) < 30
