"""GraphQL subscriptions over server-sent events, against running servers."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import orjson
import pytest

from ssc_kg.store.versions import Versions
from tests.datasets import publish, quad
from tests.server import running_server

STREAM = "text/event-stream"
JSON = "application/json"
NUMBERS = "subscription { versionPublished { number } }"
_SECONDS = 30


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    publish(Versions(tmp_path / "data"), quad("first"))
    return tmp_path / "data"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server for tests that publish nothing; its streams are never silent."""
    data_dir = tmp_path_factory.mktemp("quiet") / "data"
    publish(Versions(data_dir), quad("first"))
    with running_server(data_dir, SSC_KG_GRAPHQL_KEEP_ALIVE="0.1") as served:
        yield served


class Events:
    """Reads a stream: comments are None, events their name and what they carry."""

    def __init__(self, response: httpx.Response) -> None:
        self.response = response
        self._lines = response.iter_lines()

    def read(self) -> tuple[str, object] | None:
        """Return the next event, or None for a comment."""
        block: dict[str, str] = {}
        while line := next(self._lines):
            name, _, value = line.partition(":")
            block[name] = value.strip()
        if "event" not in block:
            assert block == {"": ""}
            return None
        return block["event"], orjson.loads(block["data"]) if block["data"] else None

    def event(self) -> tuple[str, object]:
        """Return the next event, whatever comments come before."""
        while (event := self.read()) is None:
            pass
        return event


@contextmanager
def listening(
    address: str, query: str, method: str = "POST", **more: str
) -> Iterator[Events]:
    """Open a stream, which the server has begun."""
    fields = {"query": query, **more}
    with httpx.stream(
        method,
        f"{address}/graphql",
        params=fields if method == "GET" else None,
        json=fields if method == "POST" else None,
        headers={"Accept": STREAM},
        timeout=_SECONDS,
    ) as response:
        events = Events(response)
        if response.status_code == 200:
            assert response.headers["content-type"].startswith(STREAM)
            assert response.headers["cache-control"] == "no-cache"
            assert events.read() is None
        yield events


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_page_hears_of_each_version_as_it_asked(data_dir: Path, method: str) -> None:
    versions = Versions(data_dir)
    query = """subscription Live { new: versionPublished { ...Facts n: number
      publishedAt @skip(if: true) __typename } } query Other { __typename }
      fragment Facts on Version { triples message }"""
    with (
        running_server(data_dir) as address,
        listening(address, query, method, operationName="Live") as events,
    ):
        for text in ("second", "third"):
            record = publish(versions, quad(text))
            facts = {
                "triples": record.triples,
                "message": "a change",
                "n": record.number,
                "__typename": "Version",
            }
            assert events.event() == ("next", {"data": {"new": facts}})


def test_the_time_of_publication_is_told_in_utc(data_dir: Path) -> None:
    query = "subscription { versionPublished { publishedAt } }"
    with running_server(data_dir) as address, listening(address, query) as events:
        record = publish(Versions(data_dir), quad("second"))
        expected = record.time.strftime("%Y-%m-%dT%H:%M:%SZ")
        told = {"data": {"versionPublished": {"publishedAt": expected}}}
        assert events.event() == ("next", told)


def test_a_server_that_stops_completes_what_is_open(data_dir: Path) -> None:
    with running_server(data_dir) as address:
        opened = listening(address, NUMBERS)
        events = opened.__enter__()
    try:
        assert events.event() == ("complete", None)
        with pytest.raises(StopIteration):
            events.read()
    finally:
        opened.__exit__(None, None, None)


def test_a_silent_stream_says_now_and_then_that_it_lives(address: str) -> None:
    with listening(address, NUMBERS) as events:
        assert [events.read() for _ in range(3)] == [None] * 3


