"""What a person is told of a query that the engine cannot parse."""

import time

import pytest
from pyoxigraph import Store

from ssc_kg import resources
from ssc_kg.catalogue.questions import Question, read_questions
from ssc_kg.errors import QuerySyntaxError
from ssc_kg.rdf.namespaces import PREFIXES
from ssc_kg.sparql.diagnosis import diagnose
from ssc_kg.sparql.grammar import Misfit, read_query
from ssc_kg.sparql.scan import scan
from ssc_kg.sparql.scopes import find_misuse
from ssc_kg.sparql.tokens import position, tokenize

QUESTIONS = [each for each in read_questions(resources.QUERIES) if each.sparql]


def refuse(text: str) -> QuerySyntaxError:
    """Return why a query is wrong, as the server tells it."""
    try:
        scanned = scan(text)
        Store().query(scanned.text, prefixes=dict(PREFIXES))
    except QuerySyntaxError as error:
        return error
    except SyntaxError as error:
        return diagnose(str(error), text)
    pytest.fail(f"the engine takes {text!r}")


# A culprit is shown by the marks around it, which are no part of the query; nothing
# stands between them where the text ends too early.
WRONG = [
    ("SELECT * { ?s ?p «}»", "expected a term"),
    (
        "SELECT * {\n  ?s a sdgo:Goal ;\n     rdfs:label ?l ;; «]»\n}",
        "expected a pattern",
    ),
    ("SELECT ?s «WERE» { ?s ?p ?o }", "did you mean WHERE?"),
    ("SELECT «?x» { ?s ?p ?o } GROUP BY ?s", "?x is no key of GROUP BY"),
    ("SELECT ?s («?p» AS ?q) (COUNT(?o) AS ?n) {?s ?p ?o} GROUP BY ?s", "?p is no key"),
    ("SELECT ?s (COUNT(?o) AS «?s») { ?s ?p ?o } GROUP BY ?s", "?s is a column"),
    ("SELECT ?s «?s» {}", "?s is a column already"),
    ("SELECT (1 AS «?o») { ?s ?p ?o }", "?o has a value already"),
    ("SELECT «*» { ?s ?p ?o } GROUP BY ?s", "name those that are wanted"),
    ("ASK { ?s ?p ?o«» ", "at its end; expected a pattern"),
    ("ASK { ?s ?p ?o\n}\n«}»\n", "near '}'; expected GROUP or HAVING"),
    ("ASK {\n\t?s ?p ?o «?x»\n}", "near '?x'"),
    ("SELECT * {\n ?c a ssc:City\n «?c» rdfs:label ?n .\n}", "expected a pattern or ,"),
    ("SELECT * { ?c a ssc:City ;\n rdfs:label ?n\n «ssc:x» ?y }", "expected a pattern"),
    ("ASK { «<rel>» ?p ?o }", "<rel> is relative, and no BASE"),
    ("ASK { '😀' ?p ?o «?q» }", "near '?q }'"),
    ("CONSTRUCT { ?s ?p ?o }«»", "at its end; expected FROM or WHERE or {"),
    ("CONSTRUCT { ?s ?p ?o «WHERE» { ?s ?p ?o }", "expected , or . or ; or }"),
    ("DESCRIBE «{» ?s ?p ?o }", "expected an IRI or * or a variable"),
    ("ASK WHERE «?s» ?p ?o", "expected {"),
    ("SELECT * { ?s ?p ?o } LIMIT «ten»", "expected a whole number"),
    ("SELECT * { ?s ?p ?o } LIMIT «-»1", "expected a whole number"),
    ("SELECT * { ?s ?p ?o } LIMIT 3 «ORDER» BY ?s", "expected OFFSET"),
    ("SELECT * { ?s ?p ?o } ORDER «?s»", "expected BY"),
    ("SELECT * { ?s ?p ?o FILTER «?o» > 3 }", "expected a function or an IRI or ("),
    ("SELECT * { ?s ?p ?o FILTER (?o = 3 «}»", "expected an operator or )"),
    ("SELECT * { ?s ?p ?o FILTER (?o =«=» 3) }", "expected an expression"),
    ('SELECT * { ?s ?p ?o FILTER regex(?o «"x"») }', "expected an operator or ,"),
    ("SELECT * { ?s ?p ?o FILTER «foo»(?o) }", "expected a function"),
    ("SELECT * { ?s ?p ?o FILTER NOT «EXIST» { ?s ?p 1 } }", "did you mean EXISTS?"),
    ("SELECT * { ?s ?p ?o FILTER(IF(?o, 1«)») }", "expected ,"),
    ("SELECT * { ?s ?p ?o FILTER(«COUNT»(?o) > 1) }", "COUNT has groups in SELECT"),
    ("SELECT * { ?s ?p ?n FILTER(lang(?n) = «en») }", "expected an expression"),
    ("SELECT * { ?s ?p ?o OPTIONAL «?s» ?q ?r }", "expected {"),
    ("SELECT * { { ?s ?p ?o } «UNIN» { ?s ?q ?o } }", "did you mean UNION?"),
    ("SELECT * { GRAPH «{» ?s ?p ?o } }", "expected an IRI or a variable"),
    ("SELECT * { ?s ?p ?o BIND (?o + 1 «?x») }", "expected an operator or AS"),
    ("SELECT * { ?s ?p ?o BIND (1 AS «?o») }", "?o has a value already"),
    ("SELECT * { VALUES (?a ?b) { (1 2) (3«)» } }", "the row has 1 values, not 2"),
    ("SELECT * { VALUES ?a { «?b» } }", "expected a value or UNDEF or }"),
    ("SELECT ?a«,» ?b { ?a ?b ?c }", "near ', ?b { ?a ?b ?c }'"),
    ("SELECT (COUNT(?a)«)» { ?a ?b ?c }", "expected AS"),
    ("SELECT (COUNT(?a) AS «n») { ?a ?b ?c }", "expected a variable"),
    ("SELECT * { ?s ?p 'a'^^ «}»", "expected an IRI"),
    ("SELECT * { ?s ?p «'»open }", "is not closed"),
    ("SELECT * { ?s ?p «<http://a b>» }", "an IRI ends at its >"),
    ("SELECT * { ?s skos:prefLabel/ «?l» }", "expected a property"),
    ("SELECT * { ?s ?p [ ?q ?r «}»", "expected ]"),
    ("SELECT * { ?s ?p _:a . { ?x ?y «_:a» } }", "_:a is a blank node of another"),
    ("SELECT * { { SELECT ?s «?o» { ?s ?p ?o } GROUP BY ?s } }", "?o is no key"),
    ("PREFIX «ex» <http://a> ASK {}", "ex stands where a prefix with its colon"),
    ("PREFIX ex: «http:»//a ASK {}", "http: stands where an IRI in <…>"),
    ("«{» ?s ?p ?o }", "{ stands where SELECT, ASK"),
    ("PREFIX ex: <http://a>«»\n\n", "ends before SELECT"),
]


