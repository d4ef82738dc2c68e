"""Labels for blank nodes that depend on what a graph says, not on how it was read.

Colour refinement: a node's colour is a digest of the statements about it, in which
other blank nodes appear by their colours, until no more nodes can be told apart; then
one of those left alike is set apart, and so on. Isomorphic graphs get the same labels,
except ones so regular that this cannot tell unlike nodes apart.

RDFC-1.0 has no such exception, but its time grows with the factorial of the symmetry:
0.4 s for seven nodes that all link to each other, minutes for ten, and a query may ask
for such a graph. Here the work is bounded.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from pyoxigraph import BlankNode, Quad

_WORK_LIMIT = 300_000
"""How many statements may be looked at; about a second. Then given labels decide."""

_Colours = dict[BlankNode, str]
_Mentions = Mapping[BlankNode, list[Quad]]


def relabel(quads: Iterable[Quad]) -> set[Quad]:
    """Return the quads, each once, with blank nodes named `b0`, `b1` … canonically."""
    distinct = set(quads)
    mentions = _mentions(distinct)
    if not mentions:
        return distinct
    colours = _colour(mentions)
    order = sorted(mentions, key=lambda node: (colours[node], node.value))
    names = dict(zip(order, labels(len(order)), strict=True))
    return {_rename(quad, names) for quad in distinct}


def labels(count: int) -> list[BlankNode]:
    """Return `b0`, `b1` …, all of one length, so that they sort as they are numbered.

    >>> [str(node) for node in labels(11)][-2:]
    ['_:b09', '_:b10']
    """
    width = len(str(count - 1))
    return [BlankNode(f"b{i:0{width}}") for i in range(count)]


def _mentions(quads: Iterable[Quad]) -> _Mentions:
    mentions: dict[BlankNode, list[Quad]] = defaultdict(list)
    for quad in quads:
        for node in _blank_nodes(quad):
            mentions[node].append(quad)
    return mentions


def _blank_nodes(quad: Quad) -> set[BlankNode]:
    terms = (quad.subject, quad.object, quad.graph_name)
    return {term for term in terms if isinstance(term, BlankNode)}


def _colour(mentions: _Mentions) -> _Colours:
    # A node beside no other is never set apart: those like it say the same.
    linked = {
        node
        for node, quads in mentions.items()
        if any(len(_blank_nodes(quad)) > 1 for quad in quads)
    }
    rounds = _WORK_LIMIT // sum(map(len, mentions.values()))
    colours = dict.fromkeys(mentions, "")
    for _ in range(max(rounds, 1)):
        finer = {node: _digest(node, mentions[node], colours) for node in mentions}
        if len(set(finer.values())) == len(set(colours.values())):
            twin = _first_twin(finer, linked)
            if twin is None:
                return finer
            finer[twin] += "'"
        colours = finer
    return colours


def _digest(node: BlankNode, quads: Iterable[Quad], colours: _Colours) -> str:
    lines = sorted(" ".join(_spell(quad, node, colours)) for quad in quads)
    text = "\n".join((colours[node], *lines))
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def _spell(quad: Quad, node: BlankNode, colours: _Colours) -> Iterator[str]:
    for term in (quad.subject, quad.predicate, quad.object, quad.graph_name):
        if not isinstance(term, BlankNode):
            yield str(term)
        else:
            yield "itself" if term == node else f"_:{colours[term]}"


def _first_twin(colours: _Colours, among: Iterable[BlankNode]) -> BlankNode | None:
    alike: dict[str, list[BlankNode]] = defaultdict(list)
    for node in among:
        alike[colours[node]].append(node)
    twins = [(colour, nodes) for colour, nodes in alike.items() if len(nodes) > 1]
    if not twins:
        return None
    _, nodes = min(twins, key=lambda twin: twin[0])
    return min(nodes, key=lambda node: node.value)


def _rename(quad: Quad, names: Mapping[BlankNode, BlankNode]) -> Quad:
    subject, object_, graph = quad.subject, quad.object, quad.graph_name
    return Quad(
        names[subject] if isinstance(subject, BlankNode) else subject,
        quad.predicate,
        names[object_] if isinstance(object_, BlankNode) else object_,
        names[graph] if isinstance(graph, BlankNode) else graph,
    )
