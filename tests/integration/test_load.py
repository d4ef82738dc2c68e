"""Loading files, as the command line does: all of it in a process apart."""

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, NamedNode, Quad

from ssc_kg.dataset.apart import Limits, Report, run_apart
from ssc_kg.dataset.graphs import description_graphs
from ssc_kg.dataset.load import load, rehearse
from ssc_kg.dataset.seed import describe_anew, seed
from ssc_kg.dataset.sources import Source
from ssc_kg.dataset.texts import TEXT_FIELDS
from ssc_kg.errors import (
    DataError,
    LoadStoppedError,
    MissingFileError,
    RdfRefusedError,
    RdfSyntaxError,
    ShapeViolationError,
)
from ssc_kg.store.embedded import EmbeddedStore
from ssc_kg.store.search.file import make_index
from ssc_kg.store.versions import VersionRecord, Versions
from tests.datasets import BASE, FOREIGN, LOCAL, SOURCE, publish, quad, quads_of, write
from tests.texts import texts_of, types_of

THING = """@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix ssc: <https://w3id.org/ssc-kg/ontology#> .

<https://w3id.org/ssc-kg/id/{kind}/x> a ssc:{class_} ;
    skos:prefLabel "{label}"@en .
"""
ACTIVITY = THING.format(kind="activity", class_="Activity", label="X")
UNDECLARED = ACTIVITY.replace("skos:prefLabel", "skos:preferredLabel")
MISNAMED = "\n" + THING.format(kind="wrong", class_="Activity", label="X")
LIMITS = Limits(seconds=60)


@pytest.fixture
def versions(tmp_path: Path) -> Versions:
    versions = Versions(tmp_path / "data")
    publish(versions, quad("a", FOREIGN))
    return versions


def load_files(
    versions: Versions, *sources: Source, graph: NamedNode | None = None
) -> VersionRecord:
    return load(
        versions,
        sources,
        graph=graph,
        base_iri=BASE,
        author="tests",
        message="a load",
        limits=LIMITS,
    )


def listing(versions: Versions) -> set[Path]:
    # The next writer removes what a draft may leave in work/.
    return set(versions.directory.rglob("*")) | {versions.pointer_path}


def test_a_load_makes_a_version_with_its_merge(
    versions: Versions, tmp_path: Path
) -> None:
    record = load_files(versions, write(tmp_path, "a.ttl", ACTIVITY))
    assert (record.number, record.parent) == (2, 1)
    made = {name.value for name in description_graphs(BASE)}
    graphs = {name: n for name, n in record.graphs.items() if name not in made}
    assert graphs == {FOREIGN.value: 1, LOCAL.value: 2}
    assert (record.author, record.message) == ("tests", "a load")
    assert len(record.sha256) == 64
    quads = quads_of(versions)
    merged = {q.triple for q in quads if q.graph_name == DefaultGraph()}
    described = {q.triple for q in quads if q.graph_name in description_graphs(BASE)}
    assert {q.triple for q in quads if q.graph_name == LOCAL} == merged - described
    assert described < merged
    assert len(merged) == record.triples == 2 + len(described)


def test_a_load_replaces_what_the_graph_said(
    versions: Versions, tmp_path: Path
) -> None:
    load_files(versions, write(tmp_path, "a.ttl", ACTIVITY), graph=SOURCE)
    renamed = write(tmp_path, "a.ttl", ACTIVITY.replace('"X"', '"Y"'))
    record = load_files(versions, renamed, graph=SOURCE)
    assert (record.added, record.removed) == (1, 1)


def test_loads_keep_the_index_that_the_merge_would_have(
    versions: Versions, tmp_path: Path
) -> None:
    same = write(tmp_path, "a.ttl", ACTIVITY)
    both = ACTIVITY + THING.format(kind="event", class_="Event", label="Münster")
    load_files(versions, same, graph=LOCAL)
    load_files(versions, write(tmp_path, "b.ttl", both), graph=SOURCE)
    load_files(versions, write(tmp_path, "c.ttl", ""), graph=SOURCE)
    load_files(versions, write(tmp_path, "d.ttl", ""), graph=LOCAL)
    found = []
    for number in range(2, 6):
        store = EmbeddedStore.open(versions.path(number))
        make_index(tmp_path / str(number), store, TEXT_FIELDS)
        texts = texts_of(versions.index_path(number))
        assert texts == texts_of(tmp_path / str(number))
        assert types_of(versions.index_path(number)) == types_of(tmp_path / str(number))
        found.append([row[3] for row in texts])
    # The name stays as long as one of two graphs has it.
    assert found == [["X"], ["X", "Münster"], ["X"], []]


