"""docs/partnerships.md: ten questions, each asked by HTTP, CLI and Python alike."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from typer.testing import CliRunner

import ssc_kg
from ssc_kg.cli import app
from ssc_kg.resources import QUERIES
from ssc_kg.session.session import Session
from tests.conftest import Server
from tests.docs.blocks import only, read_blocks
from tests.server import run

PAGE = Path(__file__).parents[2] / "docs" / "partnerships.md"
FILES = PAGE.with_suffix("")
SECTION = re.compile(
    r"^## \d+\. (?P<words>.+)\n\n"
    r"\[Query\]\(partnerships/(?P<slug>[a-z-]+)\.rq\), "
    r"\[rows\]\(partnerships/(?P=slug)\.csv\), drawn by `--chart (?P<kind>[a-z]+)`:\n\n"
    r"!\[(?P=words)\]\(partnerships/(?P=slug)\.svg\)\n",
    re.MULTILINE,
)
QUESTIONS = [
    found.group("slug", "kind") for found in SECTION.finditer(PAGE.read_text())
]
WORDS = {found["slug"]: found["words"] for found in SECTION.finditer(PAGE.read_text())}


@pytest.fixture(scope="module")
def here(server: Server) -> Iterator[Session]:
    with ssc_kg.open(server.data_dir) as session:
        yield session


@pytest.fixture(scope="module")
def sessions(server: Server, here: Session) -> Iterator[tuple[Session, Session]]:
    with ssc_kg.open(endpoint=server.address) as there:
        yield here, there


def test_the_page_has_ten_questions_and_all_that_there_are() -> None:
    assert len(QUESTIONS) == 10
    assert sorted(slug for slug, _ in QUESTIONS) == sorted(
        path.stem for path in FILES.glob("*.rq")
    )
    assert {kind for _, kind in QUESTIONS} == {"bar", "line", "map", "network"}


def test_none_is_in_the_catalogue() -> None:
    asked = {"".join(path.read_text().split()) for path in QUERIES.glob("*.rq")}
    for slug, words in WORDS.items():
        text = (FILES / f"{slug}.rq").read_text()
        assert text.startswith(f"# {words}\n")
        assert "".join(text.split()) not in asked
        assert not (QUERIES / f"{slug}.rq").exists()


@pytest.mark.parametrize(("slug", "kind"), QUESTIONS)
def test_a_question_has_the_same_rows_three_ways(
    slug: str,
    kind: str,
    server: Server,
    here: Session,
    tmp_path: Path,
    request: pytest.FixtureRequest,
) -> None:
    file, out = FILES / f"{slug}.rq", tmp_path / f"{kind}.csv"
    served = httpx.post(
        f"{server.address}/sparql",
        content=file.read_bytes(),
        headers={"Accept": "text/csv", "Content-Type": "application/sparql-query"},
    )
    done = run("sparql", file, "--out", out, "--data-dir", server.data_dir)
    assert done.returncode == 0, done.stderr
    assert served.status_code == 200
    assert out.read_bytes() == served.content
    assert here.sparql(file.read_text()).serialize("csv").encode() == served.content
    assert len(served.content.splitlines()) > 3
    shown = file.with_suffix(".csv")
    if request.config.getoption("--update-golden"):
        shown.write_bytes(served.content)
    assert shown.read_bytes() == served.content


@pytest.mark.parametrize(("slug", "kind"), QUESTIONS)
def test_a_question_has_the_same_picture_four_ways(
    slug: str,
    kind: str,
    server: Server,
    sessions: tuple[Session, Session],
    tmp_path: Path,
    request: pytest.FixtureRequest,
) -> None:
    file, out = FILES / f"{slug}.rq", tmp_path / f"{slug}.svg"
    by_python, by_http = (
        session.sparql(file.read_text()).chart(kind, title=WORDS[slug]).to_svg()
        for session in sessions
    )
    served = httpx.get(
        f"{server.address}/sparql",
        params={
            "query": file.read_text(),
            "format": "svg",
            "chart": kind,
            "title": WORDS[slug],
        },
        timeout=60,
    )
    asked = CliRunner().invoke(
        app,
        [
            *("sparql", str(file), "--data-dir", str(server.data_dir)),
            *("--chart", kind, "--title", WORDS[slug], "--out", str(out)),
        ],
        catch_exceptions=False,
    )
    assert asked.exit_code == 0
    assert out.read_text(encoding="utf-8") == by_python == by_http == served.text
    shown = file.with_suffix(".svg")
    if request.config.getoption("--update-golden"):
        shown.write_text(by_python, encoding="utf-8")
    # Where nodes lie differs in the last digit from machine to machine.
    assert texts_of(shown.read_text(encoding="utf-8")) == texts_of(by_python)


def texts_of(svg: str) -> list[str]:
    root = ET.fromstring(svg)  # noqa: S314  (we wrote it)
    return sorted(filter(str.strip, root.itertext()))


def test_the_python_of_the_page_runs(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = only(read_blocks(PAGE), "python")
    (tmp_path / "docs").symlink_to(PAGE.parent)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SSC_KG_DATA_DIR", str(server.data_dir))
    exec(code, {})  # noqa: S102  (our own document)
    rows = (FILES / "goals-by-organizations.csv").read_bytes()
    assert (tmp_path / "goals.csv").read_bytes() == rows
    assert "<svg" in (tmp_path / "goals.svg").read_text()
