"""What the reference graphs hold, and that it is what their sources say."""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from ssc_kg.rdf.vocab import (
    DCTERMS,
    GEO,
    RDF,
    SCHEMA,
    SDGO,
    SKOS,
    SOSA,
    SSC,
)
from ssc_kg.resources import ONTOLOGY, SEED_DATA
from tests.conftest import SHARED_DOCUMENTS
from tests.datasets import BASE
from tests.published import Term, objects, read, subjects
from tests.words import shared_run

DOMAIN = SHARED_DOCUMENTS.parent / "domain"
needs_domain = pytest.mark.skipif(
    not DOMAIN.is_dir(),
    reason="the tables of the sources are not part of the repository",
)

REFERENCE = SEED_DATA / "reference"
SDG = read(REFERENCE / "sdg.ttl")
KPIS = read(REFERENCE / "kpis.ttl")
VALUES = read(REFERENCE / "kpi-values.ttl")
PLACES = read(REFERENCE / "places.ttl", REFERENCE / "coordinates.ttl")
CONCEPTS = read(REFERENCE / "concepts.ttl")
WSIS = read(REFERENCE / "wsis.ttl")
BENCHMARKS = read(REFERENCE / "benchmarks.ttl")
ORGANIZATIONS = read(REFERENCE / "organizations.ttl")
NAMED = [*KPIS, *VALUES, *PLACES, *CONCEPTS, *WSIS, *ORGANIZATIONS, *SDG]

GOALS = subjects(SDG, RDF.type, SDGO.Goal)
TARGETS = subjects(SDG, RDF.type, SDGO.Target)
INDICATORS = subjects(SDG, RDF.type, SDGO.Indicator)


def thing(path: str) -> NamedNode:
    return NamedNode(f"{BASE}id/{path}")


def value(quads: list[Quad], subject: NamedNode, predicate: NamedNode) -> Term:
    (found,) = objects(quads, subject, predicate)
    return found


def text(quads: list[Quad], subject: NamedNode, predicate: NamedNode) -> str:
    found = value(quads, subject, predicate)
    assert isinstance(found, Literal)
    return found.value


def texts(quads: list[Quad], subject: NamedNode, predicate: NamedNode) -> set[str]:
    found = objects(quads, subject, predicate)
    return {one.value for one in found if isinstance(one, Literal)}


def links(quads: list[Quad], predicate: NamedNode) -> set[tuple[Term, Term]]:
    return {(q.subject, q.object) for q in quads if q.predicate == predicate}


def reverse(pairs: set[tuple[Term, Term]]) -> set[tuple[Term, Term]]:
    return {(there, here) for here, there in pairs}


def names_of(subject: NamedNode, link: NamedNode, quads: list[Quad]) -> list[str]:
    targets = objects(quads, subject, link)
    return sorted(
        text(NAMED, one, SKOS.prefLabel)
        for one in targets
        if isinstance(one, NamedNode)
    )


def rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        yield from csv.DictReader(file)


def number(node: Term) -> str:
    return str(node).strip("<>").rpartition("/")[2]


def test_there_are_17_goals_with_names_in_three_languages() -> None:
    numbers = {text(SDG, goal, SKOS.notation) for goal in GOALS}
    assert numbers == set(map(str, range(1, 18)))
    for goal in GOALS:
        names = objects(SDG, goal, SKOS.prefLabel)
        languages = [name.language for name in names if isinstance(name, Literal)]
        assert sorted(map(str, languages)) == ["en", "es", "fr"]


def test_there_are_169_targets_each_of_the_goal_that_its_code_begins_with() -> None:
    assert len(TARGETS) == 169
    for target in TARGETS:
        code = text(SDG, target, SKOS.notation)
        assert target.value == f"http://metadata.un.org/sdg/{code}"
        goal = value(SDG, target, SDGO.isTargetOf)
        assert number(goal) == code.partition(".")[0]


def test_there_are_232_indicators_in_244_pairs_with_targets() -> None:
    assert len(INDICATORS) == 232
    assert len(links(SDG, SDGO.isIndicatorOf)) == 244


def test_an_indicator_has_a_code_for_each_of_its_targets() -> None:
    for indicator in INDICATORS:
        codes = sorted(texts(SDG, indicator, SKOS.notation))
        targets = objects(SDG, indicator, SDGO.isIndicatorOf)
        assert sorted(code.rpartition(".")[0] for code in codes) == sorted(
            map(number, targets)
        )


