"""Questions of the catalogue, asked: from values to the reply that has the answer.

A question in SPARQL runs in a worker process, as any query does. One that is asked in
GraphQL alone is answered by the engine. Pages of an answer name the version that they
are of, so that they agree whatever is published between them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from http import HTTPStatus

import orjson
from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response

from ssc_kg.catalogue.described import Described
from ssc_kg.catalogue.operation import bind_variables
from ssc_kg.catalogue.parameters import write_value
from ssc_kg.engine.engine import Engine
from ssc_kg.engine.operation import Operation
from ssc_kg.errors import BadRequestError
from ssc_kg.formats.table import (
    GRAPHQL_DOCUMENT,
    HTML,
    JSON,
    PICTURE_FORMATS,
    RESULTS_JSON,
    SPARQL_QUERY,
    Format,
)
from ssc_kg.formats.write import write_graph
from ssc_kg.http.conditional import entity_tag, has_copy, http_date, is_fresh
from ssc_kg.http.preferences import APPLIED
from ssc_kg.publish.answers import (
    CACHING,
    name_file,
    stream,
    unread,
    while_connected,
)
from ssc_kg.publish.asked import MAXIMUM_PAGE, Asked
from ssc_kg.publish.pages import Pages
from ssc_kg.publish.pictures import MAXIMUM_ROWS, Order, Pictures, describe_picture
from ssc_kg.publish.tables import ShownTable, show_table
from ssc_kg.publish.views import AnswerView
from ssc_kg.rdf.languages import Languages, write_languages
from ssc_kg.sparql.algebra import Term
from ssc_kg.sparql.scan import Scan, scan
from ssc_kg.sparql.values import replace_terms
from ssc_kg.store.apart import StoreApart
from ssc_kg.store.request import Options, Window
from ssc_kg.store.snapshot import Snapshot
from ssc_kg.store.workers import Answer, QueryPool
from ssc_kg.urls import Urls, with_parameters

PAGE = 100
"""How many rows a page for people shows at once, if the address does not say."""


@dataclass(frozen=True, slots=True)
class Asking:
    """One request for the answer to a question, ready to be run.

    Attributes:
        described: The question.
        asked: What the request says.
        terms: The values of parameters that are not their defaults.
        snapshot: The version to answer from.
        format: The format of the answer.
        languages: Those that the client likes.
        seconds: How long it wants to wait.
    """

    described: Described
    asked: Asked
    terms: Mapping[str, Term]
    snapshot: Snapshot
    format: Format
    languages: Languages = ()
    seconds: float | None = None

    @property
    def window(self) -> Window | None:
        """The page that is asked for; None for all rows."""
        asked = self.asked
        if self.format is HTML:
            return Window(asked.offset, asked.limit or PAGE)
        if self.format in PICTURE_FORMATS:
            return Window(asked.offset, asked.limit or MAXIMUM_ROWS)
        if asked.limit is None and asked.offset == 0:
            return None
        return Window(asked.offset, asked.limit or MAXIMUM_PAGE)

    @property
    def options(self) -> Options:
        """What a worker is told beside the query."""
        has_labels = self.asked.labels and self.format is not HTML
        return Options(
            seconds=self.seconds,
            window=self.window if self.described.is_paged else None,
            labels=write_languages(self.languages) if has_labels else None,
        )

    @property
    def order(self) -> Order | None:
        """The picture that is asked for; None if none is."""
        window = self.window
        if window is None or self.format not in PICTURE_FORMATS:
            return None
        drawing, words = self.asked.drawing, self.described.question.words
        return Order(
            drawing,
            words if drawing.title is None else drawing.title,
            self.format,
            window,
            is_page=self.asked.limit is not None,
            seconds=self.seconds,
        )

    @property
    def sent(self) -> dict[str, str]:
        """The values that were given, each in one spelling."""
        return {name: write_value(term) for name, term in self.terms.items()}


@dataclass(frozen=True, slots=True)
class Answers:
    """Answers questions."""

    pictures: Pictures
    engine: Engine
    urls: Urls
    pages: Pages

    @property
    def pool(self) -> QueryPool:
        """The processes that answer questions in SPARQL."""
        return self.pictures.pool

    async def answer(self, request: Request, asking: Asking) -> Response:
        """Return the answer to what is asked.

        Raises:
            BadRequestError: It has no rows, but a page of them is asked for.
            RequestError: It is no picture, but how to draw it is said.
            KnowledgeGraphError: The query cannot be answered.
        """
        if not asking.described.is_paged:
            _refuse_paging(asking)
        if asking.format is not HTML:
            asking.asked.drawing.require_picture(asking.format)
        question = asking.described.question
        if asking.format is GRAPHQL_DOCUMENT:
            return self._text(request, asking, question.graphql or "")
        if question.sparql is None:
            return await to_thread.run_sync(self._operate, request, asking)
        text = replace_terms(question.sparql, asking.terms)
        if asking.format is SPARQL_QUERY:
            return self._text(request, asking, text)
        return await self._query(request, asking, scan(text))

    async def _query(self, request: Request, asking: Asking, scanned: Scan) -> Response:
        # For how long an answer was waited for does not change it.
        told = repr(replace(asking.options, seconds=None))
        shown = write_languages(asking.languages) if asking.format is HTML else ""
        cap, drawing = str(self.pool.limits.rows), repr(asking.asked.drawing)
        parts = (scanned.text, told, shown, drawing, cap, self.urls.public_url)
        headers = self._headers(asking, parts, is_volatile=scanned.is_volatile)
        if has_copy(request.headers, headers.get("ETag", "")):
            return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
        is_shown = asking.format in (HTML, *PICTURE_FORMATS)
        answering = self.pool.answer(
            scanned,
            version=asking.snapshot.path,
            format_name=RESULTS_JSON.name if is_shown else asking.format.name,
            options=asking.options,
        )
        answer = await while_connected(request, answering)
        if answer is None:
            return unread()
        headers["Link"] = self._links(asking, answer)
        if not is_shown:
            return await stream(request, answer, asking.format, headers)
        if (order := asking.order) is not None:
            return await self.pictures.reply(request, answer, order, headers)
        results = b"".join([chunk async for chunk in answer])
        table = await to_thread.run_sync(self._show, asking, results)
        return self._page(request, asking, table, self._turns(asking, answer), headers)

    def _show(self, asking: Asking, results: bytes) -> ShownTable:
        table = show_table(results, asking.snapshot.store, self.urls, asking.languages)
        if not PICTURE_FORMATS or not asking.described.is_paged:
            return table
        picture = describe_picture(results, asking.asked.drawing)
        return replace(table, picture=picture)

    def _operate(self, request: Request, asking: Asking) -> Response:
        """Answer a question that is asked in GraphQL alone."""
        question = asking.described.question
        variables = bind_variables(question.parameters, asking.terms)
        operation = Operation(
            question.graphql or "", variables, languages=asking.languages
        )
        headers = self._headers(asking, (repr(operation), self.urls.public_url))
        headers["Vary"] = "Accept, Accept-Language"
        if is_fresh(request.headers, headers["ETag"]):
            return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
        is_json = asking.format in (JSON, HTML)
        run = self.engine.execute if is_json else self.engine.facts
        options = Options(seconds=asking.options.seconds)
        snapshot = asking.snapshot
        store = StoreApart(snapshot.store, snapshot.path, self.pool, options)
        result = run(operation, store)
        result.require_data()
        if asking.format is HTML:
            text = orjson.dumps(result.body(), option=orjson.OPT_INDENT_2).decode()
            table = ShownTable((), (), text)
            return self._page(request, asking, table, {}, headers)
        body = (
            orjson.dumps(result.body())
            if is_json
            else b"".join(write_graph(result.facts, asking.format))
        )
        return Response(body, headers=headers, media_type=asking.format.media_type)

    def _text(self, request: Request, asking: Asking, text: str) -> Response:
        headers = self._headers(asking, (text,))
        if is_fresh(request.headers, headers["ETag"]):
            return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
        media_type = f"{asking.format.media_type}; charset=utf-8"
        return Response(text, headers=headers, media_type=media_type)

    def _page(
        self,
        request: Request,
        asking: Asking,
        table: ShownTable,
        turns: Mapping[str, str],
        headers: Mapping[str, str],
    ) -> Response:
        if "ETag" in headers and is_fresh(request.headers, headers["ETag"]):
            return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
        number = asking.snapshot.record.number
        view = AnswerView(asking.described, asking.terms, self.urls, number)
        page = view.page(
            table, turns, window=asking.window, drawing=asking.asked.drawing
        )
        response = self.pages.answer(page)
        response.headers.update(headers)
        return response

    def _headers(
        self, asking: Asking, parts: Sequence[str], *, is_volatile: bool = False
    ) -> dict[str, str]:
        record, format_ = asking.snapshot.record, asking.format
        is_kept = asking.asked.is_download
        has_names = asking.asked.labels or format_ is HTML
        slug = asking.described.question.slug
        explained = self.urls.url(self.urls.question(slug))
        headers = {
            "Cache-Control": "no-store" if is_volatile else CACHING,
            "Content-Disposition": name_file(slug, format_, is_kept=is_kept),
            "Last-Modified": http_date(record.time),
            "Link": f'<{explained}>; rel="describedby"',
            "Vary": "Accept, Accept-Language" if has_names else "Accept",
        }
        # Of an operation in GraphQL only what may take long has a limit.
        has_limit = asking.described.question.sparql is not None
        if has_limit and asking.seconds is not None and asking.asked.timeout is None:
            headers[APPLIED] = f"wait={asking.seconds:g}"
        if not is_volatile:
            names = (format_.name, str(is_kept))
            headers["ETag"] = entity_tag(record.identity, *names, *parts)
        return headers

    def _links(self, asking: Asking, answer: Answer) -> str:
        explained = self.urls.url(self.urls.question(asking.described.question.slug))
        links = [f'<{explained}>; rel="describedby"']
        turns = self._turns(asking, answer).items()
        links += (f'<{address}>; rel="{name}"' for name, address in turns)
        return ", ".join(links)

    def _turns(self, asking: Asking, answer: Answer) -> Mapping[str, str]:
        """Return where the other pages are, by their relation to this one."""
        window = asking.options.window
        if window is None:
            return {}
        maximum = self.pool.limits.rows
        size = window.limit if maximum is None else min(window.limit, maximum)
        turns: dict[str, int] = {}
        if window.offset > 0:
            turns = {"first": 0, "prev": max(window.offset - size, 0)}
        if answer.end is not None and answer.end.is_cut:
            turns["next"] = window.offset + size
        return {name: self._turn(asking, place) for name, place in turns.items()}

    def _turn(self, asking: Asking, offset: int) -> str:
        iri = self.urls.question(asking.described.question.slug)
        window = asking.window
        said = {
            **asking.sent,
            "limit": str(window.limit if window else MAXIMUM_PAGE),
            "offset": str(offset),
            "version": str(asking.snapshot.record.number),
        }
        if asking.asked.labels:
            said["labels"] = "on"
        said |= asking.asked.drawing.sent
        return with_parameters(self.urls.url(iri, suffix=asking.format.suffix), said)


def _refuse_paging(asking: Asking) -> None:
    asked = asking.asked
    given = {
        "limit": asked.limit is not None,
        "offset": asked.offset > 0,
        "labels": asked.labels,
    }
    for name, is_given in given.items():
        if is_given:
            slug = asking.described.question.slug
            msg = f"{name} is for rows, and the answer of {slug} has none; leave it out"
            raise BadRequestError(msg)
