"""Replies that are kept whole, so that what was asked before is not answered again.

An answer depends on the version and on what was sent, byte for byte. A version never
changes, so a reply stays right; when a newer one is published, those of the older are
no longer asked for, and make room. What is kept are the messages that went out, also
compressed ones, so this stands around everything else.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TypeAlias

from cachetools import LRUCache
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

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
_Key: TypeAlias = tuple[int, str, bytes, tuple[tuple[bytes, bytes], ...], bytes]


def keep_reply(request: Request, version: int) -> None:
    """Say that the reply to a request is the same for as long as a version is served.

    Nothing comes of it unless the reply is a 200 that is not streamed.
    """
    keeping: _Keeping | None = request.scope.get(_MARK)
    if keeping is not None:
        keeping.version = version


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

        A reply that takes more than an eighth of that is not kept. `version` tells the
        number of the one that is served.
        """
        self._app = app
        self._paths = paths
        self._version = version
        self._kept = LRUCache[_Key, _Kept](maximum, lambda kept: kept.size)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        is_asked = scope["type"] == "http" and scope["method"] in _METHODS
        if not is_asked or scope["path"] not in self._paths:
            await self._app(scope, receive, send)
            return
        first = await receive()
        key = self._key(scope, first)
        kept = None if key is None else self._kept.get(key)
        if kept is not None:
            for message in kept.messages:
                await send(message)
            return
        again = _again(first, receive)
        if key is None:
            await self._app(scope, again, send)
            return
        keeping = scope[_MARK] = _Keeping()
        await self._app(scope, again, keeping.listen(send))
        if keeping.is_whole and keeping.version is not None:
            self._keep((keeping.version, *key[1:]), keeping.messages)

    def _key(self, scope: Scope, first: Message) -> _Key | None:
        """Return what a reply depends on, if all of it has come."""
        body = first.get("body", b"")
        is_whole = first["type"] == "http.request" and not first.get("more_body")
        if not is_whole or len(body) > _LONGEST:
            return None
        deciding = tuple(each for each in scope["headers"] if each[0] in _DECIDING)
        query = scope["query_string"]
        return self._version(), scope["method"], query, deciding, body

    def _keep(self, key: _Key, messages: list[Message]) -> None:
        _, _, query, headers, body = key
        size = _OVERHEAD + len(query) + len(body)
        size += sum(len(name) + len(value) for name, value in headers)
        size += sum(len(message.get("body", b"")) for message in messages)
        if size <= self._kept.maxsize // 8:
            self._kept[key] = _Kept(tuple(messages), size)


@dataclass(frozen=True, slots=True)
class _Kept:
    messages: tuple[Message, ...]
    size: int


@dataclass(slots=True)
class _Keeping:
    """What goes out in reply to one request, and what is said of it."""

    version: int | None = None
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


def _again(first: Message, receive: Receive) -> Receive:
    """Return what receives a message again, and then those that follow."""
    waiting = [first]

    async def receive_again() -> Message:
        return waiting.pop() if waiting else await receive()

    return receive_again
