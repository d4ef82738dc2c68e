"""How versions differ, against the difference of the sets of their quads."""

import random
from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad

from ssc_kg.dataset.difference import Counts, Difference, compare
from ssc_kg.errors import UnknownVersionError
from ssc_kg.store.deltas import Step, find_way
from ssc_kg.store.versions import Versions
from tests.datasets import FOREIGN, LOCAL, SOURCE, publish, quad, quads_of

GRAPHS = (SOURCE, FOREIGN, LOCAL, DefaultGraph())
TEXTS = ("a", 'say "x" <http://y> .', "line\nbreak\ttab", "\u0661\x01", "")
TERMS: tuple[NamedNode | BlankNode | Literal, ...] = (
    NamedNode("http://example.org/o"),
    BlankNode("b0"),
    *(Literal(text) for text in TEXTS),
    *(Literal(text, language="en") for text in TEXTS),
)
POOL = [
    Quad(NamedNode(f"http://example.org/{n}"), NamedNode(f"http://e.org/{p}"), o, g)
    for n, p in product(range(3), range(2))
    for o in TERMS
    for g in GRAPHS
]


def edit(versions: Versions, drawn: random.Random) -> None:
    """Publish a version that adds some quads to the current one and removes others."""
    held = quads_of(versions) if versions.current() else set()
    chosen = drawn.sample(POOL, drawn.choice([0, 1, 5, 60]))
    added = [each for each in chosen if each not in held]
    publish(versions, *added, removed=[each for each in chosen if each in held])


def go_back(versions: Versions, number: int) -> None:
    pointer = versions.pointer()
    assert pointer is not None
    text = f'{{"current": {number}, "highest": {pointer.highest}}}'
    versions.pointer_path.write_text(text)


def named(versions: Versions, number: int) -> set[Quad]:
    quads = quads_of(versions, number)
    return {each for each in quads if each.graph_name != DefaultGraph()}


def changes(difference: Difference) -> tuple[set[Quad], set[Quad]]:
    found: dict[bool, list[Quad]] = {True: [], False: []}
    for graph, things in difference.things():
        for about in things:
            assert len({change.quad.subject for change in about}) == 1
            for change in about:
                assert change.quad.graph_name == NamedNode(graph)
                found[change.is_added].append(change.quad)
    added, removed = set(found[True]), set(found[False])
    assert len(added) + len(removed) == len(found[True]) + len(found[False])
    return added, removed


def forget_deltas(versions: Versions) -> None:
    for path in versions.delta_paths(3):
        path.unlink()


def forget_a_version(versions: Versions) -> None:
    (versions.directory / "3.json").unlink()


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize(
    ("lose", "is_followed"),
    [
        pytest.param(lambda _: None, True, id="all is kept"),
        pytest.param(forget_deltas, False, id="a delta is gone"),
        pytest.param(forget_a_version, False, id="a version is gone"),
    ],
)
def test_it_is_the_difference_of_two_sets(
    tmp_path: Path, seed: int, lose: Callable[[Versions], None], *, is_followed: bool
) -> None:
    drawn = random.Random(seed)  # noqa: S311
    versions = Versions(tmp_path / "data")
    for _ in range(4):
        edit(versions, drawn)
    go_back(versions, 2)
    for _ in range(2):
        edit(versions, drawn)
    lose(versions)
    assert (find_way(versions, 1, 4) is not None) == is_followed
    numbers = [record.number for record in versions.list()]
    for before, after in product(numbers, numbers):
        one, two = named(versions, before), named(versions, after)
        difference = compare(versions, before, after, tmp_path)
        assert changes(difference) == (two - one, one - two)
        assert difference.counts == Counts(len(two - one), len(one - two))
        assert sum(difference.graphs.values(), Counts()) == difference.counts
        assert list(difference.graphs) == sorted(difference.graphs)
        assert difference.has_blank_nodes == any(
            isinstance(each.object, BlankNode) for each in one ^ two
        )
        graphs = [graph for graph, _, _ in difference.edits()]
        assert graphs == sorted(graphs)


def test_the_way_leads_by_what_two_versions_come_from(tmp_path: Path) -> None:
    versions = Versions(tmp_path)
    for text in "abc":
        publish(versions, quad(text))
    go_back(versions, 2)
    publish(versions, quad("d"))
    back = [Step(3, is_forward=False), Step(4, is_forward=True)]
    assert find_way(versions, 3, 4) == back
    assert find_way(versions, 1, 4) == [Step(n, is_forward=True) for n in (2, 4)]
    assert find_way(versions, 4, 1) == [Step(n, is_forward=False) for n in (4, 2)]
    assert find_way(versions, 2, 2) == []


def test_graphs_can_be_left_out(tmp_path: Path) -> None:
    versions = Versions(tmp_path / "data")
    publish(versions, quad("a"))
    publish(versions, quad("b"), quad("c", FOREIGN))
    difference = compare(versions, 1, 2, tmp_path)
    assert difference.graphs == {FOREIGN.value: Counts(1), SOURCE.value: Counts(1)}
    left = difference.things(without={SOURCE.value})
    assert [graph for graph, _ in left] == [FOREIGN.value]


def test_an_unknown_version_is_refused(tmp_path: Path) -> None:
    versions = Versions(tmp_path / "data")
    publish(versions, quad("a"))
    for numbers in ((1, 2), (2, 1), (0, 1)):
        with pytest.raises(UnknownVersionError, match="published: 1"):
            compare(versions, *numbers, tmp_path)
