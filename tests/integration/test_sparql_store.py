"""rdflib over a running server: a remote graph that is used as if it were here."""

import pyoxigraph
import pytest
from pyoxigraph import DefaultGraph, NamedNode, QueryTriples, RdfFormat
from rdflib import RDF, SKOS, Dataset, Graph, Literal, Namespace, URIRef
from rdflib.compare import isomorphic
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from rdflib.term import Node

from tests.conftest import Server

SSC = Namespace("https://w3id.org/ssc-kg/ontology#")
AGREEMENT = URIRef("https://w3id.org/ssc-kg/id/agreement/citynet-unescap-mou")
SOURCE = URIRef("https://w3id.org/ssc-kg/graph/source/citynet-unescap-mou")
NAME = Literal("Memorandum of understanding between CityNet and UNESCAP", lang="en")
CITIES = "SELECT ?city ?name { ?city a ssc:City ; skos:prefLabel ?name }"
METHODS = ["GET", "POST", "POST_FORM"]


def connect(server: Server, returns: str = "xml", method: str = "GET") -> SPARQLStore:
    address = f"{server.address}/sparql"
    return SPARQLStore(address, returnFormat=returns, method=method)


@pytest.fixture
def remote(server: Server) -> Graph:
    """The merge, as a graph that is read over HTTP."""
    return Graph(connect(server))


@pytest.fixture(scope="module")
def merge(served: pyoxigraph.Store) -> Graph:
    """The same triples, here."""
    return copy(served, DefaultGraph())


def copy(served: pyoxigraph.Store, graph: NamedNode | DefaultGraph) -> Graph:
    triples = served.dump(format=RdfFormat.N_TRIPLES, from_graph=graph)
    assert triples is not None
    return Graph().parse(data=triples, format="nt")


def cities(graph: Graph) -> set[tuple[Node, Node]]:
    return {
        (city, name)
        for city in graph.subjects(RDF.type, SSC.City)
        for name in graph.objects(city, SKOS.prefLabel)
    }


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("returns", ["xml", "json", "tsv"])
def test_a_query_has_the_rows_of_a_local_one(
    server: Server, merge: Graph, returns: str, method: str
) -> None:
    rows = connect(server, returns, method).query(CITIES)
    expected = cities(merge)
    assert len(expected) > 20
    assert {(row[0], row[1]) for row in rows if isinstance(row, tuple)} == expected


def test_a_table_as_csv_has_the_same_texts(server: Server, merge: Graph) -> None:
    rows = connect(server, "csv").query(CITIES)
    expected = {(str(city), str(name)) for city, name in cities(merge)}
    found = {(str(row[0]), str(row[1])) for row in rows if isinstance(row, tuple)}
    assert found == expected


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(
    "query",
    [
        pytest.param(f"DESCRIBE <{AGREEMENT}>", id="DESCRIBE"),
        pytest.param(
            "CONSTRUCT { ?c skos:prefLabel ?n } { ?c a ssc:City ; skos:prefLabel ?n }",
            id="CONSTRUCT",
        ),
    ],
)
def test_a_graph_is_the_graph_of_a_local_query(
    server: Server, served: pyoxigraph.Store, query: str, method: str
) -> None:
    prefixes = {"skos": str(SKOS), "ssc": str(SSC)}
    triples = served.query(query, prefixes=prefixes)
    assert isinstance(triples, QueryTriples)
    lines = triples.serialize(format=RdfFormat.N_TRIPLES)
    assert lines is not None
    answer = connect(server, method=method).query(query).graph
    assert answer is not None
    assert len(answer) > 10
    assert isomorphic(answer, Graph().parse(data=lines, format="nt"))


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("returns", ["xml", "json"])
def test_a_question_is_answered_by_yes_or_no(
    server: Server, returns: str, method: str
) -> None:
    store = connect(server, returns, method)
    assert store.query(f"ASK {{ <{AGREEMENT}> ?p ?o }}").askAnswer is True
    assert store.query("ASK { <http://example.org/none> ?p ?o }").askAnswer is False


