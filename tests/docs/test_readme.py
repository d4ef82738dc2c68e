"""Every block of README.md runs, against a real server over a real data directory."""

import argparse
import os
import re
import shlex
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import httpx
import orjson
import pytest

from ssc_kg.engine.engine import Engine
from ssc_kg.engine.operation import Operation
from ssc_kg.settings import Settings
from ssc_kg.store.protocol import Store
from tests.conftest import Server
from tests.docs.blocks import only, read_blocks
from tests.server import PROGRAM

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"
BLOCKS = read_blocks(README)
ADDRESS = "http://127.0.0.1:8000"
SECONDS = 60


def test_the_graphql_block_has_the_answer_that_follows(
    engine: Engine, seed_store: Store
) -> None:
    result = engine.execute(Operation(only(BLOCKS, "graphql")), seed_store)
    assert result.body() == orjson.loads(only(BLOCKS, "json"))


def test_the_graphql_block_becomes_the_sparql_that_follows(
    engine: Engine, seed_store: Store
) -> None:
    levels = engine.execute(Operation(only(BLOCKS, "graphql")), seed_store).levels
    text = "\n".join(
        f"# level {number} of {len(levels)}, by {level.how.value}, rows: {level.rows}\n"
        f"{level.sparql}"
        for number, level in enumerate(levels, start=1)
    )
    assert text == only(BLOCKS, "sparql")


def commands() -> Iterator[tuple[str, str]]:
    """Yield each command of the console blocks with the output that it shows."""
    for block in BLOCKS:
        if block.label == "console":
            for part in re.split(r"^\$ ", block.text, flags=re.MULTILINE)[1:]:
                command, _, output = part.partition("\n")
                yield command, output


@pytest.mark.parametrize(("command", "output"), list(commands()))
def test_a_command_prints_what_is_shown(
    command: str, output: str, server: Server
) -> None:
    program, *arguments = shlex.split(command.replace(ADDRESS, server.address))
    printed = fetch(arguments) if program == "curl" else ask(arguments, server)
    shown = ".*".join(re.escape(part) for part in output.split("…\n"))
    actual = printed.replace("\r\n", "\n").rstrip("\n") + "\n"
    assert re.fullmatch(shown, actual, flags=re.DOTALL), actual


def ask(arguments: list[str], server: Server) -> str:
    """Return what our own program prints."""
    return subprocess.run(
        [PROGRAM, *arguments],
        capture_output=True,
        check=True,
        cwd=ROOT,
        env={**os.environ, "SSC_KG_DATA_DIR": str(server.data_dir)},
        text=True,
        timeout=SECONDS,
    ).stdout


def fetch(arguments: list[str]) -> str:
    """Return what curl would print, on a machine that may have none."""
    parser = argparse.ArgumentParser()
    parser.add_argument("address")
    parser.add_argument("--silent", action="store_true")
    parser.add_argument("--location", action="store_true")
    parser.add_argument("--header", action="append", default=[])
    parser.add_argument("--data")
    parser.add_argument("--data-urlencode", type=lambda pair: pair.split("=", 1))
    options = parser.parse_args(arguments)
    form = dict([options.data_urlencode]) if options.data_urlencode else None
    response = httpx.request(
        "POST" if options.data or form else "GET",
        options.address,
        content=options.data,
        data=form,
        headers=[tuple(header.split(": ", 1)) for header in options.header],
        follow_redirects=options.location,
    )
    return response.text


def test_every_setting_is_documented_with_its_default() -> None:
    text = README.read_text()
    for name, field in Settings.model_fields.items():
        default = "none" if field.default is None else f"`{field.default}`"
        row = f"| `SSC_KG_{name.upper()}` | {default} | {field.description} |"
        assert row in text


def test_the_two_commands_are_targets_of_the_makefile() -> None:
    targets = (ROOT / "Makefile").read_text()
    for line in BLOCKS[0].text.splitlines():
        target = line.split()[1]
        assert f"\n{target}: " in targets


def test_the_extras_that_are_installed_are_those_of_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    texts = [README, *(ROOT / "docs").glob("*.md")]
    asked = {
        extra
        for path in texts
        for names in re.findall(
            r"pip install (?:--editable )?'\.\[(.+?)\]'", path.read_text()
        )
        for extra in names.split(",")
    }
    assert asked == set(project["optional-dependencies"])
    assert not [path for path in texts if "'ssc-kg[" in path.read_text()]


def test_every_verb_is_documented() -> None:
    text = README.read_text()
    listed = subprocess.run(
        [PROGRAM, "--help"], capture_output=True, check=True, text=True, timeout=SECONDS
    ).stdout
    verbs = re.findall(r"^│ ([a-z]+) +[A-Z]", listed, flags=re.MULTILINE)
    assert len(verbs) >= 8
    assert [verb for verb in verbs if f"| `ssc-kg {verb}" not in text] == []
