"""Which replies are kept, for how long, and by what."""

import asyncio
from collections.abc import Mapping

import pytest
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.types import Message, Receive, Scope, Send

from ssc_kg.http.compression import Compression
from ssc_kg.http.replies import Replies, keep_reply

ROOM = 80_000
PATH = "/graphql"
HEADERS = {"accept": "application/json"}


class Answers:
    """An application that counts how often it is asked."""

    def __init__(self, *, maximum: int = ROOM) -> None:
        self.asked = 0
        self.version = 1
        self.size = 1
        self.status = 200
        self.is_streamed = False
        self.is_lasting = True
        self._replies = Replies(
            Compression(self._answer),
            paths=(PATH,),
            version=lambda: self.version,
            maximum=maximum,
        )

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.asked += 1
        request = Request(scope, receive)
        sent = await request.body()
        if self.is_lasting:
            keep_reply(request, self.version)
        content = sent + b"." * self.size
        reply = (
            StreamingResponse(iter([content, b"!"]), self.status)
            if self.is_streamed
            else Response(content, self.status)
        )
        await reply(scope, receive, send)

    def ask(
        self,
        *pieces: bytes,
        method: str = "POST",
        path: str = PATH,
        query: bytes = b"",
        headers: Mapping[str, str] = HEADERS,
    ) -> tuple[Mapping[bytes, bytes], bytes]:
        """Return the headers and the body of a reply to a body sent in pieces."""
        scope = {
            "type": "http",
            "method": method,
            "path": path,
            "query_string": query,
            "headers": [(k.encode(), v.encode()) for k, v in headers.items()],
        }
        waiting: list[Message] = [
            {"type": "http.request", "body": piece, "more_body": True}
            for piece in pieces or (b"",)
        ]
        waiting[-1]["more_body"] = False
        told = list[Message]()

        async def receive() -> Message:
            if not waiting:
                await asyncio.Event().wait()  # The client stays.
            return waiting.pop(0)

        async def send(message: Message) -> None:
            told.append(message)

        asyncio.run(self._replies(scope, receive, send))
        body = b"".join(message.get("body", b"") for message in told)
        return dict(told[0]["headers"]), body


def test_the_same_request_is_answered_once() -> None:
    answers = Answers()
    first, second = answers.ask(b"a"), answers.ask(b"a")
    assert first == second
    assert first[1] == b"a."
    assert answers.asked == 1


@pytest.mark.parametrize(
    ("asked", "is_known"),
    [
        pytest.param({"method": "GET"}, False, id="a method"),
        pytest.param({"query": b"a=1"}, False, id="parameters"),
        pytest.param({"headers": {"accept": "text/turtle"}}, False, id="a format"),
        pytest.param({"headers": HEADERS | {"prefer": "x"}}, False, id="a preference"),
        pytest.param(
            {"headers": HEADERS | {"accept-language": "fr"}}, False, id="a language"
        ),
        pytest.param({"path": "/sparql"}, False, id="a path"),
        pytest.param(
            {"headers": HEADERS | {"user-agent": "x"}}, True, id="what decides nothing"
        ),
    ],
)
def test_a_request_is_known_by_all_that_decides(
    asked: dict[str, object], *, is_known: bool
) -> None:
    answers = Answers()
    answers.ask(b"a")
    _, body = answers.ask(b"a", **asked)  # type: ignore[arg-type]  # of its arguments
    assert answers.asked == (1 if is_known else 2)
    assert body == b"a."


def test_another_version_is_answered_anew() -> None:
    answers = Answers()
    answers.ask(b"a")
    answers.version = 2
    answers.ask(b"a")
    answers.ask(b"a")
    assert answers.asked == 2


def test_a_reply_is_kept_for_the_version_that_gave_it() -> None:
    class Overtaken(Answers):
        async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
            self.version = 2  # published while the request was on its way
            await super()._answer(scope, receive, send)

    answers = Overtaken()
    answers.ask(b"a")
    answers.ask(b"a")
    assert answers.asked == 1
    answers.version = 1
    answers.ask(b"a")
    assert answers.asked == 2


@pytest.mark.parametrize(
    ("name", "value"),
    [
        pytest.param("is_lasting", False, id="of which nobody says that it lasts"),
        pytest.param("status", 503, id="that is an error"),
        pytest.param("is_streamed", True, id="that is streamed"),
        pytest.param("size", ROOM // 8, id="that is too large"),
    ],
)
def test_a_reply_is_not_kept(name: str, *, value: object) -> None:
    answers = Answers()
    setattr(answers, name, value)
    first, second = answers.ask(b"a"), answers.ask(b"a")
    assert first == second
    assert answers.asked == 2


@pytest.mark.parametrize(
    "pieces",
    [
        pytest.param((b"a", b"b"), id="in pieces"),
        pytest.param((b"a" * 65_537,), id="too long"),
    ],
)
def test_a_body_that_is_no_key_is_answered_each_time(pieces: tuple[bytes, ...]) -> None:
    answers = Answers(maximum=100 * ROOM)
    for _ in range(2):
        assert answers.ask(*pieces)[1] == b"".join(pieces) + b"."
    assert answers.asked == 2


def test_a_compressed_reply_is_kept_beside_the_plain_one() -> None:
    answers = Answers()
    answers.size = 5_000
    gzip = HEADERS | {"accept-encoding": "gzip"}
    plain, packed = answers.ask(b"a"), answers.ask(b"a", headers=gzip)
    assert b"content-encoding" not in plain[0]
    assert packed[0][b"content-encoding"] == b"gzip"
    assert len(packed[1]) < len(plain[1])
    assert (answers.ask(b"a"), answers.ask(b"a", headers=gzip)) == (plain, packed)
    assert answers.asked == 2


def test_those_that_were_used_last_are_kept() -> None:
    answers = Answers()
    answers.size = ROOM // 8 - 2_100
    for number in range(8):
        answers.ask(b"%d" % number)
    answers.ask(b"0")
    answers.ask(b"8")
    assert answers.asked == 9
    answers.ask(b"0")
    assert answers.asked == 9
    answers.ask(b"1")
    assert answers.asked == 10


def test_without_room_none_is_kept() -> None:
    answers = Answers(maximum=0)
    answers.ask()
    answers.ask()
    assert answers.asked == 2
