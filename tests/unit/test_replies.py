"""Which replies are kept, and for how long."""

import pytest
from starlette.responses import Response

from ssc_kg.graphql_api.replies import Replies

ROOM = 80_000
LARGEST = ROOM // 8 - 2_048


def reply(size: int) -> Response:
    return Response(b"x" * size)


def test_a_reply_is_found_by_all_that_it_depends_on() -> None:
    replies, kept = Replies(ROOM), reply(1)
    replies.keep((1, "json", b"asked"), kept, asked=b"asked")
    assert replies.find((1, "json", b"asked")) is kept
    assert replies.find((2, "json", b"asked")) is None


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
