"""The pages that are written by hand, and the blocks of code on them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
GUIDES = sorted((ROOT / "provider/docs/guides").glob("*.md"))
PAGES = [
    *(ROOT / name for name in ("README.md", "sdk/README.md", "provider/README.md")),
    *GUIDES,
    *sorted((ROOT / "examples").glob("*/README.md")),
]
"""What `make generate` writes, and the pages of the registry, have tests of their own."""

AFTER_UP = "after pulumi up"
MARKS = re.compile(rf"{AFTER_UP}|run by (?P<test>\S+)|not run: (?P<reason>\S.*)")
"""What a comment before a block may say; tests/engine/test_guides.py runs those that need a stack."""

_BLOCK = re.compile(r"(?:^<!-- (?P<mark>.*?) -->\n)?^```(?P<language>\w+)\n(?P<text>.*?)^```$", re.M | re.S)


@dataclass(frozen=True)
class Block:
    """Hold a block of code: where it is, what it says, and the mark in a comment before it.

    A block without a mark is run by tests/unit/docs; of those with one, see ``MARKS``.
    """

    page: Path
    line: int
    language: str
    text: str
    mark: str

    @property
    def is_program(self) -> bool:
        """Tell whether it is a Pulumi program, which an engine runs."""
        return self.language == "python" and "pulumi_daytona" in self.text

    def __str__(self) -> str:
        """Return where it is."""
        return f"{self.page.relative_to(ROOT)}:{self.line}"


def blocks(page: Path) -> list[Block]:
    """Return the blocks of a page, in order."""
    text = page.read_text(encoding="utf-8")
    return [
        Block(
            page,
            text.count("\n", 0, found.start("text")),
            found["language"],
            found["text"],
            found["mark"] or "",
        )
        for found in _BLOCK.finditer(text)
    ]


BLOCKS = [block for page in PAGES for block in blocks(page)]
