"""A seed file that is spoiled in one place: who says so, where, and by which rule."""

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from pyoxigraph import Literal

from ssc_kg.dataset.load import rehearse
from ssc_kg.dataset.seed import seed_sources
from ssc_kg.dataset.sources import Source
from ssc_kg.rdf.namespaces import PREFIXES, SSC_NAMESPACE
from ssc_kg.resources import ROOT
from tests.conftest import SHARED_DOCUMENTS, Server
from tests.datasets import BASE
from tests.server import run

CONCEPTS = "seed_data/reference/concepts.ttl"
CITYNET = "seed_data/source/citynet-unescap-mou.ttl"
OIER = "seed_data/source/oier-itu-mou.ttl"


@dataclass(frozen=True, slots=True)
class Spoil:
    """One place of a seed file, what to write there instead, and the rule for that."""

    file: str
    place: str
    """A pattern, of which the first match is replaced."""
    instead: str
    rule: str

    def write(self, root: Path) -> "Spoilt":
        """Write the spoilt file under `root`, where the seed file is under its own."""
        text = (ROOT / self.file).read_text()
        match = re.search(self.place, text, flags=re.MULTILINE)
        assert match is not None, f"{self.file} has no {self.place}"
        head = text[: match.start()] + match.expand(self.instead)
        path = root / self.file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(head + text[match.end() :])
        subject = re.findall(r"^<(\S+)> a\b", head, flags=re.MULTILINE)[-1]
        return Spoilt(path, head.count("\n") + 1, subject)


@dataclass(frozen=True, slots=True)
class Spoilt:
    """A file that was spoilt, the line, and whose description that is part of."""

    path: Path
    line: int
    subject: str


needs_documents = pytest.mark.skipif(
    not SHARED_DOCUMENTS.is_dir(), reason="the documents are not part of the project"
)
SPOILS = [
    pytest.param(
        Spoil(CITYNET, r"oa:end 5(\d\d) ;", r"oa:end 6\1 ;", "fitting position"),
        id="a position that does not fit its phrase",
    ),
    pytest.param(
        Spoil(OIER, r"oa:end \d+ ;", "oa:end 99999 ;", "fitting position"),
        id="a position behind the end of the document",
    ),
    pytest.param(
        Spoil(OIER, r"oa:start \d+ ", "oa:start 99999 ", "EvidenceShape-start"),
        id="a start behind the end",
    ),
    pytest.param(
        Spoil(OIER, "ssc:addressesGoal$", "ssc:adressesGoal", "declared term"),
        id="an undeclared property",
    ),
    pytest.param(
        Spoil(CITYNET, "a ssc:Activity ;", "a ssc:Activitiy ;", "declared term"),
        id="an undeclared class",
    ),
    pytest.param(
        Spoil(
            CITYNET,
            r'"--10-23"\^\^xsd:gMonthDay',
            '"October 23rd"',
            "AgreementShape-signedOn",
        ),
        id="a value of another datatype than its shape says",
    ),
    pytest.param(
        Spoil(CITYNET, r'"(.*)"@en ;', r'"\1" ;', "ThingShape-prefLabel"),
        id="a name without its language",
    ),
    pytest.param(
        Spoil(CONCEPTS, '"Meeting"@en', '"Signing ceremony"@en', "distinct name"),
        id="a name that another concept of the scheme has",
    ),
    pytest.param(
        Spoil(
            CONCEPTS, "<(.*/event-kind/)m(eeting)> a", r"<\1M\2> a", "EventKindShape"
        ),
        id="an IRI with a capital letter",
    ),
    pytest.param(
        Spoil(CONCEPTS, "<(.*/)event-kind(/.*)> a", r"<\1event\2> a", "EventKindShape"),
        id="an IRI of another kind",
    ),
]


