"""What a client gets for what it asks."""

import pytest

from ssc_kg.errors import NotAcceptableError
from ssc_kg.formats.table import (
    HTML,
    JSON_LD,
    N_QUADS,
    N_TRIPLES,
    RDF_FORMATS,
    RDF_XML,
    RESULT_FORMATS,
    RESULTS_JSON,
    RESULTS_XML,
    TRIG,
    TURTLE,
    Format,
)
from ssc_kg.http.negotiation import named, negotiate, wants_page

PAGES = (*RDF_FORMATS, HTML)
BROWSER = (
    "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,"
    "image/apng,*/*;q=0.8,application/signed-exchange;v=b3;q=0.7"
)
COMUNICA = (
    "application/n-quads,application/trig;q=0.95,application/ld+json;q=0.9,"
    "application/n-triples;q=0.8,text/turtle;q=0.6,application/rdf+xml;q=0.5,"
    "text/n3;q=0.35,application/xml;q=0.3,image/svg+xml;q=0.3,text/html;q=0.2"
)
RDFLIB = (
    "application/rdf+xml, text/n3, text/turtle, application/n-triples, "
    "application/ld+json, application/n-quads, application/trix, application/trig"
)
RAPPER = (
    "application/rdf+xml, text/rdf;q=0.6, application/n-triples, text/turtle, "
    "application/x-turtle, text/html;q=0.2, application/xhtml+xml;q=0.4, */*;q=0.1"
)
NAMED = "text/html, application/sparql-results+xml;q=0.9, text/csv;q=0.8"
JAVA = "text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2"


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        pytest.param("", TURTLE, id="no preference"),
        pytest.param(" , ,", TURTLE, id="a list of nothing"),
        pytest.param("*/*", TURTLE, id="anything"),
        pytest.param("text/turtle", TURTLE, id="exact"),
        pytest.param("TEXT/Turtle", TURTLE, id="case does not matter"),
        pytest.param("text/turtle;q=0.5, application/trig", TRIG, id="weights"),
        pytest.param(
            "application/trig ; q = 0.5 , text/turtle;q=.4", TRIG, id="spaces"
        ),
        pytest.param("application/rdf+xml, text/turtle", TURTLE, id="ties as offered"),
        pytest.param("application/*", N_TRIPLES, id="a subtype wildcard"),
        pytest.param("text/*;q=0.1, */*", N_TRIPLES, id="the closer range weighs"),
        pytest.param("text/turtle;q=0, */*", N_TRIPLES, id="q=0 excludes"),
        pytest.param("*/*, text/turtle;q=0.000", N_TRIPLES, id="q=0.000 excludes"),
        pytest.param("text/turtle;charset=utf-8", TURTLE, id="a charset"),
        pytest.param(
            'application/ld+json;profile="x:a,b;q=0";q=0.9, text/turtle;q=0.8',
            JSON_LD,
            id="a quoted parameter with separators",
        ),
        pytest.param("application/json", JSON_LD, id="an alias"),
        pytest.param("application/xml", RDF_XML, id="XML without HTML is RDF/XML"),
        pytest.param("text/turtle;q=0.3, text/n3", TURTLE, id="the own name decides"),
        pytest.param(
            "application/json, text/javascript, */*; q=0.01", JSON_LD, id="jQuery"
        ),
        pytest.param("*", TURTLE, id="a lone star"),
        pytest.param("text/turtle;q=nan, */*;q=0.1", N_TRIPLES, id="an unreadable q"),
        pytest.param("text/turtle;q=9", TURTLE, id="a q above 1"),
        pytest.param('text/turtle;x="open', TURTLE, id="an open quotation"),
    ],
)
def test_a_client_gets_the_format_it_likes_best(accept: str, expected: Format) -> None:
    assert negotiate(accept, RDF_FORMATS) is expected


