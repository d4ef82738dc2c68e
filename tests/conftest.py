"""Options and fixtures that every test may use."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import pyoxigraph
import pytest

from ssc_kg.dataset.texts import TEXT_FIELDS
from ssc_kg.engine.engine import Engine
from ssc_kg.graphql_api.schema import domain_engine
from ssc_kg.store.embedded import EmbeddedStore
from ssc_kg.store.search.index import SearchIndex
from ssc_kg.store.versions import Versions
from tests.npm import install
from tests.seeds import load_seeds
from tests.server import running_server

SHARED_DOCUMENTS = Path(__file__).parents[2] / "shared" / "seeds"


@dataclass(frozen=True, slots=True)
class Server:
    """A running `ssc-kg serve`."""

    address: str
    """Where it answers, without a slash at the end."""
    data_dir: Path


class GoldenFile(Protocol):
    """Compares text with a file, or rewrites the file under --update-golden."""

    def __call__(self, path: Path, actual: str) -> None: ...


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden", action="store_true", help="rewrite expected outputs"
    )
    parser.addoption(
        "--operations",
        type=int,
        default=10,
        help="how many random operations are drawn for each of 20 seeds",
    )
    parser.addoption(
        "--places",
        type=int,
        default=96,
        help="how many places of the schema are sent hostile texts; 0: all",
    )
    parser.addoption(
        "--clients", action="store_true", help="run stock clients, which npm brings"
    )


@pytest.fixture
def operations(request: pytest.FixtureRequest) -> int:
    number: int = request.config.getoption("--operations")
    return number


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> GoldenFile:
    update = request.config.getoption("--update-golden")
    if update and os.environ.get("CI"):
        pytest.fail("golden files are never rewritten in CI")

    def check(path: Path, actual: str) -> None:
        if update:
            path.write_text(actual)
        assert path.exists(), f"{path.name} is missing; run pytest --update-golden"
        assert actual == path.read_text()

    return check


@pytest.fixture(scope="session")
def engine() -> Engine:
    return domain_engine()


@pytest.fixture(scope="session")
def seeds() -> pyoxigraph.Store:
    """The seed data for any form of SPARQL query; no test writes to it."""
    return load_seeds()


@pytest.fixture(scope="session")
def seed_store(seeds: pyoxigraph.Store) -> EmbeddedStore:
    """The seed data as the engine reads it; the index is made when it is searched."""
    store = EmbeddedStore(seeds)
    return store.with_texts(SearchIndex(Path("none"), store, TEXT_FIELDS))


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of the seed data that no test writes to."""
    data_dir = tmp_path_factory.mktemp("served") / "data"
    with running_server(data_dir) as address:
        yield Server(address, data_dir)


@pytest.fixture(scope="session")
def workshop(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Path:
    """A directory with clients from npm, the schema and what is written for them."""
    if not request.config.getoption("--clients"):
        pytest.skip("asked for by --clients")
    directory = tmp_path_factory.mktemp("clients")
    install(directory)
    return directory


@pytest.fixture(scope="session")
def served(server: Server) -> pyoxigraph.Store:
    """What the server answers from: the seed data, and what the version adds to it."""
    versions = Versions(server.data_dir)
    record = versions.current()
    assert record is not None
    return pyoxigraph.Store.read_only(str(versions.path(record.number)))
