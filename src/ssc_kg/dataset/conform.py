"""Does a dataset meet what it has to, and which lines of which files do not?"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice
from pathlib import Path

import pyoxigraph
from pyoxigraph import DefaultGraph, Literal, NamedNode, RdfFormat

from ssc_kg.dataset.contract import Contract, Statements
from ssc_kg.dataset.evidence import check_evidence
from ssc_kg.dataset.places import Key
from ssc_kg.dataset.rules import find_breaches
from ssc_kg.dataset.sources import Parsed
from ssc_kg.dataset.validate import MOST, find_violations
from ssc_kg.errors import EvidenceFailure, MalformedIriError, Violation
from ssc_kg.rdf.terms import read_iri
from ssc_kg.store.embedded import EmbeddedStore

QUOTED_PHRASE = "quoted phrase"


@dataclass(frozen=True, slots=True)
class _Home:
    """A file, the subjects in question that it describes, and on which lines."""

    file: Parsed
    subjects: Collection[NamedNode]
    lines: Mapping[Key, int]

    def nearness(self, violation: Violation) -> int:
        """How much of what is violated the file says: 0 for the subject alone."""
        subject, path = _iri(violation.subject), _iri(violation.path)
        if subject is None or path is None:
            return 0
        found = self.file.store.quads_for_pattern(subject, path, None, None)
        values = [quad.object for quad in found]
        return bool(values) + any(_says(value, violation.value) for value in values)

    def line(self, violation: Violation) -> int | None:
        """The line of the value, or else of the property, or else of the subject."""
        subject, path, value = violation.subject, violation.path, violation.value
        keys = ((subject, path, value), (subject, path, None), (subject, None, None))
        return next((self.lines[key] for key in keys if key in self.lines), None)


def check_conformance(
    store: pyoxigraph.Store,
    files: Sequence[Parsed],
    contract: Contract,
    *,
    base_iri: str,
    documents: Path | None = None,
) -> tuple[Violation, ...]:
    """Return how the merge of a dataset breaks its shapes and rules, file by file.

    Phrases are compared with the documents if their directory is given. Rules and
    documents are left at the first thousand violations, as the shapes are.
    """
    # The classes' hierarchy says whom a shape is about, merged or not; said twice, a
    # triple counts once.
    triples = _read(store) + _write(contract.ontology)
    readable = EmbeddedStore(store)
    found = chain(
        find_violations(triples, _write(contract.shapes)),
        islice(find_breaches(readable, contract.ontology, base_iri=base_iri), MOST),
        islice(_compare_phrases(readable, documents), MOST),
    )
    return tuple(sorted(_locate(tuple(found), files), key=_order))


def _read(store: pyoxigraph.Store) -> str:
    text = store.dump(format=RdfFormat.N_TRIPLES, from_graph=DefaultGraph())
    return "" if text is None else text.decode()


def _write(statements: Statements) -> str:
    return "".join(f"{quad.triple} .\n" for quad in statements)


def _compare_phrases(
    store: EmbeddedStore, documents: Path | None
) -> Iterator[Violation]:
    if documents is not None:
        yield from map(_as_violation, check_evidence(store, documents).failures)


def _as_violation(failure: EvidenceFailure) -> Violation:
    return Violation(
        source=None,
        line=None,
        subject=failure.subject,
        path=None,
        rule=QUOTED_PHRASE,
        message=failure.message,
        value=None,
    )


def _order(violation: Violation) -> tuple[bool, str, int, str, str, str, str]:
    return (
        violation.source is None,  # First what the files at hand say themselves.
        violation.source or "",
        violation.line or 0,
        violation.subject,
        violation.path or "",
        violation.rule,
        violation.value or "",
    )


def _locate(
    violations: Sequence[Violation], files: Sequence[Parsed]
) -> Iterator[Violation]:
    iris = {iri for violation in violations if (iri := _iri(violation.subject))}
    places = [_find_home(file, iris) for file in files]
    for violation in violations:
        subject = _iri(violation.subject)
        homes = [home for home in places if subject in home.subjects]
        if not homes:
            yield violation
            continue
        # Several files may describe the subject; one of them has the value in question.
        home = max(homes, key=lambda home: home.nearness(violation))
        line = home.line(violation)
        yield replace(violation, source=str(home.file.source), line=line)


def _find_home(file: Parsed, wanted: Iterable[NamedNode]) -> _Home:
    subjects = {subject for subject in wanted if _describes(file, subject)}
    return _Home(file, subjects, file.lines_of(subjects) if subjects else {})


def _describes(file: Parsed, subject: NamedNode) -> bool:
    return any(file.store.quads_for_pattern(subject, None, None, None))


def _says(term: object, value: str | None) -> bool:
    return isinstance(term, NamedNode | Literal) and term.value == value


def _iri(text: str | None) -> NamedNode | None:
    try:
        return None if text is None else read_iri(text)
    except MalformedIriError:
        return None  # A literal, a blank node, or a path of several steps.
