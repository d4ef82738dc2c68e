"""The one door to SHACL: triples and shapes in, violations out.

Two engines stand behind it: `shacl`, which is fast, and pySHACL, which has been trusted
for long and is the other's oracle in the tests. Both are handed N-Triples, so that they
see the terms that the store has.
"""

from collections.abc import Iterator
from enum import StrEnum

import shacl

from ssc_kg.errors import DataError, Violation

MOST = 1000
"""How many violations there are to be read at once."""
_SUFFIX = "ConstraintComponent"


class Engine(StrEnum):
    """Who validates."""

    SHACL = "shacl"
    PYSHACL = "pyshacl"


def find_violations(
    triples: str, shapes: str, *, engine: Engine = Engine.SHACL
) -> tuple[Violation, ...]:
    """Return how triples break shapes, both as N-Triples: sorted, each once.

    The triples have to hold the classes' hierarchy too. Warnings come with their own
    severity. The faster engine stops after a thousand violations.

    Raises:
        DataError: The shapes are wrong in themselves.
    """
    found = _with_shacl if engine is Engine.SHACL else _with_pyshacl
    return tuple(sorted(set(found(triples, shapes)), key=_order))


def _order(violation: Violation) -> tuple[str, ...]:
    facts = (violation.subject, violation.path, violation.rule, violation.value)
    return tuple(fact or "" for fact in facts)


def _with_shacl(triples: str, shapes: str) -> Iterator[Violation]:
    try:
        compiled = shacl.Shapes.from_text(shapes, "ntriples")
        report = compiled.validate_text(triples, "ntriples", max_results=MOST)
    except ValueError as error:
        message = f"the data cannot be validated: {error}"
        raise DataError(message) from error
    for result in report.results:
        rule = _iri(result.source_shape) or _iri(result.root_shape) or result.component
        yield Violation(
            source=None,
            line=None,
            subject=_plain(result.focus_node),
            path=None if result.path is None else _iri(result.path) or result.path,
            rule=rule,
            message=result.message or _describe(result.component),
            value=result.value_plain,
            severity=result.severity,
        )


def _iri(term: str | None) -> str | None:
    is_iri = (
        term is not None and term.startswith("<") and term.find(">") == len(term) - 1
    )
    return term[1:-1] if term is not None and is_iri else None


def _plain(term: str) -> str:
    return _iri(term) or term


def _describe(component: str) -> str:
    return f"the shape has no message; it is about {component.removesuffix(_SUFFIX)}"


def _with_pyshacl(triples: str, shapes: str) -> Iterator[Violation]:
    # These take half a second to import, which nobody else has to wait for.
    import pyshacl  # noqa: PLC0415  as said
    import rdflib  # noqa: PLC0415  as said
    from rdflib.namespace import RDF, SH  # noqa: PLC0415  as said

    data = rdflib.Graph().parse(data=triples, format="nt")
    rules = rdflib.Graph().parse(data=shapes, format="nt")
    _, report, explanation = pyshacl.validate(data, shacl_graph=rules)
    if not isinstance(report, rdflib.Graph):
        message = f"the data cannot be validated: {explanation}"
        raise DataError(message)
    for result in report.subjects(RDF.type, SH.ValidationResult):
        component = _local_name(report.value(result, SH.sourceConstraintComponent))
        shape = report.value(result, SH.sourceShape)
        path = report.value(result, SH.resultPath)
        value = report.value(result, SH.value)
        messages = sorted(map(str, report.objects(result, SH.resultMessage)))
        yield Violation(
            source=None,
            line=None,
            subject=str(report.value(result, SH.focusNode)),
            path=str(path) if isinstance(path, rdflib.URIRef) else None,
            rule=str(shape) if isinstance(shape, rdflib.URIRef) else component,
            message=messages[0] if messages else _describe(component),
            value=None if value is None else str(value),
            severity=_local_name(report.value(result, SH.resultSeverity)),
        )


def _local_name(iri: object) -> str:
    return str(iri).rpartition("#")[2]