@pytest.mark.parametrize("spoil", SPOILS)
def test_a_spoilt_file_is_told_with_line_subject_and_rule(
    spoil: Spoil, server: Server, tmp_path: Path
) -> None:
    spoilt = spoil.write(tmp_path)
    content, before = spoilt.path.read_bytes(), listing(server.data_dir)
    done = run("validate", spoilt.path, "--data-dir", server.data_dir)
    *told, total = done.stdout.splitlines()
    place = f"{spoilt.path}:{spoilt.line}: <{spoilt.subject}>: "
    assert [line for line in told if is_about(line, place, spoil.rule)], done.stdout
    assert re.fullmatch(rf"{len(told)} violations? in 1 file", total)
    assert done.returncode == 1
    assert (spoilt.path.read_bytes(), listing(server.data_dir)) == (content, before)


def test_without_a_version_a_spoilt_file_is_tried_on_the_data_of_the_program(
    tmp_path: Path,
) -> None:
    spoil = Spoil(CONCEPTS, '"Meeting"@en', '"Signing ceremony"@en', "distinct name")
    spoilt = spoil.write(tmp_path)
    done = run("validate", spoilt.path, "--data-dir", tmp_path / "none")
    place = f"{spoilt.path}:{spoilt.line}: <{spoilt.subject}>: "
    told = done.stdout.splitlines()
    assert [line for line in told if is_about(line, place, spoil.rule)]
    assert all(line.startswith(str(spoilt.path)) for line in told[:-1])
    assert not (tmp_path / "none").exists()


def test_advice_is_told_and_refuses_nothing(tmp_path: Path) -> None:
    file, data_dir = tmp_path / "wels.ttl", tmp_path / "data"
    file.write_text(
        f"""@prefix skos: <{PREFIXES["skos"]}> .
<{BASE}id/city/wels> a <{SSC_NAMESPACE}City> ;
    skos:prefLabel "Wels"@en .
"""
    )
    done = run("validate", file, "--data-dir", data_dir)
    info, warning, total = done.stdout.splitlines()
    assert info.startswith(f"{file}:2: info: <{BASE}id/city/wels>: A city is shown on")
    assert warning.startswith(f"{file}:2: warning: <{BASE}id/city/wels>: A city should")
    assert total.startswith("conforms, with 2 pieces of advice: ")
    assert done.returncode == 0
    assert run("load", file, "--data-dir", data_dir).returncode == 0


def test_no_file_of_the_program_is_spoilt() -> None:
    sources = seed_sources(base_iri=BASE)
    assert rehearse(sources, base_iri=BASE).found == ()


@needs_documents
def test_no_phrase_of_the_program_is_misplaced() -> None:
    done = run("validate", "--documents", SHARED_DOCUMENTS)
    assert (done.returncode, done.stdout[:9]) == (0, "conforms:")


@pytest.mark.parametrize("spoil", SPOILS)
def test_a_spoilt_file_of_the_program_would_be_found(
    spoil: Spoil, tmp_path: Path
) -> None:
    spoilt = spoil.write(tmp_path)
    sources = [
        Source(spoilt.path, source.graph) if is_same(source.path, spoil) else source
        for source in seed_sources(base_iri=BASE)
    ]
    found = rehearse(sources, base_iri=BASE).violations
    assert (str(spoilt.path), spoilt.line, spoilt.subject, spoil.rule) in {
        (one.source, one.line, one.subject, one.rule.removeprefix(SSC_NAMESPACE))
        for one in found
    }


