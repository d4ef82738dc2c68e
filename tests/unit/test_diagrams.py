"""Diagrams of an ontology: nothing covers anything, and all that is said is drawn."""

import re
from collections.abc import Sequence
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssc_kg.dataset.terms.model import TermKind, Vocabulary
from ssc_kg.dataset.terms.vocabulary import read_vocabulary
from ssc_kg.explorer.diagram.layers import Box, Layout, Line, lay_out
from ssc_kg.explorer.diagram.links import draw_links
from ssc_kg.explorer.diagram.spread import spread
from ssc_kg.explorer.diagram.tree import ROW, draw_tree
from ssc_kg.store.embedded import EmbeddedStore
from tests.datasets import BASE
from tests.unit.test_terms import ontology

NAMES = "abcdefgh"


@st.composite
def graphs(draw: st.DrawFn) -> tuple[list[Box], list[Line]]:
    sizes = st.sampled_from([20.0, 50.0, 90.0])
    names = NAMES[: draw(st.integers(1, len(NAMES)))]
    ends = st.lists(st.tuples(*[st.sampled_from(names)] * 2), max_size=16)
    boxes = [Box(name, draw(sizes), draw(sizes)) for name in names]
    return boxes, [Line(source, target, 10, 5) for source, target in draw(ends)]


def overlaps(one: Box, other: Box) -> bool:
    across = one.x < other.x + other.width and other.x < one.x + one.width
    down = one.y < other.y + other.height and other.y < one.y + one.height
    return across and down


def crossings(layout: Layout) -> int:
    """Return how often lines cross that go straight from box to box."""
    ends = [(route.points[0], route.points[-1]) for route in layout.routes]
    return sum(
        (one[0][1] - other[0][1]) * (one[1][1] - other[1][1]) < 0
        for one, other in combinations(ends, 2)
    )


@given(graphs())
def test_no_box_covers_another(graph: tuple[list[Box], list[Line]]) -> None:
    layout = lay_out(*graph)
    placed = layout.boxes.values()
    assert layout.boxes.keys() == {box.name for box in graph[0]}
    assert not any(overlaps(one, other) for one, other in combinations(placed, 2))
    for box in placed:
        assert 0 <= box.x <= layout.width - box.width
        assert -1e-6 <= box.y <= layout.height - box.height + 1e-6


@given(graphs())
def test_a_line_begins_at_its_source_and_ends_at_its_target(
    graph: tuple[list[Box], list[Line]],
) -> None:
    layout = lay_out(*graph)
    lines = [line for line in graph[1] if line.source != line.target]
    assert [route.line for route in layout.routes] == lines
    for line, route in zip(lines, layout.routes, strict=True):
        source, target = layout.boxes[line.source], layout.boxes[line.target]
        (start_x, start_y), *_, (end_x, end_y) = route.points
        assert start_y == pytest.approx(source.y + line.leaves)
        assert end_y == pytest.approx(target.y + line.enters)
        assert start_x in (source.x, source.x + source.width)
        assert end_x in (target.x, target.x + target.width)
        # It never turns back, so it enters no box from behind.
        xs = [x for x, _ in route.points]
        assert xs in (sorted(xs), sorted(xs, reverse=True))


@given(graphs())
def test_lines_curve_between_columns_only(
    graph: tuple[list[Box], list[Line]],
) -> None:
    layout = lay_out(*graph)
    spans = {(box.x, box.x + box.column) for box in layout.boxes.values()}
    for route in layout.routes:
        for (x1, y1), (x2, y2) in pairwise(route.points):
            if y1 != y2:
                low, high = min(x1, x2), max(x1, x2)
                assert all(high <= left or low >= right for left, right in spans)


@given(graphs())
def test_equal_graphs_are_drawn_alike(graph: tuple[list[Box], list[Line]]) -> None:
    assert lay_out(*graph) == lay_out(*graph)


def test_lines_that_need_not_cross_do_not() -> None:
    boxes = [Box(name, 20, 20) for name in "abcxyz"]
    lines = [Line(left, right, 10, 10) for left, right in ("az", "by", "cx")]
    assert crossings(lay_out(boxes, lines)) == 0


