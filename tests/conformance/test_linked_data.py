"""The checklist of a publisher of linked data, a row for each sentence, over HTTP."""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from email.utils import parsedate_to_datetime
from typing import TypeAlias
from urllib.parse import quote

import httpx
import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, parse

from ssc_kg.formats.table import RDF_FORMATS
from ssc_kg.http.oversized import MAXIMUM_BYTES
from ssc_kg.rdf.vocab import DCTERMS, FOAF, PROV, RDF, RDFS, SKOS, SSC, VOID
from tests.conformance.linked_data import LINKS, published
from tests.datasets import BASE

Check: TypeAlias = Callable[[httpx.Client], None]

THING, DOC = "/id/agreement/a-b", "/doc/agreement/a-b"
AGREEMENT = NamedNode(f"{BASE}id/agreement/a-b")
CYRILLIC = "/city/%D0%B3%D0%BE%D1%80%D0%BE%D0%B4"
ARABIC = "/city/%D9%85%D8%AF%D9%8A%D9%86%D8%A9"
GOAL = "http://metadata.un.org/sdg/11"
RDFLIB = (
    "application/rdf+xml, text/n3, text/turtle, application/n-triples, "
    "application/ld+json, application/n-quads, application/trix, application/trig"
)
COMUNICA = (
    "application/n-quads,application/trig;q=0.95,application/ld+json;q=0.9,"
    "application/n-triples;q=0.8,text/turtle;q=0.6,application/rdf+xml;q=0.5,"
    "text/n3;q=0.35,application/xml;q=0.3,image/svg+xml;q=0.3,text/html;q=0.2"
)
RAPPER = (
    "application/rdf+xml, text/rdf;q=0.6, text/html;q=0.2, "
    "application/xhtml+xml;q=0.4, */*;q=0.1"
)
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
TURTLE, TRIG, HTML = "text/turtle", "application/trig", "text/html"
LONG_AGO = "Thu, 01 Jan 2026 00:00:00 GMT"
JSON_LD, RDF_XML = "application/ld+json", "application/rdf+xml"
N_QUADS, N_TRIPLES = "application/n-quads", "application/n-triples"
ANY_RDF = tuple(format_.media_type for format_ in RDF_FORMATS)
PARSERS = {format_.media_type: format_.rdf for format_ in RDF_FORMATS}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    with published(tmp_path_factory.mktemp("published")) as client:
        yield client


def get(client: httpx.Client, path: str, **headers: str) -> httpx.Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.get(path, headers=named)


def type_of(response: httpx.Response) -> str:
    assert response.status_code == 200, response.text
    return response.headers["content-type"].partition(";")[0]


def said(client: httpx.Client, path: str, media_type: str = N_QUADS) -> set[Quad]:
    response = get(client, path, accept=media_type)
    assert type_of(response) == media_type
    return set(parse(response.content, PARSERS[media_type]))


def links(response: httpx.Response) -> dict[str, list[str]]:
    """Return the targets of the header Link by their relation."""
    found: dict[str, list[str]] = {}
    pattern = r'<([^>]*)>; rel="([^"]*)"'
    for target, relations in re.findall(pattern, response.headers.get("link", "")):
        for relation in relations.split():
            found.setdefault(relation, []).append(target)
    return found


def gets(path: str, accept: str, *expected: str) -> Check:
    """Return what checks the type of an answer, and that RDF can be read."""

    def check(client: httpx.Client) -> None:
        response = get(client, path, accept=accept)
        media_type = type_of(response)
        assert media_type in expected
        if media_type in PARSERS:
            assert list(parse(response.content, PARSERS[media_type]))

    return check


def leads(path: str, status: int, location: str, **headers: str) -> Check:
    """Return what checks a redirection."""

    def check(client: httpx.Client) -> None:
        response = get(client, path, **headers)
        found = response.status_code, response.headers.get("location")
        assert found == (status, location)

    return check


def refuses(path: str, status: int, *parts: str, **headers: str) -> Check:
    """Return what checks a problem document, and words in its detail."""

    def check(client: httpx.Client) -> None:
        response = get(client, path, **headers)
        assert response.status_code == status
        assert response.headers["content-type"] == "application/problem+json"
        problem = response.json()
        assert problem["status"] == status
        for part in parts:
            assert part in problem["detail"]
        assert response.headers["access-control-allow-origin"] == "*"

    return check


