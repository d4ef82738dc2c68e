"""Any query from the command line: of a directory and of a server, and as a picture."""

import os
import pty
import select
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import polars
import pytest

from tests.conftest import Server
from tests.server import PROGRAM, run

GOALS = "SELECT ?goal ?code { ?goal a sdgo:Goal ; skos:notation ?code } ORDER BY ?goal"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
Ask = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(params=["--data-dir", "--endpoint"])
def ask(request: pytest.FixtureRequest, server: Server) -> Ask:
    """Ask the data directory, and the server."""
    source: dict[str, str | Path] = {
        "--data-dir": server.data_dir,
        "--endpoint": server.address,
    }

    def asked(
        *arguments: str | Path, stdin: str = ""
    ) -> subprocess.CompletedProcess[str]:
        flag: str = request.param
        return run(*arguments, flag, source[flag], stdin=stdin)

    return asked


def test_a_query_is_given_as_text_as_a_file_and_by_stdin(
    ask: Ask, tmp_path: Path
) -> None:
    file = tmp_path / "goals.rq"
    file.write_text(GOALS)
    answers = [
        ask("sparql", GOALS).stdout,
        ask("sparql", file).stdout,
        ask("sparql", "-", stdin=GOALS).stdout,
    ]
    assert answers[0].splitlines()[0].split() == ["goal", "code"]
    assert answers[0].splitlines()[-1] == "17 rows"
    assert answers == [answers[0]] * 3


def test_names_stand_beside_iris(ask: Ask) -> None:
    rows = ask("sparql", GOALS, "--labels").stdout.splitlines()
    assert rows[0].split() == ["goal", "goalLabel", "code"]
    assert rows[1].split()[:3] == ["http://metadata.un.org/sdg/1", "No", "poverty"]
    question = ask("query", "goals-of-an-agreement", "--labels", "--format", "csv")
    assert question.stdout.startswith("goal,goalLabel,code,name\n")
    refused = ask("sparql", "ASK {}", "--labels")
    assert "labels are for rows, and ASK has none" in refused.stderr


@pytest.mark.parametrize("language", ["sparql", "graphql"])
def test_a_value_that_the_data_does_not_have_is_told_with_those_near_to_it(
    ask: Ask, language: str
) -> None:
    right = "https://w3id.org/ssc-kg/id/initiative/u4ssc"
    asking = ("query", "supporters-of-an-initiative", "--language", language)
    asked = ask(*asking, "--param", f"initiative={right}s")
    assert (asked.returncode, asked.stdout) == (2, "")
    words = " ".join(asked.stderr.split())
    assert f"initiative is '{right}s', but has to be one of the " in words
    assert f"near to it: {right} (" in words
    assert ask(*asking, "--param", f"initiative={right}").returncode == 0


def test_a_table_is_saved_with_types(ask: Ask, tmp_path: Path) -> None:
    file = tmp_path / "goals.parquet"
    asked = ask("sparql", GOALS, "--out", file, "--labels", "--accept-language", "xx")
    assert asked.returncode == 0, asked.stderr
    frame = polars.read_parquet(file)
    assert frame.columns == ["goal", "goalLabel", "code"]
    assert len(frame) == 17


@pytest.mark.parametrize(
    ("name", "beginning"),
    [
        pytest.param("csv", "goal,code\n", id="csv"),
        pytest.param("xml", '<?xml version="1.0"?><sparql', id="xml"),
    ],
)
def test_a_table_is_written_in_each_format(ask: Ask, name: str, beginning: str) -> None:
    done = ask("sparql", GOALS, "--format", name)
    assert done.stdout.startswith(beginning)
    assert done.stderr == ""


def test_a_graph_is_written_as_turtle_or_as_is_asked(ask: Ask) -> None:
    query = "CONSTRUCT WHERE { sdg:11 skos:notation ?code }"
    assert ask("sparql", query).stdout.endswith('sdg:11 skos:notation "11" .\n')
    assert ask("sparql", query, "--format", "json").stdout.startswith("{")
    refused = ask("sparql", query, "--format", "csv")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "turtle" in refused.stderr


