"""The three faces answer one question alike.

Who signed the CityNet-UNESCAP memorandum, in which roles, at which event, and which
passage says so?
"""

from collections.abc import Mapping
from typing import NamedTuple

import httpx
from pyoxigraph import Dataset, Literal, NamedNode, RdfFormat, parse

from ssc_kg.rdf.vocab import OA, ORG, PROV, RDF, SKOS, SSC
from ssc_kg.resources import QUERIES
from tests.conftest import Server

SLUG = "who-signed-citynet-unescap"
BASE = "https://w3id.org/ssc-kg/"
MEMORANDUM = NamedNode(f"{BASE}id/agreement/citynet-unescap-mou")
GRAPH = "/graph/source/citynet-unescap-mou"


class Row(NamedTuple):
    """One signature and the passage that says who signed."""

    organization: str
    person: str
    role: str
    event: str
    phrase: str
    start: int
    end: int
    document: str


EXPECTED = {
    Row(
        organization,
        person,
        role,
        "Signing ceremony of CityNet and UNESCAP",
        "signed the MOU as representatives of the two parties",
        521,
        573,
        "001_ae46d2fff15381ab.txt",
    )
    for organization, person, role in [
        ("CityNet", "Vijay Jagannathan", "Executive Director"),
        (
            "United Nations Economic and Social Commission for Asia and the Pacific",
            "Armida Salsiah Alisjahbana",
            "Executive Secretary",
        ),
    ]
}


def test_graphql_sparql_and_turtle_agree(server: Server) -> None:
    assert from_graphql(server) == EXPECTED
    assert from_sparql(server) == EXPECTED
    assert from_turtle(server) == EXPECTED


def from_graphql(server: Server) -> set[Row]:
    query = (QUERIES / f"{SLUG}.graphql").read_text()
    response = httpx.post(f"{server.address}/graphql", json={"query": query})
    signatures = response.json()["data"]["agreement"]["signatures"]["nodes"]
    return {
        Row(
            signature["organization"]["name"],
            signature["representative"]["name"],
            signature["inRole"]["role"]["name"],
            signature["signedAt"]["name"],
            evidence["phrase"],
            evidence["start"],
            evidence["end"],
            evidence["document"]["fileName"],
        )
        for signature in signatures
        for evidence in signature["evidence"]["nodes"]
        if evidence["property"] == SSC.signedBy.value
    }


def from_sparql(server: Server) -> set[Row]:
    query = (QUERIES / f"{SLUG}.rq").read_text()
    response = httpx.get(
        f"{server.address}/sparql",
        params={"query": query},
        headers={"Accept": "application/sparql-results+json"},
    )
    bindings = response.json()["results"]["bindings"]
    return {_row({n: str(cell["value"]) for n, cell in b.items()}) for b in bindings}


def _row(values: Mapping[str, str]) -> Row:
    return Row(
        values["organization"],
        values["person"],
        values["role"],
        values["event"],
        values["phrase"],
        int(values["start"]),
        int(values["end"]),
        values["document"],
    )


def from_turtle(server: Server) -> set[Row]:
    turtle = httpx.get(server.address + GRAPH, headers={"Accept": "text/turtle"})
    concepts = httpx.get(f"{server.address}/graph/reference/concepts.ttl")
    graph = Dataset(
        quad
        for text in (turtle.text, concepts.text)
        for quad in parse(text, format=RdfFormat.TURTLE)
    )
    reader = _Reader(graph)
    return {
        Row(
            reader.name(reader.follow(signature, SSC.onBehalfOf)),
            reader.name(reader.follow(signature, SSC.signedBy)),
            reader.name(reader.follow(reader.follow(signature, SSC.inRole), ORG.role)),
            reader.name(reader.follow(signature, SSC.signedAt)),
            reader.text(evidence, OA.exact),
            int(reader.text(evidence, OA.start)),
            int(reader.text(evidence, OA.end)),
            reader.text(reader.follow(evidence, PROV.wasQuotedFrom), SSC.fileName),
        )
        for signature in reader.subjects(SSC.signatureOf, MEMORANDUM)
        for evidence in reader.subjects(RDF.subject, signature)
        if reader.follow(evidence, RDF.predicate) == SSC.signedBy
    }


class _Reader:
    """Follows properties in a small graph."""

    def __init__(self, graph: Dataset) -> None:
        self._graph = graph

    def subjects(self, predicate: NamedNode, object_: NamedNode) -> list[NamedNode]:
        return [
            quad.subject
            for quad in self._graph.quads_for_object(object_)
            if quad.predicate == predicate and isinstance(quad.subject, NamedNode)
        ]

    def follow(self, subject: NamedNode, predicate: NamedNode) -> NamedNode:
        [object_] = self._objects(subject, predicate)
        assert isinstance(object_, NamedNode)
        return object_

    def text(self, subject: NamedNode, predicate: NamedNode) -> str:
        [object_] = self._objects(subject, predicate)
        assert isinstance(object_, Literal)
        return object_.value

    def name(self, subject: NamedNode) -> str:
        return self.text(subject, SKOS.prefLabel)

    def _objects(self, subject: NamedNode, predicate: NamedNode) -> list[object]:
        found = self._graph.quads_for_subject(subject)
        return [quad.object for quad in found if quad.predicate == predicate]
