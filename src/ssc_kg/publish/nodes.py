"""Terms to what a page shows of them: a name and an address, or a readable text.

What we name leads to its document on this server; what is named elsewhere and described
here leads to that document too, and to itself beside.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import partial

from pyoxigraph import Literal, NamedNode, Triple

from ssc_kg.catalogue.parameters import write_value
from ssc_kg.compiler.preferences import Preference
from ssc_kg.dataset.shown import Kind, Node
from ssc_kg.publish.labels import choose_name
from ssc_kg.publish.readable import read_literal
from ssc_kg.rdf.vocab import OA, RDF
from ssc_kg.store.protocol import Store, Term
from ssc_kg.urls import Urls, add_parameters

_STATEMENT = (RDF.subject, RDF.predicate, RDF.object)
_WEB = ("http://", "https://", "mailto:")


@dataclass(frozen=True, slots=True)
class Nodes:
    """Shows the terms of one version in the languages that a client likes."""

    store: Store
    urls: Urls
    preference: Preference
    parameters: Mapping[str, str] = field(default_factory=dict)
    """What the addresses of documents need, to stay with a version."""
    _known: dict[NamedNode, Node] = field(default_factory=dict, repr=False)

    def show(self, term: Term | Triple) -> Node:
        """Return a term as a page shows it."""
        match term:
            case NamedNode():
                if term not in self._known:
                    self._known[term] = self._link(term)
                return self._known[term]
            case Literal():
                return read_literal(term)
            case _:
                return Node(str(term), Kind.CODE)

    def show_property(self, iri: NamedNode) -> Node:
        """Return a property as a page shows it; without a name, by words of its IRI."""
        node = self.show(iri)
        if self.name(iri) is not None:
            return node
        return replace(node, text=_words(iri))

    def texts(self, iri: NamedNode, property_: NamedNode) -> list[Literal]:
        """Return the texts that a property of a thing has, sorted.

        What the catalogue of graphs says of a graph counts, though it is not merged.
        """
        quads = self.store.match(iri, property_)
        if not quads and iri.value.startswith(self.urls.graph("").value):
            quads = self.store.match(iri, property_, None, None)
        texts = {quad.object for quad in quads if isinstance(quad.object, Literal)}
        return sorted(texts, key=str)

    def choose(self, iri: NamedNode, property_: NamedNode) -> Literal | None:
        """Return the text of a property that suits the client best, if it has any."""
        return min(
            self.texts(iri, property_), key=self.preference.place_term, default=None
        )

    def name(self, iri: NamedNode) -> Literal | None:
        """Return what a thing is called, if it has a name that is not unwanted."""
        return choose_name(partial(self.texts, iri), self.preference)

    def _link(self, iri: NamedNode) -> Node:
        name = self.name(iri)
        is_ours = iri.value.startswith(self.urls.base_iri)
        short = write_value(iri).removeprefix(self.urls.base_iri) or iri.value
        text = name.value if name else self._quote(iri) or short
        # What the graph names it also describes, on a page of its own.
        is_described = is_ours or name is not None
        return Node(
            text,
            Kind.LINK,
            address=self._address(iri) if is_described else _as_address(iri),
            iri=iri.value,
            outside=_as_address(iri) if is_described and not is_ours else None,
            language=name.language if name else None,
        )

    def _address(self, iri: NamedNode) -> str:
        is_ours = iri.value.startswith(self.urls.base_iri)
        is_document = is_ours and not iri.value.startswith(self.urls.things)
        url = self.urls.url(iri if is_document else self.urls.document(iri))
        address, hash_, fragment = url.partition("#")
        return f"{add_parameters(address, self.parameters)}{hash_}{fragment}"

    def _quote(self, iri: NamedNode) -> str | None:
        """Return what a thing without a name is told by, if it speaks of others."""
        quote = self.choose(iri, OA.exact)
        if quote is not None:
            return f"“{quote.value}”"
        parts = [self.store.match(iri, property_) for property_ in _STATEMENT]
        if not all(parts):
            return None
        return " · ".join(self._call(quads[0].object) for quads in parts)

    def _call(self, term: Term | Triple) -> str:
        if not isinstance(term, NamedNode):
            return term.value if isinstance(term, Literal) else str(term)
        name = self.name(term)
        return name.value if name else write_value(term)


def _words(iri: NamedNode) -> str:
    """Return the last part of an IRI as words.

    >>> _words(NamedNode("http://rdfs.org/ns/void#inDataset"))
    'in dataset'
    """
    local = re.split(r"[/#]", iri.value)[-1]
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", local).lower() or iri.value


def _as_address(iri: NamedNode) -> str | None:
    """Return an IRI as an address, unless a browser should not follow it."""
    return iri.value if iri.value.startswith(_WEB) else None
