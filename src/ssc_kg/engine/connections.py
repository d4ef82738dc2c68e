"""The building blocks of a mapped schema (Relay's connection specification).

A list of nodes is a connection everywhere, so that it can be paged and counted wherever
it stands:

    members: Annotated[Connection[City], Rdf(ORG.member)] = connection()
"""

from typing import Annotated, Any, ClassVar, Generic, NoReturn, TypeAlias, TypeVar

import strawberry
from strawberry.types.field import StrawberryField

from ssc_kg.compiler.paging import DEFAULT_PAGE, MAXIMUM_PAGE, MAXIMUM_STEPS
from ssc_kg.errors import MappingError

_Item = TypeVar("_Item")


@strawberry.type(description="Where a page of a connection begins and ends.")
class PageInfo:
    """Where a page begins and ends."""

    has_next_page: bool = strawberry.field(
        description="Whether there are nodes after this page."
    )
    has_previous_page: bool = strawberry.field(
        description="Whether there are nodes before this page."
    )
    start_cursor: str | None = strawberry.field(
        description="The cursor of the first node of this page; null if it is empty."
    )
    end_cursor: str | None = strawberry.field(
        description="The cursor of the last node; give it to `after` for the next page."
    )


@strawberry.type(description="A node in a connection, and its place there.")
class Edge(Generic[_Item]):
    """A node and its cursor."""

    cursor: str = strawberry.field(
        description="An opaque name of this place in the order of the connection."
    )
    node: _Item = strawberry.field(description="The node at this place.")


@strawberry.type(
    description="A page of nodes, in the order asked for; else by their IRIs."
)
class Connection(Generic[_Item]):
    """A page of nodes."""

    __is_connection__: ClassVar[bool] = True

    nodes: list[_Item] = strawberry.field(description="The nodes of this page.")
    edges: list[Edge[_Item]] = strawberry.field(
        description="The nodes of this page, each with its cursor."
    )
    total_count: int = strawberry.field(
        description="How many nodes there are on all pages together."
    )
    page_info: PageInfo = strawberry.field(
        description="Where this page begins and ends."
    )


@strawberry.type(description="A part of a text, in characters.")
class TextRange:
    """A part of a text."""

    start: int = strawberry.field(
        description="How many characters (code points) stand before it."
    )
    end: int = strawberry.field(description="How many characters stand before its end.")


@strawberry.type(description="The text by which a search found a node.")
class TextMatch(Generic[_Item]):
    """A text with the words of a search."""

    field: str = strawberry.field(
        description="What kind of text it is, such as `label` or `evidence`, which is "
        "a quotation about the node."
    )
    language: str | None = strawberry.field(
        description="Its language (BCP 47); null if it is in none."
    )
    text: str = strawberry.field(
        description="The text as it stands, or the part of a long one that has the "
        "words."
    )
    ranges: list[TextRange] = strawberry.field(
        description="Where in `text` words that were searched for are, in order."
    )
    source: _Item | None = strawberry.field(
        description="What has the text, if it is one about the node, such as evidence; "
        "null if it is a text of the node itself."
    )


@strawberry.type(description="A node that a search finds, and how well it fits.")
class SearchEdge(Generic[_Item]):
    """A node, its cursor, and the text by which it was found."""

    cursor: str = strawberry.field(
        description="An opaque name of this place in the order of the search."
    )
    node: _Item = strawberry.field(description="The node at this place.")
    is_exact: bool = strawberry.field(
        description="Whether a name of the node is what was searched for; such nodes "
        "come first."
    )
    score: float = strawberry.field(
        description="How well its best text fits, the higher the better (BM25); to be "
        "compared within one search."
    )
    match: TextMatch[_Item] = strawberry.field(
        description="The text that fits best, and where in it the words are."
    )


@strawberry.type(description="A page of what a search finds, the best first.")
class SearchConnection(Generic[_Item]):
    """A page of nodes, ranked."""

    __is_connection__: ClassVar[bool] = True

    nodes: list[_Item] = strawberry.field(description="The nodes of this page.")
    edges: list[SearchEdge[_Item]] = strawberry.field(
        description="The nodes of this page, each with how well it fits."
    )
    total_count: int = strawberry.field(
        description="How many nodes there are on all pages together."
    )
    page_info: PageInfo = strawberry.field(
        description="Where this page begins and ends."
    )


def connection(description: str | None = None) -> Connection[_Item]:
    """Declare a field that is a page of nodes.

    What it returns is the declaration that Strawberry reads; the type says what the
    field will hold.
    """
    return page_field(description)  # type: ignore[return-value]  # a declaration


