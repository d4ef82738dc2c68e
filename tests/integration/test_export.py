"""Parts of the graph as files: what is written is what a server says of them."""

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from pyoxigraph import RdfFormat, parse

from ssc_kg.cli import app
from ssc_kg.cli.screen import write_all
from ssc_kg.errors import KnowledgeGraphError
from ssc_kg.formats.table import RDF_FORMATS, Format
from tests.conftest import Server
from tests.server import run

MOU = "https://w3id.org/ssc-kg/id/agreement/citynet-unescap-mou"
GRAPH = "https://w3id.org/ssc-kg/graph/source/citynet-unescap-mou"
GOALS = (
    "CONSTRUCT { ?goal skos:prefLabel ?name } "
    "WHERE { ?goal a sdgo:Goal ; skos:prefLabel ?name }"
)
NAMES = "{ agreements(first: 1) { nodes { name } } }"
ONE_NAME = (
    f"<{MOU}> <http://www.w3.org/2004/02/skos/core#prefLabel> "
    '"Memorandum of understanding between CityNet and UNESCAP"@en .\n'
)

Export = Callable[..., bytes]


@pytest.fixture
def export(server: Server, tmp_path: Path) -> Export:
    """Write a part to a file, and return what is in it."""

    def export(*arguments: str | Path, to: str = "part.ttl") -> bytes:
        file = tmp_path / to
        where = ("--output", file, "--data-dir", server.data_dir)
        app(
            [str(each) for each in ("export", *arguments, *where)],
            standalone_mode=False,
        )
        return file.read_bytes()

    return export


def get(server: Server, iri: str, format_: Format) -> bytes:
    path = iri.removeprefix("https://w3id.org/ssc-kg/")
    reply = httpx.get(f"{server.address}/{path}.{format_.suffix}")
    assert reply.status_code == 200
    return reply.content


@pytest.mark.parametrize("format_", RDF_FORMATS, ids=lambda each: each.name)
def test_a_document_is_the_one_that_is_served(
    server: Server, export: Export, format_: Format
) -> None:
    document = MOU.replace("/id/", "/doc/")
    served = get(server, document, format_)
    assert export("--thing", MOU, to=f"mou.{format_.suffix}") == served


def test_a_graph_holds_what_is_served(server: Server, export: Export) -> None:
    served = get(server, GRAPH, RDF_FORMATS[0])
    graph = parse(export("--graph", GRAPH), RdfFormat.TURTLE)
    assert {quad.triple for quad in graph} <= {
        quad.triple for quad in parse(served, RdfFormat.TURTLE)
    }


def test_a_question_is_answered_with_a_table(server: Server, export: Export) -> None:
    question = ("--query", "who-signed-citynet-unescap")
    served = httpx.get(f"{server.address}/queries/who-signed-citynet-unescap.csv")
    assert export(*question, to="who.csv") == served.content
    assert json.loads(export(*question, to="who.json"))["results"]["bindings"]
    assert run("export", *question, "--data-dir", server.data_dir).stdout == (
        served.text.replace("\r\n", "\n")
    )


def test_a_question_is_asked_with_other_values(export: Export) -> None:
    agreement = "agreement=https://w3id.org/ssc-kg/id/agreement/oier-itu-mou"
    question = ("--query", "goals-of-an-agreement")
    given = export(*question, "--param", agreement, to="goals.csv")
    assert given == export(*question, to="default.csv")


def test_a_constructed_graph_may_be_written_in_a_query_or_a_file(
    export: Export, tmp_path: Path
) -> None:
    written = export("--construct", GOALS, to="goals.nt")
    assert written.count(b"\n") == len({*parse(written, RdfFormat.N_TRIPLES)}) > 17
    query = tmp_path / "goals.rq"
    query.write_text(GOALS)
    assert export("--construct", query, "--format", "nq", to="goals") == written


