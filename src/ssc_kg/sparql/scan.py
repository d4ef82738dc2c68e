"""What can be known of a query before a parser sees it, and what is refused unseen.

A query of a stranger can end the process that parses it (deep nesting overflows its
stack) and reach the network (`SERVICE`), so it is looked at first, token by token: in
linear time, in one pass, without recursion. Whether the text is SPARQL at all is for
the engine's parser to say, in a process that may die of it.

The engine's parser backtracks where the specification takes the longest match, so the
same characters may be other tokens to it: `?a<?b)SERVICE#x>` holds an IRI here and a
comparison there. Wherever that could hide a SERVICE, the query is refused.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from ssc_kg.errors import QueryRefusedError, QuerySyntaxError
from ssc_kg.rdf.namespaces import PREFIXES
from ssc_kg.sparql.prefixes import check_prefix, prefix_of, syntax_error
from ssc_kg.sparql.tokens import Kind, Token, position, tokenize

MAX_DEPTH = 64
"""How deep brackets may nest; the engine's parser takes up to 0.2 s to this depth, and
for four times as much more than a minute."""


class Form(StrEnum):
    """The four kinds of query."""

    SELECT = "SELECT"
    ASK = "ASK"
    CONSTRUCT = "CONSTRUCT"
    DESCRIBE = "DESCRIBE"

    @property
    def is_table(self) -> bool:
        """Whether the answer is bindings or a boolean, not a graph."""
        return self in (Form.SELECT, Form.ASK)


@dataclass(frozen=True, slots=True)
class Scan:
    """A query that may be given to a parser, and what its text shows."""

    text: str
    form: Form
    prologue: str
    """The BASE and PREFIX declarations and all else before the form's keyword."""
    projection: tuple[str, ...] | None
    """The names that SELECT lists, in its order; None for `*` and for other forms."""
    star: int | None
    """Where the `*` of `SELECT *` is."""
    variables: tuple[str, ...]
    """Every name of a variable, in the order of first appearance."""
    default_graphs: tuple[str, ...]
    """The IRIs after FROM as they are written: in brackets, or as prefixed names."""
    named_graphs: tuple[str, ...]
    """The IRIs after FROM NAMED as they are written."""
    is_volatile: bool
    """Whether it calls what answers differently each time, such as NOW or a service."""
    limit: int | None = None
    """The number after its own LIMIT, not that of a query within."""
    services: tuple[str, ...] = ()
    """The IRIs of the endpoints that it calls, each of which is allowed."""

    def select_columns(self, in_scope: Collection[str]) -> str:
        """Return the text of a `SELECT *` with its columns spelled out.

        They come in the order of first appearance, where engines give another order.

        >>> scan("SELECT * { ?s ?p ?o }").select_columns({"o", "p", "s"})
        'SELECT ?s ?p ?o { ?s ?p ?o }'
        """
        if self.star is None or not in_scope:
            return self.text
        names = [name for name in self.variables if name in in_scope]
        columns = " ".join(f"?{name}" for name in names)
        return f"{self.text[: self.star]}{columns}{self.text[self.star + 1 :]}"

    def select_sources(self) -> str:
        """Return a query whose one row holds the IRIs after FROM, then FROM NAMED.

        It resolves prefixed names and relative IRIs as this query does.

        >>> scan("PREFIX ex: <http://ex/> ASK FROM ex:a {}").select_sources()
        'PREFIX ex: <http://ex/> SELECT (ex:a AS ?source0) {}'
        """
        sources = (*self.default_graphs, *self.named_graphs)
        columns = (f"({iri} AS ?source{n})" for n, iri in enumerate(sources))
        return f"{self.prologue}SELECT {' '.join(columns)} {{}}"


