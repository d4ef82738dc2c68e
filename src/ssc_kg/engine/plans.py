"""The plans of one document, kept by what they depend on.

Most clients send the same document again and again: with the same variables, or with
another IRI to look up. A plan depends on such an IRI in one place, so it is kept
without it, and the IRI of the next request is put there.
"""

import threading
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

import orjson
from cachetools import LRUCache
from graphql import (
    DocumentNode,
    FieldNode,
    VariableNode,
    Visitor,
    VisitorAction,
    get_operation_ast,
    visit,
)

from ssc_kg.compiler.plan import Fetch, One, Plan, Refusal
from ssc_kg.compiler.shape import fetches_by_number
from ssc_kg.engine.direct import is_small
from ssc_kg.engine.lookups import Lookup, compile_lookup
from ssc_kg.engine.operation import Operation
from ssc_kg.errors import MalformedIriError
from ssc_kg.rdf.languages import Languages
from ssc_kg.rdf.terms import read_iri

MAXIMUM_PLANS = 32
"""How many plans of one document are kept: those that were used last."""
_SMALLEST = 64
"""The values and links that a plan counts for at least; each takes about 450 bytes."""
MAXIMUM_VARIABLES = 4_096
"""The most bytes of variables, as JSON, that a plan is kept by."""
_NO_VARIABLES = b"{}"
_Key: TypeAlias = tuple[str | None, bytes, Languages]


@dataclass(frozen=True, slots=True)
class _Kept:
    plan: Plan
    free: frozenset[str]
    """The variables whose values are put in place each time."""
    is_small: bool
    lookup: Lookup | None
    """What reads it at once, if it is no more than a look-up."""
    size: int


class Plans:
    """The plans of a document, for any number of threads."""

    def __init__(self, document: DocumentNode, lookups: Collection[str]) -> None:
        """Keep plans of `document`; `lookups` are the root fields that take an IRI."""
        self._document = document
        self._lookups = lookups
        self._free: dict[str | None, frozenset[str]] = {}
        # Of large ones fewer: clients choose how many documents there are, and how
        # many different variables.
        self._plans = LRUCache[_Key, _Kept](
            MAXIMUM_PLANS * _SMALLEST, lambda kept: kept.size
        )
        self._lock = threading.Lock()

    def find(self, operation: Operation) -> Plan | None:
        """Return the plan of an operation of the document, if it is kept."""
        kept = self._find(operation)
        if kept is None:
            return None
        variables = operation.variables
        return _fill(kept.plan, {each: str(variables[each]) for each in kept.free})

    def is_small(self, operation: Operation) -> bool:
        """Return whether a plan is kept that needs no query, if the store can do so."""
        kept = self._find(operation)
        return kept is not None and kept.is_small

    def lookup(self, operation: Operation) -> Lookup | None:
        """Return what answers an operation at once, if its plan is kept and simple."""
        kept = self._find(operation)
        return None if kept is None else kept.lookup

    def _find(self, operation: Operation) -> "_Kept | None":
        free = self._free.get(operation.name)
        if free is None or (key := _key(operation, free)) is None:
            return None
        with self._lock:
            return self._plans.get(key)

    def keep(self, operation: Operation, plan: Plan) -> None:
        """Keep the plan of an operation, unless it refuses an argument."""
        if any(isinstance(entry, Refusal) for entry in plan.template):
            return
        name = operation.name
        free = self._free.get(name)
        if free is None:
            free = _free_variables(self._document, name, self._lookups)
        key = _key(operation, free)
        if key is None:
            return
        kept = _Kept(plan, free, is_small(plan), compile_lookup(plan), _size(plan))
        if kept.size <= self._plans.maxsize:
            with self._lock:
                self._free[name] = free
                self._plans[key] = kept


def _size(plan: Plan) -> int:
    """Return how many values and links a plan has, or for how many it counts."""
    fetches = fetches_by_number(plan).values()
    # What else a fetch is takes about as much as four values.
    return max(_SMALLEST, sum(len(fetch.values) + 4 for fetch in fetches))


def _key(operation: Operation, free: frozenset[str]) -> _Key | None:
    """Return what a plan depends on, or None if it cannot be kept by that."""
    variables = operation.variables
    for each in free:
        if not isinstance(variables.get(each), str):
            return None
    if len(variables) == len(free):
        return operation.name, _NO_VARIABLES, operation.languages
    fixed = {each: value for each, value in variables.items() if each not in free}
    try:
        text = orjson.dumps(fixed, option=orjson.OPT_SORT_KEYS)
    except TypeError:
        return None  # Half a surrogate pair, or what is no JSON, of callers in Python.
    if len(text) > MAXIMUM_VARIABLES:
        return None
    return operation.name, text, operation.languages


def _fill(plan: Plan, iris: Mapping[str, str]) -> Plan | None:
    """Put the IRIs of this request in place; None if one of them is none."""
    if not iris:
        return plan
    try:
        fetches = tuple(_fill_one(fetch, iris) for fetch in plan.fetches)
    except MalformedIriError:
        return None
    return Plan(fetches, plan.template)


def _fill_one(fetch: Fetch, iris: Mapping[str, str]) -> Fetch:
    match fetch.source:
        case One(_, str() as variable) if variable in iris:
            return replace(fetch, source=One(read_iri(iris[variable]), variable))
        case _:
            return fetch


def _free_variables(
    document: DocumentNode, name: str | None, lookups: Collection[str]
) -> frozenset[str]:
    """Return the variables whose one use is to say what a root field looks up."""
    operation = get_operation_ast(document, name)
    if operation is None:
        return frozenset()
    uses = _Uses()
    visit(document, uses)
    return frozenset(
        variable
        for field in operation.selection_set.selections
        if isinstance(field, FieldNode) and field.name.value in lookups
        for variable in _iri_variables(field)
        if uses.number[variable] == 1
    )


def _iri_variables(field: FieldNode) -> Iterator[str]:
    for argument in field.arguments or ():
        if isinstance(argument.value, VariableNode):
            yield argument.value.name.value


class _Uses(Visitor):
    """Counts how often each variable is used."""

    def __init__(self) -> None:
        super().__init__()
        self.number = Counter[str]()

    def enter_variable_definition(self, *_: object) -> VisitorAction:
        """Leave out what declares a variable; its default holds no variable."""
        return self.SKIP

    def enter_variable(self, node: VariableNode, *_: object) -> None:
        """Count a use."""
        self.number[node.name.value] += 1
