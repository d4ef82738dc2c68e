"""Start a server, soak it, and say what came of it: `python -m benchmarks.soak`."""

import argparse
import asyncio
import statistics
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measure import print_line, print_machine, print_table
from benchmarks.servers import HOST, printed_port, running
from benchmarks.soak.load import Load, Plan
from benchmarks.soak.normal import make_cases
from benchmarks.soak.processes import children, is_alive
from benchmarks.soak.record import Outcome, Record
from benchmarks.soak.run import Samples, soak
from benchmarks.soak.verdict import MIB, Watch, judge, trend

LIMIT = 2.0
"""The seconds that a query may take: few, so that many reach it."""
QUERY_MEMORY = 256 * MIB
_ANSWER = 16 * MIB
_KEPT = 1 * MIB
"""The bytes of GraphQL answers that are kept: few, so that most are found again."""
_ROWS = 20_000
_QUEUE = 16
"""How many queries may wait: fewer than a burst brings."""
_LOG = 8_000
"""How many characters of the log's end are printed if anything is wrong."""
_FAULTS = 20
"""How many of the requests that went wrong are printed."""


def main(arguments: list[str] | None = None) -> int:
    """Run, print, and return the status to exit with: 1 if anything is wrong."""
    parser = argparse.ArgumentParser(prog="benchmarks.soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10.0)
    seconds = 60 * parser.parse_args(arguments).minutes
    print_machine()
    with tempfile.TemporaryDirectory() as scratch:
        record, watch = _soak(Path(scratch), seconds)
    _print_requests(record)
    _print_ends(record)
    _print_processes(watch)
    reasons = judge(record, watch)
    for fault in record.faults[:_FAULTS]:
        print_line(fault)
    if reasons:
        print_line(watch.log[-_LOG:])
    for reason in reasons:
        print_line(f"WRONG: {reason}")
    if not reasons:
        print_line("nothing wrong, nothing lost, nothing left over")
    return 1 if reasons else 0


def _soak(scratch: Path, seconds: float) -> tuple[Record, Watch]:
    log = scratch / "log"
    with log.open("wb") as file, running(_command(scratch / "data"), file) as process:
        address = f"http://{HOST}:{printed_port(process)}"
        load = Load(address, make_cases(scratch / "data"), Plan(LIMIT))
        samples = asyncio.run(soak(load, process.pid, seconds=seconds))
        workers = children(process.pid)
    return load.record, _watch(samples, workers, log)


def _command(data: Path) -> list[str]:
    program = str(Path(sys.executable).with_name("ssc-kg"))
    limits = {
        "--query-seconds": LIMIT,
        "--query-memory": QUERY_MEMORY,
        "--query-bytes": _ANSWER,
        "--query-rows": _ROWS,
        "--query-queue": _QUEUE,
        "--graphql-cache": _KEPT,
    }
    flags = [str(each) for pair in limits.items() for each in pair]
    return [program, "serve", "--data-dir", str(data), "--port", "0", *flags]


def _watch(samples: Samples, workers: list[int], log: Path) -> Watch:
    return Watch(
        before=samples.before,
        during=samples.during,
        after=samples.after,
        query_memory=QUERY_MEMORY,
        left=[worker for worker in workers if is_alive(worker)],
        log=log.read_text(encoding="utf-8", errors="replace"),
    )


def _print_requests(record: Record) -> None:
    columns = ["kind", "requests", *(outcome.value for outcome in Outcome)]
    print_table([*columns, "median, ms", "99 of 100, ms"], _request_rows(record))


def _request_rows(record: Record) -> Iterator[list[str]]:
    for kind, outcomes in sorted(record.outcomes.items()):
        counts = [outcomes.total(), *(outcomes[outcome] for outcome in Outcome)]
        yield [kind, *(f"{number:,}" for number in counts), *_times(record, kind)]


def _times(record: Record, kind: str) -> tuple[str, str]:
    seconds = record.seconds[kind]
    if len(seconds) < 2:  # noqa: PLR2004  (of which there are no quantiles)
        return "", ""
    slowest = statistics.quantiles(seconds, n=100)[-1]
    return f"{1000 * statistics.median(seconds):.1f}", f"{1000 * slowest:.0f}"


def _print_ends(record: Record) -> None:
    ends = Counter[str]()
    for labels in record.labels.values():
        ends += labels
    print_table(["end", "requests"], [[*each] for each in _counted(ends)])


def _counted(ends: Counter[str]) -> Iterator[tuple[str, str]]:
    for end, number in ends.most_common():
        yield end, f"{number:,}"


def _print_processes(watch: Watch) -> None:
    begin, growth, drift = trend(watch.during)
    server = [each.server for each in watch.during]
    workers = [memory for each in watch.during for memory in each.workers]
    rows = [
        ("at rest before", watch.before.server, sum(watch.before.workers)),
        ("most", max(server), max(workers)),
        ("at rest after", watch.after.server, sum(watch.after.workers)),
    ]
    print_table(
        ["memory, MiB", "server", "workers"],
        [[name, *(f"{size / MIB:.0f}" for size in sizes)] for name, *sizes in rows],
    )
    print_line(
        f"from {begin / MIB:.0f} MiB, the server grew by {growth / MIB:.1f} MiB,"
        f" its slope adds {drift / MIB:.1f} MiB;"
        f" descriptors at rest: {watch.before.descriptors}, {watch.after.descriptors}"
    )
    print_line()


if __name__ == "__main__":
    sys.exit(main())
