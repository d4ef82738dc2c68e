"""Replies that are kept, so that what was found out before is not found out again.

An answer depends on the version and on what was sent, byte for byte. A version never
changes, so a whole reply stays right; when a newer one is published, those of the older
are no longer asked for, and make room. What is kept are the messages that went out,
also compressed ones, so this stands around everything else.

How a reply begins depends on less: on the headers of the request. It is kept with a
function that makes the body, so that another body is answered without the way through
all that is inside.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from http import HTTPMethod, HTTPStatus
from math import inf
from typing import TypeAlias

from cachetools import LRUCache
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ssc_kg.http.compression import MINIMUM_BYTES, coding_for

_MARK = "ssc_kg.keeping"
_METHODS = frozenset(("GET", "POST"))
_DECIDING = frozenset(
    (
        b"accept",
        b"accept-encoding",
        b"accept-language",
        b"content-type",
        b"if-none-match",
        b"prefer",
    )
)
"""The headers on which a reply may depend."""
_LONGEST = 65_536
"""The most bytes of a body that a reply is kept by."""
_OVERHEAD = 2_048
"""About how many bytes a reply takes beside its body and its key."""
_MOST_HEADS = 64
"""How many beginnings of replies are kept: clients have few sets of headers."""
_LENGTH = b"content-length"
_START, _BODY = "http.response.start", "http.response.body"
Headers: TypeAlias = tuple[tuple[bytes, bytes], ...]
Answer: TypeAlias = Callable[[bytes], tuple[int, bytes] | None]
"""Makes the body of a reply of that of a request, and tells the version it is of.

None if that takes more than a moment, or if the reply would begin otherwise.
"""
_HeadKey: TypeAlias = tuple[bytes, Headers]
_Key: TypeAlias = tuple[int, str, bytes, Headers, bytes]


def keep_reply(request: Request, version: int) -> None:
    """Say that the reply to a request is the same for as long as a version is served.

    Nothing comes of it unless the reply is a 200 that is not streamed.
    """
    keeping: _Keeping | None = request.scope.get(_MARK)
    if keeping is not None:
        keeping.version = version


def answer_again(request: Request, answer: Answer) -> None:
    """Say what makes the bodies of replies to requests that differ in their bodies.

    Nothing comes of it unless the request is a POST, and the reply is a 200 that is
    neither streamed nor compressed.
    """
    keeping: _Keeping | None = request.scope.get(_MARK)
    if keeping is not None:
        keeping.answer = answer


class Replies:
    """ASGI middleware that keeps the replies that were used last."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        paths: Collection[str],
        version: Callable[[], int],
        maximum: int,
    ) -> None:
        """Keep up to `maximum` bytes of replies to requests for some `paths`.

        A reply that takes more than an eighth of that is not kept; with 0, none is.
        `version` tells the number of the one that is served.
        """
        self._app = app
        self._paths = paths
        self._version = version
        self._kept = LRUCache[_Key, _Kept](maximum, lambda kept: kept.size)
        self._heads: dict[_HeadKey, _Head] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        is_asked = scope["type"] == "http" and scope["method"] in _METHODS
        if not is_asked or scope["path"] not in self._paths:
            await self._app(scope, receive, send)
            return
        first = await receive()
        key = self._key(scope, first)
        if key is None:
            await self._app(scope, _again(first, receive), send)
            return
        messages = self._known(key)
        if messages is None:
            await self._ask(key, scope, _again(first, receive), send)
            return
        for message in messages:
            await send(message)

    def _known(self, key: _Key) -> Iterable[Message] | None:
        """Return the reply if it is kept, or is made in a moment."""
        kept = self._kept.get(key) if self._kept else None
        if kept is not None:
            return kept.messages
        _, method, query, headers, body = key
        head = self._heads.get((query, headers)) if method == HTTPMethod.POST else None
        if head is None or (answered := head.answer(body)) is None:
            return None
        version, content = answered
        if len(content) > head.longest:
            return None
        messages = head.begin(content)
        self._keep((version, *key[1:]), messages)
        return messages

    async def _ask(self, key: _Key, scope: Scope, receive: Receive, send: Send) -> None:
        keeping = scope[_MARK] = _Keeping()
        await self._app(scope, receive, keeping.listen(send))
        if not keeping.is_whole:
            return
        if keeping.version is not None:
            self._keep((keeping.version, *key[1:]), tuple(keeping.messages))
        if keeping.answer is not None:
            self._keep_head(key, keeping.messages[0], keeping.answer)

    def _key(self, scope: Scope, first: Message) -> _Key | None:
        """Return what a reply depends on, if all of it has come."""
        body = first.get("body", b"")
        is_whole = first["type"] == "http.request" and not first.get("more_body")
        if not is_whole or len(body) > _LONGEST:
            return None
        deciding = tuple(each for each in scope["headers"] if each[0] in _DECIDING)
        query = scope["query_string"]
        return self._version(), scope["method"], query, deciding, body

    def _keep_head(self, key: _Key, start: Message, answer: Answer) -> None:
        _, method, query, headers, _ = key
        names = {name for name, _ in start["headers"]}
        size = len(query) + _length(headers)
        is_plain = b"content-encoding" not in names
        if method == HTTPMethod.POST and is_plain and size <= _OVERHEAD:
            if len(self._heads) >= _MOST_HEADS:
                self._heads.clear()
            others = tuple(each for each in start["headers"] if each[0] != _LENGTH)
            self._heads[query, headers] = _Head(others, answer, _longest(headers))

    def _keep(self, key: _Key, messages: tuple[Message, ...]) -> None:
        if self._kept.maxsize == 0:
            return
        _, _, query, headers, body = key
        size = _OVERHEAD + len(query) + len(body) + _length(headers)
        size += sum(len(message.get("body", b"")) for message in messages)
        if size <= self._kept.maxsize // 8:
            self._kept[key] = _Kept(messages, size)


