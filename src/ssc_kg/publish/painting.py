"""What draws pictures for a server: a process of its own, which gives way to it."""

import os

from ssc_kg.charts.apart import Refused, Wanted, draw
from ssc_kg.store.sandbox import limit_memory

_NICENESS = 10


def paint(results: bytes, wanted: Wanted, memory: int | None) -> bytes | Refused:
    """Return a picture of a table, given as SPARQL JSON results.

    Call it in a process that does nothing else: it loses its priority.

    Args:
        results: The table.
        wanted: How to draw it.
        memory: The bytes that drawing may take; None for any number.

    Raises:
        MemoryError: It took more.
    """
    os.setpriority(os.PRIO_PROCESS, 0, _NICENESS)
    limit_memory(memory)
    return draw(results, wanted)
