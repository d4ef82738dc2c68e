"""Accept-Language against a running server: the languages in which texts are shown."""

import subprocess

import httpx
import orjson
import pytest
from pyoxigraph import RdfFormat, parse

from tests.conftest import Server
from tests.server import run

GOAL = "http://metadata.un.org/sdg/1"
NAME = f'{{ goal(id: "{GOAL}") {{ name }} }}'
ENGLISH, FRENCH, SPANISH = "No poverty", "Pas de pauvreté", "Fin de la pobreza"
BEST = "{ goals(first: 3, orderBy: [{name: DESC}]) { nodes { name } } }"


def ask(
    server: Server, query: str, *, method: str = "POST", **headers: str
) -> httpx.Response:
    if method == "GET":
        address, parameters = f"{server.address}/graphql", {"query": query}
        return httpx.get(address, params=parameters, headers=headers)
    body = {"query": query}
    return httpx.post(f"{server.address}/graphql", json=body, headers=headers)


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize(
    ("accepted", "name"),
    [
        pytest.param("fr", FRENCH, id="French"),
        pytest.param("es-MX, en;q=0.9", SPANISH, id="of another place"),
        pytest.param("zh-Hans, fr;q=0.2", FRENCH, id="the second"),
        pytest.param("tlh", ENGLISH, id="none that is there"),
        pytest.param("en;q=0, *;q=0.1", SPANISH, id="any but English"),
        pytest.param("*;q=0", ENGLISH, id="none at all, but it is never null"),
        pytest.param("fr_FR", ENGLISH, id="not readable"),
        pytest.param("?, fr;q=2, es", SPANISH, id="readable in part"),
        pytest.param("", ENGLISH, id="empty"),
    ],
)
def test_names_are_in_the_languages_of_the_header(
    server: Server, method: str, accepted: str, name: str
) -> None:
    response = ask(server, NAME, method=method, **{"Accept-Language": accepted})
    assert response.json() == {"data": {"goal": {"name": name}}}
    assert "Accept-Language" in response.headers["vary"]
    assert "content-language" not in response.headers


def test_several_headers_are_one_list(server: Server) -> None:
    response = httpx.post(
        f"{server.address}/graphql",
        json={"query": NAME},
        headers=[("Accept-Language", "tlh"), ("Accept-Language", "es")],
    )
    assert response.json()["data"]["goal"]["name"] == SPANISH


def test_a_field_that_asks_for_a_language_has_that(server: Server) -> None:
    query = f'{{ goal(id: "{GOAL}") {{ name(language: "es") names {{ language }} }} }}'
    response = ask(server, query, **{"Accept-Language": "fr"})
    languages = [{"language": tag} for tag in ("fr", "en", "es")]
    assert response.json()["data"]["goal"] == {"name": SPANISH, "names": languages}


def test_lists_are_ordered_by_the_names_that_are_shown(server: Server) -> None:
    def names(accepted: str) -> list[str]:
        response = ask(server, BEST, **{"Accept-Language": accepted})
        return [node["name"] for node in response.json()["data"]["goals"]["nodes"]]

    found = [names(accepted) for accepted in ("en", "fr", "es")]
    assert len({first for first, *_ in found}) == 3
    assert all(each == sorted(each, reverse=True) for each in found)


@pytest.mark.parametrize("format_", ["text/turtle", "application/ld+json"])
def test_a_graph_has_the_name_that_json_shows(server: Server, format_: str) -> None:
    headers = {"Accept": format_, "Accept-Language": "fr"}
    response = ask(server, NAME, method="GET", **headers)
    rdf = RdfFormat.from_media_type(format_)
    [quad] = parse(response.content, format=rdf)
    assert str(quad.object) == f'"{FRENCH}"@fr'
    assert "Accept-Language" in response.headers["vary"]


def test_a_copy_in_another_language_is_no_copy(server: Server) -> None:
    turtle = {"Accept": "text/turtle"}
    french = ask(server, NAME, method="GET", **turtle, **{"Accept-Language": "fr"})
    held = turtle | {"If-None-Match": french.headers["etag"]}
    again = ask(server, NAME, method="GET", **held, **{"Accept-Language": "FR;q=1"})
    spanish = ask(server, NAME, method="GET", **held, **{"Accept-Language": "es"})
    assert (again.status_code, spanish.status_code) == (304, 200)


def test_an_explanation_says_which_languages_were_read(server: Server) -> None:
    headers = {"Prefer": "explain", "Accept-Language": "en;q=0.5,FR"}
    told = ask(server, NAME, **headers).json()["extensions"]["explain"]
    assert told["languages"] == ["fr", "en;q=0.5"]


def test_what_is_no_language_is_told_with_what_would_be_right(server: Server) -> None:
    response = ask(server, "{ goals { nodes { name(language: 1) } } }")
    assert response.status_code == 400
    response = ask(server, '{ goals { nodes { name(language: "fr_FR") } } }')
    [error] = response.json()["errors"]
    assert (
        "'fr_FR' is no list of languages; write tags of languages (BCP 47)"
        in (error["message"])
    )
    assert error["extensions"]["code"] == "BAD_USER_INPUT"
    assert error["locations"] == [{"line": 1, "column": 19}]


def test_the_command_line_takes_languages_too(server: Server) -> None:
    def query(accepted: str) -> subprocess.CompletedProcess[str]:
        asked = ("query", "-", "--language", "graphql", "--data-dir", server.data_dir)
        return run(*asked, "--accept-language", accepted, stdin=NAME)

    answer = orjson.loads(query("es, fr;q=0.1").stdout)
    assert answer == {"data": {"goal": {"name": SPANISH}}}
    refused = query("fr_FR")
    assert refused.returncode == 2
    assert "--accept-language: 'fr_FR' is no list of languages" in refused.stderr


def test_languages_are_not_for_sparql(server: Server) -> None:
    asked = ("query", "action-lines", "--data-dir", server.data_dir)
    refused = run(*asked, "--accept-language", "fr")
    assert refused.returncode == 2
    assert "--accept-language is for the names of --labels" in refused.stderr
