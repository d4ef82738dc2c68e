"""Which spellings are one word, and where the words of a text are."""

import string
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ssc_kg.store.search.words import fold, split

ANYTHING = st.text(st.characters(exclude_categories=()))
LETTERS = frozenset(string.ascii_lowercase + string.digits)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("U4SSC", "u4ssc", id="case"),
        pytest.param("Médellín", "medellin", id="accents"),
        pytest.param("Me\u0301dellin", "Médellin", id="an accent apart"),
        pytest.param("Łódź", "lodz", id="a stroke"),
        pytest.param("Straße", "STRASSE", id="sharp s"),
        pytest.param("\u0130stanbul", "istanbul", id="a dotted capital"),
        pytest.param("o\ufb03ce", "office", id="a ligature"),
        pytest.param("\uff35\uff14\uff33\uff33\uff23", "U4SSC", id="full width"),
        pytest.param("co\u00adoperate", "cooperate", id="a soft hyphen"),
        pytest.param("ΠΟΛΙΣ", "πόλις", id="Greek"),
        pytest.param("Ёлка", "елка", id="Cyrillic"),
        pytest.param("مَدِينَة", "مدينة", id="Arabic vowels"),
        pytest.param("أمن", "امن", id="Arabic hamza"),
        pytest.param("ｶﾞｽ", "ガス", id="kana of half width"),
        pytest.param("\u1109\u1165\u110b\u116e\u11af", "서울", id="Hangul apart"),
    ],
)
def test_spellings_of_one_word_are_equal(one: str, other: str) -> None:
    assert fold(one) == fold(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("ガス", "カス", id="voiced kana"),
        pytest.param("कि", "का", id="vowels of Devanagari"),
        pytest.param("city", "cities", id="inflections"),
    ],
)
def test_other_words_stay_other(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("ITU-T Y.4903/L.1603", "itu t y 4903 l 1603", id="signs"),
        pytest.param("智慧城市 2030", "智 慧 城 市 2030", id="Han, one by one"),
        pytest.param("ICT推進", "ict 推 進", id="a word beside Han"),
        pytest.param("“l\u2019eau”", "l eau", id="an apostrophe"),
        pytest.param("a\0b\ud800c", "a b c", id="NUL and a lone surrogate"),
        pytest.param("\u2764\ufe0f", "", id="an emoji"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_a_text_is_parted_into_words(text: str, words: str) -> None:
    assert fold(text) == words


@given(ANYTHING)
@settings(deadline=None)
def test_words_are_where_the_text_has_them(text: str) -> None:
    words = split(text)
    assert " ".join(word.text for word in words) == fold(text)
    assert all(0 <= word.start < word.end <= len(text) for word in words)
    starts = [word.start for word in words]
    assert starts == sorted(starts)


@given(ANYTHING)
@settings(deadline=None)
def test_the_index_parts_words_where_we_do(text: str) -> None:
    # Of SQLite's tokenizer we rely on this: what is not ASCII is part of a word.
    for word in split(text):
        assert all(not sign.isascii() or sign in LETTERS for sign in word.text)
        assert not any(unicodedata.category(sign) == "Cs" for sign in word.text)


def test_a_place_spans_the_marks_of_a_letter() -> None:
    text = "(e\u0301co\u0301)"
    (word,) = split(text)
    assert text[word.start : word.end] == "e\u0301co\u0301"
