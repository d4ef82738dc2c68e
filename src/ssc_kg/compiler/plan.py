"""The plan of an operation: what to read, and how the answer looks.

A `Fetch` is one branch of a level's query; a `Template` is a part of the answer. See
the package's docstring for why they are two trees.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

from graphql import FieldNode
from pyoxigraph import NamedNode

from ssc_kg.compiler.aggregates.plan import Aggregate, Groups
from ssc_kg.compiler.conditions import Condition
from ssc_kg.compiler.ordering import Key, Position
from ssc_kg.compiler.preferences import NO_PREFERENCE, Preference
from ssc_kg.mapping.model import LinkField, Reification, SchemaMap, TypeMap, ValueField


@dataclass(frozen=True, slots=True)
class Everything:
    """Start from every node of the types."""


@dataclass(frozen=True, slots=True)
class One:
    """Start from one node, if it has one of the types."""

    iri: NamedNode
    variable: str | None = None
    """The variable of the operation that named it."""


@dataclass(frozen=True, slots=True)
class Several:
    """Start from some nodes, as far as they have one of the types."""

    iris: tuple[NamedNode, ...]


@dataclass(frozen=True, slots=True)
class Matching:
    """Start from the nodes whose texts have some words, which an index finds."""

    text: str
    """What a client searches for."""
    target: str
    """The name of the type of what is found."""
    has_matches: bool = False
    """Whether it is shown by which text a node was found."""
    has_holders: bool = False
    """Whether it is shown what has that text, if it is about the node."""


@dataclass(frozen=True, slots=True)
class Holding:
    """Start from what has the texts by which a search found the nodes above."""


@dataclass(frozen=True, slots=True)
class Along:
    """Start from the parents and follow a link."""

    link: LinkField
    parents: frozenset[str]
    """The object types of the parents from which it is followed."""
    depth: int | None = None
    """The most steps, if the link is a closure and has a limit."""


@dataclass(frozen=True, slots=True)
class About:
    """Start from the links that led to the nodes above, and find what speaks of them.

    It says so by these properties.
    """

    link: LinkField | None
    """None where no single link leads to the nodes: at the root, or along a closure."""
    terms: Reification


class HopEnd(Enum):
    """One of the nodes of a hop, by the name of its field."""

    FROM = "from"
    TO = "to"


@dataclass(frozen=True, slots=True)
class PathSearch:
    """What to search: how two nodes are connected."""

    number: int
    """Unique in the plan."""
    start: NamedNode
    end: NamedNode
    hops: int
    """The most hops of a path."""
    paths: int
    """The most paths that are shown."""
    properties: tuple[NamedNode, ...]
    """Along which hops go, in either direction."""
    types: tuple[TypeMap, ...]
    """Of which nodes may be on a path."""


@dataclass(frozen=True, slots=True)
class OnPaths:
    """Start from the nodes at one end of the hops that a search found."""

    search: int
    end: HopEnd


@dataclass(frozen=True, slots=True)
class AboutPaths:
    """Start from the hops that a search found, and find what speaks of them."""

    search: int
    terms: Reification


Source: TypeAlias = (
    Everything
    | One
    | Several
    | Matching
    | Holding
    | Along
    | About
    | OnPaths
    | AboutPaths
)


@dataclass(frozen=True, slots=True)
class Page:
    """Which of the nodes, in some order that ends with their IRIs, per parent."""

    limit: int
    """One more than is shown when the client wants to know whether there are more."""
    keys: tuple[Key, ...] = ()
    after: Position | None = None
    before: Position | None = None
    is_last: bool = False
    """Whether the page is the end of what lies between `after` and `before`."""


@dataclass(frozen=True, slots=True)
class Fetch:
    """Some nodes, what to read of them, and what to fetch from there."""

    number: int
    """The branch; unique in the plan."""
    source: Source
    types: tuple[TypeMap, ...]
    has_nodes: bool
    """Whether any node is shown; if not, only their number."""
    has_count: bool
    page: Page | None
    """None when all nodes are wanted, as for a link to one node."""
    condition: Condition
    """Of the nodes, before they are counted and paged."""
    values: tuple[ValueField, ...]
    """The fields to read; the position is the number of the variable."""
    fetches: tuple["Fetch", ...]
    aggregate: Aggregate | None = None
    """What to read of groups of the nodes, which are not read themselves then."""

    @property
    def is_read(self) -> bool:
        """Whether anything has to be found: not if only the name of a type is asked."""
        return self.has_nodes or self.has_count or self.aggregate is not None


@dataclass(frozen=True, slots=True)
class Typename:
    """The name of the node's object type."""

    key: str
    types: frozenset[str]


@dataclass(frozen=True, slots=True)
class Identifier:
    """The node's IRI."""

    key: str
    types: frozenset[str]


@dataclass(frozen=True, slots=True)
class Value:
    """A value, or the list of values, of a variable of the fetch."""

    key: str
    types: frozenset[str]
    field: ValueField
    variable: int
    node: FieldNode
    preference: Preference = NO_PREFERENCE
    """In which language it is shown."""
    is_filtered: bool = False
    """Whether only the values in the languages that are liked are shown."""
    may_be_hidden: bool = False
    """Whether it is null rather than shown in a language that is excluded."""


