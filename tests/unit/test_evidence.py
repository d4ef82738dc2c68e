"""When a piece of evidence holds, and which facts have none."""

import hashlib
from pathlib import Path

import pyoxigraph
import pytest
from pyoxigraph import RdfFormat

from ssc_kg.dataset.evidence import check_evidence, find_uncovered
from ssc_kg.store.embedded import EmbeddedStore
from ssc_kg.store.protocol import Store
from tests.conftest import SHARED_DOCUMENTS
from tests.datasets import BASE, FOREIGN, SOURCE

TEXT = "In “São Paulo” 🏙\r\nthe parties signed.\n"
PHRASE = "🏙\r\nthe parties"
START = TEXT.index(PHRASE)
EVIDENCE = """
PREFIX e: <http://e/> PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX prov: <http://www.w3.org/ns/prov#> PREFIX ssc: <{base}ontology#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
e:mou e:party e:itu ; skos:prefLabel "MoU" .
e:document a ssc:SourceDocument ; ssc:fileName "{name}" ; ssc:sha256 "{digest}" .
e:evidence a ssc:Evidence ; rdf:subject e:mou ; rdf:predicate e:party ;
  rdf:object {object} ; prov:wasQuotedFrom e:document ;
  oa:start {start} ; oa:end {end} ; oa:exact {phrase} .
"""
DIGEST = hashlib.sha256(TEXT.encode()).hexdigest()


def describe(
    *,
    phrase: str = PHRASE,
    start: int = START,
    end: int = START + len(PHRASE),
    object_: str = "e:itu",
    name: str = "a.txt",
    digest: str = DIGEST,
) -> Store:
    store = pyoxigraph.Store()
    text = EVIDENCE.format(
        base=BASE,
        phrase=pyoxigraph.Literal(phrase),
        start=start,
        end=end,
        object=object_,
        name=name,
        digest=digest,
    )
    store.load(text, RdfFormat.TURTLE, to_graph=SOURCE)
    store.load(
        "<http://e/mou> <http://e/party> 1 .", RdfFormat.TURTLE, to_graph=FOREIGN
    )
    return EmbeddedStore(store)


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_bytes(TEXT.encode())
    return tmp_path


def test_positions_count_code_points_of_the_file_as_it_is_stored(
    documents: Path,
) -> None:
    report = check_evidence(describe(), documents)
    assert (report.checked, report.failures) == (1, ())


@pytest.mark.parametrize(
    ("store", "reason", "found"),
    [
        pytest.param(
            describe(start=START + 1), "phrase is not there", PHRASE[1:], id="start"
        ),
        pytest.param(
            describe(phrase=PHRASE.replace("\r\n", "\n")),
            "phrase is not there",
            PHRASE,
            id="a line end",
        ),
        pytest.param(
            describe(start=9000, end=9016), "phrase is not there", "", id="outside"
        ),
        pytest.param(
            describe(phrase=TEXT * 4, start=0, end=len(TEXT) * 4),
            "120 may be",
            None,
            id="too long",
        ),
        pytest.param(
            describe(object_="e:un"), f"not in <{SOURCE.value}>", None, id="no fact"
        ),
        pytest.param(
            describe(object_="1"), f"not in <{SOURCE.value}>", None, id="other graph"
        ),
        pytest.param(describe(start=-1), "lacks its oa:start", None, id="negative"),
        pytest.param(describe(name="b.txt"), "no such file", None, id="no file"),
        pytest.param(
            describe(name="../a.txt"), "name of a file", "../a.txt", id="path"
        ),
        pytest.param(describe(digest="0"), "SHA-256", DIGEST, id="another file"),
    ],
)
def test_what_does_not_hold_is_told(
    documents: Path, store: Store, reason: str, found: str | None
) -> None:
    failure, *_ = check_evidence(store, documents).failures
    assert reason in failure.reason
    assert failure.found == found


def test_a_failure_reads_as_one_sentence(documents: Path) -> None:
    report = check_evidence(describe(start=0, end=2, phrase="On"), documents)
    assert "\n".join(map(str, report.failures)) == (
        "a.txt[0:2]: the phrase is not there: expected 'On', found 'In' "
        "(<http://e/evidence>)"
    )


def test_a_file_that_is_not_utf8_is_told_once(documents: Path) -> None:
    (documents / "a.txt").write_bytes(b"\xff")
    (failure,) = check_evidence(describe(), documents).failures
    assert "UTF-8" in failure.reason


def test_a_fact_without_evidence_is_found() -> None:
    assert find_uncovered(describe(), base_iri=BASE) == ()
    (quad,) = find_uncovered(describe(object_="e:un"), base_iri=BASE)
    assert quad.object == pyoxigraph.NamedNode("http://e/itu")


def test_every_fact_of_the_seed_data_has_evidence(seed_store: Store) -> None:
    assert find_uncovered(seed_store, base_iri=BASE) == ()


@pytest.mark.skipif(
    not SHARED_DOCUMENTS.is_dir(), reason="the documents are not part of the project"
)
def test_the_seed_data_quotes_its_documents_exactly(seed_store: Store) -> None:
    report = check_evidence(seed_store, SHARED_DOCUMENTS)
    assert report.checked > 100
    assert report.failures == ()
