"""Where in a text the phrases of a question are, and the part that shows them."""

from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ssc_kg.store.search.question import Phrase, Question
from ssc_kg.store.search.words import Word, split
from ssc_kg.store.text_index import Range

LENGTH = 200
"""How many code points a snippet has at most, but for a word that is longer."""
_CONTEXT = 40
"""How many of them come before the first match."""


@dataclass(frozen=True, slots=True)
class Snippet:
    """Plain text, and where the matches are in it."""

    text: str
    ranges: tuple[Range, ...]


def cut_snippet(text: str, question: Question) -> Snippet:
    """Return the part of a text in which most of a question is found.

    A text that is short enough is shown whole; a longer one is cut between words.
    """
    words = split(text)
    ranges = find_matches(words, question)
    if len(text) <= LENGTH:
        return Snippet(text, tuple(ranges))
    start, end = _choose_part(text, words, ranges)
    inside = tuple(
        (max(a, start) - start, min(b, end) - start)
        for a, b in ranges
        if a < end and b > start
    )
    return Snippet(text[start:end], inside)


def find_matches(words: Sequence[Word], question: Question) -> list[Range]:
    """Return where the phrases are, in order; those that overlap or touch are one."""
    found = {place for phrase in question.phrases for place in _find(words, phrase)}
    ranges: list[Range] = []
    for start, end in sorted(found):
        if ranges and start <= ranges[-1][1]:
            ranges[-1] = (ranges[-1][0], max(end, ranges[-1][1]))
        else:
            ranges.append((start, end))
    return ranges


def _find(words: Sequence[Word], phrase: Phrase) -> Iterator[Range]:
    size = len(phrase.words)
    for place, word in enumerate(words):
        # Looked at before the rest is copied, since both may be long.
        if word.text.startswith(phrase.words[0]):
            run = words[place : place + size]
            if phrase.is_said_by([one.text for one in run]):
                yield word.start, run[-1].end


def _choose_part(text: str, words: Sequence[Word], ranges: Sequence[Range]) -> Range:
    match = _densest(ranges)
    wanted = min(max(0, match - _CONTEXT), len(text) - LENGTH)
    start = next(word.start for word in words if word.start >= wanted) if wanted else 0
    if start + LENGTH >= len(text):
        return start, len(text)
    ends = (word.end for word in words if match < word.end <= start + LENGTH)
    return start, max(ends, default=start + LENGTH)


def _densest(ranges: Sequence[Range]) -> int:
    """Return where the match begins that is followed by most others nearby."""
    starts = [start for start, _ in ranges]
    counts = [
        bisect(starts, start + LENGTH - _CONTEXT) - place
        for place, start in enumerate(starts)
    ]
    return starts[counts.index(max(counts))] if starts else 0
