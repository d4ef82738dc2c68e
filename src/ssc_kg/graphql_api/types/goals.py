"""The Sustainable Development Goals, and who contributes what to them."""

from __future__ import annotations

from typing import Annotated

import strawberry

from ssc_kg.engine.connections import Connection, connection
from ssc_kg.graphql_api import types
from ssc_kg.graphql_api.types.base import Thing
from ssc_kg.graphql_api.types.concepts import Concept
from ssc_kg.graphql_api.types.markers import inverse
from ssc_kg.mapping.declare import Rdf, maps
from ssc_kg.rdf.vocab import DCTERMS, SDGO, SKOS, SSC


@strawberry.type
@maps(SDGO.Goal)
class Goal(Thing):
    code: Annotated[str, Rdf(SKOS.notation)]
    scheme: Annotated[types.ConceptScheme, Rdf(SKOS.inScheme)]
    framework: Annotated[types.Framework, Rdf(DCTERMS.isPartOf)]
    exact_matches: Annotated[list[str], Rdf(SKOS.exactMatch)]

    targets: Annotated[Connection[Target], Rdf(SDGO.hasTarget)] = connection()
    agreements: Annotated[Connection[types.Agreement], inverse(SSC.addressesGoal)] = (
        connection()
    )
    provisions: Annotated[Connection[types.Provision], inverse(SSC.addressesGoal)] = (
        connection()
    )
    instruments: Annotated[Connection[types.Instrument], inverse(SSC.addressesGoal)] = (
        connection()
    )
    contributions: Annotated[Connection[Contribution], inverse(SSC.addressesGoal)] = (
        connection()
    )
    event_series: Annotated[
        Connection[types.EventSeries], inverse(SSC.addressesGoal)
    ] = connection()
    indicators: Annotated[Connection[Indicator], inverse(SSC.measuresGoal)] = (
        connection()
    )
    kpis: Annotated[Connection[types.Kpi], inverse(SSC.measuresGoal)] = connection()
    statements: Annotated[Connection[types.Statement], inverse(SSC.addressesGoal)] = (
        connection()
    )
    action_line_links: Annotated[
        Connection[ActionLineGoalLink], inverse(SSC.addressesGoal)
    ] = connection()


@strawberry.type
@maps(SDGO.Target)
class Target(Thing):
    code: Annotated[str, Rdf(SKOS.notation)]
    scheme: Annotated[types.ConceptScheme, Rdf(SKOS.inScheme)]
    goal: Annotated[Goal, Rdf(SDGO.isTargetOf)]
    exact_matches: Annotated[list[str], Rdf(SKOS.exactMatch)]
    indicators: Annotated[Connection[Indicator], Rdf(SDGO.hasIndicator)] = connection()

    contributions: Annotated[Connection[Contribution], inverse(SSC.addressesTarget)] = (
        connection()
    )
    kpis: Annotated[Connection[types.Kpi], inverse(SSC.measuresTarget)] = connection()


@strawberry.type
@maps(SDGO.Indicator)
class Indicator(Thing):
    codes: Annotated[list[str], Rdf(SKOS.notation)]
    scheme: Annotated[types.ConceptScheme, Rdf(SKOS.inScheme)]
    targets: Annotated[Connection[Target], Rdf(SDGO.isIndicatorOf)] = connection()
    goals: Annotated[Connection[Goal], Rdf(SSC.measuresGoal)] = connection()
    custodians: Annotated[Connection[types.Organization], Rdf(SSC.custodian)] = (
        connection()
    )

    kpis: Annotated[Connection[types.Kpi], inverse(SSC.measuresIndicator)] = (
        connection()
    )


@strawberry.type
@maps(SSC.Contribution)
class Contribution(Thing):
    contributors: Annotated[Connection[types.Organization], Rdf(SSC.contributor)] = (
        connection()
    )
    strength: Annotated[types.ContributionStrength | None, Rdf(SSC.strength)]
    goals: Annotated[Connection[Goal], Rdf(SSC.addressesGoal)] = connection()
    targets: Annotated[Connection[Target], Rdf(SSC.addressesTarget)] = connection()
    frameworks: Annotated[Connection[types.Framework], Rdf(SSC.addressesFramework)] = (
        connection()
    )
    through: Annotated[Connection[types.Instrument], Rdf(SSC.through)] = connection()
    partners: Annotated[Connection[types.Organization], Rdf(SSC.partner)] = connection()
    activities: Annotated[Connection[types.Activity], Rdf(SSC.includesActivity)] = (
        connection()
    )
    involves: Annotated[Connection[types.StakeholderGroup], Rdf(SSC.involves)] = (
        connection()
    )
    beneficiaries: Annotated[
        Connection[types.StakeholderGroup], Rdf(SSC.beneficiary)
    ] = connection()
    topics: Annotated[Connection[types.Topic], Rdf(DCTERMS.subject)] = connection()
    characterisations: Annotated[list[str], Rdf(SSC.characterisation)]


@strawberry.type
@maps(SSC.ActionLine)
class ActionLine(Concept):
    code: Annotated[str, Rdf(SKOS.notation)]
    sub_line_of: Annotated[ActionLine | None, Rdf(SKOS.broader)]
    framework: Annotated[types.Framework, Rdf(DCTERMS.isPartOf)]

    sub_lines: Annotated[Connection[ActionLine], inverse(SKOS.broader)] = connection()
    initiatives: Annotated[Connection[types.Initiative], inverse(SSC.actionLine)] = (
        connection()
    )
    goal_links: Annotated[Connection[ActionLineGoalLink], inverse(SSC.actionLine)] = (
        connection()
    )


@strawberry.type
@maps(SSC.ActionLineGoalLink)
class ActionLineGoalLink(Thing):
    action_line: Annotated[ActionLine, Rdf(SSC.actionLine)]
    goal: Annotated[Goal, Rdf(SSC.addressesGoal)]
    strength: Annotated[types.ContributionStrength | None, Rdf(SSC.strength)]
