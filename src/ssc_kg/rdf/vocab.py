"""Every term of the ontology; written by `make vocab`, not by hand."""

from typing import Final

from pyoxigraph import NamedNode

_ADMS = "http://www.w3.org/ns/adms#"


class ADMS:
    """Terms of <http://www.w3.org/ns/adms#>."""

    versionNotes: Final = NamedNode(_ADMS + "versionNotes")


_DASH = "http://datashapes.org/dash#"


class DASH:
    """Terms of <http://datashapes.org/dash#>."""

    abstract: Final = NamedNode(_DASH + "abstract")


_DCAT = "http://www.w3.org/ns/dcat#"


class DCAT:
    """Terms of <http://www.w3.org/ns/dcat#>."""

    Catalog: Final = NamedNode(_DCAT + "Catalog")
    DataService: Final = NamedNode(_DCAT + "DataService")
    Dataset: Final = NamedNode(_DCAT + "Dataset")
    Distribution: Final = NamedNode(_DCAT + "Distribution")
    accessService: Final = NamedNode(_DCAT + "accessService")
    accessURL: Final = NamedNode(_DCAT + "accessURL")
    byteSize: Final = NamedNode(_DCAT + "byteSize")
    compressFormat: Final = NamedNode(_DCAT + "compressFormat")
    dataset: Final = NamedNode(_DCAT + "dataset")
    distribution: Final = NamedNode(_DCAT + "distribution")
    downloadURL: Final = NamedNode(_DCAT + "downloadURL")
    endDate: Final = NamedNode(_DCAT + "endDate")
    endpointDescription: Final = NamedNode(_DCAT + "endpointDescription")
    endpointURL: Final = NamedNode(_DCAT + "endpointURL")
    hasCurrentVersion: Final = NamedNode(_DCAT + "hasCurrentVersion")
    hasVersion: Final = NamedNode(_DCAT + "hasVersion")
    isVersionOf: Final = NamedNode(_DCAT + "isVersionOf")
    keyword: Final = NamedNode(_DCAT + "keyword")
    landingPage: Final = NamedNode(_DCAT + "landingPage")
    mediaType: Final = NamedNode(_DCAT + "mediaType")
    previousVersion: Final = NamedNode(_DCAT + "previousVersion")
    servesDataset: Final = NamedNode(_DCAT + "servesDataset")
    service: Final = NamedNode(_DCAT + "service")
    startDate: Final = NamedNode(_DCAT + "startDate")
    theme: Final = NamedNode(_DCAT + "theme")
    themeTaxonomy: Final = NamedNode(_DCAT + "themeTaxonomy")
    version: Final = NamedNode(_DCAT + "version")


_DCTERMS = "http://purl.org/dc/terms/"


class DCTERMS:
    """Terms of <http://purl.org/dc/terms/>."""

    LicenseDocument: Final = NamedNode(_DCTERMS + "LicenseDocument")
    LinguisticSystem: Final = NamedNode(_DCTERMS + "LinguisticSystem")
    Location: Final = NamedNode(_DCTERMS + "Location")
    MediaType: Final = NamedNode(_DCTERMS + "MediaType")
    MediaTypeOrExtent: Final = NamedNode(_DCTERMS + "MediaTypeOrExtent")
    PeriodOfTime: Final = NamedNode(_DCTERMS + "PeriodOfTime")
    RightsStatement: Final = NamedNode(_DCTERMS + "RightsStatement")
    Standard: Final = NamedNode(_DCTERMS + "Standard")
    bibliographicCitation: Final = NamedNode(_DCTERMS + "bibliographicCitation")
    conformsTo: Final = NamedNode(_DCTERMS + "conformsTo")
    creator: Final = NamedNode(_DCTERMS + "creator")
    description: Final = NamedNode(_DCTERMS + "description")
    format: Final = NamedNode(_DCTERMS + "format")
    hasPart: Final = NamedNode(_DCTERMS + "hasPart")
    hasVersion: Final = NamedNode(_DCTERMS + "hasVersion")
    identifier: Final = NamedNode(_DCTERMS + "identifier")
    isPartOf: Final = NamedNode(_DCTERMS + "isPartOf")
    issued: Final = NamedNode(_DCTERMS + "issued")
    language: Final = NamedNode(_DCTERMS + "language")
    license: Final = NamedNode(_DCTERMS + "license")
    modified: Final = NamedNode(_DCTERMS + "modified")
    publisher: Final = NamedNode(_DCTERMS + "publisher")
    relation: Final = NamedNode(_DCTERMS + "relation")
    rights: Final = NamedNode(_DCTERMS + "rights")
    source: Final = NamedNode(_DCTERMS + "source")
    spatial: Final = NamedNode(_DCTERMS + "spatial")
    subject: Final = NamedNode(_DCTERMS + "subject")
    temporal: Final = NamedNode(_DCTERMS + "temporal")
    title: Final = NamedNode(_DCTERMS + "title")
    type: Final = NamedNode(_DCTERMS + "type")


