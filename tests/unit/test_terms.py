"""What a page tells of the terms of a version's ontology is what its graphs say."""

import pyoxigraph
import pytest
from graphql import GraphQLInterfaceType, GraphQLObjectType
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat

from ssc_kg.dataset.terms.model import Phrase, TermKind, Vocabulary
from ssc_kg.dataset.terms.shapes import read_shapes
from ssc_kg.dataset.terms.statements import state
from ssc_kg.dataset.terms.usage import Usage, read_usage
from ssc_kg.dataset.terms.vocabulary import read_vocabulary
from ssc_kg.engine.engine import Engine
from ssc_kg.errors import UnknownGraphError
from ssc_kg.mapping.carriers import field_carriers, type_carriers
from ssc_kg.mapping.model import IdentityField
from ssc_kg.rdf.namespaces import PREFIXES, shorten
from ssc_kg.rdf.vocab import RDF, RDFS, SH, SKOS, SSC
from ssc_kg.resources import ONTOLOGY
from ssc_kg.store.embedded import EmbeddedStore
from ssc_kg.store.versions import Versions
from ssc_kg.urls import Urls
from tests.conftest import Server
from tests.datasets import BASE
from tests.published import objects, read, subjects

URLS = Urls(BASE)
TERMS = read(ONTOLOGY / "ssc.ttl")
SHAPES = read(ONTOLOGY / "shapes.ttl")
DECLARED = subjects(TERMS, RDFS.isDefinedBy)
PREFIX = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())


@pytest.fixture(scope="module")
def vocabulary(seed_store: EmbeddedStore) -> Vocabulary:
    return read_vocabulary(seed_store, base_iri=BASE)


def spell(phrases: tuple[Phrase, ...]) -> str:
    return ", ".join("".join(map(_spell, phrase)) for phrase in phrases)


def _spell(piece: str | NamedNode | Literal) -> str:
    match piece:
        case NamedNode():
            return shorten(piece)
        case Literal(value=text):
            return text
        case _:
            return piece


def ontology(turtle: str) -> Vocabulary:
    """Return the vocabulary of a version whose ontology says no more."""
    store = pyoxigraph.Store()
    store.load(
        PREFIX + turtle, format=RdfFormat.TURTLE, to_graph=URLS.graph("ontology")
    )
    return read_vocabulary(EmbeddedStore(store), base_iri=BASE)


def test_every_term_of_the_ontology_is_there_with_its_words(
    vocabulary: Vocabulary,
) -> None:
    assert vocabulary.terms.keys() == DECLARED
    for iri, term in vocabulary.terms.items():
        [label] = objects(TERMS, iri, RDFS.label)
        [comment] = objects(TERMS, iri, RDFS.comment)
        assert isinstance(label, Literal)
        assert isinstance(comment, Literal)
        assert (term.label, term.comment) == (label.value, comment.value)
        assert set(term.domain) == set(objects(TERMS, iri, RDFS.domain))
        assert set(term.range) == set(objects(TERMS, iri, RDFS.range))


def test_every_alignment_stands_beside_its_term(vocabulary: Vocabulary) -> None:
    told = {each.iri for term in vocabulary.terms.values() for each in term.alignments}
    alignments = read(ONTOLOGY / "alignments.ttl")
    assert told == subjects(alignments, RDF.type, SSC.Alignment)
    for term in vocabulary.terms.values():
        for each in term.alignments:
            assert objects(alignments, each.iri, RDF.subject) == [term.iri]
            assert objects(alignments, each.iri, RDF.object) == [each.target]
            assert each.reason


def test_terms_above_and_below_are_told_from_both_sides(
    vocabulary: Vocabulary,
) -> None:
    for iri, term in vocabulary.terms.items():
        for above in term.above:
            if above in vocabulary.terms:
                assert iri in vocabulary.terms[above].below
        for below in term.below:
            assert iri in vocabulary.terms[below].above
    assert set(vocabulary.ancestors(SSC.City)) == {SSC.Place, SSC.Member, SSC.Thing}
    assert SSC.City in vocabulary.descendants(SSC.Thing)


def test_a_circle_of_classes_is_gone_round_once() -> None:
    circle = ontology(
        "ssc:A a owl:Class ; rdfs:subClassOf ssc:B . "
        "ssc:B a owl:Class ; rdfs:subClassOf ssc:A ."
    )
    a, b = (NamedNode(f"{PREFIXES['ssc']}{name}") for name in "AB")
    assert circle.ancestors(a) == (b,)
    assert circle.descendants(a) == (b,)


