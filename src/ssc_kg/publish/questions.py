"""The catalogue of questions over HTTP: listed, explained, asked.

    /queries                    the questions
    /queries/<slug>             one of them, explained; its answer if that is asked for
    /queries/<slug>.<suffix>    its answer in one format, or its text
    /openapi.json               all of that for programs (OpenAPI 3.1)

What a request gives for a parameter becomes a term and takes the place of the default;
no text is ever put into a query. The pages for browsers are made elsewhere.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from http import HTTPStatus
from importlib.metadata import version as release

import orjson
from anyio import to_thread
from pyoxigraph import Triple
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ssc_kg.catalogue.choices import Choices
from ssc_kg.catalogue.described import Described
from ssc_kg.catalogue.explain import explain, explain_all
from ssc_kg.catalogue.finding import find_questions
from ssc_kg.catalogue.openapi import Api, describe_api
from ssc_kg.catalogue.published import describe_questions
from ssc_kg.catalogue.questions import Question, choose_question
from ssc_kg.errors import ParameterValueError
from ssc_kg.formats.table import HTML, JSON, RDF_FORMATS, Format
from ssc_kg.formats.write import write_graph
from ssc_kg.http.conditional import entity_tag, http_date, is_fresh
from ssc_kg.http.negotiation import named, negotiate
from ssc_kg.http.parameters import read_query
from ssc_kg.publish.answers import CACHING, read_languages_of, read_seconds
from ssc_kg.publish.asked import MAXIMUM_PAGE, Asked, read_asked
from ssc_kg.publish.asking import Answers, Asking
from ssc_kg.publish.asof import Readable
from ssc_kg.publish.drawn import Drawn
from ssc_kg.publish.pages import Pages
from ssc_kg.publish.views import describe, view_catalogue, view_question
from ssc_kg.store.snapshot import Snapshot
from ssc_kg.urls import Urls

_EXPLAINED = (JSON, HTML)
"""The formats in which questions are listed and explained, in order of preference.

