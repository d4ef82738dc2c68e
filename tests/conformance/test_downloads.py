"""What the checklist asks of a dataset to download: a row for each demand."""

import gzip
import hashlib
from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

import httpx
import pyoxigraph
import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, parse

from ssc_kg.formats.table import N_QUADS, N_TRIPLES, TRIG, TURTLE
from ssc_kg.rdf.vocab import DCAT, SPDX, VOID, XSD
from tests.asking import get_when_ready
from tests.conformance.linked_data import published
from tests.datasets import BASE

Check: TypeAlias = Callable[[httpx.Client], None]
VERSIONS = (1, 2, 3)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    with published(tmp_path_factory.mktemp("data")) as client:
        client.timeout = httpx.Timeout(60)
        yield client


def read(client: httpx.Client, path: str) -> set[Quad]:
    response = client.get(f"{path}.nt")
    assert response.status_code == 200
    return set(parse(response.content, format=N_TRIPLES.rdf))


def lines(client: httpx.Client, number: int) -> list[bytes]:
    response = get_when_ready(client, f"/dumps/{number}/dataset-{number}.nq.gz")
    assert response.status_code == 200
    return gzip.decompress(response.content).splitlines(keepends=True)


def quads(client: httpx.Client, number: int) -> set[Quad]:
    return set(parse(b"".join(lines(client, number)), format=N_QUADS.rdf))


def has_dumps_of_each_version(client: httpx.Client) -> None:
    told = read(client, "/dumps")
    for number in VERSIONS:
        version = NamedNode(f"{BASE}version/{number}")
        files = [
            q for q in told if (q.subject, q.predicate) == (version, DCAT.distribution)
        ]
        assert len(files) == 6
    one, two, three = (quads(client, number) for number in VERSIONS)
    assert one == three
    assert len(two - one) == 1


def has_dumps_of_each_graph(client: httpx.Client) -> None:
    for graph in ("source.a", "catalogue", "ontology", "shapes", "void"):
        response = get_when_ready(client, f"/dumps/1/graph.{graph}-1.nt.gz")
        content = gzip.decompress(response.content)
        name = f"{BASE}graph/{graph.replace('.', '/')}"
        assert {q.triple for q in parse(content, format=N_TRIPLES.rdf)} == {
            q.triple for q in quads(client, 1) if q.graph_name == NamedNode(name)
        }


def is_canonical(client: httpx.Client) -> None:
    for number in VERSIONS:
        found = lines(client, number)
        assert found == sorted(set(found))
        digest = hashlib.sha256(b"".join(found)).hexdigest()
        value = Literal(digest, datatype=XSD.hexBinary)
        told = read(client, f"/version/{number}")
        assert value in {q.object for q in told if q.predicate == SPDX.checksumValue}


def is_compressed(client: httpx.Client) -> None:
    for suffix, magic in (("gz", b"\x1f\x8b"), ("zst", b"\x28\xb5\x2f\xfd")):
        response = get_when_ready(client, f"/dumps/2/dataset-2.trig.{suffix}")
        assert response.content.startswith(magic)
        assert "content-encoding" not in response.headers


def has_checksums_and_sizes(client: httpx.Client) -> None:
    sums = get_when_ready(client, "/dumps/3/SHA256SUMS").text.splitlines()
    told = read(client, "/catalog")
    sizes = {q.subject: q.object for q in told if q.predicate == DCAT.byteSize}
    urls = {q.object: q.subject for q in told if q.predicate == DCAT.downloadURL}
    for line in sums:
        digest, name = line.split()
        url = str(client.base_url).rstrip("/") + f"/dumps/3/{name}"
        response = client.get(url)
        assert hashlib.sha256(response.content).hexdigest() == digest
        size = Literal(str(len(response.content)), datatype=XSD.nonNegativeInteger)
        assert sizes[urls[NamedNode(url)]] == size


def is_told_by_void(client: httpx.Client) -> None:
    told = read(client, "/void")
    files = {q.object for q in told if q.predicate == VOID.dataDump}
    assert len(files) == 6
    get_when_ready(client, "/dumps/3/SHA256SUMS")
    for file in files:
        assert isinstance(file, NamedNode)
        assert client.head(file.value).status_code == 200


def tells_what_is_added_and_removed(client: httpx.Client) -> None:
    one, two = quads(client, 1), quads(client, 2)
    for before, after, pair in ((one, two, "1/2"), (two, one, "2/1")):
        told = set(parse(client.get(f"/diff/{pair}.trig").content, format=TRIG.rdf))
        for kind, expected in (("added", after - before), ("removed", before - after)):
            part = NamedNode(f"{BASE}diff/{pair}#{kind}/graph/source/a")
            found = {q.triple for q in told if q.graph_name == part}
            assert found == {q.triple for q in expected}


def turns_a_dump_into_the_next(client: httpx.Client) -> None:
    store = pyoxigraph.Store()
    store.extend(quads(client, 1))
    for pair, number in (("1/2", 2), ("2/3", 3), ("3/2", 2)):
        store.update(client.get(f"/diff/{pair}.ru").text)
        assert set(store) == quads(client, number)


def makes_the_merge(client: httpx.Client) -> None:
    response = get_when_ready(client, "/dumps/1/dataset-1.ttl.gz")
    merge = set(parse(gzip.decompress(response.content), format=TURTLE.rdf))
    unmerged = {NamedNode(f"{BASE}graph/{name}") for name in ("shapes", "catalogue")}
    assert {q.triple for q in merge} == {
        q.triple for q in quads(client, 1) if q.graph_name not in unmerged
    }
    assert {q.graph_name for q in merge} == {DefaultGraph()}


def has_an_address_of_the_newest(client: httpx.Client) -> None:
    for name, file in (
        ("", ""),
        ("/dataset.nq.zst", "/dataset-3.nq.zst"),
        ("/dataset.nq.zst.sha256", "/dataset-3.nq.zst.sha256"),
        ("/graph.source.a.ttl.gz", "/graph.source.a-3.ttl.gz"),
        ("/SHA256SUMS", "/SHA256SUMS"),
    ):
        response = client.get(f"/dumps/latest{name}")
        found = response.status_code, response.headers["location"]
        assert found == (302, f"/dumps/3{file}")
    unknown = client.get("/dumps/latest/dataset-3.nq.zst")
    assert unknown.status_code == 404
    assert "dataset.nq.zst" in unknown.json()["detail"]


ROWS: Sequence[tuple[str, Check]] = (
    ("the newest has an address that stays", has_an_address_of_the_newest),
    ("dumps per version", has_dumps_of_each_version),
    ("dumps per graph", has_dumps_of_each_graph),
    ("canonical", is_canonical),
    ("compressed", is_compressed),
    ("the merge, as Turtle", makes_the_merge),
    ("distributions (checksums, sizes)", has_checksums_and_sizes),
    ("VoID names the dumps", is_told_by_void),
    (
        "difference between two versions (added, removed)",
        tells_what_is_added_and_removed,
    ),
    ("a difference makes the one of the other", turns_a_dump_into_the_next),
)


@pytest.mark.parametrize("check", [pytest.param(row[1], id=row[0]) for row in ROWS])
def test_the_dataset_can_be_downloaded(client: httpx.Client, check: Check) -> None:
    check(client)
