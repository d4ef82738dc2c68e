"""The texts of the seed data are found, of every kind that is declared."""

from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode

from ssc_kg.dataset.texts import TEXT_FIELDS
from ssc_kg.mapping.texts import TextField
from ssc_kg.rdf.vocab import SSC
from ssc_kg.store.protocol import Store
from ssc_kg.store.search.index import SearchIndex

ID = "https://w3id.org/ssc-kg/id/"


@pytest.fixture(scope="module")
def index(seed_store: Store) -> SearchIndex:
    return SearchIndex(Path("none"), seed_store, TEXT_FIELDS)


@pytest.mark.parametrize(
    ("text", "best", "kind"),
    [
        pytest.param("itu", f"{ID}organization/itu", "acronym", id="an acronym"),
        pytest.param(
            "U4SSC", f"{ID}initiative/u4ssc", "acronym", id="a letter and a digit"
        ),
        pytest.param(
            "ciudades", "http://metadata.un.org/sdg/11", "label", id="Spanish"
        ),
        pytest.param("egalite", "http://metadata.un.org/sdg/5", "label", id="French"),
    ],
)
def test_the_best_hit_is(index: SearchIndex, text: str, best: str, kind: str) -> None:
    hit = index.search(text, limit=1)[0]
    assert (hit.iri.value, hit.field) == (best, kind)


def labels(store: Store, field: TextField) -> list[tuple[str, str]]:
    """Return what has a text in a field, and the text."""
    return [
        (quad.subject.value, quad.object.value)
        for quad in store.match(None, field.property)
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, Literal)
    ]


def test_every_label_finds_what_it_is_the_label_of(
    index: SearchIndex, seed_store: Store
) -> None:
    for iri, text in labels(seed_store, TEXT_FIELDS[0])[::20]:
        exact = {one.rank.iri for one in index.rank(text) if one.rank.is_exact}
        assert iri in exact


@pytest.mark.parametrize("field", TEXT_FIELDS, ids=lambda field: field.kind)
def test_every_field_has_texts(
    index: SearchIndex, seed_store: Store, field: TextField
) -> None:
    _, text = labels(seed_store, field)[0]
    assert index.all_hits(text)


def test_evidence_finds_what_it_speaks_of_and_not_itself(index: SearchIndex) -> None:
    hits = index.all_hits("a")
    assert any(hit.field == "evidence" for hit in hits)
    assert index.all_hits("a", types=[SSC.Evidence]) == []
