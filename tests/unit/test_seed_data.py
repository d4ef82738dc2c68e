"""What the seed data says, that documents support it, and that it says no more."""

import csv
import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from ssc_kg.dataset.evidence import LONGEST_PHRASE, check_evidence, find_uncovered
from ssc_kg.dataset.validate import Engine, find_violations
from ssc_kg.rdf.vocab import DCTERMS, OA, ORG, PROV, RDF, SKOS, SSC, XSD
from ssc_kg.resources import ONTOLOGY, SEED_DATA
from ssc_kg.store.protocol import Store
from tests.conftest import SHARED_DOCUMENTS
from tests.datasets import BASE
from tests.published import (
    RDF_FILES,
    SEED_FILES,
    Term,
    name_of,
    objects,
    read,
    subjects,
)

VIOLATIONS = Path(__file__).parents[1] / "data" / "violations.ttl"
SEED_FACTS = SHARED_DOCUMENTS.parent / "domain" / "seed_facts.csv"
NO_DOCUMENTS = "the documents are not part of the repository"
needs_documents = pytest.mark.skipif(not SHARED_DOCUMENTS.is_dir(), reason=NO_DOCUMENTS)
needs_seed_facts = pytest.mark.skipif(not SEED_FACTS.is_file(), reason=NO_DOCUMENTS)

DATA = read(*SEED_FILES)
OIER = read(SEED_DATA / "source" / "oier-itu-mou.ttl")
CITYNET = read(SEED_DATA / "source" / "citynet-unescap-mou.ttl")

REASONS = frozenset(
    {
        "inferred beyond the words",
        "official title not copied",
        "repeats another statement",
    }
)
MOST_LEFT_OUT = 0.08
POST_STARTS = 2085
"""Where the article ends; the page goes on with a post from a social feed."""


def thing(path: str) -> NamedNode:
    return NamedNode(f"{BASE}id/{path}")


