"""The versions of a dataset as linked data, compared with the data directory."""

import shutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import httpx
import pyoxigraph
import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, QuerySolutions, parse
from starlette.applications import Starlette
from starlette.responses import HTMLResponse, Response

from ssc_kg.app import create_app
from ssc_kg.formats.table import N_TRIPLES, RDF_FORMATS, Format
from ssc_kg.publish import versions as published_versions
from ssc_kg.rdf.namespaces import PREFIXES
from ssc_kg.rdf.vocab import ADMS, DCAT, DCTERMS, PROV, VOID, XSD
from ssc_kg.settings import Settings
from ssc_kg.store.digest import record_digest
from ssc_kg.store.snapshot import Snapshots
from ssc_kg.store.versions import VersionRecord, Versions
from ssc_kg.urls import Urls
from tests.datasets import BASE, CATALOGUE, LOCAL, SOURCE, publish, quad
from tests.serving import serving

URLS = Urls(BASE)
TITLE = Quad(URLS.dataset, DCTERMS.title, Literal("Tests", language="en"), CATALOGUE)


@pytest.fixture(scope="module")
def versions(tmp_path_factory: pytest.TempPathFactory) -> Versions:
    """Four versions, of which the first is no longer kept."""
    versions = Versions(tmp_path_factory.mktemp("versions"))
    publish(versions, quad("a"), quad("a", DefaultGraph()), TITLE)
    publish(versions, quad("b"), quad("b", DefaultGraph()))
    publish(versions, quad("c", LOCAL), removed=[quad("a"), quad("a", DefaultGraph())])
    publish(versions, quad("d", LOCAL))
    record_digest(versions, 3)
    for path in versions.directory.glob("1*"):
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()
    return versions


@pytest.fixture(scope="module")
def client(versions: Versions) -> Iterator[httpx.Client]:
    settings = Settings.model_validate({"query_workers": 1, "memory_budget": 0})
    with (
        Snapshots(versions) as snapshots,
        serving(create_app(settings, snapshots)) as address,
        httpx.Client(base_url=address) as client,
    ):
        yield client


def graph_of(response: httpx.Response, format_: Format = N_TRIPLES) -> pyoxigraph.Store:
    assert response.status_code == 200, response.text
    assert response.headers["content-type"].partition(";")[0] == format_.media_type
    store = pyoxigraph.Store()
    store.extend(parse(response.content, format_.rdf))
    return store


def ask(store: pyoxigraph.Store, pattern: str) -> list[dict[str, str]]:
    rows = store.query(f"SELECT * {{ {pattern} }}", prefixes=dict(PREFIXES))
    assert isinstance(rows, QuerySolutions)
    names = [variable.value for variable in rows.variables]
    return [dict(zip(names, (term.value for term in row), strict=True)) for row in rows]


def value(store: pyoxigraph.Store, subject: NamedNode, predicate: NamedNode) -> object:
    [found] = store.quads_for_pattern(subject, predicate, None)
    return found.object


def test_a_version_tells_where_it_comes_from(
    client: httpx.Client, versions: Versions
) -> None:
    record = versions.get(3)
    told = graph_of(client.get("/version/3.nt"))
    version = URLS.version(3)
    time = Literal(f"{record.time:%Y-%m-%dT%H:%M:%SZ}", datatype=XSD.dateTime)
    assert value(told, version, PROV.wasRevisionOf) == URLS.version(2)
    assert value(told, version, DCAT.previousVersion) == URLS.version(2)
    assert value(told, version, DCAT.isVersionOf) == URLS.dataset
    assert value(told, version, PROV.generatedAtTime) == time
    assert value(told, version, ADMS.versionNotes) == Literal(record.message)
    [publication] = ask(
        told,
        f"{version} prov:wasGeneratedBy ?activity . ?activity a prov:Activity ; "
        "rdfs:comment ?message ; prov:wasAssociatedWith/foaf:name ?author ; "
        "prov:generated/void:triples ?added ; prov:invalidated/void:triples ?removed",
    )
    del publication["activity"]
    assert publication == {
        "message": record.message,
        "author": record.author,
        "added": str(record.added),
        "removed": str(record.removed),
    }
    assert (record.added, record.removed) == (1, 1)


def test_a_version_has_the_numbers_that_its_store_has(
    client: httpx.Client, versions: Versions
) -> None:
    for number in (2, 3, 4):
        told = graph_of(client.get(f"/version/{number}.nt"))
        store = pyoxigraph.Store.read_only(str(versions.path(number)))
        merge = list(store.quads_for_pattern(None, None, None, DefaultGraph()))
        count = Literal(len(merge))
        assert value(told, URLS.version(number), VOID.triples) == count
        parts = ask(
            told, f"{URLS.version(number)} void:subset [ sd:name ?g; void:triples ?n ]"
        )
        assert {part["g"]: int(part["n"]) for part in parts} == {
            graph.value: len(list(store.quads_for_pattern(None, None, None, graph)))
            for graph in store.named_graphs()
        }
    assert {part["g"] for part in parts} == {CATALOGUE.value, LOCAL.value, SOURCE.value}


