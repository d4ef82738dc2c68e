"""Root fields that are refused although the plan has them: their errors come late."""

from collections.abc import Mapping

from ssc_kg.compiler.plan import Constant, Link, Paths, Plan, Refusal, RootEntry
from ssc_kg.errors import KnowledgeGraphError


def refuse(plan: Plan, errors: Mapping[int, KnowledgeGraphError]) -> Plan:
    """Return the plan with a refusal for each root field whose fetch has an error."""
    if not errors:
        return plan
    return Plan(
        tuple(fetch for fetch in plan.fetches if fetch.number not in errors),
        tuple(_refused(entry, errors) for entry in plan.template),
    )


def _refused(entry: RootEntry, errors: Mapping[int, KnowledgeGraphError]) -> RootEntry:
    if isinstance(entry, Constant | Refusal):
        return entry
    numbers = entry.fetches() if isinstance(entry, Paths) else [entry.fetch]
    error = next((errors[number] for number in numbers if number in errors), None)
    if error is None:
        return entry
    # Of the root fields, the look-up of one node and that of paths may be null.
    is_required = not isinstance(entry, Link | Paths)
    return Refusal(entry.key, str(error), is_required, entry.node)
