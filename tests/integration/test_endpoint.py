"""SPARQL over real HTTP, answered by real workers."""

import gzip
import html
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import httpx
import pytest
from pyoxigraph import (
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Store,
    parse,
    parse_query_results,
)
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.types import ASGIApp

from ssc_kg.catalogue.shown import ResultPage
from ssc_kg.errors import UnknownVersionError
from ssc_kg.formats.table import RDF_FORMATS, Format
from ssc_kg.http.compression import Compression
from ssc_kg.http.cors import CrossOrigin
from ssc_kg.http.problems import Problem, exception_handlers
from ssc_kg.publish.endpoint import MAX_QUERY_BYTES, routes
from ssc_kg.publish.pictures import Pictures
from ssc_kg.publish.service import GEOSPARQL, GEOSPARQL_FUNCTIONS
from ssc_kg.rdf.vocab import RDFS, SD, VOID
from ssc_kg.store.embedded import EmbeddedStore
from ssc_kg.store.search.index import SearchIndex
from ssc_kg.store.snapshot import Snapshot
from ssc_kg.store.versions import VersionRecord
from ssc_kg.store.workers import Limits, QueryPool
from ssc_kg.urls import Urls
from tests.serving import serving

BASE = "https://w3id.org/ssc-kg/"
SERVICE = NamedNode(f"{BASE}sparql")
SOURCE = f"{BASE}graph/source/a"
OTHER = f"{BASE}graph/source/b"
THINGS = 4_000
FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
SELECT = "SELECT ?p ?s ?o { ?s ?p ?o } ORDER BY ?o LIMIT 1"
ENDLESS = "SELECT (COUNT(*) AS ?n) {{ {} }}".format(
    " ".join(f"VALUES ?v{n} {{ {'1 ' * 40} }}" for n in range(6))
)


class OneVersion:
    """A version on disk, as the workers open it."""

    def __init__(self, directory: Path, *, things: int = THINGS) -> None:
        store = Store(directory / "draft")
        for n in range(things):
            statement = NamedNode(f"{BASE}id/thing/{n}"), VOID.triples, Literal(n)
            store.add(Quad(*statement, NamedNode(SOURCE)))
            store.add(Quad(*statement, DefaultGraph()))
        shared = NamedNode(f"{BASE}id/thing/0"), VOID.triples, Literal(0)
        store.add(Quad(*shared, NamedNode(OTHER)))
        store.flush()
        store.backup(directory / "1")
        self.path = directory / "1"
        self.number = 1

    def open(self, number: int) -> Snapshot:
        if number != self.number:
            raise UnknownVersionError(number, [self.number])
        return self.current()

    def current(self) -> Snapshot:
        record = VersionRecord(
            number=self.number,
            time=datetime(2026, 11, 23, 2, 39, 44, tzinfo=UTC),
            parent=None,
            author="a test",
            message="",
            triples=THINGS,
            graphs={SOURCE: THINGS, OTHER: 1},
            added=0,
            removed=0,
        )
        store = EmbeddedStore.open(self.path)
        index = SearchIndex(self.path / "none", store, ())
        return Snapshot(record, self.path, store, index)


async def page(_request: Request, outcome: Problem | ResultPage | None) -> Response:
    match outcome:
        case Problem():
            seen = html.escape(outcome.detail)
        case ResultPage():
            seen = f"<b>{len(outcome.rows)} rows</b>"
        case None:
            seen = ""
    return HTMLResponse(f"<title>SPARQL</title>{seen}")


@pytest.fixture(scope="module")
def version(tmp_path_factory: pytest.TempPathFactory) -> OneVersion:
    return OneVersion(tmp_path_factory.mktemp("version"))


def application(version: OneVersion, limits: Limits, *, size: int) -> ASGIApp:
    pool = QueryPool("ssc_kg.publish.worker", limits, size=size)
    urls = Urls(BASE)

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        async with pool:
            yield

    app = Starlette(
        routes=routes(Pictures(pool), version, urls, page=page),
        exception_handlers=dict(exception_handlers(urls)),
        middleware=[Middleware(Compression)],
        lifespan=lifespan,
    )
    return CrossOrigin(app)


@pytest.fixture(scope="module")
def address(version: OneVersion) -> Iterator[str]:
    limits = Limits(seconds=1.5, memory=2**28, output=1_000_000, queue=8)
    with serving(application(version, limits, size=2)) as address:
        yield address


