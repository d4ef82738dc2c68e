"""GraphQL over HTTP (the working draft of the GraphQL Foundation), GET and POST.

What is wrong with the request as such comes back as a problem document; what is wrong
with the operation, as a GraphQL error. With `application/graphql-response+json` an
operation that could not be run is a 400; with `application/json`, which older clients
ask for, it is a 200 as the draft has it. In the formats of RDF an answer is the facts
that it shows (`faces`).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus

import orjson
from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ssc_kg.compiler.shape import JsonObject
from ssc_kg.engine.operation import Engine, Operation
from ssc_kg.errors import BadRequestError, NotAcceptableError, StoreError
from ssc_kg.formats.table import GRAPHQL_RESPONSE, HTML, Format
from ssc_kg.graphql_api.explain import (
    EXPLAIN,
    asks_for_explanation,
    explain,
    prefers_explanation,
)
from ssc_kg.graphql_api.faces import FACES, answer_graph, choose_face
from ssc_kg.http.negotiation import negotiate
from ssc_kg.http.preferences import APPLIED
from ssc_kg.store.snapshot import Snapshots

MAXIMUM_BODY = 1024**2
"""The most bytes of a POST body."""
Page = Callable[[Request], Response]
"""Makes what a browser sees at the endpoint."""


@dataclass(frozen=True, slots=True)
class GraphQLEndpoint:
    """The GraphQL face.

    Attributes:
        engine: Answers operations.
        snapshots: What it answers from.
        page: Shown to browsers.
    """

    engine: Engine
    snapshots: Snapshots
    page: Page

    def routes(self, path: str) -> list[Route]:
        """Return the routes of the endpoint at `path`, with and without a slash."""
        return [
            Route(each, self._answer, methods=["GET", "POST"])
            for each in (path, f"{path}/")
        ]

    async def _answer(self, request: Request) -> Response:
        if request.method != "POST" and _wants_page(request):
            return self.page(request)
        format_ = choose_face(request)
        operation, is_explained = await _read(request)
        snapshot = self.snapshots.current()
        if format_.rdf is not None:
            run = partial(self.engine.facts, operation)
            answer = partial(answer_graph, asked=operation, run=run)
            return await to_thread.run_sync(answer, request, snapshot, format_)
        try:
            result = await to_thread.run_sync(
                self.engine.execute, operation, snapshot.store
            )
        except StoreError as error:
            status = HTTPStatus.SERVICE_UNAVAILABLE
            return _respond(_failure(str(error)), format_, status)
        is_refused = not result.is_executed and format_ is GRAPHQL_RESPONSE
        status = HTTPStatus.BAD_REQUEST if is_refused else HTTPStatus.OK
        body, is_preferred = result.body(), prefers_explanation(request)
        if is_explained or is_preferred:
            body["extensions"] = {EXPLAIN: explain(result, snapshot.record.number)}
        response = _respond(body, format_, status)
        if is_preferred:
            response.headers[APPLIED] = EXPLAIN
        return response


def _wants_page(request: Request) -> bool:
    if "format" in request.query_params:
        return False
    try:
        return negotiate(_accept(request), (*FACES, HTML)) is HTML
    except NotAcceptableError:
        return False


def _accept(request: Request) -> str:
    return request.headers.get("accept", "")


async def _read(request: Request) -> tuple[Operation, bool]:
    """Return the operation, and whether an explanation is asked for beside it."""
    if request.method != "POST":
        return _read_parameters(request.query_params)
    media_type = request.headers.get("content-type", "").partition(";")[0].strip()
    if media_type.lower() != "application/json":
        msg = (
            f"the Content-Type is {media_type!r}; "
            "send the operation as application/json, with `query` and `variables`"
        )
        raise BadRequestError(msg, status=HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
    return _read_body(await _body(request))


async def _body(request: Request) -> bytes:
    chunks, size = [], 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > MAXIMUM_BODY:
            msg = f"the body is larger than {MAXIMUM_BODY} bytes, the limit"
            raise BadRequestError(msg, status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        chunks.append(chunk)
    return b"".join(chunks)


def _read_parameters(parameters: Mapping[str, str]) -> tuple[Operation, bool]:
    if "query" not in parameters:
        msg = "there is no operation: give it as the parameter `query`, or POST it"
        raise BadRequestError(msg)
    return _operation(
        {
            "query": parameters["query"],
            "operationName": parameters.get("operationName") or None,
            "variables": _read_json(parameters.get("variables") or "null", "variables"),
            "extensions": _read_json(
                parameters.get("extensions") or "null", "extensions"
            ),
        }
    )


def _read_body(body: bytes) -> tuple[Operation, bool]:
    match _read_json(body, "the body"):
        case dict() as fields:
            return _operation(fields)
        case list():
            msg = "the body is a list; send one operation, batches are not supported"
            raise BadRequestError(msg)
        case _:
            msg = "the body is not a JSON object with `query` and `variables`"
            raise BadRequestError(msg)


def _read_json(text: str | bytes, what: str) -> object:
    try:
        value: object = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        msg = f"{what} is not JSON: {error}"
        raise BadRequestError(msg) from None
    return value


def _operation(fields: Mapping[str, object]) -> tuple[Operation, bool]:
    match fields.get("query"), fields.get("variables"), fields.get("operationName"):
        case str() as query, (dict() | None) as variables, (str() | None) as name:
            is_explained = asks_for_explanation(fields.get("extensions"))
            return Operation(query, variables or {}, name or None), is_explained
        case query, _, _ if not isinstance(query, str):
            msg = "`query` is missing; it is the text of the operation"
        case _, variables, _ if not isinstance(variables, dict | None):
            msg = "`variables` is not a JSON object"
        case _:
            msg = "`operationName` is not a string"
    raise BadRequestError(msg)


def _failure(message: str) -> JsonObject:
    return {
        "errors": [{"message": message, "extensions": {"code": "STORE_UNAVAILABLE"}}]
    }


def _respond(body: JsonObject, format_: Format, status: HTTPStatus) -> Response:
    return Response(
        orjson.dumps(body),
        status_code=status,
        media_type=format_.media_type,
        headers={"Vary": "Accept, Prefer", "Cache-Control": "no-cache"},
    )
