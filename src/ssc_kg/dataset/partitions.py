"""How much there is of each class and property in a dataset, counted in one pass.

The figures are those of VoID, section 4: of the default graph as a whole, of each
property, of each class, and of each property of each class, with the classes and
datatypes of its values. A thing has the classes that are stated; none is inferred.
Links between datasets are told by the beginnings of IRIs (`Space`). What the figures
are published as is not known here.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from itertools import groupby
from operator import itemgetter
from typing import TypeAlias

import pyoxigraph
from pyoxigraph import DefaultGraph, NamedNode, RdfFormat

from ssc_kg.rdf.vocab import RDF, XSD


@dataclass(frozen=True, slots=True)
class Space:
    """The things of one dataset: their IRIs have a beginning in common."""

    dataset: NamedNode
    beginning: str


@dataclass(frozen=True, slots=True)
class PropertyFigures:
    """The triples with one property, of all things or of those of one class."""

    property: NamedNode
    triples: int
    subjects: int
    objects: int
    classes: Mapping[NamedNode, int]
    """How many of the triples lead to things of each class; one may be of several."""
    datatypes: Mapping[NamedNode, int]
    """How many of the triples have a value of each datatype."""


@dataclass(frozen=True, slots=True)
class ClassFigures:
    """The things of one class, and the triples that begin with them."""

    class_: NamedNode
    entities: int
    triples: int
    first: NamedNode | None
    """The first of its things with an IRI in the dataset's own space, by IRI."""
    properties: tuple[PropertyFigures, ...]


@dataclass(frozen=True, slots=True)
class Links:
    """The triples with one property that lead from one dataset to another."""

    source: NamedNode
    property: NamedNode
    target: NamedNode
    triples: int


@dataclass(frozen=True, slots=True)
class Figures:
    """What there is in a default graph; all that it lists is in a fixed order."""

    triples: int
    subjects: int
    objects: int
    entities: int
    """The things that have a class."""
    own_triples: int
    """The triples that begin with things of the dataset's own space."""
    own_entities: int
    """The things of the dataset's own space that have a class."""
    classes: tuple[ClassFigures, ...]
    properties: tuple[PropertyFigures, ...]
    links: tuple[Links, ...]
    languages: Mapping[str, int] = field(default_factory=dict)
    """How many texts there are in each language, by its tag."""


def count_partitions(
    store: pyoxigraph.Store, own: Space, others: Sequence[Space]
) -> Figures:
    """Count the default graph of a store.

    Statements about statements (RDF reification) link nothing; what they are about is
    linked by itself.
    """
    text = store.dump(format=RdfFormat.N_TRIPLES, from_graph=DefaultGraph()) or b""
    classes = _classes(store)
    return _Pass(classes, own, others).read(_split(text)).figures()


# Terms as N-Triples writes them: to make terms of them takes longer than to count them.
_Text: TypeAlias = bytes
_Statement: TypeAlias = tuple[_Text, _Text, _Text]
_Classes: TypeAlias = tuple[_Text, ...]

_TYPE = str(RDF.type).encode()
_REIFICATION = {str(term).encode() for term in (RDF.subject, RDF.predicate, RDF.object)}
_STRING = str(XSD.string).encode()
_NO_LANGUAGE = (b'"', b">")
"""What texts without a language end in."""
_LANG_STRING = str(RDF.langString).encode()


@dataclass(slots=True)
class _Tally:
    """What has been counted of one property so far."""

    triples: int = 0
    subjects: int = 0
    objects: set[_Text] = field(default_factory=set)
    classes: Counter[_Classes] = field(default_factory=Counter)
    datatypes: Counter[_Text] = field(default_factory=Counter)

    def figures(self, property_: _Text) -> PropertyFigures:
        classes = Counter[_Text]()
        for together, triples in self.classes.items():
            classes.update(dict.fromkeys(together, triples))
        return PropertyFigures(
            _iri(property_),
            self.triples,
            self.subjects,
            len(self.objects),
            _by_iri(classes),
            _by_iri(self.datatypes),
        )


