"""Which graph a file belongs to, and which graphs merge.

The graph `graph/catalogue` describes the others: `ssc:merged` says whether a graph
counts in the merged default graph, `ssc:loadedFrom` which file it holds. A graph
without a description merges if its name is one of ours: `graph/local` and what lies
under it, under `graph/source/` or under `graph/reference/`, and what the program makes
itself (`descriptions`). A graph under any other name, as of somebody else's data, does
not: a second label for a thing would break the shapes.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import pyoxigraph
from pyoxigraph import Literal, NamedNode, Quad

from ssc_kg.rdf.vocab import DCTERMS, SSC
from ssc_kg.store.protocol import Store
from ssc_kg.urls import Urls

_MERGED_NAMES = ("graph/source/", "graph/reference/", "graph/local/")


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What is known of the graphs of one version."""

    base_iri: str
    flags: Mapping[NamedNode, bool]
    """What the descriptions say about merging, by graph."""
    files: Mapping[PurePosixPath, NamedNode]
    """The graph of each file, by its path from the root of the project."""

    @property
    def local(self) -> NamedNode:
        """The graph of data that names no other."""
        return Urls(self.base_iri).graph("local")

    def is_merged(self, graph: NamedNode) -> bool:
        """Whether the triples of `graph` count in the default graph."""
        names = tuple(f"{self.base_iri}{name}" for name in _MERGED_NAMES)
        own = (self.local, *description_graphs(self.base_iri))
        is_ours = graph in own or graph.value.startswith(names)
        return self.flags.get(graph, is_ours)

    def graph_of(self, path: Path) -> NamedNode | None:
        """Return the graph that the catalogue says is loaded from this file.

        A checkout may be anywhere, so the end of the path decides.
        """
        parts = path.resolve().parts
        fits = (file for file in self.files if parts[-len(file.parts) :] == file.parts)
        # "seed_data/a.ttl" fits where "a.ttl" does; the longer one says more.
        best = max(fits, key=lambda file: len(file.parts), default=None)
        return None if best is None else self.files[best]


def catalogue_graph(base_iri: str) -> NamedNode:
    """Return the name of the graph that describes the graphs."""
    return Urls(base_iri).graph("catalogue")


def ontology_graph(base_iri: str) -> NamedNode:
    """Return the name of the graph that holds the classes and properties."""
    return Urls(base_iri).graph("ontology")


def shapes_graph(base_iri: str) -> NamedNode:
    """Return the name of the graph that holds the SHACL shapes."""
    return Urls(base_iri).graph("shapes")


def description_graphs(base_iri: str) -> tuple[NamedNode, ...]:
    """Return the names of the graphs that the program makes, which no file fills."""
    urls = Urls(base_iri)
    return tuple(map(urls.graph, ("prefixes", "queries", "void")))


def read_catalogue(store: pyoxigraph.Store, *, base_iri: str) -> Catalogue:
    """Return what a store's catalogue says."""
    graph = catalogue_graph(base_iri)
    return describe_graphs(
        store.quads_for_pattern(None, None, None, graph), base_iri=base_iri
    )


def read_title(store: Store, urls: Urls) -> str | None:
    """Return the title that the catalogue gives to the dataset, best in English."""
    found = store.match(
        urls.dataset, DCTERMS.title, None, catalogue_graph(urls.base_iri)
    )
    titles = [quad.object for quad in found if isinstance(quad.object, Literal)]
    best = min(
        titles, key=lambda title: (title.language != "en", str(title)), default=None
    )
    return None if best is None else best.value


def describe_graphs(quads: Iterable[Quad], *, base_iri: str) -> Catalogue:
    """Return what the triples of a catalogue say."""
    flags: dict[NamedNode, bool] = {}
    files: dict[PurePosixPath, NamedNode] = {}
    for quad in quads:
        graph, value = quad.subject, quad.object
        if not isinstance(graph, NamedNode) or not isinstance(value, Literal):
            continue
        if quad.predicate == SSC.merged:
            flags[graph] = value.value in {"true", "1"}
        elif quad.predicate == SSC.loadedFrom:
            files[PurePosixPath(value.value)] = graph
    return Catalogue(base_iri, flags, files)
