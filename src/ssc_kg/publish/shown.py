"""Answers of the SPARQL endpoint as pages: what is asked for them, and what they show.

Rows come a page at a time, with the names of their IRIs; of a graph, the beginning as
Turtle. Every link asks the same query again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ssc_kg.catalogue.shown import ResultPage
from ssc_kg.formats.table import HTML, PICTURE_FORMATS, RESULTS_JSON, TURTLE, Format
from ssc_kg.http.parameters import read_number, read_switch
from ssc_kg.publish.answers import offer
from ssc_kg.publish.asked import MAXIMUM_PAGE
from ssc_kg.publish.asking import PAGE
from ssc_kg.publish.tables import ShownTable, show_table
from ssc_kg.publish.views import link
from ssc_kg.rdf.languages import Languages
from ssc_kg.sparql.scan import Form
from ssc_kg.store.request import Window
from ssc_kg.store.snapshot import Snapshot
from ssc_kg.store.workers import Answer
from ssc_kg.urls import Urls, with_parameters

MAXIMUM_TURTLE = 100_000
"""How many bytes of a graph a page shows at most; the rest is a link away."""
_KEPT = ("query", "default-graph-uri", "named-graph-uri", "timeout", "labels")
"""The parameters that links say again."""
_HIGHEST = 10**9


@dataclass(frozen=True, slots=True)
class Shown:
    """What a request asks of a page.

    Attributes:
        form: The form of the query.
        sent: The parameters that links say again; names may repeat.
        window: The rows of the page.
        languages: Those that the client likes.
    """

    form: Form
    sent: Sequence[tuple[str, str]]
    window: Window
    languages: Languages

    @property
    def format(self) -> Format:
        """The format in which the answer is read."""
        return RESULTS_JSON if self.form.is_table else TURTLE

    @property
    def wanted(self) -> Window | None:
        """The rows that are asked for; None if the answer has none."""
        return self.window if self.form is Form.SELECT else None


def read_shown(
    parameters: Sequence[tuple[str, str]], form: Form, languages: Languages
) -> Shown:
    """Return what the parameters of a request ask of a page.

    Raises:
        ParameterValueError: `limit` or `offset` is no such number.
    """
    own = dict(parameters)
    limit, offset = own.get("limit", str(PAGE)), own.get("offset", "0")
    window = Window(
        read_number("offset", offset, minimum=0, maximum=_HIGHEST),
        read_number("limit", limit, minimum=1, maximum=MAXIMUM_PAGE),
    )
    sent = tuple(pair for pair in parameters if pair[0] in _KEPT)
    return Shown(form, sent, window, languages)


async def read_beginning(answer: Answer, form: Form) -> tuple[bytes, bool]:
    """Return the bytes that a page shows of an answer, and whether these are all.

    A table is a page already, and comes whole; a graph ends after a line.

    Raises:
        KnowledgeGraphError: The rest of the answer does not come.
    """
    if form.is_table:
        return b"".join([chunk async for chunk in answer]), True
    read = b""
    async for chunk in answer:
        read += chunk
        if len(read) > MAXIMUM_TURTLE:
            await answer.aclose()
            return read[: read.rfind(b"\n", 0, MAXIMUM_TURTLE) + 1], False
    return read, True


@dataclass(frozen=True, slots=True)
class ResultView:
    """Makes the page of an answer from its bytes."""

    shown: Shown
    snapshot: Snapshot
    urls: Urls
    hints: tuple[str, ...] = ()

    def page(self, results: bytes, *, is_whole: bool) -> ResultPage:
        """Return the page.

        Args:
            results: The rows of the page as SPARQL JSON results, or Turtle.
            is_whole: Whether no row follows, and no line of a graph.
        """
        table = self._table(results)
        is_table = self.shown.form.is_table
        return ResultPage(
            columns=table.columns,
            rows=table.rows,
            start=self.shown.window.offset + 1,
            turns=self._turns(len(table.rows), is_whole=is_whole) if is_table else {},
            formats=tuple(
                link(each, self._address(format=each.name))
                for each in offer(self.shown.form)
                if each not in PICTURE_FORMATS
            ),
            permalink=self._address(format=HTML.name),
            version=self.snapshot.record.number,
            text=table.text,
            shown=None if is_whole or is_table else len(results),
            hints=self.hints,
            has_labels=read_switch(
                "labels", dict(self.shown.sent).get("labels", "off")
            ),
        )

    def _table(self, results: bytes) -> ShownTable:
        if not self.shown.form.is_table:
            text = results.decode(errors="ignore")
            return ShownTable((), (), text or "The graph is empty.")
        languages = self.shown.languages
        return show_table(results, self.snapshot.store, self.urls, languages)

    def _turns(self, rows: int, *, is_whole: bool) -> Mapping[str, str]:
        window = self.shown.window
        turns: dict[str, int] = {}
        if window.offset > 0:
            turns = {"first": 0, "prev": max(window.offset - window.limit, 0)}
        if not is_whole:
            turns["next"] = window.offset + rows
        return {name: self._turn(offset) for name, offset in turns.items()}

    def _turn(self, offset: int) -> str:
        limit = str(self.shown.window.limit)
        page = self._address(format=HTML.name, limit=limit, offset=str(offset))
        return f"{page}#answer"

    def _address(self, **said: str) -> str:
        asked = self.shown.form is Form.SELECT
        sent = [pair for pair in self.shown.sent if asked or pair[0] != "labels"]
        return with_parameters(self.urls.url(self.urls.sparql), [*sent, *said.items()])
