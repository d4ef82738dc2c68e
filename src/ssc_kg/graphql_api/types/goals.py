"""The Sustainable Development Goals and their targets."""

from __future__ import annotations

from typing import Annotated

import strawberry

from ssc_kg.engine.connections import Connection, connection
from ssc_kg.graphql_api import types
from ssc_kg.graphql_api.types.base import Thing
from ssc_kg.graphql_api.types.markers import inverse
from ssc_kg.mapping.declare import Rdf, maps
from ssc_kg.rdf.vocab import DCTERMS, SDGO, SKOS, SSC


@strawberry.type
@maps(SDGO.Goal)
class Goal(Thing):
    code: Annotated[str, Rdf(SKOS.notation)]
    scheme: Annotated[types.ConceptScheme, Rdf(SKOS.inScheme)]
    framework: Annotated[types.Framework | None, Rdf(DCTERMS.isPartOf)]
    exact_matches: Annotated[list[str], Rdf(SKOS.exactMatch)]

    targets: Annotated[Connection[Target], inverse(SDGO.isTargetOf)] = connection()
    agreements: Annotated[Connection[types.Agreement], inverse(SSC.addressesGoal)] = (
        connection()
    )
    provisions: Annotated[Connection[types.Provision], inverse(SSC.addressesGoal)] = (
        connection()
    )


@strawberry.type
@maps(SDGO.Target)
class Target(Thing):
    code: Annotated[str, Rdf(SKOS.notation)]
    scheme: Annotated[types.ConceptScheme, Rdf(SKOS.inScheme)]
    goal: Annotated[Goal, Rdf(SDGO.isTargetOf)]
    exact_matches: Annotated[list[str], Rdf(SKOS.exactMatch)]
