"""What a wheel carries, so that the program works outside a checkout."""

import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from ssc_kg.resources import ROOT

SECONDS = 120


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The names of the files in a wheel that is built from the checkout."""
    directory = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", directory],
        capture_output=True,
        check=True,
        cwd=ROOT,
        timeout=SECONDS,
    )
    [wheel] = directory.iterdir()
    return set(ZipFile(wheel).namelist())


@pytest.mark.parametrize("folder", ["ontology", "queries", "seed_data"])
def test_the_wheel_carries_every_file_of(folder: str, names: set[str]) -> None:
    files = [path for path in (ROOT / folder).rglob("*") if path.is_file()]
    assert files
    assert {f"ssc_kg/_data/{path.relative_to(ROOT)}" for path in files} <= names


def test_the_wheel_carries_every_file_of_the_package(names: set[str]) -> None:
    package = Path(ROOT / "src")
    files = (
        path.relative_to(package)
        for path in (package / "ssc_kg").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    )
    assert {str(path) for path in files} <= names


def test_the_wheel_carries_nothing_of_the_tests(names: set[str]) -> None:
    assert not [name for name in names if name.startswith("tests")]
