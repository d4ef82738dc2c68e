"""The ontology is in OWL 2 DL, alone and with its alignments.

The alignments are the declarations of other vocabularies' terms and what relates ours
to them. The reasons beside them, of the class `ssc:Alignment`, are data like those of
the other graphs: RDF's reification, which OWL 2 DL has no place for, names the relation
that each explains.
"""

from collections.abc import Iterator

import pytest
from pyoxigraph import NamedNode, Quad, RdfFormat, parse

from ssc_kg.rdf.namespaces import PREFIXES
from ssc_kg.rdf.vocab import RDF, SSC
from ssc_kg.resources import ONTOLOGY
from tests.owl_profile import dl_violations
from tests.published import read, subjects

TERMS = read(ONTOLOGY / "ssc.ttl")
ALIGNMENTS = read(ONTOLOGY / "alignments.ttl")
HEADER = "<http://e/> a owl:Ontology ; owl:versionIRI <http://e/1> ."
DECLARED = """
ex:C a owl:Class . ex:D a owl:Class . ex:a a owl:AnnotationProperty .
ex:p a owl:ObjectProperty . ex:q a owl:DatatypeProperty .
"""


def relations() -> Iterator[Quad]:
    reasons = subjects(ALIGNMENTS, RDF.type, SSC.Alignment)
    return (quad for quad in ALIGNMENTS if quad.subject not in reasons)


def violations(turtle: str) -> list[str]:
    prefixes = {**PREFIXES, "ex": "http://e/"}
    head = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in prefixes.items())
    return dl_violations(parse(head + turtle, format=RdfFormat.TURTLE))


def test_the_ontology_is_in_owl_2_dl() -> None:
    assert dl_violations(TERMS) == []


def test_the_ontology_with_its_alignments_is_in_owl_2_dl() -> None:
    assert dl_violations([*TERMS, *relations()]) == []


def test_the_check_is_of_all_our_terms_and_of_every_relation() -> None:
    related = {quad.subject for quad in relations()}
    assert {SSC.Agreement, SSC.signatory}.issubset(related & {q.subject for q in TERMS})
    assert NamedNode(PREFIXES["foaf"] + "Person") in related


def test_the_alignments_declare_what_they_use_and_nothing_else() -> None:
    declared = {quad.subject for quad in relations() if quad.predicate == RDF.type}
    others = [quad for quad in relations() if quad.predicate != RDF.type]
    assert declared
    assert declared <= {term for q in others for term in (q.predicate, q.object)}


@pytest.mark.parametrize(
    "axiom",
    [
        pytest.param("ex:C rdfs:subClassOf ex:D", id="a superclass"),
        pytest.param("ex:C rdfs:subClassOf owl:Thing", id="the built-in class"),
        pytest.param("ex:C owl:equivalentClass ex:D", id="an equal class"),
        pytest.param("ex:p owl:inverseOf ex:p", id="an inverse"),
        pytest.param("ex:p rdfs:domain ex:C ; rdfs:range ex:D", id="object property"),
        pytest.param("ex:q rdfs:domain ex:C ; rdfs:range xsd:string", id="a string"),
        pytest.param("ex:q rdfs:range rdfs:Literal", id="any literal"),
        pytest.param("ex:a rdfs:range rdf:langString", id="of an annotation"),
        pytest.param("ex:a rdfs:subPropertyOf rdfs:comment", id="below a built-in one"),
        pytest.param("ex:C ex:a 1, true, 'x'@en, rdf:Statement", id="annotations"),
        pytest.param("rdf:type rdfs:comment 'x'", id="on a reserved name"),
        pytest.param("ex:C ex:p ex:D ; ex:q 'x'", id="a class as an individual"),
        pytest.param("ex:i a ex:C ; ex:p ex:j", id="individuals"),
        pytest.param("rdfs:label a owl:AnnotationProperty", id="declared once more"),
    ],
)
def test_what_owl_2_dl_allows_is_not_reported(axiom: str) -> None:
    assert violations(f"{HEADER}{DECLARED}{axiom} .") == []


@pytest.mark.parametrize(
    ("axiom", "reason"),
    [
        pytest.param("ex:C rdfs:subClassOf ex:E", "kinds that fit", id="undeclared"),
        pytest.param("ex:C rdfs:subClassOf ex:p", "kinds that fit", id="not a class"),
        pytest.param("ex:C rdfs:subClassOf rdf:Statement", "fit", id="reserved class"),
        pytest.param("ex:C rdfs:subClassOf []", "kinds that fit", id="a blank node"),
        pytest.param("[] rdfs:subClassOf ex:C", "such a subject", id="blank subject"),
        pytest.param("ex:p rdfs:subPropertyOf ex:q", "kinds that fit", id="two kinds"),
        pytest.param("ex:p rdfs:range xsd:string", "kinds that fit", id="of an object"),
        pytest.param("ex:q rdfs:range ex:C", "kinds that fit", id="of a data property"),
        pytest.param("ex:q rdfs:range xsd:gYear", "kinds that fit", id="a year"),
        pytest.param("ex:q rdfs:range xsd:date", "kinds that fit", id="a date"),
        pytest.param("ex:q rdfs:range rdf:langString", "fit", id="a language"),
        pytest.param("ex:p owl:inverseOf ex:q", "kinds that fit", id="an inverse"),
        pytest.param("xsd:gYear a rdfs:Datatype", "reserved", id="reserved datatype"),
        pytest.param("rdf:subject a rdf:Property", "no declared", id="an RDF property"),
        pytest.param("rdf:object a owl:ObjectProperty", "reserved", id="typed by OWL"),
        pytest.param("ex:x a ex:E", "no declared class", id="undeclared type"),
        pytest.param("ex:C ex:b ex:D", "no declared property", id="undeclared use"),
        pytest.param("ex:x rdf:subject ex:C", "no declared property", id="reification"),
        pytest.param("ex:C ex:p rdfs:comment", "reserved", id="reserved individual"),
        pytest.param("ex:C ex:p 'x'", "an individual is meant", id="not an individual"),
        pytest.param("ex:C ex:q ex:D", "a literal is meant", id="not a literal"),
        pytest.param("ex:C ex:a '1'^^xsd:gYear", "datatype map", id="a value's type"),
        pytest.param("ex:C ex:a []", "a literal is meant", id="a nameless value"),
        pytest.param(
            "ex:q a owl:ObjectProperty", "and an object", id="object and data"
        ),
        pytest.param("ex:a a owl:ObjectProperty", "and an object", id="annotation too"),
        pytest.param("ex:C a rdfs:Datatype", "a class and a datatype", id="two types"),
        pytest.param("ex:C rdfs:subClassOf ex:C", "in a circle", id="above itself"),
        pytest.param("<http://f/> a owl:Ontology", "one header, not 2", id="headers"),
        pytest.param("<http://e/> owl:versionIRI ex:2", "not 2", id="versions"),
        pytest.param("<http://e/> owl:imports ex:2", "no declared", id="an import"),
        pytest.param("ex:p a owl:TransitiveProperty", "no declared", id="unknown form"),
    ],
)
def test_what_leaves_owl_2_dl_is_reported(axiom: str, reason: str) -> None:
    [violation] = violations(f"{HEADER}{DECLARED}{axiom} .")
    assert reason in violation


def test_an_ontology_has_a_header_with_a_version() -> None:
    assert violations(DECLARED) == [
        "the header has one owl:versionIRI, not 0",
        "the ontology has one header, not 0",
    ]
