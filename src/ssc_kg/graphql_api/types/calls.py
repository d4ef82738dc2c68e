"""Calls for people to take part, and what applicants must meet."""

from __future__ import annotations

from typing import Annotated

import strawberry

from ssc_kg.engine.connections import Connection, connection
from ssc_kg.graphql_api import types
from ssc_kg.graphql_api.types.base import Thing
from ssc_kg.graphql_api.types.markers import inverse
from ssc_kg.mapping.declare import Rdf, maps
from ssc_kg.rdf.vocab import DCTERMS, SKOS, SSC


@strawberry.type
@maps(SSC.Call)
class Call(Thing):
    call_of: Annotated[Connection[types.Organization], Rdf(SSC.callOf)] = connection()
    invites: Annotated[Connection[types.StakeholderGroup], Rdf(SSC.invites)] = (
        connection()
    )
    deadline: Annotated[str | None, Rdf(SSC.deadline)]
    deadline_printed: Annotated[str | None, Rdf(SSC.deadlinePrinted)]
    topics: Annotated[Connection[types.Topic], Rdf(DCTERMS.subject)] = connection()

    requirements: Annotated[Connection[Requirement], inverse(SSC.requirementOf)] = (
        connection()
    )


@strawberry.type
@maps(SSC.Requirement)
class Requirement(Thing):
    call: Annotated[Call, Rdf(SSC.requirementOf)]
    heading: Annotated[str | None, Rdf(SKOS.notation)]
