"""What a page shows as the output of a block, and whether it is what comes."""

from __future__ import annotations

import doctest
import re

from tests.unit.docs.pages import BLOCKS, Block

_OPTIONS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


def output_of(block: Block) -> str | None:
    """Return the output that a page shows right after a block, None where it shows none."""
    after = BLOCKS[BLOCKS.index(block) + 1 :][:1]
    return after[0].text if after and after[0].page == block.page and after[0].language == "text" else None


def check_output(block: Block, printed: str) -> None:
    """Compare what was printed with what the page shows; ``...`` there stands for anything."""
    shown = output_of(block)
    if shown is not None:
        assert doctest.OutputChecker().check_output(shown, printed, _OPTIONS), f"{block} prints:\n{printed}"


def is_printed(line: str, printed: str) -> bool:
    """Tell whether a line that a page shows is somewhere in what was printed."""
    pattern = ".*".join(map(re.escape, line.strip().split("...")))
    return re.search(pattern, printed) is not None
