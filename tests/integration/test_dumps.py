"""Versions as files to download, over HTTP: lists, files, parts of files, hashes."""

import base64
import hashlib
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse
from starlette.applications import Starlette

from ssc_kg.app import create_app
from ssc_kg.dataset.dumping import make_dumps
from ssc_kg.dataset.dumps import Dump
from ssc_kg.errors import StoreError
from ssc_kg.formats.table import JSON_LD, RDF_FORMATS, Format
from ssc_kg.http.problems import exception_handlers
from ssc_kg.publish import dumping as background
from ssc_kg.publish.dumping import Dumping
from ssc_kg.publish.dumps import routes
from ssc_kg.rdf.vocab import DCAT, RDF, SPDX, XSD
from ssc_kg.settings import Settings
from ssc_kg.store.snapshot import Snapshots
from ssc_kg.store.versions import Versions
from ssc_kg.urls import Urls
from tests.asking import get_when_ready
from tests.datasets import BASE, FOREIGN, publish, quad
from tests.serving import serving

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
FILE = "/dumps/1/dataset-1.nq.gz"


@pytest.fixture(scope="module")
def versions(tmp_path_factory: pytest.TempPathFactory) -> Versions:
    versions = Versions(tmp_path_factory.mktemp("data"))
    publish(versions, *(quad(f"a{n}") for n in range(300)), quad("f", FOREIGN))
    publish(versions, quad("b"), removed=[quad("a1")])
    publish(versions, removed=[quad("f", FOREIGN)])
    return versions


@pytest.fixture(scope="module")
def client(versions: Versions) -> Iterator[httpx.Client]:
    settings = Settings.model_validate({"query_workers": 1, "memory_budget": 0})
    with (
        Snapshots(versions) as snapshots,
        serving(create_app(settings, snapshots)) as address,
        httpx.Client(base_url=address, timeout=60) as client,
    ):
        yield client


@pytest.fixture(scope="module")
def files(client: httpx.Client, versions: Versions) -> dict[str, Dump]:
    """The files of version 1, which the first request has made."""
    assert get_when_ready(client, FILE).status_code == 200
    dumps = make_dumps(versions, 1, base_iri=BASE)
    return {dump.name: dump for dump in dumps}


def test_a_file_is_made_when_somebody_asks_for_it(
    client: httpx.Client, versions: Versions
) -> None:
    response = get_when_ready(client, FILE)
    assert response.status_code == 200
    path = versions.dumps_path(1) / "dataset-1.nq.gz"
    assert response.content == path.read_bytes()
    assert "content-encoding" not in response.headers
    found = hashlib.sha256(gunzip(response.content)).hexdigest()
    assert found == versions.get(1).sha256


def test_each_file_is_described_by_its_headers(
    client: httpx.Client, files: dict[str, Dump], versions: Versions
) -> None:
    types = {"zst": "application/zstd", "gz": "application/gzip"}
    for name, dump in files.items():
        # What is compressed already is not compressed again.
        response = client.get(f"/dumps/1/{name}", headers={"Accept-Encoding": "gzip"})
        headers = response.headers
        assert headers["content-type"] == types[name.rpartition(".")[2]]
        assert headers["content-length"] == str(dump.size) == str(len(response.content))
        assert headers["etag"] == f'"{dump.sha256}"'
        digest = base64.b64encode(hashlib.sha256(response.content).digest()).decode()
        assert headers["repr-digest"] == f"sha-256=:{digest}:"
        assert headers["cache-control"] == "public, max-age=31536000, immutable"
        assert headers["content-disposition"] == f'attachment; filename="{name}"'
        assert headers["accept-ranges"] == "bytes"
        time = versions.get(1).time.strftime("%a, %d %b %Y %H:%M:%S GMT")
        assert headers["last-modified"] == time
        assert headers["access-control-allow-origin"] == "*"


def test_head_has_the_headers_of_get(
    client: httpx.Client, files: dict[str, Dump]
) -> None:
    for headers in ({}, {"Range": "bytes=0-1"}):
        response = client.head(FILE, headers=headers)
        assert response.status_code == 200
        assert response.content == b""
        size = files["dataset-1.nq.gz"].size
        assert response.headers["content-length"] == str(size)


