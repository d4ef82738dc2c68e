"""What is asked by people who mean no harm, with the right answers.

The answers are found in this process, by the engine over the same version on disk,
before anything is asked: rows of SPARQL by pyoxigraph alone, the rest by the functions
that the faces use, without HTTP, workers or caches.
"""

import csv
import io
from collections import Counter
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from http import HTTPStatus
from itertools import cycle
from pathlib import Path
from typing import TypeAlias
from urllib.parse import quote

import orjson
import pyoxigraph
from pyoxigraph import (
    NamedNode,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    parse,
    parse_query_results,
)

from benchmarks.generate import BASE
from benchmarks.soak.client import TIMED_OUT, Answer, Sent
from benchmarks.soak.record import Outcome
from ssc_kg.catalogue.questions import Question, read_questions
from ssc_kg.dataset.orders import SORT_KEYS
from ssc_kg.dataset.texts import TEXT_FIELDS
from ssc_kg.engine.engine import Engine
from ssc_kg.engine.operation import Operation
from ssc_kg.formats.table import (
    CSV,
    JSON_LD,
    N_QUADS,
    N_TRIPLES,
    RDF_XML,
    RESULT_FORMATS,
    RESULTS_JSON,
    TSV,
    TURTLE,
    Format,
)
from ssc_kg.formats.write import write_dataset
from ssc_kg.graphql_api.schema import domain_engine
from ssc_kg.publish.description import Document, describe
from ssc_kg.publish.graphs import ONTOLOGY
from ssc_kg.publish.representation import also_merged
from ssc_kg.rdf.namespaces import PREFIXES
from ssc_kg.rdf.vocab import RDF, SSC
from ssc_kg.resources import QUERIES
from ssc_kg.store.snapshot import Snapshot, Snapshots
from ssc_kg.store.versions import Versions
from ssc_kg.urls import Urls

Check: TypeAlias = Callable[[bytes], bool]
_POINTS = 200
"""How many things are looked up by their IRIs, and how many documents are read."""
_PAGE = 1_000
"""Rows, more than any answer of the catalogue has."""
_POINT = """query Point($id: ID!) {
  node(id: $id) { id __typename ... on Thing { name description } }
}"""
_QUERY = "application/sparql-query"
_GRAPHS = ("graph/source/citynet-unescap-mou", "graph/reference/sdg", "ontology")


@dataclass(frozen=True, slots=True)
class Case:
    """A request and how to tell whether an answer to it is right."""

    kind: str
    name: str
    sent: Sent
    is_right: Check


def judge_case(case: Case, answer: Answer) -> Outcome:
    """Return what a normal request ended as."""
    if answer.failure:
        return Outcome.LOST
    if answer.is_busy:
        return Outcome.BUSY
    if answer.label == TIMED_OUT:
        return Outcome.LIMIT
    if answer.status != HTTPStatus.OK:
        return Outcome.LOST
    try:
        is_right = case.is_right(answer.body)
    except (ValueError, SyntaxError):  # It cannot even be read.
        is_right = False
    return Outcome.RIGHT if is_right else Outcome.WRONG


def make_cases(data: Path) -> list[Case]:
    """Return the cases of the current version in a data directory.

    Raises:
        StoreError: There is no version.
    """
    with Snapshots(Versions(data), texts=TEXT_FIELDS, sort_keys=SORT_KEYS) as snapshots:
        snapshot = snapshots.current()
        urls = Urls(BASE)
        engine = domain_engine()
        questions = read_questions(QUERIES)
        store = pyoxigraph.Store.read_only(str(snapshot.path))
        return [
            *_questions(store, questions),
            *_catalogue(store, questions),
            *_operations(snapshot, engine, questions),
            *_points(snapshot, engine),
            *_documents(snapshot, urls),
            *_exports(snapshot, urls),
        ]


def _questions(store: pyoxigraph.Store, questions: list[Question]) -> Iterator[Case]:
    formats = cycle([each for each in RESULT_FORMATS if each.results is not None])
    graphs = cycle((TURTLE, N_TRIPLES, JSON_LD, RDF_XML))
    for question in questions:
        if question.sparql is None:
            continue
        results = store.query(question.sparql, prefixes=dict(PREFIXES))
        if isinstance(results, QuerySolutions):
            format_ = next(formats)
            check = _rows_check(results, format_)
        else:
            assert isinstance(results, QueryTriples)
            format_ = next(graphs)
            check = _graph_check(results, format_)
        headers = {"Content-Type": _QUERY, "Accept": format_.media_type}
        body = question.sparql.encode()
        sent = Sent("/sparql", "POST", headers, body)
        yield Case("question", f"{question.slug} as {format_.name}", sent, check)


