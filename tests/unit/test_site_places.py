"""Where the folder has what the server has at an address."""

from urllib.parse import quote

import pytest

from ssc_kg.rdf.namespaces import PREFIXES
from ssc_kg.site.places import External, namespace_of, path_of, place_of

LONG = "город" * 26


def external(iri: str) -> str:
    return f"doc?iri={quote(iri, safe='')}"


@pytest.mark.parametrize(
    ("address", "place"),
    [
        pytest.param("", "", id="the root"),
        pytest.param("dumps/", "dumps", id="a directory"),
        pytest.param("doc/city/pully", "doc/city/pully", id="a document"),
        pytest.param("doc/city/pully.nq", "doc/city/pully.nq", id="in one format"),
        pytest.param(
            "doc/city/%D0%B3%D0%BE%D1%80%D0%BE%D0%B4.ttl",
            "doc/city/город.ttl",
            id="Cyrillic, decoded",
        ),
        pytest.param("doc/city/pully?page=1", "doc/city/pully", id="the first page"),
        pytest.param("doc/a/b?page=12", "doc/a/b/page-12", id="a later page"),
        pytest.param("doc/a/b.ttl?page=2", "doc/a/b/page-2.ttl", id="of a format"),
        pytest.param("queries?format=nt", "queries.nt", id="a format by its name"),
        pytest.param(
            external("http://metadata.un.org/sdg/11"),
            "doc/external/sdg/11",
            id="named elsewhere",
        ),
        pytest.param(
            f"{external('http://metadata.un.org/sdg/14.c')}&format=rdf&page=3",
            "doc/external/sdg/14.c/page-3.rdf",
            id="named elsewhere, a format and a page",
        ),
        pytest.param(
            external("http://metadata.un.org/sdg/ontology#Goal"),
            "doc/external/sdgo/Goal",
            id="the longest namespace",
        ),
    ],
)
def test_an_address_has_a_place(address: str, place: str) -> None:
    assert place_of(address) == place


@pytest.mark.parametrize(
    "address",
    [
        pytest.param("doc/city/pully?version=3", id="a version"),
        pytest.param("queries/a?year=2020", id="a parameter"),
        pytest.param("queries?format=json", id="a format that documents have not"),
        pytest.param("doc/city/pully.ttl?format=nt", id="two formats"),
        pytest.param("doc/city/pully?page=two", id="a page without number"),
        pytest.param("doc/city/pully?page=1&page=2", id="a parameter twice"),
        pytest.param("graph?iri=http%3A%2F%2Fx", id="an IRI of no document"),
    ],
)
def test_what_is_asked_has_no_place(address: str) -> None:
    assert place_of(address) is None


@pytest.mark.parametrize(
    "address",
    [
        pytest.param(f"doc/city/{quote(LONG)}", id="longer than names of files"),
        pytest.param("doc/city/a%2Fb", id="an escaped slash"),
        pytest.param("doc/city/a%00b", id="an escaped NUL"),
        pytest.param("doc/city/a%FFb", id="not UTF-8"),
        pytest.param("doc/city/%2E%2E", id="a parent, escaped"),
        pytest.param("doc/city//b", id="an empty name"),
        pytest.param("doc/city/index", id="the name of a page"),
        pytest.param("doc/city/a/page-2", id="like a later page"),
        pytest.param("doc/external/sdg/11", id="like a thing named elsewhere"),
        pytest.param(external("http://example.org/a b"), id="no known namespace"),
        pytest.param(external("http://metadata.un.org/sdg/a/b"), id="a path in it"),
        pytest.param(external("http://metadata.un.org/sdg/a.ttl"), id="like a format"),
        pytest.param(external("http://metadata.un.org/sdg/.."), id="a parent in it"),
        pytest.param(external("http://metadata.un.org/sdg/"), id="a namespace itself"),
    ],
)
def test_what_no_file_can_be_called_lies_at_a_hash(address: str) -> None:
    place = place_of(address)
    assert place is not None
    *_, kind, name = place.split("/")
    assert kind == "iri"
    assert len(name) == 24
    assert place.isascii()
    # The formats of it lie beside it.
    suffixed = f"{address}&format=ttl" if "?" in address else f"{address}.ttl"
    assert place_of(suffixed) == f"{place}.ttl"


def test_places_are_never_shared() -> None:
    addresses = [
        "doc/a/b",
        "doc/a/b?page=2",
        "doc/a/b/page-2",
        "doc/a/b%2Fpage-2",
        "doc/external/sdg/11",
        external("http://metadata.un.org/sdg/11"),
        external("http://metadata.un.org/sdg/11/"),
        external("https://metadata.un.org/sdg/11"),
    ]
    assert len({place_of(address) for address in addresses}) == len(addresses)


def test_paths_in_urls_are_encoded_once() -> None:
    assert path_of("doc/city/Beyoğlu, 1%.ttl") == "doc/city/Beyo%C4%9Flu,%201%25.ttl"


def test_a_namespace_is_found_only_if_the_rest_is_a_name() -> None:
    sdg = External("sdg", PREFIXES["sdg"])
    assert namespace_of("http://metadata.un.org/sdg/11.2") == sdg
    assert namespace_of("http://metadata.un.org/sdg/11?a=b") is None
    assert namespace_of("urn:example:a") is None
