"""Hints: which names of a query are doubted, what is meant instead, and what is not."""

import re
from pathlib import Path

import pyoxigraph
import pytest
import rdflib
from pyoxigraph import RdfFormat

from ssc_kg import resources
from ssc_kg.catalogue.questions import read_questions
from ssc_kg.http.structured import read_texts, write_texts
from ssc_kg.publish.hints import read_vocabulary
from ssc_kg.rdf import vocab
from ssc_kg.rdf.closed import CLOSED
from ssc_kg.rdf.namespaces import PREFIXES
from ssc_kg.sparql.hints import MAX_HINTS, MAX_LENGTH, Vocabulary, find_hints
from ssc_kg.sparql.scan import scan
from ssc_kg.store.embedded import EmbeddedStore
from tests.docs.blocks import read_blocks
from tests.published import ONTOLOGY_FILES, iris, read

ROOT = Path(__file__).parents[2]
PAGES = (ROOT / "README.md", ROOT / "ARCHITECTURE.md", *(ROOT / "docs").glob("*.md"))
SSC = PREFIXES["ssc"]
QUOTED = re.compile(
    r"""(?P<quote>\"{3}|'|")(?:query=)?\s*"""
    r"""(?P<text>(?:PREFIX|SELECT|ASK|CONSTRUCT|DESCRIBE)\s[^`]*?\{[^`]*?)(?P=quote)"""
)


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    store = pyoxigraph.Store()
    for path in ONTOLOGY_FILES:
        store.load(path=path, format=RdfFormat.TURTLE)
    found = read_vocabulary(EmbeddedStore(store))
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        pytest.param(
            "SELECT ?b { ?a ssc:partnerOf ?b }",
            ["ssc:partnerOf is not in the ontology; did you mean ssc:partner?"],
            id="a property",
        ),
        pytest.param(
            "ASK { ?a a ssc:Partnerships }",
            ["ssc:Partnerships is not in the ontology; did you mean ssc:Partnership?"],
            id="a class",
        ),
        pytest.param(
            "ASK { ?a rdfs:lable ?b }",
            [
                (
                    "rdfs:lable is not a term of "
                    "<http://www.w3.org/2000/01/rdf-schema#>; did you mean rdfs:label?"
                )
            ],
            id="a closed vocabulary",
        ),
        pytest.param(
            "ASK { ?a ssc:signedby ?b . ?a ssc:unitt ?c . ?a a ssc:unitt }",
            [
                "ssc:signedby is not in the ontology; did you mean ssc:signedBy?",
                "ssc:unitt is not in the ontology; did you mean ssc:unit?",
            ],
            id="each name once, in like case",
        ),
        pytest.param(
            "ASK { ?a ssc:prefLabel ?b ; ssc:xyzzy ?c }",
            [
                "ssc:prefLabel is not in the ontology; did you mean skos:prefLabel?",
                "ssc:xyzzy is not in the ontology",
            ],
            id="of another vocabulary, or of none",
        ),
        pytest.param(
            f"PREFIX o: <{SSC}> ASK {{ ?a o:partnr ?b ; <{SSC}partnr> ?c }}",
            [
                "o:partnr is not in the ontology; did you mean o:partner?",
                f"<{SSC}partnr> is not in the ontology; did you mean <{SSC}partner>?",
            ],
            id="however it is written",
        ),
        pytest.param(
            "ASK { ?a a ssc:Agreement }",
            [
                (
                    "ssc:Agreement is abstract, so only its subclasses are stated: "
                    "ssc:MemorandumOfUnderstanding; "
                    "ask a/rdfs:subClassOf* ssc:Agreement"
                )
            ],
            id="an abstract class",
        ),
        pytest.param(
            "ASK { ?a rdf:type ssc:Provision }",
            [
                (
                    "ssc:Provision is abstract, so only its subclasses are stated: "
                    "ssc:Aim, ssc:Commitment, ssc:ExpectedResult and 1 more; "
                    "ask a/rdfs:subClassOf* ssc:Provision"
                )
            ],
            id="some subclasses of many",
        ),
        pytest.param(
            "SELECT ?nmae ?x { ?a skos:prefLabel ?name } ORDER BY ?x",
            [
                "?nmae is selected, but nothing binds it; did you mean ?name?",
                "?x is selected, but nothing binds it",
            ],
            id="a variable that nothing binds",
        ),
    ],
)
def test_a_doubtful_name_is_told_with_what_is_meant(
    vocabulary: Vocabulary, query: str, expected: list[str]
) -> None:
    assert list(find_hints(scan(query), vocabulary)) == expected


