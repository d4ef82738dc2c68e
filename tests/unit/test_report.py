"""Differences for people: what they read of the things that changed."""

import json
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from ssc_kg.compiler.preferences import prefer
from ssc_kg.dataset.difference import Difference, compare
from ssc_kg.dataset.differences import write_difference
from ssc_kg.dataset.report import Reader
from ssc_kg.formats.table import JSON, TEXT, Format
from ssc_kg.rdf.languages import read_languages
from ssc_kg.rdf.vocab import RDF, SKOS, SSC, XSD
from ssc_kg.store.embedded import EmbeddedStore
from ssc_kg.store.versions import Versions
from ssc_kg.urls import Urls
from tests.datasets import BASE, SOURCE, publish, quad

MEMORANDUM = NamedNode(f"{BASE}id/agreement/a-b")
SUWON = NamedNode(f"{BASE}id/city/suwon")
LOST = NamedNode(f"{BASE}id/city/lost")
VOID_GRAPH = NamedNode(f"{BASE}graph/void")


def say(
    subject: NamedNode, predicate: NamedNode, object_: NamedNode | Literal
) -> list[Quad]:
    return [
        Quad(subject, predicate, object_, SOURCE),
        Quad(subject, predicate, object_),
    ]


@pytest.fixture
def versions(tmp_path: Path) -> Versions:
    versions = Versions(tmp_path / "data")
    names = [Literal("Suwon", language="en"), Literal("수원", language="ko")]
    titled = say(MEMORANDUM, SKOS.prefLabel, Literal("Old name", language="en"))
    lost = [
        *say(LOST, SKOS.prefLabel, Literal("Lost city", language="en")),
        *say(LOST, RDF.type, SSC.City),
    ]
    cities = [quad for name in names for quad in say(SUWON, SKOS.prefLabel, name)]
    publish(versions, *titled, *lost, *cities)
    added = [
        *say(MEMORANDUM, SKOS.prefLabel, Literal("New name", language="en")),
        *say(MEMORANDUM, SSC.signedIn, SUWON),
        *say(MEMORANDUM, SSC.signedOn, Literal("2018-05-10", datatype=XSD.date)),
    ]
    publish(versions, *added, quad("figures", VOID_GRAPH), removed=[*titled, *lost])
    return versions


def tell(
    versions: Versions,
    found: Difference,
    format_: Format = TEXT,
    *,
    languages: str = "en",
    is_whole: bool = False,
) -> str:
    one, other = (
        EmbeddedStore.open(versions.path(record.number))
        for record in (found.before, found.after)
    )
    preference = prefer(read_languages(languages))
    reader = Reader(one, other, preference, base_iri=BASE)
    chunks = write_difference(found, format_, reader, Urls(BASE), is_whole=is_whole)
    return b"".join(chunks).decode()


REPORT = f"""\
4 added, 3 removed, in 2 graphs

@@ source/example: 3 added, 3 removed @@

New name <{MEMORANDUM.value}>
-   skos:prefLabel "Old name"@en
+   skos:prefLabel "New name"@en
+   ssc:signedIn <{SUWON.value}>  # Suwon
+   ssc:signedOn "2018-05-10"^^xsd:date

Lost city <{LOST.value}>
-   a ssc:City
-   skos:prefLabel "Lost city"@en

@@ void: 1 added, not shown @@
"""


def test_a_person_reads_what_changed_of_which_thing(
    versions: Versions, tmp_path: Path
) -> None:
    head, _, report = tell(versions, compare(versions, 1, 2, tmp_path)).partition("\n4")
    lines = head.splitlines()
    assert [line[:13] for line in lines] == ["--- version 1", "+++ version 2"]
    assert all(line.endswith("UTC  tests  a change") for line in lines)
    assert f"4{report}" == REPORT


def test_backwards_the_signs_are_the_other_way(
    versions: Versions, tmp_path: Path
) -> None:
    report = tell(versions, compare(versions, 2, 1, tmp_path))
    assert "3 added, 4 removed, in 2 graphs" in report
    assert (
        '-   skos:prefLabel "New name"@en\n+   skos:prefLabel "Old name"@en' in report
    )


def test_names_are_in_the_language_that_is_asked_for(
    versions: Versions, tmp_path: Path
) -> None:
    found = compare(versions, 1, 2, tmp_path)
    assert f"<{SUWON.value}>  # 수원\n" in tell(versions, found, languages="ko")


def test_what_the_program_says_of_the_data_is_shown_if_asked_for(
    versions: Versions, tmp_path: Path
) -> None:
    found = compare(versions, 1, 2, tmp_path)
    report = tell(versions, found, is_whole=True)
    assert "@@ void: 1 added @@" in report
    assert '+   <http://example.org/says> "figures"' in report


def test_what_a_text_does_to_a_terminal_is_escaped(tmp_path: Path) -> None:
    versions = Versions(tmp_path / "data")
    publish(versions, quad("a"))
    name = Literal("a\nb\x1b[31m\u202ec", language="en")
    publish(versions, *say(SUWON, SKOS.prefLabel, name))
    lines = tell(versions, compare(versions, 1, 2, tmp_path)).splitlines()
    assert lines[6:] == [
        f"a b\\u001B[31m\\u202Ec <{SUWON.value}>",
        '+   skos:prefLabel "a\\nb\\u001B[31m\\u202Ec"@en',
    ]


def test_nothing_differs_from_itself(versions: Versions, tmp_path: Path) -> None:
    report = tell(versions, compare(versions, 2, 2, tmp_path))
    assert report.splitlines()[2:] == ["nothing differs"]


def test_json_tells_the_same(versions: Versions, tmp_path: Path) -> None:
    found = compare(versions, 1, 2, tmp_path)
    told = json.loads(tell(versions, found, JSON))
    assert (told["before"]["number"], told["after"]["number"]) == (1, 2)
    assert (told["added"], told["removed"]) == (4, 3)
    shown, hidden = told["graphs"]
    assert hidden == {"graph": VOID_GRAPH.value, "added": 1, "removed": 0}
    assert (shown["graph"], shown["added"], shown["removed"]) == (SOURCE.value, 3, 3)
    first, second = shown["things"]
    assert (first["iri"], first["name"]) == (MEMORANDUM.value, "New name")
    assert second["name"] == "Lost city"
    assert first["changes"][2] == {
        "change": "added",
        "predicate": SSC.signedIn.value,
        "object": SUWON.value,
        "name": "Suwon",
    }
    assert (
        json.loads(tell(versions, compare(versions, 1, 1, tmp_path), JSON))["graphs"]
        == []
    )
    whole = json.loads(tell(versions, found, JSON, is_whole=True))
    assert [len(graph["things"]) for graph in whole["graphs"]] == [2, 1]