def test_a_box_stands_left_of_what_it_leads_to() -> None:
    boxes = [Box(name, 20, 20) for name in "cab"]
    lines = [Line(left, right, 10, 10) for left, right in ("ab", "bc", "ac")]
    placed = lay_out(boxes, lines).boxes
    assert placed["a"].x < placed["b"].x < placed["c"].x


def test_nothing_is_drawn_of_nothing() -> None:
    assert lay_out([], []) == Layout({}, (), 0.0, 0.0)


@given(st.lists(st.tuples(st.floats(-500, 500), st.floats(1, 90)), max_size=12))
def test_places_keep_order_and_gap(wanted: Sequence[tuple[float, float]]) -> None:
    middles, sizes = [each[0] for each in wanted], [each[1] for each in wanted]
    places = spread(middles, sizes, 7)
    ends = list(zip(places, sizes, strict=True))
    for (above, height), (below, other) in pairwise(ends):
        assert below - above >= (height + other) / 2 + 7 - 1e-6


def test_places_that_are_free_are_taken() -> None:
    assert spread([0, 100, 300], [10, 10, 10], 5) == [0, 100, 300]


@pytest.fixture(scope="module")
def vocabulary(seed_store: EmbeddedStore) -> Vocabulary:
    return read_vocabulary(seed_store, base_iri=BASE)


def test_the_tree_has_each_class_once_and_each_subclass_edge(
    vocabulary: Vocabulary,
) -> None:
    tree = draw_tree(vocabulary)
    classes = {
        term.iri for term in vocabulary.terms.values() if term.kind is TermKind.CLASS
    }
    assert sorted(leaf.class_.value for leaf in tree.leaves) == sorted(
        class_.value for class_ in classes
    )
    places = {leaf.class_: leaf for leaf in tree.leaves}
    edges = {
        (above, below)
        for below in classes
        for above in vocabulary.terms[below].above
        if above in classes
    }
    drawn = [re.findall(r"[\d.]+", path) for path in tree.paths]
    ends = {
        (float(x1), float(y1), float(x2), float(y2)) for x1, y1, *_, x2, y2 in drawn
    }
    assert len(ends) == len(edges)
    for above, below in edges:
        start, end = places[above], places[below]
        x = round(start.x + start.width, 1)
        assert (x, round(start.y, 1), round(end.x, 1), round(end.y, 1)) in ends


def test_classes_in_a_circle_are_drawn_too() -> None:
    circle = ontology(
        "ssc:A a owl:Class ; rdfs:subClassOf ssc:B . "
        "ssc:B a owl:Class ; rdfs:subClassOf ssc:C . "
        "ssc:C a owl:Class ; rdfs:subClassOf ssc:A ."
    )
    tree = draw_tree(circle)
    assert sorted(leaf.label for leaf in tree.leaves) == ["ssc:A", "ssc:B", "ssc:C"]
    assert len(tree.paths) == 3


def test_no_name_of_the_tree_is_written_over_another(vocabulary: Vocabulary) -> None:
    tree = draw_tree(vocabulary)
    boxes = [
        Box(leaf.label, leaf.width, ROW - 4, leaf.x, leaf.y - ROW / 2 + 2)
        for leaf in tree.leaves
    ]
    assert not any(overlaps(one, other) for one, other in combinations(boxes, 2))


def test_every_link_that_a_thing_must_have_is_drawn(vocabulary: Vocabulary) -> None:
    diagram = draw_links(vocabulary)
    demanded = {
        (class_, each.iri, each.target)
        for shape in vocabulary.shapes
        for class_ in shape.classes
        for each in shape.properties
        if each.minimum and each.target
    }
    rows = {
        (box.class_, row.iri, row.target) for box in diagram.boxes for row in box.rows
    }
    assert rows == demanded
    ends = {(route.line.source, route.line.target) for route in diagram.layout.routes}
    assert ends == {
        (class_.value, target.value)
        for class_, _, target in demanded
        if class_ != target
    }
