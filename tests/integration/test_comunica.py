"""Comunica over the endpoint, over documents, and over both at once.

It comes from npm, so this runs only with `--clients`.
"""

import csv
import io
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeAlias

import pyoxigraph
import pytest
from pyoxigraph import QuerySolutions, QueryTriples, RdfFormat, parse

from tests.conftest import Server
from tests.npm import run

BASE = "https://w3id.org/ssc-kg/"
SOURCE = f"{BASE}graph/source/citynet-unescap-mou"
AGREEMENT = f"{BASE}id/agreement/citynet-unescap-mou"
PREFIXES = """
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX foaf: <http://xmlns.com/foaf/0.1/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX ssc: <https://w3id.org/ssc-kg/ontology#>
"""
CITIES = f"""{PREFIXES}
SELECT ?city ?name {{ ?city a ssc:City ; skos:prefLabel ?name }}
"""
CONSTRUCT = f"""{PREFIXES}
CONSTRUCT {{ ?city skos:prefLabel ?name }}
WHERE {{ ?city a ssc:City ; skos:prefLabel ?name }}
"""
UNESCAP = "United Nations Economic and Social Commission for Asia and the Pacific"
JSON, N_TRIPLES = "application/sparql-results+json", "application/n-triples"

Ask: TypeAlias = Callable[[str, Sequence[str], str], str]


@pytest.fixture
def ask(workshop: Path) -> Ask:
    """Return the answer to a query over some sources in a media type."""

    def ask(query: str, sources: Sequence[str], media_type: str) -> str:
        asked = {
            "query": query,
            "sources": sources,
            "mediaType": media_type,
        }
        return run(workshop, "node", "comunica.mjs", stdin=json.dumps(asked))

    return ask


@pytest.fixture
def endpoint(server: Server) -> str:
    """The address alone: that it is an endpoint, Comunica finds out by itself."""
    return f"{server.address}/sparql"


def test_the_endpoint_has_the_rows_that_the_data_have(
    ask: Ask, endpoint: str, served: pyoxigraph.Store
) -> None:
    expected = served.query(CITIES)
    assert isinstance(expected, QuerySolutions)
    cities = {(city.value, name.value, name.language) for city, name in expected}
    assert len(cities) > 20
    answer = rows(ask(CITIES, [endpoint], JSON))
    assert {(row["city"][0], *row["name"]) for row in answer} == cities


def test_a_table_is_written_as_csv(
    ask: Ask, endpoint: str, served: pyoxigraph.Store
) -> None:
    solutions = served.query(CITIES)
    assert isinstance(solutions, QuerySolutions)
    expected = {name.value for _, name in solutions}
    table = csv.DictReader(io.StringIO(ask(CITIES, [endpoint], "text/csv")))
    assert {row["name"] for row in table} == expected


def test_a_graph_is_made_of_the_answers(
    ask: Ask, endpoint: str, served: pyoxigraph.Store
) -> None:
    expected = served.query(CONSTRUCT)
    assert isinstance(expected, QueryTriples)
    answer = ask(CONSTRUCT, [endpoint], N_TRIPLES)
    assert {quad.triple for quad in parse(answer, RdfFormat.N_TRIPLES)} == {*expected}


@pytest.mark.parametrize(
    ("iri", "expected"),
    [
        pytest.param(AGREEMENT, True, id="yes"),
        pytest.param("http://example.org/none", False, id="no"),
    ],
)
def test_a_question_is_answered_by_yes_or_no(
    ask: Ask, endpoint: str, iri: str, *, expected: bool
) -> None:
    answer = ask(f"ASK {{ <{iri}> ?p ?o }}", [endpoint], JSON)
    assert json.loads(answer)["boolean"] is expected


def test_a_thing_leads_to_its_document_which_tells_who_says_what(
    ask: Ask, server: Server
) -> None:
    query = f"""{PREFIXES} SELECT ?graph ?party {{
      GRAPH ?graph {{ <{AGREEMENT}> ssc:signatory ?party }}
    }}"""
    answer = rows(ask(query, [address(server, AGREEMENT)], JSON))
    assert {row["graph"][0] for row in answer} == {SOURCE}
    assert len(answer) == 2


def test_links_of_one_document_lead_to_others_and_all_are_joined(
    ask: Ask, server: Server
) -> None:
    links = f"{PREFIXES} SELECT ?party {{ <{AGREEMENT}> ssc:signatory ?party }}"
    first = document(server, AGREEMENT)
    parties = column(ask(links, [first], JSON), "party")
    assert len(parties) == 2
    documents = [first, *(document(server, party) for party in parties)]
    query = f"""{PREFIXES} SELECT DISTINCT ?name ?kind {{
      <{AGREEMENT}> ssc:signatory ?party .
      ?party skos:prefLabel ?name ; dcterms:type/skos:prefLabel ?kind
    }}"""
    answer = rows(ask(query, documents, JSON))
    assert {row["name"][0] for row in answer} == {"CityNet", UNESCAP}
    # The first one does not say it alone: what it shows of the parties is names.
    assert rows(ask(query, [first], JSON)) == []


def test_a_document_and_the_endpoint_are_joined(
    ask: Ask, server: Server, endpoint: str
) -> None:
    query = f"""{PREFIXES} SELECT DISTINCT ?acronym {{
      ?document foaf:primaryTopic ?agreement .
      ?agreement ssc:signatory ?party .
      ?party ssc:acronym ?acronym
    }}"""
    sources = [document(server, AGREEMENT), endpoint]
    acronyms = column(ask(query, sources, JSON), "acronym")
    assert acronyms == ["UNESCAP"]
    # What a document is about stands in the document, acronyms only at the endpoint.
    assert [column(ask(query, [each], JSON), "acronym") for each in sources] == [[], []]


def document(server: Server, iri: str) -> str:
    """Return the address of the document about a thing."""
    return address(server, iri).replace("/id/", "/doc/")


def address(server: Server, iri: str) -> str:
    """Return where a thing answers on this server."""
    return iri.replace(BASE, f"{server.address}/")


def rows(answer: str) -> list[dict[str, tuple[str, str]]]:
    """Return each row: its values, with their languages, by the names of columns.

    Comunica adds a member to the format, at which a strict reader stops.
    """
    return [
        {name: (term["value"], term.get("xml:lang", "")) for name, term in row.items()}
        for row in json.loads(answer)["results"]["bindings"]
    ]


def column(answer: str, name: str) -> list[str]:
    return [row[name][0] for row in rows(answer)]
