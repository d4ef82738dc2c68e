"""How often a version uses each term, and an example of that.

Figures are those that the version says of itself (VoID), so nothing is counted here. An
example is the first that there is, by class and by IRI, so equal data has equal ones.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Variable

from ssc_kg.compiler.preferences import NO_PREFERENCE
from ssc_kg.dataset.terms.model import TermKind, Vocabulary
from ssc_kg.dataset.terms.statements import Statements, Term, state
from ssc_kg.rdf.vocab import DCTERMS, RDF, RDFS, SKOS, VOID
from ssc_kg.sparql.algebra import (
    Bind,
    Call,
    Filter,
    Fold,
    Folded,
    Function,
    Select,
    Triple,
)
from ssc_kg.sparql.render import render
from ssc_kg.store.protocol import Store
from ssc_kg.urls import Urls

_SUBJECT, _VALUE = Variable("subject"), Variable("value")
_NAMES = (SKOS.prefLabel, RDFS.label, DCTERMS.title)


class _Stated(NamedTuple):
    subject: NamedNode
    predicate: NamedNode
    object: Term


@dataclass(frozen=True, slots=True)
class Example:
    """A statement of the data that uses a term."""

    subject: NamedNode
    name: str | None
    """What the subject is called."""
    object: Term | None = None
    """The value, if the term is a property."""
    object_name: str | None = None


@dataclass(frozen=True, slots=True)
class Usage:
    """How a version uses the terms of its ontology."""

    figures: Mapping[NamedNode, int]
    """The things of each class and the triples with each property."""
    examples: Mapping[NamedNode, Example]
    is_counted: bool
    """Whether the version has been counted; one of an older release may not be."""

    def number(self, term: NamedNode) -> int | None:
        """Return how often the version uses a term, if that is known."""
        return self.figures.get(term, 0) if self.is_counted else None


def read_usage(store: Store, vocabulary: Vocabulary, urls: Urls) -> Usage:
    """Return how often a version uses each term, and an example of each."""
    void = state(store.match(graph=urls.graph("void")))
    things = _things(store, void, vocabulary, urls)
    examples = {
        class_: Example(thing, name(store, thing)) for class_, thing in things.items()
    }
    described = {
        class_: sorted(_stated(store.match(thing)), key=str)
        for class_, thing in things.items()
    }
    for term in vocabulary.terms.values():
        if term.kind.is_property:
            classes = (*_classes_with(vocabulary, term.iri), *things)
            stated = (each for class_ in classes for each in described.get(class_, ()))
            found = (each for each in stated if each.predicate == term.iri)
            # Of all subjects, the least is looked for only where it has to be.
            if first := next(found, None) or _find(store, term.iri):
                examples[term.iri] = _show(store, first)
    figures = dict(_figures(void, urls))
    return Usage(figures, examples, is_counted=bool(void.about))


def name(store: Store, thing: NamedNode) -> str | None:
    """Return what a thing is called, in English if it has an English name."""
    for property_ in _NAMES:
        found = (quad.object for quad in store.match(thing, property_))
        texts = (text for text in found if isinstance(text, Literal))
        if chosen := NO_PREFERENCE.choose_text(texts):
            return chosen.value
    return None


def _figures(void: Statements, urls: Urls) -> Iterator[tuple[NamedNode, int]]:
    for partition, of, measure in (
        (VOID.classPartition, VOID.class_, VOID.entities),
        (VOID.propertyPartition, VOID.property, VOID.triples),
    ):
        for part in void.iris(urls.dataset, partition):
            term, number = void.iri(part, of), void.number(part, measure)
            if term is not None and number is not None:
                yield term, number


def _things(
    store: Store, void: Statements, vocabulary: Vocabulary, urls: Urls
) -> Mapping[NamedNode, NamedNode]:
    """Return a thing of each class that has any; the first in VoID, or of all."""
    found: dict[NamedNode, NamedNode] = {}
    for thing in void.iris(urls.void_part("things"), VOID.exampleResource):
        for quad in store.match(thing, RDF.type):
            if isinstance(quad.object, NamedNode):
                found.setdefault(quad.object, thing)
    for term in vocabulary.terms.values():
        if term.kind is TermKind.CLASS and term.iri not in found:
            first = _least(store, RDF.type, term.iri)
            if first is not None:
                found[term.iri] = first
    return dict(sorted(found.items(), key=str))


def _classes_with(vocabulary: Vocabulary, property_: NamedNode) -> Iterator[NamedNode]:
    """Yield the classes whose shapes name a property, and those below them."""
    for shape in vocabulary.shapes:
        if any(each.path == property_ for each in shape.properties):
            for class_ in shape.classes:
                yield class_
                yield from vocabulary.descendants(class_)


def _find(store: Store, property_: NamedNode) -> _Stated | None:
    subject = _least(store, property_, _VALUE)
    if subject is None:
        return None
    return min(_stated(store.match(subject, property_)), key=str, default=None)


def _least(
    store: Store, property_: NamedNode, value: NamedNode | Variable
) -> NamedNode | None:
    """Return the first, by IRI, of what has a property, with a value if one is given.

    The engine looks through them: there may be millions.
    """
    text, least = Variable("text"), Variable("least")
    query = Select(
        (Folded(Fold.MINIMUM, (text,), least),),
        (
            Triple(_SUBJECT, property_, value),
            Bind(Call(Function.TEXT, (_SUBJECT,)), text),
            # What has no IRI has no text.
            Filter(Call(Function.BOUND, (text,))),
        ),
    )
    [[found]] = store.select(render(query)).rows
    return None if found is None else NamedNode(found.value)


def _stated(quads: Iterable[Quad]) -> Iterator[_Stated]:
    """Yield what is said of things that have IRIs, in terms of RDF 1.1."""
    for quad in quads:
        match quad.subject, quad.object:
            case NamedNode() as subject, (
                NamedNode() | BlankNode() | Literal()
            ) as value:
                yield _Stated(subject, quad.predicate, value)
            case _:
                pass


def _show(store: Store, stated: _Stated) -> Example:
    value = stated.object
    return Example(
        stated.subject,
        name(store, stated.subject),
        value,
        name(store, value) if isinstance(value, NamedNode) else None,
    )
