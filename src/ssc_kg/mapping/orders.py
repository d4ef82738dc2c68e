"""Which properties a version keeps its things sorted by, as plain values."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import TypeAlias

from pyoxigraph import NamedNode

from ssc_kg.mapping.model import Scalar
from ssc_kg.rdf.cells import Term

SortValue: TypeAlias = str | float | None
"""What a thing is sorted by; None if the property shows nothing of it."""


@dataclass(frozen=True, slots=True)
class SortKey:
    """A property by which the things of every class are kept sorted."""

    property: NamedNode
    scalar: Scalar
    """As what its values are read: texts or numbers."""
    read: Callable[[Collection[Term]], SortValue]
    """Returns what a thing with these values, at least one, is sorted by."""
