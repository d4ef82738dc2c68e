"""What everything that the graph describes has in common."""

from __future__ import annotations

from typing import Annotated

import strawberry

from ssc_kg.engine.connections import Connection, connection
from ssc_kg.engine.localized import LocalizedString
from ssc_kg.graphql_api import types
from ssc_kg.graphql_api.types.markers import inverse, text
from ssc_kg.mapping.declare import Identity, Rdf, maps
from ssc_kg.rdf.vocab import DCTERMS, RDF, SKOS, SSC


@strawberry.interface(description="Anything the graph describes, named by its IRI.")
@maps()
class Node:
    id: Annotated[strawberry.ID, Identity()] = strawberry.field(
        description="The IRI, which is also the address of a description."
    )
    evidence: Annotated[Connection[types.Evidence], inverse(RDF.subject)] = connection()


@strawberry.interface
@maps(SSC.Thing)
class Thing(Node):
    name: Annotated[str, text(SKOS.prefLabel)]
    names: Annotated[list[LocalizedString], text(SKOS.prefLabel)]
    alternative_names: Annotated[list[str], text(SKOS.altLabel)]
    acronym: Annotated[str | None, Rdf(SSC.acronym)]
    description: Annotated[str | None, text(DCTERMS.description)]
    descriptions: Annotated[list[LocalizedString], text(DCTERMS.description)]
