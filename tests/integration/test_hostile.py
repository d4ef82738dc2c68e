"""Hostile texts wherever a client may put one are texts, and nothing else happens.

Every argument and every input field of the real schema is a place for them, in process
and over HTTP; `make test-long` tries all places, any other run some of them.
"""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from random import Random
from typing import Any, TypeVar

import httpx
import orjson
import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from ssc_kg.engine.engine import Engine
from ssc_kg.engine.operation import Operation
from ssc_kg.rdf.vocab import RDF
from ssc_kg.store.protocol import Store
from tests.conftest import Server
from tests.hostile import NO_CHARACTERS, TEXTS, Place, cursors, places
from tests.server import Watched, watched_server

CODES = {
    "BAD_USER_INPUT",
    "DOCUMENT_HASH_MISMATCH",
    "DOCUMENT_NOT_FOUND",
    "GRAPHQL_PARSE_FAILED",
    "GRAPHQL_VALIDATION_FAILED",
    "OPERATION_RESOLUTION_FAILURE",
    "OPERATION_TOO_LARGE",
    "PERSISTED_QUERY_NOT_FOUND",
}
STATUSES = {200, 400, 405, 406, 413, 415}
LARGEST = 30_000
"""The most bytes of an answer to a hostile text: what it sent is not sent back."""
MEMORY = 300 * 2**20
"""The most bytes that a server may take more while it answers them."""
SHARDS = 8
TEXTS_OF_A_PLACE = 4
SECONDS = 20
ACCEPTED = [
    "application/graphql-response+json",
    "application/json",
    "text/turtle",
    "application/ld+json",
    "application/n-triples",
    "text/event-stream",
]
CANARY = "{ goals(first: 20) { totalCount nodes { id code name } } }"
_Drawn = TypeVar("_Drawn")


@pytest.fixture(scope="module")
def values(seed_store: Store) -> frozenset[str]:
    """What the graph holds, as texts."""
    return frozenset(
        term.value
        for quad in seed_store.match()
        for term in (quad.subject, quad.object)
        if isinstance(term, Literal | NamedNode)
    )


@pytest.fixture(scope="module")
def every_place(engine: Engine, seed_store: Store) -> list[Place]:
    instances = {
        name: quad.subject.value
        for name, type_ in engine.mapping.types.items()
        if type_.rdf_class
        for quad in seed_store.match(predicate=RDF.type, object_=type_.rdf_class)
        if isinstance(quad.subject, NamedNode)
    }
    return places(engine.graphql_schema, instances)


@pytest.fixture(scope="module")
def watched(
    server: Server, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Watched]:
    log = tmp_path_factory.mktemp("watched") / "log"
    with watched_server(server.data_dir, log) as watched:
        yield watched


