"""The page about a thing: its statements with their evidence, and what leads to it."""

from collections.abc import Sequence

from starlette.responses import Response

from ssc_kg.dataset.shown import ThingPage
from ssc_kg.explorer.landing import Face
from ssc_kg.explorer.locate import draw_spot
from ssc_kg.explorer.page import html_page


def thing_page(
    page: ThingPage, *, faces: Sequence[Face] = (), root: str = "/"
) -> Response:
    """Return the page, which says itself where the same is in other formats."""
    return html_page(
        "thing.html",
        root=root,
        name=page.name.text,
        faces=faces,
        page=page,
        map=None if page.spot is None else draw_spot(page.spot),
    )
