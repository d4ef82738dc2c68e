"""What an Accept header asks for, as regular expressions that Apache knows (PCRE).

They cannot compare numbers, so they look for three ranges of q, the highest first; of
types in one range, the order of formats decides. Types that browsers and clients of
other interfaces name, too, come after all others. Types with `q=0` are in no range.
"""

import re
from collections.abc import Iterable, Iterator

from ssc_kg.formats.table import DATA_FORMATS, HTML, Format

CHOSEN = (HTML, *DATA_FORMATS)
"""The formats of documents, in order."""
DEFAULT = DATA_FORMATS[0]
"""What who accepts anything gets."""
ANYTHING = r"^$|(?:^|,)\s*(?:\*|text|application)/\*"
"""An Accept header that leaves the choice."""
_FULL = r"(?:;\s*q\s*=\s*1(?:\.0*)?\s*)?"
_HIGH = r";\s*q\s*=\s*0?\.[5-9]\d*\s*"
_LOW = r";\s*q\s*=\s*0?\.(?:[1-4]\d*|0+[1-9]\d*)\s*"
_OTHER = r"(?:;\s*(?!q\s*=)[^,;]*)*"
_GENERAL = frozenset(("application/json", "application/xml", "text/plain"))


def conditions() -> Iterator[tuple[Format, str]]:
    """Yield formats with what Accept headers match that ask for them, likely first."""
    for quality in (_FULL, _HIGH, _LOW):
        for format_ in CHOSEN:
            yield format_, _named(set(format_.media_types) - _GENERAL, quality)
    for format_ in CHOSEN:
        general = _GENERAL.intersection(format_.media_types)
        if general:
            yield format_, _named(general, f"(?:{_FULL}|{_HIGH}|{_LOW})")


def _named(media_types: Iterable[str], quality: str) -> str:
    types = "|".join(re.escape(name) for name in sorted(media_types))
    return rf"(?:^|,)\s*(?:{types})\s*{_OTHER}{quality}{_OTHER}(?:,|$)"
