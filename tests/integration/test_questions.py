"""The catalogue over real HTTP: listed, explained, asked, and told to programs."""

import csv
import io
import re
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator, validate
from pyoxigraph import NamedNode, Quad, RdfFormat, parse

from ssc_kg.catalogue.questions import read_questions
from ssc_kg.rdf.vocab import RDF, SH
from ssc_kg.resources import QUERIES
from tests.conftest import Server
from tests.server import run, running_server

BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
ANSWERS = Path(__file__).parents[1] / "golden" / "questions"
QUESTIONS = read_questions(QUERIES)
SLUGS = [question.slug for question in QUESTIONS]
IN_SPARQL = [question.slug for question in QUESTIONS if question.sparql]
GOAL = "/queries/kpis-of-a-goal"
CITIES = "/queries/compare-three-cities"
PATH = "/queries/how-two-things-are-connected"
QUESTION = NamedNode("https://w3id.org/ssc-kg/queries/kpis-of-a-goal")
ID = "https://w3id.org/ssc-kg/id/"


@pytest.fixture(scope="module")
def client(server: Server) -> Iterator[httpx.Client]:
    headers = {"Accept": "*/*", "Accept-Encoding": "identity"}
    with httpx.Client(base_url=server.address, headers=headers, timeout=60) as client:
        yield client


def problem(response: httpx.Response, status: int) -> dict[str, object]:
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    assert response.headers["access-control-allow-origin"] == "*"
    document: dict[str, object] = response.json()
    return document


def links(response: httpx.Response) -> dict[str, str]:
    found = re.findall(r'<([^>]*)>; rel="(\w+)"', response.headers.get("link", ""))
    return {name: address for address, name in found}


def table(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))


def test_the_list_has_every_question_with_where_it_is_asked(
    client: httpx.Client,
) -> None:
    listed = client.get("/queries").json()
    assert [each["slug"] for each in listed["questions"]] == SLUGS
    for each in listed["questions"]:
        assert client.head(each["address"]).status_code == 200
        assert each["question"].endswith("?")
    found = client.get("/queries", params={"q": "agreement passage"}).json()
    assert 0 < len(found["questions"]) < len(SLUGS)


def test_a_browser_gets_the_list_as_a_page_to_search(client: httpx.Client) -> None:
    page = client.get("/queries", headers=BROWSER)
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert all(f'href="/queries/{slug}"' in page.text for slug in SLUGS)
    assert 'href="/openapi.json"' in page.text
    found = client.get("/queries", params={"q": "wsis <b>"}, headers=BROWSER).text
    assert "&lt;b&gt;" in found
    assert "<b>" not in found
    assert "0 of 4" in found


@pytest.mark.parametrize("slug", SLUGS)
def test_each_question_is_explained_to_people_and_to_programs(
    client: httpx.Client, slug: str
) -> None:
    explained = client.get(f"/queries/{slug}").json()
    [question] = [each for each in QUESTIONS if each.slug == slug]
    assert (explained["sparql"], explained["graphql"]) == (
        question.sparql,
        question.graphql,
    )
    for said, parameter in zip(
        explained["parameters"], question.parameters, strict=True
    ):
        assert said["type"] == parameter.type
        assert said["default"] == parameter.default.value
        values = [value["value"] for value in said.get("values", [])]
        assert bool(values) == (parameter.values is not None)
        assert not values or said["default"] in values
    page = client.get(f"/queries/{slug}", headers=BROWSER)
    assert page.status_code == 200
    for name in [parameter.name for parameter in question.parameters]:
        assert f'name="{name}"' in page.text


@pytest.mark.parametrize("slug", IN_SPARQL)
def test_each_question_has_its_known_answer(client: httpx.Client, slug: str) -> None:
    response = client.get(f"/queries/{slug}.csv")
    assert response.status_code == 200, response.text
    expected = table((ANSWERS / f"{slug}.csv").read_text())
    if slug == "graphs-and-their-sizes":
        # The server publishes more graphs than the seed files.
        assert table(response.text)[0] == expected[0]
        return
    assert table(response.text) == expected
    page = client.get(f"/queries/{slug}.html", params={"limit": "10000"})
    assert page.text.count('<td class="place">') == len(expected) - 1


