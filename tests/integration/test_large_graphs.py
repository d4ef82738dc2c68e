"""A graph that is sent as it is written, since it is large."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from ssc_kg.app import create_app
from ssc_kg.formats.table import N_QUADS, N_TRIPLES, TRIG, TURTLE, Format
from ssc_kg.rdf.vocab import SKOS
from ssc_kg.settings import read_settings
from ssc_kg.store.snapshot import Snapshots
from ssc_kg.store.versions import Versions
from tests.datasets import BASE, LOCAL, publish
from tests.serving import serving

STATEMENTS = [
    Quad(
        NamedNode(f"{BASE}id/topic/{number}"),
        SKOS.prefLabel,
        Literal(f"topic {number}", language="en"),
        LOCAL,
    )
    for number in range(50_001)
]


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    versions = Versions(tmp_path_factory.mktemp("large") / "data")
    publish(versions, *STATEMENTS)
    settings = read_settings(data_dir=versions.root, query_workers=1)
    with (
        Snapshots(versions) as snapshots,
        serving(create_app(settings, snapshots)) as address,
        httpx.Client(base_url=address, timeout=60) as client,
    ):
        yield client


@pytest.mark.parametrize(
    "format_",
    [pytest.param(each, id=each.name) for each in (TURTLE, N_TRIPLES, TRIG, N_QUADS)],
)
def test_a_large_graph_comes_whole(client: httpx.Client, format_: Format) -> None:
    coding = "gzip" if format_ is TURTLE else "identity"
    path = f"/graph/local.{format_.suffix}"
    response = client.get(path, headers={"Accept-Encoding": coding})
    assert response.status_code == 200
    assert "content-length" not in response.headers
    quads = list(parse(response.content, format_.rdf))
    assert {quad.triple for quad in quads} == {quad.triple for quad in STATEMENTS}
    assert len(quads) == len(STATEMENTS) * (2 if format_.is_dataset else 1)


def test_its_head_is_sent_alone_and_a_copy_is_not_sent_again(
    client: httpx.Client,
) -> None:
    head = client.head("/graph/local.nt")
    assert (head.status_code, head.content) == (200, b"")
    tag = head.headers["etag"]
    again = client.get("/graph/local.nt", headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")


def test_what_is_held_whole_is_made_for_one_at_a_time(client: httpx.Client) -> None:
    with ThreadPoolExecutor(8) as pool:
        replies = list(pool.map(client.get, ["/graph/local.jsonld"] * 8))
    answered = [reply for reply in replies if reply.status_code == 200]
    told = {q.triple for q in parse(answered[0].content, format=RdfFormat.JSON_LD)}
    assert told == {quad.triple for quad in STATEMENTS}
    assert all(reply.content == answered[0].content for reply in answered)
    refused = [reply for reply in replies if reply.status_code == 503]
    assert len(answered) + len(refused) == len(replies)
    for reply in refused:
        assert int(reply.headers["retry-after"]) > 0
        assert "text/turtle" in reply.json()["detail"]
