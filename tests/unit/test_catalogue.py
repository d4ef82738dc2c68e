"""The catalogue of questions, and files that are no questions."""

from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode

from ssc_kg.catalogue.parameters import Parameter, ParameterType
from ssc_kg.catalogue.questions import find_question, read_question, read_questions
from ssc_kg.catalogue.topics import Topic
from ssc_kg.errors import CatalogueError, UnknownQuestionError
from ssc_kg.rdf.vocab import XSD
from ssc_kg.resources import QUERIES

SPARQL = """\
# Which goals
# are there?
# @param goal (iri) The goal.
# @param count (integer) How many, as far
#   as there are any.
# @topic goals
# @values goal {
#   ?goal a sdgo:Goal }
PREFIX sdg: <http://metadata.un.org/sdg/>
SELECT ?goal {
  VALUES ?goal { sdg:11 }
  VALUES ?count { 3 }
}
"""
GRAPHQL = """\
# Which goals are there?
# @param goal (iri) The goal.
# @param count (integer) How many, as far as there are any.
# @topic goals
# @values goal { ?goal a sdgo:Goal }
query (
  $count: Int = 3
  $goal: ID! = "http://metadata.un.org/sdg/11"
) { goal(id: $goal) { targets(first: $count) { nodes { id } } } }
"""
COUNT = "# @param count (integer) How many, as far as there are any."


def test_twins_are_one_question(tmp_path: Path) -> None:
    (tmp_path / "why.rq").write_text(SPARQL)
    (tmp_path / "why.graphql").write_text(GRAPHQL)
    (tmp_path / "notes.txt").write_text("nothing")
    [question] = read_questions(tmp_path)
    assert (question.slug, question.words) == ("why", "Which goals are there?")
    assert (question.sparql, question.graphql) == (SPARQL, GRAPHQL)
    goal, count = question.parameters
    default = NamedNode("http://metadata.un.org/sdg/11")
    values = "?goal a sdgo:Goal"
    assert goal == Parameter("goal", ParameterType.IRI, "The goal.", default, values)
    assert question.topic is Topic.GOALS
    assert count.words == "How many, as far as there are any."
    assert count.default == Literal(3)


@pytest.mark.parametrize("suffix", [".rq", ".graphql"])
def test_each_language_alone_has_the_same_parameters(
    suffix: str, tmp_path: Path
) -> None:
    texts = {".rq": SPARQL, ".graphql": GRAPHQL}
    (tmp_path / f"why{suffix}").write_text(texts[suffix])
    [question] = read_questions(tmp_path)
    assert [parameter.name for parameter in question.parameters] == ["goal", "count"]
    assert question.parameters == read_question(SPARQL, "why", ".rq").parameters


@pytest.mark.parametrize(
    ("type_", "sparql", "variable", "default"),
    [
        pytest.param("string", '"}\\""', 'String = "}\\""', Literal('}"'), id="string"),
        pytest.param("language", '"en"', 'String! = "en"', Literal("en"), id="tag"),
        pytest.param("integer", "-4", "Int = -4", Literal(-4), id="integer"),
        pytest.param(
            "decimal",
            "0.5",
            "Float = 0.5",
            Literal("0.5", datatype=XSD.decimal),
            id="0.5",
        ),
        pytest.param(
            "boolean", "true", "Boolean = true", Literal(value=True), id="true"
        ),
        pytest.param(
            "boolean", "false", "Boolean = false", Literal(value=False), id="false"
        ),
        pytest.param(
            "date",
            '"2024-10-23"^^xsd:date',
            'String = "2024-10-23"',
            Literal("2024-10-23", datatype=XSD.date),
            id="date",
        ),
        pytest.param(
            "year",
            '"2030"^^xsd:gYear',
            "Int = 2030",
            Literal("2030", datatype=XSD.gYear),
            id="year",
        ),
    ],
)
def test_a_default_of_each_type_is_written_in_both_languages(
    type_: str, sparql: str, variable: str, default: Literal, tmp_path: Path
) -> None:
    heading = f"# Why?\n# @topic goals\n# @param a ({type_}) What."
    (tmp_path / "why.rq").write_text(f"{heading}\nASK {{ VALUES ?a {{ {sparql} }} }}")
    operation = f"query ($a: {variable}) {{ f(a: $a) }}"
    (tmp_path / "why.graphql").write_text(f"{heading}\n{operation}")
    [question] = read_questions(tmp_path)
    assert [parameter.default for parameter in question.parameters] == [default]


HEADING = "# Why?\n# @param a (iri) What.\n"


