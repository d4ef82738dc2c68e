"""All that there is to say of a question: what the data and the formats add to it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ssc_kg.catalogue.choices import Choices
from ssc_kg.catalogue.questions import Question
from ssc_kg.formats.table import HTML, Format


@dataclass(frozen=True, slots=True)
class Described:
    """A question with what its parameters may be and how its answer comes.

    Attributes:
        question: The question.
        answers: The formats of its answer, in order of preference.
        texts: The formats of the question itself.
        is_page: Whether its answer is also shown as a page.
        columns: Those of its answer, as far as the query names them.
        is_paged: Whether its answer has rows, so that it may come in pages.
        choices: What each parameter may be, of those of which the data or the type
            says so.
    """

    question: Question
    answers: tuple[Format, ...]
    texts: tuple[Format, ...]
    is_page: bool = True
    columns: tuple[str, ...] = ()
    is_paged: bool = False
    choices: Mapping[str, Choices] = field(default_factory=dict)

    @property
    def formats(self) -> tuple[Format, ...]:
        """All formats that may be asked for, in order of preference."""
        pages = (HTML,) if self.is_page else ()
        return (*self.answers, *pages, *self.texts)