CITYNET_MOU = thing("agreement/citynet-unescap-mou")
OIER_MOU = thing("agreement/oier-itu-mou")
CITYNET_PAGE = NamedNode(f"{BASE}graph/source/citynet-unescap-mou")
CITYNET_ITSELF = thing("organization/citynet")
FIRA_PARTNERSHIP = thing("partnership/citynet-fira-internacional-de-barcelona")
POST = thing("announcement/citynet-smart-city-expo-world-congress-2024")


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage and what it supports."""

    iri: NamedNode
    document: NamedNode
    start: int
    end: int
    phrase: str
    fact: tuple[Term, Term, Term]

    @property
    def span(self) -> range:
        return range(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Row:
    """A line of coverage.csv."""

    file: str
    start: int
    end: int
    relation: str
    evidence: tuple[str, ...]
    reason: str


def value(subject: NamedNode, predicate: NamedNode, quads: list[Quad] = DATA) -> Term:
    (found,) = set(objects(quads, subject, predicate))
    return found


def text(subject: NamedNode, predicate: NamedNode) -> str:
    found = value(subject, predicate)
    assert isinstance(found, Literal)
    return found.value


def text_of(subject: NamedNode, link: NamedNode) -> str:
    target = value(subject, link)
    assert isinstance(target, NamedNode)
    return text(target, SKOS.prefLabel)


def read_evidence() -> Iterator[Evidence]:
    about: dict[NamedNode, dict[NamedNode, Term]] = {}
    for quad in DATA:
        assert isinstance(quad.subject, NamedNode)
        about.setdefault(quad.subject, {})[quad.predicate] = quad.object
    for iri, values in about.items():
        if values.get(RDF.type) == SSC.Evidence:
            start, end, phrase = (values[p] for p in (OA.start, OA.end, OA.exact))
            document = values[PROV.wasQuotedFrom]
            assert isinstance(start, Literal)
            assert isinstance(end, Literal)
            assert isinstance(phrase, Literal)
            assert isinstance(document, NamedNode)
            fact = (values[RDF.subject], values[RDF.predicate], values[RDF.object])
            yield Evidence(
                iri, document, int(start.value), int(end.value), phrase.value, fact
            )


def mint(one: Evidence) -> NamedNode:
    digest = hashlib.sha256("{} {} {} .".format(*one.fact).encode()).hexdigest()[:8]
    name = one.document.value.rpartition("/")[2]
    return thing(f"evidence/{name}-{one.start}-{one.end}-{digest}")


def shows_text(one: Evidence) -> bool:
    """Whether a phrase shows the text that it is said to support."""
    object_ = one.fact[2]
    return (
        not isinstance(object_, Literal)
        or object_.datatype not in {XSD.string, RDF.langString, XSD.integer}
        or object_.value in one.phrase
    )


def read_coverage() -> list[Row]:
    with (SEED_DATA / "coverage.csv").open(newline="") as file:
        return [
            Row(
                row["document"],
                int(row["start"]),
                int(row["end"]),
                row["relation"],
                tuple(row["evidence"].split()),
                row["reason"],
            )
            for row in csv.DictReader(file)
        ]


EVIDENCE = tuple(read_evidence())
EVIDENCE_BY_NAME = {one.iri.value.rpartition("/")[2]: one for one in EVIDENCE}
COVERAGE = read_coverage()
PASSAGES = frozenset({one.iri for one in EVIDENCE} | {one.document for one in EVIDENCE})
DOCUMENTS = sorted({one.document for one in EVIDENCE}, key=str)


def test_published_data_has_no_blank_nodes() -> None:
    nodes = [term for quad in DATA for term in (quad.subject, quad.object)]
    assert all(isinstance(node, NamedNode | Literal) for node in nodes)


def test_the_catalogue_describes_every_file_and_no_other() -> None:
    files = [quad.object for quad in DATA if quad.predicate == SSC.loadedFrom]
    assert sorted(map(str, files)) == sorted(
        str(Literal(name_of(path))) for path in RDF_FILES
    )


def test_every_source_graph_has_its_document() -> None:
    graphs = subjects(DATA, DCTERMS.source)
    assert {graph.value.partition("/graph/")[2] for graph in graphs} == {
        f"source/{path.stem}" for path in SEED_FILES if path.parent.name == "source"
    }
    for graph in graphs:
        assert value(graph, DCTERMS.source) in DOCUMENTS


@needs_documents
def test_every_phrase_is_where_its_evidence_says(seed_store: Store) -> None:
    report = check_evidence(seed_store, SHARED_DOCUMENTS)
    assert report.failures == ()
    assert report.checked == len(EVIDENCE) > 3000


@needs_documents
@pytest.mark.parametrize("document", DOCUMENTS, ids=str)
def test_a_document_has_the_length_that_is_said(document: NamedNode) -> None:
    file = SHARED_DOCUMENTS / text(document, SSC.fileName)
    assert len(file.read_bytes().decode()) == int(text(document, SSC.length))


@pytest.mark.parametrize(
    "holds",
    [
        pytest.param(
            lambda one: 0 < len(one.phrase) <= LONGEST_PHRASE, id="a short phrase"
        ),
        pytest.param(
            lambda one: one.end - one.start == len(one.phrase),
            id="positions as far apart as the phrase is long",
        ),
        pytest.param(
            lambda one: 0 <= one.start < one.end <= int(text(one.document, SSC.length)),
            id="positions inside the document",
        ),
        pytest.param(
            lambda one: one.phrase == one.phrase.strip(), id="no space around it"
        ),
        pytest.param(lambda one: one.iri == mint(one), id="the IRI of what it says"),
        pytest.param(shows_text, id="the printed form in the phrase"),
    ],
)
def test_all_evidence_has(holds: Callable[[Evidence], bool]) -> None:
    assert [one for one in EVIDENCE if not holds(one)] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=str)
def test_phrases_agree_where_they_overlap(document: NamedNode) -> None:
    characters: dict[int, str] = {}
    for one in (one for one in EVIDENCE if one.document == document):
        for position, character in zip(one.span, one.phrase, strict=True):
            assert characters.setdefault(position, character) == character, one


def test_every_fact_of_a_source_graph_has_evidence(seed_store: Store) -> None:
    assert find_uncovered(seed_store, base_iri=BASE) == ()


def test_coverage_has_every_statement_read_beforehand() -> None:
    assert len(COVERAGE) == 758


@needs_seed_facts
def test_coverage_follows_the_list_of_statements() -> None:
    names = {row.file for row in COVERAGE}
    with SEED_FACTS.open(newline="") as file:
        listed = [
            (row["seed_file"], row["char_start"], row["char_end"], row["predicate"])
            for row in csv.DictReader(file)
            if row["seed_file"] in names
        ]
    assert listed == [
        (row.file, str(row.start), str(row.end), row.relation) for row in COVERAGE
    ]


def test_a_statement_has_evidence_or_a_reason_to_be_left_out() -> None:
    assert [row for row in COVERAGE if bool(row.evidence) == bool(row.reason)] == []
    left_out = [row.reason for row in COVERAGE if row.reason]
    assert set(left_out) <= REASONS
    assert len(left_out) <= MOST_LEFT_OUT * len(COVERAGE)


def test_the_reasons_for_leaving_out_are_explained() -> None:
    sources = " ".join((SEED_DATA / "SOURCES.md").read_text().split())
    assert [reason for reason in REASONS if f"*{reason}*" not in sources] == []


def test_the_evidence_for_a_statement_quotes_its_passage() -> None:
    wrong = [
        (row, name)
        for row in COVERAGE
        for name in row.evidence
        if not supports(EVIDENCE_BY_NAME[name], row)
    ]
    assert wrong == []


@pytest.mark.parametrize("engine_", Engine)
def test_both_engines_find_exactly_the_planted_violations(
    seed_store: Store, engine_: Engine
) -> None:
    planted = [*seed_store.match(), *read(VIOLATIONS)]
    found = find_violations(triples(planted), shapes(), engine=engine_)
    with VIOLATIONS.with_suffix(".csv").open(newline="") as file:
        expected = {
            (row["focus_node"], row["shape"], row["severity"])
            for row in csv.DictReader(file)
        }
    assert {(one.subject, one.rule, one.severity) for one in found} == expected
    assert len({severity for _, _, severity in expected}) == 3


@pytest.mark.parametrize("engine_", Engine)
def test_the_seed_data_meets_its_shapes_by_both_engines(
    seed_store: Store, engine_: Engine
) -> None:
    merge = triples(seed_store.match())
    assert find_violations(merge, shapes(), engine=engine_) == ()


def test_a_day_without_a_year_stays_without_one() -> None:
    assert value(CITYNET_MOU, SSC.signedOn) == Literal(
        "--10-23", datatype=XSD.gMonthDay
    )
    assert text(CITYNET_MOU, SSC.signedOnPrinted) == "October 23rd"


def test_no_year_is_given_to_the_signing_of_citynet_and_unescap() -> None:
    years = {
        (quad.subject, quad.predicate, year)
        for quad in CITYNET
        if isinstance(quad.object, Literal) and not is_passage(quad)
        for year in re.findall(r"\b(?:19|20)\d\d\b", quad.object.value)
    }
    aim = thing("aim/citynet-unescap-mou-sdgs")
    expo = thing("event/smart-city-expo-world-congress-2024")
    assert years == {
        (CITYNET_MOU, SSC.targetYear, "2030"),
        (aim, SSC.targetYear, "2030"),
        (aim, SKOS.prefLabel, "2030"),
        (expo, SSC.year, "2024"),
        (expo, SKOS.prefLabel, "2024"),
        (POST, SKOS.prefLabel, "2024"),
    }


@pytest.mark.parametrize(
    "predicate", [SSC.signedOn, SSC.signedOnPrinted, SSC.signedIn, SSC.signedAt]
)
def test_the_memorandum_of_oier_and_itu_has_no_date_and_no_place(
    predicate: NamedNode,
) -> None:
    assert objects(DATA, OIER_MOU, predicate) == []


def test_nobody_is_named_as_having_signed_for_oier_and_itu() -> None:
    signatures = subjects(DATA, SSC.signatureOf, OIER_MOU)
    assert len(signatures) == 2
    assert [objects(DATA, one, SSC.signedBy) for one in signatures] == [[], []]


def test_the_document_of_oier_and_itu_yields_no_dates() -> None:
    dates = {XSD.date, XSD.dateTime, XSD.gYear, XSD.gMonthDay}
    literals = [quad.object for quad in OIER if isinstance(quad.object, Literal)]
    assert [one for one in literals if one.datatype in dates] == []


def test_the_post_about_the_expo_is_no_part_of_the_memorandum() -> None:
    page = [
        one for one in EVIDENCE if one.document == value(CITYNET_PAGE, DCTERMS.source)
    ]
    post = {one.fact[0] for one in page if one.start >= POST_STARTS}
    article = {one.fact[0] for one in page if one.start < POST_STARTS}
    assert (POST in post, CITYNET_MOU in article) == (True, True)
    assert post & article == set()
    assert set(links(post, article)) == {
        (POST, SSC.speaker, CITYNET_ITSELF),
        (FIRA_PARTNERSHIP, SSC.partner, CITYNET_ITSELF),
    }


def test_unescap_has_both_spellings() -> None:
    unescap = thing("organization/unescap")
    assert value(unescap, SSC.acronym, CITYNET) == Literal("UNESCAP")
    assert value(unescap, SKOS.altLabel, CITYNET) == Literal("UN ESCAP", language="en")


def test_the_parent_of_citynet_is_the_claim_of_one_graph() -> None:
    claims = [(name_of(file), quad) for file in SEED_FILES for quad in read(file)]
    graphs = [file for file, quad in claims if quad.predicate == ORG.subOrganizationOf]
    assert graphs == ["seed_data/source/citynet-unescap-mou.ttl"]


def test_the_two_leaders_of_citynet_hold_the_roles_that_the_article_gives() -> None:
    held = {
        (text_of(role, ORG.member), text_of(role, ORG.role))
        for role in subjects(DATA, ORG.organization, CITYNET_ITSELF)
    }
    assert held == {
        ("Vijay Jagannathan", "Executive Director"),
        ("Jeong Kee Kim", "Chief Executive Officer"),
    }


def supports(one: Evidence, row: Row) -> bool:
    same = text(one.document, SSC.fileName) == row.file
    return same and one.start < row.end and row.start < one.end


def links(some: set[Term], others: set[Term]) -> Iterator[tuple[Term, Term, Term]]:
    """Yield the facts about something of one set and something of the other."""
    for quad in CITYNET:
        ends = {quad.subject, quad.object}
        if ends & some and ends & others and not is_passage(quad):
            yield quad.subject, quad.predicate, quad.object


def is_passage(quad: Quad) -> bool:
    return quad.subject in PASSAGES


def triples(quads: list[Quad]) -> str:
    return "".join(f"{quad.triple} .\n" for quad in quads)


def shapes() -> str:
    return triples(read(ONTOLOGY / "shapes.ttl"))
