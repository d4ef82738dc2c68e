"""What is known and what is refused of a query before a parser sees it."""

import pytest
from pyoxigraph import QuerySolutions, Store

from ssc_kg.errors import QueryRefusedError, QuerySyntaxError
from ssc_kg.sparql.scan import Form, scan


@pytest.mark.parametrize(
    ("text", "form"),
    [
        pytest.param("SELECT * {}", Form.SELECT, id="select"),
        pytest.param("ask {}", Form.ASK, id="any case"),
        pytest.param(
            "PREFIX ask: <http://a/> CONSTRUCT {} {}", Form.CONSTRUCT, id="prefix"
        ),
        pytest.param("BASE <http://select/>\nDESCRIBE <a>", Form.DESCRIBE, id="base"),
        pytest.param("# SELECT\nASK {}", Form.ASK, id="comment"),
    ],
)
def test_the_form_of_a_query(text: str, form: Form) -> None:
    assert scan(text).form is form


@pytest.mark.parametrize(
    ("text", "projection"),
    [
        pytest.param("SELECT ?b ?a { ?a ?p ?b }", ("b", "a"), id="listed"),
        pytest.param(
            "SELECT DISTINCT ?b (1 AS ?x) $c {}", ("b", "x", "c"), id="expressions"
        ),
        pytest.param("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", ("n",), id="count star"),
        pytest.param("SELECT (?a * ?b AS ?c) {}", ("c",), id="times is no star"),
        pytest.param(
            "SELECT (EXISTS { SELECT (1 AS ?x) {} } AS ?y) {}", ("y",), id="subquery"
        ),
        pytest.param("SELECT ?a FROM <http://g> WHERE { ?b ?c ?d }", ("a",), id="from"),
        pytest.param("SELECT ?a { ?a ?b ?c } ORDER BY ?b", ("a",), id="order"),
        pytest.param("SELECT * { ?s ?p ?o }", None, id="star"),
        pytest.param(
            "SELECT * { { SELECT ?s { ?s ?p ?o } } }", None, id="star outside"
        ),
        pytest.param("DESCRIBE ?s { ?s ?p ?o }", None, id="no select"),
    ],
)
def test_the_projection_of_a_query(
    text: str, projection: tuple[str, ...] | None
) -> None:
    assert scan(text).projection == projection


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        pytest.param("SELECT * { ?s ?p ?o }", ["s", "p", "o"], id="star"),
        pytest.param("SELECT DISTINCT * { ?z ?y ?x }", ["z", "y", "x"], id="distinct"),
        pytest.param("SELECT*{?z ?y 1 BIND(2 AS ?a)}", ["z", "y", "a"], id="no spaces"),
        pytest.param(
            "SELECT * { ?s ?p 1 MINUS { ?a ?b 2 } }", ["s", "p"], id="in scope"
        ),
        pytest.param(
            "SELECT * { ?s ?p 1 } VALUES ?a { 1 }", ["s", "p", "a"], id="values"
        ),
        pytest.param("SELECT * {}", [], id="nothing"),
        pytest.param("SELECT (1 AS ?z) (2 AS ?a) {}", ["z", "a"], id="listed"),
    ],
)
def test_columns_come_in_the_order_of_the_text(text: str, columns: list[str]) -> None:
    scanned, store = scan(text), Store()
    results = store.query(text)
    assert isinstance(results, QuerySolutions)
    in_scope = {variable.value for variable in results.variables}
    ordered = store.query(scanned.select_columns(in_scope))
    assert isinstance(ordered, QuerySolutions)
    assert [variable.value for variable in ordered.variables] == columns


def test_the_graphs_of_a_query_are_found_wherever_they_stand() -> None:
    scanned = scan(
        "PREFIX ex: <http://ex/> CONSTRUCT { ?s ?p ?o } "
        "FROM ex:a FROM NAMED <http://b> from <http://c> WHERE { ?s ?p ?o }"
    )
    assert scanned.default_graphs == ("ex:a", "<http://c>")
    assert scanned.named_graphs == ("<http://b>",)
    assert scanned.select_sources() == (
        "PREFIX ex: <http://ex/> SELECT (ex:a AS ?source0) (<http://c> AS ?source1) "
        "(<http://b> AS ?source2) {}"
    )


