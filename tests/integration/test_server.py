"""`ssc-kg serve`: what it prints, what it answers, and what it refuses to start on."""

import socket
import time
from pathlib import Path

import httpx
import pytest
from pyoxigraph import NamedNode, Quad

from ssc_kg.rdf.vocab import RDF, SSC
from ssc_kg.store.versions import Versions
from tests.conftest import Server
from tests.datasets import publish
from tests.server import run, running_server

SECONDS = 60
BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


def test_it_says_that_it_lives_and_what_it_answers_from(server: Server) -> None:
    assert httpx.get(f"{server.address}/healthz").json() == {"status": "ok"}
    ready = httpx.get(f"{server.address}/readyz").json()
    assert (ready["status"], ready["version"]) == ("ready", 1)


def test_the_front_page_leads_to_every_face(server: Server) -> None:
    page = httpx.get(f"{server.address}/")
    for path in ("graphql", "sparql", "ontology", "id/agreement/citynet-unescap-mou"):
        assert f'href="/{path}"' in page.text
        address = f"{server.address}/{path}"
        answer = httpx.get(address, headers=BROWSER, follow_redirects=True)
        assert answer.is_success


def test_a_browser_gets_a_form_for_sparql_and_its_answers(server: Server) -> None:
    address = f"{server.address}/sparql"
    page = httpx.get(
        address, params={"example": "agreements-and-parties"}, headers=BROWSER
    )
    assert page.headers["content-type"].startswith("text/html")
    assert "ssc:signatory" in page.text
    answer = httpx.get(
        address, params={"query": "ASK {}", "format": "json"}, headers=BROWSER
    )
    assert answer.json()["boolean"] is True
    unknown = httpx.get(address, params={"example": "nothing"}, headers=BROWSER)
    assert unknown.status_code == 404


def test_an_unknown_address_is_a_problem_that_other_origins_may_read(
    server: Server,
) -> None:
    response = httpx.get(f"{server.address}/nowhere")
    assert response.status_code == 404
    assert response.headers["content-type"] == "application/problem+json"
    assert response.headers["access-control-allow-origin"] == "*"
    assert response.json()["detail"] == "there is nothing at /nowhere"


def test_data_that_an_older_release_published_is_described_when_it_is_served(
    tmp_path: Path,
) -> None:
    versions = Versions(tmp_path / "data")
    thing = NamedNode("https://w3id.org/ssc-kg/id/city/wels")
    graph = NamedNode("https://w3id.org/ssc-kg/graph/local")
    triple = (thing, RDF.type, SSC.City)
    publish(versions, Quad(*triple, graph), Quad(*triple))
    for _ in range(2):
        with running_server(versions.root) as address:
            assert httpx.get(f"{address}/readyz").json()["version"] == 2
            described = httpx.get(f"{address}/void.ttl")
        assert "void:class ssc:City" in described.text
    assert [record.added for record in versions.list()] == [1, 0]


def test_a_running_server_moves_to_a_new_version_by_itself(tmp_path: Path) -> None:
    data_dir = tmp_path / "data"
    with running_server(data_dir) as address:
        source = tmp_path / "city.ttl"
        source.write_text(
            """@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
            @prefix ssc: <https://w3id.org/ssc-kg/ontology#> .
            <https://w3id.org/ssc-kg/id/city/wels> a ssc:City ;
                skos:prefLabel "Wels"@en ."""
        )
        done = run("load", str(source), "--data-dir", str(data_dir))
        assert done.returncode == 0, done.stderr
        assert done.stdout.startswith("version 2: 2 added, 0 removed")
        query = '{ place(id: "https://w3id.org/ssc-kg/id/city/wels") { name } }'
        deadline = time.monotonic() + SECONDS
        while (body := ask(address, query)) != {"data": {"place": {"name": "Wels"}}}:
            assert time.monotonic() < deadline, body
            time.sleep(0.1)
        assert httpx.get(f"{address}/readyz").json()["version"] == 2
        assert httpx.get(f"{address}/id/city/wels").status_code == 303
        csv = httpx.get(
            f"{address}/sparql",
            params={"query": "SELECT ?n { ?c a ssc:City ; skos:prefLabel ?n }"},
            headers={"Accept": "text/csv"},
        )
        assert "Wels" in csv.text


def test_a_port_in_use_is_said_in_one_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = run("serve", "--port", str(port), "--data-dir", str(tmp_path / "data"))
    assert done.returncode == 2
    assert done.stderr.startswith(f"error: 127.0.0.1:{port} is in use")
    assert not (tmp_path / "data").exists()
    assert len(done.stderr.splitlines()) == 1


def test_a_directory_of_other_things_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.tex").write_text("chapter one")
    done = run("serve", "--port", "0", "--data-dir", str(tmp_path))
    assert done.returncode == 2
    assert "not an ssc-kg data directory" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.tex"]


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        pytest.param("SSC_KG_PORT", "eighty", id="no number"),
        pytest.param("SSC_KG_PORT", "70000", id="no port"),
        pytest.param("SSC_KG_BASE_IRI", "nowhere", id="no IRI"),
        pytest.param("SSC_KG_QUERY_SECONDS", "0", id="no time"),
    ],
)
def test_a_setting_that_cannot_be_is_named_with_its_value(
    variable: str, value: str, tmp_path: Path
) -> None:
    done = run("serve", "--data-dir", str(tmp_path / "data"), **{variable: value})
    assert done.returncode == 2
    assert done.stderr.startswith("error: ")
    assert repr(value) in done.stderr
    assert variable in done.stderr
    assert not (tmp_path / "data").exists()


def ask(address: str, query: str) -> object:
    return httpx.post(f"{address}/graphql", json={"query": query}).json()


def test_a_server_that_is_told_to_stop_leaves_no_temporary_files(
    tmp_path: Path,
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    with running_server(tmp_path / "data", TMPDIR=str(scratch)) as address:
        query = '{ search(text: "city", first: 1) { totalCount } }'
        assert httpx.post(f"{address}/graphql", json={"query": query}).is_success
        assert httpx.get(f"{address}/diff/1/1").is_success
    assert list(scratch.iterdir()) == []
