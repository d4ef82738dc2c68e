"""Questions are found by words, and stand under topics."""

import pytest

from ssc_kg.catalogue.finding import by_topic, find_questions, suggest_words
from ssc_kg.catalogue.questions import read_questions
from ssc_kg.catalogue.topics import Topic
from ssc_kg.resources import QUERIES

QUESTIONS = read_questions(QUERIES)


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        pytest.param("memorandum passage", "what-each-party-commits-to", id="words"),
        pytest.param("kpis-of-a-goal", "kpis-of-a-goal", id="a name"),
        pytest.param("CITÍES compàre", "compare-three-cities", id="case and accents"),
        pytest.param("memor unesc", "who-signed-citynet-unescap", id="beginnings"),
        pytest.param("custodian", "indicators-of-a-custodian", id="one word"),
        pytest.param("Places and events map", "places-on-a-map", id="a topic"),
        pytest.param("verification status", "values-by-status", id="a parameter"),
        pytest.param("signedOn", "agreements-and-parties", id="a column"),
    ],
)
def test_a_question_is_found_by_its_words(text: str, slug: str) -> None:
    assert slug in [question.slug for question in find_questions(QUESTIONS, text)]


def test_all_words_have_to_be_there() -> None:
    assert find_questions(QUESTIONS, "goal zeppelin") == []
    assert find_questions(QUESTIONS, "emorandum") == []


@pytest.mark.parametrize("text", ["", "  ", "?!"])
def test_without_words_all_are_found(text: str) -> None:
    assert find_questions(QUESTIONS, text) == QUESTIONS


def test_each_packaged_question_stands_under_one_topic() -> None:
    grouped = by_topic(QUESTIONS)
    assert [topic for topic, _ in grouped] == list(Topic)
    assert sorted(q.slug for _, group in grouped for q in group) == [
        question.slug for question in QUESTIONS
    ]


def test_what_has_the_word_itself_comes_before_what_only_its_topic_has() -> None:
    found = find_questions(QUESTIONS, "partnership")
    has = [
        "partnership" in f"{each.slug} {each.words}".lower()
        or any("partnership" in f"{p.name} {p.words}".lower() for p in each.parameters)
        for each in found
    ]
    assert True in has
    assert False in has
    assert has == sorted(has, reverse=True)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        pytest.param("agrement", "agreement", id="a letter is missing"),
        pytest.param("goal indicatro", "goal indicator", id="one word of two"),
        pytest.param("zeppelin", None, id="nothing is near"),
        pytest.param("goal", None, id="a word that is there"),
    ],
)
def test_the_nearest_words_are_suggested(text: str, meant: str | None) -> None:
    suggested = suggest_words(QUESTIONS, text)
    assert suggested == meant
