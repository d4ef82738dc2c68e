"""The default graph of a version: the merge of its merged graphs, kept by difference.

A triple is in the merge once, however many merged graphs hold it, and leaves it when
the last of them lets go of it.
"""

from collections.abc import Collection, Iterable, Iterator

import pyoxigraph
from pyoxigraph import DefaultGraph, NamedNode, Quad

from ssc_kg.dataset.graphs import Catalogue
from ssc_kg.store.draft import BULK, Change


def replace_graph(
    store: pyoxigraph.Store, graph: NamedNode, quads: Collection[Quad]
) -> Change:
    """Make `quads`, all of them of `graph`, its only ones; write the difference."""
    added = tuple(quad for quad in quads if quad not in store)
    old = store.quads_for_pattern(None, None, None, graph)
    removed = tuple(quad for quad in old if quad not in quads)
    change = _apply(store, Change(added, removed))
    if not quads:
        # Oxigraph goes on listing a graph that has become empty.
        store.remove_graph(graph)
    return change


def update_merge(
    store: pyoxigraph.Store, change: Change, *, before: Catalogue, after: Catalogue
) -> Change:
    """Bring the default graph up to date with a `change` of named graphs.

    `before` and `after` say which graphs merged and which ones do now.
    """
    names = [name for name in store.named_graphs() if isinstance(name, NamedNode)]
    merged = {name for name in names if after.is_merged(name)}
    turned = [name for name in names if before.is_merged(name) != (name in merged)]
    joining = [*change.added, *_all(store, (name for name in turned if name in merged))]
    leaving = [*change.removed, *_all(store, (n for n in turned if n not in merged))]
    gained = {_in_merge(quad) for quad in joining if quad.graph_name in merged}
    lost = {_in_merge(quad) for quad in leaving} - gained
    added = tuple(quad for quad in gained if quad not in store)
    removed = tuple(
        quad for quad in lost if quad in store and not _is_held(store, quad, merged)
    )
    return _apply(store, Change(added, removed))


def _apply(store: pyoxigraph.Store, change: Change) -> Change:
    if len(change.added) < BULK:
        store.extend(change.added)
    else:
        store.bulk_extend(change.added)
    for quad in change.removed:
        store.remove(quad)
    return change


def _all(store: pyoxigraph.Store, graphs: Iterable[NamedNode]) -> Iterator[Quad]:
    for graph in graphs:
        yield from store.quads_for_pattern(None, None, None, graph)


def _in_merge(quad: Quad) -> Quad:
    return Quad(quad.subject, quad.predicate, quad.object, DefaultGraph())


def _is_held(
    store: pyoxigraph.Store, quad: Quad, graphs: Collection[NamedNode]
) -> bool:
    holders = store.quads_for_pattern(quad.subject, quad.predicate, quad.object, None)
    return any(holder.graph_name in graphs for holder in holders)