@pytest.fixture(scope="module")
def client(address: str) -> Iterator[httpx.Client]:
    headers = {"Accept": "*/*", "Accept-Encoding": "identity"}
    with httpx.Client(base_url=address, headers=headers, timeout=20) as client:
        yield client


def ask(
    client: httpx.Client, query: str, **parameters: str | list[str]
) -> httpx.Response:
    named = {name.replace("_", "-"): value for name, value in parameters.items()}
    return client.get("/sparql", params={"query": query, **named})


def rows(response: httpx.Response) -> list[list[str]]:
    assert response.status_code == 200, response.text
    solutions = parse_query_results(response.content, QueryResultsFormat.JSON)
    assert isinstance(solutions, QuerySolutions)
    return [[getattr(term, "value", "") for term in row] for row in solutions]


def problem(response: httpx.Response) -> dict[str, object]:
    assert response.headers["content-type"] == "application/problem+json"
    assert response.headers["access-control-allow-origin"] == "*"
    document: dict[str, object] = response.json()
    assert document["status"] == response.status_code
    return document


@pytest.mark.parametrize("path", ["/sparql", "/sparql/"])
def test_every_way_to_send_a_query_gets_the_same_answer(
    client: httpx.Client, path: str
) -> None:
    answers = [
        client.get(path, params={"query": SELECT}),
        client.post(path, data={"query": SELECT}),
        client.post(path, content=SELECT, headers={"Content-Type": QUERY}),
        client.post(
            path,
            content=SELECT,
            headers={"Content-Type": 'application/sparql-query; charset="UTF-8"'},
        ),
        client.request("QUERY", path, content=SELECT, headers={"Content-Type": QUERY}),
        client.request("QUERY", path, data={"query": SELECT}),
    ]
    expected = [[VOID.triples.value, f"{BASE}id/thing/0", "0"]]
    assert [rows(answer) for answer in answers] == [expected] * len(answers)


@pytest.mark.parametrize(
    ("accept", "content_type", "beginning"),
    [
        pytest.param("*/*", "application/sparql-results+json", b'{"head"', id="curl"),
        pytest.param(
            "application/json", "application/sparql-results+json", b"{", id="alias"
        ),
        pytest.param(
            "application/sparql-results+xml, application/rdf+xml",
            "application/sparql-results+xml",
            b'<?xml version="1.0"?><sparql',
            id="rdflib's store",
        ),
        pytest.param("text/csv", "text/csv; charset=utf-8", b"p,s,o\r\n", id="csv"),
        pytest.param(
            "text/tab-separated-values",
            "text/tab-separated-values; charset=utf-8",
            b"?p\t?s\t?o\n",
            id="tsv",
        ),
        pytest.param(
            "text/csv;q=0.5, application/sparql-results+xml;q=0.1",
            "text/csv; charset=utf-8",
            b"p,s,o",
            id="weights",
        ),
        pytest.param(BROWSER, "text/html; charset=utf-8", b"<title>", id="browser"),
        pytest.param("*/*", "application/sparql-results+json", b"{", id="anything"),
    ],
)
def test_a_table_comes_as_the_client_asks(
    client: httpx.Client, accept: str, content_type: str, beginning: bytes
) -> None:
    response = client.get(
        "/sparql", params={"query": SELECT}, headers={"Accept": accept}
    )
    assert response.status_code == 200
    assert response.headers["content-type"] == content_type
    assert response.headers["vary"].startswith("Accept")
    assert response.content.startswith(beginning)


@pytest.mark.parametrize("format_", RDF_FORMATS, ids=lambda format_: format_.name)
@pytest.mark.parametrize(
    "query",
    [
        pytest.param("CONSTRUCT { ?s ?p 'x' } { ?s ?p 1 }", id="construct"),
        pytest.param(f"DESCRIBE <{BASE}id/thing/1>", id="describe"),
    ],
)
def test_a_graph_comes_in_every_format(
    client: httpx.Client, query: str, format_: Format
) -> None:
    response = client.get(
        "/sparql", params={"query": query}, headers={"Accept": format_.media_type}
    )
    assert response.status_code == 200
    assert response.headers["content-type"].partition(";")[0] == format_.media_type
    [quad] = parse(response.content, format=format_.rdf)
    assert quad.subject == NamedNode(f"{BASE}id/thing/1")