def test_scope_notes_and_deprecation_are_read() -> None:
    told = ontology(
        '<https://w3id.org/ssc-kg/ontology> a owl:Ontology ; dcterms:title "T"@en . '
        'ssc:A a owl:Class ; owl:deprecated true ; skos:scopeNote "Use B."@en .'
    )
    [term] = told.terms.values()
    assert term.is_deprecated
    assert term.notes == ("Use B.",)
    assert (term.label, term.comment) == ("ssc:A", None)
    assert told.header.title == "T"


def test_a_version_without_an_ontology_is_told_as_such() -> None:
    with pytest.raises(UnknownGraphError, match="graph/ontology"):
        read_vocabulary(EmbeddedStore(pyoxigraph.Store()), base_iri=BASE)


def test_every_shape_of_a_property_is_told_once_for_each_node_shape(
    vocabulary: Vocabulary,
) -> None:
    told = [
        (shape.iri, each.iri)
        for shape in vocabulary.shapes
        for each in shape.properties
    ]
    stated = [(q.subject, q.object) for q in SHAPES if q.predicate == SH.property]
    assert sorted(told, key=str) == sorted(stated, key=str)


def test_every_constraint_of_our_shapes_has_words(vocabulary: Vocabulary) -> None:
    phrases = [
        phrase
        for shape in vocabulary.shapes
        for part in (shape.demands, *(each.demands for each in shape.properties))
        for phrase in part
    ]
    texts = [piece for phrase in phrases for piece in phrase if isinstance(piece, str)]
    assert texts
    assert [text for text in texts if "sh:" in text or "_:" in text] == []


@pytest.mark.parametrize(
    ("constraints", "cardinality", "demands"),
    [
        pytest.param("", "any number", "", id="nothing"),
        pytest.param("sh:minCount 1 ; sh:maxCount 1", "exactly one", "", id="one"),
        pytest.param("sh:maxCount 1", "at most one", "", id="at most one"),
        pytest.param("sh:minCount 2", "two or more", "", id="two or more"),
        pytest.param("sh:minCount 2 ; sh:maxCount 9", "two to 9", "", id="a range"),
        pytest.param("sh:maxCount 0", "none", "", id="none"),
        pytest.param(
            "sh:minCount 1 ; sh:uniqueLang true",
            "one or more, at most one in each language",
            "",
            id="one in each language",
        ),
        pytest.param(
            "sh:class ssc:City ; sh:nodeKind sh:IRI",
            "any number",
            "an instance of ssc:City",
            id="a class, whose things have IRIs anyway",
        ),
        pytest.param(
            'sh:pattern "^C[0-9]$" ; sh:datatype xsd:string ; sh:maxLength 3',
            "any number",
            "text without a language (xsd:string), "
            "of at most 3 characters, matching ^C[0-9]$",
            id="a datatype before all else",
        ),
        pytest.param(
            'sh:in ( ssc:City "b" )', "any number", "one of ssc:City, b", id="a list"
        ),
        pytest.param(
            "sh:or ( [ sh:datatype xsd:date ] [ sh:datatype xsd:gYear ] )",
            "any number",
            "a date (xsd:date) or a year (xsd:gYear)",
            id="alternatives",
        ),
        pytest.param(
            "sh:minInclusive 0 ; sh:lessThan oa:end",
            "any number",
            "at least 0, less than that of oa:end",
            id="bounds",
        ),
        pytest.param(
            "sh:qualifiedValueShape [ sh:languageIn ( 'en' ) ] ; "
            "sh:qualifiedMinCount 1 ; sh:qualifiedMaxCount 1",
            "any number",
            "exactly one of them in the language en",
            id="a part of the values",
        ),
        pytest.param(
            "sh:hasValue ssc:City",
            "any number",
            "sh:hasValue ssc:City",
            id="what has no words is spelt",
        ),
        pytest.param(
            "sh:not [ sh:class ssc:City ]",
            "any number",
            "sh:not of its own",
            id="what has no words and no name is named",
        ),
    ],
)
def test_a_shape_is_told_in_words(
    constraints: str, cardinality: str, demands: str
) -> None:
    turtle = (
        f"{PREFIX} ssc:S a sh:NodeShape ; sh:property ssc:P . "
        f"ssc:P sh:path ssc:city ; {constraints} ."
    )
    quads = pyoxigraph.parse(turtle, format=RdfFormat.TURTLE)
    [shape] = read_shapes(state(quads))
    [told] = shape.properties
    assert (told.cardinality, spell(told.demands)) == (cardinality, demands)


def test_a_list_that_never_ends_is_read_once() -> None:
    turtle = (
        f"{PREFIX} ssc:S a sh:NodeShape ; sh:in _:a . "
        "_:a rdf:first ssc:City ; rdf:rest _:a ."
    )
    [shape] = read_shapes(state(pyoxigraph.parse(turtle, format=RdfFormat.TURTLE)))
    assert spell(shape.demands) == "one of ssc:City"


