"""Cursors name a place, and nothing else is taken for one."""

from base64 import urlsafe_b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssc_kg.compiler.cursors import read_cursor, write_cursor
from ssc_kg.errors import CursorError

SLUGS = st.text(st.characters(categories=["L", "N"]), min_size=1)


@given(SLUGS)
def test_a_cursor_comes_back_as_the_iri_it_was_made_of(slug: str) -> None:
    iri = f"http://library.example/{slug}"
    assert read_cursor(write_cursor(iri)).value == iri


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param("nonsense", id="no IRI"),
        pytest.param("é", id="not base64"),
        pytest.param("http://library.example/a", id="an IRI"),
        pytest.param(
            urlsafe_b64encode(b"nhttp://library.example/a").decode(), id="other order"
        ),
        pytest.param(urlsafe_b64encode(b"i\xff").decode(), id="not UTF-8"),
    ],
)
def test_another_text_is_refused_by_name(text: str) -> None:
    with pytest.raises(CursorError) as caught:
        read_cursor(text)
    assert caught.value.text == text
