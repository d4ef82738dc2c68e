"""Every term of the ontology; written by `make vocab`, not by hand."""

from typing import Final

from pyoxigraph import NamedNode

_DASH = "http://datashapes.org/dash#"


class DASH:
    """Terms of <http://datashapes.org/dash#>."""

    abstract: Final = NamedNode(_DASH + "abstract")


_DCTERMS = "http://purl.org/dc/terms/"


class DCTERMS:
    """Terms of <http://purl.org/dc/terms/>."""

    creator: Final = NamedNode(_DCTERMS + "creator")
    description: Final = NamedNode(_DCTERMS + "description")
    hasVersion: Final = NamedNode(_DCTERMS + "hasVersion")
    isPartOf: Final = NamedNode(_DCTERMS + "isPartOf")
    license: Final = NamedNode(_DCTERMS + "license")
    modified: Final = NamedNode(_DCTERMS + "modified")
    relation: Final = NamedNode(_DCTERMS + "relation")
    source: Final = NamedNode(_DCTERMS + "source")
    subject: Final = NamedNode(_DCTERMS + "subject")
    title: Final = NamedNode(_DCTERMS + "title")
    type: Final = NamedNode(_DCTERMS + "type")


_FOAF = "http://xmlns.com/foaf/0.1/"


class FOAF:
    """Terms of <http://xmlns.com/foaf/0.1/>."""

    Document: Final = NamedNode(_FOAF + "Document")
    primaryTopic: Final = NamedNode(_FOAF + "primaryTopic")


_OA = "http://www.w3.org/ns/oa#"


class OA:
    """Terms of <http://www.w3.org/ns/oa#>."""

    end: Final = NamedNode(_OA + "end")
    exact: Final = NamedNode(_OA + "exact")
    start: Final = NamedNode(_OA + "start")


_ORG = "http://www.w3.org/ns/org#"


class ORG:
    """Terms of <http://www.w3.org/ns/org#>."""

    member: Final = NamedNode(_ORG + "member")
    organization: Final = NamedNode(_ORG + "organization")
    role: Final = NamedNode(_ORG + "role")
    subOrganizationOf: Final = NamedNode(_ORG + "subOrganizationOf")
    unitOf: Final = NamedNode(_ORG + "unitOf")


_OWL = "http://www.w3.org/2002/07/owl#"


class OWL:
    """Terms of <http://www.w3.org/2002/07/owl#>."""

    AnnotationProperty: Final = NamedNode(_OWL + "AnnotationProperty")
    Class: Final = NamedNode(_OWL + "Class")
    DatatypeProperty: Final = NamedNode(_OWL + "DatatypeProperty")
    ObjectProperty: Final = NamedNode(_OWL + "ObjectProperty")
    Ontology: Final = NamedNode(_OWL + "Ontology")
    versionIRI: Final = NamedNode(_OWL + "versionIRI")
    versionInfo: Final = NamedNode(_OWL + "versionInfo")


_PROV = "http://www.w3.org/ns/prov#"


class PROV:
    """Terms of <http://www.w3.org/ns/prov#>."""

    wasAttributedTo: Final = NamedNode(_PROV + "wasAttributedTo")
    wasDerivedFrom: Final = NamedNode(_PROV + "wasDerivedFrom")
    wasQuotedFrom: Final = NamedNode(_PROV + "wasQuotedFrom")


_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"


class RDF:
    """Terms of <http://www.w3.org/1999/02/22-rdf-syntax-ns#>."""

    Statement: Final = NamedNode(_RDF + "Statement")
    first: Final = NamedNode(_RDF + "first")
    langString: Final = NamedNode(_RDF + "langString")
    nil: Final = NamedNode(_RDF + "nil")
    object: Final = NamedNode(_RDF + "object")
    predicate: Final = NamedNode(_RDF + "predicate")
    rest: Final = NamedNode(_RDF + "rest")
    subject: Final = NamedNode(_RDF + "subject")
    type: Final = NamedNode(_RDF + "type")


_RDFS = "http://www.w3.org/2000/01/rdf-schema#"


class RDFS:
    """Terms of <http://www.w3.org/2000/01/rdf-schema#>."""

    Literal: Final = NamedNode(_RDFS + "Literal")
    comment: Final = NamedNode(_RDFS + "comment")
    domain: Final = NamedNode(_RDFS + "domain")
    isDefinedBy: Final = NamedNode(_RDFS + "isDefinedBy")
    label: Final = NamedNode(_RDFS + "label")
    range: Final = NamedNode(_RDFS + "range")
    seeAlso: Final = NamedNode(_RDFS + "seeAlso")
    subClassOf: Final = NamedNode(_RDFS + "subClassOf")
    subPropertyOf: Final = NamedNode(_RDFS + "subPropertyOf")


