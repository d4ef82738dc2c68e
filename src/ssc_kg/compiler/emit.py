"""Stage 3: write the fetches of one level as one query.

Each fetch is a UNION branch, so that rows grow as the sum of its lists, not as their
product. A branch finds the page of each parent first, then reads each node in a second
LATERAL group: one row for the node with all its single values, and one row for each
value of a field that may have several. No group begins with OPTIONAL.

Columns of the query, each there only if some branch has need of it:

    ?node     the node found; unbound in a count row
    ?branch   the number of the fetch, if there are several
    ?parent   the node it starts from, or the subject of the link that it is about;
              unbound for a root fetch
    ?link     the property of that link
    ?end      its object
    ?type     one of its classes, if it may have several; unbound in a row of a list
              value, and the node of a row without it may be of none of them
    ?count    the number of nodes of the parent, on all pages
    ?k0 …     what the node is ordered by, before its IRI, or the group has in common
    ?v0 …     the values of the fetch's fields, in their order, or the number of nodes
              in the group and what is measured of them
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Variable

from ssc_kg.compiler.aggregates.emit import Members, select_groups
from ssc_kg.compiler.conditions import ALWAYS
from ssc_kg.compiler.ordering import Key
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
    Page,
    Several,
)
from ssc_kg.compiler.preferences import prefer
from ssc_kg.compiler.restrict import (
    Writer,
    beyond,
    classes_of,
    follow,
    follow_within,
    key_variable,
    order_by,
    value_variable,
)
from ssc_kg.mapping.model import Statement, ValueField
from ssc_kg.rdf.vocab import RDF
from ssc_kg.sparql.algebra import (
    Bind,
    Call,
    CountDistinct,
    Filter,
    Function,
    Group,
    Lateral,
    OneOf,
    Optional,
    OrderKey,
    Pattern,
    Rows,
    Select,
    Triple,
    Union,
    Values,
)

NODE, BRANCH, PARENT, LINK, END, TYPE, COUNT = (
    Variable(name)
    for name in ("node", "branch", "parent", "link", "end", "type", "count")
)
_LINK = (PARENT, LINK, END)
_PLACE = Variable("place")
_SPACE = Literal(" ")
"""With which no IRI begins."""


@dataclass(frozen=True, slots=True)
class Branch:
    """A fetch and the parents or links it starts from; none for a root fetch."""

    fetch: Fetch
    parents: tuple[NamedNode, ...] = ()
    links: tuple[Statement, ...] = ()
    has_room: bool = False
    """Whether the page is known to have room for all nodes of each parent."""

    @property
    def is_root(self) -> bool:
        """Whether it starts from nowhere."""
        return not self.parents and not self.links


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the columns of a level are."""

    fixed: tuple[Variable, ...]
    """Those that say what a row is about."""
    keys: int
    values: int

    def variables(self) -> tuple[Variable, ...]:
        """Return the columns in their order."""
        keys = (key_variable(number) for number in range(self.keys))
        return (*self.fixed, *keys, *map(value_variable, range(self.values)))

    def find(self, column: Variable) -> int | None:
        """Return the number of one of the fixed columns, if it is there."""
        return self.fixed.index(column) if column in self.fixed else None


def columns_of(branches: Sequence[Branch]) -> Columns:
    """Return the columns that a level has."""
    fetches = [branch.fetch for branch in branches]
    needed = {
        NODE: any(fetch.aggregate is None for fetch in fetches),
        BRANCH: len(branches) > 1,
        PARENT: not all(branch.is_root for branch in branches),
        LINK: any(branch.links for branch in branches),
        END: any(branch.links for branch in branches),
        TYPE: any(has_types(fetch) for fetch in fetches),
        COUNT: any(fetch.has_count for fetch in fetches),
    }
    return Columns(
        tuple(column for column, is_needed in needed.items() if is_needed),
        keys=max(len(keys_of(fetch)) for fetch in fetches),
        values=max(map(_width, fetches)),
    )