@pytest.mark.parametrize(
    ("suffix", "media_type"),
    [
        pytest.param("json", "application/sparql-results+json", id="json"),
        pytest.param("xml", "application/sparql-results+xml", id="xml"),
        pytest.param("csv", "text/csv; charset=utf-8", id="csv"),
        pytest.param("tsv", "text/tab-separated-values; charset=utf-8", id="tsv"),
        pytest.param("html", "text/html; charset=utf-8", id="html"),
        pytest.param("parquet", "application/vnd.apache.parquet", id="Parquet"),
        pytest.param("arrow", "application/vnd.apache.arrow.file", id="Arrow"),
        pytest.param("rq", "application/sparql-query; charset=utf-8", id="SPARQL"),
        pytest.param("graphql", "application/graphql; charset=utf-8", id="GraphQL"),
    ],
)
def test_an_answer_comes_by_suffix_by_parameter_and_by_header(
    client: httpx.Client, suffix: str, media_type: str
) -> None:
    by_suffix = client.get(f"{GOAL}.{suffix}")
    assert by_suffix.headers["content-type"] == media_type
    by_name = client.get(GOAL, params={"format": suffix})
    assert by_name.content == by_suffix.content
    assert by_name.headers["etag"] == by_suffix.headers["etag"]
    if suffix != "html":  # A browser that asks for no format gets the question.
        accept = {"Accept": media_type.partition(";")[0]}
        assert client.get(GOAL, headers=accept).content == by_suffix.content


def test_questions_are_examples_for_editors_as_rdf(client: httpx.Client) -> None:
    turtle = {"Accept": "text/turtle"}
    one = {*parse(client.get(GOAL, headers=turtle).content, format=RdfFormat.TURTLE)}
    assert Quad(QUESTION, RDF.type, SH.SPARQLSelectExecutable) in one
    listed = client.get("/queries?format=ntriples")
    assert listed.headers["content-type"].startswith("application/n-triples")
    everything = {*parse(listed.content, format=RdfFormat.N_TRIPLES)}
    assert one < everything
    iris = {quad.subject for quad in everything if quad.predicate == SH.select}
    assert len(iris) == len(IN_SPARQL)
    facts = client.get(PATH, headers=turtle)
    assert b"sh:" not in facts.content
    assert facts.is_success


def test_names_stand_beside_iris_if_that_is_asked_for(client: httpx.Client) -> None:
    labels = {"labels": "on", "limit": "2"}
    page = client.get("/queries/links-to-other-datasets.csv", params=labels)
    assert table(page.text)[0] == ["dataset", "property", "propertyLabel", "things"]
    assert "Accept-Language" in page.headers["vary"]
    assert "labels=on" in links(page)["next"]


def test_a_value_is_asked_for_in_full_or_with_a_prefix(client: httpx.Client) -> None:
    short = client.get(f"{GOAL}.csv", params={"goal": "sdg:4"})
    full = client.get(f"{GOAL}.csv", params={"goal": "http://metadata.un.org/sdg/4"})
    assert short.text == full.text
    assert short.headers["etag"] == full.headers["etag"]
    assert len(table(short.text)) == 7
    text = client.get(f"{GOAL}.rq", params={"goal": "sdg:4"}).text
    assert "VALUES ?goal { <http://metadata.un.org/sdg/4> }" in text


