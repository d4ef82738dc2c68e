"""Pictures of answers: a table from the query workers, drawn in another process.

One picture is drawn at a time, under the limits of a query; others wait, as many as
queries may. Drawing takes tenths of a second; the first of a server, whose process
has to start, takes a second or two.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from http import HTTPStatus
from types import TracebackType
from typing import Self

from starlette.requests import Request
from starlette.responses import Response

from ssc_kg.charts.apart import Wanted, read_table
from ssc_kg.charts.choose import ANY, choose, choose_first
from ssc_kg.charts.describe import describe
from ssc_kg.charts.picture import read_kind
from ssc_kg.errors import (
    ChartError,
    ParameterValueError,
    QueryLimit,
    QueryTooLargeError,
    RequestError,
)
from ssc_kg.formats.table import PICTURE_FORMATS, SVG, Format
from ssc_kg.http.conditional import is_fresh
from ssc_kg.publish.answers import unread, while_connected
from ssc_kg.store.request import Window
from ssc_kg.store.workers import Answer, Limits, QueryPool

MAXIMUM_ROWS = 10_000
"""How many rows a picture may have; of more, none is drawn."""
MAXIMUM_TITLE = 300
"""How many characters its title may have."""
_CHART, _TITLE = "chart", "title"
_PAINTER = "ssc_kg.publish.painter"


@dataclass(frozen=True, slots=True)
class Drawing:
    """What a request says of the picture that it asks for.

    Attributes:
        kind: The kind of chart; None for the first that fits.
        title: What stands above it; None if nothing is said of that.
    """

    kind: str | None = None
    title: str | None = None

    @property
    def sent(self) -> dict[str, str]:
        """The parameters that say it."""
        said = {_CHART: self.kind, _TITLE: self.title}
        return {name: text for name, text in said.items() if text is not None}

    def require_picture(self, format_: Format) -> None:
        """Refuse what says how to draw where nothing is drawn.

        Raises:
            RequestError: The format is no picture.
        """
        if self.sent and format_ not in PICTURE_FORMATS:
            names = " and ".join(self.sent)
            message = f"{names}: for pictures alone, and {format_.name} is none"
            raise RequestError(message)


AS_IT_FITS = Drawing()
"""The first chart that fits."""


def read_drawing(sent: Mapping[str, str]) -> Drawing:
    """Return what the parameters `chart` and `title` say.

    Raises:
        ChartError: There is no such chart.
        ParameterValueError: The title is too long, or no line of text.
    """
    kind, title = sent.get(_CHART), sent.get(_TITLE)
    if title is not None and not (title.isprintable() and len(title) <= MAXIMUM_TITLE):
        expected = f"one line of at most {MAXIMUM_TITLE} characters"
        raise ParameterValueError(_TITLE, title, expected)
    return Drawing(None if kind is None else read_kind(kind), title)


def describe_picture(results: bytes, drawing: Drawing) -> str | None:
    """Return what a picture of a table would show, in words; None if none fits it."""
    table = read_table(results)
    try:
        if drawing.kind is None:
            return describe(choose_first(table))
        return describe(choose(read_kind(drawing.kind), table))
    except ChartError:
        return None


@dataclass(frozen=True, slots=True)
class Order:
    """One picture that is to be drawn.

    Attributes:
        drawing: What the request says of it.
        title: What stands above it.
        format: The format of the picture.
        window: The rows that were asked for.
        is_page: Whether the client asked for no more than these.
        seconds: How long it wants to wait.
    """

    drawing: Drawing
    title: str
    format: Format
    window: Window
    is_page: bool = False
    seconds: float | None = None


@dataclass(frozen=True)
class Pictures:
    """Draws what the workers of a pool answer, from entering it to leaving it."""

    pool: QueryPool

    async def __aenter__(self) -> Self:
        """Do nothing yet: the process that draws is started for the first picture."""
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the process that draws."""
        await self._painters.close()

    async def reply(
        self, request: Request, answer: Answer, order: Order, headers: Mapping[str, str]
    ) -> Response:
        """Return the reply that has the picture of an answer, or 304.

        Args:
            request: The request.
            answer: The rows, as SPARQL JSON results.
            order: How to draw them.
            headers: What the reply has; with an ETag, `If-None-Match: *` is a 304.

        Raises:
            ChartError: The rows do not fit the chart, or are too many.
            QueryTimedOutError: It was stopped at the time limit.
            QueryTooLargeError: It took too much memory.
            StoreBusyError: Enough pictures wait.
        """
        picture = await while_connected(request, self._draw(answer, order))
        if picture is None:
            return unread()
        if "ETag" in headers and is_fresh(request.headers, headers["ETag"]):
            return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
        return Response(picture, headers=headers, media_type=order.format.media_type)

    async def _draw(self, answer: Answer, order: Order) -> bytes:
        try:
            _require_whole(answer, order)
            results = b"".join([chunk async for chunk in answer])
        finally:
            await answer.aclose()
        wanted = Wanted(
            order.drawing.kind, order.title, order.format is SVG, results.decode()
        )
        return await self._painters.draw(wanted, order.seconds)

    @cached_property
    def _painters(self) -> "_Painters":
        return _Painters(self.pool.limits)


class _Painters:
    """One process that draws, started when it is first needed."""

    def __init__(self, limits: Limits) -> None:
        self._limits = replace(limits, services=())
        self._start: asyncio.Task[QueryPool] | None = None

    async def draw(self, wanted: Wanted, seconds: float | None) -> bytes:
        start = self._start
        if start is None or (start.done() and start.exception() is not None):
            pool = QueryPool(_PAINTER, self._limits, size=1)
            self._start = start = asyncio.create_task(pool.__aenter__())
        # A client that leaves does not stop what others wait for.
        pool = await asyncio.shield(start)
        try:
            return await pool.draw(wanted.write(), seconds)
        except QueryTooLargeError as error:
            if error.limit != QueryLimit.STACK:
                raise
            # Libraries in C that get no memory may read where nothing is.
            memory = self._limits.memory
            raise QueryTooLargeError(QueryLimit.MEMORY, memory) from error

    async def close(self) -> None:
        if self._start is None:
            return
        await asyncio.wait([self._start])
        if self._start.exception() is None:
            await self._start.result().__aexit__(None, None, None)


def _require_whole(answer: Answer, order: Order) -> None:
    """Refuse a table of which there are more rows than can be drawn."""
    end = answer.end
    if end is None or not end.is_cut:
        return
    if order.is_page and end.rows == order.window.limit:
        return
    reason = (
        f"it has more than {end.rows} rows, the most that are drawn; "
        "take fewer, as with LIMIT"
    )
    raise ChartError(order.drawing.kind or ANY, reason)
