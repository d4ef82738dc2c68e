"""The front page: what this server is, and the faces it answers at."""

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.responses import Response

from ssc_kg.explorer.page import html_page


@dataclass(frozen=True, slots=True)
class Face:
    """One way to ask the graph, as a person is told of it."""

    title: str
    address: str
    """Where it answers; absolute, or a path on this server."""
    description: str
    """One sentence: what one gets there."""


def landing_page(faces: Sequence[Face], *, root: str = "/") -> Response:
    """Return the page that names `faces`, in their order."""
    return html_page("landing.html", root=root, faces=faces)
