"""The fenced code blocks of a Markdown file."""

import re
from dataclasses import dataclass
from pathlib import Path

_FENCE = re.compile(
    r"^```(?P<label>[^\n`]+)\n(?P<text>.*?)^```$", re.DOTALL | re.MULTILINE
)


@dataclass(frozen=True, slots=True)
class Block:
    """A block: what stands behind its opening fence, and its text."""

    label: str
    text: str


def read_blocks(path: Path) -> list[Block]:
    return [
        Block(match["label"].strip(), match["text"])
        for match in _FENCE.finditer(path.read_text(encoding="utf-8"))
    ]


def only(blocks: list[Block], label: str) -> str:
    """Return the text of the one block with this label."""
    [text] = [block.text for block in blocks if block.label == label]
    return text
