"""Parts of a file (RFC 9110, section 14), free of any web framework.

A header that is no list of byte ranges is ignored, as the specification asks, and so
are those of a list that lie behind the end of the file, unless all do.
"""

import re
from collections.abc import Iterator

from ssc_kg.errors import RangeError

_RANGES = re.compile(r"bytes\s*=\s*(?P<ranges>.+)", re.IGNORECASE)
_RANGE = re.compile(
    r"(?P<first>[0-9]{1,18})-(?P<last>[0-9]{1,18})?|-(?P<end>[0-9]{1,18})"
)


def read_ranges(header: str, size: int) -> list[tuple[int, int]] | None:
    """Return the parts of a file of `size` bytes that a header asks for.

    Each is the first byte and the last one; None asks for the whole file.

    >>> read_ranges("bytes=0-99, -5", 1000)
    [(0, 99), (995, 999)]
    >>> read_ranges("lines=1-2", 1000) is None
    True

    Raises:
        RangeError: The file has nothing of any of them.
    """
    found = _RANGES.fullmatch(header.strip())
    if found is None:
        return None
    # An empty element of a list counts for nothing (section 5.6.1).
    texts = [text for each in found["ranges"].split(",") if (text := each.strip())]
    matches = [match for text in texts if (match := _RANGE.fullmatch(text))]
    if not texts or len(matches) < len(texts) or any(map(_is_backwards, matches)):
        return None
    parts = list(_clip(matches, size))
    if not parts:
        raise RangeError(header, size)
    return parts


def write_ranges(parts: list[tuple[int, int]]) -> str:
    """Return the header that asks for some parts."""
    return f"bytes={','.join(f'{first}-{last}' for first, last in parts)}"


def _is_backwards(match: re.Match[str]) -> bool:
    return match["last"] is not None and int(match["last"]) < int(match["first"])


def _clip(matches: list[re.Match[str]], size: int) -> Iterator[tuple[int, int]]:
    for match in matches:
        if match["end"] is not None:
            first, last = max(size - int(match["end"]), 0), size - 1
        else:
            first = int(match["first"])
            last = (
                size - 1 if match["last"] is None else min(int(match["last"]), size - 1)
            )
        if first <= last:
            yield first, last