def emit(branches: Sequence[Branch], *, on_disk: bool = False) -> Select:
    """Return the one query that runs all `branches` of a level.

    For a store that is on disk it is written so that less is read.
    """
    columns = columns_of(branches)
    groups = tuple(
        (*group, Bind(Literal(branch.fetch.number), BRANCH))
        if BRANCH in columns.fixed
        else group
        for branch in branches
        for group in _groups(branch, on_disk=on_disk)
    )
    return Select(columns.variables(), _union(groups))


def keys_of(fetch: Fetch) -> tuple[Key, ...]:
    """Return what nodes are grouped by, or ordered by before their IRIs."""
    if fetch.aggregate is not None:
        return fetch.aggregate.keys
    return fetch.page.keys if fetch.page else ()


def has_types(fetch: Fetch) -> bool:
    """Return whether the nodes of a fetch may have different classes."""
    return fetch.has_nodes and len(classes_of(fetch.types)) > 1


def _width(fetch: Fetch) -> int:
    """Return the number of value columns of a fetch."""
    if fetch.aggregate is not None:
        return 1 + len(fetch.aggregate.measures)
    return len(fetch.values)


def _union(groups: tuple[Group, ...]) -> Group:
    return groups[0] if len(groups) == 1 else (Union(groups),)


def _groups(branch: Branch, *, on_disk: bool) -> Iterator[Group]:
    if branch.fetch.has_nodes:
        yield (*_page(branch, on_disk=on_disk), *_reading(branch.fetch))
    if branch.fetch.has_count:
        yield (_count(branch),)
    if branch.fetch.aggregate is not None:
        writer = Writer(prefer(branch.fetch.aggregate.languages))
        found = (*_origin(branch), *_kept(branch.fetch, writer))
        members = Members(
            NODE, found, _may_repeat(branch.fetch), _group(branch), writer
        )
        for select in select_groups(branch.fetch.aggregate, members):
            yield (select,)


def _page(branch: Branch, *, on_disk: bool) -> Iterator[Pattern]:
    """Find the nodes: all of them, or the page of each parent."""
    page = branch.fetch.page
    yield from _origin(branch)
    if page is None:
        yield from _step(branch.fetch)
        if not has_types(branch.fetch):  # Else the reading looks at them.
            yield Lateral(Writer().typed(NODE, branch.fetch.types))
        return
    select = _select_page(branch, page, on_disk=on_disk)
    yield select if branch.is_root else Lateral((select,))


def _select_page(branch: Branch, page: Page, *, on_disk: bool) -> Select:
    writer = Writer()
    places, order = _order(branch, page, on_disk=on_disk)
    keys = tuple(key_variable(number) for number in range(len(page.keys)))
    ends = ((page.after, False), (page.before, True))
    return Select(
        (*_group(branch), NODE, *keys),
        (
            *_kept(branch.fetch, writer),
            *writer.order(page.keys, NODE),
            *(
                beyond(end, page.keys, NODE, before=is_before)
                for end, is_before in ends
                if end is not None
            ),
            *places,
        ),
        distinct=_may_repeat(branch.fetch),
        order_by=order,
        limit=page.limit,
    )


def _order(
    branch: Branch, page: Page, *, on_disk: bool
) -> tuple[Group, tuple[OrderKey, ...]]:
    """Return what a page is ordered by, and what binds that."""
    if branch.has_room:
        return (), ()  # Nothing is left out, and shaping sorts what there is.
    if page.keys or not on_disk:
        return (), order_by(page.keys, NODE, reverse=page.is_last)
    # An IRI is read from the disk for each comparison; a text that the store does not
    # have stays in memory, and has the same place.
    place = Bind(Call(Function.CONCAT, (_SPACE, Call(Function.TEXT, (NODE,)))), _PLACE)
    return (place,), order_by((), _PLACE, reverse=page.is_last)


def _count(branch: Branch) -> Select:
    grouping = _group(branch)
    kept = tuple(_kept(branch.fetch, Writer()))
    # From many links, the engine would begin with all that speaks of any: 2.7 s
    # instead of 30 ms for 4,000 links among 20,000.
    each = (Lateral(kept),) if branch.links else kept
    return Select(
        (*grouping, CountDistinct(NODE, COUNT)),
        (*_origin(branch), *each),
        group_by=grouping,
    )


