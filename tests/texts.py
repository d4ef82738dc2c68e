"""Statements whose texts can be searched, and what an index of them holds."""

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import TypeAlias

import pyoxigraph
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from ssc_kg.mapping.texts import TextField
from ssc_kg.rdf.vocab import RDF
from ssc_kg.store.embedded import EmbeddedStore

NAMESPACE = "http://example.org/"
NAME, MOTTO, QUOTED, SPEAKS_OF = (
    NamedNode(f"{NAMESPACE}{name}") for name in ("says", "motto", "quoted", "speaksOf")
)
"""The first is also what `tests.datasets.quad` says."""
FIELDS = (
    TextField(NAME, kind="label", weight=8.0, is_name=True),
    TextField(MOTTO, kind="description", weight=2.0),
    TextField(QUOTED, kind="evidence", weight=1.0, about=SPEAKS_OF),
)


def node(name: str) -> NamedNode:
    """Return the IRI of the thing of that name."""
    return NamedNode(f"{NAMESPACE}{name}")


def says(
    subject: str, property_: NamedNode, text: str, language: str | None = None
) -> Quad:
    """Return what the default graph says of a thing."""
    value = Literal(text, language=language) if language else Literal(text)
    return Quad(node(subject), property_, value, DefaultGraph())


def is_a(subject: str, class_: str) -> Quad:
    """Return which class a thing has."""
    return Quad(node(subject), RDF.type, node(class_), DefaultGraph())


def quotes(subject: str, text: str, *about: str) -> list[Quad]:
    """Return a quotation about some things."""
    links = (Quad(node(subject), SPEAKS_OF, node(a), DefaultGraph()) for a in about)
    return [says(subject, QUOTED, text), *links]


def store_of(quads: Iterable[Quad]) -> EmbeddedStore:
    """Return a store in memory that holds these quads."""
    store = pyoxigraph.Store()
    store.extend(quads)
    return EmbeddedStore(store)


TextRow: TypeAlias = tuple[str, int, str, str, int, int]
"""Node, place of the field, language, text, number of words, and of holders."""


def texts_of(path: Path) -> list[TextRow]:
    """Return the texts of an index, sorted."""
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(
            "SELECT iri, field, language, text, length, holders FROM text"
            " JOIN node ON node.id = node ORDER BY 1, 2, 3, 4"
        ).fetchall()


def types_of(path: Path) -> list[tuple[str, str]]:
    """Return the nodes of an index with their classes, sorted."""
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(
            "SELECT node.iri, class.iri FROM type JOIN node ON node.id = node"
            " JOIN class ON class.id = class ORDER BY 1, 2"
        ).fetchall()
