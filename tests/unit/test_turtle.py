"""Turtle and TriG: the same statements give the same bytes, and come back whole."""

import random
import re
from collections.abc import Iterable
from itertools import chain
from pathlib import Path

import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import (
    BaseDirection,
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    Literal,
    NamedNode,
    Quad,
    RdfFormat,
    Triple,
    parse,
)
from rdflib.compare import isomorphic

from ssc_kg.errors import UnwritableError
from ssc_kg.formats.arranged import arrange_graphs
from ssc_kg.formats.graphs import graphs_of
from ssc_kg.formats.runs import Shelf
from ssc_kg.formats.turtle import write_turtle
from ssc_kg.rdf.namespaces import PREFIXES
from ssc_kg.rdf.vocab import RDF, SSC, XSD
from tests.naive_turtle import naive_turtle
from tests.unit.rdf_terms import datasets, graphs, listed_datasets

GOLDEN = Path(__file__).parents[1] / "golden" / "turtle"
THING = NamedNode("https://w3id.org/ssc-kg/id/city/pully")


def turtle(triples: Iterable[Triple]) -> str:
    return b"".join(write_turtle(graphs_of(triples))).decode()


def trig(quads: Iterable[Triple] | Iterable[Quad]) -> str:
    return b"".join(write_turtle(graphs_of(quads))).decode()


def read(text: str, format_: RdfFormat = RdfFormat.TURTLE) -> Dataset:
    dataset = Dataset(parse(text.encode(), format=format_))
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return dataset


def written(object_: NamedNode | BlankNode | Literal) -> str:
    """How `object_` is written after a predicate that has no prefix."""
    text = turtle([Triple(THING, NamedNode("urn:p"), object_)])
    return text.partition("<urn:p> ")[2].removesuffix(" .\n")


def integer(text: str) -> Literal:
    return Literal(text, datatype=XSD.integer)


def decimal(text: str) -> Literal:
    return Literal(text, datatype=XSD.decimal)


def double(text: str) -> Literal:
    return Literal(text, datatype=XSD.double)


def boolean(text: str) -> Literal:
    return Literal(text, datatype=XSD.boolean)


def test_a_small_graph_reads_well() -> None:
    expected = (GOLDEN / "small.ttl").read_text()
    assert turtle(quad.triple for quad in parse(expected, RdfFormat.TURTLE)) == expected


def test_a_small_dataset_reads_well() -> None:
    expected = (GOLDEN / "small.trig").read_text()
    assert trig(parse(expected, RdfFormat.TRIG)) == expected


def test_no_statements_are_no_bytes() -> None:
    assert turtle([]) == ""
    assert trig([]) == ""


@pytest.mark.parametrize(
    ("object_", "text"),
    [
        pytest.param(integer("5"), "5", id="integer"),
        pytest.param(integer("-05"), "-05", id="kept zeros"),
        pytest.param(integer("\u0665"), '"\u0665"^^xsd:integer', id="other digits"),
        pytest.param(integer("5\n"), r'"5\n"^^xsd:integer', id="a stray newline"),
        pytest.param(decimal("1.50"), "1.50", id="decimal"),
        pytest.param(decimal("1."), '"1."^^xsd:decimal', id="decimal, no digits"),
        pytest.param(decimal("1"), '"1"^^xsd:decimal', id="decimal, no point"),
        pytest.param(double("1.5E3"), "1.5E3", id="double"),
        pytest.param(double("INF"), '"INF"^^xsd:double', id="infinity"),
        pytest.param(boolean("true"), "true", id="boolean"),
        pytest.param(boolean("1"), '"1"^^xsd:boolean', id="boolean as a number"),
        pytest.param(
            Literal("--10-23", datatype=XSD.gMonthDay),
            '"--10-23"^^xsd:gMonthDay',
            id="another datatype",
        ),
        pytest.param(Literal("a", language="en"), '"a"@en', id="a language"),
        pytest.param(Literal('say "a\\b"'), r'"say \"a\\b\""', id="quotes"),
        pytest.param(Literal("a\tb\r\x00"), r'"a\tb\r\u0000"', id="controls"),
        pytest.param(Literal("a\u202eb\ufeff"), r'"a\u202Eb\uFEFF"', id="unseen"),
        pytest.param(Literal("Beyoğlu 東京 🏙"), '"Beyoğlu 東京 🏙"', id="non-ASCII"),
        pytest.param(Literal("a\nb"), '"""a\nb"""', id="two lines"),
        pytest.param(Literal("a\n"), r'"a\n"', id="one line that ends"),
        pytest.param(
            Literal('a\n""b"" "c"'),
            '"""a\n\\""b\\"" "c\\""""',
            id="quotes in lines",
        ),
        pytest.param(NamedNode(PREFIXES["ssc"] + "City"), "ssc:City", id="a name"),
        pytest.param(NamedNode(PREFIXES["sdg"] + "11.2"), "sdg:11.2", id="a dot"),
        pytest.param(NamedNode(PREFIXES["sdg"] + "a%20b"), "sdg:a%20b", id="a percent"),
        pytest.param(NamedNode(PREFIXES["ssc"] + "città"), "ssc:città", id="an accent"),
        pytest.param(
            NamedNode(PREFIXES["sdg"] + "11."),
            "<http://metadata.un.org/sdg/11.>",
            id="a dot at the end",
        ),
        pytest.param(
            NamedNode(PREFIXES["sdg"] + "-a"),
            "<http://metadata.un.org/sdg/-a>",
            id="a hyphen at the start",
        ),
        pytest.param(
            NamedNode(PREFIXES["sdg"] + "a/b"),
            "<http://metadata.un.org/sdg/a/b>",
            id="a slash",
        ),
        pytest.param(
            NamedNode(PREFIXES["sdg"]), "<http://metadata.un.org/sdg/>", id="no name"
        ),
        pytest.param(
            NamedNode(PREFIXES["sdg"] + "a(b)"),
            "<http://metadata.un.org/sdg/a(b)>",
            id="what would need a backslash",
        ),
    ],
)
def test_a_term_is_written_as_short_as_it_stays_itself(
    object_: NamedNode | Literal, text: str
) -> None:
    assert written(object_) == text


