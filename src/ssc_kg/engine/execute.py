"""Run a plan over a store: one query per level, each from the nodes above it."""

import time
from collections.abc import Sequence
from dataclasses import dataclass

from ssc_kg.compiler.collect import Answer, Answers, collect, parents_of
from ssc_kg.compiler.emit import Branch, columns_of, emit
from ssc_kg.compiler.plan import Fetch, Plan
from ssc_kg.compiler.shape import fetches_by_number
from ssc_kg.engine.trace import Level
from ssc_kg.errors import StoreError
from ssc_kg.sparql.render import render
from ssc_kg.store.protocol import Store


@dataclass(frozen=True, slots=True)
class Execution:
    """The answers to a plan, and how they were found."""

    fetches: dict[int, Fetch]
    answers: Answers
    levels: tuple[Level, ...]


def execute(plan: Plan, store: Store, levels: list[Level] | None = None) -> Execution:
    """Return what every fetch of `plan` finds in `store`.

    Each level is added to `levels` once it is answered, so that they tell how far it
    came if the store fails.

    Raises:
        StoreError: The store could not answer, or knows no LATERAL.
    """
    if not store.capabilities.lateral:
        msg = "the store cannot page per parent: it does not understand LATERAL"
        raise StoreError(msg)
    fetches = fetches_by_number(plan)
    answers = {number: Answer() for number in fetches}
    branches: Sequence[Branch] = [Branch(fetch) for fetch in plan.fetches]
    levels = [] if levels is None else levels
    while branches:
        levels.append(_run_level(branches, store, answers))
        branches = _next_level(branches, answers)
    return Execution(fetches, answers, tuple(levels))


def _run_level(branches: Sequence[Branch], store: Store, answers: Answers) -> Level:
    started = time.perf_counter()
    sparql = render(emit(branches))
    table = store.select_cells(sparql)
    collect(table.rows, columns_of(branches), branches, answers)
    return Level(sparql, len(table.rows), time.perf_counter() - started)


def _next_level(branches: Sequence[Branch], answers: Answers) -> list[Branch]:
    """Return the fetches that start from what `branches` found, if that is anything."""
    return [
        Branch(child, parents)
        for branch in branches
        for child in branch.fetch.fetches
        if (parents := parents_of(child, branch.fetch, answers[branch.fetch.number]))
    ]
