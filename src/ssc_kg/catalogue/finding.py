"""Which questions a person means by a few words, and under what they stand."""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from functools import lru_cache

from ssc_kg.catalogue.questions import Question
from ssc_kg.catalogue.topics import Topic
from ssc_kg.sparql.scan import scan
from ssc_kg.store.search.words import fold


def find_questions(questions: Iterable[Question], text: str) -> list[Question]:
    """Return the questions in which each word of a text begins a word.

    They are looked for in the question, its name, its topic, its parameters and the
    columns of its answer, without regard to case and accents. What only the topic has
    comes last. Of a text without words all are found.
    """
    own, topical = find_apart(questions, text)
    return [*own, *topical]


def find_apart(
    questions: Iterable[Question], text: str
) -> tuple[list[Question], list[Question]]:
    """Return the same in two parts: what has the words, and what needs its topic."""
    wanted = fold(text).split()
    own: list[Question] = []
    topical: list[Question] = []
    for each in questions:
        if _has(_words(each), wanted):
            own.append(each)
        elif _has((*_words(each), *_topic_words(each)), wanted):
            topical.append(each)
    return own, topical


def suggest_words(questions: Sequence[Question], text: str) -> str | None:
    """Return a text with the nearest words that questions have, if it finds some.

    Words that begin one stay as they are.
    """
    known = {
        word for each in questions for word in (*_words(each), *_topic_words(each))
    }
    nearest = [_nearest(word, sorted(known)) for word in fold(text).split()]
    suggested = [word for word in nearest if word is not None]
    meant = " ".join(suggested)
    is_other = len(suggested) == len(nearest) and meant != " ".join(fold(text).split())
    return meant if is_other and find_questions(questions, meant) else None


def by_topic(questions: Iterable[Question]) -> list[tuple[Topic, list[Question]]]:
    """Return questions under their topics, in the order of these; none is empty."""
    found: dict[Topic, list[Question]] = {topic: [] for topic in Topic}
    for question in questions:
        if question.topic is not None:
            found[question.topic].append(question)
    return [(topic, group) for topic, group in found.items() if group]


@lru_cache(maxsize=1024)
def _words(question: Question) -> tuple[str, ...]:
    parameters = (f"{each.name} {each.words}" for each in question.parameters)
    projection = scan(question.sparql).projection if question.sparql else None
    texts = (question.slug, question.words, *parameters, *(projection or ()))
    return tuple(fold(" ".join(texts)).split())


def _topic_words(question: Question) -> Sequence[str]:
    return () if question.topic is None else fold(question.topic.label).split()


def _nearest(wanted: str, known: Sequence[str]) -> str | None:
    if _has(known, [wanted]):
        return wanted
    return next(iter(get_close_matches(wanted, known, n=1, cutoff=0.75)), None)


def _has(words: Sequence[str], wanted: Iterable[str]) -> bool:
    return all(any(word.startswith(part) for word in words) for part in wanted)
