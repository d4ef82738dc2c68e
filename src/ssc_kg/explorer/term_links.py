"""Where the page of the ontology leads from a term, and how it spells one."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import quote

from pyoxigraph import BlankNode, Literal, NamedNode

from ssc_kg.dataset.terms.model import NodeShape, Phrase, PropertyShape, Vocabulary
from ssc_kg.mapping.carriers import TypeCarrier
from ssc_kg.mapping.model import SchemaMap
from ssc_kg.rdf.namespaces import PREFIXES, shorten
from ssc_kg.rdf.vocab import RDF, RDFS, SKOS, XSD
from ssc_kg.urls import Urls, with_parameters

_RELATIONS = {
    RDFS.subClassOf: "subclass of",
    RDFS.subPropertyOf: "subproperty of",
    SKOS.exactMatch: "the same as",
    NamedNode(f"{PREFIXES['owl']}equivalentClass"): "the same as",
    NamedNode(f"{PREFIXES['owl']}equivalentProperty"): "the same as",
    NamedNode(f"{PREFIXES['skos']}closeMatch"): "close to",
    NamedNode(f"{PREFIXES['skos']}broadMatch"): "narrower than",
    NamedNode(f"{PREFIXES['skos']}narrowMatch"): "broader than",
    NamedNode(f"{PREFIXES['skos']}relatedMatch"): "related to",
}
_PLAIN = frozenset({XSD.string, RDF.langString})


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of text, perhaps a link or a value."""

    text: str
    address: str | None = None
    title: str = ""
    """The IRI in full."""
    is_value: bool = False
    note: str = ""
    """The language or the datatype of a value."""


@dataclass(frozen=True, slots=True)
class TermLinks:
    """Spells terms for one version's page."""

    vocabulary: Vocabulary
    urls: Urls
    schema: SchemaMap
    version: Mapping[str, str]
    """The parameters that keep a link to data with a version that was asked for."""
    homes: Mapping[NamedNode, NamedNode]
    """The terms and shapes that the page tells of, by what each stands beside."""

    def anchor(self, iri: NamedNode) -> str:
        """Return the name of the place on the page that is about a term or a shape.

        That of ours is the fragment of its IRI, so the IRI leads there.
        """
        own = iri.value.removeprefix(f"{self.vocabulary.header.iri.value}#")
        return shorten(iri) if own == iri.value else own

    def is_here(self, iri: NamedNode) -> bool:
        """Whether there is such a place."""
        return iri in self.homes

    def is_own(self, iri: NamedNode) -> bool:
        """Whether a term is ours."""
        return self.vocabulary.is_own(iri)

    def short(self, iri: NamedNode) -> str:
        """Return an IRI with its prefix, or in full."""
        return shorten(iri)

    def relation(self, iri: NamedNode) -> str:
        """Return how an alignment relates two terms, in words."""
        return _RELATIONS.get(iri, shorten(iri))

    def is_home(self, shape: NodeShape, property_: PropertyShape) -> bool:
        """Whether a property shape stands beside this node shape, of those it is of."""
        return self.homes[property_.iri] == shape.iri

    def address(self, iri: NamedNode) -> str | None:
        """Return where more is said of an IRI: on the page, else at its own address.

        None if it is none of the web.
        """
        if self.is_here(iri):
            return f"#{quote(self.anchor(iri), safe=':/')}"
        return self.away(iri)

    def away(self, iri: NamedNode) -> str | None:
        """Return the address of an IRI itself, if it is one of the web."""
        is_web = iri.value.startswith(("http://", "https://", self.urls.base_iri))
        return self.urls.url(iri) if is_web else None

    def full(self, iri: NamedNode) -> Part:
        """Return a link that shows the whole IRI."""
        return Part(iri.value, self.away(iri))

    def thing(self, iri: NamedNode) -> str | None:
        """Return the address of a thing that the version describes."""
        if self.is_here(iri):
            return self.address(iri)
        is_ours = iri.value.startswith(self.urls.base_iri)
        address = self.urls.url(iri if is_ours else self.urls.document(iri))
        more = with_parameters("", self.version).removeprefix("?")
        return f"{address}{'&' if '?' in address else '?'}{more}" if more else address

    def by_name(self, iris: Iterable[NamedNode]) -> list[NamedNode]:
        """Return terms, sorted by what they are called."""
        return sorted(iris, key=lambda iri: self.vocabulary.name(iri).casefold())

    def part(self, iri: NamedNode) -> Part:
        """Return a link to a term, by what it is called here."""
        name = self.vocabulary.name(iri)
        return Part(name, self.address(iri), iri.value)

    def parts(self, phrase: Phrase) -> Iterator[Part]:
        """Yield the pieces of a phrase."""
        for piece in phrase:
            match piece:
                case NamedNode():
                    yield self.part(piece)
                case Literal():
                    yield Part(piece.value, is_value=True)
                case _:
                    yield Part(piece)

    def value(self, term: NamedNode | BlankNode | Literal, name: str | None) -> Part:
        """Return the value of an example, a thing by its name."""
        match term:
            case NamedNode() if name is not None:
                return Part(name, self.thing(term), term.value)
            case NamedNode():
                return Part(shorten(term), self.address(term), term.value)
            case Literal():
                plain = term.datatype in _PLAIN
                note = term.language or ("" if plain else shorten(term.datatype))
                return Part(term.value, is_value=True, note=note)
            case _:
                return Part(str(term))

    def ask(self, carrier: TypeCarrier, root_field: str) -> str:
        """Return the address of GraphQL, with a query for some of a type."""
        fields = self.schema.types[carrier.type].fields
        shown = " ".join(name for name in ("id", "name") if name in fields)
        query = f"{{\n  {root_field}(first: 5) {{\n    nodes {{ {shown} }}\n  }}\n}}\n"
        return with_parameters(self.urls.url(self.urls.graphql), {"query": query})
