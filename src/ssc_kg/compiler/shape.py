"""Stage 5: answers to JSON values, in the shape that the client asked for.

Follows the execution rules of GraphQL (section 6.4): keys in the order of the
document, errors with path and location, and a null where a value must stand goes up to
the nearest place that may be null.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import assert_never

from graphql import FieldNode, GraphQLError
from pyoxigraph import NamedNode

from ssc_kg.compiler.aggregates.plan import Groups
from ssc_kg.compiler.aggregates.shape import MakeObject, shape_groups
from ssc_kg.compiler.collect import ROOT, Answer, Answers, Node, Slot, link_key
from ssc_kg.compiler.cursors import write_cursor
from ssc_kg.compiler.facts import Facts
from ssc_kg.compiler.json import Json, JsonObject, Path
from ssc_kg.compiler.matches import Match
from ssc_kg.compiler.ordering import Position, sort_places
from ssc_kg.compiler.paths import PathsFound, show_paths
from ssc_kg.compiler.plan import (
    About,
    Connection,
    ConnectionEntry,
    Constant,
    Cursor,
    EdgeNode,
    Edges,
    Fetch,
    Identifier,
    IsExact,
    Link,
    Links,
    MatchHolder,
    MatchPart,
    Nodes,
    PageInfo,
    Paths,
    Plan,
    Refusal,
    RootEntry,
    Score,
    Template,
    TextMatch,
    Texts,
    TotalCount,
    Typename,
    Value,
)
from ssc_kg.compiler.quick import Readers, choose, chosen, read_quickly, readers_of
from ssc_kg.compiler.values import convert
from ssc_kg.errors import OperationTooLargeError, UnreadableValueError
from ssc_kg.mapping.model import Statement
from ssc_kg.rdf.cells import Cell, language_in, lexical_form

MAXIMUM_OBJECTS = 100_000
"""The most nodes of an answer, each counted wherever it is shown."""
BAD_USER_INPUT = "BAD_USER_INPUT"
"""The code of an error about an argument."""
NULL_MESSAGE = "Cannot return null for non-nullable field"
"""How the error about a missing value begins, in graphql-core's words."""
INCOMPLETE_DATA = "INCOMPLETE_DATA"
"""The code of an error about the data rather than about the request."""


def plain_object(_type_name: str) -> JsonObject:
    """Return an empty dict, whatever the type."""
    return {}


