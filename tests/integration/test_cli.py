"""The command line as a person meets it: answers, help, errors in one sentence."""

import csv
import io
import json
import re
import subprocess
from pathlib import Path

import httpx
import pytest

from ssc_kg.resources import QUERIES, ROOT
from ssc_kg.settings import Settings
from tests.conftest import Server
from tests.server import PROGRAM, run

SOURCE_GRAPH = "https://w3id.org/ssc-kg/graph/source/oier-itu-mou"
VERBS = (
    ("sparql",),
    ("serve",),
    ("load",),
    ("validate",),
    ("export",),
    ("query",),
    ("versions",),
    ("schema",),
    ("evidence", "check"),
)


def asks(server: Server, *arguments: str | Path, stdin: str = "") -> str:
    done = run(*arguments, "--data-dir", server.data_dir, stdin=stdin)
    assert done.returncode == 0, done.stderr
    return done.stdout


def refuses(*arguments: str | Path, stdin: str = "", **settings: str) -> str:
    """Return the one sentence that a command that cannot be run prints."""
    done = run(*arguments, stdin=stdin, **settings)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    *_, sentence = done.stderr.splitlines()
    assert sentence.startswith("error: ")
    return sentence


@pytest.mark.parametrize("verb", VERBS, ids=" ".join)
def test_every_verb_has_help_with_an_example(verb: tuple[str, ...]) -> None:
    done = run(*verb, "--help")
    assert done.returncode == 0
    assert f"Example: ssc-kg {' '.join(verb)}" in done.stdout


def test_without_a_verb_the_verbs_are_listed() -> None:
    listed = run().stdout
    assert all(verb[0] in listed for verb in VERBS)


def test_a_question_is_answered_as_an_aligned_table(server: Server) -> None:
    lines = asks(server, "query", "who-signed-citynet-unescap").splitlines()
    assert lines[-1] == "2 rows"
    column = lines[0].index("person")
    assert lines[1][column:].startswith("Vijay Jagannathan")
    assert lines[2][column:].startswith("Armida Salsiah Alisjahbana")


@pytest.mark.parametrize(
    ("name", "beginning"),
    [
        pytest.param("csv", "organization,person,role", id="csv"),
        pytest.param("tsv", "?organization\t?person\t?role", id="tsv"),
        pytest.param("json", '{"head":{"vars":["organization"', id="json"),
        pytest.param("xml", '<?xml version="1.0"?>', id="xml"),
    ],
)
def test_a_question_is_answered_in_each_format(
    server: Server, name: str, beginning: str
) -> None:
    answer = asks(server, "query", "who-signed-citynet-unescap", "--format", name)
    assert answer.startswith(beginning)


def test_the_questions_are_listed_with_their_parameters() -> None:
    listed = run("query").stdout
    default = "https://w3id.org/ssc-kg/id/agreement/oier-itu-mou"
    assert re.search(r"\nwho-signed-citynet-unescap +Who signed the CityNet", listed)
    assert f" agreement (iri) The agreement. [default: {default}]" in listed


def test_a_question_is_asked_of_something_else(server: Server) -> None:
    ask = ("query", "targets-of-a-goal")
    other = "goal=sdg:1"
    assert asks(server, *ask).splitlines()[1].startswith("13.1 ")
    assert asks(server, *ask, "--param", other).splitlines()[1].startswith("1.1 ")
    answer = asks(server, *ask, "--language", "graphql", "--param", other)
    assert '"1.1"' in answer
    assert '"13.1"' not in answer


