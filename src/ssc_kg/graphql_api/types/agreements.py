"""Agreements, who signed them, and what they provide for."""

from __future__ import annotations

from typing import Annotated

import strawberry

from ssc_kg.engine.connections import Connection, connection
from ssc_kg.graphql_api import types
from ssc_kg.graphql_api.types.base import Thing
from ssc_kg.graphql_api.types.markers import inverse
from ssc_kg.mapping.declare import PerType, Rdf, maps
from ssc_kg.rdf.vocab import DCTERMS, SKOS, SSC


@strawberry.interface
@maps(SSC.Agreement)
class Agreement(Thing):
    signatories: Annotated[Connection[types.Organization], Rdf(SSC.signatory)] = (
        connection()
    )
    signed_on: Annotated[str | None, Rdf(SSC.signedOn)]
    signed_on_printed: Annotated[str | None, Rdf(SSC.signedOnPrinted)]
    signed_at: Annotated[types.Event | None, Rdf(SSC.signedAt)]
    signed_in: Annotated[types.Place | None, Rdf(SSC.signedIn)]
    characterisations: Annotated[list[str], Rdf(SSC.characterisation)]
    topics: Annotated[Connection[types.Topic], Rdf(DCTERMS.subject)] = connection()
    goals: Annotated[Connection[types.Goal], Rdf(SSC.addressesGoal)] = connection()
    frameworks: Annotated[Connection[types.Framework], Rdf(SSC.addressesFramework)] = (
        connection()
    )
    in_accordance_with: Annotated[
        Connection[types.Framework], Rdf(SSC.inAccordanceWith)
    ] = connection()
    target_year: Annotated[int | None, Rdf(SSC.targetYear)]
    advances: Annotated[Connection[types.Topic], Rdf(SSC.advances)] = connection()
    emphases: Annotated[Connection[types.Topic], Rdf(SSC.emphasis)] = connection()
    contributes_to: Annotated[Connection[types.Instrument], Rdf(SSC.contributesTo)] = (
        connection()
    )
    promotes: Annotated[Connection[types.Instrument], Rdf(SSC.promotes)] = connection()
    facilitated_through: Annotated[
        Connection[types.Instrument], Rdf(SSC.facilitatedThrough)
    ] = connection()
    partnerships: Annotated[
        Connection[types.Partnership], Rdf(SSC.concernsPartnership)
    ] = connection()
    reinvigorates: Annotated[Connection[types.Partnership], Rdf(SSC.reinvigorates)] = (
        connection()
    )
    beneficiaries: Annotated[
        Connection[types.StakeholderGroup], Rdf(SSC.beneficiary)
    ] = connection()
    regions: Annotated[Connection[types.Region], Rdf(SSC.concernsRegion)] = connection()

    signatures: Annotated[Connection[Signature], inverse(SSC.signatureOf)] = (
        connection()
    )
    aims: Annotated[Connection[Aim], inverse(SSC.aimOf)] = connection()
    commitments: Annotated[Connection[Commitment], inverse(SSC.commitmentOf)] = (
        connection()
    )
    expected_results: Annotated[
        Connection[ExpectedResult], inverse(SSC.expectedResultOf)
    ] = connection()
    focus_areas: Annotated[Connection[FocusArea], inverse(SSC.focusAreaOf)] = (
        connection()
    )
    statements: Annotated[
        Connection[types.Statement], inverse(SSC.concernsAgreement)
    ] = connection()


@strawberry.type
@maps(SSC.MemorandumOfUnderstanding)
class MemorandumOfUnderstanding(Agreement):
    pass


@strawberry.type
@maps(SSC.Signature)
class Signature(Thing):
    agreement: Annotated[Agreement, Rdf(SSC.signatureOf)]
    organization: Annotated[types.Organization, Rdf(SSC.onBehalfOf)]
    representative: Annotated[types.Person | None, Rdf(SSC.signedBy)]
    in_role: Annotated[types.Membership | None, Rdf(SSC.inRole)]
    signed_at: Annotated[types.Event | None, Rdf(SSC.signedAt)]


@strawberry.interface
@maps(SSC.Provision)
class Provision(Thing):
    agreement: Annotated[Agreement, PerType()] = strawberry.field(
        description="The agreement that this is a provision of."
    )
    item: Annotated[str | None, Rdf(SKOS.notation)]
    characterisations: Annotated[list[str], Rdf(SSC.characterisation)]
    topics: Annotated[Connection[types.Topic], Rdf(DCTERMS.subject)] = connection()
    goals: Annotated[Connection[types.Goal], Rdf(SSC.addressesGoal)] = connection()
    frameworks: Annotated[Connection[types.Framework], Rdf(SSC.addressesFramework)] = (
        connection()
    )
    advances: Annotated[Connection[types.Topic], Rdf(SSC.advances)] = connection()
    concerns: Annotated[Connection[types.Instrument], Rdf(SSC.concerns)] = connection()
    contributes_to: Annotated[Connection[types.Instrument], Rdf(SSC.contributesTo)] = (
        connection()
    )
    activities: Annotated[Connection[Activity], Rdf(SSC.includesActivity)] = (
        connection()
    )
    beneficiaries: Annotated[
        Connection[types.StakeholderGroup], Rdf(SSC.beneficiary)
    ] = connection()
    geographic_levels: Annotated[
        Connection[types.GeographicLevel], Rdf(SSC.geographicLevel)
    ] = connection()


@strawberry.type
@maps(SSC.Aim)
class Aim(Provision):
    agreement: Annotated[Agreement, Rdf(SSC.aimOf)]
    in_accordance_with: Annotated[
        Connection[types.Framework], Rdf(SSC.inAccordanceWith)
    ] = connection()
    pursued_through: Annotated[Connection[types.Topic], Rdf(SSC.pursuedThrough)] = (
        connection()
    )
    target_year: Annotated[int | None, Rdf(SSC.targetYear)]


@strawberry.type
@maps(SSC.Commitment)
class Commitment(Provision):
    agreement: Annotated[Agreement, Rdf(SSC.commitmentOf)]
    committed_parties: Annotated[
        Connection[types.Organization], Rdf(SSC.committedParty)
    ] = connection()
    outreach_targets: Annotated[
        Connection[types.StakeholderGroup], Rdf(SSC.outreachTarget)
    ] = connection()
    carried_out_through: Annotated[
        Connection[types.Instrument], Rdf(SSC.carriedOutThrough)
    ] = connection()


@strawberry.type
@maps(SSC.ExpectedResult)
class ExpectedResult(Provision):
    agreement: Annotated[Agreement, Rdf(SSC.expectedResultOf)]
    safeguards: Annotated[Connection[types.StakeholderGroup], Rdf(SSC.safeguards)] = (
        connection()
    )


@strawberry.type
@maps(SSC.FocusArea)
class FocusArea(Provision):
    agreement: Annotated[Agreement, Rdf(SSC.focusAreaOf)]


@strawberry.type
@maps(SSC.Activity)
class Activity(Thing):
    included_in: Annotated[Connection[Provision], inverse(SSC.includesActivity)] = (
        connection()
    )
    called_for_in: Annotated[Connection[types.Statement], inverse(SSC.callsFor)] = (
        connection()
    )
    contributions: Annotated[
        Connection[types.Contribution], inverse(SSC.includesActivity)
    ] = connection()
    instruments: Annotated[
        Connection[types.Instrument], inverse(SSC.includesActivity)
    ] = connection()
    organizations: Annotated[
        Connection[types.Organization], inverse(SSC.includesActivity)
    ] = connection()
