"""Does a dataset meet its shapes, and which lines of which files break them?"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import pyoxigraph
from pyoxigraph import DefaultGraph, NamedNode, RdfFormat

from ssc_kg import resources
from ssc_kg.dataset.graphs import ontology_graph, shapes_graph
from ssc_kg.dataset.places import Key
from ssc_kg.dataset.sources import Parsed, Source, parse
from ssc_kg.dataset.validate import find_violations
from ssc_kg.errors import MalformedIriError, Violation
from ssc_kg.rdf.terms import read_iri


@dataclass(frozen=True, slots=True)
class _Places:
    """Which of the subjects in question a file describes, and on which lines."""

    file: Parsed
    subjects: Collection[NamedNode]
    lines: Mapping[Key, int]


def check_conformance(
    store: pyoxigraph.Store, files: Sequence[Parsed], *, base_iri: str
) -> tuple[Violation, ...]:
    """Return how the merge of a dataset breaks its shapes, with places in `files`.

    The ontology and the shapes are the graphs of these names in the dataset, or the
    packaged ones where it has none.
    """
    # The classes' hierarchy says whom a shape is about, merged or not; said twice, a
    # triple counts once.
    ontology = _read(store, ontology_graph(base_iri)) or _read_packaged("ssc.ttl")
    shapes = _read(store, shapes_graph(base_iri)) or _read_packaged("shapes.ttl")
    violations = find_violations(_read(store, DefaultGraph()) + ontology, shapes)
    return tuple(_locate(violations, files))


def _read(store: pyoxigraph.Store, graph: NamedNode | DefaultGraph) -> str:
    text = store.dump(format=RdfFormat.N_TRIPLES, from_graph=graph)
    return "" if text is None else text.decode()


def _read_packaged(name: str) -> str:
    return _read(parse(Source(resources.ONTOLOGY / name)).store, DefaultGraph())


def _locate(
    violations: Sequence[Violation], files: Sequence[Parsed]
) -> Iterator[Violation]:
    iris = {iri for violation in violations if (iri := _iri(violation.subject))}
    places = [_find_places(file, iris) for file in files]
    for violation in violations:
        subject, path = _iri(violation.subject), _iri(violation.path)
        homes = [home for home in places if subject in home.subjects]
        if subject is None or not homes:
            yield violation
            continue
        # Several files may describe the subject; one of them has the value in question.
        home = max(homes, key=lambda home: _has(home.file, subject, path))
        line = _find_line(home.lines, violation)
        yield replace(violation, source=str(home.file.source), line=line)


def _find_line(lines: Mapping[Key, int], violation: Violation) -> int | None:
    # The line of the value, or else of the property, or else of the subject.
    subject, path, value = violation.subject, violation.path, violation.value
    keys = ((subject, path, value), (subject, path, None), (subject, None, None))
    return next((lines[key] for key in keys if key in lines), None)


def _find_places(file: Parsed, wanted: Iterable[NamedNode]) -> _Places:
    subjects = {subject for subject in wanted if _has(file, subject, None)}
    return _Places(file, subjects, file.lines_of(subjects) if subjects else {})


def _has(file: Parsed, subject: NamedNode, predicate: NamedNode | None) -> bool:
    return any(file.store.quads_for_pattern(subject, predicate, None, None))


def _iri(text: str | None) -> NamedNode | None:
    try:
        return None if text is None else read_iri(text)
    except MalformedIriError:
        return None  # A literal, a blank node, or a path of several steps.
