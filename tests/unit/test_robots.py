"""What robots are told to leave out."""

import anyio
import httpx
import pytest
from starlette.applications import Starlette

from ssc_kg.publish.crawl import routes
from ssc_kg.store.snapshot import Snapshot
from ssc_kg.urls import Urls


class _Unread:
    def current(self) -> Snapshot:
        message = "what robots are told depends on no version"
        raise AssertionError(message)

    def open(self, number: int) -> Snapshot:
        message = f"they are not told of version {number}"
        raise AssertionError(message)


@pytest.mark.parametrize(
    ("public_url", "root"),
    [
        pytest.param("/", "/", id="any host"),
        pytest.param("https://example.org/", "/", id="a host"),
        pytest.param("https://example.org/cities/", "/cities/", id="below a path"),
    ],
)
def test_robots_are_told_paths(public_url: str, root: str) -> None:
    app = Starlette(
        routes=[*routes(_Unread(), Urls("https://w3id.org/a/", public_url))]
    )

    async def ask() -> str:
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(
            transport=transport, base_url="http://x"
        ) as client:
            return (await client.get("/robots.txt")).text

    lines = anyio.run(ask).splitlines()
    assert f"Disallow: {root}sparql" in lines
    refused = [line for line in lines if line.startswith("Disallow: ")]
    assert all(line.startswith(f"Disallow: {root}") for line in refused)
