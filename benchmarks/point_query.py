"""One thing by its IRI over HTTP: requests per second of one process.

Four servers, each with uvicorn, uvloop and httptools: a Starlette route that reads the
body and returns a constant; this program without its cache of responses, asked for
another thing each time; with it, asked for the same thing; and Strawberry's own view,
with its caches of parsed and validated documents, over resolvers that match the same
patterns in a store in memory.

They take turns; a ratio is of one round, and the median of all rounds is printed with
the least and the greatest. The client writes prepared bytes to eight connections and
reads the answers, so that it takes little of the time.
"""

import json
import re
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from tempfile import TemporaryDirectory

from pyoxigraph import NamedNode

from benchmarks.measure import print_machine, print_table
from benchmarks.raw import graphql_request, receive
from ssc_kg.dataset.seed import seed
from ssc_kg.rdf.vocab import RDF, SSC
from ssc_kg.store.embedded import EmbeddedStore
from ssc_kg.store.versions import Versions

BASE_IRI = "https://w3id.org/ssc-kg/"
CONNECTIONS, ROUNDS, SECONDS = 8, 9, 1.0
QUERY = "query Thing($id: ID!) { organization(id: $id) { id name alternativeNames } }"
_PORT = re.compile(r"(\d+)")
_ADDRESS = re.compile(r"GraphQL +http://[^:]+:(\d+)/graphql")


@dataclass(frozen=True, slots=True)
class Contestant:
    """A server and what it is sent in turn."""

    name: str
    port: int
    requests: Sequence[bytes]


def main() -> None:
    """Measure all, and print a table in Markdown."""
    with TemporaryDirectory() as directory, ExitStack() as stack:
        versions = Versions(Path(directory))
        record = seed(versions, base_iri=BASE_IRI)
        store = EmbeddedStore.open(versions.path(record.number))
        subjects = (q.subject for q in store.match(None, RDF.type, SSC.Organization))
        iris = sorted(one.value for one in subjects if isinstance(one, NamedNode))
        many = [_request(iri) for iri in iris]

        def ours(cache: int) -> int:
            program = str(Path(sys.executable).with_name("ssc-kg"))
            flags = ["--port", "0", "--graphql-cache", str(cache)]
            command = [program, "serve", *flags, "--data-dir", directory]
            return stack.enter_context(_serving(command, _ADDRESS))

        def peer(name: str) -> int:
            command = [sys.executable, "-m", "benchmarks.point_peers", name, directory]
            return stack.enter_context(_serving(command, _PORT))

        contestants = [
            Contestant("a constant", peer("constant"), many),
            Contestant("ssc-kg, another thing each time", ours(0), many),
            Contestant("ssc-kg, the same from its cache", ours(2**20), many[:1]),
            Contestant("Strawberry's view", peer("strawberry"), many),
        ]
        _check(contestants)
        rates = [[_rate(each) for each in contestants] for _ in range(ROUNDS)]
        print_machine()
        _tell(contestants, rates)


def _request(iri: str) -> bytes:
    return graphql_request(QUERY, {"id": iri})


@contextmanager
def _serving(command: Sequence[str], said: re.Pattern[str]) -> Iterator[int]:
    """Run a server; give its port once it has said it."""
    process = subprocess.Popen(  # noqa: S603  (what main() names)
        command, stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout is not None
        found = next(filter(None, map(said.search, process.stdout)))
        yield int(found[1])
    finally:
        process.terminate()
        process.wait()


def _check(contestants: Sequence[Contestant]) -> None:
    """Warm up, and see that all but the constant answer alike."""
    _, *others = contestants
    answers = [_answers(each, each.requests[:1])[0] for each in others]
    parsed = [json.loads(answer) for answer in answers]
    assert all(each == parsed[0] for each in parsed), parsed
    for each in contestants:
        deadline = time.monotonic() + SECONDS
        while time.monotonic() < deadline:
            _answers(each, each.requests)


def _answers(contestant: Contestant, requests: Sequence[bytes]) -> list[bytes]:
    with socket.create_connection(("127.0.0.1", contestant.port)) as connection:
        answers = []
        for request in requests:
            connection.sendall(request)
            answers.append(receive(connection))
        return answers


def _rate(contestant: Contestant) -> float:
    """Return the requests per second that a server answers."""
    requests, number = cycle(contestant.requests), 0
    with ExitStack() as stack:
        address = ("127.0.0.1", contestant.port)
        connections = [
            stack.enter_context(socket.create_connection(address))
            for _ in range(CONNECTIONS)
        ]
        for connection in connections:
            connection.sendall(next(requests))
        start = time.perf_counter()
        while time.perf_counter() < start + SECONDS:
            for connection in connections:
                receive(connection)
                connection.sendall(next(requests))
                number += 1
        return number / (time.perf_counter() - start)


def _tell(contestants: Sequence[Contestant], rates: Sequence[Sequence[float]]) -> None:
    columns = ("server", "requests/s", "of the constant", "least to greatest")
    print_table(columns, _rows(contestants, rates))


def _rows(
    contestants: Sequence[Contestant], rates: Sequence[Sequence[float]]
) -> Iterator[tuple[str, ...]]:
    for number, contestant in enumerate(contestants):
        ratios = [rate[number] / rate[0] for rate in rates]
        median = statistics.median(rate[number] for rate in rates)
        yield (
            contestant.name,
            f"{median:,.0f}",
            f"{statistics.median(ratios):.2f}",
            f"{min(ratios):.2f} to {max(ratios):.2f}",
        )


if __name__ == "__main__":
    main()
