"""The GraphQL schema as a document, for programs that read it without asking."""

from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ssc_kg.engine.engine import Engine
from ssc_kg.formats.table import GRAPHQL_DOCUMENT
from ssc_kg.http.conditional import entity_tag, is_fresh

_CACHING = "public, max-age=60, stale-while-revalidate=600"


def schema_route(engine: Engine, path: str) -> Route:
    """Return the route of the schema (SDL), which changes with the release only."""
    text = f"{engine.schema.as_str()}\n"
    headers = {"Cache-Control": _CACHING, "ETag": entity_tag("schema", text)}

    def answer(request: Request) -> Response:
        if is_fresh(request.headers, headers["ETag"]):
            return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
        media_type = GRAPHQL_DOCUMENT.media_type
        return Response(text, headers=headers, media_type=media_type)

    return Route(path, answer)