@pytest.mark.usefixtures("files")
def test_parts_of_a_file_make_it_up(client: httpx.Client) -> None:
    whole = client.get(FILE)
    size = len(whole.content)
    parts = []
    for start in range(0, size, 500):
        asked = {"Range": f"bytes={start}-{start + 499}", "Accept-Encoding": "gzip"}
        part = client.get(FILE, headers=asked)
        assert part.status_code == 206
        end = min(start + 499, size - 1)
        assert part.headers["content-range"] == f"bytes {start}-{end}/{size}"
        for name in ("etag", "repr-digest", "cache-control", "last-modified"):
            assert part.headers[name] == whole.headers[name]
        parts.append(part.content)
    assert b"".join(parts) == whole.content


@pytest.mark.usefixtures("files")
def test_several_parts_come_in_one_reply(client: httpx.Client) -> None:
    content = client.get(FILE).content
    response = client.get(FILE, headers={"Range": "bytes=0-3, -4"})
    assert response.status_code == 206
    kind = response.headers["content-type"]
    assert kind.startswith("multipart/byteranges; boundary=")
    pieces = response.content.split(f"--{kind.partition('boundary=')[2]}".encode())
    bodies = [piece.partition(b"\r\n\r\n")[2].removesuffix(b"\r\n") for piece in pieces]
    assert bodies[1:3] == [content[:4], content[-4:]]


@pytest.mark.usefixtures("files")
def test_a_part_that_is_not_there_is_416(client: httpx.Client) -> None:
    size = len(client.get(FILE).content)
    response = client.get(FILE, headers={"Range": f"bytes={size}-"})
    assert response.status_code == 416
    assert response.headers["content-range"] == f"bytes */{size}"
    assert response.json()["type"] == f"{BASE}problems/range"
    assert f"{size} bytes" in response.json()["detail"]


@pytest.mark.usefixtures("files")
@pytest.mark.parametrize("header", ["lines=0-1", "bytes=9-3", "bytes=x", "bytes"])
def test_what_is_no_range_is_ignored(client: httpx.Client, header: str) -> None:
    response = client.get(FILE, headers={"Range": header})
    assert response.status_code == 200
    assert len(response.content) == int(response.headers["content-length"])


@pytest.mark.usefixtures("files")
def test_a_part_is_sent_if_the_rest_is_of_the_same_file(client: httpx.Client) -> None:
    headers = client.head(FILE).headers
    known = {
        headers["etag"]: 206,
        headers["last-modified"]: 206,
        f"W/{headers['etag']}": 200,
        '"another"': 200,
        "Mon, 01 Jan 2001 00:00:00 GMT": 200,
    }
    for value, status in known.items():
        asked = {"Range": "bytes=0-1", "If-Range": value}
        assert client.get(FILE, headers=asked).status_code == status
    # Of another file, what is asked for need not be there.
    asked = {"Range": "bytes=99999999-", "If-Range": '"another"'}
    assert client.get(FILE, headers=asked).status_code == 200


@pytest.mark.usefixtures("files")
def test_who_has_a_file_gets_304(client: httpx.Client) -> None:
    tag = client.head(FILE).headers["etag"]
    for headers in ({}, {"Range": "bytes=0-1"}):
        for known in (tag, f"W/{tag}", f'"x", {tag}', "*"):
            asked = {**headers, "If-None-Match": known}
            response = client.get(FILE, headers=asked)
            assert response.status_code == 304
            assert response.content == b""
            assert response.headers["etag"] == tag


