"""What the graphs of the documents say where it would be easy to say too much."""

import csv
from collections.abc import Iterator

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from ssc_kg.rdf.vocab import (
    DCTERMS,
    ORG,
    RDF,
    SCHEMA,
    SKOS,
    SOSA,
    SSC,
)
from ssc_kg.resources import SEED_DATA
from tests.conftest import SHARED_DOCUMENTS
from tests.datasets import BASE
from tests.published import Term, objects, read, subjects
from tests.words import shared_run

SOURCES = {path.stem: read(path) for path in (SEED_DATA / "source").glob("*.ttl")}
CALL = SOURCES["u4ssc-call"]
WEGO = SOURCES["wego-presentation"]
ROADMAP = SOURCES["itu-sdg-roadmap"]
EVERYTHING = read(*SEED_DATA.rglob("*.ttl"))
LONGEST_RUN = 8
"""How many words in a row our wording may share with a document: a long name has 8."""
WORDED = (
    SSC.Activity,
    SSC.Aim,
    SSC.Commitment,
    SSC.Contribution,
    SSC.ExpectedResult,
    SSC.FocusArea,
    SSC.Objective,
    SSC.Requirement,
    SSC.Statement,
    SSC.Statistic,
    SSC.Topic,
)
"""Classes of things without a name of their own: their labels are our wording."""


def thing(path: str) -> NamedNode:
    return NamedNode(f"{BASE}id/{path}")


def slugs(found: list[Term]) -> set[str]:
    return {str(one).strip("<>").rpartition("/")[2] for one in found}


def values(quads: list[Quad], subject: NamedNode, predicate: NamedNode) -> set[str]:
    found = objects(quads, subject, predicate)
    return {one.value for one in found if isinstance(one, Literal)}


def figures(quads: list[Quad], measure: str) -> set[tuple[str, str, bool]]:
    """What is counted in a graph: the number, as printed, and if it is the least."""
    return {
        (
            values(quads, one, SOSA.hasSimpleResult).pop(),
            values(quads, one, SSC.printedValue).pop(),
            "true" in values(quads, one, SSC.isLowerBound),
        )
        for one in subjects(quads, SOSA.observedProperty, thing(f"measure/{measure}"))
    }


def test_who_launched_the_u4ssc_is_not_who_coordinates_it() -> None:
    u4ssc = thing("initiative/u4ssc")
    assert slugs(objects(ROADMAP, u4ssc, SSC.launchedBy)) == {"itu", "unece"}
    assert values(ROADMAP, u4ssc, SSC.launched) == {"2016"}
    coordinators = slugs(objects(CALL, u4ssc, SSC.coordinatedBy))
    assert coordinators == {"itu", "unece", "un-habitat"}
    assert objects(CALL, u4ssc, SSC.launchedBy) == []


def test_thirteen_bodies_support_the_u4ssc() -> None:
    supporters = slugs(objects(CALL, thing("initiative/u4ssc"), SSC.supportedBy))
    assert len(supporters) == 13
    assert supporters.isdisjoint({"itu", "unece", "un-habitat", "unops", "unwto"})


def test_the_call_ends_on_a_day_that_it_prints() -> None:
    (call,) = subjects(CALL, RDF.type, SSC.Call)
    assert values(CALL, call, SSC.deadline) == {"2020-03-31"}
    assert values(CALL, call, SSC.deadlinePrinted) == {"31 March 2020"}


def test_the_headings_of_what_applicants_must_confirm_are_kept() -> None:
    headings = {
        heading
        for one in subjects(CALL, RDF.type, SSC.Requirement)
        for heading in values(CALL, one, SKOS.notation)
    }
    expected = {"Communication", "Knowledge Sharing", "Availability", "Transparency"}
    assert headings == expected


@pytest.mark.parametrize(
    ("measure", "expected"),
    [
        pytest.param(
            "registered-projects",
            {("14000", "14,000", True), ("10000", "10 000", True)},
            id="projects",
        ),
        pytest.param(
            "community-members",
            {("450000", "450.000", False), ("350000", "350 000", True)},
            id="people",
        ),
    ],
)
def test_figures_that_contradict_each_other_are_all_kept(
    measure: str, expected: set[tuple[str, str, bool]]
) -> None:
    assert figures(ROADMAP, measure) == expected


@pytest.mark.parametrize(
    ("quads", "measure", "expected"),
    [
        pytest.param(WEGO, "city-leaders", ("400", "400+", True), id="400+"),
        pytest.param(
            ROADMAP, "sector-members-and-associates", ("700", "700", True), id="700"
        ),
        pytest.param(
            ROADMAP,
            "young-people-to-equip",
            ("5000000", "five million", False),
            id="five million",
        ),
    ],
)
def test_numbers_in_words_and_lower_bounds_are_read(
    quads: list[Quad], measure: str, expected: tuple[str, str, bool]
) -> None:
    assert figures(quads, measure) == {expected}


def test_fifty_cities_are_two_figures() -> None:
    assert figures(ROADMAP, "participating-cities") == {("50", "Fifty", False)}
    assert figures(WEGO, "cities-being-audited") == {("50", "50", False)}


def test_regions_and_a_district_hold_roles_of_cities() -> None:
    wego = thing("organization/wego")
    members = {
        member
        for one in subjects(WEGO, ORG.organization, wego)
        for member in objects(WEGO, one, ORG.member)
    }
    assert len(members) == 20
    kinds = {
        slug: slugs(objects(EVERYTHING, thing(f"{kind}/{slug}"), RDF.type))
        for kind, slug in [
            ("region", "ulyanovsk-region"),
            ("region", "khartoum-state"),
            ("district", "beyoglu"),
        ]
        if thing(f"{kind}/{slug}") in members
    }
    assert kinds == {
        "ulyanovsk-region": {"ontology#Region"},
        "khartoum-state": {"ontology#Region"},
        "beyoglu": {"ontology#District"},
    }


