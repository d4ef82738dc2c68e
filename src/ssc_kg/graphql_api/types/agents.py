"""Who acts: people and organizations, their roles and partnerships."""

from __future__ import annotations

from typing import Annotated

import strawberry

from ssc_kg.engine.connections import Connection, closure, connection
from ssc_kg.graphql_api import types
from ssc_kg.graphql_api.types.base import Thing
from ssc_kg.graphql_api.types.markers import inverse, steps, steps_back
from ssc_kg.mapping.declare import Rdf, maps
from ssc_kg.rdf.vocab import DCTERMS, ORG, SCHEMA, SOSA, SSC


@strawberry.interface
@maps(SSC.Member)
class Member(Thing):
    memberships: Annotated[Connection[Membership], inverse(ORG.member)] = connection()


@strawberry.interface
@maps(SSC.Agent)
class Agent(Member):
    statements: Annotated[Connection[types.Statement], inverse(SSC.speaker)] = (
        connection()
    )


@strawberry.type
@maps(SSC.Organization)
class Organization(Agent):
    kinds: Annotated[Connection[types.OrganizationKind], Rdf(DCTERMS.type)] = (
        connection()
    )
    unit_of: Annotated[Organization | None, Rdf(ORG.unitOf)]
    parent_organizations: Annotated[
        Connection[Organization], Rdf(ORG.subOrganizationOf)
    ] = connection()
    ancestors: Annotated[
        Connection[Organization], steps(ORG.unitOf, ORG.subOrganizationOf)
    ] = closure("All organizations of which this is a unit or a part, near and far.")
    descendants: Annotated[
        Connection[Organization], steps_back(ORG.unitOf, ORG.subOrganizationOf)
    ] = closure("All units and parts of this organization, near and far.")
    areas_served: Annotated[Connection[types.Region], Rdf(SCHEMA.areaServed)] = (
        connection()
    )

    units: Annotated[Connection[Organization], inverse(ORG.unitOf)] = connection()
    sub_organizations: Annotated[
        Connection[Organization], inverse(ORG.subOrganizationOf)
    ] = connection()
    members: Annotated[Connection[Membership], inverse(ORG.organization)] = connection()
    agreements: Annotated[Connection[types.Agreement], inverse(SSC.signatory)] = (
        connection()
    )
    signatures: Annotated[Connection[types.Signature], inverse(SSC.onBehalfOf)] = (
        connection()
    )
    commitments: Annotated[
        Connection[types.Commitment], inverse(SSC.committedParty)
    ] = connection()
    partnerships: Annotated[Connection[Partnership], inverse(SSC.partner)] = (
        connection()
    )
    coordinates: Annotated[Connection[types.Instrument], inverse(SSC.coordinatedBy)] = (
        connection()
    )
    promotes: Annotated[Connection[types.Initiative], inverse(SSC.promotedBy)] = (
        connection()
    )
    main_mechanisms: Annotated[
        Connection[types.Initiative], inverse(SSC.mainMechanismOf)
    ] = connection()
    responsible_for: Annotated[
        Connection[types.Instrument], inverse(SSC.responsibleBody)
    ] = connection()
    events: Annotated[Connection[types.Event], inverse(SSC.heldBy)] = connection()
    announcements: Annotated[Connection[types.Announcement], inverse(SSC.speaker)] = (
        connection()
    )
    highlighted_in: Annotated[Connection[types.Statement], inverse(SSC.highlights)] = (
        connection()
    )
    anticipated_in: Annotated[
        Connection[types.Statement], inverse(SSC.anticipatesWorkWith)
    ] = connection()

    based_in: Annotated[Connection[types.Place], Rdf(SSC.basedIn)] = connection()
    body_of: Annotated[Connection[types.Instrument], Rdf(SSC.bodyOf)] = connection()
    websites: Annotated[list[str], Rdf(SSC.website)]
    emails: Annotated[list[str], Rdf(SCHEMA.email)]
    address: Annotated[str | None, Rdf(SCHEMA.address)]
    characterisations: Annotated[list[str], Rdf(SSC.characterisation)]
    purposes: Annotated[Connection[types.Topic], Rdf(SSC.purpose)] = connection()
    topics: Annotated[Connection[types.Topic], Rdf(DCTERMS.subject)] = connection()
    partnership_themes: Annotated[
        Connection[types.Topic], Rdf(SSC.partnershipTheme)
    ] = connection()
    involves: Annotated[Connection[types.StakeholderGroup], Rdf(SSC.involves)] = (
        connection()
    )
    activities: Annotated[Connection[types.Activity], Rdf(SSC.includesActivity)] = (
        connection()
    )
    facilitated_through: Annotated[
        Connection[types.Instrument], Rdf(SSC.facilitatedThrough)
    ] = connection()
    geographic_levels: Annotated[
        Connection[types.GeographicLevel], Rdf(SSC.geographicLevel)
    ] = connection()
    working_languages: Annotated[list[str], Rdf(SSC.workingLanguage)]

    supports: Annotated[Connection[types.Initiative], inverse(SSC.supportedBy)] = (
        connection()
    )
    launched: Annotated[Connection[types.Instrument], inverse(SSC.launchedBy)] = (
        connection()
    )
    operates: Annotated[Connection[types.Instrument], inverse(SSC.operatedBy)] = (
        connection()
    )
    developed: Annotated[Connection[types.Instrument], inverse(SSC.developedBy)] = (
        connection()
    )
    proposed: Annotated[Connection[types.Instrument], inverse(SSC.proposedBy)] = (
        connection()
    )
    adopted: Annotated[Connection[types.Instrument], inverse(SSC.adoptedBy)] = (
        connection()
    )
    partner_in: Annotated[Connection[types.Instrument], inverse(SSC.partner)] = (
        connection()
    )
    contributions: Annotated[
        Connection[types.Contribution], inverse(SSC.contributor)
    ] = connection()
    partner_contributions: Annotated[
        Connection[types.Contribution], inverse(SSC.partner)
    ] = connection()
    custodian_of: Annotated[Connection[types.Indicator], inverse(SSC.custodian)] = (
        connection()
    )
    calls: Annotated[Connection[types.Call], inverse(SSC.callOf)] = connection()
    objectives: Annotated[Connection[types.Objective], inverse(SSC.objectiveOf)] = (
        connection()
    )
    attended_events: Annotated[Connection[types.Event], inverse(SCHEMA.attendee)] = (
        connection()
    )
    attended_series: Annotated[
        Connection[types.EventSeries], inverse(SCHEMA.attendee)
    ] = connection()
    event_series: Annotated[Connection[types.EventSeries], inverse(SSC.heldBy)] = (
        connection()
    )
    statistics: Annotated[
        Connection[types.Statistic], inverse(SOSA.hasFeatureOfInterest)
    ] = connection()