_SCHEMA = "https://schema.org/"


class SCHEMA:
    """Terms of <https://schema.org/>."""

    areaServed: Final = NamedNode(_SCHEMA + "areaServed")
    containedInPlace: Final = NamedNode(_SCHEMA + "containedInPlace")
    honorificPrefix: Final = NamedNode(_SCHEMA + "honorificPrefix")
    location: Final = NamedNode(_SCHEMA + "location")
    superEvent: Final = NamedNode(_SCHEMA + "superEvent")


_SD = "http://www.w3.org/ns/sparql-service-description#"


class SD:
    """Terms of <http://www.w3.org/ns/sparql-service-description#>."""

    Dataset: Final = NamedNode(_SD + "Dataset")
    Graph: Final = NamedNode(_SD + "Graph")
    NamedGraph: Final = NamedNode(_SD + "NamedGraph")
    SPARQL11Query: Final = NamedNode(_SD + "SPARQL11Query")
    Service: Final = NamedNode(_SD + "Service")
    availableGraphs: Final = NamedNode(_SD + "availableGraphs")
    defaultDataset: Final = NamedNode(_SD + "defaultDataset")
    defaultGraph: Final = NamedNode(_SD + "defaultGraph")
    endpoint: Final = NamedNode(_SD + "endpoint")
    feature: Final = NamedNode(_SD + "feature")
    graph: Final = NamedNode(_SD + "graph")
    inputFormat: Final = NamedNode(_SD + "inputFormat")
    name: Final = NamedNode(_SD + "name")
    namedGraph: Final = NamedNode(_SD + "namedGraph")
    resultFormat: Final = NamedNode(_SD + "resultFormat")
    supportedLanguage: Final = NamedNode(_SD + "supportedLanguage")


_SDGO = "http://metadata.un.org/sdg/ontology#"


class SDGO:
    """Terms of <http://metadata.un.org/sdg/ontology#>."""

    Goal: Final = NamedNode(_SDGO + "Goal")
    Target: Final = NamedNode(_SDGO + "Target")
    isTargetOf: Final = NamedNode(_SDGO + "isTargetOf")


_SH = "http://www.w3.org/ns/shacl#"


class SH:
    """Terms of <http://www.w3.org/ns/shacl#>."""

    IRI: Final = NamedNode(_SH + "IRI")
    IRIOrLiteral: Final = NamedNode(_SH + "IRIOrLiteral")
    NodeShape: Final = NamedNode(_SH + "NodeShape")
    PropertyShape: Final = NamedNode(_SH + "PropertyShape")
    class_: Final = NamedNode(_SH + "class")
    datatype: Final = NamedNode(_SH + "datatype")
    description: Final = NamedNode(_SH + "description")
    in_: Final = NamedNode(_SH + "in")
    languageIn: Final = NamedNode(_SH + "languageIn")
    lessThan: Final = NamedNode(_SH + "lessThan")
    maxCount: Final = NamedNode(_SH + "maxCount")
    maxLength: Final = NamedNode(_SH + "maxLength")
    message: Final = NamedNode(_SH + "message")
    minCount: Final = NamedNode(_SH + "minCount")
    minInclusive: Final = NamedNode(_SH + "minInclusive")
    minLength: Final = NamedNode(_SH + "minLength")
    name: Final = NamedNode(_SH + "name")
    nodeKind: Final = NamedNode(_SH + "nodeKind")
    or_: Final = NamedNode(_SH + "or")
    order: Final = NamedNode(_SH + "order")
    path: Final = NamedNode(_SH + "path")
    pattern: Final = NamedNode(_SH + "pattern")
    property: Final = NamedNode(_SH + "property")
    qualifiedMaxCount: Final = NamedNode(_SH + "qualifiedMaxCount")
    qualifiedMinCount: Final = NamedNode(_SH + "qualifiedMinCount")
    qualifiedValueShape: Final = NamedNode(_SH + "qualifiedValueShape")
    targetClass: Final = NamedNode(_SH + "targetClass")
    uniqueLang: Final = NamedNode(_SH + "uniqueLang")


_SKOS = "http://www.w3.org/2004/02/skos/core#"


class SKOS:
    """Terms of <http://www.w3.org/2004/02/skos/core#>."""

    Concept: Final = NamedNode(_SKOS + "Concept")
    ConceptScheme: Final = NamedNode(_SKOS + "ConceptScheme")
    altLabel: Final = NamedNode(_SKOS + "altLabel")
    exactMatch: Final = NamedNode(_SKOS + "exactMatch")
    inScheme: Final = NamedNode(_SKOS + "inScheme")
    notation: Final = NamedNode(_SKOS + "notation")
    prefLabel: Final = NamedNode(_SKOS + "prefLabel")


_SSC = "https://w3id.org/ssc-kg/ontology#"


