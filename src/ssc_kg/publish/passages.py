"""The evidence that a document tells of, and how a page shows it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Quad, Triple

from ssc_kg.dataset.evidence import read_number
from ssc_kg.dataset.shown import Passage
from ssc_kg.publish.nodes import Nodes
from ssc_kg.rdf.vocab import OA, PROV, RDF, SSC
from ssc_kg.store.protocol import Term


@dataclass(frozen=True, slots=True)
class Evidence:
    """One piece of evidence; what it lacks is None."""

    iri: NamedNode
    statement: tuple[Term | None, Term | None, Term | None]
    """Subject, predicate and object of what it supports."""
    document: Term | None
    quote: str
    start: int | None
    end: int | None

    @property
    def place(self) -> tuple[str, int, int, str]:
        """What it is sorted by: where it stands."""
        return str(self.document), self.start or 0, self.end or 0, self.iri.value


def find_evidence(quads: Iterable[Quad]) -> list[Evidence]:
    """Return the evidence that some quads tell of, as it follows in the documents."""
    told: dict[NamedNode, dict[NamedNode, Term]] = {}
    for quad in quads:
        if isinstance(quad.subject, NamedNode) and not isinstance(quad.object, Triple):
            told.setdefault(quad.subject, {})[quad.predicate] = quad.object
    found = (
        _read(iri, values)
        for iri, values in told.items()
        if values.get(RDF.type) == SSC.Evidence
    )
    return sorted(found, key=lambda evidence: evidence.place)


def show_passage(evidence: Evidence, nodes: Nodes) -> Passage:
    """Return a piece of evidence as a page shows it."""
    document, start, end = evidence.document, evidence.start, evidence.end
    is_placed = start is not None and end is not None
    return Passage(
        evidence.quote,
        address=nodes.show(evidence.iri).address or evidence.iri.value,
        document=None if document is None else nodes.show(document),
        position=f"characters {start:,} to {end:,}" if is_placed else "",
    )


def _read(iri: NamedNode, values: Mapping[NamedNode, Term]) -> Evidence:
    quote = values.get(OA.exact)
    return Evidence(
        iri,
        (values.get(RDF.subject), values.get(RDF.predicate), values.get(RDF.object)),
        values.get(PROV.wasQuotedFrom),
        quote.value if isinstance(quote, Literal) else "",
        read_number(values.get(OA.start)),
        read_number(values.get(OA.end)),
    )
