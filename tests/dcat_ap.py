"""What DCAT-AP 3.0.1 asks of a catalogue, as SHACL shapes of our own.

Each row is a property of a class, after the section of that class in the specification
(https://semiceu.github.io/DCAT-AP/releases/3.0.1): how many values it has, and what
they are. A `!` before the property says that it is recommended, and so wanted here from
the node that the caller names; a plain one may be left out where its number begins
with 0. That addresses are resources is asked for by release 3.0.0 alone, and kept here.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph
from pyoxigraph import NamedNode, RdfFormat

from ssc_kg.dataset.validate import Engine, find_violations
from ssc_kg.errors import Violation
from ssc_kg.rdf.namespaces import PREFIXES

PROFILE = """
dcat:Catalog         dcterms:title             1..n  literal
dcat:Catalog         dcterms:description       1..n  literal
dcat:Catalog         dcterms:publisher         1..1  foaf:Agent
dcat:Catalog         !dcat:dataset             0..n  dcat:Dataset
dcat:Catalog         !dcat:service             0..n  dcat:DataService
dcat:Catalog         !dcat:themeTaxonomy       0..n  skos:ConceptScheme
dcat:Catalog         !dcterms:issued           0..1  time
dcat:Catalog         !dcterms:language         0..n  dcterms:LinguisticSystem
dcat:Catalog         !dcterms:license          0..1  dcterms:LicenseDocument
dcat:Catalog         !dcterms:modified         0..1  time
dcat:Catalog         !dcterms:spatial          0..n  dcterms:Location
dcat:Catalog         !foaf:homepage            0..1  foaf:Document
dcat:Catalog         dcat:catalog              0..n  dcat:Catalog
dcat:Catalog         dcat:record               0..n  dcat:CatalogRecord
dcat:Catalog         dcatap:applicableLegislation 0..n eli:LegalResource
dcat:Catalog         dcterms:creator           0..1  foaf:Agent
dcat:Catalog         dcterms:hasPart           0..n  dcat:Catalog
dcat:Catalog         dcterms:rights            0..n  dcterms:RightsStatement
dcat:Catalog         dcterms:temporal          0..n  dcterms:PeriodOfTime
dcat:CatalogRecord   dcterms:modified          1..1  time
dcat:CatalogRecord   foaf:primaryTopic         1..1  node
dcat:Dataset         dcterms:title             1..n  literal
dcat:Dataset         dcterms:description       1..n  literal
dcat:Dataset         !dcat:contactPoint        0..n  vcard:Kind
dcat:Dataset         !dcat:distribution        0..n  dcat:Distribution
dcat:Dataset         !dcat:keyword             0..n  literal
dcat:Dataset         !dcat:theme               0..n  skos:Concept
dcat:Dataset         !dcterms:publisher        0..1  foaf:Agent
dcat:Dataset         !dcterms:spatial          0..n  dcterms:Location
dcat:Dataset         !dcterms:temporal         0..n  dcterms:PeriodOfTime
dcat:Dataset         adms:identifier           0..n  adms:Identifier
dcat:Dataset         adms:sample               0..n  dcat:Distribution
dcat:Dataset         adms:versionNotes         0..n  literal
dcat:Dataset         dcat:hasVersion           0..n  dcat:Dataset
dcat:Dataset         dcat:inSeries             0..n  dcat:DatasetSeries
dcat:Dataset         dcat:landingPage          0..n  foaf:Document
dcat:Dataset         dcat:qualifiedRelation    0..n  dcat:Relationship
dcat:Dataset         dcat:spatialResolutionInMeters 0..n xsd:decimal
dcat:Dataset         dcat:temporalResolution   0..1  xsd:duration
dcat:Dataset         dcat:version              0..1  literal
dcat:Dataset         dcatap:applicableLegislation 0..n eli:LegalResource
dcat:Dataset         dcterms:accessRights      0..1  dcterms:RightsStatement
dcat:Dataset         dcterms:accrualPeriodicity 0..1 dcterms:Frequency
dcat:Dataset         dcterms:conformsTo        0..n  dcterms:Standard
dcat:Dataset         dcterms:creator           0..n  foaf:Agent
dcat:Dataset         dcterms:identifier        0..n  literal
dcat:Dataset         dcterms:isReferencedBy    0..n  node
dcat:Dataset         dcterms:issued            0..1  time
dcat:Dataset         dcterms:language          0..n  dcterms:LinguisticSystem
dcat:Dataset         dcterms:modified          0..1  time
dcat:Dataset         dcterms:provenance        0..n  dcterms:ProvenanceStatement
dcat:Dataset         dcterms:relation          0..n  node
dcat:Dataset         dcterms:source            0..n  dcat:Dataset
dcat:Dataset         dcterms:type              0..n  skos:Concept
dcat:Dataset         foaf:page                 0..n  foaf:Document
dcat:Dataset         prov:qualifiedAttribution 0..n  prov:Attribution
dcat:Dataset         prov:wasGeneratedBy       0..n  prov:Activity
dcat:DatasetSeries   dcterms:title             1..n  literal
dcat:DatasetSeries   dcterms:description       1..n  literal
dcat:DataService     dcterms:title             1..n  literal
dcat:DataService     dcat:endpointURL          1..n  rdfs:Resource
dcat:DataService     !dcat:endpointDescription 0..n  rdfs:Resource
dcat:DataService     !dcat:servesDataset       0..n  dcat:Dataset
dcat:DataService     dcat:contactPoint         0..n  vcard:Kind
dcat:DataService     dcat:keyword              0..n  literal
dcat:DataService     dcat:landingPage          0..n  foaf:Document
dcat:DataService     dcat:theme                0..n  skos:Concept
dcat:DataService     dcatap:applicableLegislation 0..n eli:LegalResource
dcat:DataService     dcterms:accessRights      0..1  dcterms:RightsStatement
dcat:DataService     dcterms:conformsTo        0..n  dcterms:Standard
dcat:DataService     dcterms:description       0..n  literal
dcat:DataService     dcterms:format            0..n  dcterms:MediaTypeOrExtent
dcat:DataService     dcterms:license           0..1  dcterms:LicenseDocument
dcat:DataService     dcterms:publisher         0..1  foaf:Agent
dcat:DataService     foaf:page                 0..n  foaf:Document
dcat:Distribution    dcat:accessURL            1..n  rdfs:Resource
dcat:Distribution    !dcatap:availability      0..1  skos:Concept
dcat:Distribution    !dcterms:description      0..n  literal
dcat:Distribution    !dcterms:format           0..1  dcterms:MediaTypeOrExtent
dcat:Distribution    !dcterms:license          0..1  dcterms:LicenseDocument
dcat:Distribution    adms:status               0..1  skos:Concept
dcat:Distribution    dcat:accessService        0..n  dcat:DataService
dcat:Distribution    dcat:byteSize             0..1  xsd:nonNegativeInteger
dcat:Distribution    dcat:compressFormat       0..1  dcterms:MediaType
dcat:Distribution    dcat:downloadURL          0..n  rdfs:Resource
dcat:Distribution    dcat:mediaType            0..1  dcterms:MediaType
dcat:Distribution    dcat:packageFormat        0..1  dcterms:MediaType
dcat:Distribution    dcat:spatialResolutionInMeters 0..1 xsd:decimal
dcat:Distribution    dcat:temporalResolution   0..1  xsd:duration
dcat:Distribution    dcatap:applicableLegislation 0..n eli:LegalResource
dcat:Distribution    dcterms:conformsTo        0..n  dcterms:Standard
dcat:Distribution    dcterms:issued            0..1  time
dcat:Distribution    dcterms:language          0..n  dcterms:LinguisticSystem
dcat:Distribution    dcterms:modified          0..1  time
dcat:Distribution    dcterms:rights            0..n  dcterms:RightsStatement
dcat:Distribution    dcterms:title             0..n  literal
dcat:Distribution    foaf:page                 0..n  foaf:Document
dcat:Distribution    odrl:hasPolicy            0..1  odrl:Policy
dcat:Distribution    spdx:checksum             0..1  spdx:Checksum
dcat:Relationship    dcterms:relation          1..n  node
dcat:Relationship    dcat:hadRole              1..n  dcat:Role
dcterms:LicenseDocument dcterms:type           0..n  skos:Concept
dcterms:Location     dcat:bbox                 0..1  literal
dcterms:Location     dcat:centroid             0..1  literal
dcterms:Location     locn:geometry             0..1  locn:Geometry
dcterms:PeriodOfTime dcat:endDate              0..1  time
dcterms:PeriodOfTime dcat:startDate            0..1  time
dcterms:PeriodOfTime time:hasBeginning         0..1  time:Instant
dcterms:PeriodOfTime time:hasEnd               0..1  time:Instant
foaf:Agent           foaf:name                 1..n  literal
foaf:Agent           dcterms:type              0..1  skos:Concept
skos:Concept         skos:prefLabel            1..n  literal
skos:ConceptScheme   dcterms:title             1..n  literal
spdx:Checksum        spdx:algorithm            1..1  spdx:ChecksumAlgorithm
spdx:Checksum        spdx:checksumValue        1..1  xsd:hexBinary
"""
_NAMESPACES = {
    **PREFIXES,
    "dcatap": "http://data.europa.eu/r5r/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "locn": "http://www.w3.org/ns/locn#",
    "odrl": "http://www.w3.org/ns/odrl/2/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
}
_TIMES = ("xsd:date", "xsd:dateTime", "xsd:gYear", "xsd:gYearMonth")


@dataclass(frozen=True, slots=True)
class Row:
    """What is asked of one property of one class."""

    class_: str
    property: str
    minimum: str
    maximum: str
    values: str
    is_recommended: bool

    def constraints(self) -> Iterator[str]:
        if self.minimum != "0":
            yield f"sh:minCount {self.minimum}"
        if self.maximum != "n":
            yield f"sh:maxCount {self.maximum}"
        match self.values:
            case "literal":
                yield "sh:nodeKind sh:Literal"
            case "node":
                yield "sh:nodeKind sh:BlankNodeOrIRI"
            case "time":
                types = " ".join(f"[ sh:datatype {each} ]" for each in _TIMES)
                yield f"sh:or ( {types} )"
            case datatype if datatype.startswith("xsd:"):
                yield f"sh:datatype {datatype}"
            case class_:
                yield f"sh:nodeKind sh:BlankNodeOrIRI ; sh:class {class_}"


def read_rows() -> list[Row]:
    """Return what is asked, row by row."""
    rows = []
    for line in PROFILE.strip().splitlines():
        class_, property_, number, values = line.split()
        minimum, _, maximum = number.partition("..")
        name = property_.removeprefix("!")
        rows.append(Row(class_, name, minimum, maximum, values, name != property_))
    return rows


def expand(name: str) -> NamedNode:
    """Return the term of a name with a prefix."""
    prefix, _, local = name.partition(":")
    return NamedNode(_NAMESPACES[prefix] + local)


def find_breaches(
    triples: str, *, engine: Engine = Engine.SHACL
) -> tuple[Violation, ...]:
    """Return how a catalogue, as N-Triples, breaks the profile."""
    return find_violations(triples, _shapes(), engine=engine)


def _shapes() -> str:
    prefixes = "".join(f"@prefix {p}: <{n}> .\n" for p, n in _NAMESPACES.items())
    shapes = "".join(
        f"[] a sh:NodeShape ; sh:targetClass {row.class_} ; sh:property "
        f"[ sh:path {row.property} ; {' ; '.join(row.constraints())} ] .\n"
        for row in read_rows()
    )
    store = pyoxigraph.Store()
    store.load(f"{prefixes}{shapes}", format=RdfFormat.TURTLE)
    text = store.dump(format=RdfFormat.N_TRIPLES, from_graph=pyoxigraph.DefaultGraph())
    assert text is not None
    return text.decode()
