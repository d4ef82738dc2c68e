"""What the page of the ontology shows of each term, put together from all sides."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import NamedNode

from ssc_kg.dataset.terms.model import (
    NodeShape,
    PropertyShape,
    Term,
    TermKind,
    Vocabulary,
)
from ssc_kg.dataset.terms.usage import Example, Usage
from ssc_kg.mapping.carriers import (
    FieldCarrier,
    TypeCarrier,
    field_carriers,
    type_carriers,
)
from ssc_kg.mapping.model import SchemaMap
from ssc_kg.rdf.vocab import RDF


@dataclass(frozen=True, slots=True)
class Use:
    """A class of things, and what holds for one of their properties."""

    class_: NamedNode
    shape: PropertyShape


@dataclass(frozen=True, slots=True)
class TermView:
    """A term with all that is known of it."""

    term: Term
    shapes: tuple[NodeShape, ...]
    """Of a class: those that are about its things, each beside one class only."""
    shared: Mapping[NamedNode, tuple[PropertyShape, ...]]
    """Of a class: what else holds for its things, by the class that tells of it."""
    uses: tuple[Use, ...]
    """Of a property: where it stands; of a class: what leads to its things."""
    types: tuple[TypeCarrier, ...]
    fields: tuple[FieldCarrier, ...]
    number: int | None
    """How often the version uses it, if that is known."""
    total: int | None
    """The same of a class with the classes below it."""
    example: Example | None

    @property
    def is_typename(self) -> bool:
        """Whether GraphQL shows it by `__typename`."""
        return self.term.iri == RDF.type


@dataclass(frozen=True, slots=True)
class TermGroup:
    """Terms under one heading."""

    slug: str
    title: str
    views: tuple[TermView, ...]


def view_terms(
    vocabulary: Vocabulary, usage: Usage, schema: SchemaMap
) -> tuple[TermGroup, ...]:
    """Return the terms in groups: ours first, of each the classes first."""
    views = tuple(_Viewing(vocabulary, usage, schema).views())
    groups = (
        TermGroup(slug, title, tuple(_choose(vocabulary, views, kinds, is_own=is_own)))
        for slug, title, kinds, is_own in _GROUPS
    )
    return tuple(group for group in groups if group.views)


_PROPERTIES = frozenset(kind for kind in TermKind if kind.is_property)
_ANNOTATIONS = frozenset({TermKind.ANNOTATION_PROPERTY})
_CLASSES = frozenset({TermKind.CLASS})
_GROUPS = (
    ("the-classes", "Classes", _CLASSES, True),
    ("the-properties", "Properties", _PROPERTIES - _ANNOTATIONS, True),
    ("the-annotations", "Annotations", _ANNOTATIONS, True),
    ("other-classes", "Classes of other vocabularies", _CLASSES, False),
    ("other-properties", "Properties of other vocabularies", _PROPERTIES, False),
)


def _choose(
    vocabulary: Vocabulary,
    views: Iterable[TermView],
    kinds: frozenset[TermKind],
    *,
    is_own: bool,
) -> Iterator[TermView]:
    for view in views:
        if view.term.kind in kinds and vocabulary.is_own(view.term.iri) == is_own:
            yield view


class _Viewing:
    """Looks at the terms of one version."""

    def __init__(self, vocabulary: Vocabulary, usage: Usage, schema: SchemaMap) -> None:
        self._vocabulary = vocabulary
        self._usage = usage
        self._types = type_carriers(schema)
        self._fields = field_carriers(schema)
        self._shapes = defaultdict[NamedNode, list[tuple[NodeShape, NamedNode]]](list)
        self._uses = defaultdict[NamedNode, list[Use]](list)
        for shape in vocabulary.shapes:
            for class_ in shape.classes:
                self._shapes[class_].append((shape, _home(vocabulary, shape)))
                for each in shape.properties:
                    self._uses[each.path].append(Use(class_, each))
                    if each.target is not None:
                        self._uses[each.target].append(Use(class_, each))

    def views(self) -> Iterator[TermView]:
        for term in self._vocabulary.terms.values():
            iri = term.iri
            yield TermView(
                term=term,
                shapes=tuple(
                    shape for shape, home in self._shapes.get(iri, ()) if home == iri
                ),
                shared=dict(self._shared(iri)),
                uses=tuple(sorted(self._uses.get(iri, ()), key=self._place)),
                types=self._types.get(iri, ()),
                fields=self._fields.get(iri, ()),
                number=self._usage.number(iri),
                total=self._total(term),
                example=self._example(term),
            )

    def _place(self, use: Use) -> tuple[str, str]:
        return self._vocabulary.name(use.class_).casefold(), use.shape.iri.value

    def _shared(
        self, iri: NamedNode
    ) -> Iterator[tuple[NamedNode, tuple[PropertyShape, ...]]]:
        for class_ in (iri, *self._vocabulary.ancestors(iri)):
            for shape, home in self._shapes.get(class_, ()):
                if home != iri and shape.properties:
                    yield home, shape.properties

    def _total(self, term: Term) -> int | None:
        below = self._vocabulary.descendants(term.iri)
        numbers = [self._usage.number(each) for each in (term.iri, *below)]
        known = [number for number in numbers if number is not None]
        return sum(known) if len(known) == len(numbers) else None

    def _example(self, term: Term) -> Example | None:
        """Return an example of a term, or of the first class below that has one."""
        is_class = term.kind is TermKind.CLASS
        below = self._vocabulary.descendants(term.iri) if is_class else ()
        candidates = (term.iri, *below)
        examples = (self._usage.examples.get(each) for each in candidates)
        return next((each for each in examples if each is not None), None)


def _home(vocabulary: Vocabulary, shape: NodeShape) -> NamedNode:
    """Return the class beside which a shape stands: the first of ours, or the first."""
    own = (class_ for class_ in shape.classes if vocabulary.is_own(class_))
    return next(own, shape.classes[0])