As RDF, a question is an example for editors of SPARQL (`catalogue.published`).
"""


def routes(
    questions: Sequence[Question], versions: Readable, answers: Answers
) -> list[Route]:
    """Return the routes of the catalogue; each answers GET and HEAD."""
    catalogue = _Catalogue(questions, versions, answers)
    return [
        Route("/queries", catalogue.list),
        Route("/queries/{name}", catalogue.question),
        Route("/openapi.json", catalogue.openapi),
    ]


@dataclass(frozen=True, slots=True)
class _Catalogue:
    questions: Sequence[Question]
    versions: Readable
    answers: Answers
    drawn: Drawn = field(default_factory=Drawn)

    @property
    def urls(self) -> Urls:
        return self.answers.urls

    @property
    def pages(self) -> Pages:
        return self.answers.pages

    def list(self, request: Request) -> Response:
        sent = read_query(request.scope["query_string"])
        search = sent.get("q", "")
        offered = (*_EXPLAINED, *RDF_FORMATS)
        format_ = _choose(request, sent.get("format"), offered)
        snapshot = self.versions.current()
        reply = _Reply(
            request, snapshot, format_, ("list", search, self.urls.public_url)
        )
        if reply.is_known:
            return reply.unchanged()
        if format_ is HTML:
            page = view_catalogue(self.questions, search, self.urls)
            return reply.page(self.pages.catalogue(page))
        found = find_questions(self.questions, search)
        if format_ is not JSON:
            return reply.graph(describe_questions(found, self.urls))
        described = [describe(each, {}) for each in found]
        number = snapshot.record.number
        return reply.json(explain_all(described, self.urls, version=number))

    async def question(self, request: Request) -> Response:
        slug, _, suffix = request.path_params["name"].partition(".")
        question = choose_question(self.questions, slug)
        asked = read_asked(question, request.scope["query_string"])
        offered = describe(question, {}).formats
        name = suffix or asked.format_name
        if name is None:
            accept = ", ".join(request.headers.getlist("accept"))
            format_ = negotiate(accept, (*_EXPLAINED, *offered, *RDF_FORMATS))
            if format_ in _EXPLAINED or format_ not in offered:
                explaining = partial(self._explain, request, asked, format_)
                return await to_thread.run_sync(explaining)
        else:
            format_ = named(name, offered)
        return await self._ask(request, asked, format_)

    def openapi(self, request: Request) -> Response:
        snapshot = self.versions.current()
        reply = _Reply(request, snapshot, JSON, ("openapi", self.urls.public_url))
        if reply.is_known:
            return reply.unchanged()
        described = [
            describe(each, self._choices(each, snapshot)) for each in self.questions
        ]
        number = snapshot.record.number
        api = Api("ssc-kg", release("ssc-kg"), number, MAXIMUM_PAGE)
        return reply.json(describe_api(described, self.urls, api))

    def _explain(self, request: Request, asked: Asked, format_: Format) -> Response:
        snapshot = self._open(asked)
        texts, root = repr(sorted(asked.texts.items())), self.urls.public_url
        parts = ("explain", asked.question.slug, texts, root)
        reply = _Reply(request, snapshot, format_, parts)
        if reply.is_known:
            return reply.unchanged()
        described = self._describe(asked.question, snapshot)
        if format_ is HTML:
            page = view_question(described, asked.texts, self.urls)
            return reply.page(self.pages.question(page))
        if format_ is not JSON:
            return reply.graph(describe_questions([asked.question], self.urls))
        number = snapshot.record.number
        return reply.json(explain(described, self.urls, version=number))

    async def _ask(self, request: Request, asked: Asked, format_: Format) -> Response:
        preparing = partial(self._prepare, request, asked, format_)
        try:
            asking = await to_thread.run_sync(preparing)
        except ParameterValueError as error:
            if format_ is not HTML:
                raise
            return await to_thread.run_sync(self._show_error, asked, error)
        return await self.answers.answer(request, asking)

    def _prepare(self, request: Request, asked: Asked, format_: Format) -> Asking:
        snapshot = self._open(asked)
        return Asking(
            self._describe(asked.question, snapshot),
            asked,
            self.drawn.read(asked.question, asked.texts, snapshot),
            snapshot,
            format_,
            read_languages_of(request),
            read_seconds(request, asked.timeout),
        )

    def _show_error(self, asked: Asked, error: ParameterValueError) -> Response:
        """Return the form that was filled in wrongly, with the reason above it."""
        described = self._describe(asked.question, self._open(asked))
        page = view_question(described, asked.texts, self.urls, error=str(error))
        response = self.pages.question(page)
        response.status_code = HTTPStatus.BAD_REQUEST
        response.headers["Cache-Control"] = "no-store"
        return response

    def _open(self, asked: Asked) -> Snapshot:
        if asked.version is None:
            return self.versions.current()
        return self.versions.open(asked.version)

    def _describe(self, question: Question, snapshot: Snapshot) -> Described:
        return describe(question, self._choices(question, snapshot))

    def _choices(self, question: Question, snapshot: Snapshot) -> dict[str, Choices]:
        found = {
            each.name: self.drawn.choices(each, snapshot)
            for each in question.parameters
        }
        return {name: choices for name, choices in found.items() if choices is not None}


@dataclass(frozen=True, slots=True)
class _Reply:
    """A reply that says the same for as long as a version is served."""

    request: Request
    snapshot: Snapshot
    format: Format
    parts: Sequence[str]

    @property
    def headers(self) -> dict[str, str]:
        record = self.snapshot.record
        return {
            "Cache-Control": CACHING,
            "ETag": entity_tag(record.identity, self.format.name, *self.parts),
            "Last-Modified": http_date(record.time),
            "Vary": "Accept",
        }

    @property
    def is_known(self) -> bool:
        return is_fresh(self.request.headers, self.headers["ETag"])

    def unchanged(self) -> Response:
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=self.headers)

    def json(self, content: dict[str, object]) -> Response:
        body = orjson.dumps(content)
        media_type = self.format.media_type
        return Response(body, headers=self.headers, media_type=media_type)

    def graph(self, triples: Iterable[Triple]) -> Response:
        body = b"".join(write_graph(triples, self.format))
        media_type = self.format.media_type
        return Response(body, headers=self.headers, media_type=media_type)

    def page(self, response: Response) -> Response:
        response.headers.update(self.headers)
        return response


def _choose(request: Request, name: str | None, offered: Sequence[Format]) -> Format:
    if name is not None:
        return named(name, offered)
    return negotiate(", ".join(request.headers.getlist("accept")), offered)
