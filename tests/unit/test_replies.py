"""Which replies are kept, for how long, and by what."""

import asyncio
from collections.abc import Mapping

import pytest
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.types import Message, Receive, Scope, Send

from ssc_kg.http.compression import MINIMUM_BYTES, Compression
from ssc_kg.http.replies import Replies, answer_again, keep_reply

ROOM = 80_000
PATH = "/graphql"
HEADERS = {"accept": "application/json"}


class Answers:
    """An application that counts how often it is asked."""

    def __init__(self, *, maximum: int = ROOM) -> None:
        self.asked = 0
        self.repeated = 0
        self.version = 1
        self.size = 1
        self.status = 200
        self.is_streamed = False
        self.is_lasting = True
        self.repeats = False
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
        if self.repeats:
            answer_again(request, self._repeat)
        content = sent + b"." * self.size
        reply = (
            StreamingResponse(iter([content, b"!"]), self.status)
            if self.is_streamed
            else Response(content, self.status)
        )
        await reply(scope, receive, send)

    def _repeat(self, sent: bytes) -> tuple[int, bytes] | None:
        self.repeated += 1
        if not sent:
            return None
        return self.version, sent + b"." * self.size

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
    answers.repeats = True
    for _ in range(2):
        assert answers.ask(b"a")[1] == b"a."
        assert answers.ask(b"a")[1] == b"a."
    assert (answers.asked, answers.repeated) == (3, 3)


def repeating(**settings: object) -> Answers:
    answers = Answers()
    answers.repeats = True
    for name, value in settings.items():
        setattr(answers, name, value)
    return answers


def test_another_body_is_answered_without_asking_again() -> None:
    answers = repeating()
    first, second = answers.ask(b"a"), answers.ask(b"bcd")
    assert second[1] == b"bcd."
    assert second[0] == {**first[0], b"content-length": b"4"}
    assert (answers.asked, answers.repeated) == (1, 1)


def test_what_was_answered_so_is_kept_too() -> None:
    answers = repeating()
    answers.ask(b"a")
    assert answers.ask(b"b") == answers.ask(b"b")
    assert (answers.asked, answers.repeated) == (1, 1)
    answers.version = 2
    answers.ask(b"b")
    assert (answers.asked, answers.repeated) == (1, 2)


def test_what_takes_longer_is_asked() -> None:
    answers = repeating()
    answers.ask(b"a")
    assert answers.ask(b"")[1] == b"."
    assert (answers.asked, answers.repeated) == (2, 1)


@pytest.mark.parametrize(
    "asked",
    [
        pytest.param({"method": "GET"}, id="a method"),
        pytest.param({"query": b"a=1"}, id="parameters"),
        pytest.param({"headers": HEADERS | {"prefer": "x"}}, id="a header"),
    ],
)
def test_what_is_sent_otherwise_is_asked(asked: dict[str, object]) -> None:
    answers = repeating()
    answers.ask(b"a")
    answers.ask(b"b", **asked)  # type: ignore[arg-type]  # of its arguments
    assert (answers.asked, answers.repeated) == (2, 0)


@pytest.mark.parametrize(
    ("settings", "headers"),
    [
        pytest.param({"status": 503}, HEADERS, id="an error"),
        pytest.param({"is_streamed": True}, HEADERS, id="a stream"),
        pytest.param(
            {"size": MINIMUM_BYTES}, HEADERS | {"accept-encoding": "gzip"}, id="packed"
        ),
        pytest.param({}, HEADERS | {"accept": "a" * 2_048}, id="to very long headers"),
    ],
)
def test_some_replies_tell_nothing_of_others(
    settings: dict[str, object], headers: Mapping[str, str]
) -> None:
    answers = repeating(**settings)
    answers.ask(b"a", headers=headers)
    answers.ask(b"b", headers=headers)
    assert (answers.asked, answers.repeated) == (2, 0)


def test_a_reply_that_would_be_compressed_is_asked() -> None:
    answers, gzip = repeating(), HEADERS | {"accept-encoding": "gzip"}
    answers.ask(b"a", headers=gzip)
    assert answers.ask(b"b" * (MINIMUM_BYTES - 2), headers=gzip)[1].endswith(b"b.")
    assert answers.asked == 1
    packed = answers.ask(b"b" * (MINIMUM_BYTES - 1), headers=gzip)
    assert packed[0][b"content-encoding"] == b"gzip"
    assert answers.asked == 2
