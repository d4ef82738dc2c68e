"""One GraphQL operation in every format, against a running server."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import httpx
import pytest
from pyoxigraph import NamedNode, RdfFormat, Triple, parse
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from ssc_kg.app import create_app
from ssc_kg.engine.engine import Engine
from ssc_kg.engine.operation import Operation
from ssc_kg.formats.table import (
    GRAPHQL_FORMATS,
    JSON,
    RDF_FORMATS,
    TURTLE,
    Format,
)
from ssc_kg.graphql_api.faces import FACES, answer_graph
from ssc_kg.http.problems import exception_handlers
from ssc_kg.rdf.vocab import OA, SSC
from ssc_kg.settings import Settings
from ssc_kg.store.protocol import Store
from ssc_kg.store.search.index import SearchIndex
from ssc_kg.store.snapshot import Snapshot, Snapshots
from ssc_kg.store.versions import VersionRecord, Versions
from ssc_kg.urls import Urls
from tests.conftest import Server
from tests.library import library, shelf
from tests.serving import serving

ID = "https://w3id.org/ssc-kg/id/"
QUERY = """{
  agreement(id: "https://w3id.org/ssc-kg/id/agreement/oier-itu-mou") {
    __typename name goals(first: 2) { totalCount nodes { id code name } }
  }
}"""
SECONDS = 30
"""The first request waits until the schema is built."""
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
IN_EACH_FORMAT = pytest.mark.parametrize(
    "format_", [pytest.param(each, id=each.name) for each in RDF_FORMATS]
)


def get(server: Server, query: str, **headers: str) -> httpx.Response:
    return httpx.get(
        f"{server.address}/graphql",
        params={"query": query},
        headers=headers,
        timeout=SECONDS,
    )


def post(server: Server, query: str, **headers: str) -> httpx.Response:
    return httpx.post(
        f"{server.address}/graphql", json={"query": query}, headers=headers
    )


def read(response: httpx.Response, format_: RdfFormat | None) -> set[Triple]:
    quads = parse(response.content, format=format_)
    return {Triple(quad.subject, quad.predicate, quad.object) for quad in quads}


@IN_EACH_FORMAT
def test_every_format_holds_the_same_facts_by_get_and_post(
    server: Server, engine: Engine, seed_store: Store, format_: Format
) -> None:
    facts = engine.facts(Operation(QUERY), seed_store).facts
    assert len(facts) == 8
    answers = [
        get(server, QUERY, Accept=format_.media_type),
        post(server, QUERY, Accept=format_.media_type),
        httpx.get(
            f"{server.address}/graphql",
            params={"query": QUERY, "format": format_.name},
            headers={"Accept": BROWSER},
        ),
        httpx.post(
            f"{server.address}/graphql",
            params={"format": format_.suffix},
            json={"query": QUERY},
        ),
    ]
    for answer in answers:
        assert answer.status_code == 200
        media_type, _, _ = answer.headers["content-type"].partition(";")
        assert media_type == format_.media_type
        assert answer.headers["graphql-errors"] == "0"
        assert "Accept" in answer.headers["vary"]
        assert read(answer, format_.rdf) == facts
    assert len({answer.content for answer in answers}) == 1


def test_a_way_between_things_is_its_links_and_the_passages_for_them(
    server: Server, seed_store: Store
) -> None:
    start, goal = f"{ID}organization/oier", "http://metadata.un.org/sdg/11"
    query = f"""{{ path(from: "{start}", to: "{goal}", first: 1) {{ paths {{ hops {{
        evidence(first: 1) {{ nodes {{ phrase }} }}
    }} }} }} }}"""
    facts = read(post(server, query, Accept="text/turtle"), RdfFormat.TURTLE)
    agreement = NamedNode(f"{ID}agreement/oier-itu-mou")
    links = {
        Triple(agreement, SSC.signatory, NamedNode(start)),
        Triple(agreement, SSC.addressesGoal, NamedNode(goal)),
    }
    assert {fact for fact in facts if fact.subject == agreement} == links
    phrases = {str(fact.object) for fact in facts if fact.predicate == OA.exact}
    assert phrases == {'"OiER & ITU sign a strategic MoU"', '"in particular SDG 11"'}
    # Each passage says which link it is for.
    assert len(facts) == len(links) + 2 * 4
    assert all(seed_store.match(*fact) for fact in facts)


def test_turtle_has_a_block_for_each_thing_and_the_prefixes_it_uses(
    server: Server,
) -> None:
    text = post(server, QUERY, Accept="text/turtle").text
    assert [line for line in text.splitlines() if line.startswith("@prefix")] == [
        "@prefix sdg: <http://metadata.un.org/sdg/> .",
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .",
        "@prefix ssc: <https://w3id.org/ssc-kg/ontology#> .",
    ]
    assert text.count(" .\n\n") == 3


def test_json_ld_uses_the_published_context(server: Server) -> None:
    document = post(server, QUERY, Accept="application/ld+json").json()
    [agreement] = [each for each in document["@graph"] if "type" in each]
    assert agreement["type"] == "MemorandumOfUnderstanding"
    assert agreement["addressesGoal"] == [
        "http://metadata.un.org/sdg/11",
        "http://metadata.un.org/sdg/13",
    ]


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        pytest.param("application/json", JSON.media_type, id="JSON is no JSON-LD"),
        pytest.param("*/*", GRAPHQL_FORMATS[0].media_type, id="anything is JSON"),
        pytest.param("text/turtle, text/html;q=0.9", "text/turtle", id="over a page"),
        pytest.param(
            "text/turtle;q=0.1, application/n-triples", "application/n-triples", id="q"
        ),
        pytest.param("text/html, text/turtle;q=0.9", "text/html", id="under a page"),
    ],
)
def test_the_format_is_the_one_that_the_client_likes_best(
    server: Server, accept: str, media_type: str
) -> None:
    answer = get(server, QUERY, Accept=accept)
    assert answer.headers["content-type"].partition(";")[0] == media_type


def test_a_format_that_is_not_offered_is_refused_with_those_that_are(
    server: Server,
) -> None:
    by_header = post(server, QUERY, Accept="text/csv")
    assert by_header.status_code == 406
    assert by_header.json()["offered"] == [
        *(each.media_type for each in FACES),
        "text/event-stream",
    ]
    by_name = httpx.get(
        f"{server.address}/graphql", params={"query": QUERY, "format": "csv"}
    )
    assert by_name.status_code == 406
    assert "turtle" in by_name.json()["offered"]


def test_a_graph_by_get_is_not_sent_again_while_the_version_stands(
    server: Server,
) -> None:
    first = get(server, QUERY, Accept="text/turtle")
    tag = first.headers["etag"]
    again = get(server, QUERY, **{"Accept": "text/turtle", "If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == tag
    others = [
        get(server, QUERY, **{"Accept": accept, "If-None-Match": tag})
        for accept in ("application/n-triples", "application/json")
    ]
    others.append(
        get(server, f"{QUERY} ", **{"Accept": "text/turtle", "If-None-Match": tag})
    )
    assert {other.status_code for other in others} == {200}
    assert "etag" not in post(server, QUERY, Accept="text/turtle").headers


def test_whatever_copy_a_client_has_a_refusal_is_no_confirmation_of_it(
    server: Server,
) -> None:
    any_copy = {"Accept": "text/turtle", "If-None-Match": "*"}
    assert get(server, QUERY, **any_copy).status_code == 304
    assert get(server, "{ nope }", **any_copy).status_code == 400
    assert get(server, "mutation { a }", **any_copy).status_code == 405
    unknown = httpx.get(
        f"{server.address}/graphql", params={"documentId": "no"}, headers=any_copy
    )
    assert unknown.status_code == 400
    assert "no document 'no' is known" in unknown.json()["detail"]
    assert post(server, QUERY, **any_copy).status_code == 200


def test_a_document_that_changes_under_its_name_has_another_tag(
    server: Server, tmp_path: Path
) -> None:
    def ask(text: str, **headers: str) -> httpx.Response:
        (tmp_path / "goals.graphql").write_text(text)
        settings = Settings.model_validate(
            {"graphql_registered": tmp_path, "memory_budget": 0}
        )
        with (
            Snapshots(Versions(server.data_dir)) as snapshots,
            serving(create_app(settings, snapshots)) as site,
        ):
            address = f"{site}/graphql?documentId=goals&format=turtle"
            return httpx.get(address, headers=headers)

    first = ask("{ goals(first: 1) { nodes { id code } } }")
    tag = first.headers["etag"]
    again = ask("{ goals(first: 1) { nodes { id code } } }", **{"If-None-Match": tag})
    assert again.status_code == 304
    changed = ask("{ goals(first: 1) { nodes { id name } } }", **{"If-None-Match": tag})
    assert changed.status_code == 200
    assert changed.headers["etag"] != tag
    assert changed.content != first.content


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        pytest.param("text/event-stream", "text/event-stream", id="EventSource"),
        pytest.param(
            "text/event-stream, text/html;q=0.9, */*;q=0.1",
            "text/event-stream",
            id="rather than a page",
        ),
        pytest.param("text/html, text/event-stream;q=0.9", "text/html", id="a page"),
    ],
)
def test_a_stream_is_no_page(server: Server, accept: str, media_type: str) -> None:
    answer = get(server, QUERY, Accept=accept)
    assert answer.status_code == 200
    assert answer.headers["content-type"].partition(";")[0] == media_type


def test_a_wrong_regular_expression_is_an_error_of_its_field(server: Server) -> None:
    goal = "http://metadata.un.org/sdg/1"
    query = f"""query ($pattern: String) {{
  good: goal(id: "{goal}") {{ code }}
  bad: goal(id: "{goal}") {{
    targets(where: {{ name: {{ matches: $pattern }} }}) {{ totalCount }}
  }}
}}"""
    for beside in ("", "__schema { __typename } "):
        answer = httpx.post(
            f"{server.address}/graphql",
            json={"query": query.replace("good", f"{beside}good"),
                  "variables": {"pattern": "(a"}},
        )  # fmt: skip
        assert answer.status_code == 200
        data = answer.json()["data"]
        assert (data["good"], data["bad"]) == ({"code": "1"}, None)
        [error] = answer.json()["errors"]
        assert error["path"] == ["bad"]
        assert error["locations"] == [{"line": 3, "column": 3}]
        assert error["extensions"] == {"code": "BAD_USER_INPUT"}
        assert "matches is '(a', but has to be a regular expression" in error["message"]


def test_head_has_the_headers_of_the_graph_and_no_body(server: Server) -> None:
    answer = httpx.head(
        f"{server.address}/graphql",
        params={"query": QUERY},
        headers={"Accept": "text/turtle"},
    )
    assert answer.status_code == 200
    assert (
        answer.headers["etag"]
        == get(server, QUERY, Accept="text/turtle").headers["etag"]
    )
    assert answer.content == b""


@pytest.mark.parametrize(
    ("query", "words"),
    [
        pytest.param("{ nope }", "Cannot query field 'nope'", id="an unknown field"),
        pytest.param("{ goals {", "Syntax Error", id="a syntax error"),
        pytest.param("{ goals(first: -1) { totalCount } }", "-1", id="a page size"),
        pytest.param("mutation { load }", "mutation", id="a mutation"),
    ],
)
@IN_EACH_FORMAT
def test_an_operation_without_an_answer_is_a_problem(
    server: Server, query: str, words: str, format_: Format
) -> None:
    answer = post(server, query, Accept=format_.media_type)
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    assert words in answer.json()["detail"]
    assert any(words in error for error in answer.json()["errors"])


@IN_EACH_FORMAT
@pytest.mark.parametrize("send", [get, post])
def test_a_subscription_is_offered_as_a_stream_only(
    server: Server, send: Callable[..., httpx.Response], format_: Format
) -> None:
    query = "subscription { versionPublished { number } }"
    answer = send(server, query, Accept=format_.media_type)
    assert answer.status_code == 406
    assert answer.json()["accept"] == format_.media_type
    assert answer.json()["offered"] == ["text/event-stream"]


def test_a_graph_that_lacks_something_says_how_many_errors_there_are(
    server: Server,
) -> None:
    query = f'{QUERY[:-1]} bad: node(id: "a b") {{ id }} }}'
    assert len(post(server, query).json()["errors"]) == 1
    answer = post(server, query, Accept="text/turtle")
    assert answer.status_code == 200
    assert answer.headers["graphql-errors"] == "1"
    assert answer.content == post(server, QUERY, Accept="text/turtle").content
    assert "GraphQL-Errors" in answer.headers["access-control-expose-headers"]


def test_introspection_beside_data_adds_no_facts(server: Server) -> None:
    query = QUERY.replace("{", "{ __schema { queryType { name } }", 1)
    answer = post(server, query, Accept="text/turtle")
    assert answer.content == post(server, QUERY, Accept="text/turtle").content


@IN_EACH_FORMAT
def test_groups_beside_data_add_no_facts(server: Server, format_: Format) -> None:
    groups = "agreementsAggregate(groupBy: [{signatories: {name: ASC}}]) { count }"
    beside = f"{{ {groups} {QUERY.strip()[1:]}"
    answers = [get(server, each, Accept=format_.media_type) for each in (beside, QUERY)]
    assert answers[0].status_code == 200
    assert read(answers[0], format_.rdf) == read(answers[1], format_.rdf)
    alone = get(server, f"{{ {groups} }}", Accept=format_.media_type)
    assert (alone.status_code, read(alone, format_.rdf)) == (200, set())


def test_an_answer_that_the_data_leaves_nothing_of_is_no_empty_graph() -> None:
    response = ask_library("{ books { nodes { editor { id } } } }", version=1)
    assert response.status_code == 503
    assert "non-nullable field Book.editor" in response.json()["detail"]


def test_another_version_has_another_tag() -> None:
    first, second = (
        ask_library("{ books { nodes { id } } }", version=version) for version in (1, 2)
    )
    assert first.content == second.content
    assert first.headers["etag"] != second.headers["etag"]


def ask_library(query: str, *, version: int) -> httpx.Response:
    """Answer from a library that has one book, without an editor."""
    store = shelf(":a a :Book .")
    search = SearchIndex(Path("none"), store, ())
    snapshot = Snapshot(_record(version), Path(), store, search)
    operation = Operation(query)

    def answer(request: Request) -> Response:
        run = partial(library().facts, operation)
        return answer_graph(request, snapshot, TURTLE, operation=operation, run=run)

    handlers = exception_handlers(Urls("http://library.example/", "/"))
    app = Starlette(routes=[Route("/", answer)], exception_handlers=handlers)
    return asyncio.run(_get(app))


def _record(number: int) -> VersionRecord:
    return VersionRecord(
        number=number,
        time=datetime(2026, 1, 1, tzinfo=UTC),
        parent=None,
        author="",
        message="",
        triples=1,
        graphs={},
        added=1,
        removed=0,
    )


async def _get(app: ASGIApp) -> httpx.Response:
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://x") as client:
        return await client.get("/")
