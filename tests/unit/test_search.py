"""What a search finds, in which order, and what it shows of it."""

import threading
import time
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, Quad

from ssc_kg.errors import SearchTextError, StoreError
from ssc_kg.store.search.file import make_index
from ssc_kg.store.search.index import SearchIndex
from ssc_kg.store.search.words import fold
from tests.texts import FIELDS, MOTTO, NAME, is_a, node, quotes, says, store_of

LIBRARY = (
    says("itu", NAME, "International Telecommunication Union", "en"),
    says("itu", NAME, "ITU"),
    says("itu", NAME, "Международный союз электросвязи", "ru"),
    says("itu", NAME, "الاتحاد الدولي للاتصالات", "ar"),
    says("itu", MOTTO, "An agency of the United Nations in Geneva", "en"),
    is_a("itu", "Organization"),
    says("council", NAME, "ITU Council", "en"),
    is_a("council", "Body"),
    says("geneva", NAME, "Genève", "fr"),
    says("geneva", NAME, "Ginebra", "es"),
    is_a("geneva", "City"),
    says("smart", NAME, "智慧城市", "zh"),
    says("smart", NAME, "スマートシティ", "ja"),
    says("smart", NAME, "스마트시티", "ko"),
    says("smart", MOTTO, "Cities that the ITU calls smart", "en"),
    *quotes("q1", "a smart city needs a plan", "smart", "plan"),
    says("lone", MOTTO, "NEAR the itu OR not", "en"),
)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> SearchIndex:
    return index_of(LIBRARY, tmp_path_factory.mktemp("library") / "index")


def index_of(quads: Iterable[Quad], path: Path) -> SearchIndex:
    store = store_of(quads)
    make_index(path, store, FIELDS)
    return SearchIndex(path, store, FIELDS)


def names(index: SearchIndex, text: str) -> list[str]:
    return [hit.iri.value.rpartition("/")[2] for hit in index.all_hits(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("telecommunication", ["itu"], id="a word"),
        pytest.param("TELECOM", ["itu"], id="its beginning, in capitals"),
        pytest.param("geneve", ["geneva"], id="French without accents"),
        pytest.param("Genéve", ["geneva"], id="another accent"),
        pytest.param("ginebra", ["geneva"], id="Spanish"),
        pytest.param("союз", ["itu"], id="Russian"),
        pytest.param("الدولي", ["itu"], id="Arabic"),
        pytest.param("智慧城市", ["smart"], id="Chinese"),
        pytest.param("城市", ["smart"], id="a part of Chinese"),
        pytest.param("市", ["smart"], id="one character"),
        pytest.param("市城", [], id="characters in another order"),
        pytest.param("シティ", ["smart"], id="Japanese"),
        pytest.param("시티", ["smart"], id="Korean"),
        pytest.param("ITU Geneva", ["itu"], id="words of two texts of one node"),
        pytest.param("geneva agency", ["itu"], id="words in another order"),
        pytest.param("union plan", [], id="words of two nodes"),
        pytest.param("itu-council", ["council"], id="a phrase"),
        pytest.param("council-itu", [], id="a phrase that is not there"),
        pytest.param("elecom", [], id="an end"),
        pytest.param("tele union", [], id="the beginning of a word but the last"),
        pytest.param(
            "itu itu", ["itu", "council", "smart", "lone"], id="one word twice"
        ),
        pytest.param("plan", ["plan", "smart"], id="a quotation about two"),
    ],
)
def test_a_search_finds(index: SearchIndex, text: str, found: list[str]) -> None:
    assert sorted(names(index, text)) == sorted(found)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("geneva AND agency", id="AND is a word"),
        pytest.param("plan OR nothing", id="OR is a word"),
        pytest.param("NEAR(agency geneva)", id="NEAR is a word"),
        pytest.param("folded:geneva", id="a column is a word"),
        pytest.param("^geneva -agency zz", id="a sign is none"),
    ],
)
def test_there_are_no_operators(index: SearchIndex, text: str) -> None:
    assert names(index, text) == []


@pytest.mark.parametrize("text", ['"near" the*', "NEAR itu OR not", "(itu) ' not\0"])
def test_words_that_look_like_operators_are_found(
    index: SearchIndex, text: str
) -> None:
    assert names(index, text) == ["lone"]