@pytest.mark.parametrize(
    ("text", "is_volatile"),
    [
        pytest.param("SELECT (NOW() AS ?now) {}", True, id="now"),
        pytest.param("SELECT * { BIND(rand() AS ?x) }", True, id="rand"),
        pytest.param("SELECT * { ?s ?p ?o } ORDER BY RAND()", True, id="at the end"),
        pytest.param('SELECT * { ?now ex:NOW "NOW" }', False, id="only names"),
    ],
)
def test_a_query_that_answers_differently_each_time(
    text: str, *, is_volatile: bool
) -> None:
    assert scan(text, predeclared=["ex"]).is_volatile is is_volatile


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('SELECT * { ?s ?p "SERVICE <http://a> {}" }', id="string"),
        pytest.param("SELECT * { ?s <http://a/SERVICE#it> ?o }", id="iri"),
        pytest.param("SELECT * { ?s ?p ?o } # SERVICE ?s {}", id="comment"),
        pytest.param("SELECT ?service { ?service ?p ?o }", id="variable"),
        pytest.param(
            "PREFIX service: <http://a/> ASK { ?s service:url ?o }", id="prefix"
        ),
        pytest.param("PREFIX service: <http://a/> ASK FROM service:g {}", id="from"),
        pytest.param("PREFIX s: <http://a/> ASK { GRAPH s:SERVICE {} }", id="graph"),
        pytest.param(
            "PREFIX service: <http://a/> ASK { GRAPH service:g {} }", id="named"
        ),
        pytest.param("SELECT * { ?s <http://a/L'Aquila> 'SERVICE' }", id="apostrophe"),
        pytest.param("SELECT * { ?s ?p 'LOAD <http://a>; DROP ALL' }", id="updates"),
        pytest.param("SELECT * " + "{" * 64 + "}" * 64, id="at the limit of nesting"),
        pytest.param(
            "SELECT * { ?s ?p '" + "{" * 9999 + "' }", id="brackets in a string"
        ),
    ],
)
def test_what_looks_dangerous_but_is_not_passes(text: str) -> None:
    assert scan(text).text == text


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        pytest.param(
            "SELECT * { SERVICE <http://a> {} }", "1, column 12: SERVICE", id="plain"
        ),
        pytest.param(
            "ASK {\n service silent ?s {} }", "2, column 2: SERVICE", id="silent"
        ),
        pytest.param(
            "ASK { ?s ?p trueSERVICE ?s {} }", "SERVICE", id="no space before"
        ),
        pytest.param("ASK { ?s ?p 1.SERVICE ?s {} }", "SERVICE", id="after a number"),
        pytest.param(
            "PREFIX service: <http://a/> ASK { service:a {} }",
            "SERVICE",
            id="keyword and name in one",
        ),
        pytest.param(
            "ASK { ?a ?b ?c FILTER(?a<?b)SERVICE#x>\n?c {} }",
            "less-than",
            id="hidden by a comment",
        ),
        pytest.param(
            "ASK { ?a ?b ?c FILTER(?a<?b&&'>'='') SERVICE ?c {} #'\n}",
            "less-than",
            id="hidden in a string",
        ),
        pytest.param("INSERT DATA {}", "INSERT is an update", id="insert"),
        pytest.param(
            "PREFIX a: <http://a/> DELETE WHERE { ?s ?p ?o }", "DELETE", id="delete"
        ),
        pytest.param("LOAD <http://a>", "LOAD is an update", id="load"),
        pytest.param(
            "WITH <http://a> DELETE {} WHERE {}", "WITH is an update", id="with"
        ),
        pytest.param(
            "SELECT * " + "{" * 65 + "}" * 65, "limit of 64 levels", id="groups"
        ),
        pytest.param(
            "SELECT * { ?s " + "(" * 99 + "1", "limit of 64 levels", id="lists"
        ),
        pytest.param(
            "SELECT * { ?s ?p " + "[?p" * 99, "limit of 64 levels", id="blanks"
        ),
        pytest.param(
            "SELECT * {" + "}" * 99 + "{" * 99, "64 levels", id="closed before"
        ),
    ],
)
def test_refused(text: str, reason: str) -> None:
    with pytest.raises(QueryRefusedError, match=reason):
        scan(text)


@pytest.mark.parametrize(
    ("text", "reason", "place"),
    [
        pytest.param("", "it ends before SELECT", (1, 1), id="empty"),
        pytest.param(
            "# nothing\n", "it ends before SELECT", (1, 10), id="only a comment"
        ),
        pytest.param("SELCT * {}", "SELCT stands where SELECT", (1, 1), id="misspelt"),
        pytest.param("ASK {\n  ?s no:a 1 }", "prefix no: is not", (2, 6), id="prefix"),
        pytest.param("ASK { ?s ?p 'a }", "is not closed", (1, 13), id="open string"),
    ],
)
def test_no_query(text: str, reason: str, place: tuple[int, int]) -> None:
    with pytest.raises(QuerySyntaxError, match=reason) as caught:
        scan(text)
    assert (caught.value.line, caught.value.column) == place