def test_yes_or_no_is_said(ask: Ask) -> None:
    assert ask("sparql", "ASK { sdg:11 a sdgo:Goal }").stdout == "yes\n"
    assert ask("sparql", "ASK { sdg:11 a sdgo:Target }").stdout == "no\n"


def test_a_question_is_asked_of_a_server_as_of_a_directory(server: Server) -> None:
    for ask in (
        ("query", "places-on-a-map", "--format", "csv"),
        ("query", "goals-of-an-agreement", "--language=graphql"),
    ):
        here = run(*ask, "--data-dir", server.data_dir)
        there = run(*ask, "--endpoint", server.address)
        assert here.stdout == there.stdout
        assert here.stdout


def test_what_a_server_refuses_is_what_the_program_refuses(server: Server) -> None:
    ask = ("sparql", "SELECT * { ?s ?p }")
    here = run(*ask, "--data-dir", server.data_dir)
    there = run(*ask, "--endpoint", server.address)
    assert here.returncode == there.returncode == 2
    assert here.stderr == there.stderr
    assert here.stderr.startswith("error: the query does not parse at line 1, column")


def test_an_answer_goes_to_a_file_in_the_format_of_its_name(
    ask: Ask, tmp_path: Path
) -> None:
    for name, beginning in (("a.csv", b"goal,code\r\n"), ("a.json", b'{"head"')):
        assert ask("sparql", GOALS, "--out", tmp_path / name).stdout == ""
        assert (tmp_path / name).read_bytes().startswith(beginning)
    odd = ask("sparql", GOALS, "--out", tmp_path / "a.txt")
    assert f"{tmp_path}/a.txt says no format; end it in one of .json" in odd.stderr
    ask("sparql", GOALS, "--out", tmp_path / "a.txt", "--format", "csv")
    assert (tmp_path / "a.txt").read_bytes().startswith(b"goal,code\r\n")


def test_an_answer_that_does_not_come_whole_leaves_no_file(
    server: Server, tmp_path: Path
) -> None:
    for name, query in (("a.json", "SELECT * { ?s ?p ?o }"), ("b.csv", ENDLESS)):
        done = run(
            *("sparql", query, "--out", tmp_path / name),
            *("--data-dir", server.data_dir),
            SSC_KG_QUERY_ROWS="10",
            SSC_KG_QUERY_SECONDS="2",
        )
        assert done.returncode == 2
        assert "the limit" in done.stderr or "time limit" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_result_is_drawn_alike_here_and_there(server: Server, tmp_path: Path) -> None:
    ask = ("query", "places-on-a-map", "--chart", "map", "--out")
    here, there = tmp_path / "here.svg", tmp_path / "there.svg"
    assert run(*ask, here, "--data-dir", server.data_dir).returncode == 0
    assert run(*ask, there, "--endpoint", server.address).returncode == 0
    assert here.read_bytes() == there.read_bytes()
    drawn = here.read_text()
    assert ">Which places are named, where do they lie, and how many people" in drawn
    assert ">Ulaanbaatar<" in drawn


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        pytest.param(
            ("query", "places-on-a-map", "--chart", "bar"),
            "--chart needs --out with a file whose name ends in one of .svg",
            id="no file",
        ),
        pytest.param(
            ("query", "places-on-a-map", "--chart", "bar", "--out", "a.pdf"),
            "--chart needs --out with a file whose name ends in one of .svg",
            id="no picture",
        ),
        pytest.param(
            ("sparql", GOALS, "--chart", "bar", "--out", "a.svg", "--format", "csv"),
            "--format and --chart exclude each other",
            id="a format too",
        ),
        pytest.param(
            ("sparql", GOALS, "--chart", "bar", "--out", "a.svg"),
            "makes no bar chart: it needs a column of numbers; it has goal (texts), ",
            id="no numbers",
        ),
        pytest.param(
            ("query", "goals-of-an-agreement", "--language=graphql", "--title", "A"),
            "--title is not for a question in GraphQL",
            id="a title for GraphQL",
        ),
        pytest.param(
            (
                *("query", "goals-of-an-agreement", "--language=graphql", "--explain"),
                *("--endpoint", "http://127.0.0.1:1"),
            ),
            "--explain is not for a question in GraphQL, asked of a server",
            id="explain elsewhere",
        ),
        pytest.param(
            ("sparql", GOALS, "--endpoint", "http://127.0.0.1:1"),
            "http://127.0.0.1:1/sparql: the server cannot be reached",
            id="nobody there",
        ),
        pytest.param(
            ("sparql", "nowhere.rq"), "there is no file nowhere.rq", id="no query"
        ),
    ],
)
def test_what_does_not_go_together_says_so(
    arguments: tuple[str, ...], words: str, server: Server
) -> None:
    done = run(*arguments, SSC_KG_DATA_DIR=str(server.data_dir))
    assert done.returncode == 2
    assert done.stderr.startswith("error: ")
    assert words in done.stderr


