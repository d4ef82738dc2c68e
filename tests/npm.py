"""Stock clients from npm, installed as `tests/clients` says, 310 MB of them."""

import shutil
import subprocess
from pathlib import Path

from ssc_kg.resources import ROOT

CLIENTS = Path(__file__).parent / "clients"


def install(directory: Path) -> None:
    """Copy what is written for the clients, and the schema; then install them."""
    shutil.copytree(CLIENTS, directory, dirs_exist_ok=True)
    shutil.copy(ROOT / "schema.graphql", directory)
    run(directory, "npm", "ci", "--ignore-scripts")


def run(directory: Path, *command: str, stdin: str = "") -> str:
    """Return what a command prints; it must not fail."""
    done = subprocess.run(
        command, cwd=directory, capture_output=True, check=False, input=stdin, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
