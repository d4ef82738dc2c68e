"""How versions differ, over HTTP: in every format, for programs and for people."""

import json
from collections.abc import Iterator

import httpx
import pyoxigraph
import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, parse

from ssc_kg.app import create_app
from ssc_kg.dataset import difference
from ssc_kg.formats.table import DIFFERENCE_FORMATS, N_QUADS, TEXT, TRIG, Format
from ssc_kg.publish import difference as face
from ssc_kg.rdf.vocab import DCTERMS, SKOS
from ssc_kg.settings import Settings
from ssc_kg.store.snapshot import Snapshots
from ssc_kg.store.versions import Versions
from tests.datasets import BASE, SOURCE, publish, quad, quads_of
from tests.serving import serving

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
VOID_GRAPH = NamedNode(f"{BASE}graph/void")
THING = NamedNode(f"{BASE}id/city/a")
HOSTILE = "<script>alert(1)</script>"
SCRIPT = NamedNode("javascript:alert(1)")


def name(text: str, language: str = "en") -> list[Quad]:
    label = Literal(text, language=language)
    return [
        Quad(THING, SKOS.prefLabel, label, SOURCE),
        Quad(THING, SKOS.prefLabel, label),
    ]


@pytest.fixture(scope="module")
def versions(tmp_path_factory: pytest.TempPathFactory) -> Versions:
    versions = Versions(tmp_path_factory.mktemp("data"))
    publish(versions, *name("Old"), quad("a"))
    link = Quad(THING, DCTERMS.source, SCRIPT, SOURCE)
    figure = quad("figure", VOID_GRAPH)
    publish(
        versions, *name(HOSTILE), *name("Neu", "de"), link, figure, removed=name("Old")
    )
    publish(versions, *(quad(f"many{number}") for number in range(3000)))
    publish(versions, Quad(BlankNode("b"), DCTERMS.title, Literal("b"), SOURCE))
    return versions


@pytest.fixture(scope="module")
def client(versions: Versions) -> Iterator[httpx.Client]:
    settings = Settings.model_validate({"query_workers": 1, "memory_budget": 0})
    with (
        Snapshots(versions) as snapshots,
        serving(create_app(settings, snapshots)) as address,
        httpx.Client(base_url=address, timeout=60) as client,
    ):
        yield client


@pytest.mark.parametrize(
    "format_", DIFFERENCE_FORMATS, ids=lambda format_: format_.name
)
def test_it_comes_in_every_format(client: httpx.Client, format_: Format) -> None:
    plain = {"Accept-Encoding": "identity"}
    asked = {"Accept": format_.media_type, **plain}
    response = client.get("/diff/1/2", headers=asked)
    assert response.status_code == 200
    assert response.headers["content-type"].partition(";")[0] == format_.media_type
    address = f"/diff/1/2.{format_.suffix}"
    assert response.headers["content-location"] == address
    file = f'inline; filename="diff-1-2.{format_.suffix}"'
    assert response.headers["content-disposition"] == file
    assert response.headers["cache-control"] == "public, max-age=31536000, immutable"
    for same in (address, f"/diff/1/2?format={format_.name}"):
        assert client.get(same).content == response.content
    head = client.head(address, headers=plain)
    for header in ("etag", "content-type", "vary", "link", "last-modified"):
        assert head.headers[header] == response.headers[header]
    known = {"If-None-Match": response.headers["etag"], **plain}
    assert client.get(address, headers=known).status_code == 304


@pytest.mark.parametrize("pair", [(1, 2), (2, 1), (1, 3), (3, 3)], ids=str)
def test_the_update_makes_the_other_version(
    client: httpx.Client, versions: Versions, pair: tuple[int, int]
) -> None:
    before, after = pair
    store = pyoxigraph.Store()
    store.extend(quads_of(versions, before))
    merge = {q for q in store if isinstance(q.graph_name, pyoxigraph.DefaultGraph)}
    store.update(client.get(f"/diff/{before}/{after}.ru").text)
    expected = quads_of(versions, after)
    assert set(store) - merge == {
        q for q in expected if not isinstance(q.graph_name, pyoxigraph.DefaultGraph)
    }


@pytest.mark.parametrize("format_", [TRIG, N_QUADS], ids=lambda format_: format_.name)
def test_the_graphs_have_what_is_added_and_removed(
    client: httpx.Client, versions: Versions, format_: Format
) -> None:
    response = client.get(f"/diff/1/3.{format_.suffix}")
    quads = set(parse(response.content, format=format_.rdf))
    one, three = quads_of(versions, 1), quads_of(versions, 3)
    for kind, expected in (("added", three - one), ("removed", one - three)):
        part = NamedNode(f"{BASE}diff/1/3#{kind}/graph/source/example")
        inside = {
            Quad(q.subject, q.predicate, q.object, SOURCE)
            for q in quads
            if q.graph_name == part
        }
        assert inside == {q for q in expected if q.graph_name == SOURCE}