NUMBERS = "1 2 3"
LONG = "https://w3id.org/ssc-kg/id/city/a-name-that-takes-some-room"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("<urn:s> <urn:p> ( 1 2 3 ) .", id="a list"),
        pytest.param("<urn:s> <urn:p> () .", id="the empty list"),
        pytest.param('<urn:s> <urn:p> ( ( 1 ) () ( "a" ( 2 ) ) ) .', id="nested lists"),
        pytest.param("<urn:s> a ( 1 ) .", id="a list as a type"),
        pytest.param(
            "<urn:s> <urn:p>\n"
            "        <urn:o>,\n"
            "        ( ( 1 ) ),\n"
            "        ( 1 ),\n"
            "        ( 1 ),\n"
            "        ( _:b0 ),\n"
            "        _:b0,\n"
            "        0 .",
            id="lists among other objects",
        ),
        pytest.param(
            f"<urn:s> <urn:p> (\n        <{LONG}/1>\n        <{LONG}/2>\n    ) .",
            id="a list too long for a line",
        ),
        pytest.param(
            "<urn:s> <urn:p>\n"
            "        ( 1 ),\n"
            "        (\n"
            f"            <{LONG}/1>\n"
            "            ( 1 2 )\n"
            "            (\n"
            f"                <{LONG}/1>\n"
            f"                <{LONG}/2>\n"
            "            )\n"
            "        ) .",
            id="long lists in a long list",
        ),
        pytest.param(
            '<urn:s> <urn:p> (\n        """a\nb"""\n        1\n    ) .',
            id="a member that spans lines",
        ),
        pytest.param(
            f"<urn:s> <urn:p> ( {'1 ' * 32}10 ) .", id="a list that just has room"
        ),
        pytest.param(
            "<urn:s> <urn:p> (" + "\n        1" * 32 + "\n        100\n    ) .",
            id="a list that just has none",
        ),
    ],
)
def test_a_list_is_written_as_a_list(text: str) -> None:
    quads = list(parse(text.encode(), RdfFormat.TURTLE))
    assert turtle(quad.triple for quad in quads) == f"{text}\n"


