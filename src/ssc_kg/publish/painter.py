"""What draws pictures for a server, as a program: a process like a query worker.

`python -m ssc_kg.publish.painter` is started by `ssc_kg.store.workers`, never by hand.
What strangers wrote goes through libraries in C here, so it has given up the same.
"""

import gc
import socket
import sys

from ssc_kg.charts.apart import Wanted, draw, prepare
from ssc_kg.errors import KnowledgeGraphError, QueryLimit, QueryTooLargeError
from ssc_kg.store.sandbox import limit_memory
from ssc_kg.store.wire import Frame, FrameKind, pack, write_failure
from ssc_kg.store.worker import Allowance, serve


class Painter:
    """Draws one picture after the other."""

    def __init__(self, server: socket.socket, allowance: Allowance) -> None:
        """Be ready to draw: what libraries take for themselves is no picture's."""
        self._server = server
        self._allowance = allowance
        prepare()
        limit_memory(allowance.memory)

    def __call__(self, frame: Frame) -> None:
        """Send the picture that a frame asks for, or why there is none."""
        try:
            self._send(FrameKind.DRAWN, self._draw(Wanted.read(frame.body)))
        except KnowledgeGraphError as error:
            self._send(FrameKind.FAILURE, write_failure(error))
        except MemoryError:
            large = QueryTooLargeError(QueryLimit.MEMORY, self._allowance.memory)
            self._send(FrameKind.FAILURE, write_failure(large))
            # Libraries that got no memory may not be what they were.
            sys.exit()
        # The parts of a picture refer to each other.
        gc.collect()

    def _send(self, kind: FrameKind, body: bytes) -> None:
        self._server.sendall(pack(kind, body))

    def _draw(self, wanted: Wanted) -> bytes:
        picture = draw(wanted)
        if len(picture) > self._allowance.output:
            raise QueryTooLargeError(QueryLimit.BYTES, self._allowance.output)
        return picture


if __name__ == "__main__":
    serve(Painter)