@pytest.fixture(scope="module")
def used(vocabulary: Vocabulary, server: Server) -> Usage:
    versions = Versions(server.data_dir)
    record = versions.current()
    assert record is not None
    store = EmbeddedStore.open(versions.path(record.number))
    return read_usage(store, vocabulary, URLS)


def test_numbers_are_those_of_the_data(
    vocabulary: Vocabulary, used: Usage, seeds: pyoxigraph.Store
) -> None:
    for iri, term in vocabulary.terms.items():
        is_class = term.kind is TermKind.CLASS
        predicate, value = (RDF.type, iri) if is_class else (iri, None)
        found = seeds.quads_for_pattern(None, predicate, value, DefaultGraph())
        assert used.number(iri) == len(list(found)), iri


def test_an_example_is_a_statement_of_the_data(
    used: Usage, served: pyoxigraph.Store
) -> None:
    assert used.examples
    for iri, example in used.examples.items():
        subject, value = example.subject, example.object
        quad = (
            Quad(subject, RDF.type, iri) if value is None else Quad(subject, iri, value)
        )
        assert quad in served, iri


def test_every_term_has_an_example_or_no_data(
    vocabulary: Vocabulary, used: Usage
) -> None:
    without = {iri for iri in vocabulary.terms if iri not in used.examples}
    assert without == {iri for iri in vocabulary.terms if used.number(iri) == 0}


def test_equal_data_has_equal_examples(
    vocabulary: Vocabulary, seeds: pyoxigraph.Store
) -> None:
    def read_in_order(*, backward: bool) -> Usage:
        store = pyoxigraph.Store()
        for quad in sorted(seeds, key=str, reverse=backward):
            store.add(quad)
        return read_usage(EmbeddedStore(store), vocabulary, URLS)

    assert read_in_order(backward=False) == read_in_order(backward=True)


def test_what_has_no_iri_is_no_example() -> None:
    store = pyoxigraph.Store()
    turtle = (
        "ssc:a a owl:ObjectProperty . ssc:b a owl:ObjectProperty . "
        "[] ssc:a ssc:x . ssc:y ssc:b [] , ssc:z . ssc:x ssc:b ssc:z ."
    )
    for graph in (URLS.graph("ontology"), DefaultGraph()):
        store.load(PREFIX + turtle, format=RdfFormat.TURTLE, to_graph=graph)
    source = EmbeddedStore(store)
    vocabulary = read_vocabulary(source, base_iri=BASE)
    examples = read_usage(source, vocabulary, URLS).examples
    a, b, x = (NamedNode(f"{PREFIXES['ssc']}{name}") for name in "abx")
    assert a not in examples
    assert examples[b].subject == x


def test_a_version_that_was_not_counted_has_no_numbers(
    vocabulary: Vocabulary, seed_store: EmbeddedStore
) -> None:
    usage = read_usage(seed_store, vocabulary, URLS)
    assert not usage.is_counted
    assert usage.number(SSC.City) is None
    assert usage.examples[SSC.City].name


def test_carriers_are_types_and_fields_of_the_schema(engine: Engine) -> None:
    types = engine.graphql_schema.type_map
    root = engine.graphql_schema.query_type
    assert root is not None
    for carriers in type_carriers(engine.mapping).values():
        for carrier in carriers:
            assert carrier.type in types
            assert set(carrier.lists) <= root.fields.keys()
    for fields in field_carriers(engine.mapping).values():
        for field in fields:
            type_ = types[field.type]
            assert isinstance(type_, GraphQLObjectType | GraphQLInterfaceType)
            assert field.field in type_.fields


def test_every_mapped_field_is_carried_by_its_type_or_one_above(
    engine: Engine,
) -> None:
    carried = {
        (carrier.type, carrier.field)
        for carriers in field_carriers(engine.mapping).values()
        for carrier in carriers
    }
    schema = engine.graphql_schema
    for name, type_ in engine.mapping.types.items():
        declared = schema.type_map[name]
        for field in type_.fields.values():
            if isinstance(field, IdentityField) or type_.choices:
                continue
            assert isinstance(declared, GraphQLObjectType | GraphQLInterfaceType)
            names = {name, *(above.name for above in declared.interfaces)}
            assert {(each, field.name) for each in names} & carried, (name, field.name)


def test_a_field_says_which_way_it_leads(engine: Engine) -> None:
    carriers = field_carriers(engine.mapping)
    signatory = {(c.type, c.field): c.is_inverse for c in carriers[SSC.signatory]}
    assert signatory["Agreement", "signatories"] is False
    assert True in signatory.values()
    assert any(carrier.is_closure for carrier in carriers[SKOS.broader])