RDF_PREFIX = f"@prefix rdf: <{PREFIXES['rdf']}> .\n\n"
ONE_AND_TWO = "_:b0 rdf:first 1 ;\n    rdf:rest ( 2 ) .\n"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(ONE_AND_TWO, id="nothing mentions it"),
        pytest.param(
            f"<urn:s> <urn:p> _:b0 ;\n    <urn:q> _:b0 .\n\n{ONE_AND_TWO}",
            id="two statements mention it",
        ),
        pytest.param(
            "<urn:s> <urn:p>\n        _:b0,\n        _:b1 .\n\n"
            "_:b0 rdf:first 2 ;\n    rdf:rest _:b2 .\n\n"
            "_:b1 rdf:first 1 ;\n    rdf:rest _:b2 .\n\n"
            "_:b2 rdf:first 3 ;\n    rdf:rest () .\n",
            id="two cells have it as their rest",
        ),
        pytest.param(
            "_:b0 rdf:first 1 ;\n    rdf:rest ( 2 ) ;\n    <urn:p> 3 .\n",
            id="it is a subject",
        ),
        pytest.param(
            "<urn:s> <urn:p> _:b0 .\n\n"
            "_:b0 a rdf:List ;\n    rdf:first 1 ;\n    rdf:rest () .\n",
            id="a cell has a type",
        ),
        pytest.param(
            "<urn:s> <urn:p> _:b0 .\n\n_:b0 rdf:rest ( 2 ) .\n",
            id="a cell has no member",
        ),
        pytest.param(
            "<urn:s> <urn:p> _:b0 .\n\n"
            "_:b0 rdf:first\n        1,\n        2 ;\n    rdf:rest () .\n",
            id="a cell has two members",
        ),
        pytest.param(
            "<urn:s> <urn:p> _:b0 .\n\n"
            "_:b0 rdf:first 1 ;\n    rdf:rest\n        (),\n        ( 2 ) .\n",
            id="a cell has two rests",
        ),
        pytest.param(
            "<urn:s> <urn:p> _:b0 .\n\n_:b0 rdf:first 1 .\n", id="a cell has no rest"
        ),
        pytest.param(
            "<urn:s> <urn:p> _:b0 .\n\n_:b0 rdf:first 1 ;\n    rdf:rest <urn:x> .\n",
            id="the rest is no list",
        ),
        pytest.param(
            "<urn:a> rdf:first 1 ;\n    rdf:rest ( 2 ) .\n\n"
            "<urn:s> <urn:p> <urn:a> .\n",
            id="a cell has an IRI",
        ),
        pytest.param(
            "<urn:s> <urn:p> _:b0 .\n\n"
            "_:b0 rdf:first 1 ;\n    rdf:rest _:b1 .\n\n"
            "_:b1 rdf:first 2 ;\n    rdf:rest _:b0 .\n",
            id="it has no end",
        ),
        pytest.param(
            "_:b0 rdf:first _:b1 ;\n    rdf:rest () .\n\n"
            "_:b1 rdf:first _:b0 ;\n    rdf:rest () .\n",
            id="two lists contain each other",
        ),
        pytest.param(
            f"<urn:s> <urn:p> {'( ' * 8}_:b0{' )' * 8} .\n\n{ONE_AND_TWO}".replace(
                "( 2 )", "()"
            ),
            id="lists are nested deeply",
        ),
        pytest.param(
            "<urn:s> <urn:p> _:b0 .\n\n_:b0 rdf:first 1 .\n\n"
            "<urn:g> {\n    _:b0 rdf:rest () .\n}\n",
            id="a cell is in two graphs",
        ),
        pytest.param(
            f"{ONE_AND_TWO}\n<urn:g> {{\n    <urn:s> <urn:p> _:b0 .\n}}\n",
            id="another graph mentions it",
        ),
        pytest.param(
            f"<urn:s> <urn:p> _:b0 .\n\n{ONE_AND_TWO}\n"
            "_:b0 {\n    <urn:s> <urn:p> ( 3 ) .\n}\n",
            id="a cell names a graph",
        ),
    ],
)
def test_what_is_more_or_less_than_a_list_keeps_its_statements(text: str) -> None:
    assert (
        trig(parse((RDF_PREFIX + text).encode(), RdfFormat.TRIG)) == RDF_PREFIX + text
    )


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"{'( ' * 1200}{' )' * 1200}", id="deep"),
        pytest.param(f"( {' '.join(map(str, range(5_000)))} )", id="long"),
    ],
)
def test_no_list_is_too_large(text: str) -> None:
    quads = set(parse(f"<urn:s> <urn:p> {text} .".encode(), RdfFormat.TURTLE))
    shown = turtle(quad.triple for quad in quads)
    again = set(parse(shown.encode(), RdfFormat.TURTLE))
    assert len(again) == len(quads)
    assert turtle(quad.triple for quad in again) == shown


def test_only_used_prefixes_are_declared() -> None:
    text = turtle([Triple(THING, SSC.ordinal, Literal("5", datatype=XSD.integer))])
    assert [line for line in text.splitlines() if line.startswith("@")] == [
        "@prefix ssc: <https://w3id.org/ssc-kg/ontology#> ."
    ]


@pytest.mark.parametrize(
    "object_",
    [
        pytest.param(Triple(THING, RDF.type, THING), id="a triple term"),
        pytest.param(
            Literal("a", language="he", direction=BaseDirection.RTL), id="a direction"
        ),
    ],
)
def test_what_only_rdf_12_knows_is_refused(object_: Literal | Triple) -> None:
    with pytest.raises(UnwritableError, match=r"RDF 1\.1"):
        turtle([Triple(THING, RDF.subject, object_)])


@given(graphs(), st.randoms(use_true_random=False))
def test_order_and_repetition_do_not_matter(
    triples: list[Triple], chance: random.Random
) -> None:
    shuffled = triples + triples[:3]
    chance.shuffle(shuffled)
    assert turtle(shuffled) == turtle(triples)