def test_waiting_is_shown_once_it_takes_over_a_second(server: Server) -> None:
    quick = run("sparql", "ASK {}", "--data-dir", server.data_dir)
    slow = run(
        *("sparql", ENDLESS, "--data-dir", server.data_dir), SSC_KG_QUERY_SECONDS="2"
    )
    assert quick.stderr == ""
    assert slow.stderr.splitlines()[0] == "asking …"
    assert "time limit" in slow.stderr


def test_who_reads_only_the_beginning_is_no_error(server: Server) -> None:
    command = f"{PROGRAM} sparql 'SELECT * {{ ?s ?p ?o }}' --format csv | head -n 1"
    done = subprocess.run(
        ["/bin/sh", "-c", command],
        capture_output=True,
        check=True,
        env={**os.environ, "SSC_KG_DATA_DIR": str(server.data_dir)},
        text=True,
    )
    assert (done.stdout, done.stderr) == ("s,p,o\n", "")


PAGER = "sed s/^/paged:/"


@pytest.mark.parametrize(
    ("query", "pages"),
    [
        pytest.param("SELECT ?s { ?s ?p ?o } LIMIT 300", 1, id="long"),
        pytest.param("SELECT ?s { ?s ?p ?o } LIMIT 3", 0, id="short"),
        pytest.param("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o } LIMIT 300", 1, id="graph"),
    ],
)
def test_a_terminal_gets_a_pager_for_what_it_has_no_room_for(
    query: str, pages: int, server: Server
) -> None:
    shown = on_terminal(
        [str(PROGRAM), "sparql", query, "--data-dir", str(server.data_dir)],
        {"PAGER": PAGER, "TERM": "xterm", "LINES": "24", "COLUMNS": "100"},
    )
    assert ("paged:" in shown) == (pages == 1)
    assert "rows" in shown or "@prefix" in shown


def on_terminal(command: list[str], settings: dict[str, str]) -> str:
    """Return what a command shows on a terminal of its own."""
    process, terminal = pty.fork()
    if process == 0:
        os.execve(command[0], command, {**os.environ, **settings})  # noqa: S606
    shown, deadline = b"", time.monotonic() + 60
    try:
        while time.monotonic() < deadline:
            if select.select([terminal], [], [], 0.5)[0]:
                piece = os.read(terminal, 65536)
                if not piece:
                    break
                shown += piece
    except OSError:  # What Linux says at the end of a terminal.
        pass
    else:
        os.kill(process, signal.SIGKILL)
    finally:
        os.waitpid(process, 0)
        os.close(terminal)
    return shown.decode()
