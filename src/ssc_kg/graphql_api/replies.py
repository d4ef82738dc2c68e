"""Replies that are kept, so that what was asked before is not answered again.

An answer depends on the version and on what was sent, byte for byte. A version never
changes, so a reply stays right; when a newer version is published, those of the older
one are no longer asked for, and make room.
"""

from collections.abc import Hashable
from dataclasses import dataclass

from cachetools import LRUCache
from starlette.responses import Response

_OVERHEAD = 2_048
"""About how many bytes a reply takes beside its body and its key."""


@dataclass(frozen=True, slots=True)
class _Kept:
    reply: Response
    size: int


class Replies:
    """The replies that were used last, for the one thread of an event loop."""

    def __init__(self, maximum: int) -> None:
        """Keep up to `maximum` bytes; with 0, none."""
        self._kept = LRUCache[Hashable, _Kept](maximum, lambda kept: kept.size)

    def find(self, key: Hashable) -> Response | None:
        """Return a copy of the reply that is kept by `key`."""
        kept = self._kept.get(key)
        return _copy(kept.reply) if kept else None

    def keep(self, key: Hashable, reply: Response, *, asked: bytes) -> None:
        """Keep a reply by `key`, of which the bytes that were `asked` are a part.

        One that takes more than an eighth of the room is not kept.
        """
        size = len(reply.body) + len(asked) + _OVERHEAD
        if size <= self._kept.maxsize // 8:
            self._kept[key] = _Kept(_copy(reply), size)


def _copy(reply: Response) -> Response:
    """Return a reply with headers of its own, since middleware writes into them."""
    copied = Response(reply.body, reply.status_code)
    copied.raw_headers = [*reply.raw_headers]
    return copied
