"""What a client sends (GraphQL over HTTP, section 5), read from GET and POST.

Everything that is wrong with the request as such is found here; nothing is known of
GraphQL but the names of the parameters.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPMethod, HTTPStatus
from typing import NamedTuple, TypeAlias
from urllib.parse import parse_qsl

import orjson
from starlette.requests import Request

from ssc_kg.errors import BadRequestError
from ssc_kg.graphql_api.explain import asks_for_explanation
from ssc_kg.rdf.languages import Languages, accept_languages

_MAXIMUM_NESTING = 100
"""How deep variables may be; those who read them call themselves."""
_JSON = "application/json"
_PLAIN = frozenset(("query", "variables", "operationName"))
_NOTHING: Mapping[str, object] = {}
_DEEP = dict, list
_CHARSETS = frozenset(("utf-8", "utf8"))


@dataclass(frozen=True, slots=True)
class GraphQLRequest:
    """One operation, by its text or by a name of the document."""

    query: str | None = None
    variables: Mapping[str, object] = field(default_factory=dict)
    operation_name: str | None = None
    document_id: str | None = None
    """The identifier of a document that the server knows (appendix of the draft)."""
    persisted_hash: str | None = None
    """The hash in `extensions.persistedQuery`, of version 1 of that protocol."""
    is_explained: bool = False
    """Whether `extensions.explain` asks how it was answered."""
    languages: Languages = ()
    """Those of the header Accept-Language."""


class PlainRequest(NamedTuple):
    """An operation with nothing beside it; most requests are no more."""

    query: str
    variables: Mapping[str, object]
    operation_name: str | None


Batch: TypeAlias = tuple[GraphQLRequest, ...]


@dataclass(frozen=True, slots=True)
class RequestLimits:
    """How much one request may send."""

    body: int = 1024**2
    """Bytes of a POST body."""
    batch: int = 0
    """Operations in a list; with 0, a list is refused."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What a client sent, as it stands there."""

    method: str
    content: bytes
    """The body of a POST, else what follows the `?` of the address."""
    languages: Languages = ()
    """Those of the header Accept-Language."""


async def receive(request: Request, limits: RequestLimits) -> Sent:
    """Return what a client sent, unread.

    Raises:
        BadRequestError: It is too large, or not of a type that can be read.
    """
    accepted = ", ".join(request.headers.getlist("accept-language"))
    languages = accept_languages(accepted)
    if request.method != HTTPMethod.POST:
        return Sent(request.method, request.scope["query_string"], languages)
    _check_content_type(request.headers.get("content-type", ""))
    return Sent(request.method, await _body(request, limits.body), languages)


def read(sent: Sent, limits: RequestLimits) -> GraphQLRequest | Batch:
    """Return the operation of a request, or those of a batch.

    Raises:
        BadRequestError: There is none, or the request cannot be read.
    """
    if sent.method == HTTPMethod.POST:
        return _read_body(sent, limits.batch)
    return _read_fields(_read_parameters(sent.content), sent.languages)


def read_plain(content: bytes) -> PlainRequest | None:
    """Return the operation of a body that holds its text, and scalars as variables.

    None if there is more in it, or something is wrong; `read` knows what to say.
    """
    try:
        fields = orjson.loads(content)
    except orjson.JSONDecodeError:
        return None
    if not isinstance(fields, dict) or not fields.keys() <= _PLAIN:
        return None
    query, name = fields.get("query"), fields.get("operationName")
    variables = fields.get("variables", _NOTHING)
    if not isinstance(query, str) or not isinstance(variables, dict):
        return None
    if name is not None and not isinstance(name, str):
        return None
    for value in variables.values():
        if isinstance(value, _DEEP):
            return None
    return PlainRequest(query, variables, name or None)


def _check_content_type(content_type: str) -> None:
    if content_type == _JSON:
        return
    media_type, *parameters = (part.strip().lower() for part in content_type.split(";"))
    if media_type != _JSON:
        msg = (
            f"the Content-Type is {media_type!r}; "
            f"send the operation as {_JSON}, with `query` and `variables`"
        )
        raise _unsupported(msg)
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "charset" and value.strip(' "') not in _CHARSETS:
            msg = f"the charset is {value.strip()!r}; send UTF-8"
            raise _unsupported(msg)


