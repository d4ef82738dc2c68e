"""Sorting more lines than fit into the memory that may be taken."""

import random
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph
import pytest
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad

from ssc_kg.rdf.vocab import XSD
from ssc_kg.store.canonical import sorted_quads, sorted_triples
from ssc_kg.store.deltas import graph_of
from ssc_kg.store.lines import sort_lines
from tests.datasets import FOREIGN, SOURCE, quad


@pytest.mark.parametrize("run", [1, 7, 100, 10_000])
def test_lines_are_sorted_by_their_bytes(tmp_path: Path, run: int) -> None:
    drawn = random.Random(run)  # noqa: S311
    words = ["a", "ab", "a b", "é", "\U0001f600", "\uffff", "Z", "", "\x01"]
    lines = [f"{drawn.choice(words)}{drawn.choice(words)}\n" for _ in range(200)]
    encoded = [line.encode() for line in lines]
    assert list(sort_lines(iter(encoded), tmp_path, run=run)) == sorted(encoded)
    assert list(tmp_path.iterdir()) == []


def test_only_a_run_is_in_memory(tmp_path: Path) -> None:
    taken = 0

    def lines() -> Iterable[bytes]:
        nonlocal taken
        for number in range(1000, 0, -1):
            taken += 1
            yield b"%04d\n" % number

    found = sort_lines(lines(), tmp_path, run=100)
    assert next(found) == b"0001\n"
    assert taken == 1000
    found.close()
    assert list(tmp_path.iterdir()) == []


def test_quads_are_sorted_as_the_lines_they_are(tmp_path: Path) -> None:
    texts = ("b", "a", 'say "a"\n\t\\ \x01\x7f', "é")
    quads = [quad(text) for text in "ba"] + [quad("a", FOREIGN)]
    terms = [*map(Literal, texts), Literal("a", language="en")]
    subject, predicate = NamedNode("http://example.org/x"), XSD.date
    quads += [Quad(subject, predicate, term) for term in terms]
    quads += [Quad(subject, predicate, BlankNode("b"))]
    inside = [Quad(q.subject, q.predicate, q.object, SOURCE) for q in quads]
    store = pyoxigraph.Store()
    store.extend([*quads, *inside])
    named = [q for q in store if q.graph_name != DefaultGraph()]
    # str() is not the canonical form, so that of the engine's writer is taken.
    written = pyoxigraph.serialize(named, format=pyoxigraph.RdfFormat.N_QUADS)
    assert written is not None
    lines = list(sorted_quads(store, tmp_path))
    assert lines == sorted(written.splitlines(keepends=True))
    graph = [line.replace(f" {SOURCE} .".encode(), b" .") for line in lines]
    triples = list(sorted_triples(store, SOURCE, tmp_path))
    assert triples == [line for line in graph if FOREIGN.value.encode() not in line]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("graph", [DefaultGraph(), SOURCE, FOREIGN])
@pytest.mark.parametrize(
    "object_",
    [
        NamedNode("http://example.org/o"),
        BlankNode("b"),
        Literal("plain"),
        Literal('<http://x.org/a> . "quoted" <http://x.org/b> .'),
        Literal("line\nbreak <http://x.org/g>", language="en"),
        Literal("5", datatype=XSD.integer),
        Literal("2026-01-01 <a>", datatype=XSD.date),
    ],
    ids=str,
)
def test_the_graph_of_a_line_is_found(
    object_: NamedNode | BlankNode | Literal, graph: NamedNode | DefaultGraph
) -> None:
    for subject in (NamedNode("http://example.org/s"), BlankNode("s")):
        line = f"{Quad(subject, XSD.date, object_, graph)} .\n".encode()
        expected = graph.value if isinstance(graph, NamedNode) else None
        assert graph_of(line) == expected