def offers_all_types(client: httpx.Client) -> None:
    response = get(client, DOC, accept="image/png")
    assert response.status_code == 406
    assert set(ANY_RDF) <= set(response.json()["offered"])


def counts_for_nobody_else(client: httpx.Client) -> None:
    for method in ("POST", "PUT", "DELETE"):
        response = client.request(method, DOC)
        assert response.status_code == 405
        assert response.headers["allow"] == "GET, HEAD"


IDENTITY: Sequence[tuple[str, Check]] = (
    ("303 from thing to document", leads(THING, 303, DOC)),
    (
        "the format asked of a thing goes on",
        leads(f"{THING}?format=turtle", 303, f"{DOC}.ttl"),
    ),
    (
        "301 to the canonical spelling of an extension",
        leads(f"{DOC}.TTL", 301, f"{DOC}.ttl"),
    ),
    ("301 from .json to .jsonld", leads(f"{DOC}.json", 301, f"{DOC}.jsonld")),
    ("301 from .xml to .rdf", leads(f"{DOC}.xml", 301, f"{DOC}.rdf")),
    ("301 to the canonical case", leads("/id/Agreement/A-B", 301, THING)),
    (
        "301 to the canonical case of a document",
        leads("/doc/Agreement/A-B.nt", 301, f"{DOC}.nt"),
    ),
    ("301 from a slash at the end", leads(f"{THING}/", 301, THING)),
    ("301 from a document's slash at the end", leads(f"{DOC}/", 301, DOC)),
    (
        "301 from a thing that was percent-encoded twice",
        leads(f"/id{CYRILLIC.replace('%', '%25')}", 301, f"/id{CYRILLIC}"),
    ),
    (
        "301 keeps what else is asked",
        leads(f"{THING}/?version=1", 301, f"{THING}?version=1"),
    ),
    ("301 from a slash behind the ontology", leads("/ontology/", 301, "/ontology")),
    (
        "301 from a term's path to its fragment",
        leads("/ontology/City", 301, "/ontology#City"),
    ),
    ("400 malformed path", refuses("/id/city/%zz", 400, "%zz")),
    ("400 malformed IRI", refuses("/doc?iri=no+iri", 400, "no iri")),
    ("400 no IRI", refuses("/doc", 400, "/doc?iri=")),
    ("400 an escape that is no UTF-8", refuses("/id/city/%FF%FE", 400)),
    ("404 unknown thing", refuses("/id/city/none", 404, f"{BASE}id/city/none")),
    ("404 unknown document", refuses("/doc/city/none", 404, "none")),
    (
        "404 unknown graph lists those there are",
        refuses("/graph/none", 404, "graph/source/a"),
    ),
    ("404 unknown term", refuses("/ontology/None", 404, "ontology#None")),
    ("410 withdrawn thing", refuses("/id/city/gone", 410, "withdrawn", "version 3")),
    (
        "303 withdrawn thing as of a time, to the document that leads there",
        leads("/id/city/gone", 303, "/doc/city/gone", accept_datetime=LONG_AGO),
    ),
    (
        "404 unknown thing as of a time",
        refuses("/id/city/none", 404, accept_datetime=LONG_AGO),
    ),
    ("410 withdrawn document", refuses("/doc/city/gone.ttl", 410, "withdrawn")),
    (
        "withdrawn things are there as of an earlier version",
        gets("/doc/city/gone?version=2", TURTLE, TURTLE),
    ),
    ("404 in a version before it", refuses("/doc/city/gone?version=1", 404, "gone")),
    ("406 with the list of what is offered", offers_all_types),
    ("406 by name", refuses(f"{DOC}?format=png", 406, "turtle")),
    ("405 names the methods", counts_for_nobody_else),
    *(
        (
            f"extension .{format_.suffix}",
            gets(f"{DOC}.{format_.suffix}", "*/*", format_.media_type),
        )
        for format_ in RDF_FORMATS
    ),
    *(
        (
            f"?format={format_.name}",
            gets(f"{DOC}?format={format_.name}", "*/*", format_.media_type),
        )
        for format_ in RDF_FORMATS
    ),
    (
        "?format= with a media type",
        gets(f"{DOC}?format=application/ld+json", "*/*", JSON_LD),
    ),
    (
        "a Cyrillic IRI, percent-encoded once",
        leads(f"/id{CYRILLIC}", 303, f"/doc{CYRILLIC}"),
    ),
    (
        "an Arabic IRI, percent-encoded once",
        leads(f"/id{ARABIC}", 303, f"/doc{ARABIC}"),
    ),
    ("a Cyrillic document", gets(f"/doc{CYRILLIC}.ttl", "*/*", TURTLE)),
    (
        "an external IRI has a document",
        gets(f"/doc?iri={quote(GOAL, safe='')}", "*/*", TURTLE),
    ),
    (
        "an own IRI has one document",
        leads(f"/doc?iri={quote(AGREEMENT.value, safe='')}", 301, DOC),
    ),
    ("the ontology", gets("/ontology", TURTLE, TURTLE)),
    ("the shapes", gets("/graph/shapes", TURTLE, TURTLE)),
    ("a graph", gets("/graph/source/a.nq", "*/*", N_QUADS)),
    ("a version", gets("/version/1", TURTLE, TURTLE)),
    ("a kind of problem", gets("/problems/withdrawn", TURTLE, TURTLE)),
    ("a page in which things are unknown", refuses(f"{DOC}?page=0", 400, "from 1 to")),
    ("400 a page beyond all", refuses(f"{DOC}?page={'9' * 5000}", 400, "from 1 to")),
    ("404 a sitemap beyond all", refuses(f"/sitemap-{'9' * 5000}.xml", 404)),
    ("404 a page too far", refuses(f"{DOC}?page=2", 404, "the document has 1")),
    (
        "400 a version that is no number",
        refuses(f"{DOC}?version=x", 400, "whole number"),
    ),
    (
        "404 an unknown version lists those there are",
        refuses(f"{DOC}?version=9", 404, "1, 2, 3"),
    ),
    (
        "431 oversized headers",
        refuses(DOC, 431, str(MAXIMUM_BYTES), x="a" * MAXIMUM_BYTES),
    ),
)

