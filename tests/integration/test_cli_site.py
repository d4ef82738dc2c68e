"""The verb that writes a site, and what it refuses."""

from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph

from ssc_kg.store.versions import Versions
from tests.datasets import publish, quad
from tests.server import run


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("data")
    publish(Versions(path), quad("a"), quad("a", DefaultGraph()))
    return path


@pytest.mark.parametrize(
    "verb", [("site",), ("export", "--site")], ids=["site", "export"]
)
def test_a_site_is_written_and_counted(
    verb: tuple[str, ...], data_dir: Path, tmp_path: Path
) -> None:
    target = tmp_path / "public"
    url = "https://example.org/cities/"
    done = run(*verb, target, "--url", url, "--data-dir", data_dir)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(f"{target} holds version 1: ")
    files = [path for path in target.rglob("*") if path.is_file()]
    assert f" {len(files) - 1} files" in done.stdout  # And what tells an export.
    assert "asking for everything" in done.stderr
    assert url in (target / "index.html").read_text(encoding="utf-8")


def test_a_site_is_not_where_a_server_is(data_dir: Path, tmp_path: Path) -> None:
    target = tmp_path / "public"
    address = "https://server.example.org/"
    done = run("site", target, "--data-dir", data_dir, SSC_KG_PUBLIC_URL=address)
    assert done.returncode == 0, done.stderr
    assert address not in (target / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        pytest.param(("--url", "example.org/"), "--url is 'example.org/'", id="host"),
        pytest.param(("--url", "https://example.org"), "ends in /", id="no slash"),
        pytest.param(("--live", "/"), "--live is '/'", id="no server"),
    ],
)
def test_an_address_that_is_none_is_refused(
    arguments: tuple[str, ...], reason: str, data_dir: Path, tmp_path: Path
) -> None:
    done = run("site", tmp_path / "a", *arguments, "--data-dir", data_dir)
    assert done.returncode == 2
    assert reason in done.stderr
    assert not (tmp_path / "a").exists()


def test_a_folder_of_somebody_else_is_refused(data_dir: Path, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    done = run("site", tmp_path, "--data-dir", data_dir)
    assert done.returncode == 2
    assert "notes.txt" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


@pytest.mark.parametrize(
    "arguments",
    [("--site", "a", "--format", "turtle"), ("--url", "https://example.org/")],
    ids=["a format", "no folder"],
)
def test_export_refuses_what_does_not_go_together(
    arguments: tuple[str, ...], data_dir: Path
) -> None:
    done = run("export", *arguments, "--data-dir", data_dir)
    assert done.returncode == 2
    assert "--site" in done.stderr