class SSC:
    """Terms of <https://w3id.org/ssc-kg/ontology#>."""

    Activity: Final = NamedNode(_SSC + "Activity")
    Agent: Final = NamedNode(_SSC + "Agent")
    Agreement: Final = NamedNode(_SSC + "Agreement")
    Aim: Final = NamedNode(_SSC + "Aim")
    Alignment: Final = NamedNode(_SSC + "Alignment")
    Announcement: Final = NamedNode(_SSC + "Announcement")
    City: Final = NamedNode(_SSC + "City")
    Commitment: Final = NamedNode(_SSC + "Commitment")
    Concept: Final = NamedNode(_SSC + "Concept")
    Country: Final = NamedNode(_SSC + "Country")
    DocumentKind: Final = NamedNode(_SSC + "DocumentKind")
    Editor: Final = NamedNode(_SSC + "Editor")
    Event: Final = NamedNode(_SSC + "Event")
    EventKind: Final = NamedNode(_SSC + "EventKind")
    EventSeries: Final = NamedNode(_SSC + "EventSeries")
    Evidence: Final = NamedNode(_SSC + "Evidence")
    ExpectedResult: Final = NamedNode(_SSC + "ExpectedResult")
    FocusArea: Final = NamedNode(_SSC + "FocusArea")
    Framework: Final = NamedNode(_SSC + "Framework")
    GeographicLevel: Final = NamedNode(_SSC + "GeographicLevel")
    Graph: Final = NamedNode(_SSC + "Graph")
    Initiative: Final = NamedNode(_SSC + "Initiative")
    Instrument: Final = NamedNode(_SSC + "Instrument")
    InstrumentKind: Final = NamedNode(_SSC + "InstrumentKind")
    Membership: Final = NamedNode(_SSC + "Membership")
    MemorandumOfUnderstanding: Final = NamedNode(_SSC + "MemorandumOfUnderstanding")
    Organization: Final = NamedNode(_SSC + "Organization")
    OrganizationKind: Final = NamedNode(_SSC + "OrganizationKind")
    Partnership: Final = NamedNode(_SSC + "Partnership")
    Person: Final = NamedNode(_SSC + "Person")
    Place: Final = NamedNode(_SSC + "Place")
    Platform: Final = NamedNode(_SSC + "Platform")
    Provision: Final = NamedNode(_SSC + "Provision")
    Region: Final = NamedNode(_SSC + "Region")
    Role: Final = NamedNode(_SSC + "Role")
    Signature: Final = NamedNode(_SSC + "Signature")
    SourceDocument: Final = NamedNode(_SSC + "SourceDocument")
    StakeholderGroup: Final = NamedNode(_SSC + "StakeholderGroup")
    Standard: Final = NamedNode(_SSC + "Standard")
    Statement: Final = NamedNode(_SSC + "Statement")
    Thing: Final = NamedNode(_SSC + "Thing")
    Topic: Final = NamedNode(_SSC + "Topic")
    acronym: Final = NamedNode(_SSC + "acronym")
    addressesFramework: Final = NamedNode(_SSC + "addressesFramework")
    addressesGoal: Final = NamedNode(_SSC + "addressesGoal")
    advances: Final = NamedNode(_SSC + "advances")
    aimOf: Final = NamedNode(_SSC + "aimOf")
    alignmentReason: Final = NamedNode(_SSC + "alignmentReason")
    anticipatesWorkWith: Final = NamedNode(_SSC + "anticipatesWorkWith")
    beneficiary: Final = NamedNode(_SSC + "beneficiary")
    callsFor: Final = NamedNode(_SSC + "callsFor")
    callsOn: Final = NamedNode(_SSC + "callsOn")
    carriedOutThrough: Final = NamedNode(_SSC + "carriedOutThrough")
    characterisation: Final = NamedNode(_SSC + "characterisation")
    commitmentOf: Final = NamedNode(_SSC + "commitmentOf")
    committedParty: Final = NamedNode(_SSC + "committedParty")
    concerns: Final = NamedNode(_SSC + "concerns")
    concernsAgreement: Final = NamedNode(_SSC + "concernsAgreement")
    concernsPartnership: Final = NamedNode(_SSC + "concernsPartnership")
    concernsRegion: Final = NamedNode(_SSC + "concernsRegion")
    concernsSeries: Final = NamedNode(_SSC + "concernsSeries")
    contributesTo: Final = NamedNode(_SSC + "contributesTo")
    coordinatedBy: Final = NamedNode(_SSC + "coordinatedBy")
    editionOf: Final = NamedNode(_SSC + "editionOf")
    emphasis: Final = NamedNode(_SSC + "emphasis")
    expectedResultOf: Final = NamedNode(_SSC + "expectedResultOf")
    facilitatedThrough: Final = NamedNode(_SSC + "facilitatedThrough")
    fileName: Final = NamedNode(_SSC + "fileName")
    focusAreaOf: Final = NamedNode(_SSC + "focusAreaOf")
    foresees: Final = NamedNode(_SSC + "foresees")
    geographicLevel: Final = NamedNode(_SSC + "geographicLevel")
    heldBy: Final = NamedNode(_SSC + "heldBy")
    highlights: Final = NamedNode(_SSC + "highlights")
    inAccordanceWith: Final = NamedNode(_SSC + "inAccordanceWith")
    inRole: Final = NamedNode(_SSC + "inRole")
    includesActivity: Final = NamedNode(_SSC + "includesActivity")
    inverseComment: Final = NamedNode(_SSC + "inverseComment")
    invitesTo: Final = NamedNode(_SSC + "invitesTo")
    length: Final = NamedNode(_SSC + "length")
    loadedFrom: Final = NamedNode(_SSC + "loadedFrom")
    madeAt: Final = NamedNode(_SSC + "madeAt")
    mainMechanismOf: Final = NamedNode(_SSC + "mainMechanismOf")
    merged: Final = NamedNode(_SSC + "merged")
    numberOfGoals: Final = NamedNode(_SSC + "numberOfGoals")
    onBehalfOf: Final = NamedNode(_SSC + "onBehalfOf")
    openingRemarksBy: Final = NamedNode(_SSC + "openingRemarksBy")
    ordinal: Final = NamedNode(_SSC + "ordinal")
    outreachTarget: Final = NamedNode(_SSC + "outreachTarget")
    partner: Final = NamedNode(_SSC + "partner")
    promotedBy: Final = NamedNode(_SSC + "promotedBy")
    promotes: Final = NamedNode(_SSC + "promotes")
    provisionOf: Final = NamedNode(_SSC + "provisionOf")
    publishedPrinted: Final = NamedNode(_SSC + "publishedPrinted")
    purpose: Final = NamedNode(_SSC + "purpose")
    pursuedThrough: Final = NamedNode(_SSC + "pursuedThrough")
    registrationOpenFor: Final = NamedNode(_SSC + "registrationOpenFor")
    reinvigorates: Final = NamedNode(_SSC + "reinvigorates")
    responsibleBody: Final = NamedNode(_SSC + "responsibleBody")
    safeguards: Final = NamedNode(_SSC + "safeguards")
    sha256: Final = NamedNode(_SSC + "sha256")
    signatory: Final = NamedNode(_SSC + "signatory")
    signatureOf: Final = NamedNode(_SSC + "signatureOf")
    signedAt: Final = NamedNode(_SSC + "signedAt")
    signedBy: Final = NamedNode(_SSC + "signedBy")
    signedIn: Final = NamedNode(_SSC + "signedIn")
    signedOn: Final = NamedNode(_SSC + "signedOn")
    signedOnPrinted: Final = NamedNode(_SSC + "signedOnPrinted")
    speaker: Final = NamedNode(_SSC + "speaker")
    targetYear: Final = NamedNode(_SSC + "targetYear")
    withoutAlignment: Final = NamedNode(_SSC + "withoutAlignment")
    year: Final = NamedNode(_SSC + "year")


