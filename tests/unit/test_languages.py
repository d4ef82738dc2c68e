"""Ranges of languages: what is read, what they cover, and which text is shown."""

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, Variable

from ssc_kg.compiler.ordering import Direction, Key
from ssc_kg.compiler.preferences import UNMATCHED, prefer
from ssc_kg.compiler.restrict import Writer, key_variable
from ssc_kg.errors import LanguagesError
from ssc_kg.mapping.model import ValueField
from ssc_kg.rdf.languages import (
    MAXIMUM_RANGES,
    accept_languages,
    accepts,
    read_languages,
    write_languages,
)
from ssc_kg.sparql.algebra import Select, Triple
from ssc_kg.sparql.render import render
from tests.library import term

TAGS = ["", "en", "en-gb", "de", "de-ch", "de-ch-1901", "fr", "fr-ca", "zh-hant-tw"]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        pytest.param("fr", "fr", id="a tag"),
        pytest.param("fr-CA", "fr-ca", id="in lower case"),
        pytest.param("en;q=0.5, fr", "fr, en;q=0.5", id="the most liked first"),
        pytest.param("de,fr,en", "de, fr, en", id="liked alike, as they stand"),
        pytest.param("*;q=0.001", "*;q=0.001", id="any"),
        pytest.param("en;q=0", "en;q=0", id="excluded"),
        pytest.param("fr ;\tQ=1.000 ,, ", "fr", id="spaces and empty elements"),
        pytest.param("fr;q=0.2, FR;q=0.8, en;q=0.5", "fr;q=0.8, en;q=0.5", id="twice"),
        pytest.param("zh-Hant-TW-x-mine", "zh-hant-tw-x-mine", id="private subtags"),
    ],
)
def test_languages_are_read_as_the_header_has_them(text: str, read: str) -> None:
    languages = read_languages(text)
    assert write_languages(languages) == read
    assert read_languages(read) == languages == accept_languages(text)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param(",", id="empty elements only"),
        pytest.param("fr_FR", id="a locale"),
        pytest.param("français", id="not ASCII"),
        pytest.param("abcdefghi", id="nine letters"),
        pytest.param("fr-", id="no subtag"),
        pytest.param("1fr", id="a digit first"),
        pytest.param("de-*", id="an extended range"),
        pytest.param("fr;q=1.1", id="more than one"),
        pytest.param("fr;q=0.1234", id="four digits"),
        pytest.param("fr;q=", id="no quality"),
        pytest.param("fr;level=1", id="another parameter"),
        pytest.param("fr en", id="no comma"),
        pytest.param("fr\x00", id="a control character"),
        pytest.param("\ud800", id="half a pair"),
        pytest.param("-".join(["a"] * 9), id="very many subtags"),
    ],
)
def test_what_is_no_list_of_languages_is_refused_with_what_would_be_right(
    text: str,
) -> None:
    with pytest.raises(LanguagesError, match=r'BCP 47.*"fr, en;q=0.5, de;q=0"'):
        read_languages(text)
    assert [str(each) for each in accept_languages(f"{text}, en")] == ["en"]


def test_very_many_languages_are_refused_in_an_argument_and_cut_in_a_header() -> None:
    tags = [f"a{chr(97 + n)}" for n in range(MAXIMUM_RANGES + 1)]
    assert len(read_languages(",".join(tags[:-1]))) == MAXIMUM_RANGES
    with pytest.raises(LanguagesError, match="lists more than 20 languages"):
        read_languages(",".join(tags))
    assert len(accept_languages(",".join(tags))) == MAXIMUM_RANGES


@pytest.mark.parametrize(
    ("languages", "tags"),
    [
        pytest.param("fr", "fr fr-ca", id="a range covers what is under it"),
        pytest.param("fr-CA", "fr-ca", id="and not what is above it"),
        pytest.param("de;q=0.1, fr", "fr fr-ca de de-ch de-ch-1901", id="two"),
        pytest.param("de, de-CH;q=0", "de", id="the longest range says how liked"),
        pytest.param("de;q=0, de-CH", "de-ch de-ch-1901", id="also if it is liked"),
        pytest.param("*", "en en-gb  de de-ch de-ch-1901 fr fr-ca zh-hant-tw", id="*"),
        pytest.param("zh, *;q=0", "zh-hant-tw", id="nothing else"),
        pytest.param("it", "", id="nothing at all"),
    ],
)
def test_a_filter_keeps_what_the_longest_range_likes(languages: str, tags: str) -> None:
    texts = [str(Literal("x", language=tag) if tag else Literal("x")) for tag in TAGS]
    kept = prefer(read_languages(languages)).accept(texts)
    expected = tags.split(" ") if tags else []
    assert [cell.partition("@")[2] for cell in kept] == expected


