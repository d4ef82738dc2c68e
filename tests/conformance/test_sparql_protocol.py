"""The checklist of a SPARQL endpoint that people are glad of, a row for each sentence.

What the best publishers offer between them, what each client sends, and what users of
other systems complain of; over real HTTP, from the application over graphs of its own.
"""

import contextlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeAlias

import httpx
import pyoxigraph
import pytest
from pyoxigraph import (
    NamedNode,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Triple,
    parse,
    parse_query_results,
)

from ssc_kg.app import create_app
from ssc_kg.formats.table import RDF_FORMATS, RESULT_FORMATS
from ssc_kg.rdf.namespaces import PREFIXES
from ssc_kg.rdf.vocab import RDF, SD, SH, VOID
from ssc_kg.settings import Settings
from tests.serving import serving

GRAPHS = """
@prefix ex: <http://example.org/> .
ex:a ex:p 1 , 2 .
<http://example.org/doc#part> ex:p "a part" .
<http://example.org/Город> ex:p "город"@ru .
GRAPH ex:one { ex:one ex:p ex:only-in-one }
GRAPH ex:two { ex:two ex:p ex:only-in-two }
"""
Check: TypeAlias = Callable[[httpx.Client], None]

SELECT = "SELECT ?s ?o { ?s <http://example.org/p> ?o } ORDER BY ?s ?o"
CONSTRUCT = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
ENDLESS = "SELECT (COUNT(*) AS ?n) {{ {} }}".format(
    " ".join(f"VALUES ?v{n} {{ {'1 ' * 40} }}" for n in range(6))
)
LARGE = "SELECT * {{ {} }}".format(
    " ".join(f"VALUES ?v{n} {{ {'1 ' * 40} }}" for n in range(4))
)
FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"

RDFLIB = (
    "application/rdf+xml, text/n3, text/turtle, application/n-triples, "
    "application/ld+json, application/n-quads, application/trix, application/trig"
)
COMUNICA = (
    "application/n-quads,application/trig;q=0.95,application/ld+json;q=0.9,"
    "application/n-triples;q=0.8,text/turtle;q=0.6,application/rdf+xml;q=0.5,"
    "text/n3;q=0.35,application/xml;q=0.3,image/svg+xml;q=0.3,text/html;q=0.2"
)
WRAPPER_JSON = (
    "application/sparql-results+json,application/json,text/javascript,"
    "application/javascript"
)
RAPPER = (
    "application/rdf+xml, text/rdf;q=0.6, application/n-triples, text/turtle, "
    "application/x-turtle, text/html;q=0.2, application/xhtml+xml;q=0.4, */*;q=0.1"
)
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
ANY_RDF = tuple(format_.media_type for format_ in RDF_FORMATS)


@pytest.fixture(scope="module")
def client() -> Iterator[httpx.Client]:
    store = pyoxigraph.Store()
    store.load(GRAPHS.encode(), RdfFormat.TRIG)
    limits = {"query_seconds": 1.5, "query_bytes": 200_000, "query_workers": 2}
    settings = Settings.model_validate({**limits, "memory_budget": 0})
    with (
        serving(create_app(settings, store=store)) as address,
        httpx.Client(base_url=address, headers={"Accept": "*/*"}, timeout=30) as client,
    ):
        yield client


def get(
    client: httpx.Client,
    query: str | None = SELECT,
    accept: str = "*/*",
    headers: Mapping[str, str] | None = None,
    parameters: Mapping[str, str] | None = None,
) -> httpx.Response:
    asked = {} if query is None else {"query": query}
    return client.get(
        "/sparql",
        params={**asked, **(parameters or {})},
        headers={"Accept": accept, **(headers or {})},
    )


def rows(response: httpx.Response) -> list[list[str]]:
    assert response.status_code == 200, response.text
    solutions = parse_query_results(response.content, QueryResultsFormat.JSON)
    assert isinstance(solutions, QuerySolutions)
    return [[getattr(term, "value", "") for term in row] for row in solutions]


def type_of(response: httpx.Response) -> str:
    assert response.status_code == 200, response.text
    return response.headers["content-type"].partition(";")[0]


