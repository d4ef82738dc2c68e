"""The services that a server offers, in one table, for DCAT and the API catalogue."""

from urllib.parse import urljoin

from starlette.requests import Request

from ssc_kg.dataset.services import Link, Service
from ssc_kg.formats.table import GRAPHQL_DOCUMENT, HTML, JSON, TURTLE
from ssc_kg.urls import Urls


def absolute(request: Request, urls: Urls) -> Urls:
    """Return the same addresses as whole URLs: of who asks, unless the server has one.

    That is known only here: the same data may be served at any address.
    """
    return Urls(urls.base_iri, urljoin(str(request.base_url), urls.public_url))


def services(urls: Urls, *, has_schema: bool) -> tuple[Service, ...]:
    """Return the services at absolute addresses.

    Args:
        urls: The addresses.
        has_schema: Whether the GraphQL schema is published.
    """
    sparql, graphql = urls.url(urls.sparql), urls.url(urls.graphql)
    schema = Link(urls.url(urls.graphql_schema), GRAPHQL_DOCUMENT.media_type)
    return (
        Service(
            "sparql",
            "SPARQL",
            "Any SPARQL 1.1 query over the dataset and its named graphs, with limits.",
            sparql,
            machine_readable=(Link(sparql, TURTLE.media_type),),
            human_readable=(Link(sparql, HTML.media_type),),
            standard="https://www.w3.org/TR/sparql11-protocol/",
        ),
        Service(
            "graphql",
            "GraphQL",
            "Typed queries over the dataset, answered as JSON or as RDF.",
            graphql,
            machine_readable=(schema,) if has_schema else (),
            human_readable=(Link(graphql, HTML.media_type),),
            standard="https://spec.graphql.org/October2021/",
        ),
        Service(
            "questions",
            "Questions",
            "Questions with parameters that the dataset answers, each at an address.",
            urls.url(urls.queries),
            machine_readable=(Link(urls.url(urls.openapi), JSON.media_type),),
            human_readable=(Link(urls.url(urls.queries), HTML.media_type),),
            standard="https://spec.openapis.org/oas/v3.1.0",
        ),
        Service(
            "linked-data",
            "Linked data",
            "Every thing, graph, term and version at its own address, in each format.",
            urls.public_url,
            machine_readable=(Link(urls.url(urls.void), TURTLE.media_type),),
            human_readable=(Link(urls.public_url, HTML.media_type),),
        ),
    )