@pytest.mark.parametrize(
    ("query", "name", "content_type"),
    [
        pytest.param(SELECT, "csv", "text/csv; charset=utf-8", id="a name"),
        pytest.param(SELECT, "text/csv", "text/csv; charset=utf-8", id="a media type"),
        pytest.param(
            "DESCRIBE <http://a>", "jsonld", "application/ld+json", id="a graph"
        ),
    ],
)
def test_a_link_may_name_the_format(
    client: httpx.Client, query: str, name: str, content_type: str
) -> None:
    response = ask(client, query, format=name)
    assert response.headers["content-type"] == content_type


def test_words_of_a_library_beside_its_accept_header_are_ignored(
    client: httpx.Client,
) -> None:
    response = client.get(
        "/sparql",
        params={
            "query": "CONSTRUCT WHERE { ?s ?p 1 }",
            **dict.fromkeys(("format", "output", "results"), "xml"),
        },
        headers={"Accept": "application/rdf+xml"},
    )
    assert response.headers["content-type"] == "application/rdf+xml"


@pytest.mark.parametrize(
    ("query", "accept", "parameters", "offered"),
    [
        pytest.param(
            SELECT, "text/turtle", {}, "application/sparql-results+json", id="table"
        ),
        pytest.param("DESCRIBE <http://a>", "text/csv", {}, "text/turtle", id="graph"),
        pytest.param(SELECT, "*/*", {"format": "xlsx"}, "csv", id="unknown name"),
    ],
)
def test_an_impossible_format_lists_what_is_offered(
    client: httpx.Client,
    query: str,
    accept: str,
    parameters: dict[str, str],
    offered: str,
) -> None:
    response = client.get(
        "/sparql", params={"query": query, **parameters}, headers={"Accept": accept}
    )
    assert response.status_code == 406
    listed = problem(response)["offered"]
    assert isinstance(listed, list)
    assert offered in listed


@pytest.mark.parametrize(
    ("accept", "parameters", "offered"),
    [
        pytest.param("*/*", {"format": "csv"}, ["json", "xml"], id="by name"),
        pytest.param(
            "text/csv",
            {},
            ["application/sparql-results+json", "application/sparql-results+xml"],
            id="by header",
        ),
    ],
)
def test_a_boolean_has_no_form_in_csv(
    client: httpx.Client, accept: str, parameters: dict[str, str], offered: list[str]
) -> None:
    response = client.get(
        "/sparql", params={"query": "ASK {}", **parameters}, headers={"Accept": accept}
    )
    assert response.status_code == 406
    assert problem(response)["offered"] == offered


class Sent(NamedTuple):
    """A request as it goes out."""

    method: str = "POST"
    content_type: str | None = None
    parameters: str = ""
    body: bytes = b""
    coding: str = "identity"


