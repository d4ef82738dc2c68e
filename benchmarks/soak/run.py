"""The phases of a soak: the mix to warm up, a rest, the mix, a rest.

Each normal request is asked alone before the first phase and after the last one, when
the server must answer as if nothing had been.
"""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass

from benchmarks.measure import print_line
from benchmarks.soak.load import Load
from benchmarks.soak.processes import Sample, take_sample
from benchmarks.soak.record import Outcome
from benchmarks.soak.verdict import MIB, has_rested

_WARM_UP = 0.2
"""The part of the time that passes before the memory is watched."""
_SAMPLE_SECONDS = 1.0
_REPORT_SECONDS = 10.0
_REST_SECONDS = 5.0
_LONGEST_REST_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Samples:
    """What was seen of the processes."""

    before: Sample
    """At rest, after the warm-up."""
    during: list[Sample]
    after: Sample
    """At rest again."""


async def soak(load: Load, process: int, *, seconds: float) -> Samples:
    """Go through all phases.

    Args:
        load: The clients.
        process: The number of the server's process.
        seconds: How long both mixes take together.

    Raises:
        OSError: The server has ended.
        TimeoutError: Some requests have no end.
    """
    warm_up = _WARM_UP * seconds
    print_line(f"{len(load.cases)} normal requests, each alone")
    await load.ask_all()
    print_line(f"all clients for {warm_up:.0f} s, to warm up")
    await _mix(load, process, warm_up)
    before = await _rest(process)
    print_line(f"all clients for {seconds - warm_up:.0f} s")
    during = await _mix(load, process, seconds - warm_up)
    after = await _rest(process, before)
    print_line(f"{len(load.cases)} normal requests, each alone")
    await load.ask_all()
    return Samples(before, during, after)


async def _mix(load: Load, process: int, seconds: float) -> list[Sample]:
    samples: list[Sample] = []
    started = time.monotonic()

    def report() -> None:
        _report(load, samples[-1], time.monotonic() - started)

    async with (
        asyncio.timeout(seconds + 2 * load.plan.patience),
        asyncio.TaskGroup() as group,
    ):
        watching = group.create_task(_watch(process, samples, report))
        await load.mix(seconds)
        watching.cancel()
    return samples


async def _watch(
    process: int, samples: list[Sample], report: Callable[[], None]
) -> None:
    every = round(_REPORT_SECONDS / _SAMPLE_SECONDS)
    while True:
        samples.append(take_sample(process))
        if len(samples) % every == 0:
            report()
        await asyncio.sleep(_SAMPLE_SECONDS)


async def _rest(process: int, before: Sample | None = None) -> Sample:
    """Wait until the server rests; as it did before, if it has once."""
    await asyncio.sleep(_REST_SECONDS)
    until = time.monotonic() + _LONGEST_REST_SECONDS
    sample = take_sample(process)
    while before and not has_rested(before, sample) and time.monotonic() < until:
        await asyncio.sleep(_SAMPLE_SECONDS)
        sample = take_sample(process)
    return sample


def _report(load: Load, sample: Sample, seconds: float) -> None:
    ends = ", ".join(
        f"{load.record.total(outcome)} {outcome.value}" for outcome in Outcome
    )
    print_line(
        f"{seconds:6.0f} s: {ends}; server {sample.server / MIB:.0f} MiB,"
        f" workers {sum(sample.workers) / MIB:.0f} MiB,"
        f" {sample.descriptors} descriptors"
    )
