"""Pages of what a search finds, from the full-text index that a version is kept with.

The index ranks all that has the words, the graph keeps what satisfies the condition,
and the page is cut from that; so filters come before pages, and a count is exact. Where
nothing is counted, the graph is asked about the best ones first.

A page begins after the node of its cursor, wherever that stands now: the scores of a
new version may all be a little different. If the search finds that node no longer, the
page begins after the rank that it had.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from pyoxigraph import Literal, NamedNode

from ssc_kg.compiler.matches import Holder, Match
from ssc_kg.compiler.ordering import KeyValue, Position
from ssc_kg.compiler.plan import Fetch, Matching, Page, Plan, Several
from ssc_kg.engine.refusals import refuse
from ssc_kg.errors import SearchTextError, StoreError
from ssc_kg.store.protocol import Store
from ssc_kg.store.text_index import Found, Hit, Rank, TextIndex

FIRST_CANDIDATES = 1_000
"""How many of the best are asked about first, which will do for most pages."""


def refuse_texts(plan: Plan, store: Store) -> Plan:
    """Return the plan with a refusal for each search for a text that has no words.

    Raises:
        StoreError: There is a search, and the store cannot be searched.
    """
    errors = dict[int, SearchTextError]()
    for fetch in plan.fetches:
        if isinstance(fetch.source, Matching):
            try:
                index_of(store).words(fetch.source.text)
            except SearchTextError as error:
                errors[fetch.number] = error
    return refuse(plan, errors)


def index_of(store: Store) -> TextIndex:
    """Return the full-text index of a store.

    Raises:
        StoreError: It has none.
    """
    if store.texts is None:
        msg = "the store cannot be searched: it has no full-text index"
        raise StoreError(msg)
    return store.texts


def candidates(fetch: Fetch, found: Sequence[Found]) -> Fetch:
    """Return what asks which of the nodes found satisfy the condition of a fetch."""
    iris = tuple(NamedNode(one.rank.iri) for one in found)
    return replace(
        fetch,
        source=Several(iris),
        page=Page(len(iris)),
        has_nodes=True,
        has_count=False,
        values=(),
        fetches=(),
    )


def after_cursor(page: Page, found: Sequence[Found]) -> Sequence[Found]:
    """Return the part of what was found that stands after the cursor of a page."""
    return found if page.after is None else found[_number_before(page.after, found) :]


def places_of(found: Iterable[Found]) -> dict[str, tuple[KeyValue, ...]]:
    """Return the ranks of nodes by their IRIs."""
    return {one.rank.iri: (one.rank.is_exact, one.rank.score) for one in found}


def _number_before(after: Position, found: Sequence[Found]) -> int:
    """Return how many nodes stand before a cursor."""
    for number, one in enumerate(found, start=1):
        if one.rank.iri == after.iri:
            return number
    is_exact, score = after.values
    rank = Rank(bool(is_exact), float(score or 0), after.iri)
    return bisect_right(found, rank.key, key=lambda one: one.rank.key)


def read_matches(
    source: Matching, found: Iterable[Found], store: Store
) -> dict[str, Match]:
    """Return by which text each node was found."""
    return {
        hit.iri.value: Match(
            hit.field,
            hit.language,
            hit.snippet,
            hit.ranges,
            _find_holder(hit, store) if source.has_holders else None,
        )
        for hit in index_of(store).show(source.text, found)
    }


def _find_holder(hit: Hit, store: Store) -> Holder | None:
    """Return the first by IRI of what has the text, if that is about the node."""
    about = hit.declared.about
    if about is None:
        return None
    text = Literal(hit.text, language=hit.language)
    holders = [
        quad.subject
        for quad in store.match(None, hit.declared.property, text)
        if isinstance(quad.subject, NamedNode)
        and store.match(quad.subject, about, hit.iri)
    ]
    first = min(holders, key=lambda holder: holder.value, default=None)
    return None if first is None else Holder(first, about)


def holding(fetch: Fetch, matches: Mapping[str, Match]) -> Fetch:
    """Return what reads the nodes that have the texts of some matches."""
    holders = (match.holder for match in matches.values())
    iris = {holder.iri.value for holder in holders if holder is not None}
    return replace(fetch, source=Several(tuple(map(NamedNode, sorted(iris)))))