def test_an_identical_load_makes_no_version_and_says_so(
    versions: Versions, tmp_path: Path
) -> None:
    source = write(tmp_path, "a.ttl", ACTIVITY)
    first = load_files(versions, source)
    before = listing(versions)
    steps: list[str] = []
    again = load(
        versions,
        [source],
        base_iri=BASE,
        author="",
        message="",
        limits=LIMITS,
        progress=steps.append,
    )
    assert again == first
    assert steps[-1].startswith("nothing changes: version 2")
    assert listing(versions) == before


def test_the_steps_are_told_in_order(versions: Versions, tmp_path: Path) -> None:
    source = write(tmp_path, "a.ttl", ACTIVITY)
    steps: list[str] = []
    load(
        versions,
        [source],
        base_iri=BASE,
        author="",
        message="",
        limits=LIMITS,
        progress=steps.append,
    )
    assert steps == [
        f"parsing {source}",
        "putting the triples into their graphs",
        "validating",
        "describing the dataset",
        "indexing the texts",
        "sorting the lists",
        "publishing",
        "hashing",
    ]


@pytest.mark.parametrize(
    ("name", "text", "error"),
    [
        pytest.param("a.ttl", f"{ACTIVITY}<", RdfSyntaxError, id="syntax"),
        pytest.param(
            "a.ttl",
            f"{ACTIVITY}<http://e/a> <http://e/b> [] .",
            RdfRefusedError,
            id="a blank node",
        ),
        pytest.param("a.ttl", MISNAMED, ShapeViolationError, id="a violation"),
        pytest.param(
            "a.ttl", UNDECLARED, ShapeViolationError, id="an undeclared property"
        ),
        pytest.param("a.jsonld", "[" * 100_000, RdfRefusedError, id="deep JSON-LD"),
        pytest.param("a.rdf", "<!DOCTYPE a>", RdfRefusedError, id="entities"),
        pytest.param("a.csv", "", DataError, id="no format"),
    ],
)
def test_what_cannot_be_loaded_changes_nothing(
    versions: Versions, tmp_path: Path, name: str, text: str, error: type[Exception]
) -> None:
    good = write(tmp_path, "good.ttl", ACTIVITY.replace("/x>", "/y>"))
    before, records = listing(versions), versions.list()
    with pytest.raises(error, match=name):
        load_files(versions, good, write(tmp_path, name, text))
    assert listing(versions) == before
    assert versions.list() == records


def test_a_missing_file_changes_nothing(versions: Versions, tmp_path: Path) -> None:
    before = listing(versions)
    with pytest.raises(MissingFileError, match=r"b\.ttl"):
        load_files(versions, Source(tmp_path / "b.ttl"))
    assert listing(versions) == before


def test_a_violation_arrives_with_all_its_facts(
    versions: Versions, tmp_path: Path
) -> None:
    source = write(tmp_path, "a.ttl", MISNAMED)
    with pytest.raises(ShapeViolationError) as caught:
        load_files(versions, source)
    (violation,) = caught.value.violations
    assert (violation.source, violation.line) == (str(source), 5)
    assert violation.subject == "https://w3id.org/ssc-kg/id/wrong/x"
    assert violation.rule == "https://w3id.org/ssc-kg/ontology#ActivityShape"
    assert "/id/activity/" in violation.message


def test_a_rehearsal_tells_violations_and_changes_nothing(
    versions: Versions, tmp_path: Path
) -> None:
    bad, good = write(tmp_path, "a.ttl", MISNAMED), write(tmp_path, "b.ttl", ACTIVITY)
    for dataset in (versions, ()):
        found = rehearse([bad], before=dataset, base_iri=BASE, limits=LIMITS)
        assert [violation.line for violation in found.violations] == [5]
        found = rehearse([good], before=dataset, base_iri=BASE, limits=LIMITS)
        assert found.violations == ()
    assert [record.number for record in versions.list()] == [1]


def test_a_removal_that_breaks_a_shape_elsewhere_is_refused(
    versions: Versions, tmp_path: Path
) -> None:
    city = THING.format(kind="city", class_="City", label="X")
    event = THING.format(kind="event", class_="Event", label="Y")
    event += "<https://w3id.org/ssc-kg/id/event/x> <https://schema.org/location> "
    event += "<https://w3id.org/ssc-kg/id/city/x> .\n"
    load_files(versions, write(tmp_path, "city.ttl", city), graph=LOCAL)
    load_files(versions, write(tmp_path, "event.ttl", event), graph=SOURCE)
    with pytest.raises(ShapeViolationError, match=r"the graph: <.*/event/x>"):
        load_files(versions, write(tmp_path, "city.ttl", ""), graph=LOCAL)


