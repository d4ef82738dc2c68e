"""Stage 4: sort the rows of a level by branch, parent and node.

The order of rows means nothing across UNION branches, and a node may stand in several
rows. Here each row finds its place; shaping puts nodes in order.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode

from ssc_kg.compiler.ordering import KeyValue
from ssc_kg.compiler.plan import Along, Fetch
from ssc_kg.rdf.vocab import XSD

Term: TypeAlias = NamedNode | BlankNode | Literal
Row: TypeAlias = tuple[Term | None, ...]
ROOT = ""
"""Stands for the parent of a root fetch."""


@dataclass(slots=True)
class Node:
    """What was read of one node by one fetch."""

    iri: str
    types: set[str] = field(default_factory=set)
    """The IRIs of its classes."""
    values: dict[int, set[Term]] = field(default_factory=dict)
    """Terms by the number of the variable."""


@dataclass(slots=True)
class Answer:
    """What one fetch found."""

    keys: int = 0
    """How many things its nodes are ordered by."""
    nodes: dict[str, Node] = field(default_factory=dict)
    """Every node, by IRI."""
    pages: dict[str, dict[str, tuple[KeyValue, ...]]] = field(default_factory=dict)
    """What the nodes found are ordered by, by their IRI, by the IRI of the parent."""
    counts: dict[str, int] = field(default_factory=dict)
    """The number on all pages, by the IRI of the parent; a childless one is absent."""


Answers: TypeAlias = Mapping[int, Answer]


def collect(rows: Iterable[Row], answers: Answers, *, keys: int) -> None:
    """Add the rows of one level to the answers of its fetches, by branch number.

    The first `keys` columns of values hold what nodes are ordered by.
    """
    for branch, parent, *rest in rows:
        if branch is not None:
            origin = parent.value if parent is not None else ROOT
            _collect_row(answers[int(branch.value)], origin, rest, keys)


def _collect_row(
    answer: Answer, parent: str, rest: list[Term | None], keys: int
) -> None:
    node_term, type_term, count_term, *others = rest
    if count_term is not None:
        answer.counts[parent] = int(count_term.value)
        return
    if not isinstance(node_term, NamedNode):
        return  # A blank node, of which nothing more could be asked.
    iri = node_term.value
    node = answer.nodes.get(iri)
    if node is None:
        node = answer.nodes[iri] = Node(iri)
    if type_term is not None:
        # A node without such a row is not of the types asked for.
        node.types.add(type_term.value)
        place = tuple(map(_key_value, others[: answer.keys]))
        answer.pages.setdefault(parent, {})[iri] = place
    for number, term in enumerate(others[keys:] if keys else others):
        if term is not None:
            node.values.setdefault(number, set()).add(term)


def _key_value(term: Term | None) -> KeyValue:
    match term:
        case Literal(value=value, datatype=XSD.double):
            return float(value)
        case Literal(value=value, datatype=XSD.boolean):
            return value == "true"
        case None:
            return None
        case _:
            return term.value


def parents_of(fetch: Fetch, owner: Fetch, answer: Answer) -> tuple[NamedNode, ...]:
    """Return the nodes of `owner` from which `fetch` starts, sorted."""
    source = fetch.source
    if not isinstance(source, Along):
        return ()
    classes = {
        type_.rdf_class.value
        for type_ in owner.types
        if type_.rdf_class and type_.name in source.parents
    }
    return tuple(
        NamedNode(iri)
        for iri in sorted(answer.nodes)
        if not classes.isdisjoint(answer.nodes[iri].types)
    )