NEGOTIATION: Sequence[tuple[str, Check]] = (
    ("rdflib gets any RDF", gets(DOC, RDFLIB, *ANY_RDF)),
    (
        "rdflib gets Turtle",
        gets(DOC, "text/turtle, application/x-turtle, */*;q=0.1", TURTLE),
    ),
    (
        "rdflib gets JSON-LD",
        gets(DOC, "application/ld+json, application/json;q=0.9, */*;q=0.1", JSON_LD),
    ),
    ("Comunica gets N-Quads", gets(DOC, COMUNICA, N_QUADS)),
    ("rapper gets RDF", gets(DOC, RAPPER, *ANY_RDF)),
    ("a browser gets HTML", gets(DOC, BROWSER, HTML)),
    ("a browser gets HTML of a graph", gets("/graph/source/a", BROWSER, HTML)),
    ("a browser gets HTML of the ontology", gets("/ontology", BROWSER, HTML)),
    (
        "a browser gets HTML of what has an external IRI",
        gets(f"/doc?iri={quote(GOAL, safe='')}", BROWSER, HTML),
    ),
    ("extension .html", gets(f"{DOC}.html", "*/*", HTML)),
    ("curl gets Turtle", gets(DOC, "*/*", TURTLE)),
    ("no header gets Turtle", gets(DOC, "", TURTLE)),
    (
        "q-values count",
        gets(DOC, "text/turtle;q=0.4, application/rdf+xml;q=0.5", RDF_XML),
    ),
    (
        "the more specific range counts",
        gets(
            DOC,
            "application/*;q=0.9, application/n-triples;q=0.1, text/*;q=0.5",
            JSON_LD,
        ),
    ),
    ("q=0 excludes", gets(DOC, "*/*, text/turtle;q=0", N_TRIPLES)),
    ("q=0 for all that is offered is 406", refuses(DOC, 406, accept="*/*;q=0")),
    ("a charset is no other type", gets(DOC, "text/turtle;charset=utf-8", TURTLE)),
    (
        "a profile is no other type",
        gets(
            DOC,
            'application/ld+json;profile="http://www.w3.org/ns/json-ld#compacted"',
            JSON_LD,
        ),
    ),
    (
        "spaces stand around q",
        gets(DOC, "text/turtle ; q = 0.1 , application/trig ; q = 0.9", TRIG),
    ),
    ("capitals", gets(DOC, "TEXT/TURTLE", TURTLE)),
    (
        "the front leads programs to the dataset",
        leads("/", 303, "/void", accept=TURTLE),
    ),
    ("the front is a page for people", gets("/", BROWSER, HTML)),
    ("the front is a page for curl", gets("/", "*/*", HTML)),
)


