"""What is asked of the groups of a list: what to read, and how the answer looks."""

from dataclasses import dataclass
from typing import TypeAlias

from graphql import FieldNode

from ssc_kg.compiler.aggregates.having import Having
from ssc_kg.compiler.aggregates.measures import Measure, Measured, Quantity
from ssc_kg.compiler.ordering import Key
from ssc_kg.rdf.languages import Languages


@dataclass(frozen=True, slots=True)
class Aggregate:
    """What to read of the groups of a list."""

    keys: tuple[Key, ...]
    """What the nodes are grouped by; none if all are one group."""
    measures: tuple[Measure, ...]
    """What the columns after the number of nodes hold."""
    languages: Languages = ()
    """Those that are liked, by which one of the texts of a field is chosen."""

    @property
    def is_count(self) -> bool:
        """Whether there is one group, of which only the nodes are counted."""
        return not self.keys and not self.measures


@dataclass(frozen=True, slots=True)
class Fixed:
    """A value that does not depend on the data: the name of a type."""

    key: str
    value: str


@dataclass(frozen=True, slots=True)
class KeyValue:
    """What a group has in common."""

    key: str
    number: int
    """Which of the keys."""


@dataclass(frozen=True, slots=True)
class KeyObject:
    """What a group has in common, behind a link or altogether."""

    key: str
    entries: tuple["KeyEntry", ...]


@dataclass(frozen=True, slots=True)
class NodeCount:
    """The number of nodes in a group."""

    key: str


@dataclass(frozen=True, slots=True)
class Measures:
    """What is measured of one field, each under a key."""

    key: str
    measured: Measured
    quantities: tuple[tuple[str, Quantity] | Fixed, ...]


KeyEntry: TypeAlias = KeyValue | KeyObject | Fixed
GroupEntry: TypeAlias = KeyObject | NodeCount | Measures | Fixed


@dataclass(frozen=True, slots=True)
class Groups:
    """The groups that a fetch found, per parent."""

    key: str
    types: frozenset[str]
    fetch: int
    aggregate: Aggregate
    having: Having | None
    entries: tuple[GroupEntry, ...]
    node: FieldNode
