"""Pictures of answers over HTTP: what is drawn, what is refused, what it holds up."""

import asyncio
import json
import os
import re
import signal
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from pathlib import Path

import httpx
import pytest

import ssc_kg
from ssc_kg.catalogue.questions import choose_question, read_questions
from ssc_kg.charts.apart import Wanted
from ssc_kg.errors import ChartError, QueryLimit, QueryTooLargeError
from ssc_kg.publish.pictures import AS_IT_FITS, describe_picture
from ssc_kg.resources import QUERIES
from ssc_kg.session.session import Session
from ssc_kg.store.workers import Limits, QueryPool
from tests.conftest import Server
from tests.integration.test_questions import problem
from tests.server import Watched, running_server, watched_server

CITIES = "scores-of-cities"
WORDS = choose_question(read_questions(QUERIES), CITIES).words
POPULATIONS = """
SELECT ?city ?people {
  VALUES (?city ?people) { ("Oslo" 717710) ("Moscow" 13104177) ("Pully" 18694) }
}
"""
TEXTS = 'SELECT ?a { VALUES ?a { "b" } }'
DIGITS = " ".join(f'"{digit}"' for digit in range(10))
MANY = "SELECT * {{ {values} BIND(?a AS ?n) }}".format(
    values=" ".join(f"VALUES ?{name} {{ {DIGITS} }}" for name in "abcde")
)
CROWD = f"""
SELECT ?end ?other {{
  VALUES ?a {{ {DIGITS} }} VALUES ?b {{ {DIGITS} }} VALUES ?c {{ {DIGITS} }}
  BIND(CONCAT(?a, ?b) AS ?end) BIND(CONCAT(?b, ?c) AS ?other)
}}
"""
"""A network that takes seconds: a hundred nodes, each with twenty edges."""
FIREFOX = (
    "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,"
    "image/png,image/svg+xml,*/*;q=0.8"
)
SVG, PNG = "image/svg+xml", "image/png"


linux = pytest.mark.skipif(
    sys.platform != "linux", reason="what it gives up is Linux's"
)


@pytest.fixture(scope="module")
def client(server: Server) -> Iterator[httpx.Client]:
    headers = {"Accept": "*/*", "Accept-Encoding": "identity"}
    with httpx.Client(base_url=server.address, headers=headers, timeout=60) as client:
        yield client


@pytest.fixture(scope="module")
def session(server: Server) -> Iterator[Session]:
    with ssc_kg.open(server.data_dir) as session:
        yield session


def ask(client: httpx.Client, query: str, accept: str = "*/*", **sent: str) -> str:
    response = client.get(
        "/sparql", params={"query": query, **sent}, headers={"Accept": accept}
    )
    assert response.status_code == 200, response.text
    media_type: str = response.headers["content-type"].partition(";")[0]
    return media_type


@pytest.mark.parametrize("labels", [False, True])
def test_a_picture_is_that_of_python(
    client: httpx.Client, session: Session, *, labels: bool
) -> None:
    query = (
        "SELECT ?party (COUNT(*) AS ?n) { ?signature ssc:signatory ?party }"
        " GROUP BY ?party ORDER BY ?party"
    )
    sent = {"query": query, "format": "svg", "chart": "bar", "title": "Who & <what>"}
    if labels:
        sent["labels"] = "on"
    served = client.get("/sparql", params=sent)
    result = session.sparql(query, labels=labels)
    assert served.text == result.chart("bar", title="Who & <what>").to_svg()
    assert ("CityNet" in served.text) is labels


def test_a_question_has_a_picture_with_its_words_above(
    client: httpx.Client, session: Session
) -> None:
    served = client.get(f"/queries/{CITIES}.svg", params={"chart": "bar"})
    drawn = session.query(CITIES).chart("bar", title=WORDS)
    assert served.text == drawn.to_svg()
    assert served.headers["content-type"] == SVG
    other = client.get(f"/queries/{CITIES}.svg", params={"title": "Three"})
    assert ">Three</title>" in other.text


def test_a_picture_comes_by_suffix_by_parameter_and_by_header(
    client: httpx.Client,
) -> None:
    for suffix, media_type in (("svg", SVG), ("png", PNG)):
        ways = (
            client.get(f"/queries/{CITIES}.{suffix}"),
            client.get(f"/queries/{CITIES}", params={"format": suffix}),
            client.get(f"/queries/{CITIES}", headers={"Accept": media_type}),
        )
        assert {way.headers["content-type"] for way in ways} == {media_type}
        assert len({way.content for way in ways}) == 1
    assert ways[0].content.startswith(b"\x89PNG")