def tells_all_names(client: httpx.Client) -> None:
    triples = said(client, DOC, TURTLE)
    mentioned = {quad.object for quad in triples if quad.subject == AGREEMENT}
    city = NamedNode(f"{BASE}id/city/город")
    assert {city, NamedNode(GOAL)} <= mentioned
    assert Quad(city, SKOS.prefLabel, Literal("город", language="ru")) in triples
    assert (
        Quad(NamedNode(GOAL), SKOS.prefLabel, Literal("Cities", language="en"))
        in triples
    )


def is_bounded(client: httpx.Client) -> None:
    subjects = {quad.subject for quad in said(client, DOC, TURTLE)}
    assert NamedNode(f"{BASE}id/agreement/001") not in subjects


def counts_and_pages_links(client: httpx.Client) -> None:
    path, seen, pages = f"/doc{CYRILLIC}", set[Quad](), 0
    following: str | None = path
    while following is not None:
        response = get(client, following, accept=N_TRIPLES)
        triples = set(parse(response.content, RdfFormat.N_TRIPLES))
        assert Literal(LINKS + 1) in {
            q.object for q in triples if q.predicate == VOID.triples
        }
        shown = {quad for quad in triples if quad.predicate == SSC.signedIn}
        assert seen.isdisjoint(shown)
        seen |= shown
        pages += 1
        [following] = links(response).get("next", [None])
        told = [quad.object for quad in triples if quad.predicate == RDFS.seeAlso]
        assert bool(told) == (following is not None)
    assert (len(seen), pages) == (LINKS + 1, 3)


def shows_evidence(client: httpx.Client) -> None:
    evidence = NamedNode(f"{BASE}id/evidence/1")
    told = {
        quad.predicate for quad in said(client, DOC, TURTLE) if quad.subject == evidence
    }
    assert {RDF.subject, RDF.predicate, RDF.object} <= told


def explains_itself(client: httpx.Client) -> None:
    triples = said(client, DOC, TURTLE)

    def english(subject: NamedNode, predicate: NamedNode, text: str) -> Quad:
        return Quad(subject, predicate, Literal(text, language="en"))

    assert english(SSC.signedIn, RDFS.label, "signed in") in triples
    assert english(SSC.signedIn, RDFS.comment, "Where it was signed.") in triples
    source = NamedNode(f"{BASE}graph/source/a")
    assert english(source, DCTERMS.title, "Papers of A") in triples
    page = NamedNode(f"{BASE}id/document/1")
    assert english(page, DCTERMS.title, "A page") in triples
    signature = NamedNode(f"{BASE}id/signature/1")
    assert Quad(signature, RDF.type, SSC.Signature) in triples


def tells_of_itself(client: httpx.Client) -> None:
    document = NamedNode(f"{BASE}doc/agreement/a-b")
    about = {
        q.predicate: q.object
        for q in said(client, DOC, TURTLE)
        if q.subject == document
    }
    assert about[FOAF.primaryTopic] == AGREEMENT
    license_ = "https://creativecommons.org/licenses/by/4.0/"
    assert about[DCTERMS.license] == NamedNode(license_)
    assert about[DCTERMS.isPartOf] == NamedNode(f"{BASE}version/3")
    assert about[VOID.inDataset] == NamedNode(f"{BASE}void#dataset")
    assert about[PROV.wasDerivedFrom] == NamedNode(f"{BASE}graph/source/a")
    assert isinstance(about[DCTERMS.modified], Literal)


