"""Which graph a triple goes to, and when it is in the merge."""

from collections.abc import Iterable, Mapping
from pathlib import Path

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad

from ssc_kg.dataset.contents import collect
from ssc_kg.dataset.graphs import Catalogue, describe_graphs, read_catalogue
from ssc_kg.dataset.merge import replace_graph, update_merge
from ssc_kg.dataset.sources import Source, parse
from ssc_kg.errors import RdfRefusedError
from ssc_kg.rdf.vocab import SSC
from ssc_kg.store.draft import Change
from tests.datasets import BASE, CATALOGUE, FOREIGN, LOCAL, SOURCE, quad, write

NOTHING_DESCRIBED = Catalogue(BASE, {}, {})
TRIPLE = "<http://e/a> <http://e/b> 1 .\n"


def apply(
    store: pyoxigraph.Store, contents: Mapping[NamedNode, Iterable[Quad]]
) -> Change:
    before = read_catalogue(store, base_iri=BASE)
    change = Change()
    for graph, quads in contents.items():
        change += replace_graph(store, graph, set(quads))
    after = read_catalogue(store, base_iri=BASE)
    return change + update_merge(store, change, before=before, after=after)


def merge(store: pyoxigraph.Store) -> set[str]:
    quads = store.quads_for_pattern(None, None, None, DefaultGraph())
    return {quad.object.value for quad in quads if isinstance(quad.object, Literal)}


def flag(graph: NamedNode, *, merged: bool) -> Quad:
    return Quad(graph, SSC.merged, Literal(merged), CATALOGUE)


@pytest.mark.parametrize(
    ("graph", "is_merged"),
    [
        pytest.param("local", True, id="local"),
        pytest.param("local/mine", True, id="under local"),
        pytest.param("source/x", True, id="a source"),
        pytest.param("reference/x", True, id="a reference"),
        pytest.param("void", True, id="what the program makes itself"),
        pytest.param("catalogue", False, id="a system graph"),
        pytest.param("localized", False, id="a name that only begins like ours"),
    ],
)
def test_a_graph_without_a_description_merges_by_its_name(
    graph: str, *, is_merged: bool
) -> None:
    name = NamedNode(f"{BASE}graph/{graph}")
    assert NOTHING_DESCRIBED.is_merged(name) is is_merged


def test_a_description_decides_before_the_name() -> None:
    quads = [flag(SOURCE, merged=False), flag(FOREIGN, merged=True)]
    catalogue = describe_graphs(quads, base_iri=BASE)
    assert not catalogue.is_merged(SOURCE)
    assert catalogue.is_merged(FOREIGN)


def test_a_foreign_graph_does_not_merge_by_itself() -> None:
    store = pyoxigraph.Store()
    apply(store, {FOREIGN: [quad("a", FOREIGN)], SOURCE: [quad("b")]})
    assert merge(store) == {"b"}


def test_a_triple_of_two_graphs_leaves_with_the_last() -> None:
    store = pyoxigraph.Store()
    apply(store, {SOURCE: [quad("a")], LOCAL: [quad("a", LOCAL)]})
    assert merge(store) == {"a"}
    apply(store, {SOURCE: []})
    assert merge(store) == {"a"}
    change = apply(store, {LOCAL: []})
    assert merge(store) == set()
    assert set(change.removed) == {quad("a", LOCAL), quad("a", DefaultGraph())}


def test_a_triple_that_changes_graphs_stays_in_the_merge() -> None:
    store = pyoxigraph.Store()
    apply(store, {SOURCE: [quad("a")]})
    change = apply(store, {SOURCE: [], LOCAL: [quad("a", LOCAL)]})
    assert merge(store) == {"a"}
    assert change == Change((quad("a", LOCAL),), (quad("a"),))


def test_only_the_difference_is_written() -> None:
    store = pyoxigraph.Store()
    apply(store, {SOURCE: [quad("a"), quad("b")]})
    change = apply(store, {SOURCE: [quad("b"), quad("c")]})
    assert set(change.added) == {quad("c"), quad("c", DefaultGraph())}
    assert set(change.removed) == {quad("a"), quad("a", DefaultGraph())}
    assert not apply(store, {SOURCE: [quad("b"), quad("c")]})


def test_a_graph_that_becomes_empty_is_no_longer_listed() -> None:
    store = pyoxigraph.Store()
    apply(store, {SOURCE: [quad("a")]})
    apply(store, {SOURCE: []})
    assert list(store.named_graphs()) == []


def test_a_graph_joins_and_leaves_the_merge_with_its_description() -> None:
    store = pyoxigraph.Store()
    apply(store, {FOREIGN: [quad("a", FOREIGN)], SOURCE: [quad("b")]})
    apply(store, {CATALOGUE: [flag(FOREIGN, merged=True), flag(SOURCE, merged=False)]})
    assert merge(store) == {"a"}
    apply(store, {CATALOGUE: []})
    assert merge(store) == {"b"}


GRAPHS = (SOURCE, LOCAL, FOREIGN, NamedNode(f"{BASE}graph/system"))
CONTENTS = st.dictionaries(st.sampled_from(GRAPHS), st.sets(st.sampled_from("abc")))
FLAGS = st.dictionaries(st.sampled_from(GRAPHS), st.booleans())