def test_stock_programs_check_what_was_downloaded(
    client: httpx.Client, files: dict[str, Dump], tmp_path: Path
) -> None:
    for name in ("SHA256SUMS", *files):
        (tmp_path / name).write_bytes(client.get(f"/dumps/1/{name}").content)
    assert run("sha256sum", "--check", "--strict", "SHA256SUMS", cwd=tmp_path) == 0
    for name in files:
        response = client.get(f"/dumps/1/{name}.sha256")
        assert response.headers["content-type"] == "text/plain; charset=utf-8"
        assert response.text.endswith(f"  {name}\n")
        (tmp_path / "one").write_text(response.text)
        assert run("sha256sum", "--check", "--strict", "one", cwd=tmp_path) == 0
    tag = client.head("/dumps/1/SHA256SUMS").headers["etag"]
    asked = {"If-None-Match": tag}
    assert client.get("/dumps/1/SHA256SUMS", headers=asked).status_code == 304


@pytest.mark.parametrize("format_", RDF_FORMATS, ids=lambda format_: format_.name)
def test_the_list_describes_each_file(
    client: httpx.Client, files: dict[str, Dump], format_: Format
) -> None:
    response = client.get("/dumps/1", headers={"Accept": format_.media_type})
    assert response.headers["content-type"].partition(";")[0] == format_.media_type
    quads = set(parse(response.content, format=format_.rdf))
    found = {q.subject for q in quads if q.object == DCAT.Distribution}
    version = NamedNode(f"{BASE}version/1")
    of_version = {q.object for q in quads if q.subject == version} & found
    assert len(of_version) == 6
    assert found == {NamedNode(f"{BASE}dumps/1/{name}") for name in files}
    for name, dump in files.items():
        node = NamedNode(f"{BASE}dumps/1/{name}")
        url = NamedNode(
            f"{client.base_url}/dumps/1/{name}".replace("//dumps", "/dumps")
        )
        size = Literal(str(dump.size), datatype=XSD.nonNegativeInteger)
        value = Literal(dump.sha256 or "", datatype=XSD.hexBinary)
        checksum = NamedNode(f"{node.value}#sha256")
        assert Quad(node, DCAT.downloadURL, url) in quads
        assert Quad(node, DCAT.byteSize, size) in quads
        assert Quad(node, SPDX.checksum, checksum) in quads
        assert Quad(checksum, SPDX.checksumValue, value) in quads
    assert client.get(f"/dumps/1.{format_.suffix}").content == response.content


def test_the_list_of_versions_has_what_holds_all(client: httpx.Client) -> None:
    response = client.get("/dumps", headers={"Accept": "application/json"})
    assert response.headers["content-type"] == JSON_LD.media_type
    quads = parse(response.content, format=JSON_LD.rdf)
    found = {
        q.subject.value.removeprefix(f"{BASE}dumps/")
        for q in quads
        if (q.predicate, q.object) == (RDF.type, DCAT.Distribution)
        if isinstance(q.subject, NamedNode)
    }
    assert found == {
        f"{n}/dataset-{n}.{suffix}.{packing}"
        for n in (1, 2, 3)
        for suffix in ("nq", "trig", "ttl")
        for packing in ("zst", "gz")
    }
    for path in ("/dumps/", "/dumps.jsonld"):
        assert (
            client.get(path, headers={"Accept": "application/json"}).text
            == response.text
        )


def test_the_catalogue_lists_them(client: httpx.Client, versions: Versions) -> None:
    urls = Urls(BASE)
    before = client.get("/catalog.nt")
    assert get_when_ready(client, "/dumps/3/SHA256SUMS").status_code == 200
    response = client.get("/catalog.nt")
    assert response.headers["etag"] != before.headers["etag"]
    quads = set(parse(response.content, format=RdfFormat.N_TRIPLES))
    for dump in make_dumps(versions, 3, base_iri=BASE):
        node = urls.dump(3, dump.name)
        value = Literal(dump.sha256 or "", datatype=XSD.hexBinary)
        assert Quad(dump.graph or urls.dataset, DCAT.distribution, node) in quads
        assert {q.object for q in quads if q.subject == node} >= {
            NamedNode(f"{client.base_url}".rstrip("/") + f"/dumps/3/{dump.name}"),
            Literal(str(dump.size), datatype=XSD.nonNegativeInteger),
        }
        assert any(q.object == value for q in quads)