def test_only_who_names_a_picture_gets_one(client: httpx.Client) -> None:
    assert ask(client, POPULATIONS, SVG) == SVG
    assert ask(client, POPULATIONS, "image/png, */*;q=0.1") == PNG
    json = "application/sparql-results+json"
    assert ask(client, POPULATIONS, FIREFOX) == "text/html"
    assert ask(client, POPULATIONS, "image/*, */*;q=0.1") == json
    page = client.get(f"/queries/{CITIES}", headers={"Accept": FIREFOX})
    assert page.headers["content-type"].startswith("text/html")
    refused = client.get(
        "/sparql", params={"query": POPULATIONS}, headers={"Accept": "image/*"}
    )
    offered = problem(refused, 406)["offered"]
    assert isinstance(offered, list)
    assert offered[-2:] == [SVG, PNG]


@pytest.mark.parametrize(
    ("rows", "drawn"),
    [
        pytest.param('("Oslo" 1) ("Bergen" 2)', "Bar chart", id="texts and numbers"),
        pytest.param("(2019 1) (2020 2)", "Line chart", id="numbers and numbers"),
        pytest.param("(<http://a/> <http://b/>)", "Network", id="things and things"),
    ],
)
def test_what_fits_first_is_drawn(client: httpx.Client, rows: str, drawn: str) -> None:
    query = f"SELECT * {{ VALUES (?first ?second) {{ {rows} }} }}"
    answer = client.get("/sparql", params={"query": query, "format": "svg"})
    assert f'<desc id="description">{drawn}' in answer.text


def test_positions_are_drawn_as_a_map(client: httpx.Client) -> None:
    answer = client.get("/queries/places-on-a-map.svg")
    assert '<desc id="description">Map of' in answer.text


def test_what_does_not_fit_is_refused_as_python_does_it(
    client: httpx.Client, session: Session
) -> None:
    sent = {"query": TEXTS, "format": "svg", "chart": "map"}
    told = problem(client.get("/sparql", params=sent), 400)
    with pytest.raises(ChartError) as refused:
        session.sparql(TEXTS).chart("map")
    assert told["detail"] == str(refused.value)
    assert told["chart"] == "map"
    by_itself = client.get("/sparql", params={"query": TEXTS, "format": "png"})
    assert "numbers" in str(problem(by_itself, 400)["detail"])
    ends = 'SELECT * { VALUES (?a ?b) { ("a" "b") } }'
    by_itself = client.get("/sparql", params={"query": ends, "format": "png"})
    assert "asked for by its name" in str(problem(by_itself, 400)["detail"])
    sent = {"query": ends, "format": "png", "chart": "network"}
    assert client.get("/sparql", params=sent).status_code == 200


@pytest.mark.parametrize(
    ("rows", "status"),
    [
        pytest.param(
            '("2020-01-01T00:00:00"^^xsd:dateTime 1)'
            ' ("2020-01-01T00:00:00Z"^^xsd:dateTime 2)',
            400,
            id="dates with a zone and without one",
        ),
        pytest.param(
            '("0001-01-01"^^xsd:date 1) ("9999-12-31"^^xsd:date 2)',
            200,
            id="all dates that there are",
        ),
        pytest.param(f'("a" "{"9" * 400}"^^xsd:integer)', 400, id="400 digits"),
        pytest.param('("a" 1.7e308) ("b" -1.7e308)', 400, id="too far apart"),
        pytest.param('("a\\u0001\\uFFFE" 1)', 200, id="characters that XML has not"),
        pytest.param(
            '("0001-01-01T00:00:00+14:00"^^xsd:dateTime 1)', 400, id="no day in UTC"
        ),
    ],
)
def test_whatever_the_data_are_it_is_a_picture_or_a_refusal(
    client: httpx.Client, rows: str, status: int
) -> None:
    query = f"SELECT * {{ VALUES (?first ?second) {{ {rows} }} }}"
    answer = client.get("/sparql", params={"query": query, "format": "svg"})
    if status == 200:
        assert answer.status_code == 200, answer.text
        ET.fromstring(answer.content)  # noqa: S314  (we wrote it)
    else:
        assert "this result makes no" in str(problem(answer, status)["detail"])
    # A page of an answer says what its picture would show, without drawing it.
    results = client.get("/sparql", params={"query": query, "format": "json"}).content
    described = describe_picture(results, AS_IT_FITS)
    assert (described is None) or "chart" in described
    if status == 200:
        assert described is not None


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        pytest.param(
            {"format": "svg", "chart": "pie"}, "there are: bar, line", id="no such"
        ),
        pytest.param({"format": "csv", "chart": "bar"}, "pictures alone", id="csv"),
        pytest.param({"title": "Cities"}, "pictures alone", id="no format"),
        pytest.param(
            {"format": "svg", "title": "a\x00b"}, "one line of at most 300", id="title"
        ),
    ],
)
def test_what_says_nothing_right_of_a_picture_is_refused(
    client: httpx.Client, sent: dict[str, str], says: str
) -> None:
    by_query = client.get("/sparql", params={"query": POPULATIONS, **sent})
    assert says in str(problem(by_query, 400)["detail"])
    sent = {"format": "json"} | sent
    by_slug = client.get(f"/queries/{CITIES}", params=sent)
    assert says in str(problem(by_slug, 400)["detail"])


