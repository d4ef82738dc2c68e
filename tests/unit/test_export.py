"""What an export holds, and which files are written like one."""

from pathlib import Path

import pyoxigraph
import pytest
from pyoxigraph import DefaultGraph, NamedNode, Quad, parse

from ssc_kg.dataset.canonical import is_canonical
from ssc_kg.dataset.export import export
from ssc_kg.errors import (
    MissingFileError,
    RdfSyntaxError,
    UnknownFormatError,
    UnknownGraphError,
)
from ssc_kg.formats.table import N_QUADS, N_TRIPLES, TRIG, TURTLE, Format
from ssc_kg.rdf.vocab import RDF, SSC
from ssc_kg.store.embedded import EmbeddedStore

BASE = "https://w3id.org/ssc-kg/"
A, B = NamedNode(f"{BASE}graph/source/a"), NamedNode(f"{BASE}graph/source/b")
PULLY, WELS = NamedNode(f"{BASE}id/city/pully"), NamedNode(f"{BASE}id/city/wels")
SAYINGS = [
    Quad(PULLY, RDF.type, SSC.City, A),
    Quad(PULLY, RDF.type, SSC.City, B),
    Quad(WELS, RDF.type, SSC.City, B),
]
MERGE = [Quad(PULLY, RDF.type, SSC.City), Quad(WELS, RDF.type, SSC.City)]


@pytest.fixture
def store() -> EmbeddedStore:
    store = pyoxigraph.Store()
    store.extend([*SAYINGS, *MERGE])
    return EmbeddedStore(store)


@pytest.mark.parametrize(
    ("graph", "format_", "expected"),
    [
        pytest.param(None, TRIG, SAYINGS, id="all, with graphs"),
        pytest.param(None, N_QUADS, SAYINGS, id="all, as lines"),
        pytest.param(None, TURTLE, MERGE, id="all, merged"),
        pytest.param(A, N_TRIPLES, MERGE[:1], id="one graph"),
        pytest.param(A, TRIG, SAYINGS[:1], id="one graph, named"),
    ],
)
def test_an_export_holds_a_graph_or_all_of_them(
    store: EmbeddedStore,
    graph: NamedNode | None,
    format_: Format,
    expected: list[Quad],
) -> None:
    content = b"".join(export(store, graph=graph, format_=format_))
    assert set(parse(content, format=format_.rdf)) == set(expected)


def test_an_unknown_graph_is_refused_with_the_known_ones(store: EmbeddedStore) -> None:
    with pytest.raises(UnknownGraphError) as caught:
        export(store, graph=NamedNode(f"{BASE}graph/none"), format_=TURTLE)
    assert caught.value.known == (A.value, B.value)


@pytest.mark.parametrize("format_", [TURTLE, TRIG], ids=["Turtle", "TriG"])
def test_an_export_is_canonical(
    store: EmbeddedStore, tmp_path: Path, format_: Format
) -> None:
    path = tmp_path / f"export.{format_.suffix}"
    path.write_bytes(b"".join(export(store, format_=format_)))
    assert is_canonical(path)
    path.write_bytes(path.read_bytes() + b"\n")
    assert not is_canonical(path)


def test_loading_an_export_and_exporting_it_again_changes_nothing(
    store: EmbeddedStore,
) -> None:
    first = b"".join(export(store, format_=TRIG))
    again = pyoxigraph.Store()
    again.load(first, TRIG.rdf)
    assert not list(again.quads_for_pattern(None, None, None, DefaultGraph()))
    assert b"".join(export(EmbeddedStore(again), format_=TRIG)) == first


def test_a_file_that_does_not_parse_says_where(tmp_path: Path) -> None:
    path = tmp_path / "broken.ttl"
    path.write_text("<http://x.org/a> a\n <http://x.org/b> ;; oops")
    with pytest.raises(RdfSyntaxError) as caught:
        is_canonical(path)
    assert (caught.value.source, caught.value.line) == (str(path), 2)


@pytest.mark.parametrize(
    ("name", "error"),
    [
        pytest.param("none.ttl", MissingFileError, id="no file"),
        pytest.param("notes.txt", UnknownFormatError, id="another suffix"),
    ],
)
def test_what_is_no_rdf_file_is_refused(
    tmp_path: Path, name: str, error: type[Exception]
) -> None:
    (tmp_path / "notes.txt").write_text("")
    with pytest.raises(error):
        is_canonical(tmp_path / name)
