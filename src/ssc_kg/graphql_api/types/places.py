"""Places, from cities to parts of the world."""

from __future__ import annotations

from typing import Annotated

import strawberry

from ssc_kg.engine.connections import Connection, closure, connection
from ssc_kg.graphql_api import types
from ssc_kg.graphql_api.types.agents import Member
from ssc_kg.graphql_api.types.base import Node
from ssc_kg.graphql_api.types.markers import inverse, steps, steps_back
from ssc_kg.mapping.declare import Rdf, maps
from ssc_kg.rdf.vocab import GEO, SCHEMA, SOSA, SSC


@strawberry.interface
@maps(SSC.Place)
class Place(Member):
    contained_in: Annotated[Place | None, Rdf(SCHEMA.containedInPlace)]
    geometry: Annotated[Geometry | None, Rdf(GEO.hasGeometry)]
    latitude: Annotated[float | None, Rdf(SCHEMA.latitude)]
    longitude: Annotated[float | None, Rdf(SCHEMA.longitude)]
    same_as: Annotated[list[str], Rdf(SCHEMA.sameAs)]
    ancestors: Annotated[Connection[Place], steps(SCHEMA.containedInPlace)] = closure(
        "All places in which this lies, near and far."
    )
    descendants: Annotated[Connection[Place], steps_back(SCHEMA.containedInPlace)] = (
        closure("All places that lie in this, near and far.")
    )

    contains: Annotated[Connection[Place], inverse(SCHEMA.containedInPlace)] = (
        connection()
    )
    events: Annotated[Connection[types.Event], inverse(SCHEMA.location)] = connection()
    agreements: Annotated[Connection[types.Agreement], inverse(SSC.signedIn)] = (
        connection()
    )
    event_series: Annotated[Connection[types.EventSeries], inverse(SCHEMA.location)] = (
        connection()
    )
    organizations: Annotated[Connection[types.Organization], inverse(SSC.basedIn)] = (
        connection()
    )
    statistics: Annotated[
        Connection[types.Statistic], inverse(SOSA.hasFeatureOfInterest)
    ] = connection()


@strawberry.type
@maps(SSC.City)
class City(Place):
    kpi_values: Annotated[
        Connection[types.KpiValue], inverse(SOSA.hasFeatureOfInterest)
    ] = connection()


@strawberry.type
@maps(SSC.Country)
class Country(Place):
    iso_alpha2: Annotated[str | None, Rdf(SSC.isoAlpha2)]
    iso_alpha3: Annotated[str | None, Rdf(SSC.isoAlpha3)]


@strawberry.type
@maps(SSC.Region)
class Region(Place):
    iso_subdivision: Annotated[str | None, Rdf(SSC.isoSubdivision)]

    served_by: Annotated[Connection[types.Organization], inverse(SCHEMA.areaServed)] = (
        connection()
    )
    concerning_agreements: Annotated[
        Connection[types.Agreement], inverse(SSC.concernsRegion)
    ] = connection()
    statements: Annotated[Connection[types.Statement], inverse(SSC.concernsRegion)] = (
        connection()
    )
    concerning_instruments: Annotated[
        Connection[types.Instrument], inverse(SSC.concernsRegion)
    ] = connection()


@strawberry.type
@maps(SSC.District)
class District(Place):
    pass


@strawberry.type
@maps(GEO.Geometry)
class Geometry(Node):
    wkt: Annotated[str, Rdf(GEO.asWKT)]

    places: Annotated[Connection[Place], inverse(GEO.hasGeometry)] = connection()
