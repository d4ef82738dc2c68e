"""What the catalogue says of data that people described in their own languages."""

from datetime import UTC, datetime

import pyoxigraph
from pyoxigraph import Literal, NamedNode, Quad

from ssc_kg.dataset.dcat import Holding, describe_catalog
from ssc_kg.rdf.vocab import DCTERMS
from ssc_kg.store.embedded import EmbeddedStore
from ssc_kg.store.versions import VersionRecord
from ssc_kg.urls import Urls
from tests.datasets import BASE, CATALOGUE, SOURCE

URLS = Urls(BASE, "http://localhost/")
RECORD = VersionRecord(
    number=1,
    time=datetime(2026, 11, 29, tzinfo=UTC),
    parent=None,
    author="a test",
    message="",
    triples=0,
    graphs={SOURCE.value: 1},
    added=0,
    removed=0,
)


def test_a_text_keeps_its_language() -> None:
    store = pyoxigraph.Store()
    korean = {
        (node, property_): Literal(f"도시 {number}", language="ko")
        for number, node in enumerate((URLS.dataset, SOURCE))
        for property_ in (DCTERMS.title, DCTERMS.description)
    }
    for (node, property_), text in korean.items():
        store.add(Quad(node, property_, text, CATALOGUE))
    holding = Holding(EmbeddedStore(store), RECORD, [RECORD], 1)
    found: dict[tuple[NamedNode, NamedNode], list[object]] = {}
    for subject, predicate, object_ in describe_catalog(holding, URLS):
        if isinstance(subject, NamedNode):
            found.setdefault((subject, predicate), []).append(object_)
    assert {key: found[key] for key in korean} == {
        key: [text] for key, text in korean.items()
    }
