"""How a mapped schema shows how two nodes are connected.

path: Annotated[Paths[Node] | None, Connecting()] = paths("How …")
"""

from enum import Enum
from typing import Annotated, Any, ClassVar, Generic, TypeVar

import strawberry

from ssc_kg.compiler.paging import MAXIMUM_PAGE
from ssc_kg.compiler.paths import DEFAULT_HOPS, DEFAULT_PATHS, MAXIMUM_HOPS
from ssc_kg.engine.connections import refuse

_Item = TypeVar("_Item")


@strawberry.enum(description="Which way a hop goes along a property.")
class LinkDirection(Enum):
    """Which way a hop goes along a property."""

    FORWARD = strawberry.enum_value(
        "FORWARD", description="`from` has the property, `to` is its value."
    )
    INVERSE = strawberry.enum_value(
        "INVERSE", description="`to` has the property, `from` is its value."
    )


@strawberry.type(description="The property that a hop goes along.")
class LinkProperty:
    """A property."""

    id: strawberry.ID = strawberry.field(description="Its IRI.")
    name: str | None = strawberry.field(
        description="Its name in the ontology; null if it has none there."
    )
    field: str | None = strawberry.field(
        description="The field of `from` that leads to `to`; null if there is none."
    )


@strawberry.type(description="A link that leads from one node of a path to the next.")
class Hop(Generic[_Item]):
    """A link of a path."""

    from_: _Item = strawberry.field(
        name="from", description="The node that is nearer to the beginning of the path."
    )
    to: _Item = strawberry.field(description="The next node of the path.")
    property: LinkProperty = strawberry.field(
        description="The property that says how they are linked."
    )
    direction: LinkDirection = strawberry.field(
        description="Which of the two has the property."
    )


@strawberry.type(description="One way from a node to another.")
class Path(Generic[_Item]):
    """One way from a node to another."""

    hops: list[Hop[_Item]] = strawberry.field(
        description="The links in their order; none from a node to itself."
    )


@strawberry.type(description="How two nodes are connected: the shortest paths.")
class Paths(Generic[_Item]):
    """The shortest paths between two nodes."""

    __are_paths__: ClassVar[bool] = True

    length: int | None = strawberry.field(
        description="How many hops each of them has; null if there is none."
    )
    paths: list[Path[_Item]] = strawberry.field(
        description="The paths, in the order of the IRIs of their nodes and properties."
    )
    has_more: bool = strawberry.field(
        description="Whether there are more of this length than are shown."
    )


def paths(description: str) -> Any:
    """Declare a root field that tells how two nodes are connected.

    Typed as Strawberry's own `field` is, since the annotation says what it will hold.
    """
    return strawberry.field(resolver=_paths, description=description)


def _paths(
    from_: Annotated[  # noqa: ARG001  (the schema's arguments, not ours)
        strawberry.ID,
        strawberry.argument(name="from", description="The IRI of the first node."),
    ],
    to: Annotated[  # noqa: ARG001  (as above)
        strawberry.ID, strawberry.argument(description="The IRI of the last node.")
    ],
    max_hops: Annotated[  # noqa: ARG001  (as above)
        int,
        strawberry.argument(
            description="How many links may lie between them at most, 1 to "
            f"{MAXIMUM_HOPS}."
        ),
    ] = DEFAULT_HOPS,
    first: Annotated[  # noqa: ARG001  (as above)
        int,
        strawberry.argument(
            description=f"How many paths to show at most, 0 to {MAXIMUM_PAGE}."
        ),
    ] = DEFAULT_PATHS,
) -> object:
    return refuse()
