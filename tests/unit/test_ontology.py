"""What holds for every term of the ontology, its shapes and its alignments."""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import orjson
import pytest
import rdflib.namespace as vocabularies
from graphql import GraphQLInterfaceType, GraphQLObjectType
from pyoxigraph import (
    CanonicalizationAlgorithm,
    Dataset,
    Literal,
    NamedNode,
    Quad,
    RdfFormat,
    parse,
)
from rdflib import URIRef

from ssc_kg.dataset.canonical import is_canonical
from ssc_kg.engine.engine import Engine
from ssc_kg.formats.jsonld import write_jsonld
from ssc_kg.mapping.check import check
from ssc_kg.mapping.model import LinkField, TypeMap
from ssc_kg.mapping.ontology import read_ontology
from ssc_kg.rdf.namespaces import PREFIXES, SSC_NAMESPACE
from ssc_kg.rdf.vocab import DASH, OWL, RDF, RDFS, SH, SSC
from ssc_kg.resources import ONTOLOGY
from tests.published import (
    RDF_FILES,
    SEED_FILES,
    iris,
    name_of,
    objects,
    read,
    subjects,
)

FILES = [pytest.param(path, id=name_of(path)) for path in RDF_FILES]
TERMS = read(ONTOLOGY / "ssc.ttl")
SHAPES = read(ONTOLOGY / "shapes.ttl")
ALIGNMENTS = read(ONTOLOGY / "alignments.ttl")
CONTEXT = orjson.loads((ONTOLOGY / "context.jsonld").read_bytes())

CLASSES = subjects(TERMS, RDF.type, OWL.Class)
RESERVED = subjects(TERMS, RDFS.isDefinedBy, NamedNode(PREFIXES["rdf"]))
"""Properties that RDF keeps for itself, to which OWL 2 DL lets nobody give a type."""
PROPERTIES = RESERVED | subjects(
    TERMS, RDF.type, OWL.ObjectProperty, OWL.DatatypeProperty
)
ANNOTATIONS = subjects(TERMS, RDF.type, OWL.AnnotationProperty)
DECLARED = CLASSES | PROPERTIES | ANNOTATIONS
OURS = {term for term in DECLARED if term.value.startswith(SSC_NAMESPACE)}
ABSTRACT = subjects(TERMS, DASH.abstract, Literal(value=True))
TARGETED = {quad.object for quad in SHAPES if quad.predicate == SH.targetClass}
SHAPED = {quad.object for quad in SHAPES if quad.predicate == SH.path}
ALIGNED = {term for term in OURS if any(quad.subject == term for quad in ALIGNMENTS)}
EXPLAINED = subjects(TERMS, SSC.withoutAlignment)

PARENTS_ONLY = frozenset({SSC.provisionOf})
"""Properties that stand above more exact ones and that no data uses."""

CHECKABLE = (
    vocabularies.DCAT,
    vocabularies.DCTERMS,
    vocabularies.FOAF,
    vocabularies.GEO,
    vocabularies.ORG,
    vocabularies.PROV,
    vocabularies.QB,
    vocabularies.RDF,
    vocabularies.RDFS,
    vocabularies.SDO,
    vocabularies.SKOS,
    vocabularies.SOSA,
    vocabularies.VOID,
)
"""Vocabularies of which rdflib has the list of terms."""


def terms(prefix: str, *names: str) -> frozenset[NamedNode]:
    return frozenset(NamedNode(PREFIXES[prefix] + name) for name in names)


CLASS_RELATIONS = frozenset({RDFS.subClassOf, *terms("owl", "equivalentClass")})
PROPERTY_RELATIONS = frozenset(
    {RDFS.subPropertyOf, *terms("owl", "equivalentProperty")}
)
MATCHES = terms(
    "skos", "exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch"
)


@pytest.mark.parametrize("predicate", [RDFS.label, RDFS.comment, RDFS.isDefinedBy])
def test_every_term_has_one_label_one_comment_and_its_vocabulary(
    predicate: NamedNode,
) -> None:
    counts = {term: len(objects(TERMS, term, predicate)) for term in DECLARED}
    assert {term for term, count in counts.items() if count != 1} == set()


def test_our_terms_are_of_our_namespace_only() -> None:
    defined = subjects(
        TERMS, RDFS.isDefinedBy, NamedNode("https://w3id.org/ssc-kg/ontology")
    )
    assert defined == OURS


