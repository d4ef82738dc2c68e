"""Errors to problem documents (RFC 9457), the same for every face.

One table says what each class of error is to a client. Its message goes out as the
detail, since messages are written for the person who made the request, and its public
attributes as further members. An error that is the server's own goes out masked, and to
the log.
"""

import inspect
import logging
import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from inspect import Parameter
from typing import TypeAlias

import orjson
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import ExceptionHandler

from ssc_kg.errors import (
    BadRequestError,
    ComparisonBusyError,
    CompileError,
    DataError,
    DumpsNotReadyError,
    KnowledgeGraphError,
    LargeGraphBusyError,
    MalformedIriError,
    NotAcceptableError,
    PrunedVersionError,
    QueryRefusedError,
    QuerySyntaxError,
    QueryTimedOutError,
    QueryTooLargeError,
    RangeError,
    RdfSyntaxError,
    RequestError,
    StoreBusyError,
    StoreError,
    TooManyStreamsError,
    UnknownDumpError,
    UnknownGraphError,
    UnknownPageError,
    UnknownQuestionError,
    UnknownResourceError,
    UnknownVersionError,
    WithdrawnResourceError,
)
from ssc_kg.formats.table import (
    GRAPHQL_RESPONSE,
    PROBLEM,
    RDF_FORMATS,
    RESULT_FORMATS,
)
from ssc_kg.http.negotiation import wants_page
from ssc_kg.urls import Urls

MEDIA_TYPE = PROBLEM.media_type
# Nobody sees this status but the log; nginx made it the custom.
CLIENT_WENT_AWAY = 499

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Problem:
    """What a client is told of an error."""

    status: int
    title: str
    detail: str
    type: str = "about:blank"
    members: Mapping[str, object] = field(default_factory=dict)
    """Facts beside the standard members, under their own names."""
    headers: Mapping[str, str] = field(default_factory=dict)


Page: TypeAlias = Callable[[Request, Problem], Response]
"""Makes the page of a problem, off the event loop; status and headers come on top."""
_READ_BY_PROGRAMS = (PROBLEM, GRAPHQL_RESPONSE, *RDF_FORMATS, *RESULT_FORMATS)

# Looked up from the class of an error towards the root of the tree; a class without an
# entry on the way is the server's own fault.
_KINDS: Mapping[type[KnowledgeGraphError], tuple[int, str, str]] = {
    CompileError: (400, "selection", "The selection has no translation"),
    RequestError: (400, "request", "The request is wrong"),
    MalformedIriError: (400, "malformed-iri", "The text is no IRI"),
    QuerySyntaxError: (400, "query-syntax", "The query does not parse"),
    RdfSyntaxError: (400, "rdf-syntax", "The data does not parse"),
    QueryRefusedError: (403, "query-refused", "The query is not run here"),
    UnknownResourceError: (404, "unknown-resource", "Nothing is known about it"),
    UnknownPageError: (404, "unknown-page", "There is no such page"),
    WithdrawnResourceError: (410, "withdrawn", "It was withdrawn"),
    UnknownVersionError: (404, "unknown-version", "There is no such version"),
    PrunedVersionError: (410, "pruned-version", "The version is no longer kept"),
    UnknownQuestionError: (404, "unknown-question", "There is no such question"),
    UnknownGraphError: (404, "unknown-graph", "There is no such graph"),
    UnknownDumpError: (404, "unknown-dump", "There is no such file"),
    NotAcceptableError: (406, "not-acceptable", "No format suits the client"),
    RangeError: (416, "range", "The range is not in the file"),
    DataError: (422, "data", "The data cannot become a version"),
    StoreError: (503, "store", "The store could not answer"),
    QueryTimedOutError: (503, "query-timed-out", "The query took too long"),
    QueryTooLargeError: (503, "query-too-large", "The query needs too much"),
    StoreBusyError: (503, "busy", "The server is busy"),
    ComparisonBusyError: (503, "busy", "The server is busy"),
    LargeGraphBusyError: (503, "busy", "The server is busy"),
    DumpsNotReadyError: (503, "dumps-not-ready", "The files are not there yet"),
    TooManyStreamsError: (503, "busy", "The server is busy"),
}


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of problem, as the document at its IRI describes it."""

    slug: str
    status: int
    """The status code of a reply that has it, unless the request's own asks for one."""
    title: str
    meaning: str
    """What happened, in a sentence or two."""


def kinds() -> dict[str, Kind]:
    """Return the kinds of problems that replies name, by their slugs.

    Several errors may be of one kind; the first in the table says what it means.
    """
    found: dict[str, Kind] = {}
    for error, (status, slug, title) in _KINDS.items():
        meaning = inspect.cleandoc(error.__doc__ or title).replace("\n", " ")
        found.setdefault(slug, Kind(slug, status, title, meaning))
    return found


_NAMED: Mapping[str, type[KnowledgeGraphError]] = {
    slug: kind for kind, (_, slug, _) in reversed(list(_KINDS.items()))
}
_OF_ANY_NUMBER = (Parameter.VAR_POSITIONAL, Parameter.VAR_KEYWORD)
_STANDARD = frozenset({"type", "title", "status", "detail", "instance"})


