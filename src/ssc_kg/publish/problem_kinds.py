"""The kinds of problems at their IRIs (RFC 9457, section 3.1.1): what each one is."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http import HTTPStatus
from typing import TypeAlias

from pyoxigraph import Literal, NamedNode, Triple
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ssc_kg.errors import UnknownResourceError
from ssc_kg.formats.table import HTML, RDF_FORMATS
from ssc_kg.formats.write import write_graph
from ssc_kg.http.conditional import entity_tag, is_fresh
from ssc_kg.http.problems import Kind, kinds
from ssc_kg.publish.asof import CACHING
from ssc_kg.publish.representation import choose_format
from ssc_kg.rdf.vocab import DCTERMS, RDF, RDFS, SKOS
from ssc_kg.urls import Urls, split_suffix

Page: TypeAlias = Callable[[Kind], Response]
"""Makes the page about a kind of problem."""
_FORMATS = (*RDF_FORMATS, HTML)


def routes(urls: Urls, page: Page) -> list[Route]:
    """Return the route; it answers GET and HEAD."""
    return [Route("/problems/{slug}", _Kinds(urls, page).answer)]


@dataclass(frozen=True, slots=True)
class _Kinds:
    urls: Urls
    page: Page

    def answer(self, request: Request) -> Response:
        slug, suffix = split_suffix(request.path_params["slug"])
        kind = kinds().get(slug)
        if kind is None:
            raise UnknownResourceError(self.urls.problem(slug))
        format_ = choose_format(request, suffix, _FORMATS)
        tag = entity_tag("problem", slug, format_.name, self.urls.base_iri)
        headers = {"Cache-Control": CACHING, "ETag": tag, "Vary": "Accept"}
        if is_fresh(request.headers, tag):
            return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
        if format_ is HTML:
            response = self.page(kind)
            response.headers.update(headers)
            return response
        body = b"".join(write_graph(_describe(kind, self.urls), format_))
        return Response(body, headers=headers, media_type=format_.media_type)


def _describe(kind: Kind, urls: Urls) -> Iterator[Triple]:
    problem = NamedNode(urls.problem(kind.slug))
    yield Triple(problem, RDF.type, SKOS.Concept)
    yield Triple(problem, SKOS.prefLabel, Literal(kind.title, language="en"))
    yield Triple(problem, RDFS.comment, Literal(kind.meaning, language="en"))
    yield Triple(problem, DCTERMS.identifier, Literal(kind.slug))
    yield Triple(problem, SKOS.notation, Literal(str(kind.status)))