def test_a_file_that_declares_parameters_is_asked_of_something_else(
    server: Server, tmp_path: Path
) -> None:
    sparql, graphql = tmp_path / "mine.rq", tmp_path / "mine.graphql"
    sparql.write_text(NAMED_GOAL)
    graphql.write_text(GOAL)
    given = ("--param", "goal=sdg:13")
    hostile = ("--param", 'name=" } UNION { ?goal ?p ?code } #')
    rows = [asks(server, "query", sparql, *given, *more) for more in ((), hostile)]
    assert [row.splitlines()[-1] for row in rows] == ["1 rows", "0 rows"]
    assert asks(server, "query", "-", *given, stdin=NAMED_GOAL) == rows[0]
    answer = json.loads(asks(server, "query", graphql, *given))
    assert answer == {"data": {"goal": {"code": "13"}}}


NAMED_GOAL = """\
# @param goal (iri) The goal.
# @param name (string) Its name.
SELECT ?code {
  VALUES ?goal { sdg:11 }
  VALUES ?name { "Climate action" }
  ?goal skos:notation ?code ; skos:prefLabel ?label
  FILTER(STR(?label) = ?name)
}
"""
GOAL = """\
# @param goal (iri) The goal.
query ($goal: ID! = "http://metadata.un.org/sdg/11") { goal(id: $goal) { code } }
"""


def test_twins_ask_the_same(server: Server) -> None:
    table = asks(server, "query", "agreements-and-parties", "--format", "csv")
    rows = csv.DictReader(io.StringIO(table))
    answer = json.loads(
        asks(server, "query", "agreements-and-parties", "--language", "graphql")
    )
    nodes = answer["data"]["agreements"]["nodes"]
    assert [(row["agreement"], row["organization"]) for row in rows] == [
        (node["name"], party)
        for node in nodes
        for party in sorted(party["name"] for party in node["signatories"]["nodes"])
    ]


def test_a_query_comes_from_stdin_and_from_a_file(
    server: Server, tmp_path: Path
) -> None:
    query = "ASK { ?s a ssc:MemorandumOfUnderstanding }"
    assert asks(server, "query", "-", stdin=query) == "yes\n"
    file = tmp_path / "goals.graphql"
    file.write_text("query ($n: Int) { goals(first: $n) { nodes { id } } }")
    answer = asks(server, "query", file, "--variables", '{"n": 1}')
    assert json.loads(answer) == {
        "data": {"goals": {"nodes": [{"id": "http://metadata.un.org/sdg/1"}]}}
    }


def test_a_graph_query_is_answered_as_turtle(server: Server) -> None:
    query = "CONSTRUCT WHERE { sdg:11 skos:notation ?code }"
    assert asks(server, "query", "-", stdin=query).endswith(
        'sdg:11 skos:notation "11" .\n'
    )


def test_explain_shows_the_sparql_of_each_level_beside_the_answer(
    server: Server,
) -> None:
    done = run(
        *("query", "agreements-and-parties", "--language", "graphql", "--explain"),
        *("--data-dir", server.data_dir),
    )
    kept, nodes, parties = done.stderr.split("# level ")[1:]
    assert kept == ("1 of 3, by list, rows: 2\nMemorandumOfUnderstanding by id ASC\n")
    assert nodes.startswith("2 of 3, by patterns, rows: 2\n")
    assert "VALUES ?node" in nodes
    assert "SELECT ?node ?branch ?parent" in parties
    assert "agreements" in json.loads(done.stdout)["data"]


def test_an_operation_in_turtle_is_what_the_server_answers(server: Server) -> None:
    query = (QUERIES / "agreements-and-parties.graphql").read_text()
    served = httpx.post(
        f"{server.address}/graphql",
        json={"query": query},
        headers={"Accept": "text/turtle"},
    )
    printed = asks(
        server,
        *("query", "agreements-and-parties", "--language=graphql", "--format=turtle"),
    )
    assert "a ssc:MemorandumOfUnderstanding" not in printed
    assert "ssc:signatory" in printed
    assert printed == served.text


