"""Values are scored against benchmarks as the reports of ITU do it.

Each value gets 1 to 4 points by per cent of its target; a category has the sum, divided
by four times the number of values that were scored. The examples are those of the
reports: 1, 3, 4, 1 make 56.25 %, and 3, 4, 2 make 75 %.
"""

from collections.abc import Iterator, Sequence

import pyoxigraph
import pytest
from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions

from ssc_kg.catalogue.questions import find_question
from ssc_kg.rdf.vocab import RDF, SKOS, SOSA, SSC, XSD
from ssc_kg.resources import QUERIES
from tests.datasets import BASE

UP, DOWN, TOWARDS_ONE = "up", "down", "towards-one"
TARGET = 100
LIMITS = {1: "20", 2: "50", 3: "80", 4: "99"}
"""A value for each number of points, against a target of 100."""


def thing(path: str) -> NamedNode:
    return NamedNode(f"{BASE}id/{path}")


def decimal(text: str) -> Literal:
    return Literal(text, datatype=XSD.decimal)


def statements(values: Sequence[tuple[str, str, str]]) -> Iterator[Quad]:
    """Yield a city's values: direction, value and target of each."""
    city, category = thing("city/any"), thing("kpi-category/any")
    yield Quad(city, SKOS.prefLabel, Literal("Any", language="en"))
    yield Quad(category, SKOS.prefLabel, Literal("All", language="en"))
    for number, (direction, value, target) in enumerate(values):
        kpi, one = thing(f"kpi/{number}"), thing(f"kpi-value/{number}")
        benchmark = thing(f"benchmark/{number}")
        yield Quad(kpi, SKOS.broader, category)
        yield Quad(kpi, SSC.direction, thing(f"kpi-direction/{direction}"))
        yield Quad(one, RDF.type, SSC.KpiValue)
        yield Quad(one, SOSA.hasFeatureOfInterest, city)
        yield Quad(one, SOSA.observedProperty, kpi)
        yield Quad(one, SOSA.hasSimpleResult, decimal(value))
        yield Quad(benchmark, SSC.benchmarkIn, thing("benchmark-set/illustration"))
        yield Quad(benchmark, SOSA.observedProperty, kpi)
        yield Quad(benchmark, SSC.benchmarkValue, decimal(target))


def score(*values: tuple[str, str, str]) -> tuple[str, float, str]:
    """Return the points, the per cent and the band of the only category."""
    store = pyoxigraph.Store()
    store.extend(statements(values))
    text = find_question(QUERIES, "scores-of-cities").sparql
    assert text is not None
    solutions = store.query(text)
    assert isinstance(solutions, QuerySolutions)
    ((points, per_cent, band),) = [
        (row["points"], row["score"], row["band"]) for row in solutions
    ]
    assert isinstance(points, Literal)
    assert isinstance(per_cent, Literal)
    assert isinstance(band, Literal)
    return points.value, float(per_cent.value), band.value


@pytest.mark.parametrize(
    ("points", "per_cent", "band"),
    [
        pytest.param([1, 3, 4, 1], 56.25, "33-66", id="1, 3, 4, 1"),
        pytest.param([3, 4, 2], 75, "66-95", id="3, 4, 2"),
        pytest.param([4, 4], 100, "95 and more", id="all reached"),
        pytest.param([1], 25, "0-33", id="nearly nothing"),
    ],
)
def test_the_examples_of_the_reports_come_out(
    points: list[int], per_cent: float, band: str
) -> None:
    values = [(UP, LIMITS[one], str(TARGET)) for one in points]
    assert score(*values) == (str(sum(points)), per_cent, band)


@pytest.mark.parametrize(
    ("direction", "value", "target", "points"),
    [
        pytest.param(UP, "33", "100", "2", id="a third begins the second band"),
        pytest.param(UP, "95", "100", "4", id="95 per cent is all"),
        pytest.param(UP, "250", "100", "4", id="more than asked"),
        pytest.param(DOWN, "0", "5", "4", id="none, where fewer are better"),
        pytest.param(DOWN, "10", "5", "2", id="twice too many"),
        pytest.param(TOWARDS_ONE, "1.25", "1", "3", id="above one"),
        pytest.param(TOWARDS_ONE, "0.8", "1", "3", id="as far below one"),
    ],
)
def test_the_direction_of_an_indicator_decides(
    direction: str, value: str, target: str, points: str
) -> None:
    assert score((direction, value, target))[0] == points
