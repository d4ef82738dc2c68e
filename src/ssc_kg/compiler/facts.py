"""The facts that an answer shows, told by the shaping that shows them.

A value is a fact about its node; a link, one about the node that it leaves, which of a
link followed backwards is the node found; evidence of a link, what it says of that;
`__typename`, the class that made the node one of its object type. An `id`, a count, a
cursor, a page and a group are no facts.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from pyoxigraph import NamedNode, Triple

from ssc_kg.compiler.matches import Holder
from ssc_kg.compiler.plan import About, AboutPaths, Along, Fetch
from ssc_kg.mapping.model import Statement
from ssc_kg.rdf.cells import Cell, Term, read_cell
from ssc_kg.rdf.vocab import RDF


@dataclass(slots=True)
class Facts:
    """Facts, each once; the latest can be taken back."""

    _told: dict[Triple, None] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self._told)

    def triples(self) -> frozenset[Triple]:
        """Return what was told and not taken back."""
        return frozenset(self._told)

    def tell_type(self, iri: str, type_name: str, fetch: Fetch) -> None:
        """Tell that a node is of the class of one of the fetch's object types."""
        for type_ in fetch.types:
            if type_.name == type_name and type_.rdf_class:
                self._tell(iri, RDF.type, type_.rdf_class)

    def tell_values(
        self, iri: str, property_: NamedNode, values: Iterable[Cell]
    ) -> None:
        """Tell the values that a node has for a property."""
        for value in values:
            self._tell(iri, property_, read_cell(value))

    def tell_link(self, parent: str, fetch: Fetch, found: str) -> None:
        """Tell what led from the parent to a node, unless it stands at the root."""
        match fetch.source:
            case About(terms=terms) | AboutPaths(terms=terms):
                names = (terms.subject, terms.predicate, terms.object)
                for name, iri in zip(names, parent.split(), strict=True):
                    self._tell(found, name, NamedNode(iri))
            case Along(link) if link.closure:
                pass  # That a thing can be reached is said by no triple.
            case Along(link) if link.inverse:
                self._tell(found, link.property, NamedNode(parent))
            case Along(link):
                self._tell(parent, link.property, NamedNode(found))
            case _:
                pass

    def tell_holder(self, holder: Holder, found: str) -> None:
        """Tell that the text by which a node was found is about it."""
        self._tell(holder.iri.value, holder.about, NamedNode(found))

    def tell_statement(self, statement: Statement) -> None:
        """Tell a link that is shown by itself."""
        self._told[Triple(*statement)] = None

    def take_back(self, number: int) -> None:
        """Leave the first `number` facts only: what came after is not shown."""
        while len(self._told) > number:
            self._told.popitem()

    def _tell(self, subject: str, predicate: NamedNode, object_: Term) -> None:
        self._told[Triple(NamedNode(subject), predicate, object_)] = None
