"""How much a level takes, as far as that is known before it is run.

An engine cannot be stopped in the middle of a query. So a query that may take longer
than a moment is run apart (`Store.select_apart`), and which ones may is told by the
sizes that are kept with a version: how many things there are of a class, and to how
many a link leads. The unit is a pattern that is matched for one node, some 3 to 15
microseconds; a bound is meant, not a forecast.
"""

from collections.abc import Sequence
from math import inf

from ssc_kg.compiler.conditions import (
    Always,
    Condition,
    HasIri,
    HasLink,
    HasValue,
    parts_of,
)
from ssc_kg.compiler.emit import Branch
from ssc_kg.compiler.plan import Along, Everything, Fetch, Several
from ssc_kg.compiler.restrict import classes_of
from ssc_kg.store.protocol import SortedLists

MOMENT = 30_000
"""The most patterns that are matched at once: some tenths of a second."""
_FAN = 10
"""The links of a node, where a condition follows them."""


def takes_long(branches: Sequence[Branch], lists: SortedLists | None) -> bool:
    """Return whether a level may take longer than a moment.

    Raises:
        StoreError: The lists cannot be read.
    """
    return sum(_work(branch, lists) for branch in branches) > MOMENT


def _work(branch: Branch, lists: SortedLists | None) -> float:
    fetch = branch.fetch
    nodes = _nodes(branch, lists)
    if nodes is None:
        return inf
    each, shown = 1 + _tests(fetch.condition), nodes
    if fetch.page is not None:
        each += len(fetch.page.keys)
        shown = min(nodes, fetch.page.limit * max(1, len(branch.parents)))
    if fetch.aggregate is not None:
        each += len(fetch.aggregate.keys) + len(fetch.aggregate.measures)
    return nodes * each + shown * len(fetch.values)


def _nodes(branch: Branch, lists: SortedLists | None) -> int | None:
    """Return at most how many nodes a fetch meets, before its condition.

    None if that is not known.
    """
    fetch = branch.fetch
    match fetch.source:
        case Several(iris):
            return len(iris)
        case Everything():
            return None if lists is None else lists.size(classes_of(fetch.types))
        case Along(link):
            known = None if lists is None else lists.reach(link, branch.parents)
            return _all(fetch, branch, lists) if known is None else known
        case _:
            return 1 + len(branch.links) * _FAN


def _all(fetch: Fetch, branch: Branch, lists: SortedLists | None) -> int | None:
    """Return how many nodes there are, for each parent."""
    if lists is None:
        return None
    return lists.size(classes_of(fetch.types)) * len(branch.parents)


def _tests(condition: Condition) -> int:
    """Return how many patterns a condition matches for a node."""
    inner = sum(map(_tests, parts_of(condition)))
    match condition:
        case Always() | HasIri():
            return 0
        case HasValue(tests=tests):
            return 1 + len(tests)
        case HasLink():
            return _FAN * (1 + inner)
        case _:
            return inner
