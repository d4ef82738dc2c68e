"""The rules that lead from IRIs to a folder, followed here and by Apache itself."""

import re
from collections.abc import Iterator
from typing import TypeAlias
from urllib.parse import quote

import httpx
import pytest

from ssc_kg.site.places import path_of, place_of
from ssc_kg.site.redirects import find_redirects, write_rules
from tests.apache import apache
from tests.rewriting import Outcome, follow

IRI = "https://w3id.org/ssc-kg/"
URL = "https://example.org/cities/"
LIVE = "https://live.example.org/"
SDG = quote("http://metadata.un.org/sdg/11.2", safe="")
OTHER = quote("http://example.org/a#b", safe="")
LONG = "город" * 26
LISTED = (
    "doc/city/pully",
    "doc/city/index",
    f"doc/city/{quote(LONG)}",
    f"doc?iri={SDG}",
    f"doc?iri={OTHER}",
    "graph/source/a",
)
RDFLIB = (
    "application/rdf+xml, text/n3, text/turtle, application/n-triples, "
    "application/ld+json, application/n-quads, application/trix, application/trig"
)
COMUNICA = (
    "application/n-quads,application/trig;q=0.95,application/ld+json;q=0.9,"
    "application/n-triples;q=0.8,text/turtle;q=0.6,application/rdf+xml;q=0.5,"
    "text/html;q=0.2"
)
RAPPER = (
    "application/rdf+xml, text/rdf;q=0.6, application/x-turtle;q=0.3, text/html;q=0.2, "
    "application/xhtml+xml;q=0.4, */*;q=0.1"
)
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/webp,*/*;q=0.8"
ACCEPTS = {
    "": ".ttl",
    "*/*": ".ttl",
    RDFLIB: ".ttl",
    "text/turtle, application/x-turtle, */*;q=0.1": ".ttl",
    "application/ld+json, application/json;q=0.9, */*;q=0.1": ".jsonld",
    "application/json": ".jsonld",
    COMUNICA: ".nq",
    RAPPER: ".rdf",
    BROWSER: ".html",
    "text/html;q=0, application/trig": ".trig",
    "text/turtle;q=0.3, application/n-triples;q=0.9": ".nt",
    "text/turtle;q=0.0, application/rdf+xml ; q=0.2": ".rdf",
    "text/turtle; charset=utf-8": ".ttl",
    "TEXT/CSV;q=1.0": ".csv",
    "image/png": None,
    "text/turtle;q=0": None,
}
Case: TypeAlias = tuple[str, str, Outcome | None]


def rules(live: str | None = LIVE) -> str:
    return write_rules(find_redirects(LISTED, URL, live), iri=IRI)


def accepted() -> Iterator[Case]:
    for accept, suffix in ACCEPTS.items():
        see = Outcome(303, f"{URL}doc/city/pully{suffix}")
        found = Outcome(302, f"{URL}graph/source/a{suffix}")
        for address, outcome in (("id/city/pully", see), ("graph/source/a", found)):
            yield address, accept, Outcome(406) if suffix is None else outcome


def led() -> Iterator[Case]:
    city = "Beyo%C4%9Flu,%20b"
    yield f"id/city/{city}", BROWSER, Outcome(303, f"{URL}doc/city/{city}.html")
    yield "", BROWSER, Outcome(302, URL)
    yield "", "text/turtle", Outcome(303, f"{URL}void.ttl")
    for same in ("doc/a/b.nq", "static/site.css", "ontology/City", "dumps/1/a.nq.gz"):
        yield same, BROWSER, Outcome(302, f"{URL}{same}")
    for path in ("ontology", "void", "catalog", "versions", "version/3", "prefixes"):
        yield path, "text/turtle", Outcome(302, f"{URL}{path}.ttl")
    yield "versions", "text/csv", Outcome(406)
    yield "sparql?query=a%20b", BROWSER, Outcome(307, f"{LIVE}sparql?query=a%20b")
    memento = "doc/city/pully.ttl?version=3"
    yield memento, BROWSER, Outcome(307, f"{LIVE}{memento}")
    yield "ontology?format=rdf", BROWSER, Outcome(302, f"{URL}ontology.rdf")


def placed() -> Iterator[Case]:
    """What has a place leads there."""
    for address in LISTED[:-1]:
        for end in ("", "&page=12", "&format=nt", "&format=nt&page=2"):
            is_path = "?" not in address
            asked = address + (end.replace("&", "?", 1) if is_path else end)
            place = place_of(asked)
            if is_path and end.count("&") > 1:
                continue
            suffix = "" if "format" in end else ".ttl"
            yield asked, "*/*", Outcome(302, f"{URL}{path_of(place or '')}{suffix}")
        if "?" not in address:
            place = place_of(address) or ""
            thing = address.replace("doc/", "id/", 1)
            yield thing, "*/*", Outcome(303, f"{URL}{path_of(place)}.ttl")
            yield f"{address}.nt", "*/*", Outcome(302, f"{URL}{path_of(place)}.nt")
    unescaped = "doc?iri=http://metadata.un.org/sdg/11.2"
    yield unescaped, "*/*", Outcome(302, f"{URL}doc/external/sdg/11.2.ttl")


CASES = (*accepted(), *led(), *placed())


@pytest.mark.parametrize(("address", "accept", "outcome"), CASES)
def test_an_iri_leads_to_the_folder(
    address: str, accept: str, outcome: Outcome | None
) -> None:
    assert follow(rules(), address, accept) == outcome


def test_without_a_server_there_is_no_service() -> None:
    alone = rules(None)
    for address in ("sparql?query=a", "graphql", "doc/city/pully?version=3"):
        assert follow(alone, address, BROWSER) == Outcome(404)


@pytest.fixture(scope="module")
def w3id(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """Apache with the rules in a directory, as w3id.org has them."""
    root = tmp_path_factory.mktemp("root")
    root.chmod(0o755)
    (root / "ssc-kg").mkdir()
    (root / "ssc-kg/.htaccess").write_text(rules(), encoding="utf-8")
    with (
        apache(root) as address,
        httpx.Client(base_url=f"{address}ssc-kg/") as client,
    ):
        yield client


@pytest.mark.parametrize(("address", "accept", "outcome"), CASES)
def test_apache_leads_there_too(
    w3id: httpx.Client, address: str, accept: str, outcome: Outcome
) -> None:
    answer = w3id.get(address, headers={"accept": accept})
    assert answer.status_code == outcome.status, answer.text
    location = answer.headers.get("location")
    if location is not None:
        # Apache writes escapes in small letters, which are the same (RFC 3986, 2.1).
        location = re.sub("%[0-9a-f]{2}", lambda found: found[0].upper(), location)
    assert location == outcome.location
