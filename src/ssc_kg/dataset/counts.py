"""How much there is in a dataset, for whoever was told that all of it conforms."""

from dataclasses import dataclass

from pyoxigraph import Triple, Variable

from ssc_kg.dataset.contract import Statements
from ssc_kg.dataset.graphs import Catalogue
from ssc_kg.rdf.vocab import RDF, SH, SSC
from ssc_kg.sparql import algebra
from ssc_kg.sparql.algebra import CountRows, Projection, Select
from ssc_kg.sparql.render import render
from ssc_kg.store.protocol import Store, Table, Term
from ssc_kg.urls import Urls

_ANY = (Variable("subject"), Variable("predicate"), Variable("object"))
_SHAPES = frozenset({SH.NodeShape, SH.PropertyShape})


@dataclass(frozen=True, slots=True)
class Counts:
    """What was looked at; nothing is counted twice."""

    triples: int
    """Of the merge, without what the dataset says of itself."""
    graphs: int
    """Those that are merged."""
    things: int
    """What has an IRI of ours and is described in the merge, evidence apart."""
    shapes: int
    evidence: int


def count(store: Store, shapes: Statements, *, catalogue: Catalogue) -> Counts:
    """Count what a dataset holds and the shapes that it has to meet."""
    evidence = {quad.subject for quad in store.match(None, RDF.type, SSC.Evidence)}
    things = _find_things(store, base_iri=catalogue.base_iri)
    return Counts(
        triples=_count_triples(store),
        graphs=sum(map(catalogue.is_merged, store.graph_names())),
        things=len(things - evidence),
        shapes=len({quad.subject for quad in shapes if quad.object in _SHAPES}),
        evidence=len(evidence),
    )


def _find_things(store: Store, *, base_iri: str) -> set[Term | Triple]:
    things = Urls(base_iri).things
    rows = _ask(store, _ANY[0], distinct=True).rows
    return {term for [term] in rows if term and term.value.startswith(things)}


def _count_triples(store: Store) -> int:
    [[number]] = _ask(store, CountRows(Variable("number"))).rows
    return int(number.value) if number else 0


def _ask(store: Store, column: Projection, *, distinct: bool = False) -> Table:
    everything = algebra.Triple(*_ANY)
    return store.select(render(Select((column,), (everything,), distinct=distinct)))
