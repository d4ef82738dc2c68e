"""The building blocks of a mapped schema (Relay's connection specification).

A list of nodes is a connection everywhere, so that it can be paged and counted wherever
it stands:

    members: Annotated[Connection[City], Rdf(ORG.member)] = connection()
"""

from typing import Annotated, Any, ClassVar, Generic, NoReturn, TypeVar

import strawberry

from ssc_kg.compiler.lower import DEFAULT_PAGE, MAXIMUM_PAGE
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


def connection() -> Connection[_Item]:
    """Declare a field that is a page of nodes.

    What it returns is the declaration that Strawberry reads; the type says what the
    field will hold.
    """
    return strawberry.field(resolver=_page)  # type: ignore[return-value]  # a declaration


def lookup() -> Any:
    """Declare a root field that finds one node by its IRI, or is null.

    Typed as Strawberry's own `field` is, since the annotation says what it will hold.
    """
    return strawberry.field(resolver=_node)


def _page(
    first: Annotated[  # noqa: ARG001  (the arguments are the schema's, not ours)
        int | None,
        strawberry.argument(
            description="How many nodes to show at most, counted from the beginning, "
            f"0 to {MAXIMUM_PAGE}; {DEFAULT_PAGE} if neither this nor `last` is given."
        ),
    ] = strawberry.UNSET,
    after: Annotated[  # noqa: ARG001  (as above)
        str | None,
        strawberry.argument(description="Show only nodes after this cursor."),
    ] = strawberry.UNSET,
    last: Annotated[  # noqa: ARG001  (as above)
        int | None,
        strawberry.argument(
            description="How many nodes to show at most, counted from the end, "
            f"0 to {MAXIMUM_PAGE}; not together with `first`."
        ),
    ] = strawberry.UNSET,
    before: Annotated[  # noqa: ARG001  (as above)
        str | None,
        strawberry.argument(description="Show only nodes before this cursor."),
    ] = strawberry.UNSET,
) -> object:
    return _refuse()


def _node(
    id: Annotated[  # noqa: A002, ARG001  (the schema's name for it)
        strawberry.ID, strawberry.argument(description="The IRI of the node.")
    ],
) -> object:
    return _refuse()


def _refuse() -> NoReturn:
    msg = "a mapped field is resolved by the engine; build the schema by build_engine()"
    raise MappingError(msg)
