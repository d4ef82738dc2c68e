"""Answers as server-sent events (GraphQL over SSE, distinct connections mode).

Each answer is an event `next`, and `complete` ends them; a comment now and then keeps
proxies from closing a connection on which nothing happens.
"""

import asyncio
from collections.abc import AsyncGenerator, Iterator
from contextlib import aclosing, contextmanager

import orjson
from anyio import CancelScope

from ssc_kg.compiler.json import JsonObject
from ssc_kg.errors import TooManyStreamsError

_COMMENT = b":\n\n"
_COMPLETE = b"event: complete\ndata:\n\n"


class Streams:
    """Writes streams of events, a number of them at once."""

    def __init__(self, maximum: int, keep_alive: float) -> None:
        """Allow `maximum` at once, silent for `keep_alive` seconds at most."""
        self._maximum = maximum
        self._keep_alive = keep_alive
        self._open = 0

    async def write(self, bodies: AsyncGenerator[JsonObject]) -> AsyncGenerator[bytes]:
        """Yield the bodies of answers as events.

        The first piece is empty: take it before the reply begins, which shows whether
        there is room for another stream.

        Raises:
            TooManyStreamsError: All are open already.
        """
        with self._one():
            yield b""
            # Sends the headers, so that the client knows that it listens.
            yield _COMMENT
            chunks = write_events(bodies, keep_alive=self._keep_alive)
            async with aclosing(chunks):
                async for chunk in chunks:
                    yield chunk

    @contextmanager
    def _one(self) -> Iterator[None]:
        if self._open >= self._maximum:
            raise TooManyStreamsError(self._maximum)
        self._open += 1
        try:
            yield
        finally:
            self._open -= 1


async def write_events(
    bodies: AsyncGenerator[JsonObject], *, keep_alive: float
) -> AsyncGenerator[bytes]:
    """Yield bodies as events, and a comment after `keep_alive` seconds of silence."""
    pending = asyncio.ensure_future(anext(bodies, None))
    try:
        while True:
            await asyncio.wait([pending], timeout=keep_alive)
            if not pending.done():
                yield _COMMENT
            elif (body := pending.result()) is None:
                break
            else:
                yield b"event: next\ndata: %b\n\n" % orjson.dumps(body)
                pending = asyncio.ensure_future(anext(bodies, None))
        yield _COMPLETE
    finally:
        # The client has gone away, perhaps, and its request is being cancelled; what
        # stands behind the bodies still has to end in order.
        with CancelScope(shield=True):
            pending.cancel()
            await asyncio.wait([pending])
            await bodies.aclose()