@dataclass(frozen=True, slots=True)
class _Kept:
    messages: tuple[Message, ...]
    size: int


@dataclass(frozen=True, slots=True)
class _Head:
    """How replies begin, and what makes the rest."""

    headers: Headers
    answer: Answer
    longest: float
    """The most bytes of a body that is not compressed."""

    def begin(self, content: bytes) -> tuple[Message, ...]:
        """Return the messages of a reply with a body."""
        headers = [*self.headers, (_LENGTH, b"%d" % len(content))]
        return (
            {"type": _START, "status": HTTPStatus.OK.value, "headers": headers},
            {"type": _BODY, "body": content},
        )


@dataclass(slots=True)
class _Keeping:
    """What goes out in reply to one request, and what is said of it."""

    version: int | None = None
    answer: Answer | None = None
    messages: list[Message] = field(default_factory=list)
    is_whole: bool = False

    def listen(self, send: Send) -> Send:
        """Return what sends, and remembers what is sent if it is all of a reply."""

        async def send_and_remember(message: Message) -> None:
            match message:
                case {"type": "http.response.start", "status": HTTPStatus.OK}:
                    self.messages = [message]
                case {"type": "http.response.body"} if len(self.messages) == 1:
                    self.messages.append(message)
                    self.is_whole = not message.get("more_body", False)
                case _:
                    self.is_whole = False
            await send(message)

        return send_and_remember


def _longest(headers: Headers) -> float:
    """Return how long a reply may be before it is compressed."""
    return inf if coding_for(headers) is None else MINIMUM_BYTES - 1


def _length(headers: Headers) -> int:
    return sum(len(name) + len(value) for name, value in headers)


def _again(first: Message, receive: Receive) -> Receive:
    """Return what receives a message again, and then those that follow."""
    waiting = [first]

    async def receive_again() -> Message:
        return waiting.pop() if waiting else await receive()

    return receive_again
