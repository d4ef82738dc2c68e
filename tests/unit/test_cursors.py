"""Cursors name a place, and nothing else is taken for one."""

from base64 import urlsafe_b64encode
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssc_kg.compiler.cursors import read_cursor, write_cursor
from ssc_kg.compiler.ordering import Direction, Key, Position
from ssc_kg.errors import CursorError
from ssc_kg.mapping.model import Scalar, ValueField
from tests.library import term

KEYS = (
    Key((), ValueField("label", term("label")), Direction.ASC),
    Key((), ValueField("price", term("price"), Scalar.NUMBER), Direction.ASC),
)
SLUGS = st.text(st.characters(categories=["L", "N"]), min_size=1)


@given(SLUGS)
def test_a_cursor_comes_back_as_the_iri_it_was_made_of(slug: str) -> None:
    iri = f"http://library.example/{slug}"
    place = Position((), iri)
    assert read_cursor(write_cursor(place), name="after") == place


@given(SLUGS, st.one_of(st.none(), st.text(st.characters(exclude_categories=["Cs"]))))
def test_a_cursor_of_an_order_comes_back_with_its_keys(
    slug: str, label: str | None
) -> None:
    place = Position((label, 9.5), f"http://library.example/{slug}")
    assert read_cursor(write_cursor(place, KEYS), KEYS, name="after") == place


@pytest.mark.parametrize(
    "keys",
    [
        pytest.param((), id="none"),
        pytest.param(KEYS[:1], id="fewer"),
        pytest.param(KEYS[::-1], id="in another sequence"),
        pytest.param((KEYS[0], replace(KEYS[1], direction=Direction.DESC)), id="down"),
    ],
)
def test_a_cursor_of_another_order_is_refused(keys: tuple[Key, ...]) -> None:
    text = write_cursor(Position(("a", 1.0), "http://library.example/a"), KEYS)
    with pytest.raises(CursorError):
        read_cursor(text, keys, name="after")


def test_a_cursor_with_a_value_that_its_order_cannot_have_is_refused() -> None:
    text = write_cursor(Position((1.0, "a"), "http://library.example/a"), KEYS)
    with pytest.raises(CursorError):
        read_cursor(text, KEYS, name="before")


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
        read_cursor(text, name="after")
    assert caught.value.text == text