def described(client: httpx.Client) -> set[Triple]:
    response = get(client, None, accept="application/n-triples")
    return {quad.triple for quad in parse(response.content, RdfFormat.N_TRIPLES)}


def gets(query: str | None, accept: str, *expected: str, **stray: str) -> Check:
    """Return what checks the type of an answer, and that it can be read."""

    def check(client: httpx.Client) -> None:
        response = get(client, query, accept, parameters=stray)
        media_type = type_of(response)
        assert media_type in expected
        results = {each.media_type: each.results for each in RESULT_FORMATS}
        graphs = {each.media_type: each.rdf for each in RDF_FORMATS}
        if media_type in graphs:
            assert list(parse(response.content, graphs[media_type]))
        elif (format_ := results.get(media_type)) in (
            QueryResultsFormat.JSON,
            QueryResultsFormat.XML,
        ):
            assert format_ is not None
            assert parse_query_results(response.content, format_)

    return check


STRAY = {"format": "xml", "output": "xml", "results": "xml"}
CLIENTS: Sequence[tuple[str, Check]] = (
    ("rdflib gets any RDF", gets(CONSTRUCT, RDFLIB, *ANY_RDF)),
    (
        "rdflib gets Turtle",
        gets(
            CONSTRUCT,
            "text/turtle, application/x-turtle, */*;q=0.1",
            "text/turtle",
        ),
    ),
    (
        "rdflib gets JSON-LD",
        gets(
            CONSTRUCT,
            "application/ld+json, application/json;q=0.9, */*;q=0.1",
            "application/ld+json",
        ),
    ),
    ("Comunica gets N-Quads", gets(CONSTRUCT, COMUNICA, "application/n-quads")),
    (
        "Comunica gets the Service Description at the bare endpoint",
        gets(None, COMUNICA, "application/n-quads"),
    ),
    (
        "SPARQLWrapper gets XML, whatever else it sends",
        gets(
            SELECT,
            "application/sparql-results+xml",
            "application/sparql-results+xml",
            **STRAY,
        ),
    ),
    (
        "SPARQLWrapper gets JSON, whatever else it sends",
        gets(
            SELECT,
            WRAPPER_JSON,
            "application/sparql-results+json",
            **dict.fromkeys(STRAY, "json"),
        ),
    ),
    (
        "rdflib's SPARQLStore gets XML results, no 406",
        gets(
            SELECT,
            "application/sparql-results+xml, application/rdf+xml",
            "application/sparql-results+xml",
        ),
    ),
    ("rapper gets RDF", gets(CONSTRUCT, RAPPER, *ANY_RDF)),
    ("rapper gets RDF at the bare endpoint", gets(None, RAPPER, *ANY_RDF)),
    ("a browser gets HTML", gets(None, BROWSER, "text/html")),
    ("curl gets JSON for results", gets(SELECT, "*/*", RESULT_FORMATS[0].media_type)),
    (
        "weights count",
        gets(
            SELECT, "text/csv;q=0.5, application/sparql-results+xml;q=0.4", "text/csv"
        ),
    ),
    (
        "the more specific range counts",
        gets(SELECT, "text/*;q=0.1, text/csv, */*;q=0.5", "text/csv"),
    ),
    (
        "q=0 excludes",
        gets(
            SELECT,
            "*/*, application/sparql-results+json;q=0",
            "application/sparql-results+xml",
        ),
    ),
    (
        "a charset and a profile are no other type",
        gets(
            CONSTRUCT,
            'text/turtle;charset=utf-8, application/ld+json;profile="a";q=0.5',
            "text/turtle",
        ),
    ),
    (
        "spaces stand around q",
        gets(SELECT, "text/csv ; q = 0.9 , */* ; q=0.1", "text/csv"),
    ),
)


def every_way(client: httpx.Client) -> None:
    direct = {"Content-Type": QUERY}
    answers = [
        client.get("/sparql", params={"query": SELECT}),
        client.post("/sparql", data={"query": SELECT}),
        client.post("/sparql", content=SELECT, headers=direct),
        client.request("QUERY", "/sparql", content=SELECT, headers=direct),
    ]
    assert len({str(rows(answer)) for answer in answers}) == 1
    assert len(rows(answers[0])) == 4


