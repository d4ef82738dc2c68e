"""Languages that a client prefers, as the header Accept-Language lists them.

A range such as `fr` covers each tag that begins with its subtags, such as `fr-CA`; `*`
covers all (RFC 4647, sections 2.1 and 3.3.1). The tag of a text without one is empty.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice
from typing import NamedTuple, TypeAlias

from pyoxigraph import Literal

from ssc_kg.errors import LanguagesError
from ssc_kg.rdf.cells import Term

ANY = "*"
"""The range that covers all."""
MAXIMUM_RANGES = 20
"""The most ranges that are read."""
_ELEMENT = re.compile(
    r"(?P<range>\*|[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8}){0,7})"
    r"(?:[ \t]*;[ \t]*[qQ]=(?P<quality>0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?))?"
)


class LanguageRange(NamedTuple):
    """Some languages and how much they are liked."""

    range: str
    """In lower case."""
    quality: float
    """From 0, which is not at all, to 1."""

    def __str__(self) -> str:
        return self.range if self.quality == 1 else f"{self.range};q={self.quality:g}"


Languages: TypeAlias = tuple[LanguageRange, ...]
"""Ranges, the most liked first, each once; none if the client likes all alike."""


def read_languages(text: str, *, name: str = "language") -> Languages:
    """Return the languages that a text, the value of `name`, lists.

    >>> [str(each) for each in read_languages("en;q=0.5, fr, de;q=0")]
    ['fr', 'en;q=0.5', 'de;q=0']

    Raises:
        LanguagesError: It is no such list (RFC 9110, section 12.5.4), or a long one.
    """
    elements = [*_elements(text)]
    found = [*_readable(elements)]
    if len(found) < len(elements) or not found:
        raise LanguagesError(name, text, "is no list of languages")
    if len(found) > MAXIMUM_RANGES:
        reason = f"lists more than {MAXIMUM_RANGES} languages"
        raise LanguagesError(name, text, reason)
    return _ordered(found)


@lru_cache(maxsize=64)
def accept_languages(header: str) -> Languages:
    """Return the languages of the header Accept-Language, as far as it is readable.

    Who sends it has often not written it, so nothing is refused.
    """
    return _ordered(islice(_readable(_elements(header)), MAXIMUM_RANGES))


def write_languages(languages: Languages) -> str:
    """Return a text that `read_languages` reads."""
    return ", ".join(map(str, languages))


def tag_of(term: Term) -> str:
    """Return the language of a term, or nothing if it has none."""
    return (term.language or "") if isinstance(term, Literal) else ""


def covers(range_: str, tag: str) -> bool:
    """Return whether a range covers a tag (RFC 4647, section 3.3.1).

    >>> covers("de", "de-ch"), covers("de", "den"), covers("de-ch", "de")
    (True, False, False)
    """
    return range_ == ANY or f"{tag}-".startswith(f"{range_}-")


def accepts(languages: Languages, tag: str) -> bool:
    """Return whether the longest of the ranges that cover a tag likes it at all.

    >>> languages = read_languages("en, en-US;q=0")
    >>> [accepts(languages, tag) for tag in ("en-gb", "en-us", "fr")]
    [True, False, False]
    """
    covering = [each for each in languages if covers(each.range, tag)]
    longest = max(covering, key=lambda each: length(each.range), default=None)
    return longest is not None and longest.quality > 0


def length(range_: str) -> int:
    """Return the number of subtags of a range; none for `*`."""
    return 0 if range_ == ANY else range_.count("-") + 1


def _elements(text: str) -> Iterator[str]:
    # A list may have empty elements (RFC 9110, section 5.6.1.2).
    stripped = (element.strip(" \t") for element in text.split(","))
    return (element for element in stripped if element)


def _readable(elements: Iterable[str]) -> Iterator[LanguageRange]:
    for element in elements:
        if found := _ELEMENT.fullmatch(element):
            yield LanguageRange(found["range"].lower(), float(found["quality"] or 1))


def _ordered(ranges: Iterable[LanguageRange]) -> Languages:
    # Sorting keeps the order of what is liked alike: the first is meant to be better.
    found: dict[str, LanguageRange] = {}
    for each in sorted(ranges, key=lambda each: -each.quality):
        found.setdefault(each.range, each)
    return tuple(found.values())
