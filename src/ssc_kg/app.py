"""The composition root: settings and a snapshot become an ASGI application.

Nothing else wires. A request passes, from the outside in: the replies that are kept,
CORS, the size of headers, compression, routing, and one face; the faces read one
snapshot from the start of a request to its end.
"""

from collections.abc import AsyncIterator, Callable, Collection, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus

import orjson
import pyoxigraph
from anyio import to_thread
from pyoxigraph import NamedNode
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp

from ssc_kg import resources
from ssc_kg.catalogue.questions import choose_question, read_questions
from ssc_kg.catalogue.shown import Link, ResultPage
from ssc_kg.compiler.preferences import NO_PREFERENCE
from ssc_kg.dataset.dcat import Holding
from ssc_kg.dataset.orders import SORT_KEYS
from ssc_kg.dataset.shown import OverviewPage, ThingPage
from ssc_kg.dataset.texts import TEXT_FIELDS
from ssc_kg.engine.engine import Engine
from ssc_kg.engine.limits import OperationLimits
from ssc_kg.errors import ConfigurationError, StoreError
from ssc_kg.explorer.difference import DifferencePage
from ssc_kg.explorer.dumps import DumpPages
from ssc_kg.explorer.graphiql import graphiql_page
from ssc_kg.explorer.landing import Face, landing_page
from ssc_kg.explorer.ontology import OntologyPages
from ssc_kg.explorer.overview import overview_page
from ssc_kg.explorer.prefixes import prefixes_page
from ssc_kg.explorer.problem import problem_page
from ssc_kg.explorer.problem_kinds import problem_kind_page
from ssc_kg.explorer.questions import QuestionPages
from ssc_kg.explorer.sparql import Example, find_mistake, sparql_page
from ssc_kg.explorer.static import static_routes
from ssc_kg.explorer.thing import thing_page
from ssc_kg.graphql_api.documents import (
    Documents,
    OpenDocuments,
    RegisteredDocuments,
    read_documents,
)
from ssc_kg.graphql_api.events import Streams
from ssc_kg.graphql_api.http import GraphQLEndpoint
from ssc_kg.graphql_api.published import schema_route
from ssc_kg.graphql_api.request import RequestLimits
from ssc_kg.graphql_api.schema import domain_engine
from ssc_kg.http.compression import Compression
from ssc_kg.http.cors import CrossOrigin
from ssc_kg.http.oversized import Oversized
from ssc_kg.http.problem_page import view_problem, words_of
from ssc_kg.http.problems import Kind, Problem, exception_handlers
from ssc_kg.http.replies import Replies
from ssc_kg.publish import (
    api_catalog,
    catalog,
    context,
    crawl,
    difference,
    dumps,
    endpoint,
    front,
    offers,
    prefixes,
    problem_kinds,
    questions,
    versions,
)
from ssc_kg.publish import resources as linked_data
from ssc_kg.publish.asking import Answers
from ssc_kg.publish.comparisons import Comparisons
from ssc_kg.publish.documents import DocumentPage, GraphPage
from ssc_kg.publish.dumping import Dumping
from ssc_kg.publish.graph_view import view_graph
from ssc_kg.publish.near import find_near
from ssc_kg.publish.nodes import Nodes
from ssc_kg.publish.overviews import (
    view_catalog,
    view_dataset,
    view_version,
    view_versions,
)
from ssc_kg.publish.pictures import Pictures
from ssc_kg.publish.thing_view import view_document
from ssc_kg.rdf.terms import read_iri
from ssc_kg.settings import Settings
from ssc_kg.store.copies import open_copy
from ssc_kg.store.protocol import Store
from ssc_kg.store.publications import Publications
from ssc_kg.store.sandbox import Priority
from ssc_kg.store.snapshot import Snapshots
from ssc_kg.store.versions import VersionRecord
from ssc_kg.store.workers import Limits, QueryPool
from ssc_kg.urls import Urls

GRAPHQL_PATH = "/graphql"
SCHEMA_PATH = "/schema.graphql"
DEFAULT_QUESTION = "who-signed-citynet-unescap"
EXAMPLE_THING = "id/agreement/citynet-unescap-mou"
_WORKER = "ssc_kg.publish.worker"
_GONE = (HTTPStatus.NOT_FOUND, HTTPStatus.GONE)


