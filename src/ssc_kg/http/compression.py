"""Brotli and gzip for replies, with tags that stay strong.

Starlette compresses well but keeps the tag, so that two different byte strings share
one strong tag (RFC 9110, section 8.8.3.3, forbids it), and it knows no weights. Around
it, this chooses the coding, gives the compressed form a tag of its own and takes that
away again from the tags that a client sends back; the faces inside never see it.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from http import HTTPStatus
from typing import Literal, TypeAlias

import brotli
from anyio import to_thread
from starlette.datastructures import MutableHeaders
from starlette.middleware.gzip import (
    DEFAULT_EXCLUDED_CONTENT_TYPES,
    GZipResponder,
    IdentityResponder,
)
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MINIMUM_BYTES = 500
"""The least bytes of a reply that is compressed."""
Coding: TypeAlias = Literal["br", "gzip"]
"""How a reply may be compressed."""
# Of what a client likes as much as another, the first: it packs closer, and sooner.
_CODINGS: tuple[Coding, ...] = ("br", "gzip")
_ELEMENT = re.compile(
    r"\s*(?P<name>[^\s;,=]+)\s*(?:;\s*q\s*=\s*(?P<weight>[01](?:\.[0-9]*)?)\s*)?",
    re.IGNORECASE,
)
# On Turtle, gzip's level 6 is within 2 % of level 9's size in half of its time, and
# Brotli's 4 makes nine tenths of level 6's size in a quarter of its time.
_GZIP_LEVEL, _BROTLI_QUALITY = 6, 4
_PACKED = (*DEFAULT_EXCLUDED_CONTENT_TYPES, "application/zstd")
"""What is compressed already."""
_LONG = 32 * 1024
"""From how many bytes a part is compressed in a thread, beside other requests."""
_WANTED = (b"accept-encoding", b"if-none-match")


class Compression:
    """ASGI middleware that compresses replies for clients that accept it."""

    def __init__(self, app: ASGIApp, *, minimum_bytes: int = MINIMUM_BYTES) -> None:
        self._app = app
        self._minimum = minimum_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        coding = coding_for(scope["headers"])
        if coding is None:
            await self._app(scope, receive, _varying(send))
            return
        inner = {**scope, "headers": list(scope["headers"])}
        mark = f'-{coding}"'
        has_compressed = _unmark(MutableHeaders(scope=inner), mark)

        async def send_marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                reply = MutableHeaders(scope=message)
                _vary(reply)
                if message["status"] == HTTPStatus.NOT_MODIFIED:
                    _mark(reply, mark, when=has_compressed)
                else:
                    _mark(reply, mark, when=reply.get("content-encoding") == coding)
            await send(message)

        await self._responder(coding)(inner, receive, send_marked)

    def _responder(self, coding: Coding) -> ASGIApp:
        if coding == "br":
            return _BrotliResponder(self._app, self._minimum)
        return GZipResponder(
            self._app,
            self._minimum,
            compresslevel=_GZIP_LEVEL,
            thread_minimum_size=_LONG,
            exclude_content_types=_PACKED,
        )


def coding_for(headers: Iterable[tuple[bytes, bytes]]) -> Coding | None:
    """Return how a reply is compressed for a client, if it is long enough.

    >>> coding_for([(b"accept-encoding", b"gzip, br;q=0.5")])
    'gzip'
    """
    accepted = [value for name, value in headers if name == b"accept-encoding"]
    return _choose(b",".join(accepted).decode("latin-1")) if accepted else None


@lru_cache(maxsize=256)
def _choose(accepted: str) -> Coding | None:
    weights = dict(_weigh(accepted))
    others = weights.get("*", 0.0)

    def weight(coding: Coding) -> float:
        return weights.get(coding, others)

    best = max(_CODINGS, key=weight)
    # What is not compressed is always welcome, and seldom named (section 12.5.3).
    is_welcome = weight(best) > 0 and weight(best) >= weights.get("identity", 0.0)
    return best if is_welcome else None


def _weigh(accepted: str) -> Iterable[tuple[str, float]]:
    for element in accepted.split(","):
        match = _ELEMENT.fullmatch(element)
        # RFC 9110 leaves this open; an unreadable weight asks for nothing.
        if match is not None:
            yield match["name"].lower(), min(float(match["weight"] or 1), 1.0)


class _BrotliResponder(IdentityResponder):
    """What Starlette's `GZipResponder` is, for Brotli (RFC 7932)."""

    content_encoding = "br"

    def __init__(self, app: ASGIApp, minimum_size: int) -> None:
        super().__init__(app, minimum_size, exclude_content_types=_PACKED)
        self._compressor: brotli.Compressor | None = None

    async def apply_compression(self, body: bytes, *, more_body: bool) -> bytes:
        if len(body) >= _LONG:
            return await to_thread.run_sync(self._compress, body, more_body)
        return self._compress(body, more_body)

    def _compress(self, body: bytes, more_body: bool) -> bytes:  # noqa: FBT001
        if self._compressor is None:
            self._compressor = brotli.Compressor(quality=_BROTLI_QUALITY)
        packed: bytes = self._compressor.process(body)
        rest: bytes = (
            self._compressor.flush() if more_body else self._compressor.finish()
        )
        return packed + rest


def _varying(send: Send) -> Send:
    """Send what others may get compressed."""

    async def send_varying(message: Message) -> None:
        if message["type"] == "http.response.start":
            _vary(MutableHeaders(scope=message))
        await send(message)

    return send_varying


def _vary(headers: MutableHeaders) -> None:
    # Starlette has named it already if it compressed, and names it again if asked to.
    if "accept-encoding" not in headers.get("vary", "").lower():
        headers.add_vary_header("Accept-Encoding")


def _unmark(headers: MutableHeaders, mark: str) -> bool:
    """Give the request the tags that the faces know; whether any was marked."""
    known = headers.get("if-none-match", "")
    if mark in known:
        headers["if-none-match"] = known.replace(mark, '"')
    return mark in known


def _mark(headers: MutableHeaders, mark: str, *, when: bool) -> None:
    tag = headers.get("etag", "")
    if when and tag.startswith('"'):
        headers["etag"] = tag.removesuffix('"') + mark
