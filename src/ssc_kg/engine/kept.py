"""What the lists that a version keeps tell of pages.

Those of whole collections are looked up; of those below a thing it may be known that
they leave out nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from pyoxigraph import NamedNode

from ssc_kg.compiler.conditions import ALWAYS
from ssc_kg.compiler.matches import Match
from ssc_kg.compiler.ordering import Key, KeyValue, Position, sort_places
from ssc_kg.compiler.plan import Along, Everything, Fetch, Page, Several
from ssc_kg.compiler.preferences import prefer
from ssc_kg.compiler.restrict import classes_of
from ssc_kg.mapping.model import ValueField
from ssc_kg.store.protocol import SortedBy, SortedLists, Span, Stop


@dataclass(frozen=True, slots=True)
class KeptPage:
    """The page of a fetch, and how many nodes there are on all pages."""

    places: dict[str, tuple[KeyValue, ...]]
    """What the nodes are ordered by, by their IRIs."""
    size: int
    name: str
    """Which list it is a page of, or which words were searched for."""
    matches: Mapping[str, Match] = field(default_factory=dict)
    """By which texts a search found the nodes, by their IRIs, if that is shown."""


def read_page(fetch: Fetch, lists: SortedLists | None) -> KeptPage | None:
    """Return the page of a fetch, or None if no list is kept in its order.

    Raises:
        StoreError: The lists cannot be read.
    """
    is_whole = isinstance(fetch.source, Everything) and fetch.condition == ALWAYS
    if lists is None or not is_whole:
        return None
    is_count = fetch.aggregate is not None and fetch.aggregate.is_count
    page = Page(0) if is_count else fetch.page
    classes = classes_of(fetch.types)
    if page is None or (order := _order(page.keys, classes, lists)) is None:
        return None
    size = lists.size(classes) if fetch.has_count or is_count else 0
    by = ", ".join(map(str, page.keys)) or "id ASC"
    name = f"{', '.join(type_.name for type_ in fetch.types)} by {by}"
    if not fetch.has_nodes:
        return KeptPage({}, size, name)
    span = Span(page.limit, _stop(page.after), _stop(page.before), page.is_last)
    found: dict[str, tuple[KeyValue, ...]] = {
        iri: (value,) if page.keys else ()
        for iri, value in lists.span(classes, order, span).items()
    }
    return KeptPage(_cut(found, page), size, name)


def reading(fetch: Fetch, page: KeptPage | None) -> Fetch:
    """Return what is left to be asked for a fetch whose page is known."""
    if page is None:
        return fetch
    iris = tuple(map(NamedNode, page.places))
    return replace(
        fetch,
        source=Several(iris),
        page=None,
        condition=ALWAYS,
        has_nodes=fetch.has_nodes and bool(iris),
        has_count=False,
        aggregate=None,
    )


def has_room(
    fetch: Fetch, parents: Sequence[NamedNode], lists: SortedLists | None
) -> bool:
    """Return whether the page of a fetch is known to leave out nothing of any parent.

    Raises:
        StoreError: The lists cannot be read.
    """
    if lists is None or fetch.page is None or not fetch.has_nodes:
        return False
    match fetch.source:
        case Along(link):
            return lists.has_room(fetch.page.limit, link, parents)
        case _:
            return False


def _order(
    keys: tuple[Key, ...], classes: Sequence[NamedNode], lists: SortedLists
) -> SortedBy | None:
    match keys:
        case ():
            return SortedBy()
        case (Key((), ValueField() as field, direction, languages),) if lists.knows(
            field.property, field.scalar
        ):
            # They are sorted by what is shown to whom all languages are alike.
            tags = lists.languages(classes, field.property) if languages else ()
            if not prefer(languages).is_idle(tags, required=field.required):
                return None
            return SortedBy(field.property, direction.descends, direction.nulls_first)
        case _:
            return None


def _stop(position: Position | None) -> Stop | None:
    if position is None:
        return None
    return position.values[0] if position.values else None, position.iri


def _cut(
    found: dict[str, tuple[KeyValue, ...]], page: Page
) -> dict[str, tuple[KeyValue, ...]]:
    """Take from several lists as many as from one."""
    if len(found) <= page.limit:
        return found
    places = sort_places(found, page.keys)
    shown = places[-page.limit :] if page.is_last else places[: page.limit]
    return {place.iri: place.values for place in shown}