_FOAF = "http://xmlns.com/foaf/0.1/"


class FOAF:
    """Terms of <http://xmlns.com/foaf/0.1/>."""

    Agent: Final = NamedNode(_FOAF + "Agent")
    Document: Final = NamedNode(_FOAF + "Document")
    homepage: Final = NamedNode(_FOAF + "homepage")
    isPrimaryTopicOf: Final = NamedNode(_FOAF + "isPrimaryTopicOf")
    name: Final = NamedNode(_FOAF + "name")
    primaryTopic: Final = NamedNode(_FOAF + "primaryTopic")


_GEO = "http://www.opengis.net/ont/geosparql#"


class GEO:
    """Terms of <http://www.opengis.net/ont/geosparql#>."""

    Geometry: Final = NamedNode(_GEO + "Geometry")
    asWKT: Final = NamedNode(_GEO + "asWKT")
    hasGeometry: Final = NamedNode(_GEO + "hasGeometry")
    wktLiteral: Final = NamedNode(_GEO + "wktLiteral")


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
    deprecated: Final = NamedNode(_OWL + "deprecated")
    versionIRI: Final = NamedNode(_OWL + "versionIRI")
    versionInfo: Final = NamedNode(_OWL + "versionInfo")


_PROV = "http://www.w3.org/ns/prov#"


class PROV:
    """Terms of <http://www.w3.org/ns/prov#>."""

    Activity: Final = NamedNode(_PROV + "Activity")
    Agent: Final = NamedNode(_PROV + "Agent")
    Entity: Final = NamedNode(_PROV + "Entity")
    endedAtTime: Final = NamedNode(_PROV + "endedAtTime")
    generated: Final = NamedNode(_PROV + "generated")
    generatedAtTime: Final = NamedNode(_PROV + "generatedAtTime")
    invalidated: Final = NamedNode(_PROV + "invalidated")
    specializationOf: Final = NamedNode(_PROV + "specializationOf")
    used: Final = NamedNode(_PROV + "used")
    wasAssociatedWith: Final = NamedNode(_PROV + "wasAssociatedWith")
    wasAttributedTo: Final = NamedNode(_PROV + "wasAttributedTo")
    wasDerivedFrom: Final = NamedNode(_PROV + "wasDerivedFrom")
    wasGeneratedBy: Final = NamedNode(_PROV + "wasGeneratedBy")
    wasQuotedFrom: Final = NamedNode(_PROV + "wasQuotedFrom")
    wasRevisionOf: Final = NamedNode(_PROV + "wasRevisionOf")


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
    Resource: Final = NamedNode(_RDFS + "Resource")
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

    address: Final = NamedNode(_SCHEMA + "address")
    areaServed: Final = NamedNode(_SCHEMA + "areaServed")
    attendee: Final = NamedNode(_SCHEMA + "attendee")
    containedInPlace: Final = NamedNode(_SCHEMA + "containedInPlace")
    email: Final = NamedNode(_SCHEMA + "email")
    endDate: Final = NamedNode(_SCHEMA + "endDate")
    honorificPrefix: Final = NamedNode(_SCHEMA + "honorificPrefix")
    keywords: Final = NamedNode(_SCHEMA + "keywords")
    latitude: Final = NamedNode(_SCHEMA + "latitude")
    location: Final = NamedNode(_SCHEMA + "location")
    longitude: Final = NamedNode(_SCHEMA + "longitude")
    sameAs: Final = NamedNode(_SCHEMA + "sameAs")
    startDate: Final = NamedNode(_SCHEMA + "startDate")
    superEvent: Final = NamedNode(_SCHEMA + "superEvent")
    target: Final = NamedNode(_SCHEMA + "target")
    url: Final = NamedNode(_SCHEMA + "url")


