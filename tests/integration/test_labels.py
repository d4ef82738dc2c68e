"""Names beside IRIs, and answers as files, over HTTP in every format of tables."""

import csv
import io
from collections.abc import Iterator

import httpx
import polars
import pytest
from pyarrow import ipc
from pyoxigraph import (
    Literal,
    NamedNode,
    Quad,
    QueryResultsFormat,
    QuerySolutions,
    Store,
    parse_query_results,
)

from ssc_kg.app import create_app
from ssc_kg.formats.arrow.tables import read_table
from ssc_kg.rdf.vocab import SKOS
from ssc_kg.settings import Settings
from ssc_kg.sparql.table import Term
from tests.conftest import Server
from tests.integration.test_endpoint import problem
from tests.serving import serving

CITY, BARE = NamedNode("http://ex/city"), NamedNode("http://ex/bare")
FRENCH, ENGLISH = Literal("Genève", language="fr"), Literal("Geneva", language="en")
QUERY = """
SELECT ?n ?city ?cityLabel ?none {
  VALUES (?n ?city ?cityLabel) { (1 <http://ex/city> "own") (2 <http://ex/bare> UNDEF) }
  OPTIONAL { ?none skos:prefLabel "no such" }
} ORDER BY ?n
"""
COLUMNS = ["n", "city", "cityLabel2", "cityLabel", "none"]


@pytest.fixture(scope="module")
def client() -> Iterator[httpx.Client]:
    """A client of a server that knows one thing, in two languages."""
    store = Store()
    for name in (FRENCH, ENGLISH):
        store.add(Quad(CITY, SKOS.prefLabel, name))
    settings = Settings.model_validate({"query_workers": 1, "query_rows": 1_000})
    app = create_app(settings, store=store)
    with (
        serving(app) as address,
        httpx.Client(base_url=address, timeout=60) as client,
    ):
        yield client


def ask(
    client: httpx.Client, format_name: str, languages: str = "", **more: str
) -> httpx.Response:
    parameters = {"query": QUERY, "format": format_name, "labels": "on", **more}
    response = client.get(
        "/sparql", params=parameters, headers={"Accept-Language": languages}
    )
    assert response.status_code == 200, response.text
    return response


def rows_with(label: Literal) -> list[tuple[Term | None, ...]]:
    return [
        (Literal(1), CITY, label, Literal("own"), None),
        (Literal(2), BARE, None, None, None),
    ]


@pytest.mark.parametrize(
    ("languages", "label"),
    [("", ENGLISH), ("fr-CH, de;q=0.5", FRENCH), ("en;q=0, *", FRENCH)],
)
@pytest.mark.parametrize(
    ("name", "format_"),
    [
        ("json", QueryResultsFormat.JSON),
        ("xml", QueryResultsFormat.XML),
        ("tsv", QueryResultsFormat.TSV),
    ],
)
def test_labels_are_terms_in_the_language_that_is_liked(
    client: httpx.Client,
    name: str,
    format_: QueryResultsFormat,
    languages: str,
    label: Literal,
) -> None:
    solutions = parse_query_results(ask(client, name, languages).content, format_)
    assert isinstance(solutions, QuerySolutions)
    assert [variable.value for variable in solutions.variables] == COLUMNS
    assert [tuple(row) for row in solutions] == rows_with(label)


def test_labels_are_columns_of_csv(client: httpx.Client) -> None:
    assert [*csv.reader(io.StringIO(ask(client, "csv", "fr").text))] == [
        COLUMNS,
        ["1", "http://ex/city", "Genève", "own", ""],
        ["2", "http://ex/bare", "", "", ""],
    ]


def test_labels_are_columns_of_arrow_and_parquet(client: httpx.Client) -> None:
    table = ipc.open_file(ask(client, "arrow", "fr").content).read_all()
    assert [*read_table(table)] == rows_with(FRENCH)
    frame = polars.read_parquet(ask(client, "parquet", "fr").content)
    assert frame.columns == COLUMNS
    assert frame["cityLabel2"].to_list() == ["Genève", None]


def test_a_copy_in_other_languages_is_another(client: httpx.Client) -> None:
    french = ask(client, "json", "fr")
    assert "Accept-Language" in french.headers["vary"]
    assert french.headers["etag"] == ask(client, "json", "fr;q=1.0").headers["etag"]
    tag = french.headers["etag"]
    for languages, status in (("fr", 304), ("en", 200)):
        again = client.get(
            "/sparql",
            params={"query": QUERY, "format": "json", "labels": "on"},
            headers={"Accept-Language": languages, "If-None-Match": tag},
        )
        assert again.status_code == status
        assert "Accept-Language" in again.headers["vary"]
    without = ask(client, "json", "fr", labels="off")
    assert "Accept-Language" not in without.headers["vary"]
    assert without.headers["etag"] != tag
    assert without.json()["head"]["vars"] == ["n", "city", "cityLabel", "none"]


