"""GraphiQL in a real browser, from our own server and nowhere else."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal
from urllib.parse import quote, urlsplit

import pytest
import strawberry
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from ssc_kg.explorer.graphiql import graphiql_page
from ssc_kg.explorer.landing import Face, landing_page
from ssc_kg.explorer.static import is_built, static_routes
from tests.serving import serving

QUERY = '{ agreement(slug: "citynet-unescap") { title } }'
ANSWER = "Memorandum of citynet-unescap"
SHARED = 'query Shared { agreement(slug: "oier-itu") { title } }'

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))),
    None,
)
QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    "--no-sandbox",
)


@strawberry.type
class Agreement:
    title: str


@strawberry.type
class Query:
    @strawberry.field
    def agreement(self, slug: str) -> Agreement:
        return Agreement(title=f"Memorandum of {slug}")


SCHEMA = strawberry.Schema(Query)


async def answer(request: Request) -> Response:
    asked = request.query_params if request.method == "GET" else await request.json()
    is_page = "text/html" in request.headers["accept"] and "format" not in asked
    if is_page:
        query = asked.get("query", QUERY)
        return graphiql_page(endpoint="/graphql", default_query=query)
    result = await SCHEMA.execute(asked["query"])
    return JSONResponse({"data": result.data})


async def front(_request: Request) -> Response:
    return landing_page([Face("GraphQL", "/graphql", "Ask in the browser.")])


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    routes = [
        *static_routes(),
        Route("/graphql", answer, methods=["GET", "POST"]),
        Route("/", front),
    ]
    with serving(Starlette(routes=routes)) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("there is no Chromium; tools/install-browser.sh installs it")
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)


@pytest.fixture
def context(browser: Browser, server: str) -> Iterator[BrowserContext]:
    context = browser.new_context(base_url=server)
    with context:
        yield context


@contextmanager
def without_complaint(context: BrowserContext, server: str) -> Iterator[Page]:
    """Give a page that must load from `server` only, with nothing on its console."""
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    yield page
    assert complaints == []
    hosts = {urlsplit(url).netloc for url in asked if not url.startswith("data:")}
    assert hosts == {urlsplit(server).netloc}


def test_the_package_was_built_with_its_bundle() -> None:
    assert is_built("graphiql"), "build it: python -m pip install --no-deps -e . -v"


@pytest.mark.parametrize(
    ("scheme", "theme"),
    [
        pytest.param("light", "vs", id="light"),
        pytest.param("dark", "vs-dark", id="dark"),
    ],
)
def test_the_default_query_runs_at_one_click(
    browser: Browser, server: str, scheme: Literal["light", "dark"], theme: str
) -> None:
    context = browser.new_context(base_url=server, color_scheme=scheme)
    with context, without_complaint(context, server) as page:
        page.goto("/graphql")
        page.get_by_role("button", name="Execute query").click()
        page.get_by_text(ANSWER).wait_for()
        page.locator(f".result-window .monaco-editor.{theme}").wait_for()


def test_the_editor_knows_the_schema(context: BrowserContext, server: str) -> None:
    with without_complaint(context, server) as page:
        page.goto("/graphql")
        page.get_by_role("button", name="Documentation Explorer").click()
        page.get_by_role("link", name="Query", exact=True).click()
        page.get_by_role("link", name="agreement", exact=True).wait_for()


def test_a_shared_query_opens_in_the_editor(
    context: BrowserContext, server: str
) -> None:
    with without_complaint(context, server) as page:
        page.goto("/graphql")
        page.get_by_role("button", name="Execute query").click()
        page.get_by_text(ANSWER).wait_for()
        page.goto(f"/graphql?query={quote(SHARED)}")
        page.get_by_role("button", name="Execute query").click()
        page.get_by_text("Memorandum of oier-itu").wait_for()


def test_without_scripts_the_page_is_a_form_that_answers(
    browser: Browser, server: str
) -> None:
    context = browser.new_context(base_url=server, java_script_enabled=False)
    with context:
        with without_complaint(context, server) as page:
            page.goto("/graphql")
            assert page.get_by_label("Query").input_value() == QUERY
        page.get_by_role("button", name="Run the query").click()
        assert ANSWER in page.content()


def test_the_front_page_leads_to_graphiql(context: BrowserContext, server: str) -> None:
    with without_complaint(context, server) as page:
        page.goto("/")
        page.get_by_role("link", name="GraphQL").click()
        page.get_by_role("button", name="Execute query").wait_for()