def test_a_tag_changes_when_files_are_made(client: httpx.Client) -> None:
    before = client.get("/dumps/2.ttl")
    assert "byteSize" not in before.text
    assert get_when_ready(client, "/dumps/2/SHA256SUMS").status_code == 200
    after = client.get(
        "/dumps/2.ttl", headers={"If-None-Match": before.headers["etag"]}
    )
    assert after.status_code == 200
    assert "byteSize" in after.text


def test_a_browser_gets_pages(client: httpx.Client, files: dict[str, Dump]) -> None:
    page = client.get("/dumps", headers={"Accept": BROWSER})
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    places = [
        page.text.index(f'<a href="/dumps/{n}">Version {n}</a>') for n in (3, 2, 1)
    ]
    assert places == sorted(places)
    one = client.get("/dumps/1", headers={"Accept": BROWSER})
    for name, dump in files.items():
        assert f'<a href="/dumps/1/{name}" title="SHA-256 {dump.sha256}"' in one.text
    assert '<a href="/dumps">' in client.get("/").text


def test_what_there_is_not_is_404_and_says_what_there_is(client: httpx.Client) -> None:
    unknown = client.get("/dumps/9/dataset-9.nq.gz")
    assert unknown.status_code == 404
    assert "published: 1, 2, 3" in unknown.json()["detail"]
    assert client.get("/dumps/9").json()["known"] == [1, 2, 3]
    for number in ("0", "-1", "01", "1e3", "x"):
        assert client.get(f"/dumps/{number}").status_code == 404
    name = client.get("/dumps/1/dataset-1.nq.bz2")
    assert name.status_code == 404
    assert "near to it: dataset-1.nq.gz" in name.json()["detail"]
    for path in ("manifest.json", "scratch", "%2e%2e%2f1.json", "dataset-2.nq.gz"):
        assert client.get(f"/dumps/1/{path}").status_code == 404
    assert client.get("/dumps/1.csv").status_code == 406


def test_who_would_wait_too_long_is_told_when_to_ask_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    versions = Versions(tmp_path)
    publish(versions, quad("a"))

    def fail(*_: object, **__: object) -> None:
        message = "the disk is on fire"
        raise StoreError(message)

    with small_server(versions, patience=0.0) as client:
        early = client.get("/dumps/1/dataset-1.nq.gz")
        assert early.status_code == 503
        assert early.headers["retry-after"] == "5"
        assert early.headers["cache-control"] == "no-store"
        assert early.json()["type"] == f"{BASE}problems/dumps-not-ready"
        assert "are being made" in early.json()["detail"]
    make_dumps(versions, 1, base_iri=BASE)
    with small_server(versions, patience=0.0) as client:
        assert client.get("/dumps/1/dataset-1.nq.gz").status_code == 200
    publish(versions, quad("b"))
    monkeypatch.setattr(background, "make_dumps", fail)
    with small_server(versions, patience=30.0) as client:
        failed = client.get("/dumps/2/dataset-2.nq.gz")
        assert failed.status_code == 503
        assert failed.headers["retry-after"] == "60"
        assert "could not be made" in failed.json()["detail"]
        assert "fire" not in failed.text


@contextmanager
def small_server(versions: Versions, *, patience: float) -> Iterator[httpx.Client]:
    """Serve the dumps alone, with less patience than a server has."""
    urls = Urls(BASE)
    with Snapshots(versions) as snapshots:
        dumping = Dumping(versions, base_iri=BASE, patience=patience)
        app = Starlette(
            routes=routes(snapshots, dumping, urls),
            exception_handlers=exception_handlers(urls),
        )
        with serving(app) as address, httpx.Client(base_url=address) as client:
            client.timeout = httpx.Timeout(60)
            yield client


def gunzip(content: bytes) -> bytes:
    path = shutil.which("gzip")
    assert path is not None
    command = [path, "--decompress", "--stdout"]
    return subprocess.run(
        command, input=content, check=True, capture_output=True
    ).stdout


def run(name: str, *arguments: str, cwd: Path) -> int:
    path = shutil.which(name)
    assert path is not None
    return subprocess.run([path, *arguments], cwd=cwd, check=False).returncode