def test_labels_come_by_post_too(client: httpx.Client) -> None:
    answer = client.post("/sparql", data={"query": QUERY, "labels": "on"})
    assert answer.json()["head"]["vars"] == COLUMNS
    answer = client.post(
        "/sparql?labels=on",
        content=QUERY,
        headers={"Content-Type": "application/sparql-query"},
    )
    assert answer.json()["head"]["vars"] == COLUMNS


def test_a_table_with_labels_is_cut_at_the_row_cap(client: httpx.Client) -> None:
    numbers = " ".join(map(str, range(40)))
    query = f"SELECT * {{ VALUES ?a {{ {numbers} }} VALUES ?b {{ {numbers} }} }}"
    answer = client.get(
        "/sparql", params={"query": query, "format": "json", "labels": "on"}
    )
    assert answer.headers["sparql-limits"] == "rows=1000, truncated"
    assert len(answer.json()["results"]["bindings"]) == 1_000


@pytest.mark.parametrize(
    ("query", "labels", "words"),
    [
        pytest.param("ASK {}", "on", "ASK has none; leave them out", id="yes or no"),
        pytest.param("CONSTRUCT WHERE {}", "", "CONSTRUCT has none", id="a graph"),
        pytest.param("SELECT * {}", "fr", "labels is 'fr', but .* on or off", id="fr"),
    ],
)
def test_labels_of_what_has_no_rows_are_refused(
    client: httpx.Client, query: str, labels: str, words: str
) -> None:
    answer = client.get("/sparql", params={"query": query, "labels": labels})
    assert answer.status_code == 400
    assert words.partition(".*")[0] in str(problem(answer)["detail"])


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "QUERY"])
@pytest.mark.parametrize(
    ("download", "kind"),
    [({"download": ""}, "attachment"), ({"download": "off"}, "inline"), ({}, "inline")],
)
def test_an_answer_says_whether_it_is_shown_or_kept(
    client: httpx.Client, method: str, download: dict[str, str], kind: str
) -> None:
    said = {"query": QUERY, "format": "parquet", **download}
    if method in ("GET", "HEAD"):
        answer = client.request(method, "/sparql", params=said)
    else:
        answer = client.request(method, "/sparql", data=said)
    assert answer.headers["content-disposition"] == f'{kind}; filename="query.parquet"'


def test_a_graph_is_a_file_too(client: httpx.Client) -> None:
    said = {"query": "CONSTRUCT WHERE { ?s ?p ?o }", "download": "on"}
    answer = client.get("/sparql", params=said, headers={"Accept": "text/turtle"})
    assert answer.headers["content-disposition"] == 'attachment; filename="query.ttl"'


def test_questions_are_answered_with_types(server: Server) -> None:
    address = f"{server.address}/queries/places-on-a-map"
    answer = httpx.get(f"{address}.parquet?download")
    assert answer.headers["content-type"] == "application/vnd.apache.parquet"
    assert answer.headers["content-disposition"] == (
        'attachment; filename="places-on-a-map.parquet"'
    )
    frame = polars.read_parquet(answer.content)
    assert dict(frame.schema) == {
        "place": polars.String(),
        "country": polars.String(),
        "latitude": polars.Decimal(9, 7),
        "longitude": polars.Decimal(10, 7),
        "population": polars.Decimal(8, 0),
        "asOf": polars.String(),
    }
    assert polars.read_ipc(httpx.get(f"{address}.arrow").content).equals(frame)
    assert polars.read_ipc_stream(httpx.get(f"{address}.arrows").content).equals(frame)
    assert "arrows, parquet" in httpx.get(f"{address}.xlsx").text


def test_questions_are_answered_with_labels(server: Server) -> None:
    address = f"{server.address}/queries/partnership-edges.parquet"
    frame = polars.read_parquet(httpx.get(f"{address}?labels=on").content)
    place = frame.columns.index("source")
    assert frame.columns[place + 1] == "sourceLabel"
    assert "Smart Sustainable Cities" in " ".join(frame["sourceLabel"].to_list())


def test_a_page_names_things_in_the_language_that_is_liked(server: Server) -> None:
    address = f"{server.address}/queries/goals-of-an-agreement"
    for languages, name in (("", "Climate action"), ("fr", ">Mesures relatives")):
        page = httpx.get(f"{address}.html", headers={"Accept-Language": languages})
        assert name in page.text
        assert "Accept-Language" in page.headers["vary"]
        again = httpx.get(
            f"{address}.html",
            headers={"Accept-Language": "de", "If-None-Match": page.headers["etag"]},
        )
        assert again.status_code == 200
