"""The SPARQL endpoint (SPARQL 1.1 Protocol), for queries only.

A request without a query gets the description of the service. The status of an answer
is sent when its first bytes exist, so a query that fails or is stopped gets a problem
document; from then on a failure aborts the connection, and no answer that is cut short
looks whole.
"""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass
from http import HTTPMethod, HTTPStatus
from typing import TypeAlias
from urllib.parse import parse_qsl, urljoin

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from ssc_kg.errors import NotAcceptableError, QueryRefusedError, RequestError
from ssc_kg.formats.table import (
    HTML,
    RDF_FORMATS,
    RESULT_FORMATS,
    RESULTS_JSON,
    RESULTS_XML,
    Format,
)
from ssc_kg.formats.write import write_graph
from ssc_kg.http.conditional import entity_tag, http_date, is_fresh
from ssc_kg.http.negotiation import named, negotiate
from ssc_kg.publish.resources import Readable
from ssc_kg.publish.service import describe_service
from ssc_kg.rdf.terms import read_iri
from ssc_kg.sparql.scan import Form, Scan, scan
from ssc_kg.store.evaluation import Dataset
from ssc_kg.store.versions import VersionRecord
from ssc_kg.store.workers import Answer, QueryPool
from ssc_kg.urls import Urls

Page: TypeAlias = Callable[[Request], Awaitable[Response]]
"""Answers a browser that comes without a query."""
Parameters: TypeAlias = Sequence[tuple[str, str]]
"""Names and values, in order; a name may repeat."""

MAX_QUERY_BYTES = 1024**2
"""How long a query may be."""

_FORM = "application/x-www-form-urlencoded"
_QUERY = "application/sparql-query"
_UPDATE = "application/sparql-update"
_CACHING = "public, max-age=60, stale-while-revalidate=600"
# Nobody sees this status but the log; nginx made it the custom.
_CLIENT_WENT_AWAY = 499
# Reading a longer text takes milliseconds, which other requests should not wait for.
_LONG_TEXT = 8192


def routes(
    pool: QueryPool, snapshots: Readable, urls: Urls, *, page: Page | None = None
) -> list[Route]:
    """Return the routes of the endpoint; a POST to either address is not redirected."""
    endpoint = _Endpoint(pool, snapshots, urls, page)
    methods = [HTTPMethod.GET, HTTPMethod.POST]
    return [
        Route(path, endpoint.answer, methods=methods)
        for path in ("/sparql", "/sparql/")
    ]


@dataclass(frozen=True, slots=True)
class _Question:
    """What a request asks."""

    query: str
    dataset: Dataset | None
    format_name: str | None


@dataclass(frozen=True, slots=True)
class _Endpoint:
    pool: QueryPool
    snapshots: Readable
    urls: Urls
    page: Page | None

    async def answer(self, request: Request) -> Response:
        parameters = await _read_parameters(request)
        queries = [value for name, value in parameters if name == "query"]
        if not queries and request.method != HTTPMethod.POST:
            return await self._describe(request)
        if len(queries) != 1:
            message = f"a request must have exactly one query; this has {len(queries)}"
            raise RequestError(message)
        return await self._query(request, _read_question(queries[0], parameters))

    async def _query(self, request: Request, question: _Question) -> Response:
        scanned = await _scan(question.query)
        format_ = _choose(request, question.format_name, _offer(scanned.form))
        snapshot = self.snapshots.current()
        headers = {"Vary": "Accept"}
        if request.method != HTTPMethod.POST:
            headers |= _validators(snapshot.record, scanned, question.dataset, format_)
            if is_fresh(request.headers, headers.get("ETag", "")):
                return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
        asking = self.pool.answer(
            scanned,
            version=snapshot.path,
            format_name=format_.name,
            dataset=question.dataset,
        )
        answer = await _while_connected(request, asking)
        if answer is None:
            return Response(status_code=_CLIENT_WENT_AWAY)
        if request.method == HTTPMethod.HEAD:
            await answer.aclose()
        return StreamingResponse(answer, headers=headers, media_type=format_.media_type)

    async def _describe(self, request: Request) -> Response:
        offered = RDF_FORMATS if self.page is None else (*RDF_FORMATS, HTML)
        format_ = _choose(request, request.query_params.get("format"), offered)
        if format_ is HTML and self.page is not None:
            response = await self.page(request)
            response.headers.add_vary_header("Accept")
            return response
        record = self.snapshots.current().record
        endpoint = urljoin(str(request.base_url), self.urls.url(self.urls.sparql))
        headers = {
            "Cache-Control": _CACHING,
            "ETag": entity_tag(record.number, endpoint, format_.name),
            "Last-Modified": http_date(record.time),
            "Vary": "Accept",
        }
        if is_fresh(request.headers, headers["ETag"]):
            return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
        triples = describe_service(record, self.urls, endpoint=endpoint)
        body = b"".join(write_graph(triples, format_))
        return Response(body, headers=headers, media_type=format_.media_type)