def test_curl_gets_a_report(client: httpx.Client) -> None:
    response = client.get("/diff/1/2")
    assert response.headers["content-type"] == "text/plain; charset=utf-8"
    assert "4 added, 1 removed, in 2 graphs" in response.text
    assert '-   skos:prefLabel "Old"@en\n' in response.text
    assert "@@ void: 1 added, not shown @@" in response.text
    whole = client.get("/diff/1/2?all=on")
    assert whole.headers["content-location"] == "/diff/1/2.txt?all=on"
    assert "@@ void: 1 added @@" in whole.text
    assert whole.headers["etag"] != response.headers["etag"]


def test_names_are_in_the_language_of_the_reader(client: httpx.Client) -> None:
    german = client.get("/diff/1/2.json", headers={"Accept-Language": "de"})
    [thing] = json.loads(german.content)["graphs"][0]["things"]
    assert thing["name"] == "Neu"
    other = client.get("/diff/1/2.json")
    assert other.headers["etag"] != german.headers["etag"]
    assert "Accept-Language" in other.headers["vary"]


def test_a_browser_sees_the_report(client: httpx.Client) -> None:
    page = client.get("/diff/1/2", headers={"Accept": BROWSER})
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert HOSTILE not in page.text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page.text
    assert 'href="javascript' not in page.text
    assert '<li class="del"><del>' in page.text
    assert '<option value="1" selected>version 1</option>' in page.text
    assert '<option value="2" selected>version 2</option>' in page.text
    for format_ in DIFFERENCE_FORMATS:
        assert f'href="/diff/1/2.{format_.suffix}"' in page.text


def test_a_page_says_that_there_is_more(
    client: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def count(text: str) -> int:
        return text.count('<li class="ins">')

    page = client.get("/diff/2/3.html")
    assert count(page.text) == face.MOST_SHOWN
    assert "the first statements only" in page.text
    monkeypatch.setattr(face, "MOST_SHOWN", 3000)
    whole = client.get("/diff/2/3.html")
    assert count(whole.text) == 3000
    assert "the first statements only" not in whole.text
    text = client.get("/diff/2/3").text
    assert sum(line.startswith("+   ") for line in text.splitlines()) == 3000


def test_the_form_leads_to_a_difference(client: httpx.Client) -> None:
    for query, address in (
        ("", "/diff/3/4"),
        ("?after=2", "/diff/1/2"),
        ("?before=4&after=1", "/diff/4/1"),
        ("?before=1&after=3&all=on", "/diff/1/3?all=on"),
        ("?after=1", "/diff/1/1"),
    ):
        response = client.get(f"/diff{query}")
        assert response.status_code == 303
        assert response.headers["location"] == address
    wrong = client.get("/diff?before=x")
    assert wrong.status_code == 400
    assert "before is 'x'" in wrong.json()["detail"]


@pytest.mark.parametrize("path", ["/diff/1/9", "/diff/9/1", "/diff/1/9.trig"])
def test_an_unknown_version_lists_those_there_are(
    client: httpx.Client, path: str
) -> None:
    response = client.get(path)
    assert response.status_code == 404
    assert response.json()["known"] == [1, 2, 3, 4]


@pytest.mark.parametrize("path", ["/diff/0/1", "/diff/x/1", "/diff/1/x", "/diff/1/-1"])
def test_what_is_no_version_is_404(client: httpx.Client, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    detail = response.json()["detail"]
    assert (
        f"{path}>" in detail or detail == "there is no version 0; published: 1, 2, 3, 4"
    )


def test_what_is_not_offered_is_listed(client: httpx.Client) -> None:
    for path, accept in (("/diff/1/2.csv", "*/*"), ("/diff/1/2", "image/png")):
        response = client.get(path, headers={"Accept": accept})
        assert response.status_code == 406
        assert len(response.json()["offered"]) == len(DIFFERENCE_FORMATS) + 1
    assert client.get("/diff/1/2?all=maybe").status_code == 400


def test_an_update_that_cannot_be_written_is_refused_at_once(
    client: httpx.Client,
) -> None:
    response = client.get("/diff/3/4.ru")
    assert response.status_code == 400
    assert "ask for rdf-patch or nquads" in response.json()["detail"]
    assert client.get("/diff/3/4.rdfp").status_code == 200


def test_much_is_compared_in_a_process_apart(
    client: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = client.get("/diff/2/4.txt")
    monkeypatch.setattr(difference, "_SMALL", 0)
    large = client.get("/diff/4/2.txt")
    assert "3001 removed" in large.text
    assert "3001 added" in small.text
    assert TEXT.media_type in large.headers["content-type"]
