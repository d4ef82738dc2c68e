"""The lists of concepts: topics, roles, groups, levels and kinds."""

from __future__ import annotations

from typing import Annotated

import strawberry

from ssc_kg.engine.connections import Connection, connection
from ssc_kg.graphql_api import types
from ssc_kg.graphql_api.types.base import Thing
from ssc_kg.graphql_api.types.markers import inverse
from ssc_kg.mapping.declare import Rdf, maps
from ssc_kg.rdf.vocab import DCTERMS, ORG, SKOS, SOSA, SSC


@strawberry.type
@maps(SKOS.ConceptScheme)
class ConceptScheme(Thing):
    concepts: Annotated[Connection[Concept], inverse(SKOS.inScheme)] = connection()


@strawberry.interface
@maps(SSC.Concept)
class Concept(Thing):
    scheme: Annotated[ConceptScheme, Rdf(SKOS.inScheme)]


@strawberry.type
@maps(SSC.Topic)
class Topic(Concept):
    agreements: Annotated[Connection[types.Agreement], inverse(DCTERMS.subject)] = (
        connection()
    )
    provisions: Annotated[Connection[types.Provision], inverse(DCTERMS.subject)] = (
        connection()
    )
    advancing_agreements: Annotated[
        Connection[types.Agreement], inverse(SSC.advances)
    ] = connection()
    advancing_provisions: Annotated[
        Connection[types.Provision], inverse(SSC.advances)
    ] = connection()
    statements: Annotated[Connection[types.Statement], inverse(DCTERMS.subject)] = (
        connection()
    )
    instruments: Annotated[Connection[types.Instrument], inverse(DCTERMS.subject)] = (
        connection()
    )
    purpose_of: Annotated[Connection[types.Instrument], inverse(SSC.purpose)] = (
        connection()
    )
    advancing_instruments: Annotated[
        Connection[types.Instrument], inverse(SSC.advances)
    ] = connection()
    organizations: Annotated[
        Connection[types.Organization], inverse(DCTERMS.subject)
    ] = connection()
    contributions: Annotated[
        Connection[types.Contribution], inverse(DCTERMS.subject)
    ] = connection()
    objectives: Annotated[Connection[types.Objective], inverse(SSC.advances)] = (
        connection()
    )
    partnerships: Annotated[Connection[types.Partnership], inverse(DCTERMS.subject)] = (
        connection()
    )
    statistics: Annotated[
        Connection[types.Statistic], inverse(SOSA.hasFeatureOfInterest)
    ] = connection()
    purpose_of_series: Annotated[
        Connection[types.EventSeries], inverse(SSC.purpose)
    ] = connection()
    purpose_of_organizations: Annotated[
        Connection[types.Organization], inverse(SSC.purpose)
    ] = connection()
    event_series: Annotated[Connection[types.EventSeries], inverse(DCTERMS.subject)] = (
        connection()
    )
    events: Annotated[Connection[types.Event], inverse(DCTERMS.subject)] = connection()
    announcements: Annotated[
        Connection[types.Announcement], inverse(DCTERMS.subject)
    ] = connection()
    calls: Annotated[Connection[types.Call], inverse(DCTERMS.subject)] = connection()
    partnership_theme_of: Annotated[
        Connection[types.Organization], inverse(SSC.partnershipTheme)
    ] = connection()
    foreseen_in: Annotated[Connection[types.Statement], inverse(SSC.foresees)] = (
        connection()
    )
    ways_of_aims: Annotated[Connection[types.Aim], inverse(SSC.pursuedThrough)] = (
        connection()
    )
    emphasizing_agreements: Annotated[
        Connection[types.Agreement], inverse(SSC.emphasis)
    ] = connection()


@strawberry.type
@maps(SSC.Role)
class Role(Concept):
    memberships: Annotated[Connection[types.Membership], inverse(ORG.role)] = (
        connection()
    )


