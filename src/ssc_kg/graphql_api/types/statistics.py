"""Numbers that sources give about things."""

from __future__ import annotations

from typing import Annotated

import strawberry

from ssc_kg.graphql_api import types
from ssc_kg.graphql_api.types.base import Thing
from ssc_kg.mapping.declare import Rdf, maps
from ssc_kg.rdf.vocab import DCTERMS, SOSA, SSC


@strawberry.type
@maps(SSC.Statistic)
class Statistic(Thing):
    about: Annotated[Thing, Rdf(SOSA.hasFeatureOfInterest)]
    measure: Annotated[types.Measure, Rdf(SOSA.observedProperty)]
    value: Annotated[float | None, Rdf(SOSA.hasSimpleResult)]
    printed_number: Annotated[str | None, Rdf(SSC.printedValue)]
    is_lower_bound: Annotated[bool | None, Rdf(SSC.isLowerBound)]
    as_of: Annotated[str | None, Rdf(SSC.asOf)]
    unit: Annotated[types.Unit | None, Rdf(SSC.unit)]
    citation: Annotated[str | None, Rdf(DCTERMS.bibliographicCitation)]
