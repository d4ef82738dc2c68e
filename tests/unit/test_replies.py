"""Which replies are kept, and for how long."""

import pytest
from starlette.responses import Response

from ssc_kg.graphql_api.replies import Replies

ROOM = 80_000
LARGEST = ROOM // 8 - 2_048


def reply(size: int) -> Response:
    return Response(b"x" * size)


def test_a_reply_is_found_by_all_that_it_depends_on() -> None:
    replies = Replies(ROOM)
    replies.keep((1, "json", b"asked"), reply(1), asked=b"asked")
    found = replies.find((1, "json", b"asked"))
    assert found is not None
    assert (found.status_code, found.body) == (200, b"x")
    assert replies.find((2, "json", b"asked")) is None


def test_what_middleware_writes_into_a_reply_is_not_kept() -> None:
    replies, first = Replies(ROOM), reply(9)
    replies.keep("key", first, asked=b"")
    first.headers["Content-Encoding"] = "gzip"
    second = replies.find("key")
    assert second is not None
    second.headers["Content-Length"] = "3"
    third = replies.find("key")
    assert third is not None
    assert {**third.headers} == {"content-length": "9"}


@pytest.mark.parametrize(
    ("size", "asked", "is_kept"),
    [
        pytest.param(LARGEST, 0, True, id="an eighth"),
        pytest.param(LARGEST + 1, 0, False, id="more"),
        pytest.param(LARGEST, 1, False, id="with what was asked"),
    ],
)
def test_a_large_reply_is_not_kept(size: int, asked: int, *, is_kept: bool) -> None:
    replies = Replies(ROOM)
    replies.keep("key", reply(size), asked=b"x" * asked)
    assert (replies.find("key") is not None) is is_kept


def test_those_that_were_used_last_are_kept() -> None:
    replies = Replies(ROOM)
    for number in range(8):
        replies.keep(number, reply(LARGEST), asked=b"")
    assert replies.find(0) is not None
    replies.keep(8, reply(LARGEST), asked=b"")
    assert replies.find(0) is not None
    assert replies.find(1) is None


def test_without_room_none_is_kept() -> None:
    replies = Replies(0)
    replies.keep("key", reply(0), asked=b"")
    assert replies.find("key") is None
