"""Differences for programs: applied to the one version, each makes the other."""

import random
from pathlib import Path

import pyoxigraph
import pytest
from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    RdfFormat,
    parse,
)

from ssc_kg.dataset import patches
from ssc_kg.dataset.difference import Difference, compare
from ssc_kg.dataset.patches import write_changes, write_patch, write_update
from ssc_kg.errors import UnwritableError
from ssc_kg.formats.table import N_QUADS, TRIG, Format
from ssc_kg.rdf.vocab import DCTERMS, SD, VOID
from ssc_kg.store.versions import Versions
from ssc_kg.urls import Urls
from tests.datasets import BASE, FOREIGN, SOURCE, publish, quad, quads_of

URLS = Urls(BASE)
TEXTS = (
    'a "quote" and \\ and \\u0041 and ^^',
    "\n\r\t\x00\x01\x08\x0c\x7f",
    "}} ; DROP ALL # <x>",
    "\u2028\ufeff\U0001f600",
    "",
)
TERMS: tuple[NamedNode | Literal, ...] = (
    NamedNode("http://example.org/şehir"),
    *(Literal(text) for text in TEXTS),
    *(Literal(text, language="en-GB") for text in TEXTS),
    Literal("01", datatype=NamedNode("http://example.org/number")),
)
POOL = [
    Quad(NamedNode(f"http://example.org/{n}"), NamedNode("http://example.org/p"), o, g)
    for n in range(4)
    for o in TERMS
    for g in (SOURCE, FOREIGN, NamedNode(f"{BASE}graph/şehir"))
]


@pytest.fixture(scope="module")
def versions(tmp_path_factory: pytest.TempPathFactory) -> Versions:
    versions = Versions(tmp_path_factory.mktemp("data"))
    drawn = random.Random(0)  # noqa: S311
    held: set[Quad] = set()
    for _ in range(4):
        chosen = drawn.sample(POOL, 40)
        added = [each for each in chosen if each not in held]
        publish(versions, *added, removed=[each for each in chosen if each in held])
        held = quads_of(versions)
    return versions


@pytest.fixture(params=[(1, 2), (1, 4), (4, 1), (3, 2), (2, 2)], ids=str)
def difference(
    request: pytest.FixtureRequest, versions: Versions, tmp_path: Path
) -> Difference:
    before, after = request.param
    return compare(versions, before, after, tmp_path)


def ends(versions: Versions, found: Difference) -> tuple[set[Quad], set[Quad]]:
    numbers = found.before.number, found.after.number
    before, after = (quads_of(versions, number) for number in numbers)
    return before, after


@pytest.mark.parametrize("batch", [1, 7, 5_000])
def test_an_update_makes_the_one_version_of_the_other(
    versions: Versions,
    difference: Difference,
    monkeypatch: pytest.MonkeyPatch,
    batch: int,
) -> None:
    monkeypatch.setattr(patches, "_BATCH", batch)
    before, after = ends(versions, difference)
    store = pyoxigraph.Store()
    store.extend(before)
    store.update(b"".join(write_update(difference)).decode())
    assert set(store) == after


def test_a_patch_makes_the_one_version_of_the_other(
    versions: Versions, difference: Difference
) -> None:
    before, after = ends(versions, difference)
    lines = b"".join(write_patch(difference, URLS)).splitlines(keepends=True)
    assert [line.split()[0] for line in lines[:3]] == [b"H", b"H", b"TX"]
    assert lines[-1] == b"TC .\n"
    rows = lines[3:-1]
    assert {row[:2] for row in rows} <= {b"A ", b"D "}
    removed, added = (
        set(
            parse(
                b"".join(row[2:] for row in rows if row[:1] == sign), RdfFormat.N_QUADS
            )
        )
        for sign in (b"D", b"A")
    )
    assert removed <= before
    assert before.isdisjoint(added)
    assert (before - removed) | added == after


@pytest.mark.parametrize("format_", [TRIG, N_QUADS], ids=lambda format_: format_.name)
def test_changes_are_graphs_that_say_what_they_are(
    versions: Versions, difference: Difference, format_: Format
) -> None:
    before, after = ends(versions, difference)
    text = b"".join(write_changes(difference, format_, URLS))
    quads = set(parse(text, format=format_.rdf))
    told = {each for each in quads if each.graph_name == DefaultGraph()}
    graphs = {q.subject: q.object for q in told if q.predicate == SD.name}
    numbers = {q.subject: q.object for q in told if q.predicate == VOID.triples}
    whole = URLS.difference(difference.before.number, difference.after.number)
    parts = {
        q.object for q in told if (q.subject, q.predicate) == (whole, DCTERMS.hasPart)
    }
    named = {q.graph_name for q in quads - told}
    assert named == set(graphs) == set(numbers) == parts
    found: dict[str, set[Quad]] = {"added": set(), "removed": set()}
    for part, graph in graphs.items():
        assert isinstance(graph, NamedNode)
        assert isinstance(part, NamedNode)
        inside = [q for q in quads if q.graph_name == part]
        assert numbers[part] == Literal(len(inside))
        kind = part.value.removeprefix(f"{whole.value}#").partition("/")[0]
        found[kind] |= {Quad(q.subject, q.predicate, q.object, graph) for q in inside}
    assert found == {"added": after - before, "removed": before - after}


def says(text: str) -> Quad:
    return Quad(NamedNode("http://e.org/a"), DCTERMS.title, Literal(text), SOURCE)


def blank(text: str) -> Quad:
    return Quad(BlankNode(text), DCTERMS.title, Literal("_: a"), SOURCE)


def test_blank_nodes_are_named_by_patches_and_refused_in_updates(
    tmp_path: Path,
) -> None:
    versions = Versions(tmp_path / "data")
    publish(versions, blank("b0"), says(" _:b0 "))
    publish(versions, blank("b1"), removed=[blank("b0")])
    found = compare(versions, 1, 2, tmp_path)
    with pytest.raises(UnwritableError, match="ask for rdf-patch or nquads"):
        write_update(found)
    lines = b"".join(write_patch(found, URLS)).decode().splitlines()[3:-1]
    ends = f'<{DCTERMS.title.value}> "_: a" {SOURCE} .'
    assert lines == [f"D _:b0 {ends}", f"A _:b1 {ends}"]
    publish(versions, says("b _:c"), says("_:d"))
    assert not compare(versions, 2, 3, tmp_path).has_blank_nodes


def test_little_is_in_memory_at_once(tmp_path: Path) -> None:
    versions = Versions(tmp_path / "data")
    publish(versions, quad("a"))
    publish(versions, *(quad(f"{n}" * 50) for n in range(500)))
    found = compare(versions, 1, 2, tmp_path)
    chunks = write_update(found)
    assert len(next(chunks)) < 100
    assert found.counts.added == 500
