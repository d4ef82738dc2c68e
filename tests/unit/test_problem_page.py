"""What a page says of a problem, and where it leads."""

import pytest
from starlette.requests import Request

from ssc_kg.errors import (
    KnowledgeGraphError,
    QueryTimedOutError,
    RequestError,
    UnknownQuestionError,
    WithdrawnResourceError,
)
from ssc_kg.http.problem_page import ProblemPage, view_problem
from ssc_kg.http.problems import describe
from ssc_kg.urls import Urls

URLS = Urls("https://w3id.org/ssc-kg/", "/kg/")
CITY = "https://w3id.org/ssc-kg/id/city/a"


def see(error: Exception, path: str = "/kg/doc/city/a", query: str = "") -> ProblemPage:
    request = Request(
        {
            "type": "http",
            "method": "GET",
            "path": path,
            "raw_path": path.encode(),
            "query_string": query.encode(),
            "headers": [(b"host", b"x")],
        }
    )
    return view_problem(request, describe(error, URLS), URLS)


def steps(page: ProblemPage) -> dict[str, str]:
    return {link.title: link.address for link in page.steps}


def test_what_was_withdrawn_may_be_asked_of_the_version_before() -> None:
    page = see(WithdrawnResourceError(CITY, 7), query="format=ttl&version=7")
    assert page.status == 410
    assert page.kind == "/kg/problems/withdrawn"
    asked = steps(page)["Ask the version before"]
    assert asked == "/kg/doc/city/a?format=ttl&version=6"
    assert steps(page)["Versions"] == "/kg/versions"
    first = see(WithdrawnResourceError(CITY, 1))
    assert "Ask the version before" not in steps(first)


def test_who_may_come_again_is_told_when() -> None:
    page = see(QueryTimedOutError(2.5), "/kg/queries/a.csv", "limit=3")
    [again] = [link for link in page.steps if link.title == "Try again"]
    assert (again.address, again.hint) == ("/kg/queries/a.csv?limit=3", "in 3 seconds")


def test_questions_that_are_near_are_offered() -> None:
    known = ["scores-of-cities", "cities-by-goal", "partnership-edges"]
    page = see(
        UnknownQuestionError("score-of-city", known), "/kg/queries/score-of-city"
    )
    [near] = page.offered
    assert near.address == "/kg/queries/scores-of-cities"
    assert page.search.hint == "score of city"


@pytest.mark.parametrize(
    ("error", "status"),
    [
        pytest.param(RequestError("x"), 400, id="of the client's"),
        pytest.param(KnowledgeGraphError("secret"), 500, id="of the server's own"),
        pytest.param(ValueError("secret"), 500, id="of nobody's"),
    ],
)
def test_any_problem_has_a_page(error: Exception, status: int) -> None:
    page = see(error)
    assert page.status == status
    assert "secret" not in page.detail
    assert steps(page)["Front page"] == "/kg/"