@pytest.mark.parametrize(
    ("down", "up"),
    [
        pytest.param(SDGO.hasTarget, SDGO.isTargetOf, id="goals and targets"),
        pytest.param(SDGO.hasIndicator, SDGO.isIndicatorOf, id="targets, indicators"),
    ],
)
def test_links_go_both_ways(down: NamedNode, up: NamedNode) -> None:
    assert links(SDG, down) == reverse(links(SDG, up)) != set()


def test_an_indicator_measures_the_goals_of_its_targets() -> None:
    for indicator in INDICATORS:
        targets = objects(SDG, indicator, SDGO.isIndicatorOf)
        goals = objects(SDG, indicator, SSC.measuresGoal)
        assert {number(goal) for goal in goals} == {
            number(target).partition(".")[0] for target in targets
        }


def test_custodians_are_organizations() -> None:
    custodians = {there for _, there in links(SDG, SSC.custodian)}
    assert custodians <= subjects(ORGANIZATIONS, RDF.type, SSC.Organization)
    assert len(custodians) == 50


def test_six_indicators_have_no_organization_as_custodian() -> None:
    without = INDICATORS - subjects(SDG, SSC.custodian)
    codes = {code for one in without for code in texts(SDG, one, SKOS.notation)}
    assert codes == {"1.2.2", "1.a.1", "1.a.2", "1.a.3", "1.b.1", "12.a.1"}


def test_number_17_6_1_keeps_the_meaning_it_had_in_2019() -> None:
    (one,) = subjects(SDG, SKOS.notation, Literal("17.6.1"))
    (other,) = subjects(SDG, SKOS.notation, Literal("17.6.2"))
    assert "technology" in text(SDG, one, SKOS.prefLabel)
    assert "broadband" in text(SDG, other, SKOS.prefLabel)


@needs_domain
def test_targets_and_indicators_are_those_of_the_sources() -> None:
    listed = {(row["iri"], row["code"]) for row in rows(DOMAIN / "sdg/targets.csv")}
    assert listed == {(one.value, text(SDG, one, SKOS.notation)) for one in TARGETS}
    pairs = {
        (row["iri"], f"http://metadata.un.org/sdg/{row['target']}")
        for row in rows(DOMAIN / "sdg/indicators.csv")
        if row["in_un_kos_2019"] == "yes"
    }
    found = links(SDG, SDGO.isIndicatorOf)
    assert pairs == {(str(a).strip("<>"), str(b).strip("<>")) for a, b in found}


@needs_domain
@pytest.mark.parametrize(
    ("table", "title"),
    [
        pytest.param("targets.csv", "title", id="targets"),
        pytest.param("indicators.csv", "title_un_kos_2019", id="indicators"),
    ],
)
def test_labels_are_not_the_official_titles(table: str, title: str) -> None:
    ours = {one.value: text_in_english(one) for one in TARGETS | INDICATORS}
    copied = {
        row["code"]: run
        for row in rows(DOMAIN / "sdg" / table)
        if (label := ours.get(row["iri"]))
        and len(run := shared_run(label, row[title])) > 5
    }
    assert copied == {}


def text_in_english(node: NamedNode) -> str:
    names = objects(SDG, node, SKOS.prefLabel)
    (name,) = [
        one.value for one in names if isinstance(one, Literal) and one.language == "en"
    ]
    return name


def test_the_kpi_framework_has_3_dimensions_7_parts_27_categories_91_kpis() -> None:
    classes = (SSC.KpiDimension, SSC.KpiSubDimension, SSC.KpiCategory, SSC.Kpi)
    assert [len(subjects(KPIS, RDF.type, one)) for one in classes] == [3, 7, 27, 91]


def test_27_categories_have_22_names() -> None:
    categories = subjects(KPIS, RDF.type, SSC.KpiCategory)
    labels = {text(KPIS, one, SKOS.prefLabel) for one in categories}
    assert len({re.sub(r" \(.*\)", "", label) for label in labels}) == 22


def test_a_kpi_measures_the_goals_of_its_targets() -> None:
    for kpi in subjects(KPIS, RDF.type, SSC.Kpi):
        targets = objects(KPIS, kpi, SSC.measuresTarget)
        goals = {number(target).partition(".")[0] for target in targets}
        assert {number(goal) for goal in objects(KPIS, kpi, SSC.measuresGoal)} == goals