class _Pass:
    """One reading of all triples, those of one subject together."""

    def __init__(
        self, classes: Mapping[_Text, _Classes], own: Space, others: Sequence[Space]
    ) -> None:
        self._classes = classes
        self._own = f"<{own.beginning}".encode()
        self._spaces = [(f"<{s.beginning}".encode(), s.dataset) for s in (own, *others)]
        self._beginnings = tuple(beginning for beginning, _ in self._spaces)
        self._all: dict[_Text, _Tally] = defaultdict(_Tally)
        self._by_class: dict[_Text, dict[_Text, _Tally]] = defaultdict(
            lambda: defaultdict(_Tally)
        )
        self._links: Counter[tuple[NamedNode, _Text, NamedNode]] = Counter()
        self._languages: Counter[_Text] = Counter()
        self._subjects = self._own_triples = 0

    def read(self, statements: Iterable[_Statement]) -> "_Pass":
        # A store dumps its triples in the order of an index, by subject and predicate.
        for subject, about in groupby(statements, key=itemgetter(0)):
            self._subjects += 1
            for property_, same in groupby(about, key=itemgetter(1)):
                self._add(subject, property_, [object_ for _, _, object_ in same])
        return self

    def figures(self) -> Figures:
        entities: Counter[_Text] = Counter()
        first: dict[_Text, _Text] = {}
        for subject, classes in self._classes.items():
            entities.update(classes)
            if subject.startswith(self._own):
                for class_ in classes:
                    first[class_] = min(subject, first.get(class_, subject), key=_bare)
        return Figures(
            triples=sum(tally.triples for tally in self._all.values()),
            subjects=self._subjects,
            objects=len(set().union(*(tally.objects for tally in self._all.values()))),
            entities=len(self._classes),
            own_triples=self._own_triples,
            own_entities=sum(s.startswith(self._own) for s in self._classes),
            classes=tuple(
                self._class(class_, entities[class_], first.get(class_))
                for class_ in sorted(entities)
            ),
            properties=tuple(self._all[p].figures(p) for p in sorted(self._all)),
            links=tuple(sorted(self._linked(), key=str)),
            languages={
                language.decode(): self._languages[language]
                for language in sorted(self._languages)
            },
        )

    def _add(self, subject: _Text, property_: _Text, objects: list[_Text]) -> None:
        classes = self._classes.get(subject, ())
        tallies = [self._by_class[class_][property_] for class_ in classes]
        for tally in (self._all[property_], *tallies):
            tally.triples += len(objects)
            tally.subjects += 1
            tally.objects.update(objects)
        if subject.startswith(self._own):
            self._own_triples += len(objects)
        for object_ in objects:
            if object_.startswith(b'"'):
                if not object_.endswith(_NO_LANGUAGE):
                    self._languages[_language(object_)] += 1
                for tally in tallies:
                    tally.datatypes[_datatype(object_)] += 1
                continue
            if (together := self._classes.get(object_)) is not None:
                for tally in tallies:
                    tally.classes[together] += 1
            if object_.startswith(self._beginnings) and property_ not in _REIFICATION:
                self._link(subject, property_, object_)

    def _link(self, subject: _Text, property_: _Text, object_: _Text) -> None:
        source, target = self._dataset(subject), self._dataset(object_)
        if source is not None and target is not None and source != target:
            self._links[source, property_, target] += 1

    def _dataset(self, term: _Text) -> NamedNode | None:
        fits = ((b, dataset) for b, dataset in self._spaces if term.startswith(b))
        longest = max(fits, key=lambda fit: len(fit[0]), default=None)
        return None if longest is None else longest[1]

    def _class(self, class_: _Text, entities: int, first: _Text | None) -> ClassFigures:
        tallies = self._by_class[class_]
        return ClassFigures(
            _iri(class_),
            entities,
            sum(tally.triples for tally in tallies.values()),
            None if first is None else _iri(first),
            tuple(
                tallies[property_].figures(property_) for property_ in sorted(tallies)
            ),
        )

    def _linked(self) -> Iterator[Links]:
        for (source, property_, target), triples in self._links.items():
            yield Links(source, _iri(property_), target, triples)


def _classes(store: pyoxigraph.Store) -> dict[_Text, _Classes]:
    """Return the stated classes of each thing."""
    found: dict[_Text, _Classes] = {}
    for quad in store.quads_for_pattern(None, RDF.type, None, DefaultGraph()):
        if isinstance(quad.object, NamedNode):
            subject = str(quad.subject).encode()
            found[subject] = (*found.get(subject, ()), str(quad.object).encode())
    return found


def _split(text: bytes) -> Iterator[_Statement]:
    for line in BytesIO(text):
        subject, property_, rest = line.split(b" ", 2)
        yield subject, property_, rest[: -len(b" .\n")]


def _datatype(literal: _Text) -> _Text:
    if literal.endswith(b'"'):
        return _STRING
    if literal.endswith(b">"):
        return literal[literal.rindex(b"^^<") + 2 :]
    return _LANG_STRING


def _language(text: _Text) -> _Text:
    # A direction may follow the tag, as in RDF 1.2.
    return text.rpartition(b"@")[2].partition(b"--")[0]


def _bare(iri: _Text) -> _Text:
    return iri[1:-1]


def _iri(text: _Text) -> NamedNode:
    return NamedNode(_bare(text).decode())


def _by_iri(counts: Mapping[_Text, int]) -> Mapping[NamedNode, int]:
    return {_iri(text): counts[text] for text in sorted(counts)}
