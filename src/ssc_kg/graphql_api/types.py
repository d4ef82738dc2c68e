"""The object types and interfaces; each class body is the schema and its mapping.

A type stands for one class of the ontology, an interface for one that only gathers
others, and each field for one property. Descriptions come from the ontology and its
shapes, `mapping.check` proves that the two agree, and the schema conventions are those
of Relay: `Node`, `id`, connections. Inverse fields are declared beside the others.
"""

from __future__ import annotations

from typing import Annotated

import strawberry
from pyoxigraph import NamedNode

from ssc_kg.engine.connections import Connection, connection
from ssc_kg.mapping.declare import Identity, Rdf, maps
from ssc_kg.rdf.vocab import (
    DCTERMS,
    OA,
    ORG,
    PROV,
    RDF,
    SCHEMA,
    SDGO,
    SKOS,
    SSC,
)


def _text(property_: NamedNode) -> Rdf:
    """Mark a field of which the graph holds one value per language."""
    return Rdf(property_, language_tagged=True)


def _inverse(property_: NamedNode) -> Rdf:
    """Mark a field that follows a property backwards."""
    return Rdf(property_, inverse=True)


@strawberry.interface(description="Anything the graph describes, named by its IRI.")
@maps()
class Node:
    id: Annotated[strawberry.ID, Identity()] = strawberry.field(
        description="The IRI, which is also the address of a description."
    )
    evidence: Annotated[Connection[Evidence], _inverse(RDF.subject)] = connection()


@strawberry.interface
@maps(SSC.Thing)
class Thing(Node):
    name: Annotated[str, _text(SKOS.prefLabel)]
    alternative_names: Annotated[list[str], Rdf(SKOS.altLabel)]
    acronym: Annotated[str | None, Rdf(SSC.acronym)]
    description: Annotated[str | None, _text(DCTERMS.description)]


@strawberry.interface
@maps(SSC.Agent)
class Agent(Thing):
    memberships: Annotated[Connection[Membership], _inverse(ORG.member)] = connection()
    statements: Annotated[Connection[Statement], _inverse(SSC.speaker)] = connection()


@strawberry.type
@maps(SSC.Organization)
class Organization(Agent):
    kinds: Annotated[Connection[OrganizationKind], Rdf(DCTERMS.type)] = connection()
    unit_of: Annotated[Organization | None, Rdf(ORG.unitOf)]
    parent_organizations: Annotated[
        Connection[Organization], Rdf(ORG.subOrganizationOf)
    ] = connection()
    areas_served: Annotated[Connection[Region], Rdf(SCHEMA.areaServed)] = connection()

    units: Annotated[Connection[Organization], _inverse(ORG.unitOf)] = connection()
    sub_organizations: Annotated[
        Connection[Organization], _inverse(ORG.subOrganizationOf)
    ] = connection()
    members: Annotated[Connection[Membership], _inverse(ORG.organization)] = (
        connection()
    )
    agreements: Annotated[Connection[Agreement], _inverse(SSC.signatory)] = connection()
    signatures: Annotated[Connection[Signature], _inverse(SSC.onBehalfOf)] = (
        connection()
    )
    commitments: Annotated[Connection[Commitment], _inverse(SSC.committedParty)] = (
        connection()
    )
    partnerships: Annotated[Connection[Partnership], _inverse(SSC.partner)] = (
        connection()
    )
    coordinates: Annotated[Connection[Initiative], _inverse(SSC.coordinatedBy)] = (
        connection()
    )
    promotes: Annotated[Connection[Initiative], _inverse(SSC.promotedBy)] = connection()
    main_mechanisms: Annotated[
        Connection[Initiative], _inverse(SSC.mainMechanismOf)
    ] = connection()
    responsible_for: Annotated[
        Connection[Instrument], _inverse(SSC.responsibleBody)
    ] = connection()
    events: Annotated[Connection[Event], _inverse(SSC.heldBy)] = connection()
    announcements: Annotated[Connection[Announcement], _inverse(SSC.speaker)] = (
        connection()
    )
    highlighted_in: Annotated[Connection[Statement], _inverse(SSC.highlights)] = (
        connection()
    )
    anticipated_in: Annotated[
        Connection[Statement], _inverse(SSC.anticipatesWorkWith)
    ] = connection()