def test_kpis_measure_targets_and_indicators_that_exist() -> None:
    assert {there for _, there in links(KPIS, SSC.measuresTarget)} <= TARGETS
    assert {there for _, there in links(KPIS, SSC.measuresIndicator)} <= INDICATORS


def test_a_code_says_whether_an_indicator_is_core_or_advanced() -> None:
    for kpi in subjects(KPIS, RDF.type, SSC.Kpi):
        code = text(KPIS, kpi, SKOS.notation)
        level = {"C": "Core", "A": "Advanced"}[code[-1]]
        assert names_of(kpi, SSC.kpiLevel, KPIS) == [level]


def test_no_count_of_core_and_advanced_indicators_is_printed() -> None:
    assert "55" not in " ".join(str(quad.object) for quad in KPIS)


@needs_domain
def test_indicators_of_cities_are_those_of_the_sources() -> None:
    for row in rows(DOMAIN / "kpis.csv"):
        kpi = thing(f"kpi/{row['slug'].lower()}")
        assert text(KPIS, kpi, SKOS.prefLabel) == row["name"]
        assert names_of(kpi, SSC.kpiKind, KPIS) == [row["kind"]] * bool(row["kind"])
        targets = row["sdg_targets"].replace(",", ";").split(";")
        assert sorted(map(number, objects(KPIS, kpi, SSC.measuresTarget))) == sorted(
            target for target in targets if target
        )
        points = subjects(KPIS, SSC.dataPointOf, kpi)
        printed = [point for point in row["data_points"].split(";") if point]
        labels = sorted(text(KPIS, one, SKOS.prefLabel).casefold() for one in points)
        assert labels == sorted(point.casefold() for point in printed)


def test_a_broader_concept_is_one_step_up() -> None:
    step = {
        SSC.KpiSubDimension: SSC.KpiDimension,
        SSC.KpiCategory: SSC.KpiSubDimension,
        SSC.Kpi: SSC.KpiCategory,
    }
    for low, high in step.items():
        for one in subjects(KPIS, RDF.type, low):
            (above,) = objects(KPIS, one, SKOS.broader)
            assert isinstance(above, NamedNode)
            assert value(KPIS, above, RDF.type) == high


def test_there_are_84_values_and_19_that_are_no_values() -> None:
    found = subjects(VALUES, RDF.type, SSC.KpiValue)
    valued = subjects(VALUES, SOSA.hasSimpleResult) | subjects(VALUES, SSC.answer)
    statuses = Counter(
        tuple(names_of(one, SSC.status, VALUES)) for one in found - valued
    )
    assert (len(found), len(valued)) == (103, 84)
    assert statuses == {("Not reported",): 18, ("Not verified",): 1}


def test_one_value_was_reported_but_could_not_be_verified() -> None:
    (one,) = subjects(VALUES, SSC.status, thing("verification-status/not-verifiable"))
    assert text(VALUES, one, SSC.printedValue) == "25.56"


def test_what_is_verified_has_one_value_and_what_is_not_reported_none() -> None:
    expected = {"Verified": 1, "Not reported": 0, "Not verified": 0}
    for one in subjects(VALUES, RDF.type, SSC.KpiValue):
        (status,) = names_of(one, SSC.status, VALUES)
        found = [
            *objects(VALUES, one, SOSA.hasSimpleResult),
            *objects(VALUES, one, SSC.answer),
        ]
        assert len(found) == expected.get(status, 1), one


@needs_domain
def test_values_are_those_that_the_reports_print() -> None:
    listed = Counter(
        (
            row["city"],
            re.sub(r"\s*:\s*", ": ", row["kpi_id"]),
            row["data_point"].casefold(),
            row["value_as_printed"],
            Decimal(row["value"]) if row["value"] not in ("", "No") else None,
            row["source_url"],
        )
        for row in rows(DOMAIN / "city_kpi_values.csv")
    )
    assert listed == Counter(map(printed, subjects(VALUES, RDF.type, SSC.KpiValue)))


