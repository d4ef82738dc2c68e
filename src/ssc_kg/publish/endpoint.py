"""The SPARQL endpoint (SPARQL 1.1 Protocol), for queries only.

    GET, HEAD    the query is in the address; without one, the service describes itself
                 a browser gets a page with the form and the answer below it
    QUERY        the query is the body; the answer is kept and confirmed as for GET
    POST         the same, but caches may not keep what a POST gets, so nothing tells
                 for how long it stays right
    OPTIONS      which of these there are

QUERY is the safe method with a body (draft-ietf-httpbis-safe-method-w-body).
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from http import HTTPMethod, HTTPStatus
from typing import TypeAlias
from urllib.parse import urljoin

from anyio import to_thread
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ssc_kg.catalogue.shown import ResultPage
from ssc_kg.errors import KnowledgeGraphError, QueryRefusedError, RequestError
from ssc_kg.formats.table import (
    HTML,
    PICTURE_FORMATS,
    RDF_FORMATS,
    RESULTS_JSON,
    Format,
)
from ssc_kg.formats.write import write_graph
from ssc_kg.http.conditional import entity_tag, has_copy, http_date, is_fresh
from ssc_kg.http.forms import parse_form
from ssc_kg.http.negotiation import negotiate, wants_page
from ssc_kg.http.parameters import VERSION, read_switch, read_version_number
from ssc_kg.http.preferences import APPLIED
from ssc_kg.http.problems import Problem, describe
from ssc_kg.http.structured import write_texts
from ssc_kg.publish.answers import (
    CACHING,
    HINT,
    choose,
    name_file,
    offer,
    read_languages_of,
    read_seconds,
    reply,
    spell_languages,
    unread,
    validators,
    while_connected,
)
from ssc_kg.publish.asof import Readable
from ssc_kg.publish.hints import Hints
from ssc_kg.publish.pictures import (
    MAXIMUM_ROWS,
    Drawing,
    Order,
    Pictures,
    read_drawing,
)
from ssc_kg.publish.service import describe_service
from ssc_kg.publish.shown import ResultView, read_beginning, read_shown
from ssc_kg.rdf.terms import read_iri
from ssc_kg.sparql.scan import Form, Scan, scan
from ssc_kg.store.evaluation import Dataset
from ssc_kg.store.request import Options, Window
from ssc_kg.store.snapshot import Snapshot
from ssc_kg.store.workers import Answer, QueryPool
from ssc_kg.urls import Urls

Page: TypeAlias = Callable[[Request, Problem | ResultPage | None], Awaitable[Response]]
"""Answers a browser: what became of its query, or None if it comes without one."""
Parameters: TypeAlias = Sequence[tuple[str, str]]
"""Names and values, in order; a name may repeat."""

MAX_QUERY_BYTES = 1024**2
"""How long a query may be."""

_DRAWN = Window(0, MAXIMUM_ROWS)
_FILE = "query"
"""What the file of an answer is called, before its suffix: a query has no name."""
_FORM = "application/x-www-form-urlencoded"
_QUERY = "application/sparql-query"
_UPDATE = "application/sparql-update"
_WITH_BODY = (HTTPMethod.POST, "QUERY")
_READING = (HTTPMethod.GET, HTTPMethod.HEAD)
_METHODS = (HTTPMethod.GET, HTTPMethod.HEAD, HTTPMethod.OPTIONS, *_WITH_BODY)
_ACCEPTED = {
    "Accept-Post": f"{_FORM}, {_QUERY}",
    "Accept-Query": f"{_QUERY}, {_FORM}",
}
# Reading a longer text takes more than a millisecond, for which nobody should wait.
_LONG_TEXT = 2048


def routes(
    pictures: Pictures, snapshots: Readable, urls: Urls, *, page: Page | None = None
) -> list[Route]:
    """Return the routes of the endpoint; a POST to either address is not redirected."""
    endpoint = _Endpoint(pictures, snapshots, urls, page, Hints())
    return [
        Route(path, endpoint.answer, methods=_METHODS)
        for path in ("/sparql", "/sparql/")
    ]


@dataclass(frozen=True, slots=True)
class _Question:
    """What a request asks."""

    query: str
    parameters: Parameters
    dataset: Dataset | None
    format_name: str | None
    timeout: str | None
    version: int | None
    """The version that it is asked of; None for the current one."""
    has_labels: bool
    is_kept: bool
    """Whether a browser shall keep the answer as a file."""
    drawing: Drawing


@dataclass(frozen=True, slots=True)
class _Endpoint:
    pictures: Pictures
    snapshots: Readable
    urls: Urls
    page: Page | None
    hints: Hints

    @property
    def pool(self) -> QueryPool:
        return self.pictures.pool

    async def answer(self, request: Request) -> Response:
        if request.method == HTTPMethod.OPTIONS:
            return _tell_methods()
        try:
            return await self._answer(request)
        except KnowledgeGraphError as error:
            problem = describe(error, self.urls)
            if self.page is None or not _is_browser(request):
                raise
            response = await self.page(request, problem)
            response.status_code = problem.status
            response.headers.update({"Cache-Control": "no-store", **problem.headers})
            response.headers.add_vary_header("Accept")
            return response

    async def _answer(self, request: Request) -> Response:
        parameters = await _read_parameters(request)
        queries = [value for name, value in parameters if name == "query"]
        if not queries and request.method not in _WITH_BODY:
            return await self._describe(request)
        if len(queries) != 1:
            message = f"a request must have exactly one query; this has {len(queries)}"
            raise RequestError(message)
        return await self._query(request, _read_question(queries[0], parameters))

    async def _query(self, request: Request, question: _Question) -> Response:
        scanned = await _scan(question.query, self.pool)
        format_ = self._choose(request, question, scanned.form)
        question.drawing.require_picture(format_)
        if format_ is HTML:
            return await self._show(request, question, scanned)
        snapshot = await self._open(question)
        options = _choose_options(request, question, scanned.form)
        headers = {
            "Vary": "Accept" if options.labels is None else "Accept, Accept-Language",
            "Cache-Control": "no-cache",
            **_tell(await self._hint(scanned, snapshot)),
        }
        if request.method != HTTPMethod.POST:
            headers |= validators(
                snapshot.record,
                scanned,
                format_,
                question.dataset,
                self.pool.limits.rows,
                options.labels,
                *question.drawing.sent.items(),
            )
            # "*" has to wait: whether there is an answer is not known yet.
            if has_copy(request.headers, headers.get("ETag", "")):
                return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
        if options.seconds is not None and question.timeout is None:
            headers[APPLIED] = f"wait={options.seconds:g}"
        headers["Content-Disposition"] = name_file(
            _FILE, format_, is_kept=question.is_kept
        )
        is_picture = format_ in PICTURE_FORMATS
        asking = self.pool.answer(
            scanned,
            version=snapshot.path,
            format_name=RESULTS_JSON.name if is_picture else format_.name,
            dataset=question.dataset,
            options=replace(options, window=_DRAWN) if is_picture else options,
        )
        if not is_picture:
            return await reply(request, asking, format_, headers)
        answer = await while_connected(request, asking)
        if answer is None:
            return unread()
        drawing = question.drawing
        order = Order(
            drawing, drawing.title or "", format_, _DRAWN, seconds=options.seconds
        )
        return await self.pictures.reply(request, answer, order, headers)

    async def _open(self, question: _Question) -> Snapshot:
        if question.version is None:
            return self.snapshots.current()
        return await to_thread.run_sync(self.snapshots.open, question.version)

    async def _hint(self, scanned: Scan, snapshot: Snapshot) -> tuple[str, ...]:
        """Return what is probably not meant."""
        if len(scanned.text) < _LONG_TEXT:
            return self.hints.find(scanned, snapshot)
        return await to_thread.run_sync(self.hints.find, scanned, snapshot)

    def _choose(self, request: Request, question: _Question, form: Form) -> Format:
        offered = offer(form)
        is_asked = question.format_name in (HTML.name, *HTML.media_types)
        accept = ", ".join(request.headers.getlist("accept"))
        is_page = self.page is not None and request.method in _READING
        if is_page and (is_asked or wants_page(accept, offered)):
            offered = (*offered, HTML)
        return choose(request, question.format_name, offered)

    async def _show(
        self, request: Request, question: _Question, scanned: Scan
    ) -> Response:
        """Answer with a page: a part of the rows, or the beginning of a graph."""
        snapshot = await self._open(question)
        languages = read_languages_of(request)
        shown = read_shown(question.parameters, scanned.form, languages)
        seconds = read_seconds(request, question.timeout)
        hints = await self._hint(scanned, snapshot)
        headers = {
            "Vary": "Accept, Accept-Language",
            **_tell(hints),
            "Content-Disposition": name_file(_FILE, HTML, is_kept=question.is_kept),
            **validators(
                snapshot.record, scanned, HTML, self.pool.limits.rows, repr(shown)
            ),
        }
        if seconds is not None and question.timeout is None:
            headers[APPLIED] = f"wait={seconds:g}"
        if has_copy(request.headers, headers.get("ETag", "")):
            return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
        asking = self.pool.answer(
            scanned,
            version=snapshot.path,
            format_name=shown.format.name,
            dataset=question.dataset,
            options=Options(seconds=seconds, window=shown.wanted),
        )
        answer = await while_connected(request, asking)
        if answer is None or self.page is None:
            return unread()
        page = await _read_page(answer, ResultView(shown, snapshot, self.urls, hints))
        if "ETag" in headers and is_fresh(request.headers, headers["ETag"]):
            return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
        response = await self.page(request, page)
        response.headers.update(headers)
        return response

    async def _describe(self, request: Request) -> Response:
        offered = RDF_FORMATS if self.page is None else (*RDF_FORMATS, HTML)
        format_ = choose(request, request.query_params.get("format"), offered)
        if format_ is HTML and self.page is not None:
            response = await self.page(request, None)
            response.headers.add_vary_header("Accept")
            return response
        snapshot = self.snapshots.current()
        record = snapshot.record
        endpoint = urljoin(str(request.base_url), self.urls.url(self.urls.sparql))
        headers = {
            "Cache-Control": CACHING,
            "ETag": entity_tag(record.identity, endpoint, format_.name),
            "Last-Modified": http_date(record.time),
            "Vary": "Accept",
        }
        if is_fresh(request.headers, headers["ETag"]):
            return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
        triples = describe_service(
            snapshot, self.urls, endpoint=endpoint, limits=self.pool.limits
        )
        body = b"".join(write_graph(triples, format_))
        return Response(body, headers=headers, media_type=format_.media_type)


def _tell(hints: Sequence[str]) -> Mapping[str, str]:
    """Return the header that says what is probably not meant, if anything is."""
    return {HINT: write_texts(hints)} if hints else {}


async def _read_page(answer: Answer, view: ResultView) -> ResultPage:
    results, is_whole = await read_beginning(answer, view.shown.form)
    is_cut = answer.end is not None and answer.end.is_cut
    making = partial(view.page, results, is_whole=is_whole and not is_cut)
    return await to_thread.run_sync(making)


def _choose_options(request: Request, question: _Question, form: Form) -> Options:
    """Return what a worker is told beside the query.

    Raises:
        RequestError: Labels are asked for, but the answer has no rows.
    """
    seconds = read_seconds(request, question.timeout)
    if not question.has_labels:
        return Options(seconds=seconds)
    languages = read_languages_of(request)
    return Options(seconds=seconds, labels=spell_languages(languages, form))


def _is_browser(request: Request) -> bool:
    """Whether a person looks at the reply, who sent the form of the page."""
    accept = ", ".join(request.headers.getlist("accept"))
    is_form = request.method == HTTPMethod.GET and "html" in accept
    return is_form and negotiate(f"{accept}, */*;q=0", (RESULTS_JSON, HTML)) is HTML


async def _read_parameters(request: Request) -> Parameters:
    """Return the parameters of the address, then those of the body."""
    parameters: Parameters = parse_form(request.scope["query_string"])
    if request.method in _WITH_BODY:
        parameters = [*parameters, *await _read_body(request)]
    if any(name == "update" for name, _ in parameters):
        raise _read_only()
    return parameters


async def _read_body(request: Request) -> Parameters:
    coding = request.headers.get("content-encoding", "identity")
    if coding.lower() != "identity":
        raise HTTPException(
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
            f"a query is read as it is, not as {coding}; send it uncompressed",
            headers={"Accept-Encoding": "identity"},
        )
    media_type = _media_type(request.headers.get("content-type", ""))
    if media_type == _FORM:
        return parse_form(await _read_bytes(request))
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


def _decode(body: bytes) -> str:
    try:
        return body.decode()
    except UnicodeDecodeError as error:
        message = "the query is not UTF-8, the one encoding that is read here"
        raise RequestError(message) from error


def _read_question(query: str, parameters: Parameters) -> _Question:
    # The protocol's own parameters repeat; of others that clients send (`output`,
    # `results`) nothing is taken, and of our own the last, as forms mean it.
    values = {
        wanted: [value for name, value in parameters if name == wanted]
        for wanted in ("default-graph-uri", "named-graph-uri")
    }
    default, named_ = values["default-graph-uri"], values["named-graph-uri"]
    for iri in (*default, *named_):
        read_iri(iri)
    own = dict(parameters)
    return _Question(
        query,
        parameters,
        Dataset(default, named_) if default or named_ else None,
        own.get("format"),
        own.get("timeout"),
        read_version_number(own[VERSION]) if VERSION in own else None,
        has_labels=read_switch("labels", own.get("labels", "off")),
        is_kept=read_switch("download", own.get("download", "off")),
        drawing=read_drawing(own),
    )


async def _scan(text: str, pool: QueryPool) -> Scan:
    if len(text) > MAX_QUERY_BYTES:
        raise _too_long()
    if len(text) < _LONG_TEXT:
        return scan(text, services=pool.limits.services)
    return await pool.scan(text)


def _tell_methods() -> Response:
    allowed = ", ".join(sorted(map(str, _METHODS)))
    return Response(
        status_code=HTTPStatus.NO_CONTENT, headers={"Allow": allowed, **_ACCEPTED}
    )


def _read_only() -> QueryRefusedError:
    return QueryRefusedError("this endpoint only reads; it takes queries, no updates")


def _too_long() -> HTTPException:
    message = f"the query is longer than {MAX_QUERY_BYTES} bytes, the limit"
    return HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, message)


def _unsupported(reason: str) -> HTTPException:
    return HTTPException(
        HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
        f"{reason}; send it as {_QUERY}, or as query=… in {_FORM}",
        headers=_ACCEPTED,
    )
