"""Which columns fit a chart: by their types, in the order of the query.

What a query selects first is shown first, so an analyst chooses by the order of SELECT.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from pyoxigraph import NamedNode

from ssc_kg.charts.chart import (
    BarChart,
    Chart,
    ChartKind,
    Edge,
    Line,
    LineChart,
    MapChart,
    NetworkChart,
    Place,
    Series,
)
from ssc_kg.charts.table import Column, Table, legible, number, point
from ssc_kg.errors import ChartError
from ssc_kg.rdf.native import Value

ANY = "bar, line, map or network"
"""What an error calls a chart whose kind is left open."""
MAX_BARS = 200
MAX_GROUPS = 8
"""How many colours can be told apart."""
MAX_NODES = 120
MAX_EDGES = 1_000
MAX_PLACES = 200
"""More would lie upon each other, and take long to draw."""
_UNIT = "unit"
_OTHER = "none given"


def choose(kind: ChartKind, table: Table) -> Chart:
    """Return the facts of a chart of this kind.

    Raises:
        ChartError: The table lacks a column, or has too much for a picture.
    """
    if not table.rows:
        raise ChartError(kind, "it has no rows")
    return _CHOICES[kind](table.read())


def choose_first(table: Table) -> Chart:
    """Return the facts of the first chart that fits.

    Positions make a map. If the first column has an order (dates, years, numbers) a
    line comes next, else bars do; last comes a network, if its ends are IRIs: two texts
    beside each other are seldom meant as one.

    Raises:
        ChartError: None fits; the reason is that of each.
    """
    reasons = []
    for kind in _in_order(table):
        try:
            return choose(kind, table)
        except ChartError as error:
            reasons.append(error.reason)
    if ChartKind.NETWORK not in _in_order(table):
        reasons.append("a network of what are no IRIs has to be asked for by its name")
    raise ChartError(ANY, "; ".join(dict.fromkeys(reasons)))


def _in_order(table: Table) -> Sequence[ChartKind]:
    columns = table.read()
    lines_or_bars = (ChartKind.LINE, ChartKind.BAR)
    if not any(map(_is_ordered, columns[:1])):
        lines_or_bars = lines_or_bars[::-1]
    ends = [column for column in columns if column.is_text][:2]
    networks = (ChartKind.NETWORK,) if all(map(_is_of_iris, ends)) else ()
    return (ChartKind.MAP, *lines_or_bars, *networks)


def _is_of_iris(column: Column) -> bool:
    return all(cell is None or isinstance(cell, NamedNode) for cell in column.cells)


def _bar(columns: Sequence[Column]) -> BarChart:
    category = _first(columns, ChartKind.BAR, _is_category, _CATEGORY)
    rest = [column for column in columns if column is not category]
    numbers = [column for column in rest if _is_measure(column)]
    if not numbers:
        raise _missing(ChartKind.BAR, columns, "a column of numbers")
    texts = [column for column in rest if column.is_text and column.name != _UNIT]
    names = [category.text(row) for row in range(len(category.cells))]
    if len(set(names)) == len(names):
        series = [_series(column, names) for column in numbers]
        chart = _bars(category, numbers, columns, names, series)
    else:
        chart = _grouped(category, texts, numbers[0], columns)
    if len(chart.categories) * len(chart.series) > MAX_BARS:
        bars = len(chart.categories) * len(chart.series)
        reason = f"{bars} bars are more than {MAX_BARS}; take fewer, as with LIMIT"
        raise ChartError(ChartKind.BAR, reason)
    return chart


def _bars(
    category: Column,
    numbers: Sequence[Column],
    columns: Sequence[Column],
    names: Sequence[str | None],
    series: Sequence[Series],
) -> BarChart:
    _require_groups(ChartKind.BAR, len(series), "columns of numbers")
    unnamed = sum(name is None for name in names)
    return BarChart(
        category.title,
        [name for name in names if name is not None],
        _measured(numbers, columns),
        series,
        _note({f"no {category.name}": unnamed}),
    )


def _series(column: Column, names: Sequence[str | None]) -> Series:
    values = (
        number(value)
        for value, name in zip(column.values, names, strict=True)
        if name is not None
    )
    return Series(column.title, list(values))


def _grouped(
    category: Column,
    texts: Sequence[Column],
    measure: Column,
    columns: Sequence[Column],
) -> BarChart:
    """Return bars in groups: a text tells those of one category apart."""
    for group in texts:
        cells = _cells(category, group, measure)
        if len(cells) == len(category.cells):
            break
    else:
        [(name, times), *_] = Counter(
            category.text(row) for row in range(len(category.cells))
        ).most_common(1)
        reason = (
            f"{times} rows have the {category.name} {name!r}, and no other column "
            f"tells them apart; put them together with GROUP BY ?{category.name}"
        )
        raise ChartError(ChartKind.BAR, reason)
    names = list(dict.fromkeys(name for name, _ in cells))
    groups = list(dict.fromkeys(each for _, each in cells))
    _require_groups(ChartKind.BAR, len(groups), f"values of {group.name}")
    return BarChart(
        category.title,
        names,
        _measured([measure], columns),
        [Series(each, [cells.get((name, each)) for name in names]) for each in groups],
    )


def _cells(
    category: Column, group: Column, measure: Column
) -> dict[tuple[str, str], float | None]:
    return {
        (category.text(row) or _OTHER, group.text(row) or _OTHER): number(value)
        for row, value in enumerate(measure.values)
    }


def _line(columns: Sequence[Column]) -> LineChart:
    x = _first(columns, ChartKind.LINE, _is_ordered, _ORDERED)
    rest = [column for column in columns if column is not x]
    measures = [column for column in rest if column.is_number]
    if not measures:
        raise _missing(
            ChartKind.LINE, columns, f"a column of numbers beside {x.name}, its x"
        )
    texts = [column for column in rest if column.is_text and column.name != _UNIT]
    [first, *others] = measures
    if texts and not others:
        groups = [texts[0].text(row) or _OTHER for row in range(len(x.cells))]
        lines = [
            _points(name, x, first, [group == name for group in groups])
            for name in dict.fromkeys(groups)
        ]
    else:
        lines = [_points(each.title, x, each) for each in measures]
    _require_groups(ChartKind.LINE, len(lines), "lines")
    drawn = sum(len(line.x) for line in lines)
    lost = len(x.cells) * (len(measures) if others else 1) - drawn
    return LineChart(
        x.title, _measured(measures, columns), lines, _note({"no value": lost})
    )


def _points(
    name: str, x: Column, y: Column, is_wanted: Sequence[bool] | None = None
) -> Line:
    points = sorted(
        (at, value)
        for row, (at, value) in enumerate(
            zip(map(_position, x.values), map(number, y.values), strict=True)
        )
        if at is not None
        and value is not None
        and (is_wanted is None or is_wanted[row])
    )
    return Line(name, [at for at, _ in points], [value for _, value in points])


def _map(columns: Sequence[Column]) -> MapChart:
    used, points = _read_points(columns)
    rest = [column for column in columns if column not in used]
    texts = [column for column in rest if column.is_text]
    sizes = [column for column in rest if _is_measure(column)]
    name = texts[0] if texts else None
    group = next((column for column in texts[1:] if _makes_groups(column)), None)
    size = sizes[0] if sizes else None
    places = [
        Place(
            "" if name is None else name.text(row) or "",
            *at,
            group="" if group is None else group.text(row) or _OTHER,
            size=None if size is None else number(size.values[row]),
        )
        for row, at in enumerate(points)
        if at is not None
    ]
    if not places:
        raise ChartError(ChartKind.MAP, "no row has coordinates")
    if len(places) > MAX_PLACES:
        reason = f"{len(places)} places are more than {MAX_PLACES}; take fewer"
        raise ChartError(ChartKind.MAP, reason)
    return MapChart(
        places,
        "" if group is None else group.title,
        "" if size is None else size.title,
        _note({"no coordinates": len(points) - len(places)}),
    )


def _read_points(
    columns: Sequence[Column],
) -> tuple[Sequence[Column], Sequence[tuple[float, float] | None]]:
    latitude = next((column for column in columns if column.is_latitude), None)
    longitude = next((column for column in columns if column.is_longitude), None)
    wkt = [column for column in columns if column.is_point]
    if latitude is not None and longitude is not None:
        pairs = zip(
            map(number, longitude.values), map(number, latitude.values), strict=True
        )
        points = [(x, y) if x is not None and y is not None else None for x, y in pairs]
        return (latitude, longitude, *wkt), list(map(_on_earth, points))
    if wkt:
        return wkt, [_on_earth(point(value)) for value in wkt[0].values]
    wanted = "columns latitude and longitude, or one of points (geo:asWKT)"
    raise _missing(ChartKind.MAP, columns, wanted)


def _on_earth(at: tuple[float, float] | None) -> tuple[float, float] | None:
    """Return coordinates in degrees; None of what is nowhere."""
    if at is None or not (-180 <= at[0] <= 180 and -90 <= at[1] <= 90):  # noqa: PLR2004
        return None
    return at


def _network(columns: Sequence[Column]) -> NetworkChart:
    texts = [column for column in columns if column.is_text]
    if len(texts) < 2:  # noqa: PLR2004  (the two ends of an edge)
        wanted = "two columns of things, the ends of each edge"
        raise _missing(ChartKind.NETWORK, columns, wanted)
    source, target = texts[:2]
    kind = next((column for column in texts[2:] if _makes_groups(column)), None)
    weight = next((column for column in columns if _is_measure(column)), None)
    counted: dict[tuple[str, str, str], float] = defaultdict(float)
    for row in range(len(source.cells)):
        ends = source.text(row), target.text(row)
        if ends[0] is not None and ends[1] is not None:
            group = "" if kind is None else kind.text(row) or _OTHER
            added = 1.0 if weight is None else number(weight.values[row]) or 0.0
            counted[ends[0], ends[1], group] += added
    edges = [Edge(*ends, weight=total) for ends, total in counted.items()]
    nodes = {end for edge in edges for end in (edge.source, edge.target)}
    if len(nodes) > MAX_NODES:
        reason = f"{len(nodes)} nodes are more than {MAX_NODES}; take fewer"
        raise ChartError(ChartKind.NETWORK, reason)
    if len(edges) > MAX_EDGES:
        reason = f"{len(edges)} edges are more than {MAX_EDGES}; take fewer"
        raise ChartError(ChartKind.NETWORK, reason)
    lost = sum(
        source.cells[row] is None or target.cells[row] is None
        for row in range(len(source.cells))
    )
    return NetworkChart(
        source.title,
        target.title,
        edges,
        "" if kind is None else kind.title,
        "rows" if weight is None else weight.title,
        _note({"only one end": lost}),
    )


_CHOICES: Mapping[ChartKind, Callable[[Sequence[Column]], Chart]] = {
    ChartKind.BAR: _bar,
    ChartKind.LINE: _line,
    ChartKind.MAP: _map,
    ChartKind.NETWORK: _network,
}
_ORDERED = "a column of numbers, years or dates"
_CATEGORY = "a column of texts or things, which the bars stand for"


def _first(
    columns: Sequence[Column],
    kind: ChartKind,
    holds: Callable[[Column], bool],
    wanted: str,
) -> Column:
    found = next((column for column in columns if holds(column)), None)
    if found is None:
        raise _missing(kind, columns, wanted)
    return found


def _missing(kind: ChartKind, columns: Sequence[Column], wanted: str) -> ChartError:
    held = ", ".join(f"{column.name} ({column.kind})" for column in columns)
    return ChartError(kind, f"it needs {wanted}; it has {held or 'no columns'}")


def _is_category(column: Column) -> bool:
    return (column.is_text and column.name != _UNIT) or column.is_year


def _is_measure(column: Column) -> bool:
    is_position = column.is_latitude or column.is_longitude
    return column.is_number and not column.is_year and not is_position


def _is_ordered(column: Column) -> bool:
    return column.is_number or column.is_date


def _makes_groups(column: Column) -> bool:
    groups = {column.text(row) or _OTHER for row in range(len(column.cells))}
    return 1 < len(groups) <= MAX_GROUPS


def _require_groups(kind: ChartKind, number_: int, what: str) -> None:
    if number_ > MAX_GROUPS:
        reason = f"{number_} {what} are more than {MAX_GROUPS}, as there are colours"
        raise ChartError(kind, reason)


def _position(value: Value | None) -> float | date | None:
    return value if isinstance(value, date) else number(value)


def _measured(measures: Sequence[Column], columns: Sequence[Column]) -> str:
    """Return what the numbers are: several have no more in common than their unit."""
    unit = _unit(columns)
    if len(measures) > 1:
        return unit
    return f"{measures[0].title} ({unit})" if unit else measures[0].title


def _unit(columns: Sequence[Column]) -> str:
    """Return the unit, if a column of that name says one for all rows."""
    for column in columns:
        units = {legible(str(value)) for value in column.bound}
        if column.name == _UNIT and len(units) == 1:
            return units.pop()
    return ""


def _note(lost: Mapping[str, int]) -> str:
    parts = (
        f"{count} {'row is' if count == 1 else 'rows are'} left out: {why}"
        for why, count in lost.items()
        if count
    )
    return "; ".join(parts)