def keeps_graphs(media_type: str) -> Check:
    def check(client: httpx.Client) -> None:
        quads = said(client, DOC, media_type)
        graph = NamedNode(f"{BASE}graph/source/a")
        city = NamedNode(f"{BASE}id/city/город")
        assert Quad(AGREEMENT, SSC.signedIn, city, graph) in quads
        assert Quad(AGREEMENT, SSC.signedIn, city, DefaultGraph()) in quads
        merged = {quad.triple for quad in quads if quad.graph_name == DefaultGraph()}
        assert merged == {quad.triple for quad in quads}
        assert merged == {quad.triple for quad in said(client, DOC, TURTLE)}

    return check


def leads_to_own_documents_of_others(client: httpx.Client) -> None:
    document = NamedNode(f"{BASE}doc?iri={quote(GOAL, safe='')}")
    told = Quad(NamedNode(GOAL), FOAF.isPrimaryTopicOf, document)
    assert told in said(client, DOC, TURTLE)


def says_the_same_in_every_format(client: httpx.Client) -> None:
    triples = [{quad.triple for quad in said(client, DOC, each)} for each in ANY_RDF]
    assert all(each == triples[0] for each in triples)


def publishes_its_context(client: httpx.Client) -> None:
    response = client.get(f"{DOC}.jsonld")
    [context] = links(response)["http://www.w3.org/ns/json-ld#context"]
    published = client.get(context)
    assert type_of(published) == JSON_LD
    used = response.json()["@context"]
    assert used.items() <= published.json()["@context"].items()


def describes_every_term(client: httpx.Client) -> None:
    subjects = {quad.subject for quad in said(client, "/ontology", TURTLE)}
    assert {SSC.City, NamedNode(f"{BASE}ontology#CityShape")} <= subjects


DOCUMENTS: Sequence[tuple[str, Check]] = (
    ("the labels of every resource it mentions", tells_all_names),
    ("a bounded description", is_bounded),
    ("inverse links counted and paged", counts_and_pages_links),
    ("evidence", shows_evidence),
    ("what its properties mean, its sources and what leads to it", explains_itself),
    ("the document about itself", tells_of_itself),
    ("named graphs kept in TriG", keeps_graphs(TRIG)),
    ("named graphs kept in N-Quads", keeps_graphs(N_QUADS)),
    ("external IRIs that the graph describes", leads_to_own_documents_of_others),
    ("compact JSON-LD with the published context", publishes_its_context),
    ("every format says the same", says_the_same_in_every_format),
    ("the ontology describes each of its terms and shapes", describes_every_term),
)


def has_strong_tags(client: httpx.Client) -> None:
    paths = (
        *(DOC, f"{DOC}.nt", f"{DOC}?version=1", f"{DOC}?version=2"),
        *(f"/doc{CYRILLIC}", f"/doc{CYRILLIC}?page=2", "/graph/source/a", "/ontology"),
    )
    tags = [client.get(path).headers["etag"] for path in paths]
    assert len(set(tags)) == len(tags)
    assert all(re.fullmatch(r'"[0-9a-f]+"', tag) for tag in tags)


def sends_nothing_twice(client: httpx.Client) -> None:
    for path in (
        DOC,
        "/graph/source/a",
        "/ontology",
        "/void",
        "/sitemap.xml",
        "/version/1",
    ):
        first = client.get(path)
        again = get(client, path, if_none_match=first.headers["etag"])
        assert (again.status_code, again.content) == (304, b"")
        for name in ("etag", "cache-control", "vary"):
            assert again.headers.get(name) == first.headers.get(name)


def answers_head(client: httpx.Client) -> None:
    for path in (
        THING,
        DOC,
        "/graph/source/a",
        "/ontology",
        "/void",
        "/",
        "/robots.txt",
    ):
        got, head = client.get(path), client.head(path)
        assert (head.status_code, head.content) == (got.status_code, b"")
        for name in ("etag", "content-type", "content-length", "location", "link"):
            assert head.headers.get(name) == got.headers.get(name)


def may_be_kept(client: httpx.Client) -> None:
    for path in (THING, DOC, "/graph/source/a", "/ontology", "/void", "/"):
        caching = client.get(path).headers["cache-control"]
        assert "max-age=" in caching
        assert "stale-while-revalidate=" in caching


def varies(client: httpx.Client) -> None:
    vary = client.get(DOC).headers["vary"].lower().split(", ")
    assert {"accept", "accept-language", "accept-encoding"} <= set(vary)


