"""Does every piece of evidence hold, and does every fact have one?

A piece of evidence says that a document has a phrase from one character to another,
in Unicode code points of the file as it is stored, and that the phrase supports a
triple of the same graph. Nothing is compared loosely: a line end or a quotation mark
that differs is a failure.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from pyoxigraph import Literal, NamedNode, Quad, Triple

from ssc_kg.errors import EvidenceFailure
from ssc_kg.rdf.vocab import DCTERMS, OA, PROV, RDF, SKOS, SSC
from ssc_kg.store.protocol import Graph, Store, Term
from ssc_kg.urls import Urls

LONGEST_PHRASE = 120
"""How many code points a phrase may have."""

_Fact: TypeAlias = tuple[NamedNode, NamedNode, Term]
_Values: TypeAlias = Mapping[NamedNode, Term]
_NUMBER = re.compile(r"[0-9]{1,18}")

_OUR_WORDING = frozenset({SKOS.prefLabel, SKOS.inScheme, DCTERMS.description})
_NOT_FROM_DOCUMENTS = frozenset({SSC.Evidence, SSC.SourceDocument, SSC.Editor})


@dataclass(frozen=True, slots=True)
class Report:
    """How many pieces of evidence were looked at, and which do not hold."""

    checked: int
    failures: tuple[EvidenceFailure, ...]


@dataclass(frozen=True, slots=True)
class _Document:
    """A source document and its file, as far as it can be read."""

    name: str
    text: str | None
    failures: tuple[EvidenceFailure, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """One node of evidence; what it lacks is None."""

    iri: str
    graph: Graph
    document: NamedNode | None
    start: int | None
    end: int | None
    phrase: str | None
    fact: _Fact | None


_NO_DOCUMENT = _Document("no document", None)


def check_evidence(store: Store, documents: Path) -> Report:
    """Compare every piece of evidence with the files in the directory `documents`."""
    evidence = [e for graph in store.graph_names() for e in read_evidence(store, graph)]
    sources = {e.document for e in evidence if e.document is not None}
    files = {
        source: _read_document(store, source, documents)
        for source in sorted(sources, key=str)
    }
    failures = [failure for file in files.values() for failure in file.failures]
    for one in evidence:
        file = _NO_DOCUMENT if one.document is None else files[one.document]
        failures.extend(_compare(one, file))
        failures.extend(_look_for_fact(store, one, file))
    return Report(len(evidence), tuple(failures))


def find_uncovered(store: Store, *, base_iri: str) -> tuple[Quad, ...]:
    """Return the triples of source graphs that no evidence of their graph supports.

    Labels, descriptions and schemes are our own wording. Evidence, documents and
    editors are not facts of a document.
    """
    sources = Urls(base_iri).graph("source/").value
    graphs = (g for g in store.graph_names() if g.value.startswith(sources))
    return tuple(quad for graph in graphs for quad in _unsupported(store, graph))


def read_evidence(store: Store, graph: Graph) -> Iterator[Evidence]:
    """Yield the pieces of evidence of one graph, sorted by IRI."""
    found = store.match(None, RDF.type, SSC.Evidence, graph)
    nodes = (quad.subject for quad in found if isinstance(quad.subject, NamedNode))
    for node in sorted(nodes, key=str):
        values = _values(store, node, graph)
        document = values.get(PROV.wasQuotedFrom)
        yield Evidence(
            iri=node.value,
            graph=graph,
            document=document if isinstance(document, NamedNode) else None,
            start=read_number(values.get(OA.start)),
            end=read_number(values.get(OA.end)),
            phrase=_read_text(values, OA.exact),
            fact=_read_fact(values),
        )


def read_number(term: Term | None) -> int | None:
    """Return the whole number that a literal spells, or None if it spells none."""
    text = term.value if isinstance(term, Literal) else ""
    return int(text) if _NUMBER.fullmatch(text) else None


def _unsupported(store: Store, graph: NamedNode) -> Iterator[Quad]:
    supported = {one.fact for one in read_evidence(store, graph)}
    exempt = {
        quad.subject
        for class_ in _NOT_FROM_DOCUMENTS
        for quad in store.match(None, RDF.type, class_, graph)
    }
    for quad in sorted(store.match(graph=graph), key=str):
        is_ours = quad.predicate in _OUR_WORDING or quad.subject in exempt
        fact = (quad.subject, quad.predicate, quad.object)
        if not is_ours and fact not in supported:
            yield quad


def _values(store: Store, subject: NamedNode, graph: Graph | None) -> _Values:
    return {
        quad.predicate: quad.object
        for quad in store.match(subject, graph=graph)
        if not isinstance(quad.object, Triple)
    }


def _read_text(values: _Values, predicate: NamedNode) -> str | None:
    value = values.get(predicate)
    return value.value if isinstance(value, Literal) else None


def _read_fact(values: _Values) -> _Fact | None:
    subject, predicate = values.get(RDF.subject), values.get(RDF.predicate)
    object_ = values.get(RDF.object)
    if not isinstance(subject, NamedNode) or not isinstance(predicate, NamedNode):
        return None
    return None if object_ is None else (subject, predicate, object_)


def _read_document(store: Store, iri: NamedNode, directory: Path) -> _Document:
    values = _values(store, iri, None)
    name = _read_text(values, SSC.fileName)
    if name is None or Path(name).name != name:
        reason = "the document has no ssc:fileName that is the name of a file"
        return _Document(iri.value, None, (_fail(iri, iri.value, reason, found=name),))
    try:
        content = (directory / name).read_bytes()
        text = content.decode()
    except OSError:
        reason = f"there is no such file in {directory}"
        return _Document(name, None, (_fail(iri, name, reason),))
    except UnicodeDecodeError as error:
        return _Document(name, None, (_fail(iri, name, f"not UTF-8: {error.reason}"),))
    expected = _read_text(values, SSC.sha256)
    found = hashlib.sha256(content).hexdigest()
    if found != expected:
        reason = "the file is not the one that was read: its SHA-256 differs"
        failure = _fail(iri, name, reason, expected=expected, found=found)
        return _Document(name, text, (failure,))
    return _Document(name, text)


def _fail(
    about: Evidence | NamedNode,
    document: str,
    reason: str,
    *,
    expected: str | None = None,
    found: str | None = None,
) -> EvidenceFailure:
    one = about if isinstance(about, Evidence) else None
    return EvidenceFailure(
        subject=about.value if isinstance(about, NamedNode) else about.iri,
        document=document,
        start=None if one is None else one.start,
        end=None if one is None else one.end,
        reason=reason,
        expected=expected,
        found=found,
    )


def _compare(one: Evidence, file: _Document) -> Iterator[EvidenceFailure]:
    if one.document is None:
        yield _fail(one, file.name, "the evidence names no document")
    if one.start is None or one.end is None or one.phrase is None:
        reason = "the evidence lacks its oa:start, oa:end or oa:exact"
        yield _fail(one, file.name, reason)
        return
    if len(one.phrase) > LONGEST_PHRASE:
        reason = f"the phrase has {len(one.phrase)} characters; {LONGEST_PHRASE} may be"
        yield _fail(one, file.name, reason)
    if file.text is None:
        return
    found = file.text[one.start : one.end]
    if found != one.phrase:
        reason = "the phrase is not there"
        yield _fail(one, file.name, reason, expected=one.phrase, found=found)


def _look_for_fact(
    store: Store, one: Evidence, file: _Document
) -> Iterator[EvidenceFailure]:
    if one.fact is None:
        reason = "the evidence lacks its rdf:subject, rdf:predicate or rdf:object"
        yield _fail(one, file.name, reason)
        return
    if not store.match(*one.fact, graph=one.graph):
        reason = f"the triple that it supports is not in {one.graph}"
        triple = " ".join(map(str, one.fact))
        yield _fail(one, file.name, reason, expected=triple)