@pytest.mark.parametrize(
    ("sent", "status", "says"),
    [
        pytest.param(
            Sent("GET", parameters="query=ASK%7B%7D&query=ASK%7B%7D"),
            400,
            "has 2",
            id="two queries",
        ),
        pytest.param(
            Sent("POST", FORM, "query=ASK%7B%7D", b"query=ASK%7B%7D"),
            400,
            "has 2",
            id="one in the address, one in the body",
        ),
        pytest.param(
            Sent("POST", FORM, body=b"other=1"), 400, "has 0", id="a form without one"
        ),
        pytest.param(
            Sent("GET", parameters="query=%FF"), 400, "UTF-8", id="no UTF-8, address"
        ),
        pytest.param(
            Sent("POST", QUERY, body=b"ASK { '\xff' }"),
            400,
            "UTF-8",
            id="no UTF-8, body",
        ),
        pytest.param(
            Sent(body=b"ASK {}"), 415, "sparql-query", id="without a content type"
        ),
        pytest.param(
            Sent("POST", "text/plain", body=b"ASK {}"),
            415,
            "x-www-form-urlencoded",
            id="a content type of others",
        ),
        pytest.param(
            Sent("POST", f"{QUERY}; charset=latin1", body=b"ASK {}"),
            415,
            "UTF-8",
            id="another charset",
        ),
        pytest.param(
            Sent("POST", "application/sparql-update", body=b"INSERT DATA {}"),
            403,
            "only reads",
            id="an update, sent as one",
        ),
        pytest.param(
            Sent("POST", FORM, body=b"update=DROP+ALL"),
            403,
            "only reads",
            id="an update in a form",
        ),
        pytest.param(
            Sent("POST", QUERY, body=b"DROP ALL"),
            403,
            "only reads",
            id="an update, sent as a query",
        ),
        pytest.param(
            Sent("POST", QUERY, body=b"ASK { SERVICE <http://a> {} }"),
            403,
            "SERVICE",
            id="a call to another endpoint",
        ),
        pytest.param(
            Sent("POST", QUERY, body=b"ASK " + b"{" * 999),
            403,
            "limit of 64",
            id="nesting",
        ),
        pytest.param(
            Sent("POST", QUERY, body=b"#" * (MAX_QUERY_BYTES + 1)),
            413,
            "longer than",
            id="too long",
        ),
        pytest.param(
            Sent("GET", parameters="query=ASK%7B%7D&default-graph-uri=here"),
            400,
            "absolute IRI",
            id="a graph that is no IRI",
        ),
        pytest.param(
            Sent("POST", "multipart/form-data; boundary=b", body=b"--b--"),
            415,
            "multipart/form-data is not",
            id="several parts",
        ),
        pytest.param(
            Sent("POST", QUERY, body=gzip.compress(b"ASK {}"), coding="gzip"),
            415,
            "not as gzip",
            id="compressed",
        ),
        pytest.param(
            Sent("POST", FORM, body=b"query=ASK%7B%7D&update=DROP+ALL"),
            403,
            "only reads",
            id="a query and an update",
        ),
        pytest.param(
            Sent("QUERY", body=b"ASK {}"), 415, "sparql-query", id="QUERY, no type"
        ),
        pytest.param(
            Sent("QUERY", FORM, body=b"other=1"), 400, "has 0", id="QUERY without one"
        ),
        pytest.param(
            Sent("QUERY", "application/sparql-update", body=b"DROP ALL"),
            403,
            "only reads",
            id="QUERY with an update",
        ),
        pytest.param(Sent("PUT", QUERY, body=b"ASK {}"), 405, "GET", id="PUT"),
        pytest.param(Sent("DELETE"), 405, "QUERY", id="DELETE"),
    ],
)
def test_a_wrong_request_says_what_would_be_right(
    client: httpx.Client, sent: Sent, status: int, says: str
) -> None:
    response = client.request(
        sent.method,
        f"/sparql?{sent.parameters}",
        headers={
            "Content-Encoding": sent.coding,
            **({"Content-Type": sent.content_type} if sent.content_type else {}),
        },
        content=sent.body,
    )
    assert response.status_code == status
    assert says in str(problem(response)["detail"])


@pytest.mark.parametrize(
    ("query", "place", "token", "suggestion"),
    [
        pytest.param("SELECT * {\n  ?s ?p ?o ?x\n}", (2, 12), "?x", None, id="grammar"),
        pytest.param(
            "SELECT *\n{ ?s SDGO:a ?o }", (2, 6), "SDGO:a", "sdgo:", id="prefix"
        ),
        pytest.param(
            "SELECT ?s WERE { ?s ?p ?o }", (1, 11), "WERE", "WHERE", id="a keyword"
        ),
        pytest.param("SELECT * { ?s skos:prefLabel }", (1, 30), "}", None, id="end"),
        pytest.param("SELECT * { ?s ?p ?o", (1, 20), "", None, id="too early an end"),
        pytest.param(
            "SELECT ?s ?o { ?s ?p ?o } GROUP BY ?s", (1, 11), "?o", None, id="grouping"
        ),
    ],
)
def test_a_syntax_error_has_its_place_in_the_text_that_was_sent(
    client: httpx.Client,
    query: str,
    place: tuple[int, int],
    token: str,
    suggestion: str | None,
) -> None:
    response = ask(client, query)
    assert response.status_code == 400
    document = problem(response)
    assert (document["line"], document["column"]) == place
    assert document["token"] == token
    assert document.get("suggestion") == suggestion


@pytest.mark.parametrize(
    ("query", "status"),
    [
        pytest.param("SELECT * { ?s ?p }", 400, id="a mistake"),
        pytest.param("ASK { SERVICE <http://a> {} }", 403, id="refused"),
        pytest.param(ENDLESS, 503, id="too long"),
    ],
)
def test_a_browser_sees_the_page_again_with_what_is_wrong(
    client: httpx.Client, query: str, status: int
) -> None:
    params = {"query": query, "format": "json"}
    seen = client.get("/sparql", params=params, headers={"Accept": BROWSER})
    assert seen.status_code == status
    assert seen.headers["content-type"] == "text/html; charset=utf-8"
    assert seen.headers["cache-control"] == "no-store"
    assert seen.headers["vary"].startswith("Accept")
    told = client.get("/sparql", params=params)
    assert str(problem(told)["detail"]) in html.unescape(seen.text)
    assert seen.headers.get("retry-after") == told.headers.get("retry-after")


