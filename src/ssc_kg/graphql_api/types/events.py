"""Events, and what is said at them or announced about them."""

from __future__ import annotations

from typing import Annotated

import strawberry

from ssc_kg.engine.connections import Connection, connection
from ssc_kg.graphql_api import types
from ssc_kg.graphql_api.types.base import Thing
from ssc_kg.graphql_api.types.markers import inverse
from ssc_kg.mapping.declare import Rdf, maps
from ssc_kg.rdf.vocab import DCTERMS, SCHEMA, SOSA, SSC


@strawberry.type
@maps(SSC.Event)
class Event(Thing):
    kind: Annotated[types.EventKind | None, Rdf(DCTERMS.type)]
    held_by: Annotated[Connection[types.Organization], Rdf(SSC.heldBy)] = connection()
    edition_of: Annotated[EventSeries | None, Rdf(SSC.editionOf)]
    ordinal: Annotated[int | None, Rdf(SSC.ordinal)]
    year: Annotated[int | None, Rdf(SSC.year)]
    super_event: Annotated[Event | None, Rdf(SCHEMA.superEvent)]
    place: Annotated[types.Place | None, Rdf(SCHEMA.location)]
    attendees: Annotated[Connection[types.Organization], Rdf(SCHEMA.attendee)] = (
        connection()
    )
    topics: Annotated[Connection[types.Topic], Rdf(DCTERMS.subject)] = connection()
    opening_remarks_by: Annotated[
        Connection[types.Person], Rdf(SSC.openingRemarksBy)
    ] = connection()

    sub_events: Annotated[Connection[Event], inverse(SCHEMA.superEvent)] = connection()
    agreements: Annotated[Connection[types.Agreement], inverse(SSC.signedAt)] = (
        connection()
    )
    signatures: Annotated[Connection[types.Signature], inverse(SSC.signedAt)] = (
        connection()
    )
    statements: Annotated[Connection[Statement], inverse(SSC.madeAt)] = connection()
    announcements: Annotated[Connection[Announcement], inverse(SSC.invitesTo)] = (
        connection()
    )
    adopted: Annotated[Connection[types.Instrument], inverse(SSC.adoptedAt)] = (
        connection()
    )
    statistics: Annotated[
        Connection[types.Statistic], inverse(SOSA.hasFeatureOfInterest)
    ] = connection()


@strawberry.type
@maps(SSC.EventSeries)
class EventSeries(Thing):
    kinds: Annotated[Connection[types.EventKind], Rdf(DCTERMS.type)] = connection()
    held_by: Annotated[Connection[types.Organization], Rdf(SSC.heldBy)] = connection()
    attendees: Annotated[Connection[types.Organization], Rdf(SCHEMA.attendee)] = (
        connection()
    )
    places: Annotated[Connection[types.Place], Rdf(SCHEMA.location)] = connection()
    frequency: Annotated[types.Frequency | None, Rdf(SSC.frequency)]
    part_of: Annotated[Connection[types.Instrument], Rdf(DCTERMS.isPartOf)] = (
        connection()
    )
    characterisations: Annotated[list[str], Rdf(SSC.characterisation)]
    involves: Annotated[Connection[types.StakeholderGroup], Rdf(SSC.involves)] = (
        connection()
    )
    topics: Annotated[Connection[types.Topic], Rdf(DCTERMS.subject)] = connection()
    goals: Annotated[Connection[types.Goal], Rdf(SSC.addressesGoal)] = connection()
    frameworks: Annotated[Connection[types.Framework], Rdf(SSC.addressesFramework)] = (
        connection()
    )
    websites: Annotated[list[str], Rdf(SSC.website)]
    purposes: Annotated[Connection[types.Topic], Rdf(SSC.purpose)] = connection()

    editions: Annotated[Connection[Event], inverse(SSC.editionOf)] = connection()
    partnerships: Annotated[
        Connection[types.Partnership], inverse(SSC.concernsSeries)
    ] = connection()


@strawberry.type
@maps(SSC.Statement)
class Statement(Thing):
    speaker: Annotated[types.Agent | None, Rdf(SSC.speaker)]
    in_role: Annotated[types.Membership | None, Rdf(SSC.inRole)]
    made_at: Annotated[Event | None, Rdf(SSC.madeAt)]
    stated_in: Annotated[types.Instrument | None, Rdf(SSC.statedIn)]
    goals: Annotated[Connection[types.Goal], Rdf(SSC.addressesGoal)] = connection()
    frameworks: Annotated[Connection[types.Framework], Rdf(SSC.addressesFramework)] = (
        connection()
    )
    topics: Annotated[Connection[types.Topic], Rdf(DCTERMS.subject)] = connection()
    agreements: Annotated[Connection[types.Agreement], Rdf(SSC.concernsAgreement)] = (
        connection()
    )
    partnerships: Annotated[
        Connection[types.Partnership], Rdf(SSC.concernsPartnership)
    ] = connection()
    regions: Annotated[Connection[types.Region], Rdf(SSC.concernsRegion)] = connection()
    calls_on: Annotated[Connection[types.StakeholderGroup], Rdf(SSC.callsOn)] = (
        connection()
    )
    calls_for: Annotated[Connection[types.Activity], Rdf(SSC.callsFor)] = connection()
    highlights: Annotated[Connection[types.Organization], Rdf(SSC.highlights)] = (
        connection()
    )
    anticipates_work_with: Annotated[
        Connection[types.Organization], Rdf(SSC.anticipatesWorkWith)
    ] = connection()
    foresees: Annotated[Connection[types.Topic], Rdf(SSC.foresees)] = connection()


@strawberry.type
@maps(SSC.Announcement)
class Announcement(Thing):
    announced_by: Annotated[types.Organization, Rdf(SSC.speaker)]
    published_printed: Annotated[str | None, Rdf(SSC.publishedPrinted)]
    topics: Annotated[Connection[types.Topic], Rdf(DCTERMS.subject)] = connection()
    partnerships: Annotated[
        Connection[types.Partnership], Rdf(SSC.concernsPartnership)
    ] = connection()
    invites_to: Annotated[Connection[Event], Rdf(SSC.invitesTo)] = connection()
    registration_open_for: Annotated[
        Connection[Event], Rdf(SSC.registrationOpenFor)
    ] = connection()