async def _read_parameters(request: Request) -> Parameters:
    """Return the parameters of the address, then those of the body."""
    parameters = _parse(request.scope["query_string"])
    if request.method == HTTPMethod.POST:
        parameters = [*parameters, *await _read_body(request)]
    if any(name == "update" for name, _ in parameters):
        raise _read_only()
    return parameters


async def _read_body(request: Request) -> Parameters:
    media_type = _media_type(request.headers.get("content-type", ""))
    if media_type == _FORM:
        return _parse(await _read_bytes(request))
    if media_type == _QUERY:
        return [("query", _decode(await _read_bytes(request)))]
    if media_type == _UPDATE:
        raise _read_only()
    reason = f"{media_type or 'no content type'} is not what a query is sent as"
    raise _unsupported(reason)


async def _read_bytes(request: Request) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_QUERY_BYTES:
            raise _too_long()
    return bytes(body)


def _media_type(content_type: str) -> str:
    media_type, *parameters = (part.strip().lower() for part in content_type.split(";"))
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name == "charset" and value.strip('"') != "utf-8":
            reason = f"queries are read as UTF-8, not {value}"
            raise _unsupported(reason)
    return media_type


def _parse(encoded: bytes) -> Parameters:
    try:
        return parse_qsl(
            encoded.decode("ascii"), keep_blank_values=True, errors="strict"
        )
    except UnicodeDecodeError as error:
        raise _not_unicode() from error


def _decode(body: bytes) -> str:
    try:
        return body.decode()
    except UnicodeDecodeError as error:
        raise _not_unicode() from error


def _read_question(query: str, parameters: Parameters) -> _Question:
    # The protocol's own parameters repeat; of others that clients send (`output`,
    # `results`) nothing is taken, and of `format` the last, as forms mean it.
    values = {
        wanted: [value for name, value in parameters if name == wanted]
        for wanted in ("default-graph-uri", "named-graph-uri", "format")
    }
    default, named_ = values["default-graph-uri"], values["named-graph-uri"]
    for iri in (*default, *named_):
        read_iri(iri)
    dataset = Dataset(default, named_) if default or named_ else None
    return _Question(query, dataset, next(reversed(values["format"]), None))


async def _scan(text: str) -> Scan:
    if len(text) > MAX_QUERY_BYTES:
        raise _too_long()
    if len(text) < _LONG_TEXT:
        return scan(text)
    return await asyncio.to_thread(scan, text)


async def _while_connected(
    request: Request, asking: Coroutine[None, None, Answer]
) -> Answer | None:
    """Return the answer, or None when nobody waits for it any longer."""
    asked = asyncio.ensure_future(asking)
    left = asyncio.ensure_future(_disconnection(request))
    try:
        await asyncio.wait((asked, left), return_when=asyncio.FIRST_COMPLETED)
        return asked.result() if asked.done() else None
    finally:
        asked.cancel()
        left.cancel()


async def _disconnection(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


def _offer(form: Form) -> Sequence[Format]:
    """Return the formats of a form of query; only two have a way to write a boolean."""
    if form is Form.ASK:
        return (RESULTS_JSON, RESULTS_XML)
    return RESULT_FORMATS if form.is_table else RDF_FORMATS


def _choose(request: Request, name: str | None, offered: Sequence[Format]) -> Format:
    """Return the format of the parameter `format`, else of the Accept header.

    Libraries send `format` with words of their own (SPARQLWrapper asks for graphs as
    "xml"), beside an Accept header that says it right. So a name that is not offered
    counts only if the header says nothing.
    """
    accept = ", ".join(request.headers.getlist("accept"))
    if name is None:
        return negotiate(accept, offered)
    try:
        return named(name, offered)
    except NotAcceptableError:
        if accept.strip() in ("", "*/*"):
            raise
        return negotiate(accept, offered)


def _validators(
    record: VersionRecord, scanned: Scan, dataset: Dataset | None, format_: Format
) -> dict[str, str]:
    if scanned.is_volatile:
        return {"Cache-Control": "no-store"}
    return {
        "Cache-Control": _CACHING,
        "ETag": entity_tag(record.number, scanned.text, repr(dataset), format_.name),
        "Last-Modified": http_date(record.time),
    }


def _read_only() -> QueryRefusedError:
    return QueryRefusedError("this endpoint only reads; it takes queries, no updates")


def _too_long() -> HTTPException:
    message = f"the query is longer than {MAX_QUERY_BYTES} bytes, the limit"
    return HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, message)


def _not_unicode() -> RequestError:
    return RequestError("the query is not UTF-8, the one encoding that is read here")


def _unsupported(reason: str) -> HTTPException:
    return HTTPException(
        HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
        f"{reason}; send it as {_QUERY}, or as query=… in {_FORM}",
        headers={"Accept-Post": f"{_FORM}, {_QUERY}"},
    )
