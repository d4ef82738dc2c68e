"""Paths between two nodes: how they are asked for, and how they are shown.

The search itself is the engine's. Here a selection becomes what to search and the
template of the answer, and what was found is shown by that template.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol, TypeAlias, assert_never

from pyoxigraph import NamedNode

from ssc_kg.compiler.collect import link_key
from ssc_kg.compiler.json import Json, JsonObject, Path
from ssc_kg.compiler.plan import (
    Connection,
    Constant,
    HasMore,
    HopDirection,
    HopEnd,
    HopEntry,
    HopList,
    HopNode,
    HopProperty,
    Length,
    OnPaths,
    PathEntry,
    PathList,
    Paths,
    PathSearch,
    PathsEntry,
    Source,
    Template,
)
from ssc_kg.compiler.selection import TYPENAME, Selection
from ssc_kg.errors import HopsError, UnknownFieldError
from ssc_kg.mapping.model import LinkField, SchemaMap, Statement
from ssc_kg.rdf.terms import read_iri

DEFAULT_HOPS = 4
"""Hops of a path when `maxHops` is not given."""
MAXIMUM_HOPS = 10
"""The largest `maxHops`."""
MAXIMUM_PATH_SEARCHES = 10
"""The most searches for paths of an operation, each of some queries for each hop."""
DEFAULT_PATHS = 10
"""Paths when `first` is not given."""


@dataclass(frozen=True, slots=True, order=True)
class Hop:
    """One link of a path, from the node that is nearer to its beginning."""

    end: str
    property: str
    inverse: bool
    """Whether the link is stated from the end to the start."""
    start: str

    def statement(self) -> Statement:
        """Return the triple that states the link."""
        ends = NamedNode(self.start), NamedNode(self.end)
        subject, object_ = reversed(ends) if self.inverse else ends
        return subject, NamedNode(self.property), object_


@dataclass(frozen=True, slots=True)
class PathsFound:
    """The shortest paths between two nodes, or the first of them."""

    length: int | None
    """The number of hops of each; None if there is no path."""
    paths: tuple[tuple[Hop, ...], ...] = ()
    has_more: bool = False
    types: Mapping[str, str] = field(default_factory=dict)
    """The name of the object type of each node on a path, by its IRI."""

    def hops(self) -> list[Hop]:
        """Return all hops, each once, sorted."""
        return sorted({hop for path in self.paths for hop in path})

    def nodes(self, end: HopEnd) -> list[str]:
        """Return the nodes at one end of the hops, each once, sorted."""
        return sorted({node_of(hop, end) for hop in self.hops()})


def node_of(hop: Hop, end: HopEnd) -> str:
    """Return the node at one end of a hop."""
    return hop.start if end is HopEnd.FROM else hop.end


def read_search(
    arguments: Mapping[str, object],
    schema: SchemaMap,
    target: str,
    *,
    number: int,
    paths: int,
) -> PathSearch:
    """Return what to search for.

    Raises:
        HopsError: `maxHops` is too small or too large.
        MalformedIriError: An end is no IRI.
    """
    hops = arguments["maxHops"]
    if not isinstance(hops, int) or not 1 <= hops <= MAXIMUM_HOPS:
        raise HopsError(hops, MAXIMUM_HOPS)
    speaking = schema.evidence.target if schema.evidence else None
    types = (type_ for type_ in schema.members(target) if type_.name != speaking)
    return PathSearch(
        number=number,
        start=read_iri(str(arguments["from"])),
        end=read_iri(str(arguments["to"])),
        hops=hops,
        paths=paths,
        properties=link_properties(schema),
        types=tuple(types),
    )


def link_properties(schema: SchemaMap) -> tuple[NamedNode, ...]:
    """Return the properties that paths go along, sorted: those that fields follow.

    What speaks of links is no way from thing to thing: by way of the passages of one
    document, everything in it would be near everything else.
    """
    speaking = schema.evidence.target if schema.evidence else None
    found = {
        field.property
        for type_ in schema.types.values()
        if type_.name != speaking
        for field in type_.fields.values()
        if isinstance(field, LinkField) and not field.closure
        if field.target != speaking
    }
    return tuple(sorted(found, key=str))


LowerNodes: TypeAlias = Callable[[Source, Iterable[Selection]], tuple[int, Template]]
"""Opens a fetch of nodes; returns its number and the template of what is shown."""
LowerEvidence: TypeAlias = Callable[[Selection], Connection]
"""Opens a fetch of the evidence of the hops."""


@dataclass(frozen=True, slots=True)
class PathLowering:
    """Reads what is asked of the paths of one search."""

    search: PathSearch
    schema: SchemaMap
    nodes: LowerNodes
    evidence: LowerEvidence

    def lower(self, selection: Selection) -> Paths:
        """Return the template of the answer.

        Raises:
            UnknownFieldError: A field has no meaning here.
        """
        entries = tuple(map(self._paths_entry, selection.children))
        return Paths(selection.key, self.search, entries, self.schema, selection.node)

    def _paths_entry(self, selection: Selection) -> PathsEntry:
        match selection.name:
            case "paths":
                entries = tuple(map(self._path_entry, selection.children))
                return PathList(selection.key, entries)
            case "length":
                return Length(selection.key)
            case "hasMore":
                return HasMore(selection.key)
            case _:
                return _type_name(selection)

    def _path_entry(self, selection: Selection) -> PathEntry:
        match selection.name:
            case "hops":
                entries = tuple(map(self._hop_entry, selection.children))
                return HopList(selection.key, entries)
            case _:
                return _type_name(selection)

    def _hop_entry(self, selection: Selection) -> HopEntry:
        match selection.name:
            case "from" | "to":
                end = HopEnd(selection.name)
                source = OnPaths(self.search.number, end)
                number, template = self.nodes(source, selection.children)
                return HopNode(selection.key, end, number, template)
            case "property":
                names = ((child.key, child.name) for child in selection.children)
                return HopProperty(selection.key, tuple(names))
            case "direction":
                return HopDirection(selection.key)
            case "evidence":
                return self.evidence(selection)
            case _:
                return _type_name(selection)


def _type_name(selection: Selection) -> Constant:
    if selection.name != TYPENAME:
        raise UnknownFieldError(min(selection.types), selection.name)
    return Constant(selection.key, min(selection.types))


class Show(Protocol):
    """Shows what is no part of a path itself."""

    def show_object(self) -> JsonObject:
        """Return an empty object."""
        ...

    def show_node(self, number: int, iri: str, template: Template, path: Path) -> Json:
        """Return a node that a fetch has read."""
        ...

    def show_connection(self, entry: Connection, parent: str, path: Path) -> Json:
        """Return the page that a fetch has found for a parent."""
        ...

    def show_link(self, statement: Statement) -> None:
        """Be told that a link is shown."""
        ...


def show_paths(entry: Paths, found: PathsFound, show: Show) -> Json:
    """Return what was asked of paths, as it is shown."""
    shaped = show.show_object()
    for part in entry.entries:
        match part:
            case Constant(value=value):
                shaped[part.key] = value
            case Length():
                shaped[part.key] = found.length
            case HasMore():
                shaped[part.key] = found.has_more
            case PathList(key, entries):
                shaping = _Shaping(entry.schema, found.types, show)
                shaped[key] = [
                    shaping.path(hops, entries, (entry.key, key, number))
                    for number, hops in enumerate(found.paths)
                ]
            case _:
                assert_never(part)
    return shaped


@dataclass(frozen=True, slots=True)
class _Shaping:
    """Shows the paths that one search has found."""

    schema: SchemaMap
    types: Mapping[str, str]
    show: Show

    def path(
        self, hops: Iterable[Hop], entries: Iterable[PathEntry], path: Path
    ) -> Json:
        shaped = self.show.show_object()
        for entry in entries:
            match entry:
                case Constant(key, value):
                    shaped[key] = value
                case HopList(key, parts):
                    shaped[key] = [
                        self._hop(hop, parts, (*path, key, number))
                        for number, hop in enumerate(hops)
                    ]
                case _:
                    assert_never(entry)
        return shaped

    def _hop(self, hop: Hop, entries: Iterable[HopEntry], path: Path) -> Json:
        self.show.show_link(hop.statement())
        shaped = self.show.show_object()
        for entry in entries:
            match entry:
                case Constant(key, value):
                    shaped[key] = value
                case HopNode(key, end):
                    shaped[key] = self.show.show_node(
                        entry.fetch, node_of(hop, end), entry.template, (*path, key)
                    )
                case HopProperty(key, names):
                    shaped[key] = self._property(hop, names)
                case HopDirection(key):
                    shaped[key] = "INVERSE" if hop.inverse else "FORWARD"
                case Connection(key):
                    parent = link_key(hop.statement())
                    shaped[key] = self.show.show_connection(entry, parent, (*path, key))
                case _:
                    assert_never(entry)
        return shaped

    def _property(self, hop: Hop, names: Iterable[tuple[str, str]]) -> Json:
        values = {
            "id": hop.property,
            "name": self.schema.labels.get(NamedNode(hop.property)),
            "field": self._field(hop),
            TYPENAME: "LinkProperty",
        }
        shaped = self.show.show_object()
        shaped.update((key, values[name]) for key, name in names)
        return shaped

    def _field(self, hop: Hop) -> str | None:
        """Return the field of the start's type that leads to the end, if one does."""
        fields = self.schema.types[self.types[hop.start]].fields.values()
        links = (field for field in fields if isinstance(field, LinkField))
        return next(
            (
                link.name
                for link in links
                if not link.closure
                if (link.property.value, link.inverse) == (hop.property, hop.inverse)
                if self.types[hop.end] in self.schema.types[link.target].members
            ),
            None,
        )
