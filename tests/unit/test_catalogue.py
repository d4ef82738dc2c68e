"""The catalogue of questions, and files that are no questions."""

from pathlib import Path

import pytest

from ssc_kg.catalogue.questions import find_question, read_questions
from ssc_kg.errors import CatalogueError, UnknownQuestionError
from ssc_kg.resources import QUERIES


def test_twins_are_one_question(tmp_path: Path) -> None:
    (tmp_path / "why.rq").write_text("# Why,\n# and how?\nASK {}\n")
    (tmp_path / "why.graphql").write_text("# Why,\n# and how?\n{ __typename }\n")
    (tmp_path / "notes.txt").write_text("nothing")
    [question] = read_questions(tmp_path)
    assert (question.slug, question.words) == ("why", "Why, and how?")
    assert question.sparql is not None
    assert question.graphql is not None


def test_twins_that_ask_different_things_are_refused(tmp_path: Path) -> None:
    (tmp_path / "why.rq").write_text("# Why?\nASK {}\n")
    (tmp_path / "why.graphql").write_text("# How?\n{ __typename }\n")
    with pytest.raises(CatalogueError, match=r"queries/why\.graphql:1: .*twin"):
        read_questions(tmp_path)


def test_a_file_without_its_question_is_named(tmp_path: Path) -> None:
    (tmp_path / "mute.rq").write_text("ASK {}\n")
    with pytest.raises(CatalogueError, match=r"queries/mute\.rq:1: "):
        read_questions(tmp_path)


def test_an_unknown_question_lists_the_known_ones() -> None:
    with pytest.raises(UnknownQuestionError, match="who-signed-citynet-unescap"):
        find_question(QUERIES, "nothing")


def test_every_packaged_question_ends_in_a_question_mark() -> None:
    questions = read_questions(QUERIES)
    assert questions
    assert all(question.words.endswith("?") for question in questions)