@strawberry.type
@maps(SSC.Person)
class Person(Agent):
    honorific_prefix: Annotated[str | None, Rdf(SCHEMA.honorificPrefix)]

    signatures: Annotated[Connection[Signature], _inverse(SSC.signedBy)] = connection()
    opening_remarks: Annotated[Connection[Event], _inverse(SSC.openingRemarksBy)] = (
        connection()
    )


@strawberry.type
@maps(SSC.Membership)
class Membership(Thing):
    member: Annotated[Agent, Rdf(ORG.member)]
    organization: Annotated[Organization, Rdf(ORG.organization)]
    role: Annotated[Role, Rdf(ORG.role)]

    signatures: Annotated[Connection[Signature], _inverse(SSC.inRole)] = connection()


@strawberry.type
@maps(SSC.Partnership)
class Partnership(Thing):
    partners: Annotated[Connection[Organization], Rdf(SSC.partner)] = connection()
    concerns_series: Annotated[Connection[EventSeries], Rdf(SSC.concernsSeries)] = (
        connection()
    )
    characterisations: Annotated[list[str], Rdf(SSC.characterisation)]

    agreements: Annotated[Connection[Agreement], _inverse(SSC.concernsPartnership)] = (
        connection()
    )
    reinvigorated_by: Annotated[Connection[Agreement], _inverse(SSC.reinvigorates)] = (
        connection()
    )
    statements: Annotated[Connection[Statement], _inverse(SSC.concernsPartnership)] = (
        connection()
    )
    announcements: Annotated[
        Connection[Announcement], _inverse(SSC.concernsPartnership)
    ] = connection()


@strawberry.interface
@maps(SSC.Agreement)
class Agreement(Thing):
    signatories: Annotated[Connection[Organization], Rdf(SSC.signatory)] = connection()
    signed_on: Annotated[str | None, Rdf(SSC.signedOn)]
    signed_on_printed: Annotated[str | None, Rdf(SSC.signedOnPrinted)]
    signed_at: Annotated[Event | None, Rdf(SSC.signedAt)]
    signed_in: Annotated[Place | None, Rdf(SSC.signedIn)]
    characterisations: Annotated[list[str], Rdf(SSC.characterisation)]
    topics: Annotated[Connection[Topic], Rdf(DCTERMS.subject)] = connection()
    goals: Annotated[Connection[Goal], Rdf(SSC.addressesGoal)] = connection()
    frameworks: Annotated[Connection[Framework], Rdf(SSC.addressesFramework)] = (
        connection()
    )
    in_accordance_with: Annotated[Connection[Framework], Rdf(SSC.inAccordanceWith)] = (
        connection()
    )
    target_year: Annotated[int | None, Rdf(SSC.targetYear)]
    advances: Annotated[Connection[Topic], Rdf(SSC.advances)] = connection()
    emphases: Annotated[Connection[Topic], Rdf(SSC.emphasis)] = connection()
    contributes_to: Annotated[Connection[Instrument], Rdf(SSC.contributesTo)] = (
        connection()
    )
    promotes: Annotated[Connection[Instrument], Rdf(SSC.promotes)] = connection()
    facilitated_through: Annotated[
        Connection[Instrument], Rdf(SSC.facilitatedThrough)
    ] = connection()
    partnerships: Annotated[Connection[Partnership], Rdf(SSC.concernsPartnership)] = (
        connection()
    )
    reinvigorates: Annotated[Connection[Partnership], Rdf(SSC.reinvigorates)] = (
        connection()
    )
    beneficiaries: Annotated[Connection[StakeholderGroup], Rdf(SSC.beneficiary)] = (
        connection()
    )
    regions: Annotated[Connection[Region], Rdf(SSC.concernsRegion)] = connection()

    signatures: Annotated[Connection[Signature], _inverse(SSC.signatureOf)] = (
        connection()
    )
    aims: Annotated[Connection[Aim], _inverse(SSC.aimOf)] = connection()
    commitments: Annotated[Connection[Commitment], _inverse(SSC.commitmentOf)] = (
        connection()
    )
    expected_results: Annotated[
        Connection[ExpectedResult], _inverse(SSC.expectedResultOf)
    ] = connection()
    focus_areas: Annotated[Connection[FocusArea], _inverse(SSC.focusAreaOf)] = (
        connection()
    )
    statements: Annotated[Connection[Statement], _inverse(SSC.concernsAgreement)] = (
        connection()
    )


