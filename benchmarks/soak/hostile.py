"""What is sent to hurt, with the ends that it may have.

An end is the status and the kind of problem, as `benchmarks.soak.client.Answer` words
it; "busy" may be the end of each. What needs no end of its own is answered: Oxigraph's
regular expressions take linear time, so a bomb of them is a query like others.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import quote

import orjson

from benchmarks.soak.client import TIMED_OUT, Answer, Sent
from benchmarks.soak.record import Outcome
from ssc_kg.publish.endpoint import MAX_QUERY_BYTES

OK = "200"
TOO_LARGE = "503 query-too-large"
BROKEN_OFF = "200 broken off"
STOPPED = frozenset({TIMED_OUT, TOO_LARGE})
STREAMED = STOPPED | {BROKEN_OFF}
CUT = STREAMED | {"200 cut"}
REFUSED = frozenset({"403 query-refused"})
MISTAKEN = frozenset({"400 query-syntax"})

_PRODUCT = " ".join(f"?s{n} ?p{n} ?o{n} ." for n in range(4))
_VALUES = " ".join(f"VALUES ?v{n} {{ {'1 ' * 40} }}" for n in range(6))
_DOUBLED = " ".join(f"BIND(CONCAT(?v{n}, ?v{n}) AS ?v{n + 1})" for n in range(34))
_ANY = "(rdf:type|!rdf:type|^!rdf:type)*"
STREAM = f"SELECT * {{ {_PRODUCT} }}"
"""Rows without an end, which come as fast as they are read."""


@dataclass(frozen=True, slots=True)
class Attack:
    """A request and the ends that it may have."""

    name: str
    sent: Sent
    ends: frozenset[str]


def judge_attack(attack: Attack, answer: Answer) -> Outcome:
    """Return what a hostile request ended as."""
    if answer.is_busy:
        return Outcome.BUSY
    if answer.label in attack.ends:
        return Outcome.ENDED
    return Outcome.WRONG if answer.status else Outcome.LOST


def make_attacks() -> list[Attack]:
    """Return all that is sent to hurt and read to its end."""
    return [*_queries(), *_texts(), *_operations()]


def ask(query: str, accept: str = "application/sparql-results+json") -> Sent:
    """Return the request that asks a query."""
    headers = {"Content-Type": "application/sparql-query", "Accept": accept}
    return Sent("/sparql", "POST", headers, query.encode())


def ask_by_address(query: str) -> Sent:
    """Return the same as a GET request."""
    return Sent(f"/sparql?query={quote(query)}")


def _queries() -> Iterator[Attack]:
    count = "SELECT (COUNT(*) AS ?n)"
    yield _attack("a count of a product", f"{count} {{ {_PRODUCT} }}", STOPPED)
    yield _attack("a count of values", f"{count} {{ {_VALUES} }}", STOPPED)
    yield _attack("a product, row by row", STREAM, CUT)
    yield _attack("a product as CSV", STREAM, STREAMED, "text/csv")
    yield _attack("a sorted product", f"{STREAM} ORDER BY ?o3 ?s0", STOPPED)
    yield _attack("a distinct product", f"SELECT DISTINCT * {{ {_PRODUCT} }}", CUT)
    yield _attack(
        "groups of a product",
        f"{count} {{ {_PRODUCT} }} GROUP BY ?o0 ?o1 ?o2 ?o3",
        STOPPED,
    )
    yield _attack(
        "paths of any kind", f"{count} {{ ?a {_ANY} ?b . ?c {_ANY} ?d }}", STOPPED
    )
    yield _attack(
        "paths of paths",
        f"{count} {{ ?a ((!rdf:type)*/(!rdf:type)*)* ?b }}",
        STOPPED | {OK},
    )
    yield _attack(
        "a doubled string",
        f"SELECT (STRLEN(?v34) AS ?n) {{ BIND('aaaa' AS ?v0) {_DOUBLED} }}",
        STOPPED,
    )
    yield _attack(
        "all texts in one",
        "SELECT (GROUP_CONCAT(?o0) AS ?t) { ?s0 ?p0 ?o0 . ?s1 ?p1 ?o1 }",
        STOPPED,
    )
    yield _attack(
        "a graph of a product",
        f"CONSTRUCT {{ ?s0 ?p1 ?o2 }} {{ {_PRODUCT} }}",
        STOPPED,
        "text/turtle",
    )
    yield _attack("a bomb of repetitions", _bomb("(a*)*b"), frozenset({OK}))
    yield _attack(
        "a bomb of counts", _bomb("((a{1,100}){1,100}){1,100}"), STOPPED | {OK}
    )
    yield _attack(
        "a bomb for each pair",
        "SELECT * { ?s ?p ?o . ?t ?q ?r"
        " FILTER(REGEX(STR(?o), CONCAT('(.*)*', STR(?r), '$'))) }",
        STREAMED,
    )


def _texts() -> Iterator[Attack]:
    long = f"ASK {{ VALUES ?v {{ {'1 ' * (MAX_QUERY_BYTES // 2 - 20)} }} }}"
    yield _attack("a long list of values", long, STOPPED | {OK})
    yield _attack(
        "a long comment", f"ASK {{}} #{'x' * (MAX_QUERY_BYTES - 10)}", frozenset({OK})
    )
    yield _attack(
        "a text that is too long",
        f"ASK {{}} #{'x' * MAX_QUERY_BYTES}",
        frozenset({"413"}),
    )
    yield _attack("braces", f"ASK {'{' * 100_000}", REFUSED)
    yield _attack(
        "parentheses", f"ASK {{ FILTER({'(' * 60}1{')' * 60}) }}", STOPPED | {OK}
    )
    yield _attack(
        "negations",
        f"ASK {{ FILTER({'!' * 100_000}true) }}",
        STOPPED | REFUSED | MISTAKEN,
    )
    yield _attack(
        "a sum of many",
        f"ASK {{ FILTER({'1+' * 100_000}1) }}",
        STOPPED | REFUSED | {OK},
    )
    yield _attack(
        "a path of many",
        f"ASK {{ ?s {'rdf:type/' * 50_000}rdf:type ?o }}",
        STOPPED | REFUSED | {OK},
    )
    yield _attack("no query", "SELECT * { ?s ?p }", MISTAKEN)
    yield _attack("quotes that stay open", "ASK { ?s ?p '''" + "'" * 50_000, MISTAKEN)
    yield _attack(
        "another endpoint", "ASK { SERVICE <http://127.0.0.1:9/> {} }", REFUSED
    )
    yield _attack("an update", "DROP ALL", REFUSED)
    yield _attack(
        "a graph that is elsewhere",
        "ASK FROM <http://127.0.0.1:9/> { ?s ?p ?o }",
        frozenset({OK}),
    )
    yield _attack(
        "a graph that is a file",
        "ASK FROM <file:///etc/passwd> { ?s ?p ?o }",
        frozenset({OK}),
    )


def _operations() -> Iterator[Attack]:
    too_large = frozenset({"400 OPERATION_TOO_LARGE"})
    for name, query in _OVER_LIMITS.items():
        yield Attack(name, _operation(orjson.dumps({"query": query})), too_large)
    yield Attack("no JSON", _operation(b"[" * 100_000), frozenset({"400 request"}))
    yield Attack(
        "a body that is too long", _operation(b" " * 2**21), frozenset({"413 request"})
    )


_OVER_LIMITS: Mapping[str, str] = {
    "fields in fields": f"{{ {'a { ' * 60} b {'}' * 60} }}",
    "many fields": f"{{ {'__typename ' * 2_100} }}",
    "many aliases": f"{{ {' '.join(f'a{n}: __typename' for n in range(600))} }}",
    "many tokens": f"{{ {'__typename ' * 11_000} }}",
    "many directives": f"{{ __typename {'@skip(if: false) ' * 600} }}",
    "fragments that double": "{ ...f0 }"
    + " ".join(
        f"fragment f{n} on Query {{ ...f{n + 1} ...f{n + 1} }}" for n in range(40)
    )
    + " fragment f40 on Query { __typename }",
    "a page that is too large": "{ agreements(first: 100000) { totalCount } }",
    "the schema, often": "{{ {} }}".format(
        " ".join(f"a{n}: __schema {{ __typename }}" for n in range(12))
    ),
}


def _attack(
    name: str,
    query: str,
    ends: frozenset[str],
    accept: str = "application/sparql-results+json",
) -> Attack:
    return Attack(name, ask(query, accept), ends)


def _bomb(pattern: str) -> str:
    return f"ASK {{ BIND('{'a' * 30_000}' AS ?t) FILTER(!REGEX(?t, '{pattern}$')) }}"


def _operation(body: bytes) -> Sent:
    accept = "application/graphql-response+json"
    headers = {"Content-Type": "application/json", "Accept": accept}
    return Sent("/graphql", "POST", headers, body)
