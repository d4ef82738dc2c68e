"""Hints for a query, by the ontology that the version which answers it holds.

A version without the ontology gets none: its terms are somebody else's.
"""

from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode, Quad

from ssc_kg.rdf.namespaces import SSC_NAMESPACE
from ssc_kg.rdf.vocab import DASH, RDF, RDFS, SH
from ssc_kg.sparql.hints import Vocabulary, find_hints
from ssc_kg.sparql.scan import Scan
from ssc_kg.store.protocol import Store
from ssc_kg.store.snapshot import Snapshot

_ONTOLOGY = NamedNode(SSC_NAMESPACE.removesuffix("#"))


class Hints:
    """Gives hints; the terms of the version asked last are kept."""

    def __init__(self) -> None:
        self._kept: tuple[str, Vocabulary | None] = ("", None)

    def find(self, scan: Scan, snapshot: Snapshot) -> tuple[str, ...]:
        """Return what a query of a version probably does not mean."""
        identity, vocabulary = self._kept
        if identity != snapshot.record.identity:
            vocabulary = read_vocabulary(snapshot.store)
            self._kept = (snapshot.record.identity, vocabulary)
        return () if vocabulary is None else find_hints(scan, vocabulary)


def read_vocabulary(store: Store) -> Vocabulary | None:
    """Return the terms of the ontology as a store holds it; None if it does not."""
    defined = store.match(None, RDFS.isDefinedBy, _ONTOLOGY)
    if not defined:
        return None
    shapes = (
        quad
        for kind in (SH.NodeShape, SH.PropertyShape)
        for quad in store.match(None, RDF.type, kind)
    )
    declared = store.match(None, DASH.abstract, Literal(value=True))
    abstract = frozenset(_names(declared))
    return Vocabulary(
        terms=frozenset(_names(defined)),
        shapes=frozenset(_names(shapes)),
        abstract={
            name: tuple(sorted(_below(store, name) - abstract)) for name in abstract
        },
    )


def _below(store: Store, name: str) -> set[str]:
    """Return the classes below one, as far as the hierarchy goes."""
    found, waiting = set[str](), [name]
    while waiting:
        above = NamedNode(SSC_NAMESPACE + waiting.pop())
        new = set(_names(store.match(None, RDFS.subClassOf, above))) - found
        found |= new
        waiting.extend(new)
    return found


def _names(quads: Iterable[Quad]) -> Iterator[str]:
    """Yield the local names of the subjects in the namespace of the ontology."""
    for quad in quads:
        match quad.subject:
            case NamedNode(value=iri) if iri.startswith(SSC_NAMESPACE):
                yield iri.removeprefix(SSC_NAMESPACE)