def exception_handlers(
    urls: Urls, page: Page | None = None
) -> dict[type[Exception], ExceptionHandler]:
    """Return the handlers that make a Starlette app answer errors with problems.

    Browsers get the `page` that shows the problem, if somebody makes it.
    """

    async def answer_known(request: Request, error: Exception) -> Response:
        problem = describe(error, urls)
        if problem.status == HTTPStatus.INTERNAL_SERVER_ERROR:
            _log.error("answered with a masked error", exc_info=error)
        return await _tell(request, problem, page)

    async def answer_status(request: Request, error: Exception) -> Response:
        return await _tell(request, _describe_status(request, error), page)

    # Starlette calls this one outermost and raises the error again, so that the server
    # logs it with its traceback and then drops the connection: say so to the client.
    async def answer_unexpected(request: Request, _error: Exception) -> Response:
        problem = replace(_MASKED, headers={"Connection": "close"})
        return await _tell(request, problem, page)

    async def answer_nobody(_request: Request, _error: Exception) -> Response:
        return Response(status_code=CLIENT_WENT_AWAY)

    return {
        ClientDisconnect: answer_nobody,
        KnowledgeGraphError: answer_known,
        HTTPException: answer_status,
        Exception: answer_unexpected,
    }


def describe(error: Exception, urls: Urls) -> Problem:
    """Return what a client is told of `error`; of an unexpected one, nothing."""
    kind = next((_KINDS[cls] for cls in type(error).__mro__ if cls in _KINDS), None)
    if kind is None:
        return _MASKED
    status, slug, title = kind
    return Problem(
        status=error.status if isinstance(error, BadRequestError) else status,
        title=title,
        detail=str(error),
        type=urls.problem(slug),
        members=_facts(error),
        headers=_headers(error),
    )


def read_problem(document: bytes) -> KnowledgeGraphError:
    """Return the error that a problem document of another server tells of.

    It has the facts that the document carries. Of a kind that is not known here, the
    status says whose fault it was.

    Raises:
        ValueError: The text is no problem document.
    """
    members: object = orjson.loads(document)
    if not isinstance(members, dict):
        msg = "a problem document is an object"
        raise ValueError(msg)  # noqa: TRY004  (of a text, not of an argument)
    slug = str(members.get("type", "")).rpartition("/")[2]
    status = members.get("status")
    is_clients = isinstance(status, int) and status < HTTPStatus.INTERNAL_SERVER_ERROR
    kind = _NAMED.get(slug, RequestError if is_clients else StoreError)
    detail = members.get("detail") or members.get("title") or "no detail"
    error = kind.__new__(kind, str(detail))
    facts = {name: value for name, value in members.items() if name not in _STANDARD}
    vars(error).update(dict.fromkeys(_names_of_facts(kind)) | facts)
    return error


def _names_of_facts(kind: type[KnowledgeGraphError]) -> Iterable[str]:
    """Yield what an error is made of: what is None of it, a document leaves out."""
    _self, *parameters = inspect.signature(kind.__init__).parameters.values()
    return (each.name for each in parameters if each.kind not in _OF_ANY_NUMBER)


async def _tell(request: Request, problem: Problem, page: Page | None) -> Response:
    accept = ", ".join(request.headers.getlist("accept"))
    reply = respond(problem)
    if page is not None and wants_page(accept, _READ_BY_PROGRAMS):
        reply = await run_in_threadpool(page, request, problem)
        reply.status_code = problem.status
        reply.headers.update(_sent_with(problem))
    reply.headers.add_vary_header("Accept")
    return reply


def _sent_with(problem: Problem) -> Mapping[str, str]:
    # An error must not outlive its cause in a cache that keys on the address alone.
    return {"Cache-Control": "no-store", **problem.headers}


def respond(problem: Problem) -> Response:
    """Return the reply that carries `problem`."""
    document = {
        "type": problem.type,
        "title": problem.title,
        "status": problem.status,
        "detail": problem.detail,
    }
    return Response(
        # The standard members win over a fact of the same name.
        orjson.dumps({**document, **problem.members, **document}, default=str),
        status_code=problem.status,
        media_type=MEDIA_TYPE,
        headers=_sent_with(problem),
    )


_MASKED = Problem(
    status=HTTPStatus.INTERNAL_SERVER_ERROR,
    title="Internal Server Error",
    detail="the server failed to answer; its log says why",
)


def _facts(error: Exception) -> Mapping[str, object]:
    return {
        name: value
        for name, value in vars(error).items()
        if value is not None and not name.startswith("_")
    }


def _headers(error: Exception) -> Mapping[str, str]:
    match error:
        case RangeError(size=size):
            return {"Content-Range": f"bytes */{size}", "Accept-Ranges": "bytes"}
        case (
            StoreBusyError(retry_after=seconds)
            | ComparisonBusyError(retry_after=seconds)
            | LargeGraphBusyError(retry_after=seconds)
            | DumpsNotReadyError(retry_after=seconds)
            | TooManyStreamsError(retry_after=seconds)
            | QueryTimedOutError(seconds=seconds)
        ):
            return {"Retry-After": str(math.ceil(seconds))}
        case _:
            return {}


def _describe_status(request: Request, error: Exception) -> Problem:
    if not isinstance(error, HTTPException):
        return _MASKED
    headers = dict(error.headers or {})
    detail = error.detail
    if error.status_code == HTTPStatus.NOT_FOUND:
        detail = f"there is nothing at {request.url.path}"
    if "Allow" in headers:
        # Starlette lists the methods in the order of a set.
        headers["Allow"] = ", ".join(sorted(headers["Allow"].split(", ")))
        detail = f"{request.method} is not allowed here; allowed: {headers['Allow']}"
    title = HTTPStatus(error.status_code).phrase
    return Problem(error.status_code, title, detail, headers=headers)
