"""SPARQLWrapper, as people's scripts use it, against a running server."""

import csv
import io
import json
import warnings
from collections.abc import Iterator
from urllib.error import HTTPError
from xml.dom.minidom import Document

import pyoxigraph
import pytest
import rdflib
from pyoxigraph import (
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    parse_query_results,
)
from rdflib.compare import isomorphic
from SPARQLWrapper import (
    CSV,
    GET,
    JSON,
    JSONLD,
    N3,
    POST,
    POSTDIRECTLY,
    RDF,
    RDFXML,
    TSV,
    TURTLE,
    URLENCODED,
    XML,
    SPARQLWrapper,
)
from SPARQLWrapper.SmartWrapper import Bindings, SPARQLWrapper2
from SPARQLWrapper.SPARQLExceptions import EndPointNotFound, QueryBadFormed

from tests.conftest import Server

AGREEMENT = "https://w3id.org/ssc-kg/id/agreement/citynet-unescap-mou"
SOURCE = "https://w3id.org/ssc-kg/graph/source/citynet-unescap-mou"
REFERENCE = "https://w3id.org/ssc-kg/graph/reference/sdg"
SELECT = """
# Its language is one of several, and some have no acronym.
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX ssc: <https://w3id.org/ssc-kg/ontology#>
SELECT ?organization ?name ?acronym WHERE {
  ?organization a ssc:Organization ; skos:prefLabel ?name .
  OPTIONAL { ?organization ssc:acronym ?acronym }
}
"""
CONSTRUCT = """
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX ssc: <https://w3id.org/ssc-kg/ontology#>
CONSTRUCT { ?city skos:prefLabel ?name }
WHERE { ?city a ssc:City ; skos:prefLabel ?name }
"""
DESCRIBE = f"DESCRIBE <{AGREEMENT}>"
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
COUNT_NAMED = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
WAYS = [
    pytest.param(GET, URLENCODED, id="GET"),
    pytest.param(POST, URLENCODED, id="POST as a form"),
    pytest.param(POST, POSTDIRECTLY, id="POST as it is"),
]


@pytest.fixture
def wrapper(server: Server) -> SPARQLWrapper:
    return SPARQLWrapper(f"{server.address}/sparql")


def choose_way(wrapper: SPARQLWrapper, method: str, sent: str) -> None:
    wrapper.setMethod(method)
    wrapper.setRequestMethod(sent)


@pytest.mark.parametrize(("method", "sent"), WAYS)
@pytest.mark.parametrize("format_", [XML, JSON, CSV, TSV])
def test_a_table_is_read_in_every_format(
    wrapper: SPARQLWrapper,
    served: pyoxigraph.Store,
    format_: str,
    method: str,
    sent: str,
) -> None:
    choose_way(wrapper, method, sent)
    wrapper.setReturnFormat(format_)
    wrapper.setQuery(SELECT)
    solutions = served.query(SELECT)
    assert isinstance(solutions, QuerySolutions)
    expected = sorted(read_solutions(solutions))
    assert len(expected) > 100
    assert sorted(read_table(wrapper.queryAndConvert())) == expected


def read_solutions(solutions: QuerySolutions) -> Iterator[list[str]]:
    for solution in solutions:
        yield [getattr(term, "value", "") for term in solution]


def read_table(answer: object) -> Iterator[list[str]]:
    """Yield the rows of what SPARQLWrapper makes of a table, an unbound one as ''."""
    if isinstance(answer, dict):
        names = answer["head"]["vars"]
        for binding in answer["results"]["bindings"]:
            yield [binding.get(name, {"value": ""})["value"] for name in names]
    elif isinstance(answer, Document):
        solutions = read_xml(answer)
        assert isinstance(solutions, QuerySolutions)
        yield from read_solutions(solutions)
    else:
        assert isinstance(answer, bytes)
        yield from read_text(answer.decode())


def read_xml(answer: Document) -> QuerySolutions | QueryBoolean:
    return parse_query_results(answer.toxml("utf-8"), QueryResultsFormat.XML)


def read_text(answer: str) -> Iterator[list[str]]:
    if "\t" not in answer:
        _, *rows = csv.reader(io.StringIO(answer))
        yield from rows
        return
    _, *lines = answer.splitlines()
    for line in lines:
        terms = (rdflib.util.from_n3(cell) for cell in line.split("\t"))
        yield ["" if term is None else str(term) for term in terms]


def test_values_are_taken_by_the_names_of_columns(server: Server) -> None:
    wrapper = SPARQLWrapper2(f"{server.address}/sparql")
    wrapper.setQuery(f"SELECT ?name {{ <{AGREEMENT}> skos:prefLabel ?name }}")
    answer = wrapper.query()
    assert isinstance(answer, Bindings)
    assert [(row["name"].value, row["name"].lang) for row in answer.bindings] == [
        ("Memorandum of understanding between CityNet and UNESCAP", "en")
    ]


@pytest.mark.parametrize(("method", "sent"), WAYS)
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        pytest.param(f"ASK {{ <{AGREEMENT}> ?p ?o }}", True, id="yes"),
        pytest.param("ASK { <http://example.org/none> ?p ?o }", False, id="no"),
    ],
)
def test_a_question_is_answered_by_yes_or_no(
    wrapper: SPARQLWrapper, query: str, method: str, sent: str, *, expected: bool
) -> None:
    choose_way(wrapper, method, sent)
    wrapper.setQuery(query)
    document = wrapper.queryAndConvert()
    assert isinstance(document, Document)
    assert bool(read_xml(document)) is expected
    wrapper.setReturnFormat(JSON)
    answer = wrapper.queryAndConvert()
    assert isinstance(answer, dict)
    assert answer["boolean"] is expected


