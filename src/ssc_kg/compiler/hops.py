"""One step of a search for paths, as a query.

Columns of a step, a row for each link and class of the node it leads to:

    ?node     the node that the step starts from
    ?link     the property
    ?inverse  whether it is stated from the other node to this one
    ?next     the other node
    ?type     one of its classes
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Variable

from ssc_kg.compiler.collect import Row
from ssc_kg.compiler.plan import PathSearch
from ssc_kg.compiler.restrict import classes_of
from ssc_kg.rdf.cells import is_iri
from ssc_kg.rdf.vocab import RDF
from ssc_kg.sparql.algebra import (
    Bind,
    Filter,
    Group,
    Lateral,
    OneOf,
    Select,
    Triple,
    Union,
    Values,
)

_NODE, _LINK, _INVERSE, _NEXT, _TYPE = (
    Variable(name) for name in ("node", "link", "inverse", "next", "type")
)


@dataclass(frozen=True, slots=True)
class Step:
    """A link between two nodes, found from one of them."""

    node: str
    property: str
    inverse: bool
    next: str
    type: str
    """A class of the next node."""


def emit_ends(search: PathSearch) -> Select:
    """Return the query for the classes of the nodes between which paths are wanted."""
    ends = dict.fromkeys((search.start, search.end))
    where = (Values(_NODE, tuple(ends)), Lateral(_typed(_NODE, search)))
    return Select((_NODE, _TYPE), where)


def emit_step(search: PathSearch, nodes: Sequence[NamedNode], limit: int) -> Select:
    """Return the query for the links from and to some nodes.

    Args:
        search: Says which properties and classes count.
        nodes: Where the step starts.
        limit: How many rows are enough to know that there are too many.
    """
    # Inside of LATERAL, each node is looked at by itself; else the engine may begin
    # with all links there are.
    found = Lateral((Union((_leading(search), _coming(search))),))
    return Select(
        (_NODE, _LINK, _INVERSE, _NEXT, _TYPE),
        (Values(_NODE, tuple(nodes)), found),
        limit=limit,
    )


def read_steps(rows: Iterable[Row]) -> Iterator[Step]:
    """Yield the links to nodes that have an IRI."""
    for node, link, inverse, found, type_ in rows:
        if is_iri(found):
            yield Step(
                node[1:-1], link[1:-1], inverse == "true", found[1:-1], type_[1:-1]
            )


def _leading(search: PathSearch) -> Group:
    return (
        Triple(_NODE, _LINK, _NEXT),
        Filter(OneOf(_LINK, search.properties)),
        *_typed(_NEXT, search),
        Bind(Literal(value=False), _INVERSE),
    )


def _coming(search: PathSearch) -> Group:
    return (
        Triple(_NEXT, _LINK, _NODE),
        Filter(OneOf(_LINK, search.properties)),
        *_typed(_NEXT, search),
        Bind(Literal(value=True), _INVERSE),
    )


def _typed(node: Variable, search: PathSearch) -> Group:
    return (
        Triple(node, RDF.type, _TYPE),
        Filter(OneOf(_TYPE, classes_of(search.types))),
    )