ALPHABET = st.sampled_from(
    ["itu", "gen", "geneva", "a", "the", "of", "smart", "城市", "智", "é", "NEAR", "OR"]
)
SIGNS = st.sampled_from([*"\"'*()^:-+{}, .\0\ud800\u0301", "NEAR(", "folded:"])


@given(st.lists(ALPHABET | SIGNS, max_size=8).map("".join) | st.text(max_size=20))
@example("a" * 500)
@example("城" * 500)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_a_search_finds_what_reading_every_text_does(
    index: SearchIndex, text: str
) -> None:
    try:
        found = names(index, text)
    except SearchTextError:
        assert not fold(text)
    else:
        assert sorted(found) == sorted(read_every_text(text))


def read_every_text(text: str) -> set[str]:
    """Return what a search has to find, without the index."""
    texts: dict[str, list[str]] = {"plan": [" a smart city needs a plan "]}
    for quad in LIBRARY:
        if isinstance(quad.object, Literal):
            name = str(quad.subject).strip("<>").rpartition("/")[2]
            said = f" {fold(quad.object.value)} "
            texts.setdefault("smart" if name == "q1" else name, []).append(said)
    *closed, last = [f" {fold(part)}" for part in text.split() if fold(part)]
    wanted = [*(f"{phrase} " for phrase in closed), last]
    return {
        name
        for name, said in texts.items()
        if all(any(phrase in one for one in said) for phrase in wanted)
    }


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        pytest.param("", "no letter", id="nothing"),
        pytest.param(" \t\u3000", "no letter", id="white space"),
        pytest.param("*\"'()\0", "no letter", id="signs"),
        pytest.param("\ud800", "no letter", id="a lone surrogate"),
        pytest.param("a" * 1_000_000, "1000000 characters; at most", id="a megabyte"),
        pytest.param("a " * 65, "65 words; at most 64", id="too many words"),
    ],
)
def test_a_text_that_cannot_be_searched_for(
    index: SearchIndex, text: str, reason: str
) -> None:
    with pytest.raises(SearchTextError, match=reason) as caught:
        index.search(text, limit=10)
    assert len(str(caught.value)) < 400


def test_an_exact_name_comes_first_and_its_best_text_is_shown(
    index: SearchIndex,
) -> None:
    hits = index.all_hits("itu")
    assert [hit.iri for hit in hits[:2]] == [node("itu"), node("council")]
    first, second = hits[:2]
    assert (first.rank.is_exact, first.field, first.language) == (True, "label", None)
    assert (first.snippet, first.ranges) == ("ITU", ((0, 3),))
    assert (second.rank.is_exact, second.language) == (False, "en")


def test_a_whole_word_comes_before_a_longer_one(tmp_path: Path) -> None:
    words = ["Artful", "Artist", "Art room", "Artisan", "Room"]
    quads = [says(word.replace(" ", ""), NAME, word) for word in words]
    found = names(index_of(quads, tmp_path / "index"), "art")
    assert found == ["Artroom", "Artful", "Artisan", "Artist"]


def test_a_name_counts_more_than_a_description_and_that_than_a_quotation(
    tmp_path: Path,
) -> None:
    quads = [
        *quotes("q", "good harbour", "a"),
        says("b", MOTTO, "good harbour"),
        says("c", NAME, "good harbour"),
        *(says(f"x{number}", NAME, "another thing") for number in range(9)),
    ]
    index = index_of(quads, tmp_path / "index")
    assert names(index, "harbour") == ["c", "b", "a"]
    assert [hit.field for hit in index.all_hits("harbour")] == [
        "label",
        "description",
        "evidence",
    ]


def test_types_are_classes_of_what_is_found(index: SearchIndex) -> None:
    both = [node("Organization"), node("Body")]
    found = index.all_hits("itu", types=both)
    assert [hit.iri for hit in found] == [node("itu"), node("council")]
    assert index.all_hits("itu", types=[node("City")]) == []
    assert index.all_hits("itu", types=[]) == []
    assert len(index.all_hits("itu geneva", types=both)) == 1


