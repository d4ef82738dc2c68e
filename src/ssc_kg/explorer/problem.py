"""The page of a problem: what is wrong, and what to do next."""

from collections.abc import Sequence

from starlette.responses import Response

from ssc_kg.explorer.landing import Face
from ssc_kg.explorer.page import html_page
from ssc_kg.http.problem_page import ProblemPage


def problem_page(
    page: ProblemPage, *, faces: Sequence[Face] = (), root: str = "/"
) -> Response:
    """Return the page."""
    return html_page("problem.html", root=root, name=page.title, faces=faces, page=page)