def test_the_seed_is_one_version_and_the_same_again(tmp_path: Path) -> None:
    versions = Versions(tmp_path)
    record = seed(versions, base_iri=BASE, limits=LIMITS)
    assert (record.number, record.parent) == (1, None)
    assert f"{BASE}graph/catalogue" in record.graphs
    assert 0 < record.triples < record.quads
    assert seed(versions, base_iri=BASE, limits=LIMITS) == record


VOID_GRAPH, QUESTIONS = (NamedNode(f"{BASE}graph/{n}") for n in ("void", "queries"))


@pytest.mark.parametrize(
    "is_newer",
    [
        pytest.param(
            lambda quad: quad.graph_name in (VOID_GRAPH, QUESTIONS), id="figures"
        ),
        pytest.param(
            lambda quad: str(quad.object) == f"<{BASE}catalog>", id="the catalogue"
        ),
    ],
)
def test_a_version_of_an_older_release_is_described_anew(
    tmp_path: Path, is_newer: Callable[[Quad], bool]
) -> None:
    versions = Versions(tmp_path)
    first = seed(versions, base_iri=BASE, limits=LIMITS)
    named = (q for q in quads_of(versions) if q.graph_name != DefaultGraph())
    removed = list(filter(is_newer, named))
    assert removed
    merged = [Quad(q.subject, q.predicate, q.object) for q in removed]
    older = publish(versions, removed=[*removed, *merged])
    record = describe_anew(versions, base_iri=BASE)
    assert record.number == older.number + 1
    assert (record.added, record.removed) == (0, 0)
    assert quads_of(versions) == quads_of(versions, first.number)
    assert describe_anew(versions, base_iri=BASE) == record


def test_what_the_program_makes_is_not_taken_from_files(
    versions: Versions, tmp_path: Path
) -> None:
    source = write(tmp_path, "a.ttl", ACTIVITY)
    record = load_files(versions, source)
    before = quads_of(versions)
    lines = [f"{q} .\n" for q in before if q.graph_name != DefaultGraph()]
    false = f"<http://e/a> <http://e/b> <http://e/c> <{BASE}graph/void> .\n"
    export = write(tmp_path, "all.nq", "".join([*lines, false]))
    assert load_files(versions, export) == record
    assert quads_of(versions) == before


def end_by_signal(job: int, report: Report) -> None:
    report("doing harm")
    os.kill(os.getpid(), job)


def sleep(job: float, report: Report) -> None:
    report("sleeping")
    time.sleep(job)


def allocate(job: int, report: Report) -> int:
    report("growing")
    return len(bytearray(job))


def blunder(job: str, report: Report) -> None:
    report(job)
    raise LookupError(job)


def shout(job: str, report: Report) -> str:
    report(job)
    print(job)  # noqa: T201  what a library might do
    return job


@pytest.fixture
def _tests_can_be_imported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))


@pytest.mark.usefixtures("_tests_can_be_imported")
def test_the_end_of_a_process_is_told_with_its_step() -> None:
    with pytest.raises(LoadStoppedError, match=r"doing harm: .*SIGSEGV") as caught:
        run_apart(end_by_signal, int(signal.SIGSEGV), limits=LIMITS)
    assert caught.value.step == "doing harm"


@pytest.mark.usefixtures("_tests_can_be_imported")
def test_a_process_is_stopped_at_its_deadline() -> None:
    with pytest.raises(LoadStoppedError, match="sleeping: stopped after 2 s"):
        run_apart(sleep, 600.0, limits=Limits(seconds=2))


@pytest.mark.usefixtures("_tests_can_be_imported")
def test_a_process_has_no_more_memory_than_it_may() -> None:
    limits = Limits(seconds=60, memory=2**28)
    assert run_apart(allocate, 2**20, limits=limits) == 2**20
    with pytest.raises(LoadStoppedError, match="growing: needs more than 256 MiB"):
        run_apart(allocate, 2**30, limits=limits)


@pytest.mark.usefixtures("_tests_can_be_imported")
def test_a_bug_in_a_process_is_reported_as_one() -> None:
    with pytest.raises(RuntimeError, match="LookupError: a bug"):
        run_apart(blunder, "a bug", limits=LIMITS)


@pytest.mark.usefixtures("_tests_can_be_imported")
def test_what_is_printed_does_not_mix_with_the_answers() -> None:
    assert run_apart(shout, "loud", limits=LIMITS) == "loud"
