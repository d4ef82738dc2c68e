"""What the rest of the program asks of a full-text index, and what it finds."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeAlias

from pyoxigraph import NamedNode

from ssc_kg.mapping.texts import TextField

Range: TypeAlias = tuple[int, int]
"""Start and end in code points, the end not included."""


@dataclass(frozen=True, slots=True)
class Rank:
    """The place of a node among all that a search finds."""

    is_exact: bool
    """Whether a name of it is what was searched for."""
    score: float
    """The higher the better; to be compared within one search of one version."""
    iri: str

    @property
    def key(self) -> tuple[bool, float, str]:
        """What ranks are ordered by, the best first."""
        return not self.is_exact, -self.score, self.iri


@dataclass(frozen=True, slots=True)
class Found:
    """A node and its rank, before its text is read."""

    rank: Rank
    texts: tuple[int, ...]
    """The texts that give it this rank, by their numbers in the index."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A node that a search finds, and its best text."""

    iri: NamedNode
    rank: Rank
    declared: TextField
    """The field that the text is in."""
    language: str | None
    text: str
    snippet: str
    """Plain text: the whole text, or the part of it that shows the matches."""
    ranges: tuple[Range, ...]
    """Where the matches are in the snippet, in code points."""

    @property
    def field(self) -> str:
        """The kind of the field, such as label."""
        return self.declared.kind

    @property
    def score(self) -> float:
        """How good the text is; an exact name comes before a better score."""
        return self.rank.score


class TextIndex(Protocol):
    """The texts of one version, by their words."""

    def words(self, text: str) -> Sequence[str]:
        """Return the words that a text asks for.

        Raises:
            SearchTextError: The text has no word, or is too long.
        """
        ...

    def rank(
        self, text: str, *, types: Collection[NamedNode] | None = None
    ) -> Sequence[Found]:
        """Return every node that a search finds, the best first, without its text.

        Raises:
            SearchTextError: The text has no word, or is too long.
            StoreError: The index cannot be read.
        """
        ...

    def show(self, text: str, found: Iterable[Found]) -> Sequence[Hit]:
        """Return the hits of what `rank` found for the same text.

        Raises:
            StoreError: The index cannot be read.
        """
        ...