@strawberry.type
@maps(SSC.MemorandumOfUnderstanding)
class MemorandumOfUnderstanding(Agreement):
    pass


@strawberry.type
@maps(SSC.Signature)
class Signature(Thing):
    agreement: Annotated[Agreement, Rdf(SSC.signatureOf)]
    organization: Annotated[Organization, Rdf(SSC.onBehalfOf)]
    representative: Annotated[Person | None, Rdf(SSC.signedBy)]
    in_role: Annotated[Membership | None, Rdf(SSC.inRole)]
    signed_at: Annotated[Event | None, Rdf(SSC.signedAt)]


@strawberry.interface
@maps(SSC.Provision)
class Provision(Thing):
    item: Annotated[str | None, Rdf(SKOS.notation)]
    characterisations: Annotated[list[str], Rdf(SSC.characterisation)]
    topics: Annotated[Connection[Topic], Rdf(DCTERMS.subject)] = connection()
    goals: Annotated[Connection[Goal], Rdf(SSC.addressesGoal)] = connection()
    frameworks: Annotated[Connection[Framework], Rdf(SSC.addressesFramework)] = (
        connection()
    )
    advances: Annotated[Connection[Topic], Rdf(SSC.advances)] = connection()
    concerns: Annotated[Connection[Instrument], Rdf(SSC.concerns)] = connection()
    contributes_to: Annotated[Connection[Instrument], Rdf(SSC.contributesTo)] = (
        connection()
    )
    activities: Annotated[Connection[Activity], Rdf(SSC.includesActivity)] = (
        connection()
    )
    beneficiaries: Annotated[Connection[StakeholderGroup], Rdf(SSC.beneficiary)] = (
        connection()
    )
    geographic_levels: Annotated[
        Connection[GeographicLevel], Rdf(SSC.geographicLevel)
    ] = connection()


@strawberry.type
@maps(SSC.Aim)
class Aim(Provision):
    agreement: Annotated[Agreement, Rdf(SSC.aimOf)]
    in_accordance_with: Annotated[Connection[Framework], Rdf(SSC.inAccordanceWith)] = (
        connection()
    )
    pursued_through: Annotated[Connection[Topic], Rdf(SSC.pursuedThrough)] = (
        connection()
    )
    target_year: Annotated[int | None, Rdf(SSC.targetYear)]


@strawberry.type
@maps(SSC.Commitment)
class Commitment(Provision):
    agreement: Annotated[Agreement, Rdf(SSC.commitmentOf)]
    committed_parties: Annotated[Connection[Organization], Rdf(SSC.committedParty)] = (
        connection()
    )
    outreach_targets: Annotated[
        Connection[StakeholderGroup], Rdf(SSC.outreachTarget)
    ] = connection()
    carried_out_through: Annotated[
        Connection[Instrument], Rdf(SSC.carriedOutThrough)
    ] = connection()


@strawberry.type
@maps(SSC.ExpectedResult)
class ExpectedResult(Provision):
    agreement: Annotated[Agreement, Rdf(SSC.expectedResultOf)]
    safeguards: Annotated[Connection[StakeholderGroup], Rdf(SSC.safeguards)] = (
        connection()
    )


@strawberry.type
@maps(SSC.FocusArea)
class FocusArea(Provision):
    agreement: Annotated[Agreement, Rdf(SSC.focusAreaOf)]


@strawberry.type
@maps(SSC.Activity)
class Activity(Thing):
    included_in: Annotated[Connection[Provision], _inverse(SSC.includesActivity)] = (
        connection()
    )
    called_for_in: Annotated[Connection[Statement], _inverse(SSC.callsFor)] = (
        connection()
    )