def _catalogue(store: pyoxigraph.Store, questions: list[Question]) -> Iterator[Case]:
    """Yield the tables of the catalogue by their addresses, each on one page."""
    formats = cycle((CSV, TSV, RESULTS_JSON))
    for question in questions:
        if question.sparql is not None:
            results = store.query(question.sparql, prefixes=dict(PREFIXES))
            if isinstance(results, QuerySolutions):
                format_ = next(formats)
                path = f"/queries/{question.slug}.{format_.suffix}?limit={_PAGE}"
                check = _rows_check(results, format_)
                yield Case("catalogue", path, Sent(path), check)


def _rows_check(results: QuerySolutions, format_: Format) -> Check:
    content = results.serialize(format=format_.results)
    assert content is not None
    expected = _rows(content, format_)
    return lambda body: _rows(body, format_) == expected


def _rows(content: bytes, format_: Format) -> Counter[Hashable]:
    """Return the rows, each with how often it is there; and the columns."""
    if format_ is CSV:
        lines = csv.reader(io.StringIO(content.decode(), newline=""))
        return Counter(tuple(line) for line in lines)
    assert isinstance(format_.results, QueryResultsFormat)
    solutions = parse_query_results(content, format_.results)
    assert isinstance(solutions, QuerySolutions)
    columns = tuple(map(str, solutions.variables))
    return Counter[Hashable]([columns, *(tuple(each) for each in solutions)])


def _graph_check(results: QueryTriples, format_: Format) -> Check:
    assert format_.rdf is not None
    rdf = format_.rdf
    expected = set(results)
    return lambda body: {quad.triple for quad in parse(body, rdf)} == expected


def _operations(
    snapshot: Snapshot, engine: Engine, questions: list[Question]
) -> Iterator[Case]:
    for question in questions:
        if question.graphql is not None:
            yield _operation(
                "operation",
                question.slug,
                Operation(question.graphql),
                snapshot,
                engine,
            )


def _points(snapshot: Snapshot, engine: Engine) -> Iterator[Case]:
    for thing in _things(snapshot):
        operation = Operation(_POINT, {"id": thing.value})
        yield _operation("point", thing.value, operation, snapshot, engine)


def _operation(
    kind: str, name: str, operation: Operation, snapshot: Snapshot, engine: Engine
) -> Case:
    result = engine.execute(operation, snapshot.store)
    assert not result.errors, (name, result.errors)
    sent = {"query": operation.query, "variables": dict(operation.variables)}
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    request = Sent("/graphql", "POST", headers, orjson.dumps(sent))
    return Case(kind, name, request, _same(orjson.dumps(result.body())))


def _documents(snapshot: Snapshot, urls: Urls) -> Iterator[Case]:
    formats = cycle((TURTLE, N_TRIPLES, JSON_LD, RDF_XML, N_QUADS))
    record = snapshot.record
    for thing in _things(snapshot):
        format_ = next(formats)
        iri = urls.document(thing)
        document = Document(iri, urls.version(record.number), urls.dataset, record.time)
        quads = also_merged(
            describe(snapshot.store, thing, document, urls).quads, format_
        )
        yield _resource("document", urls, iri, format_, write_dataset(quads, format_))


def _exports(snapshot: Snapshot, urls: Urls) -> Iterator[Case]:
    for path in _GRAPHS:
        graph = NamedNode(f"{urls.base_iri}{path}")
        is_ontology = graph == urls.ontology
        names = map(urls.graph, ONTOLOGY) if is_ontology else (graph,)
        held = [q for name in names for q in snapshot.store.match(graph=name)]
        for format_ in (TURTLE, N_QUADS):
            chunks = write_dataset(also_merged(held, format_), format_)
            yield _resource("export", urls, graph, format_, chunks)


def _resource(
    kind: str, urls: Urls, iri: NamedNode, format_: Format, chunks: Iterator[bytes]
) -> Case:
    path = urls.url(iri, suffix=format_.suffix)
    return Case(kind, path, Sent(path), _same(b"".join(chunks)))


def _things(snapshot: Snapshot) -> list[NamedNode]:
    """Return things of several classes, evenly chosen of all."""
    things = sorted(
        {
            quad.subject
            for class_ in (SSC.City, SSC.Organization, SSC.Topic, SSC.KpiValue)
            for quad in snapshot.store.match(predicate=RDF.type, object_=class_)
            if isinstance(quad.subject, NamedNode)
        },
        key=lambda thing: quote(thing.value),
    )
    return things[:: max(1, len(things) // _POINTS)]


def _same(expected: bytes) -> Check:
    return lambda body: body == expected
