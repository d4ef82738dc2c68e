"""Lists (RDF 1.1 collections), for a format that can write them as lists.

A list is a chain of cells before `rdf:nil`. A cell is a blank node that has one
`rdf:first`, one `rdf:rest` and nothing else, and is mentioned once: by the cell before
it or, if it is the head, by any other statement; all that in one graph. Whatever else
has these predicates remains the statements it is, so that nothing is lost or added.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import TypeAlias

from pyoxigraph import BlankNode

from ssc_kg.formats.blank_nodes import labels
from ssc_kg.formats.statements import Statement, Term
from ssc_kg.rdf.vocab import RDF

Lists: TypeAlias = Mapping[Term, tuple[Term, ...]]
"""The members of each list by its head; a member may be the head of another list."""

_DEPTH_LIMIT = 8
"""How deep lists are nested; readers that recurse fail at some depth."""


@dataclass(frozen=True, slots=True)
class _Cell:
    first: Term
    rest: Term
    mention: Statement
    """The one statement that has the cell as its object."""


_Cells: TypeAlias = Mapping[Term, _Cell]


def take_lists(statements: Sequence[Statement]) -> tuple[Sequence[Statement], Lists]:
    """Take the lists out of arranged statements, and return what remains, and them.

    The blank nodes that are still to be written get new labels, in the same order.
    """
    cells = _cells(statements)
    chains = dict(_chains(cells))
    heads = list(_reached(chains, cells))
    if not heads:
        return statements, {}
    taken = {cell for head in heads for cell in chains[head]}
    kept = [statement for statement in statements if statement.subject not in taken]
    lists = {head: tuple(cells[cell].first for cell in chains[head]) for head in heads}
    return _renumber(kept, lists)


def _cells(statements: Sequence[Statement]) -> dict[Term, _Cell]:
    linked = {item.subject for item in statements if item.predicate == RDF.rest}
    linked.difference_update(item.graph for item in statements if item.graph)
    about: dict[Term, list[Statement]] = defaultdict(list)
    mentions: dict[Term, list[Statement]] = defaultdict(list)
    for statement in statements if linked else ():
        about[statement.subject].append(statement)
        mentions[statement.object].append(statement)
    return {
        node: _Cell(about[node][0].object, about[node][1].object, mentions[node][0])
        for node in linked
        if isinstance(node, BlankNode) and _is_cell(about[node], mentions[node])
    }


def _is_cell(about: Sequence[Statement], mentions: Sequence[Statement]) -> bool:
    # Statements are arranged by predicate, so `rdf:first` is the first.
    predicates = [statement.predicate for statement in about]
    graphs = {statement.graph for statement in (*about, *mentions)}
    has_both = predicates == [RDF.first, RDF.rest]
    return has_both and len(mentions) == 1 and len(graphs) == 1


def _chains(cells: _Cells) -> Iterator[tuple[Term, list[Term]]]:
    """Each chain that ends in `rdf:nil`, by its head."""
    for node, cell in cells.items():
        if cell.rest == RDF.nil:
            backwards = list(_back(node, cells))
            yield backwards[-1], backwards[::-1]


def _back(node: Term, cells: _Cells) -> Iterator[Term]:
    """The node and the cells before it: no circle, since they all lead to the node."""
    yield node
    while (mention := cells[node].mention).predicate == RDF.rest:
        node = mention.subject
        if node not in cells:
            return
        yield node


def _reached(chains: Mapping[Term, list[Term]], cells: _Cells) -> Iterator[Term]:
    """The heads of the lists that another statement has, and of the lists in those.

    Lists that only contain each other are not among them, nor ones nested too deeply.
    """
    nested = {cell for chain in chains.values() for cell in chain}
    level = [head for head in chains if cells[head].mention.subject not in nested]
    for _ in range(_DEPTH_LIMIT):
        yield from level
        members = (cells[cell].first for head in level for cell in chains[head])
        level = [member for member in members if member in chains]


def _renumber(
    statements: Sequence[Statement], lists: Lists
) -> tuple[list[Statement], Lists]:
    names = _names(statements, lists)
    renamed = [
        Statement(
            names.get(graph, graph),
            names.get(subject, subject),
            predicate,
            names.get(object_, object_),
        )
        for graph, subject, predicate, object_ in statements
    ]
    return renamed, {
        names[head]: tuple(names.get(member, member) for member in members)
        for head, members in lists.items()
    }


def _names(
    statements: Sequence[Statement], lists: Lists
) -> dict[Term | None, BlankNode]:
    terms = {term for statement in statements for term in statement}
    terms.update(*lists.values())
    written = {term for term in terms if isinstance(term, BlankNode)} - lists.keys()
    order = sorted(written, key=attrgetter("value"))
    # Heads are not written, but must not be taken for a node that is.
    unwritten = (BlankNode(f"list{i}") for i in range(len(lists)))
    return dict(zip((*order, *lists), (*labels(len(order)), *unwritten), strict=True))
