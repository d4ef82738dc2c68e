"""The prefixes that need no declaration, published at `/prefixes`.

    RDF         a `sh:declare` for each (SHACL, section 5.2.1), in every format
    JSON-LD     the same, with all of them as its context: also a context to refer to
    SPARQL      the declarations, to be put before a query
    HTML        a list, made by whoever makes the pages

By `Accept`, by `?format=` or by suffix, as `/prefixes.rq`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import TypeAlias

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ssc_kg.catalogue.published import describe_prefixes, prefix_declaration
from ssc_kg.formats.table import (
    HTML,
    JSON_LD,
    RDF_FORMATS,
    SPARQL_QUERY,
    Format,
)
from ssc_kg.formats.write import write_graph
from ssc_kg.http.conditional import entity_tag, is_fresh
from ssc_kg.http.negotiation import named
from ssc_kg.publish.answers import CACHING, choose
from ssc_kg.rdf.namespaces import PREFIXES
from ssc_kg.urls import Urls

Page: TypeAlias = Callable[[Mapping[str, str], Mapping[str, str]], Response]
"""Makes the page that lists namespaces by prefix, and links to addresses by format."""

_FORMATS = (*RDF_FORMATS, SPARQL_QUERY, HTML)


def routes(urls: Urls, page: Page) -> list[Route]:
    """Return the routes; each answers GET and HEAD."""
    prefixes = _Prefixes(urls, page)
    return [
        Route("/prefixes", prefixes.answer),
        Route("/prefixes.{suffix}", prefixes.answer),
    ]


def write_declarations() -> str:
    """Return the declarations as SPARQL writes them, a line each."""
    return "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())


@dataclass(frozen=True, slots=True)
class _Prefixes:
    urls: Urls
    page: Page

    def answer(self, request: Request) -> Response:
        suffix = request.path_params.get("suffix")
        format_ = (
            choose(request, request.query_params.get("format"), _FORMATS)
            if suffix is None
            else named(suffix, _FORMATS)
        )
        # They change with the release only, which is part of every tag.
        tag = entity_tag("prefixes", self.urls.base_iri, format_.name)
        headers = {
            "Cache-Control": CACHING,
            "Content-Location": self._address(format_),
            "ETag": tag,
            "Link": ", ".join(self._alternates(format_)),
            "Vary": "Accept",
        }
        if is_fresh(request.headers, tag):
            return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
        if format_ is not HTML:
            body = self._write(format_)
            return Response(body, headers=headers, media_type=format_.media_type)
        addresses = {each.name: self._address(each) for each in _FORMATS}
        response = self.page(PREFIXES, addresses)
        response.headers.update(headers)
        return response

    def _write(self, format_: Format) -> bytes:
        if format_ is SPARQL_QUERY:
            return write_declarations().encode()
        if format_ is JSON_LD:
            return self._write_context()
        return b"".join(write_graph(describe_prefixes(self.urls), format_))

    def _write_context(self) -> bytes:
        """Write the declarations, compacted by the prefixes that they declare."""
        declarations = [
            {
                "@id": prefix_declaration(prefix, self.urls).value,
                "@type": "sh:PrefixDeclaration",
                "sh:prefix": prefix,
                "sh:namespace": {"@type": "xsd:anyURI", "@value": namespace},
            }
            for prefix, namespace in PREFIXES.items()
        ]
        document = {
            "@context": dict(PREFIXES),
            "@id": self.urls.prefixes.value,
            "sh:declare": declarations,
        }
        return orjson.dumps(document, option=orjson.OPT_INDENT_2)

    def _address(self, format_: Format) -> str:
        return self.urls.url(self.urls.prefixes, suffix=format_.suffix)

    def _alternates(self, chosen: Format) -> list[str]:
        return [
            f'<{self._address(each)}>; rel="alternate"; type="{each.media_type}"'
            for each in _FORMATS
            if each is not chosen
        ]
