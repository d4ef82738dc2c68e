"""GraphQL over HTTP (the working draft of the GraphQL Foundation), GET and POST.

What is wrong with the request as such comes back as a problem document; what is wrong
with the operation, as a GraphQL error. With `application/graphql-response+json` an
operation that could not be run is a 400; with `application/json`, which older clients
ask for, it is a 200 as the draft has it. A batch is a 200 with a list of answers. With
`text/event-stream` whatever is answered is a stream of events, refusals too. In the
formats of RDF an answer is the facts that it shows (`faces`).
"""

from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import aclosing, suppress
from dataclasses import dataclass, field, replace
from functools import partial
from http import HTTPMethod, HTTPStatus

import orjson
from anyio import to_thread
from graphql import GraphQLError, OperationType
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from ssc_kg.compiler.json import JsonObject
from ssc_kg.engine.engine import Engine
from ssc_kg.engine.graphql_errors import TOO_LARGE
from ssc_kg.engine.operation import Operation, Result
from ssc_kg.engine.trace import Trace
from ssc_kg.errors import (
    BadRequestError,
    DocumentError,
    DocumentHashError,
    NotAcceptableError,
    OperationRefusedError,
    PersistedQueryNotFoundError,
    PersistedQueryNotSupportedError,
    QueryTimedOutError,
    QueryTooLargeError,
    StoreBusyError,
    StoreError,
    UnknownDocumentError,
    UnregisteredDocumentError,
)
from ssc_kg.formats.table import (
    EVENT_STREAM,
    GRAPHQL_FORMATS,
    GRAPHQL_RESPONSE,
    HTML,
    Format,
)
from ssc_kg.graphql_api.documents import Documents
from ssc_kg.graphql_api.events import Streams
from ssc_kg.graphql_api.explain import EXPLAIN, explain, prefers_explanation
from ssc_kg.graphql_api.faces import FACES, answer_graph, choose_face
from ssc_kg.graphql_api.request import (
    Batch,
    GraphQLRequest,
    RequestLimits,
    Sent,
    read,
    read_plain,
    receive,
)
from ssc_kg.http.negotiation import negotiate
from ssc_kg.http.parameters import VERSION, read_version_number
from ssc_kg.http.preferences import APPLIED
from ssc_kg.http.replies import answer_again, keep_reply
from ssc_kg.rdf.languages import Languages
from ssc_kg.store.apart import StoreApart
from ssc_kg.store.protocol import Store
from ssc_kg.store.publications import Following, Publications
from ssc_kg.store.snapshot import Snapshot, Snapshots
from ssc_kg.store.workers import QueryPool

