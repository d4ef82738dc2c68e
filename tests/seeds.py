"""The seed data as a store in memory, without a data directory."""

import pyoxigraph
from pyoxigraph import NamedNode, RdfFormat

from ssc_kg.resources import ROOT, SEED_DATA

_GRAPHS = """
PREFIX ssc: <https://w3id.org/ssc-kg/ontology#>
SELECT ?graph ?file ?merged { ?graph ssc:loadedFrom ?file ; ssc:merged ?merged }
"""


def load_seeds() -> pyoxigraph.Store:
    """Return a store that holds each graph of the catalogue and the merge."""
    store = pyoxigraph.Store()
    catalogue = pyoxigraph.Store()
    catalogue.load(path=SEED_DATA / "catalogue.ttl", format=RdfFormat.TURTLE)
    solutions = catalogue.query(_GRAPHS)
    assert isinstance(solutions, pyoxigraph.QuerySolutions)
    for graph, file, merged in solutions:
        assert isinstance(graph, NamedNode)
        path = ROOT / file.value
        store.load(path=path, format=RdfFormat.TURTLE, to_graph=graph)
        if merged.value == "true":
            store.load(path=path, format=RdfFormat.TURTLE)
    return store
