"""A store of somebody else as a version, so that all that reads versions reads it.

Workers open the directory of a version by themselves, so a store in memory has to be
copied to the disk. The copy has what every version has: record, index, sorted lists.
"""

import shutil
import tempfile
import weakref
from collections.abc import Iterable, Sequence
from pathlib import Path

import pyoxigraph
from pyoxigraph import Quad

from ssc_kg.mapping.orders import SortKey
from ssc_kg.mapping.texts import TextField
from ssc_kg.store.draft import BULK, Change, drafting
from ssc_kg.store.protocol import Store
from ssc_kg.store.snapshot import Snapshots
from ssc_kg.store.versions import Versions


def open_copy(
    store: pyoxigraph.Store | Store,
    *,
    texts: Sequence[TextField] = (),
    sort_keys: Sequence[SortKey] = (),
    memory_budget: int = 0,
) -> Snapshots:
    """Return snapshots whose one version holds what a store holds now.

    Its default graph is taken as it is, whether or not it is the merge of the others.
    The copy is in a temporary directory, which is removed when the snapshots are let
    go of; the other arguments are those of `Snapshots`.

    Raises:
        StoreError: The temporary directory cannot be written, or is too small.
    """
    directory = tempfile.mkdtemp(prefix="ssc-kg-")
    try:
        versions = Versions(Path(directory))
        _publish(_quads(store), versions, texts, sort_keys)
        snapshots = Snapshots(
            versions, texts=texts, sort_keys=sort_keys, memory_budget=memory_budget
        )
    except BaseException:
        shutil.rmtree(directory, ignore_errors=True)
        raise
    weakref.finalize(snapshots, shutil.rmtree, directory, ignore_errors=True)
    return snapshots


def _quads(store: pyoxigraph.Store | Store) -> Iterable[Quad]:
    if isinstance(store, pyoxigraph.Store):
        return store.quads_for_pattern(None, None, None, None)
    return store.match(None, None, None, None)


def _publish(
    quads: Iterable[Quad],
    versions: Versions,
    texts: Sequence[TextField],
    sort_keys: Sequence[SortKey],
) -> None:
    change = Change(added=tuple(quads))
    with drafting(versions) as draft:
        if len(change.added) >= BULK:
            draft.store.bulk_extend(change.added)
        else:
            draft.store.extend(change.added)
        draft.index(change, texts)
        draft.sort(change, sort_keys)
        draft.publish(change, author="", message="a copy of a store")
