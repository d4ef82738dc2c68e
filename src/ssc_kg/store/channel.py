"""The server's end of the socket to a worker: messages out, frames in.

A small query is two wake-ups of the loop of events; the standard library's streams,
which can do more, take longer than the query.
"""

import asyncio
import socket
from asyncio import Future, IncompleteReadError, Transport
from collections.abc import Sequence

from ssc_kg.store.wire import Frame, Frames

_ENOUGH = 128 * 1024
"""How many bytes may wait here for whoever reads them; the rest waits in the worker."""


class Channel(asyncio.Protocol):
    """Both directions, for one reader.

    Attributes:
        is_over: Whether nothing more will come.
    """

    def __init__(self, closed: Future[None]) -> None:
        """Be what `open_channel` makes."""
        self.is_over = False
        self._closed = closed
        self._transport: Transport | None = None
        self._frames = Frames()
        self._ready: list[Frame] = []
        self._waiting = 0
        self._is_paused = False
        self._error: Exception | None = None
        self._reader: Future[None] | None = None

    def take(self, transport: Transport) -> None:
        """Send and receive by this; not each loop's is one by its class."""
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Keep what has come, and have no more sent if that is enough."""
        self._ready += self._frames.read(data)
        self._waiting += len(data)
        if self._waiting > _ENOUGH and self._ready and self._transport is not None:
            self._transport.pause_reading()
            self._is_paused = True
        self._wake()

    def eof_received(self) -> None:
        """Note that no more will come."""
        self.is_over = True
        self._wake()

    def connection_lost(self, exc: Exception | None) -> None:
        """Note that no more will come, and why."""
        self.is_over = True
        self._error = exc
        self._closed.set_result(None)
        self._wake()

    def send(self, message: bytes) -> None:
        """Send some bytes, sooner or later.

        Raises:
            ConnectionError: The worker has ended.
        """
        if self.is_over or self._transport is None:
            raise ConnectionResetError
        self._transport.write(message)

    async def receive(self) -> Sequence[Frame]:
        """Return the frames that have come; wait for one if there is none.

        Raises:
            ConnectionError: The worker ended before it read what it was sent.
            IncompleteReadError: It ended after that.
        """
        while not self._ready:
            if self.is_over:
                raise self._error or IncompleteReadError(b"", None)
            self._reader = asyncio.get_running_loop().create_future()
            await self._reader
        frames, self._ready = self._ready, []
        self._waiting = 0
        if self._is_paused and not self.is_over and self._transport is not None:
            self._is_paused = False
            self._transport.resume_reading()
        return frames

    def abort(self) -> None:
        """Receive nothing more, from now on."""
        if self._transport is not None:
            self._transport.abort()

    async def close(self) -> None:
        """Let the socket go."""
        if self._transport is not None:
            self._transport.close()
            await self._closed

    def _wake(self) -> None:
        if self._reader is not None and not self._reader.done():
            self._reader.set_result(None)


async def open_channel(connected: socket.socket) -> Channel:
    """Return the channel over a socket that is connected."""
    loop = asyncio.get_running_loop()
    channel = Channel(loop.create_future())
    transport, _ = await loop.create_unix_connection(lambda: channel, sock=connected)
    channel.take(transport)
    return channel
