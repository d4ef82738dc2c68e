"""Read a few nodes pattern by pattern, without a query.

To parse and plan a query takes an engine in this process some 200 microseconds, to
match a pattern 10; so what a look-up by IRI asks is answered sooner this way.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import inf

from pyoxigraph import NamedNode, Triple

from ssc_kg.compiler.collect import ROOT, Answer, Node, Slot
from ssc_kg.compiler.conditions import ALWAYS
from ssc_kg.compiler.emit import Branch
from ssc_kg.compiler.plan import Along, Fetch, One, Paths, Plan, Several, Source
from ssc_kg.compiler.restrict import classes_of
from ssc_kg.mapping.model import LinkField, ValueField
from ssc_kg.rdf.vocab import RDF
from ssc_kg.store.protocol import Store

MAXIMUM_READS = 64
"""The most patterns of a level; more are answered sooner by one query."""


def is_small(plan: Plan) -> bool:
    """Return whether a plan needs no query, if each link leads to one node."""
    if any(isinstance(entry, Paths) for entry in plan.template):
        return False
    return sum(map(_reads, plan.fetches)) <= MAXIMUM_READS


def read_directly(
    branches: Sequence[Branch], store: Store, answers: dict[int, Answer]
) -> int | None:
    """Read a level and return the number of nodes, or None if that is for a query."""
    if not store.capabilities.matches_at_once:
        return None
    if not all(_is_plain(branch.fetch) for branch in branches):
        return None
    reader, found = _Reader(store), dict[int, Answer]()
    for branch in branches:
        answer = reader.read(branch)
        if answer is None:
            return None
        found[branch.fetch.number] = answer
    answers.update(found)
    return sum(len(answer.nodes) for answer in found.values())


@dataclass(slots=True)
class _Reader:
    """Reads the branches of a level, as long as they are few."""

    store: Store
    reads: int = 0

    def read(self, branch: Branch) -> Answer | None:
        answer, fetch = Answer(), branch.fetch
        for parent, node in self._nodes(branch):
            self.reads += _reads_per_node(fetch)
            if self.reads > MAXIMUM_READS:
                return None
            if node.value not in answer.nodes and (types := self._types(node, fetch)):
                slots = [self._slot(node, field) for field in fetch.values]
                answer.nodes[node.value] = Node(node.value, types, slots)
            if node.value in answer.nodes:
                answer.pages.setdefault(parent, {})[node.value] = ()
        return answer

    def _nodes(self, branch: Branch) -> Iterator[tuple[str, NamedNode]]:
        match branch.fetch.source:
            case One(iri=iri):
                yield ROOT, iri
            case Several(iris):
                for iri in iris:
                    yield ROOT, iri
            case Along(link):
                for parent in branch.parents:
                    for node in self._follow(parent, link):
                        yield parent.value, node
            case source:
                msg = f"{source} is not read without a query"
                raise AssertionError(msg)

    def _follow(self, parent: NamedNode, link: LinkField) -> Iterator[NamedNode]:
        quads = (
            self.store.match(None, link.property, parent)
            if link.inverse
            else self.store.match(parent, link.property)
        )
        for quad in quads:
            node = quad.subject if link.inverse else quad.object
            if isinstance(node, NamedNode):
                yield node

    def _types(self, node: NamedNode, fetch: Fetch) -> set[str]:
        classes = {class_.value for class_ in classes_of(fetch.types)}
        terms = (quad.object for quad in self.store.match(node, RDF.type))
        return classes & {term.value for term in terms if isinstance(term, NamedNode)}

    def _slot(self, node: NamedNode, field: ValueField) -> Slot:
        terms = (quad.object for quad in self.store.match(node, field.property))
        cells = [str(term) for term in terms if not isinstance(term, Triple)]
        if len(cells) > 1:
            return dict.fromkeys(cells)
        return cells[0] if cells else ""


def _reads(fetch: Fetch, parents: int = 1) -> float:
    """Return how many patterns a fetch and those below it take."""
    if not _is_plain(fetch):
        return inf
    nodes = len(fetch.source.iris) if isinstance(fetch.source, Several) else parents
    own = nodes * _reads_per_node(fetch)
    return own + sum(_reads(child, nodes) for child in fetch.fetches)


def _reads_per_node(fetch: Fetch) -> int:
    """Return the patterns of a node: what leads to it, its classes, its values."""
    return 2 + len(fetch.values)


def _is_plain(fetch: Fetch) -> bool:
    """Return whether all nodes of a fetch are wanted, and one step leads to them."""
    return (
        _is_near(fetch.source)
        and fetch.page is None
        and fetch.condition == ALWAYS
        and fetch.has_nodes
        and not fetch.has_count
    )


def _is_near(source: Source) -> bool:
    match source:
        case One() | Several():
            return True
        case Along(link):
            return not link.closure
        case _:
            return False