def _unsupported(reason: str) -> BadRequestError:
    return BadRequestError(reason, status=HTTPStatus.UNSUPPORTED_MEDIA_TYPE)


async def _body(request: Request, maximum: int) -> bytes:
    chunks, size = [], 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > maximum:
            msg = f"the body is larger than {maximum} bytes, the limit"
            raise BadRequestError(msg, status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        chunks.append(chunk)
    return b"".join(chunks)


def _read_parameters(encoded: bytes) -> Mapping[str, object]:
    try:
        pairs = parse_qsl(encoded.decode("ascii"), errors="strict")
    except UnicodeDecodeError:
        msg = "the address is not UTF-8 in percent encoding"
        raise BadRequestError(msg) from None
    parameters = dict(pairs)
    fields: dict[str, object] = {**parameters}
    for name in ("variables", "extensions"):
        if name in parameters:
            fields[name] = _read_json(parameters[name], name)
    return fields


def _read_body(sent: Sent, maximum: int) -> GraphQLRequest | Batch:
    match _read_json(sent.content, "the body"):
        case dict() as fields:
            return _read_fields(fields, sent.languages)
        case list() as batch:
            objects = _read_batch(batch, maximum)
            return tuple(_read_fields(each, sent.languages) for each in objects)
        case _:
            msg = "the body is not a JSON object with `query` and `variables`"
            raise BadRequestError(msg)


def _read_batch(
    batch: Sequence[object], maximum: int
) -> Sequence[Mapping[str, object]]:
    if maximum == 0:
        msg = "the body is a list; send one operation, batches are not supported"
        raise BadRequestError(msg)
    if not 1 <= len(batch) <= maximum:
        msg = f"the batch has {len(batch)} operations; send 1 to {maximum} at once"
        raise BadRequestError(msg)
    objects = [each for each in batch if isinstance(each, dict)]
    if len(objects) < len(batch):
        msg = "the batch is not a list of JSON objects with `query` and `variables`"
        raise BadRequestError(msg)
    return objects


def _read_json(text: str | bytes, what: str) -> object:
    try:
        value: object = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        msg = f"{what} is not JSON: {error}"
        raise BadRequestError(msg) from None
    return value


def _read_fields(fields: Mapping[str, object], languages: Languages) -> GraphQLRequest:
    extensions = _object(fields, "extensions")
    request = GraphQLRequest(
        query=_text(fields, "query"),
        variables=_object(fields, "variables"),
        operation_name=_text(fields, "operationName") or None,
        document_id=_text(fields, "documentId"),
        persisted_hash=_persisted_hash(extensions),
        is_explained=asks_for_explanation(extensions),
        languages=languages,
    )
    if (request.query, request.document_id, request.persisted_hash) == (None,) * 3:
        msg = "there is no operation: its text is missing, which is sent as `query`"
        raise BadRequestError(msg)
    if _is_deep(request.variables.values()):
        msg = f"`variables` is nested more than {_MAXIMUM_NESTING} levels deep"
        raise BadRequestError(msg)
    return request


def _text(fields: Mapping[str, object], name: str) -> str | None:
    match fields.get(name):
        case str() | None as text:
            return text
        case _:
            msg = f"`{name}` is not a string"
            raise BadRequestError(msg)


def _object(fields: Mapping[str, object], name: str) -> Mapping[str, object]:
    match fields.get(name):
        case None:
            return {}
        case dict() as found:
            return found
        case _:
            msg = f"`{name}` is not a JSON object"
            raise BadRequestError(msg)


def _persisted_hash(extensions: Mapping[str, object]) -> str | None:
    match extensions.get("persistedQuery"):
        case None:
            return None
        case {"version": 1, "sha256Hash": str() as digest}:
            return digest.lower()
        case _:
            msg = "`extensions.persistedQuery` has to have version 1 and a sha256Hash"
            raise BadRequestError(msg)


def _is_deep(values: Iterable[object]) -> bool:
    for _ in range(_MAXIMUM_NESTING):
        values = [child for value in values for child in _children(value)]
        if not values:
            return False
    return True


def _children(value: object) -> Iterable[object]:
    match value:
        case dict():
            return value.values()
        case list():
            return value
        case _:
            return ()