def test_a_question_in_graphql_alone_is_answered_as_json_and_as_rdf(
    client: httpx.Client,
) -> None:
    asked = {"from": f"{ID}organization/wego", "to": "sdg:13"}
    answer = client.get(f"{PATH}.json", params=asked)
    assert answer.headers["content-type"] == "application/json"
    assert answer.json()["data"]["path"]["paths"]
    turtle = client.get(f"{PATH}.ttl", params=asked)
    assert len(list(parse(turtle.content, format=RdfFormat.TURTLE))) > 3
    page = client.get(f"{PATH}.html", params=asked)
    assert "&#34;paths&#34;" in page.text
    refused = problem(client.get(f"{PATH}.csv"), 406)
    assert "json" in str(refused["offered"])
    paged = problem(client.get(f"{PATH}.json", params={"limit": "2"}), 400)
    assert "limit is for rows" in str(paged["detail"])


@pytest.mark.parametrize(
    ("address", "members"),
    [
        pytest.param(
            f"{GOAL}.json?goal=sdg:99",
            {"name": "goal", "text": "sdg:99"},
            id="none of the data",
        ),
        pytest.param(
            f"{GOAL}.csv?goal=Climate+action",
            {"name": "goal", "text": "Climate action"},
            id="a name",
        ),
        pytest.param(f"{GOAL}.csv?goal=", {"name": "goal", "text": ""}, id="nothing"),
        pytest.param(
            f"{PATH}.json?to=sdg%3A1%3E", {"name": "to", "text": "sdg:1>"}, id="no IRI"
        ),
        pytest.param(f"{GOAL}.csv?limit=x", {"name": "limit", "text": "x"}, id="limit"),
        pytest.param(f"{GOAL}.csv?gaol=1", {"name": "gaol"}, id="no such name"),
    ],
)
def test_a_wrong_value_is_a_problem_that_says_what_would_be_right(
    client: httpx.Client, address: str, members: dict[str, object]
) -> None:
    document = problem(client.get(address), 400)
    assert members.items() <= document.items()
    assert "; " in str(document["detail"]) or "has to be" in str(document["detail"])


def test_the_values_near_to_a_wrong_one_may_be_asked_for(client: httpx.Client) -> None:
    document = problem(client.get(f"{CITIES}.json?first=Bizert"), 400)
    near = document["near"]
    assert isinstance(near, list)
    first = near[0].partition(" ")[0]
    assert first == f"{ID}city/bizerte"
    assert client.get(f"{CITIES}.json", params={"first": first}).is_success


HOSTILE = "sdg:11> } INSERT DATA { <a:b> <a:b> <a:b> } #"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(HOSTILE, id="a query"),
        pytest.param("</script><script>alert(1)</script>", id="markup"),
        pytest.param("sdg:11\x00", id="NUL"),
        pytest.param("sdg:" + "1" * 40_000, id="long"),
    ],
)
def test_a_hostile_value_is_refused_and_never_part_of_a_query(
    client: httpx.Client, text: str
) -> None:
    refused = problem(client.get(f"{GOAL}.json", params={"goal": text}), 400)
    assert refused["name"] == "goal"
    page = client.get(f"{GOAL}.html", params={"goal": text})
    assert page.status_code == 400
    assert page.headers["content-type"].startswith("text/html")
    assert "<script" not in page.text
    assert 'role="alert"' in page.text


@pytest.mark.parametrize(
    ("address", "status"),
    [
        pytest.param("/queries/nothing", 404, id="no question"),
        pytest.param("/queries/nothing.csv", 404, id="no question to ask"),
        pytest.param(f"{GOAL}.csv?version=99", 404, id="no version"),
        pytest.param(f"{GOAL}.pdf", 406, id="no format"),
        pytest.param(f"{GOAL}?format=turtle", 406, id="a graph of a table"),
        pytest.param(f"{GOAL}.csv?goal=sdg:1&goal=sdg:2", 400, id="twice"),
        pytest.param("/queries?format=csv", 406, id="the list as a table"),
    ],
)
def test_what_there_is_not_is_said(
    client: httpx.Client, address: str, status: int
) -> None:
    problem(client.get(address), status)


