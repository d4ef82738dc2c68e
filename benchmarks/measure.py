"""Taking turns with a clock, and tables in Markdown of what came of it."""

import gc
import os
import platform
import statistics
import sys
import time
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

_LIBRARIES = ("pyoxigraph", "strawberry-graphql", "graphql-core", "uvicorn", "orjson")


@dataclass(frozen=True, slots=True)
class Times:
    """How long something took, in seconds, each time."""

    seconds: tuple[float, ...]

    @property
    def median(self) -> float:
        """As many took longer as shorter."""
        return statistics.median(self.seconds)

    def __truediv__(self, other: "Times") -> "Times":
        """Return how many times as long as the other's it took, turn by turn."""
        pairs = zip(self.seconds, other.seconds, strict=True)
        return Times(tuple(mine / theirs for mine, theirs in pairs))

    def show(self, unit: float = 1.0) -> str:
        """Return the median and the quartiles, divided by the unit."""
        lower, _, upper = statistics.quantiles(self.seconds, n=4)
        digits = [_digits(each / unit) for each in (self.median, lower, upper)]
        return "{} ({} to {})".format(*digits)


MILLISECONDS = 1e-3


def take_turns(
    steps: Mapping[str, Callable[[], object]], *, turns: int, warm_up: int = 3
) -> dict[str, Times]:
    """Return how long each step took in each of so many turns.

    The steps follow one another, each turn beginning with another one, so that what
    else the machine does meanwhile meets all of them alike.
    """
    names = [*steps]
    taken: dict[str, list[float]] = {name: [] for name in names}
    for _ in range(warm_up):
        for step in steps.values():
            step()
    with _uncollected():
        for turn in range(turns):
            first = turn % len(names)
            for name in names[first:] + names[:first]:
                started = time.perf_counter()
                steps[name]()
                taken[name].append(time.perf_counter() - started)
    return {name: Times(tuple(each)) for name, each in taken.items()}


async def take_turns_awaiting(
    steps: Mapping[str, Callable[[], Awaitable[object]]],
    *,
    turns: int,
    warm_up: int = 3,
) -> dict[str, Times]:
    """Do the same with steps that are waited for, in one loop of events."""
    names = [*steps]
    taken: dict[str, list[float]] = {name: [] for name in names}
    for _ in range(warm_up):
        for step in steps.values():
            await step()
    with _uncollected():
        for turn in range(turns):
            first = turn % len(names)
            for name in names[first:] + names[:first]:
                started = time.perf_counter()
                await steps[name]()
                taken[name].append(time.perf_counter() - started)
    return {name: Times(tuple(each)) for name, each in taken.items()}


def print_table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print a table in Markdown; what begins with a digit stands to the right."""
    first, *rest = rows
    is_number = (cell[:1].isdigit() for cell in first)
    print_line()
    print_line(_line(columns))
    print_line(_line("---:" if each else "---" for each in is_number))
    for row in (first, *rest):
        print_line(_line(row))
    print_line()


def print_line(text: str = "") -> None:
    """Print a line, at once."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def print_machine() -> None:
    """Print on what machine, and with which versions, it is measured."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    versions = ", ".join(f"{name} {version(name)}" for name in _LIBRARIES)
    print_line(
        f"{_processor()}, {os.cpu_count()} cores, {memory:.0f} GiB;"
        f" Python {platform.python_version()}, {versions};"
        f" {time.strftime('%Y-%m-%d', time.gmtime())}"
    )


def _processor() -> str:
    try:
        text = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return platform.processor() or platform.machine()
    names = (
        line.partition(":")[2] for line in text.splitlines() if "model name" in line
    )
    return next(names, platform.machine()).strip()


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _digits(number: float) -> str:
    """Return a number to three digits that count."""
    for limit, digits in ((100, 0), (10, 1), (1, 2)):
        if number >= limit:
            return f"{number:,.{digits}f}"
    return f"{number:.3f}"


@contextmanager
def _uncollected() -> Iterator[None]:
    """Keep the client's garbage collector from running in somebody's turn."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
