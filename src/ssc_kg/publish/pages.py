"""What the faces here need of those who make pages for browsers."""

from typing import Protocol

from starlette.responses import Response

from ssc_kg.catalogue.shown import AnswerPage, CataloguePage, QuestionPage


class Pages(Protocol):
    """Makes the pages of the catalogue."""

    def catalogue(self, page: CataloguePage) -> Response:
        """Return the list of questions."""
        ...

    def question(self, page: QuestionPage) -> Response:
        """Return a question, explained, with a form that asks it."""
        ...

    def answer(self, page: AnswerPage) -> Response:
        """Return an answer."""
        ...
