"""A plain form that asks the SPARQL endpoint, and questions to begin with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from starlette.responses import Response

from ssc_kg.catalogue.shown import ResultPage
from ssc_kg.explorer.landing import Face
from ssc_kg.explorer.page import html_page
from ssc_kg.formats.table import HTML, PARQUET, PICTURE_FORMATS, SVG, TYPED_FORMATS


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


@dataclass(frozen=True, slots=True)
class Mistake:
    """Why a query got no answer, and the line of it that is to blame, if one is."""

    title: str
    detail: str
    before: str = ""
    culprit: str | None = None
    after: str = ""


CHOICES = (
    Choice(HTML.name, "Show the answer"),
    Choice("json", "As JSON"),
    Choice("csv", "As CSV"),
    Choice("tsv", "As TSV"),
    Choice("xml", "As XML"),
    *(Choice(each.name, "As Parquet") for each in TYPED_FORMATS if each is PARQUET),
    *(Choice(each.name, "As a picture") for each in PICTURE_FORMATS if each is SVG),
)


def sparql_page(
    *,
    endpoint: str,
    query: str,
    examples: Sequence[Example] = (),
    outcome: Mistake | ResultPage | None = None,
    faces: Sequence[Face] = (),
    root: str = "/",
) -> Response:
    """Return the page that asks `endpoint`, with `query` and what became of it.

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
        mistake=outcome if isinstance(outcome, Mistake) else None,
        page=outcome if isinstance(outcome, ResultPage) else None,
        query=query,
    )


def find_mistake(
    title: str, detail: str, *, query: str, facts: Mapping[str, object]
) -> Mistake:
    """Return what a person is shown of a problem with a query.

    Args:
        title: What kind of problem it is.
        detail: What is wrong.
        query: The text of the query.
        facts: Those that a problem document has; `line` and
            `column`, `token` and `reason` count.

    >>> facts = {"line": 1, "column": 5, "token": "{"}
    >>> find_mistake("", "", query="ASK {", facts=facts)
    Mistake(title='', detail='Line 1, column 5: ', before='ASK ', culprit='{', after='')
    """
    match facts:
        case {"line": int(line), "column": int(column), "token": str(token)}:
            detail = f"Line {line}, column {column}: {facts.get('reason', detail)}"
            # Places count these lines only, and a form sends CR before each end.
            lines = query.split("\n")
            text = lines[line - 1].rstrip("\r") if line <= len(lines) else ""
            rest = text[column - 1 :]
            # A token may go on in the next lines; it is shown as far as this one goes.
            size = min(len(token), len(rest))
            before, culprit, after = text[: column - 1], rest[:size], rest[size:]
            return Mistake(title, detail, before, culprit, after)
        case _:
            return Mistake(title, detail)