@dataclass(slots=True)
class Shaper:
    """Shapes the answers of one plan.

    Attributes:
        fetches: Every fetch of the plan, by number.
        answers: What each of them found.
        paths: What each search found, by its number; none if an end is no node.
        make: Makes the objects.
        nulls_propagate: Whether a missing required value nulls the object around it;
            false when an executor does that after us.
        facts: Told what is shown, if anybody wants to know.
        errors: Filled while shaping.
    """

    fetches: Mapping[int, Fetch]
    answers: Answers
    paths: Mapping[int, PathsFound] = field(default_factory=dict)
    make: MakeObject = plain_object
    nulls_propagate: bool = True
    facts: Facts | None = None
    errors: list[GraphQLError] = field(default_factory=list)
    _shaped: int = field(default=0, init=False)
    _applicable: dict[tuple[int, str], tuple[Template, Readers | None]] = field(
        default_factory=dict, init=False
    )
    _names: dict[int, list[tuple[str, str]]] = field(default_factory=dict, init=False)

    def shape(self, template: Iterable[RootEntry]) -> JsonObject | None:
        """Return the root object, or None when a null reached it.

        Raises:
            OperationTooLargeError: The answer has too many nodes; nodes that are read
                once may be shown in very many places.
        """
        root = self.make("")
        try:
            for entry in template:
                root[entry.key] = self._root_entry(entry)
        except _RequiredIsNullError:
            self._take_back(0)
            return None
        return root

    def _root_entry(self, entry: RootEntry) -> Json:
        match entry:
            case Constant(value=value):
                return value
            case Link():
                return self._link(entry, ROOT, (entry.key,), ROOT)
            case Links():
                return self._links(entry)
            case Connection():
                return self._connection(entry, ROOT, (entry.key,))
            case Groups():
                return self._groups(entry, ROOT)
            case Paths():
                return self._paths(entry)
            case Refusal(key, message, required, node):
                self._report(message, node, (key,), code=BAD_USER_INPUT)
                return self._null(required=required)
            case _:
                assert_never(entry)

    def _object(
        self, node: Node, fetch: Fetch, template: Template, path: Path, parent: str
    ) -> Json:
        self._count_objects(1)
        type_name = self._type_name(node, fetch)
        entries, readers = self._entries(template, type_name)
        quick = None if readers is None else read_quickly(node, readers)
        if quick is None:
            return self._filled(node, fetch, entries, path, parent)
        return quick

    def _filled(
        self, node: Node, fetch: Fetch, entries: Template, path: Path, parent: str
    ) -> Json:
        type_name = self._type_name(node, fetch)
        shaped = self.make(type_name)
        if self.facts is not None:
            self.facts.tell_link(parent, fetch, node.iri)
        for entry in entries:
            match entry:
                case Value(key):
                    shaped[key] = self._value(entry, node, path, type_name)
                case Texts(key):
                    shaped[key] = self._texts(entry, node)
                case Identifier(key):
                    shaped[key] = node.iri
                case Typename(key):
                    shaped[key] = type_name
                    if self.facts is not None:
                        self.facts.tell_type(node.iri, type_name, fetch)
                case Link(key):
                    shaped[key] = self._link(entry, node.iri, (*path, key), type_name)
                case Connection(key):
                    shaped[key] = self._connection(entry, node.iri, (*path, key))
                case Groups(key):
                    shaped[key] = self._groups(entry, node.iri)
                case _:
                    assert_never(entry)
        return shaped

    def _entries(
        self, template: Template, type_name: str
    ) -> tuple[Template, Readers | None]:
        """Return the entries that stand in an object of a type, and a short way."""
        # The plan holds the template for as long as its identity is used here.
        place = id(template), type_name
        found = self._applicable.get(place)
        if found is None:
            entries = tuple(entry for entry in template if type_name in entry.types)
            is_plain = self.facts is None and self.make is plain_object
            readers = readers_of(entries, type_name) if is_plain else None
            found = self._applicable[place] = entries, readers
        return found

    def _type_name(self, node: Node, fetch: Fetch) -> str:
        """Return the first of the fetch's types that the node has."""
        if len(fetch.types) == 1:
            return fetch.types[0].name
        names = self._names.get(fetch.number)
        if names is None:
            classes = ((type_.rdf_class, type_.name) for type_ in fetch.types)
            names = [(class_.value, name) for class_, name in classes if class_]
            self._names[fetch.number] = names
        return next(name for class_, name in names if class_ in node.types)

    def _value(self, entry: Value, node: Node, path: Path, owner: str) -> Json:
        field_ = entry.field
        try:
            if field_.many:
                return self._values(chosen(entry, node), entry, node)
            cell: Slot | None = node.slots[entry.variable]
            if entry.may_be_hidden or not isinstance(cell, str):
                cell = choose(entry, node)
            if cell:
                shown = convert(cell, field_)
                if self.facts is not None:
                    self.facts.tell_values(node.iri, field_.property, [cell])
                return shown
        except UnreadableValueError as error:
            self._report(str(error), entry.node, (*path, entry.key))
            return self._null(required=field_.required or field_.many)
        if field_.required:
            return self._missing(owner, entry.node, (*path, entry.key))
        return None

    def _values(self, cells: list[Cell], entry: Value, node: Node) -> list[Json]:
        shown: list[Json] = [convert(cell, entry.field) for cell in cells]
        if self.facts is not None:
            self.facts.tell_values(node.iri, entry.field.property, cells)
        return shown

    def _texts(self, entry: Texts, node: Node) -> Json:
        cells = chosen(entry, node)
        if self.facts is not None:
            self.facts.tell_values(node.iri, entry.field.property, cells)
        return [self._text(cell, entry) for cell in cells]

    def _text(self, cell: Cell, entry: Texts) -> JsonObject:
        text: Mapping[str, Json] = {
            "__typename": "LocalizedString",
            "value": lexical_form(cell),
            "language": language_in(cell) or None,
        }
        shaped = self.make("")
        shaped.update((key, text[name]) for key, name in entry.entries)
        return shaped

    def _link(self, entry: Link, parent: str, path: Path, owner: str) -> Json:
        answer = self.answers[entry.fetch]
        found = answer.pages.get(parent)
        told = 0 if self.facts is None else len(self.facts)
        try:
            if found:
                node = answer.nodes[min(found)]
                fetch = self.fetches[entry.fetch]
                return self._object(node, fetch, entry.template, path, parent)
        except _RequiredIsNullError:
            self._take_back(told)
            return self._null(required=entry.required)
        if entry.required:
            return self._missing(owner, entry.node, path)
        return None

    def _links(self, entry: Links) -> Json:
        answer, fetch = self.answers[entry.fetch], self.fetches[entry.fetch]
        found = answer.pages.get(ROOT, {})
        return [
            self._nullable(answer.nodes[iri], fetch, entry.template, (entry.key, place))
            if iri in found
            else None
            for place, iri in enumerate(entry.iris)
        ]

    def _nullable(
        self, node: Node, fetch: Fetch, template: Template, path: Path
    ) -> Json:
        told = 0 if self.facts is None else len(self.facts)
        try:
            return self._object(node, fetch, template, path, ROOT)
        except _RequiredIsNullError:
            self._take_back(told)
            return None

    def _paths(self, entry: Paths) -> Json:
        found = self.paths.get(entry.search.number)
        if found is None:
            return None
        told = 0 if self.facts is None else len(self.facts)
        try:
            return show_paths(entry, found, self)
        except _RequiredIsNullError:
            self._take_back(told)
            return None

    def show_object(self) -> JsonObject:
        """Return an empty object of no mapped type."""
        return self.make("")

    def show_link(self, statement: Statement) -> None:
        """Tell the facts that a link is shown by itself."""
        if self.facts is not None:
            self.facts.tell_statement(statement)

    def show_node(self, number: int, iri: str, template: Template, path: Path) -> Json:
        """Return a node that a fetch has read, as it is shown."""
        fetch, node = self.fetches[number], self.answers[number].nodes[iri]
        return self._object(node, fetch, template, path, ROOT)

    def show_connection(self, entry: Connection, parent: str, path: Path) -> Json:
        """Return the page that a fetch has found for a parent, as it is shown."""
        return self._connection(entry, parent, path)

    def _connection(self, entry: Connection, parent: str, path: Path) -> Json:
        answer = self.answers[entry.fetch]
        found = sort_places(answer.pages.get(parent, {}), entry.page.keys)
        page = _Page(answer, parent, _shown(found, entry), entry, len(found))
        shaped = self.make("")
        for part in entry.entries:
            shaped[part.key] = self._part(part, page, (*path, part.key))
        return shaped

    def _groups(self, entry: Groups, parent: str) -> Json:
        found = self.answers[entry.fetch].groups.of(parent)
        groups = shape_groups(entry, found, self.make)
        self._count_objects(len(groups))
        return groups

    def _count_objects(self, number: int) -> None:
        self._shaped += number
        if self._shaped > MAXIMUM_OBJECTS:
            what = "nodes in its answer, groups among them"
            raise OperationTooLargeError(MAXIMUM_OBJECTS, what)

    def _part(self, part: ConnectionEntry, page: "_Page", path: Path) -> Json:
        match part:
            case Nodes():
                return self._nodes(part, page, path)
            case Edges():
                return [
                    self._edge(part, page, place, (*path, number))
                    for number, place in enumerate(page.places)
                ]
            case TotalCount():
                return page.answer.counts.get(page.parent, 0)
            case PageInfo(entries=entries):
                info = page.info()
                shaped = self.make("")
                shaped.update((key, info[name]) for key, name in entries)
                return shaped
            case Constant(value=value):
                return value
            case _:
                assert_never(part)

    def _nodes(self, part: Nodes, page: "_Page", path: Path) -> Json:
        fetch, nodes = self.fetches[page.connection.fetch], page.answer.nodes
        if len(fetch.types) == 1:
            entries, readers = self._entries(part.template, fetch.types[0].name)
            if readers is not None:
                self._count_objects(len(page.places))
                found = [nodes[place.iri] for place in page.places]
                return [
                    read_quickly(node, readers)
                    or self._filled(node, fetch, entries, (*path, number), page.parent)
                    for number, node in enumerate(found)
                ]
        return [
            self._object(
                nodes[place.iri], fetch, part.template, (*path, number), page.parent
            )
            for number, place in enumerate(page.places)
        ]

    def _edge(self, part: Edges, page: "_Page", place: Position, path: Path) -> Json:
        shaped = self.make("")
        for entry in part.entries:
            match entry:
                case Constant(key, value):
                    shaped[key] = value
                case Cursor(key):
                    shaped[key] = page.cursor(place)
                case IsExact(key):
                    shaped[key] = place.values[0]
                case Score(key):
                    shaped[key] = place.values[1]
                case TextMatch(key):
                    match = page.answer.matches[place.iri]
                    shaped[key] = self._match(entry, match, place.iri, (*path, key))
                case EdgeNode(key, template):
                    fetch = self.fetches[page.connection.fetch]
                    node = page.answer.nodes[place.iri]
                    shaped[key] = self._object(
                        node, fetch, template, (*path, key), page.parent
                    )
                case Connection(key):
                    parent = self._link_to(entry, page, place)
                    shaped[key] = self._connection(entry, parent, (*path, key))
                case _:
                    assert_never(entry)
        return shaped

    def _match(self, entry: TextMatch, match: Match, found: str, path: Path) -> Json:
        shaped = self.make("")
        for part in entry.parts:
            match part:
                case Constant(key, value):
                    shaped[key] = value
                case MatchPart(key):
                    shaped[key] = self._match_part(part, match)
                case MatchHolder(key):
                    shaped[key] = self._holder(part, match, found, (*path, key))
                case _:
                    assert_never(part)
        return shaped

    def _match_part(self, part: MatchPart, match: Match) -> Json:
        if part.name == "ranges":
            return [self._range(part, *ends) for ends in match.ranges]
        values = {"field": match.field, "language": match.language, "text": match.text}
        return values[part.name]

    def _holder(self, entry: MatchHolder, match: Match, found: str, path: Path) -> Json:
        holder, answer = match.holder, self.answers[entry.fetch]
        if holder is None or holder.iri.value not in answer.pages.get(ROOT, {}):
            return None
        node, fetch = answer.nodes[holder.iri.value], self.fetches[entry.fetch]
        shown = self._nullable(node, fetch, entry.template, path)
        if shown is not None and self.facts is not None:
            self.facts.tell_holder(holder, found)
        return shown

    def _range(self, part: MatchPart, start: int, end: int) -> JsonObject:
        values: JsonObject = {"__typename": "TextRange", "start": start, "end": end}
        shaped = self.make("")
        shaped.update((key, values[name]) for key, name in part.ends)
        return shaped

    def _link_to(self, evidence: Connection, page: "_Page", place: Position) -> str:
        """Return what stands for the link that led to a node, if a single one did."""
        match self.fetches[evidence.fetch].source:
            case About(link) if link is not None:
                ends = NamedNode(page.parent), NamedNode(place.iri)
                return link_key(link.statement(*ends))
            case _:
                return ROOT

    def _missing(self, owner: str, node: FieldNode, path: Path) -> Json:
        if self.nulls_propagate:
            message = f"{NULL_MESSAGE} {owner}.{node.name.value}."
            self._report(message, node, path)
        return self._null(required=True)

    def _take_back(self, told: int) -> None:
        if self.facts is not None:
            self.facts.take_back(told)

    def _null(self, *, required: bool) -> Json:
        if required and self.nulls_propagate:
            raise _RequiredIsNullError
        return None

    def _report(
        self, message: str, node: FieldNode, path: Path, *, code: str = INCOMPLETE_DATA
    ) -> None:
        self.errors.append(
            GraphQLError(message, [node], path=path, extensions={"code": code})
        )


