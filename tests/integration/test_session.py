"""The graph in Python: the same answers from a directory and from a server."""

import asyncio
import signal
import subprocess
import sys
import threading
import time
from collections.abc import AsyncIterator, Iterator
from datetime import date
from pathlib import Path

import httpx
import polars
import pytest
from pyoxigraph import Literal, NamedNode
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response, StreamingResponse
from starlette.routing import Route

import ssc_kg
from ssc_kg.errors import (
    ConfigurationError,
    EndpointError,
    KnowledgeGraphError,
    LanguagesError,
    NotAcceptableError,
    OperationFailedError,
    ParameterValueError,
    QueryRefusedError,
    QuerySyntaxError,
    QueryTimedOutError,
    RequestError,
    ResultKindError,
    SessionClosedError,
    UnknownParameterError,
    UnknownQuestionError,
    UnknownVersionError,
)
from ssc_kg.formats.arrow.tables import read_table
from ssc_kg.session.session import Session
from tests.conftest import Server
from tests.serving import serving

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
MOU = "https://w3id.org/ssc-kg/id/agreement/citynet-unescap-mou"


@pytest.fixture(scope="module")
def here(server: Server) -> Iterator[Session]:
    with ssc_kg.open(server.data_dir) as session:
        yield session


@pytest.fixture(scope="module")
def there(server: Server) -> Iterator[Session]:
    with ssc_kg.open(endpoint=server.address) as session:
        yield session


@pytest.fixture(params=["here", "there"])
def graph(request: pytest.FixtureRequest) -> Session:
    session: Session = request.getfixturevalue(request.param)
    return session


def test_rows_are_values_by_name_and_by_position_and_terms(graph: Session) -> None:
    [row] = graph.sparql(
        """SELECT ?name ?day ?n ?none ?code {
          sdg:11 skos:notation ?code ; skos:prefLabel ?name FILTER(LANG(?name) = "fr")
          BIND("2026-01-31"^^xsd:date AS ?day) BIND(1 + 1 AS ?n) }"""
    )
    assert tuple(row) == (
        "Villes et communautés durables",
        date(2026, 1, 31),
        2,
        None,
        "11",
    )
    assert (row.n, row["n"], row[2]) == (2, 2, 2)
    assert row.terms[0] == Literal("Villes et communautés durables", language="fr")
    assert list(row.asdict()) == ["name", "day", "n", "none", "code"]
    with pytest.raises(AttributeError, match="no column 'nothing'; there are: name"):
        _ = row.nothing


def test_an_answer_is_true_or_false(graph: Session) -> None:
    assert graph.sparql("ASK { sdg:11 a sdgo:Goal }")
    assert not graph.sparql("ASK { sdg:11 a sdgo:Target }")


def test_a_graph_is_triples_and_turtle(graph: Session) -> None:
    result = graph.sparql("CONSTRUCT WHERE { sdg:11 skos:notation ?code }")
    [triple] = result.triples()
    assert triple.object == Literal("11")
    assert result.serialize().endswith('sdg:11 skos:notation "11" .\n')
    assert result.serialize("ntriples").startswith("<http://metadata.un.org/sdg/11> <")
    assert (len(result), repr(result)) == (1, "<Result: 1 triples>")


def test_a_question_of_the_catalogue_is_asked_of_something_else(
    graph: Session,
) -> None:
    goal = NamedNode("http://metadata.un.org/sdg/1")
    assert graph.query("targets-of-a-goal").rows()[0].target == "13.1"
    for given in (goal, goal.value, "sdg:1"):
        assert graph.query("targets-of-a-goal", goal=given).rows()[0].target == "1.1"


def test_a_value_that_the_data_does_not_have_is_told_with_those_near_to_it(
    here: Session, there: Session
) -> None:
    wrong = "https://w3id.org/ssc-kg/id/initiative/u4sscs"
    facts = []
    for session in (here, there):
        with pytest.raises(ParameterValueError) as caught:
            session.query("supporters-of-an-initiative", initiative=wrong)
        facts.append((str(caught.value), vars(caught.value)))
    assert facts[0] == facts[1]
    [near, *_] = caught.value.near or ()
    right = near.partition(" ")[0]
    assert right == wrong.removesuffix("s")
    assert len(there.query("supporters-of-an-initiative", initiative=right)) > 0