def test_the_assembly_did_not_establish_the_offices_that_its_slide_lists() -> None:
    assembly = thing("event/wego-general-assembly-4")
    office = thing("organization/wego-latin-america-regional-office")
    between = {
        quad.predicate
        for quad in WEGO
        if {quad.subject, quad.object} == {assembly, office}
    }
    assert between == set()
    assert slugs(objects(WEGO, office, SSC.basedIn)) == {"mexico-city"}


def test_partners_shown_only_as_logos_are_no_partners() -> None:
    partners = {
        slug
        for one in subjects(WEGO, RDF.type, SSC.Partnership)
        for slug in slugs(objects(WEGO, one, SSC.partner))
    }
    assert partners == {"wego", "world-bank", "fmdv", "open-government-partnership"}


def test_the_conference_of_2018_has_its_alias() -> None:
    conference = thing("event/itu-plenipotentiary-conference-2018")
    assert any("PP-18" in one for one in values(ROADMAP, conference, SKOS.altLabel))
    assert values(ROADMAP, conference, SSC.year) == {"2018"}
    assert slugs(objects(ROADMAP, conference, SCHEMA.location)) == {"dubai"}


def test_three_goals_are_contributed_to_together_and_goal_9_by_itself() -> None:
    jointly = thing("contribution/itu-sdg-13-14-15")
    assert slugs(objects(ROADMAP, jointly, SSC.addressesGoal)) == {"13", "14", "15"}
    alone = thing("contribution/itu-sdg-9")
    assert slugs(objects(ROADMAP, alone, SSC.addressesGoal)) == {"9"}


@pytest.mark.parametrize(
    ("strength", "goals"),
    [
        pytest.param("primary-focus", {"9"}, id="primary focus"),
        pytest.param(
            "strong-impact", {"1", "3", "4", "5", "8", "10", "11"}, id="strong impact"
        ),
        pytest.param(
            "helps-to-address", {"7", "12", "13", "14", "15"}, id="helps to address"
        ),
    ],
)
def test_contributions_are_as_strong_as_the_roadmap_says(
    strength: str, goals: set[str]
) -> None:
    found = subjects(ROADMAP, SSC.strength, thing(f"contribution-strength/{strength}"))
    addressed = [objects(ROADMAP, one, SSC.addressesGoal) for one in found]
    assert {slug for some in addressed for slug in slugs(some)} == goals


def test_itu_contributes_to_every_goal() -> None:
    contributions = subjects(ROADMAP, SSC.contributor, thing("organization/itu"))
    addressed = [objects(ROADMAP, one, SSC.addressesGoal) for one in contributions]
    goals = {slug for some in addressed for slug in slugs(some)}
    assert goals == set(map(str, range(1, 18)))


def test_itu_tracks_five_indicators_by_the_roadmap_and_by_the_reference_data() -> None:
    itu = thing("organization/itu")
    tracked = subjects(ROADMAP, SSC.custodian, itu)
    sdg = read(SEED_DATA / "reference" / "sdg.ttl")
    codes = {code for one in tracked for code in values(sdg, one, SKOS.notation)}
    assert codes == {"4.4.1", "5.b.1", "9.c.1", "17.6.2", "17.8.1"}
    assert tracked == subjects(sdg, SSC.custodian, itu)


def test_no_statistic_of_a_document_without_a_date_has_one() -> None:
    dated = {
        one
        for one in subjects(ROADMAP, RDF.type, SSC.Statistic)
        if objects(ROADMAP, one, SSC.asOf)
    }
    assert dated == set()


@pytest.mark.parametrize(
    ("path", "name"),
    [
        pytest.param("organization/unep", "UN Environment", id="UN Environment"),
        pytest.param("organization/unescap", "UN ESCAP", id="UN ESCAP"),
        pytest.param("city/hanoi", "Ha Noi", id="Ha Noi"),
        pytest.param("country/turkey", "Turkey", id="Turkey"),
    ],
)
def test_an_alias_is_another_name_of_the_same_thing(path: str, name: str) -> None:
    assert name in values(EVERYTHING, thing(path), SKOS.altLabel)


def wording(quads: list[Quad]) -> Iterator[str]:
    """Yield the descriptions, and the labels of what has no name of its own."""
    worded = subjects(quads, RDF.type, *WORDED)
    for quad in quads:
        is_label = quad.predicate == SKOS.prefLabel and quad.subject in worded
        if is_label or quad.predicate == DCTERMS.description:
            assert isinstance(quad.object, Literal)
            yield quad.object.value


@pytest.mark.skipif(
    not SHARED_DOCUMENTS.is_dir(), reason="the documents are not part of the repository"
)
@pytest.mark.parametrize("name", sorted(SOURCES))
def test_our_wording_copies_no_sentence(name: str) -> None:
    quads = SOURCES[name]
    (file,) = values(quads, thing(f"document/{name}"), SSC.fileName)
    document = (SHARED_DOCUMENTS / file).read_text(encoding="utf-8")
    texts = set(wording(quads))
    assert texts
    runs = {text: len(shared_run(text, document)) for text in texts}
    assert {text: run for text, run in runs.items() if run > LONGEST_RUN} == {}


def test_at_most_a_twelfth_of_the_statements_read_beforehand_is_left_out() -> None:
    with (SEED_DATA / "coverage.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    left_out = [row for row in rows if row["reason"]]
    assert len(rows) == 758
    assert len(left_out) * 12 <= len(rows)
