"""Stores that answer alike and can do less, or more."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Self

from ssc_kg.mapping.orders import SortKey
from ssc_kg.store.embedded import EmbeddedStore
from ssc_kg.store.order import make_index
from ssc_kg.store.order.index import OrderIndex
from ssc_kg.store.protocol import Capabilities


class ByQueries(EmbeddedStore):
    """A store whose patterns are matched by queries only, as those elsewhere are."""

    @property
    def capabilities(self) -> Capabilities:
        return replace(super().capabilities, matches_at_once=False)

    @classmethod
    def over(cls, store: EmbeddedStore) -> Self:
        kept = store._store  # noqa: SLF001  (of the class below it)
        return cls(kept, lists=store.lists, texts=store.texts)


def keeping(
    store: EmbeddedStore, path: Path, keys: Sequence[SortKey] = ()
) -> EmbeddedStore:
    """Return a store as that of a version on disk is, with its lists in a new file."""
    make_index(path, store, keys)
    lists = OrderIndex.open(path, keys)
    assert lists is not None
    kept = store._store  # noqa: SLF001  (of the class below it)
    return EmbeddedStore(kept, lists=lists, texts=store.texts, is_on_disk=True)
