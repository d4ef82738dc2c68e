"""A second opinion on languages: ranges, what they cover, and what is liked best."""

from typing import TypeAlias

from pyoxigraph import Literal

from ssc_kg.store.protocol import Term

Ranges: TypeAlias = tuple[tuple[str, float], ...]
"""The languages of a client, each with its quality, the best first."""


def preference(
    term: Term, ranges: Ranges = ()
) -> tuple[int, int, int, bool, bool, str, str]:
    """What is asked for first, then English, then text without a language, then all."""
    language = tag_of(term)
    is_english = language == "en" or language.startswith("en-")
    asked = _liking(language, ranges)
    return *asked, not is_english, language != "", language, term.value


EXCLUDED = 2
"""How `preference` begins for what is not wanted; by 1 if nothing is said of it."""


def ranges_of(text: str) -> Ranges:
    """Return the ranges of a list of languages that has no mistakes."""
    pairs = (part.replace(" ", "").split(";q=") for part in text.lower().split(","))
    found = [(pair[0], float(pair[1]) if pair[1:] else 1.0) for pair in pairs]
    return tuple(sorted(found, key=lambda pair: -pair[1]))


def _liking(tag: str, ranges: Ranges) -> tuple[int, int, int]:
    """Return how well a range suits: the longest as it is, else one cut, else `*`."""
    names = [range_ for range_, _ in ranges]
    subtags = tag.split("-")
    for number in range(len(subtags), 0, -1):
        if (range_ := "-".join(subtags[:number])) in names:
            return _place_of(names.index(range_), ranges)
    cut = [
        (0, place, number)
        for place, (range_, quality) in enumerate(ranges)
        for number in range(1, range_.count("-") + 1)
        if quality and f"{tag}-".startswith("-".join(range_.split("-")[:-number]) + "-")
    ]
    if cut:
        return min(cut)
    return _place_of(names.index("*"), ranges) if "*" in names else (1, 0, 0)


def _place_of(place: int, ranges: Ranges) -> tuple[int, int, int]:
    return (0, place, 0) if ranges[place][1] else (EXCLUDED, 0, 0)


def is_in(term: Term, language: str) -> bool:
    return language == "*" or f"{tag_of(term)}-".startswith(f"{language.lower()}-")


def is_wanted(term: Term, ranges: Ranges) -> bool:
    """Return whether a filter keeps a term: some range covers it as it is."""
    uncut = [(r, q) for r, q in ranges if is_in(term, r)]
    return bool(uncut) and _liking(tag_of(term), tuple(uncut))[0] == 0


def tag_of(term: Term) -> str:
    return (term.language or "") if isinstance(term, Literal) else ""
