"""Stores that answer alike and can do less."""

from dataclasses import replace
from typing import Self

from ssc_kg.store.embedded import EmbeddedStore
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
