"""Forms, beside the reader of the standard library."""

from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ssc_kg.errors import RequestError
from ssc_kg.http.forms import MAX_FIELDS, parse_form

TEXT = st.text(st.characters(codec="utf-8"))


@given(st.lists(st.tuples(TEXT, TEXT)))
def test_what_is_encoded_is_read_as_it_was(fields: list[tuple[str, str]]) -> None:
    fields = [field for field in fields if any(field)]
    assert parse_form(urlencode(fields).encode()) == fields


@given(st.text(st.sampled_from("%=&+z0\r\n_;25")))
@example("a=%2%415&%=%%25&==&%0a=%0D%0A&a=%\n&b=%\r")
def test_what_nobody_encoded_is_read_as_by_others(text: str) -> None:
    expected = parse_qsl(text, keep_blank_values=True, errors="strict")
    assert parse_form(text.encode()) == expected


@pytest.mark.parametrize(
    "encoded", [pytest.param(b"a=%ff", id="escaped"), pytest.param(b"a=\xff", id="raw")]
)
def test_what_is_not_utf_8_is_refused(encoded: bytes) -> None:
    with pytest.raises(RequestError, match="UTF-8"):
        parse_form(encoded)


def test_text_that_should_have_been_escaped_is_read_all_the_same() -> None:
    assert parse_form("a=é".encode()) == [("a", "é")]


def test_too_many_percent_signs_that_escape_nothing_are_refused() -> None:
    with pytest.raises(RequestError, match="write %25"):
        parse_form(b"%" * 10**6)


def test_too_many_fields_are_refused() -> None:
    assert len(parse_form(b"&".join([b"a=b"] * MAX_FIELDS))) == MAX_FIELDS
    with pytest.raises(RequestError, match="1000 fields"):
        parse_form(b"&" * 10**6)
