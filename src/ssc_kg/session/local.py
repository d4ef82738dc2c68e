"""A data directory as a source: the version that was current when it was opened.

SPARQL runs in a worker process, under the limits that a server has too. The pool of
workers lives on an event loop in a thread of its own, from the first query to the end:
a program's own loop, as a notebook has one, is never touched, and the workers do not
outlive the thread that started them. GraphQL runs in the thread that asks.
"""

import threading
import weakref
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from functools import cache
from typing import TypeVar

from anyio.from_thread import BlockingPortal, start_blocking_portal

from ssc_kg.app import operation_limits, query_pool
from ssc_kg.catalogue.choices import Choices
from ssc_kg.catalogue.parameters import Parameter
from ssc_kg.dataset.orders import SORT_KEYS
from ssc_kg.dataset.texts import TEXT_FIELDS
from ssc_kg.engine.engine import Engine
from ssc_kg.engine.limits import OperationLimits
from ssc_kg.engine.operation import Operation
from ssc_kg.errors import NotAcceptableError, SessionClosedError
from ssc_kg.formats.table import Format
from ssc_kg.graphql_api.schema import domain_engine
from ssc_kg.publish.answers import offer, spell_languages
from ssc_kg.publish.drawn import Drawn
from ssc_kg.publish.hints import Hints
from ssc_kg.rdf.languages import read_languages
from ssc_kg.session.source import GraphQLResponse, Reply
from ssc_kg.session.whole import require_whole
from ssc_kg.settings import Settings
from ssc_kg.sparql.scan import Form, scan
from ssc_kg.store.request import Options
from ssc_kg.store.snapshot import Snapshot, Snapshots
from ssc_kg.store.versions import existing_versions
from ssc_kg.store.workers import Answer, QueryPool

_T = TypeVar("_T")


class Local:
    """One version of a data directory."""

    def __init__(self, settings: Settings, *, version: int | None = None) -> None:
        """Open a version by its number, or the current one.

        Raises:
            NotADataDirectoryError: The directory is something else.
            ConfigurationError: It has no version yet.
            UnknownVersionError: The version was never published, or was pruned.
        """
        self._settings = settings
        self._resources = ExitStack()
        versions = existing_versions(settings.data_dir)
        snapshots = Snapshots(versions, texts=TEXT_FIELDS, sort_keys=SORT_KEYS)
        self._resources.enter_context(snapshots)
        self.snapshot: Snapshot = (
            snapshots.current() if version is None else snapshots.open(version)
        )
        self._drawn = Drawn()
        self._hints = Hints()
        self._lock = threading.Lock()
        self._workers: _Workers | None = None
        self._is_closed = False
        # A session that is forgotten, or open when the program ends, is closed too.
        self._ending = weakref.finalize(self, self._resources.close)

    def __repr__(self) -> str:
        return f"version {self.snapshot.record.number} of {self._settings.data_dir}"

    @contextmanager
    def ask(
        self, text: str, offered: Sequence[Format], *, labels: str | None = None
    ) -> Iterator[Reply]:
        """Answer a SPARQL query in a worker process, as a server does.

        Raises:
            QuerySyntaxError: The text does not parse.
            QueryRefusedError: It is not run here.
            NotAcceptableError: No format offered is one of this form of query.
            LanguagesError: The languages of labels are no list of these.
            RequestError: Labels are asked for, but the answer has no rows.
            StoreError: It took too long or too much, or the store could not answer.
        """
        scanned = scan(text)
        format_ = _choose(scanned.form, offered)
        options = _read_options(scanned.form, labels)
        workers = self._start()
        asking = workers.pool.answer
        answer = workers.wait(
            lambda: asking(
                scanned,
                version=self.snapshot.path,
                format_name=format_.name,
                options=options,
            )
        )
        try:
            chunks = require_whole(_chunks(workers, answer))
            yield Reply(format_, chunks, self._hints.find(scanned, self.snapshot))
        finally:
            workers.wait(answer.aclose)

    def choices(self, parameter: Parameter) -> Choices | None:
        """Return what a parameter may be, if the data or its type says so.

        Raises:
            StoreError: The engine cannot match the pattern.
        """
        self._require_open()
        return self._drawn.choices(parameter, self.snapshot)

    def operate(
        self, text: str, variables: Mapping[str, object], languages: str
    ) -> GraphQLResponse:
        """Answer a GraphQL operation, under the limits of the settings.

        Raises:
            LanguagesError: The languages are no list of these.
            StoreError: The store could not answer.
        """
        self._require_open()
        preferred = (
            read_languages(languages, name="languages") if languages.strip() else ()
        )
        operation = Operation(text, variables, languages=preferred)
        result = _engine(operation_limits(self._settings)).execute(
            operation, self.snapshot.store
        )
        return result.body()

    def close(self) -> None:
        """End the worker, whatever it does, and close the version."""
        with self._lock:
            self._is_closed = True
        self._ending()

    def _require_open(self) -> None:
        if self._is_closed:
            raise SessionClosedError

    def _start(self) -> "_Workers":
        """Return the workers, which are started for the first query."""
        with self._lock:
            self._require_open()
            if self._workers is None:
                pool = query_pool(self._settings, size=1)
                self._workers = _Workers(pool, self._resources)
            return self._workers


class _Workers:
    """A pool of workers, and the thread in whose event loop it lives."""

    def __init__(self, pool: QueryPool, resources: ExitStack) -> None:
        """Start both; closing the `resources` ends them."""
        self._portal: BlockingPortal = resources.enter_context(
            start_blocking_portal(name="ssc-kg-session")
        )
        self.pool = resources.enter_context(
            self._portal.wrap_async_context_manager(pool)
        )

    def wait(self, awaited: Callable[[], Awaitable[_T]]) -> _T:
        """Return what comes; an interrupt while waiting ends the work as well."""
        future = self._portal.start_task_soon(awaited)
        try:
            return future.result()
        finally:
            future.cancel()


def _chunks(workers: _Workers, answer: Answer) -> Iterator[bytes]:
    async def following() -> bytes:
        return await anext(answer, b"")

    while chunk := workers.wait(following):
        yield chunk


def _read_options(form: Form, labels: str | None) -> Options:
    if labels is None:
        return Options()
    languages = read_languages(labels, name="labels") if labels.strip() else ()
    return Options(labels=spell_languages(languages, form))


def _choose(form: Form, offered: Sequence[Format]) -> Format:
    fitting = offer(form)
    chosen = next((format_ for format_ in offered if format_ in fitting), None)
    if chosen is None:
        names = ", ".join(format_.name for format_ in offered)
        raise NotAcceptableError(names, [format_.name for format_ in fitting])
    return chosen


@cache
def _engine(limits: OperationLimits) -> Engine:
    return domain_engine(limits=limits)
