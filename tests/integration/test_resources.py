"""Linked data over HTTP: things, their documents, graphs, and what errors look like."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

import httpx
import pyoxigraph
import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, parse
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ssc_kg.errors import (
    MappingError,
    QuerySyntaxError,
    QueryTimedOutError,
    StoreBusyError,
    UnknownPageError,
    UnknownVersionError,
)
from ssc_kg.formats.table import DATA_FORMATS, RDF_FORMATS, Format
from ssc_kg.http.compression import Compression
from ssc_kg.http.cors import CrossOrigin
from ssc_kg.http.problems import exception_handlers
from ssc_kg.publish.description import LINK_LIMIT, Document, describe, is_known
from ssc_kg.publish.resources import routes
from ssc_kg.rdf.vocab import DCTERMS, FOAF, PROV, RDF, RDFS, SKOS, SSC, VOID
from ssc_kg.store.embedded import EmbeddedStore
from ssc_kg.store.search.index import SearchIndex
from ssc_kg.store.snapshot import Snapshot
from ssc_kg.store.versions import VersionRecord
from ssc_kg.urls import Urls
from tests.serving import serving

BASE = "https://w3id.org/ssc-kg/"
SOURCE = NamedNode(f"{BASE}graph/source/a")
MEMORANDUM = NamedNode(f"{BASE}id/agreement/a-b")
SUWON = NamedNode(f"{BASE}id/city/suwon")
BEYOGLU = NamedNode(f"{BASE}id/city/beyoğlu")
GOAL = NamedNode("http://metadata.un.org/sdg/11")
DOCUMENT = NamedNode(f"{BASE}doc/agreement/a-b")
LICENSE = NamedNode("https://creativecommons.org/licenses/by/4.0/")

DATA = f"""
prefix dcterms: <{DCTERMS.title.value.removesuffix("title")}>
prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
prefix skos: <http://www.w3.org/2004/02/skos/core#>
prefix ssc: <{BASE}ontology#>
<{SOURCE.value}> {{
    {MEMORANDUM} a ssc:MemorandumOfUnderstanding ;
        skos:prefLabel "Memorandum of A and B"@en ;
        ssc:addressesGoal {GOAL} ;
        ssc:signedIn {SUWON} .
    {SUWON} a ssc:City ; skos:prefLabel "Suwon"@en .
    {BEYOGLU} a ssc:City ; skos:prefLabel "Beyoğlu"@tr .
    {GOAL} skos:prefLabel "Sustainable cities and communities"@en .
    <{BASE}id/evidence/1> a ssc:Evidence ;
        rdf:subject {MEMORANDUM} ; rdf:predicate ssc:signedIn ; rdf:object {SUWON} .
    <{BASE}id/commitment/1> ssc:commitmentOf {MEMORANDUM} ;
        skos:prefLabel "A commitment"@en .
}}
<{BASE}graph/ontology> {{
    ssc:MemorandumOfUnderstanding <{RDFS.label.value}> "memorandum"@en .
}}
<{BASE}graph/catalogue> {{
    <{SOURCE.value}> dcterms:license {LICENSE} .
}}
"""


class OneVersion:
    """A version in memory; its default graph merges all graphs but the catalogue."""

    def __init__(self, number: int = 7) -> None:
        store = pyoxigraph.Store()
        store.load(DATA.encode(), RdfFormat.TRIG)
        for quad in list(store):
            if quad.graph_name != NamedNode(f"{BASE}graph/catalogue"):
                store.add(Quad(quad.subject, quad.predicate, quad.object))
        self.store = store
        self.number = number

    def current(self) -> Snapshot:
        store = EmbeddedStore(self.store)
        index = SearchIndex(Path("none"), store, ())
        return Snapshot(self.record, Path("none"), store, index)

    def open(self, number: int) -> Snapshot:
        if number != self.number:
            raise UnknownVersionError(number, [self.number])
        return self.current()

    def records(self) -> list[VersionRecord]:
        return [self.record]

    @property
    def record(self) -> VersionRecord:
        return VersionRecord(
            number=self.number,
            time=datetime(2026, 11, 23, 2, 39, 44, tzinfo=UTC),
            parent=None,
            author="a test",
            message="",
            triples=0,
            graphs={},
            added=0,
            removed=0,
        )


def fail(request: Request) -> Response:
    errors: dict[str, Exception] = {
        "busy": StoreBusyError(3),
        "slow": QueryTimedOutError(2.5),
        "syntax": QuerySyntaxError("expected }", line=2, column=5),
        "mapping": MappingError("a secret of the server"),
        "bug": ValueError("a secret of the server"),
    }
    raise errors[request.path_params["name"]]


@pytest.fixture(scope="module")
def client() -> Iterator[httpx.Client]:
    urls = Urls(BASE)
    app = Starlette(
        routes=[*routes(OneVersion(), urls), Route("/fail/{name}", fail)],
        exception_handlers=dict(exception_handlers(urls)),
        middleware=[Middleware(Compression)],
    )
    with (
        serving(CrossOrigin(app)) as address,
        httpx.Client(
            base_url=address, headers={"Accept-Encoding": "identity"}, timeout=10
        ) as client,
    ):
        yield client


def get(client: httpx.Client, path: str, **headers: str) -> httpx.Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.get(path, headers=named)


def quads(response: httpx.Response, format_: RdfFormat = RdfFormat.TURTLE) -> set[Quad]:
    assert response.status_code == 200, response.text
    return set(parse(response.content, format=format_))


def test_a_thing_answers_with_the_address_of_its_document(
    client: httpx.Client,
) -> None:
    for method in ("GET", "HEAD"):
        response = client.request(method, "/id/agreement/a-b")
        assert response.status_code == 303
        assert response.headers["location"] == "/doc/agreement/a-b"
        described, of = (
            '</doc/agreement/a-b>; rel="describedby"',
            SSC.MemorandumOfUnderstanding,
        )
        assert response.headers["link"] == f'{described}, {of}; rel="type"'


@pytest.mark.parametrize(
    ("path", "location"),
    [
        pytest.param(
            "/id/agreement/a-b?format=turtle", "/doc/agreement/a-b.ttl", id="a format"
        ),
        pytest.param(
            "/id/city/beyo%C4%9Flu", "/doc/city/beyo%C4%9Flu", id="a non-ASCII name"
        ),
        pytest.param("/id/city/%73uwon", "/doc/city/suwon", id="a needless escape"),
    ],
)
def test_a_thing_leads_to_one_address(
    client: httpx.Client, path: str, location: str
) -> None:
    response = client.get(path)
    assert (response.status_code, response.headers["location"]) == (303, location)


def test_a_document_says_what_the_graph_says(client: httpx.Client) -> None:
    triples = quads(get(client, "/doc/agreement/a-b"))
    evidence = NamedNode(f"{BASE}id/evidence/1")
    commitment = NamedNode(f"{BASE}id/commitment/1")
    expected = {
        "a statement": Quad(MEMORANDUM, SSC.signedIn, SUWON),
        "the name of a mentioned thing": Quad(
            SUWON, SKOS.prefLabel, Literal("Suwon", language="en")
        ),
        "the name of its type": Quad(
            SSC.MemorandumOfUnderstanding,
            RDFS.label,
            Literal("memorandum", language="en"),
        ),
        "a link to it": Quad(commitment, SSC.commitmentOf, MEMORANDUM),
        "its evidence": Quad(evidence, RDF.object, SUWON),
        "its topic": Quad(DOCUMENT, FOAF.primaryTopic, MEMORANDUM),
        "its licence": Quad(DOCUMENT, DCTERMS.license, LICENSE),
        "its source": Quad(DOCUMENT, PROV.wasDerivedFrom, SOURCE),
        "its version": Quad(DOCUMENT, DCTERMS.isPartOf, NamedNode(f"{BASE}version/7")),
    }
    assert {what for what, quad in expected.items() if quad not in triples} == set()
    assert Quad(SUWON, RDF.type, SSC.City) not in triples


def test_only_graphs_that_say_something_of_it_are_its_sources(
    client: httpx.Client,
) -> None:
    dataset = quads(get(client, "/doc/agreement/a-b"))
    sources = {q.object for q in dataset if q.predicate == PROV.wasDerivedFrom}
    assert sources == {SOURCE}


def test_a_dataset_format_shows_who_says_what(client: httpx.Client) -> None:
    dataset = quads(get(client, "/doc/agreement/a-b.trig"), RdfFormat.TRIG)
    assert Quad(MEMORANDUM, SSC.signedIn, SUWON, SOURCE) in dataset
    assert Quad(MEMORANDUM, SSC.signedIn, SUWON, DefaultGraph()) in dataset


@pytest.mark.parametrize(
    "format_", [pytest.param(format_, id=format_.name) for format_ in RDF_FORMATS]
)
def test_each_format_is_had_in_three_ways(
    client: httpx.Client, format_: Format
) -> None:
    by_suffix = client.get(f"/doc/agreement/a-b.{format_.suffix}")
    by_name = client.get(f"/doc/agreement/a-b?format={format_.name}")
    by_accept = get(client, "/doc/agreement/a-b", accept=format_.media_type)
    assert by_suffix.content == by_name.content == by_accept.content
    assert by_accept.headers["content-type"].startswith(format_.media_type)
    location = f"/doc/agreement/a-b.{format_.suffix}"
    assert by_accept.headers["content-location"] == location
    assert "accept" in by_accept.headers["vary"].lower()


def test_a_browser_gets_turtle_while_there_is_no_page(client: httpx.Client) -> None:
    accept = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    response = get(client, "/doc/agreement/a-b", accept=accept)
    assert response.headers["content-type"] == "text/turtle; charset=utf-8"


def test_a_thing_named_elsewhere_has_a_document(client: httpx.Client) -> None:
    response = client.get("/doc", params={"iri": GOAL.value})
    assert Quad(MEMORANDUM, SSC.addressesGoal, GOAL) in quads(response)
    location = response.headers["content-location"]
    assert location.endswith("&format=ttl")
    assert client.get(location).content == response.content


@pytest.mark.parametrize(
    ("quad", "expected"),
    [
        pytest.param(Quad(SUWON, RDF.type, SSC.City), True, id="a statement"),
        pytest.param(Quad(GOAL, DCTERMS.license, SUWON), True, id="a link"),
        pytest.param(Quad(GOAL, VOID.exampleResource, SUWON), False, id="an example"),
        pytest.param(Quad(SUWON, RDF.type, SSC.City, SOURCE), False, id="not merged"),
    ],
)
def test_a_thing_is_known_by_what_the_merge_says(*, quad: Quad, expected: bool) -> None:
    store = pyoxigraph.Store()
    store.add(quad)
    assert is_known(EmbeddedStore(store), SUWON) is expected


def test_a_suffix_is_no_part_of_an_iri_that_is_unknown_with_it(
    client: httpx.Client,
) -> None:
    response = client.get("/doc", params={"iri": f"{GOAL.value}.TTL", "version": "7"})
    assert response.status_code == 301
    address = f"/doc?iri={quote(GOAL.value, safe='')}&format=ttl&version=7"
    assert response.headers["location"] == address
    assert client.get(address).status_code == 200


def test_a_thing_of_ours_has_one_document_only(client: httpx.Client) -> None:
    response = client.get("/doc", params={"iri": MEMORANDUM.value})
    assert response.status_code == 301
    assert response.headers["location"] == "/doc/agreement/a-b"
    asked = {"iri": MEMORANDUM.value, "page": "2", "version": "7"}
    response = client.get("/doc", params=asked)
    assert response.headers["location"] == "/doc/agreement/a-b?page=2&version=7"


def test_the_links_of_a_document_lead_on(client: httpx.Client) -> None:
    link = client.get("/doc/agreement/a-b").headers["link"]
    assert '</id/agreement/a-b>; rel="describes"' in link
    assert f'<{LICENSE.value}>; rel="license"' in link
    assert '</doc/agreement/a-b.nt>; rel="alternate"; type="application/n-triples"' in (
        link
    )


@pytest.mark.parametrize(
    "path",
    [
        pytest.param("/graph/source/a", id="a graph"),
        pytest.param("/ontology", id="the ontology"),
        pytest.param("/graph/ontology", id="the graph of the ontology"),
        pytest.param("/ontology.ttl", id="the ontology with a suffix"),
        pytest.param("/graph/source/a.ttl", id="a graph with a suffix"),
    ],
)
def test_a_graph_is_served_whole(client: httpx.Client, path: str) -> None:
    name = "source/a" if "source" in path else "ontology"
    expected = {
        Quad(quad.subject, quad.predicate, quad.object)
        for quad in parse(DATA, RdfFormat.TRIG)
        if quad.graph_name == NamedNode(f"{BASE}graph/{name}")
    }
    assert quads(client.get(path)) == expected


def test_an_unchanged_copy_is_not_sent_again(client: httpx.Client) -> None:
    first = client.get("/doc/agreement/a-b")
    tag = first.headers["etag"]
    for known in (tag, f'"x", W/{tag}', "*"):
        response = get(client, "/doc/agreement/a-b", if_none_match=known)
        assert (response.status_code, response.content) == (304, b"")
        assert response.headers["etag"] == tag
    assert get(client, "/doc/agreement/a-b", if_none_match='"x"').status_code == 200
    assert client.get("/doc/agreement/a-b.nt").headers["etag"] != tag


@pytest.mark.parametrize("coding", ["gzip", "br"])
def test_a_compressed_form_has_a_tag_of_its_own(
    client: httpx.Client, coding: str
) -> None:
    plain = client.get("/doc/agreement/a-b")
    packed = get(client, "/doc/agreement/a-b", accept_encoding=coding)
    assert packed.headers["content-encoding"] == coding
    assert packed.content == plain.content
    tag = packed.headers["etag"]
    assert tag != plain.headers["etag"]
    assert tag.endswith(f'-{coding}"')
    assert not tag.startswith("W/")
    assert "accept-encoding" in packed.headers["vary"].lower()
    again = get(client, "/doc/agreement/a-b", accept_encoding=coding, if_none_match=tag)
    assert (again.status_code, again.headers["etag"]) == (304, tag)


@pytest.mark.parametrize(("known", "wanted"), [("gzip", "br"), ("br", "gzip")])
def test_a_copy_in_one_coding_is_not_fresh_in_another(
    client: httpx.Client, known: str, wanted: str
) -> None:
    path = "/doc/agreement/a-b"
    tag = get(client, path, accept_encoding=known).headers["etag"]
    other = get(client, path, accept_encoding=wanted, if_none_match=tag)
    assert (other.status_code, other.headers["content-encoding"]) == (200, wanted)
    plain = get(client, path, accept_encoding="identity", if_none_match=tag)
    assert (plain.status_code, plain.headers.get("content-encoding")) == (200, None)


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        pytest.param("gzip, deflate, br, zstd", "br", id="a browser"),
        pytest.param("gzip;q=1.0, deflate;q=0.6, identity;q=0.3", "gzip", id="ruby"),
        pytest.param("br;q=0.5, gzip;q=0.8", "gzip", id="weights"),
        pytest.param("BR ; Q=0.9,GZIP ; Q=0.1", "br", id="capitals and spaces"),
        pytest.param("br;q=0, gzip", "gzip", id="br refused"),
        pytest.param("gzip;q=0, identity", None, id="gzip refused"),
        pytest.param("gzip;q=0.000", None, id="refused with zeros"),
        pytest.param("*", "br", id="anything"),
        pytest.param("*, br;q=0", "gzip", id="anything but one"),
        pytest.param("*;q=0", None, id="nothing"),
        pytest.param("gzip, identity", "gzip", id="both as good"),
        pytest.param("identity, gzip;q=0.5", None, id="rather plain"),
        pytest.param("deflate, zstd", None, id="others"),
        pytest.param("brotli, x-gzip", None, id="names that are others"),
        pytest.param("gzip;q=much", None, id="no weight"),
        pytest.param("", None, id="empty"),
    ],
)
def test_the_coding_is_the_one_that_the_client_weighs_most(
    client: httpx.Client, accepted: str, coding: str | None
) -> None:
    response = get(client, "/doc/agreement/a-b", accept_encoding=accepted)
    assert response.headers.get("content-encoding") == coding
    assert "accept-encoding" in response.headers["vary"].lower()


def test_head_says_what_get_would(client: httpx.Client) -> None:
    for path in ("/doc/agreement/a-b", "/graph/source/a", "/ontology"):
        got, head = client.get(path), client.head(path)
        assert head.content == b""
        for name in ("etag", "content-type", "content-length", "last-modified", "link"):
            assert head.headers[name] == got.headers[name]


@pytest.mark.parametrize(
    ("path", "accept", "status", "members"),
    [
        pytest.param(
            "/id/city/none",
            "*/*",
            404,
            {"iri": f"{BASE}id/city/none"},
            id="an unknown thing",
        ),
        pytest.param("/doc/city/none", "*/*", 404, {}, id="an unknown document"),
        pytest.param("/graph/none", "*/*", 404, {}, id="an unknown graph"),
        pytest.param("/id/city/%zz", "*/*", 400, {}, id="a malformed path"),
        pytest.param("/doc?iri=suwon", "*/*", 400, {"text": "suwon"}, id="no IRI"),
        pytest.param("/doc", "*/*", 400, {}, id="no thing named"),
        pytest.param("/nothing", "*/*", 404, {"type": "about:blank"}, id="no page"),
        pytest.param(
            "/doc/agreement/a-b",
            "image/png",
            406,
            {"offered": [format_.media_type for format_ in DATA_FORMATS]},
            id="no such format",
        ),
        pytest.param("/doc/agreement/a-b?format=png", "*/*", 406, {}, id="no name"),
        pytest.param(
            "/fail/syntax",
            "*/*",
            400,
            {"line": 2, "column": 5, "type": f"{BASE}problems/query-syntax"},
            id="a syntax error",
        ),
    ],
)
def test_an_error_is_a_problem_document(
    client: httpx.Client,
    path: str,
    accept: str,
    status: int,
    members: dict[str, object],
) -> None:
    response = get(client, path, accept=accept)
    problem = response.json()
    assert response.headers["content-type"] == "application/problem+json"
    assert response.status_code == problem["status"] == status
    assert {"type", "title", "detail"} <= problem.keys()
    assert members.items() <= problem.items()
    assert response.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize(
    ("name", "seconds"),
    [pytest.param("busy", "3", id="busy"), pytest.param("slow", "3", id="timed out")],
)
def test_what_may_work_later_says_when(
    client: httpx.Client, name: str, seconds: str
) -> None:
    response = client.get(f"/fail/{name}")
    assert response.status_code == 503
    assert response.headers["retry-after"] == seconds


@pytest.mark.parametrize("name", ["mapping", "bug"])
def test_the_fault_of_the_server_is_masked(client: httpx.Client, name: str) -> None:
    response = client.get(f"/fail/{name}")
    assert response.status_code == 500
    assert "secret" not in response.text
    assert response.headers["access-control-allow-origin"] == "*"


def test_a_masked_error_is_logged(
    client: httpx.Client, caplog: pytest.LogCaptureFixture
) -> None:
    client.get("/fail/mapping")
    assert "a secret of the server" in caplog.text


def test_a_method_that_is_not_allowed_says_which_are(client: httpx.Client) -> None:
    response = client.post("/doc/agreement/a-b")
    assert response.status_code == 405
    assert response.headers["allow"] == "GET, HEAD"
    assert "GET, HEAD" in response.json()["detail"]


def test_any_origin_may_read_and_ask_first(client: httpx.Client) -> None:
    response = client.get("/doc/agreement/a-b")
    assert response.headers["access-control-allow-origin"] == "*"
    exposed = response.headers["access-control-expose-headers"]
    assert {"ETag", "Link", "Retry-After"} <= set(exposed.split(", "))
    preflight = client.options(
        "/doc/agreement/a-b",
        headers={
            "Origin": "https://app.example",
            "Access-Control-Request-Method": "GET",
            "Access-Control-Request-Headers": "accept, if-none-match",
        },
    )
    assert preflight.status_code == 204
    assert preflight.headers["access-control-allow-origin"] == "*"
    assert "if-none-match" in preflight.headers["access-control-allow-headers"]


def test_many_links_are_cut_and_counted() -> None:
    versions = OneVersion()
    for i in range(LINK_LIMIT + 5):
        subject = NamedNode(f"{BASE}id/agreement/{i:03}")
        versions.store.add(Quad(subject, SSC.signedIn, SUWON))
    store, seen = versions.current().store, set[Quad]()
    for page in (1, 2):
        document = Document(
            DOCUMENT,
            NamedNode("urn:v"),
            NamedNode("urn:d"),
            datetime.now(UTC),
            page,
        )
        content = describe(store, SUWON, document, Urls(BASE)).quads
        shown = {quad for quad in content if quad.predicate == SSC.signedIn}
        assert len(shown) == (LINK_LIMIT if page == 1 else 6)
        assert seen.isdisjoint(shown)
        seen |= shown
        [count] = [quad.object for quad in content if quad.predicate == VOID.triples]
        assert count == Literal(LINK_LIMIT + 6)
        follows = {quad.object for quad in content if quad.predicate == RDFS.seeAlso}
        assert follows == (
            {NamedNode(f"{DOCUMENT.value}?page=2")} if page == 1 else set()
        )
    with pytest.raises(UnknownPageError, match="the document has 2"):
        describe(store, SUWON, replace(document, page=3), Urls(BASE))