@pytest.mark.parametrize(("marked", "reason"), WRONG, ids=lambda each: each[:40])
def test_the_culprit_is_named_with_its_place(marked: str, reason: str) -> None:
    culprit = marked.partition("«")[2].partition("»")[0]
    text = marked.replace("«", "").replace("»", "")
    error = refuse(text)
    assert (error.line, error.column) == position(text, marked.index("«"))
    assert error.token == culprit
    assert reason in error.reason


def test_the_line_ends_of_a_form_are_no_part_of_what_is_told() -> None:
    error = refuse("SELECT * {\r\n ?s ?p ]\r\n}")
    assert (error.line, error.column, error.token) == (2, 8, "]")
    assert error.reason.startswith("near ']'; expected")


def test_what_was_meant_is_a_fact_too() -> None:
    assert refuse("SELECT ?s WERE { ?s ?p ?o }").suggestion == "WHERE"
    assert refuse("SELECT * { ?s ?p }").suggestion is None


@pytest.mark.parametrize(
    ("name", "suggestion", "says"),
    [
        pytest.param("SDGO:Goal", "sdgo:", "did you mean sdgo:?", id="other case"),
        pytest.param("foa:name", "foaf:", "did you mean foaf:?", id="a letter short"),
        pytest.param("scc:City", "ssc:", "did you mean ssc:?", id="letters swapped"),
        pytest.param("mie:x", "mine:", "did you mean mine:?", id="near a declared one"),
        pytest.param("dct:title", "dcterms:", "did you mean dcterms:?", id="a synonym"),
        pytest.param(
            "DC:title",
            "PREFIX DC: <http://purl.org/dc/elements/1.1/>",
            "add PREFIX DC: <http://purl.org/",
            id="a well-known one",
        ),
        pytest.param(
            "wdt:P31",
            "PREFIX wdt: <http://www.wikidata.org/prop/direct/>",
            "add PREFIX wdt:",
            id="of others",
        ),
        pytest.param(
            "qqqqq:x", "PREFIX qqqqq: <…>", "add PREFIX qqqqq: <…>", id="like none"
        ),
        pytest.param(":x", "PREFIX : <…>", "add PREFIX : <…>", id="the empty one"),
    ],
)
def test_an_undeclared_prefix_is_told_what_was_meant(
    name: str, suggestion: str, says: str
) -> None:
    error = refuse(f"PREFIX mine: <http://a/>\nASK {{ ?s {name} ?o }}")
    assert (error.line, error.column, error.token) == (2, 10, name)
    assert error.suggestion == suggestion
    assert error.reason.endswith(says) or says in error.reason