def test_every_question_can_be_asked(here: Session) -> None:
    asked = [question for question in here.questions() if question.sparql]
    assert len(asked) > 40
    assert [one.slug for one in asked if not here.query(one.slug).rows()] == []


def test_an_operation_is_answered_with_its_data(graph: Session) -> None:
    text = "query ($n: Int) { goals(first: $n) { nodes { name } } }"
    answer = graph.graphql(text, {"n": 1}, languages="fr")
    assert answer == {"goals": {"nodes": [{"name": "Pas de pauvreté"}]}}


@pytest.mark.parametrize("name", ["csv", "tsv", "json", "xml"])
def test_a_table_is_written_as_the_server_writes_it(
    name: str, server: Server, here: Session, there: Session
) -> None:
    question = next(one for one in here.questions() if one.slug == "places-on-a-map")
    served = httpx.post(
        f"{server.address}/sparql", data={"query": question.sparql, "format": name}
    )
    for session in (here, there):
        text = session.query("places-on-a-map").serialize(name)
        assert text.encode() == served.content


def test_names_stand_beside_iris(here: Session, there: Session) -> None:
    query = "SELECT ?goal { VALUES ?goal { sdg:1 <http://ex/> } }"
    for session in (here, there):
        for labels, name in (
            (True, "No poverty"),
            ("fr, en;q=0.5", "Pas de pauvreté"),
            ("*;q=0", None),
        ):
            rows = session.sparql(query, labels=labels).rows()
            assert [row.goalLabel for row in rows] == [name, None]
        assert session.sparql(query).columns == ("goal",)
        asked = session.query("goals-of-an-agreement", labels=True)
        assert asked.columns == ("goal", "goalLabel", "code", "name")
        with pytest.raises(RequestError, match="DESCRIBE has none"):
            session.sparql("DESCRIBE sdg:1", labels=True)


def test_a_result_is_a_table_of_arrow(here: Session) -> None:
    result = here.query("goals-of-an-agreement")
    table = result.to_arrow()
    assert tuple(table.column_names) == result.columns
    assert [*read_table(table)] == [*result.terms]


def test_a_result_is_saved_in_the_format_of_the_name(
    here: Session, tmp_path: Path
) -> None:
    result = here.query("places-on-a-map")
    result.save(tmp_path / "places.csv")
    assert (tmp_path / "places.csv").read_bytes() == result.serialize("csv").encode()
    result.save(tmp_path / "places.parquet")
    frame = polars.read_parquet(tmp_path / "places.parquet")
    assert tuple(frame.columns) == result.columns
    assert len(frame) == len(result)
    with pytest.raises(NotAcceptableError, match=r"places.ttl.*offered: \.json"):
        result.save(tmp_path / "places.ttl")
    with pytest.raises(ConfigurationError, match="cannot write"):
        result.save(tmp_path / "nowhere" / "places.csv")


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        pytest.param("SELECT * {", QuerySyntaxError, "does not parse", id="syntax"),
        pytest.param(
            "SELECT * { SERVICE <http://e.example/> {} }",
            QueryRefusedError,
            "SERVICE is not allowed",
            id="service",
        ),
        pytest.param("CLEAR ALL", QueryRefusedError, "CLEAR is an update", id="update"),
    ],
)
def test_a_query_is_refused_here_as_it_is_there(
    text: str, kind: type[KnowledgeGraphError], words: str, graph: Session
) -> None:
    with pytest.raises(kind, match=words):
        graph.sparql(text)


def test_an_error_from_elsewhere_has_the_facts_of_the_one_here(
    here: Session, there: Session
) -> None:
    facts = []
    for session in (here, there):
        with pytest.raises(QuerySyntaxError) as caught:
            session.sparql("SELECT * {\n ?s ?p }")
        facts.append((caught.value.line, str(caught.value), vars(caught.value)))
    assert facts[0] == facts[1]