@strawberry.interface
@maps(SSC.Instrument)
class Instrument(Thing):
    responsible_bodies: Annotated[
        Connection[Organization], Rdf(SSC.responsibleBody)
    ] = connection()

    contributing_agreements: Annotated[
        Connection[Agreement], _inverse(SSC.contributesTo)
    ] = connection()
    promoting_agreements: Annotated[Connection[Agreement], _inverse(SSC.promotes)] = (
        connection()
    )
    facilitated_agreements: Annotated[
        Connection[Agreement], _inverse(SSC.facilitatedThrough)
    ] = connection()
    provisions: Annotated[Connection[Provision], _inverse(SSC.concerns)] = connection()
    contributing_provisions: Annotated[
        Connection[Provision], _inverse(SSC.contributesTo)
    ] = connection()
    commitments: Annotated[Connection[Commitment], _inverse(SSC.carriedOutThrough)] = (
        connection()
    )


@strawberry.type
@maps(SSC.Initiative)
class Initiative(Instrument):
    kinds: Annotated[Connection[InstrumentKind], Rdf(DCTERMS.type)] = connection()
    part_of: Annotated[Initiative | None, Rdf(DCTERMS.isPartOf)]
    coordinators: Annotated[Connection[Organization], Rdf(SSC.coordinatedBy)] = (
        connection()
    )
    promoters: Annotated[Connection[Organization], Rdf(SSC.promotedBy)] = connection()
    main_mechanism_of: Annotated[Connection[Organization], Rdf(SSC.mainMechanismOf)] = (
        connection()
    )
    advances: Annotated[Connection[Topic], Rdf(SSC.advances)] = connection()
    beneficiaries: Annotated[Connection[StakeholderGroup], Rdf(SSC.beneficiary)] = (
        connection()
    )

    parts: Annotated[Connection[Initiative], _inverse(DCTERMS.isPartOf)] = connection()


@strawberry.type
@maps(SSC.Platform)
class Platform(Instrument):
    kinds: Annotated[Connection[InstrumentKind], Rdf(DCTERMS.type)] = connection()
    purposes: Annotated[Connection[Topic], Rdf(SSC.purpose)] = connection()


@strawberry.type
@maps(SSC.Framework)
class Framework(Instrument):
    number_of_goals: Annotated[int | None, Rdf(SSC.numberOfGoals)]
    related: Annotated[Connection[Framework], Rdf(DCTERMS.relation)] = connection()

    goals: Annotated[Connection[Goal], _inverse(DCTERMS.isPartOf)] = connection()
    addressing_agreements: Annotated[
        Connection[Agreement], _inverse(SSC.addressesFramework)
    ] = connection()


@strawberry.type
@maps(SSC.Standard)
class Standard(Instrument):
    pass


@strawberry.type
@maps(SSC.Event)
class Event(Thing):
    kind: Annotated[EventKind | None, Rdf(DCTERMS.type)]
    held_by: Annotated[Connection[Organization], Rdf(SSC.heldBy)] = connection()
    edition_of: Annotated[EventSeries | None, Rdf(SSC.editionOf)]
    ordinal: Annotated[int | None, Rdf(SSC.ordinal)]
    year: Annotated[int | None, Rdf(SSC.year)]
    part_of: Annotated[Event | None, Rdf(SCHEMA.superEvent)]
    place: Annotated[Place | None, Rdf(SCHEMA.location)]
    opening_remarks_by: Annotated[Connection[Person], Rdf(SSC.openingRemarksBy)] = (
        connection()
    )

    parts: Annotated[Connection[Event], _inverse(SCHEMA.superEvent)] = connection()
    agreements: Annotated[Connection[Agreement], _inverse(SSC.signedAt)] = connection()
    signatures: Annotated[Connection[Signature], _inverse(SSC.signedAt)] = connection()
    statements: Annotated[Connection[Statement], _inverse(SSC.madeAt)] = connection()
    announcements: Annotated[Connection[Announcement], _inverse(SSC.invitesTo)] = (
        connection()
    )


@strawberry.type
@maps(SSC.EventSeries)
class EventSeries(Thing):
    purposes: Annotated[Connection[Topic], Rdf(SSC.purpose)] = connection()

    editions: Annotated[Connection[Event], _inverse(SSC.editionOf)] = connection()
    partnerships: Annotated[Connection[Partnership], _inverse(SSC.concernsSeries)] = (
        connection()
    )