@strawberry.type
@maps(SSC.Person)
class Person(Agent):
    honorific_prefix: Annotated[str | None, Rdf(SCHEMA.honorificPrefix)]

    signatures: Annotated[Connection[types.Signature], inverse(SSC.signedBy)] = (
        connection()
    )
    opening_remarks: Annotated[
        Connection[types.Event], inverse(SSC.openingRemarksBy)
    ] = connection()
    leads: Annotated[Connection[types.Instrument], inverse(SSC.projectLead)] = (
        connection()
    )


@strawberry.type
@maps(SSC.Membership)
class Membership(Thing):
    member: Annotated[Member, Rdf(ORG.member)]
    organization: Annotated[Organization, Rdf(ORG.organization)]
    role: Annotated[types.Role | None, Rdf(ORG.role)]

    signatures: Annotated[Connection[types.Signature], inverse(SSC.inRole)] = (
        connection()
    )
    statements: Annotated[Connection[types.Statement], inverse(SSC.inRole)] = (
        connection()
    )


@strawberry.type
@maps(SSC.Partnership)
class Partnership(Thing):
    topics: Annotated[Connection[types.Topic], Rdf(DCTERMS.subject)] = connection()
    partners: Annotated[Connection[Organization], Rdf(SSC.partner)] = connection()
    concerns_series: Annotated[
        Connection[types.EventSeries], Rdf(SSC.concernsSeries)
    ] = connection()
    characterisations: Annotated[list[str], Rdf(SSC.characterisation)]

    agreements: Annotated[
        Connection[types.Agreement], inverse(SSC.concernsPartnership)
    ] = connection()
    reinvigorated_by: Annotated[
        Connection[types.Agreement], inverse(SSC.reinvigorates)
    ] = connection()
    statements: Annotated[
        Connection[types.Statement], inverse(SSC.concernsPartnership)
    ] = connection()
    announcements: Annotated[
        Connection[types.Announcement], inverse(SSC.concernsPartnership)
    ] = connection()