def draw(
    random: Random, drawn: Sequence[_Drawn], request: pytest.FixtureRequest, shard: int
) -> list[_Drawn]:
    """Return what a shard tries: its part of all, or some of that."""
    number = int(request.config.getoption("--places"))
    part = drawn[shard::SHARDS]
    return random.sample(part, min(len(part), number // SHARDS)) if number else [*part]


def test_the_places_are_those_of_the_schema(every_place: list[Place]) -> None:
    number = Counter(place.name for place in every_place)
    arguments = {place.path for place in every_place if len(place.path) == 3}
    assert ("Query", "goal", "id") in arguments
    assert ("Query", "nodes", "ids") in arguments
    assert ("Organization", "objectives", "after") in arguments
    asked = {place.path for place in every_place}
    assert ("goals", "where", "name", "language") in asked
    assert ("goals", "where", "id", "notIn") in asked
    assert ("Query", "search", "text") in arguments
    assert ("search", "where", "id", "in") in asked
    assert any(path[-3:] == ("geometry", "wkt", "matches") for path in asked)
    assert ("goalsAggregate", "having", "name", "min", "eq") in asked
    assert min(number[name] for name in ("eq", "matches", "after", "before")) > 600
    assert len(every_place) == len({(p.path, p.template) for p in every_place}) > 10_000


@pytest.mark.parametrize("shard", range(SHARDS))
def test_a_hostile_text_anywhere_is_only_a_text(
    engine: Engine,
    seed_store: Store,
    values: frozenset[str],
    every_place: list[Place],
    request: pytest.FixtureRequest,
    shard: int,
) -> None:
    random = Random(shard)  # noqa: S311  (the same texts each time)
    before = engine.execute(Operation(CANARY), seed_store).body()
    for place in draw(random, every_place, request, shard):
        texts = [*TEXTS.values(), *NO_CHARACTERS.values()]
        for text in random.sample(texts, TEXTS_OF_A_PLACE):
            operation = put(random, place, text)
            result = engine.execute(operation, seed_store)
            check_body(result.body(), place, text, values)
            facts = engine.facts(operation, seed_store)
            assert place.is_exact <= (not facts.facts), (place, text)
    assert engine.execute(Operation(CANARY), seed_store).body() == before


@pytest.mark.parametrize("shard", range(SHARDS))
def test_a_hostile_text_over_http_is_only_a_text(
    watched: Watched,
    values: frozenset[str],
    every_place: list[Place],
    request: pytest.FixtureRequest,
    shard: int,
) -> None:
    random = Random(shard)  # noqa: S311  (the same texts each time)
    with Browsing(watched) as client:
        for place in draw(random, every_place, request, shard):
            text = random.choice([*TEXTS.values()])
            operation = put(random, place, text)
            fields = dict[str, object](
                query=operation.query, variables=operation.variables
            )
            response = send(client, random, fields)
            check_response(response, place, text, values)


@pytest.mark.parametrize(
    "beside",
    ["operationName", "documentId", "hash", "version", "explain", "variable", "query"],
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_hostile_text_beside_an_operation_is_only_a_text(
    watched: Watched, beside: str, method: str
) -> None:
    with Browsing(watched) as client:
        for text in TEXTS.values():
            fields = put_beside(beside, text)
            for accept in ACCEPTED:
                response = send_as(client, method, accept, fields)
                check_response(response)


NAMES = [
    pytest.param("{ %s { id } }", id="a field"),
    pytest.param("{ %s: goals { totalCount } }", id="an alias"),
    pytest.param("query %s { goals { totalCount } }", id="an operation"),
    pytest.param("query A($%s: Int) { goals(first: $b) { totalCount } }", id="unused"),
    pytest.param("query ($a: %s) { goals(first: $a) { totalCount } }", id="a type"),
    pytest.param("{ goals(%s: 1) { totalCount } }", id="an argument"),
    pytest.param("{ goals(where: {%s: 1}) { totalCount } }", id="an input field"),
    pytest.param("{ goals @%s { totalCount } }", id="a directive"),
    pytest.param("{ ...%s }", id="a fragment"),
    pytest.param("{ ... on %s { id } }", id="a condition"),
    pytest.param("{ goals(orderBy: [{name: %s}]) { totalCount } }", id="a choice"),
    pytest.param("{ goals(where: {code: {eq: %s}}) { totalCount } }", id="a value"),
    pytest.param('{ goals(where: {code: {eq: "%s}}) { totalCount } }', id="an end"),
]


@pytest.mark.parametrize("document", NAMES)
def test_a_hostile_text_as_a_name_is_an_error_or_a_name(
    watched: Watched, document: str
) -> None:
    with Browsing(watched) as client:
        for text in (*TEXTS.values(), "A" * 900_000):
            response = client.post("/graphql", json={"query": document % text})
            check_response(response)


def test_a_long_name_is_not_repeated_for_each_of_many_errors(watched: Watched) -> None:
    fields = " ".join(f"a{n}: goals(first: $v{n}) {{ totalCount }}" for n in range(190))
    with Browsing(watched) as client:
        query = f"query {'A' * 900_000} {{ {fields} }}"
        response = client.post("/graphql", json={"query": query})
        check_response(response)
        assert response.json()["errors"][0]["extensions"] == {
            "code": "OPERATION_TOO_LARGE",
            "limit": "name",
            "maximum": 256,
            "asked": 900_000,
        }


@pytest.mark.parametrize("text", [*TEXTS.values()], ids=[*TEXTS])
def test_a_hostile_key_of_the_variables_is_an_error_or_ignored(
    watched: Watched, text: str
) -> None:
    query = """query ($x: GoalWhere, $y: [GoalOrderBy!]) {
      goals(where: $x, orderBy: $y) { totalCount } }"""
    with Browsing(watched) as client:
        hostile: list[dict[str, object]] = [
            {text: 1},
            {"x": {text: {"eq": "a"}}},
            {"x": {"name": {text: "a"}}},
            {"x": {"and": [{"or": [{text: {}}]}]}},
            {"y": [{text: "ASC"}]},
            {"y": [{"name": text}]},
        ]
        for variables in hostile:
            fields = {"query": query, "variables": variables}
            check_response(client.post("/graphql", json=fields))


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(b"\xff\xfe\x00", id="no UTF-8"),
        pytest.param(b"\xed\xa0\x80", id="a surrogate in UTF-8"),
        pytest.param(b"\xc0\xaf", id="an overlong slash"),
        pytest.param(b"\xf4\x90\x80\x80", id="beyond Unicode"),
        pytest.param(b"\xef\xbb\xbf", id="a byte order mark"),
        pytest.param(b"\\ud800", id="half a pair, escaped"),
        pytest.param(b"\\u0000", id="NUL, escaped"),
        pytest.param(b"\\x41\\", id="no escapes of JSON"),
        pytest.param(b"\x00\x01\x1f", id="raw controls"),
        pytest.param(b'", "query": "{ __typename }', id="another query"),
    ],
)
def test_hostile_bytes_on_the_wire_are_an_error_or_a_text(
    watched: Watched, raw: bytes
) -> None:
    bodies = [
        b'{"query": "{ node(id: \\"%b\\") { id } }"}' % raw,
        b'{"query": "query ($x: ID!) { node(id: $x) { id } }", "variables":'
        b' {"x": "%b"}}' % raw,
        b'{"query": "{ __typename }", "%b": 1}' % raw,
        b'{"query": "{ __typename }", "documentId": "%b"}' % raw,
        raw + b'{"query": "{ __typename }"}',
        raw,
    ]
    with Browsing(watched) as client:
        for body in bodies:
            headers = {"Content-Type": "application/json"}
            response = client.post("/graphql", content=body, headers=headers)
            check_response(response)
        quoted = "".join(f"%{byte:02x}" for byte in raw)
        for parameter in ("query", "variables", "documentId", "extensions", "format"):
            address = f"/graphql?{parameter}={quoted}"
            check_response(client.get(address, headers={"Accept": ACCEPTED[0]}))


HEADERS = ["Accept", "Prefer", "If-None-Match", "Content-Type", "Origin"]


@pytest.mark.parametrize("header", HEADERS)
def test_a_hostile_header_is_an_error_or_ignored(watched: Watched, header: str) -> None:
    texts = {text.encode("utf-8") for text in TEXTS.values() if text.isprintable()}
    # Longer ones are the business of the server's parser of HTTP.
    with Browsing(watched) as client:
        for text in (each for each in texts if len(each) < 8_000):
            for method in ("GET", "POST"):
                headers = [(header.encode(), text.strip())]
                if header != "Accept":
                    headers.append((b"Accept", b"text/turtle"))
                fields = {"query": CANARY}
                response = client.request(
                    method,
                    "/graphql",
                    params=fields if method == "GET" else None,
                    json=fields if method == "POST" else None,
                    headers=headers,
                )
                assert response.status_code in STATUSES | {304}


def put(random: Random, place: Place, text: str) -> Operation:
    """Return an operation that holds a text at a place, in one way of several."""
    if place.is_cursor and text not in NO_CHARACTERS.values() and random.random() < 0.7:
        text = random.choice([*cursors(text)])
    if random.random() < 0.5:
        return place.with_variable(text)
    return place.with_literal(text, is_block=random.random() < 0.5)


def put_beside(place: str, text: str) -> dict[str, object]:
    match place:
        case "hash" | "version":
            protocol: dict[str, object] = {"version": 1, "sha256Hash": "0"}
            protocol["sha256Hash" if place == "hash" else "version"] = text
            return {"extensions": {"persistedQuery": protocol}}
        case "explain":
            return {"query": CANARY, "extensions": {"explain": text, text[:100]: 1}}
        case "variable":
            return {"query": CANARY, "variables": {text[:1000]: text}}
        case "documentId" | "query":
            return {place: text}
        case _:
            return {"query": CANARY, place: text}


class Browsing:
    """A client of a server that afterwards has to be as it was before."""

    def __init__(self, watched: Watched) -> None:
        self._watched = watched
        self._client = httpx.Client(base_url=watched.address, timeout=SECONDS)

    def __enter__(self) -> httpx.Client:
        self._before = self._ask()
        self._peak = self._watched.peak()
        self._logged = self._watched.log.read_text()
        return self._client

    def __exit__(self, kind: object, *_rest: object) -> None:
        if kind is None:
            assert self._ask() == self._before
            assert self._watched.peak() - self._peak < MEMORY
            assert self._watched.log.read_text() == self._logged
        self._client.close()

    def _ask(self) -> bytes:
        return self._client.post("/graphql", json={"query": CANARY}).content


def send(
    client: httpx.Client, random: Random, fields: dict[str, object]
) -> httpx.Response:
    is_long = len(orjson.dumps(fields)) > 30_000
    method = "POST" if is_long else random.choice(["GET", "POST"])
    return send_as(client, method, random.choice(ACCEPTED), fields)


def send_as(
    client: httpx.Client, method: str, accept: str, fields: dict[str, object]
) -> httpx.Response:
    headers = {"Accept": accept}
    if method == "POST" or len(orjson.dumps(fields)) > 30_000:
        return client.post("/graphql", json=fields, headers=headers)
    texts = {
        name: each if isinstance(each, str) else orjson.dumps(each).decode()
        for name, each in fields.items()
    }
    return client.get("/graphql", params=texts, headers=headers)


def check_response(
    response: httpx.Response,
    place: Place | None = None,
    text: str = "",
    values: frozenset[str] = frozenset(),
    *,
    largest: int = LARGEST,
) -> None:
    """Check that a reply is one that a client can read."""
    assert response.status_code in STATUSES, response.text
    assert len(response.content) <= largest
    media_type = response.headers["content-type"].partition(";")[0]
    match media_type:
        case "application/problem+json":
            assert set(response.json()) >= {"type", "title", "status", "detail"}
        case "application/graphql-response+json" | "application/json":
            check_body(response.json(), place, text, values, largest=largest)
        case "text/event-stream":
            events = response.text.split("\n\n")
            assert events[-2:] == ["event: complete\ndata:", ""]
            [data] = [each for each in events if each.startswith("event: next\n")]
            body = json.loads(data.partition("data: ")[2])
            check_body(body, place, text, values, largest=largest)
        case _:
            graph = [
                *parse(response.content, format=RdfFormat.from_media_type(media_type))
            ]
            assert place is None or not place.is_exact or not graph, (place, text)


def check_body(
    body: Any,
    place: Place | None,
    text: str,
    values: frozenset[str],
    *,
    largest: int = LARGEST,
) -> None:
    """Check that an answer is JSON, has errors of the client only, and no facts."""
    assert len(orjson.dumps(body)) <= largest, place
    for error in body.get("errors", ()):
        assert error["extensions"]["code"] in CODES, (place, error)
        assert "Traceback" not in error["message"]
    if place is not None and must_be_empty(place, text, values):
        assert not shown(body.get("data")), (place, text, body)


def must_be_empty(place: Place, text: str, values: frozenset[str]) -> bool:
    """Whether nothing in the graph can be what a text at a place asks for."""
    if place.is_part:
        return not any(text in value for value in values)
    return (place.is_exact or place.name in {"id", "ids"}) and text not in values


def shown(data: Any) -> list[str]:
    """Return the identifiers and totals of an answer."""
    match data:
        case dict():
            keys = ("id", "totalCount", "count")
            own = [str(data[key]) for key in keys if data.get(key)]
            return own + [each for value in data.values() for each in shown(value)]
        case list():
            return [each for value in data for each in shown(value)]
        case _:
            return []
