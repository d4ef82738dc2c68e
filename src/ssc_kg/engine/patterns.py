"""The regular expressions of a plan, which only the engine of a store can check.

One that it cannot read, it takes for one that matches nothing; so it is asked about
each by itself, before anything else.
"""

from collections.abc import Iterator

from pyoxigraph import Literal, Variable

from ssc_kg.compiler.conditions import patterns_of
from ssc_kg.compiler.plan import Constant, Fetch, Link, Plan, Refusal, RootEntry
from ssc_kg.errors import ConditionError
from ssc_kg.sparql.algebra import Bind, Call, Function, Select
from ssc_kg.sparql.render import render
from ssc_kg.store.protocol import Store

_IS_KNOWN = Variable("known")


def refuse_patterns(plan: Plan, store: Store) -> Plan:
    """Return the plan with a refusal for each root field that has a wrong expression.

    Raises:
        StoreError: The store could not answer.
    """
    asked = {pattern for fetch in plan.fetches for pattern in _patterns(fetch)}
    wrong = {pattern for pattern in asked if not _is_known(pattern, store)}
    if not wrong:
        return plan
    refused = {
        fetch.number: pattern
        for fetch in plan.fetches
        for pattern in _patterns(fetch)
        if pattern in wrong
    }
    return Plan(
        tuple(fetch for fetch in plan.fetches if fetch.number not in refused),
        tuple(_refused(entry, refused) for entry in plan.template),
    )


def _patterns(fetch: Fetch) -> Iterator[str]:
    yield from patterns_of(fetch.condition)
    for each in fetch.fetches:
        yield from _patterns(each)


def _is_known(pattern: str, store: Store) -> bool:
    matches = Call(Function.REGEX, (Literal(""), Literal(pattern)))
    query = Select((_IS_KNOWN,), (Bind(matches, _IS_KNOWN),))
    [(is_known,)] = store.select(render(query)).rows
    return is_known is not None


def _refused(entry: RootEntry, patterns: dict[int, str]) -> RootEntry:
    if isinstance(entry, Constant | Refusal) or entry.fetch not in patterns:
        return entry
    expected = "a regular expression (XPath, fn:matches)"
    error = ConditionError("matches", patterns[entry.fetch], expected)
    # Of the root fields, only the look-up of one node may be null.
    is_required = not isinstance(entry, Link)
    return Refusal(entry.key, str(error), is_required, entry.node)