def test_a_hash_is_told_once_it_is_known(
    client: httpx.Client, versions: Versions
) -> None:
    pattern = (
        "?version spdx:checksum [ a spdx:Checksum ; spdx:checksumValue ?value ; "
        "spdx:algorithm spdx:checksumAlgorithm_sha256 ]"
    )
    known = {"version": URLS.version(3).value, "value": versions.get(3).sha256}
    assert ask(graph_of(client.get("/version/3.nt")), pattern) == [known]
    before = client.get("/version/4.nt")
    assert ask(graph_of(before), pattern) == []
    assert "pending" not in before.text
    digest = record_digest(versions, 4)
    headers = {"If-None-Match": before.headers["etag"]}
    [row] = ask(graph_of(client.get("/version/4.nt", headers=headers)), pattern)
    assert row["value"] == digest


@pytest.mark.parametrize("format_", RDF_FORMATS, ids=lambda format_: format_.name)
@pytest.mark.parametrize("path", ["/versions", "/version/3"])
def test_they_come_in_every_format(
    client: httpx.Client, path: str, format_: Format
) -> None:
    response = client.get(path, headers={"Accept": format_.media_type})
    told = set(graph_of(response, format_))
    assert told == set(graph_of(client.get(f"{path}.nt")))
    by_suffix = client.get(f"{path}.{format_.suffix}")
    assert by_suffix.content == response.content
    assert response.headers["content-location"] == f"{path}.{format_.suffix}"
    assert client.get(f"{path}?format={format_.name}").content == response.content
    assert response.headers["vary"].startswith("Accept")


def test_the_list_has_each_version_and_which_is_current(client: httpx.Client) -> None:
    told = graph_of(client.get("/versions.nt"))
    rows = ask(
        told,
        f"{URLS.dataset} dcat:hasVersion ?version . ?version dcterms:title ?title",
    )
    assert {row["version"]: row["title"] for row in rows} == {
        URLS.version(number).value: f"Tests, version {number}" for number in (2, 3, 4)
    }
    current = value(told, URLS.dataset, DCAT.hasCurrentVersion)
    assert current == URLS.version(4)


def test_who_has_it_is_not_sent_it_again(client: httpx.Client) -> None:
    for path in ("/versions", "/version/2"):
        response = client.get(path)
        again = client.get(path, headers={"If-None-Match": response.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")
        head = client.head(path)
        assert (head.status_code, head.content) == (200, b"")
        assert head.headers["etag"] == response.headers["etag"]


def test_a_version_links_to_those_before_it_and_to_all(client: httpx.Client) -> None:
    links = client.get("/version/3").links
    assert links["predecessor-version"]["url"] == "/version/2"
    assert links["version-history"]["url"] == "/versions"


@pytest.mark.parametrize(
    ("path", "status", "detail"),
    [
        pytest.param(
            "/version/5", 404, "no version 5; published: 2, 3, 4", id="never published"
        ),
        pytest.param(
            "/version/1", 410, "was published, but is no longer kept", id="pruned"
        ),
        pytest.param("/version/0", 404, "version/0", id="none begins with 0"),
        pytest.param("/version/03", 404, "version/03", id="a leading zero"),
        pytest.param("/version/three", 404, "version/three", id="no number"),
        pytest.param("/version/3.png", 404, "version/3.png", id="no format"),
        pytest.param("/version/3.csv", 406, "turtle", id="rows by suffix"),
        pytest.param("/version/3?format=csv", 406, "turtle", id="a format of rows"),
        pytest.param(f"/version/{'9' * 400}", 404, "version/999", id="a long number"),
    ],
)
def test_what_is_not_there_is_told_apart(
    client: httpx.Client, path: str, status: int, detail: str
) -> None:
    response = client.get(path)
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    assert response.headers["access-control-allow-origin"] == "*"
    assert detail in response.json()["detail"]


class MadePages:
    """Pages that show what they are given."""

    def versions(
        self, records: Sequence[VersionRecord], addresses: Mapping[str, str]
    ) -> Response:
        return HTMLResponse(f"{len(records)} versions {addresses['turtle']}")

    def version(self, record: VersionRecord, addresses: Mapping[str, str]) -> Response:
        return HTMLResponse(f"version {record.number} {addresses['jsonld']}")


def test_a_browser_gets_a_page_where_one_is_made(versions: Versions) -> None:
    with Snapshots(versions) as snapshots:
        routes = published_versions.routes(snapshots, URLS, MadePages())
        with (
            serving(Starlette(routes=routes)) as address,
            httpx.Client(base_url=address) as client,
        ):
            accept = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
            page = client.get("/versions", headers=accept)
            assert page.text == "3 versions /versions.ttl"
            assert page.headers["content-type"].startswith("text/html")
            assert client.get("/version/3.html").text == "version 3 /version/3.jsonld"
            turtle = client.get("/version/3", headers={"Accept": "*/*"})
            assert turtle.headers["content-type"].startswith("text/turtle")
            assert '</version/3.html>; rel="alternate"' in turtle.headers["link"]


def test_a_dataset_without_a_title_has_versions_too(tmp_path: Path) -> None:
    versions = Versions(tmp_path)
    publish(versions, quad("a", LOCAL))
    settings = Settings.model_validate({"query_workers": 1, "memory_budget": 0})
    with (
        Snapshots(versions) as snapshots,
        serving(create_app(settings, snapshots)) as address,
    ):
        told = graph_of(httpx.get(f"{address}/version/1.nt"))
    title = value(told, URLS.version(1), DCTERMS.title)
    assert title == Literal("Version 1", language="en")
    assert ask(told, "?version prov:wasRevisionOf|dcat:previousVersion ?parent") == []
