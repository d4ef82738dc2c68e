"""Each of the ten systems of the documents is told alike by all three faces.

A row asks for the names of what a thing is linked with by one property: of GraphQL, of
SPARQL, and of the Turtle document about the thing.
"""

from typing import NamedTuple

import httpx
import pytest
from pyoxigraph import Dataset, Literal, NamedNode, RdfFormat, parse

from ssc_kg.rdf.namespaces import PREFIXES
from ssc_kg.rdf.vocab import SKOS
from tests.conftest import Server

BASE = "https://w3id.org/ssc-kg/"


class Link(NamedTuple):
    """What is asked: of what, by which property, by which GraphQL field of its type."""

    thing: str
    predicate: str
    field: str
    names: frozenset[str]
    """Some of the names that must be there."""

    @property
    def iri(self) -> str:
        return self.thing if ":" in self.thing else f"{BASE}id/{self.thing}"

    @property
    def path(self) -> str:
        prefix, _, name = self.predicate.lstrip("^").partition(":")
        return f"{'^' * self.is_inverse}<{PREFIXES[prefix]}{name}>"

    @property
    def is_inverse(self) -> bool:
        return self.predicate.startswith("^")


def link(thing: str, property_: str, field: str, *names: str, system: str) -> object:
    return pytest.param(
        Link(thing, property_, field, frozenset(names)), id=f"{system}, {field}"
    )


LINKS = [
    link(
        "agreement/oier-itu-mou",
        "ssc:signatory",
        "Agreement.signatories",
        "International Telecommunication Union",
        system="1 agreements",
    ),
    link(
        "agreement/citynet-unescap-mou",
        "^ssc:commitmentOf",
        "Agreement.commitments",
        "Build up together what national and local governments can do",
        system="1 agreements",
    ),
    link(
        "initiative/u4ssc",
        "ssc:supportedBy",
        "Initiative.supporters",
        "World Meteorological Organization",
        "United Nations Development Programme",
        system="2 U4SSC",
    ),
    link(
        "initiative/u4ssc",
        "^ssc:bodyOf",
        "Initiative.bodies",
        "U4SSC Secretariat",
        system="2 U4SSC",
    ),
    link(
        "kpi-category/safety-housing-and-social-inclusion-social-inclusion",
        "^skos:broader",
        "KpiCategory.kpis",
        "Gini Coefficient",
        "Voter Participation",
        system="3 KPIs",
    ),
    link(
        "kpi/ec-ict-ict-1c",
        "^sosa:observedProperty",
        "Kpi.values",
        "Household Internet Access in Karmøy, September 2020",
        system="3 KPIs",
    ),
    link(
        "organization/wego",
        "^org:organization",
        "Organization.members",
        "Seoul as President City of WeGO",
        system="4 WeGO",
    ),
    link(
        "organization/wego",
        "^ssc:objectiveOf",
        "Organization.objectives",
        "Smart sustainable cities for all",
        system="4 WeGO",
    ),
    link(
        "platform/wsis-stocktaking",
        "^sosa:hasFeatureOfInterest",
        "Platform.statistics",
        system="5 Stocktaking and Prizes",
    ),
    link(
        "initiative/wsis-prizes",
        "dcterms:isPartOf",
        "Initiative.partOf",
        system="5 Stocktaking and Prizes",
    ),
    link(
        "framework/wsis-action-lines",
        "^dcterms:isPartOf",
        "Framework.actionLines",
        "Capacity building",
        "Media",
        system="6 action lines",
    ),
    link(
        "platform/itu-sdg-mapping-tool",
        "ssc:developedBy",
        "Platform.developers",
        "International Telecommunication Union",
        system="7 mapping",
    ),
    link(
        "contribution-strength/strong-impact",
        "^ssc:strength",
        "ContributionStrength.contributions",
        system="7 mapping",
    ),
    link(
        "contribution/itu-sdg-3",
        "ssc:through",
        "Contribution.through",
        "Digital Health for Africa",
        "Be He@lthy, Be Mobile",
        system="8 roadmap",
    ),
    link(
        "organization/itu",
        "^ssc:custodian",
        "Organization.custodianOf",
        system="8 roadmap",
    ),
    link(
        "resolution/unga-70-1",
        "ssc:establishes",
        "Resolution.establishes",
        "2030 Agenda for Sustainable Development",
        system="8 roadmap",
    ),
    link(
        "platform/urban-sdg-knowledge-platform",
        "ssc:purpose",
        "Platform.purposes",
        system="9 Urban SDG Knowledge Platform",
    ),
    link(
        "event-series/wego-general-assembly",
        "^ssc:editionOf",
        "EventSeries.editions",
        "4th WeGO General Assembly 2017",
        system="10 events",
    ),
]


@pytest.mark.parametrize("asked", LINKS)
def test_a_system_is_told_alike_by_three_faces(server: Server, asked: Link) -> None:
    names = from_sparql(server, asked)
    assert names >= asked.names
    assert names, "nothing is said"
    assert from_graphql(server, asked) == names
    assert from_turtle(server, asked) >= names


def from_sparql(server: Server, asked: Link) -> set[str]:
    query = (
        f"PREFIX skos: <{PREFIXES['skos']}> SELECT ?name "
        f"{{ <{asked.iri}> {asked.path} ?other . ?other skos:prefLabel ?name "
        'FILTER(LANG(?name) = "en") }'
    )
    answer = httpx.get(
        f"{server.address}/sparql",
        params={"query": query},
        headers={"Accept": "application/sparql-results+json"},
    )
    return {row["name"]["value"] for row in answer.json()["results"]["bindings"]}


def from_graphql(server: Server, asked: Link) -> set[str]:
    type_, _, field = asked.field.partition(".")
    query = (
        f'{{ node(id: "{asked.iri}") {{ ... on {type_} '
        f"{{ {field}(first: 1000) {{ nodes {{ name }} }} }} }} }}"
    )
    answer = httpx.post(f"{server.address}/graphql", json={"query": query}).json()
    assert "errors" not in answer, answer
    return {node["name"] for node in answer["data"]["node"][field]["nodes"]}


def from_turtle(server: Server, asked: Link) -> set[str]:
    address = asked.iri.replace(BASE, f"{server.address}/")
    answer = httpx.get(
        address, headers={"Accept": "text/turtle"}, follow_redirects=True
    )
    document = Dataset(parse(answer.content, format=RdfFormat.TURTLE))
    thing, property_ = NamedNode(asked.iri), NamedNode(asked.path.strip("^<>"))
    linked = (
        document.quads_for_object(thing)
        if asked.is_inverse
        else document.quads_for_subject(thing)
    )
    others = {
        quad.subject if asked.is_inverse else quad.object
        for quad in linked
        if quad.predicate == property_
    }
    return {
        quad.object.value
        for quad in document.quads_for_predicate(SKOS.prefLabel)
        if quad.subject in others and isinstance(quad.object, Literal)
    }
