"""A plain form that asks the SPARQL endpoint, and questions to begin with."""

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.responses import Response

from ssc_kg.explorer.landing import Face
from ssc_kg.explorer.page import html_page


@dataclass(frozen=True, slots=True)
class Example:
    """A question that the page offers."""

    slug: str
    words: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A format that the answer may come in: a button."""

    value: str
    title: str


CHOICES = (
    Choice("json", "As JSON"),
    Choice("csv", "As CSV"),
    Choice("tsv", "As TSV"),
    Choice("xml", "As XML"),
)


def sparql_page(
    *,
    endpoint: str,
    query: str,
    examples: Sequence[Example] = (),
    faces: Sequence[Face] = (),
    root: str = "/",
) -> Response:
    """Return the page that asks `endpoint`, beginning with `query`.

    An example is asked for as `?example=<slug>` at the same address.
    """
    return html_page(
        "sparql.html",
        root=root,
        name="SPARQL",
        endpoint=endpoint,
        examples=examples,
        faces=faces,
        formats=CHOICES,
        query=query,
    )