@pytest.mark.parametrize(
    ("parameters", "count"),
    [
        pytest.param({}, "4000", id="the merge"),
        pytest.param({"default_graph_uri": OTHER}, "1", id="one"),
        pytest.param({"default_graph_uri": [SOURCE, OTHER]}, "4000", id="two, merged"),
        pytest.param({"named_graph_uri": OTHER}, "0", id="only named"),
    ],
)
def test_the_graphs_of_the_protocol(
    client: httpx.Client, parameters: dict[str, str | list[str]], count: str
) -> None:
    query = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    assert rows(ask(client, query, **parameters)) == [[count]]


def test_the_graphs_in_the_address_count_for_a_post(client: httpx.Client) -> None:
    response = client.post(
        "/sparql",
        params={"default-graph-uri": OTHER},
        content="SELECT ?o { ?s ?p ?o }",
        headers={"Content-Type": QUERY},
    )
    assert rows(response) == [["0"]]


def test_a_query_that_runs_too_long_is_a_503_without_a_partial_answer(
    client: httpx.Client,
) -> None:
    response = ask(client, ENDLESS)
    assert response.status_code == 503
    assert response.headers["retry-after"] == "2"
    assert "stopped after 1.5 s" in str(problem(response)["detail"])
    assert rows(ask(client, SELECT))


@pytest.fixture(scope="module")
def capped(version: OneVersion) -> Iterator[httpx.Client]:
    """A client of a server whose answers have at most 3,000 rows."""
    limits = Limits(seconds=20, memory=2**28, output=1_000_000, queue=8, rows=3_000)
    headers = {"Accept-Encoding": "identity"}
    with (
        serving(application(version, limits, size=1)) as address,
        httpx.Client(base_url=address, headers=headers, timeout=20) as client,
    ):
        yield client


def test_a_table_that_the_row_cap_cuts_names_it_before_and_after(
    capped: httpx.Client,
) -> None:
    response = ask(capped, "SELECT * { ?s ?p ?o }", format="json")
    assert response.headers["sparql-limits"] == "rows=3000, bytes=1000000"
    body = response.json()
    assert len(body["results"]["bindings"]) == 3_000
    assert body["truncated"] == {"limit": "rows", "maximum": 3_000}


def test_a_table_that_is_known_to_be_cut_says_so_before(capped: httpx.Client) -> None:
    response = ask(capped, "SELECT ?none { ?s ?p ?o }", format="json")
    assert response.headers["sparql-limits"] == "rows=3000, truncated"


def test_csv_breaks_off_at_the_row_cap(capped: httpx.Client) -> None:
    parameters = {"query": "SELECT * { ?s ?p ?o }", "format": "csv"}
    with capped.stream("GET", "/sparql", params=parameters) as response:
        assert response.headers["sparql-limits"] == "rows=3000, bytes=1000000"
        with pytest.raises(httpx.RemoteProtocolError):
            response.read()


@pytest.mark.parametrize(
    ("query", "format_name"),
    [
        pytest.param("SELECT ?none { ?s ?p ?o }", "csv", id="a small table"),
        pytest.param("CONSTRUCT WHERE { ?s ?p ?o }", "turtle", id="a graph"),
    ],
)
def test_what_is_known_to_be_cut_and_cannot_say_so_is_refused(
    capped: httpx.Client, query: str, format_name: str
) -> None:
    response = ask(capped, query, format=format_name)
    document = problem(response)
    assert response.status_code == 503
    assert (document["limit"], document["maximum"]) == ("rows", 3_000)


@pytest.mark.parametrize(
    "query",
    [
        pytest.param("SELECT * { ?s ?p ?o } LIMIT 3000", id="limited by itself"),
        pytest.param("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", id="known to be whole"),
        pytest.param("ASK {}", id="a boolean"),
    ],
)
def test_an_answer_that_no_row_cap_cuts_names_none(
    capped: httpx.Client, query: str
) -> None:
    limits = ask(capped, query, format="json").headers.get("sparql-limits", "")
    assert "rows" not in limits