def printed(one: NamedNode) -> tuple[object, ...]:
    city, kpi = (
        value(VALUES, one, link)
        for link in (SOSA.hasFeatureOfInterest, SOSA.observedProperty)
    )
    assert isinstance(city, NamedNode)
    assert isinstance(kpi, NamedNode)
    points = names_of(one, SSC.dataPoint, VALUES)
    results = texts(VALUES, one, SOSA.hasSimpleResult)
    return (
        text(PLACES, city, SKOS.prefLabel),
        text(KPIS, kpi, SKOS.notation),
        points[0].casefold() if points else "",
        text(VALUES, one, SSC.printedValue),
        Decimal(results.pop()) if results else None,
        str(value(VALUES, one, SCHEMA.url)).strip("<>"),
    )


def test_there_are_the_23_places_of_the_documents_and_9_cities_of_the_reports() -> None:
    classes = (SSC.City, SSC.District, SSC.Region)
    assert [len(subjects(PLACES, RDF.type, one)) for one in classes] == [29, 1, 2]
    assert len(subjects(PLACES, RDF.type, SSC.Country)) == 23


def test_a_geometry_is_the_coordinates_of_its_place() -> None:
    for place in subjects(PLACES, GEO.hasGeometry):
        geometry = value(PLACES, place, GEO.hasGeometry)
        assert isinstance(geometry, NamedNode)
        longitude = text(PLACES, place, SCHEMA.longitude)
        latitude = text(PLACES, place, SCHEMA.latitude)
        wkt = f"POINT({longitude} {latitude})"
        assert text(PLACES, geometry, GEO.asWKT) == wkt
        assert -90 <= float(latitude) <= 90


def test_every_place_has_coordinates_and_lies_in_a_country_with_codes() -> None:
    places = subjects(PLACES, RDF.type, SSC.City, SSC.District, SSC.Region)
    assert places == subjects(PLACES, GEO.hasGeometry)
    for place in places:
        country = value(PLACES, place, SCHEMA.containedInPlace)
        assert isinstance(country, NamedNode)
        assert len(text(PLACES, country, SSC.isoAlpha2)) == 2
        assert len(text(PLACES, country, SSC.isoAlpha3)) == 3


def test_a_population_has_its_source_and_its_date() -> None:
    populations = subjects(PLACES, RDF.type, SSC.Statistic)
    assert len(populations) == 26
    for one in populations:
        assert "GeoNames" in text(PLACES, one, DCTERMS.bibliographicCitation)
        assert text(PLACES, one, SSC.asOf) == "2026-07"


@needs_domain
def test_places_are_those_of_the_sources() -> None:
    for row in rows(DOMAIN / "cities.csv"):
        (place,) = {
            one
            for one in subjects(PLACES, SCHEMA.latitude)
            if float(text(PLACES, one, SCHEMA.latitude)) == float(row["lat"])
        }
        assert float(text(PLACES, place, SCHEMA.longitude)) == float(row["lon"])
        same = {str(one).strip("<>") for one in objects(PLACES, place, SCHEMA.sameAs)}
        geonames = f"https://sws.geonames.org/{row['geonames_id']}/"
        wikidata = f"http://www.wikidata.org/entity/{row['wikidata']}"
        assert (geonames in same) == bool(row["geonames_id"])
        assert (wikidata in same) == bool(row["wikidata"])


def test_there_are_11_action_lines_and_8_parts_of_one() -> None:
    codes = {
        text(WSIS, one, SKOS.notation)
        for one in subjects(WSIS, RDF.type, SSC.ActionLine)
    }
    assert {code for code in codes if "-" not in code} == {
        f"C{n}" for n in range(1, 12)
    }
    assert len([code for code in codes if code.startswith("C7-e-")]) == 8
    assert subjects(WSIS, SKOS.broader, thing("action-line/c7")) == {
        thing(f"action-line/{code.lower()}") for code in codes if "-" in code
    }


def test_the_matrix_of_action_lines_and_goals_is_empty_and_says_why() -> None:
    everything = read(*SEED_DATA.rglob("*.ttl"))
    assert subjects(everything, RDF.type, SSC.ActionLineGoalLink) == set()
    why = text(read(ONTOLOGY / "ssc.ttl"), SSC.ActionLineGoalLink, SSC.withoutData)
    assert "verified" in why


def test_the_only_benchmarks_are_marked_as_made_up() -> None:
    (one,) = subjects(BENCHMARKS, RDF.type, SSC.BenchmarkSet)
    assert text(BENCHMARKS, one, SSC.isIllustrative) == "true"
    assert "made up" in text(BENCHMARKS, one, DCTERMS.bibliographicCitation)
