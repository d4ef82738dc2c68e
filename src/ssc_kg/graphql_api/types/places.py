"""Places, from cities to parts of the world."""

from __future__ import annotations

from typing import Annotated

import strawberry

from ssc_kg.engine.connections import Connection, connection
from ssc_kg.graphql_api import types
from ssc_kg.graphql_api.types.base import Thing
from ssc_kg.graphql_api.types.markers import inverse
from ssc_kg.mapping.declare import Rdf, maps
from ssc_kg.rdf.vocab import SCHEMA, SSC


@strawberry.interface
@maps(SSC.Place)
class Place(Thing):
    contained_in: Annotated[Place | None, Rdf(SCHEMA.containedInPlace)]

    contains: Annotated[Connection[Place], inverse(SCHEMA.containedInPlace)] = (
        connection()
    )
    events: Annotated[Connection[types.Event], inverse(SCHEMA.location)] = connection()
    agreements: Annotated[Connection[types.Agreement], inverse(SSC.signedIn)] = (
        connection()
    )


@strawberry.type
@maps(SSC.City)
class City(Place):
    pass


@strawberry.type
@maps(SSC.Country)
class Country(Place):
    pass


@strawberry.type
@maps(SSC.Region)
class Region(Place):
    served_by: Annotated[Connection[types.Organization], inverse(SCHEMA.areaServed)] = (
        connection()
    )
    concerning_agreements: Annotated[
        Connection[types.Agreement], inverse(SSC.concernsRegion)
    ] = connection()
    statements: Annotated[Connection[types.Statement], inverse(SSC.concernsRegion)] = (
        connection()
    )
