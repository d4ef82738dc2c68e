"""Static files: kept for ever by browsers, at addresses that follow their content."""

import asyncio

import httpx
import pytest
from starlette.applications import Starlette

from ssc_kg.explorer.static import address, static_routes


def get(path: str, **headers: str) -> httpx.Response:
    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(Starlette(routes=static_routes()))
        async with httpx.AsyncClient(
            transport=transport, base_url="http://test"
        ) as client:
            return await client.get(path, headers=headers)

    return asyncio.run(ask())


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        pytest.param("site.css", "text/css; charset=utf-8", id="style sheet"),
        pytest.param("icon.svg", "image/svg+xml", id="icon"),
    ],
)
def test_a_file_answers_at_its_address_and_may_be_kept(
    name: str, media_type: str
) -> None:
    response = get(address(name))
    assert response.status_code == 200
    assert response.headers["Content-Type"] == media_type
    assert "immutable" in response.headers["Cache-Control"]


def test_a_browser_that_has_the_file_gets_304() -> None:
    tag = get(address("site.css")).headers["ETag"]
    response = get(address("site.css"), **{"If-None-Match": tag})
    assert response.status_code == 304
    assert "immutable" in response.headers["Cache-Control"]


@pytest.mark.parametrize(
    "path",
    [
        pytest.param("/static/0123456789ab/site.css", id="content of another time"),
        pytest.param("/static/site.css", id="no content named"),
        pytest.param(address("absent.css"), id="no such file"),
        pytest.param(address("../page.py"), id="outside, dots"),
        pytest.param(address("%2e%2e/page.py"), id="outside, escaped dots"),
        pytest.param(address("built"), id="directory"),
    ],
)
def test_nothing_else_answers_or_is_kept(path: str) -> None:
    response = get(path)
    assert response.status_code == 404
    assert "Cache-Control" not in response.headers


def test_an_address_begins_with_the_root() -> None:
    assert address("site.css", root="/kg/") == f"/kg{address('site.css')}"
