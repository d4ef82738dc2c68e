"""IRIs and the addresses at which they are served."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode

from ssc_kg.errors import MalformedIriError
from ssc_kg.formats.table import CSV, HTML, RDF_FORMATS
from ssc_kg.rdf.terms import read_iri
from ssc_kg.urls import SUFFIXES, Urls, split_suffix

BASE = "https://w3id.org/ssc-kg/"
URLS = Urls(BASE, "https://kg.example/city/")


@pytest.mark.parametrize(
    ("path", "iri"),
    [
        pytest.param("/id/city/pully", "id/city/pully", id="plain"),
        pytest.param("/id/city/Beyo%C4%9Flu", "id/city/Beyoğlu", id="non-ASCII"),
        pytest.param("/id/city/%70ully", "id/city/pully", id="a needless escape"),
        pytest.param("/id/city/a%2fb", "id/city/a%2Fb", id="a slash in a name"),
        pytest.param("/id/city/a%20b", "id/city/a%20b", id="a space stays escaped"),
        pytest.param("/id/city/100%25", "id/city/100%25", id="a percent sign"),
        pytest.param("/id/city/%2541", "id/city/%2541", id="decoded once only"),
        pytest.param("/id/a/b/c", "id/a/b/c", id="deeper"),
    ],
)
def test_a_path_names_a_thing(path: str, iri: str) -> None:
    assert URLS.resource(path) == NamedNode(BASE + iri)


@pytest.mark.parametrize(
    "path",
    [
        pytest.param("/id/city/%zz", id="a broken escape"),
        pytest.param("/id/city/a%", id="half an escape"),
        pytest.param("/id/city/%FF", id="bytes that are not UTF-8"),
        pytest.param("/id/city/%ED%A0%80", id="half a surrogate pair"),
        pytest.param("/id/city/<pully>", id="angle brackets"),
        pytest.param("/id/city/a b", id="a space"),
    ],
)
def test_a_malformed_path_is_refused(path: str) -> None:
    with pytest.raises(MalformedIriError):
        URLS.resource(path)


@pytest.mark.parametrize(
    ("thing", "document"),
    [
        pytest.param(f"{BASE}id/city/pully", f"{BASE}doc/city/pully", id="ours"),
        pytest.param(f"{BASE}id/city/Осло", f"{BASE}doc/city/Осло", id="non-ASCII"),
        pytest.param(
            "http://metadata.un.org/sdg/11.2",
            f"{BASE}doc?iri=http%3A%2F%2Fmetadata.un.org%2Fsdg%2F11.2",
            id="named elsewhere",
        ),
        pytest.param(
            f"{BASE}id/file/a.ttl",
            f"{BASE}doc?iri=https%3A%2F%2Fw3id.org%2Fssc-kg%2Fid%2Ffile%2Fa.ttl",
            id="ends like a format",
        ),
        pytest.param(
            f"{BASE}id/city/a#b",
            f"{BASE}doc?iri=https%3A%2F%2Fw3id.org%2Fssc-kg%2Fid%2Fcity%2Fa%23b",
            id="a fragment",
        ),
        pytest.param(
            f"{BASE}id/city/%41",
            f"{BASE}doc?iri=https%3A%2F%2Fw3id.org%2Fssc-kg%2Fid%2Fcity%2F%2541",
            id="an escape that a path would lose",
        ),
    ],
)
def test_every_thing_has_a_document(thing: str, document: str) -> None:
    assert URLS.document(NamedNode(thing)) == NamedNode(document)


@pytest.mark.parametrize(
    ("iri", "suffix", "url"),
    [
        pytest.param(
            f"{BASE}doc/city/Осло",
            "ttl",
            "https://kg.example/city/doc/city/%D0%9E%D1%81%D0%BB%D0%BE.ttl",
            id="non-ASCII is encoded once",
        ),
        pytest.param(
            f"{BASE}doc/city/a%2Fb",
            None,
            "https://kg.example/city/doc/city/a%2Fb",
            id="an escape is not escaped again",
        ),
        pytest.param(
            f"{BASE}doc?iri=http%3A%2F%2Fx.org",
            "nt",
            "https://kg.example/city/doc?iri=http%3A%2F%2Fx.org&format=nt",
            id="a query has no suffix",
        ),
        pytest.param(
            f"{BASE}ontology#City",
            None,
            "https://kg.example/city/ontology#City",
            id="a term of the ontology",
        ),
        pytest.param("http://x.org/a", None, "http://x.org/a", id="elsewhere"),
    ],
)
def test_an_iri_is_served_at_an_url(iri: str, suffix: str | None, url: str) -> None:
    assert URLS.url(NamedNode(iri), suffix=suffix) == url


def test_without_a_public_url_links_are_paths() -> None:
    assert Urls(BASE).url(URLS.graph("source/oier-itu-mou")) == (
        "/graph/source/oier-itu-mou"
    )


def test_the_suffixes_are_those_of_the_formats() -> None:
    assert {format_.suffix for format_ in (*RDF_FORMATS, CSV, HTML)} == SUFFIXES


@given(st.text(min_size=1, max_size=12))
def test_reading_the_url_of_a_document_gives_the_thing_back(slug: str) -> None:
    try:
        thing = read_iri(f"{BASE}id/city/{slug}")
    except MalformedIriError:
        return
    url = URLS.url(URLS.document(thing))
    assert url.isascii()
    path, has_query, _ = url.removeprefix(URLS.public_url).partition("?")
    assert split_suffix(path)[1] is None
    assert has_query or URLS.thing(path) == thing