class _RequiredIsNullError(Exception):
    """Goes up to the nearest place that may be null; never leaves this module."""


@dataclass(frozen=True, slots=True)
class _Page:
    """The part of a connection that is shown."""

    answer: Answer
    parent: str
    places: list[Position]
    connection: Connection
    found: int

    def cursor(self, place: Position) -> str:
        return write_cursor(place, self.connection.page.keys)

    def info(self) -> Mapping[str, Json]:
        page = self.connection.page
        ends = (page.after is not None, page.before is not None)
        # Looked one node further in the direction of the page only.
        is_more = self.found > len(self.places)
        return {
            "__typename": "PageInfo",
            "hasNextPage": ends[1] or (is_more and not page.is_last),
            "hasPreviousPage": ends[0] or (is_more and page.is_last),
            "startCursor": self.cursor(self.places[0]) if self.places else None,
            "endCursor": self.cursor(self.places[-1]) if self.places else None,
        }


def _shown(found: list[Position], connection: Connection) -> list[Position]:
    """Return the places without the one that only tells that there are more."""
    size = connection.size
    if connection.page.is_last:
        return found[max(0, len(found) - size) :]
    return found[:size]


def fetches_by_number(plan: Plan) -> dict[int, Fetch]:
    """Return every fetch of a plan, at all levels."""
    return {fetch.number: fetch for fetch in _all_fetches(plan.fetches)}


def _all_fetches(fetches: Iterable[Fetch]) -> Iterator[Fetch]:
    for fetch in fetches:
        yield fetch
        yield from _all_fetches(fetch.fetches)
