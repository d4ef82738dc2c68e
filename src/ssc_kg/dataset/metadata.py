"""What a version states of the dataset and its graphs, looked up.

The graph that describes the graphs says what people wrote: titles, licences, publisher,
themes. The graph `graph/void` says what was counted. What nobody stated is not there.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Triple

from ssc_kg.dataset.graphs import catalogue_graph, read_title
from ssc_kg.rdf.vocab import DCAT, DCTERMS, SKOS
from ssc_kg.store.protocol import Store, Term
from ssc_kg.urls import Urls

_MADE = {
    "graph/prefixes": (
        "Prefixes",
        "The prefixes that queries may use without declaring them.",
    ),
    "graph/queries": (
        "Questions",
        "The questions of the catalogue of questions, with their SPARQL.",
    ),
    "graph/void": (
        "Description",
        "What the dataset says of itself: figures, parts, links.",
    ),
}
"""The titles and descriptions of the graphs that the program makes."""


@dataclass(frozen=True, slots=True)
class Metadata:
    """The statements of one version."""

    store: Store
    urls: Urls

    @property
    def title(self) -> str:
        """The title of the dataset, or a word for it."""
        return read_title(self.store, self.urls) or "Dataset"

    def stated(self, subject: NamedNode, predicate: NamedNode) -> list[Term]:
        """Return what people wrote of a subject, in a fixed order."""
        about = catalogue_graph(self.urls.base_iri)
        return self._values(subject, predicate, about)

    def named(self, subject: NamedNode, predicate: NamedNode) -> list[NamedNode]:
        """Return what people wrote of a subject, less texts and numbers."""
        return _nodes(self.stated(subject, predicate))

    def counted(self, subject: NamedNode, predicate: NamedNode) -> list[Term]:
        """Return what the version counted or found of a subject."""
        return self._values(subject, predicate, self.urls.graph("void"))

    def labels(self, subject: NamedNode) -> list[Triple]:
        """Return the names of a thing, in the data or where it is written of."""
        about = catalogue_graph(self.urls.base_iri)
        found = self.store.match(subject, SKOS.prefLabel)
        return [
            quad.triple
            for quad in found or self.store.match(subject, SKOS.prefLabel, None, about)
        ]

    def themes(self) -> list[NamedNode]:
        """Return the themes of the dataset."""
        return self.named(self.urls.dataset, DCAT.theme)

    def schemes(self) -> list[NamedNode]:
        """Return the concept schemes that the themes are of."""
        found = {
            scheme
            for theme in self.themes()
            for scheme in self.named(theme, SKOS.inScheme)
        }
        return sorted(found, key=str)

    def publishers(self) -> list[NamedNode]:
        """Return who publishes the dataset."""
        return self.named(self.urls.dataset, DCTERMS.publisher)

    def licenses_of(self, graph: NamedNode) -> tuple[NamedNode, ...]:
        """Return the licences of a graph."""
        return tuple(self.named(graph, DCTERMS.license))

    def licenses(self) -> tuple[NamedNode, ...]:
        """Return the licences of the merged graphs."""
        return tuple(_nodes(self.counted(self.urls.dataset, DCTERMS.license)))

    def words(self, graph: NamedNode) -> tuple[str, str]:
        """Return the title and the description of a graph; its name, if it has none."""
        path = graph.value.removeprefix(self.urls.base_iri)
        unknown = path, f"The named graph <{graph.value}>, which nobody described."
        title, description = _MADE.get(path, unknown)
        return (
            _english(self.stated(graph, DCTERMS.title)) or title,
            _english(self.stated(graph, DCTERMS.description)) or description,
        )

    def _values(
        self, subject: NamedNode, predicate: NamedNode, graph: NamedNode
    ) -> list[Term]:
        found = self.store.match(subject, predicate, None, graph)
        values = (quad.object for quad in found)
        return sorted((v for v in values if not isinstance(v, Triple)), key=str)


def _nodes(terms: Sequence[Term]) -> list[NamedNode]:
    return [term for term in terms if isinstance(term, NamedNode)]


def _english(terms: Sequence[Term]) -> str | None:
    texts = [term for term in terms if isinstance(term, Literal)]
    best = min(texts, key=lambda text: (text.language != "en", str(text)), default=None)
    return None if best is None else best.value