@pytest.mark.parametrize("size", [1, 2, 7, 100])
def test_pages_hold_every_hit_once_in_order(tmp_path: Path, size: int) -> None:
    # Equal texts, so that the IRI has to decide.
    quads = [says(f"a{number}", NAME, "Same city") for number in range(20)]
    quads += [says(f"b{number}", MOTTO, f"a city {number}") for number in range(20)]
    index = index_of(quads, tmp_path / "index")
    everything, pages, after = index.all_hits("city"), [], None
    while page := index.search("city", limit=size, after=after):
        pages += page
        after = page[-1].rank
    assert pages == everything
    assert len({hit.iri for hit in pages}) == len(pages) == 40


def test_what_is_ranked_can_be_shown_later(index: SearchIndex) -> None:
    found = index.rank("itu")
    assert index.show("itu", found[1:3]) == index.all_hits("itu")[1:3]


def test_a_long_text_is_cut_where_most_is_found(tmp_path: Path) -> None:
    text = "city " + "filler " * 60 + "a smart 智慧 city at the port " + "more " * 60
    hit = index_of([says("a", MOTTO, text)], tmp_path / "index").all_hits(
        "smart port city 智慧"
    )[0]
    assert len(hit.snippet) <= 200
    assert hit.snippet in text
    shown = [hit.snippet[start:end] for start, end in hit.ranges]
    assert shown == ["smart", "智慧", "city", "port"]


@pytest.mark.parametrize(
    ("text", "asked", "shown"),
    [
        pytest.param("a" + "." * 500, "a", ["a"], id="signs after the last word"),
        pytest.param("." * 500 + "a", "a", ["a"], id="signs before the first"),
        pytest.param("b " + "a" * 400, "a", ["a" * 198], id="a word too long"),
        pytest.param("c " * 300, " ".join("c" * 50), ["c"] * 100, id="only matches"),
    ],
)
def test_odd_texts_have_snippets(
    tmp_path: Path, text: str, asked: str, shown: list[str]
) -> None:
    index = index_of([says("x", MOTTO, text)], tmp_path / "index")
    (hit,) = index.all_hits(asked)
    assert len(hit.snippet) <= 200
    assert [hit.snippet[start:end] for start, end in hit.ranges] == shown


def test_a_long_text_of_matches_is_cut_in_time(tmp_path: Path) -> None:
    quads = [says("x", MOTTO, "city 市 " * 100_000)]
    index = index_of(quads, tmp_path / "index")
    started = time.monotonic()
    assert index.all_hits("city-市-" * 20)[0].ranges
    assert time.monotonic() - started < 10


@given(st.text(max_size=600), st.sampled_from(["a", "ab c", "城"]))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_ranges_show_words_of_the_search(tmp_path: Path, text: str, asked: str) -> None:
    quads = [says("a", MOTTO, f"{text} {asked} {text}".replace("\ud800", ""))]
    (hit,) = index_of(quads, tmp_path / "index").all_hits(asked)
    assert hit.ranges
    starts = tuple(fold(word) for word in asked.split())
    for start, end in hit.ranges:
        assert fold(hit.snippet[start:end]).startswith(starts)


def test_the_place_of_a_match_counts_code_points(tmp_path: Path) -> None:
    index = index_of([says("a", NAME, "🏙 Cafe\u0301 🏙 cités")], tmp_path / "index")
    ((first, second),) = (hit.ranges for hit in index.all_hits("café cite"))
    text = "🏙 Cafe\u0301 🏙 cités"
    assert [text[slice(*first)], text[slice(*second)]] == ["Cafe\u0301", "cités"]


def test_any_number_of_threads_may_search_at_once(index: SearchIndex) -> None:
    expected = index.all_hits("itu")
    results: list[bool] = []

    def search() -> None:
        results.extend(index.all_hits("itu") == expected for _ in range(20))

    threads = [threading.Thread(target=search) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert results == [True] * 160


def test_without_a_file_the_index_is_made_once(tmp_path: Path) -> None:
    index = SearchIndex(tmp_path / "missing", store_of(LIBRARY), FIELDS)
    assert names(index, "geneve") == names(index, "geneve") == ["geneva"]
    assert list(tmp_path.iterdir()) == []


def test_an_index_that_is_damaged_later_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "index"
    quads = [says(f"a{number}", NAME, f"city {number}") for number in range(2000)]
    index = index_of(quads, path)
    content = path.read_bytes()
    path.write_bytes(content[:4096] + bytes(len(content) - 4096))
    with pytest.raises(StoreError, match="full-text index"):
        index.all_hits("city")