_SD = "http://www.w3.org/ns/sparql-service-description#"


class SD:
    """Terms of <http://www.w3.org/ns/sparql-service-description#>."""

    BasicFederatedQuery: Final = NamedNode(_SD + "BasicFederatedQuery")
    Dataset: Final = NamedNode(_SD + "Dataset")
    Feature: Final = NamedNode(_SD + "Feature")
    Graph: Final = NamedNode(_SD + "Graph")
    NamedGraph: Final = NamedNode(_SD + "NamedGraph")
    SPARQL11Query: Final = NamedNode(_SD + "SPARQL11Query")
    Service: Final = NamedNode(_SD + "Service")
    availableGraphs: Final = NamedNode(_SD + "availableGraphs")
    defaultDataset: Final = NamedNode(_SD + "defaultDataset")
    defaultGraph: Final = NamedNode(_SD + "defaultGraph")
    endpoint: Final = NamedNode(_SD + "endpoint")
    extensionFunction: Final = NamedNode(_SD + "extensionFunction")
    feature: Final = NamedNode(_SD + "feature")
    graph: Final = NamedNode(_SD + "graph")
    inputFormat: Final = NamedNode(_SD + "inputFormat")
    languageExtension: Final = NamedNode(_SD + "languageExtension")
    name: Final = NamedNode(_SD + "name")
    namedGraph: Final = NamedNode(_SD + "namedGraph")
    resultFormat: Final = NamedNode(_SD + "resultFormat")
    supportedLanguage: Final = NamedNode(_SD + "supportedLanguage")


_SDGO = "http://metadata.un.org/sdg/ontology#"


class SDGO:
    """Terms of <http://metadata.un.org/sdg/ontology#>."""

    Goal: Final = NamedNode(_SDGO + "Goal")
    Indicator: Final = NamedNode(_SDGO + "Indicator")
    Target: Final = NamedNode(_SDGO + "Target")
    hasIndicator: Final = NamedNode(_SDGO + "hasIndicator")
    hasTarget: Final = NamedNode(_SDGO + "hasTarget")
    isIndicatorOf: Final = NamedNode(_SDGO + "isIndicatorOf")
    isTargetOf: Final = NamedNode(_SDGO + "isTargetOf")


_SH = "http://www.w3.org/ns/shacl#"