def test_pages_lead_to_each_other_and_add_up(client: httpx.Client) -> None:
    whole = table(client.get("/queries/places-on-a-map.csv").text)
    address, rows, visited = "/queries/places-on-a-map.csv?limit=9", [], []
    while address:
        page = client.get(address)
        rows += table(page.text)[1:]
        visited.append(links(page))
        address = links(page).get("next", "")
    assert rows == whole[1:]
    assert len(visited) == -(-len(rows) // 9)
    assert "prev" not in visited[0]
    assert "offset=0&version=1" in visited[1]["prev"]
    assert visited[2]["first"] == visited[1]["prev"]
    beyond = client.get("/queries/places-on-a-map.csv?limit=9&offset=1000")
    assert table(beyond.text) == whole[:1]
    assert "next" not in links(beyond)
    assert "limits" not in " ".join(page.headers).lower()


def test_a_page_for_people_turns_without_a_script(client: httpx.Client) -> None:
    first = client.get("/queries/targets-of-a-goal.html?goal=sdg:3&limit=5").text
    [following] = re.findall(r'rel="next" href="([^"]*)"', first)
    second = client.get(following.replace("&amp;", "&")).text
    assert "Rows 6 to 10" in second
    assert "<script" not in second
    assert "3 Good health and well-being" in second
    [permalink] = re.findall(r'href="([^"]*)">version 1<', second)
    assert permalink == "/queries/targets-of-a-goal.html?goal=sdg:3&amp;version=1"


def test_numbers_links_and_languages_can_be_told_apart(client: httpx.Client) -> None:
    sizes = client.get("/queries/graphs-and-their-sizes.html").text
    assert '<th scope="col" class="number">triples</th>' in sizes
    assert re.search(r'<td class="number">\d+</td>', sizes)
    assert f'href="/graph/catalogue" title="{ID[:-3]}graph/catalogue"' in sizes
    goals = client.get("/queries/goals-in-three-languages.html").text
    assert 'french <span class="tag">fr</span>' in goals
    assert '<span lang="fr">' in goals


def test_a_copy_stays_right_for_as_long_as_the_version(client: httpx.Client) -> None:
    addresses = [
        *("/queries", GOAL, "/openapi.json", f"{GOAL}.csv", f"{GOAL}.html"),
        *(f"{GOAL}.rq", f"{PATH}.json", f"{PATH}.ttl"),
    ]
    tags = []
    for address in addresses:
        response = client.get(address)
        tag = response.headers["etag"]
        tags.append(tag)
        assert response.headers["vary"].startswith("Accept")
        assert response.headers["access-control-allow-origin"] == "*"
        assert "max-age" in response.headers["cache-control"]
        again = client.get(address, headers={"If-None-Match": tag})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == tag
        head = client.head(address)
        assert (head.status_code, head.content) == (200, b"")
        assert head.headers["etag"] == tag
    assert len(set(tags)) == len(tags)


def test_an_answer_may_be_kept_as_a_file(client: httpx.Client) -> None:
    kept = client.get(f"{GOAL}.csv?download")
    assert kept.headers["content-disposition"] == (
        'attachment; filename="kpis-of-a-goal.csv"'
    )
    shown = client.get(f"{GOAL}.csv")
    assert shown.headers["content-disposition"].startswith("inline; ")


def test_a_question_may_be_given_less_time(client: httpx.Client) -> None:
    short = client.get("/queries/partnership-nodes.json?timeout=0.001")
    assert "at least 0.1" in str(problem(short, 400)["detail"])
    assert client.get("/queries/partnership-nodes.json?timeout=20").status_code == 200
    preferred = client.get(f"{GOAL}.csv", headers={"Prefer": "wait=5"})
    assert preferred.headers["preference-applied"] == "wait=5"
    wrong = problem(client.get(f"{GOAL}.csv?timeout=soon"), 400)
    assert "timeout is 'soon'" in str(wrong["detail"])


def test_only_reading_is_allowed(client: httpx.Client) -> None:
    refused = client.post(f"{GOAL}.csv")
    assert refused.status_code == 405
    assert refused.headers["allow"] == "GET, HEAD"


def test_the_description_for_programs_is_valid_and_true(client: httpx.Client) -> None:
    document = client.get("/openapi.json").json()
    validate(document, cls=OpenAPIV31SpecValidator)
    paths = document["paths"]
    assert {f"/queries/{slug}.{{format}}" for slug in SLUGS} < set(paths)
    schemas = document["components"]["schemas"]
    for path, item in paths.items():
        if "{format}" not in path:
            continue
        format_, *parameters = item["get"]["parameters"]
        names = [each["name"] for each in parameters if "name" in each]
        content = item["get"]["responses"]["200"]["content"]
        # Of a picture it depends on the rows whether there is one.
        for suffix in set(format_["schema"]["enum"]) - {"svg", "png"}:
            response = client.head(path.replace("{format}", suffix))
            assert response.headers["content-type"].partition(";")[0] in content
        for each, name in zip(parameters, names, strict=False):
            schema = each["schema"].get("$ref", "").rpartition("/")[2]
            for value in schemas.get(schema, {}).get("enum", [])[:2]:
                address = path.replace("{format}", "json")
                asked = client.head(address, params={name: value})
                assert asked.status_code == 200, (address, name, value)


def test_the_front_page_leads_to_the_questions(client: httpx.Client) -> None:
    assert 'href="/queries"' in client.get("/").text


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A server whose data has changed since its first version."""
    directory = tmp_path_factory.mktemp("changed")
    with (
        running_server(directory / "data") as address,
        httpx.Client(base_url=address, timeout=60) as client,
    ):
        assert client.get("/queries/action-lines.csv?limit=5").is_success
        source = directory / "one.ttl"
        source.write_text(
            """@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
            @prefix ssc: <https://w3id.org/ssc-kg/ontology#> .
            <https://w3id.org/ssc-kg/id/city/aaa> a ssc:City ;
                skos:prefLabel "Aaa"@en ;
                skos:exactMatch <https://other.example/a> ."""
        )
        done = run("load", str(source), "--data-dir", str(directory / "data"))
        assert done.returncode == 0, done.stderr
        deadline = time.monotonic() + 60
        while client.get("/readyz").json()["version"] == 1:
            assert time.monotonic() < deadline
            time.sleep(0.1)
        yield client


