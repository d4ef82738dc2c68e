"""Queries that call other endpoints, which are servers of our own on other ports."""

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from ssc_kg.app import query_pool
from ssc_kg.errors import ConfigurationError, MalformedIriError
from ssc_kg.settings import Settings
from ssc_kg.store.workers import Limits
from tests.integration.test_endpoint import (
    ENDLESS,
    OneVersion,
    application,
    ask,
    problem,
    rows,
)
from tests.serving import serving

THERE = 10
REDIRECTS = (301, 302, 303, 307, 308)
LIMITS = Limits(seconds=20, memory=2**28, output=10**6, queue=4)
COUNT = "SELECT (COUNT(*) AS ?n) {{ SERVICE <{}> {{ ?s ?p ?o }} }}"
LONG = f"# {'long ' * 1_000}\n"


class Calls(NamedTuple):
    """A client of a server that may call two others, and what these are."""

    client: httpx.Client
    there: str
    redirecting: str
    """It sends everybody to the other one, with the status that its path says."""
    redirected: list[str]


@pytest.fixture(scope="module")
def calls(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Calls]:
    here = OneVersion(tmp_path_factory.mktemp("here"))
    there = OneVersion(tmp_path_factory.mktemp("there"), things=THERE)
    redirected: list[str] = []

    async def send_away(request: Request) -> Response:
        redirected.append(request.url.path)
        return RedirectResponse(f"{other}/sparql", int(request.path_params["status"]))

    away = Starlette(routes=[Route("/{status}", send_away, methods=["GET", "POST"])])
    with (
        serving(application(there, LIMITS, size=1)) as other,
        serving(away) as redirecting,
    ):
        services = f"{other}/sparql", *(f"{redirecting}/{n}" for n in REDIRECTS)
        limits = replace(LIMITS, services=services)
        with (
            serving(application(here, limits, size=1)) as address,
            httpx.Client(base_url=address, timeout=30) as client,
        ):
            yield Calls(client, f"{other}/sparql", redirecting, redirected)


@pytest.mark.parametrize("prologue", ["", pytest.param(LONG, id="a long text")])
def test_an_endpoint_that_is_allowed_is_called(calls: Calls, prologue: str) -> None:
    response = calls.client.post(
        "/sparql",
        data={"query": prologue + COUNT.format(calls.there)},
        headers={"Accept": "application/sparql-results+json"},
    )
    assert rows(response) == [[str(THERE)]]


def test_the_description_says_that_endpoints_may_be_called(calls: Calls) -> None:
    response = calls.client.get("/sparql", headers={"Accept": "text/turtle"})
    assert "sd:feature sd:BasicFederatedQuery" in response.text
    assert f"<{calls.there}>" in response.text


def test_what_another_endpoint_said_is_not_kept(calls: Calls) -> None:
    response = ask(calls.client, COUNT.format(calls.there))
    assert response.headers["cache-control"] == "no-store"
    assert "etag" not in response.headers


def test_what_is_here_and_there_is_joined(calls: Calls) -> None:
    query = f"SELECT ?o {{ ?s ?p ?o SERVICE <{calls.there}> {{ ?s ?p ?o }} }}"
    response = ask(calls.client, query, format="json")
    assert sorted(int(row[0]) for row in rows(response)) == [*range(THERE)]


@pytest.mark.parametrize("status", REDIRECTS)
def test_an_endpoint_leads_nowhere_else(calls: Calls, status: int) -> None:
    service = f"{calls.redirecting}/{status}"
    response = ask(calls.client, COUNT.format(service))
    assert response.status_code == 503
    assert f"<{service}> could not answer" in str(problem(response)["detail"])
    assert calls.redirected[-1] == f"/{status}"


def test_an_endpoint_that_is_not_allowed_is_not_called(calls: Calls) -> None:
    response = ask(calls.client, COUNT.format(f"{calls.redirecting}/299"))
    assert response.status_code == 403
    assert "/299" not in calls.redirected
    assert f"<{calls.there}>" in str(problem(response)["detail"])


def test_an_endpoint_that_takes_too_long_is_not_waited_for(calls: Calls) -> None:
    query = f"SELECT * {{ SERVICE <{calls.there}> {{ {ENDLESS} }} }}"
    response = ask(calls.client, query, timeout="1")
    assert response.status_code == 503
    assert problem(response)["limit"] == "seconds"
    # Others are answered all the while.
    assert rows(ask(calls.client, "SELECT (1 AS ?n) {}", format="json")) == [["1"]]


def test_a_query_that_calls_nobody_cannot(calls: Calls) -> None:
    query = f"ASK FROM <{calls.there}> {{ ?s ?p ?o }}"
    assert ask(calls.client, query, format="json").json()["boolean"] is False


@pytest.mark.parametrize(
    ("services", "error"),
    [
        pytest.param("http://ex/a file:///etc/passwd", ConfigurationError, id="a file"),
        pytest.param("sparql", MalformedIriError, id="no IRI"),
    ],
)
def test_a_service_that_is_no_address_is_refused_at_the_start(
    services: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        query_pool(Settings.model_validate({"query_services": services}))