def test_well_known_prefixes_need_no_declaration() -> None:
    assert scan("ASK { ?s a ssc:Agreement ; skos:prefLabel ?label }").form is Form.ASK


def test_the_limit_of_nesting_is_the_callers() -> None:
    with pytest.raises(QueryRefusedError, match="limit of 1 levels"):
        scan("ASK { { } }", max_depth=1)


def test_a_text_of_a_megabyte_is_scanned_in_one_pass() -> None:
    values = "<http://metadata.un.org/sdg/11> " * 30_000
    assert scan(f"SELECT * {{ VALUES ?goal {{ {values} }} }}").variables == ("goal",)


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        pytest.param("SELECT * { ?s ?p ?o } limit 5 OFFSET 2", 5, id="its own"),
        pytest.param("SELECT * { ?s ?p ?o } OFFSET 2 LIMIT 5", 5, id="after an offset"),
        pytest.param("SELECT * { { SELECT * { } LIMIT 5 } }", None, id="of one within"),
        pytest.param("SELECT * { } # LIMIT 5", None, id="in a comment"),
        pytest.param("SELECT * { } LIMIT " + "9" * 5_000, None, id="none to speak of"),
    ],
)
def test_the_limit_of_a_query_is_its_own(text: str, limit: int | None) -> None:
    assert scan(text).limit == limit


ALLOWED = ("http://ex/sparql", "https://ex/other")


@pytest.mark.parametrize(
    ("text", "called"),
    [
        pytest.param(
            "ASK { SERVICE <http://ex/sparql> { ?s ?p ?o } }",
            ("http://ex/sparql",),
            id="by its IRI",
        ),
        pytest.param(
            "ASK { service silent<https://ex/other>{ } SERVICE <http://ex/sparql> {} }",
            ("https://ex/other", "http://ex/sparql"),
            id="two, silently and in lower case",
        ),
        pytest.param("ASK { ?s ?p 'SERVICE <http://no/> {}' }", (), id="in a string"),
        pytest.param("ASK { GRAPH ex:service { } }", (), id="a graph of that name"),
    ],
)
def test_an_endpoint_that_is_allowed_may_be_called(
    text: str, called: tuple[str, ...]
) -> None:
    scanned = scan(text, predeclared=["ex"], services=ALLOWED)
    assert scanned.services == called
    # It may answer otherwise the next time.
    assert scanned.is_volatile == bool(called)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("ASK { SERVICE <http://ex/spar> {} }", id="another"),
        pytest.param("ASK { SERVICE <http://ex/sparql/> {} }", id="a longer one"),
        pytest.param("ASK { SERVICE <HTTP://ex/sparql> {} }", id="spelt otherwise"),
        pytest.param("ASK { SERVICE <http://ex/spar\\u0071l> {} }", id="escaped"),
        pytest.param(
            "ASK { VALUES ?s {<http://ex/sparql>} SERVICE ?s {} }", id="a variable"
        ),
        pytest.param("PREFIX a: <http://ex/> ASK { SERVICE a:sparql {} }", id="a name"),
        pytest.param("BASE <http://ex/> ASK { SERVICE <sparql> {} }", id="relative"),
        pytest.param(
            "PREFIX service: <http://ex/> ASK { service:sparql {} }", id="hidden"
        ),
        pytest.param("ASK { SERVICESILENT<http://ex/sparql> {} }", id="one word"),
        pytest.param("ASK { SERVICE SILENT SILENT <http://ex/sparql> {} }", id="twice"),
        pytest.param(
            "ASK { SERVICE <http://ex/sparql> { SERVICE <http://no/> {} } }",
            id="another within",
        ),
        pytest.param("ASK { SERVICE", id="the end"),
        pytest.param("ASK { SERVICE SILENT", id="the end after silent"),
        pytest.param(
            "ASK { SERVICE #<http://ex/sparql>\n <http://no/> {} }", id="comment"
        ),
    ],
)
def test_what_is_not_allowed_letter_for_letter_is_refused(text: str) -> None:
    with pytest.raises(
        QueryRefusedError, match="<http://ex/sparql>, <https://ex/other>"
    ):
        scan(text, services=ALLOWED)