def test_a_higher_cap_is_another_answer(
    capped: httpx.Client, client: httpx.Client
) -> None:
    tags = [ask(each, SELECT).headers["etag"] for each in (capped, client)]
    assert tags[0] != tags[1]


def test_a_request_may_want_less_time(client: httpx.Client) -> None:
    for more, headers in (({"timeout": "0.2"}, {}), ({}, {"Prefer": "wait=1"})):
        response = client.get(
            "/sparql", params={"query": ENDLESS, **more}, headers=headers
        )
        document = problem(response)
        assert response.status_code == 503
        assert document["limit"] == "seconds"
        assert document["seconds"] == (0.2 if more else 1.0)


def test_a_wait_that_is_met_is_named(client: httpx.Client) -> None:
    def applied(**headers: str) -> str | None:
        response = client.get("/sparql", params={"query": SELECT}, headers=headers)
        assert rows(response)
        return dict(response.headers).get("preference-applied")

    assert applied(Prefer="wait=10") == "wait=10"
    assert applied(Prefer="wait=soon") is None
    assert applied() is None


@pytest.mark.parametrize("timeout", ["", "0", "-1", "soon", "1e9", "inf", "9" * 5_000])
def test_a_timeout_that_is_no_time_is_refused(
    client: httpx.Client, timeout: str
) -> None:
    response = ask(client, SELECT, timeout=timeout)
    assert response.status_code == 400
    assert "a number of seconds" in str(problem(response)["detail"])


def test_an_answer_that_fails_half_way_is_aborted_and_never_ends(
    client: httpx.Client, caplog: pytest.LogCaptureFixture
) -> None:
    parameters = {"query": "SELECT * { ?a ?b ?c . ?d ?e ?f }"}
    with client.stream("GET", "/sparql", params=parameters) as response:
        assert response.status_code == 200
        with pytest.raises(httpx.RemoteProtocolError):
            response.read()
    [ours] = [r for r in caplog.records if r.name == "ssc_kg.publish.answers"]
    assert "more than 1000000 bytes" in ours.getMessage()
    assert not [record for record in caplog.records if record.exc_info]


@pytest.mark.parametrize("coding", ["identity", "gzip", "br"])
@pytest.mark.parametrize(
    "query",
    [
        pytest.param(ENDLESS, id="before the first bytes"),
        pytest.param("SELECT * { ?a ?b ?c . ?d ?e ?f }", id="after them"),
    ],
)
def test_who_goes_away_frees_the_worker(
    version: OneVersion, query: str, coding: str
) -> None:
    # The only worker would be busy for longer than the last request waits.
    limits = Limits(seconds=60, memory=2**28, output=2**40, queue=8)
    with serving(application(version, limits, size=1)) as address:
        with (
            suppress(httpx.ReadTimeout),
            httpx.stream(
                "GET",
                f"{address}/sparql",
                params={"query": query},
                headers={"Accept-Encoding": coding},
                timeout=0.5,
            ),
        ):
            pass
        answer = httpx.get(f"{address}/sparql", params={"query": SELECT}, timeout=20)
        assert rows(answer)


def test_a_copy_stays_fresh_until_the_next_version(
    client: httpx.Client, version: OneVersion
) -> None:
    first = ask(client, SELECT)
    headers = {"If-None-Match": f'"other", {first.headers["etag"]}'}

    def again(query: str, **more: str) -> httpx.Response:
        return client.get(
            "/sparql", params={"query": query}, headers={**headers, **more}
        )

    fresh = again(SELECT)
    assert (fresh.status_code, fresh.content) == (304, b"")
    assert fresh.headers["etag"] == first.headers["etag"]
    assert again(SELECT, Accept="text/csv").status_code == 200
    assert again(SELECT.replace("1", "2")).status_code == 200
    version.number += 1
    assert again(SELECT).status_code == 200


def test_a_copy_that_a_query_got_stays_fresh_too(client: httpx.Client) -> None:
    def query(text: str, **headers: str) -> httpx.Response:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return client.request(
            "QUERY", "/sparql", content=text, headers={"Content-Type": QUERY, **named}
        )

    first = query(SELECT)
    got = ask(client, SELECT)
    for name in ("etag", "cache-control", "last-modified", "vary"):
        assert first.headers[name] == got.headers[name]
    tag = first.headers["etag"]
    fresh = query(SELECT, If_None_Match=tag)
    assert (fresh.status_code, fresh.content) == (304, b"")
    assert query(SELECT.replace("1", "2"), If_None_Match=tag).status_code == 200


