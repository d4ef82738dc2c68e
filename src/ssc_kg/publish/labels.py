"""Columns of labels: what the IRIs of a table are called, beside them.

The label of an IRI is what the default graph calls it, in the language that a client
likes best, as GraphQL chooses it; none that is only in a language it does not want. Of
the properties of `NAMES`, the first that has such a text counts.
"""

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from functools import partial
from typing import TypeAlias

from pyoxigraph import DefaultGraph, Literal, NamedNode, Store

from ssc_kg.compiler.preferences import Preference, prefer
from ssc_kg.rdf.languages import accept_languages
from ssc_kg.rdf.vocab import DCTERMS, RDFS, SKOS
from ssc_kg.sparql.table import Table, Term

NAMES = (SKOS.prefLabel, RDFS.label, DCTERMS.title)
"""The properties whose texts are names, the best first."""
_Row: TypeAlias = tuple[Term | None, ...]


def add_labels(store: Store, table: Table, languages: str) -> Table:
    """Return a table with a column `<name>Label` after each in which an IRI occurs.

    A number follows if another column has that name: `<name>Label2`.

    Args:
        store: The graph.
        table: The table, whose rows are read to the end first.
        languages: Those that are liked, as in Accept-Language.
    """
    rows = [tuple(row) for row in table]
    columns = [*table.columns]
    places = [
        place
        for place in range(len(columns))
        if any(isinstance(row[place], NamedNode) for row in rows)
    ]
    for added, place in enumerate(places, start=1):
        name = name_label(table.columns[place], columns)
        columns.insert(place + added, name)
    labels = _Labels(store, prefer(accept_languages(languages)))
    return table.replace(columns, (labels.add(row, places) for row in rows))


def name_label(column: str, taken: Container[str]) -> str:
    """Return the name of the column of labels of another.

    >>> name_label("city", ["city", "cityLabel"])
    'cityLabel2'
    """
    name, number = f"{column}Label", 1
    while name in taken:
        number += 1
        name = f"{column}Label{number}"
    return name


def choose_name(
    texts: Callable[[NamedNode], Iterable[object]], preference: Preference
) -> Literal | None:
    """Return what a thing is called, if it has a name that is not unwanted.

    Args:
        texts: Returns what a property of it has.
        preference: The languages that are liked.
    """
    for property_ in NAMES:
        names = (text for text in texts(property_) if isinstance(text, Literal))
        if name := preference.choose_text(names):
            return name
    return None


class _Labels:
    """The labels of a graph in some languages, of which each is looked up once."""

    def __init__(self, store: Store, preference: Preference) -> None:
        self._store = store
        self._preference = preference
        self._known: dict[NamedNode, Literal | None] = {}

    def add(self, row: _Row, places: Sequence[int]) -> _Row:
        """Return a row with a label after each of some places."""
        return tuple(self._interleave(row, frozenset(places)))

    def _interleave(self, row: _Row, places: Container[int]) -> Iterator[Term | None]:
        for place, term in enumerate(row):
            yield term
            if place in places:
                yield self._find(term) if isinstance(term, NamedNode) else None

    def _find(self, iri: NamedNode) -> Literal | None:
        if iri not in self._known:
            self._known[iri] = choose_name(partial(self._texts, iri), self._preference)
        return self._known[iri]

    def _texts(self, iri: NamedNode, name: NamedNode) -> Iterator[Term]:
        quads = self._store.quads_for_pattern(iri, name, None, DefaultGraph())
        return (quad.object for quad in quads)