@pytest.mark.parametrize(
    ("text", "place", "reason"),
    [
        pytest.param("ASK {}", 1, "does not begin with `# `", id="no words"),
        pytest.param(
            "# @param a (year) W.\nASK { VALUES ?a { '2030'^^xsd:gYear } }",
            1,
            "does not begin",
            id="only a parameter",
        ),
        pytest.param("# Why?\n# @param", 2, "@param name (type)", id="only a sign"),
        pytest.param("# Why?\n# @param a What.", 2, "@param name (type)", id="no type"),
        pytest.param("# Why?\n# @param ?a (iri) W.", 2, "@param name", id="no name"),
        pytest.param("# Why?\n#\n# @param a (url) W.", 3, "iri, string", id="a type"),
        pytest.param("# Why?\n# @param a (iri)", 2, "no words", id="no words of it"),
        pytest.param(f"{HEADING}# @param a (iri) W.", 3, "in line 2", id="twice"),
        pytest.param(f"{HEADING}ASK {{}}", 2, "VALUES ?a { … }", id="no VALUES"),
        pytest.param(
            f"{HEADING}ASK {{ VALUES (?a) {{ (<a:b>) }} }}", 2, "VALUES ?a", id="(?a)"
        ),
        pytest.param(
            f"{HEADING}ASK {{\nVALUES ?a {{ <a:b> }}\nVALUES ?a {{ <a:b> }} }}",
            5,
            "already",
            id="two VALUES",
        ),
        pytest.param(
            f"{HEADING}ASK {{\nVALUES ?a {{ <a:b> <a:b> }} }}", 4, "one", id="two terms"
        ),
        pytest.param(f"{HEADING}ASK {{ VALUES ?a {{ }} }}", 3, "one", id="no term"),
        pytest.param(f"{HEADING}ASK {{ VALUES ?a {{ UNDEF }} }}", 3, "one", id="UNDEF"),
        pytest.param(
            f'{HEADING}ASK {{\n\nVALUES ?a {{ "x" }} }}',
            5,
            'declared iri, but "x" is not an IRI',
            id="another type",
        ),
        pytest.param(
            '# Why?\n# @param a (string) W.\nASK { VALUES ?a { "x"@en } }',
            3,
            'but "x"@en is not "x"',
            id="with a language",
        ),
        pytest.param(
            "# Why?\n# @param a (decimal) W.\nASK { VALUES ?a { 5 } }",
            3,
            "5 is not ",
            id="an integer as a decimal",
        ),
        pytest.param(f"{HEADING}ASK {{ VALUES ?a {{ x:y }} }}", 3, "prefix x", id="x:"),
        pytest.param(f"{HEADING}ASK {{ VALUES ?a {{ ] }} }}", 3, "parse", id="no term"),
        pytest.param(f"{HEADING}ASK {{\n'", 4, "not closed", id="an open string"),
        pytest.param(f"{HEADING}DROP ALL", 1, "update", id="an update"),
        pytest.param("# Why?\nASK {}", 1, "agreements, organ", id="no topic"),
        pytest.param("# Why?\n# @topic war\nASK {}", 2, "'war'; there", id="a topic"),
        pytest.param("# Why?\n# @topic\nASK {}", 2, "`@topic name`", id="no name"),
        pytest.param(
            "# Why?\n# @topic goals\n# @topic places", 3, "goals already", id="two"
        ),
        pytest.param("# Why?\n# @parm a (iri) W.", 2, "no @parm; there", id="a sign"),
        pytest.param("# Why?\n# @param limit (iri) W.", 2, "called", id="reserved"),
        pytest.param(
            "# Why?\n# @values a { ?a a ssc:City }", 2, "a is not declared", id="early"
        ),
        pytest.param(f"{HEADING}# @values a ?a", 3, "{ pattern }", id="no braces"),
        pytest.param(f"{HEADING}# @values a {{ ?a a }}", 3, "not parse", id="half"),
        pytest.param(
            f"{HEADING}# @values a {{\n# ?a a foo:Bar\n# }}", 3, "prefix foo", id="foo:"
        ),
        pytest.param(
            f"{HEADING}# @values a {{ ?b a ssc:City }}", 3, "have ?a", id="another name"
        ),
        pytest.param(
            f"{HEADING}# @values a {{ SERVICE <x:y> {{ ?a ?b ?c }} }}",
            3,
            "SERVICE",
            id="a pattern elsewhere",
        ),
        pytest.param(
            f"{HEADING}# @values a {{ ?a a <b:c> }}\n# @values a {{ ?a a <b:c> }}",
            4,
            "given already",
            id="two patterns",
        ),
    ],
)  # fmt: skip
def test_sparql_that_is_no_question_is_refused(
    text: str, place: int, reason: str, tmp_path: Path
) -> None:
    (tmp_path / "why.rq").write_text(text)
    check_refused(tmp_path, f"queries/why.rq:{place}: ", reason)


