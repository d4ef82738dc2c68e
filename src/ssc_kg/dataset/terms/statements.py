"""What some quads say of each subject, in a fixed order."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from ssc_kg.rdf.vocab import RDF

Subject: TypeAlias = NamedNode | BlankNode
Term: TypeAlias = NamedNode | BlankNode | Literal
Properties: TypeAlias = Mapping[NamedNode, tuple[Term, ...]]


@dataclass(frozen=True, slots=True)
class Statements:
    """Objects by subject and predicate, sorted."""

    about: Mapping[Subject, Properties]

    def objects(self, subject: Subject, predicate: NamedNode) -> tuple[Term, ...]:
        """Return what is said of a subject with one property."""
        return self.about.get(subject, {}).get(predicate, ())

    def iris(self, subject: Subject, predicate: NamedNode) -> tuple[NamedNode, ...]:
        """Return the IRIs among that."""
        found = self.objects(subject, predicate)
        return tuple(term for term in found if isinstance(term, NamedNode))

    def iri(self, subject: Subject, predicate: NamedNode) -> NamedNode | None:
        """Return the first IRI among that, if there is one."""
        return next(iter(self.iris(subject, predicate)), None)

    def texts(self, subject: Subject, predicate: NamedNode) -> tuple[str, ...]:
        """Return the texts of the literals among that, the English ones first."""
        found = self.objects(subject, predicate)
        literals = [term for term in found if isinstance(term, Literal)]
        literals.sort(key=lambda literal: literal.language != "en")
        return tuple(literal.value for literal in literals)

    def text(self, subject: Subject, predicate: NamedNode) -> str | None:
        """Return the first text among that, if there is one."""
        return next(iter(self.texts(subject, predicate)), None)

    def number(self, subject: Subject, predicate: NamedNode) -> int | None:
        """Return the first whole number among that, if there is one."""
        digits = (text for text in self.texts(subject, predicate) if text.isdecimal())
        return next(map(int, digits), None)

    def is_true(self, subject: Subject, predicate: NamedNode) -> bool:
        """Whether `true` is said."""
        return not {"true", "1"}.isdisjoint(self.texts(subject, predicate))

    def instances(self, class_: NamedNode) -> Iterator[NamedNode]:
        """Yield what is said to be of a class."""
        for subject, properties in self.about.items():
            if isinstance(subject, NamedNode) and class_ in properties.get(
                RDF.type, ()
            ):
                yield subject

    def members(self, subject: Subject, predicate: NamedNode) -> Iterator[Term]:
        """Yield the members of the lists that a subject has (RDF collections)."""
        for head in self.objects(subject, predicate):
            node, seen = head, set[Term]()
            while not isinstance(node, Literal) and node != RDF.nil:
                # Nothing keeps a graph from having a list that never ends.
                if node in seen:
                    break
                seen.add(node)
                yield from self.objects(node, RDF.first)
                node = next(iter(self.objects(node, RDF.rest)), RDF.nil)


def state(quads: Iterable[Quad]) -> Statements:
    """Return what quads say, whatever their graphs."""
    about: dict[Subject, dict[NamedNode, set[Term]]] = defaultdict(
        lambda: defaultdict(set)
    )
    for quad in quads:
        if not isinstance(quad.object, NamedNode | BlankNode | Literal):
            continue
        if isinstance(quad.subject, NamedNode | BlankNode):
            about[quad.subject][quad.predicate].add(quad.object)
    return Statements(
        {
            subject: {
                predicate: tuple(sorted(objects, key=str))
                for predicate, objects in about[subject].items()
            }
            for subject in sorted(about, key=str)
        }
    )
