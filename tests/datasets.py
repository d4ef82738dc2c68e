"""Small datasets, the files they come from, and the directories they are kept in."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import pyoxigraph
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from ssc_kg.dataset.sources import Source
from ssc_kg.mapping.orders import SortKey
from ssc_kg.mapping.texts import TextField
from ssc_kg.store.draft import Change, drafting
from ssc_kg.store.versions import VersionRecord, Versions

BASE = "https://w3id.org/ssc-kg/"
LOCAL = NamedNode(f"{BASE}graph/local")
SOURCE = NamedNode(f"{BASE}graph/source/example")
FOREIGN = NamedNode("http://example.org/graph")
CATALOGUE = NamedNode(f"{BASE}graph/catalogue")


def quad(text: str, graph: NamedNode | DefaultGraph = SOURCE) -> Quad:
    """Return a quad that says `text` of the thing of that name."""
    subject = NamedNode(f"http://example.org/{text}")
    return Quad(subject, NamedNode("http://example.org/says"), Literal(text), graph)


def write(directory: Path, name: str, text: str) -> Source:
    """Write a file into a directory and return it as a source."""
    path = directory / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return Source(path)


def publish(
    versions: Versions,
    *added: Quad,
    removed: Iterable[Quad] = (),
    texts: Sequence[TextField] | None = None,
    sort_keys: Sequence[SortKey] | None = None,
) -> VersionRecord:
    """Publish a version that differs from the current one by these quads.

    It has an index of `texts`, and lists by `sort_keys`, if they are given.
    """
    with drafting(versions, wait=10) as draft:
        change = Change(added, tuple(removed))
        draft.store.extend(change.added)
        for gone in change.removed:
            draft.store.remove(gone)
        if texts is not None:
            draft.index(change, texts)
        if sort_keys is not None:
            draft.sort(change, sort_keys)
        return draft.publish(change, author="tests", message="a change")


def quads_of(versions: Versions, number: int | None = None) -> set[Quad]:
    """Return all quads of a version, or of the current one."""
    record = versions.current() if number is None else versions.get(number)
    assert record is not None
    return set(pyoxigraph.Store.read_only(str(versions.path(record.number))))