def scan(
    text: str,
    *,
    max_depth: int = MAX_DEPTH,
    predeclared: Iterable[str] = PREFIXES,
    services: Collection[str] = (),
) -> Scan:
    """Return what the text of a query shows.

    Args:
        text: SPARQL 1.1, one query.
        max_depth: How deep brackets may nest.
        predeclared: Prefixes that need no declaration.
        services: The IRIs of the endpoints that SERVICE may call; a query has to spell
            them in full, letter for letter.

    Raises:
        QueryRefusedError: It is an update, calls another SERVICE, or nests too deeply.
        QuerySyntaxError: It is no query, leaves a string open or a prefix undeclared.
    """
    called: dict[str, None] = {}
    checked = _check_services(tokenize(text), text, services, called)
    tokens = _nested(checked, text, max_depth)
    form, declared = _read_prologue(tokens, text, predeclared)
    body = _Body(in_select=form.text.upper() == Form.SELECT)
    for token, depth in tokens:
        check_prefix(token, text, declared)
        body.read(token, depth)
    return Scan(
        text=text,
        form=Form(form.text.upper()),
        prologue=text[: form.start],
        projection=tuple(body.projection) or None,
        star=body.star,
        variables=tuple(body.variables),
        default_graphs=tuple(body.default_graphs),
        named_graphs=tuple(body.named_graphs),
        is_volatile=body.is_volatile or bool(called),
        limit=body.limit,
        services=tuple(called),
    )


_UPDATES = (
    *("ADD", "CLEAR", "COPY", "CREATE", "DELETE"),
    *("DROP", "INSERT", "LOAD", "MOVE", "WITH"),
)
_DECLARATIONS = ("BASE", "PREFIX", "VERSION")
_VOLATILE = ("BNODE", "NOW", "RAND", "STRUUID", "UUID")
_BEFORE_A_GRAPH = ("FROM", "GRAPH", "NAMED")
_ABSOLUTE = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*://")
# A longer number is no limit to anything, and slow to read.
_COUNT = re.compile(r"[0-9]{1,18}")
_OPENING, _CLOSING = frozenset("([{"), frozenset(")]}")


@dataclass(slots=True)
class _Body:
    """What is known of the text after the form's keyword, as it is read."""

    in_select: bool
    projection: list[str] = field(default_factory=list)
    star: int | None = None
    variables: dict[str, None] = field(default_factory=dict)
    default_graphs: list[str] = field(default_factory=list)
    named_graphs: list[str] = field(default_factory=list)
    is_volatile: bool = False
    limit: int | None = None
    previous: str = ""

    def read(self, token: Token, depth: int) -> None:
        word = token.text.upper() if token.kind is Kind.WORD else token.text
        if token.kind is Kind.VARIABLE:
            self._read_variable(token.text[1:], depth)
        elif depth == 0:
            self._read_clause(token)
        self.is_volatile |= token.kind is Kind.WORD and word in _VOLATILE
        self.previous = word

    def _read_variable(self, name: str, depth: int) -> None:
        self.variables.setdefault(name)
        is_column = depth == 0 or (depth == 1 and self.previous == "AS")
        if self.in_select and is_column:
            self.projection.append(name)

    def _read_clause(self, token: Token) -> None:
        if token.text == "{":
            self.in_select = False
        elif token.text == "*" and self.in_select:
            self.star = token.start
        elif token.kind in (Kind.IRI, Kind.PREFIXED):
            self._read_graph(token.text)
        elif self.previous == "LIMIT" and _COUNT.fullmatch(token.text):
            self.limit = int(token.text)

    def _read_graph(self, iri: str) -> None:
        if self.previous == "FROM":
            self.default_graphs.append(iri)
        elif self.previous == "NAMED":
            self.named_graphs.append(iri)


def _read_prologue(
    tokens: Iterator[tuple[Token, int]], text: str, predeclared: Iterable[str]
) -> tuple[Token, set[str]]:
    """Return the keyword of the form, and the prefixes that may be used after it."""
    declared = set(predeclared)
    previous = ""
    for token, _ in tokens:
        word = token.text.upper()
        if previous == "PREFIX":
            _check_namespace(token, text)
            declared.add(prefix_of(token))
            previous = "BASE"
            continue
        if previous == "BASE" and token.kind is not Kind.IRI:
            reason = f"{token.text} stands where an IRI in <…> should"
            raise syntax_error(text, token, reason)
        if previous not in ("BASE", "VERSION") and word not in _DECLARATIONS:
            return _check_form(token, text), declared
        previous = word
    raise _early_end(text)


def _check_namespace(token: Token, text: str) -> None:
    if token.kind is not Kind.PREFIXED or not token.text.endswith(":"):
        reason = (
            f"{token.text} stands where a prefix with its colon should, as in "
            "PREFIX ex: <http://example.org/>"
        )
        raise syntax_error(text, token, reason)


