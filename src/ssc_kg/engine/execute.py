"""Run a plan over a store: one query per level, each from the nodes above it."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ssc_kg.compiler.collect import (
    ROOT,
    Answer,
    Answers,
    collect,
    links_of,
    parents_of,
)
from ssc_kg.compiler.conditions import ALWAYS
from ssc_kg.compiler.emit import Branch, columns_of, emit
from ssc_kg.compiler.paths import PathsFound
from ssc_kg.compiler.plan import Fetch, Holding, Matching, Page, Paths, Plan, Several
from ssc_kg.compiler.restrict import classes_of
from ssc_kg.compiler.shape import fetches_by_number
from ssc_kg.engine.direct import read_directly
from ssc_kg.engine.kept import KeptPage, has_room, read_page, reading
from ssc_kg.engine.paths import PathFinder, branch_of
from ssc_kg.engine.searching import (
    FIRST_CANDIDATES,
    after_cursor,
    candidates,
    holding,
    index_of,
    places_of,
    read_matches,
)
from ssc_kg.engine.trace import Level
from ssc_kg.engine.work import takes_long
from ssc_kg.errors import StoreError
from ssc_kg.sparql.render import render
from ssc_kg.store.protocol import CellTable, Store
from ssc_kg.store.text_index import Found


@dataclass(frozen=True, slots=True)
class Execution:
    """The answers to a plan, and how they were found."""

    fetches: dict[int, Fetch]
    answers: Answers
    levels: tuple[Level, ...]
    paths: Mapping[int, PathsFound]
    """What each search for paths found, by its number; none if an end is no node."""


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
    run = _Run(store, answers, [] if levels is None else levels)
    branches = run.roots(plan)
    while branches:
        branches = run.next_level(branches)
    return Execution(fetches, run.answers, tuple(run.levels), run.paths)


@dataclass(slots=True)
class _Run:
    """The levels of one plan, from the roots down."""

    store: Store
    answers: dict[int, Answer]
    levels: list[Level]
    paths: dict[int, PathsFound] = field(default_factory=dict)

    def roots(self, plan: Plan) -> list[Branch]:
        """Run the first level; of a page that is kept sorted, only read the nodes."""
        self._find_paths(plan)
        pages = {each.number: self._look_up(each) for each in plan.fetches}
        branches = [
            branch_of(reading(each, pages[each.number]), self.paths)
            for each in plan.fetches
        ]
        self._ask(branches, self.answers)
        for number, page in pages.items():
            if page is not None:
                self.answers[number].place(page.places, page.size)
                self.answers[number].matches = page.matches
        return branches

    def _find_paths(self, plan: Plan) -> None:
        finder = PathFinder(self.store, self.levels)
        for entry in plan.template:
            if isinstance(entry, Paths):
                found = finder.find(entry.search)
                if found is not None:
                    self.paths[entry.search.number] = found

    def _look_up(self, fetch: Fetch) -> KeptPage | None:
        """Return the page of a fetch if it is known without the graph."""
        if isinstance(fetch.source, Matching) and fetch.page is not None:
            return self._search(fetch, fetch.page, fetch.source)
        started = time.perf_counter()
        page = read_page(fetch, self.store.lists)
        if page is not None:
            seconds = time.perf_counter() - started
            self.levels.append(Level(len(page.places), seconds, kept=page.name))
        return page

    def _search(self, fetch: Fetch, page: Page, source: Matching) -> KeptPage:
        index, text = index_of(self.store), source.text
        words = " ".join(index.words(text))
        started = time.perf_counter()
        found = index.rank(text, types=classes_of(fetch.types))
        seconds = time.perf_counter() - started
        self.levels.append(Level(len(found), seconds, words=words))
        shown, size = self._choose(fetch, page, found)
        matches = read_matches(source, shown, self.store) if source.has_matches else {}
        return KeptPage(places_of(shown), size, words, matches)

    def _choose(
        self, fetch: Fetch, page: Page, found: Sequence[Found]
    ) -> tuple[Sequence[Found], int]:
        """Return what stands on a page, and how many there are if that is asked."""
        rest, limit = after_cursor(page, found), page.limit if fetch.has_nodes else 0
        if fetch.condition == ALWAYS:
            return rest[:limit], len(found)
        if fetch.has_count:
            kept = {*self._keep(fetch, found)}
            return [one for one in rest if one in kept][:limit], len(kept)
        shown = self._keep(fetch, rest[:FIRST_CANDIDATES])
        if len(shown) < limit:
            shown = [*shown, *self._keep(fetch, rest[FIRST_CANDIDATES:])]
        return shown[:limit], 0

    def _keep(self, fetch: Fetch, found: Sequence[Found]) -> Sequence[Found]:
        """Return what satisfies the condition of a fetch."""
        if not found:
            return found
        asked = candidates(fetch, found)
        answers = {asked.number: Answer()}
        self._ask([Branch(asked)], answers)
        kept = answers[asked.number].pages.get(ROOT, {})
        return [one for one in found if one.rank.iri in kept]

    def next_level(self, branches: Sequence[Branch]) -> list[Branch]:
        """Run the fetches that start from what `branches` found, if anything."""
        following = [
            self._start(child, branch.fetch)
            for branch in branches
            for child in branch.fetch.fetches
        ]
        found = [branch for branch in following if _is_started(branch)]
        self._ask(found, self.answers)
        return found

    def _start(self, fetch: Fetch, owner: Fetch) -> Branch:
        """Return a fetch and what it starts from, of what `owner` found."""
        answer = self.answers[owner.number]
        if isinstance(fetch.source, Holding):
            return Branch(holding(fetch, answer.matches))
        parents, links = parents_of(fetch, owner, answer), links_of(fetch, answer)
        is_roomy = has_room(fetch, parents, self.store.lists)
        return Branch(fetch, parents, links, has_room=is_roomy)

    def _ask(self, level: Sequence[Branch], answers: dict[int, Answer]) -> None:
        branches = [branch for branch in level if branch.fetch.is_read]
        if not branches:
            return
        started = time.perf_counter()
        found = read_directly(branches, self.store, answers)
        if found is not None:
            seconds = time.perf_counter() - started
            self.levels.append(Level(found, seconds, branches=tuple(branches)))
            return
        sparql, table = self._select(branches)
        collect(table.rows, columns_of(branches), branches, answers)
        seconds = time.perf_counter() - started
        self.levels.append(Level(len(table.rows), seconds, sparql))

    def _select(self, branches: Sequence[Branch]) -> tuple[str, CellTable]:
        """Return the query of a level and its rows."""
        store, is_long = self.store, takes_long(branches, self.store.lists)
        sparql = render(emit(branches, on_disk=store.capabilities.is_on_disk))
        select = store.select_apart if is_long else store.select_cells
        return sparql, select(sparql)


def _is_started(branch: Branch) -> bool:
    """Return whether there is anything that a fetch of a lower level starts from."""
    match branch.fetch.source:
        case Several(iris):
            return bool(iris)
        case _:
            return not branch.is_root