def from_is_overridden(client: httpx.Client) -> None:
    query = "SELECT ?s FROM <http://example.org/one> { ?s ?p ?o }"
    assert rows(get(client, query)) == [["http://example.org/one"]]
    two = "http://example.org/two"
    assert rows(get(client, query, parameters={"default-graph-uri": two})) == [[two]]


def from_named_is_overridden(client: httpx.Client) -> None:
    query = """SELECT ?s FROM NAMED <http://example.org/one>
      { GRAPH ?g { ?s ?p ?o } }"""
    assert rows(get(client, query)) == [["http://example.org/one"]]
    two = "http://example.org/two"
    assert rows(get(client, query, parameters={"named-graph-uri": two})) == [[two]]


def the_address_counts_for_a_post(client: httpx.Client) -> None:
    two = "http://example.org/two"
    response = client.post(
        "/sparql",
        params={"default-graph-uri": two},
        content="SELECT ?s { ?s ?p ?o }",
        headers={"Content-Type": QUERY},
    )
    assert rows(response) == [[two]]


def two_queries(client: httpx.Client) -> None:
    twice = "query=ASK%7B%7D&query=ASK%7B%7D"
    assert client.get(f"/sparql?{twice}").status_code == 400
    form = {"Content-Type": FORM}
    assert client.post("/sparql", content=twice, headers=form).status_code == 400


def no_content_type(client: httpx.Client) -> None:
    response = client.post("/sparql", content=b"ASK {}")
    assert 400 <= response.status_code < 500
    assert QUERY in response.headers["accept-post"]


def another_charset(client: httpx.Client) -> None:
    for media_type in (QUERY, FORM):
        headers = {"Content-Type": f"{media_type}; charset=latin1"}
        response = client.post("/sparql", content=b"query=x", headers=headers)
        assert 400 <= response.status_code < 500


def both_addresses(client: httpx.Client) -> None:
    for path in ("/sparql", "/sparql/"):
        response = client.post(path, data={"query": SELECT})
        assert not response.history
        assert len(rows(response)) == 4
        assert client.get(path).status_code == 200


def updates(client: httpx.Client) -> None:
    for media_type, body in (
        ("application/sparql-update", "DROP ALL"),
        (FORM, "update=DROP+ALL"),
        (QUERY, "DROP ALL"),
    ):
        headers = {"Content-Type": media_type}
        response = client.post("/sparql", content=body, headers=headers)
        assert 400 <= response.status_code < 500
        assert "only reads" in response.json()["detail"]
    assert len(rows(get(client))) == 4


def description_endpoint(client: httpx.Client) -> None:
    service = NamedNode("https://w3id.org/ssc-kg/sparql")
    told = described(client)
    assert Triple(service, RDF.type, SD.Service) in told
    address = NamedNode(f"{client.base_url}/sparql".replace("//sparql", "/sparql"))
    assert Triple(service, SD.endpoint, address) in told
    assert Triple(service, SD.supportedLanguage, SD.SPARQL11Query) in told
    assert any(each.predicate == SD.extensionFunction for each in told)


def description_formats(client: httpx.Client) -> None:
    told = {
        each.object for each in described(client) if each.predicate == SD.resultFormat
    }
    names = {str(each).rpartition("/")[2].rstrip(">") for each in told}
    assert names >= {"SPARQL_Results_JSON", "SPARQL_Results_XML", "Turtle", "JSON-LD"}
    assert len(told) == len(RESULT_FORMATS) + len(RDF_FORMATS)
    for accept in (each.media_type for each in (*RESULT_FORMATS, *RDF_FORMATS)):
        query = CONSTRUCT if accept in ANY_RDF else SELECT
        assert type_of(get(client, query, accept=accept)) == accept


