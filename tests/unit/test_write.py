"""Every RDF format: the same bytes for the same statements, which come back whole."""

import random

import orjson
import pytest
import rdflib
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    Literal,
    NamedNode,
    Quad,
    Triple,
    parse,
)
from rdflib.compare import isomorphic

from ssc_kg.errors import UnwritableError
from ssc_kg.formats.table import (
    JSON_LD,
    N_QUADS,
    N_TRIPLES,
    RDF_FORMATS,
    RDF_XML,
    TRIG,
    TURTLE,
    Format,
)
from ssc_kg.formats.write import write_dataset, write_graph
from ssc_kg.rdf.vocab import ORG, RDF, SKOS, SSC, XSD
from tests.unit.rdf_terms import datasets, graphs

PULLY = NamedNode("https://w3id.org/ssc-kg/id/city/pully")
GRAPH = NamedNode("https://w3id.org/ssc-kg/graph/source/a")
FORMATS = [pytest.param(format_, id=format_.name) for format_ in RDF_FORMATS]


def graph(triples: list[Triple], format_: Format) -> bytes:
    return b"".join(write_graph(triples, format_))


def is_literal(triple: Triple) -> bool:
    return isinstance(triple.object, Literal)


def canonical(quads: list[Quad]) -> Dataset:
    dataset = Dataset(quads)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return dataset


def in_default_graph(triples: list[Triple]) -> list[Quad]:
    return [Quad(item.subject, item.predicate, item.object) for item in triples]


@pytest.mark.parametrize("format_", FORMATS)
@given(triples=graphs(), chance=st.randoms(use_true_random=False))
def test_a_graph_comes_back_whole_in_every_format(
    format_: Format, triples: list[Triple], chance: random.Random
) -> None:
    try:
        document = graph(triples, format_)
    except UnwritableError:
        assert format_ == RDF_XML
        return
    assert canonical(list(parse(document, format_.rdf))) == canonical(
        in_default_graph(triples)
    )
    chance.shuffle(triples)
    assert graph(triples, format_) == document


@pytest.mark.parametrize("format_", FORMATS)
@given(quads=datasets())
def test_named_graphs_are_kept_or_merged(format_: Format, quads: list[Quad]) -> None:
    try:
        document = b"".join(write_dataset(quads, format_))
    except UnwritableError:
        assert format_ == RDF_XML
        return
    merge = [Quad(quad.subject, quad.predicate, quad.object) for quad in quads]
    expected = quads if format_.is_dataset else merge
    assert canonical(list(parse(document, format_.rdf))) == canonical(expected)


@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize(
    ("format_", "reader"),
    [
        pytest.param(JSON_LD, "json-ld", id="JSON-LD"),
        pytest.param(RDF_XML, "xml", id="RDF/XML"),
    ],
)
@settings(deadline=None)
@given(triples=graphs())
def test_rdflib_reads_the_same(
    format_: Format, reader: str, triples: list[Triple]
) -> None:
    # In JSON-LD, rdflib takes a literal that is a type for an IRI.
    assume(not any(item.predicate == RDF.type and is_literal(item) for item in triples))
    try:
        document = graph(triples, format_)
    except UnwritableError:
        return
    lines = graph(triples, N_TRIPLES)
    expected = rdflib.Graph().parse(data=lines, format="ntriples")
    assert isomorphic(rdflib.Graph().parse(data=document, format=reader), expected)


@pytest.mark.parametrize("format_", [N_TRIPLES, N_QUADS], ids=["triples", "quads"])
@given(quads=datasets())
def test_lines_are_sorted(format_: Format, quads: list[Quad]) -> None:
    lines = b"".join(write_dataset(quads, format_)).decode().split("\n")
    assert lines[:-1] == sorted(lines[:-1])
    assert lines[-1] == ""


def test_json_ld_reads_like_json() -> None:
    document = graph(
        [
            Triple(PULLY, RDF.type, SSC.City),
            Triple(PULLY, SKOS.prefLabel, Literal("Pully", language="en")),
            Triple(PULLY, SKOS.prefLabel, Literal("Pully", language="fr")),
            Triple(PULLY, SSC.year, Literal("2017", datatype=XSD.gYear)),
            Triple(PULLY, SSC.ordinal, Literal("5", datatype=XSD.integer)),
            Triple(PULLY, SSC.merged, Literal("true", datatype=XSD.boolean)),
            Triple(PULLY, ORG.member, GRAPH),
            Triple(PULLY, ORG.member, BlankNode("x")),
            Triple(PULLY, NamedNode("http://x.org/p"), Literal("x", datatype=XSD.date)),
        ],
        JSON_LD,
    )
    assert orjson.loads(document)["@graph"] == [
        {
            "id": PULLY.value,
            "type": "City",
            "name": "Pully",
            "names": {"@value": "Pully", "@language": "fr"},
            "http://x.org/p": {"@value": "x", "type": "xsd:date"},
            "member": [GRAPH.value, "_:b0"],
            "merged": True,
            "ordinal": 5,
            "year": "2017",
        }
    ]


def test_json_ld_carries_only_the_context_it_uses() -> None:
    document = graph([Triple(PULLY, RDF.type, SSC.City)], JSON_LD)
    assert orjson.loads(document)["@context"] == {
        "@version": 1.1,
        "ssc": "https://w3id.org/ssc-kg/ontology#",
        "id": "@id",
        "type": "@type",
        "City": "ssc:City",
    }


@pytest.mark.parametrize(
    "triple",
    [
        pytest.param(Triple(PULLY, SSC.ordinal, Literal("a\x00")), id="a null"),
        pytest.param(
            Triple(PULLY, NamedNode("http://x.org/1"), PULLY), id="a number as a name"
        ),
        pytest.param(
            Triple(PULLY, NamedNode(RDF.type.value.replace("type", "li")), PULLY),
            id="a word of the syntax",
        ),
    ],
)
def test_xml_says_what_it_cannot_express(triple: Triple) -> None:
    with pytest.raises(UnwritableError, match="ask for turtle"):
        graph([triple], RDF_XML)


def test_a_graph_that_is_all_symmetry_is_written_in_bounded_work() -> None:
    nodes = [BlankNode() for _ in range(40)]
    links = [Triple(a, RDF.predicate, b) for a in nodes for b in nodes if a != b]
    assert graph(links, TURTLE).count(b"_:b00 ") > 0


@pytest.mark.parametrize("format_", [TRIG, N_QUADS], ids=["TriG", "N-Quads"])
def test_a_graph_in_a_dataset_format_is_its_default_graph(format_: Format) -> None:
    [quad] = parse(graph([Triple(PULLY, RDF.type, SSC.City)], format_), format_.rdf)
    assert quad == Quad(PULLY, RDF.type, SSC.City)