def test_pages_of_one_version_agree_whatever_is_published_between_them(
    changed: httpx.Client,
) -> None:
    address = "/queries/links-to-other-datasets.csv"
    before = changed.get(f"{address}?version=1")
    after = changed.get(address)
    assert len(table(after.text)) == len(table(before.text)) + 1
    assert before.headers["etag"] != after.headers["etag"]
    pages = [changed.get(f"{address}?version=1&limit=2")]
    while following := links(pages[-1]).get("next"):
        assert "version=1" in following
        pages.append(changed.get(following))
    rows = [row for page in pages for row in table(page.text)[1:]]
    assert rows == table(before.text)[1:]
    assert 'version=2">version 2' in changed.get(f"{GOAL}.html").text


def test_pages_below_a_low_row_cap_add_up(server: Server) -> None:
    whole = table(httpx.get(f"{server.address}/queries/kpi-tree.csv").text)
    flags = {"SSC_KG_QUERY_ROWS": "20"}
    with running_server(server.data_dir, **flags) as address:
        found = list[list[str]]()
        page: str | None = f"{address}/queries/kpi-tree.csv?limit=50"
        while page:
            response = httpx.get(page)
            rows = table(response.text)[1:]
            assert len(rows) <= 20
            found += rows
            following = links(response).get("next")
            page = following and str(response.url.join(following))
        assert found == whole[1:]
        cut = httpx.get(f"{address}/queries/kpi-tree.json")
        all_ = httpx.get(f"{server.address}/queries/kpi-tree.json")
        assert cut.headers["etag"] != all_.headers["etag"]
