"""What a dataset has to meet: its own ontology and shapes, or the packaged ones."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import TypeAlias

import pyoxigraph
from pyoxigraph import DefaultGraph, NamedNode, Quad

from ssc_kg import resources
from ssc_kg.dataset.graphs import ontology_graph, shapes_graph
from ssc_kg.dataset.sources import Source, parse

Statements: TypeAlias = Collection[Quad]


@dataclass(frozen=True, slots=True)
class Contract:
    """The statements of an ontology and of its shapes."""

    ontology: Statements
    shapes: Statements


def read_contract(store: pyoxigraph.Store, *, base_iri: str) -> Contract:
    """Return what the graphs of these names say, or the packaged files for want of one.

    A graph counts here whether or not it is merged.
    """
    return Contract(
        ontology=_read(store, ontology_graph(base_iri)) or _read_packaged("ssc.ttl"),
        shapes=_read(store, shapes_graph(base_iri)) or _read_packaged("shapes.ttl"),
    )


def _read(store: pyoxigraph.Store, graph: NamedNode | DefaultGraph) -> Statements:
    return tuple(store.quads_for_pattern(None, None, None, graph))


def _read_packaged(name: str) -> Statements:
    return _read(parse(Source(resources.ONTOLOGY / name)).store, DefaultGraph())