@strawberry.type
@maps(SSC.StakeholderGroup)
class StakeholderGroup(Concept):
    agreements: Annotated[Connection[types.Agreement], inverse(SSC.beneficiary)] = (
        connection()
    )
    provisions: Annotated[Connection[types.Provision], inverse(SSC.beneficiary)] = (
        connection()
    )
    called_on_in: Annotated[Connection[types.Statement], inverse(SSC.callsOn)] = (
        connection()
    )
    instruments: Annotated[Connection[types.Instrument], inverse(SSC.involves)] = (
        connection()
    )
    benefiting_instruments: Annotated[
        Connection[types.Instrument], inverse(SSC.beneficiary)
    ] = connection()
    invited_in: Annotated[Connection[types.Call], inverse(SSC.invites)] = connection()
    statistics: Annotated[
        Connection[types.Statistic], inverse(SOSA.hasFeatureOfInterest)
    ] = connection()
    organizations: Annotated[Connection[types.Organization], inverse(SSC.involves)] = (
        connection()
    )
    event_series: Annotated[Connection[types.EventSeries], inverse(SSC.involves)] = (
        connection()
    )
    contributions: Annotated[Connection[types.Contribution], inverse(SSC.involves)] = (
        connection()
    )
    benefiting_contributions: Annotated[
        Connection[types.Contribution], inverse(SSC.beneficiary)
    ] = connection()
    outreach_commitments: Annotated[
        Connection[types.Commitment], inverse(SSC.outreachTarget)
    ] = connection()
    safeguarding_results: Annotated[
        Connection[types.ExpectedResult], inverse(SSC.safeguards)
    ] = connection()


@strawberry.type
@maps(SSC.GeographicLevel)
class GeographicLevel(Concept):
    provisions: Annotated[Connection[types.Provision], inverse(SSC.geographicLevel)] = (
        connection()
    )
    organizations: Annotated[
        Connection[types.Organization], inverse(SSC.geographicLevel)
    ] = connection()


@strawberry.type
@maps(SSC.OrganizationKind)
class OrganizationKind(Concept):
    organizations: Annotated[Connection[types.Organization], inverse(DCTERMS.type)] = (
        connection()
    )


@strawberry.type
@maps(SSC.EventKind)
class EventKind(Concept):
    events: Annotated[Connection[types.Event], inverse(DCTERMS.type)] = connection()
    event_series: Annotated[Connection[types.EventSeries], inverse(DCTERMS.type)] = (
        connection()
    )


@strawberry.type
@maps(SSC.InstrumentKind)
class InstrumentKind(Concept):
    instruments: Annotated[Connection[types.Instrument], inverse(DCTERMS.type)] = (
        connection()
    )


@strawberry.type
@maps(SSC.DocumentKind)
class DocumentKind(Concept):
    documents: Annotated[Connection[types.SourceDocument], inverse(DCTERMS.type)] = (
        connection()
    )


@strawberry.type
@maps(SSC.ObjectiveKind)
class ObjectiveKind(Concept):
    objectives: Annotated[Connection[types.Objective], inverse(DCTERMS.type)] = (
        connection()
    )


@strawberry.type
@maps(SSC.ContributionStrength)
class ContributionStrength(Concept):
    contributions: Annotated[Connection[types.Contribution], inverse(SSC.strength)] = (
        connection()
    )


@strawberry.type
@maps(SSC.Frequency)
class Frequency(Concept):
    instruments: Annotated[Connection[types.Instrument], inverse(SSC.frequency)] = (
        connection()
    )
    event_series: Annotated[Connection[types.EventSeries], inverse(SSC.frequency)] = (
        connection()
    )


@strawberry.type
@maps(SSC.Measure)
class Measure(Concept):
    statistics: Annotated[
        Connection[types.Statistic], inverse(SOSA.observedProperty)
    ] = connection()


@strawberry.type
@maps(SSC.Unit)
class Unit(Concept):
    exact_matches: Annotated[list[str], Rdf(SKOS.exactMatch)]

    kpis: Annotated[Connection[types.Kpi], inverse(SSC.unit)] = connection()
    kpi_values: Annotated[Connection[types.KpiValue], inverse(SSC.unit)] = connection()


@strawberry.type
@maps(SSC.KpiLevel)
class KpiLevel(Concept):
    kpis: Annotated[Connection[types.Kpi], inverse(SSC.kpiLevel)] = connection()


@strawberry.type
@maps(SSC.KpiKind)
class KpiKind(Concept):
    kpis: Annotated[Connection[types.Kpi], inverse(SSC.kpiKind)] = connection()


@strawberry.type
@maps(SSC.KpiDirection)
class KpiDirection(Concept):
    kpis: Annotated[Connection[types.Kpi], inverse(SSC.direction)] = connection()


@strawberry.type
@maps(SSC.VerificationStatus)
class VerificationStatus(Concept):
    kpi_values: Annotated[Connection[types.KpiValue], inverse(SSC.status)] = (
        connection()
    )


@strawberry.type
@maps(SSC.SourceGrade)
class SourceGrade(Concept):
    kpis: Annotated[Connection[types.Kpi], inverse(SSC.identityGrade)] = connection()
    kpis_by_goal_links: Annotated[Connection[types.Kpi], inverse(SSC.sdgGrade)] = (
        connection()
    )