@pytest.mark.parametrize(
    "query",
    [
        pytest.param("ASK { ?a ssc:partner ?b ; rdfs:label ?c }", id="right terms"),
        pytest.param("ASK { ?a a/rdfs:subClassOf* ssc:Agreement }", id="a path"),
        pytest.param("ASK { ssc:Agreement a owl:Class }", id="about the class"),
        pytest.param("ASK { ssc:AgreementShape ?p ssc:AbstractClass }", id="a shape"),
        pytest.param("ASK { ?a ?b 'ssc:nothing' } # ssc:nothing", id="texts, comments"),
        pytest.param("PREFIX ssc: <http://example.org/> ASK { ?a ssc:x ?b }", id="own"),
        pytest.param("ASK { ?a <http://example.org/ssc:x> ?b }", id="own IRIs"),
        pytest.param("ASK { ?a dcterms:x ?b ; prov:x ?c }", id="known in part"),
        pytest.param("ASK { ?a rdf:_12 ?b }", id="members of containers"),
        pytest.param("ASK { ?a ssc: ?b }", id="the namespace itself"),
        pytest.param("CONSTRUCT { ?a ssc:x ?b } { ?a ssc:partner ?b }", id="templates"),
        pytest.param("SELECT (COUNT(?a) AS ?n) { ?a ?b ?c }", id="AS binds"),
        pytest.param("SELECT ?n { ?a ?b ?c } GROUP BY (STR(?a) AS ?n)", id="GROUP BY"),
        pytest.param("SELECT ?n { ?a ?b ?c } VALUES ?n { 1 }", id="VALUES binds"),
        pytest.param("SELECT ?n { { SELECT ?n { ?n ?b ?c } } }", id="a query within"),
        pytest.param("SELECT * { ?n ?b ?c }", id="all variables"),
    ],
)
def test_what_may_be_meant_is_not_doubted(vocabulary: Vocabulary, query: str) -> None:
    assert find_hints(scan(query), vocabulary) == ()


def test_a_short_construct_and_what_follows_a_template_are_read(
    vocabulary: Vocabulary,
) -> None:
    for query in (
        "CONSTRUCT WHERE { ?a ssc:partnr ?b }",
        "CONSTRUCT { ?a ssc:x ?b } WHERE { ?a ssc:partnr ?b }",
    ):
        [hint] = find_hints(scan(query), vocabulary)
        assert hint.startswith("ssc:partnr is")


def test_other_endpoints_have_other_terms(vocabulary: Vocabulary) -> None:
    query = "ASK { SERVICE <http://example.org/sparql> { ?a ssc:partnr ?b } }"
    scanned = scan(query, services=["http://example.org/sparql"])
    assert find_hints(scanned, vocabulary) == ()


def test_hints_are_few_and_say_how_many_there_would_be(vocabulary: Vocabulary) -> None:
    terms = " ".join(f"ssc:zzz{n} ?o ;" for n in range(20))
    hints = find_hints(scan(f"SELECT ?q {{ ?s {terms} }}"), vocabulary)
    assert len(hints) == MAX_HINTS + 1
    assert hints[-1] == "16 more names are doubtful"


def test_a_hint_is_short_whatever_is_sent(vocabulary: Vocabulary) -> None:
    [hint] = find_hints(scan(f"ASK {{ ?s ssc:{'x' * 3_000} ?o }}"), vocabulary)
    assert len(hint) < 100
    assert hint.endswith("… is not in the ontology")


def test_a_long_query_gets_none(vocabulary: Vocabulary) -> None:
    query = "ASK { ?a ssc:partnr ?b }"
    assert find_hints(scan(query.ljust(MAX_LENGTH)), vocabulary)
    assert not find_hints(scan(query.ljust(MAX_LENGTH + 1)), vocabulary)


def test_no_question_of_the_catalogue_gets_one(vocabulary: Vocabulary) -> None:
    questions = [each for each in read_questions(resources.QUERIES) if each.sparql]
    assert len(questions) > 40
    for question in questions:
        assert len(question.sparql or "") <= MAX_LENGTH, question.slug
        found = find_hints(scan(question.sparql or ""), vocabulary)
        assert found == (), question.slug


def test_no_query_of_the_documentation_gets_one(vocabulary: Vocabulary) -> None:
    blocks = [block for page in PAGES for block in read_blocks(page)]
    queries = [block.text for block in blocks if block.label == "sparql"]
    for block in blocks:
        queries += [found["text"] for found in QUOTED.finditer(block.text)]
    queries += [path.read_text() for path in (ROOT / "docs").rglob("*.rq")]
    assert len(queries) > 10
    for query in queries:
        assert find_hints(scan(query), vocabulary) == (), query


def test_every_name_in_the_ontology_is_known(vocabulary: Vocabulary) -> None:
    known = vocabulary.terms | vocabulary.shapes
    names = {iri.value for iri in iris(read(*ONTOLOGY_FILES))}
    ours = {name.removeprefix(SSC) for name in names if name.startswith(SSC)}
    assert len(ours) > 500
    assert ours <= known


def test_closed_vocabularies_are_whole() -> None:
    for prefix in ("rdf", "rdfs", "skos", "org"):
        terms = CLOSED[PREFIXES[prefix]]
        theirs = getattr(rdflib, prefix.upper())
        assert {str(term).removeprefix(str(theirs)) for term in dir(theirs)} <= terms
        ours = vars(getattr(vocab, prefix.upper())).values()
        used = {term.value for term in ours if isinstance(term, pyoxigraph.NamedNode)}
        assert used
        assert {name.removeprefix(PREFIXES[prefix]) for name in used} <= terms


def test_a_store_without_the_ontology_has_no_vocabulary() -> None:
    assert read_vocabulary(EmbeddedStore(pyoxigraph.Store())) is None


@pytest.mark.parametrize(
    "texts",
    [
        pytest.param(["plain", "two, of them"], id="plain"),
        pytest.param(['a "quote"', "back\\slash", "100% sure"], id="marks"),
        pytest.param(["é…", 'é "%', "\U0001f600", "a\nb"], id="beyond ASCII"),
    ],
)
def test_texts_survive_a_header(texts: list[str]) -> None:
    value = write_texts(texts)
    assert value.isascii()
    assert value.isprintable()
    assert list(read_texts(value)) == texts
