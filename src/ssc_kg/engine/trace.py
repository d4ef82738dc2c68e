"""How an operation was answered, told while it is: phases, queries, rows, seconds."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum

from ssc_kg.compiler.emit import Branch, emit
from ssc_kg.sparql.render import render


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


class How(StrEnum):
    """By what a level was answered."""

    QUERY = "query"
    """A query of SPARQL."""
    PATTERNS = "patterns"
    """So few patterns that they were matched one by one."""
    LIST = "list"
    """A list that a version keeps sorted."""
    WORDS = "words"
    """The full-text index of a version."""


@dataclass(frozen=True, slots=True)
class Level:
    """What one level of an operation asked, and what that cost."""

    rows: int
    """How many rows or nodes were found."""
    seconds: float
    query: str = ""
    """The query of SPARQL, if one was run."""
    branches: tuple[Branch, ...] = ()
    """What was read pattern by pattern instead of by a query."""
    kept: str = ""
    """Which sorted list was looked up, before the first level."""
    words: str = ""
    """Which words were looked up in the full-text index, before the first level."""

    @property
    def how(self) -> How:
        """By what it was answered."""
        if self.kept:
            return How.LIST
        if self.words:
            return How.WORDS
        return How.PATTERNS if self.branches else How.QUERY

    @property
    def sparql(self) -> str:
        """The query, or that which asks what was read without one."""
        return render(emit(self.branches)) if self.branches else self.query

    @property
    def asked(self) -> str:
        """The list, the words, or the query."""
        return self.kept or self.words or self.sparql


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