@pytest.mark.parametrize(
    ("accept", "offered", "expected"),
    [
        pytest.param(RDFLIB, RDF_FORMATS, TURTLE, id="rdflib"),
        pytest.param(
            "text/turtle, application/x-turtle, */*;q=0.1",
            RDF_FORMATS,
            TURTLE,
            id="rdflib turtle",
        ),
        pytest.param(
            "application/ld+json, application/json;q=0.9, */*;q=0.1",
            RDF_FORMATS,
            JSON_LD,
            id="rdflib JSON-LD",
        ),
        pytest.param(COMUNICA, PAGES, N_QUADS, id="Comunica"),
        pytest.param(
            "application/sparql-results+xml",
            RESULT_FORMATS,
            RESULTS_XML,
            id="SPARQLWrapper XML",
        ),
        pytest.param(
            "application/sparql-results+json,application/json,text/javascript,"
            "application/javascript",
            RESULT_FORMATS,
            RESULTS_JSON,
            id="SPARQLWrapper JSON",
        ),
        pytest.param(
            "application/sparql-results+xml, application/rdf+xml",
            RESULT_FORMATS,
            RESULTS_XML,
            id="rdflib SPARQLStore, a table",
        ),
        pytest.param(
            "application/sparql-results+xml, application/rdf+xml",
            RDF_FORMATS,
            RDF_XML,
            id="rdflib SPARQLStore, a graph",
        ),
        pytest.param(RAPPER, PAGES, TURTLE, id="rapper"),
        pytest.param(BROWSER, PAGES, HTML, id="a browser"),
        pytest.param(BROWSER, RDF_FORMATS, TURTLE, id="a browser without a page"),
        pytest.param("*/*", PAGES, TURTLE, id="curl, a thing"),
        pytest.param("*/*", RESULT_FORMATS, RESULTS_JSON, id="curl, a table"),
        pytest.param(JAVA, RDF_FORMATS, TURTLE, id="Java's HttpURLConnection"),
    ],
)
def test_known_clients_are_served(
    accept: str, offered: tuple[Format, ...], expected: Format
) -> None:
    assert negotiate(accept, offered) is expected


@pytest.mark.parametrize(
    "accept",
    [
        pytest.param("image/png", id="another kind"),
        pytest.param("*/*;q=0", id="nothing at all"),
        pytest.param("turtle", id="no media type"),
        pytest.param("*/turtle", id="no such wildcard"),
        pytest.param("text/turtle;q=-1", id="a negative weight"),
    ],
)
def test_an_impossible_request_says_what_is_offered(accept: str) -> None:
    with pytest.raises(NotAcceptableError) as caught:
        negotiate(accept, [HTML, TURTLE])
    assert caught.value.offered == ("text/html", "text/turtle")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        pytest.param("turtle", TURTLE, id="a name"),
        pytest.param("TTL", TURTLE, id="a suffix"),
        pytest.param("application/ld+json", JSON_LD, id="a media type"),
        pytest.param("application/ld json", JSON_LD, id="a plus that became a space"),
        pytest.param("json", JSON_LD, id="what SPARQLWrapper calls it"),
        pytest.param("n3", TURTLE, id="the end of a media type"),
    ],
)
def test_a_person_names_a_format(name: str, expected: Format) -> None:
    assert named(name, RDF_FORMATS) is expected


def test_an_unknown_name_is_answered_with_the_known_ones() -> None:
    with pytest.raises(NotAcceptableError, match="turtle, ntriples"):
        named("msword", RDF_FORMATS)


@pytest.mark.parametrize(
    ("accept", "is_page"),
    [
        pytest.param(BROWSER, True, id="a browser"),
        pytest.param("text/html", True, id="HTML alone"),
        pytest.param("text/html;q=0.5, */*", False, id="anything rather"),
        pytest.param("text/html, text/csv;q=0.8", False, id="HTML beside a format"),
        pytest.param(NAMED, False, id="HTML beside two"),
        pytest.param(JAVA, False, id="Java by itself"),
        pytest.param(COMUNICA, False, id="Comunica"),
        pytest.param("*/*", False, id="anything"),
        pytest.param("", False, id="nothing"),
    ],
)
def test_only_a_browser_wants_a_page(accept: str, *, is_page: bool) -> None:
    assert wants_page(accept, (*RESULT_FORMATS, *RDF_FORMATS)) is is_page