Page = Callable[[Request], Response]
"""Makes what a browser sees at the endpoint."""
UNAVAILABLE = "STORE_UNAVAILABLE"
"""The code of an operation that the store could not answer."""
TIMED_OUT = "OPERATION_TIMED_OUT"
"""The code of an operation that was stopped at its time limit."""
_HEADERS = {"Vary": "Accept, Prefer, Accept-Language", "Cache-Control": "no-cache"}
_OFFERED = (*FACES, EVENT_STREAM)
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
        publications: What subscriptions tell of.
        streams: Writes them.
        limits: How much one request may send.
        pool: Where queries run that may take long; without one, in a thread.
    """

    engine: Engine
    snapshots: Snapshots
    page: Page
    documents: Documents
    publications: Publications
    streams: Streams
    limits: RequestLimits = field(default_factory=RequestLimits)
    pool: QueryPool | None = None

    def routes(self, path: str) -> list[Route]:
        """Return the routes of the endpoint at `path`, with and without a slash."""
        return [
            Route(each, self._answer, methods=["GET", "POST"])
            for each in (path, f"{path}/")
        ]

    async def _answer(self, request: Request) -> Response:
        if request.method != HTTPMethod.POST and _wants_page(request):
            return self.page(request)
        format_ = choose_face(request, _OFFERED)
        sent = await receive(request, self.limits)
        if format_ in GRAPHQL_FORMATS:
            return await self._answer_json(request, sent, format_)
        asked = read(sent, self.limits)
        if not isinstance(asked, GraphQLRequest):
            kind = "stream" if format_ is EVENT_STREAM else "graph"
            msg = f"a {kind} answers one operation; the batch has {len(asked)}"
            raise BadRequestError(msg)
        if format_ is EVENT_STREAM:
            return await self._answer_stream(request, asked)
        snapshot, _ = await self._open(request)
        answering = partial(self._answer_graph, request, asked, format_, snapshot)
        return await to_thread.run_sync(answering)

    async def _answer_json(
        self, request: Request, sent: Sent, format_: Format
    ) -> Response:
        snapshot, is_memento = await self._open(request)
        asked = read(sent, self.limits)
        if not isinstance(asked, GraphQLRequest):
            return await self._answer_batch(request, asked, format_)
        result = await self._execute(asked, snapshot, request.method)
        body = _body(request, asked, result, snapshot)
        reply = _respond(body, format_, _status(result, format_))
        reply.headers.update(_retry(result))
        if prefers_explanation(request):
            return _prefer(request, reply)
        if is_memento:
            return reply
        if _is_lasting(asked, result):
            keep_reply(request, snapshot.record.number)
        answer_again(request, partial(self._look_up, sent.languages))
        return reply

    async def _open(self, request: Request) -> tuple[Snapshot, bool]:
        """Return the version that is asked, and whether the address names it."""
        has_parameters = bool(request.scope["query_string"])
        text = request.query_params.get(VERSION) if has_parameters else None
        if text is None:
            return self.snapshots.current(), False
        number = read_version_number(text)
        return await to_thread.run_sync(self.snapshots.open, number), True

    def _look_up(self, languages: Languages, body: bytes) -> tuple[int, bytes] | None:
        """Answer an operation that is sent as JSON, if that takes but a moment."""
        if len(body) > self.limits.body:
            return None
        asked = read_plain(body)
        if asked is None:
            return None
        query, variables, name = asked
        snapshot = self.snapshots.current()
        try:
            text = self.documents.find_text(query)
            operation = Operation(text, variables, name, languages)
            data = self.engine.look_up(operation, snapshot.store)
        except (DocumentError, StoreError):
            return None  # It is told the reason on the long way.
        if data is None:
            return None
        return snapshot.record.number, orjson.dumps({"data": data})

    async def _answer_batch(
        self, request: Request, batch: Batch, format_: Format
    ) -> Response:
        snapshot, _ = await self._open(request)
        bodies = []
        for asked in batch:
            result = await self._execute(asked, snapshot)
            bodies.append(_body(request, asked, result, snapshot))
        return _prefer(request, _respond(bodies, format_, HTTPStatus.OK))

    def _answer_graph(
        self,
        request: Request,
        asked: GraphQLRequest,
        format_: Format,
        snapshot: Snapshot,
    ) -> Response:
        def run(store: Store) -> Result:
            return self._run(asked, store, request.method, with_facts=True)

        try:
            operation = self._find(asked)
        except DocumentError as error:
            raise OperationRefusedError([str(error)]) from error
        if self.engine.kind(operation) is OperationType.SUBSCRIPTION:
            wanted = request.query_params.get("format", _accept(request))
            raise NotAcceptableError(wanted, [EVENT_STREAM.media_type])
        snapshot = self._apart(snapshot)
        return answer_graph(request, snapshot, format_, operation=operation, run=run)

    async def _answer_stream(self, request: Request, asked: GraphQLRequest) -> Response:
        media_type = EVENT_STREAM.media_type
        snapshot, is_memento = await self._open(request)
        memento = snapshot if is_memento else None
        if request.method == HTTPMethod.HEAD:
            head = Response(headers=_HEADERS, media_type=media_type)
            return _prefer(request, head)
        if request.method != HTTPMethod.POST:
            await to_thread.run_sync(self._check_stream, asked)
        if is_memento:
            await to_thread.run_sync(self._check_past, asked)
        following = self.publications.follow()
        chunks = self.streams.write(self._bodies(request, asked, following, memento))
        await anext(chunks)
        stream = StreamingResponse(chunks, headers=_HEADERS, media_type=media_type)
        return _prefer(request, stream)

    async def _bodies(
        self,
        request: Request,
        asked: GraphQLRequest,
        following: Following,
        memento: Snapshot | None,
    ) -> AsyncGenerator[JsonObject]:
        async with aclosing(self._results(asked, following, memento)) as results:
            async for result in results:
                told = memento or self.snapshots.current()
                yield _body(request, asked, result, told)

    async def _results(
        self, asked: GraphQLRequest, following: Following, memento: Snapshot | None
    ) -> AsyncGenerator[Result]:
        try:
            operation = self._find(asked)
        except DocumentError as error:
            yield _refusal(error)
            return
        kind = await to_thread.run_sync(self.engine.kind, operation)
        if kind is not OperationType.SUBSCRIPTION:
            yield await self._execute(asked, memento or self.snapshots.current())
            return
        # Its first answer may be days away.
        if not await to_thread.run_sync(self.engine.check, operation.query):
            self.documents.keep(asked)
        answers = self.engine.subscribe(operation, self._store, following)
        async with aclosing(answers):
            async for answer in answers:
                yield answer

    async def _execute(
        self, asked: GraphQLRequest, snapshot: Snapshot, method: str = HTTPMethod.POST
    ) -> Result:
        """Answer as JSON; that the store could not answer is a result too."""
        trace = Trace()
        run = partial(self._run, trace=trace)
        try:
            if self._is_quick(asked, snapshot.store):
                return run(asked, snapshot.store, method)
            store = self._apart(snapshot).store
            return await to_thread.run_sync(run, asked, store, method)
        except StoreError as error:
            levels, seconds = tuple(trace.levels), trace.seconds
            return replace(_refusal(error), levels=levels, seconds=seconds)

    def _run(
        self,
        asked: GraphQLRequest,
        store: Store,
        method: str = HTTPMethod.POST,
        *,
        with_facts: bool = False,
        trace: Trace | None = None,
    ) -> Result:
        try:
            operation = self._find(asked)
        except DocumentError as error:
            return _refusal(error)
        if method != HTTPMethod.POST:
            self._check_safe(operation)
        answer = self.engine.facts if with_facts else self.engine.execute
        result = answer(operation, store, trace=trace)
        if result.is_executed:
            self.documents.keep(asked)
        return result

    def _is_quick(self, asked: GraphQLRequest, store: Store) -> bool:
        try:
            return self.engine.is_quick(self._find(asked), store)
        except DocumentError:
            return True  # To say so takes no time.

    def _apart(self, snapshot: Snapshot) -> Snapshot:
        """Return a version whose long queries run in the workers."""
        if self.pool is None:
            return snapshot
        store = StoreApart(snapshot.store, snapshot.path, self.pool)
        return replace(snapshot, store=store)

    def _store(self) -> Store:
        return self.snapshots.current().store

    def _find(self, asked: GraphQLRequest) -> Operation:
        text = self.documents.find(asked)
        name, languages = asked.operation_name, asked.languages
        return Operation(text, asked.variables, name, languages)

    def _check_stream(self, asked: GraphQLRequest) -> None:
        # An unknown document is told in the stream.
        with suppress(DocumentError):
            self._check_safe(self._find(asked), OperationType.SUBSCRIPTION)

    def _check_past(self, asked: GraphQLRequest) -> None:
        with suppress(DocumentError):
            if self.engine.kind(self._find(asked)) is OperationType.SUBSCRIPTION:
                msg = "a subscription tells of versions to come; leave out version"
                raise BadRequestError(msg)

    def _check_safe(self, operation: Operation, *also: OperationType) -> None:
        """Refuse by GET what is not a query (section 5.4), nor one of the others."""
        kind = self.engine.kind(operation)
        if kind not in (None, OperationType.QUERY, *also):
            headers = {"Allow": HTTPMethod.POST.value}
            raise HTTPException(HTTPStatus.METHOD_NOT_ALLOWED, headers=headers)


def _wants_page(request: Request) -> bool:
    if "format" in request.query_params:
        return False
    try:
        return negotiate(_accept(request), (*_OFFERED, HTML)) is HTML
    except NotAcceptableError:
        return False


def _accept(request: Request) -> str:
    return ", ".join(request.headers.getlist("accept"))


def _is_lasting(asked: GraphQLRequest, result: Result) -> bool:
    """Whether the same request gets the same answer for as long as the version is."""
    return not result.errors and _is_usual(asked) and result.is_lasting


def _is_usual(asked: GraphQLRequest) -> bool:
    """Whether an operation is to be answered, and nothing beside it."""
    # What names a text beside its hash wants that to be remembered, each time.
    is_told_twice = asked.query is not None and asked.persisted_hash is not None
    return not (asked.is_explained or is_told_twice)


def _refusal(error: DocumentError | StoreError) -> Result:
    refused = GraphQLError(_message(error), extensions=_extensions(error))
    return Result(None, (refused,), is_executed=False)


def _message(error: DocumentError | StoreError) -> str:
    match error:
        case QueryTimedOutError(seconds=seconds):
            return (
                f"the operation was stopped after {seconds:g} s, its time limit; "
                "ask for fewer nodes, or for an order that lists are kept in"
            )
        case _:
            return str(error)


def _extensions(error: DocumentError | StoreError) -> dict[str, object]:
    match error:
        case DocumentError():
            return {"code": _CODES[type(error)]}
        case QueryTimedOutError(limit=limit, seconds=seconds):
            return {"code": TIMED_OUT, "limit": limit, "maximum": seconds}
        case QueryTooLargeError(limit=limit, maximum=maximum):
            return {"code": TOO_LARGE, "limit": limit, "maximum": maximum}
        case StoreBusyError(retry_after=seconds):
            return {"code": UNAVAILABLE, "retryAfter": seconds}
        case _:
            return {"code": UNAVAILABLE}


def _status(result: Result, format_: Format) -> HTTPStatus:
    codes = {(error.extensions or {}).get("code") for error in result.errors}
    if codes & {UNAVAILABLE, TIMED_OUT}:
        return HTTPStatus.SERVICE_UNAVAILABLE
    is_refused = not result.is_executed and format_ is GRAPHQL_RESPONSE
    return HTTPStatus.BAD_REQUEST if is_refused else HTTPStatus.OK


def _retry(result: Result) -> dict[str, str]:
    """Return the header that says when to ask again, if that is known."""
    for error in result.errors:
        seconds = (error.extensions or {}).get("retryAfter")
        if seconds is not None:
            return {"Retry-After": str(seconds)}
    return {}


def _body(
    request: Request, asked: GraphQLRequest, result: Result, snapshot: Snapshot
) -> JsonObject:
    body = result.body()
    if asked.is_explained or prefers_explanation(request):
        number, languages = snapshot.record.number, asked.languages
        body["extensions"] = {EXPLAIN: explain(result, number, languages)}
    return body


def _prefer(request: Request, response: Response) -> Response:
    if prefers_explanation(request):
        response.headers[APPLIED] = EXPLAIN
    return response


def _respond(body: object, format_: Format, status: HTTPStatus) -> Response:
    return Response(
        orjson.dumps(body),
        status_code=status,
        media_type=format_.media_type,
        headers=_HEADERS,
    )
