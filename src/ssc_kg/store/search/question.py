"""What someone searches for, as phrases.

What stands between white space is a phrase of its words: `ITU-T` is `itu` followed by
`t`. The last phrase may be the beginning of a longer word, since it may still be typed.
There are no operators; what looks like one parts words, as any other sign does.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from ssc_kg.errors import SearchTextError
from ssc_kg.store.search.words import split

MAX_CHARACTERS = 500
MAX_PHRASES = 64


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that stand one after the other."""

    words: tuple[str, ...]
    is_open: bool = False
    """Whether the last word may go on."""

    @property
    def expression(self) -> str:
        """The phrase for FTS5, which never sees more of a text than its words."""
        words = f'"{" ".join(self.words)}"'
        # A word that does not go on matches both, and so counts for more.
        return f"({words} OR {words} *)" if self.is_open else words

    def is_said_by(self, words: Sequence[str]) -> bool:
        """Whether as many words of a text are these."""
        if not self.is_open:
            return tuple(words) == self.words
        *others, last = self.words
        return list(words[:-1]) == others and words[-1].startswith(last)


@dataclass(frozen=True, slots=True)
class Question:
    """Phrases that one node has to have, in one of its texts or in several."""

    phrases: tuple[Phrase, ...]
    """Each once."""
    whole: Phrase
    """All words as they were given: a text that is nothing else is an exact hit."""

    @property
    def expression(self) -> str:
        """Any of the phrases, for FTS5."""
        return " OR ".join(phrase.expression for phrase in self.phrases)


def read_question(text: str) -> Question:
    """Return what a text asks for.

    Raises:
        SearchTextError: There is no word in it, or too much.
    """
    if len(text) > MAX_CHARACTERS:
        raise SearchTextError(
            text, f"has {len(text)} characters; at most {MAX_CHARACTERS} are possible"
        )
    phrases = [tuple(word.text for word in split(part)) for part in text.split()]
    phrases = [words for words in phrases if words]
    if not phrases:
        raise SearchTextError(text, "has no letter and no digit; give a word")
    if len(phrases) > MAX_PHRASES:
        raise SearchTextError(
            text, f"has {len(phrases)} words; at most {MAX_PHRASES} are possible"
        )
    closed, last = map(Phrase, phrases[:-1]), Phrase(phrases[-1], is_open=True)
    whole = Phrase(tuple(word for words in phrases for word in words))
    return Question((*dict.fromkeys(closed), last), whole)
