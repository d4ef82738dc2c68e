"""A table of results, to what a page shows of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    Triple,
    parse_query_results,
)

from ssc_kg.catalogue.parameters import write_value
from ssc_kg.catalogue.shown import Cell, Column
from ssc_kg.compiler.preferences import Preference, prefer
from ssc_kg.publish.labels import choose_name
from ssc_kg.rdf.languages import Languages
from ssc_kg.rdf.namespaces import PREFIXES
from ssc_kg.store.protocol import Store
from ssc_kg.urls import Urls

_NUMBERS = frozenset(
    PREFIXES["xsd"] + name
    for name in (
        *("byte", "short", "int", "long", "integer", "decimal", "float", "double"),
        *("unsignedByte", "unsignedShort", "unsignedInt", "unsignedLong"),
        *("negativeInteger", "nonNegativeInteger"),
        *("nonPositiveInteger", "positiveInteger"),
    )
)


@dataclass(frozen=True, slots=True)
class ShownTable:
    """A table as a page shows it, or the answer yes or no."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell | None, ...], ...]
    text: str | None = None
    """Yes or no, instead of a table."""
    picture: str | None = None
    """What a picture of it shows, in words, if it fits one."""


def show_table(
    results: bytes, store: Store, urls: Urls, languages: Languages = ()
) -> ShownTable:
    """Return a table, given as SPARQL JSON results, with the names of its IRIs.

    Names are in the `languages` that are liked, as GraphQL chooses them.
    """
    parsed = parse_query_results(results, QueryResultsFormat.JSON)
    if isinstance(parsed, QueryBoolean):
        return ShownTable((), (), "Yes." if parsed else "No.")
    names = [variable.value for variable in parsed.variables]
    showing = _Showing(store, urls, prefer(languages), {})
    rows = tuple(tuple(showing.show(term) for term in row) for row in parsed)
    columns = [
        _show_column(name, [row[place] for row in rows])
        for place, name in enumerate(names)
    ]
    return ShownTable(tuple(columns), rows)


def _show_column(name: str, cells: Sequence[Cell | None]) -> Column:
    found = [cell for cell in cells if cell is not None]
    is_number = bool(found) and all(cell.is_number for cell in found)
    # Names of links are ours, not the query's.
    languages = {cell.language for cell in found if cell.address is None}
    return Column(name, is_number, languages.pop() if len(languages) == 1 else None)


@dataclass(frozen=True, slots=True)
class _Showing:
    store: Store
    urls: Urls
    preference: Preference
    known: dict[NamedNode, Cell]

    def show(
        self, term: NamedNode | BlankNode | Literal | Triple | None
    ) -> Cell | None:
        match term:
            case None:
                return None
            case NamedNode():
                if term not in self.known:
                    self.known[term] = self._link(term)
                return self.known[term]
            case Literal():
                is_number = term.datatype.value in _NUMBERS
                return Cell(term.value, language=term.language, is_number=is_number)
            case _:
                return Cell(str(term))

    def _link(self, iri: NamedNode) -> Cell:
        name = choose_name(partial(self._texts, iri), self.preference)
        # What the graph names it also describes, on a page of its own.
        address = iri if name is None else self.urls.document(iri)
        is_ours = iri.value.startswith(self.urls.base_iri)
        url = self.urls.url(iri if is_ours else address)
        short = write_value(iri).removeprefix(self.urls.base_iri) or iri.value
        if name is None:
            return Cell(short, url, iri.value)
        return Cell(name.value, url, iri.value, language=name.language)

    def _texts(self, iri: NamedNode, name: NamedNode) -> Iterator[object]:
        return (quad.object for quad in self.store.match(iri, name))