TEXT = "In “São Paulo” 🏙\nthe parties signed.\n"
PHRASE = "🏙\nthe parties"
EDITOR = """PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
<https://w3id.org/ssc-kg/id/agent/ann> skos:prefLabel "Ann"@en ;
    a <https://w3id.org/ssc-kg/ontology#Editor> .
"""
QUOTED = """@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix ssc: <https://w3id.org/ssc-kg/ontology#> .
@base <https://w3id.org/ssc-kg/id/> .

<region/sao-paulo> a ssc:Region ; skos:prefLabel "São Paulo"@en .
<document/a> a ssc:SourceDocument ;
    skos:prefLabel "A"@en ; dcterms:title "A"@en ;
    ssc:fileName "a.txt" ; ssc:sha256 "{digest}" ; ssc:length {length} .
<evidence/a> a ssc:Evidence ;
    rdf:subject <region/sao-paulo> ; rdf:predicate rdf:type ; rdf:object ssc:Region ;
    prov:wasQuotedFrom <document/a> ; prov:wasAttributedTo <agent/ann> ;
    oa:start {start} ;
    oa:end {end} ;
    oa:exact {phrase} .
"""


def quote(directory: Path, *, shift: int = 0, longer: int = 0) -> Path:
    """Write a document and a file that quotes it, from `shift` characters too late."""
    (directory / "a.txt").write_bytes(TEXT.encode())
    start = TEXT.index(PHRASE) + shift
    path = directory / "quoted.ttl"
    path.write_text(
        QUOTED.format(
            digest=hashlib.sha256(TEXT.encode()).hexdigest(),
            length=len(TEXT),
            start=start,
            end=start + len(PHRASE) + longer,
            phrase=Literal(PHRASE),
        )
    )
    return path


def test_positions_and_lengths_count_code_points(tmp_path: Path) -> None:
    assert len(PHRASE) < len(PHRASE.encode("utf-16-le")) // 2 < len(PHRASE.encode())
    assert len(TEXT) < len(TEXT.encode())
    done = validate(quote(tmp_path), "--documents", tmp_path)
    assert done.stdout.startswith("conforms: 19 triples in 2 graphs, 3 things, ")
    assert done.stdout.endswith(" shapes, 1 piece of evidence\n")


def test_a_position_off_by_one_is_found_where_the_document_is_at_hand(
    tmp_path: Path,
) -> None:
    file = quote(tmp_path, shift=1)
    assert validate(file).returncode == 0
    done = validate(file, "--documents", tmp_path)
    assert done.returncode == 1
    assert done.stdout == (
        f"{file}:13: <{BASE}id/evidence/a>: a.txt[16:29]: the phrase is not there: "
        f"expected {PHRASE!r}, found {PHRASE[1:] + ' '!r} (quoted phrase)\n"
        "1 violation in 1 file\n"
    )


def test_an_end_that_is_too_late_is_found_without_the_document(tmp_path: Path) -> None:
    file = quote(tmp_path, longer=1)
    done = validate(file)
    assert done.returncode == 1
    assert f"{file}:17: <{BASE}id/evidence/a>: " in done.stdout


def test_a_document_that_is_not_there_is_told_of_its_description(
    tmp_path: Path,
) -> None:
    file = quote(tmp_path)
    (tmp_path / "a.txt").unlink()
    done = validate(file, "--documents", tmp_path)
    assert f"{file}:10: <{BASE}id/document/a>: a.txt: there is no such" in done.stdout


def validate(file: Path, *arguments: str | Path) -> CompletedProcess[str]:
    """Validate a file where there is nothing else but an editor."""
    data_dir, editor = file.parent / "data", file.parent / "editor.ttl"
    if not data_dir.exists():
        editor.write_text(EDITOR)
        assert run("load", editor, "--data-dir", data_dir).returncode == 0
    graph = f"{BASE}graph/source/a"
    return run("validate", file, *arguments, "--graph", graph, "--data-dir", data_dir)


def is_about(line: str, place: str, rule: str) -> bool:
    return line.startswith(place) and line.endswith((f"({rule})", f"#{rule})"))


def is_same(path: Path, spoil: Spoil) -> bool:
    return path == ROOT / spoil.file


def listing(directory: Path) -> dict[Path, int]:
    """Return the files of all versions, and when each was written last."""
    files = [*(directory / "versions").rglob("*"), *directory.glob("*")]
    return {file: file.stat().st_mtime_ns for file in files if file.is_file()}
