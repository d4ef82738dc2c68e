"""The page that lists the prefixes which need no declaration."""

from collections.abc import Mapping, Sequence

from starlette.responses import Response

from ssc_kg.explorer.landing import Face
from ssc_kg.explorer.page import html_page


def prefixes_page(
    prefixes: Mapping[str, str],
    *,
    addresses: Mapping[str, str],
    faces: Sequence[Face] = (),
    root: str = "/",
) -> Response:
    """Return the page: namespaces by prefix, and addresses by the name of a format."""
    return html_page(
        "prefixes.html",
        root=root,
        name="Prefixes",
        faces=faces,
        prefixes=prefixes,
        addresses=addresses,
    )
