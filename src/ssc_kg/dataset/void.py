"""What a dataset says of itself in VoID: its figures, parts, links and vocabularies.

Figures become triples here; how they are counted, `partitions` knows. Every part has an
IRI of its own under that of the document, such as `void#class/ssc:City`, so that there
are no blank nodes and equal data is described by equal triples. As editors of SPARQL
expect it (void-generator), the class of the values of a property is a class partition
of its property partition, and their datatype a datatype partition.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Triple

from ssc_kg.dataset.coverage import language_iri
from ssc_kg.dataset.partitions import (
    ClassFigures,
    Figures,
    Links,
    PropertyFigures,
    Space,
)
from ssc_kg.rdf.namespaces import shorten
from ssc_kg.rdf.vocab import DCTERMS, FOAF, RDF, RDFS, VOID, VOIDEXT
from ssc_kg.urls import Urls


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is known of a dataset beside its figures."""

    statements: tuple[Triple, ...] = ()
    """What the catalogue says of it and of the datasets that it is linked with."""
    licenses: tuple[NamedNode, ...] = ()
    """Those of its graphs."""

    def spaces(self) -> tuple[Space, ...]:
        """Return the datasets of others that the catalogue gives a `void:uriSpace`."""
        return tuple(
            Space(statement.subject, statement.object.value)
            for statement in self.statements
            if statement.predicate == VOID.uriSpace
            if isinstance(statement.subject, NamedNode)
            if isinstance(statement.object, Literal)
        )


def own_space(urls: Urls) -> Space:
    """Return the part of a dataset that has IRIs of ours."""
    return Space(urls.void_part("things"), urls.things)


def describe_dataset(
    figures: Figures, surroundings: Surroundings, urls: Urls
) -> Iterator[Triple]:
    """Yield the description of a dataset, and of the document that holds it."""
    dataset = urls.dataset
    yield Triple(urls.void, RDF.type, VOID.DatasetDescription)
    yield Triple(urls.void, FOAF.primaryTopic, dataset)
    yield Triple(urls.void, RDFS.seeAlso, urls.catalog)
    yield Triple(dataset, RDF.type, VOID.Dataset)
    yield from surroundings.statements
    for license_ in surroundings.licenses:
        yield Triple(dataset, DCTERMS.license, license_)
    yield Triple(dataset, VOID.triples, Literal(figures.triples))
    yield Triple(dataset, VOID.entities, Literal(figures.entities))
    yield Triple(dataset, VOID.distinctSubjects, Literal(figures.subjects))
    yield Triple(dataset, VOID.distinctObjects, Literal(figures.objects))
    yield Triple(dataset, VOID.classes, Literal(len(figures.classes)))
    yield Triple(dataset, VOID.properties, Literal(len(figures.properties)))
    for vocabulary in _vocabularies(figures):
        yield Triple(dataset, VOID.vocabulary, vocabulary)
    for language in sorted({*map(language_iri, figures.languages)}, key=str):
        yield Triple(dataset, DCTERMS.language, language)
    yield from _describe_own(figures, urls)
    for properties in figures.properties:
        yield from _describe_property(properties, dataset, (), urls)
    for class_ in figures.classes:
        yield from _describe_class(class_, urls)
    names = _names(surroundings, urls)
    for links in figures.links:
        yield from _describe_links(links, names, urls)


def _describe_own(figures: Figures, urls: Urls) -> Iterator[Triple]:
    own = own_space(urls)
    yield Triple(urls.dataset, VOID.subset, own.dataset)
    yield Triple(own.dataset, RDF.type, VOID.Dataset)
    yield Triple(own.dataset, VOID.uriSpace, Literal(own.beginning))
    yield Triple(own.dataset, VOID.triples, Literal(figures.own_triples))
    yield Triple(own.dataset, VOID.entities, Literal(figures.own_entities))
    for class_ in figures.classes:
        if class_.first is not None:
            yield Triple(own.dataset, VOID.exampleResource, class_.first)


