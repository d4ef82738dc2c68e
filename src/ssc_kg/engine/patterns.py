"""The regular expressions of a plan, which only the engine of a store can check.

One that it cannot read, it takes for one that matches nothing; so it is asked about
each by itself, before anything else.
"""

from collections.abc import Iterator

from pyoxigraph import Literal, Variable

from ssc_kg.compiler.conditions import patterns_of
from ssc_kg.compiler.plan import Fetch, Plan
from ssc_kg.engine.refusals import refuse
from ssc_kg.errors import ConditionError
from ssc_kg.sparql.algebra import Bind, Call, Function, Select
from ssc_kg.sparql.render import render
from ssc_kg.store.protocol import Store

_IS_KNOWN = Variable("known")
_EXPECTED = "a regular expression (XPath, fn:matches)"


def refuse_patterns(plan: Plan, store: Store) -> Plan:
    """Return the plan with a refusal for each root field that has a wrong expression.

    Raises:
        StoreError: The store could not answer.
    """
    asked = {pattern for fetch in plan.fetches for pattern in _patterns(fetch)}
    wrong = {pattern for pattern in asked if not _is_known(pattern, store)}
    return refuse(
        plan,
        {
            fetch.number: ConditionError("matches", pattern, _EXPECTED)
            for fetch in plan.fetches
            for pattern in _patterns(fetch)
            if pattern in wrong
        },
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
