"""What versions no longer tell of, along a chain of them."""

from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, NamedNode, Quad

from ssc_kg.store.snapshot import Snapshots
from ssc_kg.store.versions import Versions
from tests.datasets import publish, quad

A, B = quad("a", DefaultGraph()), quad("b", DefaultGraph())
LINK = Quad(B.subject, NamedNode("http://example.org/knows"), A.subject, DefaultGraph())


def names(*quads: Quad) -> frozenset[str]:
    return frozenset(str(each.subject).strip("<>") for each in quads)


@pytest.fixture
def versions(tmp_path: Path) -> Versions:
    return Versions(tmp_path / "data")


def withdrawn(versions: Versions, number: int) -> frozenset[str]:
    with Snapshots(versions) as snapshots:
        return snapshots.open(number).withdrawn


def test_a_thing_is_withdrawn_until_it_is_told_of_again(versions: Versions) -> None:
    publish(versions, A, B)
    publish(versions, removed=[A])
    publish(versions, quad("c", DefaultGraph()))
    publish(versions, A)
    found = [withdrawn(versions, number) for number in range(1, 5)]
    assert found == [frozenset(), names(A), names(A), frozenset()]


def test_a_thing_that_another_one_mentions_is_not_withdrawn(
    versions: Versions,
) -> None:
    publish(versions, A, B, LINK)
    publish(versions, removed=[A])
    assert withdrawn(versions, 2) == frozenset()
    publish(versions, removed=[LINK])
    assert withdrawn(versions, 3) == names(A)


def test_a_thing_of_which_less_is_told_is_not_withdrawn(versions: Versions) -> None:
    more = Quad(A.subject, A.predicate, B.object, DefaultGraph())
    publish(versions, A, more)
    publish(versions, removed=[more])
    assert withdrawn(versions, 2) == frozenset()


def test_an_iri_may_have_what_ends_a_line_elsewhere(versions: Versions) -> None:
    odd = quad("a\u2028b", DefaultGraph())
    publish(versions, odd, B)
    publish(versions, removed=[odd])
    assert withdrawn(versions, 2) == names(odd)


def test_a_version_of_an_older_release_withdraws_nothing(versions: Versions) -> None:
    publish(versions, A, B)
    publish(versions, removed=[A])
    versions.withdrawn_path(2).unlink()
    assert withdrawn(versions, 2) == frozenset()
    publish(versions, removed=[B])
    assert withdrawn(versions, 3) == names(B)
