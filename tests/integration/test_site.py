"""A site as a folder: served by a plain file server, and compared with the real one."""

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from hashlib import sha256
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote, urljoin, urlsplit

import anyio
import httpx
import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, parse

from ssc_kg.app import create_app
from ssc_kg.dataset.dumping import make_dumps
from ssc_kg.dataset.dumps import read_manifest
from ssc_kg.formats.table import DATA_FORMATS, HTML, RDF_FORMATS
from ssc_kg.publish.crawl import pages_of
from ssc_kg.rdf.vocab import DCTERMS, RDF, SKOS, SSC, VOID
from ssc_kg.resources import ONTOLOGY
from ssc_kg.settings import Settings
from ssc_kg.site.build import Site, build
from ssc_kg.site.folder import MARKER
from ssc_kg.site.links import find_links, replace_links
from ssc_kg.site.places import path_of, place_of
from ssc_kg.store.snapshot import Snapshots
from ssc_kg.store.versions import Versions
from ssc_kg.urls import Urls
from tests.apache import apache
from tests.datasets import BASE, publish
from tests.rewriting import follow
from tests.serving import serving

URLS = Urls(BASE)
SOURCE = URLS.graph("source/example")
GOAL = NamedNode("http://metadata.un.org/sdg/11")
ELSEWHERE = NamedNode("http://example.org/goals#11")
LONG = "город" * 26
NAMES = ("pully", "город", "beyoğlu", LONG, "a%2Fb", "index", "a%20b", "x.ttl")
MANY = 120
URL = "https://example.org/cities/"
SETTINGS = {"query_workers": 1, "query_priority": "low"}


_NO_ROWS = ("prefixes", "versions", "version/1")
_ABOUT_SERVICES = ("void", "catalog", "dumps", "versions", "version/1")


def thing(name: str) -> NamedNode:
    return NamedNode(f"{BASE}id/city/{name}")


def facts() -> Iterator[tuple[NamedNode, NamedNode, NamedNode | Literal]]:
    for iri in (GOAL, ELSEWHERE):
        yield iri, RDF.type, SSC.Topic
        yield iri, SKOS.prefLabel, Literal("Cities", language="en")
    for name in NAMES:
        yield thing(name), RDF.type, SSC.City
        yield thing(name), SKOS.prefLabel, Literal(name, language="en")
        yield thing(name), DCTERMS.subject, ELSEWHERE
    for number in range(MANY):
        # Named elsewhere and of no class, so that they have no documents.
        other = NamedNode(f"http://example.org/{number}")
        yield other, DCTERMS.subject, GOAL
        yield other, DCTERMS.relation, thing("pully")


def quads() -> Iterator[Quad]:
    for subject, predicate, object_ in facts():
        for graph in (SOURCE, DefaultGraph()):
            yield Quad(subject, predicate, object_, graph)
    graph = URLS.graph("ontology")
    for quad in parse(path=ONTOLOGY / "ssc.ttl"):
        yield Quad(quad.subject, quad.predicate, quad.object, graph)
        yield quad
    title = Literal("Tests", language="en")
    yield Quad(URLS.dataset, DCTERMS.title, title, URLS.graph("void"))


@pytest.fixture(scope="module")
def snapshots(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Snapshots]:
    versions = Versions(tmp_path_factory.mktemp("versions"))
    publish(versions, *quads())
    make_dumps(versions, 1, base_iri=BASE)
    with Snapshots(versions) as snapshots:
        yield snapshots


def write(
    snapshots: Snapshots, target: Path, url: str = "/", live: str | None = None
) -> None:
    public_url = None if url == "/" else url
    settings = Settings.model_validate({**SETTINGS, "public_url": public_url})
    site = Site(Urls(BASE, url), snapshots.current(), snapshots.versions, live)
    app = create_app(settings, snapshots)
    anyio.run(build, app, site, target, lambda _: None)


@pytest.fixture(scope="module")
def server(snapshots: Snapshots) -> Iterator[str]:
    """The address of a real server of the same version, with a slash at the end."""
    settings = Settings.model_validate(SETTINGS)
    with serving(create_app(settings, snapshots)) as address:
        yield f"{address}/"


