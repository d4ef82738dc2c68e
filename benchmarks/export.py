"""How fast a graph of 1.2 million triples is written, and in how much memory.

Pretty Turtle, sorted and with prefixes, beside what the engine writes of the same
snapshot: triples in the order of its index, in full. Both go to a file, in turns, from
disk and from memory. Then `ssc-kg export` writes everything as a program of its own,
and the most memory that it had at once is read.
"""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import pyoxigraph
import typer
from pyoxigraph import DefaultGraph, RdfFormat

from benchmarks.generate import CACHE, WORLD, Cache, dataset
from benchmarks.measure import Times, print_machine, print_table, take_turns
from ssc_kg.dataset.export import export
from ssc_kg.formats.table import N_QUADS, N_TRIPLES, TRIG, TURTLE, Format
from ssc_kg.store.embedded import EmbeddedStore
from ssc_kg.store.versions import existing_versions

PROGRAM = Path(sys.executable).with_name("ssc-kg")
FORMATS = (TURTLE, TRIG, N_TRIPLES, N_QUADS)
# A small program runs the other, since the system counts in what a process had before
# it became a program.
_ASK = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def main(
    cache: Cache = CACHE,
    turns: Annotated[int, typer.Option(help="How often each is written.")] = 5,
) -> None:
    """Write the graph in all ways, and print two tables."""
    data_dir = dataset(WORLD, cache)
    versions = existing_versions(data_dir)
    record = versions.current()
    assert record is not None
    disk = pyoxigraph.Store.read_only(str(versions.path(record.number)))
    print_machine()
    with TemporaryDirectory() as scratch:
        file = Path(scratch) / "graph"
        rows = [_rate("disk", disk, file, turns)]
        rows.append(_rate("memory", _copy(disk, file), file, turns))
        print_table(
            ("from", "oxigraph, triples/s", "ssc-kg, triples/s", "ssc-kg / oxigraph"),
            rows,
        )
        del disk
        memory = [_memory(data_dir, format_, file) for format_ in FORMATS]
    print_table(("format", "MB written", "most memory, MiB"), memory)


def _rate(
    place: str, store: pyoxigraph.Store, file: Path, turns: int
) -> tuple[str, ...]:
    triples = sum(1 for _ in store.quads_for_pattern(None, None, None, DefaultGraph()))
    taken = take_turns(
        {"oxigraph": _dump(store, file), "ssc-kg": _export(store, file)},
        turns=turns,
        warm_up=1,
    )
    theirs, ours = taken["oxigraph"], taken["ssc-kg"]
    ratio = theirs / ours
    return (
        place,
        _per_second(theirs, triples),
        _per_second(ours, triples),
        ratio.show(),
    )


def _dump(store: pyoxigraph.Store, file: Path) -> Callable[[], object]:
    return lambda: store.dump(file, RdfFormat.TURTLE, from_graph=DefaultGraph())


def _export(store: pyoxigraph.Store, file: Path) -> Callable[[], object]:
    def write() -> None:
        with file.open("wb") as output:
            output.writelines(export(EmbeddedStore(store), format_=TURTLE))

    return write


def _copy(store: pyoxigraph.Store, file: Path) -> pyoxigraph.Store:
    copied = pyoxigraph.Store()
    store.dump(file, RdfFormat.N_QUADS)
    copied.bulk_load(path=file, format=RdfFormat.N_QUADS)
    return copied


def _per_second(taken: Times, triples: int) -> str:
    return f"{triples / taken.median:,.0f}"


def _memory(data_dir: Path, format_: Format, file: Path) -> tuple[str, ...]:
    options = ("--format", format_.name, "--output", file, "--data-dir", data_dir)
    command = (sys.executable, "-c", _ASK, PROGRAM, "export", *options)
    kibibytes = int(subprocess.check_output([*map(str, command)]))  # noqa: S603
    size = file.stat().st_size / 1e6
    return (format_.name, f"{size:,.0f}", f"{kibibytes / 1024:,.0f}")


if __name__ == "__main__":
    typer.run(main)