@pytest.mark.parametrize(
    ("languages", "tags", "shown"),
    [
        pytest.param("fr", "en fr de", "fr", id="what is liked"),
        pytest.param("fr, de", "en de fr", "fr", id="the first of what is liked alike"),
        pytest.param("fr;q=0.5, de", "fr de", "de", id="what is liked best"),
        pytest.param("de", "de-ch de-ch-1901", "de-ch", id="what a range covers"),
        pytest.param("fr-CA", "en fr", "fr", id="a range without its last subtag"),
        pytest.param("fr-CA, en", "en fr", "fr", id="which is before the next range"),
        pytest.param("fr-CA, en, fr;q=0.1", "en fr", "en", id="unless it is listed"),
        pytest.param("fr-CA", "fr-fr de", "fr-fr", id="French of another place"),
        pytest.param("zh-Hant-x-a", "zh-hant en", "zh-hant", id="a single letter goes"),
        pytest.param("it", "fr en de", "en", id="English, if it is in none"),
        pytest.param("it", "fr en-gb  de", "en-gb", id="of any place"),
        pytest.param("it", "fr  de", "", id="then without a language"),
        pytest.param("it", "fr de", "de", id="then by tag"),
        pytest.param("*;q=0.5, de", "fr en de", "de", id="any other less than one"),
        pytest.param("*", "fr en de", "en", id="any"),
        pytest.param("en;q=0", "en fr", "fr", id="anything but that"),
        pytest.param("en;q=0", "en en-gb", None, id="nothing but what is excluded"),
        pytest.param("en;q=0, en-GB", "en en-gb", "en-gb", id="excluded but for one"),
        pytest.param("fr, *;q=0", "en fr-ca", "fr-ca", id="nothing but French"),
        pytest.param("fr, *;q=0", "en de ", None, id="no French"),
        pytest.param("fr-CA, *;q=0", "en fr", "fr", id="French for want of Canadian"),
        pytest.param("fr", "", "", id="without a language only"),
    ],
)
def test_a_field_shows_the_text_in_the_language_that_is_liked_best(
    languages: str, tags: str, shown: str | None
) -> None:
    preference = prefer(read_languages(languages))
    texts = [_text(tag) for tag in tags.split(" ")]
    found = preference.choose(texts, required=False)
    assert (None if found is None else found.partition("@")[2]) == shown
    assert preference.choose(texts, required=True) is not None


RANGES = st.sampled_from(
    ["*", "en", "de", "fr", "en-GB", "de-CH", "de-CH-1901", "fr-CA", "de-AT", "it"]
)
FIELDS = st.builds(
    ValueField,
    st.just("t"),
    st.just(term("t")),
    required=st.booleans(),
    language_tagged=st.sampled_from([True]),
)
LANGUAGES = st.lists(
    st.builds("{};q={}".format, RANGES, st.sampled_from([1, 0.9, 0.5, 0])), max_size=4
)


@given(LANGUAGES, st.sets(st.sampled_from(TAGS)), FIELDS)
def test_sparql_chooses_the_text_that_python_chooses(
    ranges: list[str], tags: set[str], field: ValueField
) -> None:
    languages = accept_languages(",".join(ranges))
    texts = [_literal(tag) for tag in tags]
    shown = prefer(languages).choose(map(str, texts), required=field.required)
    node, key = Variable("node"), key_variable(0)
    order = Writer().order([Key((), field, Direction.ASC, languages)], node)
    start = Triple(node, term("is"), term("here"))
    store = pyoxigraph.Store()
    quads = [pyoxigraph.Quad(term("a"), term("t"), text) for text in texts]
    store.extend([*quads, pyoxigraph.Quad(term("a"), term("is"), term("here"))])
    [row] = store.query(render(Select((key,), (start, *order))))  # type: ignore[misc]  # rows
    value = row[key]
    assert (None if value is None else value.value) == (
        None if shown is None else shown.partition('"@')[0].strip('"')
    )


@given(LANGUAGES.filter(bool), st.sampled_from(TAGS))
def test_what_is_read_is_written_again(ranges: list[str], tag: str) -> None:
    languages = accept_languages(",".join(ranges))
    assert read_languages(write_languages(languages)) == languages
    if accepts(languages, tag):
        assert prefer(languages).place(tag)[0] < UNMATCHED


def _literal(tag: str) -> Literal:
    return Literal(f"text {tag}", language=tag) if tag else Literal("text")


def _text(tag: str) -> str:
    return str(_literal(tag))