def test_what_a_post_gets_is_no_copy_to_keep(client: httpx.Client) -> None:
    tag = ask(client, SELECT).headers["etag"]
    for known in (tag, "*"):
        response = client.post(
            "/sparql", data={"query": SELECT}, headers={"If-None-Match": known}
        )
        assert rows(response)
        assert "etag" not in response.headers
        assert response.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("method", ["GET", "HEAD", "QUERY"])
def test_any_copy_is_fresh_only_if_there_is_an_answer(
    client: httpx.Client, method: str
) -> None:
    def send(text: str) -> httpx.Response:
        known = {"If-None-Match": "*"}
        if method == "QUERY":
            headers = {"Content-Type": QUERY, **known}
            return client.request(method, "/sparql", content=text, headers=headers)
        return client.request(method, "/sparql", params={"query": text}, headers=known)

    fresh = send(SELECT)
    assert (fresh.status_code, fresh.content) == (304, b"")
    assert fresh.headers["etag"] == ask(client, SELECT).headers["etag"]
    assert send("SELECT * { ?s }").status_code == 400
    assert send(ENDLESS).status_code == 503
    assert send("SELECT (NOW() AS ?now) {}").status_code == 200


@pytest.mark.parametrize("path", ["/sparql", "/sparql/"])
def test_the_methods_can_be_asked_for(client: httpx.Client, path: str) -> None:
    response = client.options(path)
    assert (response.status_code, response.content) == (204, b"")
    assert response.headers["allow"] == "GET, HEAD, OPTIONS, POST, QUERY"
    for name in ("accept-post", "accept-query"):
        assert {*response.headers[name].split(", ")} == {FORM, QUERY}
        assert name in response.headers["access-control-expose-headers"].lower()
    assert client.put(path).headers["allow"] == response.headers["allow"]


def test_graphs_elsewhere_are_not_fetched(client: httpx.Client, tmp_path: Path) -> None:
    file = tmp_path / "there.nt"
    file.write_text("<http://a> <http://b> <http://c> .\n")
    with socket.create_server(("127.0.0.1", 0)) as listening:
        remote = f"http://127.0.0.1:{listening.getsockname()[1]}/there.nt"
        for iri in (remote, file.as_uri()):
            default = "SELECT * FROM <IRI> { ?s ?p ?o }".replace("IRI", iri)
            named = "SELECT * FROM NAMED <IRI> { GRAPH ?g { ?s ?p ?o } }"
            asked = [
                ask(client, default),
                ask(client, named.replace("IRI", iri)),
                ask(client, "SELECT * { ?s ?p ?o }", default_graph_uri=iri),
                ask(client, "SELECT * { ?s ?p ?o }", default_graph_uri=[iri, SOURCE]),
            ]
            assert [len(rows(each)) for each in asked] == [0, 0, 0, THINGS]
        listening.settimeout(0)
        with pytest.raises(BlockingIOError):
            listening.accept()


def test_an_answer_of_the_moment_is_not_kept(client: httpx.Client) -> None:
    response = ask(client, "SELECT (NOW() AS ?now) {}")
    assert response.headers["cache-control"] == "no-store"
    assert "etag" not in response.headers


def test_head_has_the_headers_of_get_and_no_body(client: httpx.Client) -> None:
    got = ask(client, SELECT)
    head = client.head("/sparql", params={"query": SELECT})
    assert head.status_code == 200
    assert head.content == b""
    for name in ("content-type", "etag", "vary", "cache-control"):
        assert head.headers[name] == got.headers[name]
    assert client.head("/sparql", params={"query": "ASK {"}).status_code == 400