def create_app(
    settings: Settings,
    snapshots: Snapshots | None = None,
    *,
    store: pyoxigraph.Store | Store | None = None,
    is_stopping: Callable[[], bool] = lambda: False,
) -> ASGIApp:
    """Return the application that answers from `snapshots`, or from any store.

    Args:
        settings: Where it is, and its limits.
        snapshots: The versions; the caller closes them when the application has ended.
        store: Graphs of one's own instead. They are copied to a temporary directory
            now; what is written to the store later is not seen.
        is_stopping: Ends subscriptions once it is true; before, a server that waits for
            them would not stop.

    Raises:
        ConfigurationError: Neither snapshots nor a store is given, or both are.
        StoreError: The store cannot be copied.
    """
    snapshots = _choose_snapshots(settings, snapshots, store)
    urls = Urls(settings.base_iri, settings.public_url or "/")
    pool = query_pool(settings, priority=Priority(settings.query_priority))
    pictures = Pictures(pool)
    engine = domain_engine(limits=operation_limits(settings))
    pages = _Pages(urls.public_url)

    comparisons = Comparisons(snapshots.versions)

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        # A thread that waits for a worker is not to keep others from having one.
        threads = to_thread.current_default_thread_limiter()
        threads.total_tokens += pool.capacity
        try:
            async with pool, pictures:
                yield
        finally:
            threads.total_tokens -= pool.capacity
            comparisons.close()
        if store is not None:
            snapshots.close()

    terms = OntologyPages(urls, engine.mapping, faces(urls.public_url))
    made = _Documents(snapshots, urls, terms, engine.mapping.classes)
    app = Starlette(
        routes=[
            *_graphql(settings, engine, snapshots, pool, pages, is_stopping),
            *_routes(urls, snapshots, pictures, pages, made),
            *_questions(engine, snapshots, pictures, urls, pages),
            *_descriptions(settings, engine, made, comparisons),
        ],
        exception_handlers=exception_handlers(urls, made.problem),
        lifespan=lifespan,
    )
    return Replies(
        CrossOrigin(Oversized(Compression(app))),
        paths=(GRAPHQL_PATH, f"{GRAPHQL_PATH}/"),
        version=lambda: snapshots.current().record.number,
        maximum=settings.graphql_cache,
    )


def _choose_snapshots(
    settings: Settings,
    snapshots: Snapshots | None,
    store: pyoxigraph.Store | Store | None,
) -> Snapshots:
    if snapshots is not None and store is None:
        return snapshots
    if store is not None and snapshots is None:
        return open_copy(
            store,
            texts=TEXT_FIELDS,
            sort_keys=SORT_KEYS,
            memory_budget=settings.memory_budget,
        )
    msg = "an application answers from snapshots or from a store; give one of them"
    raise ConfigurationError(msg)


def query_pool(
    settings: Settings,
    *,
    size: int | None = None,
    priority: Priority = Priority.LOW,
) -> QueryPool:
    """Return the worker processes that arbitrary SPARQL runs in.

    Only a server has others whom queries should not keep waiting.
    """
    limits = Limits(
        seconds=settings.query_seconds,
        memory=settings.query_memory,
        output=settings.query_bytes,
        rows=settings.query_rows,
        priority=priority,
        services=_read_services(settings.query_services or ""),
        queue=settings.query_queue,
    )
    return QueryPool(_WORKER, limits, size=size or settings.query_workers)


def _read_services(text: str) -> tuple[str, ...]:
    services = tuple(text.split())
    for service in services:
        if not read_iri(service).value.startswith(("http://", "https://")):
            msg = f"query_services: {service} is no address of an endpoint"
            raise ConfigurationError(msg)
    return services


def operation_limits(settings: Settings) -> OperationLimits:
    """Return how much one GraphQL operation may ask for."""
    return OperationLimits(
        tokens=settings.graphql_tokens,
        operations=settings.graphql_operations,
        fragments=settings.graphql_fragments,
        depth=settings.graphql_depth,
        fields=settings.graphql_fields,
        aliases=settings.graphql_aliases,
        directives=settings.graphql_directives,
        page=settings.graphql_page,
        cost=settings.graphql_cost,
        introspection=settings.graphql_introspection,
    )


def documents(settings: Settings, engine: Engine) -> Documents:
    """Return which GraphQL documents may run.

    Raises:
        ConfigurationError: One that is registered could never run.
    """
    if settings.graphql_registered is None:
        return OpenDocuments(settings.graphql_persisted)
    texts = read_documents(settings.graphql_registered)
    for name, text in texts.items():
        for error in engine.check(text):
            path = settings.graphql_registered / f"{name}.graphql"
            msg = f"{path} cannot run: {error.message}"
            raise ConfigurationError(msg)
    return RegisteredDocuments(texts)


