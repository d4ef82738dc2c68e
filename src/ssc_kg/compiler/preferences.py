"""Which of the texts of a field is shown, of those that it has in several languages.

What a client likes best comes first. A text is liked as the longest range that covers
its language is; if none does, as a range that covers it once its last subtags are left
out, so that `fr-CA` finds French too (RFC 4647, lookup, section 3.4). After that comes
what the client says nothing of: English, then text without a language, then by the tag.
What it excludes by `q=0` comes last of all, and a field that may be null is null before
it shows that.

A preference is a list of rules, so that Python and SPARQL follow the same ones.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import count

from pyoxigraph import Literal

from ssc_kg.rdf.cells import Cell, Term, language_in, read_cell
from ssc_kg.rdf.languages import ANY, Languages, accepts, covers, length, tag_of

FALLBACK = "en"
"""The language of texts before all others of which a client says nothing."""
UNMATCHED, EXCLUDED = 1_000, 1_001
"""The ranks of what no rule is about, and of what the client does not want."""


@dataclass(frozen=True, slots=True)
class Preference:
    """How much the languages of texts are liked."""

    languages: Languages = ()
    rules: tuple[tuple[str, int], ...] = ()
    """Ranges and the rank of what they cover; the first that covers a tag counts."""
    _places: dict[str, tuple[int, int, str]] = field(
        default_factory=dict, compare=False, repr=False
    )
    """Those of the languages that were met; texts have few, and there are many."""

    @property
    def excludes(self) -> bool:
        """Whether there may be a text that it excludes."""
        return any(rank == EXCLUDED for _, rank in self.rules)

    def choose(self, cells: Iterable[Cell], *, required: bool = True) -> Cell | None:
        """Return the text that is shown, of which some are excluded unless `required`.

        Of texts in one language it is the first; of terms with one text, as `"1"` and
        `1`, always the same one.
        """
        places = {cell: self._place(language_in(cell)) for cell in cells}
        best = min(places.values(), default=None)
        if best is None or (best[0] == EXCLUDED and not required):
            return None
        # There are seldom several, and to read a cell takes longer than all else.
        chosen = [cell for cell, place in places.items() if place == best]
        return chosen[0] if len(chosen) == 1 else min(chosen, key=self._place_cell)

    def choose_text(self, texts: Iterable[Literal]) -> Literal | None:
        """Return the text that is shown, unless it is excluded; none of none."""
        best = min(texts, key=self.place_term, default=None)
        is_shown = best is not None and self.place_term(best)[0] != EXCLUDED
        return best if is_shown else None

    def sort(self, cells: Collection[Cell]) -> list[Cell]:
        """Return texts, the most liked first."""
        return sorted(cells, key=self._place_cell) if len(cells) > 1 else [*cells]

    def accept(self, cells: Collection[Cell]) -> list[Cell]:
        """Return the texts in the languages that are liked, the most liked first."""
        return [
            cell
            for cell in self.sort(cells)
            if accepts(self.languages, language_in(cell))
        ]

    def is_idle(self, tags: Collection[str], *, required: bool) -> bool:
        """Whether of texts in some languages it chooses those that are chosen anyway.

        Some may be excluded unless they are `required`.
        """
        places = sorted(map(self.place, tags))
        otherwise = sorted(tags, key=NO_PREFERENCE.place)
        is_hiding = not required and any(rank == EXCLUDED for rank, *_ in places)
        return not is_hiding and [tag for *_, tag in places] == otherwise

    def place(self, tag: str) -> tuple[int, int, str]:
        """Return the place of a language, the lesser the better."""
        ranks = (rank for range_, rank in self.rules if covers(range_, tag))
        otherwise = 0 if covers(FALLBACK, tag) else 1 if not tag else 2
        return next(ranks, UNMATCHED), otherwise, tag

    def place_term(self, term: Term) -> tuple[int, int, str, str, str]:
        """Return the place of a term."""
        return *self._place(tag_of(term)), term.value, str(term)

    def _place_cell(self, cell: Cell) -> tuple[int, int, str, str, str]:
        return self.place_term(read_cell(cell))

    def _place(self, tag: str) -> tuple[int, int, str]:
        known = self._places.get(tag)
        if known is None:
            known = self._places[tag] = self.place(tag)
        return known


NO_PREFERENCE = Preference()


def prefer(languages: Languages) -> Preference:
    """Return what the languages that a client likes mean for texts."""
    return (
        Preference(languages, tuple(_rules(languages))) if languages else NO_PREFERENCE
    )


def _rules(languages: Languages) -> Iterator[tuple[str, int]]:
    ranks = count()
    written, shortened = dict[str, int](), dict[str, int]()
    for each in languages:
        written[each.range] = next(ranks) if each.quality else EXCLUDED
        if each.quality:
            for shorter in _shorten(each.range):
                shortened.setdefault(shorter, next(ranks))
    if (rank := written.pop(ANY, None)) is not None:
        shortened[ANY] = rank
    yield from sorted(written.items(), key=lambda rule: -length(rule[0]))
    yield from ((each, rank) for each, rank in shortened.items() if each not in written)


def _shorten(range_: str) -> Iterator[str]:
    """Leave out the last subtag, again and again; a single character goes with it."""
    subtags = range_.split("-")[:-1]
    while subtags:
        if len(subtags[-1]) > 1:
            yield "-".join(subtags)
        subtags = subtags[:-1]
