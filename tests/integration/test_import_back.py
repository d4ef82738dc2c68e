"""What is exported is read by others as it was meant, and loads back as it was."""

import shutil
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph
import pytest
import rdflib
from pyoxigraph import BlankNode, NamedNode, RdfFormat, Triple, parse

from ssc_kg.dataset.export import export
from ssc_kg.dataset.graphs import description_graphs
from ssc_kg.dataset.load import load
from ssc_kg.dataset.sources import Source
from ssc_kg.formats.table import (
    JSON_LD,
    N_QUADS,
    N_TRIPLES,
    RDF_FORMATS,
    RDF_XML,
    TRIG,
    TURTLE,
    Format,
)
from ssc_kg.store.digest import record_digest
from ssc_kg.store.embedded import EmbeddedStore
from ssc_kg.store.versions import Versions
from tests.conftest import Server
from tests.datasets import BASE

SHAPES = NamedNode(f"{BASE}graph/shapes")
"""A graph with lists and other blank nodes."""
MOU = NamedNode(f"{BASE}graph/source/citynet-unescap-mou")
RDFLIB = {JSON_LD: "json-ld", RDF_XML: "xml", N_TRIPLES: "nt"}
PROGRAM = shutil.which("rapper")
RAPPER = (TURTLE, TRIG, N_TRIPLES, N_QUADS, RDF_XML)
"""What raptor reads; it has no JSON-LD."""


@pytest.fixture(scope="module")
def store(served: pyoxigraph.Store) -> EmbeddedStore:
    return EmbeddedStore(served)


@pytest.fixture(params=RDF_FORMATS, ids=lambda each: each.name)
def format_(request: pytest.FixtureRequest) -> Format:
    chosen: Format = request.param
    return chosen


def write(path: Path, chunks: Iterable[bytes]) -> Path:
    path.write_bytes(b"".join(chunks))
    return path


def sources(store: EmbeddedStore, format_: Format, directory: Path) -> Iterator[Source]:
    """Everything in one file if the format keeps graphs, else a file for each graph."""
    if format_.is_dataset:
        file = directory / f"all.{format_.suffix}"
        yield Source(write(file, export(store, format_=format_)))
        return
    # Those that the program makes itself come from no file.
    for graph in set(store.graph_names()) - set(description_graphs(BASE)):
        file = directory / f"{graph.value.rsplit('/')[-1]}.{format_.suffix}"
        yield Source(write(file, export(store, graph=graph, format_=format_)), graph)


def test_every_format_loads_back_into_an_equal_dataset(
    server: Server, store: EmbeddedStore, format_: Format, tmp_path: Path
) -> None:
    versions = Versions(tmp_path / "data")
    files = sorted(sources(store, format_, tmp_path), key=lambda each: each.path)
    record = load(
        versions, files, base_iri=BASE, author="tests", message=f"from {format_.name}"
    )
    loaded = record_digest(versions, record.number)
    assert loaded == record_digest(Versions(server.data_dir), 1)


def told(triples: Iterable[Triple]) -> tuple[set[Triple], int]:
    """What is said without blank nodes, and how many triples there are with them."""
    distinct = set(triples)
    without = {
        each
        for each in distinct
        if not isinstance(each.subject, BlankNode)
        and not isinstance(each.object, BlankNode)
    }
    return without, len(distinct) - len(without)


@pytest.mark.parametrize("graph", [None, SHAPES], ids=["everything", "shapes"])
def test_the_engine_reads_what_is_meant(
    store: EmbeddedStore, format_: Format, graph: NamedNode | None
) -> None:
    document = b"".join(export(store, graph=graph, format_=format_))
    is_whole = graph is None and format_.is_dataset
    meant = store.match(graph=graph) if graph or is_whole else store.match()
    read = parse(document, format_.rdf)
    assert told(each.triple for each in read) == told(each.triple for each in meant)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("graph", [MOU, SHAPES], ids=["a source", "shapes"])
def test_rdflib_reads_what_is_meant(
    store: EmbeddedStore, format_: Format, graph: NamedNode
) -> None:
    lines = b"".join(export(store, graph=graph, format_=N_TRIPLES))
    document = b"".join(export(store, graph=graph, format_=format_))
    expected = rdflib.Graph().parse(data=lines, format="nt")
    read = rdflib.Dataset(default_union=True).parse(
        data=document, format=RDFLIB.get(format_, format_.name)
    )
    assert without_blank_nodes(read) == without_blank_nodes(expected)
    assert len(read) == len(expected)


def without_blank_nodes(graph: rdflib.Graph) -> set[tuple[object, ...]]:
    triples = graph.triples((None, None, None))
    return {
        triple
        for triple in triples
        if not any(isinstance(term, rdflib.BNode) for term in triple)
    }


@pytest.mark.skipif(PROGRAM is None, reason="rapper is not installed")
@pytest.mark.parametrize("format_", RAPPER, ids=lambda each: each.name)
@pytest.mark.parametrize("graph", [None, SHAPES], ids=["everything", "shapes"])
def test_rapper_reads_what_is_meant(
    store: EmbeddedStore, format_: Format, graph: NamedNode | None, tmp_path: Path
) -> None:
    document = tmp_path / f"export.{format_.suffix}"
    write(document, export(store, graph=graph, format_=format_))
    options = ("-q", "-i", format_.name, "-o", "ntriples", document, BASE)
    done = subprocess.run([PROGRAM or "", *options], capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    meant = parse(document.read_bytes(), format_.rdf)
    read = parse(done.stdout, RdfFormat.N_TRIPLES)
    assert told(each.triple for each in read) == told(each.triple for each in meant)