@given(st.lists(st.tuples(CONTENTS, st.none() | FLAGS), max_size=5))
def test_the_merge_kept_by_difference_is_the_merge_made_anew(
    steps: list[tuple[dict[NamedNode, set[str]], dict[NamedNode, bool] | None]],
) -> None:
    store = pyoxigraph.Store()
    seen: set[Quad] = set()
    for texts, flags in steps:
        contents = {g: [quad(text, g) for text in texts[g]] for g in texts}
        if flags is not None:
            contents[CATALOGUE] = [flag(g, merged=flags[g]) for g in flags]
        change = apply(store, contents)
        seen = (seen | set(change.added)) - set(change.removed)
        catalogue = read_catalogue(store, base_iri=BASE)
        names = [g for g in store.named_graphs() if isinstance(g, NamedNode)]
        assert {q for q in store if q.graph_name == DefaultGraph()} == {
            Quad(q.subject, q.predicate, q.object, DefaultGraph())
            for g in names
            if catalogue.is_merged(g)
            for q in store.quads_for_pattern(None, None, None, g)
        }
        assert set(store) == seen


def graphs_of(*sources: Source, graph: NamedNode | None = None) -> dict[str, int]:
    catalogue = describe_graphs(
        [Quad(SOURCE, SSC.loadedFrom, Literal("seed_data/source/x.ttl"), CATALOGUE)],
        base_iri=BASE,
    )
    files = [parse(source) for source in sources]
    contents = collect(files, graph=graph, catalogue=catalogue)
    return {name.value: len(contents[name]) for name in contents}


def test_triples_go_to_the_local_graph_if_nothing_is_known(tmp_path: Path) -> None:
    assert graphs_of(write(tmp_path, "a.ttl", TRIPLE)) == {LOCAL.value: 1}


def test_triples_go_to_the_graph_that_is_chosen(tmp_path: Path) -> None:
    source = write(tmp_path, "seed_data/source/x.ttl", TRIPLE)
    assert graphs_of(source, graph=FOREIGN) == {FOREIGN.value: 1}
    own = Source(source.path, graph=LOCAL)
    assert graphs_of(own, graph=FOREIGN) == {LOCAL.value: 1}


def test_triples_go_to_the_graph_that_the_catalogue_names(tmp_path: Path) -> None:
    assert graphs_of(write(tmp_path, "seed_data/source/x.ttl", TRIPLE)) == {
        SOURCE.value: 1
    }
    assert graphs_of(write(tmp_path, "x.ttl", TRIPLE)) == {LOCAL.value: 1}


def test_a_catalogue_that_is_loaded_along_decides(tmp_path: Path) -> None:
    text = f"<{FOREIGN.value}> {SSC.loadedFrom} 'new/y.ttl' ."
    catalogue = Source(write(tmp_path, "c.ttl", text).path, graph=CATALOGUE)
    assert graphs_of(write(tmp_path, "new/y.ttl", TRIPLE), catalogue) == {
        FOREIGN.value: 1,
        CATALOGUE.value: 1,
    }


def test_graphs_that_a_file_names_stay_apart(tmp_path: Path) -> None:
    text = f"{TRIPLE}<{SOURCE.value}> {{ {TRIPLE} }}"
    source = write(tmp_path, "a.trig", text)
    assert graphs_of(source) == {SOURCE.value: 1, LOCAL.value: 1}


def test_a_file_of_named_graphs_says_nothing_about_others(tmp_path: Path) -> None:
    source = write(tmp_path, "a.trig", f"<{SOURCE.value}> {{ {TRIPLE} }}")
    assert graphs_of(source) == {SOURCE.value: 1}


def test_an_empty_file_says_that_its_graph_is_empty(tmp_path: Path) -> None:
    assert graphs_of(write(tmp_path, "a.ttl", "")) == {LOCAL.value: 0}


def test_files_for_one_graph_are_taken_together(tmp_path: Path) -> None:
    other = write(tmp_path, "b.ttl", "<http://e/c> <http://e/b> 1 .")
    assert graphs_of(write(tmp_path, "a.ttl", TRIPLE), other) == {LOCAL.value: 2}


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        pytest.param("a.ttl", f"{TRIPLE}<http://e/c> <http://e/b> [] .", 2, id="[]"),
        pytest.param("a.ttl", f"{TRIPLE}<http://e/c> <http://e/b> (1) .", 2, id="list"),
        pytest.param(
            "a.nt",
            "<http://e/a> <http://e/b> <http://e/c> .\n_:x <http://e/b> <http://e/c> .",
            2,
            id="label",
        ),
        pytest.param(
            "a.jsonld",
            '{"@id": "http://e/a", "http://e/b": {"http://e/c": 1}}',
            None,
            id="JSON-LD",
        ),
    ],
)
def test_a_blank_node_is_refused_where_graphs_merge(
    tmp_path: Path, name: str, text: str, line: int | None
) -> None:
    with pytest.raises(RdfRefusedError, match="mint an IRI") as caught:
        graphs_of(write(tmp_path, name, text))
    assert caught.value.line == line


def test_a_graph_that_does_not_merge_keeps_its_lists(tmp_path: Path) -> None:
    source = write(tmp_path, "a.ttl", "<http://e/c> <http://e/b> (1 2) .")
    files = [parse(source), parse(source)]
    one, other = (
        collect([file], graph=FOREIGN, catalogue=NOTHING_DESCRIBED) for file in files
    )
    assert one == other
    assert len(one[FOREIGN]) == 5
    elsewhere = NamedNode("http://example.org/other")
    away = collect([files[0]], graph=elsewhere, catalogue=NOTHING_DESCRIBED)
    assert labels(one[FOREIGN]).isdisjoint(labels(away[elsewhere]))


def labels(quads: Iterable[Quad]) -> set[str]:
    return {q.subject.value for q in quads if isinstance(q.subject, BlankNode)}
