"""What came of the requests, counted as they end."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from enum import Enum


class Outcome(Enum):
    """What a request ended as."""

    RIGHT = "right"
    """The answer, byte for byte or row for row."""
    ENDED = "ended as it may"
    """Of a hostile request: refused, stopped, or answered where that does no harm."""
    BUSY = "busy"
    """The queue was full, and the reply says when to come again."""
    LIMIT = "own limit"
    """A normal request was stopped at its own limit of time."""
    WRONG = "wrong"
    """Another answer, or another end than a hostile request may have."""
    LOST = "lost"
    """No answer, half of one, or a failure that is not the request's own."""


@dataclass(frozen=True, slots=True)
class Ended:
    """A request that has ended."""

    kind: str
    """What it is counted with."""
    name: str
    outcome: Outcome
    label: str
    """How the reply began: `503 query-timed-out`."""
    seconds: float


@dataclass(slots=True)
class Record:
    """Counts and times by kind of request."""

    outcomes: dict[str, Counter[Outcome]] = field(
        default_factory=lambda: defaultdict(Counter)
    )
    labels: dict[str, Counter[str]] = field(
        default_factory=lambda: defaultdict(Counter)
    )
    """How the replies of each kind began."""
    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    """How long those took that ended right."""
    faults: list[str] = field(default_factory=list)
    """What was asked and what came, of the wrong and the lost ones."""

    def add(self, ended: Ended) -> None:
        """Count a request that has ended, and keep what went wrong or was lost."""
        self.outcomes[ended.kind][ended.outcome] += 1
        self.labels[ended.kind][ended.label] += 1
        if ended.outcome is Outcome.RIGHT:
            self.seconds[ended.kind].append(ended.seconds)
        if ended.outcome in (Outcome.WRONG, Outcome.LOST):
            fault = f"{ended.outcome.value}: {ended.kind}, {ended.name}: {ended.label}"
            self.faults.append(fault)

    def total(self, outcome: Outcome) -> int:
        """Return how many requests ended so."""
        return sum(counts[outcome] for counts in self.outcomes.values())
