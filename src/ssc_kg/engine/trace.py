"""How an operation was answered, told while it is: phases, queries, rows, seconds."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum


class Phase(StrEnum):
    """What is done for an operation, in this order."""

    READ = "read"
    """Parse, validate, and fill in the variables."""
    PLAN = "plan"
    """Resolve fragments and directives, and bind names to the ontology."""
    STORE = "store"
    """Ask the store, level by level."""
    SHAPE = "shape"
    """Make the answer of what was found."""


@dataclass(frozen=True, slots=True)
class Level:
    """What one level of an operation asked, and what that cost."""

    sparql: str
    """What the store was asked; nothing if a list was looked up."""
    rows: int
    seconds: float
    kept: str | None = None
    """Which sorted list was looked up, before the first level."""


@dataclass(slots=True)
class Trace:
    """What is known so far, which is all there is when an operation goes no further."""

    levels: list[Level] = field(default_factory=list)
    seconds: dict[Phase, float] = field(default_factory=dict)

    @contextmanager
    def phase(self, phase: Phase) -> Iterator[None]:
        """Measure a phase, also one that ends in an error."""
        started = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[phase] = time.perf_counter() - started