@strawberry.type
@maps(SSC.Statement)
class Statement(Thing):
    description: Annotated[str, _text(DCTERMS.description)]
    speaker: Annotated[Agent, Rdf(SSC.speaker)]
    in_role: Annotated[Membership | None, Rdf(SSC.inRole)]
    made_at: Annotated[Event | None, Rdf(SSC.madeAt)]
    topics: Annotated[Connection[Topic], Rdf(DCTERMS.subject)] = connection()
    agreements: Annotated[Connection[Agreement], Rdf(SSC.concernsAgreement)] = (
        connection()
    )
    partnerships: Annotated[Connection[Partnership], Rdf(SSC.concernsPartnership)] = (
        connection()
    )
    regions: Annotated[Connection[Region], Rdf(SSC.concernsRegion)] = connection()
    calls_on: Annotated[Connection[StakeholderGroup], Rdf(SSC.callsOn)] = connection()
    calls_for: Annotated[Connection[Activity], Rdf(SSC.callsFor)] = connection()
    highlights: Annotated[Connection[Organization], Rdf(SSC.highlights)] = connection()
    anticipates_work_with: Annotated[
        Connection[Organization], Rdf(SSC.anticipatesWorkWith)
    ] = connection()
    foresees: Annotated[Connection[Topic], Rdf(SSC.foresees)] = connection()


@strawberry.type
@maps(SSC.Announcement)
class Announcement(Thing):
    speaker: Annotated[Organization, Rdf(SSC.speaker)]
    published_printed: Annotated[str | None, Rdf(SSC.publishedPrinted)]
    topics: Annotated[Connection[Topic], Rdf(DCTERMS.subject)] = connection()
    partnerships: Annotated[Connection[Partnership], Rdf(SSC.concernsPartnership)] = (
        connection()
    )
    invites_to: Annotated[Connection[Event], Rdf(SSC.invitesTo)] = connection()
    registration_open_for: Annotated[
        Connection[Event], Rdf(SSC.registrationOpenFor)
    ] = connection()


@strawberry.interface
@maps(SSC.Place)
class Place(Thing):
    contained_in: Annotated[Place | None, Rdf(SCHEMA.containedInPlace)]

    contains: Annotated[Connection[Place], _inverse(SCHEMA.containedInPlace)] = (
        connection()
    )
    events: Annotated[Connection[Event], _inverse(SCHEMA.location)] = connection()
    agreements: Annotated[Connection[Agreement], _inverse(SSC.signedIn)] = connection()


@strawberry.type
@maps(SSC.City)
class City(Place):
    pass


@strawberry.type
@maps(SSC.Country)
class Country(Place):
    pass


@strawberry.type
@maps(SSC.Region)
class Region(Place):
    served_by: Annotated[Connection[Organization], _inverse(SCHEMA.areaServed)] = (
        connection()
    )
    concerning_agreements: Annotated[
        Connection[Agreement], _inverse(SSC.concernsRegion)
    ] = connection()
    statements: Annotated[Connection[Statement], _inverse(SSC.concernsRegion)] = (
        connection()
    )


@strawberry.type
@maps(SKOS.ConceptScheme)
class ConceptScheme(Thing):
    concepts: Annotated[Connection[Concept], _inverse(SKOS.inScheme)] = connection()


@strawberry.interface
@maps(SSC.Concept)
class Concept(Thing):
    scheme: Annotated[ConceptScheme, Rdf(SKOS.inScheme)]


@strawberry.type
@maps(SSC.Topic)
class Topic(Concept):
    agreements: Annotated[Connection[Agreement], _inverse(DCTERMS.subject)] = (
        connection()
    )
    provisions: Annotated[Connection[Provision], _inverse(DCTERMS.subject)] = (
        connection()
    )
    advancing_agreements: Annotated[Connection[Agreement], _inverse(SSC.advances)] = (
        connection()
    )
    advancing_provisions: Annotated[Connection[Provision], _inverse(SSC.advances)] = (
        connection()
    )
    statements: Annotated[Connection[Statement], _inverse(DCTERMS.subject)] = (
        connection()
    )