def test_an_operation_that_is_refused_prints_no_graph(server: Server) -> None:
    done = run(
        *("query", "-", "--language", "graphql", "--format", "turtle"),
        *("--data-dir", server.data_dir),
        stdin="{ nope }",
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert "Cannot query field 'nope'" in done.stderr


def test_an_export_is_a_fixed_point_of_load_and_export(
    server: Server, tmp_path: Path
) -> None:
    dump = tmp_path / "all.trig"
    asks(server, "export", "--format", "trig", "--output", dump)
    again = tmp_path / "again"
    loaded = run("load", dump, "--data-dir", again)
    assert loaded.returncode == 0, loaded.stderr
    exported = run("export", "--format", "trig", "--data-dir", again)
    assert exported.stdout == dump.read_text()
    for name in ("turtle", "nquads", "jsonld", "rdfxml", "ntriples"):
        first = asks(server, "export", "--format", name)
        assert run("export", "--format", name, "--data-dir", again).stdout == first


def test_an_exported_graph_is_its_seed_file_to_the_byte(server: Server) -> None:
    exported = asks(server, "export", "--graph", SOURCE_GRAPH)
    file = ROOT / "seed_data/source/oier-itu-mou.ttl"
    assert exported == file.read_text()
    check = run("export", "--check", file)
    assert (check.returncode, check.stdout) == (0, f"{file} is canonical\n")


def test_a_file_in_another_order_is_not_canonical(tmp_path: Path) -> None:
    file = tmp_path / "b-before-a.ttl"
    file.write_text("<http://e.example/b> a <http://e.example/c> .\n")
    assert run("export", "--check", file).returncode == 0
    file.write_text("<http://e.example/b>  a <http://e.example/c> .\n")
    assert run("export", "--check", file).returncode == 1


def test_the_versions_are_listed(server: Server) -> None:
    header, version, note = asks(server, "versions").splitlines()
    assert header.split()[:2] == ["version", "time"]
    assert version.startswith("1 *")
    found = httpx.get(f"{server.address}/version/1.nt").text
    [sha256] = re.findall(r'checksumValue> "([0-9a-f]{64})"', found)
    assert f"  {sha256[:12]}  " in version
    assert note == "* answers now"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device is full")
@pytest.mark.parametrize(
    "arguments",
    [
        ("versions",),
        ("export", "--graph", SOURCE_GRAPH),
        ("sparql", "SELECT ?s { ?s a ssc:City }"),
    ],
)
def test_a_full_disk_is_said_in_one_sentence(
    server: Server, arguments: tuple[str, ...]
) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [PROGRAM, *arguments, "--data-dir", server.data_dir],
            check=False,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
        )
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert "error: cannot write" in done.stderr
    assert done.stderr.rstrip().endswith("No space left on device")


def test_the_schema_is_printed_and_agrees_with_the_shapes() -> None:
    assert "type MemorandumOfUnderstanding implements Agreement" in run("schema").stdout
    check = run("schema", "--check")
    assert (check.returncode, check.stdout) == (0, "schema and shapes agree\n")


COUNTS = """
SELECT ?triples ?graphs ?things ?evidence {
  { SELECT (COUNT(*) AS ?triples) {
    ?s ?p ?o
    FILTER(!STRSTARTS(STR(?s), "https://w3id.org/ssc-kg/void"))
    FILTER(!STRSTARTS(STR(?s), "https://w3id.org/ssc-kg/prefixes"))
    FILTER(!STRSTARTS(STR(?s), "https://w3id.org/ssc-kg/queries/"))
  } }
  { SELECT (COUNT(DISTINCT ?s) AS ?evidence) { ?s a ssc:Evidence } }
  { SELECT (COUNT(DISTINCT ?s) AS ?things) {
      ?s ?p ?o FILTER(STRSTARTS(STR(?s), "https://w3id.org/ssc-kg/id/"))
      FILTER NOT EXISTS { ?s a ssc:Evidence } } }
  { SELECT (COUNT(DISTINCT ?g) AS ?graphs) {
      GRAPH ?catalogue { ?g ssc:merged true } GRAPH ?g { ?s ?p ?o } } }
}"""
SHAPES = """
SELECT (COUNT(DISTINCT ?shape) AS ?shapes) {
  GRAPH ?g { ?shape a ?kind FILTER(?kind IN (sh:NodeShape, sh:PropertyShape)) }
}"""


