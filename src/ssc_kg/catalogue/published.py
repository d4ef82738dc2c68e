"""What editors of SPARQL are told as triples: the prefixes that need no declaration."""

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Triple

from ssc_kg.rdf.namespaces import PREFIXES
from ssc_kg.rdf.vocab import RDF, SH, XSD
from ssc_kg.urls import Urls


def describe_prefixes(urls: Urls) -> Iterator[Triple]:
    """Yield the prefixes that every query may use without declaring them."""
    for prefix, namespace in PREFIXES.items():
        declaration = prefix_declaration(prefix, urls)
        yield Triple(urls.prefixes, SH.declare, declaration)
        yield Triple(declaration, RDF.type, SH.PrefixDeclaration)
        yield Triple(declaration, SH.prefix, Literal(prefix))
        yield Triple(declaration, SH.namespace, Literal(namespace, datatype=XSD.anyURI))


def prefix_declaration(prefix: str, urls: Urls) -> NamedNode:
    """Return the IRI of the declaration of a prefix."""
    return urls.part(urls.prefixes, prefix)