def _kept(fetch: Fetch, writer: Writer) -> Iterator[Pattern]:
    """Find the nodes of which the page is a part."""
    narrowed = writer.narrow(fetch.condition, NODE)
    yield from narrowed
    yield from _step(fetch)
    yield from _restricted(fetch, writer, is_narrowed=bool(narrowed))
    yield from writer.keep(fetch.condition, NODE)


def _group(branch: Branch) -> tuple[Variable, ...]:
    if branch.links:
        return _LINK
    return (PARENT,) if branch.parents else ()


def _origin(branch: Branch) -> Iterator[Pattern]:
    if branch.links:
        yield Rows(_LINK, branch.links)
    elif branch.parents:
        yield Values(PARENT, branch.parents)


def _step(fetch: Fetch) -> Iterator[Pattern]:
    """Go from the parent, from a link, or from nowhere, to the nodes."""
    match fetch.source:
        case About(terms=terms) | AboutPaths(terms=terms):
            yield Triple(NODE, terms.subject, PARENT)
            yield Triple(NODE, terms.predicate, LINK)
            yield Triple(NODE, terms.object, END)
        case Along(link, _, depth) if depth is not None:
            yield follow_within(PARENT, link, NODE, depth=depth)
        case Along(link):
            yield follow(PARENT, link, NODE)
        case One(iri=iri):
            yield Values(NODE, (iri,))
        case Several(iris):
            yield Values(NODE, iris)
        case Everything() | OnPaths():
            pass
        case Matching() | Holding():
            msg = "the full-text index knows these nodes, and the graph does not"
            raise AssertionError(msg)


def _restricted(
    fetch: Fetch, writer: Writer, *, is_narrowed: bool
) -> Iterator[Pattern]:
    """Keep the nodes of the right types; each may come once for each of its types."""
    match classes_of(fetch.types), fetch.source:
        case _, Several() | Along(depth=int()):
            # Joined, the engine would go through all of them for each instance of the
            # class: 23 s instead of 0.4 for 20,000 of 20,000. From eight steps on it
            # takes what they lead to for as many, for each parent.
            yield Lateral(writer.typed(NODE, fetch.types))
        case (class_,), _:
            yield Triple(NODE, RDF.type, class_)
        case classes, Everything() if not is_narrowed:
            yield Values(TYPE, classes)
            yield Triple(NODE, RDF.type, TYPE)
        case _:
            yield from _typed(fetch)


def _typed(fetch: Fetch) -> Iterator[Pattern]:
    # As VALUES, the engine would begin with every instance of the classes, for each
    # row: 6.2 s instead of 3 ms for 1,000 parents among 10,000 instances.
    yield Triple(NODE, RDF.type, TYPE)
    yield Filter(OneOf(TYPE, classes_of(fetch.types)))


def _may_repeat(fetch: Fetch) -> bool:
    """Return whether a node may be found more than once from one parent."""
    match fetch.source:
        case Along(link) if link.closure:
            return True
        case _:
            return fetch.condition != ALWAYS or len(classes_of(fetch.types)) > 1


def _reading(fetch: Fetch) -> Group:
    """Read each node: a row for itself, and a row for each value of each list."""
    single = tuple(
        Optional((Triple(NODE, field.property, value_variable(number)),))
        for number, field in enumerate(fetch.values)
        if not _has_rows(field)
    )
    lists = tuple(
        (Triple(NODE, field.property, value_variable(number)),)
        for number, field in enumerate(fetch.values)
        if _has_rows(field)
    )
    if not has_types(fetch) and not lists:
        return single
    itself = _typed(fetch) if has_types(fetch) else Writer().typed(NODE, fetch.types)
    return (Lateral(_union(((*itself, *single), *lists))),)


def _has_rows(field: ValueField) -> bool:
    return field.many or field.language_tagged