def test_too_many_rows_are_refused_and_not_cut(client: httpx.Client) -> None:
    sent = {"query": MANY, "format": "svg", "chart": "network"}
    detail = str(problem(client.get("/sparql", params=sent), 400)["detail"])
    assert "no network chart: it has more than 10000 rows" in detail
    fewer = {**sent, "query": f"{MANY} LIMIT 10000"}
    assert client.get("/sparql", params=fewer).status_code == 200


def test_a_graph_and_a_yes_or_no_have_no_picture(client: httpx.Client) -> None:
    for query in ("ASK {}", "CONSTRUCT WHERE { ?s ?p ?o }"):
        sent = {"query": query, "format": "svg"}
        response = client.get("/sparql", params=sent)
        assert SVG not in str(problem(response, 406)["offered"])


def test_a_page_of_rows_is_drawn_and_leads_to_the_next(client: httpx.Client) -> None:
    sent = {"limit": "3", "chart": "bar"}
    answer = client.get("/queries/partnership-nodes.svg", params=sent)
    assert "3 categories" in answer.text
    following = re.search(r'<([^>]*)>; rel="next"', answer.headers["link"])
    assert following is not None
    assert following[1].startswith("/queries/partnership-nodes.svg?")
    assert "chart=bar" in following[1]
    assert client.get(following[1]).text != answer.text


def test_a_picture_is_kept_and_confirmed_as_every_answer(client: httpx.Client) -> None:
    for path, sent in (
        ("/sparql", {"query": POPULATIONS, "format": "svg"}),
        (f"/queries/{CITIES}.svg", {}),
    ):
        answer = client.get(path, params=sent)
        assert "Accept" in answer.headers["vary"]
        assert answer.headers["access-control-allow-origin"] == "*"
        assert answer.headers["content-disposition"].endswith('.svg"')
        tag = answer.headers["etag"]
        assert client.get(path, params={**sent, "title": "x"}).headers["etag"] != tag
        for known in (tag, "*"):
            again = client.get(path, params=sent, headers={"If-None-Match": known})
            assert (again.status_code, again.content) == (304, b"")
        head = client.head(path, params=sent)
        assert head.headers["content-length"] == str(len(answer.content))
        kept = client.get(path, params={**sent, "download": ""})
        assert kept.headers["content-disposition"].startswith("attachment")
    posted = client.post("/sparql", data={"query": POPULATIONS, "format": "svg"})
    assert posted.headers["content-type"] == SVG
    assert "etag" not in posted.headers


def test_a_page_shows_the_picture_of_its_rows_if_they_fit(
    client: httpx.Client,
) -> None:
    page = client.get(f"/queries/{CITIES}.html", params={"chart": "bar"}).text
    shown = re.search(r'<img src="([^"]+)" alt="([^"]+)"', page)
    assert shown is not None
    address, words = map(unescape, shown.groups())
    assert address.startswith(f"/queries/{CITIES}.svg?")
    picture = client.get(address)
    assert picture.status_code == 200
    assert words in unescape(picture.text)
    png = re.search(r'href="([^"]+\.png[^"]*)"', page)
    assert png is not None
    assert client.get(unescape(png[1])).headers["content-type"] == PNG
    again = client.get(f"/queries/{CITIES}.html").text
    assert "limit=100&amp;offset=0" in again
    other = client.get("/queries/documents-and-their-facts.html?chart=map").text
    assert "<img" not in other


def test_programs_are_told_of_pictures(client: httpx.Client) -> None:
    document = client.get("/openapi.json").json()
    asked = document["paths"][f"/queries/{CITIES}.{{format}}"]["get"]
    assert {SVG, PNG} < set(asked["responses"]["200"]["content"])
    names = [each.get("$ref", "").rpartition("/")[2] for each in asked["parameters"]]
    assert {"chart", "title"} < set(names)
    chart = document["components"]["parameters"]["chart"]["schema"]
    assert chart["enum"] == ["bar", "line", "map", "network"]


