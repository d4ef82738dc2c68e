"""What a query that runs probably does not mean: names that lead to an empty answer.

A misspelt term or variable is right SPARQL, and matches nothing. It is looked for token
by token, in linear time; nothing here knows the data, and a hint changes no answer.
What is meant for elsewhere is not judged: the template of a CONSTRUCT, which may hold
any term, and a query that calls another endpoint.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from itertools import islice

from ssc_kg.rdf.closed import CLOSED
from ssc_kg.rdf.namespaces import PREFIXES, SSC_NAMESPACE
from ssc_kg.sparql.prefixes import prefix_of
from ssc_kg.sparql.scan import Form, Scan
from ssc_kg.sparql.tokens import Kind, Token, tokenize

MAX_LENGTH = 4096
"""How many characters a query may have; a longer one gets no hints."""
MAX_HINTS = 5
"""How many hints are spelled out; one more says how many there would be."""

_LIKENESS = 0.7
# Twice the lesser length, by both together, is the most that difflib can give.
_ALIKE = _LIKENESS / (2 - _LIKENESS)
_MAX_NAME = 64
_MAX_SUBCLASSES = 3
_ESCAPE = re.compile(r"\\(.)")
_MEMBER = re.compile(r"_[1-9][0-9]*")
_RDF = PREFIXES["rdf"]
_TYPES = ("a", f"<{_RDF}type>")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The terms of an ontology."""

    terms: frozenset[str]
    """The local names of all terms in the ontology's namespace."""
    shapes: frozenset[str]
    """Those of shapes, which are in the same namespace and seldom meant."""
    abstract: Mapping[str, tuple[str, ...]]
    """Of each class that no thing is stated to be of, the classes below that some are.

    All are local names.
    """


