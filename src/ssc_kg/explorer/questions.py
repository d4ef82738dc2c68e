"""The pages of the catalogue: the list of questions, one question, and its answer.

They are forms and links; nothing on them needs a script.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.responses import Response

from ssc_kg.catalogue.parameters import ParameterType
from ssc_kg.catalogue.shown import AnswerPage, CataloguePage, QuestionPage
from ssc_kg.explorer.landing import Face
from ssc_kg.explorer.page import html_page

MOST_OPTIONS = 60
"""How many values a list to choose from has; of more, a person types the beginning."""
_INPUTS = {
    ParameterType.INTEGER: "number",
    ParameterType.DECIMAL: "number",
    ParameterType.DATE: "date",
}


@dataclass(frozen=True, slots=True)
class QuestionPages:
    """Makes the pages, with the other faces linked at their top."""

    faces: Sequence[Face] = ()
    root: str = "/"

    def catalogue(self, page: CataloguePage) -> Response:
        """Return the list of questions, or of those that a search found."""
        return self._page("questions.html", page, "Questions")

    def question(self, page: QuestionPage) -> Response:
        """Return a question, explained, with a form that asks it."""
        return self._page("question.html", page, "Question")

    def answer(self, page: AnswerPage) -> Response:
        """Return an answer, as a table if it is one."""
        return self._page("answer.html", page, "Answer")

    def _page(
        self, template: str, page: CataloguePage | QuestionPage | AnswerPage, name: str
    ) -> Response:
        return html_page(
            template,
            root=self.root,
            name=name,
            faces=self.faces,
            page=page,
            inputs=_INPUTS,
            most_options=MOST_OPTIONS,
        )