@dataclass(frozen=True, slots=True)
class Texts:
    """The values of a variable, each with its language, as pairs of key and name."""

    key: str
    types: frozenset[str]
    field: ValueField
    variable: int
    entries: tuple[tuple[str, str], ...]
    node: FieldNode
    preference: Preference
    is_filtered: bool


@dataclass(frozen=True, slots=True)
class Link:
    """The one node that a fetch found, or null."""

    key: str
    types: frozenset[str]
    required: bool
    fetch: int
    template: "Template"
    node: FieldNode


@dataclass(frozen=True, slots=True)
class Links:
    """The nodes that a fetch found, or null for each it did not, as they were named."""

    key: str
    fetch: int
    iris: tuple[str, ...]
    template: "Template"
    node: FieldNode


@dataclass(frozen=True, slots=True)
class Constant:
    """A value that does not depend on the data, such as a connection's type name."""

    key: str
    value: str


@dataclass(frozen=True, slots=True)
class Cursor:
    """The cursor of an edge."""

    key: str


@dataclass(frozen=True, slots=True)
class Score:
    """How well the node of an edge fits a search."""

    key: str


@dataclass(frozen=True, slots=True)
class IsExact:
    """Whether a name of the node of an edge is what was searched for."""

    key: str


@dataclass(frozen=True, slots=True)
class TextMatch:
    """The text by which a search found the node of an edge."""

    key: str
    parts: tuple["MatchEntry", ...]


@dataclass(frozen=True, slots=True)
class MatchPart:
    """A field of a text match; of its ranges, pairs of key and field name too."""

    key: str
    name: str
    ends: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class MatchHolder:
    """What has the text of a match, or null if the node itself does."""

    key: str
    fetch: int
    template: "Template"


@dataclass(frozen=True, slots=True)
class EdgeNode:
    """The node of an edge."""

    key: str
    template: "Template"


@dataclass(frozen=True, slots=True)
class Nodes:
    """The nodes of a page."""

    key: str
    template: "Template"


@dataclass(frozen=True, slots=True)
class Edges:
    """The nodes of a page, each with its cursor and what speaks of the link to it."""

    key: str
    entries: tuple["EdgeEntry", ...]


@dataclass(frozen=True, slots=True)
class TotalCount:
    """The number of nodes on all pages."""

    key: str


@dataclass(frozen=True, slots=True)
class PageInfo:
    """Where the page begins and ends, as pairs of key and field name."""

    key: str
    entries: tuple[tuple[str, str], ...]


EdgeEntry: TypeAlias = (
    "Cursor | Score | IsExact | TextMatch | EdgeNode | Connection | Constant"
)
MatchEntry: TypeAlias = MatchPart | MatchHolder | Constant
ConnectionEntry: TypeAlias = Nodes | Edges | TotalCount | PageInfo | Constant


@dataclass(frozen=True, slots=True)
class Connection:
    """The page that a fetch found, per parent."""

    key: str
    types: frozenset[str]
    fetch: int
    size: int
    """The most nodes that are shown."""
    page: Page
    entries: tuple[ConnectionEntry, ...]
    node: FieldNode


@dataclass(frozen=True, slots=True)
class HopNode:
    """A node at one end of a hop."""

    key: str
    end: HopEnd
    fetch: int
    template: "Template"


@dataclass(frozen=True, slots=True)
class HopProperty:
    """The property that a hop goes along, as pairs of key and field name."""

    key: str
    entries: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class HopDirection:
    """Whether a hop goes along its property or against it."""

    key: str


HopEntry: TypeAlias = HopNode | HopProperty | HopDirection | Connection | Constant


@dataclass(frozen=True, slots=True)
class HopList:
    """The hops of a path."""

    key: str
    entries: tuple[HopEntry, ...]


PathEntry: TypeAlias = HopList | Constant


@dataclass(frozen=True, slots=True)
class PathList:
    """The paths that a search found."""

    key: str
    entries: tuple[PathEntry, ...]


@dataclass(frozen=True, slots=True)
class Length:
    """The number of hops of the paths."""

    key: str


@dataclass(frozen=True, slots=True)
class HasMore:
    """Whether there are more paths than are shown."""

    key: str


PathsEntry: TypeAlias = PathList | Length | HasMore | Constant


@dataclass(frozen=True, slots=True)
class Paths:
    """How two nodes are connected, or null if one of them is none of the types."""

    key: str
    search: PathSearch
    entries: tuple[PathsEntry, ...]
    schema: SchemaMap
    node: FieldNode

    def fetches(self) -> Iterator[int]:
        """Yield the numbers of the fetches that read what is shown of the paths."""
        for paths in self.entries:
            for hops in paths.entries if isinstance(paths, PathList) else ():
                for entry in hops.entries if isinstance(hops, HopList) else ():
                    if isinstance(entry, HopNode | Connection):
                        yield entry.fetch


@dataclass(frozen=True, slots=True)
class Refusal:
    """A root field whose arguments cannot be met."""

    key: str
    message: str
    required: bool
    node: FieldNode


Entry: TypeAlias = Typename | Identifier | Value | Texts | Link | Connection | Groups
RootEntry: TypeAlias = Constant | Link | Links | Connection | Groups | Paths | Refusal
Template: TypeAlias = tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What to read for an operation and how to show it."""

    fetches: tuple[Fetch, ...]
    template: tuple[RootEntry, ...]