@pytest.mark.parametrize(
    ("slug", "params", "kind", "words"),
    [
        pytest.param(
            "nope", {}, UnknownQuestionError, "'nope'; .* lists all", id="slug"
        ),
        pytest.param(
            "goals-of-an-agreement",
            {"goal": "sdg:1"},
            UnknownParameterError,
            "has no parameter 'goal'; there are: agreement",
            id="name",
        ),
        pytest.param(
            "goals-of-an-agreement",
            {"agreement": 7},
            ParameterValueError,
            "agreement is '7', but has to be an IRI",
            id="value",
        ),
        pytest.param(
            "how-two-things-are-connected",
            {},
            ConfigurationError,
            "in GraphQL only",
            id="no twin in SPARQL",
        ),
    ],
)
def test_a_wrong_question_says_what_would_be_right(
    slug: str,
    params: dict[str, str],
    kind: type[KnowledgeGraphError],
    words: str,
    here: Session,
) -> None:
    with pytest.raises(kind, match=words):
        here.query(slug, **params)


def test_an_operation_with_errors_raises_them_with_what_is_left(
    graph: Session,
) -> None:
    with pytest.raises(OperationFailedError, match="Cannot query field 'nope'"):
        graph.graphql("{ nope }")
    with pytest.raises(OperationFailedError) as caught:
        graph.graphql('{ goals { totalCount } search(text: "?") { totalCount } }')
    assert caught.value.errors[0]["path"] == ["search"]


def test_wrong_languages_say_what_would_be_right(here: Session) -> None:
    with pytest.raises(LanguagesError, match="Accept-Language"):
        here.graphql("{ goals { totalCount } }", languages="very french")


def test_each_kind_of_result_says_what_it_has_instead(here: Session) -> None:
    table, boolean = here.sparql("SELECT * {}"), here.sparql("ASK {}")
    graph = here.sparql("DESCRIBE sdg:11")
    with pytest.raises(ResultKindError, match=r"is a graph, which has no rows; .*trip"):
        graph.to_pandas()
    with pytest.raises(ResultKindError, match="is a yes or no, which has no rows"):
        boolean.rows()
    with pytest.raises(ResultKindError, match="is a table, which has no triples"):
        table.triples()
    with pytest.raises(NotAcceptableError, match="'csv'; offered: turtle"):
        graph.serialize("csv")


def test_a_query_is_stopped_at_the_limit_and_the_next_one_answered(
    server: Server,
) -> None:
    with ssc_kg.open(server.data_dir, seconds=0.5) as graph:
        with pytest.raises(QueryTimedOutError, match=r"after 0\.5 s"):
            graph.sparql(ENDLESS)
        assert graph.sparql("ASK {}")


INTERRUPTED = """
import sys, ssc_kg
with ssc_kg.open(sys.argv[1]) as graph:
    graph.sparql("ASK {}")
    print("asking", flush=True)
    try:
        graph.sparql(sys.argv[2])
    except KeyboardInterrupt:
        print("interrupted", bool(graph.sparql("ASK {}")))
"""


def test_an_interrupt_ends_the_query_but_not_the_session(server: Server) -> None:
    command = [sys.executable, "-c", INTERRUPTED, str(server.data_dir), ENDLESS]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "asking\n"
        time.sleep(0.5)
        process.send_signal(signal.SIGINT)
        # The limit of the query is 30 s.
        printed, _ = process.communicate(timeout=20)
    assert printed == "interrupted True\n"
    assert process.returncode == 0


def test_it_works_where_an_event_loop_runs(here: Session) -> None:
    async def cell() -> int:
        return len(here.query("places-on-a-map"))

    assert asyncio.run(cell()) == 32