def description_dataset(client: httpx.Client) -> None:
    told = described(client)
    [dataset] = [each.object for each in told if each.predicate == SD.defaultDataset]
    [default] = [
        each.object
        for each in told
        if each.subject == dataset and each.predicate == SD.defaultGraph
    ]
    [count] = [
        int(getattr(each.object, "value", ""))
        for each in told
        if each.subject == default and each.predicate == VOID.triples
    ]
    assert rows(get(client, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")) == [[str(count)]]
    named = {each.object for each in told if each.predicate == SD.name}
    asked = rows(get(client, "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"))
    assert named == {NamedNode(iri) for [iri] in asked}


def prefixes_are_declared(client: httpx.Client) -> None:
    response = client.get("/prefixes", headers={"Accept": "application/n-triples"})
    told = [quad.triple for quad in parse(response.content, RdfFormat.N_TRIPLES)]
    assert sum(each.predicate == SH.declare for each in told) == len(PREFIXES)


PROTOCOL: Sequence[tuple[str, Check]] = (
    ("GET, POST form, POST direct and QUERY say the same", every_way),
    ("default-graph-uri overrides FROM", from_is_overridden),
    ("named-graph-uri overrides FROM NAMED", from_named_is_overridden),
    ("they count on the URL of a POST too", the_address_counts_for_a_post),
    ("two query= is 400", two_queries),
    ("POST without Content-Type is 4xx", no_content_type),
    ("charset other than UTF-8 is 4xx", another_charset),
    ("/sparql and /sparql/ both, without redirecting a POST", both_addresses),
    ("updates are a clear 4xx, and change nothing", updates),
    ("the description names endpoint, languages and functions", description_endpoint),
    ("the description names the formats that there are", description_formats),
    ("the description has the default dataset with counts", description_dataset),
    ("prefixes are published as sh:declare", prefixes_are_declared),
)


def tags_are_strong(client: httpx.Client) -> None:
    queries = (SELECT, f"{SELECT} LIMIT 1")
    tags = {
        get(client, query, accept).headers["etag"]
        for query in queries
        for accept in ("text/csv", "application/json")
    }
    assert len(tags) == 4
    assert all(tag.startswith('"') for tag in tags)


def unchanged(client: httpx.Client) -> None:
    first = get(client)
    known = {"If-None-Match": first.headers["etag"]}
    again = get(client, headers=known)
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    assert first.headers["last-modified"].endswith("GMT")


def head(client: httpx.Client) -> None:
    response = client.head("/sparql", params={"query": SELECT})
    assert (response.status_code, response.content) == (200, b"")
    assert response.headers["etag"] == get(client).headers["etag"]


def caching(client: httpx.Client) -> None:
    assert "stale-while-revalidate" in get(client).headers["cache-control"]
    volatile = get(client, "SELECT (NOW() AS ?now) {}")
    assert volatile.headers["cache-control"] == "no-store"


def varying(client: httpx.Client) -> None:
    for query, accept in ((SELECT, "*/*"), (None, BROWSER), (CONSTRUCT, "*/*")):
        vary = get(client, query, accept).headers["vary"].lower().split(", ")
        assert {"accept", "accept-encoding"} <= {*vary}


def compressed(client: httpx.Client) -> None:
    plain = get(client, headers={"Accept-Encoding": "identity"})
    for coding in ("gzip", "br"):
        packed = get(client, headers={"Accept-Encoding": coding})
        assert packed.headers["content-encoding"] == coding
        assert packed.content == plain.content
        assert packed.headers["etag"] != plain.headers["etag"]


def open_to_scripts(client: httpx.Client) -> None:
    for response in (get(client), get(client, "ASK {"), client.get("/nothing")):
        assert response.headers["access-control-allow-origin"] == "*"
        exposed = response.headers["access-control-expose-headers"]
        assert {"Link", "ETag", "Retry-After"} <= {*exposed.split(", ")}
    preflight = client.options(
        "/sparql",
        headers={"Access-Control-Request-Method": "QUERY", "Origin": "http://a"},
    )
    assert preflight.headers["access-control-allow-methods"] == "QUERY"


def problems(client: httpx.Client) -> None:
    response = get(client, "SELECT *\n{ ?s ?p }")
    assert response.status_code == 400
    assert response.headers["content-type"] == "application/problem+json"
    document = response.json()
    assert (document["line"], document["column"], document["token"]) == (2, 9, "}")


def timeouts(client: httpx.Client) -> None:
    response = get(client, ENDLESS)
    assert response.status_code == 503
    assert int(response.headers["retry-after"]) > 0
    assert response.headers["content-type"] == "application/problem+json"


HTTP: Sequence[tuple[str, Check]] = (
    ("strong ETag from version, resource and format", tags_are_strong),
    ("304 and Last-Modified", unchanged),
    ("HEAD", head),
    ("Cache-Control with stale-while-revalidate", caching),
    ("Vary", varying),
    ("gzip and br", compressed),
    ("CORS * on reads, errors included", open_to_scripts),
    ("problems with line and column for syntax errors", problems),
    ("503 for timeouts, never a partial 200", timeouts),
)


def never_whole_if_cut(client: httpx.Client) -> None:
    parameters = {"query": LARGE, "format": "csv"}
    with (
        contextlib.suppress(httpx.RemoteProtocolError),
        client.stream("GET", "/sparql", params=parameters) as response,
    ):
        response.read()
        assert response.status_code == 503
        return
    assert response.status_code == 200


def order_of_accept(client: httpx.Client) -> None:
    accept = "text/html, application/sparql-results+xml;q=0.9, text/csv;q=0.8"
    assert type_of(get(client, accept=accept)) == "application/sparql-results+xml"


def no_placeholder(client: httpx.Client) -> None:
    text = get(client, None, accept="text/turtle").text
    assert "no.endpoint" not in text
    assert "example.com" not in text
    assert "localhost" not in text


def service_is_no_hole(client: httpx.Client) -> None:
    query = f"SELECT * {{ SERVICE <{client.base_url}sparql> {{ ?s ?p ?o }} }}"
    response = get(client, query)
    assert response.status_code == 403
    assert "SERVICE" in response.json()["detail"]


def columns_in_order(client: httpx.Client) -> None:
    for query, columns in (
        ("SELECT ?z ?a ?m { ?a ?m ?z }", "z,a,m"),
        ("SELECT * { ?z ?a ?m }", "z,a,m"),
    ):
        assert get(client, query, accept="text/csv").text.startswith(f"{columns}\r\n")


def types_are_kept(client: httpx.Client) -> None:
    query = "SELECT ?o { <http://example.org/a> ?p ?o } ORDER BY ?o"
    tsv = get(client, query, accept="text/tab-separated-values").text
    assert tsv.split("\n") == ["?o", "1", "2", ""]
    literal = get(client, "SELECT ('1' AS ?o) {}", accept="text/tab-separated-values")
    assert literal.text.split("\n") == ["?o", '"1"', ""]


def cyrillic_and_hash(client: httpx.Client) -> None:
    for iri, value in (
        ("http://example.org/Город", "город"),
        ("http://example.org/doc#part", "a part"),
    ):
        query = "SELECT ?o { <IRI> ?p ?o }".replace("IRI", iri)
        assert rows(get(client, query)) == [[value]]
        posted = client.post("/sparql", data={"query": query})
        assert rows(posted) == [[value]]
        described = get(client, f"DESCRIBE <{iri}>", accept="application/n-triples")
        assert iri in described.text


COMPLAINTS: Sequence[tuple[str, Check]] = (
    ("what is cut never looks complete", never_whole_if_cut),
    ("negotiation keeps to q and order", order_of_accept),
    ("no placeholder metadata", no_placeholder),
    ("SERVICE is no hole", service_is_no_hole),
    ("columns come in the order of the query", columns_in_order),
    ("types are kept", types_are_kept),
    ("Cyrillic and hash IRIs work", cyrillic_and_hash),
)


@pytest.mark.parametrize(
    "check",
    [
        pytest.param(check, id=sentence)
        for sentence, check in (*CLIENTS, *PROTOCOL, *HTTP, *COMPLAINTS)
    ],
)
def test_the_checklist(client: httpx.Client, check: Check) -> None:
    check(client)