def compresses(client: httpx.Client) -> None:
    plain = client.get(DOC)
    for coding in ("br", "gzip"):
        packed = get(client, DOC, accept_encoding=coding)
        assert packed.headers["content-encoding"] == coding
        assert packed.content == plain.content
        assert packed.headers["etag"] != plain.headers["etag"]


def opens_errors(client: httpx.Client) -> None:
    for path in (DOC, "/id/city/none", "/id/city/gone", "/id/city/%zz", "/nowhere"):
        headers = client.get(path).headers
        assert headers["access-control-allow-origin"] == "*"
        exposed = headers["access-control-expose-headers"].split(", ")
        assert {"Link", "ETag", "Retry-After", "Memento-Datetime"} <= set(exposed)


def signposts(client: httpx.Client) -> None:
    found = links(client.get(DOC))
    assert found["describes"] == [THING]
    assert found["cite-as"] == [AGREEMENT.value]
    assert found["license"] == ["https://creativecommons.org/licenses/by/4.0/"]
    assert found["collection"] == ["/void#dataset"]
    assert found["type"] == [FOAF.Document.value]
    assert len(found["alternate"]) >= len(RDF_FORMATS) - 1
    for target in (*found["alternate"], *found["timemap"]):
        assert client.get(target).status_code == 200
    thing = links(client.get(THING))
    assert thing["describedby"] == [DOC]
    assert thing["type"] == [SSC.MemorandumOfUnderstanding.value]


def robots(client: httpx.Client) -> None:
    [sitemap] = re.findall(r"^Sitemap: (.*)$", client.get("/robots.txt").text, re.M)
    response = httpx.get(sitemap)
    assert type_of(response) == "application/xml"
    addresses = re.findall(r"<loc>([^<]*)</loc>", response.text)
    base = str(client.base_url).rstrip("/")
    expected = ("/", "/ontology", "/graph/source/a", DOC, f"/doc{CYRILLIC}")
    assert {f"{base}{path}" for path in expected} <= set(addresses)
    for address in addresses:
        assert httpx.get(address.replace("&amp;", "&")).status_code == 200


HYGIENE: Sequence[tuple[str, Check]] = (
    ("strong ETag from version, resource and format", has_strong_tags),
    ("304", sends_nothing_twice),
    ("HEAD", answers_head),
    ("Cache-Control with stale-while-revalidate", may_be_kept),
    ("Vary: Accept, Accept-Language, Accept-Encoding", varies),
    ("gzip and br", compresses),
    ("CORS * on reads, errors included", opens_errors),
    ("signposting", signposts),
    ("robots.txt, sitemap.xml", robots),
)


def mementos(client: httpx.Client, path: str = DOC) -> list[tuple[str, str]]:
    """Return the addresses and times in the list of a path's mementos."""
    response = client.get(links(client.get(path))["timemap"][0])
    assert type_of(response) == "application/link-format"
    pattern = r'<([^>]*)>; rel="[^"]*memento"; datetime="([^"]*)"'
    return re.findall(pattern, response.text)


def lists_mementos(client: httpx.Client) -> None:
    for path in (DOC, f"{DOC}.ttl", "/graph/source/a", "/ontology", f"/doc?iri={GOAL}"):
        found = mementos(client, path)
        assert len(found) == 3
        for address, time in found:
            response = client.get(address)
            assert response.status_code == 200
            assert response.headers["memento-datetime"] == time
            assert path in links(response)["original"]


def escapes_what_ends_a_link(client: httpx.Client) -> None:
    sent = {"target": b'/timemap/void.a>;rel="license",<http://x.org'}
    response = client.get("/timemap", extensions=sent)
    assert response.status_code == 200
    escaped = "/void.a%3E;rel=%22license%22,%3Chttp://x.org"
    assert response.text.startswith(f'<{escaped}>; rel="original timegate",\n')


def goes_back_in_time(client: httpx.Client) -> None:
    found = mementos(client)
    for (address, time), number in zip(found, (1, 2, 3), strict=True):
        assert address == f"{DOC}?version={number}"
        response = get(client, DOC, accept_datetime=time)
        assert (response.status_code, response.headers["location"]) == (302, address)
        assert "accept-datetime" in response.headers["vary"].lower()
    before = parsedate_to_datetime(found[0][1]) - timedelta(days=1)
    early = get(
        client, DOC, accept_datetime=before.strftime("%a, %d %b %Y %H:%M:%S GMT")
    )
    assert early.headers["location"] == f"{DOC}?version=1"


