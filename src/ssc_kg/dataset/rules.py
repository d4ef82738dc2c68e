"""What a dataset has to meet beside its shapes; each rule reads the merge once.

SHACL Core cannot say these rules. SHACL-SPARQL can say the last two, but asks a query
for each thing: pySHACL takes 15 ms for one, and `shacl` compares a name with all others
of its scheme.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from difflib import get_close_matches
from itertools import chain

from pyoxigraph import NamedNode, Quad, Triple, Variable

from ssc_kg.dataset.contract import Statements
from ssc_kg.dataset.evidence import Evidence, read_evidence, read_number
from ssc_kg.errors import Violation
from ssc_kg.rdf.namespaces import PREFIXES, SSC_NAMESPACE
from ssc_kg.rdf.vocab import OA, OWL, RDF, SKOS, SSC
from ssc_kg.sparql import algebra
from ssc_kg.sparql.render import render
from ssc_kg.store.protocol import DEFAULT_GRAPH, Store, Term
from ssc_kg.urls import Urls

DECLARED_TERM = "declared term"
DISTINCT_NAME = "distinct name"
FITTING_POSITION = "fitting position"

_CLASSES = (OWL.Class,)
_PROPERTIES = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
_TERM, _CONCEPT = Variable("term"), Variable("concept")
_NAME, _SCHEME = Variable("name"), Variable("scheme")
_AS_CLASS = algebra.Triple(Variable("subject"), RDF.type, _TERM)
_AS_PROPERTY = algebra.Triple(Variable("subject"), _TERM, Variable("object"))


def find_breaches(
    store: Store, ontology: Statements, *, base_iri: str
) -> Iterator[Violation]:
    """Yield how the merge of a dataset breaks the rules; places are not known here."""
    things = Urls(base_iri).things
    return chain(
        find_undeclared_classes(store, ontology, things=things),
        find_undeclared_properties(store, ontology, things=things),
        find_shared_names(store),
        find_misfits(store),
    )


def find_undeclared_classes(
    store: Store, ontology: Statements, *, things: str
) -> Iterator[Violation]:
    """Yield what is given a class that the ontology does not declare.

    What has an IRI that begins with `things` may have no such class, and anything else
    none of our namespace.
    """
    declared = _declared(ontology, _CLASSES)
    for class_ in _undeclared(store, _AS_CLASS, declared):
        message = _explain(class_, "class", declared)
        uses = store.match(None, RDF.type, class_)
        for subject in _concerned(uses, class_, things):
            yield _breach(DECLARED_TERM, subject, RDF.type, class_.value, message)


def find_undeclared_properties(
    store: Store, ontology: Statements, *, things: str
) -> Iterator[Violation]:
    """Yield what has a property that the ontology does not declare; see the classes."""
    declared = _declared(ontology, _PROPERTIES) | _reserved(ontology)
    for property_ in _undeclared(store, _AS_PROPERTY, declared):
        if isinstance(property_, NamedNode):
            message = _explain(property_, "property", declared)
            uses = store.match(None, property_)
            for subject in _concerned(uses, property_, things):
                yield _breach(DECLARED_TERM, subject, property_, None, message)


def find_shared_names(store: Store) -> Iterator[Violation]:
    """Yield the concepts that have the name of another one of their scheme."""
    for (name, scheme), concepts in _holders(store).items():
        others = [*concepts[1:], concepts[0]]
        for concept, other in zip(concepts, others, strict=True):
            if concept != other:
                message = (
                    f"{name} is also the name of {other}; in {scheme} no two concepts "
                    "have one name in one language"
                )
                path = SKOS.prefLabel
                yield _breach(DISTINCT_NAME, concept.value, path, name.value, message)


def find_misfits(store: Store) -> Iterator[Violation]:
    """Yield the evidence whose positions fit neither its phrase nor its document.

    What a shape says of a start, an end or a phrase alone is left to the shape.
    """
    lengths = {
        document: read_number(length)
        for document, length in _pairs(store.match(None, SSC.length))
    }
    for one in read_evidence(store, DEFAULT_GRAPH):
        length = None if one.document is None else lengths.get(one.document)
        for message in _compare_lengths(one, length):
            yield _breach(FITTING_POSITION, one.iri, OA.end, str(one.end), message)


def _declared(
    ontology: Statements, kinds: Collection[NamedNode]
) -> frozenset[NamedNode]:
    return frozenset(
        quad.subject
        for quad in ontology
        if quad.predicate == RDF.type and quad.object in kinds
        if isinstance(quad.subject, NamedNode)
    )


def _reserved(ontology: Statements) -> frozenset[NamedNode]:
    # OWL 2 DL lets nobody give a type to the terms of RDF; to explain them is enough.
    subjects = (subject for subject, _ in _pairs(ontology))
    return frozenset(s for s in subjects if s.value.startswith(PREFIXES["rdf"]))


def _undeclared(
    store: Store, usage: algebra.Triple, declared: Collection[NamedNode]
) -> list[Term]:
    rows = store.select(render(algebra.Select((_TERM,), (usage,), distinct=True))).rows
    used = {term for row in rows for term in row if term is not None}
    return sorted(used.difference(declared), key=str)


def _concerned(uses: list[Quad], term: Term, things: str) -> list[str]:
    is_our_term = term.value.startswith(SSC_NAMESPACE)
    subjects = {subject.value for subject, _ in _pairs(uses)}
    return sorted(s for s in subjects if is_our_term or s.startswith(things))


def _pairs(quads: Iterable[Quad]) -> Iterator[tuple[NamedNode, Term]]:
    # No merged graph has anything else for a subject.
    for quad in quads:
        if isinstance(quad.subject, NamedNode) and not isinstance(quad.object, Triple):
            yield quad.subject, quad.object


def _explain(term: Term, kind: str, declared: Collection[NamedNode]) -> str:
    # Where two vocabularies have the same local name, the last one here is proposed.
    namespace, name = _split(term.value)
    by_nearness = sorted(
        declared, key=lambda one: (_split(one.value)[0] == namespace, one.value)
    )
    names = {_split(one.value)[1]: one for one in by_nearness}
    closest = get_close_matches(name, names, n=1)
    advice = f"the closest is {names[closest[0]]}" if closest else "declare it first"
    return f"{term} is no {kind} that the ontology declares; {advice}"


def _split(iri: str) -> tuple[str, str]:
    end = max(iri.rfind("#"), iri.rfind("/")) + 1
    return iri[:end], iri[end:]


def _holders(store: Store) -> Mapping[tuple[Term, Term], list[NamedNode]]:
    named = (
        algebra.Triple(_CONCEPT, SKOS.inScheme, _SCHEME),
        algebra.Triple(_CONCEPT, SKOS.prefLabel, _NAME),
    )
    table = store.select(render(algebra.Select((_CONCEPT, _NAME, _SCHEME), named)))
    holders: dict[tuple[Term, Term], list[NamedNode]] = defaultdict(list)
    for concept, name, scheme in table.rows:
        if isinstance(concept, NamedNode) and name is not None and scheme is not None:
            holders[name, scheme].append(concept)
    return holders


def _compare_lengths(one: Evidence, length: int | None) -> Iterator[str]:
    if one.start is None or one.end is None or one.start >= one.end:
        return
    span = one.end - one.start
    if one.phrase is not None and span != len(one.phrase):
        yield (
            f"from {one.start} to {one.end} there is room for {span} characters, but "
            f"the phrase has {len(one.phrase)}, so that its end would be "
            f"{one.start + len(one.phrase)}"
        )
    if length is not None and one.end > length:
        yield f"the end is {one.end}, but {one.document} has {length} characters only"


def _breach(
    rule: str, subject: str, path: NamedNode, value: str | None, message: str
) -> Violation:
    return Violation(
        source=None,
        line=None,
        subject=subject,
        path=path.value,
        rule=rule,
        message=message,
        value=value,
    )