def test_the_data_of_the_program_conforms_and_is_counted(server: Server) -> None:
    done = run("validate")
    answers = (
        asks(server, "query", "-", "--format", "csv", stdin=query).splitlines()[-1]
        for query in (COUNTS, SHAPES)
    )
    triples, graphs, things, evidence, shapes = ",".join(answers).split(",")
    assert done.returncode == 0
    assert done.stdout == (
        f"conforms: {triples} triples in {graphs} graphs, {things} things, "
        f"{shapes} shapes, {evidence} pieces of evidence\n"
    )


NAMELESS = """@prefix ssc: <https://w3id.org/ssc-kg/ontology#> .

<https://w3id.org/ssc-kg/id/city/wels> a ssc:City .
"""


def test_a_violated_shape_names_file_line_subject_and_rule(
    server: Server, tmp_path: Path
) -> None:
    file = tmp_path / "nameless.ttl"
    file.write_text(NAMELESS)
    done = run("validate", file, "--data-dir", server.data_dir)
    assert done.returncode == 1
    assert f"{file}:3: <https://w3id.org/ssc-kg/id/city/wels>: " in done.stdout
    assert "ssc-kg/ontology#ThingShape-prefLabel" in done.stdout


@pytest.mark.parametrize(
    ("content", "place", "reason"),
    [
        pytest.param(NAMELESS, "3", "name", id="a violated shape"),
        pytest.param("<http://e.example/a> a <b", "1", "", id="a syntax error"),
        pytest.param(
            "<http://e.example/a> <http://e.example/b> [] .", "1", "mint", id="blank"
        ),
    ],
)
def test_a_file_that_cannot_be_loaded_makes_no_version(
    content: str, place: str, reason: str, server: Server, tmp_path: Path
) -> None:
    file = tmp_path / "bad.ttl"
    file.write_text(content)
    before = listing(server.data_dir)
    done = run("load", file, "--data-dir", server.data_dir)
    assert done.returncode == 2
    assert f"{file}:{place}" in done.stderr
    assert reason in done.stderr
    assert "Traceback" not in done.stderr
    assert listing(server.data_dir) == before


def listing(directory: Path) -> set[str]:
    return {path.name for path in (directory / "versions").iterdir()}