def lists_what_was(client: httpx.Client) -> None:
    gone = "/doc/city/gone"
    listed = client.get(f"/timemap{gone}").text
    assert re.findall(r"<([^>]*)>; rel=\"[^\"]*memento\"", listed) == [
        f"{gone}?version=2"
    ]
    early = get(client, gone, accept_datetime="Thu, 01 Jan 2015 00:00:00 GMT")
    assert early.headers["location"] == f"{gone}?version=2"


def stays_in_its_version(client: httpx.Client) -> None:
    response = client.get(f"{DOC}?version=1")
    assert response.headers["content-location"] == f"{DOC}.ttl?version=1"
    assert all("version=1" in each for each in links(response)["alternate"])
    thing = client.get(f"{THING}?version=1")
    assert thing.headers["location"] == f"{DOC}?version=1"


def asks_of_then(client: httpx.Client) -> None:
    gone = f"<{BASE}id/city/gone>"
    for version, expected in ((1, False), (2, True), (3, False), (None, False)):
        of = {} if version is None else {"version": str(version)}
        sparql = client.get(
            "/sparql", params={"query": f"ASK {{ {gone} ?p ?o }}", **of}
        )
        assert sparql.json()["boolean"] is expected
        query = f'{{ node(id: "{gone.strip("<>")}") {{ id }} }}'
        for _ in range(2):  # Asked again, it may be answered from what is kept.
            told = client.post("/graphql", params=of, json={"query": query}).json()
            assert (told["data"]["node"] is not None) is expected
        accept = {"Accept": "text/event-stream"}
        stream = client.post(
            "/graphql", params=of, json={"query": query}, headers=accept
        )
        assert ('{"node":null}' not in stream.text) is expected


TIME: Sequence[tuple[str, Check]] = (
    ("SPARQL and GraphQL answer as of then", asks_of_then),
    (
        "404 SPARQL of an unknown version",
        refuses("/sparql?query=ASK+%7B%7D&version=9", 404, "1, 2, 3"),
    ),
    (
        "404 GraphQL of an unknown version",
        refuses("/graphql?query=%7B__typename%7D&version=9", 404, "1, 2, 3"),
    ),
    (
        "400 a subscription to a version of the past",
        refuses(
            f"/graphql?query={quote('subscription{versionPublished{number}}')}&version=1",
            400,
            "leave out version",
            accept="text/event-stream",
        ),
    ),
    ("a TimeMap lists a memento of each version", lists_mementos),
    ("a TimeMap has the links that are its own", escapes_what_ends_a_link),
    ("a TimeMap lists what was withdrawn, where it was", lists_what_was),
    ("404 a TimeMap of what never was", refuses("/timemap/doc/city/none", 404, "none")),
    (
        "404 a TimeMap of a graph that never was",
        refuses("/timemap/graph/none", 404, "graph/source/a"),
    ),
    (
        "404 what never was, at any time",
        refuses("/doc/city/none", 404, accept_datetime="Thu, 01 Jan 2015 00:00:00 GMT"),
    ),
    ("Accept-Datetime leads to the version of then", goes_back_in_time),
    (
        "a named version counts more than a time",
        gets(f"{DOC}?version=1", TURTLE, TURTLE),
    ),
    ("400 a time that is none", refuses(DOC, 400, "Mon, 23 Nov", accept_datetime="x")),
    (
        "400 a time in no zone",
        refuses(DOC, 400, "Mon, 23", accept_datetime=f"1 Jan 2026 1:00 +{10**20}"),
    ),
    ("a memento leads to mementos", stays_in_its_version),
    ("what has no mementos says so", refuses("/timemap/sparql", 400, "/doc, /graph")),
)


@pytest.mark.parametrize(
    "check",
    [
        pytest.param(check, id=sentence)
        for sentence, check in (
            *IDENTITY,
            *NEGOTIATION,
            *DOCUMENTS,
            *HYGIENE,
            *TIME,
        )
    ],
)
def test_the_checklist(client: httpx.Client, check: Check) -> None:
    check(client)
