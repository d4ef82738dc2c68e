"""Root fields that are refused although the plan has them: their errors come late."""

from collections.abc import Mapping

from ssc_kg.compiler.plan import Constant, Link, Plan, Refusal, RootEntry
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
    if isinstance(entry, Constant | Refusal) or entry.fetch not in errors:
        return entry
    # Of the root fields, only the look-up of one node may be null.
    is_required = not isinstance(entry, Link)
    return Refusal(entry.key, str(errors[entry.fetch]), is_required, entry.node)
