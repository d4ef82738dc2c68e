"""Which quads files put into which graphs.

What a file says in a graph that it names goes there. What names no graph goes to the
one that was chosen for the file, or else to the one that the catalogue gives it.
"""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad

from ssc_kg.dataset.graphs import Catalogue, catalogue_graph, describe_graphs
from ssc_kg.dataset.sources import Parsed
from ssc_kg.errors import RdfRefusedError
from ssc_kg.formats.blank_nodes import relabel


@dataclass(frozen=True, slots=True)
class _Part:
    """What one file says about one graph."""

    graph: NamedNode
    quads: frozenset[Quad]
    file: Parsed


def collect(
    files: Sequence[Parsed], *, graph: NamedNode | None, catalogue: Catalogue
) -> Mapping[NamedNode, Collection[Quad]]:
    """Return the whole new content of each graph that the files speak of.

    Files that are not for a graph of their own go to `graph` if it is given. The
    `catalogue` describes the graphs so far; one among the files replaces it.

    Raises:
        RdfRefusedError: A graph that merges would have a blank node.
    """
    parts = list(_split(files, graph, catalogue))
    described = _join(parts).get(catalogue_graph(catalogue.base_iri))
    if described is not None:
        catalogue = describe_graphs(described, base_iri=catalogue.base_iri)
        parts = list(_split(files, graph, catalogue))
    _refuse_blank_nodes(parts, catalogue)
    return {name: _label(name, quads) for name, quads in _join(parts).items()}


def _split(
    files: Sequence[Parsed], graph: NamedNode | None, catalogue: Catalogue
) -> Iterator[_Part]:
    for file in files:
        names = file.graph_names()
        for name in names:
            yield _Part(name, frozenset(file.quads(name)), file)
        chosen = file.source.graph or graph or catalogue.graph_of(file.source.path)
        target = chosen or catalogue.local
        unnamed = frozenset(_put(quad, target) for quad in file.quads(DefaultGraph()))
        # A file of named graphs alone says nothing about any other; one that is empty
        # says that its graph is.
        if unnamed or not names:
            yield _Part(target, unnamed, file)


def _put(quad: Quad, graph: NamedNode) -> Quad:
    return Quad(quad.subject, quad.predicate, quad.object, graph)


def _join(parts: Sequence[_Part]) -> Mapping[NamedNode, set[Quad]]:
    contents: dict[NamedNode, set[Quad]] = defaultdict(set)
    for part in parts:
        contents[part.graph].update(part.quads)
    return contents


def _refuse_blank_nodes(parts: Sequence[_Part], catalogue: Catalogue) -> None:
    for part in parts:
        if catalogue.is_merged(part.graph) and any(map(_has_blank_node, part.quads)):
            reason = (
                "a blank node, which nobody could refer to: [ … ], ( … ) or _:label; "
                "mint an IRI for it, or load it into a graph that does not merge"
            )
            line = part.file.line_of_blank_node()
            raise RdfRefusedError(str(part.file.source), reason, line=line)


def _has_blank_node(quad: Quad) -> bool:
    return isinstance(quad.subject, BlankNode) or isinstance(quad.object, BlankNode)


def _label(graph: NamedNode, quads: set[Quad]) -> set[Quad]:
    # Shapes have lists, which have no other form. The labels depend on what the graph
    # says, so that an identical load makes no difference, and on its name, since a
    # label means the same node in all graphs of a dataset.
    if not any(map(_has_blank_node, quads)):
        return quads
    prefix = "g" + hashlib.blake2b(graph.value.encode(), digest_size=6).hexdigest()
    return {_prefix_labels(quad, prefix) for quad in relabel(quads)}


def _prefix_labels(quad: Quad, prefix: str) -> Quad:
    subject, object_ = quad.subject, quad.object
    if isinstance(subject, BlankNode):
        subject = BlankNode(prefix + subject.value)
    if isinstance(object_, BlankNode):
        object_ = BlankNode(prefix + object_.value)
    return Quad(subject, quad.predicate, object_, quad.graph_name)