@pytest.mark.parametrize(
    "pattern",
    [
        pytest.param((AGREEMENT, None, None), id="what is said of it"),
        pytest.param((None, SKOS.prefLabel, NAME), id="who is called that"),
        pytest.param((None, None, AGREEMENT), id="what speaks of it"),
        pytest.param((AGREEMENT, SKOS.prefLabel, None), id="a value"),
        pytest.param((AGREEMENT, None, NAME), id="a property"),
        pytest.param((AGREEMENT, SKOS.prefLabel, NAME), id="one triple"),
    ],
)
def test_a_pattern_matches_what_it_matches_here(
    remote: Graph,
    merge: Graph,
    pattern: tuple[URIRef | None, URIRef | None, URIRef | Literal | None],
) -> None:
    expected = set(merge.triples(pattern))
    assert expected
    assert set(remote.triples(pattern)) == expected
    assert pattern in remote


def test_what_is_not_said_matches_nothing(remote: Graph) -> None:
    pattern = (AGREEMENT, SKOS.prefLabel, Literal("another name"))
    assert pattern not in remote
    assert not list(remote.triples(pattern))


def test_the_graph_can_be_walked(remote: Graph, merge: Graph) -> None:
    assert remote.value(AGREEMENT, SKOS.prefLabel) == NAME
    signatories = set(remote.objects(AGREEMENT, SSC.signatory / SKOS.prefLabel))
    assert len(signatories) > 1
    assert signatories == set(merge.objects(AGREEMENT, SSC.signatory / SKOS.prefLabel))
    assert len(remote) == len(merge)


def test_a_page_of_a_pattern_is_a_piece_of_the_order(
    remote: Graph, merge: Graph
) -> None:
    remote.LIMIT, remote.OFFSET = 5, 3  # type: ignore[attr-defined]
    page = [str(city) for city in remote.subjects(RDF.type, SSC.City)]
    assert page == sorted(map(str, merge.subjects(RDF.type, SSC.City)))[3:8]


def test_values_are_bound_before_a_query_runs(remote: Graph) -> None:
    rows = remote.query(
        "SELECT ?name { ?thing skos:prefLabel ?name }",
        initBindings={"thing": AGREEMENT},
    )
    assert [tuple(row) for row in rows if isinstance(row, tuple)] == [(NAME,)]
    answer = remote.query(
        "SELECT ?thing { ?thing skos:prefLabel ?name }", initBindings={"name": NAME}
    )
    assert [tuple(row) for row in answer if isinstance(row, tuple)] == [(AGREEMENT,)]


def test_prefixes_of_the_client_go_before_ours(server: Server) -> None:
    store = connect(server)
    answer = store.query(
        "ASK { ?s ours:signatory ?o }", initNs={"ours": SSC, "ssc": SKOS}
    )
    assert answer.askAnswer is True
    assert store.query("ASK { ?s ssc:prefLabel ?o }", initNs={"ssc": SKOS}).askAnswer
    assert not store.query("ASK { ?s ssc:prefLabel ?o }").askAnswer


def test_the_graphs_are_those_that_were_loaded(
    server: Server, served: pyoxigraph.Store
) -> None:
    store = connect(server)
    graphs = {
        URIRef(graph.value)
        for graph in served.named_graphs()
        if isinstance(graph, NamedNode)
    }
    assert set(store.contexts()) == graphs
    holding = set(store.contexts((AGREEMENT, SKOS.prefLabel, NAME)))
    assert holding == {SOURCE}


def test_a_graph_is_read_by_its_name(server: Server, served: pyoxigraph.Store) -> None:
    expected = copy(served, NamedNode(SOURCE))
    graph = Graph(connect(server), identifier=SOURCE)
    assert len(graph) == len(expected)
    assert set(graph) == set(expected)
    in_dataset = Dataset(connect(server)).get_context(SOURCE)
    assert set(in_dataset.objects(AGREEMENT, SKOS.prefLabel)) == {NAME}
    unknown = Graph(connect(server), identifier="http://example.org/none")
    assert len(unknown) == 0


def test_a_mistake_is_an_error_and_not_an_empty_answer(server: Server) -> None:
    with pytest.raises(ValueError, match="your SPARQL query"):
        connect(server).query("SELECT * {")
    # What the library makes of it when it posts: its status, in place of a result.
    answer: object = connect(server, method="POST").query("SELECT * {")
    assert answer == (400, "HTTP Error 400: Bad Request", None)
