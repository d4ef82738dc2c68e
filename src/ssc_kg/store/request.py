"""What is asked of a query worker, and what it says about its answer."""

from collections.abc import Sequence
from dataclasses import dataclass

from ssc_kg.sparql.scan import Form, Scan
from ssc_kg.store.evaluation import Dataset


@dataclass(frozen=True, slots=True)
class Window:
    """A page of the rows that a query has."""

    offset: int
    """How many rows come before it."""
    limit: int
    """The most rows on it."""


@dataclass(frozen=True, slots=True)
class Options:
    """What one request wants otherwise than the pool does by itself."""

    seconds: float | None = None
    """A time limit; the pool's own holds if it is lower."""
    rows: int | None = None
    """A row cap; the pool's own holds if it is lower. A graph with more triples is
    refused, a table is cut where its format can say so, and breaks off elsewhere."""
    window: Window | None = None
    """A page instead of all rows; a graph has none. Whether more follow is known
    before it begins."""
    labels: str | None = None
    """The languages (as in Accept-Language) in which labels stand beside IRIs."""


NO_OPTIONS = Options()
"""As the pool does by itself."""


@dataclass(frozen=True, slots=True)
class Request:
    """One query to be answered."""

    version: str
    """The directory of the version it is about."""
    scan: Scan
    format_name: str
    dataset: Dataset | None = None
    options: Options = NO_OPTIONS


@dataclass(frozen=True, slots=True)
class End:
    """How an answer ended."""

    rows: int | None
    """How many rows it has; None if the engine wrote them uncounted, or a graph."""
    is_cut: bool
    """Whether there are more rows: beyond the row cap, or after the page."""


@dataclass(frozen=True, slots=True)
class Head:
    """What is known of an answer before its first byte."""

    form: Form
    columns: Sequence[str]
    """The columns of a table, in the order of the query, with those of labels."""
    is_volatile: bool
    """Whether the query answers differently each time."""
    maximum: int | None
    """The row cap, if the text of the query does not rule out that it applies."""
    end: End | None
    """How it will end: known of a page, and of an answer that fits into one frame."""
