"""GraphQL over HTTP (the working draft of the GraphQL Foundation), GET and POST.

What is wrong with the request as such comes back as a problem document; what is wrong
with the operation, as a GraphQL error. With `application/graphql-response+json` an
operation that could not be run is a 400; with `application/json`, which older clients
ask for, it is a 200 as the draft has it. A batch is a 200 with a list of answers.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPMethod, HTTPStatus

import orjson
from anyio import to_thread
from graphql import GraphQLError, OperationType
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ssc_kg.engine.operation import Engine, Operation, Result
from ssc_kg.errors import (
    DocumentError,
    DocumentHashError,
    NotAcceptableError,
    PersistedQueryNotFoundError,
    PersistedQueryNotSupportedError,
    StoreError,
    UnknownDocumentError,
    UnregisteredDocumentError,
)
from ssc_kg.formats.table import GRAPHQL_FORMATS, GRAPHQL_RESPONSE, HTML, Format
from ssc_kg.graphql_api.documents import Documents
from ssc_kg.graphql_api.request import (
    Batch,
    GraphQLRequest,
    RequestLimits,
    read_request,
)
from ssc_kg.http.negotiation import negotiate
from ssc_kg.store.protocol import Store
from ssc_kg.store.snapshot import Snapshots

Page = Callable[[Request], Response]
"""Makes what a browser sees at the endpoint."""
UNAVAILABLE = "STORE_UNAVAILABLE"
"""The code of an operation that the store could not answer."""
_HEADERS = {"Vary": "Accept", "Cache-Control": "no-cache"}
_CODES: Mapping[type[DocumentError], str] = {
    PersistedQueryNotFoundError: "PERSISTED_QUERY_NOT_FOUND",
    PersistedQueryNotSupportedError: "PERSISTED_QUERY_NOT_SUPPORTED",
    DocumentHashError: "DOCUMENT_HASH_MISMATCH",
    UnknownDocumentError: "DOCUMENT_NOT_FOUND",
    UnregisteredDocumentError: "DOCUMENT_NOT_REGISTERED",
}


@dataclass(frozen=True, slots=True)
class GraphQLEndpoint:
    """The GraphQL face.

    Attributes:
        engine: Answers operations.
        snapshots: What it answers from.
        page: Shown to browsers.
        documents: Which documents may run.
        limits: How much one request may send.
    """

    engine: Engine
    snapshots: Snapshots
    page: Page
    documents: Documents
    limits: RequestLimits = field(default_factory=RequestLimits)

    def routes(self, path: str) -> list[Route]:
        """Return the routes of the endpoint at `path`, with and without a slash."""
        return [
            Route(each, self._answer, methods=["GET", "POST"])
            for each in (path, f"{path}/")
        ]

    async def _answer(self, request: Request) -> Response:
        if request.method != HTTPMethod.POST and _wants_page(request):
            return self.page(request)
        format_ = negotiate(_accept(request), GRAPHQL_FORMATS)
        match await read_request(request, self.limits):
            case GraphQLRequest() as one:
                return await self._answer_one(one, format_, request.method)
            case batch:
                return await self._answer_batch(batch, format_)

    async def _answer_one(
        self, asked: GraphQLRequest, format_: Format, method: str
    ) -> Response:
        store = self.snapshots.current().store
        try:
            result = await to_thread.run_sync(self._run, asked, store, method)
        except StoreError as error:
            body = _unavailable(error).body()
            return _respond(body, format_, HTTPStatus.SERVICE_UNAVAILABLE)
        is_refused = not result.is_executed and format_ is GRAPHQL_RESPONSE
        status = HTTPStatus.BAD_REQUEST if is_refused else HTTPStatus.OK
        return _respond(result.body(), format_, status)

    async def _answer_batch(self, batch: Batch, format_: Format) -> Response:
        store = self.snapshots.current().store
        bodies = []
        for asked in batch:
            try:
                result = await to_thread.run_sync(self._run, asked, store)
            except StoreError as error:
                result = _unavailable(error)
            bodies.append(result.body())
        return _respond(bodies, format_, HTTPStatus.OK)

    def _run(
        self, asked: GraphQLRequest, store: Store, method: str = HTTPMethod.POST
    ) -> Result:
        try:
            text = self.documents.find(asked)
        except DocumentError as error:
            return _refusal(str(error), _CODES[type(error)])
        operation = Operation(text, asked.variables, asked.operation_name)
        if method != HTTPMethod.POST:
            self._check_safe(operation)
        result = self.engine.execute(operation, store)
        if result.is_executed:
            self.documents.keep(asked)
        return result

    def _check_safe(self, operation: Operation) -> None:
        """Refuse by GET what is not a query (section 5.4)."""
        kind = self.engine.kind(operation)
        if kind not in (None, OperationType.QUERY):
            headers = {"Allow": HTTPMethod.POST.value}
            raise HTTPException(HTTPStatus.METHOD_NOT_ALLOWED, headers=headers)


def _wants_page(request: Request) -> bool:
    if "format" in request.query_params:
        return False
    try:
        return negotiate(_accept(request), (*GRAPHQL_FORMATS, HTML)) is HTML
    except NotAcceptableError:
        return False


def _accept(request: Request) -> str:
    return request.headers.get("accept", "")


def _unavailable(error: StoreError) -> Result:
    return _refusal(str(error), UNAVAILABLE)


def _refusal(message: str, code: str) -> Result:
    error = GraphQLError(message, extensions={"code": code})
    return Result(None, (error,), is_executed=False)


def _respond(body: object, format_: Format, status: HTTPStatus) -> Response:
    return Response(
        orjson.dumps(body),
        status_code=status,
        media_type=format_.media_type,
        headers=_HEADERS,
    )