def test_without_a_query_the_service_describes_itself(
    client: httpx.Client, address: str
) -> None:
    response = client.get("/sparql")
    assert response.headers["content-type"] == "text/turtle; charset=utf-8"
    store = Store()
    store.load(response.content, RdfFormat.TURTLE)

    def has(
        subject: NamedNode, predicate: NamedNode, object_: NamedNode | Literal
    ) -> bool:
        return Quad(subject, predicate, object_) in store

    assert has(SERVICE, SD.endpoint, NamedNode(f"{address}/sparql"))
    assert has(SERVICE, SD.supportedLanguage, SD.SPARQL11Query)
    [limits] = [q.object for q in store.quads_for_pattern(SERVICE, RDFS.comment, None)]
    assert "at most 1.5 s and 268435456 bytes of memory" in str(limits)
    for name in ("SPARQL_Results_CSV", "JSON-LD", "Turtle"):
        format_ = NamedNode(f"http://www.w3.org/ns/formats/{name}")
        assert has(SERVICE, SD.resultFormat, format_)
    [named] = [
        q.subject for q in store.quads_for_pattern(None, SD.name, NamedNode(OTHER))
    ]
    [graph] = [q.object for q in store.quads_for_pattern(named, SD.graph, None)]
    assert isinstance(graph, NamedNode)
    assert has(graph, VOID.triples, Literal(1))
    [default] = [q.object for q in store.quads_for_pattern(None, SD.defaultGraph, None)]
    assert isinstance(default, NamedNode)
    assert has(default, VOID.triples, Literal(THINGS))


def test_the_service_names_what_it_can_beyond_sparql(client: httpx.Client) -> None:
    response = client.get("/sparql", headers={"Accept": "application/n-triples"})
    told = {quad.triple for quad in parse(response.content, RdfFormat.N_TRIPLES)}
    functions = {each.object for each in told if each.predicate == SD.extensionFunction}
    assert functions == {NamedNode(GEOSPARQL + name) for name in GEOSPARQL_FUNCTIONS}
    [lateral] = [each.object for each in told if each.predicate == SD.languageExtension]
    assert isinstance(lateral, NamedNode)
    assert [each for each in told if each.subject == lateral]
    query = (
        "SELECT ?n { VALUES ?s { 1 2 } LATERAL { SELECT ?s ?n { BIND(?s AS ?n) } } }"
    )
    assert len(rows(ask(client, query))) == 2
    # Of the features of the W3C's list it claims none, and has none: it calls nobody.
    assert not [each for each in told if each.predicate == SD.feature]
    assert ask(client, "ASK { SERVICE <http://a> {} }").status_code == 403


@pytest.mark.parametrize("name", GEOSPARQL_FUNCTIONS)
def test_a_function_that_the_service_names_is_one(
    client: httpx.Client, name: str
) -> None:
    query = "SELECT (<FUNCTION>(1) AS ?n) {}"
    known, unknown = (
        ask(client, query.replace("FUNCTION", GEOSPARQL + each))
        for each in (name, f"{name}s")
    )
    assert known.status_code == 200
    assert unknown.status_code == 403
    assert "is not supported" in str(problem(unknown)["detail"])


@pytest.mark.parametrize(
    ("accept", "content_type"),
    [
        pytest.param(BROWSER, "text/html; charset=utf-8", id="a browser gets the page"),
        pytest.param(
            "application/n-quads,application/trig;q=0.95,text/html;q=0.2",
            "application/n-quads",
            id="Comunica",
        ),
        pytest.param("application/rdf+xml", "application/rdf+xml", id="rdf/xml"),
    ],
)
def test_the_description_is_negotiated(
    client: httpx.Client, accept: str, content_type: str
) -> None:
    response = client.get("/sparql", headers={"Accept": accept})
    assert response.headers["content-type"] == content_type
    assert response.headers["vary"].startswith("Accept")


def test_the_description_stays_fresh_too(client: httpx.Client) -> None:
    tag = client.get("/sparql").headers["etag"]
    assert client.get("/sparql", headers={"If-None-Match": tag}).status_code == 304


@pytest.mark.parametrize("coding", ["gzip", "br"])
def test_compressed_answers_say_the_same(client: httpx.Client, coding: str) -> None:
    query = "SELECT ?s ?o { ?s ?p ?o } ORDER BY ?o"
    plain = ask(client, query)
    packed = client.get(
        "/sparql", params={"query": query}, headers={"Accept-Encoding": coding}
    )
    assert packed.headers["content-encoding"] == coding
    assert packed.headers["vary"] == "Accept, Accept-Encoding"
    assert packed.content == plain.content
    assert len(rows(plain)) == THINGS


def test_columns_come_in_the_order_of_the_text(client: httpx.Client) -> None:
    response = ask(client, "SELECT * { ?z ?y ?x } LIMIT 1", format="csv")
    assert response.content.startswith(b"z,y,x\r\n")
