"""Selections and plans as short, readable text, for golden files and documents."""

from collections.abc import Iterable, Iterator

from pyoxigraph import NamedNode

from ssc_kg.compiler.aggregates.plan import Aggregate
from ssc_kg.compiler.plan import (
    About,
    AboutPaths,
    Along,
    Everything,
    Fetch,
    Holding,
    Matching,
    One,
    OnPaths,
    Plan,
    Several,
)
from ssc_kg.compiler.selection import Selection
from ssc_kg.mapping.model import LinkField
from ssc_kg.rdf.namespaces import PREFIXES

_INDENT = "  "


def outline_selections(selections: Iterable[Selection], depth: int = 0) -> str:
    return "".join(_selection(selection, depth) for selection in selections)


def outline_plan(plan: Plan) -> str:
    return "".join(f"{line}\n" for line in _fetches(plan.fetches, 0))


def _selection(selection: Selection, depth: int) -> str:
    given = {k: v for k, v in selection.arguments.items() if v is not None}
    arguments = ", ".join(f"{name}: {value}" for name, value in sorted(given.items()))
    name = f"{selection.name}({arguments})" if arguments else selection.name
    key = "" if selection.key == selection.name else f"{selection.key} = "
    types = "|".join(sorted(selection.types)) if len(selection.types) < 4 else "any"
    line = f"{_INDENT * depth}{key}{name} of {types}\n"
    return line + outline_selections(selection.children, depth + 1)


def _fetches(fetches: Iterable[Fetch], depth: int) -> Iterator[str]:
    for fetch in fetches:
        yield f"{_INDENT * depth}{_head(fetch)}"
        for number, field in enumerate(fetch.values):
            rows = ", a row each" if field.many or field.language_tagged else ""
            path = _short(field.property)
            yield f"{_INDENT * (depth + 1)}?v{number} = {path}{rows}"
        yield from _fetches(fetch.fetches, depth + 1)


def _head(fetch: Fetch) -> str:
    types = [type_.name for type_ in fetch.types]
    shown = "|".join(types) if len(types) < 4 else f"{len(types)} types"
    parts = [f"fetch {fetch.number}: {_source(fetch)} to {shown}"]
    if fetch.page is not None and fetch.has_nodes:
        parts.append(f"at most {fetch.page.limit}")
    if fetch.page is not None and fetch.page.after is not None:
        parts.append(f"after {fetch.page.after.iri}")
    if fetch.has_count:
        parts.append("counted" if fetch.has_nodes else "only counted")
    if fetch.aggregate is not None:
        parts.append(_aggregate(fetch.aggregate))
    return ", ".join(parts)


def _aggregate(aggregate: Aggregate) -> str:
    keys = ", ".join(map(str, aggregate.keys))
    measures = (
        f"{each.quantity.value} of {each.measured.field.name}"
        for each in aggregate.measures
    )
    grouped = f"grouped by {keys}" if keys else "one group"
    return ", ".join([grouped, "counted", *measures])


def _source(fetch: Fetch) -> str:
    match fetch.source:
        case Everything():
            return "from everything"
        case One(iri=iri):
            return f"from {iri}"
        case Several(iris):
            return f"from {len(iris)} nodes"
        case OnPaths(end=end):
            return f"from the nodes {end.value} which hops lead"
        case AboutPaths():
            return "about hops"
        case About(link):
            return f"about {_link(link) if link else 'no link'}"
        case Holding():
            return "from what has the texts"
        case Matching(text):
            return f"from a search for {text!r}"
        case Along(link, _, depth):
            steps = "|".join(map(_short, link.closure))
            if not link.closure:
                return f"along {_link(link)}"
            often = f"{{1,{depth or ''}}}"
            return f"along {'^' if link.inverse else ''}{steps}{often}"


def _link(link: LinkField) -> str:
    return f"{'^' if link.inverse else ''}{_short(link.property)}"


def _short(iri: NamedNode) -> str:
    for prefix, namespace in PREFIXES.items():
        if iri.value.startswith(namespace):
            return f"{prefix}:{iri.value.removeprefix(namespace)}"
    return str(iri)
