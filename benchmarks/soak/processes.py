"""Memory and descriptors of the server and of its workers, as Linux tells them."""

import time
from dataclasses import dataclass
from pathlib import Path

_PAGES_FIELD = "VmRSS:"
_PROC = Path("/proc")


@dataclass(frozen=True, slots=True)
class Sample:
    """What the processes have at one moment; memory is what is resident, in bytes."""

    time: float
    """In seconds, from any beginning."""
    server: int
    workers: tuple[int, ...]
    """The memory of each worker."""
    descriptors: int
    """Those of the server that are open."""


def take_sample(server: int) -> Sample:
    """Look at a server, by the number of its process, and at its children.

    Raises:
        OSError: There is no such process.
    """
    workers = (_memory(worker) for worker in children(server))
    return Sample(
        time.monotonic(),
        _memory(server) or 0,
        tuple(memory for memory in workers if memory is not None),
        sum(1 for _ in (_PROC / str(server) / "fd").iterdir()),
    )


def children(process: int) -> list[int]:
    """Return the numbers of the processes that a process started."""
    lists = (_PROC / str(process) / "task").glob("*/children")
    return sorted(int(number) for each in lists for number in each.read_text().split())


def is_alive(process: int) -> bool:
    """Whether a process is there and has not ended."""
    return _memory(process) is not None


def _memory(process: int) -> int | None:
    """Return the resident bytes; None of a process that has ended meanwhile."""
    try:
        status = (_PROC / str(process) / "status").read_text(encoding="utf-8")
    except OSError:
        return None
    for line in status.splitlines():
        if line.startswith(_PAGES_FIELD):
            return 1024 * int(line.split()[1])
    return None
