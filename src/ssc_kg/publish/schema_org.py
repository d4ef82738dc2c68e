"""A thing in the words of schema.org, which search engines read in its page.

Words come from the alignments of the ontology, followed from a term up to schema.org's:
a broader term is true of all that the narrower is true of, and a close one may take its
place where exactness is not asked for (SKOS, section 10.1). Between other vocabularies
and schema.org the ontology says nothing; a table here does.
"""

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode

from ssc_kg.catalogue.parameters import write_value
from ssc_kg.catalogue.shown import Link
from ssc_kg.formats.statements import Statement, Term
from ssc_kg.publish.nodes import Nodes
from ssc_kg.publish.readable import NUMBERS
from ssc_kg.rdf.namespaces import PREFIXES
from ssc_kg.rdf.vocab import ORG, RDF, RDFS, SKOS, XSD
from ssc_kg.store.protocol import Store

Json: TypeAlias = "str | int | float | bool | dict[str, Json] | list[Json]"

_SCHEMA = PREFIXES["schema"]
_ANY = "Thing"
# What schema.org's own context says of these; the rest of it is not needed, so that
# nothing has to be fetched to read this.
_LINKS = ("contentUrl", "mainEntityOfPage", "sameAs", "url")
_CONTEXT: Json = {
    "@vocab": _SCHEMA,
    **{name: {"@type": "@id"} for name in _LINKS},
}
_WHOLE = re.compile(r"[+-]?[0-9]{1,300}")
_BROADER = (
    RDFS.subClassOf,
    RDFS.subPropertyOf,
    SKOS.exactMatch,
    SKOS.closeMatch,
    SKOS.broadMatch,
)
_OTHER_VOCABULARIES: Mapping[str, str] = {
    "dcat:Catalog": "DataCatalog",
    "dcat:Dataset": "Dataset",
    "dcat:dataset": "dataset",
    "dcat:keyword": "keywords",
    "dcat:version": "version",
    "dcterms:BibliographicResource": "CreativeWork",
    "dcterms:creator": "creator",
    "dcterms:description": "description",
    "dcterms:identifier": "identifier",
    "dcterms:isPartOf": "isPartOf",
    "dcterms:issued": "datePublished",
    "dcterms:language": "inLanguage",
    "dcterms:license": "license",
    "dcterms:modified": "dateModified",
    "dcterms:publisher": "publisher",
    "dcterms:relation": "mentions",
    "dcterms:spatial": "spatialCoverage",
    "dcterms:subject": "about",
    "dcterms:title": "name",
    "foaf:Person": "Person",
    "foaf:homepage": "url",
    "org:Organization": "Organization",
    "org:subOrganizationOf": "parentOrganization",
    "org:unitOf": "parentOrganization",
    "owl:sameAs": "sameAs",
    "rdfs:comment": "description",
    "rdfs:label": "name",
    "skos:Concept": "DefinedTerm",
    "skos:ConceptScheme": "DefinedTermSet",
    "skos:altLabel": "alternateName",
    "skos:exactMatch": "sameAs",
    "skos:inScheme": "inDefinedTermSet",
    "skos:notation": "termCode",
    "skos:prefLabel": "name",
    "void:Dataset": "Dataset",
}


def describe_thing(
    thing: NamedNode, document: NamedNode, about: Sequence[Statement], nodes: Nodes
) -> dict[str, Json]:
    """Return the JSON-LD that says of a thing what schema.org has words for.

    Args:
        thing: What it is about.
        document: The document about it.
        about: The statements of the thing.
        nodes: Gives names, and has the alignments.
    """
    told: dict[str, Json] = {
        "@context": _CONTEXT,
        "@id": thing.value,
        "@type": _one_or_all(_classes(about, nodes.store)),
        "mainEntityOfPage": document.value,
    }
    for name, values in _properties(about, nodes).items():
        told[name] = _one_or_all(values)
    if memberships := list(_memberships(thing, nodes)):
        told["memberOf"] = _one_or_all(memberships)
    if "latitude" in told and "longitude" in told:
        told["geo"] = {
            "@type": "GeoCoordinates",
            "latitude": told["latitude"],
            "longitude": told["longitude"],
        }
    return told


