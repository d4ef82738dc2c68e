"""The statements of a document as rows."""

import csv

import pyoxigraph
from pyoxigraph import Literal, NamedNode, Quad

from ssc_kg.compiler.preferences import prefer
from ssc_kg.formats.results import write_csv
from ssc_kg.publish.nodes import Nodes
from ssc_kg.publish.rows import COLUMNS, tabulate
from ssc_kg.rdf.languages import accept_languages
from ssc_kg.rdf.vocab import DCTERMS, RDFS, SSC, XSD
from ssc_kg.store.embedded import EmbeddedStore
from ssc_kg.urls import Urls

BASE = "https://w3id.org/ssc-kg/"
CITY, GRAPH, OTHER = (
    NamedNode(f"{BASE}{path}") for path in ("id/city/a", "graph/a", "graph/b")
)
HOSTILE = 'a "quoted", cell\nwith lines'


def store() -> EmbeddedStore:
    quads = pyoxigraph.Store()
    quads.add(Quad(CITY, RDFS.label, Literal("Stadt", language="de")))
    quads.add(Quad(CITY, RDFS.label, Literal("City", language="en")))
    quads.add(Quad(SSC.year, RDFS.label, Literal("year", language="en")))
    quads.add(Quad(GRAPH, DCTERMS.title, Literal("A graph"), GRAPH))
    return EmbeddedStore(quads)


def read(*quads: Quad, languages: str = "") -> list[dict[str, str]]:
    nodes = Nodes(store(), Urls(BASE), prefer(accept_languages(languages)))
    text = b"".join(write_csv(tabulate(quads, nodes))).decode()
    return [*csv.DictReader(text.splitlines(keepends=True))]


def test_a_row_says_all_of_a_statement() -> None:
    year = Literal("2020", datatype=XSD.gYear)
    [row] = read(Quad(CITY, SSC.year, year, GRAPH))
    assert tuple(row) == COLUMNS
    assert row == {
        "subject": CITY.value,
        "subjectLabel": "City",
        "predicate": SSC.year.value,
        "predicateLabel": "year",
        "object": "2020",
        "objectLabel": "",
        "datatype": XSD.gYear.value,
        "language": "",
        "graph": GRAPH.value,
        "graphLabel": "A graph",
    }


def test_a_statement_has_a_row_for_each_graph_that_says_it() -> None:
    rows = read(
        Quad(CITY, RDFS.seeAlso, CITY, OTHER),
        Quad(CITY, RDFS.seeAlso, CITY, GRAPH),
        Quad(CITY, RDFS.comment, Literal(HOSTILE, language="en")),
        languages="de",
    )
    assert [row["graph"] for row in rows] == ["", GRAPH.value, OTHER.value]
    assert (rows[0]["object"], rows[0]["language"]) == (HOSTILE, "en")
    assert {row["objectLabel"] for row in rows[1:]} == {"Stadt"}