@strawberry.type
@maps(SSC.Role)
class Role(Concept):
    memberships: Annotated[Connection[Membership], _inverse(ORG.role)] = connection()


@strawberry.type
@maps(SSC.StakeholderGroup)
class StakeholderGroup(Concept):
    agreements: Annotated[Connection[Agreement], _inverse(SSC.beneficiary)] = (
        connection()
    )
    provisions: Annotated[Connection[Provision], _inverse(SSC.beneficiary)] = (
        connection()
    )
    called_on_in: Annotated[Connection[Statement], _inverse(SSC.callsOn)] = connection()


@strawberry.type
@maps(SSC.GeographicLevel)
class GeographicLevel(Concept):
    provisions: Annotated[Connection[Provision], _inverse(SSC.geographicLevel)] = (
        connection()
    )


@strawberry.type
@maps(SSC.OrganizationKind)
class OrganizationKind(Concept):
    organizations: Annotated[Connection[Organization], _inverse(DCTERMS.type)] = (
        connection()
    )


@strawberry.type
@maps(SSC.EventKind)
class EventKind(Concept):
    events: Annotated[Connection[Event], _inverse(DCTERMS.type)] = connection()


@strawberry.type
@maps(SSC.InstrumentKind)
class InstrumentKind(Concept):
    initiatives: Annotated[Connection[Initiative], _inverse(DCTERMS.type)] = (
        connection()
    )
    platforms: Annotated[Connection[Platform], _inverse(DCTERMS.type)] = connection()


@strawberry.type
@maps(SSC.DocumentKind)
class DocumentKind(Concept):
    documents: Annotated[Connection[SourceDocument], _inverse(DCTERMS.type)] = (
        connection()
    )


@strawberry.type
@maps(SDGO.Goal)
class Goal(Thing):
    code: Annotated[str, Rdf(SKOS.notation)]
    scheme: Annotated[ConceptScheme, Rdf(SKOS.inScheme)]
    framework: Annotated[Framework | None, Rdf(DCTERMS.isPartOf)]
    exact_matches: Annotated[list[str], Rdf(SKOS.exactMatch)]

    targets: Annotated[Connection[Target], _inverse(SDGO.isTargetOf)] = connection()
    agreements: Annotated[Connection[Agreement], _inverse(SSC.addressesGoal)] = (
        connection()
    )
    provisions: Annotated[Connection[Provision], _inverse(SSC.addressesGoal)] = (
        connection()
    )


@strawberry.type
@maps(SDGO.Target)
class Target(Thing):
    code: Annotated[str, Rdf(SKOS.notation)]
    scheme: Annotated[ConceptScheme, Rdf(SKOS.inScheme)]
    goal: Annotated[Goal, Rdf(SDGO.isTargetOf)]
    exact_matches: Annotated[list[str], Rdf(SKOS.exactMatch)]


@strawberry.type
@maps(SSC.SourceDocument)
class SourceDocument(Thing):
    title: Annotated[str, Rdf(DCTERMS.title)]
    kind: Annotated[DocumentKind | None, Rdf(DCTERMS.type)]
    file_name: Annotated[str, Rdf(SSC.fileName)]
    sha256: Annotated[str, Rdf(SSC.sha256)]
    length: Annotated[int, Rdf(SSC.length)]

    passages: Annotated[Connection[Evidence], _inverse(PROV.wasQuotedFrom)] = (
        connection()
    )


@strawberry.type
@maps(SSC.Evidence)
class Evidence(Node):
    subject: Annotated[Node, Rdf(RDF.subject)]
    property: Annotated[str, Rdf(RDF.predicate)]
    value: Annotated[str, Rdf(RDF.object)]
    document: Annotated[SourceDocument, Rdf(PROV.wasQuotedFrom)]
    start: Annotated[int, Rdf(OA.start)]
    end: Annotated[int, Rdf(OA.end)]
    phrase: Annotated[str, Rdf(OA.exact)]
    extracted_by: Annotated[Editor, Rdf(PROV.wasAttributedTo)]


@strawberry.type
@maps(SSC.Editor)
class Editor(Thing):
    extracted: Annotated[Connection[Evidence], _inverse(PROV.wasAttributedTo)] = (
        connection()
    )
