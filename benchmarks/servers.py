"""Servers that are measured, each a process of its own, asked over one connection."""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from http import HTTPStatus
from http.client import HTTPConnection
from pathlib import Path
from typing import BinaryIO

import pyoxigraph
from pyoxigraph import RdfFormat

from ssc_kg.store.versions import Versions

HOST = "127.0.0.1"
_SECONDS = 600
_STOP_SECONDS = 60
_SUCCESS = (HTTPStatus.OK, HTTPStatus.NO_CONTENT)
"""What is answered, the latter where there is nothing to say."""
_IDLE_SECONDS = 0.02
"""What a server that does nothing takes of a second."""
_BUDGET = 64 * 2**30
_PORT = re.compile(r"http://127\.0\.0\.1:(\d+)/")


class Place(Enum):
    """Where the data are while they are asked for."""

    MEMORY = "in memory"
    DISK = "on disk"


@dataclass(frozen=True, slots=True)
class Server:
    """A server that answers on the loopback."""

    connection: HTTPConnection

    def ask(
        self, path: str, body: bytes, *, sent: str, wanted: str = "application/json"
    ) -> bytes:
        """Return the answer to a POST request, read to its end."""
        headers = {"Content-Type": sent, "Accept": wanted}
        try:
            self.connection.request("POST", path, body, headers)
            response = self.connection.getresponse()
        except ConnectionError:  # The server closes a connection that is not used.
            self.connection.close()
            self.connection.request("POST", path, body, headers)
            response = self.connection.getresponse()
        answer = response.read()
        assert response.status in _SUCCESS, (response.status, answer[:1000])
        return answer

    def graphql(self, query: str, *, explain: bool = False) -> bytes:
        """Return the answer to a GraphQL operation."""
        extensions = {"extensions": {"explain": True}} if explain else {}
        body = json.dumps({"query": query, **extensions}).encode()
        return self.ask("/graphql", body, sent="application/json")

    def sparql(self, query: str) -> bytes:
        """Return the answer to a SPARQL query as SPARQL JSON."""
        sent, wanted = "application/sparql-query", "application/sparql-results+json"
        return self.ask("/query", query.encode(), sent=sent, wanted=wanted)


@contextmanager
def serving(data: Path, flags: Sequence[str]) -> Iterator[int]:
    """Run `ssc-kg serve` on a free port, which is given."""
    program = str(Path(sys.executable).with_name("ssc-kg"))
    command = [program, "serve", "--data-dir", str(data), "--port", "0", *flags]
    with running(command) as process:
        yield printed_port(process)


@contextmanager
def ssc_kg(data: Path, place: Place) -> Iterator[Server]:
    """Run `ssc-kg serve` without its cache of replies."""
    program = str(Path(sys.executable).with_name("ssc-kg"))
    command = [program, "serve", "--data-dir", str(data), "--port", "0"]
    command += ["--graphql-cache", "0", "--memory-budget"]
    command += [str(_BUDGET if place is Place.MEMORY else 0)]
    with running(command) as process:
        server = _connect(printed_port(process))
        if place is Place.MEMORY:
            _wait_until_idle(process.pid)
        yield server


@contextmanager
def oxigraph(data: Path, place: Place) -> Iterator[Server]:
    """Run `oxigraph serve` over a copy of the current version."""
    port = _free_port()
    command = [*_oxigraph(), "serve", "--bind", f"{HOST}:{port}"]
    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(scratch) / "copy"
        if place is Place.DISK:
            shutil.copytree(current(data), copy)
            command += ["--location", str(copy)]
        with running(command):
            server = _connect(port)
            if place is Place.MEMORY:
                pyoxigraph.Store.read_only(str(current(data))).dump(
                    copy, format=RdfFormat.N_QUADS
                )
                quads = copy.read_bytes()
                server.ask("/store?no_transaction", quads, sent="application/n-quads")
            yield server


@contextmanager
def module(name: str, data: Path, place: Place) -> Iterator[Server]:
    """Run a module of this package that prints its address, given data and place."""
    command = [sys.executable, "-m", name, str(current(data)), place.name]
    with running(command) as process:
        yield _connect(printed_port(process))


def current(data: Path) -> Path:
    """Return the directory of the current version."""
    versions = Versions(data)
    record = versions.current()
    assert record is not None
    return versions.path(record.number)


def _oxigraph() -> list[str]:
    """Return the command that is on the path, else one that uv gets from PyPI."""
    found = shutil.which("oxigraph")
    if found is not None:
        return [found]
    package = f"oxigraph=={pyoxigraph.__version__}"
    return [sys.executable, "-m", "uv", "tool", "run", "--from", package, "oxigraph"]


@contextmanager
def running(
    command: Sequence[str], log: BinaryIO | None = None
) -> Iterator[subprocess.Popen[str]]:
    """Run a server, which says in the log what it says of itself; then stop it.

    Raises:
        subprocess.TimeoutExpired: It did not stop when it was told to, and was killed.
    """
    process = subprocess.Popen(  # noqa: S603  (servers that are named here)
        command, stdout=subprocess.PIPE, stderr=log, text=True
    )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.communicate(timeout=_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            raise


def printed_port(process: subprocess.Popen[str]) -> int:
    """Return the port that a server says it listens on."""
    assert process.stdout is not None
    for line in process.stdout:
        if found := _PORT.search(line):
            return int(found[1])
    msg = "the server ended"
    raise RuntimeError(msg)


def _free_port() -> int:
    with socket.create_server((HOST, 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


def _connect(port: int) -> Server:
    deadline = time.monotonic() + _SECONDS
    while True:
        connection = HTTPConnection(HOST, port, timeout=_SECONDS)
        try:
            connection.connect()
        except ConnectionRefusedError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)
        else:
            return Server(connection)


def _wait_until_idle(process: int) -> None:
    """Wait for the copy in memory, which keeps one core busy."""
    used = _processor_seconds(process)
    while True:
        time.sleep(1)
        before, used = used, _processor_seconds(process)
        if used - before < _IDLE_SECONDS:
            return


def _processor_seconds(process: int) -> float:
    stat = Path(f"/proc/{process}/stat").read_text(encoding="utf-8")
    fields = stat.rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