def test_an_operation_is_exported_as_its_facts(export: Export, tmp_path: Path) -> None:
    assert export("--graphql", NAMES, to="names.nt").decode() == ONE_NAME
    operation = tmp_path / "names.graphql"
    operation.write_text("query($n: Int!) { agreements(first: $n) { nodes { name } } }")
    asked = ("--graphql", operation, "--variables", '{"n": 1}')
    assert export(*asked, to="names.nt").decode() == ONE_NAME


def test_what_is_asked_may_come_by_stdin_and_go_to_stdout(server: Server) -> None:
    asked = ("export", "--graphql", "-", "--format", "ntriples")
    done = run(*asked, "--data-dir", server.data_dir, stdin=NAMES)
    assert (done.returncode, done.stdout) == (0, ONE_NAME)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        pytest.param(
            ("--graph", GRAPH, "--thing", MOU),
            "--graph and --thing exclude each other; give one of them",
            id="two parts",
        ),
        pytest.param(
            ("--check", "a.ttl", "--version", "1"),
            "--check and --version exclude each other; give one of them",
            id="a check of a version",
        ),
        pytest.param(
            ("--param", "a=b"),
            "--param is for --query; add that, or leave it out",
            id="a value for no question",
        ),
        pytest.param(
            ("--thing", MOU, "--variables", "{}"),
            "--variables is for --graphql; add that, or leave it out",
            id="variables of no operation",
        ),
        pytest.param(
            ("--construct", "SELECT * { ?s ?p ?o }"),
            "--construct takes a CONSTRUCT or DESCRIBE query, and this is SELECT",
            id="a table",
        ),
        pytest.param(
            ("--construct", "CONSTRUCT WHERE { ?s ?p }"), "line 1", id="bad syntax"
        ),
        pytest.param(("--graphql", "{ nope }"), "'nope'", id="an unknown field"),
        pytest.param(("--thing", f"{MOU}-no"), "unescap-mou-no", id="a thing"),
        pytest.param(("--thing", "mou"), "'mou' is not an absolute IRI", id="no IRI"),
        pytest.param(("--query", "who"), "'who'", id="an unknown question"),
        pytest.param(
            ("--query", "who-signed-citynet-unescap", "--format", "turtle"),
            "offered: json",
            id="a table as a graph",
        ),
        pytest.param(("--thing", MOU, "--format", "csv"), "turtle", id="no table"),
    ],
)
def test_what_cannot_be_exported_is_refused_and_changes_no_file(
    server: Server, tmp_path: Path, arguments: tuple[str, ...], sentence: str
) -> None:
    file = tmp_path / "part.ttl"
    file.write_text("as before")
    # A check writes nothing, so it has no file.
    where = () if "--check" in arguments else ("--output", str(file))
    directory = ("--data-dir", str(server.data_dir))
    with pytest.raises(KnowledgeGraphError) as caught:
        app(["export", *arguments, *where, *directory], standalone_mode=False)
    assert sentence in str(caught.value)
    assert [each.name for each in tmp_path.iterdir()] == ["part.ttl"]
    assert file.read_text() == "as before"


def test_the_name_of_a_file_says_the_format_unless_it_is_given(export: Export) -> None:
    assert export("--graph", GRAPH, to="a.nt") == export(
        "--graph", GRAPH, "--format", "ntriples", to="a.ttl"
    )
    with pytest.raises(KnowledgeGraphError, match="says no format"):
        export("--graph", GRAPH, to="a.foo")


@pytest.mark.parametrize("error", [KeyboardInterrupt, ValueError])
def test_the_half_of_a_file_does_not_stay(
    tmp_path: Path, error: type[BaseException]
) -> None:
    file = tmp_path / "all.ttl"
    file.write_text("as before")

    def chunks() -> Iterator[bytes]:
        yield b"half"
        raise error

    with pytest.raises(error):
        write_all(chunks(), file)
    assert {each.name: each.read_text() for each in tmp_path.iterdir()} == {
        "all.ttl": "as before"
    }


def test_a_device_is_written_to_as_it_is() -> None:
    write_all([b"x"], Path(os.devnull))
    assert not Path(os.devnull).is_file()
