"""What agreements work with or towards: initiatives, platforms, frameworks."""

from __future__ import annotations

from typing import Annotated

import strawberry

from ssc_kg.engine.connections import Connection, connection
from ssc_kg.graphql_api import types
from ssc_kg.graphql_api.types.base import Thing
from ssc_kg.graphql_api.types.markers import inverse
from ssc_kg.mapping.declare import Rdf, maps
from ssc_kg.rdf.vocab import DCTERMS, SSC


@strawberry.interface
@maps(SSC.Instrument)
class Instrument(Thing):
    responsible_bodies: Annotated[
        Connection[types.Organization], Rdf(SSC.responsibleBody)
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
    kinds: Annotated[Connection[types.InstrumentKind], Rdf(DCTERMS.type)] = connection()
    part_of: Annotated[Initiative | None, Rdf(DCTERMS.isPartOf)]
    coordinators: Annotated[Connection[types.Organization], Rdf(SSC.coordinatedBy)] = (
        connection()
    )
    promoters: Annotated[Connection[types.Organization], Rdf(SSC.promotedBy)] = (
        connection()
    )
    main_mechanism_of: Annotated[
        Connection[types.Organization], Rdf(SSC.mainMechanismOf)
    ] = connection()
    advances: Annotated[Connection[types.Topic], Rdf(SSC.advances)] = connection()
    beneficiaries: Annotated[
        Connection[types.StakeholderGroup], Rdf(SSC.beneficiary)
    ] = connection()

    parts: Annotated[Connection[Initiative], inverse(DCTERMS.isPartOf)] = connection()


@strawberry.type
@maps(SSC.Platform)
class Platform(Instrument):
    kinds: Annotated[Connection[types.InstrumentKind], Rdf(DCTERMS.type)] = connection()
    purposes: Annotated[Connection[types.Topic], Rdf(SSC.purpose)] = connection()


@strawberry.type
@maps(SSC.Framework)
class Framework(Instrument):
    number_of_goals: Annotated[int | None, Rdf(SSC.numberOfGoals)]
    related: Annotated[Connection[Framework], Rdf(DCTERMS.relation)] = connection()

    goals: Annotated[Connection[types.Goal], inverse(DCTERMS.isPartOf)] = connection()
    addressing_agreements: Annotated[
        Connection[types.Agreement], inverse(SSC.addressesFramework)
    ] = connection()


@strawberry.type
@maps(SSC.Standard)
class Standard(Instrument):
    pass
