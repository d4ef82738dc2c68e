"""The lists of concepts: topics, roles, groups, levels and kinds."""

from __future__ import annotations

from typing import Annotated

import strawberry

from ssc_kg.engine.connections import Connection, connection
from ssc_kg.graphql_api import types
from ssc_kg.graphql_api.types.base import Thing
from ssc_kg.graphql_api.types.markers import inverse
from ssc_kg.mapping.declare import Rdf, maps
from ssc_kg.rdf.vocab import DCTERMS, ORG, SKOS, SSC


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


@strawberry.type
@maps(SSC.GeographicLevel)
class GeographicLevel(Concept):
    provisions: Annotated[Connection[types.Provision], inverse(SSC.geographicLevel)] = (
        connection()
    )


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


@strawberry.type
@maps(SSC.InstrumentKind)
class InstrumentKind(Concept):
    initiatives: Annotated[Connection[types.Initiative], inverse(DCTERMS.type)] = (
        connection()
    )
    platforms: Annotated[Connection[types.Platform], inverse(DCTERMS.type)] = (
        connection()
    )


@strawberry.type
@maps(SSC.DocumentKind)
class DocumentKind(Concept):
    documents: Annotated[Connection[types.SourceDocument], inverse(DCTERMS.type)] = (
        connection()
    )