class SH:
    """Terms of <http://www.w3.org/ns/shacl#>."""

    IRI: Final = NamedNode(_SH + "IRI")
    IRIOrLiteral: Final = NamedNode(_SH + "IRIOrLiteral")
    Info: Final = NamedNode(_SH + "Info")
    NodeShape: Final = NamedNode(_SH + "NodeShape")
    PrefixDeclaration: Final = NamedNode(_SH + "PrefixDeclaration")
    PropertyShape: Final = NamedNode(_SH + "PropertyShape")
    SPARQLAskExecutable: Final = NamedNode(_SH + "SPARQLAskExecutable")
    SPARQLConstructExecutable: Final = NamedNode(_SH + "SPARQLConstructExecutable")
    SPARQLExecutable: Final = NamedNode(_SH + "SPARQLExecutable")
    SPARQLSelectExecutable: Final = NamedNode(_SH + "SPARQLSelectExecutable")
    Warning: Final = NamedNode(_SH + "Warning")
    ask: Final = NamedNode(_SH + "ask")
    class_: Final = NamedNode(_SH + "class")
    construct: Final = NamedNode(_SH + "construct")
    datatype: Final = NamedNode(_SH + "datatype")
    declare: Final = NamedNode(_SH + "declare")
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
    namespace: Final = NamedNode(_SH + "namespace")
    nodeKind: Final = NamedNode(_SH + "nodeKind")
    or_: Final = NamedNode(_SH + "or")
    order: Final = NamedNode(_SH + "order")
    path: Final = NamedNode(_SH + "path")
    pattern: Final = NamedNode(_SH + "pattern")
    prefix: Final = NamedNode(_SH + "prefix")
    prefixes: Final = NamedNode(_SH + "prefixes")
    property: Final = NamedNode(_SH + "property")
    qualifiedMaxCount: Final = NamedNode(_SH + "qualifiedMaxCount")
    qualifiedMinCount: Final = NamedNode(_SH + "qualifiedMinCount")
    qualifiedValueShape: Final = NamedNode(_SH + "qualifiedValueShape")
    select: Final = NamedNode(_SH + "select")
    severity: Final = NamedNode(_SH + "severity")
    targetClass: Final = NamedNode(_SH + "targetClass")
    uniqueLang: Final = NamedNode(_SH + "uniqueLang")


_SKOS = "http://www.w3.org/2004/02/skos/core#"


class SKOS:
    """Terms of <http://www.w3.org/2004/02/skos/core#>."""

    Concept: Final = NamedNode(_SKOS + "Concept")
    ConceptScheme: Final = NamedNode(_SKOS + "ConceptScheme")
    altLabel: Final = NamedNode(_SKOS + "altLabel")
    broadMatch: Final = NamedNode(_SKOS + "broadMatch")
    broader: Final = NamedNode(_SKOS + "broader")
    closeMatch: Final = NamedNode(_SKOS + "closeMatch")
    exactMatch: Final = NamedNode(_SKOS + "exactMatch")
    inScheme: Final = NamedNode(_SKOS + "inScheme")
    notation: Final = NamedNode(_SKOS + "notation")
    note: Final = NamedNode(_SKOS + "note")
    prefLabel: Final = NamedNode(_SKOS + "prefLabel")
    scopeNote: Final = NamedNode(_SKOS + "scopeNote")


_SOSA = "http://www.w3.org/ns/sosa/"


class SOSA:
    """Terms of <http://www.w3.org/ns/sosa/>."""

    hasFeatureOfInterest: Final = NamedNode(_SOSA + "hasFeatureOfInterest")
    hasSimpleResult: Final = NamedNode(_SOSA + "hasSimpleResult")
    observedProperty: Final = NamedNode(_SOSA + "observedProperty")


_SPDX = "http://spdx.org/rdf/terms#"


class SPDX:
    """Terms of <http://spdx.org/rdf/terms#>."""

    Checksum: Final = NamedNode(_SPDX + "Checksum")
    ChecksumAlgorithm: Final = NamedNode(_SPDX + "ChecksumAlgorithm")
    algorithm: Final = NamedNode(_SPDX + "algorithm")
    checksum: Final = NamedNode(_SPDX + "checksum")
    checksumAlgorithm_sha256: Final = NamedNode(_SPDX + "checksumAlgorithm_sha256")
    checksumValue: Final = NamedNode(_SPDX + "checksumValue")


_SSC = "https://w3id.org/ssc-kg/ontology#"


