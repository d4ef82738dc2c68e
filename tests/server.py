"""The program `ssc-kg` as a process of its own."""

import os
import re
import select
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

PROGRAM = Path(sys.executable).with_name("ssc-kg")
_SECONDS = 180
"""A server makes its data first, beside many others if the machine is busy."""
_SHARING = {"SSC_KG_QUERY_PRIORITY": "low"}
"""Other tests take the processor; queries that run when nobody does would starve."""
_ADDRESS = re.compile(r"GraphQL +(http://[^/]+)/graphql")


def run(
    *arguments: str | Path, stdin: str = "", **settings: str
) -> subprocess.CompletedProcess[str]:
    """Run a verb to its end; a wide terminal keeps each line whole."""
    return subprocess.run(
        [PROGRAM, *arguments],
        capture_output=True,
        check=False,
        env={**os.environ, "COLUMNS": "200", **settings},
        input=stdin,
        text=True,
        timeout=_SECONDS,
    )


@dataclass(frozen=True, slots=True)
class Watched:
    """A server whose log and memory can be looked at."""

    address: str
    log: Path
    process: int

    def peak(self) -> int:
        """Return the most bytes of memory that it had at once."""
        status = Path(f"/proc/{self.process}/status").read_text()
        [kilobytes] = re.findall(r"VmHWM:\s+(\d+) kB", status)
        return 1024 * int(kilobytes)


@contextmanager
def watched_server(data_dir: Path, log: Path, **settings: str) -> Iterator[Watched]:
    """Serve `data_dir`, and write to `log` what the server says of it."""
    with log.open("wb") as file, _serving(data_dir, file, settings) as process:
        yield Watched(_address(process), log, process.pid)


@contextmanager
def running_server(data_dir: Path, **settings: str) -> Iterator[str]:
    """Serve `data_dir`; give the address, which ends without a slash."""
    with _serving(data_dir, None, settings) as process:
        yield _address(process)


@contextmanager
def _serving(
    data_dir: Path, log: BinaryIO | None, settings: Mapping[str, str]
) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(
        [PROGRAM, "serve", "--port", "0", "--data-dir", data_dir],
        env={**os.environ, **_SHARING, **settings},
        stdout=subprocess.PIPE,
        stderr=log,
    )
    try:
        yield process
    finally:
        process.terminate()
        process.wait(_SECONDS)
        assert process.stdout is not None
        process.stdout.close()


def _address(process: subprocess.Popen[bytes]) -> str:
    assert process.stdout is not None
    deadline = time.monotonic() + _SECONDS
    printed = ""
    while (found := _ADDRESS.search(printed)) is None:
        assert time.monotonic() < deadline, f"the server did not start: {printed}"
        if select.select([process.stdout], [], [], 0.1)[0]:
            # Not readline(): what it reads ahead, select() does not see.
            piece = os.read(process.stdout.fileno(), 4096)
            assert piece, f"the server ended: {printed}"
            printed += piece.decode()
    return found[1]
