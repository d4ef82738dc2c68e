"""A text as words that compare equal in every spelling, with their places in the text.

Case, accents, width and ligatures are gone: `Łódź`, `LODZ` and `lodz` are one word. In
scripts that are written without spaces every character is a word; a run of them is
searched as a phrase, so that two characters are found as well as twenty. (Trigrams, the
other way, take twice the room and find nothing that is shorter than three, as most
words of Chinese are.)
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

FORMAT = f"1 of Unicode {unicodedata.unidata_version}"
"""Changes when words may be other ones; an index of other words is not used."""

_ASCII = re.compile("[A-Za-z0-9]+")
_MARKS_THAT_MATTER = 10
"""Canonical combining classes below: voicing of kana, nukta and virama."""
_ALONE = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u2e80-\u2fdf\u3005-\u3007"
    "\u3040-\u318f\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uaa60-\uaa7f"
    "\uac00-\ud7ff\uf900-\ufaff\U0001aff0-\U0001b16f\U00020000-\U0003ffff]"
)
"""Thai, Lao, Burmese, Khmer, Han, kana and Hangul."""
_JOINING = re.compile("[\u1160-\u11ff\uff9e\uff9f]")
"""Parts of a syllable that Unicode does not call combining."""
_INVISIBLE = frozenset({"Cf", "Me"})
"""Categories of what is no mark of a letter: soft hyphens, joiners, enclosing signs."""
_VARIATION = re.compile("[\u034f\u180b-\u180d\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_LETTERS = str.maketrans(
    {
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "ħ": "h",
        "ŧ": "t",
        "\u0131": "i",
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
        "ـ": "",
    }
)
"""Letters with a stroke and the like, which do not decompose; the last lengthens."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text; `text[start:end]` is how it is written there."""

    text: str
    start: int
    end: int


def split(text: str) -> list[Word]:
    """Return the words of a text, in its order.

    >>> [word.text for word in split("L'économie à Łódź: 智慧")]
    ['l', 'economie', 'a', 'lodz', '智', '慧']
    """
    if text.isascii():
        return [
            Word(found.group().lower(), found.start(), found.end())
            for found in _ASCII.finditer(text)
        ]
    return list(_split(text))


def fold(text: str) -> str:
    """Return the words of a text with a space between them, as they are indexed."""
    if text.isascii():
        return " ".join(_ASCII.findall(text.lower()))
    return " ".join(word.text for word in _split(text))


def _split(text: str) -> Iterator[Word]:
    letters, begin, end = "", 0, 0
    for start, stop in _clusters(text):
        folded = _fold(text[start:stop])
        if folded == " " and letters:
            yield Word(letters, begin, end)
            letters = ""
        for letter in folded.strip():
            if _ALONE.match(letter):
                if letters:
                    yield Word(letters, begin, end)
                    letters = ""
                yield Word(letter, start, stop)
            else:
                begin = begin if letters else start
                letters, end = letters + letter, stop
    if letters:
        yield Word(letters, begin, end)


def _clusters(text: str) -> Iterator[tuple[int, int]]:
    """Yield the places of letters with their marks."""
    start = 0
    for place in range(1, len(text) + 1):
        if place == len(text) or not _joins(text[place]):
            yield start, place
            start = place


def _joins(character: str) -> bool:
    return bool(unicodedata.combining(character) or _JOINING.match(character))


@lru_cache(maxsize=65536)
def _fold(cluster: str) -> str:
    """Return the letters and digits of a cluster; a space if it parts words."""
    plain = unicodedata.normalize("NFKD", cluster).casefold().translate(_LETTERS)
    apart = unicodedata.normalize("NFKD", plain)
    kept = [character for character in apart if not _is_ignored(character)]
    letters = [one for one in kept if unicodedata.category(one)[0] in "LNM"]
    folded = unicodedata.normalize("NFC", "".join(letters))
    return folded or (" " if kept else "")


def _is_ignored(character: str) -> bool:
    return (
        unicodedata.combining(character) >= _MARKS_THAT_MATTER
        or unicodedata.category(character) in _INVISIBLE
        or bool(_VARIATION.match(character))
    )