@pytest.mark.parametrize(
    ("text", "place", "reason"),
    [
        pytest.param("{ a }", 1, "does not begin with `# `", id="no words"),
        pytest.param(f"{HEADING}{{ a }}", 2, "add $a: ID", id="no variable"),
        pytest.param(
            "# Why?\nquery (\n$a: ID = 1) { a }", 3, "# @param a", id="no words of it"
        ),
        pytest.param(
            f"{HEADING}query (\n\n$a: ID!) {{ a }}", 5, "default", id="no default"
        ),
        pytest.param(
            f"{HEADING}query ($a: [ID!] = []) {{ a }}", 3, "has to be ID", id="a list"
        ),
        pytest.param(
            f'{HEADING}query ($a: ID = {{ b: "x" }}) {{ a }}', 3, "one", id="an object"
        ),
        pytest.param(
            f'{HEADING}query ($a: String! = "x:y") {{ a }}',
            3,
            "$a is String!, but as a parameter that is declared iri has to be ID",
            id="another type",
        ),
        pytest.param(
            f'{HEADING}query ($a: ID = "x") {{ a }}', 3, "an IRI", id="no IRI"
        ),
        pytest.param(
            f'{HEADING}query ($a: ID = "sdg:1") {{ a }}',
            3,
            "'http://metadata.un.org/sdg/1'",
            id="a prefix",
        ),
        pytest.param(f"{HEADING}\n{{", 4, "Expected Name", id="no GraphQL"),
        pytest.param("# Why?\nquery A { a } query B { a }", 1, "several", id="two"),
    ],
)  # fmt: skip
def test_graphql_that_is_no_question_is_refused(
    text: str, place: int, reason: str, tmp_path: Path
) -> None:
    (tmp_path / "why.graphql").write_text(text)
    check_refused(tmp_path, f"queries/why.graphql:{place}: ", reason)


@pytest.mark.parametrize(
    ("changes", "place", "reason"),
    [
        pytest.param({"Which": "What"}, 1, "its twin asks another", id="question"),
        pytest.param({"The goal": "A goal"}, 2, "(iri) A goal.", id="words"),
        pytest.param({"sdg/11": "sdg/1"}, 2, "metadata.un.org/sdg/1]", id="an IRI"),
        pytest.param(
            {"Int = 3": "Int = 4"}, 3, "[default: 4]; in its twin, count", id="a number"
        ),
        pytest.param({"count": "number"}, 3, "number (integer)", id="name"),
        pytest.param(
            {"integer": "decimal", "Int": "Float"}, 3, "count (decimal)", id="type"
        ),
        pytest.param(
            {f"{COUNT}\n": "", "$count: Int = 3": ""},
            1,
            "there is no such parameter; in its twin, count",
            id="a parameter less",
        ),
        pytest.param(
            {
                COUNT: f"{COUNT}\n# @param a (string) W.",
                "$count: Int": '$a: String = "" $count: Int',
            },
            4,
            "in its twin, there is no such parameter",
            id="a parameter more",
        ),
        pytest.param({"topic goals": "topic places"}, 1, "its twin, goals", id="topic"),
        pytest.param(
            {"sdgo:Goal": "ssc:City"}, 2, "goal has other @values", id="values"
        ),
    ],
)
def test_twins_that_differ_are_refused(
    changes: dict[str, str], place: int, reason: str, tmp_path: Path
) -> None:
    twin = GRAPHQL
    for old, new in changes.items():
        twin = twin.replace(old, new)
    (tmp_path / "why.rq").write_text(SPARQL)
    (tmp_path / "why.graphql").write_text(twin)
    check_refused(tmp_path, f"queries/why.graphql:{place}: ", reason)


def test_a_name_that_is_no_part_of_an_address_is_refused(tmp_path: Path) -> None:
    (tmp_path / "why.not.rq").write_text(SPARQL)
    check_refused(tmp_path, "queries/why.not.rq:1: ", "hyphens")


def check_refused(directory: Path, place: str, reason: str) -> None:
    with pytest.raises(CatalogueError) as refused:
        read_questions(directory)
    assert str(refused.value).startswith(place)
    assert reason in str(refused.value)


def test_a_text_of_ones_own_needs_no_words_and_no_declarations() -> None:
    operation = "query ($n: Int) { goals(first: $n) { nodes { id } } }"
    question = read_question(operation, "mine.graphql", ".graphql")
    assert (question.graphql, question.sparql) == (operation, None)
    assert (question.words, question.parameters) == ("", ())
    assert read_question("no query", "mine.rq", ".rq").sparql == "no query"
    declared = "# @param a (iri) What.\nASK { VALUES ?a { sdg:1 } }"
    [parameter] = read_question(declared, "mine.rq", ".rq").parameters
    assert parameter.default == NamedNode("http://metadata.un.org/sdg/1")
    with pytest.raises(CatalogueError, match=r"^mine\.rq:2: "):
        read_question(declared.replace("sdg:1", "1"), "mine.rq", ".rq")


def test_an_unknown_question_names_the_nearest_and_says_what_lists_all() -> None:
    with pytest.raises(UnknownQuestionError) as caught:
        find_question(QUERIES, "goal-of-agreement")
    message = str(caught.value)
    assert "'goal-of-agreement'; near to it: goals-of-an-agreement" in message
    assert message.endswith(
        "; `ssc-kg query` lists all, and so does /queries of a server"
    )
    assert "who-signed-citynet-unescap" not in message
    assert "who-signed-citynet-unescap" in caught.value.known
    with pytest.raises(UnknownQuestionError, match="'zzz'; `ssc-kg query` lists all"):
        find_question(QUERIES, "zzz")


def test_every_packaged_question_ends_in_a_question_mark() -> None:
    questions = read_questions(QUERIES)
    assert questions
    assert all(question.words.endswith("?") for question in questions)