_VANN = "http://purl.org/vocab/vann/"


class VANN:
    """Terms of <http://purl.org/vocab/vann/>."""

    preferredNamespacePrefix: Final = NamedNode(_VANN + "preferredNamespacePrefix")
    preferredNamespaceUri: Final = NamedNode(_VANN + "preferredNamespaceUri")


_VOID = "http://rdfs.org/ns/void#"


class VOID:
    """Terms of <http://rdfs.org/ns/void#>."""

    Dataset: Final = NamedNode(_VOID + "Dataset")
    entities: Final = NamedNode(_VOID + "entities")
    inDataset: Final = NamedNode(_VOID + "inDataset")
    sparqlEndpoint: Final = NamedNode(_VOID + "sparqlEndpoint")
    triples: Final = NamedNode(_VOID + "triples")


_XSD = "http://www.w3.org/2001/XMLSchema#"


class XSD:
    """Terms of <http://www.w3.org/2001/XMLSchema#>."""

    boolean: Final = NamedNode(_XSD + "boolean")
    date: Final = NamedNode(_XSD + "date")
    dateTime: Final = NamedNode(_XSD + "dateTime")
    decimal: Final = NamedNode(_XSD + "decimal")
    double: Final = NamedNode(_XSD + "double")
    gMonthDay: Final = NamedNode(_XSD + "gMonthDay")
    gYear: Final = NamedNode(_XSD + "gYear")
    gYearMonth: Final = NamedNode(_XSD + "gYearMonth")
    integer: Final = NamedNode(_XSD + "integer")
    string: Final = NamedNode(_XSD + "string")
