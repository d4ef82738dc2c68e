"""What agreements work with or towards: initiatives, platforms, frameworks."""

from __future__ import annotations

from typing import Annotated

import strawberry

from ssc_kg.engine.connections import Connection, connection
from ssc_kg.graphql_api import types
from ssc_kg.graphql_api.types.base import Thing
from ssc_kg.graphql_api.types.markers import inverse
from ssc_kg.mapping.declare import Rdf, maps
from ssc_kg.rdf.vocab import DCTERMS, SCHEMA, SKOS, SOSA, SSC


@strawberry.interface
@maps(SSC.Instrument)
class Instrument(Thing):
    responsible_bodies: Annotated[
        Connection[types.Organization], Rdf(SSC.responsibleBody)
    ] = connection()
    title: Annotated[str | None, Rdf(DCTERMS.title)]
    identifiers: Annotated[list[str], Rdf(DCTERMS.identifier)]
    kinds: Annotated[Connection[types.InstrumentKind], Rdf(DCTERMS.type)] = connection()
    part_of: Annotated[Connection[Instrument], Rdf(DCTERMS.isPartOf)] = connection()
    topics: Annotated[Connection[types.Topic], Rdf(DCTERMS.subject)] = connection()
    purposes: Annotated[Connection[types.Topic], Rdf(SSC.purpose)] = connection()
    advances: Annotated[Connection[types.Topic], Rdf(SSC.advances)] = connection()
    characterisations: Annotated[list[str], Rdf(SSC.characterisation)]
    goals: Annotated[Connection[types.Goal], Rdf(SSC.addressesGoal)] = connection()
    frameworks: Annotated[Connection[Framework], Rdf(SSC.addressesFramework)] = (
        connection()
    )
    in_accordance_with: Annotated[Connection[Instrument], Rdf(SSC.inAccordanceWith)] = (
        connection()
    )
    contributes_to: Annotated[Connection[Instrument], Rdf(SSC.contributesTo)] = (
        connection()
    )
    based_on: Annotated[Connection[Instrument], Rdf(SSC.basedOn)] = connection()
    establishes: Annotated[Connection[Instrument], Rdf(SSC.establishes)] = connection()
    launched_by: Annotated[Connection[types.Organization], Rdf(SSC.launchedBy)] = (
        connection()
    )
    launched_on: Annotated[str | None, Rdf(SSC.launched)]
    operators: Annotated[Connection[types.Organization], Rdf(SSC.operatedBy)] = (
        connection()
    )
    coordinators: Annotated[Connection[types.Organization], Rdf(SSC.coordinatedBy)] = (
        connection()
    )
    developers: Annotated[Connection[types.Organization], Rdf(SSC.developedBy)] = (
        connection()
    )
    proposed_by: Annotated[Connection[types.Organization], Rdf(SSC.proposedBy)] = (
        connection()
    )
    adopted_by: Annotated[Connection[types.Organization], Rdf(SSC.adoptedBy)] = (
        connection()
    )
    adopted_at: Annotated[types.Event | None, Rdf(SSC.adoptedAt)]
    partners: Annotated[Connection[types.Organization], Rdf(SSC.partner)] = connection()
    project_leads: Annotated[Connection[types.Person], Rdf(SSC.projectLead)] = (
        connection()
    )
    beneficiaries: Annotated[
        Connection[types.StakeholderGroup], Rdf(SSC.beneficiary)
    ] = connection()
    involves: Annotated[Connection[types.StakeholderGroup], Rdf(SSC.involves)] = (
        connection()
    )
    activities: Annotated[Connection[types.Activity], Rdf(SSC.includesActivity)] = (
        connection()
    )
    regions: Annotated[Connection[types.Region], Rdf(SSC.concernsRegion)] = connection()
    frequency: Annotated[types.Frequency | None, Rdf(SSC.frequency)]
    websites: Annotated[list[str], Rdf(SSC.website)]
    year: Annotated[int | None, Rdf(SSC.year)]
    target_year: Annotated[int | None, Rdf(SSC.targetYear)]
    start_date: Annotated[str | None, Rdf(SCHEMA.startDate)]
    end_date: Annotated[str | None, Rdf(SCHEMA.endDate)]

    parts: Annotated[Connection[Instrument], inverse(DCTERMS.isPartOf)] = connection()
    basis_of: Annotated[Connection[Instrument], inverse(SSC.basedOn)] = connection()
    established_by: Annotated[Connection[Instrument], inverse(SSC.establishes)] = (
        connection()
    )
    contributing_instruments: Annotated[
        Connection[Instrument], inverse(SSC.contributesTo)
    ] = connection()
    according_instruments: Annotated[
        Connection[Instrument], inverse(SSC.inAccordanceWith)
    ] = connection()
    bodies: Annotated[Connection[types.Organization], inverse(SSC.bodyOf)] = (
        connection()
    )
    objectives: Annotated[Connection[Objective], inverse(SSC.objectiveOf)] = (
        connection()
    )
    contributions: Annotated[Connection[types.Contribution], inverse(SSC.through)] = (
        connection()
    )
    statements: Annotated[Connection[types.Statement], inverse(SSC.statedIn)] = (
        connection()
    )
    event_series: Annotated[
        Connection[types.EventSeries], inverse(DCTERMS.isPartOf)
    ] = connection()
    statistics: Annotated[
        Connection[types.Statistic], inverse(SOSA.hasFeatureOfInterest)
    ] = connection()
    contributing_agreements: Annotated[
        Connection[types.Agreement], inverse(SSC.contributesTo)
    ] = connection()
    promoting_agreements: Annotated[
        Connection[types.Agreement], inverse(SSC.promotes)
    ] = connection()
    facilitated_agreements: Annotated[
        Connection[types.Agreement], inverse(SSC.facilitatedThrough)
    ] = connection()
    provisions: Annotated[Connection[types.Provision], inverse(SSC.concerns)] = (
        connection()
    )
    contributing_provisions: Annotated[
        Connection[types.Provision], inverse(SSC.contributesTo)
    ] = connection()
    commitments: Annotated[
        Connection[types.Commitment], inverse(SSC.carriedOutThrough)
    ] = connection()


