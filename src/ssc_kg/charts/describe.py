"""A chart in words, for those who do not see it."""

from typing import assert_never

from ssc_kg.charts.chart import BarChart, Chart, LineChart, MapChart, NetworkChart


def describe(chart: Chart) -> str:
    """Return one or two sentences: what is drawn, how much of it, and the extremes."""
    match chart:
        case BarChart():
            return _bars(chart)
        case LineChart():
            return _lines(chart)
        case MapChart():
            return _map(chart)
        case NetworkChart():
            return _network(chart)
        case _:
            assert_never(chart)


def _bars(chart: BarChart) -> str:
    values = [
        (value, name, series.name)
        for series in chart.series
        for name, value in zip(chart.categories, series.values, strict=True)
        if value is not None
    ]
    series = len(chart.series)
    groups = f", {series} bars for each" if series > 1 else ""
    what = f": {chart.value}" if chart.value else ""
    begin = (
        f"Bar chart{what} by {chart.category}, "
        f"{len(chart.categories)} categories{groups}."
    )
    if not values:
        return begin
    (low, low_name, _), (high, high_name, _) = min(values), max(values)
    return f"{begin} From {low:,g} ({low_name}) to {high:,g} ({high_name})."


def _lines(chart: LineChart) -> str:
    names = ", ".join(line.name for line in chart.lines)
    points = sum(len(line.x) for line in chart.lines)
    what = f": {chart.y}" if chart.y else ""
    return f"Line chart{what} over {chart.x}, {points} points; lines: {names}."


def _map(chart: MapChart) -> str:
    groups = list(dict.fromkeys(place.group for place in chart.places))
    by = f", by {chart.group}: {', '.join(groups)}" if chart.group else ""
    size = f", sized by {chart.size}" if chart.size else ""
    return f"Map of {len(chart.places)} places{by}{size}."


def _network(chart: NetworkChart) -> str:
    nodes = [end for edge in chart.edges for end in {edge.source, edge.target}]
    distinct = sorted(set(nodes))
    most = max(distinct, key=nodes.count)
    kinds = list(dict.fromkeys(edge.kind for edge in chart.edges))
    by = f", by {chart.kind}: {', '.join(kinds)}" if chart.kind else ""
    return (
        f"Network of {len(distinct)} nodes and {len(chart.edges)} edges{by}. "
        f"Most edges, {nodes.count(most)}, lead to {most}."
    )