@pytest.mark.parametrize(("method", "sent"), WAYS)
@pytest.mark.parametrize("format_", [XML, RDFXML, RDF, TURTLE, N3, JSONLD, JSON])
@pytest.mark.parametrize(
    "query",
    [pytest.param(CONSTRUCT, id="CONSTRUCT"), pytest.param(DESCRIBE, id="DESCRIBE")],
)
def test_a_graph_is_read_in_every_format(
    wrapper: SPARQLWrapper,
    served: pyoxigraph.Store,
    query: str,
    format_: str,
    method: str,
    sent: str,
) -> None:
    choose_way(wrapper, method, sent)
    wrapper.setReturnFormat(format_)
    wrapper.setQuery(query)
    expected = rdflib.Graph()
    triples = served.query(query)
    assert isinstance(triples, QueryTriples)
    expected.parse(data=triples.serialize(format=RdfFormat.N_TRIPLES), format="nt")
    assert len(expected) > 10
    assert isomorphic(read_graph(wrapper), expected)


def read_graph(wrapper: SPARQLWrapper) -> rdflib.Graph:
    with warnings.catch_warnings():
        # It makes a graph of a class that rdflib gave up, and of two names of formats
        # that it knows it sends no Accept header for, but says it by a parameter.
        warnings.filterwarnings("ignore", "ConjunctiveGraph is", DeprecationWarning)
        warnings.filterwarnings("ignore", "Sending Accept header", RuntimeWarning)
        answer = wrapper.queryAndConvert()
    if isinstance(answer, bytes):
        return rdflib.Graph().parse(data=answer, format="turtle")
    assert isinstance(answer, rdflib.Graph)
    return rdflib.Graph() + answer


@pytest.mark.parametrize(("method", "sent"), WAYS)
def test_the_graphs_that_are_asked_for_are_those_that_answer(
    wrapper: SPARQLWrapper, served: pyoxigraph.Store, method: str, sent: str
) -> None:
    def size(graph: str) -> int:
        quads = served.quads_for_pattern(None, None, None, NamedNode(graph))
        return sum(1 for _ in quads)

    choose_way(wrapper, method, sent)
    wrapper.addDefaultGraph(SOURCE)
    assert count(wrapper, COUNT) == size(SOURCE)
    assert count(wrapper, COUNT_NAMED) == 0
    wrapper.addNamedGraph(REFERENCE)
    assert count(wrapper, COUNT) == size(SOURCE)
    assert count(wrapper, COUNT_NAMED) == size(REFERENCE)
    wrapper.addNamedGraph(SOURCE)
    assert count(wrapper, COUNT_NAMED) == size(SOURCE) + size(REFERENCE)


def count(wrapper: SPARQLWrapper, query: str) -> int:
    wrapper.setQuery(query)
    wrapper.setReturnFormat(CSV)
    answer = wrapper.queryAndConvert()
    assert isinstance(answer, bytes)
    return int(answer.split()[1])


def test_the_header_alone_says_the_format_to_who_wants_that(
    wrapper: SPARQLWrapper,
) -> None:
    wrapper.setOnlyConneg(onlyConneg=True)
    wrapper.setReturnFormat(TSV)
    wrapper.setQuery(SELECT)
    assert "format=" not in wrapper.query().geturl()
    answer = wrapper.queryAndConvert()
    assert isinstance(answer, bytes)
    assert answer.startswith(b"?organization\t?name\t?acronym\n")


@pytest.mark.parametrize(("method", "sent"), WAYS)
def test_a_mistake_is_raised_with_its_place(
    wrapper: SPARQLWrapper, method: str, sent: str
) -> None:
    choose_way(wrapper, method, sent)
    wrapper.setQuery("SELECT * {\n  ?s ?p ?o ?x\n}")
    with pytest.raises(QueryBadFormed) as caught:
        wrapper.query()
    assert "line 2, column 12: near " in str(caught.value)


@pytest.mark.parametrize(
    ("query", "format_", "status", "says"),
    [
        pytest.param("ASK {}", CSV, 406, "xml", id="a boolean as CSV"),
        pytest.param("DROP ALL", XML, 403, "only reads", id="an update"),
        pytest.param(
            "SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }",
            XML,
            403,
            "SERVICE",
            id="a call to another endpoint",
        ),
    ],
)
def test_a_refusal_is_raised_with_its_status_and_its_reason(
    wrapper: SPARQLWrapper, query: str, format_: str, status: int, says: str
) -> None:
    wrapper.setMethod(POST)
    wrapper.setReturnFormat(format_)
    wrapper.setQuery(query)
    with pytest.raises(HTTPError) as caught:
        wrapper.query()
    with caught.value as error:
        problem = json.load(error)
    assert error.code == problem["status"] == status
    assert says in problem["detail"] + " ".join(problem.get("offered", ()))


def test_another_address_is_no_endpoint(server: Server) -> None:
    wrapper = SPARQLWrapper(f"{server.address}/nowhere")
    wrapper.setQuery("ASK {}")
    with pytest.raises(EndPointNotFound, match="there is nothing at /nowhere"):
        wrapper.query()