@strawberry.type
@maps(SSC.Initiative)
class Initiative(Instrument):
    promoters: Annotated[Connection[types.Organization], Rdf(SSC.promotedBy)] = (
        connection()
    )
    main_mechanism_of: Annotated[
        Connection[types.Organization], Rdf(SSC.mainMechanismOf)
    ] = connection()
    supporters: Annotated[Connection[types.Organization], Rdf(SSC.supportedBy)] = (
        connection()
    )
    action_lines: Annotated[Connection[types.ActionLine], Rdf(SSC.actionLine)] = (
        connection()
    )
    registered_in: Annotated[Connection[Platform], Rdf(SSC.registeredIn)] = connection()

    publications: Annotated[Connection[Publication], inverse(SSC.publishedThrough)] = (
        connection()
    )


@strawberry.type
@maps(SSC.Platform)
class Platform(Instrument):
    registered_projects: Annotated[
        Connection[Initiative], inverse(SSC.registeredIn)
    ] = connection()


@strawberry.type
@maps(SSC.Framework)
class Framework(Instrument):
    number_of_goals: Annotated[int | None, Rdf(SSC.numberOfGoals)]
    number_of_targets: Annotated[int | None, Rdf(SSC.numberOfTargets)]
    related: Annotated[Connection[Framework], Rdf(DCTERMS.relation)] = connection()

    defined_goals: Annotated[Connection[types.Goal], inverse(DCTERMS.isPartOf)] = (
        connection()
    )
    addressing_agreements: Annotated[
        Connection[types.Agreement], inverse(SSC.addressesFramework)
    ] = connection()
    addressing_instruments: Annotated[
        Connection[Instrument], inverse(SSC.addressesFramework)
    ] = connection()
    addressing_contributions: Annotated[
        Connection[types.Contribution], inverse(SSC.addressesFramework)
    ] = connection()
    kpi_dimensions: Annotated[
        Connection[types.KpiDimension], inverse(DCTERMS.isPartOf)
    ] = connection()
    action_lines: Annotated[Connection[types.ActionLine], inverse(DCTERMS.isPartOf)] = (
        connection()
    )
    statements_about: Annotated[
        Connection[types.Statement], inverse(SSC.addressesFramework)
    ] = connection()
    addressing_series: Annotated[
        Connection[types.EventSeries], inverse(SSC.addressesFramework)
    ] = connection()
    addressing_provisions: Annotated[
        Connection[types.Provision], inverse(SSC.addressesFramework)
    ] = connection()
    according_agreements: Annotated[
        Connection[types.Agreement], inverse(SSC.inAccordanceWith)
    ] = connection()


@strawberry.type
@maps(SSC.Standard)
class Standard(Instrument):
    pass


@strawberry.type
@maps(SSC.Publication)
class Publication(Instrument):
    published_through: Annotated[Connection[Initiative], Rdf(SSC.publishedThrough)] = (
        connection()
    )
    urls: Annotated[list[str], Rdf(SCHEMA.url)]

    kpi_values: Annotated[Connection[types.KpiValue], inverse(SSC.reportedIn)] = (
        connection()
    )


@strawberry.type
@maps(SSC.Resolution)
class Resolution(Instrument):
    pass


@strawberry.type
@maps(SSC.Objective)
class Objective(Thing):
    objective_of: Annotated[Connection[Thing], Rdf(SSC.objectiveOf)] = connection()
    objective_kind: Annotated[types.ObjectiveKind, Rdf(DCTERMS.type)]
    number: Annotated[str | None, Rdf(SKOS.notation)]
    advances: Annotated[Connection[types.Topic], Rdf(SSC.advances)] = connection()
    start_date: Annotated[str | None, Rdf(SCHEMA.startDate)]
    end_date: Annotated[str | None, Rdf(SCHEMA.endDate)]
