"""The RDF files that the project publishes, and how to read them."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph
from pyoxigraph import BlankNode, NamedNode, Quad, RdfFormat, Triple

from ssc_kg.resources import ONTOLOGY, ROOT, SEED_DATA

Term = NamedNode | BlankNode | pyoxigraph.Literal | Triple

ONTOLOGY_FILES = tuple(sorted(ONTOLOGY.glob("*.ttl")))
SEED_FILES = tuple(sorted(SEED_DATA.rglob("*.ttl")))
RDF_FILES = (*ONTOLOGY_FILES, *SEED_FILES)


def name_of(path: Path) -> str:
    """Return the name by which the catalogue knows a file."""
    return path.relative_to(ROOT).as_posix()


def read(*paths: Path) -> list[Quad]:
    """Return the statements of Turtle files."""
    return [
        quad
        for path in paths
        for quad in pyoxigraph.parse(path=path, format=RdfFormat.TURTLE)
    ]


def iris(quads: Iterable[Quad]) -> Iterator[NamedNode]:
    """Yield every IRI that statements are made of, datatypes included."""
    for quad in quads:
        for term in (quad.subject, quad.predicate, quad.object):
            if isinstance(term, NamedNode):
                yield term
            elif isinstance(term, pyoxigraph.Literal):
                yield term.datatype


def objects(
    quads: Iterable[Quad], subject: NamedNode, predicate: NamedNode
) -> list[Term]:
    """Return what statements say of a subject with one property."""
    return [
        quad.object
        for quad in quads
        if quad.subject == subject and quad.predicate == predicate
    ]


def subjects(
    quads: Iterable[Quad], predicate: NamedNode, *values: Term
) -> set[NamedNode]:
    """Return what has a property, with one of some values if there are any."""
    return {
        quad.subject
        for quad in quads
        if quad.predicate == predicate
        and (not values or quad.object in values)
        and isinstance(quad.subject, NamedNode)
    }