def _describe_class(figures: ClassFigures, urls: Urls) -> Iterator[Triple]:
    path = ("class", shorten(figures.class_))
    part = urls.void_part(*path)
    yield Triple(urls.dataset, VOID.classPartition, part)
    yield Triple(part, VOID.class_, figures.class_)
    yield Triple(part, VOID.entities, Literal(figures.entities))
    yield Triple(part, VOID.triples, Literal(figures.triples))
    for properties in figures.properties:
        yield from _describe_property(properties, part, path, urls)
        yield from _describe_values(properties, path, urls)


def _describe_property(
    figures: PropertyFigures, whole: NamedNode, path: tuple[str, ...], urls: Urls
) -> Iterator[Triple]:
    part = urls.void_part(*path, "property", shorten(figures.property))
    yield Triple(whole, VOID.propertyPartition, part)
    yield Triple(part, VOID.property, figures.property)
    yield Triple(part, VOID.triples, Literal(figures.triples))
    yield Triple(part, VOID.distinctSubjects, Literal(figures.subjects))
    yield Triple(part, VOID.distinctObjects, Literal(figures.objects))


def _describe_values(
    figures: PropertyFigures, path: tuple[str, ...], urls: Urls
) -> Iterator[Triple]:
    path = (*path, "property", shorten(figures.property))
    whole = urls.void_part(*path)
    for class_, triples in figures.classes.items():
        part = urls.void_part(*path, "class", shorten(class_))
        yield Triple(whole, VOID.classPartition, part)
        yield Triple(part, VOID.class_, class_)
        yield Triple(part, VOID.triples, Literal(triples))
    for datatype, triples in figures.datatypes.items():
        part = urls.void_part(*path, "datatype", shorten(datatype))
        yield Triple(whole, VOIDEXT.datatypePartition, part)
        yield Triple(part, VOIDEXT.datatype, datatype)
        yield Triple(part, VOID.triples, Literal(triples))


def _describe_links(
    links: Links, names: Mapping[NamedNode, str], urls: Urls
) -> Iterator[Triple]:
    # Which end is the subject's stands in the label: void:subjectsTarget would say it,
    # but there some editors expect a class, and would offer the dataset as one.
    source, target = names[links.source], names[links.target]
    property_ = shorten(links.property)
    ends = [end.value.rpartition("#")[2] for end in (links.source, links.target)]
    part = urls.void_part("links", ends[0], property_, ends[1])
    label = f"Links by {property_} from {source} to {target}"
    yield Triple(urls.dataset, VOID.subset, part)
    yield Triple(part, RDF.type, VOID.Linkset)
    yield Triple(part, RDFS.label, Literal(label, language="en"))
    yield Triple(part, VOID.target, links.source)
    yield Triple(part, VOID.target, links.target)
    yield Triple(part, VOID.linkPredicate, links.property)
    yield Triple(part, VOID.triples, Literal(links.triples))


def _names(surroundings: Surroundings, urls: Urls) -> Mapping[NamedNode, str]:
    names = {own_space(urls).dataset: "this dataset"}
    names |= {space.dataset: space.dataset.value for space in surroundings.spaces()}
    for subject, predicate, title in surroundings.statements:
        if predicate == DCTERMS.title and isinstance(subject, NamedNode):
            names[subject] = title.value if isinstance(title, Literal) else str(title)
    return names


def _vocabularies(figures: Figures) -> list[NamedNode]:
    terms = [
        *(each.class_ for each in figures.classes),
        *(each.property for each in figures.properties),
    ]
    # An ontology has the name of its namespace without the last "#".
    names = {_namespace(term.value).removesuffix("#") for term in terms}
    return [NamedNode(name) for name in sorted(names)]


def _namespace(iri: str) -> str:
    return iri[: max(iri.rfind("#"), iri.rfind("/"), iri.rfind(":")) + 1]
