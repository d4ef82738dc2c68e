"""The pages of what the program describes: the dataset, its versions, its catalogue."""

from collections.abc import Sequence

from starlette.responses import Response

from ssc_kg.dataset.shown import OverviewPage
from ssc_kg.explorer.landing import Face
from ssc_kg.explorer.page import html_page


def overview_page(
    page: OverviewPage, *, faces: Sequence[Face] = (), root: str = "/"
) -> Response:
    """Return the page, which says itself where the same is in other formats."""
    return html_page(
        "overview.html", root=root, name=page.name.text, faces=faces, page=page
    )
