"""What is said of services in documents of a folder, which has none."""

import csv

import pyoxigraph
import pytest
from pyoxigraph import RdfFormat

from ssc_kg.formats.table import RDF_FORMATS, Format
from ssc_kg.formats.write import write_dataset
from ssc_kg.rdf.namespaces import PREFIXES
from ssc_kg.site.services import Services

ROOT = "https://example.org/cities/"
LIVE = "https://live.example.org/"
TEXT = f"""
prefix dcat: <{PREFIXES["dcat"]}>
prefix dcterms: <{PREFIXES["dcterms"]}>
prefix foaf: <{PREFIXES["foaf"]}>
prefix void: <{PREFIXES["void"]}>
<urn:dataset> void:sparqlEndpoint <{ROOT}sparql> ; dcterms:title "sparql" ;
    dcat:service <urn:one>, <urn:two>, <urn:other> .
<urn:one> dcterms:title "One" ; dcat:endpointURL <{ROOT}sparql> ;
    dcat:landingPage <{ROOT}sparql> .
<{ROOT}sparql> a foaf:Document .
<urn:two> dcat:endpointURL <{ROOT}queries> ;
    dcat:endpointDescription <{ROOT}openapi.json> .
<urn:other> dcat:endpointURL <https://example.net/sparql> .
"""
LEFT = f"""
prefix dcat: <{PREFIXES["dcat"]}>
<urn:dataset> <{PREFIXES["dcterms"]}title> "sparql" ; dcat:service <urn:other> .
<urn:other> dcat:endpointURL <https://example.net/sparql> .
"""


def quads(text: str | bytes, format_: RdfFormat | None) -> set[pyoxigraph.Quad]:
    return set(pyoxigraph.parse(text, format=format_))


@pytest.mark.parametrize("format_", RDF_FORMATS, ids=lambda format_: format_.name)
def test_without_a_server_no_service_is_told_of(format_: Format) -> None:
    body = b"".join(write_dataset(quads(TEXT, RdfFormat.TURTLE), format_))
    amended = Services(ROOT, None, ROOT).amend(body, format_.media_type)
    assert quads(amended, format_.rdf) == quads(LEFT, RdfFormat.TURTLE)


@pytest.mark.parametrize("format_", RDF_FORMATS, ids=lambda format_: format_.name)
def test_the_services_are_those_of_a_server(format_: Format) -> None:
    body = b"".join(write_dataset(quads(TEXT, RdfFormat.TURTLE), format_))
    amended = Services(ROOT, LIVE, ROOT).amend(body, format_.media_type)
    expected = TEXT
    for name in ("sparql", "openapi.json"):
        expected = expected.replace(f"<{ROOT}{name}>", f"<{LIVE}{name}>")
    assert quads(amended, format_.rdf) == quads(expected, RdfFormat.TURTLE)


@pytest.mark.parametrize(
    ("body", "media_type"),
    [
        pytest.param(LEFT.encode(), "text/turtle", id="no service here"),
        pytest.param(TEXT.encode(), "text/plain", id="no RDF"),
    ],
)
def test_other_documents_keep_their_bytes(body: bytes, media_type: str) -> None:
    assert Services(ROOT, None, ROOT).amend(body, media_type) is body


def rows(body: bytes) -> list[list[str]]:
    return list(csv.reader(body.decode().splitlines()))


def test_rows_about_services_change_too() -> None:
    offers = f"{PREFIXES['dcat']}endpointURL"
    body = (
        "subject,predicate,object\r\n"
        f"urn:one,{offers},{ROOT}sparql\r\n"
        'urn:one,title,"One, two"\r\n'
        'urn:other,title,"One, two"\r\n'
    ).encode()
    head, _, title, other = rows(body)
    assert rows(Services(ROOT, None, ROOT).amend(body, "text/csv")) == [head, other]
    live = [head, ["urn:one", offers, f"{LIVE}sparql"], title, other]
    assert rows(Services(ROOT, LIVE, ROOT).amend(body, "text/csv")) == live


def test_what_may_be_anywhere_is_named_by_iris() -> None:
    text = f"<{ROOT}doc/a> a <{ROOT}graph/b>, <urn:c> ."
    named = text.replace(ROOT, "https://w3id.org/ssc-kg/")
    services = Services(ROOT, None, "https://w3id.org/ssc-kg/")
    amended = services.amend(text.encode(), "text/turtle")
    turtle = RdfFormat.TURTLE
    assert quads(amended, turtle) == quads(named, turtle)