def test_a_wrong_passage_fails_the_check(server: Server, tmp_path: Path) -> None:
    done = run(
        "evidence", "check", "--documents", tmp_path, "--data-dir", server.data_dir
    )
    assert done.returncode == 1
    assert "000_d68066f64071be88.txt" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        pytest.param(("load", "nowhere.ttl"), "there is no file", id="missing file"),
        pytest.param(("query", "nowhere.rq"), "there is no file", id="missing query"),
        pytest.param(("query", "nothing"), "no question 'nothing'", id="question"),
        pytest.param(
            ("query", "-", "--format", "pdf"), "'pdf'; offered: json", id="format"
        ),
        pytest.param(
            ("export", "--graph", "https://nowhere.example/"),
            "there is no graph <https://nowhere.example/>",
            id="graph",
        ),
        pytest.param(
            ("export", "--version", "99"), "there is no version 99", id="version"
        ),
        pytest.param(("export", "--format", "pdf"), "offered: turtle", id="export"),
        pytest.param(
            ("query", str(QUERIES / "agreements-and-parties.rq"), "--language=graphql"),
            "is not asked in graphql",
            id="a file in the other language",
        ),
        pytest.param(
            ("query", "agreements-and-parties", "--explain"),
            "--explain is not for a question in SPARQL",
            id="explain",
        ),
        pytest.param(
            ("query", "agreements-and-parties", "--language=graphql", "--format=csv"),
            "'csv'; offered: json, turtle",
            id="a table of GraphQL",
        ),
        pytest.param(
            ("export", "--output", "/nowhere/x.ttl"), "cannot write", id="output"
        ),
        pytest.param(
            ("export", "--graph", "no iri"), "'no iri' is not an absolute", id="IRI"
        ),
        pytest.param(
            ("query", "agreements-and-parties", "--language=graphql", "--variables={"),
            "not JSON",
            id="variables",
        ),
        pytest.param(
            ("query", "goals-of-an-agreement", "--param", "agreement=sgd:11"),
            "agreement is 'sgd:11', but has to be an IRI in full, such as",
            id="a value of another type",
        ),
        pytest.param(
            ("query", "goals-of-an-agreement", "--param", "goal=sdg:11"),
            "goals-of-an-agreement has no parameter 'goal'; there are: agreement",
            id="an unknown parameter",
        ),
        pytest.param(
            ("query", "-", "--param", "goal=sdg:11"),
            "stdin has no parameter 'goal'; it declares none",
            id="a text without parameters",
        ),
        pytest.param(
            ("query", "goals-of-an-agreement", "--param", "agreement"),
            "--param 'agreement' is not of the form NAME=VALUE",
            id="no value",
        ),
        pytest.param(
            (
                *("query", "goals-of-an-agreement"),
                *("--param", "agreement=sdg:1", "--param", "agreement=sdg:2"),
            ),
            "--param agreement is given twice",
            id="two values",
        ),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence(
    arguments: tuple[str, ...], words: str, server: Server
) -> None:
    query = "SELECT * { ?s ?p ?o } LIMIT 1"
    sentence = refuses(*arguments, "--data-dir", server.data_dir, stdin=query)
    assert words in sentence


@pytest.mark.parametrize(
    ("query", "words"),
    [
        pytest.param("SELECT * {", "does not parse", id="syntax"),
        pytest.param("ASK { SERVICE <http://e.example/> {} }", "SERVICE", id="net"),
        pytest.param("DROP ALL", "DROP", id="update"),
    ],
)
def test_sparql_that_is_not_run_says_why(
    query: str, words: str, server: Server
) -> None:
    assert words in refuses("query", "-", "--data-dir", server.data_dir, stdin=query)


def test_a_file_that_is_no_text_is_refused(server: Server, tmp_path: Path) -> None:
    file = tmp_path / "bytes.rq"
    file.write_bytes(b"ASK {}\xff")
    sentence = refuses("query", file, "--data-dir", server.data_dir)
    assert sentence == f"error: {file} is not UTF-8: byte 6 is 255"


def test_every_setting_is_a_flag_of_serve() -> None:
    help_ = run("serve", "--help").stdout
    for name, field in Settings.model_fields.items():
        assert f"--{name.replace('_', '-')} " in help_
        assert f"[SSC_KG_{name.upper()}]" in help_
        assert str(field.description) in help_


def test_a_graphql_error_is_an_answer_with_a_status(server: Server) -> None:
    done = run(
        "query", "-", "--language", "graphql", "--data-dir", server.data_dir,
        stdin="{ nope }",
    )  # fmt: skip
    assert done.returncode == 2
    assert json.loads(done.stdout)["errors"][0]["extensions"]["code"] == (
        "GRAPHQL_VALIDATION_FAILED"
    )


def test_a_file_that_is_missing_leaves_no_data_directory_behind(
    tmp_path: Path,
) -> None:
    sentence = refuses("load", "nowhere.ttl", "--data-dir", tmp_path / "data")
    assert sentence == "error: there is no file nowhere.ttl"
    assert not (tmp_path / "data").exists()


def test_asking_before_there_is_data_says_how_to_get_some(tmp_path: Path) -> None:
    sentence = refuses("versions", "--data-dir", tmp_path / "data")
    assert "ssc-kg serve" in sentence
    assert not (tmp_path / "data").exists()
