"""What a soak says about the server: the sentences that must not be true of it.

Memory is flat if both of these are small beside what there was, after the warm-up, at
the beginning: the difference of the medians of the last and the first third of the
samples, and what the slope (the median of the slopes between all pairs, so that single
peaks count little) adds over the whole time. Small is a tenth and 32 MiB more, as
caches are still being filled. So is what the server has more at rest than at the rest
before; there the workers and the open descriptors are compared, too.
"""

import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from benchmarks.soak.processes import Sample
from benchmarks.soak.record import Outcome, Record

MIB = 1024**2
GROWTH = 0.1
"""The part of the memory at the beginning by which it may grow."""
SLACK = 32 * MIB
"""Bytes by which the server may grow beside."""
WORKER_SLACK = 64 * MIB
"""Bytes by which each worker may grow between two rests."""
WORKER_BASE = 128 * MIB
"""Bytes that a worker has beside the memory that a query may take."""
DESCRIPTORS = 8
"""By how many the open descriptors may differ between two rests: a thread of the
server opens a file of the search index when it first needs it."""
_FEWEST = 6
"""How many samples tell a trend."""
_MOST = 200
"""How many samples the slope is made of: the pairs are many more."""


@dataclass(frozen=True, slots=True)
class Watch:
    """What was seen of the processes."""

    before: Sample
    """At rest, after the warm-up."""
    during: Sequence[Sample]
    after: Sample
    """At rest again."""
    query_memory: int
    """Bytes that a query may take."""
    left: Sequence[int] = ()
    """Workers that were still there when the server had ended."""
    log: str = ""
    """What the server said of itself."""


def judge(record: Record, watch: Watch) -> list[str]:
    """Return what is wrong, as sentences; none if nothing is."""
    return [*_requests(record), *_memory(watch), *_rest(watch)]


def _requests(record: Record) -> Iterator[str]:
    if not record.total(Outcome.RIGHT):
        yield "no request got its right answer"
    for outcome in (Outcome.WRONG, Outcome.LOST):
        if number := record.total(outcome):
            yield f"{number} requests ended {outcome.value}"


def _memory(watch: Watch) -> Iterator[str]:
    begin, growth, drift = trend(watch.during)
    allowed = GROWTH * begin + SLACK
    if growth > allowed:
        yield (
            f"the server's memory grew by {_mib(growth)} from {_mib(begin)},"
            f" and {_mib(allowed)} is allowed"
        )
    if drift > allowed:
        yield (
            f"the slope of the server's memory adds {_mib(drift)} to {_mib(begin)},"
            f" and {_mib(allowed)} is allowed"
        )
    peak = max((each for sample in watch.during for each in sample.workers), default=0)
    if peak > watch.query_memory + WORKER_BASE:
        limit = watch.query_memory + WORKER_BASE
        yield f"a worker had {_mib(peak)}, and {_mib(limit)} is allowed"


def trend(samples: Sequence[Sample]) -> tuple[float, float, float]:
    """Return the server's memory at first, its growth, and what its slope adds.

    All are bytes.

    Raises:
        ValueError: There are too few samples to tell.
    """
    if len(samples) < _FEWEST:
        message = f"{len(samples)} samples tell no trend, {_FEWEST} would"
        raise ValueError(message)
    third = len(samples) // 3
    begin = statistics.median(sample.server for sample in samples[:third])
    end = statistics.median(sample.server for sample in samples[-third:])
    some = samples[:: -(-len(samples) // _MOST)]
    slope = statistics.median(
        (later.server - earlier.server) / (later.time - earlier.time)
        for earlier, later in combinations(some, 2)
    )
    return begin, end - begin, slope * (samples[-1].time - samples[0].time)


def _rest(watch: Watch) -> Iterator[str]:
    before, after = watch.before, watch.after
    if len(after.workers) != len(before.workers):
        yield f"there were {len(before.workers)} workers, now {len(after.workers)}"
    grown = after.server - before.server
    if grown > GROWTH * before.server + SLACK:
        yield f"at rest, the server has {_mib(grown)} more than before"
    grown = sum(after.workers) - sum(before.workers)
    if grown > WORKER_SLACK * len(before.workers):
        yield f"at rest, the workers have {_mib(grown)} more than before"
    if after.descriptors > before.descriptors + DESCRIPTORS:
        yield (
            f"at rest, the server has {after.descriptors} descriptors open,"
            f" {before.descriptors} before"
        )
    if watch.left:
        yield f"{len(watch.left)} workers outlived the server"
    if number := watch.log.count("Traceback"):
        yield f"the server's log has {number} tracebacks"


def has_rested(before: Sample, now: Sample) -> bool:
    """Whether a server has put away what it took out for a load."""
    return (
        len(now.workers) == len(before.workers)
        and now.descriptors <= before.descriptors + DESCRIPTORS
    )


def _mib(size: float) -> str:
    return f"{size / MIB:,.0f} MiB"