def describe_dataset(
    dataset: NamedNode,
    document: NamedNode,
    about: Sequence[Statement],
    nodes: Nodes,
    downloads: Iterable[Link],
) -> dict[str, Json]:
    """Return the same of a dataset, with the addresses of its files.

    The hints of `downloads` are media types.
    """
    told = describe_thing(dataset, document, about, nodes)
    told["distribution"] = [
        {
            "@type": "DataDownload",
            "contentUrl": each.address,
            "encodingFormat": each.hint,
            "name": each.title,
        }
        for each in downloads
    ]
    return told


def find_words(term: NamedNode, store: Store) -> tuple[str, ...]:
    """Return the nearest terms of schema.org that are true where a term is, sorted."""
    seen, level = {term}, [term]
    while level:
        words = {word for each in level if (word := _word(each))}
        if words:
            return tuple(sorted(words))
        following = {
            quad.object
            for each in level
            for property_ in _BROADER
            for quad in store.match(each, property_)
            if isinstance(quad.object, NamedNode)
        }
        level = sorted(following - seen, key=str)
        seen.update(level)
    return ()


def _word(term: NamedNode) -> str | None:
    if term.value.startswith(_SCHEMA):
        return term.value.removeprefix(_SCHEMA)
    return _OTHER_VOCABULARIES.get(write_value(term))


def _classes(about: Iterable[Statement], store: Store) -> list[Json]:
    classes = [each.object for each in about if each.predicate == RDF.type]
    words = {
        word
        for class_ in classes
        if isinstance(class_, NamedNode)
        for word in find_words(class_, store)
    }
    is_listed = any(each.predicate == SKOS.inScheme for each in about)
    if words <= {_ANY} and is_listed:
        # What is in a list of terms is one of them, whatever else it is.
        words = {"DefinedTerm"}
    return [*sorted(words - {_ANY})] or [_ANY]


def _properties(about: Iterable[Statement], nodes: Nodes) -> dict[str, list[Json]]:
    found: dict[str, list[Json]] = {}
    for statement in about:
        if statement.predicate == RDF.type:
            continue
        for name in find_words(statement.predicate, nodes.store):
            value = _value(name, statement.object, nodes)
            if value not in found.setdefault(name, []):
                found[name].append(value)
    return found


def _memberships(thing: NamedNode, nodes: Nodes) -> Iterator[Json]:
    """Yield what a thing is a member of, which ORG says by way of memberships."""
    store = nodes.store
    links = [quad.subject for quad in store.match(None, ORG.member, thing)]
    wholes = {
        quad.object
        for link in links
        if isinstance(link, NamedNode)
        for quad in store.match(link, ORG.organization)
    }
    for whole in sorted(wholes, key=str):
        if isinstance(whole, NamedNode):
            yield _value("memberOf", whole, nodes)


def _value(name: str, term: Term, nodes: Nodes) -> Json:
    match term:
        case NamedNode():
            if name in _LINKS:
                return term.value
            return {"@id": term.value, **dict(_name(term, nodes))}
        case BlankNode():
            return {"@id": str(term)}
        case Literal():
            value = _literal(term)
            # A text is no address there unless it says so.
            is_text = name in _LINKS and isinstance(value, str)
            return {"@value": value} if is_text else value


def _name(iri: NamedNode, nodes: Nodes) -> Iterator[tuple[str, Json]]:
    name = nodes.name(iri)
    if name is not None:
        yield "name", _literal(name)


def _literal(literal: Literal) -> Json:
    if literal.language is not None:
        return {"@value": literal.value, "@language": literal.language}
    if literal.datatype == XSD.boolean and literal.value in {"true", "false"}:
        return literal.value == "true"
    if literal.datatype.value in NUMBERS:
        return _number(literal.value)
    return literal.value


def _number(text: str) -> Json:
    """Return a number, as a text if JSON has none such."""
    if _WHOLE.fullmatch(text):
        return int(text)
    try:
        number = float(text)
    except ValueError:
        return text
    if not math.isfinite(number):
        return text
    return number


def _one_or_all(values: list[Json]) -> Json:
    return values[0] if len(values) == 1 else values