RIGHT = """
SELECT ?s { ?s ?p ?o . FILTER(?o IN (1,2) && ?o NOT IN (3) || !BOUND(?x)) }
SELECT (GROUP_CONCAT(DISTINCT ?o; SEPARATOR=", ") AS ?x) { ?s ?p ?o } GROUP BY ?s
SELECT ?q { ?s ?p ?o } GROUP BY (STR(?p) AS ?q) HAVING(COUNT(*) > 1) ORDER BY DESC(?q)
SELECT * { ?s (^rdfs:label|!(a|^a))/skos:broader+/skos:narrower? ?o }
SELECT * { ?s a ?t ; . ?s ?p [ ?a ?b ; ?c (1 2.5 -3 1e4 "x"@en "y"^^xsd:date) ] , [] }
SELECT * { [ ?p ?o ] . ( 1 2 ) ?p ?o , () . [] ?p ?o , true }
CONSTRUCT WHERE { ?s ?p ?o } LIMIT 3 OFFSET 2
CONSTRUCT { ?s ?p ?o . _:b ?p ?o } FROM <http://a> FROM NAMED <http://b> { ?s ?p ?o }
DESCRIBE ?s <http://a> { ?s ?p ?o }
DESCRIBE * WHERE { ?s ?p ?o }
DESCRIBE <http://a>
ASK { VALUES (?a ?b) { (1 UNDEF) (<http://a> "b") } VALUES ?c { } }
SELECT ?s { ?s ?p ?o MINUS { ?s ?p 1 } OPTIONAL { ?s ?q ?r } GRAPH ?g { ?s ?p ?o } }
SELECT ?s { { ?s ?p ?o } UNION { ?a ?b ?c } BIND(?o + 1 - 2*3/4 AS ?z) }
SELECT ?s { FILTER EXISTS { ?s ?p ?o } FILTER NOT EXISTS { ?s ?p 2 } }
SELECT ?s { { SELECT ?s (MAX(?o) AS ?m) { ?s ?p ?o } GROUP BY ?s } FILTER(?m-1 > -1) }
SELECT (IF(?o = 1, COALESCE(?a, "x"), CONCAT()) AS ?r) { ?s ?p ?o } VALUES ?s { 1 }
SELECT (xsd:integer(?o) AS ?i) { ?s ?p ?o FILTER regex(?o, "x", "i") }
SELECT REDUCED ?s { ?s ?p ?o FILTER(REPLACE(?o, "a", "b", "i") = SUBSTR(?o, 1)) }
SELECT ?s { ?s ?p ?o FILTER(UUID() != STRUUID() && BNODE("a") = BNODE()) }
SELECT (COUNT(*) AS ?n) (SAMPLE(DISTINCT ?o) AS ?m) { ?s ?p ?o }
SELECT ?n { ?s ?p ?o LATERAL { SELECT ?s (COUNT(*) AS ?n) { ?s ?q 1 } GROUP BY ?s } }
BASE <http://a/> PREFIX : <b#> SELECT * { :a :b <c> . :d a :e . }
"""


@pytest.mark.parametrize("text", RIGHT.strip().split("\n"))
def test_what_the_engine_takes_is_no_mistake(text: str) -> None:
    assert Store().query(scan(text).text, prefixes=dict(PREFIXES)) is not None
    tree = read_query(text)
    assert not isinstance(tree, Misfit)
    assert find_misuse(tree) is None


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.slug)
def test_what_cannot_follow_is_found_where_it_is_put(question: Question) -> None:
    text = question.sparql or ""
    tree = read_query(text)
    assert not isinstance(tree, Misfit)
    assert find_misuse(tree) is None
    for token in tokenize(text):
        wrong = f"{text[: token.start]} § {text[token.start :]}"
        found = read_query(wrong)
        assert isinstance(found, Misfit)
        assert found.token is not None
        assert (found.token.text, found.token.start) == ("§", token.start + 1)


def test_new_syntax_that_only_the_engine_knows_is_left_to_it() -> None:
    text = "SELECT * { <<( ?s ?p ?o )>> ?q }"
    with pytest.raises(SyntaxError) as caught:
        Store().query(text)
    error = diagnose(str(caught.value), text)
    assert error.line == 1
    assert error.column is not None
    assert error.column > text.index("<<")


def test_an_escape_that_is_none_is_told_where_the_engine_finds_it() -> None:
    error = refuse('SELECT * { ?s ?p "\\q" }')
    assert (error.line, error.column, error.token) == (1, 20, '"\\q"')


def test_a_message_of_another_kind_is_kept() -> None:
    assert diagnose("out of tokens", "ASK {}").reason == "out of tokens"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            f"ASK {{ VALUES ?a {{ {'<http://a/b> ' * 70_000} ; }} }}", id="long"
        ),
        pytest.param(
            f"SELECT ?x {{ {'{ ' * 60}?s ?p ?o{' }' * 60} }} GROUP BY ?s", id="deep"
        ),
        pytest.param(
            f"SELECT ?x {{ {'?s ?p ?o . ' * 60_000} }} GROUP BY ?s", id="wide"
        ),
        pytest.param(f"SELECT * {{ {'BIND(1 AS ?x) ' * 30_000} }}", id="bound again"),
        pytest.param(
            f"SELECT ({'(' * 60}?x{')' * 60} AS ?y) {{ ?s ?p ?o }} GROUP BY ?s",
            id="brackets",
        ),
    ],
)
def test_any_text_is_diagnosed_in_little_time(text: str) -> None:
    begin = time.perf_counter()
    assert diagnose("error at 1:1: expected X", text).token
    assert time.perf_counter() - begin < 20
