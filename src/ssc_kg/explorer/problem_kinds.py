"""The page about a kind of problem, where its IRI leads."""

from collections.abc import Sequence

from starlette.responses import Response

from ssc_kg.explorer.landing import Face
from ssc_kg.explorer.page import html_page


def problem_kind_page(
    *, title: str, status: int, meaning: str, faces: Sequence[Face], root: str = "/"
) -> Response:
    """Return the page that says what happened when a reply named this kind."""
    return html_page(
        "problem_kind.html",
        root=root,
        name=title,
        faces=faces,
        title=title,
        status=status,
        meaning=meaning,
    )