@linux
def test_what_draws_has_given_up_what_a_query_worker_has(
    server: Server, tmp_path: Path
) -> None:
    sent = {"query": POPULATIONS, "format": "svg"}
    with (
        watched_server(server.data_dir, tmp_path / "log") as watched,
        httpx.Client(base_url=watched.address, timeout=60) as client,
    ):
        assert painters(watched) == []
        assert client.get("/sparql", params=sent).status_code == 200
        [painter] = painters(watched)
        told = (painter / "status").read_text()
        assert re.findall(r"(?:NoNewPrivs|Seccomp):\t(\d)", told) == ["1", "2"]
        assert os.getpriority(os.PRIO_PROCESS, int(painter.name)) >= 10
        names = re.findall(rb"(?:^|\0)(\w+)=", (painter / "environ").read_bytes())
        assert sorted(names) == [b"MALLOC_ARENA_MAX", b"PYTHONPATH"]
        limits = (painter / "limits").read_text()
        assert re.search(r"Max address space +\d+ ", limits)
        os.kill(int(painter.name), signal.SIGKILL)
        for title in "ab":
            again = client.get("/sparql", params={**sent, "title": title})
            assert again.status_code == 200
        [painter] = painters(watched)
    assert not painter.exists()


def test_a_picture_that_takes_too_much_memory_is_refused_and_others_are_drawn() -> None:
    def wanted(name: str) -> bytes:
        ends = {end: {"type": "literal", "value": f"{end}{name}"} for end in "ab"}
        table = {"head": {"vars": [*ends]}, "results": {"bindings": [ends]}}
        results = json.dumps(table)
        return Wanted("network", "", is_svg=True, results=results).write()

    async def draw() -> None:
        limits = Limits(seconds=60, memory=2**20, output=2**20, queue=1)
        async with QueryPool("ssc_kg.publish.painter", limits, size=1) as pool:
            with pytest.raises(QueryTooLargeError) as refused:
                await pool.draw(wanted("w" * 2**22))
            assert refused.value.limit == QueryLimit.MEMORY
            assert b"Network of 2 nodes" in await pool.draw(wanted("w"))

    asyncio.run(draw())


def painters(watched: Watched) -> list[Path]:
    """Return the processes of a server that draw, as directories of /proc."""
    root = Path("/proc", str(watched.process))
    children = (root / "task" / root.name / "children").read_text().split()
    processes = [Path("/proc", child) for child in children]
    return [
        process
        for process in processes
        if b"ssc_kg.publish.painter" in (process / "cmdline").read_bytes()
    ]


def test_drawing_is_stopped_in_time_and_holds_nobody_up(server: Server) -> None:
    with (
        running_server(server.data_dir) as address,
        httpx.Client(base_url=address, timeout=60) as client,
        ThreadPoolExecutor(3) as others,
    ):
        sent = {"query": POPULATIONS, "format": "svg"}
        assert ask(client, POPULATIONS) == "application/sparql-results+json"
        crowd = {**sent, "query": CROWD, "timeout": "0.5", "chart": "network"}
        stopped = client.get("/sparql", params=crowd)
        assert problem(stopped, 503)["limit"] == "seconds"
        drawing = [
            others.submit(client.get, "/sparql", params={**sent, "title": title})
            for title in "abc"
        ]
        longest = 0.0
        while not all(each.done() for each in drawing):
            start = time.perf_counter()
            assert client.get("/healthz").status_code == 200
            longest = max(longest, time.perf_counter() - start)
        assert [each.result().status_code for each in drawing] == [200, 200, 200]
        assert longest < 0.5


_WITHOUT = """
import sys
from importlib.machinery import PathFinder
find = PathFinder.find_spec
def find_none(name, *others):
    return None if name.partition(".")[0] == "matplotlib" else find(name, *others)
PathFinder.find_spec = find_none
from ssc_kg.publish.answers import offer
from ssc_kg.http.negotiation import negotiate
from ssc_kg.errors import NotAcceptableError
from ssc_kg.sparql.scan import Form
try:
    negotiate("image/svg+xml", offer(Form.SELECT))
except NotAcceptableError as error:
    print(error)
import ssc_kg.app
"""


def test_without_the_packages_that_draw_no_picture_is_offered() -> None:
    said = subprocess.run(
        [sys.executable, "-c", _WITHOUT], capture_output=True, check=True, text=True
    ).stdout
    assert "text/csv" in said
    assert said.count("image/") == 1