def _check_form(token: Token, text: str) -> Token:
    word = token.text.upper()
    if word in _UPDATES:
        raise _refused(
            text, token, f"{word} is an update, and this endpoint only reads"
        )
    if word not in tuple(Form):
        reason = f"{token.text} stands where SELECT, ASK, CONSTRUCT or DESCRIBE should"
        raise syntax_error(text, token, reason)
    return token


def _nested(
    tokens: Iterator[Token], text: str, max_depth: int
) -> Iterator[tuple[Token, int]]:
    """Pair each token with the number of brackets around it, up to a limit."""
    depth = 0
    for token in tokens:
        if token.text in _CLOSING:
            depth = max(depth - 1, 0)
        yield token, depth
        if token.text in _OPENING:
            depth += 1
        if depth > max_depth:
            reason = f"brackets nest deeper than the limit of {max_depth} levels"
            raise _refused(text, token, reason)


def _check_services(
    tokens: Iterator[Token],
    text: str,
    allowed: Collection[str],
    called: dict[str, None],
) -> Iterator[Token]:
    """Pass the tokens on, and note each endpoint that the query calls.

    Raises where the engine could find the keyword SERVICE, unless the IRI of an
    endpoint that is allowed follows it.
    """
    if "service" not in text.lower():
        yield from tokens
        return
    before = previous = Token(Kind.PUNCTUATION, "", 0)
    for token in tokens:
        if token.kind is Kind.WORD and token.text.upper() == "SERVICE" and allowed:
            yield token
            before, previous = token, _read_service(tokens, token, text, allowed)
            called[previous.text[1:-1]] = None
            yield previous
            continue
        if token.kind is Kind.WORD and "service" in token.text.lower():
            raise _refused(text, token, _tell_services(allowed))
        if token.text == "{" and _names_service(previous, before):
            raise _refused(text, previous, _tell_services(allowed))
        if token.kind is Kind.IRI and _is_ambiguous(token.text):
            raise _refused(text, token, _AMBIGUOUS)
        yield token
        before, previous = previous, token


def _read_service(
    tokens: Iterator[Token], keyword: Token, text: str, allowed: Collection[str]
) -> Token:
    """Return the IRI after SERVICE, or SERVICE SILENT."""
    token = next(tokens, keyword)
    if token.kind is Kind.WORD and token.text.upper() == "SILENT":
        token = next(tokens, keyword)
    if token.kind is not Kind.IRI or token.text[1:-1] not in allowed:
        raise _refused(text, keyword, _tell_services(allowed))
    return token


def _tell_services(allowed: Collection[str]) -> str:
    if not allowed:
        return "SERVICE is not allowed: this endpoint calls no other"
    iris = ", ".join(f"<{iri}>" for iri in allowed)
    return f"SERVICE may be followed by one of these only, as it is written: {iris}"


_AMBIGUOUS = (
    "in a text that also says SERVICE, an IRI with ' or # must be written in full, "
    "as <scheme://…>, and < for less-than be followed by a space"
)


def _names_service(token: Token, before: Token) -> bool:
    # To the engine no space is due after a keyword: in "service:a {" it reads SERVICE
    # and the name ":a". After GRAPH and FROM the same characters name a graph.
    is_graph = before.text.upper() in _BEFORE_A_GRAPH
    is_name = token.kind is Kind.PREFIXED and "service" in prefix_of(token).lower()
    return is_name and not is_graph


def _is_ambiguous(iri: str) -> bool:
    # If "<" were less-than, then a quote or a number sign would hide what follows; but
    # "://" is no part of any comparison.
    return _ABSOLUTE.match(iri) is None and not {"'", "#"}.isdisjoint(iri)


def _refused(text: str, token: Token, reason: str) -> QueryRefusedError:
    line, column = position(text, token.start)
    return QueryRefusedError(f"line {line}, column {column}: {reason}")


def _early_end(text: str) -> QuerySyntaxError:
    line, column = position(text, len(text.rstrip()))
    reason = "it ends before SELECT, ASK, CONSTRUCT or DESCRIBE"
    return QuerySyntaxError(reason, line=line, column=column, token="")
