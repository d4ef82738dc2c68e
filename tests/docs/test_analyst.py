"""docs/analyst.md: every block runs, and prints what stands below it."""

from contextlib import redirect_stdout
from io import StringIO
from itertools import pairwise
from pathlib import Path

import pytest

from tests.conftest import Server
from tests.docs.blocks import Block, read_blocks

PAGE = Path(__file__).parents[2] / "docs" / "analyst.md"


def with_outputs(page: Path) -> list[tuple[str, str]]:
    """Return each block of Python with the output that follows it."""
    blocks = [*read_blocks(page), Block("python", "")]
    return [
        (block.text, following.text if following.label == "text" else "")
        for block, following in pairwise(blocks)
        if block.label == "python"
    ]


def test_every_block_prints_what_is_shown(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSC_KG_DATA_DIR", str(server.data_dir))
    names: dict[str, object] = {}
    shown = with_outputs(PAGE)
    printed = [(code, print_of(code, names)) for code, _ in shown]
    assert len(shown) > 8
    assert printed == shown


def print_of(code: str, names: dict[str, object]) -> str:
    with redirect_stdout(StringIO()) as output:
        exec(code, names)  # noqa: S102  (our own document)
    return output.getvalue()
