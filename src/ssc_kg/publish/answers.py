"""From a query to the reply that carries its answer, whoever asks it.

The format is chosen before any work is done. The status is sent when the first bytes of
the answer exist; a client that goes away before gets none, and its worker is let go.
From then on a failure aborts the connection: what is cut short never looks whole.
"""

import asyncio
import logging
import re
from collections.abc import Coroutine, Mapping, Sequence
from http import HTTPMethod, HTTPStatus
from typing import TypeVar

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.types import Send

from ssc_kg.errors import KnowledgeGraphError, NotAcceptableError, RequestError
from ssc_kg.formats.table import (
    PICTURE_FORMATS,
    RDF_FORMATS,
    RESULT_FORMATS,
    RESULTS_JSON,
    RESULTS_XML,
    Format,
)
from ssc_kg.http.conditional import entity_tag, http_date, is_fresh
from ssc_kg.http.negotiation import named, negotiate
from ssc_kg.http.preferences import preferences
from ssc_kg.http.problems import CLIENT_WENT_AWAY
from ssc_kg.rdf.languages import Languages, accept_languages, write_languages
from ssc_kg.sparql.scan import Form, Scan
from ssc_kg.store.versions import VersionRecord
from ssc_kg.store.workers import Answer

T = TypeVar("T")
CACHING = "public, max-age=60, stale-while-revalidate=600"
"""How long caches keep what a version says."""
HINT = "SPARQL-Hint"
"""The header that says what a query probably does not mean."""
LIMITS = "SPARQL-Limits"
"""The header that names the limits which may cut an answer."""
_SECONDS = re.compile(r"[0-9]{1,9}(\.[0-9]{1,9})?")
_LEAST_SECONDS = 0.1
"""What is stopped costs a new process, so nobody may ask for that all the time."""

_log = logging.getLogger(__name__)


def offer(form: Form) -> Sequence[Format]:
    """Return the formats of a form of query; only two have a way to write a boolean."""
    match form:
        case Form.ASK:
            return (RESULTS_JSON, RESULTS_XML)
        case Form.SELECT:
            return (*RESULT_FORMATS, *PICTURE_FORMATS)
        case _:
            return RDF_FORMATS


def choose(request: Request, name: str | None, offered: Sequence[Format]) -> Format:
    """Return the format of the parameter `format`, else of the Accept header.

    Libraries send `format` with words of their own (SPARQLWrapper asks for graphs as
    "xml"), beside an Accept header that says it right. So a name that is not offered
    counts only if the header says nothing.

    Raises:
        NotAcceptableError: None of the offered formats is what the client wants.
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


def validators(
    record: VersionRecord, scanned: Scan, format_: Format, *choices: object
) -> dict[str, str]:
    """Return the headers that say for how long an answer of a version stays right.

    Args:
        record: The version.
        scanned: The query.
        format_: The format of the answer.
        choices: What else decides what it is: the dataset, the row cap.
    """
    if scanned.is_volatile:
        return {"Cache-Control": "no-store"}
    return {
        "Cache-Control": CACHING,
        "ETag": entity_tag(record.identity, scanned.text, repr(choices), format_.name),
        "Last-Modified": http_date(record.time),
    }


def read_seconds(request: Request, timeout: str | None) -> float | None:
    """Return how long a client wants to wait for an answer, if it says so.

    Args:
        request: The request, whose `Prefer: wait=…` (RFC 7240) is ignored if it is no
            number.
        timeout: The parameter of that name, in seconds.

    Raises:
        RequestError: The parameter is no number of seconds.
    """
    if timeout is not None:
        if not _SECONDS.fullmatch(timeout) or float(timeout) < _LEAST_SECONDS:
            message = (
                f"timeout is {timeout[:40]!r}, but has to be a number of seconds, "
                f"at least {_LEAST_SECONDS}, such as 5 or 0.5"
            )
            raise RequestError(message)
        return float(timeout)
    wait = preferences(request.headers.getlist("prefer")).get("wait", "")
    if not _SECONDS.fullmatch(wait) or float(wait) < _LEAST_SECONDS:
        return None
    return float(wait)


def read_languages_of(request: Request) -> Languages:
    """Return the languages that a client likes."""
    return accept_languages(", ".join(request.headers.getlist("accept-language")))


def spell_languages(languages: Languages, form: Form) -> str:
    """Return the languages of labels, as a worker is told them.

    Raises:
        RequestError: The answer to this form of query has no rows for labels.
    """
    if form is not Form.SELECT:
        message = f"labels are for rows, and {form} has none; leave them out"
        raise RequestError(message)
    return write_languages(languages)


def name_file(name: str, format_: Format, *, is_kept: bool) -> str:
    """Return the Content-Disposition (RFC 6266) of an answer, which names its file.

    Args:
        name: What is asked, in letters of ASCII.
        format_: The format, whose suffix follows.
        is_kept: Whether a browser shall keep it instead of showing it.

    >>> name_file("query", RESULTS_JSON, is_kept=True)
    'attachment; filename="query.json"'
    """
    kind = "attachment" if is_kept else "inline"
    return f'{kind}; filename="{name}.{format_.suffix}"'


async def reply(
    request: Request,
    asking: Coroutine[None, None, Answer],
    format_: Format,
    headers: Mapping[str, str],
) -> Response:
    """Return the reply that streams an answer, once its first bytes exist.

    With an ETag among its headers, `If-None-Match: *` is a 304 then.

    Raises:
        KnowledgeGraphError: What asking raises.
    """
    answer = await while_connected(request, asking)
    if answer is None:
        return unread()
    return await stream(request, answer, format_, headers)


async def stream(
    request: Request, answer: Answer, format_: Format, headers: Mapping[str, str]
) -> Response:
    """Return the reply that streams an answer, or 304; as `reply` does."""
    if request.method == HTTPMethod.HEAD:
        await answer.aclose()
    if "ETag" in headers and is_fresh(request.headers, headers["ETag"]):
        await answer.aclose()
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    return _Stream(answer, format_, {**headers, **_announce(answer)})


def _announce(answer: Answer) -> Mapping[str, str]:
    """Return the header that names what may cut an answer, or has cut it.

    It is a dictionary (RFC 9651) of limits, sent unless the answer is known to be
    whole; `truncated` is a member if it is known not to be.
    """
    members = [f"{name}={maximum}" for name, maximum in answer.limits.items()]
    if members and answer.end is not None:
        members.append("truncated")
    return {LIMITS: ", ".join(members)} if members else {}


class _Stream(StreamingResponse):
    """A reply that ends without its end when the rest of the answer does not come.

    The server then drops the connection. Raising would do the same, with a traceback in
    the log for each query that somebody wrote too large.
    """

    def __init__(
        self, answer: Answer, format_: Format, headers: Mapping[str, str]
    ) -> None:
        super().__init__(answer, headers=headers, media_type=format_.media_type)
        self._answer = answer

    async def stream_response(self, send: Send) -> None:
        try:
            await super().stream_response(send)
        except KnowledgeGraphError as error:
            _log.warning("an answer was given up half-way: %s", error)
        finally:
            # Who goes away while a part is on its way would keep the worker.
            await self._answer.aclose()


def unread() -> Response:
    """Return the reply to a client that went away."""
    return Response(status_code=CLIENT_WENT_AWAY)


async def while_connected(
    request: Request, asking: Coroutine[None, None, T]
) -> T | None:
    """Return what is asked for, or None when nobody waits for it any longer."""
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
