"""What hostile SPARQL does to others: one thing by its IRI, alone and beside it.

Two clients send a query over and over, each as soon as the one before has ended: as
many as there are workers. Meanwhile another asks GraphQL for one thing by its IRI,
without the cache of replies. Each round measures it alone and beside the hostile ones;
a ratio is of one round. The hostile clients are processes of low priority, since in
life they are on other machines. Shown too is how long after its limit a hostile query
that found a free worker was answered, at most.
"""

import os
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from http.client import HTTPConnection, HTTPException
from itertools import cycle
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlencode

from pyoxigraph import NamedNode

from benchmarks.measure import print_line, print_machine, print_table
from benchmarks.raw import graphql_request, receive
from benchmarks.servers import HOST, serving
from ssc_kg.dataset.seed import seed
from ssc_kg.rdf.vocab import RDF, SSC
from ssc_kg.store.embedded import EmbeddedStore
from ssc_kg.store.versions import Versions

BASE_IRI = "https://w3id.org/ssc-kg/"
CLIENTS, ROUNDS, SECONDS, LIMIT = 2, 5, 1.0, 1.5
POINT = "query Thing($id: ID!) { organization(id: $id) { id name alternativeNames } }"
HOSTILE = {
    "nothing (the ratio's own spread)": "",
    "counts a cross product": "SELECT (COUNT(*) AS ?n) "
    "{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "sorts one": "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c ?f ?a",
    "walks every path": "SELECT (COUNT(*) AS ?n) "
    "{ ?a (!rdf:type)* ?b . ?c (!rdf:type)* ?d }",
    "streams one, compressed": "SELECT * { ?a ?b ?c . ?d ?e ?f }",
    "doubles a string": "SELECT (STRLEN(?v40) AS ?n) { BIND('aaaaaaaa' AS ?v0) "
    + "".join(f"BIND(CONCAT(?v{n}, ?v{n}) AS ?v{n + 1}) " for n in range(40))
    + "}",
    "overflows the stack": "ASK { FILTER(" + "!" * 100_000 + "true) }",
    "is a megabyte long": "ASK { " + "?s ?p ?o . " * 60_000 + "}",
    "backtracks over a regex": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f "
    "FILTER(REGEX(STR(?c), '(x+x+)+y') || REGEX(STR(?f), '(a|aa)+$')) }",
}


def main() -> None:
    """Measure all, and print a table in Markdown."""
    with TemporaryDirectory() as directory:
        versions = Versions(Path(directory))
        requests = _requests(versions.path(seed(versions, base_iri=BASE_IRI).number))
        limits = ("--graphql-cache", "0", "--query-seconds", str(LIMIT))
        with serving(Path(directory), limits) as port:
            _median(port, requests)
            print_machine()
            columns = ("meanwhile", "ms alone", "ms beside", "times", "limit, at most")
            print_table(columns, [_row(port, name, requests) for name in HOSTILE])


def _requests(path: Path) -> Sequence[bytes]:
    store = EmbeddedStore.open(path)
    subjects = (q.subject for q in store.match(None, RDF.type, SSC.Organization))
    iris = sorted(one.value for one in subjects if isinstance(one, NamedNode))
    return [graphql_request(POINT, {"id": iri}) for iri in iris]


def _row(port: int, name: str, requests: Sequence[bytes]) -> tuple[str, ...]:
    alone, beside, latest = [], [], [0.0]
    for _ in range(ROUNDS):
        alone.append(_median(port, requests))
        with _clients(port, name) as clients:
            beside.append(_median(port, requests))
        latest += [_late(client) for client in clients]
    ratios = [after / before for before, after in zip(alone, beside, strict=True)]
    return (
        name,
        f"{statistics.median(alone) * 1e3:.2f}",
        f"{statistics.median(beside) * 1e3:.2f}",
        f"{statistics.median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})",
        f"+ {max(latest):.2f} s",
    )


def _median(port: int, requests: Sequence[bytes]) -> float:
    """Return the median time of a request, in seconds."""
    taken = []
    with socket.create_connection((HOST, port)) as connection:
        until = time.perf_counter() + SECONDS
        for request in cycle(requests):
            started = time.perf_counter()
            connection.sendall(request)
            receive(connection)
            ended = time.perf_counter()
            taken.append(ended - started)
            if ended > until:
                return statistics.median(taken)
    raise AssertionError


@contextmanager
def _clients(port: int, name: str) -> Iterator[Sequence[subprocess.Popen[str]]]:
    command = [sys.executable, "-m", "benchmarks.hostile", str(port), name]
    number = CLIENTS if HOSTILE[name] else 0
    clients = [
        subprocess.Popen(  # noqa: S603  (this module)
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for _ in range(number)
    ]
    for client in clients:
        assert client.stdout is not None
        client.stdout.readline()
    yield clients
    for client in clients:
        assert client.stdin is not None
        client.stdin.close()


def _late(client: subprocess.Popen[str]) -> float:
    """Return by how much the limit was passed, once the client has ended."""
    assert client.stdout is not None
    late = float(client.stdout.read())
    client.wait()
    return late


def send(port: int, name: str) -> None:
    """Send one query until nobody listens; print how late the first answer was."""
    os.nice(19)
    os.set_blocking(sys.stdin.fileno(), False)
    body = urlencode({"query": HOSTILE[name]}).encode()
    late = 0.0
    print_line("begun")
    while not _is_over():
        started = time.perf_counter()
        _ask(port, body)
        # Later ones may have to wait for a worker first.
        late = late or time.perf_counter() - started - LIMIT
    print_line(f"{late:.3f}")


def _is_over() -> bool:
    with suppress(BlockingIOError):
        return os.read(sys.stdin.fileno(), 1) == b""
    return False


def _ask(port: int, body: bytes) -> None:
    connection = HTTPConnection(HOST, port, timeout=60)
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Accept-Encoding": "gzip",
    }
    with suppress(HTTPException, ConnectionError):
        connection.request("POST", "/sparql", body, headers)
        response = connection.getresponse()
        while response.read(2**16):
            pass
    connection.close()


if __name__ == "__main__":
    if sys.argv[1:]:
        send(int(sys.argv[1]), sys.argv[2])
    else:
        main()