def faces(root: str) -> list[Face]:
    """Return the faces of a server whose addresses begin with `root`."""
    return [
        Face("GraphQL", f"{root}graphql", "Typed queries; a browser gets an editor."),
        Face("SPARQL", f"{root}sparql", "Any SPARQL 1.1 query, with limits."),
        Face(
            "Questions",
            f"{root}queries",
            "Questions that the graph answers, asked by a form or by an address.",
        ),
        Face(
            "Linked data",
            f"{root}{EXAMPLE_THING}",
            "Every thing at its own address; here, a memorandum.",
        ),
        Face(
            "Downloads",
            f"{root}dumps",
            "Every version as files, with hashes.",
        ),
        Face("Ontology", f"{root}ontology", "The classes and properties, described."),
    ]


def _graphql(
    settings: Settings,
    engine: Engine,
    snapshots: Snapshots,
    pool: QueryPool,
    pages: "_Pages",
    is_stopping: Callable[[], bool],
) -> list[Route]:
    face = GraphQLEndpoint(
        engine,
        snapshots,
        pages.graphql,
        documents=documents(settings, engine),
        limits=RequestLimits(settings.graphql_bytes, settings.graphql_batch),
        pool=pool,
        publications=Publications(snapshots, is_stopping=is_stopping),
        streams=Streams(settings.graphql_streams, settings.graphql_keep_alive),
    )
    return face.routes(GRAPHQL_PATH)


def _routes(
    urls: Urls,
    snapshots: Snapshots,
    pictures: Pictures,
    pages: "_Pages",
    made: "_Documents",
) -> list[BaseRoute]:
    return [
        *_states(snapshots),
        *front.routes(urls, pages.landing),
        *endpoint.routes(pictures, snapshots, urls, page=pages.sparql),
        *prefixes.routes(urls, pages.prefixes),
        *linked_data.routes(snapshots, urls, made),
        *crawl.routes(snapshots, urls),
        *context.routes(),
        *problem_kinds.routes(urls, pages.problem_kind),
        *static_routes(),
    ]


def _questions(
    engine: Engine,
    snapshots: Snapshots,
    pictures: Pictures,
    urls: Urls,
    pages: "_Pages",
) -> list[Route]:
    made = QuestionPages(faces(urls.public_url), urls.public_url)
    answers = Answers(pictures, engine, urls, made)
    return questions.routes(pages.questions, snapshots, answers)


def _descriptions(
    settings: Settings,
    engine: Engine,
    made: "_Documents",
    comparisons: Comparisons,
) -> list[Route]:
    """Return the routes of what the server says of itself and of its versions."""
    snapshots, urls = made.snapshots, made.urls
    has_schema = settings.graphql_introspection > 0
    services = partial(offers.services, has_schema=has_schema)
    dumping = Dumping(snapshots.versions, base_iri=urls.base_iri)
    pages = DumpPages(urls, faces(urls.public_url))
    return [
        *versions.routes(snapshots, urls, made),
        *catalog.routes(
            snapshots,
            urls,
            services,
            files=dumping.distributions,
            page=made.catalog,
        ),
        *api_catalog.routes(urls, services),
        *dumps.routes(snapshots, dumping, urls, pages),
        *difference.routes(
            snapshots, comparisons, urls, DifferencePage(urls, pages.faces)
        ),
        *([schema_route(engine, SCHEMA_PATH)] if has_schema else []),
    ]


def _states(snapshots: Snapshots) -> list[BaseRoute]:
    async def health(_request: Request) -> Response:
        return _json({"status": "ok"})

    async def readiness(_request: Request) -> Response:
        snapshot = snapshots.current()
        return _json(
            {
                "status": "ready",
                "version": snapshot.record.number,
                "inMemory": snapshot.in_memory,
            }
        )

    return [
        Route("/healthz", health),
        Route("/readyz", readiness),
    ]


