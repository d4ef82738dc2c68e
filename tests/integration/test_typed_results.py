"""Tables with types over HTTP, read by the programs that analysts use."""

import io
from collections.abc import Iterator

import httpx
import pandas
import polars
import pyarrow as pa
import pytest
from pyarrow import ipc, parquet
from pyoxigraph import (
    NamedNode,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Store,
    parse_query_results,
)

from ssc_kg.formats.arrow.tables import read_table
from ssc_kg.formats.table import ARROW, ARROW_STREAM, PARQUET, RESULTS_JSON, Format
from ssc_kg.rdf.vocab import SD
from ssc_kg.store.workers import Limits
from tests.integration.test_endpoint import (
    BASE,
    SERVICE,
    THINGS,
    OneVersion,
    application,
    ask,
    problem,
)
from tests.serving import serving

LIMITS = Limits(seconds=30, memory=2**28, output=2**26, queue=8, rows=120_000)
EACH = f"VALUES ?m {{ {' '.join(map(str, range(25)))} }}"
HUNDRED_THOUSAND = f"SELECT ?s ?o ?m {{ ?s ?p ?o {EACH} }}"
OF_ALL_KINDS = """
SELECT * {
  VALUES (?iri ?whole ?exact ?near ?yes ?day ?time ?year ?name ?mixed) {
    (<http://a/> 7 1.50 1e3 true "2026-01-31"^^xsd:date
     "2026-01-31T12:00:00+02:00"^^xsd:dateTime "2026"^^xsd:gYear "Ville"@fr <http://b/>)
    (UNDEF "+8"^^xsd:integer 20.0 0.5e0 false "2026-02-01"^^xsd:date
     "2026-02-01T12:00:00Z"^^xsd:dateTime "2027"^^xsd:gYear "City"@en "b"^^xsd:token)
  }
}
"""


@pytest.fixture(scope="module")
def version(tmp_path_factory: pytest.TempPathFactory) -> OneVersion:
    return OneVersion(tmp_path_factory.mktemp("version"))


@pytest.fixture(scope="module")
def client(version: OneVersion) -> Iterator[httpx.Client]:
    headers = {"Accept-Encoding": "identity"}
    with (
        serving(application(version, LIMITS, size=1)) as address,
        httpx.Client(base_url=address, headers=headers, timeout=60) as client,
    ):
        yield client


def get(client: httpx.Client, query: str, format_: Format) -> bytes:
    response = client.get(
        "/sparql", params={"query": query}, headers={"Accept": format_.media_type}
    )
    assert response.status_code == 200, response.text
    assert response.headers["content-type"] == format_.media_type
    return response.content


def read(body: bytes, format_: Format) -> pa.Table:
    if format_ is PARQUET:
        return parquet.read_table(io.BytesIO(body))
    opened = ipc.open_file(body) if format_ is ARROW else ipc.open_stream(body)
    return opened.read_all()


@pytest.mark.parametrize("format_", [ARROW, ARROW_STREAM, PARQUET])
def test_the_terms_are_those_of_json(client: httpx.Client, format_: Format) -> None:
    found = read_table(read(get(client, OF_ALL_KINDS, format_), format_))
    solutions = parse_query_results(
        get(client, OF_ALL_KINDS, RESULTS_JSON), QueryResultsFormat.JSON
    )
    assert isinstance(solutions, QuerySolutions)
    assert [*found] == [tuple(row) for row in solutions]
    assert (
        ",".join(found.columns) == "iri,whole,exact,near,yes,day,time,year,name,mixed"
    )


def test_polars_reads_all_three_alike(client: httpx.Client) -> None:
    frame = polars.read_parquet(get(client, OF_ALL_KINDS, PARQUET))
    assert dict(frame.schema) == {
        "iri": polars.String(),
        "whole": polars.Int64(),
        "exact": polars.Decimal(3, 1),
        "near": polars.Float64(),
        "yes": polars.Boolean(),
        "day": polars.Date(),
        "time": polars.Datetime("us", "UTC"),
        "year": polars.Int32(),
        "name": polars.String(),
        "mixed": polars.String(),
    }
    assert frame["whole"].sum() == 15
    assert frame["iri"].to_list() == ["http://a/", None]
    assert polars.read_ipc(get(client, OF_ALL_KINDS, ARROW)).equals(frame)
    stream = get(client, OF_ALL_KINDS, ARROW_STREAM)
    assert polars.read_ipc_stream(stream).equals(frame)


