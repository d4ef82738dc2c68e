"""Which questions a person means by a few words, and under what they stand."""

from collections.abc import Iterable, Sequence

from ssc_kg.catalogue.questions import Question
from ssc_kg.catalogue.topics import Topic
from ssc_kg.store.search.words import fold


def find_questions(questions: Iterable[Question], text: str) -> list[Question]:
    """Return the questions in which each word of a text begins a word.

    They are looked for in the question, its name, its topic and its parameters, without
    regard to case and accents. Of a text without words all are found.
    """
    wanted = fold(text).split()
    return [each for each in questions if _has(_words(each), wanted)]


def by_topic(questions: Iterable[Question]) -> list[tuple[Topic, list[Question]]]:
    """Return questions under their topics, in the order of these; none is empty."""
    found: dict[Topic, list[Question]] = {topic: [] for topic in Topic}
    for question in questions:
        if question.topic is not None:
            found[question.topic].append(question)
    return [(topic, group) for topic, group in found.items() if group]


def _words(question: Question) -> list[str]:
    topic = "" if question.topic is None else question.topic.label
    parameters = (f"{each.name} {each.words}" for each in question.parameters)
    return fold(" ".join((question.slug, question.words, topic, *parameters))).split()


def _has(words: Sequence[str], wanted: Iterable[str]) -> bool:
    return all(any(word.startswith(part) for word in words) for part in wanted)