def find_hints(scan: Scan, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return a sentence for each name that a query probably does not mean.

    >>> from ssc_kg.sparql.scan import scan
    >>> vocabulary = Vocabulary(frozenset({"partner", "City"}), frozenset(), {})
    >>> find_hints(scan("SELECT ?a { ?a ssc:partnerOf ?b }"), vocabulary)
    ('ssc:partnerOf is not in the ontology; did you mean ssc:partner?',)
    """
    if scan.services or len(scan.text) > MAX_LENGTH:
        return ()
    reader = _Reader(vocabulary, _read_namespaces(scan.prologue))
    for token in _pattern(scan):
        reader.read(token)
    columns = dict.fromkeys(scan.projection or ())
    unbound = [name for name in columns if name not in reader.bound]
    more = len(reader.doubtful) + len(unbound) - MAX_HINTS
    # What is meant takes a while to find, so it is found for as many as are told.
    names = islice(reader.doubtful.values(), MAX_HINTS)
    hints = [*(_tell_term(name, reader) for name in names)]
    rest = unbound[: MAX_HINTS - len(hints)]
    hints.extend(_tell_unbound(name, reader.bound) for name in rest)
    return (*hints, *([f"{more} more names are doubtful"] if more > 0 else ()))


@dataclass(frozen=True, slots=True)
class _Name:
    """A term, as it is written and as it is meant."""

    token: Token
    namespace: str
    local: str


@dataclass(slots=True)
class _Reader:
    """What is known of the names of a query, as it is read."""

    vocabulary: Vocabulary
    namespaces: Mapping[str, str]
    doubtful: dict[str, _Name] = field(default_factory=dict)
    """The terms that there are not, and the types that nothing has, as written."""
    bound: dict[str, None] = field(default_factory=dict)
    """The variables of the pattern, and those that AS or VALUES bind."""
    _braces: int = 0
    _is_in_values: bool = False
    _previous: str = ""

    def terms(self, namespace: str) -> frozenset[str]:
        """Return the local names in a namespace that a query may mean."""
        is_ours = namespace == SSC_NAMESPACE
        return self.vocabulary.terms if is_ours else CLOSED[namespace]

    def read(self, token: Token) -> None:
        """Take the next token."""
        match token.kind:
            case Kind.PUNCTUATION:
                self._braces += (token.text == "{") - (token.text == "}")
            case Kind.VARIABLE:
                self._read_variable(token.text[1:])
            case Kind.IRI | Kind.PREFIXED:
                self._read_name(token)
            case Kind.WORD:
                is_values = self._braces == 0 and token.text.upper() == "VALUES"
                self._is_in_values |= is_values
            case _:
                pass
        self._previous = token.text

    def _read_variable(self, name: str) -> None:
        is_given = self._is_in_values or self._previous.upper() == "AS"
        if self._braces > 0 or is_given:
            self.bound.setdefault(name)

    def _read_name(self, token: Token) -> None:
        iri = _resolve(token, self.namespaces)
        for namespace in (SSC_NAMESPACE, *CLOSED):
            local = iri.removeprefix(namespace)
            if local not in ("", iri) and self._is_doubtful(namespace, local):
                self.doubtful.setdefault(token.text, _Name(token, namespace, local))

    def _is_doubtful(self, namespace: str, local: str) -> bool:
        if local in self.terms(namespace):
            is_class = namespace == SSC_NAMESPACE and local in self.vocabulary.abstract
            return is_class and self._follows_type()
        if namespace == _RDF and _MEMBER.fullmatch(local):
            return False
        return namespace != SSC_NAMESPACE or local not in self.vocabulary.shapes

    def _follows_type(self) -> bool:
        prefix, colon, local = self._previous.partition(":")
        is_rdf = bool(colon) and self.namespaces.get(prefix) == _RDF
        return self._previous in _TYPES or (is_rdf and local == "type")


def _pattern(scan: Scan) -> Iterator[Token]:
    """Yield the tokens after the keyword of the form, without those of a template."""
    tokens = tokenize(scan.text[len(scan.prologue) :])
    next(tokens)
    if scan.form is not Form.CONSTRUCT:
        yield from tokens
        return
    first = next(tokens, None)
    if first is not None and first.text == "{":
        while (token := next(tokens, None)) is not None and token.text != "}":
            pass
    yield from tokens


def _read_namespaces(prologue: str) -> Mapping[str, str]:
    namespaces = dict(PREFIXES)
    prefix: str | None = None
    for token in tokenize(prologue):
        if token.kind is Kind.IRI and prefix is not None:
            namespaces[prefix] = token.text[1:-1]
        prefix = prefix_of(token) if token.kind is Kind.PREFIXED else None
    return namespaces


def _resolve(token: Token, namespaces: Mapping[str, str]) -> str:
    if token.kind is Kind.IRI:
        return token.text[1:-1]
    prefix, _, local = token.text.partition(":")
    return namespaces.get(prefix, "") + _ESCAPE.sub(r"\1", local)


def _tell_term(name: _Name, reader: _Reader) -> str:
    terms = reader.terms(name.namespace)
    if name.local in terms:
        return _tell_abstract(name, reader.vocabulary.abstract[name.local])
    is_ours = name.namespace == SSC_NAMESPACE
    place = "in the ontology" if is_ours else f"a term of <{name.namespace}>"
    told = f"{_cut(name.token.text)} is not {place}"
    if meant := _find_nearest(name.local, terms):
        return f"{told}; did you mean {_spell(name.token, meant)}?"
    for prefix, namespace in reader.namespaces.items():
        if name.local in CLOSED.get(namespace, ()):
            return f"{told}; did you mean {prefix}:{name.local}?"
    return told


def _tell_abstract(name: _Name, subclasses: Sequence[str]) -> str:
    class_ = name.token.text
    shown = [_spell(name.token, each) for each in subclasses[:_MAX_SUBCLASSES]]
    left = len(subclasses) - _MAX_SUBCLASSES
    more = f" and {left} more" if left > 0 else ""
    return (
        f"{class_} is abstract, so only its subclasses are stated: "
        f"{', '.join(shown)}{more}; ask a/rdfs:subClassOf* {class_}"
    )


def _tell_unbound(name: str, bound: Collection[str]) -> str:
    told = f"?{_cut(name)} is selected, but nothing binds it"
    meant = _find_nearest(name, bound)
    return f"{told}; did you mean ?{meant}?" if meant else told


def _find_nearest(name: str, names: Collection[str]) -> str | None:
    """Return the name that is most like another; of equal ones, that of like case."""
    if len(name) > _MAX_NAME:
        return None
    size, is_upper = len(name), name[:1].isupper()
    # What differs more in length cannot be alike; to say so is the quicker way.
    near = [each for each in names if _ALIKE * size <= len(each) <= size / _ALIKE]
    near.sort(key=lambda each: (each[:1].isupper() == is_upper, each))
    folded = {each.lower(): each for each in near}
    found = get_close_matches(name.lower(), folded, n=1, cutoff=_LIKENESS)
    return folded[found[0]] if found else None


def _spell(token: Token, local: str) -> str:
    """Return another term of the same namespace, written as the token is."""
    if token.kind is Kind.IRI:
        return f"{token.text.rpartition('#')[0]}#{local}>"
    return f"{prefix_of(token)}:{local}"


def _cut(text: str) -> str:
    return text if len(text) <= _MAX_NAME else f"{text[:_MAX_NAME]}…"