def test_pandas_reads_files(client: httpx.Client) -> None:
    for body, reader in (
        (get(client, OF_ALL_KINDS, PARQUET), pandas.read_parquet),
        (get(client, OF_ALL_KINDS, ARROW), pandas.read_feather),
    ):
        frame = reader(io.BytesIO(body))
        types = frame.dtypes.astype(str).to_dict()
        assert types["whole"] == "int64"
        assert types["near"] == "float64"
        assert types["yes"] == "bool"
        assert types["time"] == "datetime64[us, UTC]"
        assert types["year"] == "int32"
        assert frame["name"].to_list() == ["Ville", "City"]


@pytest.mark.parametrize("format_", [ARROW, ARROW_STREAM, PARQUET])
def test_a_hundred_thousand_rows_come_whole(
    client: httpx.Client, format_: Format
) -> None:
    table = read(get(client, HUNDRED_THOUSAND, format_), format_)
    assert table.column_names == ["s", "o", "m"]
    assert table.schema.types == [pa.string(), pa.int64(), pa.int64()]
    assert table.num_rows == 25 * THINGS == 100_000
    assert sum(table.column("o").to_pylist()) == 25 * sum(range(THINGS))


def test_an_answer_that_is_known_whole_names_no_limits(client: httpx.Client) -> None:
    response = ask(client, HUNDRED_THOUSAND, format="parquet")
    assert len(response.content) > 64 * 1024
    assert "sparql-limits" not in response.headers


def test_more_rows_than_the_cap_are_refused(client: httpx.Client) -> None:
    query = "SELECT * { ?s ?p ?o . ?a ?b ?c }"
    response = ask(client, query, format="arrow")
    assert response.status_code == 503
    assert "more than 120000 rows" in str(problem(response)["detail"])


def test_what_takes_too_much_memory_is_refused(client: httpx.Client) -> None:
    text = "CONCAT(STR(?s), " + ", ".join(["'0123456789abcdef'"] * 100) + ", STR(?m))"
    query = f"SELECT ({text} AS ?text) {{ ?s ?p ?o {EACH} }}"
    response = ask(client, query, format="parquet")
    assert response.status_code == 503
    assert "memory" in str(problem(response)["detail"])
    assert ask(client, OF_ALL_KINDS, format="parquet").status_code == 200


def test_head_and_a_copy_are_answered_as_for_text(client: httpx.Client) -> None:
    parameters = {"query": OF_ALL_KINDS, "format": "parquet"}
    response = client.head("/sparql", params=parameters)
    assert response.headers["content-type"] == PARQUET.media_type
    tag = response.headers["etag"]
    assert (
        tag
        != client.head("/sparql", params={**parameters, "format": "arrow"}).headers[
            "etag"
        ]
    )
    again = client.get("/sparql", params=parameters, headers={"If-None-Match": tag})
    assert again.status_code == 304


def test_what_is_offered_is_said(client: httpx.Client) -> None:
    response = client.get(
        "/sparql", params={"query": OF_ALL_KINDS}, headers={"Accept": "image/gif"}
    )
    assert response.status_code == 406
    description = Store()
    description.load(
        client.get("/sparql", headers={"Accept": "text/turtle"}).content,
        RdfFormat.TURTLE,
        base_iri=BASE,
    )
    said = {
        quad.object
        for quad in description.quads_for_pattern(SERVICE, SD.resultFormat, None)
    }
    for format_ in (ARROW, ARROW_STREAM, PARQUET):
        assert format_.media_type in response.text
        types = "https://www.iana.org/assignments/media-types/"
        assert NamedNode(types + format_.media_type) in said


def test_a_yes_or_no_is_no_table_with_types(client: httpx.Client) -> None:
    response = ask(client, "ASK {}", format="parquet")
    assert response.status_code == 406
