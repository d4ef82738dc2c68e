"""Print SPARQL algebra as query text.

This is the only module that writes SPARQL. It is total over `algebra` and pure, so the
same query always prints to the same bytes; golden tests and HTTP caches rely on that.
IRIs are shortened by the prefix table, so that a person can read what an operation
became, except in a VALUES of many terms, where it would cost more than it tells.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from typing import assert_never

from pyoxigraph import Literal, NamedNode, Quad, Variable

from ssc_kg.rdf.namespaces import PREFIXES
from ssc_kg.sparql.algebra import (
    And,
    Bind,
    Call,
    Comparison,
    CountDistinct,
    CountRows,
    Descending,
    Expression,
    Filter,
    Folded,
    Function,
    Group,
    Inverse,
    Lateral,
    Not,
    OneOf,
    Operand,
    Optional,
    Or,
    OrderKey,
    Path,
    Pattern,
    Projection,
    Rows,
    Select,
    Steps,
    Term,
    Triple,
    Union,
    Values,
)

_INDENT = "  "
_FEW_TERMS = 100
_DIGITS = re.compile(r"[0-9]+")
_LOCAL_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
_RDF_TYPE = NamedNode(PREFIXES["rdf"] + "type")
_XSD_INTEGER = NamedNode(PREFIXES["xsd"] + "integer")


def render(query: Select) -> str:
    """Return the text of `query`, ending in a newline.

    >>> from pyoxigraph import NamedNode, Variable
    >>> from ssc_kg.sparql.algebra import Select, Triple
    >>> item, label = Variable("item"), Variable("label")
    >>> property_ = NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel")
    >>> named = Triple(item, property_, label)
    >>> print(render(Select((item, label), (named,), limit=10)), end="")
    PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
    SELECT ?item ?label WHERE {
      ?item skos:prefLabel ?label .
    }
    LIMIT 10
    """
    names = _Names()
    body = "\n".join(_Writer(names).select(query, depth=0)) + "\n"
    return "".join(names.header()) + body


def render_describe(thing: NamedNode) -> str:
    """Return the query that asks what an engine would say of a thing.

    >>> render_describe(NamedNode("http://metadata.un.org/sdg/11"))
    'DESCRIBE <http://metadata.un.org/sdg/11>'
    """
    return f"DESCRIBE {render_term(thing)}"


def render_term(term: Term) -> str:
    """Return one term as it is written in any query, whatever prefixes that declares.

    >>> print(render_term(Literal("}")), render_term(NamedNode("http://ex/")))
    "}" <http://ex/>
    """
    return str(term)


def render_change(removed: Sequence[Quad], added: Sequence[Quad]) -> str:
    """Return the update that takes statements out of named graphs and puts others in.

    None has a blank node, and those of a graph stand together.

    >>> from pyoxigraph import Quad
    >>> node, graph = NamedNode("http://ex/a"), NamedNode("http://ex/g")
    >>> print(render_change((), [Quad(node, node, Literal("a"), graph)]), end="")
    INSERT DATA {
      GRAPH <http://ex/g> {
        <http://ex/a> <http://ex/a> "a" .
      }
    } ;
    """
    operations = (("DELETE DATA", removed), ("INSERT DATA", added))
    return "".join(
        f"{operation} {{\n{''.join(_graphs(quads))}}} ;\n"
        for operation, quads in operations
        if quads
    )


def _graphs(quads: Iterable[Quad]) -> Iterator[str]:
    for graph, inside in groupby(quads, key=lambda quad: quad.graph_name):
        yield f"{_INDENT}GRAPH {graph} {{\n"
        for quad in inside:
            yield f"{_INDENT * 2}{quad.subject} {quad.predicate} {quad.object} .\n"
        yield f"{_INDENT}}}\n"


class _Names:
    """Shortens IRIs and remembers which prefixes that took."""

    def __init__(self) -> None:
        self._used: set[str] = set()

    def short(self, iri: NamedNode) -> str:
        prefix, text = _shorten(iri)
        if prefix:
            self._used.add(prefix)
        return text

    def header(self) -> Iterator[str]:
        for prefix in sorted(self._used):
            yield f"PREFIX {prefix}: <{PREFIXES[prefix]}>\n"


@lru_cache(maxsize=4096)
def _shorten(iri: NamedNode) -> tuple[str, str]:
    """Return the prefix that shortens `iri`, or "", and the IRI as it is written."""
    for prefix, namespace in PREFIXES.items():
        local = iri.value.removeprefix(namespace)
        if local != iri.value and _LOCAL_NAME.fullmatch(local):
            return prefix, f"{prefix}:{local}"
    return "", str(iri)


class _Writer:
    """Prints nodes as lines, indented by depth."""

    def __init__(self, names: _Names) -> None:
        self._names = names

    def select(self, query: Select, *, depth: int) -> Iterator[str]:
        margin = _INDENT * depth
        verb = "SELECT DISTINCT" if query.distinct else "SELECT"
        columns = " ".join(_projected(column) for column in query.projection)
        yield f"{margin}{verb} {columns} WHERE {{"
        yield from self._group(query.where, depth=depth + 1)
        yield f"{margin}}}"
        if query.group_by:
            yield f"{margin}GROUP BY {_variables(query.group_by)}"
        if query.order_by:
            keys = " ".join(self._order_key(key) for key in query.order_by)
            yield f"{margin}ORDER BY {keys}"
        if query.limit is not None:
            yield f"{margin}LIMIT {query.limit}"

    def _group(self, group: Group, *, depth: int) -> Iterator[str]:
        for pattern in group:
            yield from self._pattern(pattern, depth=depth)

    def _pattern(self, pattern: Pattern, *, depth: int) -> Iterator[str]:
        margin = _INDENT * depth
        match pattern:
            case Triple(subject, path, object_):
                yield (
                    f"{margin}{self._operand(subject)} {self._path(path)}"
                    f" {self._operand(object_)} ."
                )
            case Optional(group):
                yield from self._braces("OPTIONAL ", group, depth=depth)
            case Lateral(group):
                yield from self._braces("LATERAL ", group, depth=depth)
            case Union(groups):
                yield from self._union(groups, depth=depth)
            case Select():
                yield from self._braces("", (pattern,), depth=depth)
            case Values(variable, terms):
                yield f"{margin}VALUES {variable} {{ {self._terms(terms, ' ')} }}"
            case Rows(variables, rows):
                write = self._operand if len(rows) <= _FEW_TERMS else str
                written = " ".join(f"({' '.join(map(write, row))})" for row in rows)
                yield f"{margin}VALUES ({_variables(variables)}) {{ {written} }}"
            case Filter(expression):
                yield f"{margin}FILTER({self._expression(expression)})"
            case Bind(expression, variable):
                yield f"{margin}BIND({self._expression(expression)} AS {variable})"
            case _:
                assert_never(pattern)

    def _braces(self, keyword: str, group: Group, *, depth: int) -> Iterator[str]:
        margin = _INDENT * depth
        yield f"{margin}{keyword}{{"
        if len(group) == 1 and isinstance(group[0], Select):
            yield from self.select(group[0], depth=depth + 1)
        else:
            yield from self._group(group, depth=depth + 1)
        yield f"{margin}}}"

    def _union(self, groups: Iterable[Group], *, depth: int) -> Iterator[str]:
        for number, group in enumerate(groups):
            if number:
                yield f"{_INDENT * depth}UNION"
            yield from self._braces("", group, depth=depth)

    def _terms(self, terms: tuple[Term, ...], separator: str) -> str:
        write = self._operand if len(terms) <= _FEW_TERMS else str
        return separator.join(write(term) for term in terms)

    def _order_key(self, key: OrderKey) -> str:
        match key:
            case Descending(expression):
                return f"DESC({self._expression(expression)})"
            case Variable():
                return str(key)
            case _:
                return f"ASC({self._expression(key)})"

    def _expression(self, expression: Expression) -> str:
        """Return an expression; those that others may tear apart have parentheses."""
        match expression:
            case Call(function, arguments):
                written = ", ".join(self._expression(each) for each in arguments)
                return f"{self._function(function)}({written})"
            case Comparison(left, operator, right):
                sides = self._inner(left), self._inner(right)
                return f"{sides[0]} {operator.value} {sides[1]}"
            case OneOf(_, ()):
                return "false"  # Oxigraph finds no row for the negation of an empty IN.
            case OneOf(inner, terms):
                return f"{self._inner(inner)} IN ({self._terms(terms, ', ')})"
            case And(expressions):
                return self._joined(expressions, " && ", nothing="true")
            case Or(expressions):
                return self._joined(expressions, " || ", nothing="false")
            case Not(inner):
                return f"!{self._inner(inner)}"
            case NamedNode() | Literal() | Variable():
                return self._operand(expression)
            case _:
                assert_never(expression)

    def _inner(self, expression: Expression) -> str:
        written = self._expression(expression)
        is_whole = isinstance(expression, Call | NamedNode | Literal | Variable)
        return written if is_whole else f"({written})"

    def _joined(
        self, expressions: tuple[Expression, ...], operator: str, *, nothing: str
    ) -> str:
        return operator.join(self._inner(each) for each in expressions) or nothing

    def _function(self, function: Function) -> str:
        prefix, _, local = function.value.rpartition(":")
        return (
            self._names.short(NamedNode(PREFIXES[prefix] + local)) if prefix else local
        )

    def _operand(self, operand: Operand) -> str:
        match operand:
            case NamedNode():
                return self._names.short(operand)
            case Literal() if _is_plain_integer(operand):
                return operand.value
            case Literal() | Variable():
                return str(operand)
            case _:
                assert_never(operand)

    def _path(self, path: Path | Variable) -> str:
        match path:
            case Inverse(predicate):
                return f"^{self._names.short(predicate)}"
            case Steps():
                return self._steps(path)
            case NamedNode():
                return "a" if path == _RDF_TYPE else self._names.short(path)
            case Variable():
                return str(path)
            case _:
                assert_never(path)

    def _steps(self, path: Steps) -> str:
        sign = "^" if path.inverse else ""
        steps = (f"{sign}{self._names.short(each)}" for each in path.predicates)
        return f"({'|'.join(steps)}){path.often.value}"


def _is_plain_integer(literal: Literal) -> bool:
    # A literal may claim any datatype for any text.
    digits = _DIGITS.fullmatch(literal.value)
    return literal.datatype == _XSD_INTEGER and digits is not None


def _projected(column: Projection) -> str:
    match column:
        case CountRows(alias):
            return f"(COUNT(*) AS {alias})"
        case CountDistinct(variable, alias):
            return f"(COUNT(DISTINCT {variable}) AS {alias})"
        case Folded(fold, (variable,), alias):
            return f"({fold.value}({variable}) AS {alias})"
        case Folded(fold, variables, alias):
            folds = ", ".join(f"{fold.value}({each})" for each in variables)
            return f"(COALESCE({folds}) AS {alias})"
        case Variable():
            return str(column)
        case _:
            assert_never(column)


def _variables(variables: Iterable[Variable]) -> str:
    return " ".join(str(variable) for variable in variables)
