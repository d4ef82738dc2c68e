"""Literals read well, and what is not understood stays as it is."""

import pytest
from pyoxigraph import Literal, NamedNode

from ssc_kg.dataset.shown import Kind
from ssc_kg.publish.readable import read_literal
from ssc_kg.rdf.vocab import GEO, XSD


@pytest.mark.parametrize(
    ("text", "datatype", "shown", "kind", "exact"),
    [
        pytest.param("2024-11-05", XSD.date, "5 November 2024", Kind.TIME, None),
        pytest.param("2024-11-05Z", XSD.date, "5 November 2024 UTC", Kind.TIME, None),
        pytest.param("--10-23", XSD.gMonthDay, "23 October", Kind.TIME, "10-23"),
        pytest.param("2030", XSD.gYear, "2030", Kind.TIME, None),
        pytest.param("2020-06", XSD.gYearMonth, "June 2020", Kind.TIME, None),
        pytest.param(
            "2026-11-29T13:05:09+02:00",
            XSD.dateTime,
            "29 November 2026 at 13:05 +02:00",
            Kind.TIME,
            None,
        ),
        pytest.param("2024-13-05", XSD.date, "2024-13-05", Kind.TEXT, ""),
        pytest.param("soon", XSD.date, "soon", Kind.TEXT, ""),
        pytest.param("10539415", XSD.integer, "10,539,415", Kind.NUMBER, None),
        pytest.param("-1234.50", XSD.decimal, "-1,234.50", Kind.NUMBER, None),
        pytest.param("9" * 5000, XSD.integer, "9" * 5000, Kind.TEXT, ""),
        pytest.param("1.5E9", XSD.double, "1.5E9", Kind.TEXT, ""),
        pytest.param("true", XSD.boolean, "yes", Kind.NUMBER, None),
        pytest.param("POINT(1 2)", GEO.wktLiteral, "POINT(1 2)", Kind.CODE, ""),
        pytest.param("1 < 2", XSD.string, "1 < 2", Kind.TEXT, ""),
    ],
)
def test_a_literal_is_shown_as_people_read_it(
    text: str, datatype: NamedNode, shown: str, kind: Kind, exact: str | None
) -> None:
    node = read_literal(Literal(text, datatype=datatype))
    assert (node.text, node.kind) == (shown, kind)
    assert node.exact == (text if exact is None else exact or None)
    assert (node.datatype is None) == (datatype == XSD.string)


def test_a_literal_keeps_its_language() -> None:
    node = read_literal(Literal("Wien", language="de"))
    assert (node.text, node.language, node.datatype) == ("Wien", "de", None)
