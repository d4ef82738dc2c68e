"""What the constraints of a SHACL shape demand, in words (SHACL, section 4).

Each constraint is a phrase. One for which there are no words is spelt as it stands, so
that none is ever left out.
"""

from collections.abc import Iterator, Mapping

from pyoxigraph import Literal, NamedNode

from ssc_kg.dataset.terms.model import Phrase
from ssc_kg.dataset.terms.statements import Statements, Subject, Term
from ssc_kg.rdf.namespaces import PREFIXES, shorten
from ssc_kg.rdf.vocab import RDF, RDFS, SH, SSC, XSD

_SH = PREFIXES["sh"]
_DESCRIBING = frozenset(
    {
        *(RDF.type, RDFS.label, SSC.inverseComment),
        *(SH.description, SH.message, SH.name, SH.order, SH.path, SH.property),
        *(SH.severity, SH.targetClass, SH.minCount, SH.maxCount, SH.uniqueLang),
    }
)
"""What a shape has beside its constraints, and what `cardinality` tells."""
_DATATYPES: Mapping[NamedNode, str] = {
    RDF.langString: "text with a language",
    XSD.anyURI: "an address",
    XSD.boolean: "true or false",
    XSD.date: "a date",
    XSD.dateTime: "a date and time",
    XSD.decimal: "a number",
    XSD.double: "a number",
    XSD.integer: "a whole number",
    XSD.string: "text without a language",
    NamedNode(f"{PREFIXES['geo']}wktLiteral"): "a geometry",
    NamedNode(f"{PREFIXES['xsd']}gMonthDay"): "a day of any year",
    NamedNode(f"{PREFIXES['xsd']}gYear"): "a year",
    NamedNode(f"{PREFIXES['xsd']}gYearMonth"): "a month of a year",
}
_NODE_KINDS: Mapping[NamedNode, str] = {
    SH.IRI: "an IRI",
    SH.IRIOrLiteral: "an IRI or a literal",
    NamedNode(f"{_SH}Literal"): "a literal",
}
_BOUNDS: Mapping[NamedNode, str] = {
    SH.minInclusive: "at least {}",
    NamedNode(f"{_SH}minExclusive"): "more than {}",
    NamedNode(f"{_SH}maxInclusive"): "at most {}",
    NamedNode(f"{_SH}maxExclusive"): "less than {}",
    SH.minLength: "of {} or more characters",
    SH.maxLength: "of at most {} characters",
    SH.pattern: "matching {}",
}
_PAIRS: Mapping[NamedNode, str] = {
    SH.lessThan: "less than that of ",
    NamedNode(f"{_SH}lessThanOrEquals"): "at most that of ",
    NamedNode(f"{_SH}equals"): "the same as that of ",
    NamedNode(f"{_SH}disjoint"): "other than that of ",
}
_QUALIFIED = frozenset(
    {SH.qualifiedValueShape, SH.qualifiedMinCount, SH.qualifiedMaxCount}
)
_ORDER = (
    *(SH.class_, SH.datatype, SH.nodeKind, SH.or_, SH.in_, SH.languageIn),
    *_BOUNDS,
    *_PAIRS,
)
"""The constraints in the order in which people say them; others follow."""


def cardinality(shapes: Statements, shape: Subject) -> str:
    """Return how many values a property shape allows.

    >>> cardinality(Statements({}), SSC.Thing)
    'any number'
    """
    minimum = shapes.number(shape, SH.minCount) or 0
    maximum = shapes.number(shape, SH.maxCount)
    told = _count(minimum, maximum)
    if not shapes.is_true(shape, SH.uniqueLang):
        return told
    once = "at most one in each language"
    return f"{told}, {once}" if minimum else once


def demands(shapes: Statements, shape: Subject) -> tuple[Phrase, ...]:
    """Return what else a shape demands of a value, or of the thing it is about."""
    stated = shapes.about.get(shape, {})
    untold = {*_DESCRIBING, *_QUALIFIED}
    if SH.class_ in stated:
        untold.add(SH.nodeKind)
    phrases = [
        phrase
        for constraint in sorted(stated.keys() - untold, key=_place)
        for phrase in _demand(shapes, shape, constraint)
    ]
    return (*phrases, *_qualified(shapes, shape))


def _place(constraint: NamedNode) -> tuple[int, str]:
    known = constraint in _ORDER
    return (_ORDER.index(constraint) if known else len(_ORDER), constraint.value)


def _count(minimum: int, maximum: int | None) -> str:
    match minimum, maximum:
        case 0, None:
            return "any number"
        case 0, 0:
            return "none"
        case low, None:
            return f"{_number(low)} or more"
        case 0, high:
            return f"at most {_number(high)}"
        case low, high if low == high:
            return f"exactly {_number(low)}"
        case low, high:
            return f"{_number(low)} to {_number(high)}"


def _number(number: int) -> str:
    words = ("zero", "one", "two", "three", "four", "five", "six")
    return words[number] if number < len(words) else str(number)


def _demand(
    shapes: Statements, shape: Subject, constraint: NamedNode
) -> Iterator[Phrase]:
    """Yield a phrase for each time that a shape has a constraint."""
    if constraint == SH.languageIn:
        tags = [term.value for term in shapes.members(shape, constraint)]
        yield (f"in the language {' or '.join(tags)}",)
    elif constraint == SH.in_:
        yield ("one of ", *_listed(shapes.members(shape, constraint)))
    elif constraint == SH.or_:
        yield _alternatives(shapes, shape)
    else:
        for value in shapes.objects(shape, constraint):
            yield _say(constraint, value)


def _say(constraint: NamedNode, value: Term) -> Phrase:
    match value:
        case NamedNode() if constraint == SH.class_:
            return ("an instance of ", value)
        case NamedNode() if constraint == SH.datatype:
            return (f"{_DATATYPES.get(value, 'a value')} (", value, ")")
        case NamedNode() if constraint == SH.nodeKind:
            return (_NODE_KINDS.get(value, shorten(value)),)
        case NamedNode() if constraint in _PAIRS:
            return (_PAIRS[constraint], value)
        case Literal() if constraint in _BOUNDS:
            before, _, after = _BOUNDS[constraint].partition("{}")
            return (before, value, after) if after else (before, value)
        case Literal() | NamedNode():
            return (f"{shorten(constraint)} ", value)
        case _:
            return (f"{shorten(constraint)} of its own",)


def _alternatives(shapes: Statements, shape: Subject) -> Phrase:
    choices = [
        [part for phrase in demands(shapes, choice) for part in (", ", *phrase)][1:]
        for choice in shapes.members(shape, SH.or_)
        if not isinstance(choice, Literal)
    ]
    return tuple(part for choice in choices for part in (" or ", *choice))[1:]


def _listed(terms: Iterator[Term]) -> Phrase:
    parts = [part for term in terms for part in (", ", _show(term))]
    return tuple(parts[1:])


def _show(term: Term) -> NamedNode | Literal | str:
    return term if isinstance(term, NamedNode | Literal) else str(term)


def _qualified(shapes: Statements, shape: Subject) -> Iterator[Phrase]:
    minimum = shapes.number(shape, SH.qualifiedMinCount) or 0
    maximum = shapes.number(shape, SH.qualifiedMaxCount)
    for qualified in shapes.objects(shape, SH.qualifiedValueShape):
        if isinstance(qualified, Literal):
            continue
        told = [part for each in demands(shapes, qualified) for part in (", ", *each)]
        yield (f"{_count(minimum, maximum)} of them ", *told[1:])
