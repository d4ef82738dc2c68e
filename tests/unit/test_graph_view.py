"""The page of a graph says what it holds, and does not read more than a page needs."""

from datetime import UTC, datetime
from pathlib import Path

import pyoxigraph
import pytest
from pyoxigraph import Literal, NamedNode, Quad
from starlette.requests import Request

from ssc_kg.dataset.shown import ThingPage
from ssc_kg.explorer.thing import thing_page
from ssc_kg.publish import graph_view
from ssc_kg.publish.asof import AsOf
from ssc_kg.publish.documents import GraphPage
from ssc_kg.publish.graph_view import LISTED, view_graph
from ssc_kg.rdf.vocab import DCTERMS, RDF, SSC
from ssc_kg.store.embedded import EmbeddedStore
from ssc_kg.store.search.index import SearchIndex
from ssc_kg.store.snapshot import Snapshot
from ssc_kg.store.versions import VersionRecord
from ssc_kg.urls import Urls
from tests.html import find_barriers, read_html, text_of

URLS = Urls("https://w3id.org/ssc-kg/")
GRAPH = URLS.graph("source/a")
THINGS = 3 * LISTED


def see() -> ThingPage:
    quads = pyoxigraph.Store()
    for number in range(THINGS):
        thing = NamedNode(f"{URLS.things}city/{number}")
        quads.add(Quad(thing, RDF.type, SSC.City, GRAPH))
    quads.add(Quad(GRAPH, DCTERMS.title, Literal("Cities"), URLS.graph("catalogue")))
    store = EmbeddedStore(quads)
    record = VersionRecord(
        number=1,
        time=datetime(2026, 11, 29, tzinfo=UTC),
        parent=None,
        author="a",
        message="",
        triples=THINGS,
        graphs={GRAPH.value: THINGS},
        added=THINGS,
        removed=0,
    )
    search = SearchIndex(Path("none"), store, ())
    as_of = AsOf(Snapshot(record, Path("none"), store, search), is_memento=False)
    request = Request({"type": "http", "headers": [], "query_string": b""})
    return view_graph(request, GraphPage(GRAPH, (GRAPH,), as_of, {}), URLS)


def read(page: ThingPage) -> str:
    html = read_html(bytes(thing_page(page).body).decode())
    assert [*find_barriers(html)] == []
    return text_of(html)


def test_the_first_things_of_a_class_are_listed_and_all_are_counted() -> None:
    page = see()
    [cities] = page.contents
    assert (len(cities.values), cities.total, page.size) == (LISTED, THINGS, THINGS)
    assert page.name.text == "Cities"
    text = read(page)
    assert "300 statements" in text
    assert "the first 100" in text


def test_things_that_are_too_many_are_not_listed_and_that_is_said(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(graph_view, "MOST", THINGS - 1)
    page = see()
    assert page.contents == ()
    assert "They are too many to list" in read(page)