def test_labels_and_comments_are_english() -> None:
    texts = [
        quad.object
        for quad in TERMS
        if quad.predicate in {RDFS.label, RDFS.comment, SSC.inverseComment}
    ]
    assert texts
    languages = {text.language for text in texts if isinstance(text, Literal)}
    assert languages == {"en"}


def test_every_comment_is_a_sentence() -> None:
    comments = [quad.object for quad in TERMS if quad.predicate == RDFS.comment]
    texts = [comment.value for comment in comments if isinstance(comment, Literal)]
    assert [text for text in texts if not (text[0].isupper() and text[-1] == ".")] == []


def test_labels_of_our_properties_are_all_different() -> None:
    labels = Counter(
        label for term in OURS - CLASSES for label in objects(TERMS, term, RDFS.label)
    )
    assert [label for label, count in labels.items() if count > 1] == []


def test_every_property_has_a_shape_or_at_least_a_domain() -> None:
    assert PROPERTIES - SHAPED == PARENTS_ONLY
    assert subjects(TERMS, RDFS.domain) >= PARENTS_ONLY


def test_every_property_of_ours_has_a_range() -> None:
    assert OURS - CLASSES - subjects(TERMS, RDFS.range) == set()


def test_every_shape_of_a_property_has_a_message_for_people() -> None:
    shapes = subjects(SHAPES, SH.path)
    assert {
        shape for shape in shapes if not objects(SHAPES, shape, SH.message)
    } == set()


def test_every_class_is_the_target_of_a_shape_or_stands_above_others() -> None:
    above = {quad.object for quad in TERMS if quad.predicate == RDFS.subClassOf}
    assert {term for term in CLASSES if term not in TARGETED | above} == set()


def test_every_class_that_can_have_instances_is_the_target_of_a_shape() -> None:
    assert set() == (CLASSES & OURS) - ABSTRACT - TARGETED


def test_abstract_classes_stand_above_others() -> None:
    above = {quad.object for quad in TERMS if quad.predicate == RDFS.subClassOf}
    assert above >= ABSTRACT


def test_an_abstract_class_has_no_instances() -> None:
    types = {quad.object for quad in read(*SEED_FILES) if quad.predicate == RDF.type}
    assert types.isdisjoint(ABSTRACT)


def test_every_term_is_aligned_or_says_why_not() -> None:
    assert ALIGNED ^ EXPLAINED == OURS, "neither of the two, or both"


def test_every_alignment_has_its_reason_and_every_reason_its_alignment() -> None:
    explained = Counter(map(relation, subjects(ALIGNMENTS, RDF.type, SSC.Alignment)))
    related = Counter(
        (quad.subject, quad.predicate, quad.object)
        for quad in ALIGNMENTS
        if quad.subject in OURS
    )
    assert explained == related


def test_every_alignment_has_one_reason_in_english() -> None:
    reasons = [
        objects(ALIGNMENTS, node, SSC.alignmentReason)
        for node in subjects(ALIGNMENTS, RDF.type, SSC.Alignment)
    ]
    languages = [[getattr(text, "language", None) for text in some] for some in reasons]
    assert all(some == ["en"] for some in languages)


def test_alignments_lead_to_other_vocabularies() -> None:
    targets = [relation(node)[2] for node in subjects(ALIGNMENTS, RDF.subject)]
    assert [target for target in targets if SSC_NAMESPACE in str(target)] == []


def test_a_relation_fits_the_kind_of_term() -> None:
    wrong = [
        quad
        for quad in ALIGNMENTS
        if quad.subject in OURS
        and quad.predicate
        not in MATCHES
        | (CLASS_RELATIONS if quad.subject in CLASSES else PROPERTY_RELATIONS)
    ]
    assert wrong == []


def test_aligned_terms_exist_where_their_vocabulary_can_be_asked() -> None:
    targets = {str(quad.object) for quad in ALIGNMENTS if quad.subject in OURS}
    checked = {
        URIRef(target.strip("<>")): vocabulary
        for target in targets
        for vocabulary in CHECKABLE
        if target.strip("<>").startswith(str(vocabulary))
    }
    assert len(checked) > 50
    assert {term for term, names in checked.items() if term not in names} == set()


