"""The program `ssc-kg` as a process of its own."""

import os
import re
import select
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PROGRAM = Path(sys.executable).with_name("ssc-kg")
_SECONDS = 60
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


@contextmanager
def running_server(data_dir: Path, **settings: str) -> Iterator[str]:
    """Serve `data_dir`; give the address, which ends without a slash."""
    process = subprocess.Popen(
        [PROGRAM, "serve", "--port", "0", "--data-dir", data_dir],
        env={**os.environ, **settings},
        stdout=subprocess.PIPE,
    )
    try:
        yield _address(process)
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
