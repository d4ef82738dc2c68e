"""Write `rdf/vocab.py`: every term of the ontology as a Python name.

Run as `python -m ssc_kg.rdf.generate`; a test proves that the file is current. A term
that the ontology does not declare has no name, so a misspelt one does not type-check.
"""

import keyword
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from pyoxigraph import NamedNode, RdfFormat, parse

from ssc_kg.rdf.namespaces import PREFIXES
from ssc_kg.resources import ONTOLOGY

_SOURCES = {"ssc.ttl": frozenset({"sdg"}), "shapes.ttl": frozenset({"sdg", "ssc"})}
"""File and the prefixes that name things or shapes there, rather than terms."""

_DESCRIPTION_TERMS = (
    "adms:versionNotes",
    "dcat:Catalog",
    "dcat:DataService",
    "dcat:Dataset",
    "dcat:Distribution",
    "dcat:accessService",
    "dcat:accessURL",
    "dcat:byteSize",
    "dcat:compressFormat",
    "dcat:dataset",
    "dcat:distribution",
    "dcat:downloadURL",
    "dcat:endDate",
    "dcat:endpointDescription",
    "dcat:endpointURL",
    "dcat:hasCurrentVersion",
    "dcat:hasVersion",
    "dcat:isVersionOf",
    "dcat:keyword",
    "dcat:landingPage",
    "dcat:mediaType",
    "dcat:previousVersion",
    "dcat:servesDataset",
    "dcat:service",
    "dcat:startDate",
    "dcat:theme",
    "dcat:themeTaxonomy",
    "dcat:version",
    "dcterms:LicenseDocument",
    "dcterms:LinguisticSystem",
    "dcterms:Location",
    "dcterms:MediaType",
    "dcterms:MediaTypeOrExtent",
    "dcterms:PeriodOfTime",
    "dcterms:RightsStatement",
    "dcterms:Standard",
    "dcterms:conformsTo",
    "dcterms:format",
    "dcterms:hasPart",
    "dcterms:hasVersion",
    "dcterms:identifier",
    "dcterms:isPartOf",
    "dcterms:language",
    "dcterms:publisher",
    "dcterms:rights",
    "dcterms:spatial",
    "dcterms:temporal",
    "foaf:Agent",
    "foaf:Document",
    "foaf:homepage",
    "foaf:isPrimaryTopicOf",
    "foaf:name",
    "foaf:primaryTopic",
    "owl:deprecated",
    "prov:Activity",
    "prov:Agent",
    "prov:Entity",
    "prov:endedAtTime",
    "prov:generated",
    "prov:generatedAtTime",
    "prov:invalidated",
    "prov:specializationOf",
    "prov:used",
    "prov:wasAssociatedWith",
    "prov:wasDerivedFrom",
    "prov:wasGeneratedBy",
    "prov:wasRevisionOf",
    "rdfs:Resource",
    "rdfs:seeAlso",
    "schema:keywords",
    "schema:target",
    "sd:BasicFederatedQuery",
    "sd:Dataset",
    "sd:Feature",
    "sd:Graph",
    "sd:NamedGraph",
    "sd:SPARQL11Query",
    "sd:Service",
    "sd:availableGraphs",
    "sd:defaultDataset",
    "sd:defaultGraph",
    "sd:endpoint",
    "sd:extensionFunction",
    "sd:feature",
    "sd:graph",
    "sd:inputFormat",
    "sd:languageExtension",
    "sd:name",
    "sd:namedGraph",
    "sd:resultFormat",
    "sd:supportedLanguage",
    "sh:PrefixDeclaration",
    "sh:SPARQLAskExecutable",
    "sh:SPARQLConstructExecutable",
    "sh:SPARQLExecutable",
    "sh:SPARQLSelectExecutable",
    "sh:ask",
    "sh:construct",
    "sh:declare",
    "sh:namespace",
    "sh:prefix",
    "sh:prefixes",
    "sh:select",
    "skos:broadMatch",
    "skos:closeMatch",
    "skos:inScheme",
    "skos:prefLabel",
    "skos:scopeNote",
    "spdx:Checksum",
    "spdx:ChecksumAlgorithm",
    "spdx:algorithm",
    "spdx:checksum",
    "spdx:checksumAlgorithm_sha256",
    "spdx:checksumValue",
    "void-ext:datatype",
    "void-ext:datatypePartition",
    "void:Dataset",
    "void:DatasetDescription",
    "void:Linkset",
    "void:class",
    "void:classPartition",
    "void:classes",
    "void:dataDump",
    "void:distinctObjects",
    "void:distinctSubjects",
    "void:entities",
    "void:exampleResource",
    "void:inDataset",
    "void:linkPredicate",
    "void:properties",
    "void:property",
    "void:propertyPartition",
    "void:sparqlEndpoint",
    "void:subset",
    "void:target",
    "void:triples",
    "void:uriSpace",
    "void:vocabulary",
    "xsd:anyURI",
    "xsd:boolean",
    "xsd:dateTime",
    "xsd:decimal",
    "xsd:double",
    "xsd:hexBinary",
    "xsd:nonNegativeInteger",
)
"""What the service says of itself and its documents, beyond the ontology."""

_HEADER = '''"""Every term of the ontology; written by `make vocab`, not by hand."""

from typing import Final

from pyoxigraph import NamedNode
'''


def generate(ontology: Path) -> str:
    """Return the text of `vocab.py` for the ontology files in a directory."""
    terms: dict[str, set[str]] = {}
    for prefix, local in (*_used(ontology), *_described()):
        terms.setdefault(prefix, set()).add(local)
    classes = (_class(prefix, sorted(terms[prefix])) for prefix in sorted(terms))
    return "\n".join([_HEADER, "\n\n".join(classes)])


def _described() -> Iterator[tuple[str, str]]:
    for term in _DESCRIPTION_TERMS:
        prefix, _, local = term.partition(":")
        yield prefix, local


def _used(ontology: Path) -> Iterator[tuple[str, str]]:
    for name, left_out in _SOURCES.items():
        for quad in parse(path=ontology / name, format=RdfFormat.TURTLE):
            for term in (quad.subject, quad.predicate, quad.object):
                if isinstance(term, NamedNode):
                    yield from _split(term.value, left_out)


def _split(iri: str, left_out: frozenset[str]) -> Iterator[tuple[str, str]]:
    for prefix, namespace in PREFIXES.items():
        local = iri.removeprefix(namespace)
        if local != iri and local.isidentifier() and prefix not in left_out:
            yield prefix, local


def _class(prefix: str, names: Iterable[str]) -> str:
    name = prefix.upper().replace("-", "")
    constant = f"_{name}"
    lines = [
        f'{constant} = "{PREFIXES[prefix]}"',
        "",
        "",
        f"class {name}:",
        f'    """Terms of <{PREFIXES[prefix]}>."""',
        "",
        *(
            f'    {_name(local)}: Final = NamedNode({constant} + "{local}")'
            for local in names
        ),
    ]
    return "\n".join(lines) + "\n"


def _name(local: str) -> str:
    return f"{local}_" if keyword.iskeyword(local) else local


if __name__ == "__main__":
    sys.stdout.write(generate(ONTOLOGY))
