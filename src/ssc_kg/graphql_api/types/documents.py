"""The documents, the passages that support the facts, and who took them."""

from __future__ import annotations

from typing import Annotated

import strawberry

from ssc_kg.engine.connections import Connection, connection
from ssc_kg.graphql_api import types
from ssc_kg.graphql_api.types.base import Node, Thing
from ssc_kg.graphql_api.types.markers import inverse
from ssc_kg.mapping.declare import Rdf, maps, speaks_of_links
from ssc_kg.rdf.vocab import DCTERMS, OA, PROV, RDF, SSC


@strawberry.type
@maps(SSC.SourceDocument)
class SourceDocument(Thing):
    headline: Annotated[str, Rdf(DCTERMS.title)]
    kind: Annotated[types.DocumentKind | None, Rdf(DCTERMS.type)]
    file_name: Annotated[str, Rdf(SSC.fileName)]
    sha256: Annotated[str, Rdf(SSC.sha256)]
    length: Annotated[int, Rdf(SSC.length)]

    passages: Annotated[Connection[Evidence], inverse(PROV.wasQuotedFrom)] = (
        connection()
    )


@strawberry.type
@maps(SSC.Evidence)
@speaks_of_links(RDF.subject, RDF.predicate, RDF.object)
class Evidence(Node):
    subject: Annotated[types.Node, Rdf(RDF.subject)]
    property: Annotated[str, Rdf(RDF.predicate)]
    value_text: Annotated[str, Rdf(RDF.object)] = strawberry.field(
        description="The value of the fact, as text: an IRI, or what a literal says."
    )
    value_node: Annotated[types.Node | None, Rdf(RDF.object)] = strawberry.field(
        description="The value of the fact, if the graph describes it; null if not, "
        "as for every literal."
    )
    document: Annotated[SourceDocument, Rdf(PROV.wasQuotedFrom)]
    start: Annotated[int, Rdf(OA.start)]
    end: Annotated[int, Rdf(OA.end)]
    phrase: Annotated[str, Rdf(OA.exact)]
    extracted_by: Annotated[Editor, Rdf(PROV.wasAttributedTo)]


@strawberry.type
@maps(SSC.Editor)
class Editor(Thing):
    extracted: Annotated[Connection[Evidence], inverse(PROV.wasAttributedTo)] = (
        connection()
    )