@pytest.fixture(scope="module")
def folder(snapshots: Snapshots, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What nobody answers for is left out."""
    target = tmp_path_factory.mktemp("site") / "plain"
    write(snapshots, target)
    return target


@pytest.fixture(scope="module")
def led(
    snapshots: Snapshots, server: str, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """Published below `URL`; what a folder cannot answer, a server does."""
    target = tmp_path_factory.mktemp("site") / "led"
    write(snapshots, target, URL, server)
    return target


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing of requests."""


@contextmanager
def file_server(directory: Path) -> Iterator[httpx.Client]:
    handler = partial(_Quiet, directory=str(directory))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        address = f"http://127.0.0.1:{server.server_address[1]}/"
        with httpx.Client(base_url=address, follow_redirects=True) as client:
            try:
                yield client
            finally:
                server.shutdown()
                thread.join()


def pages(directory: Path) -> list[Path]:
    return sorted(directory.rglob("*.html"))


def documents() -> Iterator[str]:
    """The addresses of documents, of graphs, and of what describes the whole."""
    yield from ("ontology", "void", "graph/source/example", "graph/ontology")
    yield from ("prefixes", "versions", "version/1")
    for iri in (GOAL, ELSEWHERE, *map(thing, NAMES)):
        yield URLS.url(URLS.document(iri)).removeprefix("/")
    yield "doc/city/pully?page=2"
    yield f"doc?iri={quote(GOAL.value, safe='')}&page=2"


def of_format(address: str, suffix: str) -> str:
    path, question, query = address.partition("?")
    if "iri=" in query:
        return f"{address}&format={suffix}"
    return f"{path}.{suffix}{question}{query}"


def inner_links(directory: Path, root: str) -> Iterator[str]:
    """The links of all pages to places in the folder, which lies at `root`."""
    for page in pages(directory):
        path = quote(page.relative_to(directory).as_posix())
        for link in find_links(page.read_text(encoding="utf-8")):
            url = urljoin(f"{root}{path}", link).partition("#")[0]
            if url.startswith(root):
                yield url.removeprefix(root)


@pytest.mark.parametrize(
    ("which", "root"), [("folder", "http://localhost/"), ("led", URL)]
)
def test_a_plain_file_server_answers_every_link_of_every_page(
    which: str, root: str, request: pytest.FixtureRequest
) -> None:
    directory: Path = request.getfixturevalue(which)
    links = set(inner_links(directory, root))
    with file_server(directory) as client:
        missing = {link for link in links if client.get(link).status_code != 200}
    assert missing == set()
    assert len(links) > 100


def test_a_plain_file_server_has_every_document_in_every_format(
    folder: Path, server: str, snapshots: Snapshots
) -> None:
    listed = [
        URLS.url(page).removeprefix("/")
        for page in pages_of(snapshots.current().store, URLS)
        if page not in (NamedNode(BASE), URLS.queries)
    ]
    addresses = {*listed, *documents()}
    with file_server(folder) as client, httpx.Client(base_url=server) as real:
        for address in sorted(addresses):
            for format_ in RDF_FORMATS if address in _NO_ROWS else DATA_FORMATS:
                asked = of_format(address, format_.suffix)
                place = place_of(asked)
                assert place is not None
                found = client.get(path_of(place))
                assert found.status_code == 200, asked
                answered = real.get(asked, follow_redirects=True)
                assert answered.status_code == 200, asked
                if address not in _ABOUT_SERVICES:
                    assert found.content == answered.content, asked
            page = client.get(path_of(place_of(address) or ""))
            assert page.headers["content-type"] == HTML.media_type, address
            assert page.text.startswith("<!doctype html>")


def test_pages_are_those_of_the_server_but_for_addresses(
    led: Path, server: str
) -> None:
    def bare(page: str) -> str:
        without = re.sub("(?s)<(code|script).*?</\\1>", "", page)
        return replace_links(without, lambda _: "-")

    with file_server(led) as client, httpx.Client(base_url=server) as real:
        for address in ("", *documents(), "queries", "dumps"):
            answered = real.get(address, headers={"accept": HTML.media_type})
            assert answered.status_code == 200, address
            page = client.get(path_of(place_of(address) or "")).text
            assert bare(page) == bare(answered.text), address


def test_files_to_download_are_those_of_the_version(
    folder: Path, snapshots: Snapshots
) -> None:
    made = read_manifest(snapshots.versions, 1)
    assert made is not None
    assert made.dumps
    for dump in made.dumps:
        content = (folder / "dumps/1" / dump.name).read_bytes()
        assert sha256(content).hexdigest() == dump.sha256


def test_things_lead_to_their_documents(folder: Path, led: Path) -> None:
    with file_server(folder) as client:
        for name in ("pully", "город", "a%20b"):
            path = URLS.url(URLS.document(thing(name)))
            page = client.get(path.replace("/doc/", "/id/")).text
            assert f'content="0; url={path}"' in page
            assert f'<link rel="canonical" href="{path}">' in page
            assert f'<a href="{path}">' in page
            assert client.get(path).status_code == 200
    assert (led / "doc/city/город.ttl").is_file()


def test_what_a_folder_cannot_answer_leads_to_the_server(
    led: Path, server: str
) -> None:
    leaving = {
        link
        for page in pages(led)
        for link in find_links(page.read_text(encoding="utf-8"))
        if link.startswith(server)
    }
    shown = (led / "catalog/index.html").read_text(encoding="utf-8")
    assert f">{server}sparql</a>" in shown
    assert f"{URL}sparql" not in shown
    beginnings = {urlsplit(link).path.split("/")[1] for link in leaving}
    assert {"graphql", "sparql", "queries"} <= beginnings
    with httpx.Client() as client:
        for path in ("graphql", "sparql"):
            headers = {"accept": HTML.media_type}
            assert client.get(f"{server}{path}", headers=headers).status_code == 200


def test_without_a_server_what_it_would_answer_is_text(folder: Path) -> None:
    page = (folder / "index.html").read_text(encoding="utf-8")
    assert "SPARQL" in page
    assert "<code>/sparql</code>" not in page
    assert "not offered here" in (folder / "catalog.html").read_text(encoding="utf-8")
    for page_file in pages(folder):
        text = page_file.read_text(encoding="utf-8")
        assert 'action="' not in text
        for link in find_links(text):
            assert not link.startswith(("/sparql", "/graphql", "/timemap"))
            assert "?" not in link or not link.startswith("/")


@pytest.mark.parametrize("which", ["folder", "led"])
def test_services_are_told_of_where_they_are(
    which: str, server: str, request: pytest.FixtureRequest
) -> None:
    directory: Path = request.getfixturevalue(which)
    for format_ in RDF_FORMATS:
        body = (directory / f"void.{format_.suffix}").read_bytes()
        endpoints = {
            quad.object
            for quad in parse(body, format=format_.rdf)
            if quad.predicate == VOID.sparqlEndpoint
        }
        expected = {NamedNode(f"{server}sparql")} if which == "led" else set()
        assert endpoints == expected, format_.name


def test_an_export_of_a_version_is_the_same_each_time(
    folder: Path, snapshots: Snapshots, tmp_path: Path
) -> None:
    again = tmp_path / "again"
    write(snapshots, again)
    names = names_of(folder)
    assert names == names_of(again)
    assert Path(MARKER) in names
    for name in names:
        assert (folder / name).read_bytes() == (again / name).read_bytes(), name


def names_of(directory: Path) -> set[Path]:
    files = (path for path in directory.rglob("*") if path.is_file())
    return {path.relative_to(directory) for path in files}


def test_a_folder_below_an_address_links_within_it(led: Path) -> None:
    page = (led / "doc/city/pully/index.html").read_text(encoding="utf-8")
    links = find_links(page)
    assert f"{URL}doc/external/iri/" in "".join(links)
    assert f"{URL}doc/city/pully/page-2" in links
    assert not [link for link in links if link.startswith("/")]


def test_a_folder_that_may_be_anywhere_names_no_address(folder: Path) -> None:
    for name in names_of(folder):
        assert b"http://localhost" not in (folder / name).read_bytes(), name


def test_a_sitemap_lists_places_that_there_are(folder: Path, led: Path) -> None:
    sitemap = (led / "sitemap.xml").read_text(encoding="utf-8")
    listed = re.findall("<loc>(.*?)</loc>", sitemap)
    assert f"{URL}doc/external/sdg/11" in listed
    with file_server(led) as client:
        for location in listed:
            path = location.removeprefix(URL)
            assert path != location
            assert client.get(path).status_code == 200, location
    robots = (led / "robots.txt").read_text(encoding="utf-8")
    assert f"Sitemap: {URL}sitemap.xml\n" in robots
    assert not (folder / "sitemap.xml").exists()
    assert "Sitemap" not in (folder / "robots.txt").read_text(encoding="utf-8")


def test_rules_lead_from_iris_to_files_that_there_are(led: Path) -> None:
    rules = (led / "redirects/w3id.htaccess").read_text(encoding="utf-8")
    with file_server(led) as client:
        for address in documents():
            for accept in ("*/*", "text/html", "application/n-triples"):
                outcome = follow(rules, address, accept)
                assert outcome is not None
                assert outcome.location is not None
                path = outcome.location.removeprefix(URL)
                assert path != outcome.location
                assert client.get(path).status_code == 200, (address, accept)


def test_hosts_of_static_sites_are_told_types_and_who_may_read(led: Path) -> None:
    headers = (led / "_headers").read_text(encoding="utf-8")
    assert "/*\n  Access-Control-Allow-Origin: *\n" in headers
    assert "/*.ttl\n  Content-Type: text/turtle\n" in headers
    assert "AddType application/n-quads .nq\n" in (led / ".htaccess").read_text()


def test_apache_publishes_the_folder_by_its_own_rules(
    led: Path,
) -> None:
    with apache(led) as address, httpx.Client(base_url=address) as client:
        for path, accept, location in (
            ("id/city/pully", "text/html", "doc/city/pully.html"),
            ("doc/city/pully", "application/n-triples", "doc/city/pully.nt"),
            (f"doc?iri={GOAL.value}", "*/*", "doc/external/sdg/11.ttl"),
            ("", "text/turtle", "void.ttl"),
        ):
            answer = client.get(path, headers={"accept": accept})
            assert answer.headers["location"] == f"{URL}{location}"
        document = client.get("doc/city/pully.ttl")
        assert document.content == (led / "doc/city/pully.ttl").read_bytes()
        assert document.headers["content-type"] == "text/turtle; charset=utf-8"
        assert document.headers["access-control-allow-origin"] == "*"
        for path in ("", "queries/"):
            page = client.get(path, headers={"accept": "text/html"})
            assert page.text == (led / path / "index.html").read_text(encoding="utf-8")