def page_field(description: str | None = None) -> StrawberryField:
    """Return a field with the arguments of a page; the caller adds its type."""
    return strawberry.field(resolver=_page, description=description)  # type: ignore[return-value]  # it says: what the resolver returns


def closure(description: str) -> Connection[_Item]:
    """Declare a field that is a page of all that some steps lead to.

    No property of the ontology describes it, so it describes itself.
    """
    return strawberry.field(resolver=_steps, description=description)  # type: ignore[return-value]  # a declaration


def lookup() -> Any:
    """Declare a root field that finds one node by its IRI, or is null.

    Typed as Strawberry's own `field` is, since the annotation says what it will hold.
    """
    return strawberry.field(resolver=_node)


def lookups(description: str) -> Any:
    """Declare a root field that finds nodes by their IRIs, or is null for each other.

    Typed as Strawberry's own `field` is, since the annotation says what it will hold.
    """
    return strawberry.field(resolver=_nodes, description=description)


def search(description: str) -> Any:
    """Declare a root field that finds nodes by the words of their texts.

    Typed as Strawberry's own `field` is, since the annotation says what it will hold.
    """
    return strawberry.field(resolver=_found, description=description)


_First: TypeAlias = Annotated[
    int | None,
    strawberry.argument(
        description="How many nodes to show at most, counted from the beginning, "
        f"0 to {MAXIMUM_PAGE}; {DEFAULT_PAGE} if neither this nor `last` is given."
    ),
]
_After: TypeAlias = Annotated[
    str | None, strawberry.argument(description="Show only nodes after this cursor.")
]
_Last: TypeAlias = Annotated[
    int | None,
    strawberry.argument(
        description="How many nodes to show at most, counted from the end, "
        f"0 to {MAXIMUM_PAGE}; not together with `first`."
    ),
]
_Before: TypeAlias = Annotated[
    str | None, strawberry.argument(description="Show only nodes before this cursor.")
]


def _page(
    first: _First = strawberry.UNSET,  # noqa: ARG001  (the schema's arguments, not ours)
    after: _After = strawberry.UNSET,  # noqa: ARG001  (as above)
    last: _Last = strawberry.UNSET,  # noqa: ARG001  (as above)
    before: _Before = strawberry.UNSET,  # noqa: ARG001  (as above)
) -> object:
    return refuse()


def _steps(
    depth: Annotated[  # noqa: ARG001  (as above)
        int | None,
        strawberry.argument(
            description=f"How many steps to follow at most, 1 to {MAXIMUM_STEPS}; "
            "without it, all there are."
        ),
    ] = strawberry.UNSET,
    first: _First = strawberry.UNSET,  # noqa: ARG001  (as above)
    after: _After = strawberry.UNSET,  # noqa: ARG001  (as above)
    last: _Last = strawberry.UNSET,  # noqa: ARG001  (as above)
    before: _Before = strawberry.UNSET,  # noqa: ARG001  (as above)
) -> object:
    return refuse()


def _found(
    text: Annotated[  # noqa: ARG001  (as above)
        str,
        strawberry.argument(
            description="Words, at most 64, all of which have to be in the texts of "
            "a node, in one or in several; case and accents do not matter. The last "
            "may be the beginning of a word. There are no operators."
        ),
    ],
    first: Annotated[  # noqa: ARG001  (as above)
        int | None,
        strawberry.argument(
            description=f"How many nodes to show at most, 0 to {MAXIMUM_PAGE}; "
            f"{DEFAULT_PAGE} if it is not given."
        ),
    ] = strawberry.UNSET,
    after: _After = strawberry.UNSET,  # noqa: ARG001  (as above)
) -> object:
    return refuse()


def _nodes(
    ids: Annotated[  # noqa: ARG001  (as above)
        list[strawberry.ID],
        strawberry.argument(
            description=f"The IRIs of the nodes, at most {MAXIMUM_PAGE}; the answer "
            "has a node or null for each, in this order."
        ),
    ],
) -> object:
    return refuse()


def _node(
    id: Annotated[  # noqa: A002, ARG001  (the schema's name for it)
        strawberry.ID, strawberry.argument(description="The IRI of the node.")
    ],
) -> object:
    return refuse()


def refuse() -> NoReturn:
    """Say that a field is not for Strawberry alone to resolve.

    Raises:
        MappingError: Always.
    """
    msg = "a mapped field is resolved by the engine; build the schema by build_engine()"
    raise MappingError(msg)