def test_classes_are_aligned_with_classes_and_properties_with_properties() -> None:
    wrong = [
        quad
        for quad in ALIGNMENTS
        if quad.subject in OURS
        and (quad.subject in CLASSES) != local_name(quad.object)[0].isupper()
    ]
    assert wrong == []


@pytest.mark.parametrize("path", FILES)
def test_a_file_uses_declared_terms_only(path: Path) -> None:
    shapes = {quad.subject for quad in SHAPES}
    used = {iri for iri in iris(read(path)) if iri.value.startswith(SSC_NAMESPACE)}
    assert used - OURS - shapes == set()


def test_shapes_are_about_declared_terms() -> None:
    of_classes = {quad.object for quad in SHAPES if quad.predicate == SH.class_}
    assert (TARGETED | SHAPED | of_classes).issubset(DECLARED)


def test_every_declared_term_is_used_or_stands_above_others() -> None:
    data = [*read(*SEED_FILES), *ALIGNMENTS]
    properties = {quad.predicate for quad in data}
    classes = {quad.object for quad in data if quad.predicate == RDF.type}
    unused = {term for term in OURS - properties if term not in classes}
    explained = subjects(TERMS, SSC.withoutData)
    assert unused == (ABSTRACT | PARENTS_ONLY | ANNOTATIONS | explained) & OURS


def test_every_annotation_property_is_used_by_the_ontology() -> None:
    assert {quad.predicate for quad in TERMS} >= ANNOTATIONS


def test_a_property_that_stands_above_others_has_some_below_it() -> None:
    above = {quad.object for quad in TERMS if quad.predicate == RDFS.subPropertyOf}
    assert above >= PARENTS_ONLY


def test_the_ontology_and_the_graphql_types_say_the_same(engine: Engine) -> None:
    assert check(engine.mapping, read_ontology(ONTOLOGY)) == []


def test_no_two_inverse_fields_of_a_type_have_one_description(engine: Engine) -> None:
    alike = {
        (type_.name, description)
        for type_ in engine.mapping.types.values()
        for description, count in Counter(inverse_descriptions(engine, type_)).items()
        if count > 1
    }
    assert alike == set()


@pytest.mark.parametrize("path", FILES)
def test_a_file_is_written_in_canonical_order(path: Path) -> None:
    assert is_canonical(path)


def test_the_context_names_declared_terms_only() -> None:
    named = {iri for iri in map(expand, CONTEXT["@context"].values()) if iri}
    ours = {iri for iri in named if iri.value.startswith(SSC_NAMESPACE)}
    assert ours - {NamedNode(SSC_NAMESPACE)} == OURS


def test_the_context_and_the_program_have_the_same_namespaces() -> None:
    published = {
        name: iri for name, iri in CONTEXT["@context"].items() if name in PREFIXES
    }
    assert published
    assert published == {name: PREFIXES[name] for name in published}


@pytest.mark.parametrize("path", FILES)
def test_a_file_comes_back_from_json_ld_with_the_published_context(path: Path) -> None:
    written = orjson.loads("".join(write_jsonld(read(path))))
    whole = orjson.dumps(written | CONTEXT)
    assert canonical(parse(whole, RdfFormat.JSON_LD)) == canonical(read(path))


def canonical(quads: Iterable[Quad]) -> Dataset:
    dataset = Dataset(quads)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return dataset


def relation(node: NamedNode) -> tuple[object, object, object]:
    (subject,) = objects(ALIGNMENTS, node, RDF.subject)
    (predicate,) = objects(ALIGNMENTS, node, RDF.predicate)
    (object_,) = objects(ALIGNMENTS, node, RDF.object)
    return subject, predicate, object_


def local_name(term: object) -> str:
    return str(term).strip("<>").replace("#", "/").rpartition("/")[2]


def expand(entry: object) -> NamedNode | None:
    value = entry.get("@id") if isinstance(entry, dict) else entry
    if not isinstance(value, str) or ":" not in value:
        return None
    prefix, _, local = value.partition(":")
    return NamedNode(PREFIXES[prefix] + local) if prefix in PREFIXES else None


def inverse_descriptions(engine: Engine, type_: TypeMap) -> list[str]:
    shown = engine.graphql_schema.type_map[type_.name]
    assert isinstance(shown, GraphQLObjectType | GraphQLInterfaceType)
    return [
        shown.fields[field.name].description or ""
        for field in type_.fields.values()
        if isinstance(field, LinkField) and field.inverse
    ]
