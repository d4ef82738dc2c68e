"""How much of a text another text repeats."""

import re
from collections.abc import Sequence


def shared_run(text: str, other: str) -> Sequence[str]:
    """Return the longest run of words that two texts share, whatever their case.

    >>> shared_run("Cities that are safe for all", "make cities that are green")
    ['cities', 'that', 'are']
    """
    words, others = _words(text), _words(other)
    joined = f" {' '.join(others)} "
    runs = (
        words[start:end]
        for start in range(len(words))
        for end in range(len(words), start, -1)
    )
    return max(
        (run for run in runs if f" {' '.join(run)} " in joined), key=len, default=[]
    )


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())
