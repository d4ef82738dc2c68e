"""The faces of one operation: JSON, or the facts that the JSON shows, as RDF.

A graph has no place for errors. An operation that is refused, or of whose answer
nothing is left, is therefore a problem document. If something of the answer is left, it
is given, and `GraphQL-Errors` says how many errors the JSON would have; it is there
with 0 too, so that its absence is never taken for success. As JSON such an answer is a
200 as well, and the part of the graph that it shows is as true as without the error.
"""

from collections.abc import Callable, Sequence
from http import HTTPMethod, HTTPStatus

from starlette.requests import Request
from starlette.responses import Response

from ssc_kg.engine.operation import Operation, Result
from ssc_kg.formats.table import GRAPHQL_FORMATS, JSON, RDF_FORMATS, Format
from ssc_kg.formats.write import write_graph
from ssc_kg.http.conditional import entity_tag, has_copy, http_date, is_fresh
from ssc_kg.http.negotiation import named, negotiate
from ssc_kg.store.protocol import Store
from ssc_kg.store.snapshot import Snapshot
from ssc_kg.store.versions import VersionRecord

FACES = (*GRAPHQL_FORMATS, *RDF_FORMATS)
"""The formats of an answer, in order of preference."""
ERROR_COUNT = "GraphQL-Errors"
"""The header that says how many errors an answer as JSON would have."""
_CACHING = "public, max-age=60, stale-while-revalidate=600"


def choose_face(request: Request, offered: Sequence[Format] = FACES) -> Format:
    """Return the format of the parameter `format`, else of the Accept header.

    Raises:
        NotAcceptableError: It is none that is offered.
    """
    has_parameters = bool(request.scope["query_string"])
    name = request.query_params.get("format") if has_parameters else None
    if name is not None:
        # Both formats of JSON have that suffix; a browser shows the older one.
        others = (each for each in offered if each is not JSON)
        return named(name, (JSON, *others))
    return negotiate(", ".join(request.headers.getlist("accept")), offered)


def answer_graph(
    request: Request,
    snapshot: Snapshot,
    format_: Format,
    *,
    operation: Operation,
    run: Callable[[Store], Result],
) -> Response:
    """Return the facts of one operation as a response.

    Args:
        request: What was sent; by GET, the reply has validators.
        snapshot: What is answered from.
        format_: An RDF format.
        operation: With the text that was found, whatever name it was asked for by.
        run: Finds the facts.

    Raises:
        OperationRefusedError: It is not run, or an argument leaves nothing of it.
        IncompleteAnswerError: The data leaves nothing of the answer.
        StoreError: The store could not answer.
        UnwritableError: The format cannot express a term.
    """
    headers = {"Vary": "Accept, Accept-Language", "Cache-Control": "no-cache"}
    if request.method != HTTPMethod.POST:
        headers |= _validators(snapshot.record, repr(operation), format_)
        if has_copy(request.headers, headers["ETag"]):
            return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    result = run(snapshot.store)
    result.require_data()
    if "ETag" in headers and is_fresh(request.headers, headers["ETag"]):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    headers[ERROR_COUNT] = str(len(result.errors))
    body = b"".join(write_graph(result.facts, format_))
    return Response(body, headers=headers, media_type=format_.media_type)


def _validators(record: VersionRecord, asked: str, format_: Format) -> dict[str, str]:
    return {
        "Cache-Control": _CACHING,
        "ETag": entity_tag(record.identity, asked, format_.name),
        "Last-Modified": http_date(record.time),
    }