def test_there_are_so_many_streams_at_once_and_those_that_end_make_room(
    data_dir: Path,
) -> None:
    with running_server(data_dir, SSC_KG_GRAPHQL_STREAMS="2") as address:
        with listening(address, NUMBERS), listening(address, NUMBERS):
            response = httpx.get(
                f"{address}/graphql",
                params={"query": NUMBERS},
                headers={"Accept": STREAM},
            )
            assert response.status_code == 503
            assert response.headers["retry-after"] == "10"
            assert response.headers["content-type"] == "application/problem+json"
            assert "2 streams of events are open" in response.json()["detail"]
        # That a client has gone away takes the server a moment to see.
        for _ in range(2):
            assert any(is_room_for_one(address) for _ in range(200))


def is_room_for_one(address: str) -> bool:
    with listening(address, NUMBERS) as events:
        return events.response.status_code == 200


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_query_is_a_stream_of_one_answer(address: str, method: str) -> None:
    with listening(address, "{ goals { totalCount } }", method) as events:
        assert events.event() == ("next", {"data": {"goals": {"totalCount": 0}}})
        assert events.event() == ("complete", None)


@pytest.mark.parametrize(
    ("query", "code"),
    [
        pytest.param("subscription {", "GRAPHQL_PARSE_FAILED", id="syntax"),
        pytest.param(
            "subscription { versionPublished { no } }",
            "GRAPHQL_VALIDATION_FAILED",
            id="unknown field",
        ),
        pytest.param(
            "subscription { a: versionPublished { number } b: versionPublished "
            "{ number } }",
            "GRAPHQL_VALIDATION_FAILED",
            id="two fields",
        ),
        pytest.param(
            "subscription ($n: Boolean!) { versionPublished { number @skip(if: $n) } }",
            "BAD_USER_INPUT",
            id="variables",
        ),
        pytest.param(
            f"subscription {{ versionPublished {{ {'number ' * 2001}}} }}",
            "OPERATION_TOO_LARGE",
            id="too large",
        ),
        pytest.param("{ no }", "GRAPHQL_VALIDATION_FAILED", id="a query"),
    ],
)
def test_what_cannot_run_is_told_in_the_stream(
    address: str, query: str, code: str
) -> None:
    with listening(address, query) as events:
        name, body = events.event()
        assert name == "next"
        assert isinstance(body, dict)
        assert body["errors"][0]["extensions"]["code"] == code
        assert "data" not in body
        assert events.event() == ("complete", None)


def test_a_subscription_is_known_by_its_hash_once_it_was_opened(address: str) -> None:
    digest = hashlib.sha256(NUMBERS.encode()).hexdigest()
    extensions = {"persistedQuery": {"version": 1, "sha256Hash": digest}}
    parameters = {"extensions": orjson.dumps(extensions).decode()}
    with listening(address, NUMBERS, "GET", **parameters) as events:
        assert events.read() is None
    with httpx.stream(
        "GET",
        f"{address}/graphql",
        params=parameters,
        headers={"Accept": STREAM},
        timeout=_SECONDS,
    ) as response:
        events = Events(response)
        assert [events.read() for _ in range(3)] == [None] * 3


def test_a_subscription_asked_for_as_one_answer_is_refused(address: str) -> None:
    url = f"{address}/graphql"
    response = httpx.post(url, json={"query": NUMBERS})
    assert response.status_code == 400
    [error] = response.json()["errors"]
    assert error["extensions"]["code"] == "OPERATION_NOT_SUPPORTED"
    assert error["locations"] == [{"line": 1, "column": 1}]
    got = httpx.get(url, params={"query": NUMBERS}, headers={"Accept": JSON})
    assert got.status_code == 405


def test_a_mutation_by_get_is_not_allowed_in_a_stream_either(address: str) -> None:
    with listening(address, "mutation { a }", "GET") as events:
        assert events.response.status_code == 405
        assert events.response.headers["allow"] == "POST"


def test_the_head_of_a_stream_ends(address: str) -> None:
    response = httpx.head(
        f"{address}/graphql", params={"query": NUMBERS}, headers={"Accept": STREAM}
    )
    assert response.status_code == 200
    assert response.headers["content-type"].startswith(STREAM)