class SSC:
    """Terms of <https://w3id.org/ssc-kg/ontology#>."""

    ActionLine: Final = NamedNode(_SSC + "ActionLine")
    ActionLineGoalLink: Final = NamedNode(_SSC + "ActionLineGoalLink")
    Activity: Final = NamedNode(_SSC + "Activity")
    Agent: Final = NamedNode(_SSC + "Agent")
    Agreement: Final = NamedNode(_SSC + "Agreement")
    Aim: Final = NamedNode(_SSC + "Aim")
    Alignment: Final = NamedNode(_SSC + "Alignment")
    Announcement: Final = NamedNode(_SSC + "Announcement")
    Benchmark: Final = NamedNode(_SSC + "Benchmark")
    BenchmarkSet: Final = NamedNode(_SSC + "BenchmarkSet")
    Call: Final = NamedNode(_SSC + "Call")
    City: Final = NamedNode(_SSC + "City")
    Commitment: Final = NamedNode(_SSC + "Commitment")
    Concept: Final = NamedNode(_SSC + "Concept")
    Contribution: Final = NamedNode(_SSC + "Contribution")
    ContributionStrength: Final = NamedNode(_SSC + "ContributionStrength")
    Country: Final = NamedNode(_SSC + "Country")
    DataPoint: Final = NamedNode(_SSC + "DataPoint")
    District: Final = NamedNode(_SSC + "District")
    DocumentKind: Final = NamedNode(_SSC + "DocumentKind")
    Editor: Final = NamedNode(_SSC + "Editor")
    Event: Final = NamedNode(_SSC + "Event")
    EventKind: Final = NamedNode(_SSC + "EventKind")
    EventSeries: Final = NamedNode(_SSC + "EventSeries")
    Evidence: Final = NamedNode(_SSC + "Evidence")
    ExpectedResult: Final = NamedNode(_SSC + "ExpectedResult")
    FocusArea: Final = NamedNode(_SSC + "FocusArea")
    Framework: Final = NamedNode(_SSC + "Framework")
    Frequency: Final = NamedNode(_SSC + "Frequency")
    GeographicLevel: Final = NamedNode(_SSC + "GeographicLevel")
    Graph: Final = NamedNode(_SSC + "Graph")
    Initiative: Final = NamedNode(_SSC + "Initiative")
    Instrument: Final = NamedNode(_SSC + "Instrument")
    InstrumentKind: Final = NamedNode(_SSC + "InstrumentKind")
    Kpi: Final = NamedNode(_SSC + "Kpi")
    KpiCategory: Final = NamedNode(_SSC + "KpiCategory")
    KpiConcept: Final = NamedNode(_SSC + "KpiConcept")
    KpiDimension: Final = NamedNode(_SSC + "KpiDimension")
    KpiDirection: Final = NamedNode(_SSC + "KpiDirection")
    KpiKind: Final = NamedNode(_SSC + "KpiKind")
    KpiLevel: Final = NamedNode(_SSC + "KpiLevel")
    KpiSubDimension: Final = NamedNode(_SSC + "KpiSubDimension")
    KpiValue: Final = NamedNode(_SSC + "KpiValue")
    Measure: Final = NamedNode(_SSC + "Measure")
    Member: Final = NamedNode(_SSC + "Member")
    Membership: Final = NamedNode(_SSC + "Membership")
    MemorandumOfUnderstanding: Final = NamedNode(_SSC + "MemorandumOfUnderstanding")
    Objective: Final = NamedNode(_SSC + "Objective")
    ObjectiveKind: Final = NamedNode(_SSC + "ObjectiveKind")
    Organization: Final = NamedNode(_SSC + "Organization")
    OrganizationKind: Final = NamedNode(_SSC + "OrganizationKind")
    Partnership: Final = NamedNode(_SSC + "Partnership")
    Person: Final = NamedNode(_SSC + "Person")
    Place: Final = NamedNode(_SSC + "Place")
    Platform: Final = NamedNode(_SSC + "Platform")
    Provision: Final = NamedNode(_SSC + "Provision")
    Publication: Final = NamedNode(_SSC + "Publication")
    Region: Final = NamedNode(_SSC + "Region")
    Requirement: Final = NamedNode(_SSC + "Requirement")
    Resolution: Final = NamedNode(_SSC + "Resolution")
    Role: Final = NamedNode(_SSC + "Role")
    Signature: Final = NamedNode(_SSC + "Signature")
    SourceDocument: Final = NamedNode(_SSC + "SourceDocument")
    SourceGrade: Final = NamedNode(_SSC + "SourceGrade")
    StakeholderGroup: Final = NamedNode(_SSC + "StakeholderGroup")
    Standard: Final = NamedNode(_SSC + "Standard")
    Statement: Final = NamedNode(_SSC + "Statement")
    Statistic: Final = NamedNode(_SSC + "Statistic")
    Thing: Final = NamedNode(_SSC + "Thing")
    Topic: Final = NamedNode(_SSC + "Topic")
    Unit: Final = NamedNode(_SSC + "Unit")
    VerificationStatus: Final = NamedNode(_SSC + "VerificationStatus")
    acronym: Final = NamedNode(_SSC + "acronym")
    actionLine: Final = NamedNode(_SSC + "actionLine")
    addressesFramework: Final = NamedNode(_SSC + "addressesFramework")
    addressesGoal: Final = NamedNode(_SSC + "addressesGoal")
    addressesTarget: Final = NamedNode(_SSC + "addressesTarget")
    adoptedAt: Final = NamedNode(_SSC + "adoptedAt")
    adoptedBy: Final = NamedNode(_SSC + "adoptedBy")
    advances: Final = NamedNode(_SSC + "advances")
    aimOf: Final = NamedNode(_SSC + "aimOf")
    alignmentReason: Final = NamedNode(_SSC + "alignmentReason")
    answer: Final = NamedNode(_SSC + "answer")
    anticipatesWorkWith: Final = NamedNode(_SSC + "anticipatesWorkWith")
    asOf: Final = NamedNode(_SSC + "asOf")
    basedIn: Final = NamedNode(_SSC + "basedIn")
    basedOn: Final = NamedNode(_SSC + "basedOn")
    benchmarkIn: Final = NamedNode(_SSC + "benchmarkIn")
    benchmarkValue: Final = NamedNode(_SSC + "benchmarkValue")
    beneficiary: Final = NamedNode(_SSC + "beneficiary")
    bodyOf: Final = NamedNode(_SSC + "bodyOf")
    callOf: Final = NamedNode(_SSC + "callOf")
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
    contributor: Final = NamedNode(_SSC + "contributor")
    coordinatedBy: Final = NamedNode(_SSC + "coordinatedBy")
    custodian: Final = NamedNode(_SSC + "custodian")
    dataPoint: Final = NamedNode(_SSC + "dataPoint")
    dataPointOf: Final = NamedNode(_SSC + "dataPointOf")
    deadline: Final = NamedNode(_SSC + "deadline")
    deadlinePrinted: Final = NamedNode(_SSC + "deadlinePrinted")
    developedBy: Final = NamedNode(_SSC + "developedBy")
    direction: Final = NamedNode(_SSC + "direction")
    editionOf: Final = NamedNode(_SSC + "editionOf")
    emphasis: Final = NamedNode(_SSC + "emphasis")
    establishes: Final = NamedNode(_SSC + "establishes")
    expectedResultOf: Final = NamedNode(_SSC + "expectedResultOf")
    facilitatedThrough: Final = NamedNode(_SSC + "facilitatedThrough")
    fileName: Final = NamedNode(_SSC + "fileName")
    focusAreaOf: Final = NamedNode(_SSC + "focusAreaOf")
    foresees: Final = NamedNode(_SSC + "foresees")
    frequency: Final = NamedNode(_SSC + "frequency")
    geographicLevel: Final = NamedNode(_SSC + "geographicLevel")
    heldBy: Final = NamedNode(_SSC + "heldBy")
    highlights: Final = NamedNode(_SSC + "highlights")
    identityGrade: Final = NamedNode(_SSC + "identityGrade")
    inAccordanceWith: Final = NamedNode(_SSC + "inAccordanceWith")
    inRole: Final = NamedNode(_SSC + "inRole")
    includesActivity: Final = NamedNode(_SSC + "includesActivity")
    inverseComment: Final = NamedNode(_SSC + "inverseComment")
    invites: Final = NamedNode(_SSC + "invites")
    invitesTo: Final = NamedNode(_SSC + "invitesTo")
    involves: Final = NamedNode(_SSC + "involves")
    isIllustrative: Final = NamedNode(_SSC + "isIllustrative")
    isLowerBound: Final = NamedNode(_SSC + "isLowerBound")
    isoAlpha2: Final = NamedNode(_SSC + "isoAlpha2")
    isoAlpha3: Final = NamedNode(_SSC + "isoAlpha3")
    isoSubdivision: Final = NamedNode(_SSC + "isoSubdivision")
    kpiKind: Final = NamedNode(_SSC + "kpiKind")
    kpiLevel: Final = NamedNode(_SSC + "kpiLevel")
    launched: Final = NamedNode(_SSC + "launched")
    launchedBy: Final = NamedNode(_SSC + "launchedBy")
    length: Final = NamedNode(_SSC + "length")
    loadedFrom: Final = NamedNode(_SSC + "loadedFrom")
    madeAt: Final = NamedNode(_SSC + "madeAt")
    mainMechanismOf: Final = NamedNode(_SSC + "mainMechanismOf")
    measuresGoal: Final = NamedNode(_SSC + "measuresGoal")
    measuresIndicator: Final = NamedNode(_SSC + "measuresIndicator")
    measuresTarget: Final = NamedNode(_SSC + "measuresTarget")
    merged: Final = NamedNode(_SSC + "merged")
    numberOfGoals: Final = NamedNode(_SSC + "numberOfGoals")
    numberOfTargets: Final = NamedNode(_SSC + "numberOfTargets")
    objectiveOf: Final = NamedNode(_SSC + "objectiveOf")
    onBehalfOf: Final = NamedNode(_SSC + "onBehalfOf")
    openingRemarksBy: Final = NamedNode(_SSC + "openingRemarksBy")
    operatedBy: Final = NamedNode(_SSC + "operatedBy")
    ordinal: Final = NamedNode(_SSC + "ordinal")
    outreachTarget: Final = NamedNode(_SSC + "outreachTarget")
    partner: Final = NamedNode(_SSC + "partner")
    partnershipTheme: Final = NamedNode(_SSC + "partnershipTheme")
    printedValue: Final = NamedNode(_SSC + "printedValue")
    projectLead: Final = NamedNode(_SSC + "projectLead")
    promotedBy: Final = NamedNode(_SSC + "promotedBy")
    promotes: Final = NamedNode(_SSC + "promotes")
    proposedBy: Final = NamedNode(_SSC + "proposedBy")
    provisionOf: Final = NamedNode(_SSC + "provisionOf")
    publishedPrinted: Final = NamedNode(_SSC + "publishedPrinted")
    publishedThrough: Final = NamedNode(_SSC + "publishedThrough")
    purpose: Final = NamedNode(_SSC + "purpose")
    pursuedThrough: Final = NamedNode(_SSC + "pursuedThrough")
    registeredIn: Final = NamedNode(_SSC + "registeredIn")
    registrationOpenFor: Final = NamedNode(_SSC + "registrationOpenFor")
    reinvigorates: Final = NamedNode(_SSC + "reinvigorates")
    reportedIn: Final = NamedNode(_SSC + "reportedIn")
    requirementOf: Final = NamedNode(_SSC + "requirementOf")
    responsibleBody: Final = NamedNode(_SSC + "responsibleBody")
    safeguards: Final = NamedNode(_SSC + "safeguards")
    sdgGrade: Final = NamedNode(_SSC + "sdgGrade")
    sha256: Final = NamedNode(_SSC + "sha256")
    signatory: Final = NamedNode(_SSC + "signatory")
    signatureOf: Final = NamedNode(_SSC + "signatureOf")
    signedAt: Final = NamedNode(_SSC + "signedAt")
    signedBy: Final = NamedNode(_SSC + "signedBy")
    signedIn: Final = NamedNode(_SSC + "signedIn")
    signedOn: Final = NamedNode(_SSC + "signedOn")
    signedOnPrinted: Final = NamedNode(_SSC + "signedOnPrinted")
    speaker: Final = NamedNode(_SSC + "speaker")
    statedIn: Final = NamedNode(_SSC + "statedIn")
    status: Final = NamedNode(_SSC + "status")
    strength: Final = NamedNode(_SSC + "strength")
    supportedBy: Final = NamedNode(_SSC + "supportedBy")
    targetYear: Final = NamedNode(_SSC + "targetYear")
    through: Final = NamedNode(_SSC + "through")
    unit: Final = NamedNode(_SSC + "unit")
    website: Final = NamedNode(_SSC + "website")
    withoutAlignment: Final = NamedNode(_SSC + "withoutAlignment")
    withoutData: Final = NamedNode(_SSC + "withoutData")
    workingLanguage: Final = NamedNode(_SSC + "workingLanguage")
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
    DatasetDescription: Final = NamedNode(_VOID + "DatasetDescription")
    Linkset: Final = NamedNode(_VOID + "Linkset")
    class_: Final = NamedNode(_VOID + "class")
    classPartition: Final = NamedNode(_VOID + "classPartition")
    classes: Final = NamedNode(_VOID + "classes")
    dataDump: Final = NamedNode(_VOID + "dataDump")
    distinctObjects: Final = NamedNode(_VOID + "distinctObjects")
    distinctSubjects: Final = NamedNode(_VOID + "distinctSubjects")
    entities: Final = NamedNode(_VOID + "entities")
    exampleResource: Final = NamedNode(_VOID + "exampleResource")
    inDataset: Final = NamedNode(_VOID + "inDataset")
    linkPredicate: Final = NamedNode(_VOID + "linkPredicate")
    properties: Final = NamedNode(_VOID + "properties")
    property: Final = NamedNode(_VOID + "property")
    propertyPartition: Final = NamedNode(_VOID + "propertyPartition")
    sparqlEndpoint: Final = NamedNode(_VOID + "sparqlEndpoint")
    subset: Final = NamedNode(_VOID + "subset")
    target: Final = NamedNode(_VOID + "target")
    triples: Final = NamedNode(_VOID + "triples")
    uriSpace: Final = NamedNode(_VOID + "uriSpace")
    vocabulary: Final = NamedNode(_VOID + "vocabulary")


