"""The JSON-LD context at its address: what every JSON-LD document here is written with.

Each of them holds the part that it uses, so that reading one fetches nothing; this is
for who writes JSON-LD by the same names.
"""

from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ssc_kg.formats.jsonld import published_context
from ssc_kg.formats.table import JSON_LD
from ssc_kg.http.conditional import entity_tag, is_fresh
from ssc_kg.publish.asof import CACHING


def routes() -> list[Route]:
    """Return the route; it answers GET and HEAD."""
    return [Route("/context.jsonld", _answer)]


def _answer(request: Request) -> Response:
    content = published_context()
    tag = entity_tag("context", content.decode())
    headers = {"Cache-Control": CACHING, "ETag": tag}
    if is_fresh(request.headers, tag):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    return Response(content, headers=headers, media_type=JSON_LD.media_type)