@given(graphs())
def test_a_graph_comes_back_whole(triples: list[Triple]) -> None:
    expected = Dataset(
        Quad(item.subject, item.predicate, item.object) for item in triples
    )
    expected.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    assert read(turtle(triples)) == expected


@given(datasets())
def test_a_dataset_comes_back_whole(quads: list[Quad]) -> None:
    expected = Dataset(quads)
    expected.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    assert read(trig(quads), RdfFormat.TRIG) == expected


@given(graphs())
def test_writing_what_was_read_changes_nothing(triples: list[Triple]) -> None:
    text = turtle(triples)
    assert turtle(quad.triple for quad in parse(text, RdfFormat.TURTLE)) == text


@given(datasets())
def test_writing_a_read_dataset_changes_nothing(quads: list[Quad]) -> None:
    text = trig(quads)
    assert trig(parse(text, RdfFormat.TRIG)) == text


@given(listed_datasets(), st.randoms(use_true_random=False))
def test_lists_come_back_whole_from_any_order(
    quads: list[Quad], chance: random.Random
) -> None:
    text = trig(quads)
    expected = Dataset(quads)
    expected.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    assert read(text, RdfFormat.TRIG) == expected
    assert trig(parse(text.encode(), RdfFormat.TRIG)) == text
    chance.shuffle(quads)
    assert trig(quads) == text


# rdflib respells literals as it reads them, so both sides go through it, and it warns
# of numbers that are none.
@pytest.mark.filterwarnings("ignore::UserWarning")
@settings(deadline=None)
@given(graphs())
def test_rdflib_reads_the_same(triples: list[Triple]) -> None:
    assert_rdflib_reads_the_same(triples)


@settings(deadline=None)
@given(listed_datasets())
def test_rdflib_reads_the_same_lists(quads: list[Quad]) -> None:
    assert_rdflib_reads_the_same([quad.triple for quad in quads])


def assert_rdflib_reads_the_same(triples: list[Triple]) -> None:
    lines = "".join(f"{triple} .\n" for triple in triples)
    expected = rdflib.Graph().parse(data=lines, format="ntriples")
    assert isomorphic(
        rdflib.Graph().parse(data=turtle(triples), format="turtle"), expected
    )


@given(st.one_of(datasets(), listed_datasets(), graphs()))
def test_lines_are_written_as_terms_are(
    statements: list[Quad] | list[Triple],
) -> None:
    assert trig(statements) == "".join(naive_turtle(statements))


@given(st.one_of(datasets(), listed_datasets()))
def test_how_much_is_held_in_memory_makes_no_difference(quads: list[Quad]) -> None:
    with Shelf() as wide, Shelf(limit=0) as narrow:
        together = arrange_graphs(graphs_of(quads), wide)
        apart = arrange_graphs(chain(*(graphs_of([quad]) for quad in quads)), narrow)
        assert apart.lists == together.lists
        assert [(name, list(apart.lines(name))) for name in apart.names()] == [
            (name, list(together.lines(name))) for name in together.names()
        ]


DOCUMENT = """
<http://x.org/doc/z> a <http://xmlns.com/foaf/0.1/Document> ;
    <http://xmlns.com/foaf/0.1/primaryTopic> <http://x.org/z> .
<http://x.org/a> <http://x.org/p> <http://x.org/z> .
<http://x.org/z> <http://x.org/p> "z" .
"""


@pytest.mark.parametrize(
    ("more", "subjects"),
    [
        pytest.param("", ["z", "doc/z", "a"], id="one topic"),
        pytest.param(
            "<http://x.org/doc/z> "
            "<http://xmlns.com/foaf/0.1/primaryTopic> <http://x.org/b> .",
            ["a", "doc/z", "z"],
            id="two topics",
        ),
    ],
)
def test_the_topic_of_a_document_comes_first(more: str, subjects: list[str]) -> None:
    quads = list(parse(DOCUMENT + more, RdfFormat.TURTLE))
    text = turtle(quad.triple for quad in quads)
    assert re.findall(r"^<http://x.org/(\S+)>", text, re.MULTILINE) == subjects
    assert set(parse(text, RdfFormat.TURTLE)) == set(quads)


def test_what_no_document_is_about_is_in_order() -> None:
    untyped = DOCUMENT.replace("a <http://xmlns.com/foaf/0.1/Document> ;", "")
    quads = list(parse(untyped, RdfFormat.TURTLE))
    text = turtle(quad.triple for quad in quads)
    subjects = re.findall(r"^<http://x.org/(\S+)>", text, re.MULTILINE)
    assert subjects == sorted(subjects)