_VOIDEXT = "http://ldf.fi/void-ext#"


class VOIDEXT:
    """Terms of <http://ldf.fi/void-ext#>."""

    datatype: Final = NamedNode(_VOIDEXT + "datatype")
    datatypePartition: Final = NamedNode(_VOIDEXT + "datatypePartition")


_XSD = "http://www.w3.org/2001/XMLSchema#"


class XSD:
    """Terms of <http://www.w3.org/2001/XMLSchema#>."""

    anyURI: Final = NamedNode(_XSD + "anyURI")
    boolean: Final = NamedNode(_XSD + "boolean")
    date: Final = NamedNode(_XSD + "date")
    dateTime: Final = NamedNode(_XSD + "dateTime")
    decimal: Final = NamedNode(_XSD + "decimal")
    double: Final = NamedNode(_XSD + "double")
    gMonthDay: Final = NamedNode(_XSD + "gMonthDay")
    gYear: Final = NamedNode(_XSD + "gYear")
    gYearMonth: Final = NamedNode(_XSD + "gYearMonth")
    hexBinary: Final = NamedNode(_XSD + "hexBinary")
    integer: Final = NamedNode(_XSD + "integer")
    nonNegativeInteger: Final = NamedNode(_XSD + "nonNegativeInteger")
    string: Final = NamedNode(_XSD + "string")