@dataclass(frozen=True, slots=True)
class _Documents:
    """Makes the pages about things, graphs and terms, and where there are none."""

    snapshots: Snapshots
    urls: Urls
    terms: OntologyPages
    classes: Collection[NamedNode]
    """Those whose things GraphQL knows."""

    def document(self, request: Request, page: DocumentPage) -> Response:
        """Return the page about a thing."""
        return self._page(view_document(request, page, self.urls, self.classes))

    def graph(self, request: Request, page: GraphPage) -> Response:
        """Return the page about a graph."""
        if page.address == self.urls.void:
            return self._overview(view_dataset(request, page, self.urls))
        return self._page(view_graph(request, page, self.urls))

    def versions(
        self, records: Sequence[VersionRecord], addresses: Mapping[str, str]
    ) -> Response:
        """Return the page that lists versions."""
        return self._overview(view_versions(records, addresses, self._nodes()))

    def version(self, record: VersionRecord, addresses: Mapping[str, str]) -> Response:
        """Return the page of one version."""
        return self._overview(view_version(record, addresses, self._nodes()))

    def catalog(self, holding: Holding, addresses: Mapping[str, str]) -> Response:
        """Return the page of what the catalogue holds."""
        nodes = Nodes(holding.store, self.urls, NO_PREFERENCE)
        return self._overview(view_catalog(holding, addresses, nodes))

    def ontology(self, request: Request, page: GraphPage) -> Response:  # noqa: ARG002  (it is one page for all)
        """Return the page about the terms of the ontology."""
        return self.terms.page(
            page.as_of.snapshot,
            alternates=page.alternates,
            version=page.as_of.parameters,
        )

    def problem(self, request: Request, problem: Problem) -> Response:
        """Return the page of a problem, with things that were probably meant."""
        near: tuple[Link, ...] = ()
        iri = problem.members.get("iri")
        if problem.status in _GONE and isinstance(iri, str):
            with suppress(StoreError):
                index = self.snapshots.current().search
                near = find_near(iri, words_of(iri), index, self._nodes())
        root = self.urls.public_url
        page = view_problem(request, problem, self.urls, near)
        return problem_page(page, faces=faces(root), root=root)

    def _nodes(self) -> Nodes:
        return Nodes(self.snapshots.current().store, self.urls, NO_PREFERENCE)

    def _overview(self, page: OverviewPage) -> Response:
        root = self.urls.public_url
        return overview_page(page, faces=faces(root), root=root)

    def _page(self, page: ThingPage) -> Response:
        root = self.urls.public_url
        return thing_page(page, faces=faces(root), root=root)


class _Pages:
    """Makes what a browser sees where programs get data."""

    def __init__(self, root: str) -> None:
        self._root = root
        self._faces = faces(root)
        self.questions = read_questions(resources.QUERIES)
        self._default = choose_question(self.questions, DEFAULT_QUESTION)

    def graphql(self, request: Request) -> Response:
        """Return GraphiQL, with the query of a shared link if there is one."""
        return graphiql_page(
            endpoint=f"{self._root}graphql",
            default_query=request.query_params.get("query")
            or self._default.graphql
            or "",
            default_variables=request.query_params.get("variables") or "{}",
            faces=self._faces,
            root=self._root,
        )

    def landing(self) -> Response:
        """Return the page that names the faces."""
        return landing_page(self._faces, root=self._root)

    def problem_kind(self, kind: Kind) -> Response:
        """Return the page about a kind of problem."""
        return problem_kind_page(
            title=kind.title,
            status=kind.status,
            meaning=kind.meaning,
            faces=self._faces,
            root=self._root,
        )

    def prefixes(
        self, namespaces: Mapping[str, str], addresses: Mapping[str, str]
    ) -> Response:
        """Return the list of prefixes, which links to the same in other formats."""
        return prefixes_page(
            namespaces, addresses=addresses, faces=self._faces, root=self._root
        )

    async def sparql(
        self, request: Request, outcome: Problem | ResultPage | None
    ) -> Response:
        """Return the form for SPARQL, with the example that was asked for.

        With a query it has that one, and shows the answer, or what is wrong.
        """
        slug = request.query_params.get("example", DEFAULT_QUESTION)
        query = request.query_params.get("query")
        if query is None:
            query = choose_question(self.questions, slug).sparql or ""
        seen = (
            find_mistake(
                outcome.title, outcome.detail, query=query, facts=outcome.members
            )
            if isinstance(outcome, Problem)
            else outcome
        )
        return sparql_page(
            endpoint=f"{self._root}sparql",
            query=query,
            outcome=seen,
            examples=[
                Example(each.slug, each.words) for each in self.questions if each.sparql
            ],
            faces=self._faces,
            root=self._root,
        )


def _json(content: dict[str, object]) -> Response:
    return Response(
        orjson.dumps(content),
        media_type="application/json",
        headers={"Cache-Control": "no-store"},
    )