def test_threads_may_share_a_session(here: Session) -> None:
    found: list[int] = []
    ask = "SELECT * { ?goal a sdgo:Goal }"
    threads = [
        threading.Thread(target=lambda: found.append(len(here.sparql(ask))))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [17] * 8


def test_a_session_that_is_closed_says_so(server: Server) -> None:
    sessions = [
        ssc_kg.open(server.data_dir),
        ssc_kg.open(endpoint=f"{server.address}/sparql"),
    ]
    for session in sessions:
        assert session.sparql("ASK {}")
        session.close()
        session.close()
        with pytest.raises(SessionClosedError):
            session.sparql("ASK {}")
        with pytest.raises(SessionClosedError):
            session.graphql("{ goals { totalCount } }")


FORGETFUL = """
import os, sys, ssc_kg
graph = ssc_kg.open(sys.argv[1])
print(os.getpid(), len(graph.sparql("SELECT * { ?goal a sdgo:Goal }")))
"""


def test_a_program_that_forgets_to_close_ends_and_leaves_no_worker(
    server: Server,
) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", FORGETFUL, str(server.data_dir)],
        capture_output=True,
        check=True,
        text=True,
        timeout=60,
    )
    pid, rows = done.stdout.split()
    assert (rows, done.stderr) == ("17", "")
    worker = f"ssc_kg.publish.worker\0{pid}\0".encode()
    left = [one for one in Path("/proc").glob("[0-9]*") if worker in commands_of(one)]
    assert left == []


def commands_of(process: Path) -> bytes:
    try:
        return (process / "cmdline").read_bytes()
    except OSError:  # It has ended meanwhile.
        return b""


def test_a_worker_imports_nothing_of_a_session() -> None:
    code = "import sys, ssc_kg.publish.worker; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, text=True
    )
    loaded = set(done.stdout.split())
    assert not loaded & {"ssc_kg.session", "httpx", "strawberry", "pandas"}


@pytest.mark.parametrize(
    ("given", "kind", "words"),
    [
        pytest.param(
            {"data_dir": "nowhere"},
            ConfigurationError,
            "nowhere has no version yet.*--data-dir or SSC_KG_DATA_DIR",
            id="no data",
        ),
        pytest.param(
            {"data_dir": "data", "endpoint": "http://127.0.0.1:1"},
            ConfigurationError,
            "not both",
            id="two sources",
        ),
        pytest.param(
            {"endpoint": "localhost:8000"},
            EndpointError,
            "such as http://127.0.0.1:8000",
            id="no address",
        ),
        pytest.param(
            {"data_dir": "nowhere", "seconds": 0},
            ConfigurationError,
            "greater than 0",
            id="no time",
        ),
    ],
)
def test_what_cannot_be_opened_says_why(
    given: dict[str, str], kind: type[KnowledgeGraphError], words: str
) -> None:
    with pytest.raises(kind, match=words):
        ssc_kg.open(**given)  # type: ignore[arg-type]  # as one who does not check


def test_a_version_is_opened_by_its_number(server: Server) -> None:
    with ssc_kg.open(server.data_dir, version=1) as graph:
        assert repr(graph) == f"<Session: version 1 of {server.data_dir}>"
    with pytest.raises(UnknownVersionError, match="there is no version 9"):
        ssc_kg.open(server.data_dir, version=9)


def test_a_server_that_is_not_there_is_named() -> None:
    with (
        ssc_kg.open(endpoint="http://127.0.0.1:1") as graph,
        pytest.raises(EndpointError, match=r"127.0.0.1:1/sparql: .* cannot be reached"),
    ):
        graph.sparql("ASK {}")


def test_an_answer_that_is_none_is_never_taken_for_one() -> None:
    table = "application/sparql-results+json"

    async def page(_request: Request) -> Response:
        return HTMLResponse("<h1>Welcome</h1>")

    async def half(_request: Request) -> Response:
        async def chunks() -> AsyncIterator[bytes]:
            yield b'{"head": {"vars": ["s"]}, "results": {"bindings": ['
            raise ConnectionAbortedError

        return StreamingResponse(chunks(), media_type=table)

    async def broken(_request: Request) -> Response:
        return Response(b"[]", status_code=500, media_type="application/problem+json")

    routes = [
        Route("/page/sparql", page, methods=["POST"]),
        Route("/half/sparql", half, methods=["POST"]),
        Route("/broken/sparql", broken, methods=["POST"]),
    ]
    with serving(Starlette(routes=routes)) as address:
        for place, words in (
            ("page", "status 200 and text/html, which is not understood"),
            ("half", "cut short"),
            ("broken", "status 500"),
        ):
            with (
                ssc_kg.open(endpoint=f"{address}/{place}/") as graph,
                pytest.raises(EndpointError, match=words),
            ):
                graph.sparql("SELECT * { ?s ?p ?o }")
